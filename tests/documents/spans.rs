//! No input panics, and every span leads where it says.

use crate::show::{lawful, show};
use loosetight::document::{self, Limits};
use proptest::prelude::*;

/// Pieces of Markdown that meet in unforeseen ways.
fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "# ",
        "## ",
        "#x",
        "- ",
        "* ",
        "1. ",
        "3.1 Foo ",
        "> ",
        ">",
        "```\n",
        "~~~ text\n",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "  \n",
        "\\\n",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "[",
        "](u)",
        "![",
        "]",
        "[x]: /u\n",
        "<b>",
        "</b>",
        "<br>",
        "<Name>",
        "<!-- c -->",
        "<!--",
        "<div>\n",
        "</div>\n",
        "&amp;",
        "&nbsp;",
        "&#10;",
        "&",
        "\\|",
        "|",
        "|-|-|\n",
        "| a | b |\n",
        "word",
        "Say hello.",
        "é",
        "😀",
        "e\u{301}",
        "\u{feff}",
        "\u{a0}",
        " ",
        "• ",
        "o\t",
        "§ ",
        "– ",
        "a) ",
        "(ii) ",
        "=== \n",
        "---\n",
        "+++\n",
        "a: b\n",
        "[^1]",
        "[^1]: ",
        "https://a.b",
        "[loosetight: allow]",
        "<script>",
        "<table><tr><td>",
        "</td>",
        "<li>",
        "<h2>",
        "<pre>",
        "ALL CAPS\n",
    ])
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::collection::vec(piece(), 0..40).prop_map(|p| p.concat()),
        "(\\PC|\n|\r\n|[ #>*|`<&-]){0,80}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_slices_its_text(text in text(), name in prop::sample::select(vec!["a.md", "a.mdx", "a.txt", "a.html"])) {
        if let Ok(d) = document::read(name, text, Limits::default()) {
            lawful(&d);
        }
    }

    #[test]
    fn line_ends_do_not_matter(text in prop::collection::vec(piece(), 0..30).prop_map(|p| p.concat())) {
        let unix = text.replace("\r\n", "\n").replace('\r', "\n");
        let windows = unix.replace('\n', "\r\n");
        for name in ["a.md", "a.txt", "a.html"] {
            let a = document::read(name, unix.clone(), Limits::default()).expect("text");
            let b = document::read(name, windows.clone(), Limits::default()).expect("text");
            prop_assert_eq!(show(&a), show(&b));
        }
    }
}
