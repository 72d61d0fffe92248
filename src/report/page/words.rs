//! Words of documents → words that can stand in a page: marked with their own direction, and with nothing in them that
//! a browser would act on.

use maud::{Markup, html};
use std::borrow::Cow;

/// Words of somebody else's: their direction is their own.
pub(super) fn said(text: &str) -> Markup {
    html! { span dir="auto" { (clean(text)) } }
}

/// The same as a quotation, at most so many characters of it.
pub(super) fn quoted(text: &str, most: usize) -> Markup {
    html! { q dir="auto" { (clean(&cut(text, most))) } }
}

/// Text without what turns the reading round or ends a page: signs that override the direction of what follows, and
/// control characters. What was there stays visible as a replacement character. Escaping is left to the template.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let unruly = |c: char| {
        let code = u32::from(c);
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(code, 0x200E | 0x200F | 0x061C | 0x202A..=0x202E | 0x2066..=0x2069 | 0xFDD0..=0xFDEF)
            || code & 0xFFFE == 0xFFFE
    };
    if text.contains(unruly) { Cow::Owned(text.replace(unruly, "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

/// At most so many characters, white space folded; an ellipsis where something is left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut left = most;
    for word in text.split_whitespace() {
        let long = word.chars().count();
        if long + 1 > left {
            // A word without an end (a link, another script) is cut where the room ends.
            if out.is_empty() {
                out.extend(word.chars().take(most));
            }
            return out + "…";
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out += word;
        left -= long + 1;
    }
    out
}

/// `1 finding`, `2,041 findings`.
pub(super) fn counted(n: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// `12,345`.
pub(super) fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Where a list is cut: how many more there are.
pub(super) fn more(all: usize, shown: usize) -> Markup {
    html! { @if all > shown { p.aside { "… and " (grouped(all - shown)) " more" } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_turns_the_reading_round() {
        assert_eq!(clean("a\u{202E}b\u{2066}c\0d"), "a\u{FFFD}b\u{FFFD}c\u{FFFD}d");
        assert_eq!(clean("שלום, Zoë"), "שלום, Zoë");
    }

    #[test]
    fn long_words_are_cut_too() {
        assert_eq!(cut("one  two\nthree", 8), "one two…");
        assert_eq!(cut(&"x".repeat(50), 5), "xxxxx…");
        assert_eq!(cut("one two", 100), "one two");
        assert_eq!(said("<script>").into_string(), "<span dir=\"auto\">&lt;script&gt;</span>");
    }
}
