//! `baseline decide FILE`: the answers of a worklist → exceptions in documents, drafts of boundaries, and the baseline.
//!
//! What is kept tight in one document is allowed there; what is kept in several is one boundary to be, and left alone
//! until it is one. Nothing is written as long as one answer cannot be understood.

use super::Exit;
use super::allow::{create, replace};
use super::args::BaselineScope;
use super::baselines::{Baselines, File, by_file};
use super::output::Output;
use super::report::worklist::plural;
use super::session::Session;
use crate::baseline::{Held, Matches, Note, render};
use crate::engine::{Allowing, Checked, CheckedPolicy, Job};
use crate::finding::Finding;
use crate::problem::{AnyProblem, Problem, in_words};
use crate::source::Span;
use crate::triage::insert::Words;
use crate::worklist::{self, Answers, Decision, Drafts};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What is to become of a finding: its file, its rule and place, and what is written.
struct Fate {
    path: PathBuf,
    rule: String,
    span: Span,
    note: Note,
}

impl Fate {
    /// Whether a finding of this file is the one, or holds it: of a run, some lines may be known already.
    fn is_about(&self, path: &Path, finding: &Finding) -> bool {
        self.path == path && self.rule == finding.rule && finding.span.contains(self.span)
    }
}

/// What was decided, counted for people.
#[derive(Default)]
struct Tally {
    rewrite: usize,
    allowed: usize,
    in_documents: usize,
    drafted: usize,
    by_hand: usize,
    later: usize,
    unfair: BTreeMap<String, usize>,
    open: usize,
    gone: usize,
}

