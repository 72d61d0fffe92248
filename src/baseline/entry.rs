//! The lines of a baseline ↔ JSON: one entry a line, in one order, so that two people's changes merge.

use crate::finding::Finding;
use crate::fingerprint::{Fingerprint, normal};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The version of the file.
pub(super) const VERSION: u32 = 1;

/// A whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Text {
    pub version: u32,
    #[serde(rename = "about", default)]
    _about: String,
    pub entries: Vec<Entry>,
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The document, named from the folder of the baseline.
    pub file: String,
    /// The rule.
    pub rule: String,
    /// The headings above it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// The sentence.
    pub sentence: String,
    /// What of the policy is missing there, if something is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
    /// How often.
    #[serde(default = "once", skip_serializing_if = "is_once")]
    pub count: u32,
    /// The last day it is left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Why it is left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

/// What is written beside a finding that is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// The last day it is left alone.
    pub until: Option<Date>,
    /// Why it is left alone.
    pub because: Option<String>,
}

fn once() -> u32 {
    1
}

fn is_once(count: &u32) -> bool {
    *count == 1
}

impl Entry {
    /// A part of a finding in a document.
    pub fn of(finding: &Finding, part: usize, file: &str, note: Note) -> Entry {
        Entry {
            file: file.to_owned(),
            rule: finding.rule.clone(),
            heading: finding.heading_path.join(" › "),
            sentence: finding.sentences.get(part).cloned().unwrap_or_default(),
            about: finding.about(),
            count: 1,
            until: note.until,
            because: note.because,
        }
    }

    /// What it is known by.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&self.rule, &self.about, &self.sentence)
    }

    /// Whether the day it was left alone until is over.
    pub fn is_over(&self, today: Date) -> bool {
        self.until.is_some_and(|day| day < today)
    }

    /// What makes two entries one: everything but how often.
    fn key(&self) -> (&str, &str, &str, &str, String, Option<Date>, Option<&str>) {
        let Entry { file, rule, heading, about, until, because, .. } = self;
        (file, heading, rule, about, normal(&self.sentence), *until, because.as_deref())
    }
}

/// Entries in their order, equal ones counted.
pub(super) fn together(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by(|a, b| a.key().cmp(&b.key()));
    let mut out: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        match out.last_mut().filter(|last| last.key() == entry.key()) {
            Some(last) => last.count += entry.count,
            None => out.push(entry),
        }
    }
    out
}

/// The text of a baseline.
pub fn render(entries: &[Entry]) -> String {
    let about = "What loosetight found when this was written; check reports what is new since then. Written by `loosetight baseline`.";
    let lines: Vec<String> = entries.iter().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
    let lines = lines.join(",\n");
    let lines = if lines.is_empty() { String::new() } else { format!("\n{lines}\n") };
    format!("{{\n\"version\": {VERSION},\n\"about\": \"{about}\",\n\"entries\": [{lines}]\n}}\n")
}
