//! Where reports of a run go: standard output, files named with `--output`, the summary of a GitHub job.
//!
//! A file is written beside its name and takes its place when the run is over: nobody ever reads half a report, and a
//! run that is stopped leaves the former one.

use super::args::{CheckArgs, Format};
use super::output::Output;
use super::session::{Session, Stopped};
use crate::config::climb;
use crate::engine::{Checked, CheckedPolicy};
use crate::problem::{AnyProblem, Problem, in_words};
use crate::report::{
    Checkstyle, Compact, Found, Github, Gitlab, Human, Json, Junit, Look, Markdown, Rdjson, Report, Root,
    Sarif, Summary,
};
use crate::rule::Rule;
use crate::walk::Names;
use clap::ValueEnum;
use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use tempfile::NamedTempFile;

/// How much a job's summary may hold; GitHub refuses more than a mebibyte a step.
const JOB_SUMMARY: usize = 900_000;

/// `--output FORMAT=FILE`.
#[derive(Clone, Debug)]
pub struct OutputFile {
    format: Format,
    path: PathBuf,
}

impl FromStr for OutputFile {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (format, path) =
            text.split_once('=').ok_or("it is written FORMAT=FILE, such as sarif=findings.sarif")?;
        let known = Format::value_variants().iter().filter_map(|format| format.to_possible_value());
        let known: Vec<String> = known.map(|value| value.get_name().to_owned()).collect();
        let format = Format::from_str(format, true).map_err(|_| {
            match crate::nearest::nearest(format, known.iter().map(String::as_str)) {
                Some(meant) => format!("did you mean {meant}?"),
                None => format!("a format is one of {}", crate::problem::listed(&known)),
            }
        })?;
        if path.is_empty() {
            return Err("the file has no name".to_owned());
        }
        if path == "-" {
            return Err("what goes to standard output is said with --format".to_owned());
        }
        Ok(OutputFile { format, path: path.into() })
    }
}

/// The reports of a run, the one on standard output first.
pub struct Sinks {
    main: Box<dyn Report>,
    files: Vec<Sink>,
}

/// A report and the file it goes to.
struct Sink {
    report: Box<dyn Report>,
    file: Writing,
    /// As it is shown to people.
    name: String,
}

/// A file that is being written.
enum Writing {
    /// Takes the place of what is there when all is written.
    Whole(BufWriter<NamedTempFile>, PathBuf),
    /// Goes on at the end of what is there; or goes to what is no file, such as a pipe.
    Along(BufWriter<File>),
}

impl Sinks {
    /// Opens everything a call asks for.
    ///
    /// # Errors
    /// Files that cannot be written; it is better to hear that before the work than after it.
    pub fn open(args: &CheckArgs, session: &Session, look: Look) -> Result<Sinks, Stopped> {
        let maker = Maker { args, session, root: root(&session.names) };
        let mut wrong: Stopped = Vec::new();
        let mut files: Vec<Sink> = Vec::new();
        let mut taken: Vec<PathBuf> = Vec::new();
        for OutputFile { format, path } in &args.output {
            let name = session.names.show(&session.names.absolute(path));
            let path = session.names.absolute(path);
            if taken.contains(&path) {
                let message = format!("two reports are to be written to {name}");
                wrong.push(Problem::new("usage::output", message).help("give each a file of its own").into());
                continue;
            }
            match create(&path, &name) {
                Ok(file) => files.push(Sink { report: maker.report(*format, Look::plain()), file, name }),
                Err(problem) => wrong.push(problem),
            }
            taken.push(path);
        }
        let annotates =
            args.format == Format::Github || args.output.iter().any(|o| o.format == Format::Github);
        if let Some(path) = env::var_os("GITHUB_STEP_SUMMARY").filter(|path| annotates && !path.is_empty()) {
            let report = Box::new(Markdown::limited(maker.root.clone(), JOB_SUMMARY));
            let name = session.names.show(Path::new(&path));
            match OpenOptions::new().append(true).create(true).open(&path) {
                Ok(file) => files.push(Sink { report, file: Writing::Along(BufWriter::new(file)), name }),
                Err(error) => wrong.push(not_writable(&name, &error)),
            }
        }
        if wrong.is_empty() { Ok(Sinks { main: maker.report(args.format, look), files }) } else { Err(wrong) }
    }

    /// Hands a document to every report.
    pub fn document(&mut self, checked: &Checked, out: &mut Output) -> io::Result<()> {
        if !out.is_closed() {
            self.main.document(checked, out)?;
        }
        for sink in &mut self.files {
            sink.report.document(checked, &mut sink.file).map_err(|error| named(&sink.name, error))?;
        }
        Ok(())
    }

