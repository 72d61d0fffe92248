//! A `.promise` file and the files it names → one policy.
//!
//! `include` adds files to the same policy, as if they stood where they are named; `extends` puts a group's policy
//! under it. Both name files by paths that begin at the folder of the file they are written in. A policy must not be
//! a way to read other files of the machine (a pull request may bring one), so both lead to `.promise` files only, by
//! relative paths that stay inside the repository (the nearest folder upwards that holds `.git`, `.hg` or `.jj`), links
//! followed; without a repository, inside the folder above the policy's own, where a group's policy may stand.

use super::error::{Mistake, PolicyError, PolicyErrors};
use super::lower::{self, clause::Clause};
use super::model::{Place, Policy, Text};
use super::parse::LARGEST;
use crate::source::{Source, Span};
use globset::GlobBuilder;
use std::collections::HashMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// How deep files may include files.
pub const DEEPEST_INCLUDE: usize = 16;

/// A policy, and what is worth knowing about it although it is no mistake.
pub type Loaded = (Policy, Vec<PolicyError>);

/// Texts that take the place of files on disk: what is open in an editor, or came from standard input.
pub type Texts = HashMap<PathBuf, String>;

impl Policy {
    /// Reads a policy from a file, with the files it includes and extends.
    ///
    /// # Errors
    /// Every mistake in any of the files.
    pub fn load(path: &Path) -> Result<Loaded, PolicyErrors> {
        Policy::load_with(path, &Texts::new())
    }

    /// Reads a policy from a file, where some texts take the place of files.
    ///
    /// # Errors
    /// Every mistake in any of the files.
    pub fn load_with(path: &Path, texts: &Texts) -> Result<Loaded, PolicyErrors> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let texts = texts.iter().map(|(path, text)| (real(path), text.as_str())).collect();
        let loader = Loader { texts, fence: fence(&real(folder)), ..Loader::default() };
        loader.load(path)
    }

    /// Reads a policy from a text that has no file; it can include and extend nothing.
    ///
    /// # Errors
    /// Every mistake in it.
    pub fn parse(source: Source) -> Result<Loaded, PolicyErrors> {
        let (clauses, mut errors) = lower::check(&source, 0);
        for clause in &clauses {
            if let Some(word) = leads_elsewhere(clause) {
                errors.push(PolicyError::at(Mistake::NoFile { word }, &source, clause.head.span));
            }
        }
        finish(vec![clauses], vec![source], errors, Vec::new())
    }
}

fn leads_elsewhere(clause: &Clause) -> Option<&'static str> {
    Some(clause.word.phrase).filter(|p| matches!(*p, "include" | "extends"))
}

fn finish(
    layers: Vec<Vec<Clause>>,
    sources: Vec<Source>,
    errors: Vec<PolicyError>,
    mut warnings: Vec<PolicyError>,
) -> Result<Loaded, PolicyErrors> {
    match lower::policy(layers, sources, errors) {
        Ok(policy) => {
            warnings.extend(policy.overrides.iter().map(|o| {
                let what = match o.name.as_str() {
                    "" => format!("this `{}`", o.word),
                    name => format!("the {} `{name}`", o.word),
                };
                let source = |p: Place| policy.source(p);
                PolicyError::at(Mistake::Overridden { what }, source(o.place), o.place.span).and(
                    source(o.replaced),
                    o.replaced.span,
                    "the one it inherits",
                )
            }));
            Ok((policy, warnings))
        }
        Err(errors) => Err(PolicyErrors { errors, warnings }),
    }
}

#[derive(Default)]
struct Loader<'a> {
    /// Texts in the place of files, by the files' real paths.
    texts: HashMap<PathBuf, &'a str>,
    /// The folder no path may leave.
    fence: PathBuf,
    sources: Vec<Source>,
    errors: Vec<PolicyError>,
    warnings: Vec<PolicyError>,
    /// The files that are being read, from the asked-for one inwards: real path and shown path.
    open: Vec<(PathBuf, String)>,
    /// Every file that has been read.
    seen: Vec<PathBuf>,
}

/// Where a path is written: word and quotation.
#[derive(Clone, Copy)]
struct Named<'c> {
    word: &'static str,
    text: &'c Text,
}

