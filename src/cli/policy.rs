//! `policy show`: the policy as plain prose. `policy fmt`: its file laid out as everybody's is.

use super::Exit;
use super::args::{PolicyAction, PolicyArgs};
use super::output::Output;
use super::policies::Policies;
use super::session::{self, Stopped};
use crate::policy::format;
use crate::problem::{AnyProblem, Problem, in_words};
use crate::source::Source;
use crate::walk::Names;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// Shows or lays out.
pub fn run(args: &PolicyArgs, out: &mut Output) -> io::Result<Exit> {
    let done = match &args.action {
        None => show(None, out)?,
        Some(PolicyAction::Show { file, .. }) => show(file.as_deref(), out)?,
        Some(PolicyAction::Fmt { files, check, .. }) => fmt(files, *check, out)?,
        Some(PolicyAction::Boundaries { documents, format, .. }) => {
            super::boundaries::run(documents, *format, out)?
        }
        Some(PolicyAction::Experiments { file, today, format, .. }) => {
            super::experiments::run(file.as_deref(), session::today(*today), *format, out)?
        }
    };
    done.or_else(|problems| {
        out.say_all(&problems);
        Ok(Exit::Trouble)
    })
}

/// The path of the one policy a call is about: the file it names, else what the settings name or the nearest.
pub(super) fn the_policy(
    file: Option<&Path>,
    names: &Names,
    policies: &mut Policies,
) -> Result<PathBuf, Stopped> {
    if let Some(file) = file {
        return Ok(names.absolute(file));
    }
    let mut configs = session::configs(names, None);
    let config = configs.at(names.here());
    let wrong = configs.problems();
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let found = policies.path_for(names.here(), &config);
    let wrong = policies.problems();
    found.filter(|_| wrong.is_empty()).ok_or_else(|| match wrong.is_empty() {
        false => wrong,
        true => {
            let problem = Problem::new("policy::none", "there is no policy here, nor going up from here")
                .help("`loosetight init` starts one; `loosetight policy show FILE` names one");
            vec![problem.into()]
        }
    })
}

fn show(file: Option<&Path>, out: &mut Output) -> io::Result<Result<Exit, Stopped>> {
    let names = match session::here() {
        Ok(names) => names,
        Err(problems) => return Ok(Err(problems)),
    };
    let mut policies = Policies::new(&names, None);
    let path = match the_policy(file, &names, &mut policies) {
        Ok(path) => path,
        Err(problems) => return Ok(Err(problems)),
    };
    let Some(policy) = policies.at(&path) else { return Ok(Err(policies.problems())) };
    out.say_all(&policies.warnings());
    out.write_all(policy.read_aloud(out.look().width.min(90)).as_bytes())?;
    Ok(Ok(Exit::Clean))
}

/// Lays out files, standard input to standard output. With `check` nothing is written, and a file that is laid out
/// otherwise is a finding.
fn fmt(files: &[PathBuf], check: bool, out: &mut Output) -> io::Result<Result<Exit, Stopped>> {
    let names = match session::here() {
        Ok(names) => names,
        Err(problems) => return Ok(Err(problems)),
    };
    let mut paths: Vec<PathBuf> = files.to_vec();
    if paths.is_empty() {
        match the_policy(None, &names, &mut Policies::new(&names, None)) {
            Ok(path) => paths.push(path),
            Err(problems) => return Ok(Err(problems)),
        }
    }
    let mut problems = Vec::new();
    let mut exit = Exit::Clean;
    for path in &paths {
        let piped = path == Path::new("-");
        let (path, name) = match piped {
            true => (PathBuf::new(), "standard input".to_owned()),
            false => (names.absolute(path), names.show(&names.absolute(path))),
        };
        match laid_out(piped, &path, &name) {
            Err(wrong) => problems.extend(wrong),
            Ok((before, after)) if piped && !check => {
                drop(before);
                out.write_all(after.as_bytes())?;
            }
            Ok((before, after)) if before == after => {}
            Ok(_) if check => {
                writeln!(out, "{name} would be laid out otherwise")?;
                exit = Exit::Findings;
            }
            Ok((_, after)) => match replace(&path, &after) {
                Ok(()) => writeln!(out, "laid out {name}")?,
                Err(error) => problems.push(not_written(&name, &error)),
            },
        }
    }
    Ok(if problems.is_empty() { Ok(exit) } else { Err(problems) })
}

/// A policy's text, and the same laid out.
fn laid_out(piped: bool, path: &Path, name: &str) -> Result<(String, String), Vec<AnyProblem>> {
    let mut bytes = Vec::new();
    // One byte more than a policy may have: the reader then says that it is too large.
    let most = crate::policy::parse::LARGEST as u64 + 1;
    let read = match piped {
        true => io::stdin().take(most).read_to_end(&mut bytes),
        false => fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)),
    };
    let unreadable = |why: String| {
        vec![Problem::new("policy::cannot-read", format!("{name} cannot be read: {why}")).into()]
    };
    read.map_err(|error| unreadable(in_words(&error)))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not text in UTF-8".to_owned()))?;
    let after = format::format(&Source::new(name, text.as_str()))
        .map_err(|mistakes| mistakes.errors.into_iter().map(AnyProblem::from).collect::<Vec<_>>())?;
    Ok((text, after))
}

fn not_written(name: &str, error: &io::Error) -> AnyProblem {
    Problem::new("policy::not-written", format!("{name} cannot be written: {}", in_words(error))).into()
}

/// Puts a text in the place of a file, whole or not at all. A link stays one, and the file keeps its permissions.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
