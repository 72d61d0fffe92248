//! Exports of macros and saved replies (CSV, JSON; Zendesk, Freshdesk, Intercom, Gorgias, Help Scout and their like) →
//! blocks: each reply is a section, its name the heading, its text fenced prose with the place of every letter.

use crate::document::builder::Builder;
use crate::document::{BlockKind, Fence, ReadError};
use crate::source::Span;
use std::ops::Range;
use text::Unit;

mod csv;
mod json;
mod text;

/// One reply of an export.
struct Reply {
    /// Its name.
    name: Vec<Unit>,
    /// What is sent.
    text: Vec<Unit>,
    /// From its first byte to its last.
    span: Range<usize>,
}

/// What people call the column or the key of a reply's name.
const NAMES: &[&str] =
    &["title", "name", "macro", "macro name", "macro title", "shortcut", "subject", "label"];

/// What they call that of its text, the plain ones first: an export often has it twice, once as HTML.
const TEXTS: &[&str] = &[
    "body_text",
    "comment_value",
    "comment",
    "comment/reply",
    "reply",
    "reply text",
    "text",
    "body",
    "message",
    "content",
    "response",
    "answer",
    "snippet",
    "macro text",
    "public reply",
    "comment text",
    "comment_value_html",
    "body_html",
    "content_html",
    "html",
];

/// Which of the lists' words a name is, if any: its rank.
fn rank(list: &[&str], name: &str) -> Option<usize> {
    let name = name.trim().to_lowercase();
    list.iter().position(|n| *n == name || n.replace(['_', '/'], " ") == name)
}

/// Reads an export of comma-, semicolon- or tab-separated values.
///
/// # Errors
/// Where no column holds replies.
pub(crate) fn read_csv(b: &mut Builder, name: &str, source: &str) -> Result<(), ReadError> {
    let replies = csv::replies(source).ok_or_else(|| ReadError::NoReplies { name: name.to_owned() })?;
    write(b, replies);
    Ok(())
}

/// Reads an export in JSON.
///
/// # Errors
/// Where it is no JSON, or holds no replies.
pub(crate) fn read_json(b: &mut Builder, name: &str, source: &str) -> Result<(), ReadError> {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    if let Err(e) = serde_json::from_str::<serde::de::IgnoredAny>(&source[start..]) {
        return Err(ReadError::NotJson { name: name.to_owned(), why: e.to_string() });
    }
    let replies = json::replies(source, start);
    if replies.is_empty() {
        return Err(ReadError::NoReplies { name: name.to_owned() });
    }
    write(b, replies);
    Ok(())
}

fn write(b: &mut Builder, replies: Vec<Reply>) {
    for reply in replies {
        b.begin(BlockKind::Heading { level: 1 }, 0, reply.span.start);
        text::put(b, &reply.name);
        b.end();
        let first = b.count();
        let fence = u32::try_from(b.fences.len()).unwrap_or(u32::MAX);
        let span = Span::from(reply.span);
        b.fences.push(Fence {
            blocks: first..first,
            info: Span { start: span.start, end: span.start },
            span,
        });
        for line in text::lines(reply.text) {
            let start = line.first().map_or(0, |u| u.at.start);
            b.begin(BlockKind::Fence { fence }, 0, start);
            text::put(b, &line);
            b.end();
        }
        let last = b.count();
        if let Some(f) = b.fences.last_mut() {
            f.blocks.end = last;
        }
    }
}
