//! `report worklist`: what is found, as a list of decisions for a spreadsheet.

use crate::cli::Exit;
use crate::cli::args::WorklistArgs;
use crate::cli::baselines::Known;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::sinks::beside;
use crate::engine::Checked;
use crate::problem::{Problem, in_words};
use crate::worklist;
use std::io::{self, Write};
use std::path::Path;

/// Writes the list: to the file the call names, else to standard output.
pub fn run(args: &WorklistArgs, out: &mut Output) -> io::Result<Exit> {
    let session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let mut known = Known::new(None, &session, &[]);
    let mut problems = session.problems;
    problems.extend(known.problems());
    let mut documents: Vec<Checked> = Vec::new();
    let mut progress = Progress::of(session.jobs.len());
    session.run.check(session.jobs, |outcome| {
        progress.step();
        match outcome {
            Ok(Some(checked)) => documents.push(checked),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    drop(progress);
    known.take(&mut [], &mut documents, session.run.today, false);
    let rows = worklist::rows(&documents);
    match &args.output {
        None => worklist::write(&rows, out)?,
        Some(path) => {
            let path = session.names.absolute(path);
            let name = session.names.show(&path);
            let written = beside(path.parent().unwrap_or(Path::new("."))).and_then(|mut file| {
                worklist::write(&rows, &mut file)?;
                file.persist(&path).map(drop).map_err(|error| error.error)
            });
            match written {
                Ok(()) => {
                    let findings: usize = rows.iter().map(|row| row.places.len()).sum();
                    let (f, d) = (plural(findings, "finding"), plural(rows.len(), "decision"));
                    writeln!(out, "{name}: {f}, {d}; `loosetight baseline decide {name}` reads the answers")?;
                }
                Err(error) => {
                    let message = format!("{name} cannot be written: {}", in_words(&error));
                    problems.push(Problem::new("output::not-writable", message).into());
                }
            }
        }
    }
    out.say_all(&session.warnings);
    out.say_all(&problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}

/// `1 finding`, `2 findings`.
pub fn plural(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
