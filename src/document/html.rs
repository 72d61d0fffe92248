//! HTML → blocks.

use crate::document::InlineKind;
use crate::document::builder::Builder;
use std::ops::Range;

/// What a tag inside a line of Markdown means.
pub(crate) enum InlineTag {
    /// `<br>`.
    Break,
    /// `<b>` and the like.
    Open(InlineKind),
    /// Its end.
    Close(InlineKind),
    /// Another element of HTML.
    Known,
    /// No element of HTML.
    Unknown,
}

/// Elements of HTML without a meaning of their own here.
const KNOWN: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "cite",
    "col",
    "colgroup",
    "data",
    "dd",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "img",
    "input",
    "ins",
    "label",
    "legend",
    "li",
    "link",
    "main",
    "map",
    "mark",
    "menu",
    "meta",
    "nav",
    "noscript",
    "object",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "path",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "script",
    "section",
    "select",
    "small",
    "source",
    "span",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "template",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "title",
    "tr",
    "track",
    "u",
    "ul",
    "video",
    "wbr",
];

/// What the tag `<…>` means.
pub(crate) fn inline_tag(tag: &str) -> InlineTag {
    let inner = tag.trim_start_matches('<').trim_end_matches('>');
    let close = inner.starts_with('/');
    let name = inner.trim_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let is = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(name));
    let kind = if is(&["b", "strong"]) {
        InlineKind::Strong
    } else if is(&["i", "em"]) {
        InlineKind::Emphasis
    } else if is(&["code", "kbd", "samp", "tt", "var"]) {
        InlineKind::Code
    } else if is(&["s", "del", "strike"]) {
        InlineKind::Struck
    } else if is(&["br"]) {
        return InlineTag::Break;
    } else if is(KNOWN) || inner.starts_with(['!', '?']) {
        return InlineTag::Known;
    } else {
        return InlineTag::Unknown;
    };
    if close { InlineTag::Close(kind) } else { InlineTag::Open(kind) }
}

/// Reads stretches of HTML inside another format.
pub(crate) fn read_parts(b: &mut Builder, source: &str, parts: &[Range<usize>], _quoted: u8) {
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return };
    let mut at = first.start;
    while let Some(open) = source[at..last.end].find("<!--").map(|n| at + n) {
        let close = source[open + 4..last.end].find("-->").map_or(last.end, |n| open + 4 + n);
        b.comment(&source[open + 4..close], open..(close + 3).min(last.end));
        at = (close + 3).min(last.end);
    }
}
