//! Excel workbooks as openpyxl writes them; how they were made: tests/fixtures/make-office.py.

use crate::show::{fixture, lawful, show};
use loosetight::document::{self, Limits};
use miette::Diagnostic;
use proptest::prelude::*;

#[test]
fn a_scorecard_is_a_table_with_columns_and_cells_have_excels_names() {
    let d = fixture("scorecard.xlsx");
    assert_eq!(
        show(&d),
        [
            "h1 Call scorecard",
            "p Quality scorecard 2026",
            "t0[0,0]h Criterion",
            "t0[0,1]h How it is scored",
            "t0[0,2]h Points",
            "t0[1,0] Greeting",
            "t0[1,1] Agent uses the customer's name three times",
            "t0[1,2] 10",
            "t0[2,0] Closing",
            "t0[2,1] Agent says “Have a wonderful day”",
            "t0[2,2] 5",
            "t0[3,0] Outcome",
            "t0[3,1] The customer knows what happens next",
            "t0[3,2] 30",
            "h1 Notes",
            "p Reviewed with the team in May.",
        ]
    );
    let place = |text: &str| d.blocks.iter().find(|b| d.text(b) == text).and_then(|b| b.place.as_deref());
    assert_eq!(place("Agent uses the customer's name three times"), Some("Call scorecard › B4"));
    assert_eq!(place("30"), Some("Call scorecard › C6"));
    assert_eq!(place("Reviewed with the team in May."), Some("Notes › B2"));
    for b in &d.blocks {
        assert_eq!(d.source.slice(b.span), d.text(b));
    }
}

#[test]
fn what_is_no_workbook_says_so() {
    let code = |bytes: &[u8]| {
        let e = document::read("a.xlsx", bytes, Limits::default()).expect_err("not readable");
        e.code().map(|c| c.to_string()).unwrap_or_default()
    };
    assert_eq!(code(b"a,b,c"), "document::not-office");
    assert_eq!(code(include_bytes!("../fixtures/lo-saloon.docx")), "document::not-office");
    assert_eq!(code(&include_bytes!("../fixtures/scorecard.xlsx")[..3000]), "document::broken-archive");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_it_panic(at in prop::collection::vec((0_usize..1_000_000, any::<u8>()), 1..6)) {
        let mut bytes = include_bytes!("../fixtures/scorecard.xlsx").to_vec();
        let len = bytes.len();
        for (i, byte) in at {
            bytes[i % len] = byte;
        }
        if let Ok(d) = document::read("a.xlsx", bytes, Limits::default()) {
            lawful(&d);
        }
    }
}