    /// Hands what was found in a policy's files to every report.
    pub fn policy(&mut self, checked: &CheckedPolicy, out: &mut Output) -> io::Result<()> {
        for (name, findings) in checked.files() {
            let told = findings.iter().map(|finding| (finding, None)).collect();
            let found = Found { name, findings, told, fail_on: checked.fail_on };
            if !out.is_closed() {
                self.main.found(found.clone(), out)?;
            }
            for sink in &mut self.files {
                sink.report.found(found.clone(), &mut sink.file).map_err(|error| named(&sink.name, error))?;
            }
        }
        Ok(())
    }

    /// Whether anybody still reads.
    pub fn are_read(&self, out: &Output) -> bool {
        !out.is_closed() || !self.files.is_empty()
    }

    /// Ends every report and puts the files where they belong.
    pub fn end(mut self, summary: &Summary, out: &mut Output) -> io::Result<()> {
        self.main.end(summary, out)?;
        for mut sink in self.files {
            let done = sink.report.end(summary, &mut sink.file).and_then(|()| sink.file.finish());
            done.map_err(|error| named(&sink.name, error))?;
        }
        Ok(())
    }
}

/// Makes reports.
struct Maker<'a> {
    args: &'a CheckArgs,
    session: &'a Session,
    root: Root,
}

impl Maker<'_> {
    fn report(&self, format: Format, look: Look) -> Box<dyn Report> {
        let (quiet, verbose) = (self.args.quiet, self.args.verbose);
        let root = self.root.clone();
        match format {
            Format::Human => Box::new(Human::new(look, quiet, verbose)),
            Format::Narrated => Box::new(Human::new(Look { narrated: true, ..look }, quiet, verbose)),
            Format::Compact => Box::new(Compact),
            Format::Json => Box::new(Json::default()),
            Format::Sarif => Box::new(Sarif::new(root, self.rules())),
            Format::Github => Box::new(Github::new(root)),
            Format::Gitlab => Box::new(Gitlab::new(root)),
            Format::Junit => Box::new(Junit::new(root)),
            Format::Checkstyle => Box::new(Checkstyle::new(root)),
            Format::Rdjson => Box::new(Rdjson::new(root)),
            Format::Markdown => Box::new(Markdown::new(root)),
        }
    }

    /// Every rule of the run, once.
    fn rules(&self) -> Vec<Rule> {
        let mut rules: Vec<Rule> = Vec::new();
        let mut linters = Vec::new();
        let policies = self.session.policies.iter().map(|job| &job.linter);
        for linter in self.session.jobs.iter().map(|job| &job.linter).chain(policies) {
            let address = std::sync::Arc::as_ptr(linter);
            if linters.contains(&address) {
                continue;
            }
            linters.push(address);
            for rule in linter.rules().iter() {
                if !rules.iter().any(|known| known.id == rule.id) {
                    rules.push(rule.clone());
                }
            }
        }
        rules
    }
}

/// The top of the working tree around a call; where there is none, the folder of the call.
fn root(names: &Names) -> Root {
    let here = names.here();
    let top = climb(here).find(|folder| folder.join(".git").exists()).unwrap_or(here);
    Root::new(top, here)
}

fn create(path: &Path, name: &str) -> Result<Writing, AnyProblem> {
    let wrong = |error: io::Error| not_writable(name, &error);
    // A link stays a link; what it leads to is written.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&path) {
        Ok(data) if data.is_dir() => return Err(wrong(io::ErrorKind::IsADirectory.into())),
        Ok(data) if !data.is_file() => {
            let file = OpenOptions::new().write(true).open(&path).map_err(wrong)?;
            return Ok(Writing::Along(BufWriter::new(file)));
        }
        Ok(data) if data.permissions().readonly() => {
            return Err(wrong(io::ErrorKind::PermissionDenied.into()));
        }
        _ => {}
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let file = beside(folder).map_err(wrong)?;
    Ok(Writing::Whole(BufWriter::new(file), path))
}

/// A file that nobody sees yet, with the permissions any new file gets.
pub fn beside(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(OsStr::new(".loosetight-"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn not_writable(name: &str, error: &io::Error) -> AnyProblem {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission to".to_owned(),
        _ => in_words(error),
    };
    Problem::new("output::not-writable", format!("{name} cannot be written: {why}")).into()
}

fn named(name: &str, error: io::Error) -> io::Error {
    io::Error::other(format!("{name}: {}", in_words(&error)))
}

impl Writing {
    fn finish(self) -> io::Result<()> {
        match self {
            Writing::Whole(file, path) => {
                let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
                file.persist(path).map(drop).map_err(|error| error.error)
            }
            Writing::Along(mut file) => file.flush(),
        }
    }
}

impl Write for Writing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Writing::Whole(file, _) => file.write(bytes),
            Writing::Along(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Writing::Whole(file, _) => file.flush(),
            Writing::Along(file) => file.flush(),
        }
    }
}
