//! The labelled corpus → how often each rule and each of its patterns is right.
//!
//! ```text
//! cargo run --example measure-patterns -- tests/quality/corpus                      # one line a rule, from rules/*.toml as it stands
//! cargo run --example measure-patterns -- tests/quality/corpus --rule smile-order   # one line a pattern, what it misses, its examples
//! cargo run --example measure-patterns -- tests/quality/corpus --rule smile-order -v # and the sentences it is wrong about
//! cargo run --example measure-patterns -- tests/quality/corpus --linter             # the whole linter: patterns, structure, model
//! ```
//!
//! A table of fragments (`fragment sector heading kind text label also`, tab-separated) may stand for the folder. The
//! packs are read when it runs, so that a changed pattern is measured without a build; changed word classes need one.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

#[path = "units.rs"]
mod units;

use loosetight::document::{self, Document, Format, Kind, Limits};
use loosetight::language::{Reading, Sentence};
use loosetight::lint::{Linter, Setting};
use loosetight::rule::pack;
use loosetight::rule::pattern::{self, Pattern};
use loosetight::rule::{Rule, Sensitivity, selftest};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// A document of the corpus, read.
struct Page {
    document: Document,
    reading: Reading,
    units: Vec<units::Unit>,
}

/// A pattern ready to be tried.
struct Tried {
    rule: usize,
    pattern: Pattern,
    with: u64,
    without: u64,
    text: String,
    sure: bool,
}

/// What a rule or pattern hit.
#[derive(Default, Clone)]
struct Tally {
    own: usize,
    scripted: usize,
    wrong: Vec<String>,
    right: Vec<String>,
}

impl Tally {
    fn line(&self, name: &str, of: usize) -> String {
        let hits = self.scripted + self.wrong.len();
        let share = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f32 / b as f32 };
        format!(
            "{:>4} hits  {:>5.1}% right  {:>4} own ({:>5.1}% of {of})  {name}",
            hits,
            share(self.scripted, hits),
            self.own,
            share(self.own, of)
        )
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let from = args.first().expect("the folder of the corpus, or a table of fragments");
    let verbose = args.iter().any(|a| a == "-v");
    let linter = Linter::new(None, Vec::new(), Sensitivity::Careful).expect("the built-in packs compile");
    let mut lexicon = linter.lexicon().clone();
    let text = std::fs::read_to_string("rules/over-scripting.toml").expect("run it in the project's folder");
    let pack = pack::read("rules/over-scripting.toml", &text);
    pack.problems.iter().for_each(|problem| println!("{problem}"));
    let rules = pack.rules;
    let tried = compile(&rules, &mut lexicon);
    let only = value("--rule");
    let wanted = |id: &str| only.as_ref().is_none_or(|o| o.split(',').any(|o| o == id));
    let pages = load(Path::new(from), |doc| linter.read(doc), &mut lexicon);
    let mut labelled: BTreeMap<&str, usize> = BTreeMap::new();
    for u in pages.iter().flat_map(|p| &p.units) {
        *labelled.entry(u.rule.as_str()).or_default() += 1;
    }
    let of = |id: &str| labelled.get(id).copied().unwrap_or(0);
    if args.iter().any(|a| a == "--linter") {
        for (rule, tally) in whole(&linter, &pages) {
            if wanted(&rule) {
                println!("{}", tally.line(&rule, of(&rule)));
                if verbose {
                    tally.wrong.iter().for_each(|w| println!("      {w}"));
                }
            }
        }
        return;
    }
    let mut by_rule = vec![Tally::default(); rules.len()];
    let mut by_pattern = vec![Tally::default(); tried.len()];
    let mut missed = Vec::new();
    for page in &pages {
        for u in &page.units {
            let mut seen = vec![false; rules.len()];
            for s in
                page.reading.sentences.iter().filter(|s| u.span.range().contains(&middle(&page.document, s)))
            {
                for (n, t) in tried.iter().enumerate() {
                    if let Some(found) = t.find(page, s, &lexicon) {
                        let rule = &rules[t.rule].id;
                        count(&mut by_pattern[n], u, rule, &found, page);
                        if !std::mem::replace(&mut seen[t.rule], true) {
                            count(&mut by_rule[t.rule], u, rule, &found, page);
                        }
                    }
                }
            }
            for (n, rule) in rules.iter().enumerate() {
                if u.rule == rule.id && !seen[n] && only.is_some() && wanted(&rule.id) {
                    missed.push(format!("{}: {}", rule.id, slice(page, u)));
                }
            }
        }
    }
    for (n, rule) in rules.iter().enumerate().filter(|(_, r)| wanted(&r.id)) {
        println!("{}", by_rule[n].line(&rule.id, of(&rule.id)));
        if only.is_some() {
            for (t, tally) in tried.iter().zip(&by_pattern).filter(|(t, _)| t.rule == n) {
                println!("{}{}", tally.line(&t.text, of(&rule.id)), if t.sure { "  (sure)" } else { "" });
                if verbose {
                    tally.wrong.iter().for_each(|w| println!("      ✗ {w}"));
                    if args.iter().any(|a| a == "--right") {
                        tally.right.iter().for_each(|w| println!("      ✓ {w}"));
                    }
                }
            }
        }
        let found = |example: &str| fits(&tried, n, example, &mut lexicon.clone());
        for f in selftest::run(rule, &found) {
            println!("      example of {}: {}\n        {}", f.rule, f.problem, f.example);
        }
    }
    if only.is_some() {
        println!("missed:");
        missed.iter().for_each(|m| println!("      {m}"));
    }
}

