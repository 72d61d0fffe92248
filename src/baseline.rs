//! What was found on an earlier day → which findings are known since then, and which are new.
//!
//! A finding is known by its rule and sentence, counted: three equal sentences in the baseline excuse three and no
//! fourth. Where it stands only decides which of equal ones is meant: first those in the same file under the same
//! heading, then in the same file or the one it was renamed to, then those that moved from a file that is gone or was
//! read and no longer has them.
//! Of a finding over a run of blocks each block is known for itself, so that a new line in an old script is new.

mod entry;

pub use entry::{Entry, Note, render};

use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::problem::Problem;
use crate::source::{Source, Span};
use crate::walk::Names;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// The name of the file, where the settings name none.
pub const FILE: &str = "loosetight.baseline.json";

/// A baseline, read.
#[derive(Clone, Debug)]
pub struct Baseline {
    /// The file.
    pub path: PathBuf,
    /// The file, as it is shown to people.
    pub name: String,
    /// What was found.
    pub entries: Vec<Entry>,
}

/// The findings of a file, to be held against a baseline.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// The file.
    pub path: &'a Path,
    /// What was found in it.
    pub findings: &'a [Finding],
}

/// What became of the passages of some documents, held against a baseline.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// For each document, finding and part, the entry it is known by.
    known: Vec<Vec<Vec<Option<usize>>>>,
    /// For each entry, how many passages it could still excuse.
    left: Vec<u32>,
    /// Files of the baseline that were read.
    read: HashSet<String>,
}

/// One passage of a finding.
struct Passage {
    document: usize,
    finding: usize,
    part: usize,
    /// What it may be known by: its rule, then the weaker ones that saw it.
    prints: Vec<Fingerprint>,
    heading: String,
}

impl Baseline {
    /// A baseline without entries.
    pub fn empty(path: PathBuf, name: String) -> Self {
        Baseline { path, name, entries: Vec::new() }
    }

