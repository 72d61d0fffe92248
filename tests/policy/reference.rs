//! The vocabulary, the grammar and the reference say the same.

use crate::mistakes;
use loosetight::policy::reference::{blocks, full_form, page, refreshed};
use loosetight::policy::vocabulary::{Often, Shape, Takes, WORDS, Word, word};
use loosetight::policy::{Mistake, Policy};
use loosetight::source::Source;
use std::collections::BTreeSet;
use std::fs;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/grammar/README.md");
const GRAMMAR: &str = include_str!("../../grammar/policy.pest");

/// `LOOSETIGHT_WRITE=1 cargo test --test policy reference` writes the tables anew.
#[test]
fn the_reference_is_up_to_date() {
    let readme = fs::read_to_string(README).unwrap();
    let fresh = refreshed(&readme);
    if std::env::var_os("LOOSETIGHT_WRITE").is_some() {
        fs::write(README, &fresh).unwrap();
        return;
    }
    assert!(
        readme == fresh,
        "grammar/README.md is not what the vocabulary says; LOOSETIGHT_WRITE=1 writes it anew"
    );
    for block in blocks().filter(|b| !b.phrase.is_empty() && b.holds().next().is_some()) {
        assert!(
            readme.contains(&format!("<!-- table: {} -->", block.phrase)),
            "{} has no table",
            block.phrase
        );
    }
}

/// The policy in the reference is one.
#[test]
fn the_reference_begins_with_a_policy() {
    let readme = fs::read_to_string(README).unwrap();
    let text = readme.split("```").nth(1).unwrap();
    assert_eq!(mistakes(text), [""; 0]);
}

/// A line where it belongs, with the blocks around it.
fn at_home(word: &Word, inside: &str, body: &str) -> String {
    let own =
        if body.is_empty() { word.example.to_owned() } else { format!("{} {{\n{body}\n}}", word.example) };
    match inside {
        "" => own,
        _ => {
            let parent = WORDS.iter().find(|w| w.phrase == inside && !std::ptr::eq(*w, word)).unwrap();
            // A part of a line replaces what the parent's example says of it.
            let parent = Word { example: bare(parent), ..*parent_copy(parent) };
            at_home(&parent, parent.inside[0], &own)
        }
    }
}

fn parent_copy(word: &Word) -> Box<Word> {
    Box::new(Word { ..*word })
}

