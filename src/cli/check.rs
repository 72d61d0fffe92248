//! `check`: documents against their policy.

use super::Exit;
use super::allow;
use super::args::CheckArgs;
use super::output::Output;
use super::progress::Progress;
use super::session::Session;
use super::show_config;
use super::sinks::Sinks;
use crate::report::{Measured, Summary};
use miette::Diagnostic;
use std::collections::HashSet;
use std::io::{self, Write};

/// Checks what the call names.
pub fn run(args: &CheckArgs, out: &mut Output) -> io::Result<Exit> {
    if let Some(file) = &args.show_config {
        return show_config::run(file, args, out);
    }
    if let Some(rule) = &args.add_allow {
        return allow::run(rule, args, out);
    }
    let mut session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    session.run.fail_on = args.fail_on;
    let mut sinks = match Sinks::open(args, &session, out.look()) {
        Ok(sinks) => sinks,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let mut summary = Summary {
        not_read: session.not_read,
        problems: session.problems,
        warnings: session.warnings,
        notes: session.notes,
        policies: session
            .policies
            .iter()
            .filter_map(|job| Some(job.linter.policy()?.sources.first()?.name().to_owned()))
            .collect(),
        measured: session
            .jobs
            .first()
            .map(|job| &job.linter)
            .or(session.policies.first().map(|job| &job.linter))
            .and_then(|linter| linter.policy())
            .map(Measured::all)
            .unwrap_or_default(),
        ..Summary::default()
    };
    let mut progress = Progress::of(session.jobs.len());
    let mut fails = false;
    let mut told = HashSet::new();
    for job in &session.policies {
        let Some(mut checked) = session.run.policy(job) else { continue };
        // What a group's policy says is said once, however many policies extend it.
        checked.findings.retain(|f| told.insert((f.source.name().to_owned(), f.span, f.rule.clone())));
        summary.count_policy(&checked);
        fails |= checked.fails;
        if sinks.are_read(out) {
            sinks.policy(&checked, out)?;
        }
    }
    session.run.check(session.jobs, |outcome| {
        progress.step();
        match outcome {
            Ok(Some(checked)) => {
                summary.count(&checked);
                fails |= checked.fails;
                if sinks.are_read(out) { progress.aside(|| sinks.document(&checked, out)) } else { Ok(()) }
            }
            Ok(None) => Ok(()),
            Err(problem) => {
                summary.problems.push(problem);
                Ok(())
            }
        }
    })?;
    drop(progress);
    out.say_all(&summary.warnings);
    out.say_all(&summary.problems);
    hint(&mut summary);
    sinks.end(&summary, out)?;
    out.flush()?;
    Ok(match (summary.problems.is_empty(), fails && !args.exit_zero) {
        (false, _) => Exit::Trouble,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    })
}

/// What a newcomer should hear about the run as a whole.
fn hint(summary: &mut Summary) {
    if summary.documents == 0 && summary.policies.is_empty() && summary.problems.is_empty() {
        summary.notes.push("there is no document here that can be read (.md, .txt, .html, .docx)".to_owned());
    } else if summary.without_policy > 0 && summary.problems.iter().any(|p| is_about_a_policy(p.as_ref())) {
        summary.notes.push(
            "documents without a policy that can be read were looked through for over-scripting only"
                .to_owned(),
        );
    } else if summary.without_policy > 0 && summary.policies.is_empty() {
        summary.notes.push(
            "no policy was found, so only over-scripting was looked for; `loosetight init` starts one"
                .to_owned(),
        );
    }
}

fn is_about_a_policy(problem: &dyn Diagnostic) -> bool {
    problem.code().is_some_and(|code| code.to_string().starts_with("policy::"))
}