    /// Reads the text of a baseline.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(path: &Path, name: &str, text: &str) -> Result<Baseline, Box<Problem>> {
        let wrong = |line: usize, column: usize, message: String| {
            let source = Source::new(name, text);
            let start = source.line_span(line.saturating_sub(1)).map_or(0, |span| span.start as usize);
            let at = (start + column.saturating_sub(1)).min(text.len());
            let help = "`loosetight baseline write` writes it; after a merge, take one side and run it again";
            Box::new(
                Problem::new("baseline::unreadable", message)
                    .at(&source, Span::new(at, at), "here")
                    .help(help),
            )
        };
        let read: entry::Text = serde_json::from_str(text).map_err(|error| {
            let why = error.to_string();
            let why = why.split(" at line ").next().unwrap_or(&why);
            wrong(error.line(), error.column(), format!("{name} cannot be read: {why}"))
        })?;
        if read.version != entry::VERSION {
            let message = format!(
                "{name} is of version {}, and this loosetight knows {}",
                read.version,
                entry::VERSION
            );
            return Err(wrong(1, 1, message));
        }
        Ok(Baseline { path: path.to_owned(), name: name.to_owned(), entries: read.entries })
    }

    /// The folder its files are named from.
    fn names(&self) -> Names {
        Names::seen_from(self.path.parent().unwrap_or(Path::new("")))
    }

    /// A file as the baseline names it.
    pub fn file(&self, path: &Path) -> String {
        self.names().show(path)
    }

    /// Holds documents against the baseline. `is_gone` says whether a file, as the baseline names it, is no longer
    /// there; entries of files that are there and were not read excuse nothing elsewhere.
    pub fn matches(&self, documents: &[Held<'_>], today: Date, is_gone: impl Fn(&Path) -> bool) -> Matches {
        let files: Vec<String> = documents.iter().map(|d| self.file(d.path)).collect();
        let mut matches = Matches {
            known: documents
                .iter()
                .map(|d| d.findings.iter().map(|f| vec![None; f.sentences.len()]).collect())
                .collect(),
            // An entry whose day is over excuses nothing.
            left: self.entries.iter().map(|e| if e.is_over(today) { 0 } else { e.count }).collect(),
            read: files.iter().cloned().collect(),
        };
        let mut by_print: HashMap<Fingerprint, Vec<usize>> = HashMap::new();
        for (i, entry) in self.entries.iter().enumerate() {
            by_print.entry(entry.fingerprint()).or_default().push(i);
        }
        let folder = self.path.parent().unwrap_or(Path::new("")).to_owned();
        let gone: Vec<bool> = self.entries.iter().map(|e| is_gone(&folder.join(&e.file))).collect();
        let mut passages = passages(documents);
        let renamed = self.renamed(&passages, &files, &gone);
        for round in 0..4 {
            passages.retain(|passage| {
                let file = &files[passage.document];
                let fits = |at: &usize| {
                    let entry = &self.entries[*at];
                    matches.left[*at] > 0
                        && match round {
                            0 => entry.file == *file && entry.heading == passage.heading,
                            1 => entry.file == *file,
                            2 => renamed.get(entry.file.as_str()) == Some(&passage.document),
                            _ => gone[*at] || matches.read.contains(&entry.file),
                        }
                };
                let known = passage.prints.iter().filter_map(|print| by_print.get(print)).flatten();
                let Some(at) = known.copied().find(|at| fits(at)) else { return true };
                matches.left[at] -= 1;
                matches.known[passage.document][passage.finding][passage.part] = Some(at);
                false
            });
        }
        // What is no longer there counts as read: nothing is found in it.
        matches
            .read
            .extend(self.entries.iter().zip(&gone).filter(|(_, gone)| **gone).map(|(e, _)| e.file.clone()));
        matches
    }

    /// Files of the baseline that are gone, each with the document that holds most of what it held.
    fn renamed(&self, passages: &[Passage], files: &[String], gone: &[bool]) -> HashMap<&str, usize> {
        let mut here: HashMap<Fingerprint, Vec<&Passage>> = HashMap::new();
        let known: HashSet<&str> = self.entries.iter().map(|e| e.file.as_str()).collect();
        for passage in passages.iter().filter(|p| !known.contains(files[p.document].as_str())) {
            for print in &passage.prints {
                here.entry(*print).or_default().push(passage);
            }
        }
        let mut shared: HashMap<(&str, usize), usize> = HashMap::new();
        for (entry, _) in self.entries.iter().zip(gone).filter(|(_, gone)| **gone) {
            for passage in here.get(&entry.fingerprint()).into_iter().flatten() {
                // A heading in common says more than a sentence that stands in every document.
                let weight = if passage.heading == entry.heading { 10 } else { 1 };
                *shared.entry((&entry.file, passage.document)).or_default() += weight;
            }
        }
        let mut pairs: Vec<_> = shared.into_iter().collect();
        pairs.sort_by_key(|((file, document), shared)| (std::cmp::Reverse(*shared), *file, *document));
        let mut renamed = HashMap::new();
        for ((file, document), _) in pairs {
            if !renamed.contains_key(file) && !renamed.values().any(|taken| *taken == document) {
                renamed.insert(file, document);
            }
        }
        renamed
    }

    /// What no longer is found, and how often: entries of files that were read or are gone, and those whose day is over.
    pub fn stale(&self, matches: &Matches, today: Date) -> Vec<(&Entry, u32)> {
        let left = |(entry, left): (&'_ Entry, &u32)| match (
            entry.is_over(today),
            matches.read.contains(&entry.file),
        ) {
            (true, _) => entry.count,
            (false, true) => *left,
            (false, false) => 0,
        };
        let counted = self.entries.iter().zip(&matches.left).map(|(entry, n)| (entry, left((entry, n))));
        counted.filter(|(_, n)| *n > 0).collect()
    }

    /// The entries as they are to be written after a run over `documents`: what is known stays, under the place it now
    /// has; of what is new, that which `adds` has a note for; what was not read stays as it is.
    pub fn renewed(
        &self,
        documents: &[Held<'_>],
        matches: &Matches,
        today: Date,
        adds: impl Fn(&Finding) -> Option<Note>,
    ) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        for (i, entry) in self.entries.iter().enumerate() {
            if !matches.read.contains(&entry.file) && !entry.is_over(today) && matches.left[i] > 0 {
                entries.push(Entry { count: matches.left[i], ..entry.clone() });
            }
        }
        for (document, known) in documents.iter().zip(&matches.known) {
            let file = self.file(document.path);
            for (finding, known) in document.findings.iter().zip(known) {
                for (part, known) in known.iter().enumerate() {
                    match known {
                        // Known by the rule it was known by, which may be a weaker one.
                        Some(at) => entries.push(Entry {
                            file: file.clone(),
                            heading: finding.heading_path.join(" › "),
                            sentence: finding.sentences[part].clone(),
                            count: 1,
                            ..self.entries[*at].clone()
                        }),
                        None => {
                            entries.extend(adds(finding).map(|note| Entry::of(finding, part, &file, note)))
                        }
                    }
                }
            }
        }
        entry::together(entries)
    }
}

/// Every passage of every finding.
fn passages(documents: &[Held<'_>]) -> Vec<Passage> {
    let mut all = Vec::new();
    for (document, checked) in documents.iter().enumerate() {
        for (finding, f) in checked.findings.iter().enumerate() {
            let heading = f.heading_path.join(" › ");
            for (part, sentence) in f.sentences.iter().enumerate() {
                let about = f.about();
                let rules = std::iter::once(&f.rule).chain(&f.also);
                let prints = rules.map(|rule| Fingerprint::of(rule, &about, sentence)).collect();
                all.push(Passage { document, finding, part, prints, heading: heading.clone() });
            }
        }
    }
    all
}

impl Matches {
    /// How many passages are not known.
    pub fn unknown(&self) -> usize {
        self.known.iter().flatten().flatten().filter(|known| known.is_none()).count()
    }

    /// What is new among the findings of the document at this index of those handed to [`Baseline::matches`], and of
    /// how many others something is known.
    pub fn new_among(&self, document: usize, findings: Vec<Finding>) -> (Vec<Finding>, usize) {
        let (mut new, mut known) = (Vec::with_capacity(findings.len()), 0);
        let marks = self.known.get(document).map_or(&[][..], Vec::as_slice);
        for (i, finding) in findings.into_iter().enumerate() {
            let (old, rest) = divided(finding, marks.get(i).map_or(&[], Vec::as_slice));
            known += usize::from(old.is_some());
            new.extend(rest);
        }
        (new, known)
    }
}

/// What is known of a finding, and what is not.
fn divided(finding: Finding, known: &[Option<usize>]) -> (Option<Finding>, Option<Finding>) {
    finding.split(|part, _| known.get(part).is_some_and(Option::is_some))
}
