//! A document, its policy and the rules → what there is to say about it. Document by document, in parallel, with the
//! same result in the same order each time.

mod allow;
mod cover;
pub mod examples;
mod fix;
mod policy;
mod weigh;

pub use allow::Allowing;
pub use cover::{Covered, Evidence, OutcomeCovered, ParticularCovered, SectionCovered};
pub use fix::Fixed;
pub use policy::{CheckedPolicy, PolicyJob};

use crate::assign::{Assignment, By, Said, Unknown, assign};
use crate::config::{Config, FailOn};
use crate::document::{self, Document, Format, Kind, Limits, ReadError};
use crate::figures::Figures;
use crate::finding::Finding;
use crate::language::TokenKind;
use crate::lint::{Facts, Linter, Setting};
use crate::nearest::nearest;
use crate::policy::{Policy, TouchpointId};
use crate::problem::{AnyProblem, Problem, in_words};
use crate::source::Source;
use crate::triage::settle::{Allowed, Settle, Settled, Told};
use crate::triage::{Only, Triage};
use crate::walk::Target;
use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use serde::Serialize;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A document, checked.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The document, as it is shown to people.
    pub name: String,
    /// To open it.
    pub path: PathBuf,
    /// The settings that hold for it.
    pub config: Arc<Config>,
    /// Its text, which places refer to.
    pub source: Source,
    /// How it was read.
    pub format: Format,
    /// What it is for.
    pub kind: Kind,
    /// Names of the touchpoints it is about as a whole.
    pub touchpoints: Vec<String>,
    /// Where it is used.
    pub site: Option<String>,
    /// Who is in charge of it.
    pub owner: Option<String>,
    /// The policy it was held against, as it is shown to people.
    pub policy: Option<String>,
    /// How many words it holds, code aside.
    pub words: usize,
    /// What there is to say, in order.
    pub findings: Vec<Finding>,
    /// How many findings are known from a baseline, and left out.
    pub known: usize,
    /// What was found and is allowed, in order.
    pub allowed: Vec<Allowed>,
    /// What is allowed, in the order it stands in the document.
    pub allowances: Vec<Told>,
    /// From which level on a finding ends the run with exit code 1.
    pub fail_on: FailOn,
    /// Whether one of them does.
    pub fails: bool,
    /// What the two numbers are made of.
    pub figures: Figures,
    /// What is kept well, the best first.
    pub kept: Vec<Kept>,
    /// Headings of sections at no touchpoint, where the policy has touchpoints.
    pub nowhere: Vec<String>,
    /// Remarks about what the document says of itself, each a sentence.
    pub remarks: Vec<String>,
    /// What counts when all documents are looked at together, where that was asked for.
    pub facts: Option<Facts>,
}

/// A sentence worth keeping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// What is good about it.
    pub what: Keep,
    /// The sentence.
    pub text: String,
    /// The document, as it is shown to people.
    pub file: String,
    /// Its line, from 1.
    pub line: u32,
    /// How well it says it; only to compare.
    #[serde(skip)]
    pub worth: u32,
}

/// What is worth keeping about a sentence, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Keep {
    /// It says what the customer gets, feels, knows or can do.
    Outcome,
    /// It leaves room.
    Room,
    /// It tells what happened.
    Story,
}

/// One document to check, and all that is needed for it.
#[derive(Clone, Debug)]
pub struct Job {
    /// The file.
    pub target: Target,
    /// Its bytes, where they were handed over instead of lying in the file.
    pub bytes: Option<Vec<u8>>,
    /// The rules and the policy it is held against.
    pub linter: Arc<Linter>,
}

/// What holds for all documents of a run.
#[derive(Clone, Debug)]
pub struct Run {
    /// What was asked for.
    pub only: Only,
    /// Whether documents are to be looked at together as well.
    pub together: bool,
    /// The day of the run.
    pub today: Date,
    /// From which level on a finding ends the run with exit code 1, where not the settings should decide.
    pub fail_on: Option<FailOn>,
    /// The largest file that is read, in bytes, where neither the settings nor the default should decide.
    pub max_size: Option<u64>,
}

/// What became of a document; `None` where it was not asked for.
pub type Outcome<T> = Result<Option<T>, AnyProblem>;

/// Bytes of documents that are worked on together, at most, counting each as at least a kilobyte.
const BATCH: u64 = 4_000_000;

