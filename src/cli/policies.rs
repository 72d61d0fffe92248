//! Which policy a document is held against: the one named in the call, else in the settings, else the nearest going
//! up. Each is read once, and each mistake told once.

use crate::config::{Config, climb};
use crate::policy::Policy;
use crate::problem::{AnyProblem, Problem, in_words, listed};
use crate::walk::Names;
use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The policies of a run.
pub struct Policies {
    names: Names,
    /// Named in the call: holds everywhere.
    fixed: Option<PathBuf>,
    /// The policy of each folder, so that a folder is looked through once.
    nearest: HashMap<PathBuf, Option<PathBuf>>,
    /// What was read; `None` where it could not be.
    read: HashMap<PathBuf, Option<Arc<Policy>>>,
    problems: Vec<AnyProblem>,
}

impl Policies {
    /// Policies seen from here; `fixed` is the one the call names.
    pub fn new(names: &Names, fixed: Option<&Path>) -> Self {
        Policies {
            names: names.clone(),
            fixed: fixed.map(|path| names.absolute(path)),
            nearest: HashMap::new(),
            read: HashMap::new(),
            problems: Vec::new(),
        }
    }

    /// The path of the policy for a document in `folder`.
    pub fn path_for(&mut self, folder: &Path, config: &Config) -> Option<PathBuf> {
        let named = self.fixed.clone().or_else(|| config.policy.as_ref().map(|p| p.value.clone()));
        named.or_else(|| self.nearest(folder))
    }

    /// The nearest policy, going up from a folder.
    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        let mut climbed = Vec::new();
        let mut found = None;
        for at in climb(folder) {
            if let Some(known) = self.nearest.get(at) {
                found = known.clone();
                break;
            }
            climbed.push(at.to_owned());
            found = self.in_folder(at);
            if found.is_some() {
                break;
            }
        }
        self.nearest.extend(climbed.into_iter().map(|at| (at, found.clone())));
        found
    }

    /// The policy that lies in a folder. Of several the first by name is taken, and the choice asked for.
    fn in_folder(&mut self, folder: &Path) -> Option<PathBuf> {
        let entries = fs::read_dir(folder).ok()?.filter_map(Result::ok);
        let mut here: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension() == Some(OsStr::new("promise")))
            .collect();
        here.sort();
        if here.len() > 1 {
            let shown: Vec<String> = here.iter().map(|path| self.names.show(path)).collect();
            let message = format!("there are {} policies in one folder: {}", here.len(), listed(&shown));
            let own = here[0].file_name().unwrap_or_default().to_string_lossy();
            let help = format!("say which one counts: --policy, or  policy = \"{own}\"  in loosetight.toml");
            self.problems.push(Problem::new("policy::several", message).help(help).into());
        }
        here.into_iter().next()
    }

    /// The policy at a path, and whether it was read now or before. `None` where it cannot be read: that has been
    /// told.
    pub fn at(&mut self, path: &Path) -> Option<Arc<Policy>> {
        if let Some(known) = self.read.get(path) {
            return known.clone();
        }
        let policy = match self.load(path) {
            Ok(policy) => policy.map(Arc::new),
            Err(problems) => {
                self.problems.extend(problems);
                None
            }
        };
        self.read.insert(path.to_owned(), policy.clone());
        policy
    }

    fn load(&self, path: &Path) -> Result<Option<Policy>, Vec<AnyProblem>> {
        let name = self.names.show(path);
        let unreadable = |why: String| {
            vec![AnyProblem::from(Problem::new(
                "policy::unreadable",
                format!("the policy {name} cannot be read: {why}"),
            ))]
        };
        match fs::metadata(path) {
            Err(error) => Err(unreadable(in_words(&error))),
            Ok(data) if data.is_dir() => Err(unreadable("it is a folder".to_owned())),
            Ok(data) if !data.is_file() => Err(unreadable("it is not a file".to_owned())),
            // The language is not read yet: documents are held against the rules alone.
            Ok(_) => Ok(None),
        }
    }

    /// What went wrong since the last time this was asked.
    pub fn problems(&mut self) -> Vec<AnyProblem> {
        std::mem::take(&mut self.problems)
    }
}
