//! Touchpoints → whether anybody promised something there.

use super::{Flaw, Scene, named};
use crate::finding::Level;

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    for id in policy.touchpoint_ids() {
        let touchpoint = policy.touchpoint(id);
        if let Some(place) = touchpoint.differentiate
            && !policy.hallmarks.iter().any(|h| h.at.includes(id))
        {
            all.push(
                Flaw::at("differentiate-without-hallmark", place).within("touchpoint", &touchpoint.name),
            );
        }
    }
    if policy.outcomes.is_empty() {
        if let Some(journey) =
            policy.journeys.iter().find(|j| j.stages.iter().any(|s| !s.touchpoints.is_empty()))
        {
            let message = "no outcome is declared, so nothing is promised anywhere on this journey";
            all.push(Flaw::at("touchpoint-without-outcome", journey.head).saying(message));
        }
        return;
    }
    // Outcomes without a place are told about themselves; a journey none of them names would only echo that.
    if policy.outcomes.iter().all(|o| o.at.is_unsaid()) {
        return;
    }
    for id in policy.touchpoint_ids().filter(|&id| policy.outcomes_at(id).next().is_none()) {
        let touchpoint = policy.touchpoint(id);
        let flaw = Flaw::at("touchpoint-without-outcome", named(touchpoint.head, &touchpoint.name))
            .within("touchpoint", &touchpoint.name);
        all.push(match touchpoint.moment_of_truth {
            Some(place) => flaw
                .level(Level::MustFix)
                .saying("a moment of truth, and no outcome is due here")
                .and(place, "what happens here weighs more than anything else"),
            None => flaw,
        });
    }
}