/// Does a work for every job, in parallel, and hands the results over one by one, in the order of the jobs. Only a
/// few batches of documents are held at a time. A mistake of the work's own costs one document, not the run.
///
/// # Errors
/// The first error of `each`, which stops the run.
pub fn in_order<T: Send, E>(
    jobs: Vec<Job>,
    work: impl Fn(Job) -> Outcome<T> + Sync,
    mut each: impl FnMut(Outcome<T>) -> Result<(), E>,
) -> Result<(), E> {
    let guarded = |job: Job| {
        let name = job.target.name.clone();
        guarded(&name, || work(job))
    };
    if jobs.len() < 2 {
        return jobs.into_iter().try_for_each(|job| each(guarded(job)));
    }
    std::thread::scope(|scope| {
        // One batch may wait: the next is worked on while one is written.
        let (done, results) = std::sync::mpsc::sync_channel::<Vec<Outcome<T>>>(1);
        let guarded = &guarded;
        scope.spawn(move || {
            for batch in batches(jobs) {
                let worked = batch.into_par_iter().map(guarded).collect();
                if done.send(worked).is_err() {
                    break;
                }
            }
        });
        results.iter().flatten().try_for_each(each)
    })
}

/// Does a work on a document. A mistake of the work's own costs this document, not the run.
pub fn guarded<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        let message = format!("{name} could not be checked: that is a mistake of loosetight's own");
        let help = "please report it, with the document or the passage that brings it about";
        Err(Problem::new("engine::broken", message).help(help).into())
    })
}

impl Run {
    /// Checks documents and hands the results over one by one, in the order of the jobs.
    ///
    /// # Errors
    /// The first error of `each`, which stops the run.
    pub fn check<E>(
        &self,
        jobs: Vec<Job>,
        each: impl FnMut(Outcome<Checked>) -> Result<(), E>,
    ) -> Result<(), E> {
        in_order(jobs, |job| self.document(job), each)
    }

    /// Holds documents against the outcomes of their policies and hands the answers over one by one, in the order of
    /// the jobs.
    ///
    /// # Errors
    /// The first error of `each`, which stops the run.
    pub fn cover<E>(
        &self,
        jobs: Vec<Job>,
        each: impl FnMut(Outcome<Covered>) -> Result<(), E>,
    ) -> Result<(), E> {
        in_order(jobs, |job| cover::document(self, &job), each)
    }

    /// Checks one document.
    fn document(&self, job: Job) -> Outcome<Checked> {
        self.one(&job, None)
    }

    /// Checks one document. `kind` is what whoever hands it over says it is for; what it says itself goes before that.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn one(&self, job: &Job, kind: Option<Kind>) -> Outcome<Checked> {
        let document = self.read(job)?;
        let Target { path, name, config, .. } = &job.target;
        let policy = job.linter.policy();
        let mut assignment = assign(&document, path, config, policy);
        if let Some(value) = kind.filter(|_| !matches!(assignment.kind.by, By::Metadata(_))) {
            assignment.kind = Said { value, by: By::Call };
        }
        if !self.only.wants(&assignment) {
            return Ok(None);
        }
        let reading = job.linter.read(&document);
        let setting = Setting { kind: assignment.kind.value, sections: &assignment.sections };
        let covered = job.linter.cover(&document, &reading);
        let (findings, excused) = job.linter.check_covered(&document, &reading, setting, &covered);
        let facts = self.together.then(|| Facts {
            site: assignment.site.value.clone(),
            ..job.linter.facts(&document, &reading, setting, excused)
        });
        let triage = Triage {
            document: &document,
            assignment: &assignment,
            policy,
            config,
            only: &self.only,
            today: self.today,
        };
        let findings = triage.run(findings);
        let figures = weigh::weigh(&document, &reading, &findings, &assignment, policy, &covered);
        let settle = Settle {
            document: &document,
            kind: assignment.kind.value,
            rules: job.linter.rules(),
            today: self.today,
        };
        let Settled { mut findings, about, allowed, allowances } =
            settle.run(findings, |rule| job.linter.speaks(rule) && triage.speaks(rule));
        findings.extend(triage.run(about));
        findings.sort_by(|a, b| a.key().cmp(&b.key()));
        let fail_on = self.fail_on.or(config.fail_on.as_ref().map(|s| s.value)).unwrap_or_default();
        let named = |id: &TouchpointId| policy.map(|p| p.touchpoint(*id).name.text.clone());
        Ok(Some(Checked {
            name: name.clone(),
            path: path.clone(),
            config: config.clone(),
            known: 0,
            source: document.source.clone(),
            format: document.format,
            kind: assignment.kind.value,
            touchpoints: assignment.touchpoints.value.iter().filter_map(named).collect(),
            site: assignment.site.value.clone(),
            owner: assignment.owner.value.clone(),
            policy: policy.and_then(|p| p.sources.first()).map(|s| s.name().to_owned()),
            words: reading.tokens.iter().filter(|t| t.kind == TokenKind::Word).count(),
            figures,
            allowed,
            allowances,
            fail_on,
            fails: findings.iter().any(|f| fail_on.holds(f.level)),
            kept: weigh::kept(&document, &reading, assignment.kind.value),
            remarks: remarks(&document, &assignment, policy),
            nowhere: weigh::nowhere(&document, &assignment, policy),
            facts,
            findings,
        }))
    }

    /// Reads a document.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn read(&self, job: &Job) -> Result<Document, AnyProblem> {
        let Target { name, .. } = &job.target;
        // A file whose name says nothing was named in the call or by `include`: whoever did that means text.
        let format = document::format_of(name).unwrap_or(Format::Text);
        let bytes = self.bytes(job)?.into_owned();
        Ok(document::read_as(name, bytes, format, self.limits(&job.target))?)
    }

    /// The bytes of a document.
    ///
    /// # Errors
    /// A file that cannot be opened, or is too large.
    pub fn bytes<'a>(&self, job: &'a Job) -> Result<Cow<'a, [u8]>, AnyProblem> {
        match &job.bytes {
            Some(bytes) => Ok(Cow::Borrowed(bytes)),
            None => bytes_of(&job.target.path, &job.target.name, self.limits(&job.target)).map(Cow::Owned),
        }
    }

    fn limits(&self, target: &Target) -> Limits {
        let mut limits = Limits::default();
        if let Some(max) = self.max_size.or(target.config.max_size.as_ref().map(|s| s.value)) {
            limits.max_bytes = max;
        }
        limits
    }
}

