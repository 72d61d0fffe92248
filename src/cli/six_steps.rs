//! The six steps × a policy and the documents around it → which step is backed by what.

use super::args::{Documents, ExplainArgs};
use super::session::Session;
use crate::lint::{Seen, six_steps};
use crate::policy::Policy;
use crate::problem::listed;
use crate::report::Look;
use std::convert::Infallible;

/// How many places of the policy are named for a step.
const SHOWN: usize = 4;

/// What backs each step: lines of the policy, and a document.
pub fn text(args: &ExplainArgs, policy: &Policy, look: &Look) -> String {
    let name = policy.sources.first().map_or("the policy", |s| s.name());
    let seen = seen(args, name);
    let mut text = format!("\nHere ({name}, and {} around it):\n\n", documents(seen.documents));
    for (step, document) in six_steps(policy).iter().zip(&seen.steps) {
        let mut backed: Vec<String> = step
            .backed
            .iter()
            .take(SHOWN)
            .map(|place| {
                let source = policy.source(*place);
                format!("{}:{}", source.name(), source.position(place.span.start).line)
            })
            .collect();
        if step.backed.len() > SHOWN {
            backed.push(format!("{} more", step.backed.len() - SHOWN));
        }
        backed.extend(document.as_ref().map(|(name, line)| format!("{name}:{line}")));
        let said = match backed.is_empty() {
            true => format!("nothing yet; `{}` in the policy says it", step.line),
            false => listed(&backed),
        };
        text += &look.hanging("", &format!("{}: {said}", step.title));
    }
    text
}

/// What the documents around hold. What is wrong with any of them is told by `check`.
fn seen(args: &ExplainArgs, policy: &str) -> Seen {
    let documents = Documents { policy: args.policy.clone(), ..Documents::default() };
    let mut seen = Seen::default();
    let Ok(mut session) = Session::open(&documents) else { return seen };
    session.run.together = true;
    let done: Result<(), Infallible> = session.run.check(session.jobs, |outcome| {
        if let Ok(Some(checked)) = outcome
            && let (Some(facts), Some(of)) = (&checked.facts, &checked.policy)
            && of == policy
        {
            seen.add(&checked.name, facts);
        }
        Ok(())
    });
    match done {
        Ok(()) => seen,
    }
}

fn documents(n: usize) -> String {
    match n {
        0 => "no document".to_owned(),
        1 => "1 document".to_owned(),
        n => format!("{n} documents"),
    }
}