impl Loader<'_> {
    fn load(mut self, path: &Path) -> Result<Loaded, PolicyErrors> {
        let mut layers = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next.take() {
            let mut group = None;
            layers.push(self.file(&path, None, &mut group));
            // The circle of groups stays open while the next one is read; includes have been closed.
            next = group.and_then(|(named, folder): (Text, PathBuf)| {
                let named = Named { word: "extends", text: &named };
                let path = self.target(named, &folder)?;
                self.may_open(&path, named).then_some(path)
            });
        }
        layers.reverse();
        finish(layers, self.sources, self.errors, self.warnings)
    }

    fn report(&mut self, mistake: Mistake, place: Place) {
        let source = &self.sources[place.source as usize];
        self.errors.push(PolicyError::at(mistake, source, place.span));
    }

    /// Reads one file and those it includes. `group` takes the policy it extends and the folder to look in.
    fn file(
        &mut self,
        path: &Path,
        named: Option<Named>,
        group: &mut Option<(Text, PathBuf)>,
    ) -> Vec<Clause> {
        let shown = shown(path);
        let real = real(path);
        self.open.push((real.clone(), shown.clone()));
        self.seen.push(real.clone());
        let text = match self.texts.get(&real) {
            Some(text) => Ok((*text).to_owned()),
            None => read(path, &shown),
        };
        let text = match text {
            Ok(text) => text,
            Err(mut error) => {
                // A file that says nothing itself: where it is named.
                error.place = error.place.or_else(|| {
                    let place = named?.text.place;
                    Some((self.sources[place.source as usize].clone(), place.span))
                });
                self.errors.push(*error);
                if self.sources.is_empty() {
                    self.sources.push(Source::new(shown, ""));
                }
                return Vec::new();
            }
        };
        let index = u32::try_from(self.sources.len()).unwrap_or(u32::MAX);
        let source = Source::new(shown, text);
        self.sources.push(source.clone());
        let (clauses, errors) = lower::check(&source, index);
        self.errors.extend(errors);
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let mut all = Vec::new();
        for clause in clauses {
            match leads_elsewhere(&clause) {
                Some("extends") if named.is_some() => {
                    let help = "the file a policy begins with says what it extends".to_owned();
                    let found = "part of a policy".to_owned();
                    self.report(Mistake::Unexpected { word: "extends", found, help }, clause.head);
                }
                Some("extends") => {
                    if let Some(text) = clause.texts().next().filter(|_| group.is_none()) {
                        *group = Some((text.clone(), folder.clone()));
                    }
                }
                Some(word) => {
                    for text in clause.texts().filter(|t| !t.text.is_empty()) {
                        all.extend(self.included(Named { word, text }, &folder));
                    }
                }
                None => all.push(clause),
            }
        }
        if named.is_some() {
            self.open.pop();
        }
        all
    }

    /// The clauses of the files an `include` names.
    fn included(&mut self, named: Named, folder: &Path) -> Vec<Clause> {
        if self.open.len() > DEEPEST_INCLUDE {
            self.report(Mistake::IncludedTooDeep, named.text.place);
            return Vec::new();
        }
        let written = &named.text.text;
        let paths: Vec<PathBuf> = if written.contains(['*', '?', '[', '{']) {
            let files = self.matching(named, folder);
            // A pattern may fit the file it stands in, or one that has been read already.
            files.into_iter().filter(|p| !self.seen.contains(&real(p))).collect()
        } else {
            let path = self.target(named, folder);
            path.filter(|p| self.may_open(p, named) && !self.seen.contains(&real(p))).into_iter().collect()
        };
        let mut clauses = Vec::new();
        for path in paths {
            clauses.extend(self.file(&path, Some(named), &mut None));
        }
        clauses
    }

    /// The one file a path leads to, if it may.
    fn target(&mut self, named: Named, folder: &Path) -> Option<PathBuf> {
        let path = self.inside(named, folder, &named.text.text)?;
        let known = self.texts.contains_key(&real(&path));
        if path.extension().is_none_or(|e| e != "promise") {
            self.outside(named, "this is no .promise file");
            return None;
        }
        if !known && !path.exists() {
            let (word, path) = (named.word, shown(&path));
            self.report(Mistake::MissingFile { word, path }, named.text.place);
            return None;
        }
        Some(path)
    }

    /// Whether a file is not being read already.
    fn may_open(&mut self, path: &Path, named: Named) -> bool {
        let real = real(path);
        let Some(at) = self.open.iter().position(|(open, _)| *open == real) else { return true };
        let mut chain: Vec<&str> = self.open[at..].iter().map(|(_, shown)| shown.as_str()).collect();
        let again = chain[0];
        chain.push(again);
        let chain = chain.join(" → ");
        self.report(Mistake::Circle { chain }, named.text.place);
        false
    }

    fn outside(&mut self, named: Named, why: &'static str) {
        let (word, path) = (named.word, named.text.text.clone());
        self.report(Mistake::OutsideFolder { word, path, why }, named.text.place);
    }

    /// A written path, from `folder`, where it stays inside the fence.
    fn inside(&mut self, named: Named, folder: &Path, written: &str) -> Option<PathBuf> {
        let written = written.replace('\\', "/");
        let drive = written.as_bytes().get(1) == Some(&b':');
        if written.starts_with(['/', '~']) || drive {
            self.outside(named, "this path does not begin at this file's folder");
            return None;
        }
        let path = tidy(&folder.join(written));
        // Once as it is written, once with links followed.
        let stays = plain(&path).starts_with(&self.fence) && real(&path).starts_with(&self.fence);
        if !stays {
            self.outside(named, "this leads out of the repository");
            return None;
        }
        Some(path)
    }

    /// The files a pattern fits, by name.
    fn matching(&mut self, named: Named, folder: &Path) -> Vec<PathBuf> {
        let written = named.text.text.replace('\\', "/");
        let written = written.strip_prefix("./").unwrap_or(&written);
        // Walk from the last folder that is no pattern.
        let fixed = written.split('/').take_while(|part| !part.contains(['*', '?', '[', '{'])).count();
        let parts: Vec<&str> = written.split('/').collect();
        let Some(start) = self.inside(named, folder, &parts[..fixed].join("/")) else { return Vec::new() };
        let pattern = parts[fixed..].join("/");
        let glob = match GlobBuilder::new(&pattern).literal_separator(true).build() {
            Ok(glob) if !pattern.split('/').any(|part| part == "..") => glob.compile_matcher(),
            Ok(_) => {
                self.outside(named, "this leads upwards behind a pattern");
                return Vec::new();
            }
            Err(error) => {
                let (pattern, why) = (written.to_owned(), error.kind().to_string());
                self.report(Mistake::BadPattern { pattern, why }, named.text.place);
                return Vec::new();
            }
        };
        let depth = if pattern.contains("**") { usize::MAX } else { parts.len() - fixed };
        let walk = walkdir::WalkDir::new(if start.as_os_str().is_empty() { Path::new(".") } else { &start })
            .max_depth(depth)
            .sort_by_file_name();
        let root = walk.into_iter().filter_map(Result::ok).filter(|e| !e.file_type().is_dir());
        let fits = |path: &Path| {
            let below = path.strip_prefix(&start).or_else(|_| path.strip_prefix(".")).unwrap_or(path);
            glob.is_match(below) && path.extension().is_some_and(|e| e == "promise")
        };
        let files: Vec<PathBuf> = root.map(|e| tidy(e.path())).filter(|p| fits(p)).collect();
        let files: Vec<PathBuf> = files.into_iter().filter(|p| real(p).starts_with(&self.fence)).collect();
        if files.is_empty() {
            let mistake = Mistake::IncludesNothing { pattern: named.text.text.clone() };
            let place = named.text.place;
            let source = &self.sources[place.source as usize];
            self.warnings.push(PolicyError::at(mistake, source, place.span));
        }
        files
    }
}

