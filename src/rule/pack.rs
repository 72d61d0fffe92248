//! A pack (TOML) → [`Rule`]s: what they say, when they say it, and the examples they must pass.

mod read;

pub use read::{Pack, read};

use miette::Diagnostic;
use serde::{Deserialize, Serialize};

use crate::document::Kind;
use crate::finding::{Group, Level};
use crate::rule::pattern::PatternError;

/// How many findings a reader wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Only what a CX lead would almost always agree with.
    #[default]
    Careful,
    /// Also what is worth a second look.
    Thorough,
    /// Also what is only perhaps meant.
    Everything,
}

impl Sensitivity {
    /// The words for it.
    pub const WORDS: [&str; 3] = ["careful", "thorough", "everything"];

    /// The setting a word names.
    pub fn named(word: &str) -> Option<Sensitivity> {
        let at = Sensitivity::WORDS.iter().position(|w| w.eq_ignore_ascii_case(word.trim()))?;
        Some([Sensitivity::Careful, Sensitivity::Thorough, Sensitivity::Everything][at])
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        Sensitivity::WORDS[self as usize]
    }
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// Documents, one at a time.
    #[default]
    Documents,
    /// The policy itself.
    Policy,
    /// All documents of a policy together. An example holds several files, each behind a line `=== NAME`.
    Together,
    /// Records: blocks of the policy, and documents of their kind. An example with a `kind` is a document.
    Records,
    /// A `loosetight.toml`.
    Settings,
}

/// One rule.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name, in kebab-case; reads well after "allow".
    pub id: String,
    /// Former names that still work.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What it is about.
    pub group: Group,
    /// How much it matters on an ordinary touchpoint.
    pub level: Level,
    /// What it looks at; its examples are of that sort.
    #[serde(default)]
    pub about: About,
    /// From which sensitivity on it speaks.
    #[serde(default)]
    pub sensitivity: Sensitivity,
    /// What was found, in words a site manager may read aloud.
    pub title: String,
    /// What was seen, about the place.
    pub message: String,
    /// Why it matters.
    pub why: String,
    /// Where that is known from.
    #[serde(default)]
    pub source: String,
    /// At least two different ways to write it instead.
    pub instead: Vec<String>,
    /// When this may stay tight.
    #[serde(default)]
    pub unless: String,
    /// Patterns over words and marks.
    #[serde(default)]
    pub patterns: Vec<When>,
    /// Where it looks.
    #[serde(default)]
    pub scope: Scope,
    /// Examples it must find, the exact span between ⟦ and ⟧.
    #[serde(default)]
    pub bad: Vec<String>,
    /// Examples it must leave alone.
    #[serde(default)]
    pub good: Vec<String>,
    /// Examples that are whole small documents.
    #[serde(default, rename = "document")]
    pub documents: Vec<Example>,
    /// The policy its documents are held against, where it is not `rules/example.promise`; empty for none.
    #[serde(default)]
    pub policy: Option<String>,
    /// Phrases: their words side by side, each in any of its forms.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Regular expressions over the text of a sentence.
    #[serde(default)]
    pub regex: Vec<String>,
}

/// An example that is a small document (Markdown; a policy or settings for a rule about those), for what a sentence
/// alone cannot show. ⟦ and ⟧ stand around each
/// place the rule must find; a document without them must be left alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The document.
    pub text: String,
    /// What it is for, where it does not say so itself.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// The sensitivity it is read with; the rule's own where none is named.
    #[serde(default)]
    pub sensitivity: Option<Sensitivity>,
}

impl Rule {
    /// Whether it is found by what stands in a sentence; other rules are found by code.
    pub fn reads_sentences(&self) -> bool {
        !(self.patterns.is_empty() && self.phrases.is_empty() && self.regex.is_empty())
    }
}

/// A pattern, bare or with the marks it needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum When {
    /// Just the pattern.
    Bare(String),
    /// The pattern and what the sentence must and must not do.
    Marked(Marked),
}

/// A pattern with the marks it needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marked {
    /// The pattern.
    #[serde(rename = "match")]
    pub pattern: String,
    /// Marks the sentence must have.
    #[serde(default)]
    pub with: Vec<String>,
    /// Marks the sentence must not have.
    #[serde(default)]
    pub without: Vec<String>,
    /// Whether the pattern means it by itself, whatever the model thinks.
    #[serde(default)]
    pub sure: bool,
}

impl When {
    /// The pattern as written.
    pub fn text(&self) -> &str {
        match self {
            When::Bare(p) => p,
            When::Marked(m) => &m.pattern,
        }
    }

    /// Whether it means it by itself.
    pub fn sure(&self) -> bool {
        matches!(self, When::Marked(m) if m.sure)
    }

    /// The marks it needs and the marks it must not have, as bits.
    ///
    /// # Errors
    /// The name of a mark that does not exist.
    pub fn marks(&self) -> Result<(u64, u64), String> {
        let When::Marked(m) = self else { return Ok((0, 0)) };
        let bits = |names: &[String]| {
            names.iter().try_fold(0, |all, n| super::mark_bit(n).map(|b| all | b).ok_or_else(|| n.clone()))
        };
        Ok((bits(&m.with)?, bits(&m.without)?))
    }
}

/// Where a rule looks.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Kinds of document; all but technical ones where none is named.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Names of touchpoints; everywhere where none is named.
    #[serde(default)]
    pub touchpoints: Vec<String>,
    /// Phrases of which one stands in a heading above; below any where none is named.
    #[serde(default)]
    pub headings: Vec<String>,
}

impl Scope {
    /// Whether it looks at documents of this kind.
    pub fn holds_kind(&self, kind: Kind) -> bool {
        if self.kinds.is_empty() { kind != Kind::Technical } else { self.kinds.contains(&kind) }
    }
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Shipped {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// What is wrong with a rule that could not be made ready. Packs are read with all their mistakes by [`read`].
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("rule `{rule}`: {message}")]
#[diagnostic(code("pack::broken"))]
pub struct PackError {
    /// The rule.
    pub rule: String,
    /// In words.
    pub message: String,
    #[help]
    help: Option<String>,
}

impl PackError {
    /// A pattern, phrase or expression that cannot be read.
    pub fn broken(rule: &Rule, error: PatternError) -> Box<Self> {
        Box::new(PackError { rule: rule.id.clone(), message: error.message, help: error.help })
    }

    /// A mark that does not exist.
    pub fn mark(rule: &Rule, name: &str) -> Box<Self> {
        let message = format!("there is no mark `{name}`");
        Box::new(PackError { rule: rule.id.clone(), message, help: None })
    }
}

/// The rules that ship, in the order of the packs.
///
/// # Errors
/// A pack that does not fit [`Rule`].
pub fn builtin() -> Result<Vec<Rule>, Box<PackError>> {
    let mut all = Vec::new();
    for (name, json) in [
        ("over-scripting", include_str!(concat!(env!("OUT_DIR"), "/over-scripting.json"))),
        ("missing-outcome", include_str!(concat!(env!("OUT_DIR"), "/missing-outcome.json"))),
        ("policy", include_str!(concat!(env!("OUT_DIR"), "/policy.json"))),
        ("records", include_str!(concat!(env!("OUT_DIR"), "/records.json"))),
        ("allowances", include_str!(concat!(env!("OUT_DIR"), "/allowances.json"))),
    ] {
        let pack: Shipped = serde_json::from_str(json)
            .map_err(|e| Box::new(PackError { rule: name.to_owned(), message: e.to_string(), help: None }))?;
        all.extend(pack.rule);
    }
    Ok(all)
}
