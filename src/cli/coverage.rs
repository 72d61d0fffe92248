//! `coverage`: which outcome is spoken to where.

use super::Exit;
use super::args::{CoverageArgs, CoverageFormat};
use super::output::Output;
use super::progress::Progress;
use super::session::Session;
use crate::policy::Policy;
use crate::problem::Problem;
use crate::report::coverage::{self, Json, Matrix, Why};
use std::io::{self, Write};
use std::sync::Arc;

/// Shows what the documents of the call say about the outcomes of their policy.
pub fn run(args: &CoverageArgs, out: &mut Output) -> io::Result<Exit> {
    let session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let mut problems = session.problems;
    // Documents' policies first, in the order documents name them; a policy among the paths counts without any.
    let mut policies: Vec<Arc<Policy>> = Vec::new();
    let judged = session.policies.iter().filter_map(|job| job.linter.shared_policy());
    for policy in session.jobs.iter().filter_map(|job| job.linter.shared_policy()).chain(judged) {
        if !policies.iter().any(|known| Arc::ptr_eq(known, &policy)) {
            policies.push(policy);
        }
    }
    if policies.is_empty() && problems.is_empty() {
        let problem = Problem::new("coverage::no-policy", "no policy was found, so no outcome is declared")
            .help("`loosetight init` starts one, and `--policy FILE` names one");
        problems.push(problem.into());
    }
    let why = match args.why.as_deref().map(|asked| Why::read(asked, &policies)).transpose() {
        Ok(why) => why,
        Err(problem) => {
            out.say(&problem);
            return Ok(Exit::Trouble);
        }
    };
    let json = args.format == CoverageFormat::Json;
    let mut list = Json::default();
    let mut matrices: Vec<Matrix> = policies.iter().map(|policy| Matrix::of(policy.clone())).collect();
    let mut progress = Progress::of(session.jobs.len());
    session.run.cover(session.jobs, |outcome| {
        progress.step();
        match outcome {
            Ok(Some(covered)) => {
                if json && !out.is_closed() {
                    progress.aside(|| list.document(&covered, out))?;
                } else if let (CoverageFormat::Human, Some(why)) = (args.format, &why) {
                    progress.aside(|| why.document(&covered, out))?;
                }
                if let Some(policy) = &covered.policy
                    && let Some(matrix) = matrices.iter_mut().find(|m| m.is_of(policy))
                {
                    matrix.count(&covered);
                }
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
        Ok::<(), io::Error>(())
    })?;
    drop(progress);
    match args.format {
        CoverageFormat::Json => list.end(&matrices, out)?,
        // Without a policy there is nothing to make a table of.
        _ if matrices.is_empty() => {}
        CoverageFormat::Csv => coverage::csv(&matrices, why.as_ref(), out)?,
        CoverageFormat::Markdown => coverage::markdown(&matrices, why.as_ref(), out)?,
        CoverageFormat::Human if why.is_some() => {}
        CoverageFormat::Human => {
            for matrix in &matrices {
                let text = matrix.show(&out.look());
                out.write_all(text.as_bytes())?;
            }
        }
    }
    out.say_all(&session.warnings);
    out.say_all(&problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}