/// Reads a text file.
fn read(path: &Path, shown: &str) -> Result<String, Box<PolicyError>> {
    let cannot = |why: String| {
        let mistake = Mistake::CannotRead { path: shown.to_owned(), why };
        Box::new(PolicyError { mistake, place: None, second: None })
    };
    let about = fs::metadata(path).map_err(|e| cannot(reason(&e)))?;
    if about.is_dir() {
        return Err(cannot("it is a folder".into()));
    }
    if !about.is_file() {
        return Err(cannot("it is no ordinary file".into()));
    }
    if about.len() > LARGEST as u64 {
        return Err(cannot(format!("it is larger than {} KB", LARGEST / 1024)));
    }
    let bytes = fs::read(path).map_err(|e| cannot(reason(&e)))?;
    String::from_utf8(bytes).map_err(|e| {
        let good = e.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(e.as_bytes()).into_owned();
        let bad = Span::new(good, good + '\u{fffd}'.len_utf8());
        let mistake = Mistake::NotUtf8 { path: shown.to_owned() };
        Box::new(PolicyError::at(mistake, &Source::new(shown, text), bad))
    })
}

/// What the system says, without its numbers.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".into(),
        _ => error.to_string(),
    }
}

/// The nearest folder upwards that holds a repository, else the one above `folder`.
fn fence(folder: &Path) -> PathBuf {
    let repository = |f: &&Path| [".git", ".hg", ".jj"].iter().any(|r| f.join(r).exists());
    let found = folder.ancestors().find(repository);
    found.or_else(|| folder.parent()).unwrap_or(folder).to_owned()
}

/// A path without `.` and without the `..` that can be worked out.
fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if matches!(tidy.components().next_back(), Some(Component::Normal(_))) => {
                tidy.pop();
            }
            other => tidy.push(other),
        }
    }
    tidy
}

/// A path from the root, as it is written, with the links above it followed where that is possible.
fn plain(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    let absolute = tidy(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => fs::canonicalize(parent).map_or(absolute.clone(), |p| p.join(name)),
        _ => absolute,
    }
}

/// A path from the root with every link followed; of a file that does not exist, as it is written.
fn real(path: &Path) -> PathBuf {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    fs::canonicalize(path).unwrap_or_else(|_| plain(path))
}

/// A path as it is shown to people.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
