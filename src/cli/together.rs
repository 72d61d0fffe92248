//! Documents as they go by → what a policy's documents lack when all of them are looked at together.

use crate::engine::{Checked, CheckedPolicy, Job, PolicyJob, Run};
use crate::lint::Seen;
use crate::source::Source;
use crate::walk::{Names, Target};
use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;

/// What the documents of each policy hold, by the policy's name.
#[derive(Debug, Default)]
pub struct Together {
    seen: HashMap<String, Seen>,
}

impl Together {
    /// Keeps what counts of a document.
    pub fn add(&mut self, checked: &Checked) {
        if let (Some(policy), Some(facts)) = (&checked.policy, &checked.facts) {
            self.seen.entry(policy.clone()).or_default().add(&checked.name, facts);
        }
    }

    /// What is lacking, policy by policy; only where a folder holds policy and documents.
    pub fn find(mut self, run: &Run, policies: &[PolicyJob], names: &Names) -> Vec<CheckedPolicy> {
        let whole = policies.iter().filter(|job| job.whole && run.together);
        let found = whole.filter_map(|job| {
            let name = job.linter.policy()?.sources.first()?.name().to_owned();
            // A document that disagrees with one often disagrees with many.
            let opened: RefCell<HashMap<String, Option<Source>>> = RefCell::default();
            let open = |name: &str| {
                if let Some(known) = opened.borrow().get(name) {
                    return known.clone();
                }
                let path = names.absolute(Path::new(name));
                let target = Target { path, name: name.to_owned(), config: job.config.clone(), named: false };
                let read = run.read(&Job { target, bytes: None, linter: job.linter.clone() });
                let source = read.ok().map(|document| document.source);
                opened.borrow_mut().insert(name.to_owned(), source.clone());
                source
            };
            run.together(job, &self.seen.remove(&name)?, &open)
        });
        found.filter(|checked| !checked.findings.is_empty()).collect()
    }
}

/// Puts what is lacking to what was found in the policies themselves.
pub fn join(policies: &mut Vec<CheckedPolicy>, together: Vec<CheckedPolicy>) {
    for more in together {
        match policies.iter_mut().find(|checked| checked.name == more.name) {
            Some(known) => {
                known.findings.extend(more.findings);
                known.findings.sort_by(|a, b| a.key().cmp(&b.key()));
                known.judge();
            }
            None => policies.push(more),
        }
    }
}
