//! `baseline write | prune | decide`: keeps today's findings, so that `check` reports what is new.

use super::Exit;
use super::allow::{create, replace};
use super::args::{BaselineAction, BaselineArgs};
use super::baselines::{Baselines, by_file};
use super::decide;
use super::output::Output;
use super::session::Session;
use super::together::{Together, join};
use crate::baseline::{Baseline, Held, Note, render};
use crate::engine::{Checked, CheckedPolicy};
use crate::problem::{AnyProblem, Problem, in_words};
use std::io::{self, Write};

/// Writes or prunes.
pub fn run(args: &BaselineArgs, out: &mut Output) -> io::Result<Exit> {
    let (scope, grow, only_prune) = match &args.action {
        BaselineAction::Write { scope, grow, .. } => (scope, *grow, false),
        BaselineAction::Prune { scope, .. } => (scope, false, true),
        BaselineAction::Decide { file, scope, .. } => return decide::run(file, scope, out),
    };
    let session = match Session::open(&scope.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    if !scope.documents.only.is_empty() {
        let message = "a baseline is about everything that is found, so it takes no --only";
        out.say(&Problem::new("usage::baseline", message));
        return Ok(Exit::Trouble);
    }
    let mut baselines = Baselines::new(&session.names, scope.baseline.as_deref());
    let mut policies: Vec<CheckedPolicy> = session.judged_policies();
    let mut problems = session.problems;
    let mut documents: Vec<Checked> = Vec::new();
    let mut together = Together::default();
    session.run.check(session.jobs, |outcome| {
        match outcome {
            Ok(Some(checked)) => {
                together.add(&checked);
                documents.push(checked);
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    join(&mut policies, together.find(&session.run, &session.policies, &session.names));
    let files = by_file(&session.names, &mut policies, &mut documents);
    let of: Vec<usize> = files.iter().map(|file| baselines.for_writing(&file.path, &file.config)).collect();
    problems.extend(baselines.problems());
    // A baseline must not forget what it could not look at.
    if !problems.is_empty() {
        out.say_all(&problems);
        let message = "nothing was written, since not everything could be read";
        out.say(&Problem::new("baseline::not-written", message));
        return Ok(Exit::Trouble);
    }
    if only_prune && baselines.all().iter().all(|(_, there)| !there) {
        out.say(
            &Problem::new("baseline::none", "there is no baseline here")
                .help("`loosetight baseline write` writes one"),
        );
        return Ok(Exit::Trouble);
    }
    for (which, (baseline, there)) in baselines.all().iter().enumerate() {
        if only_prune && !there {
            continue;
        }
        let held: Vec<Held<'_>> =
            files.iter().zip(&of).filter(|(_, of)| **of == which).map(|(file, _)| file.held()).collect();
        if let Err(problem) = renew(baseline, *there, &held, grow || !there, session.run.today, out)? {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    }
    Ok(Exit::Clean)
}

/// Writes one baseline, and says what became of it.
fn renew(
    baseline: &Baseline,
    there: bool,
    documents: &[Held<'_>],
    grow: bool,
    today: jiff::civil::Date,
    out: &mut Output,
) -> io::Result<Result<(), AnyProblem>> {
    let matches = baseline.matches(documents, today, |path| !path.exists());
    let entries = baseline.renewed(documents, &matches, today, |_| grow.then(Note::default));
    for (entry, n) in baseline.stale(&matches, today) {
        let times = if n > 1 { format!(" ({n} times)") } else { String::new() };
        let over = if entry.is_over(today) { "its day is over" } else { "no longer found" };
        writeln!(out, "{over}: {}: {} [{}]{times}", entry.file, entry.sentence, entry.rule)?;
    }
    let text = render(&entries);
    let written = if there { replace(&baseline.path, &text) } else { create(&baseline.path, &text) };
    if let Err(error) = written {
        let message = format!("{} cannot be written: {}", baseline.name, in_words(&error));
        return Ok(Err(Problem::new("output::not-writable", message).into()));
    }
    let kept: u32 = entries.iter().map(|entry| entry.count).sum();
    let s = if kept == 1 { "" } else { "s" };
    writeln!(out, "{}: {kept} known passage{s}", baseline.name)?;
    let new = matches.unknown();
    if new > 0 && !grow {
        let (s, them) = if new == 1 { ("", "it") } else { ("s", "them") };
        writeln!(out, "{new} new passage{s} not added; `loosetight baseline write --grow` adds {them}")?;
    }
    Ok(Ok(()))
}
