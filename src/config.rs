//! `loosetight.toml` → [`Config`]: which files are what, how much findings matter, where the policy is. Every value
//! keeps the place it stands at, so that mistakes can be pointed at and `--show-config` can say where it came from.
//!
//! What the linter holds dear is in the policy; this file only says how the tool is used here.

mod find;
mod pattern;
mod read;

pub use find::{Configs, climb};
pub use pattern::Pattern;
pub use read::read as read_text;

use crate::document::Kind;
use crate::finding::Level;
pub use crate::rule::Sensitivity;
use crate::source::{Source, Span};
pub use crate::toml_text::Setting;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file.
pub const FILE: &str = "loosetight.toml";

/// One `loosetight.toml`, read. Without a file everything is as [`Default`] has it: nothing set.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The file; `None` where there is none.
    pub source: Option<Source>,
    /// The folder it lies in; its paths and globs count from there.
    pub folder: PathBuf,
    /// `policy = "harbor.promise"`: as a path to open.
    pub policy: Option<Setting<PathBuf>>,
    /// `include = ["sops/**/*.md"]`: what a walk reads. Empty: every document.
    pub include: Vec<Setting<Pattern>>,
    /// `exclude = ["drafts"]`: what is never read, not even when named on the command line.
    pub exclude: Vec<Setting<Pattern>>,
    /// `[[documents]]`: which documents are of which kind, and about which touchpoint.
    pub documents: Vec<DocumentSet>,
    /// `[levels]`: how much a rule's findings matter here.
    pub levels: BTreeMap<String, Setting<RuleLevel>>,
    /// `packs = ["rules/ours.toml"]`: rules beside the built-in ones, as paths to open.
    pub packs: Vec<Setting<PathBuf>>,
    /// `fail-on = "should-fix"`.
    pub fail_on: Option<Setting<FailOn>>,
    /// `sensitivity = "thorough"`.
    pub sensitivity: Option<Setting<Sensitivity>>,
    /// `baseline = "known.json"`: findings of an earlier day, as a path to open.
    pub baseline: Option<Setting<PathBuf>>,
    /// `max-size = "50 MB"`: in bytes; longer files are refused.
    pub max_size: Option<Setting<u64>>,
}

/// One `[[documents]]` table.
#[derive(Clone, Debug)]
pub struct DocumentSet {
    /// The documents it is about.
    pub files: Vec<Setting<Pattern>>,
    /// What they are.
    pub kind: Option<Setting<Kind>>,
    /// The touchpoints they are about.
    pub touchpoints: Vec<Setting<String>>,
    /// Where they are used.
    pub site: Option<Setting<String>>,
    /// Who is in charge of them.
    pub owner: Option<Setting<String>>,
}

/// What `[levels]` says about one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleLevel {
    /// The level; `None` for `off`.
    pub level: Option<Level>,
    /// Why.
    pub because: Option<String>,
    /// The last day it holds.
    pub until: Option<jiff::civil::Date>,
}

/// From which level on a run ends with exit code 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// This level or a stricter one.
    Level(Level),
    /// No finding ends a run with 1.
    Never,
}

impl FailOn {
    /// The words for it on the command line and in the file.
    pub const WORDS: [&str; 4] = ["must-fix", "should-fix", "consider", "never"];

    /// The setting a word names; `must fix` and `Must-Fix` are the same.
    pub fn named(word: &str) -> Option<FailOn> {
        if word.trim().eq_ignore_ascii_case("never") {
            return Some(FailOn::Never);
        }
        Level::named(word).map(FailOn::Level)
    }

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            FailOn::Level(Level::MustFix) => "must-fix",
            FailOn::Level(Level::ShouldFix) => "should-fix",
            FailOn::Level(Level::Consider) => "consider",
            FailOn::Never => "never",
        }
    }

    /// Whether a finding of this level ends a run with 1.
    pub fn holds(self, level: Level) -> bool {
        matches!(self, FailOn::Level(least) if level >= least)
    }
}

impl Default for FailOn {
    fn default() -> Self {
        FailOn::Level(Level::MustFix)
    }
}

/// The number of bytes a size such as `50 MB`, `800KB` or `1000000` names (a kilobyte is 1,000 bytes).
pub fn size_named(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u64 = text.get(..digits)?.parse().ok()?;
    let factor = match text.get(digits..)?.trim().to_ascii_lowercase().as_str() {
        "" | "b" | "bytes" => 1,
        "kb" | "k" => 1_000,
        "mb" | "m" => 1_000_000,
        "gb" | "g" => 1_000_000_000,
        _ => return None,
    };
    number.checked_mul(factor)
}

impl Config {
    /// Whether a file is never to be read, and the glob that says so.
    pub fn excludes(&self, path: &Path) -> Option<&Setting<Pattern>> {
        self.exclude.iter().find(|p| p.value.matches(path))
    }

    /// Whether a walk is to read this file, as far as `include` says; the glob that says so.
    pub fn includes(&self, path: &Path) -> Option<&Setting<Pattern>> {
        self.include.iter().find(|p| p.value.matches(path))
    }

    /// What `[[documents]]` says about a file: for each key the table whose longest matching glob is the longest of
    /// those that set the key; of two equally long the later one.
    pub fn documents<'a, T>(
        &'a self,
        path: &Path,
        key: impl Fn(&'a DocumentSet) -> Option<T>,
    ) -> Option<(T, &'a Setting<Pattern>)> {
        self.documents
            .iter()
            .filter_map(|set| {
                let value = key(set)?;
                let glob = set
                    .files
                    .iter()
                    .filter(|p| p.value.matches(path))
                    .max_by_key(|p| p.value.text().chars().count())?;
                Some((value, glob))
            })
            .max_by_key(|(_, glob)| glob.value.text().chars().count())
    }

    /// The place of a setting, as people write it: `loosetight.toml:12`.
    pub fn place(&self, span: Span) -> String {
        match &self.source {
            Some(source) => format!("{}:{}", source.name(), source.position(span.start).line),
            None => String::new(),
        }
    }
}
