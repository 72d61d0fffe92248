//! Paths of documents that come in as rows → settings, rules and policy for each, found as for a file at that path.
//!
//! A path is only a name here. Nothing lies there, nothing is opened there, and it cannot lead out of the folder of
//! the call: rows may come from anybody.

use super::{Builder, Stopped, configs, here, only, today, unknown_names};
use crate::cli::args::Documents;
use crate::cli::policies::Policies;
use crate::config::{Config, Configs, FILE, climb};
use crate::document::Limits;
use crate::engine::{Job, Run};
use crate::lint::Linter;
use crate::problem::{AnyProblem, Problem};
use crate::walk::{Names, Target};
use std::collections::{HashMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Finds out what holds for rows.
pub struct Rows {
    names: Names,
    configs: Configs,
    builder: Builder,
    /// Settings and linters whose names have been looked at.
    known: HashSet<(usize, usize)>,
    /// Folders whose settings make no sense, and why.
    wrong: HashMap<PathBuf, String>,
    problems: Vec<AnyProblem>,
}

/// What is to be done with a row.
pub enum Placed {
    /// It is to be checked.
    Job(Box<Job>),
    /// The settings leave it out: why, in a few words.
    LeftOut(String),
}

impl Rows {
    /// Gets everything ready that does not depend on a row.
    ///
    /// # Errors
    /// Settings or options that make no sense, or a policy named in the call that cannot be read.
    pub fn open(args: &Documents) -> Result<(Rows, Run), Stopped> {
        let names = here()?;
        let mut configs = configs(&names, args.config.as_deref());
        let config = configs.at(names.here());
        let wrong = configs.problems();
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut builder = Builder {
            policies: Policies::new(&names, args.policy.as_deref()),
            sensitivity: args.sensitivity,
            names: names.clone(),
            linters: HashMap::new(),
            broken: Vec::new(),
            problems: Vec::new(),
        };
        let target = Target {
            path: names.here().join("row.md"),
            name: "row.md".to_owned(),
            config: config.clone(),
            named: true,
        };
        let linter = builder.linter(&target)?;
        let mut problems = std::mem::take(&mut builder.problems);
        problems.extend(builder.policies.problems());
        problems.extend(unknown_names(&[(&linter, &config)], &builder.broken));
        if !problems.is_empty() {
            return Err(problems);
        }
        let run = Run {
            only: only(&args.only, &[(&linter, &config)])?,
            together: false,
            today: today(args.today),
            fail_on: None,
            max_size: args.max_size,
        };
        let known = HashSet::from([pair(&linter, &config)]);
        Ok((Rows { names, configs, builder, known, wrong: HashMap::new(), problems }, run))
    }

    /// The largest document the settings of the call allow, in bytes.
    pub fn largest(&mut self, args: &Documents) -> u64 {
        let config = self.configs.at(self.names.here());
        let said = args.max_size.or(config.max_size.as_ref().map(|s| s.value));
        said.unwrap_or(Limits::default().max_bytes)
    }

    /// What holds for a row.
    ///
    /// # Errors
    /// A path that leads out of the folder of the call, or settings that make no sense.
    pub fn place(&mut self, number: u64, path: &str, text: String) -> Result<Placed, AnyProblem> {
        let given = Path::new(path);
        let inside = |part: Component<'_>| matches!(part, Component::Normal(_) | Component::CurDir);
        if path.ends_with('/') || given.file_name().is_none() || !given.components().all(inside) {
            let message = format!("row {number} has a path that names no file below this folder: `{path}`");
            let help = "a path in a row is relative and has no `..`; it only says which settings hold";
            return Err(Problem::new("batch::path", message).help(help).into());
        }
        if given.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("promise")) {
            let message = format!("row {number} is a policy, not a document");
            let help = "name policies with --policy, or check them as files";
            return Err(Problem::new("batch::policy", message).help(help).into());
        }
        let path = self.names.absolute(given);
        // Folders that are not there have no settings; without them what is kept grows with the disk, not the rows.
        let home = path.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(&path);
        let config = self.settings(number, home)?;
        let name = self.names.show(&path);
        if let Some(glob) = config.excludes(&path) {
            let why = format!("excluded by `{}` ({})", glob.value.text(), config.place(glob.span));
            return Ok(Placed::LeftOut(why));
        }
        let at =
            Target { path: home.join("row.md"), name: name.clone(), config: config.clone(), named: true };
        let linter = self.builder.linter(&at).map_err(|stopped| first(number, stopped))?;
        if self.known.insert(pair(&linter, &config)) {
            self.problems.extend(unknown_names(&[(&linter, &config)], &self.builder.broken));
        }
        let target = Target { path, name, config, named: true };
        Ok(Placed::Job(Box::new(Job { target, bytes: Some(text.into_bytes()), linter })))
    }

    /// What went wrong with settings and policies since the last time this was asked; each is told once.
    pub fn problems(&mut self) -> Vec<AnyProblem> {
        let mut problems = std::mem::take(&mut self.problems);
        problems.append(&mut self.builder.problems);
        problems.extend(self.builder.policies.problems());
        problems
    }

    /// What is worth knowing about the policies since the last time this was asked.
    pub fn warnings(&mut self) -> Vec<AnyProblem> {
        self.builder.policies.warnings()
    }

    /// The settings in a folder that is there.
    fn settings(&mut self, number: u64, home: &Path) -> Result<Arc<Config>, AnyProblem> {
        let config = self.configs.at(home);
        let wrong = self.configs.problems();
        if wrong.is_empty() && self.wrong.is_empty() {
            return Ok(config);
        }
        let Some(folder) = climb(home).find(|folder| folder.join(FILE).exists()) else { return Ok(config) };
        if let Some(why) = wrong.first() {
            self.wrong.insert(folder.to_owned(), why.to_string());
        }
        self.problems.extend(wrong);
        match self.wrong.get(folder) {
            None => Ok(config),
            Some(why) => {
                let message = format!("row {number} falls under settings that make no sense: {why}");
                Err(Problem::new("batch::settings", message).help("mend that loosetight.toml").into())
            }
        }
    }
}

fn pair(linter: &Arc<Linter>, config: &Arc<Config>) -> (usize, usize) {
    (Arc::as_ptr(linter) as usize, Arc::as_ptr(config) as usize)
}

fn first(number: u64, stopped: Stopped) -> AnyProblem {
    stopped.into_iter().next().unwrap_or_else(|| {
        Problem::new("batch::settings", format!("row {number} has no rules to be held against")).into()
    })
}