/// Turns answers into what they mean.
pub fn run(file: &Path, scope: &BaselineScope, out: &mut Output) -> io::Result<Exit> {
    let opened = answers(file).and_then(|answers| Ok((answers, Session::open(&scope.documents)?)));
    let (answers, session) = match opened {
        Ok(opened) => opened,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let mut policies: Vec<CheckedPolicy> = session.judged_policies();
    let mut documents: Vec<Checked> = Vec::new();
    let mut problems = session.problems;
    session.run.check(session.jobs.clone(), |outcome| {
        match outcome {
            Ok(Some(checked)) => documents.push(checked),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    let of_documents: HashSet<PathBuf> = documents.iter().map(|d| d.path.clone()).collect();
    let files = by_file(&session.names, &mut policies, &mut documents);
    let mut baselines = Baselines::new(&session.names, scope.baseline.as_deref());
    let of: Vec<usize> = files.iter().map(|file| baselines.for_writing(&file.path, &file.config)).collect();
    problems.extend(baselines.problems());
    if !problems.is_empty() {
        out.say_all(&problems);
        out.say(&Problem::new(
            "baseline::not-written",
            "nothing was written, since not everything could be read",
        ));
        return Ok(Exit::Trouble);
    }
    let today = session.run.today;
    let matches: Vec<Matches> = baselines
        .all()
        .iter()
        .enumerate()
        .map(|(which, (baseline, _))| {
            baseline.matches(&held(&files, &of, which), today, |path| !path.exists())
        })
        .collect();
    let mut new: Vec<(PathBuf, Finding)> = Vec::new();
    for (which, matches) in matches.iter().enumerate() {
        for (at, held) in held(&files, &of, which).iter().enumerate() {
            let (findings, _) = matches.new_among(at, held.findings.to_vec());
            new.extend(findings.into_iter().map(|f| (held.path.to_owned(), f)));
        }
    }
    new.retain(|(path, _)| of_documents.contains(path));
    let mut decided = Decided::of(&answers, new);
    let texts = decided.allow(&session.run, &session.jobs)?;
    let texts = match texts {
        Ok(texts) => texts,
        Err(problem) => {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    };
    for (path, text) in &texts {
        if let Err(problem) = written(&session.names.show(path), replace(path, text)) {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    }
    for (which, (baseline, there)) in baselines.all().iter().enumerate() {
        let held = held(&files, &of, which);
        let note = |path: &Path, finding: &Finding| {
            decided.left_alone.iter().find(|fate| fate.is_about(path, finding)).map(|fate| fate.note.clone())
        };
        let path_of = |finding: &Finding| session.names.absolute(Path::new(finding.source.name()));
        let entries =
            baseline.renewed(&held, &matches[which], today, |finding| note(&path_of(finding), finding));
        if entries.is_empty() && !there {
            continue;
        }
        let text = render(&entries);
        let done = if *there { replace(&baseline.path, &text) } else { create(&baseline.path, &text) };
        if let Err(problem) = written(&baseline.name, done) {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    }
    decided.tell(out)?;
    Ok(Exit::Clean)
}

fn held<'a>(files: &'a [File], of: &[usize], which: usize) -> Vec<Held<'a>> {
    files.iter().zip(of).filter(|(_, of)| **of == which).map(|(file, _)| file.held()).collect()
}

fn written(name: &str, done: io::Result<()>) -> Result<(), AnyProblem> {
    done.map_err(|error| {
        let message = format!("{name} cannot be written: {}", in_words(&error));
        Problem::new("output::not-writable", message).into()
    })
}

/// The answers in a file.
fn answers(file: &Path) -> Result<Answers, Vec<AnyProblem>> {
    let name = file.display();
    let bytes = fs::read(file).map_err(|error| {
        let message = format!("{name} cannot be read: {}", in_words(&error));
        vec![AnyProblem::from(Problem::new("worklist::unreadable", message))]
    })?;
    Answers::read(&bytes).map_err(|mistakes| {
        let problem = |mistake: worklist::Mistake| {
            let row = mistake.row.map(|row| format!(", row {row}")).unwrap_or_default();
            Problem::new("worklist::answer", format!("{name}{row}: {}", mistake.what))
                .help(mistake.help)
                .into()
        };
        mistakes.into_iter().map(problem).collect()
    })
}

/// Everything that follows from the answers.
struct Decided {
    /// To be allowed in the document.
    allow: Vec<Fate>,
    /// To be left alone by the baseline.
    left_alone: Vec<Fate>,
    drafts: Drafts,
    tally: Tally,
}

impl Decided {
    fn of(answers: &Answers, new: Vec<(PathBuf, Finding)>) -> Decided {
        let mut decided = Decided {
            allow: Vec::new(),
            left_alone: Vec::new(),
            drafts: Drafts::default(),
            tally: Tally::default(),
        };
        let mut documents: HashMap<String, HashSet<&Path>> = HashMap::new();
        for (path, finding) in &new {
            documents.entry(worklist::id(finding)).or_default().insert(path);
        }
        decided.tally.gone = answers.decided.keys().filter(|id| !documents.contains_key(*id)).count();
        for (path, finding) in &new {
            let id = worklist::id(finding);
            let tally = &mut decided.tally;
            let fate = |until: Option<Date>, because: Option<&str>| Fate {
                path: path.clone(),
                rule: finding.rule.clone(),
                span: finding.span,
                note: Note { until, because: because.map(str::to_owned) },
            };
            match answers.decided.get(&id).map(|answer| &answer.decision) {
                None => tally.open += 1,
                Some(Decision::Rewrite) => tally.rewrite += 1,
                Some(Decision::Later { until }) => {
                    tally.later += 1;
                    decided.left_alone.push(fate(Some(*until), None));
                }
                Some(Decision::Unfair { because }) => {
                    *tally.unfair.entry(finding.rule.clone()).or_default() += 1;
                    let said = because.as_ref().map_or("unfair".to_owned(), |why| format!("unfair: {why}"));
                    decided.left_alone.push(fate(None, Some(&said)));
                }
                Some(Decision::Keep { because }) if documents[&id].len() > 1 => {
                    tally.drafted += 1;
                    decided.drafts.add(because, finding);
                    decided.left_alone.push(fate(None, Some(because)));
                }
                Some(Decision::Keep { because }) => decided.allow.push(fate(None, Some(because))),
            }
        }
        decided
    }

    /// The texts of documents with what is allowed in them; where that cannot be, it is left alone by the baseline.
    fn allow(
        &mut self,
        run: &crate::engine::Run,
        jobs: &[Job],
    ) -> io::Result<Result<Vec<(PathBuf, String)>, AnyProblem>> {
        let mut texts = Vec::new();
        for job in jobs {
            let path = &job.target.path;
            let (here, elsewhere): (Vec<Fate>, Vec<Fate>) =
                std::mem::take(&mut self.allow).into_iter().partition(|fate| fate.path == *path);
            self.allow = elsewhere;
            if here.is_empty() {
                continue;
            }
            let words = |finding: &Finding| {
                let fate = here.iter().find(|fate| fate.is_about(path, finding))?;
                let because = fate.note.because.clone().unwrap_or_default();
                Some(Words { rule: fate.rule.clone(), because, until: None })
            };
            match run.allow(job, words) {
                Ok(Allowing::Written { text, .. }) => {
                    self.tally.allowed += here.len();
                    self.tally.in_documents += 1;
                    texts.push((path.clone(), text));
                }
                Ok(Allowing::Nothing | Allowing::NotWritten { .. }) => {
                    self.tally.by_hand += here.len();
                    self.left_alone.extend(here);
                }
                Err(problem) => return Ok(Err(problem)),
            }
        }
        Ok(Ok(texts))
    }

    /// What became of it all, and what is left.
    fn tell(&self, out: &mut Output) -> io::Result<()> {
        let Tally { rewrite, allowed, in_documents, drafted, by_hand, later, unfair, open, gone } =
            &self.tally;
        let mut line = |n: usize, text: String| if n > 0 { writeln!(out, "{text}") } else { Ok(()) };
        line(*rewrite, format!("{} to rewrite; found until then", plural(*rewrite, "finding")))?;
        let (kept, docs) = (plural(*allowed, "finding"), plural(*in_documents, "document"));
        line(*allowed, format!("{kept} kept, by exceptions in {docs}"))?;
        let kept = plural(*by_hand, "finding");
        line(*by_hand, format!("{kept} kept, by the baseline: no exception can be written there"))?;
        let kept = plural(*drafted, "finding");
        line(
            *drafted,
            format!(
                "{kept} kept in several documents: by the baseline, until the boundary below is in the policy"
            ),
        )?;
        line(*later, format!("{} left alone until a day", plural(*later, "finding")))?;
        for (rule, n) in unfair {
            line(*n, format!("{} of {rule} called unfair", plural(*n, "finding")))?;
        }
        line(*open, format!("{} not decided", plural(*open, "finding")))?;
        line(*gone, format!("{} about what is no longer found", plural(*gone, "decision")))?;
        if !self.drafts.is_empty() {
            write!(out, "\nfor the policy, to be read and named by a person:\n\n{}", self.drafts.text())?;
        }
        Ok(())
    }
}
