use crate::show::{origin, read, show};
use loosetight::document::InlineKind;

fn blocks(text: &str) -> Vec<String> {
    show(&read("a.md", text))
}

#[test]
fn headings_paragraphs_lists_quotes() {
    let text = "# Arrival\n\nGreet people.\nMean it.\n\n1. Look up\n2. Ask\n   again\n   - softly\n\n   Then wait.\n\n> Say: \"Hello\"\n> to all\n\nSetext\n------\n- [ ] tick\n- [x] *done*\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Arrival",
            "p Greet people. Mean it.",
            "l0.0#1 Look up",
            "l0.0#2 Ask again",
            "l1.1 softly",
            "l0.0#2+ Then wait.",
            "> p Say: \"Hello\" to all",
            "h2 Setext",
            "l2.0 tick",
            "l2.0 done",
        ]
    );
}

#[test]
fn wraps_prefixes_emphasis_and_entities_lead_back() {
    let d = read(
        "a.md",
        "\u{feff}> We *always* say\r\n> \"fish &amp; chips\"  \r\n> with a \\*smile\\* 😀 now\r\n",
    );
    assert_eq!(show(&d), ["> p We always say \"fish & chips\" with a *smile* 😀 now"]);
    assert_eq!(origin(&d, "say \"fish"), "say\r\n> \"fish");
    assert_eq!(origin(&d, "& chips"), "&amp; chips");
    assert_eq!(origin(&d, "*smile* 😀 now"), "*smile\\* 😀 now");
    assert_eq!(origin(&d, "always"), "always");
    assert_eq!(d.source.slice(d.blocks[0].span), d.source.text().trim_start_matches("\u{feff}> ").trim_end());
    let breaks: Vec<_> = d.inlines.iter().filter(|i| i.kind == InlineKind::Break).collect();
    assert_eq!(breaks.len(), 1, "only the two spaces end a line on purpose");
}

#[test]
fn tables_know_rows_columns_and_headings() {
    let d = read(
        "a.md",
        "Before\n\n| Step | Say \\| ask |\n|---|---|\n| 1 | `a\\|b` and \\| c |\n| 2 | |\n\nAfter\n",
    );
    assert_eq!(
        show(&d),
        [
            "p Before",
            "t0[0,0]h Step",
            "t0[0,1]h Say | ask",
            "t0[1,0] 1",
            "t0[1,1] a|b and | c",
            "t0[2,0] 2",
            "t0[2,1] ",
            "p After"
        ]
    );
    assert_eq!(origin(&d, "| c"), "| c");
    assert_eq!(origin(&d, "Say | ask"), "Say \\| ask");
    assert_eq!(d.column_heading(&d.blocks[4]).map(|b| d.text(b)), Some("Say | ask"));
    assert_eq!(d.column_heading(&d.blocks[2]).map(|b| d.text(b)), None);
    assert_eq!(d.row(4).iter().map(|b| d.text(b)).collect::<Vec<_>>(), ["1", "a|b and | c"]);
    assert!(d.row(0).is_empty());
    assert_eq!((d.tables[0].rows, d.tables[0].columns, d.tables[0].control), (3, 2, false));
    assert_eq!(d.lead(&d.tables[0].blocks), Some(0));
}

#[test]
fn nested_items_know_the_item_above() {
    let d = read("a.md", "- Say:\n  - \"Hello\"\n  - \"Bye\"\n- Ask\n");
    assert_eq!(show(&d), ["l0.0 Say:", "l1.1 \"Hello\"", "l1.1 \"Bye\"", "l0.0 Ask"]);
    assert_eq!((d.parent_item(2), d.parent_item(3)), (Some(0), None));
    assert_eq!((d.lists[0].blocks.clone(), d.lists[1].blocks.clone()), (0..4, 1..3));
}

#[test]
fn bold_lines_serve_as_headings() {
    let text = "# Desk\n\n**Greeting:**\n\nSay hello.\n\n__Closing__\n\n**Never promise a refund.**\n\n**\"Thank you for calling.\"**\n\n**Agent** speaks\n\n- **Item**\n\n## Phones\n\n**Hold**\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Desk",
            "h2 Greeting:",
            "p Say hello.",
            "h2 Closing",
            "p Never promise a refund.",
            "p \"Thank you for calling.\"",
            "p Agent speaks",
            "l0.0 Item",
            "h2 Phones",
            "h3 Hold",
        ]
    );
}

