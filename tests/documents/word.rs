//! Word files as python-docx and LibreOffice write them; how they were made: tests/fixtures/make-office.py.

use crate::show::{fixture, show};
use loosetight::document::{Document, InlineKind};

/// In a text that was taken out of its file every block is one line, so its place can be counted anew.
fn one_line_each(d: &Document) {
    let mut lines = d.source.text().lines().filter(|l| !l.starts_with("[loosetight:"));
    for b in d.blocks.iter().filter(|b| !b.text.is_empty()) {
        assert_eq!(lines.next(), Some(d.text(b)));
        assert_eq!(d.source.slice(b.span), d.text(b));
        assert!(b.place.is_some(), "{b:?}");
    }
    assert_eq!(lines.next(), None);
}

/// The place of the block with this text.
fn place<'a>(d: &'a Document, text: &str) -> &'a str {
    let block = d.blocks.iter().find(|b| d.text(b) == text).expect(text);
    block.place.as_deref().expect("a place")
}

#[test]
fn a_guide_is_read_as_it_is_printed_with_all_changes_accepted() {
    let d = fixture("front-desk.docx");
    one_line_each(&d);
    assert_eq!(
        show(&d),
        [
            "h1 Front desk guide",
            "t0[0,0] Owner",
            "t0[0,1] Front office",
            "t0[1,0] Version",
            "t0[1,1] 3.1",
            "t0[2,0] Last reviewed",
            "t0[2,1] 2026-02-01",
            "h2 Arrival",
            "p Look up before the guest speaks. Café & bar are to the left 😀.",
            "p One line and the next.",
            "l0.0#1 Greet the guest",
            "l0.0#2 Ask for the name",
            "l1.1 softly",
            "l0.0#3 Hand over the key",
            "l2.0 Never point.",
            "l2.0 Walk along.",
            "h3 Words we use",
            "> p Welcome home.",
            "p Staff may say it to there",
            "p Two paragraphs became one.",
            "h2 Departure by outline",
            "p See the late list.",
            "p Beside a box.",
            "p Say goodbye by name.",
            "h3 In the car park",
            "p Wave.",
            "h2 Who decides",
            "t1[0,0]h What",
            "t1[0,1]h Limit",
            "t1[0,2]h Who",
            "t1[1,0] Late checkout",
            "t1[1,1] 2 hours",
            "t1[1,2] You",
            "t1[2,0] Refund",
            "t1[2,1] €50",
            "t1[2,2] You",
            "t1[3,1] €500",
            "t1[3,2] Call Ana",
            "p Spend as you see fit.",
            "p Write it down.",
        ]
    );
    let marked = |kind| -> Vec<&str> {
        let of = d.inlines.iter().filter(|i| i.kind == kind);
        of.map(|i| &d.flat.text()[i.text.range()]).collect()
    };
    assert_eq!(marked(InlineKind::Strong), ["before", "In the car park"]);
    assert_eq!(marked(InlineKind::Link), ["the late list"]);
    assert_eq!(marked(InlineKind::Break), [" "]);
}

#[test]
fn places_name_the_heading_and_count_paragraphs_of_the_body() {
    let d = fixture("front-desk.docx");
    assert_eq!(place(&d, "Front desk guide"), "Front desk guide › paragraph 1");
    assert_eq!(place(&d, "Hand over the key"), "Arrival › paragraph 8");
    assert_eq!(place(&d, "Two paragraphs became one."), "Words we use › paragraph 14");
    assert_eq!(place(&d, "Say goodbye by name."), "Departure by outline › paragraph 17 › text box");
    assert_eq!(place(&d, "Call Ana"), "Who decides › table 2, row 4, column 3");
    assert_eq!(place(&d, "Write it down."), "Who decides › paragraph 22");
}

#[test]
fn facts_come_from_the_document_first_and_its_properties_last() {
    let d = fixture("front-desk.docx");
    let fact = |key: &str| d.meta(key).map(|m| m.value.as_str());
    assert_eq!(fact("owner"), Some("Front office"));
    assert_eq!(fact("version"), Some("3.1"));
    assert_eq!(fact("reviewed"), Some("2026-02-01"));
    assert_eq!(fact("title"), Some("Front desk guide"));
    assert_eq!(fact("author"), Some("Front office"));
    assert!(d.tables[0].control && !d.tables[1].control);
}

#[test]
fn comments_stand_before_the_paragraph_they_are_about() {
    for name in ["front-desk.docx", "lo-front-desk.docx"] {
        let d = fixture(name);
        let found: Vec<(&str, &str, &str)> = d
            .comments
            .iter()
            .map(|c| (c.text.as_str(), d.text(&d.blocks[c.before as usize]), d.source.slice(c.span)))
            .collect();
        let allow = "loosetight: allow spend because \"agreed with Ana\"";
        assert_eq!(
            found,
            [
                (allow, "Spend as you see fit.", format!("[{allow}]").as_str()),
                ("Do we still?", "Write it down.", "Write it down."),
            ],
            "{name}"
        );
    }
}

#[test]
fn a_round_trip_through_libreoffice_changes_nothing_a_reader_sees() {
    let texts = |d: &Document| -> Vec<String> {
        d.blocks.iter().map(|b| d.text(b).to_owned()).filter(|t| !t.is_empty()).collect()
    };
    let (word, libre) = (fixture("front-desk.docx"), fixture("lo-front-desk.docx"));
    one_line_each(&libre);
    let (mut a, mut b) = (texts(&word), texts(&libre));
    // A text box is anchored before the words of its paragraph there, after them here.
    a.sort();
    b.sort();
    assert_eq!(a, b);
    let headings = |d: &Document| -> Vec<String> {
        show(d).into_iter().filter(|l| l.starts_with('h') || l.starts_with('l')).collect()
    };
    assert_eq!(headings(&word), headings(&libre));
}

#[test]
fn styles_are_known_by_their_names_and_headings_by_their_numbers() {
    let d = fixture("localised.docx");
    one_line_each(&d);
    assert_eq!(show(&d), ["h1 Titel 1", "h2 Titel 2", "p Guten Tag sagen.", "h1 Abschied", "p Winken."]);
    assert_eq!(place(&d, "Guten Tag sagen."), "4.1 Titel 2 › paragraph 3");
    assert_eq!(place(&d, "Winken."), "5 Abschied › paragraph 5");
}

#[test]
fn what_libreoffice_makes_of_a_page_is_read_like_the_page() {
    let d = fixture("lo-saloon.docx");
    one_line_each(&d);
    assert_eq!(
        show(&d),
        [
            "h1 Saloon guide",
            "p Be kind to everybody. Even on Mondays.",
            "h2 At the counter",
            "l0.0#1 Look up",
            "l0.0#2 Smile if you like",
            "l1.1 or nod",
            "l0.0#3 Hand over",
            "> p Enjoy the crossing.",
            "t0[0,0]h Day",
            "t0[0,1]h Task",
            "t0[1,0] Monday",
            "t0[1,1] Wipe the urn",
            "t0[2,0] Friday",
            "t0[2,1] Close the cabinet",
            "h2 Going home",
            "p Lock the door.",
        ]
    );
}