impl Checked {
    /// Says anew whether a finding ends the run with exit code 1, after some were left out.
    pub fn judge(&mut self) {
        self.fails = self.findings.iter().any(|f| self.fail_on.holds(f.level));
    }

    /// Everything that was found, in order, with what allows it, if anything does.
    pub fn told(&self) -> Vec<(&Finding, Option<&Told>)> {
        let found = self.findings.iter().map(|finding| (finding, None));
        let allowed = self.allowed.iter().map(|a| (&a.finding, self.allowances.get(a.by)));
        let mut all: Vec<_> = found.chain(allowed).collect();
        all.sort_by(|a, b| a.0.key().cmp(&b.0.key()));
        all
    }
}

/// What a document says of itself that nobody understands.
fn remarks(document: &Document, assignment: &Assignment, policy: Option<&Policy>) -> Vec<String> {
    let said = assignment.unknown.iter().filter(|unknown| unknown.key == "kind" || policy.is_some());
    said.map(|Unknown { key, word, span }| {
        let line = document.source.position(span.start).line;
        let touchpoints = policy.into_iter().flat_map(|p| p.touchpoints.iter().map(|t| t.name.text.as_str()));
        let meant = match *key {
            "kind" => nearest(word, Kind::ALL.map(Kind::word)),
            _ => nearest(word, touchpoints),
        };
        let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        format!("{}:{line} names a {key} that there is not, `{word}`{meant}", document.source.name())
    })
    .collect()
}

/// The bytes of a file. One that is too large is not read at all.
fn bytes_of(path: &Path, name: &str, limits: Limits) -> Result<Vec<u8>, AnyProblem> {
    let unreadable = |error: io::Error| {
        Problem::new("document::unreadable", format!("{name} cannot be read: {}", in_words(&error)))
    };
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > limits.max_bytes {
        let limit = limits.max_bytes;
        return Err(ReadError::TooLarge { name: name.to_owned(), bytes: size, limit }.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    // One byte more than allowed: the reader then refuses a file that has grown since.
    file.take(limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Jobs in batches of about [`BATCH`] bytes.
fn batches(jobs: Vec<Job>) -> Vec<Vec<Job>> {
    let mut batches = Vec::new();
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for job in jobs {
        bytes += std::fs::metadata(&job.target.path).map_or(0, |m| m.len()).max(1_000);
        batch.push(job);
        if bytes >= BATCH {
            batches.push(std::mem::take(&mut batch));
            bytes = 0;
        }
    }
    batches.push(batch);
    batches
}
