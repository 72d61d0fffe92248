//! Which policy a document is held against: the one named in the call, else in the settings, else the nearest going
//! up. Each is read once, and each mistake told once.
//!
//! A `.promise` file without a brand is part of a policy that includes it, and no policy of its own.

use crate::config::{Config, climb};
use crate::policy::load::Texts;
use crate::policy::{Mistake, Policy, PolicyErrors};
use crate::problem::{AnyProblem, Problem, listed};
use crate::walk::Names;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The policies of a run.
pub struct Policies {
    names: Names,
    /// Named in the call: holds everywhere.
    fixed: Option<PathBuf>,
    /// Texts that take the place of files: what came in on standard input.
    texts: Texts,
    /// The policy of each folder, so that a folder is looked through once.
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    read: HashMap<PathBuf, Result<Arc<Policy>, PolicyErrors>>,
    /// Policies whose mistakes have been told.
    told: HashSet<PathBuf>,
    problems: Vec<AnyProblem>,
    warnings: Vec<AnyProblem>,
}

impl Policies {
    /// Policies seen from here; `fixed` is the one the call names.
    pub fn new(names: &Names, fixed: Option<&Path>) -> Self {
        Policies {
            names: names.clone(),
            fixed: fixed.map(|path| names.absolute(path)),
            texts: Texts::new(),
            nearest: HashMap::new(),
            read: HashMap::new(),
            told: HashSet::new(),
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// From now on this text stands in the place of a file.
    pub fn instead_of(&mut self, path: &Path, text: String) {
        self.texts.insert(path.to_owned(), text);
    }

    /// The path of the policy for a document in `folder`.
    pub fn path_for(&mut self, folder: &Path, config: &Config) -> Option<PathBuf> {
        let named = self.fixed.clone().or_else(|| config.policy.as_ref().map(|p| p.value.clone()));
        named.or_else(|| self.nearest(folder))
    }

    /// The policy at a path. `None` where it cannot be read: that has been told.
    pub fn at(&mut self, path: &Path) -> Option<Arc<Policy>> {
        self.read(path);
        match self.read.get(path)? {
            Ok(policy) => Some(policy.clone()),
            Err(mistakes) => {
                if self.told.insert(path.to_owned()) {
                    let mistakes = mistakes.clone();
                    self.problems.extend(mistakes.errors.into_iter().map(AnyProblem::from));
                    self.warnings.extend(mistakes.warnings.into_iter().map(AnyProblem::from));
                }
                None
            }
        }
    }

    /// The policy at a path a walk came across; `None` also for a file that is part of another policy.
    pub fn walked(&mut self, path: &Path) -> Option<Arc<Policy>> {
        if self.is_part(path) {
            let above = path.parent().and_then(|folder| self.nearest(folder));
            if let Some(above) = above {
                self.read(&above);
            }
            if self.read.values().flatten().any(|policy| self.holds(policy, path)) {
                return None;
            }
        }
        self.at(path)
    }

    /// What went wrong since the last time this was asked.
    pub fn problems(&mut self) -> Vec<AnyProblem> {
        std::mem::take(&mut self.problems)
    }

    /// What is worth knowing since the last time this was asked.
    pub fn warnings(&mut self) -> Vec<AnyProblem> {
        std::mem::take(&mut self.warnings)
    }

    /// Reads a policy, unless it has been read.
    fn read(&mut self, path: &Path) {
        if self.read.contains_key(path) {
            return;
        }
        // By the name people see, so that every place in it is shown that way.
        let shown = PathBuf::from(self.names.show(path));
        let opened = if self.names.absolute(&shown) == path { &shown } else { path };
        let read = match Policy::load_with(opened, &self.texts) {
            Ok((policy, warnings)) => {
                self.warnings.extend(warnings.into_iter().map(AnyProblem::from));
                Ok(Arc::new(policy))
            }
            Err(mistakes) => Err(mistakes),
        };
        self.read.insert(path.to_owned(), read);
    }

    /// Whether a file says nothing of a brand.
    fn is_part(&mut self, path: &Path) -> bool {
        self.read(path);
        let read = self.read.get(path).and_then(|read| read.as_ref().err());
        read.is_some_and(|mistakes| mistakes.errors.iter().any(|e| e.mistake == Mistake::NoBrand))
    }

    /// Whether a policy includes or extends a file.
    fn holds(&self, policy: &Policy, path: &Path) -> bool {
        policy.sources.iter().skip(1).any(|source| self.names.absolute(Path::new(source.name())) == path)
    }

    /// The nearest policy, going up from a folder. Where there are only parts of policies, the nearest of these: what
    /// is wrong with it will be told.
    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        let mut climbed = Vec::new();
        let mut found = None;
        let mut part = None;
        for at in climb(folder) {
            if let Some(known) = self.nearest.get(at) {
                found = known.clone();
                break;
            }
            climbed.push(at.to_owned());
            let (parts, policies): (Vec<_>, Vec<_>) =
                files(at).into_iter().partition(|path| self.is_part(path));
            part = part.or(parts.into_iter().next());
            if !policies.is_empty() {
                (found, part) = (self.one_of(policies), None);
                break;
            }
        }
        let found = found.or(part);
        self.nearest.extend(climbed.into_iter().map(|at| (at, found.clone())));
        found
    }

    /// The one policy of a folder: a group's policy steps back behind one that extends it. Of several none is taken,
    /// and the choice asked for.
    fn one_of(&mut self, policies: Vec<PathBuf>) -> Option<PathBuf> {
        let outermost = |path: &&PathBuf| {
            let others = policies.iter().filter(|other| other != path);
            !others
                .filter_map(|other| self.read.get(other)?.as_ref().ok())
                .any(|other| self.holds(other, path))
        };
        let here: Vec<&PathBuf> = policies.iter().filter(outermost).collect();
        let [first, others @ ..] = here.as_slice() else { return None };
        if !others.is_empty() {
            let shown: Vec<String> = here.iter().map(|path| self.names.show(path)).collect();
            let message = format!("there are {} policies in one folder: {}", here.len(), listed(&shown));
            let own = first.file_name().unwrap_or_default().to_string_lossy();
            let help = format!(
                "say which one counts: `--policy {}`, or `policy = \"{own}\"` in loosetight.toml",
                shown[0]
            );
            self.problems.push(Problem::new("policy::several", message).help(help).into());
            return None;
        }
        Some((*first).clone())
    }
}

/// The `.promise` files and folders in a folder, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension() == Some(OsStr::new("promise")))
        .collect();
    files.sort();
    files
}