#[test]
fn headings_without_a_space() {
    let text = "#Arrival desk\nGreet people.\n##Phones\n\nAsk in #general or #Ops.\n\n#general is the channel\n\n###3.2 Calls###\n";
    assert_eq!(
        blocks(text),
        [
            "h1 Arrival desk",
            "p Greet people.",
            "h2 Phones",
            "p Ask in #general or #Ops.",
            "p #general is the channel",
            "h3 3.2 Calls###",
        ]
    );
}

#[test]
fn odd_bullets_of_word() {
    let text = "Steps:\n• Stand up\n• Look at\n  the guest\no\tsmile\no\tnod\n§\tslowly\n• Ask\n\nWe wait\n– as ever – until 2.5 hours\n2.5 hours pass. § 312 applies.\n\n§ 312 BGB\n\n– First\n– Second\n";
    assert_eq!(
        blocks(text),
        [
            "p Steps:",
            "l0.0 Stand up",
            "l0.0 Look at the guest",
            "l1.1 smile",
            "l1.1 nod",
            "l2.2 slowly",
            "l0.0 Ask",
            "p We wait – as ever – until 2.5 hours 2.5 hours pass. § 312 applies.",
            "p § 312 BGB",
            "l3.0 First",
            "l3.0 Second",
        ]
    );
}

#[test]
fn numbered_paragraphs_are_steps_or_titles() {
    let text = "## 3. At the desk\n\n3.1 Stand. Hands visible above the counter.\n\n3.2 The first words\n\n3.2.1 Say \"Hello\" and nothing else to anybody who comes in.\n\n2.5 million guests came.\n";
    assert_eq!(
        blocks(text),
        [
            "h2 3. At the desk",
            "l0.0#1 Stand. Hands visible above the counter.",
            "h3 3.2 The first words",
            "l1.0#1 Say \"Hello\" and nothing else to anybody who comes in.",
            "p 2.5 million guests came.",
        ]
    );
}

#[test]
fn fences_are_prose_or_programs() {
    let text = "```\nDear [Name],\n\nThank you for writing. We have sent a new one and it will\nreach you on Friday.\n\nBest wishes\n```\n\n```bash\necho Thank you for calling.\n```\n\n```\n$ npm install\nGET /v1/refunds?id=3\nconst x = y();\n```\n\n    npm run build --prod\n\n> ~~~text\n> Hello and welcome.\n> ~~~\n";
    assert_eq!(
        blocks(text),
        [
            "f0 Dear [Name],",
            "f0 Thank you for writing. We have sent a new one and it will reach you on Friday.",
            "f0 Best wishes",
            "code ",
            "code ",
            "code ",
            "> f4 Hello and welcome.",
        ]
    );
    assert_eq!(blocks(&text.replace('\n', "\r\n")), blocks(text));
    let d = read("a.md", text);
    assert_eq!(d.source.slice(d.fences[1].info), "bash");
    assert!(d.source.slice(d.blocks[3].span).starts_with("```bash\necho"));
    assert_eq!(d.fences[0].blocks, 0..3);
}

#[test]
fn comments_and_brackets() {
    let text = "<!-- loosetight: allow a because \"b\" -->\n\n# Hi\n\nText <!-- inline --> goes on.\n\n[loosetight: allow c because “d”]\n\nLast\n";
    let d = read("a.md", text);
    assert_eq!(show(&d), ["h1 Hi", "p Text goes on.", "p Last"]);
    let comments: Vec<_> =
        d.comments.iter().map(|c| (c.text.as_str(), c.before, d.source.slice(c.span))).collect();
    assert_eq!(
        comments,
        [
            ("loosetight: allow a because \"b\"", 0, "<!-- loosetight: allow a because \"b\" -->"),
            ("inline", 1, "<!-- inline -->"),
            ("loosetight: allow c because “d”", 2, "[loosetight: allow c because “d”]"),
        ]
    );
}

