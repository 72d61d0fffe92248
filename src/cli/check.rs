//! `check`: documents against their policy.

use super::Exit;
use super::allow;
use super::args::CheckArgs;
use super::baselines::Known;
use super::batch;
use super::changed;
use super::output::Output;
use super::progress::Progress;
use super::session::Session;
use super::show_config;
use super::sinks::Sinks;
use super::together::{Together, join};
use crate::engine::{Checked, CheckedPolicy};
use crate::finding::Finding;
use crate::problem::AnyProblem;
use crate::report::{Measured, Summary};
use crate::triage::changed::Changed;
use crate::triage::shard::Shard;
use crate::walk::Names;
use miette::Diagnostic;
use rayon::iter::{IntoParallelIterator, ParallelIterator};
use std::io::{self, Write};
use std::path::Path;

/// Checks what the call names.
pub fn run(args: &CheckArgs, out: &mut Output) -> io::Result<Exit> {
    if let Some(file) = &args.show_config {
        return show_config::run(file, args, out);
    }
    if let Some(rule) = &args.add_allow {
        return allow::run(rule, args, out);
    }
    if args.batch {
        return batch::run(args, out);
    }
    let mut session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    session.run.fail_on = args.fail_on;
    let sinks = match Sinks::open(args, &session, out.look()) {
        Ok(sinks) => sinks,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let changed = match changed(args, &mut session) {
        Ok(changed) => changed,
        Err(problem) => {
            out.say(problem.as_ref());
            return Ok(Exit::Trouble);
        }
    };
    let mut policies = session.judged_policies();
    if let Some(shard) = args.shard {
        part(shard, &mut session, &mut policies);
    }
    let mut known = Known::new(Some(args), &session, &policies);
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
    summary.problems.extend(known.problems());
    let mut progress = Progress::of(session.jobs.len());
    let mut teller = Teller { changed, names: session.names.clone(), sinks, summary, fails: false };
    // Where equal findings may have moved between documents, all have to be seen first.
    let mut waiting: Vec<Checked> = Vec::new();
    let mut together = Together::default();
    // Some of the documents are not all of them.
    session.run.together &= teller.changed.is_none() && args.shard.is_none();
    if known.is_nothing() {
        policies.drain(..).try_for_each(|checked| teller.policy(checked, out))?;
    }
    session.run.check(session.jobs, |outcome| {
        progress.step();
        if let Ok(Some(checked)) = &outcome {
            together.add(checked);
        }
        match outcome {
            Ok(Some(checked)) if known.is_nothing() => progress.aside(|| teller.document(checked, out)),
            Ok(Some(checked)) => {
                waiting.push(checked);
                Ok(())
            }
            Ok(None) => Ok(()),
            Err(problem) => {
                teller.summary.problems.push(problem);
                Ok(())
            }
        }
    })?;
    let together = together.find(&session.run, &session.policies, &session.names);
    if known.is_nothing() {
        together.into_iter().try_for_each(|checked| teller.policy(checked, out))?;
    } else {
        join(&mut policies, together);
        let everything = args.documents.only.is_empty() && args.shard.is_none();
        let notes = known.take(&mut policies, &mut waiting, session.run.today, everything);
        teller.summary.notes.extend(notes);
        policies.into_iter().try_for_each(|checked| teller.policy(checked, out))?;
        waiting.into_iter().try_for_each(|checked| teller.document(checked, out))?;
    }
    let Teller { sinks, mut summary, fails, .. } = teller;
    drop(progress);
    out.say_all(&summary.warnings);
    out.say_all(&summary.problems);
    hint(&mut summary, args.changed.is_some() || args.shard.is_some());
    sinks.end(&summary, out)?;
    out.flush()?;
    Ok(match (summary.problems.is_empty(), fails && !args.exit_zero) {
        (false, _) => Exit::Trouble,
        (true, true) => Exit::Findings,
        (true, false) => Exit::Clean,
    })
}

/// Hands on what was found: to the summary and to every report.
struct Teller {
    changed: Option<Changed>,
    names: Names,
    sinks: Sinks,
    summary: Summary,
    fails: bool,
}

impl Teller {
    fn policy(&mut self, mut checked: CheckedPolicy, out: &mut Output) -> io::Result<()> {
        if let Some(changed) = &self.changed {
            let touched = |f: Finding| changed.of(&self.names.absolute(Path::new(f.source.name())), f);
            checked.findings = checked.findings.into_iter().filter_map(touched).collect();
            checked.judge();
        }
        self.summary.count_policy(&checked);
        self.fails |= checked.fails;
        if self.sinks.are_read(out) { self.sinks.policy(&checked, out) } else { Ok(()) }
    }

    fn document(&mut self, mut checked: Checked, out: &mut Output) -> io::Result<()> {
        if let Some(changed) = self.changed.as_ref().filter(|c| c.has(&checked.path)) {
            checked.findings =
                checked.findings.into_iter().filter_map(|f| changed.of(&checked.path, f)).collect();
            checked.judge();
        }
        self.summary.count(&checked);
        self.fails |= checked.fails;
        if self.sinks.are_read(out) { self.sinks.document(&checked, out) } else { Ok(()) }
    }
}

/// What git says was changed, where that is asked for; other documents are left out.
fn changed(args: &CheckArgs, session: &mut Session) -> Result<Option<Changed>, AnyProblem> {
    let Some(base) = &args.changed else { return Ok(None) };
    let changed = changed::since(base, &session.names)?;
    let all = session.jobs.len();
    session.jobs.retain(|job| job.bytes.is_some() || changed.has(&job.target.path));
    let since = if base == changed::LAST { "the last commit".to_owned() } else { format!("`{base}`") };
    let left = session.jobs.len();
    session.notes.push(format!("only what changed since {since}: {left} of {all} documents"));
    Ok(Some(changed))
}

/// Leaves out what belongs to other parts of the whole. A file that cannot be read belongs to a part by its name, and
/// so do policies.
fn part(shard: Shard, session: &mut Session, policies: &mut Vec<CheckedPolicy>) {
    let all = session.jobs.len();
    let run = &session.run;
    let jobs = std::mem::take(&mut session.jobs);
    let held = jobs.into_par_iter().filter(|job| match run.bytes(job) {
        Ok(bytes) => shard.holds(&bytes),
        Err(_) => shard.holds(job.target.name.as_bytes()),
    });
    session.jobs = held.collect();
    policies.retain(|checked| shard.holds(checked.name.as_bytes()));
    let left = session.jobs.len();
    session.notes.push(format!(
        "only part {shard}: {left} of {all} documents; what all of them lack together was not looked for"
    ));
}

/// What a newcomer should hear about the run as a whole.
fn hint(summary: &mut Summary, narrowed: bool) {
    if summary.documents == 0 && !narrowed && summary.policies.is_empty() && summary.problems.is_empty() {
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