impl Tried {
    fn find(&self, page: &Page, s: &Sentence, lexicon: &loosetight::language::Lexicon) -> Option<String> {
        let bits = s.marks.bits;
        if bits & self.with != self.with || bits & self.without != 0 {
            return None;
        }
        let t = self.pattern.find(&page.reading, lexicon, s.tokens.clone())?;
        let tokens = &page.reading.tokens[t.start as usize..t.end as usize];
        let span = tokens.first()?.text().join(tokens.last()?.text());
        page.document.flat.text().get(span.range()).map(str::to_owned)
    }
}

fn compile(rules: &[Rule], lexicon: &mut loosetight::language::Lexicon) -> Vec<Tried> {
    let mut out = Vec::new();
    for (n, rule) in rules.iter().enumerate() {
        for p in &rule.patterns {
            let pattern = pattern::compile(p.text(), lexicon)
                .unwrap_or_else(|e| panic!("{}: {}: {}", rule.id, p.text(), e.message));
            let (with, without) = p.marks().unwrap_or_else(|m| panic!("{}: no mark {m}", rule.id));
            let mut text = p.text().to_owned();
            if let pack::When::Marked(m) = p {
                let _ = write!(text, "  +{:?} -{:?}", m.with, m.without);
            }
            out.push(Tried { rule: n, pattern, with, without, text, sure: p.sure() });
        }
    }
    out
}

/// Where a rule's patterns fit an example.
fn fits(
    tried: &[Tried],
    rule: usize,
    example: &str,
    lexicon: &mut loosetight::language::Lexicon,
) -> Vec<std::ops::Range<usize>> {
    let framed = format!("{}{example}\n", selftest::FRAME);
    let doc = document::read_as("example", framed.into_bytes(), Format::Markdown, Limits::default()).unwrap();
    let core = loosetight::language::Core::of(lexicon);
    let reading = loosetight::language::read(&doc, lexicon, &core);
    let mut out = Vec::new();
    for s in &reading.sentences {
        let mut best: Option<(bool, std::ops::Range<usize>)> = None;
        for t in tried.iter().filter(|t| t.rule == rule) {
            if s.marks.bits & t.with != t.with || s.marks.bits & t.without != 0 {
                continue;
            }
            if let Some(found) = t.pattern.find(&reading, lexicon, s.tokens.clone())
                && best.as_ref().is_none_or(|b| t.sure && !b.0)
            {
                let tokens = &reading.tokens[found.start as usize..found.end as usize];
                let span = doc.flat.to_source(tokens[0].text().join(tokens[tokens.len() - 1].text()));
                let frame = selftest::FRAME.len();
                best = Some((t.sure, span.start as usize - frame..span.end as usize - frame));
            }
        }
        out.extend(best.map(|b| b.1));
    }
    out
}

