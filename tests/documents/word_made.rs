//! Word files made here: rare constructs, and what nobody should send.

use crate::show::{lawful, show};
use loosetight::document::{self, Document, Limits, ReadError};
use miette::Diagnostic;
use proptest::prelude::*;
use std::io::Write;
use zip::write::SimpleFileOptions;

const W: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// An archive of these parts.
fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("finished").into_inner()
}

/// A Word file with this body and further parts.
fn word(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<?xml version=\"1.0\"?><w:document {W}><w:body>{body}</w:body></w:document>");
    let mut parts = vec![("[Content_Types].xml", "<Types/>"), ("word/document.xml", main.as_str())];
    parts.extend(more);
    archive(&parts)
}

fn read(bytes: Vec<u8>) -> Document {
    let d = document::read("a.docx", bytes, Limits::default()).expect("readable");
    lawful(&d);
    d
}

fn error(bytes: Vec<u8>, limits: Limits) -> (String, String) {
    let e: ReadError = document::read("a.docx", bytes, limits).expect_err("not readable");
    (e.code().map(|c| c.to_string()).unwrap_or_default(), e.to_string())
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn footnotes_follow_the_paragraph_that_refers_to_them() {
    let body = format!(
        "<w:p><w:r><w:t>Call back</w:t><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t>.</w:t></w:r></w:p>{}",
        p("Then rest.")
    );
    let notes = format!(
        "<w:footnotes {W}><w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote>\
         <w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        p("Within the hour.")
    );
    let d = read(word(&body, &[("word/footnotes.xml", &notes)]));
    assert_eq!(show(&d), ["p Call back.", "p Within the hour.", "p Then rest."]);
    assert_eq!(d.blocks[1].place.as_deref(), Some("paragraph 1 › footnote"));
    assert_eq!(d.blocks[2].place.as_deref(), Some("paragraph 2"));
}

#[test]
fn entities_fields_contents_and_placeholders() {
    let body = format!(
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr>\
         <w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:p><w:r><w:fldChar w:fldCharType=\"begin\"/><w:instrText>PAGE</w:instrText>\
         <w:fldChar w:fldCharType=\"separate\"/><w:t>Page 4</w:t></w:r><w:r><w:noBreakHyphen/><w:t>x</w:t><w:tab/><w:t>y</w:t></w:r></w:p>",
        p("Arrival 3"),
        p("Click here"),
        p("Tea &amp; caf&#xe9; &lt;now&gt;")
    );
    assert_eq!(show(&read(word(&body, &[]))), ["p Tea & café <now>", "p Page 4\u{2011}x y"]);
}

#[test]
fn deleted_rows_and_cells_are_gone_and_nested_tables_are_tables() {
    let cell = |t: &str| format!("<w:tc>{}</w:tc>", p(t));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr><w:trPr><w:del w:id=\"1\"/></w:trPr>{}{}</w:tr>\
         <w:tr><w:tc>{}<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        cell("Step"),
        cell("Words"),
        cell("gone"),
        cell("gone"),
        p("Around."),
        cell("one sees a guest"),
        cell("two looks up"),
        cell("three"),
        cell("four"),
    );
    assert_eq!(
        show(&read(word(&body, &[]))),
        [
            "t0[0,0]h Step",
            "t0[0,1]h Words",
            "t0[1,0] Around.",
            "t1[0,0] one sees a guest",
            "t1[0,1] two looks up",
            "t1[1,0] three",
            "t1[1,1] four",
            "t0[1,1] ",
        ]
    );
}

#[test]
fn a_numbering_is_counted_through_levels_and_starts_anew_when_told() {
    let lvl = |l: u8, format: &str, text: &str| {
        format!("<w:lvl w:ilvl=\"{l}\"><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/></w:lvl>")
    };
    let numbering = format!(
        "<w:numbering {W}><w:abstractNum w:abstractNumId=\"0\">{}{}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>\
         </w:numbering>",
        lvl(0, "decimal", "%1."),
        lvl(1, "bullet", "o"),
    );
    let item = |num: u8, level: u8, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{num}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = [
        item(1, 0, "Look"),
        item(1, 1, "up"),
        item(1, 1, "and out"),
        item(1, 0, "Wait"),
        p("In between."),
        item(1, 0, "Speak"),
        item(2, 0, "Anew"),
        item(0, 0, "No item."),
    ];
    let d = read(word(&body.concat(), &[("word/numbering.xml", &numbering)]));
    assert_eq!(
        show(&d),
        [
            "l0.0#1 Look",
            "l1.1 up",
            "l1.1 and out",
            "l0.0#2 Wait",
            "p In between.",
            "l2.0#3 Speak",
            "l3.0#1 Anew",
            "p No item.",
        ]
    );
}

