//! Front matter (YAML between `---`, TOML between `+++`) → metadata, each value with its place.

use crate::document::Meta;
use crate::document::builder::Builder;
use crate::source::Span;
use saphyr_parser::{Event, Parser};
use std::ops::Range;

/// Front matter longer than this is not looked for (bytes).
const LONGEST: usize = 256 * 1024;

/// Reads front matter that begins at `start`; gives the first byte after it, or `start` where there is none.
pub(crate) fn read(b: &mut Builder, source: &str, start: usize) -> usize {
    let Some((fence, inner, end)) = find(source, start) else { return start };
    let text = &source[inner.clone()];
    let found = match fence {
        "+++" => toml(text, inner.start),
        _ if text.trim().is_empty() => Some(Vec::new()),
        _ => yaml(text, inner.start).or_else(|| lines(text, inner.start)),
    };
    let Some(found) = found else { return start };
    b.metadata.extend(found);
    end
}

/// The fence, what it encloses, and where the text after it begins.
fn find(source: &str, start: usize) -> Option<(&'static str, Range<usize>, usize)> {
    let text = source.get(start..)?;
    let fence = ["---", "+++"].into_iter().find(|f| text.starts_with(f))?;
    let mut at = start;
    let mut first = None;
    for line in text.split_inclusive('\n') {
        let whole = line.trim_end();
        match first {
            None if whole != fence => return None,
            None => first = Some(at + line.len()),
            Some(inner) if whole == fence || (fence == "---" && whole == "...") => {
                return Some((fence, inner..at, at + line.len()));
            }
            Some(_) if at - start > LONGEST => return None,
            Some(_) => {}
        }
        at += line.len();
    }
    None
}

/// A place in nested YAML.
enum Level {
    /// A mapping; the key whose value comes next.
    Map(Option<String>),
    /// A sequence.
    List,
}

