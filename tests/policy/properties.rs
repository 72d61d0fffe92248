//! What holds for every text.

use crate::invent::{Dice, Inventor};
use crate::model::{WHOLE, meaning};
use crate::policy;
use loosetight::policy::{Policy, format, vocabulary};
use loosetight::source::Source;
use proptest::prelude::*;

/// A text is read, or somebody is told why not, at places that are there.
fn is_read_or_explained(text: &str) {
    match Policy::parse(Source::new("x", text)) {
        Ok((policy, _)) => assert!(!policy.brand.promise.as_str().is_empty()),
        Err(errors) => {
            assert!(!errors.errors.is_empty());
            for error in &errors.errors {
                let (source, span) = error.place.as_ref().expect("a text has places");
                assert!(source.text().get(span.range()).is_some(), "{error} at {span:?} in {text:?}");
                assert!(!error.to_string().is_empty() && !error.mistake.label().is_empty());
                if let Some(second) = &error.second {
                    assert!(second.source.text().get(second.span.range()).is_some());
                }
            }
        }
    }
    let _ = format(&Source::new("x", text));
}

/// Laid out, a policy means the same, keeps its comments in order, and stays as it is the second time.
fn is_laid_out_well(text: &str) {
    let before = policy(text);
    let out = format(&Source::new("x", text)).expect("a policy without mistakes is laid out");
    let after = policy(&out);
    assert_eq!(meaning(&before), meaning(&after), "\n{text}\n----\n{out}");
    let again = format(&Source::new("x", out.as_str())).expect("what was laid out has no mistakes");
    assert_eq!(out, again, "\n{text}");
    assert_eq!(comments(text), comments(&out), "\n{text}\n----\n{out}");
    assert!(!out.lines().any(|l| l.ends_with([' ', '\t'])), "\n{out}");
}

fn comments(text: &str) -> Vec<&str> {
    text.split("# comment ").skip(1).map(|c| c.split(' ').next().unwrap_or_default()).collect()
}

/// One change at some place: a character, a word or a line lost, doubled, exchanged or put in.
fn changed(text: &str, dice: &mut Dice) -> String {
    let mut text = text.to_owned();
    let at = text.floor_char_boundary(dice.below(text.len() + 1));
    let end = |n: usize| text.ceil_char_boundary((at + n).min(text.len()));
    let line = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
    match dice.below(7) {
        0 => text.replace_range(at..end(1), ""),
        1 => text.replace_range(at..line, ""),
        2 => {
            let again = text[at..line].to_owned();
            text.insert_str(at, &again);
        }
        3 => text.truncate(at),
        4 => {
            let word = vocabulary::WORDS[dice.below(vocabulary::WORDS.len())].phrase;
            text.insert_str(at, word);
        }
        5 => {
            let odd = [
                "\"", "“", "”", "{", "}", "\n", ",", "#", ";", "'", "\u{0}", "€", "\\", "//", "\u{301}", "\r",
            ];
            text.insert_str(at, dice.pick(&odd));
        }
        _ => text.replace_range(at..end(3), "\u{fffd}"),
    }
    text
}

/// `PROPTEST_CASES` asks for more; the usual run is short.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_or_explained(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        is_read_or_explained(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_mixture_of_pieces_is_read_or_explained(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "brand", "promise", "tight", "outcome", "at", "measure", "at least", "first", "loose", "may", "spend", "x",
                "made-right", "\"", "\"a\"", "“b”", "„", "{", "}", "{", "}", "\n", "\n", " ", " ", ",", "#", "85%", "6 of 7",
                "2026-09-14", "250 EUR", "every", "week", "\\\"", ";", "//", "\r\n", "\u{a0}", "because", "journey", "stage",
            ]),
            0..120,
        )
    ) {
        is_read_or_explained(&pieces.concat());
        is_read_or_explained(&pieces.join(" "));
    }

    #[test]
    fn a_damaged_policy_is_read_or_explained(seed in any::<u64>(), changes in 1_usize..6) {
        let mut dice = Dice::new(seed);
        let mut text = WHOLE.to_owned();
        for _ in 0..changes {
            text = changed(&text, &mut dice);
        }
        is_read_or_explained(&text);
    }

    #[test]
    fn invented_policies_are_laid_out_well(seed in any::<u64>()) {
        is_laid_out_well(&Inventor::policy(seed));
    }
}

#[test]
fn the_whole_language_is_laid_out_well() {
    is_laid_out_well(WHOLE);
}