#[test]
fn what_is_no_word_file_says_so() {
    let limits = Limits::default();
    let code = |bytes: &[u8]| error(bytes.to_vec(), limits).0;
    assert_eq!(code(b"Just text"), "document::not-office");
    assert_eq!(code(b""), "document::not-office");
    assert_eq!(code(b"PK\x03\x04 and no more"), "document::broken-archive");
    assert_eq!(code(&archive(&[("xl/workbook.xml", "<x/>")])), "document::not-office");
    assert_eq!(
        error(archive(&[("[Content_Types].xml", "<Types/>")]), limits),
        ("document::missing-part".into(), "a.docx is damaged: it has no word/document.xml".into())
    );
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    old.resize(2000, 0);
    assert_eq!(code(&old), "document::old-office");
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(
        error(old, limits),
        ("document::encrypted".into(), "a.docx is protected by a password".into())
    );
    let whole = word(&p("Hello."), &[]);
    assert_eq!(code(&whole[..whole.len() / 2]), "document::broken-archive");
    for broken in ["<w:p>", "<w:p></w:r>", "<w:p><w:r></w:p></w:r>", "<w:p a=></w"] {
        assert_eq!(code(&word(broken, &[])), "document::broken-part", "{broken}");
    }
}

#[test]
fn bombs_of_size_and_of_depth_are_refused() {
    let limits = Limits::default();
    let big = word(&p(&"a".repeat(20_000_000)), &[]);
    assert!(big.len() < 200_000);
    assert_eq!(error(big.clone(), limits).0, "document::expands");
    assert_eq!(
        error(big, Limits { max_ratio: u64::MAX, max_expanded: 15_000_000, ..limits }),
        ("document::expands".into(), "a.docx unpacks to more than 15 MB".into())
    );
    let deep = "<w:tbl><w:tr><w:tc>".repeat(20_000);
    assert_eq!(error(word(&deep, &[]), limits).0, "document::too-deep");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_panic(at in prop::collection::vec((0_usize..1_000_000, any::<u8>()), 1..6), cut in 0_usize..200) {
        let bytes = include_bytes!("../fixtures/lo-saloon.docx");
        let mut bytes = bytes.to_vec();
        let len = bytes.len();
        for (i, byte) in at {
            bytes[i % len] = byte;
        }
        bytes.truncate(len - cut.saturating_sub(150));
        if let Ok(d) = document::read("a.docx", bytes, Limits::default()) {
            lawful(&d);
        }
    }

    #[test]
    fn no_xml_makes_it_panic(pieces in prop::collection::vec(prop::sample::select(vec![
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "a word", " ", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>",
        "<w:tc>", "</w:tc>", "<w:br/>", "<w:tab/>", "<w:pPr>", "</w:pPr>", "<w:rPr>", "</w:rPr>", "<w:b/>", "<w:del/>",
        "<w:numPr/>", "<w:numId w:val=\"1\"/>", "<w:outlineLvl w:val=\"1\"/>", "<w:txbxContent>", "</w:txbxContent>",
        "<w:gridSpan w:val=\"4000000000\"/>", "<w:tcPr>", "</w:tcPr>", "&amp;", "&x;", "• ", "• x", "<w:hyperlink>", "</w:hyperlink>",
        "<w:sdt>", "</w:sdt>", "<w:commentReference w:id=\"1\"/>", "<w:p><w:r><w:t>1. x</w:t></w:r></w:p>",
    ]), 0..40)) {
        // Half of these do not close what they open; a closing tag too many is caught as well.
        if let Ok(d) = document::read("a.docx", word(&pieces.concat(), &[]), Limits::default()) {
            lawful(&d);
        }
    }
}
