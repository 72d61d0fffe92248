//! A policy read aloud.

use crate::model::WHOLE;
use crate::{BRAND, policy};
use std::fs;

const ALOUD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/policy/aloud.txt");

/// `LOOSETIGHT_WRITE=1` writes it anew, to be read by somebody.
#[test]
fn the_whole_language_read_aloud() {
    let aloud = policy(WHOLE).read_aloud(100);
    if std::env::var_os("LOOSETIGHT_WRITE").is_some() {
        fs::write(ALOUD, &aloud).unwrap();
    }
    assert_eq!(aloud, fs::read_to_string(ALOUD).unwrap());
    assert!(aloud.lines().all(|l| l.chars().count() <= 100));
}

/// Every quotation is read, but what somebody did not agree to have told.
#[test]
fn nothing_is_left_out() {
    let aloud = policy(WHOLE).read_aloud(usize::MAX);
    let quotations =
        WHOLE.split('"').skip(1).step_by(2).map(|q| q.split_whitespace().collect::<Vec<_>>().join(" "));
    let (_, memory) = WHOLE.split_once("memory the-cello").unwrap();
    let (memory, _) = memory.split_once("decision ").unwrap();
    for quotation in quotations.filter(|q| !memory.contains(q.as_str())) {
        assert!(aloud.contains(&quotation), "{quotation} is not read in\n{aloud}");
    }
    assert!(!aloud.contains("It did not fit"), "a memory nobody agreed to");
    for word in ["{", "}", "promise \"", "made-", "[", "null"] {
        assert!(!aloud.contains(word), "{word} in\n{aloud}");
    }
}

#[test]
fn the_least_there_is_to_say() {
    assert_eq!(policy(BRAND).read_aloud(80), "B\n=\n\nWe promise: P.\n");
}
