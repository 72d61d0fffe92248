//! What nobody should send: binary files, wrong encodings, sizes and depths that must not cost more than they are.

use crate::show::lawful;
use loosetight::document::{self, Limits, ReadError};
use miette::Diagnostic;

fn error(name: &str, bytes: &[u8], limits: Limits) -> (String, String) {
    let e: ReadError = document::read(name, bytes, limits).expect_err("not readable");
    (e.code().map(|c| c.to_string()).unwrap_or_default(), e.to_string())
}

#[test]
fn what_is_no_text_says_so() {
    let limits = Limits::default();
    assert_eq!(
        error("a.md", b"caf\xe9 and\nmore", limits),
        ("document::not-utf-8".into(), "a.md is not UTF-8: line 1, byte 0xe9".into())
    );
    assert_eq!(
        error(
            "b/a.txt",
            "fine\r\nfine \u{1f600}\r\nit\u{92}s"
                .as_bytes()
                .iter()
                .copied()
                .filter(|b| *b != 0xc2)
                .collect::<Vec<_>>()
                .as_slice(),
            limits
        ),
        ("document::not-utf-8".into(), "b/a.txt is not UTF-8: line 3, byte 0x92".into())
    );
    assert_eq!(
        error("a.md", b"\x89PNG\0\0", limits),
        ("document::not-text".into(), "a.md is not text: byte 4 is zero".into())
    );
    assert_eq!(error("a.txt", b"\xff\xfeH\0i\0", limits).0, "document::utf-16");
    assert_eq!(error("a.pdf", b"%PDF", limits).0, "document::unknown-format");
    assert_eq!(error("README", b"x", limits).0, "document::unknown-format");
    assert_eq!(
        error("a.md", &[b'x'; 1_500_000], Limits { max_bytes: 1_000_000, ..limits }),
        ("document::too-large".into(), "a.md has 2 MB; more than 1 MB are not read".into())
    );
}

#[test]
fn empty_documents_are_documents() {
    for name in ["a.md", "a.txt", "a.html", "a.mdx", "a.HTM"] {
        for text in ["", "\u{feff}", "\n\n", "   "] {
            let d = document::read(name, text, Limits::default()).expect("readable");
            lawful(&d);
            assert!(d.blocks.is_empty() && d.sections.len() == 1, "{name} {text:?}");
        }
    }
}

#[test]
fn depth_and_length_do_not_break_readers() {
    let deep = 50_000;
    let many = [
        ("a.md", "- ".repeat(deep) + "x\n" + &"y\n".repeat(deep)),
        ("b.md", ">".repeat(deep) + "x\n" + &"\n".repeat(deep)),
        ("c.md", "word ".repeat(2_000_000)),
        ("d.md", "**a ".repeat(deep) + &"b** ".repeat(deep)),
        ("e.md", "<div>\n\n".repeat(deep)),
        ("f.html", "<ul><li>".repeat(deep) + "x" + &"</li></ul>".repeat(deep)),
        ("g.html", "<table><tr><td>".repeat(deep) + "x"),
        ("h.html", "<a>".repeat(deep) + "x" + &"</b>".repeat(deep)),
        ("i.html", "<td colspan=1000 rowspan=10000>x".repeat(2000)),
        ("j.txt", (0..2000).map(|i| " ".repeat(i) + "- x\n").collect()),
        ("k.txt", "word ".repeat(2_000_000)),
        ("l.html", "word ".repeat(2_000_000)),
    ];
    for (name, text) in many {
        let d = document::read(name, text, Limits::default()).expect(name);
        assert!(d.flat.text().contains(['x', 'w', 'a']) || name == "e.md", "{name}");
        for b in &d.blocks {
            assert!(d.source.text().get(b.span.range()).is_some(), "{name}: {b:?}");
        }
    }
}
