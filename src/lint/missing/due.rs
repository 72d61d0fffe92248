//! Outcomes due at a touchpoint × what the document says there → those nobody speaks to, one finding a touchpoint.

use super::{Missing, Scene};
use crate::coverage::Answer;
use crate::policy::{OutcomeId, TouchpointId};
use crate::problem::listed;

/// Finds `outcome-missing`.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let Some(policy) = scene.policy() else { return };
    for touchpoint in policy.touchpoint_ids() {
        let sections: Vec<usize> =
            (0..scene.sections.len()).filter(|i| scene.touchpoints(*i).contains(&touchpoint)).collect();
        // Where nobody is told how to act with customers, nothing needs to be said.
        let Some(home) = home(scene, &sections) else { continue };
        let missing: Vec<OutcomeId> = policy
            .outcomes_at(touchpoint)
            .filter(|o| scene.covered.iter().all(|row| row.get(o.0).is_none_or(|c| c.answer == Answer::Not)))
            .collect();
        if let (false, Some(sentence)) = (missing.is_empty(), scene.place(home)) {
            out.push(word(scene, touchpoint, &missing, sentence));
        }
    }
}

/// The section that should hold it: of those about contact the one with most to say.
fn home(scene: &Scene<'_>, sections: &[usize]) -> Option<usize> {
    let contact = sections.iter().copied().filter(|i| scene.is_contact(*i));
    contact.max_by_key(|i| (scene.sections[*i].directed, std::cmp::Reverse(*i)))
}

fn word(scene: &Scene<'_>, touchpoint: TouchpointId, missing: &[OutcomeId], sentence: usize) -> Missing {
    let mut m = Missing::at("outcome-missing", sentence);
    let Some(policy) = scene.policy() else { return m };
    let names: Vec<&str> = missing.iter().map(|o| policy.outcome(*o).name.text.as_str()).collect();
    m.message = Some(format!(
        "nothing in this document speaks to {}, which the policy holds tight at {}",
        listed(&names),
        policy.touchpoint(touchpoint).name.text
    ));
    for id in missing {
        let outcome = policy.outcome(*id);
        m.related.extend(scene.clause(outcome.head, format!("{} is due here", outcome.name.text)));
    }
    if let Some(outcome) = missing.first().map(|id| policy.outcome(*id)) {
        m.instead.push(format!("Open with what it is for: “{}.”", outcome.title.text.trim_end_matches('.')));
        m.instead.push(match outcome.signals.first() {
            Some(signal) => {
                format!("Say how somebody here would notice it: “We know it worked when … {} …”", signal.text)
            }
            None => {
                "Say how somebody here would notice it, in one sentence with the customer as its subject."
                    .to_owned()
            }
        });
    }
    m
}
