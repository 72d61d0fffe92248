use crate::show::{origin, read, show};
use loosetight::document::InlineKind;

fn blocks(text: &str) -> Vec<String> {
    show(&read("a.txt", text))
}

#[test]
fn titles_are_underlined_in_capitals_or_numbered() {
    let text = "Front desk guide\n================\n\nGreet people\nas they come.\n\nPHONES AND MAIL\nPick up.\n\n2.1 Holding the line\n\nTell them how long.\n\nCalling back\n------------\nCall back.\n\nDo not shout.\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Front desk guide",
            "p Greet people as they come.",
            "h1 PHONES AND MAIL",
            "p Pick up.",
            "h3 2.1 Holding the line",
            "p Tell them how long.",
            "h2 Calling back",
            "p Call back.",
            "p Do not shout.",
        ]
    );
}

#[test]
fn the_first_line_alone_is_a_title_unless_it_addresses_somebody() {
    assert_eq!(blocks("Returns desk\n\nBe kind.\n"), ["h1 Returns desk", "p Be kind."]);
    assert_eq!(blocks("To all of you,\n\nBe kind.\n"), ["p To all of you,", "p Be kind."]);
}

#[test]
fn numbers_are_steps_when_they_count_on_and_titles_when_text_comes_between() {
    assert_eq!(
        blocks("1. Greet the guest\n\n2. Ask the name\n\n3. Smile\n"),
        ["l0.0#1 Greet the guest", "l0.0#2 Ask the name", "l0.0#3 Smile"],
    );
    assert_eq!(
        blocks("1. Arrival\n\nGreet the guest.\n\n2. Departure\n\nThank the guest.\n"),
        ["h1 1. Arrival", "p Greet the guest.", "h1 2. Departure", "p Thank the guest."]
    );
}

#[test]
fn bullets_nest_by_indent_and_by_sign() {
    let text = "At the door:\n- Look up\n  from the screen\n  * smile\n    or do not\n- Wait\n\n  Then wait more.\n\n• Ask\no\tsoftly\n§\tslowly\n• Listen\nAfter all this\nwe go home.\n";
    assert_eq!(
        blocks(text),
        [
            "p At the door:",
            "l0.0 Look up from the screen",
            "l1.1 smile or do not",
            "l0.0 Wait",
            "l0.0+ Then wait more.",
            "l2.0 Ask",
            "l3.1 softly",
            "l4.2 slowly",
            "l2.0 Listen After all this we go home.",
        ]
    );
}

#[test]
fn quotes_are_indented_or_marked() {
    let text = "They said:\n\n    You were so kind\n    to my mother.\n\n> And quick\n> too.\n>> Very.\n\nThen:\n\n    $ npm install\n    $ npm run build --prod\n\nDone.\n";
    let d = read("a.txt", text);
    assert_eq!(
        show(&d),
        [
            "p They said:",
            "> p You were so kind to my mother.",
            "> p And quick too.",
            "> > p Very.",
            "p Then:",
            "code ",
            "p Done."
        ]
    );
    assert_eq!(origin(&d, "kind to my"), "kind\n    to my");
}

#[test]
fn speakers_and_long_lines_have_paragraphs_of_their_own() {
    assert_eq!(
        blocks("SCRIPT\n\nAGENT: Thank you for calling\nCUSTOMER: Hi\nAGENT: How may I help?\n"),
        ["h1 SCRIPT", "p AGENT: Thank you for calling", "p CUSTOMER: Hi", "p AGENT: How may I help?"]
    );
    let long = "We greet everybody who comes through the door before they have to look for us, and we mean it, whatever the hour and whatever the weather outside may be.";
    assert_eq!(
        blocks(&format!("Hello all.\n{long}\n{long}\n")),
        ["p Hello all.".into(), format!("p {long}"), format!("p {long}")]
    );
}

#[test]
fn a_short_line_in_wrapped_text_was_ended_on_purpose() {
    let d = read(
        "a.txt",
        "We write to everybody who has waited for longer than they should\nhave had to, and we tell them why.\nKind regards\nThe front desk\n",
    );
    let breaks = d.inlines.iter().filter(|i| i.kind == InlineKind::Break).count();
    assert_eq!((d.blocks.len(), breaks), (1, 1));
}

#[test]
fn bracketed_comments_and_line_ends() {
    let d = read(
        "a.txt",
        "\u{feff}[loosetight: allow smile-order because \"x\"]\r\n\r\nSmile 😀 now.\r\nAlways.\r\n",
    );
    assert_eq!(show(&d), ["p Smile 😀 now. Always."]);
    assert_eq!(
        (d.comments[0].text.as_str(), d.comments[0].before),
        ("loosetight: allow smile-order because \"x\"", 0)
    );
    assert_eq!(origin(&d, "😀 now. Always"), "😀 now.\r\nAlways");
}

#[test]
fn bars_draw_tables() {
    let text = "Limits\n\n| What   | Who |\n|--------|-----|\n| Refund | You |\n| Waiver |     |\n\nBe kind.\n| alone |\n";
    let d = read("a.txt", text);
    assert_eq!(
        show(&d),
        [
            "h1 Limits",
            "t0[0,0]h What",
            "t0[0,1]h Who",
            "t0[1,0] Refund",
            "t0[1,1] You",
            "t0[2,0] Waiver",
            "t0[2,1] ",
            "p Be kind. | alone |",
        ]
    );
    assert!(d.tables[0].header);
    let waiver = d.blocks.iter().find(|b| d.text(b) == "Waiver").expect("there");
    assert_eq!(waiver.span.start as usize, text.find("Waiver").expect("there"));
}

#[test]
fn lines_of_facts_at_the_top_are_metadata() {
    for (name, text) in [
        ("a.txt", "Returns desk\n\nOwner: Ana Muster\nReviewed: 2026-02-01\n\nNote: be kind.\n"),
        (
            "a.md",
            "# Returns desk\n\n**Owner:** Ana Muster  \n**Last reviewed:** 2026-02-01\n\nNote: be kind.\n",
        ),
        ("b.md", "# Returns desk\n\nOwner: Ana Muster | Last reviewed: 2026-02-01\n\nNote: be kind.\n"),
    ] {
        let d = read(name, text);
        let fact = |key: &str| d.meta(key).map(|m| (m.value.clone(), d.source.slice(m.span).to_owned()));
        let both = |v: &str| Some((v.to_owned(), v.to_owned()));
        assert_eq!(fact("owner"), both("Ana Muster"), "{name}");
        assert_eq!(fact("reviewed"), both("2026-02-01"), "{name}");
    }
    let d = read("a.txt", "Desk\n\nOwner: say hello to the owner of the dog.\nThen smile.\n");
    assert!(d.metadata.is_empty());
}
