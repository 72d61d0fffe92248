//! Reasons to keep something tight in many documents → boundaries for the policy, to be read and named by a person.

use crate::finding::Finding;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is to stay tight, by the reason that was given.
#[derive(Clone, Debug, Default)]
pub struct Drafts {
    by_reason: BTreeMap<String, Vec<String>>,
}

impl Drafts {
    /// One more finding that stays for this reason.
    pub fn add(&mut self, because: &str, finding: &Finding) {
        let phrases = self.by_reason.entry(because.to_owned()).or_default();
        for sentence in &finding.sentences {
            let phrase = phrase(sentence);
            if !phrase.is_empty() && !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_reason.is_empty()
    }

    /// The boundaries, as they may stand in a policy.
    pub fn text(&self) -> String {
        let mut out = String::from("tight {\n");
        for (n, (because, phrases)) in self.by_reason.iter().enumerate() {
            let title = phrases.first().map_or("", String::as_str);
            let _ = writeln!(
                out,
                "  # Give it a name and a title of its own; `kind` says what sort of duty it is."
            );
            let _ = writeln!(out, "  boundary kept-{} \"{title}\" {{", n + 1);
            for phrase in phrases {
                let _ = writeln!(out, "    covers \"{phrase}\"");
            }
            let _ = writeln!(out, "    because \"{}\"\n  }}", phrase_of_reason(because));
        }
        out.push_str("}\n");
        out
    }
}

/// A sentence as a phrase a boundary covers: on one line, without the quotation marks that would end it.
fn phrase(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    words.join(" ").replace(['"', '“', '”'], "'").trim_end_matches(['.', '!', ':', ';']).to_owned()
}

fn phrase_of_reason(because: &str) -> String {
    because.replace(['"', '“', '”'], "'")
}
