//! `report`: the page a company shares, in one HTML file.

use crate::cli::Exit;
use crate::cli::args::PageArgs;
use crate::cli::baselines::Known;
use crate::cli::output::Output;
use crate::cli::progress::Progress;
use crate::cli::session::Session;
use crate::cli::sinks::beside;
use crate::cli::together::{Together, join};
use crate::engine::Checked;
use crate::lint::Seen;
use crate::policy::Policy;
use crate::problem::{Problem, in_words};
use crate::report::Summary;
use crate::report::page::{Heat, Page, Part};
use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

/// Writes the page: to the file the call names, else to standard output.
pub fn run(args: &PageArgs, out: &mut Output) -> io::Result<Exit> {
    if args.output.is_none() && io::stdout().is_terminal() {
        let problem = Problem::new("usage::no-file", "a page is for a browser, not for a terminal")
            .help("`loosetight report -o page.html` writes it to a file");
        out.say(&problem);
        return Ok(Exit::Trouble);
    }
    let mut session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    // What boundaries cover is told document by document.
    session.run.together = true;
    let mut policies = session.judged_policies();
    let mut known = Known::new(None, &session, &policies);
    let mut problems = std::mem::take(&mut session.problems);
    problems.extend(known.problems());
    let (mut documents, mut seen) = (Vec::<Checked>::new(), HashMap::<String, Seen>::new());
    let mut together = Together::default();
    let mut parts = parts(&session);
    let mut progress = Progress::of(session.jobs.len());
    session.run.check(session.jobs.clone(), |outcome| {
        progress.step();
        match outcome {
            Ok(Some(mut checked)) => {
                together.add(&checked);
                if let (Some(policy), Some(facts)) = (&checked.policy, checked.facts.take()) {
                    seen.entry(policy.clone()).or_default().add(&checked.name, &facts);
                }
                documents.push(checked);
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    session.run.cover(session.jobs, |outcome| {
        // What could not be read was told above.
        if let Ok(Some(covered)) = outcome
            && let Some(policy) = &covered.policy
            && let Some(part) = parts.iter_mut().find(|part| Arc::ptr_eq(&part.policy, policy))
        {
            part.heat.count(&covered);
        }
        Ok::<(), io::Error>(())
    })?;
    drop(progress);
    for part in &mut parts {
        let name = part.policy.sources.first().map_or("", |s| s.name());
        part.seen = seen.remove(name).unwrap_or_default();
    }
    join(&mut policies, together.find(&session.run, &session.policies, &session.names));
    known.take(&mut policies, &mut documents, session.run.today, false);
    let mut summary = Summary { not_read: session.not_read, problems, ..Summary::default() };
    policies.iter().for_each(|checked| summary.count_policy(checked));
    documents.iter().for_each(|checked| summary.count(checked));
    let page = Page {
        title: args.title.as_deref(),
        today: session.run.today,
        parts: &parts,
        policies: &policies,
        documents: &documents,
        summary: &summary,
    };
    let html = page.html();
    let written = match &args.output {
        None => {
            out.write_all(html.as_bytes())?;
            Ok(())
        }
        Some(path) => {
            let path = session.names.absolute(path);
            let name = session.names.show(&path);
            let written = beside(path.parent().unwrap_or(Path::new("."))).and_then(|mut file| {
                file.write_all(html.as_bytes())?;
                file.persist(&path).map(drop).map_err(|error| error.error)
            });
            match written {
                Ok(()) => {
                    writeln!(
                        out,
                        "{name}: open it in a browser; it needs no network and can be sent as it is"
                    )?;
                    Ok(())
                }
                Err(error) => {
                    let message = format!("{name} cannot be written: {}", in_words(&error));
                    Err(Problem::new("output::not-writable", message))
                }
            }
        }
    };
    out.say_all(&session.warnings);
    out.say_all(&summary.problems);
    if let Err(problem) = &written {
        out.say(problem);
    }
    Ok(if summary.problems.is_empty() && written.is_ok() { Exit::Clean } else { Exit::Trouble })
}

/// The policies of a call: those of documents in the order documents name them, then those among the paths.
fn parts(session: &Session) -> Vec<Part> {
    let mut policies: Vec<Arc<Policy>> = Vec::new();
    let judged = session.policies.iter().map(|job| &job.linter);
    for linter in session.jobs.iter().map(|job| &job.linter).chain(judged) {
        if let Some(policy) = linter.shared_policy()
            && !policies.iter().any(|known| Arc::ptr_eq(known, &policy))
        {
            policies.push(policy);
        }
    }
    let part = |policy: Arc<Policy>| Part { heat: Heat::of(&policy), seen: Seen::default(), policy };
    policies.into_iter().map(part).collect()
}
