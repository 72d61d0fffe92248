//! Edits that change nothing a reader sees change nothing that is found; bytes that are lost or damaged are explained.

use loosetight::document::{self, Kind, Limits};
use loosetight::fingerprint::normal;
use loosetight::lint::{Linter, Setting};
use loosetight::policy::Policy;
use loosetight::rule::Sensitivity;
use loosetight::source::Source;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

const POLICY: &str = include_str!("../examples/kittiwake/kittiwake.promise");

static LINTER: LazyLock<Linter> = LazyLock::new(|| {
    let (policy, _) =
        Policy::parse(Source::new("kittiwake.promise", POLICY)).expect("the example is a policy");
    Linter::new(Some(Arc::new(policy)), Vec::new(), Sensitivity::Everything)
        .expect("the built-in packs compile")
});

/// The Markdown documents of the examples and of the measure.
static DOCUMENTS: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> = vec![root.join("examples"), root.join("tests/quality/documents")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).expect("text").replace("\r\n", "\n");
                found.push((path.display().to_string(), text));
            }
        }
    }
    found.sort();
    assert!(found.len() > 20, "{}", found.len());
    found
});

/// What is found, as far as a reader would call it the same: rule and sentences, not places.
fn found(text: &str) -> Vec<(String, Vec<String>)> {
    let document = document::read("a.md", text, Limits::default()).expect("readable");
    let reading = LINTER.read(&document);
    let sections = vec![Vec::new(); document.sections.len()];
    let mut found: Vec<_> = LINTER
        .check(&document, &reading, Setting { kind: Kind::Playbook, sections: &sections })
        .into_iter()
        .map(|f| {
            assert!(document.source.text().get(f.span.range()).is_some(), "{:?} of {}", f.span, f.rule);
            assert!(f.parts.iter().all(|p| document.source.text().get(p.range()).is_some()), "{}", f.rule);
            (f.rule.clone(), f.sentences.iter().map(|s| normal(s)).collect())
        })
        .collect();
    found.sort();
    found
}

/// Lines that are nothing but words: no front matter, fence, table, list, comment, link or mark.
fn plain(text: &str) -> Vec<Range<usize>> {
    let (mut at, mut front, mut fence) = (0, text.starts_with("---\n"), false);
    let mut plain = Vec::new();
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let start = at;
        at += line.len();
        let words = line.trim_end();
        if front {
            front = i == 0 || words != "---";
        } else if words.trim_start().starts_with("```") || words.trim_start().starts_with("~~~") {
            fence = !fence;
        } else if !fence
            && words.starts_with(char::is_alphabetic)
            && !words.contains(['<', '>', '[', ']', '|', '*', '_', '`', '&', '\\', '{', '}', '~'])
            && !words.contains("://")
            && !words.contains("loosetight:")
        {
            plain.push(start..start + words.len());
        }
    }
    plain
}

/// Words of letters only in these lines.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    for line in plain(text) {
        let mut at = line.start;
        for word in text[line].split(' ') {
            if word.len() > 1 && word.bytes().all(|b| b.is_ascii_alphabetic()) {
                words.push(at..at + word.len());
            }
            at += word.len() + 1;
        }
    }
    words
}

fn document() -> impl Strategy<Value = (usize, prop::sample::Index)> {
    (0..DOCUMENTS.len(), any::<prop::sample::Index>())
}

/// Holds what is found after an edit of one word against what was found before.
fn same_after(
    (which, index): (usize, prop::sample::Index),
    edit: impl Fn(&mut String, Range<usize>),
) -> Result<(), TestCaseError> {
    let (name, before) = &DOCUMENTS[which];
    let words = words(before);
    prop_assume!(!words.is_empty());
    let word = words[index.index(words.len())].clone();
    let mut after = before.clone();
    edit(&mut after, word.clone());
    prop_assert_eq!(found(before), found(&after), "{} at {:?}: `{}`", name, word.clone(), &before[word]);
    Ok(())
}

/// `PROPTEST_CASES` asks for more; the usual run is short, and the same each time.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(24)
}

#[test]
fn line_ends_change_nothing_that_is_found() {
    for (name, text) in DOCUMENTS.iter() {
        assert_eq!(found(text), found(&text.replace('\n', "\r\n")), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, rng_seed: RngSeed::Fixed(7), ..ProptestConfig::default() })]

    #[test]
    fn curly_apostrophes_change_nothing(which in 0..DOCUMENTS.len()) {
        let (name, before) = &DOCUMENTS[which];
        let mut after = before.clone();
        for line in plain(before).into_iter().rev() {
            // Between letters it is an apostrophe, whatever stands around.
            let bytes = before.as_bytes();
            for at in line.clone().rev().filter(|at| *at > line.start && at + 1 < line.end) {
                if bytes[at] == b'\'' && bytes[at - 1].is_ascii_alphabetic() && bytes[at + 1].is_ascii_alphabetic() {
                    after.replace_range(at..at + 1, "’");
                }
            }
        }
        prop_assert_eq!(found(before), found(&after), "{}", name);
    }

    #[test]
    fn a_line_broken_elsewhere_changes_nothing(at in document()) {
        same_after(at, |text, word| {
            // A word in the middle of its line begins the next.
            if text[..word.start].ends_with(' ') {
                text.replace_range(word.start - 1..word.start, "\n");
            }
        })?;
    }

    #[test]
    fn emphasis_on_a_word_changes_nothing(at in document(), mark in prop::sample::select(vec!["*", "**", "_"])) {
        same_after(at, |text, word| {
            text.insert_str(word.end, mark);
            text.insert_str(word.start, mark);
        })?;
    }

    #[test]
    fn an_entity_for_a_letter_changes_nothing(at in document()) {
        same_after(at, |text, word| {
            let letter = text.as_bytes()[word.start];
            text.replace_range(word.start..word.start + 1, &format!("&#{letter};"));
        })?;
    }

    #[test]
    fn a_policy_cut_or_damaged_at_any_byte_is_read_or_explained(
        at in 0..POLICY.len(),
        bit in 0_u32..9,
    ) {
        let mut bytes = POLICY.as_bytes().to_vec();
        match bit {
            8 => bytes.truncate(at),
            bit => bytes[at] ^= 1 << bit,
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Err(mistakes) = Policy::parse(Source::new("x", text)) {
            prop_assert!(!mistakes.errors.is_empty());
            for error in &mistakes.errors {
                let (source, span) = error.place.as_ref().expect("a text has places");
                prop_assert!(source.text().get(span.range()).is_some(), "{} at {:?}", error, span);
                prop_assert!(!error.to_string().is_empty());
            }
        }
    }

    #[test]
    fn what_is_found_in_any_text_stands_in_it(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "# ", "- ", "> ", "1. ", "\n", "\n\n", "\r\n", " ", "| a | b |\n|-|-|\n", "**", "*", "`", "&amp;", "<b>",
                "😀", "é", "e\u{301}", "“", "”", "\"", "Say ", "\"Thank you for calling.\" ", "Always smile. ",
                "Use the guest's name three times. ", "Do not exceed 250 EUR ", "without a supervisor's approval. ",
                "within 90 seconds. ", "Agents must ", "No exceptions. ", "Dear [NAME], ", "we apologise for any inconvenience. ",
            ]),
            0..60,
        )
    ) {
        // The places are looked at where findings are gathered.
        found(&pieces.concat());
    }
}
