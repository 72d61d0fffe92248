//! The paths of a call → the documents and policies to read, in one order; what is not read; what went wrong.
//!
//! A walk leaves out hidden files, what `.gitignore` names and what the settings exclude. A file named in the call is
//! read whatever `.gitignore` says, but not against `exclude`: hooks name files too.

mod gitignore;
mod names;
#[cfg(test)]
mod tests;

pub use names::Names;

use crate::config::{Config, Configs};
use crate::document::{self, Format};
use crate::problem::{AnyProblem, Problem, in_words};
use gitignore::Ignored;
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::{DirEntry, WalkDir};

/// A file to read.
#[derive(Clone, Debug)]
pub struct Target {
    /// To open it, absolute.
    pub path: PathBuf,
    /// As it is shown to people, with forward slashes.
    pub name: String,
    /// The settings that hold for it.
    pub config: Arc<Config>,
    /// Whether the call names it, rather than a folder above it.
    pub named: bool,
}

/// A file that was come across and not read. It is listed, never counted as clean.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NotRead {
    /// As it is shown to people.
    pub name: String,
    /// Why, in a few words ("a PDF").
    pub why: String,
}

/// What a call's paths lead to.
#[derive(Debug, Default)]
pub struct Walk {
    /// Documents, in the order of their names.
    pub documents: Vec<Target>,
    /// Policies, in the order of their names.
    pub policies: Vec<Target>,
    /// What was come across and not read, in order.
    pub not_read: Vec<NotRead>,
    /// Folders that were walked, absolute.
    pub folders: Vec<PathBuf>,
    /// What went wrong; the rest was found all the same.
    pub problems: Vec<AnyProblem>,
}

/// What a file is, going by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looks {
    Document,
    Policy,
    /// A table or data: an export of replies, or anything else.
    Export,
    /// Holds text for people, in a form that is not read.
    Foreign(&'static str),
    Other,
}

/// Finds what `paths` lead to.
pub fn walk(paths: &[PathBuf], names: &Names, configs: &mut Configs) -> Walk {
    let mut finder =
        Finder { names, configs, found: BTreeMap::new(), links: HashSet::new(), walk: Walk::default() };
    for path in paths {
        finder.named(path);
    }
    finder.finish()
}

struct Finder<'a> {
    names: &'a Names,
    configs: &'a mut Configs,
    /// By shown name first, so that the order is the one people see; the path tells apart names that are not text.
    found: BTreeMap<(String, PathBuf), (Looks, Target)>,
    /// Which of them are links.
    links: HashSet<PathBuf>,
    walk: Walk,
}

