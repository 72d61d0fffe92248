//! A sentence → the limit, amount or deadline it names, and for what.
//!
//! Two documents that say the same thing with another figure cannot both be right. What counts as the same thing is
//! narrow on purpose: the words of one sentence are all in the other.

use super::facts::Claim;
use super::policy::words::{Words, stems};
use crate::document::Document;
use crate::language::{Mark, Reading, Sentence, TokenKind, amount, key};

/// Fewer words than this do not say what a figure is for.
const FEWEST: usize = 3;
/// More claims than this of one document are a price list.
const MOST: usize = 200;

/// Number words people write out.
const NUMBERS: [(&str, f64); 17] = [
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("twelve", 12.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("sixty", 60.0),
    ("ninety", 90.0),
];
/// Units of time by their stem, with what they are in minutes.
const UNITS: [(&str, f64); 7] = [
    ("second", 1.0 / 60.0),
    ("minut", 1.0),
    ("hour", 60.0),
    ("day", 1_440.0),
    ("week", 10_080.0),
    ("month", 43_200.0),
    ("year", 525_600.0),
];

/// The same units as words, by their hashes.
const TIMES: [u32; 14] = [
    key::hash(b"second"),
    key::hash(b"seconds"),
    key::hash(b"minute"),
    key::hash(b"minutes"),
    key::hash(b"hour"),
    key::hash(b"hours"),
    key::hash(b"day"),
    key::hash(b"days"),
    key::hash(b"week"),
    key::hash(b"weeks"),
    key::hash(b"month"),
    key::hash(b"months"),
    key::hash(b"year"),
    key::hash(b"years"),
];

/// The claims of a document.
pub(super) fn of(doc: &Document, reading: &Reading) -> Vec<Claim> {
    let sentences = reading.sentences.iter().filter(|s| says(s)).filter(|s| has_figure(reading, s));
    sentences.filter_map(|s| claim(doc, reading, s)).take(MOST).collect()
}

/// Whether a sentence says how things are, here and now.
fn says(s: &Sentence) -> bool {
    const NOT: [Mark; 6] =
        [Mark::Heading, Mark::Past, Mark::Question, Mark::Example, Mark::CustomerQuote, Mark::Cell];
    !NOT.iter().any(|m| s.marks.has(*m))
}

fn has_figure(reading: &Reading, s: &Sentence) -> bool {
    s.marks.has(Mark::Money)
        || s.marks.has(Mark::Clock)
        || reading.tokens_of(s).iter().any(|t| t.kind == TokenKind::Number)
}

fn claim(doc: &Document, reading: &Reading, s: &Sentence) -> Option<Claim> {
    let flat = doc.flat.text();
    let text = flat.get(s.text.range())?;
    let money = amount::amounts(reading, flat, s.tokens.clone(), None);
    if money.len() > 1 {
        return None;
    }
    // Only where a unit of time is named are the words worth stemming for it.
    let timed = reading.tokens_of(s).iter().any(|t| TIMES.contains(&t.hash));
    if money.is_empty() && !timed {
        return None;
    }
    let times = if timed { times(text) } else { Vec::new() };
    let (value, unit) = match (money.as_slice(), times.as_slice()) {
        ([one], []) if one.currency.len() == 1 && one.currency != amount::PERCENT && !one.is_above() => {
            (one.high, one.currency[0].to_owned())
        }
        ([], [time]) => (*time, "minutes".to_owned()),
        _ => return None,
    };
    let mut about = about(text);
    about.sort_unstable();
    about.dedup();
    let span = doc.flat.to_source(s.text);
    (about.len() >= FEWEST).then(|| Claim { value, unit, about, span, said: figure(text) })
}

/// Lengths of time, in minutes.
fn times(text: &str) -> Vec<f64> {
    let words = stems(text);
    let number = |s: &str| {
        let figure: Option<f64> = s.parse().ok();
        figure.or_else(|| NUMBERS.iter().find(|(w, _)| *w == s).map(|(_, n)| *n))
    };
    let pairs = words.windows(2).filter_map(|pair| {
        let unit = UNITS.iter().find(|(u, _)| *u == pair[1].stem)?.1;
        let written = text[pair[0].at.clone()].to_lowercase();
        Some(number(&written)? * unit)
    });
    pairs.collect()
}

/// What the figure is for: the stems of the other words.
fn about(text: &str) -> Vec<String> {
    let words = Words::builtin().beyond(&["grammar"], text);
    let figure = |s: &str| {
        s.chars().any(|c| c.is_ascii_digit())
            || NUMBERS.iter().any(|(w, _)| *w == s)
            || UNITS.iter().any(|(u, _)| *u == s)
            || matches!(
                s,
                "eur"
                    | "euro"
                    | "gbp"
                    | "pound"
                    | "usd"
                    | "dollar"
                    | "chf"
                    | "franc"
                    | "maximum"
                    | "most"
                    | "limit"
            )
    };
    words.into_iter().map(|w| w.stem).filter(|s| !figure(s) && s.len() > 1).collect()
}

/// The figure as it is written, with the word behind it.
fn figure(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |w: &str| {
        let plain = w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        plain.chars().any(|c| c.is_ascii_digit()) || NUMBERS.iter().any(|(n, _)| *n == plain)
    };
    let Some(at) = words.iter().position(|w| is(w)) else { return String::new() };
    let end = (at + 2).min(words.len());
    words[at..end].join(" ").trim_end_matches(['.', ',', ';', ':', ')']).to_owned()
}