/// What the whole linter finds, by rule.
fn whole(linter: &Linter, pages: &[Page]) -> BTreeMap<String, Tally> {
    let mut out: BTreeMap<String, Tally> = BTreeMap::new();
    for page in pages {
        let findings =
            linter.check(&page.document, &page.reading, Setting { kind: Kind::Playbook, sections: &[] });
        for u in &page.units {
            let touches = |s: &loosetight::source::Span| s.start < u.span.end && u.span.start < s.end;
            let f = findings
                .iter()
                .find(|f| if f.parts.is_empty() { touches(&f.span) } else { f.parts.iter().any(touches) });
            let Some(f) = f else { continue };
            let named = f.also.iter().chain([&f.rule]).find(|r| **r == u.rule);
            let text = slice(page, u);
            for rule in [named.unwrap_or(&f.rule), &"(all)".to_owned()] {
                count(out.entry(rule.clone()).or_default(), u, rule, text, page);
            }
        }
    }
    out
}

fn count(tally: &mut Tally, u: &units::Unit, rule: &str, found: &str, page: &Page) {
    let line = format!("{} [{}] {}  ⟦{found}⟧", u.label, u.rule, slice(page, u));
    if u.label.starts_with("S-") || u.also.starts_with("S-") {
        tally.scripted += 1;
        tally.own += (u.rule == rule) as usize;
        tally.right.push(line);
    } else {
        tally.wrong.push(line);
    }
}

fn slice<'a>(page: &'a Page, u: &units::Unit) -> &'a str {
    page.document.source.text().get(u.span.range()).unwrap_or("")
}

/// A byte of the source in the middle of a sentence.
fn middle(document: &Document, s: &Sentence) -> usize {
    let span = document.flat.to_source(s.text);
    (span.start as usize + span.end as usize) / 2
}

fn load(
    from: &Path,
    read: impl Fn(&Document) -> Reading,
    lexicon: &mut loosetight::language::Lexicon,
) -> Vec<Page> {
    let mut texts = Vec::new();
    if from.is_dir() {
        let mut files: Vec<_> =
            std::fs::read_dir(from).unwrap().filter_map(|e| Some(e.ok()?.path())).collect();
        files.sort();
        for f in files.iter().filter(|f| f.extension().is_some_and(|e| e == "units")) {
            texts.push(std::fs::read_to_string(f).unwrap());
        }
    } else {
        texts.push(table(&std::fs::read_to_string(from).unwrap()));
    }
    let core = loosetight::language::Core::of(lexicon);
    let mut out = Vec::new();
    for labelled in texts.iter().flat_map(|t| units::parse(t)) {
        let document = document::read("corpus.md", labelled.text.as_bytes(), Limits::default()).unwrap();
        // Words that only the packs on disk know have numbers of their own; the model's opinions are the linter's.
        let mut reading = loosetight::language::read(&document, lexicon, &core);
        let judged = read(&document);
        for (s, j) in reading.sentences.iter_mut().zip(&judged.sentences) {
            s.marks = j.marks;
        }
        reading.opinions = judged.opinions;
        out.push(Page { document, reading, units: labelled.units });
    }
    out
}

/// A table of fragments as units.
fn table(text: &str) -> String {
    let mut out = String::new();
    let mut last = ("", "");
    for line in text.lines().skip(1) {
        let mut cells = line.split('\t');
        let mut next = || cells.next().unwrap_or("");
        let (id, sector, heading, kind) = (next(), next(), next(), next());
        let (text, label, also) = (next(), next(), next());
        if last.0 != id {
            let _ = writeln!(out, "# {id} | {sector} | {heading}");
        } else if last.1 != heading {
            let _ = writeln!(out, "## {heading}");
        }
        last = (id, heading);
        let kind = match kind {
            "heading" => 'h',
            "item" => 'i',
            "cell" => 'c',
            "quote" => 'q',
            "fence" => 'f',
            _ => 'p',
        };
        let also = if also.is_empty() { String::new() } else { format!("/{also}") };
        let _ = writeln!(out, "{label}{also} {kind} {text}");
    }
    out
}
