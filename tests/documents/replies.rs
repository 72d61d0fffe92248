//! Exports of macros: each reply is a section, and each letter knows its place in the file.

use crate::show::{lawful, origin, read, show};
use loosetight::document::{self, Limits};
use miette::Diagnostic;
use proptest::prelude::*;

#[test]
fn a_csv_export_has_a_section_for_each_reply() {
    let text = "\u{feff}id,title,active,comment\r\n\
        1,\"Refund: late, again\",true,\"Dear {{ticket.requester.first_name}},\n\nYour \"\"refund\"\" is on its way 😀.\nThank you.\"\r\n\
        2,Old one,false,Never sent.\r\n\
        3,Parcel,true,<p>It&rsquo;s <b>here</b>.</p><p>Come &amp; get it<br>today.</p>\r\n\
        4,Empty,true,\r\n";
    let d = read("macros.csv", text);
    assert_eq!(
        show(&d),
        [
            "h1 Refund: late, again",
            "f0 Dear {{ticket.requester.first_name}},",
            "f0 Your \"refund\" is on its way 😀.",
            "f0 Thank you.",
            "h1 Parcel",
            "f1 It’s here.",
            "f1 Come & get it",
            "f1 today.",
        ]
    );
    assert_eq!(origin(&d, "\"refund\""), "\"\"refund\"\"");
    assert_eq!(origin(&d, "way 😀"), "way 😀");
    assert_eq!(origin(&d, "It’s here"), "It&rsquo;s <b>here");
    assert_eq!(origin(&d, "& get"), "&amp; get");
    let thank = d.blocks.iter().find(|b| d.text(b) == "Thank you.").expect("there");
    assert_eq!(thank.span.start as usize, text.find("Thank").expect("there"));
    assert_eq!(d.source.position(thank.span.start).line, 5);
}

#[test]
fn semicolons_and_tabs_separate_too() {
    for sign in [";", "\t"] {
        let text = format!("Name{sign}Reply\nHello{sign}Good day, all.\n");
        assert_eq!(show(&read("a.csv", &text)), ["h1 Hello", "f0 Good day, all."]);
    }
}

#[test]
fn a_json_export_is_read_at_any_depth() {
    let text = r#"{"macros": [
        {"title": "Late \u00e9\ud83d\ude00", "active": true, "actions": [
            {"field": "status", "value": "solved"},
            {"field": "comment_value_html", "value": "<p>We are <em>so</em> sorry.</p><p>Call us &gt; any time.</p>"}]},
        {"title": "Retired", "active": false, "actions": [{"field": "comment_value", "value": "Gone."}]},
        {"title": "Shipping", "actions": [{"field": "comment_value", "value": ["channel:all", "It left \"today\".\nTrack it."]}]}
    ], "count": 3}"#;
    let d = read("macros.json", text);
    assert_eq!(
        show(&d),
        [
            "h1 Late é😀",
            "f0 We are so sorry.",
            "f0 Call us > any time.",
            "h1 Shipping",
            "f1 It left \"today\".",
            "f1 Track it.",
        ]
    );
    assert_eq!(origin(&d, "é😀"), r"\u00e9\ud83d\ude00");
    assert_eq!(origin(&d, "left \"today\""), r#"left \"today\""#);
    assert_eq!(origin(&d, "Track it."), "Track it.");
    let helpdesk = r#"[{"name": "Hi", "body_html": "<p>a</p>", "body_text": "Hello there."}]"#;
    assert_eq!(show(&read("a.json", helpdesk)), ["h1 Hi", "f0 Hello there."]);
}

#[test]
fn data_without_replies_says_so() {
    let code = |name: &str, text: &str| {
        let e = document::read(name, text, Limits::default()).expect_err("not readable");
        e.code().map(|c| c.to_string()).unwrap_or_default()
    };
    assert_eq!(code("a.csv", "day,sales\n1,2\n"), "document::no-replies");
    assert_eq!(code("a.csv", ""), "document::no-replies");
    assert_eq!(code("a.json", "{\"name\": \"x\"}"), "document::no-replies");
    assert_eq!(code("a.json", "{\"name\": \"x\""), "document::not-json");
    assert_eq!(code("a.json", &"[".repeat(100_000)), "document::not-json");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_reply_comes_out_as_it_went_in(words in prop::collection::vec("[a-zé😀\"\\\\/,;{}]{1,8}", 1..6), name in "[a-z]{1,9}") {
        let reply = words.join(" ");
        let json = serde_json::json!([{"name": name, "text": reply}]).to_string();
        let d = document::read("a.json", json, Limits::default()).expect("readable");
        lawful(&d);
        prop_assert_eq!(d.text(&d.blocks[1]), reply.as_str());
        let csv = format!("name,text\n{name},\"{}\"\n", reply.replace('"', "\"\""));
        let d = document::read("a.csv", csv, Limits::default()).expect("readable");
        lawful(&d);
        prop_assert_eq!(d.text(&d.blocks[1]), reply.as_str());
    }

    #[test]
    fn no_csv_makes_it_panic(rest in "(\\PC|[\",;\n\r<>&]){0,60}") {
        if let Ok(d) = document::read("a.csv", format!("name,text\n{rest}"), Limits::default()) {
            lawful(&d);
        }
    }
}