/// YAML → metadata. Keys of nested mappings are joined by dots, items of a list by commas. `None`: not a mapping, or
/// not YAML.
fn yaml(text: &str, base: usize) -> Option<Vec<Meta>> {
    let mut found: Vec<Meta> = Vec::new();
    let mut levels: Vec<Level> = Vec::new();
    // The parser counts characters.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |chars: usize| bytes.get(chars).copied().unwrap_or(text.len());
    for event in Parser::new_from_str(text) {
        let (event, span) = event.ok()?;
        match event {
            Event::MappingStart(..) => levels.push(Level::Map(None)),
            Event::SequenceStart(..) if levels.is_empty() => return None,
            Event::SequenceStart(..) => levels.push(Level::List),
            Event::MappingEnd | Event::SequenceEnd => {
                levels.pop();
                value_done(&mut levels);
            }
            Event::Alias(_) => value_done(&mut levels),
            Event::Scalar(value, ..) => {
                if let Some(Level::Map(key @ None)) = levels.last_mut() {
                    *key = Some(value.trim().to_lowercase());
                    continue;
                }
                if levels.is_empty() {
                    return None;
                }
                let at = trim(text, byte(span.start.index())..byte(span.end.index()));
                let span = Span::new(base + at.start, base + at.end);
                push(&mut found, &levels, &value, span);
                value_done(&mut levels);
            }
            _ => {}
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The value of the innermost key has been read.
fn value_done(levels: &mut [Level]) {
    if let Some(Level::Map(key)) = levels.last_mut() {
        *key = None;
    }
}

fn push(found: &mut Vec<Meta>, levels: &[Level], value: &str, span: Span) {
    let mut key = String::new();
    for level in levels {
        if let Level::Map(Some(part)) = level {
            if !key.is_empty() {
                key.push('.');
            }
            key.push_str(part);
        }
    }
    let listed = matches!(levels.last(), Some(Level::List));
    match found.last_mut() {
        Some(last) if listed && last.key == key => {
            last.value.push_str(", ");
            last.value.push_str(value.trim());
            last.span = last.span.join(span);
        }
        _ => found.push(Meta { key, value: value.trim().to_owned(), span }),
    }
}

/// A value's place without its quotation marks and the white space around it.
fn trim(text: &str, at: Range<usize>) -> Range<usize> {
    let whole = text.get(at.clone()).unwrap_or("");
    let inner = whole.trim();
    let start = at.start + (whole.len() - whole.trim_start().len());
    for quote in ['"', '\''] {
        if inner.len() >= 2 && inner.starts_with(quote) && inner.ends_with(quote) {
            return start + 1..start + inner.len() - 1;
        }
    }
    start..start + inner.len()
}

/// Front matter that is no YAML (`title: Refunds: how we do it`) but has one `key: value` a line.
fn lines(text: &str, base: usize) -> Option<Vec<Meta>> {
    let mut found = Vec::new();
    let (mut at, mut others) = (0, 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let whole = line.trim_end();
        if whole.is_empty() || whole.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let key = whole.split(':').next().unwrap_or("");
        let is_key = key.len() < whole.len()
            && key.len() <= 40
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ' | '.'))
            && key.split(' ').count() <= 3;
        if !is_key {
            others += 1;
            continue;
        }
        let value = trim(text, start + key.len() + 1..start + whole.len());
        found.push(Meta {
            key: key.trim().to_lowercase(),
            value: text[value.clone()].to_owned(),
            span: Span::new(base + value.start, base + value.end),
        });
    }
    (!found.is_empty() && others <= found.len() / 2).then_some(found)
}

/// TOML → metadata, keys of nested tables joined by dots.
fn toml(text: &str, base: usize) -> Option<Vec<Meta>> {
    let table = toml::de::DeTable::parse(text).ok()?;
    let mut found = Vec::new();
    let mut open: Vec<(String, &toml::de::DeTable)> = vec![(String::new(), table.get_ref())];
    while let Some((prefix, table)) = open.pop() {
        for (key, value) in table.iter() {
            let key = format!("{prefix}{}", key.get_ref().to_lowercase());
            let at = trim(text, value.span());
            let span = Span::new(base + at.start, base + at.end);
            match value.get_ref() {
                toml::de::DeValue::Table(inner) => open.push((format!("{key}."), inner)),
                toml::de::DeValue::String(s) => found.push(Meta { key, value: s.to_string(), span }),
                toml::de::DeValue::Array(items) => {
                    let words = items.iter().map(|i| text[trim(text, i.span())].to_owned());
                    found.push(Meta { key, value: words.collect::<Vec<_>>().join(", "), span });
                }
                _ => found.push(Meta { key, value: text[at].to_owned(), span }),
            }
        }
    }
    found.sort_by_key(|m| m.span.start);
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(source: &str) -> (Vec<(String, String, String)>, usize) {
        let mut b = Builder::new(source);
        let end = read(&mut b, source, 0);
        let found = b.metadata.iter();
        let found =
            found.map(|m| (m.key.clone(), m.value.clone(), source[m.span.range()].to_owned())).collect();
        (found, end)
    }

    fn row(key: &str, value: &str, at: &str) -> (String, String, String) {
        (key.into(), value.into(), at.into())
    }

    #[test]
    fn yaml_values_lie_where_they_stand() {
        let source = "---\nKind: playbook\nowner: \"Zoë & Co\"\ntouchpoint: [arrival, check-in]\nsite:\n  city: Köln\n---\n# x\n";
        let (found, end) = meta(source);
        assert_eq!(
            found,
            [
                row("kind", "playbook", "playbook"),
                row("owner", "Zoë & Co", "Zoë & Co"),
                row("touchpoint", "arrival, check-in", "arrival, check-in"),
                row("site.city", "Köln", "Köln"),
            ]
        );
        assert_eq!(&source[end..], "# x\n");
    }

    #[test]
    fn a_colon_in_a_value_does_not_lose_the_rest() {
        let source = "---\r\ntitle: Refunds: how we do it\r\nreviewed: 2026-05-01\r\n---\r\ntext";
        let (found, end) = meta(source);
        assert_eq!(
            found,
            [
                row("title", "Refunds: how we do it", "Refunds: how we do it"),
                row("reviewed", "2026-05-01", "2026-05-01")
            ]
        );
        assert_eq!(&source[end..], "text");
    }

    #[test]
    fn toml_between_pluses() {
        let (found, _) = meta(
            "+++\ntitle = \"Arrival\"\nweight = 3\n[extra]\nowner = 'Ana'\ntags = [\"a\", \"b\"]\n+++\n",
        );
        assert_eq!(
            found,
            [
                row("title", "Arrival", "Arrival"),
                row("weight", "3", "3"),
                row("extra.owner", "Ana", "Ana"),
                row("extra.tags", "a, b", "[\"a\", \"b\"]")
            ]
        );
    }

    #[test]
    fn a_rule_at_the_top_is_no_front_matter() {
        for source in
            ["---\n\nWe greet people.\n\n---\nmore", "---\nnever closed: 1\n", "----\na: b\n----\n", "--- x"]
        {
            assert_eq!(meta(source), (vec![], 0), "{source:?}");
        }
    }
}
