//! Comments of a document → allowances: which rule may be broken where, why, and until when.
//!
//! ```text
//! <!-- loosetight: allow verbatim-line because "the regulator prescribes it" until 2027-03-31 -->
//! ```
//!
//! As the first thing in a file it holds for the file, before a heading for that section with all below it, otherwise
//! for the next block: a whole list, table or fence where it stands on a line of its own, the one item or cell it is
//! written into otherwise. The same words in brackets are a paragraph of plain text, or a comment in Word, which holds
//! for what it is attached to.

use crate::document::{BlockKind, Comment, Document, Format};
use crate::source::Span;
use jiff::civil::Date;
use serde::Serialize;

/// What is allowed somewhere in a document.
#[derive(Clone, Debug)]
pub struct Allowance {
    /// The rules that may be broken, as written.
    pub rules: Vec<String>,
    /// Why.
    pub because: Option<String>,
    /// The last day it holds.
    pub until: Option<Date>,
    /// How much of the document it is about.
    pub reach: Reach,
    /// What it is about, in the source.
    pub scope: Span,
    /// Where it stands, marks of the comment included.
    pub span: Span,
    /// Index of the block it stands before or in; the number of blocks at the end of the document.
    pub block: u32,
    /// What keeps it from being understood, if anything does.
    pub unclear: Option<String>,
}

/// How much of a document an allowance is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reach {
    /// All of it.
    File,
    /// A section with all below it.
    Section,
    /// A block.
    Passage,
}

impl Reach {
    /// As it is said to people.
    pub fn words(self) -> &'static str {
        match self {
            Reach::File => "the whole file",
            Reach::Section => "this section",
            Reach::Passage => "this passage",
        }
    }
}

/// What a comment says to the linter, without the address.
fn addressed(comment: &Comment) -> Option<&str> {
    let text = comment.text.trim_start();
    let (name, rest) = (text.get(..11)?, text.get(11..)?);
    name.eq_ignore_ascii_case("loosetight:").then_some(rest.trim())
}

/// The allowances of a document, in the order they stand in it.
pub fn allowances(document: &Document) -> Vec<Allowance> {
    let read = document.comments.iter().filter_map(|comment| {
        let words = addressed(comment)?;
        let (reach, scope) = reach(document, comment);
        let mut allowance = Allowance {
            rules: Vec::new(),
            because: None,
            until: None,
            reach,
            scope,
            span: comment.span,
            block: comment.before,
            unclear: None,
        };
        allowance.unclear = read(words, &mut allowance).err();
        Some(allowance)
    });
    read.collect()
}

/// Reads `allow RULE, RULE because "…" until DATE`; the last two in any order.
fn read(text: &str, into: &mut Allowance) -> Result<(), String> {
    let (first, mut rest) = word(text);
    if !first.eq_ignore_ascii_case("allow") {
        let said = if first.is_empty() { "nothing".to_owned() } else { format!("`{first}`") };
        return Err(format!("it begins with {said} where `allow` is expected"));
    }
    while !rest.is_empty() {
        let (next, after) = word(rest);
        match next.to_ascii_lowercase().as_str() {
            "because" => {
                let (why, after) = quotation(after);
                into.because = Some(why.trim().to_owned()).filter(|why| !why.is_empty());
                rest = after;
            }
            "until" => {
                let (day, after) = word(after);
                let day = day.trim_end_matches('.');
                let read = day.parse().map_err(|_| format!("a day is written like 2027-03-31, not `{day}`"));
                into.until = Some(read?);
                rest = after;
            }
            "and" => rest = after,
            // What stands behind the reason or the day is no rule any more.
            _ if into.because.is_some() || into.until.is_some() => {
                return Err(format!("`{next}` is expected nowhere; the reason stands in quotes"));
            }
            _ => {
                let rules = next.split(',').map(str::trim).filter(|name| !name.is_empty());
                into.rules.extend(rules.map(str::to_owned));
                rest = after;
            }
        }
    }
    if into.rules.is_empty() { Err("it names no rule".to_owned()) } else { Ok(()) }
}

/// The next word and what follows it.
fn word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

