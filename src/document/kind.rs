//! What a document is for: the word in its front matter or in `loosetight.toml` → [`Kind`].

use serde::{Deserialize, Serialize};

/// What a document is for. Rules name the kinds they look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How people serve customers; what a document is unless it says otherwise.
    #[default]
    Playbook,
    /// What everybody who works here should know.
    Handbook,
    /// A reply to be copied, or a library of them.
    Macro,
    /// What contacts are judged by.
    Scorecard,
    /// The design of a training.
    Training,
    /// The way of a customer, told from the customer's side.
    Journey,
    /// Something that happened, worth passing on.
    Story,
    /// One cycle of trying a small change.
    Experiment,
    /// For beginners: findings are one step milder.
    Basics,
    /// About systems, not customers: left alone.
    Technical,
}

impl Kind {
    /// Every kind, in the order people are shown them.
    pub const ALL: [Kind; 10] = [
        Kind::Playbook,
        Kind::Handbook,
        Kind::Macro,
        Kind::Scorecard,
        Kind::Training,
        Kind::Journey,
        Kind::Story,
        Kind::Experiment,
        Kind::Basics,
        Kind::Technical,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Playbook => "playbook",
            Kind::Handbook => "handbook",
            Kind::Macro => "macro",
            Kind::Scorecard => "scorecard",
            Kind::Training => "training",
            Kind::Journey => "journey",
            Kind::Story => "story",
            Kind::Experiment => "experiment",
            Kind::Basics => "basics",
            Kind::Technical => "technical",
        }
    }

    /// The kind a word names; case and a plural `s` do not matter.
    pub fn named(word: &str) -> Option<Kind> {
        let word = word.trim().to_lowercase();
        Kind::ALL
            .into_iter()
            .find(|k| word == k.word() || word.strip_suffix('s') == Some(k.word()))
            .or_else(|| (word == "stories").then_some(Kind::Story))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_its_kind_in_any_case_and_number() {
        for kind in Kind::ALL {
            assert_eq!(Kind::named(kind.word()), Some(kind));
            assert_eq!(Kind::named(&format!(" {} ", kind.word().to_uppercase())), Some(kind));
        }
        assert_eq!(Kind::named("Macros"), Some(Kind::Macro));
        assert_eq!(Kind::named("stories"), Some(Kind::Story));
        assert_eq!(Kind::named("novel"), None);
    }
}
