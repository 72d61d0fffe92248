use crate::show::{lawful, origin, read, show};
use loosetight::document::{self, InlineKind, Limits};
use loosetight::source::Span;
use proptest::prelude::*;

const TEXT: &str = "\
= Front desk guide
Ana Muster <ana@example.org>
v3.1, 2026-02-01
:owner: Front office

Greet people *as they*
come, _softly_. See https://example.org[our page] +
or <<late,the late list>>.

== Arrival

. Look up
+
and wait.
. Ask
** softly
** slowly 😀
. Hand over

// loosetight: allow verbatim-line because \"law\"
NOTE: Never point.

[quote, a guest]
____
Welcome home.
____

.Before you start
====
Count the keys.
====

[source,python]
----
print(\"hello\")
----

....
Thank you for calling us today.
....

term:: What it means.

[cols=\"1,2\", options=\"header\"]
|===
|What |Who

|Refund
|You, and
nobody else

2+|Both
|===

* [ ] Lock the door

=== Leaving

Wave `slowly` and say **good**bye.
";

#[test]
fn a_guide_is_read_with_its_structure() {
    let d = read("a.adoc", TEXT);
    assert_eq!(
        show(&d),
        [
            "h1 Front desk guide",
            "p Greet people as they come, softly. See our page or the late list.",
            "h2 Arrival",
            "l0.0#1 Look up",
            "l0.0#1+ and wait.",
            "l0.0#2 Ask",
            "l1.1 softly",
            "l1.1 slowly 😀",
            "l0.0#3 Hand over",
            "p Never point.",
            "> p Welcome home.",
            "p Before you start",
            "p Count the keys.",
            "code ",
            "f1 Thank you for calling us today.",
            "p term",
            "p What it means.",
            "t0[0,0]h What",
            "t0[0,1]h Who",
            "t0[1,0] Refund",
            "t0[1,1] You, and nobody else",
            "t0[2,0] Both",
            "l2.0 Lock the door",
            "h3 Leaving",
            "p Wave slowly and say goodbye.",
        ]
    );
    let fact = |key: &str| d.meta(key).map(|m| (m.value.as_str(), d.source.slice(m.span)));
    assert_eq!(fact("owner"), Some(("Front office", "Front office")));
    assert_eq!(fact("author"), Some(("Ana Muster", "Ana Muster")));
    assert_eq!(fact("version"), Some(("3.1", "3.1")));
    assert_eq!(fact("date"), Some(("2026-02-01", "2026-02-01")));
    assert_eq!(d.comments.len(), 1);
    assert_eq!(d.text(&d.blocks[d.comments[0].before as usize]), "Never point.");
}

#[test]
fn every_text_stands_where_a_reader_of_the_file_finds_it() {
    let d = read("a.adoc", TEXT);
    for words in [
        "Front desk guide",
        "slowly 😀",
        "Never point.",
        "Welcome home.",
        "Thank you for calling",
        "Refund",
        "Both",
        "Lock the door",
    ] {
        assert_eq!(TEXT.matches(words).count(), 1);
        let at = d.flat.text().find(words).expect(words);
        let span = d.flat.to_source(Span::new(at, at + words.len()));
        assert_eq!(span.start as usize, TEXT.find(words).expect(words));
        assert_eq!(d.source.slice(span), words);
    }
    assert_eq!(origin(&d, "goodbye"), "good**bye");
    assert_eq!(origin(&d, "You, and nobody"), "You, and\nnobody");
    let of = |kind| -> Vec<&str> {
        let some = d.inlines.iter().filter(|i| i.kind == kind);
        some.map(|i| &d.flat.text()[i.text.range()]).collect()
    };
    assert_eq!(of(InlineKind::Strong), ["as they", "good"]);
    assert_eq!(of(InlineKind::Link), ["our page", "the late list"]);
    assert_eq!(of(InlineKind::Code), ["slowly"]);
    assert_eq!(of(InlineKind::Break), [" "]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_it_panic(pieces in prop::collection::vec(prop::sample::select(vec![
        "word", " ", "\n", "\n\n", "= ", "== ", "* ", "** ", ". ", "1. ", "- ", "+\n", "*", "_", "`", "#", "^", "~", "+", "++", "----\n",
        "....\n", "____\n", "====\n", "****\n", "--\n", "////\n", "|===\n", "|a |b\n", "2+|c\n", "[cols=\"3*\"]\n", "[quote]\n", "[source,x]\n",
        "a:: b\n", "::", ":a: b\n", "link:x[y]", "https://a.b[", "]", "<<a,b>>", "\\", "é😀", "\t", "\r\n", "// c\n", ".T\n", "```\n", "[[x]]",
    ]), 0..40)) {
        lawful(&document::read("a.adoc", pieces.concat(), Limits::default()).expect("text"));
    }
}
