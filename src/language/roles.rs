//! The classes of the lexicon → the roles their words play in a sentence's marks: who acts, what orders, what excuses.

use super::lexicon::{ClassId, Lexicon, WordId};

/// The parts words play in marks. A role gathers one or more classes of the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Role {
    Verb,
    VerbMixed,
    VerbRare,
    Staff,
    Customer,
    Company,
    System,
    Approver,
    Must,
    Should,
    May,
    Absolute,
    Negation,
    Forbids,
    Speak,
    Example,
    Loose,
    Condition,
    Reason,
    Duty,
    Technical,
    Duration,
    Clock,
    Count,
    Number,
    Money,
    Approval,
    FirstPerson,
    Determiner,
    Pronoun,
    Adverb,
    Auxiliary,
    Preposition,
    Result,
    Feeling,
    Relief,
    Script,
    Score,
    Sanction,
    Remedy,
    Abolished,
    Room,
}

/// Which classes play which role.
const ROLES: [(Role, &[&str]); 42] = [
    (Role::Verb, &["verb"]),
    (Role::VerbMixed, &["verb-mixed"]),
    (Role::VerbRare, &["verb-rare"]),
    (Role::Staff, &["staff", "everyone-serving", "pronoun-you"]),
    (Role::Customer, &["customer", "companion", "everyone-served"]),
    (Role::Company, &["company", "department", "pronoun-we"]),
    (Role::System, &["system", "ui-noun"]),
    (Role::Approver, &["approver"]),
    (Role::Must, &["must", "order-noun", "order-adjective", "order-verb", "without-choice"]),
    (Role::Should, &["should"]),
    (Role::May, &["may", "free-to"]),
    (Role::Absolute, &["always", "no-exception", "never"]),
    (Role::Negation, &["negation", "never"]),
    (Role::Forbids, &["forbidden", "forbid", "paraphrase-ban"]),
    (Role::Speak, &["speak", "read-aloud", "write-reply", "greet", "thank", "apologise", "inform", "ask"]),
    (Role::Example, &["example-cue"]),
    (
        Role::Loose,
        &["own-words", "judgement", "up-to-you", "free-to", "suggestion", "alternative-cue", "reverse-order"],
    ),
    (Role::Condition, &["condition-opener"]),
    (Role::Reason, &["reason", "purpose"]),
    (
        Role::Duty,
        &[
            "exempt-legal",
            "exempt-safety",
            "exempt-security",
            "exempt-privacy",
            "exempt-identity",
            "exempt-payment",
            "exempt-fraud",
            "exempt-medical",
            "exempt-food",
            "exempt-age",
            "exempt-safeguarding",
            "exempt-accessibility",
            "exempt-accuracy",
        ],
    ),
    (Role::Technical, &["technical"]),
    (Role::Duration, &["duration-unit", "short-unit", "ring-word"]),
    (Role::Clock, &["time-limit", "clock-word"]),
    (Role::Count, &["count", "points"]),
    (Role::Number, &["number-word", "ordinal"]),
    (Role::Money, &["money-unit", "money-noun"]),
    (Role::Approval, &["permission", "permission-cue", "seek-approval", "approve"]),
    (Role::FirstPerson, &["pronoun-i"]),
    (Role::Determiner, &["determiner"]),
    (
        Role::Pronoun,
        &["pronoun-you", "pronoun-we", "pronoun-i", "pronoun-they", "pronoun-indefinite", "pronoun-thing"],
    ),
    (Role::Adverb, &["adverb-opener"]),
    (Role::Auxiliary, &["auxiliary"]),
    (Role::Preposition, &["preposition"]),
    (Role::Result, &["result-verb", "result-verb-strong", "cause-verb"]),
    (Role::Feeling, &["feeling-good", "feeling-bad", "emotion"]),
    (Role::Relief, &["relief", "ease", "absence"]),
    (Role::Script, &["script", "canned", "verbatim", "phrase-name"]),
    (Role::Score, &["score-noun", "score-verb", "monitor-noun", "monitor-verb"]),
    (Role::Sanction, &["sanction-noun", "punish", "deviation-noun"]),
    (Role::Remedy, &["remedy", "remedy-grant"]),
    (Role::Abolished, &["no-longer", "criticised", "not-needed"]),
    (Role::Room, &["own-words", "up-to-you", "free-to", "suggestion", "reverse-order"]),
];

/// The roles of every set of classes, worked out once: a question about a word is one look and one mask.
#[derive(Clone, Debug)]
pub struct Core {
    by_set: Vec<u64>,
    by_class: Vec<u64>,
}

impl Core {
    /// The roles of a lexicon's classes.
    pub fn of(lexicon: &Lexicon) -> Core {
        let mut by_class = vec![0u64; lexicon.class_names().count()];
        for (role, classes) in ROLES {
            for c in classes.iter().filter_map(|c| lexicon.class(c)) {
                by_class[c.0 as usize] |= 1 << role as u8;
            }
        }
        let by_set =
            lexicon.sets().map(|s| s.iter().fold(0, |all, c| all | by_class[c.0 as usize])).collect();
        Core { by_set, by_class }
    }

    /// The roles of a word.
    #[inline]
    pub(super) fn word(&self, lexicon: &Lexicon, word: WordId) -> u64 {
        lexicon.set(word).map_or(0, |s| self.by_set[s as usize])
    }

    /// The roles of a class.
    #[inline]
    pub(super) fn class(&self, class: ClassId) -> u64 {
        self.by_class.get(class.0 as usize).copied().unwrap_or(0)
    }
}
