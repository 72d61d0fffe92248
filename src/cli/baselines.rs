//! Which baseline holds for which document: the one the call or the settings name, else the nearest, going up.

use super::args::CheckArgs;
use super::session::Session;
use crate::baseline::{Baseline, FILE, Held};
use crate::config::{Config, climb};
use crate::engine::{Checked, CheckedPolicy};
use crate::finding::Finding;
use crate::problem::{AnyProblem, Problem, in_words};
use crate::walk::Names;
use jiff::civil::Date;
use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The baselines of a run, each read once.
pub struct Baselines {
    names: Names,
    fixed: Option<PathBuf>,
    /// Each with whether its file is there.
    known: Vec<(Baseline, bool)>,
    problems: Vec<AnyProblem>,
}

impl Baselines {
    /// Baselines found by going up, or the one the call names.
    pub fn new(names: &Names, fixed: Option<&Path>) -> Self {
        let fixed = fixed.map(|path| names.absolute(path));
        Baselines { names: names.clone(), fixed, known: Vec::new(), problems: Vec::new() }
    }

    /// The baseline a document is held against; `None` where there is none.
    pub fn for_reading(&mut self, document: &Path, config: &Config) -> Option<usize> {
        let path = match self.named(config) {
            Some(path) => {
                // What is named has to be there.
                let which = self.load(&path);
                if !self.known[which].1 && self.problems.is_empty() {
                    let name = self.names.show(&path);
                    let problem = Problem::new("baseline::not-found", format!("{name} does not exist"));
                    self.problems.push(problem.help("`loosetight baseline write` writes it").into());
                }
                path
            }
            None => nearest(document)?,
        };
        let which = self.load(&path);
        self.known[which].1.then_some(which)
    }

    /// The baseline a document's findings are written to: the one that holds, else a new one beside the settings, or
    /// where the call was made.
    pub fn for_writing(&mut self, document: &Path, config: &Config) -> usize {
        let beside = || match config.source {
            Some(_) => config.folder.join(FILE),
            None => self.names.here().join(FILE),
        };
        let path = self.named(config).or_else(|| nearest(document)).unwrap_or_else(beside);
        self.load(&path)
    }

    /// All that were asked for, each with whether its file is there.
    pub fn all(&self) -> &[(Baseline, bool)] {
        &self.known
    }

    /// What was wrong with any.
    pub fn problems(&mut self) -> Vec<AnyProblem> {
        std::mem::take(&mut self.problems)
    }

    fn named(&self, config: &Config) -> Option<PathBuf> {
        self.fixed.clone().or_else(|| config.baseline.as_ref().map(|setting| setting.value.clone()))
    }

    fn load(&mut self, path: &Path) -> usize {
        if let Some(at) = self.known.iter().position(|(known, _)| known.path == path) {
            return at;
        }
        let name = self.names.show(path);
        let empty = || Baseline::empty(path.to_owned(), name.clone());
        let read = match fs::read_to_string(path) {
            Ok(text) => match Baseline::parse(path, &name, &text) {
                Ok(baseline) => (baseline, true),
                Err(problem) => {
                    self.problems.push(problem);
                    (empty(), true)
                }
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => (empty(), false),
            Err(error) => {
                let message = format!("{name} cannot be read: {}", in_words(&error));
                self.problems.push(Problem::new("baseline::unreadable", message).into());
                (empty(), true)
            }
        };
        self.known.push(read);
        self.known.len() - 1
    }
}

/// What is known of a run from baselines.
pub struct Known {
    baselines: Baselines,
    names: Names,
    /// For each file the baseline it is held against, if any.
    of: HashMap<PathBuf, usize>,
}

impl Known {
    /// The baselines of a call's documents and policies.
    pub fn new(call: Option<&CheckArgs>, session: &Session, policies: &[CheckedPolicy]) -> Known {
        let mut baselines = Baselines::new(&session.names, call.and_then(|args| args.baseline.as_deref()));
        let mut of = HashMap::new();
        if !call.is_some_and(|args| args.no_baseline) {
            let jobs = session.jobs.iter().map(|job| (job.target.path.clone(), job.target.config.clone()));
            let policies = policies.iter().flat_map(|checked| {
                let files =
                    checked.files().into_iter().map(|(name, _)| session.names.absolute(Path::new(name)));
                files.map(|path| (path, checked.config.clone())).collect::<Vec<_>>()
            });
            for (path, config) in jobs.chain(policies) {
                if let Some(which) = baselines.for_reading(&path, &config) {
                    of.insert(path, which);
                }
            }
        }
        Known { baselines, names: session.names.clone(), of }
    }

