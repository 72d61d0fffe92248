//! `report stats`: how often each rule speaks.

use crate::cli::Exit;
use crate::cli::args::{StatsArgs, TableFormat};
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::report::Stats;
use std::io::{self, Write};

/// Counts what `check` would say about the documents of the call.
pub fn run(args: &StatsArgs, out: &mut Output) -> io::Result<Exit> {
    let session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let (mut problems, mut stats) = (session.problems, Stats::default());
    let mut progress = Progress::of(session.jobs.len());
    session.run.check(session.jobs, |outcome| {
        progress.step();
        match outcome {
            Ok(Some(checked)) => stats.count(&checked),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    drop(progress);
    match args.format {
        TableFormat::Human => {
            let text = stats.show(&out.look());
            out.write_all(text.as_bytes())?;
        }
        TableFormat::Json => stats.json(out)?,
        TableFormat::Csv => stats.csv(out)?,
    }
    out.say_all(&session.warnings);
    out.say_all(&problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}