/// The example of a line without the parts that follow on it.
fn bare(word: &'static Word) -> &'static str {
    match word.shape {
        Shape::Block => word.example,
        Shape::Line => word.holds().fold(word.example, |example, follower| {
            let own = word.phrase.len();
            let cut = example[own..].find(&format!(" {} ", follower.phrase));
            cut.map_or(example, |at| &example[..own + at])
        }),
    }
}

/// Every example may be written where its word stands; only names and whole policies are beyond it.
#[test]
fn every_example_is_right_wherever_its_word_stands() {
    for word in WORDS {
        for inside in word.inside {
            let text = at_home(word, inside, "");
            let beyond = |m: &Mistake| {
                matches!(
                    m,
                    Mistake::UnknownName { .. }
                        | Mistake::NoBrand
                        | Mistake::NoPromise
                        | Mistake::NoFile { .. }
                )
            };
            if let Err(errors) = Policy::parse(Source::new("x", text.as_str())) {
                // `on` and `source` need their figure beside them.
                let needs_figure = matches!(word.phrase, "on" | "source");
                let missing = |m: &Mistake| needs_figure && matches!(m, Mistake::Missing { .. });
                let wrong: Vec<_> =
                    errors.errors.iter().filter(|e| !beyond(&e.mistake) && !missing(&e.mistake)).collect();
                assert!(wrong.is_empty(), "{}: {wrong:#?}\n{text}", word.phrase);
            }
        }
    }
}

#[test]
fn rows_are_complete_and_do_not_contradict_each_other() {
    for (i, word) in WORDS.iter().enumerate() {
        let name = word.phrase;
        assert!(!name.is_empty() && !word.help.is_empty() && !word.example.is_empty(), "{name}");
        assert!(word.example.to_lowercase().starts_with(name), "{name}: {}", word.example);
        assert!(!word.help.ends_with('.'), "{name}: help is a phrase, not a sentence");
        for inside in word.inside.iter().filter(|w| !w.is_empty()) {
            let parents: Vec<_> = WORDS.iter().filter(|w| w.phrase == *inside).collect();
            assert_eq!(parents.len(), 1, "{name} stands in {inside}, which is not one word");
        }
        for other in &WORDS[i + 1..] {
            let both = other.inside.iter().find(|b| word.inside.contains(b));
            assert!(other.phrase != name || both.is_none(), "{name} stands twice in {both:?}");
        }
        for tried in word.tried {
            assert!(WORDS.iter().all(|w| w.phrase != *tried), "{tried} is a word of the language itself");
        }
        let optional: Vec<bool> = word.takes.iter().map(|t| t.optional()).collect();
        assert!(optional.is_sorted(), "{name}: what may be left out comes last");
    }
}

/// Word by word, the grammar knows how the lines of the language begin.
#[test]
fn the_grammar_knows_every_word_that_begins_a_line() {
    let list = |rule: &str| -> BTreeSet<String> {
        let body = GRAMMAR.split_once(&format!("{rule} = _{{ (")).unwrap().1.split_once(')').unwrap().0;
        body.split("^\"").skip(1).map(|w| w.split('"').next().unwrap().to_owned()).collect()
    };
    let first: BTreeSet<String> =
        WORDS.iter().map(|w| w.phrase.split(' ').next().unwrap().to_owned()).collect();
    assert_eq!(list("first_word"), first);
    let next: BTreeSet<String> =
        WORDS.iter().flat_map(|w| w.phrase.split(' ').skip(1)).map(str::to_owned).collect();
    assert_eq!(list("next_word "), next);
}

/// A lost quotation mark costs one report, whichever line comes next.
#[test]
fn every_line_ends_a_quotation_that_was_never_closed() {
    let brand = "brand \"B\" { promise \"P\" }\n";
    for word in WORDS.iter().filter(|w| w.takes.first().is_some_and(|t| *t != Takes::Name)) {
        // In a line of its own behind the open quotation.
        let text = format!("{brand}journey \"lost\n{}\nowner \"so on\"\n", word.example);
        let found = mistakes(&text);
        let lost = found.iter().filter(|m| m.starts_with("unclosed-quotation")).collect::<Vec<_>>();
        assert_eq!(lost.len(), 1, "{}: {found:#?}", word.phrase);
        assert!(lost[0].starts_with("unclosed-quotation «\"lost»"), "{}: {found:#?}", word.phrase);
        let quoted = word.example.contains('"');
        let seen = found.iter().any(|m| m.contains(&format!("`{}`", word.phrase)));
        assert!(seen || !quoted || word.inside == [""], "{} was swallowed: {found:#?}", word.phrase);
    }
}

#[test]
fn forms_show_what_follows_on_a_line() {
    let form = |phrase: &str, inside: &str| {
        full_form(word(phrase, word(inside, WORDS.first().unwrap()).unwrap()).unwrap())
    };
    assert_eq!(form("expects", "brand"), "expects \"…\" [met N% [on DATE] [source \"…\"]]");
    assert_eq!(
        form("measure", "outcome"),
        "measure \"…\" \"…\" [at least N [% / of M / per …] / at most N [% / of M / per …]] [now N [% / of M / per …] [on DATE] [source \"…\"]]"
    );
    assert_eq!(
        form("may spend up to", "empower"),
        "may spend up to N CUR / N% of the bill [per stay / case / day / visit / \"…\"] [to \"…\"]"
    );
    assert_eq!(form("share with", "memory"), "share with \"…\" [because \"…\"]");
    assert_eq!(form("outcome", "tight"), "outcome name \"…\" { … }");
}

#[test]
fn a_page_says_what_a_word_is_for() {
    let routine = WORDS.iter().find(|w| w.phrase == "routine").unwrap();
    assert_eq!(
        page(routine),
        "routine\n  simple, and much the same each time\n\n  written   routine\n  stands in `touchpoint`\n  how often once\n  excludes  `personal`\n  example   routine\n"
    );
    let loose = WORDS.iter().find(|w| w.phrase == "loose").unwrap();
    assert!(page(loose).contains("guideline  how people get to an outcome"), "{}", page(loose));
    assert!(WORDS.iter().any(|w| w.often == Often::Many));
}