impl Finder<'_> {
    /// A path of the call.
    fn named(&mut self, given: &Path) {
        let path = self.names.absolute(given);
        let name = self.names.show(&path);
        match fs::metadata(&path) {
            Err(error) => self.missing(&path, &name, &error),
            Ok(data) if data.is_dir() => self.folder(&path),
            Ok(data) if !data.is_file() => self.not_a_file(&name, &data),
            Ok(_) => {
                let looks = match looks(&path) {
                    Looks::Foreign(what) => {
                        let problem = Problem::new(
                            "walk::not-readable",
                            format!("{name} is {what}, which is not read"),
                        )
                        .help("save it as Word (.docx), Markdown or plain text and check that");
                        return self.problem(problem);
                    }
                    // Whoever names a file wants it read; without a telling name it is taken as plain text.
                    Looks::Other | Looks::Export => Looks::Document,
                    looks => looks,
                };
                self.add(looks, path, true);
            }
        }
    }

    fn problem(&mut self, problem: Problem) {
        self.walk.problems.push(problem.into());
    }

    fn missing(&mut self, path: &Path, name: &str, error: &io::Error) {
        if let Ok(target) = fs::read_link(path) {
            return self.broken_link(name, &target);
        }
        if error.kind() != io::ErrorKind::NotFound {
            let problem =
                Problem::new("walk::unreadable", format!("{name} cannot be read: {}", in_words(error)));
            return self.problem(problem);
        }
        let mut problem = Problem::new("walk::not-found", format!("{name} does not exist"));
        let beside: Vec<String> = path
            .parent()
            .and_then(|folder| fs::read_dir(folder).ok())
            .into_iter()
            .flatten()
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .collect();
        let asked = path.file_name().unwrap_or_default().to_string_lossy();
        if let Some(meant) = crate::nearest::nearest(&asked, beside.iter().map(String::as_str)) {
            problem =
                problem.help(format!("did you mean `{}`?", self.names.show(&path.with_file_name(meant))));
        }
        self.problem(problem);
    }

    fn broken_link(&mut self, name: &str, target: &Path) {
        let message = format!("{name} is a link to {}, which does not exist", target.display());
        self.problem(Problem::new("walk::broken-link", message).help("mend the link or remove it"));
    }

    fn not_a_file(&mut self, name: &str, data: &Metadata) {
        let message = format!("{name} is {}, not a file", sort(data.file_type()));
        let problem = Problem::new("walk::not-a-file", message)
            .help("hand its text over on standard input: `loosetight check - --stdin-filename NAME.md`");
        self.problem(problem);
    }

    /// Everything below a folder.
    fn folder(&mut self, root: &Path) {
        self.walk.folders.push(root.to_owned());
        let mut ignored = Ignored::above(root);
        let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let name = error.path().map(|p| self.names.show(p)).unwrap_or_default();
                    let why = error.io_error().map(in_words).unwrap_or_else(|| error.to_string());
                    let problem = Problem::new("walk::unreadable", format!("{name} cannot be read: {why}"));
                    self.problem(problem);
                    continue;
                }
            };
            let (path, folder) = (entry.path(), entry.file_type().is_dir());
            if entry.depth() > 0 && (is_hidden(&entry) || ignored.names(path, folder, entry.depth())) {
                if folder {
                    entries.skip_current_dir();
                }
            } else if folder {
                let config = self.configs.at(path);
                if config.exclude.iter().any(|glob| glob.value.matches_folder(path)) {
                    entries.skip_current_dir();
                } else {
                    ignored.enter(path, entry.depth());
                }
            } else {
                self.walked(&entry);
            }
        }
    }

    /// A file, link or anything else but a folder that a walk came across.
    fn walked(&mut self, entry: &DirEntry) {
        let path = entry.path();
        let looks = self.looks_here(path);
        if looks == Looks::Other {
            return;
        }
        let name = self.names.show(path);
        if entry.path_is_symlink() {
            match fs::metadata(path) {
                Err(_) => self.broken_link(&name, &fs::read_link(path).unwrap_or_default()),
                Ok(data) if data.is_dir() => {
                    let why = "a link to a folder".to_owned();
                    self.walk.not_read.push(NotRead { name, why });
                }
                Ok(_) => {
                    self.links.insert(path.to_owned());
                    self.take(looks, path, name);
                }
            }
        } else if entry.file_type().is_file() {
            self.take(looks, path, name);
        } else if let Ok(data) = entry.metadata() {
            self.not_a_file(&name, &data);
        }
    }

    /// What a walked file looks like; a file that `include` names is a document whatever its ending, and a table one
    /// only if the settings speak of it.
    fn looks_here(&mut self, path: &Path) -> Looks {
        let looks = looks(path);
        if looks == Looks::Policy {
            return looks;
        }
        let config = self.configs.at(path.parent().unwrap_or(path));
        let table = path.extension().is_some_and(|ending| ending != "json");
        match (looks, config.includes(path)) {
            (Looks::Foreign(_), Some(_)) => looks,
            (_, Some(_)) => Looks::Document,
            _ if !config.include.is_empty() => Looks::Other,
            (Looks::Export, None) if config.documents(path, |_| Some(())).is_some() => Looks::Document,
            (Looks::Export, None) if table => Looks::Foreign("a table; name it to have its replies read"),
            (Looks::Export, None) => Looks::Other,
            _ => looks,
        }
    }

    fn take(&mut self, looks: Looks, path: &Path, name: String) {
        match looks {
            Looks::Foreign(why) => self.walk.not_read.push(NotRead { name, why: why.to_owned() }),
            looks => self.add(looks, path.to_owned(), false),
        }
    }

    fn add(&mut self, looks: Looks, path: PathBuf, named: bool) {
        let name = self.names.show(&path);
        let config = self.configs.at(path.parent().unwrap_or(&path));
        if let Some(glob) = config.excludes(&path) {
            if named {
                let why = format!("excluded by `{}` ({})", glob.value.text(), config.place(glob.span));
                self.walk.not_read.push(NotRead { name, why });
            }
            return;
        }
        let target = Target { path: path.clone(), name: name.clone(), config, named };
        let known = self.found.entry((name, path)).or_insert((looks, target));
        known.1.named |= named;
    }

    fn finish(mut self) -> Walk {
        self.drop_second_names();
        for (_, (looks, target)) in self.found {
            match looks {
                Looks::Policy => self.walk.policies.push(target),
                _ => self.walk.documents.push(target),
            }
        }
        self.walk.not_read.sort();
        self.walk.not_read.dedup();
        self.walk
    }

    /// A file that is reached by a link as well as by its own name is read once, under its own name.
    fn drop_second_names(&mut self) {
        if self.links.is_empty() {
            return;
        }
        let own = |target: &Target| fs::canonicalize(&target.path).unwrap_or_else(|_| target.path.clone());
        let mut seen: HashSet<PathBuf> =
            self.found.values().filter(|(_, t)| !self.links.contains(&t.path)).map(|(_, t)| own(t)).collect();
        self.found.retain(|_, (_, t)| !self.links.contains(&t.path) || seen.insert(own(t)));
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// What a file is, going by its name.
fn looks(path: &Path) -> Looks {
    match document::format_of(&path.to_string_lossy()) {
        // Most tables and data files hold no replies: read is what the call or the settings name.
        Some(Format::Csv | Format::Json) => return Looks::Export,
        Some(_) => return Looks::Document,
        None => {}
    }
    let Some(ending) = path.extension().and_then(OsStr::to_str) else { return Looks::Other };
    match ending.to_ascii_lowercase().as_str() {
        "promise" => Looks::Policy,
        "pdf" => Looks::Foreign("a PDF"),
        "doc" | "dot" | "rtf" | "odt" | "pages" | "wpd" => Looks::Foreign("a word processor's file"),
        "ppt" | "pptx" | "odp" | "key" => Looks::Foreign("a set of slides"),
        "xls" | "ods" | "numbers" => Looks::Foreign("a spreadsheet"),
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "heic" | "tif" | "tiff" | "bmp" | "svg" => {
            Looks::Foreign("a picture")
        }
        _ => Looks::Other,
    }
}

/// What something that is neither file nor folder is.
fn sort(file_type: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if file_type.is_fifo() {
            return "a pipe";
        }
        if file_type.is_socket() {
            return "a socket";
        }
        if file_type.is_char_device() || file_type.is_block_device() {
            return "a device";
        }
    }
    let _ = file_type;
    "something else"
}
