//! Checked documents → how often each rule speaks: by level, by kind of document, and for every 1,000 words.

use super::json::VERSION;
use super::look::Look;
use crate::document::Kind;
use crate::engine::Checked;
use crate::finding::{Group, Level};
use owo_colors::Style;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Levels as they are shown, the strictest first.
const LEVELS: [Level; 3] = [Level::MustFix, Level::ShouldFix, Level::Consider];

/// How often rules speak, counted document by document.
#[derive(Clone, Debug, Default)]
pub struct Stats {
    kinds: BTreeMap<Kind, OfKind>,
}

/// Documents of one kind.
#[derive(Clone, Debug, Default)]
struct OfKind {
    documents: usize,
    words: usize,
    rules: BTreeMap<String, Tally>,
}

/// Findings of one rule, by level as in [`LEVELS`].
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    group: Option<Group>,
    levels: [usize; 3],
}

impl Tally {
    fn all(&self) -> usize {
        self.levels.iter().sum()
    }

    fn add(&mut self, more: &Tally) {
        self.group = self.group.or(more.group);
        self.levels.iter_mut().zip(more.levels).for_each(|(mine, more)| *mine += more);
    }
}

#[derive(Serialize)]
struct JsonStats<'a> {
    version: u32,
    documents: usize,
    words: usize,
    findings: usize,
    per_1000_words: Option<f64>,
    rules: Vec<JsonRule<'a>>,
    kinds: Vec<JsonKind<'a>>,
}

#[derive(Serialize)]
struct JsonKind<'a> {
    kind: Kind,
    documents: usize,
    words: usize,
    findings: usize,
    per_1000_words: Option<f64>,
    rules: Vec<JsonRule<'a>>,
}

#[derive(Serialize)]
struct JsonRule<'a> {
    rule: &'a str,
    group: Option<Group>,
    levels: BTreeMap<Level, usize>,
    findings: usize,
    per_1000_words: Option<f64>,
}

impl Stats {
    /// Counts a document in.
    pub fn count(&mut self, checked: &Checked) {
        let kind = self.kinds.entry(checked.kind).or_default();
        kind.documents += 1;
        kind.words += checked.words;
        for finding in &checked.findings {
            let tally = kind.rules.entry(finding.rule.clone()).or_default();
            tally.group = Some(finding.group);
            let level = LEVELS.iter().position(|l| *l == finding.level);
            tally.levels.iter_mut().enumerate().for_each(|(i, n)| *n += usize::from(Some(i) == level));
        }
    }

    /// All kinds together.
    fn all(&self) -> OfKind {
        let mut all = OfKind::default();
        for kind in self.kinds.values() {
            all.documents += kind.documents;
            all.words += kind.words;
            for (rule, tally) in &kind.rules {
                all.rules.entry(rule.clone()).or_default().add(tally);
            }
        }
        all
    }

    /// As people read it.
    pub fn show(&self, look: &Look) -> String {
        let all = self.all();
        let findings = counted(all.findings(), "finding");
        let mut text =
            format!("{} in {}, {}", findings, counted(all.documents, "document"), counted(all.words, "word"));
        text += &per_1000(all.findings(), all.words)
            .map(|n| format!(": {n:.1} in 1,000 words"))
            .unwrap_or_default();
        text += "\n\n";
        if all.findings() > 0 {
            let head = ["rule", "must fix", "should fix", "consider", "all", "in 1,000 words"];
            let row = |name: &str, tally: &Tally, words: usize| {
                let mut row = vec![name.to_owned()];
                row.extend(tally.levels.iter().map(|n| grouped(*n)));
                row.push(grouped(tally.all()));
                row.push(shown(tally.all(), words));
                row
            };
            let rows: Vec<_> = all.sorted().into_iter().map(|(r, t)| row(r, t, all.words)).collect();
            text += &table(&head, &rows, &row("all", &all.tally(), all.words), look);
            text.push('\n');
        }
        if self.kinds.len() > 1 {
            let head = ["kind", "documents", "words", "findings", "in 1,000 words"];
            let row = |name: &str, of: &OfKind| {
                let found = of.findings();
                vec![
                    name.to_owned(),
                    grouped(of.documents),
                    grouped(of.words),
                    grouped(found),
                    shown(found, of.words),
                ]
            };
            let rows: Vec<_> = self.kinds.iter().map(|(kind, of)| row(kind.word(), of)).collect();
            text += &table(&head, &rows, &row("all", &all), look);
            text.push('\n');
        }
        text
    }