    /// Whether no file is held against any.
    pub fn is_nothing(&self) -> bool {
        self.of.is_empty()
    }

    /// What was wrong with any.
    pub fn problems(&mut self) -> Vec<AnyProblem> {
        self.baselines.problems()
    }

    /// Takes out what is known, and says what no longer is found; nothing is called gone in a run that looked at less
    /// than everything.
    pub fn take(
        &self,
        policies: &mut [CheckedPolicy],
        documents: &mut [Checked],
        today: Date,
        everything: bool,
    ) -> Vec<String> {
        let mut files = by_file(&self.names, policies, documents);
        let mut notes = Vec::new();
        for (which, (baseline, _)) in self.baselines.all().iter().enumerate() {
            let mut here: Vec<&mut File> =
                files.iter_mut().filter(|file| self.of.get(&file.path) == Some(&which)).collect();
            let held: Vec<Held<'_>> = here.iter().map(|file| file.held()).collect();
            let matches = baseline.matches(&held, today, |path| !path.exists());
            let stale: u32 = baseline.stale(&matches, today).iter().map(|(_, n)| n).sum();
            if everything && stale > 0 {
                let (s, is) = if stale == 1 { ("", "is") } else { ("s", "are") };
                let name = &baseline.name;
                notes.push(format!(
                    "{stale} known passage{s} of {name} {is} no longer found; `loosetight baseline prune` takes out what is done"
                ));
            }
            for (at, file) in here.iter_mut().enumerate() {
                let all = std::mem::take(&mut file.findings);
                (file.findings, file.known) = matches.new_among(at, all);
            }
        }
        for file in files {
            match file.owner {
                Owner::Policy(at) => {
                    policies[at].findings.extend(file.findings);
                    policies[at].known += file.known;
                    policies[at].judge();
                }
                Owner::Document(at) => {
                    documents[at].findings = file.findings;
                    documents[at].known += file.known;
                    documents[at].judge();
                }
            }
        }
        notes
    }
}

/// A file and what was found in it.
pub struct File {
    /// The file.
    pub path: PathBuf,
    /// The settings that hold for it.
    pub config: Arc<Config>,
    findings: Vec<Finding>,
    known: usize,
    owner: Owner,
}

/// What a file's findings were taken from.
#[derive(Clone, Copy)]
enum Owner {
    Policy(usize),
    Document(usize),
}

impl File {
    /// To be held against a baseline.
    pub fn held(&self) -> Held<'_> {
        Held { path: &self.path, findings: &self.findings }
    }
}

/// Takes the findings out of policies and documents, file by file: a policy may include others.
pub fn by_file(names: &Names, policies: &mut [CheckedPolicy], documents: &mut [Checked]) -> Vec<File> {
    let mut files = Vec::with_capacity(policies.len() + documents.len());
    for (at, checked) in policies.iter_mut().enumerate() {
        for (name, findings) in checked.files() {
            files.push(File {
                path: names.absolute(Path::new(name)),
                config: checked.config.clone(),
                findings: findings.to_vec(),
                known: 0,
                owner: Owner::Policy(at),
            });
        }
        checked.findings.clear();
    }
    for (at, checked) in documents.iter_mut().enumerate() {
        files.push(File {
            path: checked.path.clone(),
            config: checked.config.clone(),
            findings: std::mem::take(&mut checked.findings),
            known: 0,
            owner: Owner::Document(at),
        });
    }
    files
}

/// The nearest baseline, going up from a document.
pub fn nearest(document: &Path) -> Option<PathBuf> {
    climb(document.parent()?).map(|folder| folder.join(FILE)).find(|path| path.is_file())
}
