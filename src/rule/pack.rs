//! A pack (TOML) → [`Rule`]s: what they say, when they say it, and the examples they must pass.

use miette::{Diagnostic, SourceSpan};
use serde::{Deserialize, Serialize};

use crate::document::Kind;
use crate::finding::{Group, Level};
use crate::rule::pattern::PatternError;
use crate::source::Source;

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
    /// Words, for packs of plain phrases.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Regular expressions, for users' packs.
    #[serde(default)]
    pub regex: Vec<String>,
}

/// An example that is a small document (Markdown), for what a sentence alone cannot show. ⟦ and ⟧ stand around each
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
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[serde(default)]
    rule: Vec<Rule>,
}

/// What is wrong with a pack.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(code("pack::broken"))]
pub struct PackError {
    /// In words.
    pub message: String,
    #[source_code]
    source_code: Option<Source>,
    #[label("{label}")]
    at: Option<SourceSpan>,
    label: String,
    #[help]
    help: Option<String>,
    /// Which rule, which pattern and where in it: enough to find the place in the TOML.
    pub place: Option<(String, usize, std::ops::Range<usize>)>,
}

impl PackError {
    fn new(message: String, help: Option<String>) -> Self {
        PackError { message, source_code: None, at: None, label: "here".into(), help, place: None }
    }

    /// A pattern that cannot be read.
    pub fn pattern(rule: &Rule, index: usize, error: PatternError) -> Box<Self> {
        let mut e = PackError::new(format!("rule `{}`: {}", rule.id, error.message), error.help);
        e.place = Some((rule.id.clone(), index, error.at));
        Box::new(e)
    }

    /// A mark that does not exist.
    pub fn mark(rule: &Rule, index: usize, name: String) -> Box<Self> {
        let known: Vec<&str> = crate::language::marks::NAMES.iter().map(|(_, n)| *n).collect();
        let mut e = PackError::new(
            format!("rule `{}`: there is no mark `{name}`", rule.id),
            Some(format!("Marks are: {}.", known.join(", "))),
        );
        e.place = Some((rule.id.clone(), index, 0..0));
        Box::new(e)
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
    ] {
        let pack: Pack = serde_json::from_str(json)
            .map_err(|e| Box::new(PackError::new(format!("rules/{name}.toml: {e}"), None)))?;
        all.extend(pack.rule);
    }
    Ok(all)
}

/// Reads a user's pack.
///
/// # Errors
/// TOML that cannot be read or does not fit, with its place.
pub fn parse(name: &str, text: &str) -> Result<Vec<Rule>, Box<PackError>> {
    match toml::from_str::<Pack>(text) {
        Ok(pack) => Ok(pack.rule),
        Err(e) => {
            let mut error = PackError::new(
                e.message().to_owned(),
                Some("`loosetight explain packs` shows what a rule may hold.".into()),
            );
            error.at = e.span().map(Into::into);
            error.source_code = Some(Source::new(name, text));
            Err(Box::new(error))
        }
    }
}

impl PackError {
    /// Gives the error its place in the text of the pack it came from.
    #[must_use]
    pub fn in_pack(mut self, name: &str, text: &str) -> Self {
        if let Some((rule, index, at)) = &self.place
            && let Some(start) = pattern_offset(text, rule, *index)
        {
            self.at = Some((start + at.start, at.end.saturating_sub(at.start).max(1)).into());
        }
        self.source_code = Some(Source::new(name, text));
        self
    }
}

/// Where the text of a rule's pattern starts in the TOML, behind its quotation mark.
fn pattern_offset(text: &str, rule: &str, index: usize) -> Option<usize> {
    let table = toml::de::DeTable::parse(text).ok()?;
    let rules = table.get_ref().get("rule")?.get_ref().as_array()?;
    let found = rules.iter().find(|r| {
        r.get_ref()
            .as_table()
            .and_then(|t| t.get("id"))
            .and_then(|i| i.get_ref().as_str())
            .is_some_and(|i| i == rule)
    })?;
    let pattern = found.get_ref().as_table()?.get("patterns")?.get_ref().as_array()?.get(index)?;
    let text = match pattern.get_ref().as_table() {
        Some(t) => t.get("match")?.span().start,
        None => pattern.span().start,
    };
    Some(text + 1)
}
