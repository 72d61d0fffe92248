//! A base form → its inflected forms, for the lexicon (at build time) and for words of policies and packs (at start-up).
//!
//! Plain English spelling rules: final e dropped, y → ie, final consonant doubled in one-syllable words. Irregular
//! forms are data (`rules/lexicon/en/irregular.toml`, `forms = […]`) and never guessed here.

/// How the words of a class change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inflect {
    /// `call`, `calls`, `called`, `calling`.
    Verb,
    /// `guest`, `guests`.
    Noun,
    /// `warm`, `warmer`, `warmest`, `warmly`.
    Adjective,
    /// As it stands.
    None,
}

/// The person, number or tense a form stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Form {
    /// The base form (an imperative looks like this).
    Base = 0,
    /// Third person singular, or a plural noun: the two are spelled alike.
    S = 1,
    /// Past tense or past participle.
    Past = 2,
    /// Present participle.
    Ing = 3,
    /// A comparative, superlative or adverb.
    Degree = 4,
}

/// The regular forms of a word, the base form first.
pub fn forms(word: &str, inflect: Inflect) -> Vec<(String, Form)> {
    let mut out = vec![(word.to_owned(), Form::Base)];
    // Words with anything but letters (a hyphen, a digit) and very short ones stay as they are.
    if word.len() < 2 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        if inflect == Inflect::Noun && word.len() > 2 {
            out.push((format!("{word}s"), Form::S));
        }
        return out;
    }
    match inflect {
        Inflect::None => {}
        Inflect::Noun => out.push((s_form(word), Form::S)),
        Inflect::Verb => {
            out.push((s_form(word), Form::S));
            out.push((ed_form(word), Form::Past));
            out.push((ing_form(word), Form::Ing));
            if doubles_in_britain(word) {
                let last = &word[word.len() - 1..];
                out.push((format!("{word}{last}ed"), Form::Past));
                out.push((format!("{word}{last}ing"), Form::Ing));
            }
        }
        Inflect::Adjective => {
            if word.len() <= 6 && !word.ends_with("ed") && !word.ends_with("ing") {
                let stem = stem_for_vowel(word);
                out.push((format!("{stem}er"), Form::Degree));
                out.push((format!("{stem}est"), Form::Degree));
            }
            out.push((ly_form(word), Form::Degree));
        }
    }
    out
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn s_form(w: &str) -> String {
    let b = w.as_bytes();
    let n = b.len();
    if b[n - 1] == b'y' && !is_vowel(b[n - 2]) {
        format!("{}ies", &w[..n - 1])
    } else if w.ends_with('s')
        || w.ends_with('x')
        || w.ends_with('z')
        || w.ends_with("ch")
        || w.ends_with("sh")
        || w.ends_with('o') && n > 3 && !is_vowel(b[n - 2])
    {
        format!("{w}es")
    } else {
        format!("{w}s")
    }
}

fn ed_form(w: &str) -> String {
    if w.ends_with('e') { format!("{w}d") } else { format!("{}ed", stem_for_vowel(w)) }
}

fn ing_form(w: &str) -> String {
    let n = w.len();
    if w.ends_with("ie") && n > 3 {
        return format!("{}ying", &w[..n - 2]);
    }
    if w.ends_with('e') && !w.ends_with("ee") && !w.ends_with("oe") && !w.ends_with("ye") && n > 2 {
        return format!("{}ing", &w[..n - 1]);
    }
    if w.ends_with('y') {
        return format!("{w}ing");
    }
    format!("{}ing", stem_for_vowel(w))
}

fn ly_form(w: &str) -> String {
    let n = w.len();
    if w.ends_with("le") && n > 3 {
        format!("{}y", &w[..n - 1])
    } else if w.ends_with('y') && n > 3 {
        format!("{}ily", &w[..n - 1])
    } else if w.ends_with("ic") {
        format!("{w}ally")
    } else {
        format!("{w}ly")
    }
}

/// The word as it stands before `-ed`, `-er`: e dropped, y → i, a final consonant doubled after one short vowel.
fn stem_for_vowel(w: &str) -> String {
    let b = w.as_bytes();
    let n = b.len();
    if b[n - 1] == b'e' {
        return w[..n - 1].to_owned();
    }
    if b[n - 1] == b'y' && !is_vowel(b[n - 2]) {
        return format!("{}i", &w[..n - 1]);
    }
    if doubles(w) {
        return format!("{w}{}", &w[n - 1..]);
    }
    w.to_owned()
}

/// One syllable that ends in consonant, vowel, consonant: `stop`, `plan`, but not `fix`, `show`, `play`.
fn doubles(w: &str) -> bool {
    let b = w.as_bytes();
    let n = b.len();
    n >= 3
        && !is_vowel(b[n - 1])
        && !matches!(b[n - 1], b'w' | b'x' | b'y')
        && is_vowel(b[n - 2])
        && !is_vowel(b[n - 3])
        && b[..n - 2].iter().filter(|&&c| is_vowel(c)).count() == 0
}

/// Two syllables ending in a short vowel and `l` double it in British spelling (`cancel`, `cancelled`).
fn doubles_in_britain(w: &str) -> bool {
    let b = w.as_bytes();
    let n = b.len();
    (n >= 4 && b[n - 1] == b'l' && is_vowel(b[n - 2]) && !is_vowel(b[n - 3]) && !doubles(w))
        || w.ends_with("fer")
        || matches!(
            w,
            "permit"
                | "submit"
                | "admit"
                | "commit"
                | "omit"
                | "occur"
                | "equip"
                | "format"
                | "program"
                | "begin"
                | "forget"
                | "upset"
                | "regret"
                | "control"
                | "compel"
                | "expel"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelled(w: &str, i: Inflect) -> Vec<String> {
        forms(w, i).into_iter().map(|f| f.0).collect()
    }

    #[test]
    fn verbs_nouns_and_adjectives_are_spelled_as_in_english() {
        assert_eq!(spelled("stop", Inflect::Verb), ["stop", "stops", "stopped", "stopping"]);
        assert_eq!(
            spelled("apologise", Inflect::Verb),
            ["apologise", "apologises", "apologised", "apologising"]
        );
        assert_eq!(spelled("carry", Inflect::Verb), ["carry", "carries", "carried", "carrying"]);
        assert_eq!(
            spelled("cancel", Inflect::Verb),
            ["cancel", "cancels", "canceled", "canceling", "cancelled", "cancelling"]
        );
        assert!(spelled("transfer", Inflect::Verb).contains(&"transferred".to_owned()));
        assert_eq!(spelled("lobby", Inflect::Noun), ["lobby", "lobbies"]);
        assert_eq!(spelled("happy", Inflect::Adjective), ["happy", "happier", "happiest", "happily"]);
        assert_eq!(spelled("warm", Inflect::Adjective), ["warm", "warmer", "warmest", "warmly"]);
    }
}
