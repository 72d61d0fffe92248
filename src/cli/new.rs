//! `new KIND NAME`: a good start for a record or a document. Nothing is ever overwritten.

use super::Exit;
use super::args::{NewArgs, NewKind};
use super::init::slug;
use super::output::Output;
use super::session;
use crate::problem::{AnyProblem, Problem, in_words};
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes the file.
pub fn run(args: &NewArgs, out: &mut Output) -> io::Result<Exit> {
    match write(args) {
        Ok(name) => {
            writeln!(out, "wrote {name}")?;
            Ok(Exit::Clean)
        }
        Err(problem) => {
            out.say(problem.as_ref());
            Ok(Exit::Trouble)
        }
    }
}

fn write(args: &NewArgs) -> Result<String, AnyProblem> {
    let names = session::here().map_err(|mut problems| problems.remove(0))?;
    let name = args.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(Problem::new("new::no-name", "it has no name")
            .help("write `loosetight new experiment \"A face at the window\"`")
            .into());
    }
    let plain = PathBuf::from(format!("{}.md", slug(&name)));
    let path = match &args.to {
        // A folder that is there holds the file under its own name.
        Some(to) if names.absolute(to).is_dir() => to.join(plain),
        Some(to) => to.clone(),
        None => plain,
    };
    let path = names.absolute(&path);
    let shown = names.show(&path);
    let Some(start) = start(args.kind, &path) else {
        let message =
            format!("{shown} would be part of a policy, and a {} is no part of one", args.kind.word());
        return Err(Problem::new("new::no-block", message).help("name a file that ends in .md").into());
    };
    let today = session::today(None).to_string();
    let text = start
        .replace("{name}", &name.replace(['"', '\\'], "'"))
        .replace("{slug}", &slug(&name))
        .replace("{today}", &today);
    let failed = |error: io::Error| -> AnyProblem {
        match error.kind() {
            io::ErrorKind::AlreadyExists => {
                Problem::new("new::exists", format!("{shown} is there already; nothing was written"))
                    .help("give it another name, or `--to PATH`")
                    .into()
            }
            _ => Problem::new("new::not-written", format!("{shown} cannot be written: {}", in_words(&error)))
                .into(),
        }
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    // Created anew or not at all, even if somebody else writes there this very moment.
    let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    Ok(shown)
}

/// What a file of this kind begins with; `None` for a block the policy language does not have.
fn start(kind: NewKind, path: &Path) -> Option<&'static str> {
    let block = path.extension().is_some_and(|ending| ending == "promise");
    Some(match (kind, block) {
        (NewKind::Experiment, false) => include_str!("new/experiment.md"),
        (NewKind::Experiment, true) => include_str!("new/experiment.promise"),
        (NewKind::Memory, false) => include_str!("new/memory.md"),
        (NewKind::Memory, true) => include_str!("new/memory.promise"),
        (NewKind::Training, false) => include_str!("new/training.md"),
        (NewKind::Playbook, false) => include_str!("new/playbook.md"),
        (NewKind::Journey, false) => include_str!("new/journey.md"),
        (_, true) => return None,
    })
}