    /// As one JSON object: all documents, then kind by kind.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn json(&self, to: &mut dyn Write) -> io::Result<()> {
        let all = self.all();
        let kinds: Vec<JsonKind<'_>> = self
            .kinds
            .iter()
            .map(|(kind, of)| JsonKind {
                kind: *kind,
                documents: of.documents,
                words: of.words,
                findings: of.findings(),
                per_1000_words: rounded(of.findings(), of.words),
                rules: of.json(),
            })
            .collect();
        let whole = JsonStats {
            version: VERSION,
            documents: all.documents,
            words: all.words,
            findings: all.findings(),
            per_1000_words: rounded(all.findings(), all.words),
            rules: all.json(),
            kinds,
        };
        serde_json::to_writer(&mut *to, &whole)?;
        writeln!(to)
    }

    /// As a table for spreadsheets: one line a kind and rule. A kind without findings has one line without a rule.
    ///
    /// # Errors
    /// What keeps it from being written.
    pub fn csv(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "kind,documents,words,rule,group,must_fix,should_fix,consider,findings,per_1000_words")?;
        for (kind, of) in &self.kinds {
            let none = [("", &Tally::default())];
            let rules = of.sorted();
            let rules = if rules.is_empty() { none.to_vec() } else { rules };
            for (rule, tally) in rules {
                let group = tally.group.and_then(|g| serde_json::to_value(g).ok());
                let group = group.as_ref().and_then(|g| g.as_str()).unwrap_or("");
                let [must, should, consider] = tally.levels;
                let per = rounded(tally.all(), of.words).map(|n| n.to_string()).unwrap_or_default();
                writeln!(
                    to,
                    "{},{},{},{rule},{group},{must},{should},{consider},{},{per}",
                    kind.word(),
                    of.documents,
                    of.words,
                    tally.all()
                )?;
            }
        }
        Ok(())
    }
}

impl OfKind {
    fn tally(&self) -> Tally {
        let mut all = Tally::default();
        self.rules.values().for_each(|t| all.add(t));
        all
    }

    fn findings(&self) -> usize {
        self.tally().all()
    }

    /// Rules, those that speak most often first.
    fn sorted(&self) -> Vec<(&str, &Tally)> {
        let mut rules: Vec<_> = self.rules.iter().map(|(rule, tally)| (rule.as_str(), tally)).collect();
        rules.sort_by_key(|(rule, tally)| (std::cmp::Reverse(tally.all()), *rule));
        rules
    }

    fn json(&self) -> Vec<JsonRule<'_>> {
        let rules = self.sorted().into_iter().map(|(rule, tally)| JsonRule {
            rule,
            group: tally.group,
            levels: LEVELS.into_iter().zip(tally.levels).collect(),
            findings: tally.all(),
            per_1000_words: rounded(tally.all(), self.words),
        });
        rules.collect()
    }
}

/// Columns under their headings: names to the left, figures to the right; the last row is the sum.
fn table(head: &[&str], rows: &[Vec<String>], sum: &[String], look: &Look) -> String {
    let narrated = |row: &[String]| {
        let cells: Vec<String> =
            row.iter().zip(head).skip(1).map(|(cell, head)| format!("{head} {cell}")).collect();
        format!("{}: {}.\n", row[0], cells.join(", "))
    };
    if look.narrated {
        return rows.iter().map(|r| narrated(r)).chain([narrated(sum)]).collect();
    }
    let wide: Vec<usize> = (0..head.len())
        .map(|c| {
            let cells = rows.iter().map(|r| r[c].chars().count());
            cells.chain([head[c].chars().count(), sum[c].chars().count()]).max().unwrap_or(0)
        })
        .collect();
    let line = |cells: Vec<&str>| {
        let mut text = format!("  {:1$}", cells[0], wide[0]);
        for (cell, wide) in cells.iter().zip(&wide).skip(1) {
            text += &format!("  {cell:>wide$}");
        }
        text
    };
    let bold = look.style(Style::new().bold());
    let mut text = format!("{}\n", bold.style(line(head.to_vec())));
    for row in rows {
        text += &format!("{}\n", line(row.iter().map(String::as_str).collect()));
    }
    text + &format!("{}\n", bold.style(line(sum.iter().map(String::as_str).collect())))
}

/// Findings in 1,000 words; `None` where there are no words.
fn per_1000(findings: usize, words: usize) -> Option<f64> {
    (words > 0).then(|| 1_000.0 * findings as f64 / words as f64)
}

/// The same with two decimals, for machines.
fn rounded(findings: usize, words: usize) -> Option<f64> {
    per_1000(findings, words).map(|n| (n * 100.0).round() / 100.0)
}

/// The same with one decimal, for people.
fn shown(findings: usize, words: usize) -> String {
    per_1000(findings, words).map_or_else(|| "n/a".to_owned(), |n| format!("{n:.1}"))
}

/// `1 finding`, `1,204 findings`, `no findings`.
fn counted(n: usize, what: &str) -> String {
    match n {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        n => format!("{} {what}s", grouped(n)),
    }
}

/// `12,345`.
fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
