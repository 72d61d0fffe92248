//! `fix`: rewrites that need nobody's judgement, as a diff; written with `--write`.

use super::Exit;
use super::allow::replace;
use super::args::FixArgs;
use super::output::Output;
use super::report::worklist::plural;
use super::session::Session;
use crate::problem::{Problem, in_words};
use similar::TextDiff;
use std::io::{self, Write};

/// Offers or writes rewrites.
pub fn run(args: &FixArgs, out: &mut Output) -> io::Result<Exit> {
    let session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let mut problems = session.problems;
    let (mut findings, mut documents) = (0, 0);
    for job in &session.jobs {
        let name = &job.target.name;
        let fixed = match session.run.fix(job) {
            Ok(Some(fixed)) => fixed,
            Ok(None) => continue,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if !args.write {
            let diff = TextDiff::from_lines(&fixed.before, &fixed.after);
            let (old, new) = (format!("a/{name}"), format!("b/{name}"));
            write!(out, "{}", diff.unified_diff().context_radius(2).header(&old, &new))?;
        } else if job.bytes.is_some() {
            out.write_all(fixed.after.as_bytes())?;
        } else if let Err(error) = replace(&job.target.path, &fixed.after) {
            let message = format!("{name} cannot be written: {}", in_words(&error));
            problems.push(Problem::new("output::not-writable", message).into());
            continue;
        }
        findings += fixed.mended.len();
        documents += 1;
    }
    let (f, d) = (plural(findings, "finding"), plural(documents, "document"));
    let piped = session.jobs.iter().any(|job| job.bytes.is_some());
    match (findings, args.write) {
        (0, _) => writeln!(out, "nothing here can be mended without asking somebody")?,
        (_, true) if piped => {}
        (_, true) => writeln!(out, "{f} mended in {d}")?,
        (_, false) => writeln!(out, "\n{f} in {d} would be mended; --write writes it")?,
    }
    out.say_all(&session.warnings);
    out.say_all(&problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}
