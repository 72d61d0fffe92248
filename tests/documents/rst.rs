use crate::show::{lawful, origin, read, show};
use loosetight::document::{self, InlineKind, Limits};
use proptest::prelude::*;

const TEXT: &str = "\
================
Front desk guide
================

:Owner: Ana
:Last reviewed: 2026-02-01

Greet people *as they*
come. See :ref:`the list <late>` and ``code``, or `our page
<https://example.org>`_ [1]_.

Arrival
-------

#. Look up

   and wait.
#. Ask

   * softly
   * slowly 😀
#. Hand over

    Welcome home,
    dear guest.

.. loosetight: allow verbatim-line because \"law\"

.. note:: Never point.

   Walk along.

.. code-block:: python

   print(\"hello\")

Say this::

    Thank you for calling us today.

term
    What it means.

+----------+-----------+
| What     | Who       |
+==========+===========+
| Refund   | You, and  |
|          | nobody    |
|          | else      |
+----------+-----------+
| Waiver   | Ana       |
+----------+-----------+

=====  ======
Day    Task
=====  ======
Mon    Wipe
Tue    Close
=====  ======

| One line
| another

A. Smith said so
and left.

Leaving
-------

Words_ go\\ od.

.. [1] In the drawer.
";

#[test]
fn a_guide_is_read_with_its_structure() {
    let d = read("a.rst", TEXT);
    assert_eq!(
        show(&d),
        [
            "h1 Front desk guide",
            "p Greet people as they come. See the list and code, or our page .",
            "h2 Arrival",
            "l0.0#1 Look up",
            "l0.0#1+ and wait.",
            "l0.0#2 Ask",
            "l1.1 softly",
            "l1.1 slowly 😀",
            "l0.0#3 Hand over",
            "> l0.0#3+ Welcome home, dear guest.",
            "p Never point.",
            "p Walk along.",
            "code ",
            "p Say this:",
            "f1 Thank you for calling us today.",
            "p term",
            "p What it means.",
            "t0[0,0]h What",
            "t0[0,1]h Who",
            "t0[1,0] Refund",
            "t0[1,1] You, and nobody else",
            "t0[2,0] Waiver",
            "t0[2,1] Ana",
            "t1[0,0]h Day",
            "t1[0,1]h Task",
            "t1[1,0] Mon",
            "t1[1,1] Wipe",
            "t1[2,0] Tue",
            "t1[2,1] Close",
            "p One line another",
            "p A. Smith said so and left.",
            "h2 Leaving",
            "p Words good.",
            "p In the drawer.",
        ]
    );
    assert_eq!(d.meta("owner").map(|m| d.source.slice(m.span)), Some("Ana"));
    assert_eq!(d.meta("reviewed").map(|m| m.value.as_str()), Some("2026-02-01"));
    assert_eq!(d.comments.len(), 1);
    assert_eq!(d.text(&d.blocks[d.comments[0].before as usize]), "Never point.");
    assert_eq!(d.comments[0].text, "loosetight: allow verbatim-line because \"law\"");
}

#[test]
fn every_text_stands_where_a_reader_of_the_file_finds_it() {
    let d = read("a.rst", TEXT);
    // Counted anew: words that occur once in the file.
    for words in [
        "Front desk guide",
        "slowly 😀",
        "Never point.",
        "Walk along.",
        "Thank you for calling",
        "Waiver",
        "Close",
        "In the drawer.",
    ] {
        assert_eq!(TEXT.matches(words).count(), 1);
        let at = d.flat.text().find(words).expect(words);
        let span = d.flat.to_source(loosetight::source::Span::new(at, at + words.len()));
        assert_eq!(span.start as usize, TEXT.find(words).expect(words));
        assert_eq!(d.source.slice(span), words);
    }
    assert_eq!(origin(&d, "as they come"), "as they*\ncome");
    let strong: Vec<&str> = d
        .inlines
        .iter()
        .filter(|i| i.kind == InlineKind::Link)
        .map(|i| &d.flat.text()[i.text.range()])
        .collect();
    assert_eq!(strong, ["the list", "our page"]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_it_panic(pieces in prop::collection::vec(prop::sample::select(vec![
        "word", " ", "\n", "\n\n", "  ", "    ", "===\n", "---\n", "- ", "* ", "#. ", "1. ", "a) ", "*", "**", "`", "``", "`_", "_", "|", "| ",
        "+--+--+\n", "| a|b |\n", "+==+==+\n", "== ==\n", ".. note:: ", ".. code::\n", ".. _x:\n", ".. ", "::\n", ":a: b\n", ":ref:`", "\\",
        "é😀", "\t", "\r\n", "[1]_", ".. [1] ", ">>> x\n", "<a>`_", "•\t",
    ]), 0..40)) {
        lawful(&document::read("a.rst", pieces.concat(), Limits::default()).expect("text"));
        lawful(&document::read("a.adoc", pieces.concat(), Limits::default()).expect("text"));
    }
}
