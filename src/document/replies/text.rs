//! Text of a reply as it stands in its export (escapes, HTML and all) → letters, each with its bytes in the file.

use crate::document::builder::Builder;
use crate::document::html;
use std::ops::Range;

/// One letter, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub c: char,
    pub at: Range<usize>,
    /// Whether it stands there as itself.
    pub same: bool,
}

/// The letters of a stretch of the source that is written as it is.
pub(super) fn plain(source: &str, at: Range<usize>) -> impl Iterator<Item = Unit> + '_ {
    let start = at.start;
    source[at].char_indices().map(move |(i, c)| Unit {
        c,
        at: start + i..start + i + c.len_utf8(),
        same: true,
    })
}

/// Elements that begin and end a line.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "hr",
];

/// Takes the tags out of a text, puts letters for entities, and cuts it into lines, empty ones left out.
pub(super) fn lines(units: Vec<Unit>) -> Vec<Vec<Unit>> {
    let mut lines = vec![Vec::new()];
    let markup = is_html(&units);
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        match unit.c {
            '<' if markup => {
                if let Some((name, end)) = tag(&units[at..]) {
                    if BLOCKS.contains(&name.as_str()) {
                        lines.push(Vec::new());
                    }
                    at += end;
                    continue;
                }
            }
            '&' => {
                if let Some((meaning, end)) = entity(&units[at..]) {
                    let place = unit.at.start..units[at + end - 1].at.end;
                    let letters = meaning.chars().map(|c| Unit { c, at: place.clone(), same: false });
                    lines.last_mut().into_iter().for_each(|l| l.extend(letters.clone()));
                    at += end;
                    continue;
                }
            }
            // In HTML a line break is a space.
            '\n' | '\r' if !markup => {
                lines.push(Vec::new());
                at += 1;
                continue;
            }
            _ => {}
        }
        lines.last_mut().into_iter().for_each(|l| l.push(unit.clone()));
        at += 1;
    }
    lines.retain(|l| l.iter().any(|u| !u.c.is_whitespace()));
    lines
}

/// Whether a text is HTML: it has a tag of HTML's that ends or breaks lines, or marks text.
fn is_html(units: &[Unit]) -> bool {
    (0..units.len()).filter(|i| units[*i].c == '<').any(|i| {
        tag(&units[i..]).is_some_and(|(name, _)| {
            BLOCKS.contains(&name.as_str())
                || matches!(name.as_str(), "b" | "i" | "strong" | "em" | "a" | "span" | "u")
        })
    })
}

/// The tag that begins here: its name, and how many letters it has.
fn tag(units: &[Unit]) -> Option<(String, usize)> {
    // A longer tag is none: a `<` alone must not cost the rest of the text.
    let end = units.iter().take(2000).position(|u| u.c == '>')?;
    let inner = &units[1..end];
    let inner = if inner.first().is_some_and(|u| u.c == '/') { &inner[1..] } else { inner };
    let name: String =
        inner.iter().map(|u| u.c).take_while(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let after = inner.get(name.len()).map(|u| u.c);
    let closed = after.is_none_or(|c| c.is_whitespace() || c == '/');
    let known = name.starts_with(|c: char| c.is_ascii_alphabetic()) && closed && html::is_element(&name);
    known.then_some((name, end + 1))
}

/// What an entity stands for, and how many letters it has.
fn entity(units: &[Unit]) -> Option<(String, usize)> {
    let end = units.iter().take(32).position(|u| u.c == ';')?;
    let text: String = units[..=end].iter().map(|u| u.c).collect();
    let meaning = html::plain(&text);
    (meaning != text).then_some((meaning, end + 1))
}

/// Writes letters into the open block, white space between words as one space.
pub(super) fn put(b: &mut Builder, units: &[Unit]) {
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let mut end = at + 1;
        if unit.c.is_whitespace() {
            while units.get(end).is_some_and(|u| u.c.is_whitespace()) {
                end += 1;
            }
            b.space(unit.at.start..units[end - 1].at.end, false);
        } else if unit.same {
            while units
                .get(end)
                .is_some_and(|u| u.same && !u.c.is_whitespace() && u.at.start == units[end - 1].at.end)
            {
                end += 1;
            }
            b.copy(unit.at.start..units[end - 1].at.end);
        } else {
            // Several letters for one entity stand for it together.
            while units.get(end).is_some_and(|u| !u.same && !u.c.is_whitespace() && u.at == unit.at) {
                end += 1;
            }
            let text: String = units[at..end].iter().map(|u| u.c).filter(|c| !c.is_control()).collect();
            b.stand_in(&text, unit.at.clone());
        }
        at = end;
    }
}