/// A quotation, straight or curly, and what follows it. Without quotation marks everything up to `until` is meant.
fn quotation(text: &str) -> (&str, &str) {
    const OPEN: [char; 7] = ['"', '“', '”', '„', '«', '\'', '‘'];
    const DOUBLE: [char; 5] = ['"', '”', '“', '»', '«'];
    let text = text.trim_start();
    let mut letters = text.chars();
    let open = letters.next().filter(|c| OPEN.contains(c));
    let inside = letters.as_str();
    let close: &[char] = match open {
        Some('\'' | '‘') => &['\'', '’'],
        _ => &DOUBLE,
    };
    let closed = || {
        // An apostrophe within single quotation marks is followed by a letter.
        inside.char_indices().find(|(at, c)| {
            let after = inside[at + c.len_utf8()..].chars().next();
            close.contains(c) && !after.is_some_and(char::is_alphanumeric)
        })
    };
    match open.and_then(|_| closed()) {
        Some((end, mark)) => (&inside[..end], inside[end + mark.len_utf8()..].trim_start()),
        None => {
            let bare = if open.is_some() { inside } else { text };
            let until = bare.to_ascii_lowercase().rfind(" until ").unwrap_or(bare.len());
            (&bare[..until], bare[until..].trim_start())
        }
    }
}

/// What an allowance is about.
fn reach(document: &Document, comment: &Comment) -> (Reach, Span) {
    let at = comment.before as usize;
    let end = Span::new(document.source.text().len(), document.source.text().len());
    let Some(block) = document.blocks.get(at) else {
        return (if at == 0 { Reach::File } else { Reach::Passage }, end);
    };
    let inside = comment.span.start > block.span.start;
    let heading = matches!(block.kind, BlockKind::Heading { .. });
    // In Word it is attached to the paragraph, and a comment on the first one is about the file if that is its title.
    let attached = document.format == Format::Docx;
    if at == 0 && !inside && (!attached || heading) {
        return (Reach::File, Span::new(0, end.end as usize));
    }
    if heading {
        return (Reach::Section, section(document, at));
    }
    let alone = !attached && !inside && stands_alone_at(document, comment.span.start as usize);
    let blocks = if alone { whole(document, comment.before) } else { comment.before..comment.before + 1 };
    let spans = document.slice(&blocks).iter().map(|b| b.span);
    (Reach::Passage, spans.reduce(Span::join).unwrap_or(block.span))
}

/// The section a block is the heading of, with all below it.
fn section(document: &Document, heading: usize) -> Span {
    let is_it = |s: &crate::document::Section| s.heading.is_some_and(|h| h as usize == heading);
    let Some(first) = document.sections.iter().position(is_it) else { return document.blocks[heading].span };
    let level = document.sections[first].level;
    let below = document.sections[first + 1..].iter().take_while(|s| s.level > level);
    below.fold(document.sections[first].span, |span, section| span.join(section.span))
}

/// Whether nothing stands before a byte of the source on its line.
pub(super) fn stands_alone_at(document: &Document, at: usize) -> bool {
    let before = document.source.text().get(..at).unwrap_or("");
    let line = before.rsplit(['\n', '\r']).next().unwrap_or("");
    line.chars().all(|c| c.is_whitespace() || c == '>')
}