#[test]
fn placeholders_survive_and_tags_do_not() {
    let d = read(
        "a.md",
        "Hello <Name>, <b>thanks</b><br>and <a href=\"x\">bye</a> ![a picture](p.png) [Agent] {{ticket}}\n",
    );
    assert_eq!(show(&d), ["p Hello <Name>, thanks and bye [Agent] {{ticket}}"]);
    assert!(
        d.inlines.iter().any(|i| i.kind == InlineKind::Strong && &d.flat.text()[i.text.range()] == "thanks")
    );
}

#[test]
fn inlines_say_what_is_code_link_and_address() {
    let d = read(
        "a.md",
        "Click `Refund`, see [the *guide*](g.md), ~~old~~ <https://a.example> or https://b.example/x_(y), www.c.example.\n",
    );
    let found: Vec<_> = d.inlines.iter().map(|i| (i.kind, &d.flat.text()[i.text.range()])).collect();
    assert_eq!(
        found,
        [
            (InlineKind::Code, "Refund"),
            (InlineKind::Link, "the guide"),
            (InlineKind::Emphasis, "guide"),
            (InlineKind::Struck, "old"),
            (InlineKind::Url, "https://a.example"),
            (InlineKind::Url, "https://a.example"),
            (InlineKind::Url, "https://b.example/x_(y)"),
            (InlineKind::Url, "www.c.example"),
        ]
    );
}

#[test]
fn a_control_table_is_metadata() {
    let text = "---\nowner: Ana\n---\n# SOP\n\n| Document owner | Front office |\n|---|---|\n| Version | 3.1 |\n| Last reviewed | 2026-02-01 |\n| Next review date | 2026-08-01 |\n\n| Step | Owner |\n|---|---|\n| Ring | Desk |\n| Wait | Hall |\n";
    let d = read("a.md", text);
    let meta = |k: &str| d.meta(k).map(|m| (m.value.as_str(), d.source.slice(m.span)));
    assert_eq!(meta("owner"), Some(("Ana", "Ana")));
    assert_eq!(meta("version"), Some(("3.1", "3.1")));
    assert_eq!(meta("reviewed"), Some(("2026-02-01", "2026-02-01")));
    assert_eq!(meta("next review"), Some(("2026-08-01", "2026-08-01")));
    assert_eq!((d.tables[0].control, d.tables[1].control), (true, false));

    let d = read("a.md", "| Owner | Version | Reviewed |\n|---|---|---|\n| Desk | 2 | 2026-01-05 |\n");
    assert_eq!(d.meta("reviewed").map(|m| m.value.as_str()), Some("2026-01-05"));
}

#[test]
fn sections_nest_by_level() {
    let d = read("a.md", "Intro\n\n# A\n\na\n\n### B\n\nb\n\n## C\n\nc\n");
    let sections: Vec<_> =
        d.sections.iter().map(|s| (s.level, s.parent, s.blocks.clone(), d.source.slice(s.span))).collect();
    assert_eq!(
        sections,
        [
            (0, None, 0..1, "Intro\n\n"),
            (1, Some(0), 1..3, "# A\n\na\n\n"),
            (3, Some(1), 3..5, "### B\n\nb\n\n"),
            (2, Some(1), 5..7, "## C\n\nc\n"),
        ]
    );
    assert_eq!(d.heading_path(3), ["A", "C"]);
}

#[test]
fn statements_and_comments_of_mdx_are_not_read() {
    let text = "---\ntitle: Desk\n---\nimport {Tabs} from '@theme/Tabs'\nimport X from \"./x\"\n\nexport const a = {\n  b: 1,\n}\n\n# Desk\n\nImport duties apply.\n\n{/* loosetight: allow x because \"y\" */}\nBe kind {/* é */} now.\n\n```md\nimport this from 'there' is not prose\n```\n";
    let d = read("a.mdx", text);
    let lines = show(&d);
    assert_eq!(lines[..3], ["h1 Desk", "p Import duties apply.", "p Be kind now."]);
    let comments: Vec<(&str, &str)> =
        d.comments.iter().map(|c| (c.text.as_str(), d.source.slice(c.span))).collect();
    assert_eq!(
        comments,
        [
            ("loosetight: allow x because \"y\"", "{/* loosetight: allow x because \"y\" */}"),
            ("é", "{/* é */}")
        ]
    );
    assert_eq!(d.comments[0].before, 2);
}
