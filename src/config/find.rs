//! Which `loosetight.toml` holds for which file: the nearest, going up from it to the top of its repository, or of
//! the disk.

use super::{Config, FILE, read};
use crate::problem::{AnyProblem, Problem};
use crate::source::Source;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder and those above it, up to the top of its repository; outside of one, all of them.
pub fn climb(folder: &Path) -> impl Iterator<Item = &Path> {
    let mut inside = true;
    folder.ancestors().take_while(move |at| {
        let here = inside;
        inside = !at.join(".git").exists();
        here
    })
}

/// The settings that hold where; each file is read once, and each mistake reported once.
pub struct Configs {
    /// Named with `--config`: holds everywhere.
    fixed: Option<Arc<Config>>,
    none: Arc<Config>,
    by_folder: HashMap<PathBuf, Arc<Config>>,
    show: Box<dyn Fn(&Path) -> String + Send>,
    problems: Vec<AnyProblem>,
}

impl Configs {
    /// Settings found by walking up, shown to people under the name `show` gives their path.
    pub fn found(show: impl Fn(&Path) -> String + Send + 'static) -> Self {
        Configs {
            fixed: None,
            none: Arc::default(),
            by_folder: HashMap::new(),
            show: Box::new(show),
            problems: Vec::new(),
        }
    }

    /// The settings of one named file, wherever a document lies.
    pub fn fixed(path: &Path, show: impl Fn(&Path) -> String + Send + 'static) -> Self {
        let mut configs = Configs::found(show);
        configs.fixed = Some(match configs.load(path) {
            Ok(Some(config)) => config,
            Ok(None) => {
                let name = (configs.show)(path);
                let problem = Problem::new("config::not-found", format!("{name} does not exist"));
                configs.problems.push(problem.into());
                configs.none.clone()
            }
            Err(problems) => {
                configs.problems.extend(problems);
                configs.none.clone()
            }
        });
        configs
    }

    /// The settings for files in `folder`, an absolute path.
    pub fn at(&mut self, folder: &Path) -> Arc<Config> {
        if let Some(fixed) = &self.fixed {
            return fixed.clone();
        }
        let mut climbed = Vec::new();
        let mut found = self.none.clone();
        for at in climb(folder) {
            if let Some(known) = self.by_folder.get(at) {
                found = known.clone();
                break;
            }
            climbed.push(at.to_owned());
            match self.load(&at.join(FILE)) {
                Ok(Some(config)) => {
                    found = config;
                    break;
                }
                Ok(None) => {}
                Err(problems) => {
                    self.problems.extend(problems);
                    break;
                }
            }
        }
        self.by_folder.extend(climbed.into_iter().map(|at| (at, found.clone())));
        found
    }

    /// What was wrong with the files read so far; each is handed out once.
    pub fn problems(&mut self) -> Vec<AnyProblem> {
        std::mem::take(&mut self.problems)
    }

    /// All settings files read so far, by folder.
    pub fn all(&self) -> Vec<Arc<Config>> {
        let mut all: Vec<_> =
            self.by_folder.values().chain(&self.fixed).filter(|c| c.source.is_some()).collect();
        all.sort_by(|a, b| a.folder.cmp(&b.folder));
        all.dedup_by(|a, b| Arc::ptr_eq(a, b));
        all.into_iter().cloned().collect()
    }

    /// Reads one file; `None` where there is none.
    fn load(&self, path: &Path) -> Result<Option<Arc<Config>>, Vec<AnyProblem>> {
        let name = (self.show)(path);
        let failed = |why: String| {
            let problem = Problem::new("config::unreadable", format!("{name} cannot be read: {why}"));
            vec![AnyProblem::from(problem)]
        };
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| failed("it is not text in UTF-8".into()))?,
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(e) if e.kind() == io::ErrorKind::IsADirectory => return Err(failed("it is a folder".into())),
            Err(e) => return Err(failed(crate::problem::in_words(&e))),
        };
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        let folder = path.parent().unwrap_or(Path::new(""));
        match read::read(&Source::new(name.as_str(), text), folder) {
            Ok(config) => Ok(Some(Arc::new(config))),
            Err(problems) => Err(problems.into_iter().map(AnyProblem::from).collect()),
        }
    }
}