/// The list, table or fence that begins with a block, as a whole; the block itself where none does.
fn whole(document: &Document, block: u32) -> std::ops::Range<u32> {
    let lists = document.lists.iter().map(|l| &l.blocks);
    let tables = document.tables.iter().map(|t| &t.blocks);
    let fences = document.fences.iter().map(|f| &f.blocks);
    let begun = lists.chain(tables).chain(fences).filter(|blocks| blocks.start == block);
    begun.max_by_key(|blocks| blocks.end).cloned().unwrap_or(block..block + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Limits};

    /// Rules, reason, last day, reach, and the text it is about.
    type Read = (Vec<String>, Option<String>, Option<Date>, Reach, String);

    fn of(name: &str, text: &str) -> Vec<Read> {
        let document = document::read(name, text.as_bytes(), Limits::default()).unwrap();
        let told = allowances(&document).into_iter().map(|a| {
            assert_eq!(a.unclear, None, "{text}");
            (a.rules, a.because, a.until, a.reach, document.source.slice(a.scope).to_owned())
        });
        told.collect()
    }

    fn words(text: &str) -> (Vec<String>, Option<String>, Option<Date>) {
        let all = of("a.md", &format!("Before.\n\n<!-- loosetight: {text} -->\nAfter.\n"));
        (all[0].0.clone(), all[0].1.clone(), all[0].2)
    }

    #[test]
    fn the_words_may_be_written_in_many_ways() {
        let day = Some(jiff::civil::date(2027, 3, 31));
        let law = Some("it's the law".to_owned());
        for text in [
            "allow a because \"it's the law\" until 2027-03-31",
            "allow a because “it's the law” until 2027-03-31.",
            "Allow a until 2027-03-31 because „it's the law“",
            "allow a because 'it's the law' until 2027-03-31",
            "allow a because it's the law until 2027-03-31",
        ] {
            assert_eq!(words(text), (vec!["a".to_owned()], law.clone(), day), "{text}");
        }
        assert_eq!(words("allow a, b and c").0, ["a", "b", "c"]);
        assert_eq!(words("allow a because \"\"").1, None);
    }

    #[test]
    fn what_cannot_be_understood_says_why() {
        let unclear = |text: &str| {
            let text = format!("<!-- loosetight: {text} -->\n");
            let document = document::read("a.md", text.as_bytes(), Limits::default()).unwrap();
            allowances(&document)[0].unclear.clone().unwrap()
        };
        assert_eq!(unclear("disallow a"), "it begins with `disallow` where `allow` is expected");
        assert_eq!(unclear("allow because \"x\""), "it names no rule");
        assert_eq!(unclear("allow a until soon"), "a day is written like 2027-03-31, not `soon`");
        assert!(unclear("allow a because \"x\" or so").starts_with("`or` is expected nowhere"));
    }

    #[test]
    fn where_it_stands_says_what_it_is_about() {
        let allow = "<!-- loosetight: allow a because \"b\" -->";
        let reach = |text: &str| {
            let all = of("a.md", text);
            (all[0].3, all[0].4.trim().to_owned())
        };
        let file = format!("{allow}\n# Title\n\nText.");
        assert_eq!(reach(&file), (Reach::File, file.clone()));
        let text = format!("# Title\n\n{allow}\n## One\n\nA.\n\n### Deep\n\nB.\n\n## Two\n\nC.\n");
        assert_eq!(reach(&text), (Reach::Section, "## One\n\nA.\n\n### Deep\n\nB.".to_owned()));
        let text = format!("# Title\n\n## One {allow}\n\nA.\n\n## Two\n\nC.\n");
        assert_eq!(reach(&text).0, Reach::Section);
        assert_eq!(reach(&format!("One.\n\n{allow}\nTwo.\n\nThree.\n")), (Reach::Passage, "Two.".to_owned()));
        // In the first paragraph it is about that paragraph.
        assert_eq!(reach(&format!("One, two. {allow}\n\nThree.\n")).1, "One, two.");
        assert_eq!(reach(&format!("One.\n\n{allow}\n- a\n  - b\n- c\n\nThree.\n")).1, "a\n  - b\n- c");
        assert_eq!(reach(&format!("One.\n\n- a {allow}\n- c\n")).1, "a");
        assert_eq!(reach(&format!("One.\n\n- a\n- {allow} b\n- c\n")).1, "b");
        let table = format!("One.\n\n{allow}\n\n| a | b |\n|---|---|\n| c | d |\n");
        assert_eq!(reach(&table).1, "a | b |\n|---|---|\n| c | d");
        assert_eq!(
            reach(&format!("One.\n\n{allow}\n```text\nSay this.\nSay that.\n```\n")).1,
            "Say this.\nSay that."
        );
        assert_eq!(reach(&format!("One.\n\n{allow}\n")), (Reach::Passage, String::new()));
    }

    #[test]
    fn other_formats_say_it_their_way() {
        let bracket = "One.\n\n[loosetight: allow a because “b”]\n\nTwo.\n";
        assert_eq!(of("a.txt", bracket)[0].4, "Two.");
        let html =
            "<p>One.</p><ul><li>Two.<!-- loosetight: allow a because \"b\" --></li><li>Three.</li></ul>";
        assert_eq!(of("a.html", html)[0].4, "Two.");
    }
}
