//! A heading → the touchpoints it names, by their names and `also` words; case, plural, hyphens and the space in
//! "check out" do not count.

use crate::policy::{Policy, TouchpointId};

/// The words of all touchpoints, ready to be looked for.
#[derive(Debug, Default)]
pub struct Words {
    /// The letters of a name or `also` phrase run together, and whose it is.
    phrases: Vec<(String, TouchpointId)>,
    /// The length of the longest phrase, in bytes.
    longest: usize,
}

impl Words {
    /// The words of a policy's touchpoints.
    pub fn of(policy: &Policy) -> Self {
        Words::new(policy.touchpoint_ids().flat_map(|id| {
            let touchpoint = policy.touchpoint(id);
            let also = touchpoint.also.iter().map(|a| a.text.as_str());
            std::iter::once(touchpoint.name.text.as_str()).chain(also).map(move |phrase| (phrase, id))
        }))
    }

    fn new<'a>(phrases: impl Iterator<Item = (&'a str, TouchpointId)>) -> Self {
        let phrases = phrases.map(|(phrase, id)| (tokens(phrase).concat(), id));
        let phrases: Vec<_> = phrases.filter(|(letters, _)| !letters.is_empty()).collect();
        let longest = phrases.iter().map(|(letters, _)| letters.len()).max().unwrap_or(0);
        Words { phrases, longest }
    }

    /// The touchpoint a word or phrase names, all of it.
    pub fn named(&self, phrase: &str) -> Option<TouchpointId> {
        let letters = tokens(phrase).concat();
        self.phrases.iter().find(|(p, _)| *p == letters).map(|(_, id)| *id)
    }

    /// The touchpoints a heading names, in the order it names them. Of two phrases that overlap the longer counts.
    pub fn found_in(&self, heading: &str) -> Vec<TouchpointId> {
        if self.phrases.is_empty() {
            return Vec::new();
        }
        let tokens = tokens(heading);
        // First and last word, and length in letters, of every phrase that stands in the heading.
        let mut hits: Vec<(usize, usize, usize, TouchpointId)> = Vec::new();
        for first in 0..tokens.len() {
            let mut letters = String::new();
            for (last, token) in tokens.iter().enumerate().skip(first) {
                letters.push_str(token);
                if letters.len() > self.longest {
                    break;
                }
                hits.extend(
                    self.phrases
                        .iter()
                        .filter(|(phrase, _)| *phrase == letters)
                        .map(|&(_, id)| (first, last, letters.len(), id)),
                );
            }
        }
        let outdone = |hit: &(usize, usize, usize, TouchpointId)| {
            hits.iter().any(|other| other.0 <= hit.1 && hit.0 <= other.1 && other.2 > hit.2)
        };
        let mut found = Vec::new();
        for hit in hits.iter().filter(|hit| !outdone(hit)) {
            if !found.contains(&hit.3) {
                found.push(hit.3);
            }
        }
        found
    }
}

/// The words of a text in lower case, plural endings off.
fn tokens(text: &str) -> Vec<String> {
    text.replace(['\u{2019}', '\''], "")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| singular(&word.to_lowercase()))
        .collect()
}

/// A word without its plural ending. Words that only look like a plural lose a letter too; both sides of a
/// comparison do.
fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    for ending in ["sses", "shes", "ches", "xes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with('s') => stem.to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASES: [(&str, usize); 8] = [
        ("arrival", 0),
        ("check-in", 0),
        ("front desk", 0),
        ("request", 1),
        ("guest request", 1),
        ("departure", 2),
        ("checkout", 2),
        ("complaint", 3),
    ];

    fn found(heading: &str) -> Vec<usize> {
        let words = Words::new(PHRASES.iter().map(|&(phrase, id)| (phrase, TouchpointId(id))));
        words.found_in(heading).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn headings_name_touchpoints_whatever_case_number_and_hyphen() {
        assert_eq!(found("3.2 Arrivals"), [0]);
        assert_eq!(found("At the FRONT DESK"), [0]);
        assert_eq!(found("Check in, step by step"), [0]);
        assert_eq!(found("Checkin"), [0]);
        assert_eq!(found("Check-out"), [2]);
        assert_eq!(found("Guests\u{2019} requests"), [1]);
        assert_eq!(found("Complaints and check-outs at the desk"), [3, 2]);
        assert_eq!(found("Deskwork"), [] as [usize; 0]);
        assert_eq!(found(""), [] as [usize; 0]);
    }

    #[test]
    fn of_two_that_overlap_the_longer_counts() {
        let phrases = [("request", 0), ("special request", 1)];
        let words = Words::new(phrases.iter().map(|&(phrase, id)| (phrase, TouchpointId(id))));
        assert_eq!(words.found_in("Special requests"), [TouchpointId(1)]);
        assert_eq!(words.found_in("Special requests and other requests"), [TouchpointId(1), TouchpointId(0)]);
    }
}
