//! A policy and what all its documents hold together → what none of them says.

use super::{Flaw, Scene, named, steps};
use crate::finding::Level;
use crate::lint::Seen;
use crate::policy::At;
use crate::problem::listed;

/// Fewer documents than this are a beginning, and lack most things.
const FEW: usize = 3;

pub(super) fn find(scene: &Scene<'_>, seen: &Seen, all: &mut Vec<Flaw>) {
    six_steps(scene, seen, all);
    if seen.documents >= FEW {
        uncovered(scene, seen, all);
    }
    boundaries(scene, seen, all);
}

/// Steps that neither the policy nor a document speaks of.
fn six_steps(scene: &Scene<'_>, seen: &Seen, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    let missing: Vec<String> = steps::six(policy)
        .into_iter()
        .zip(&seen.steps)
        .filter(|(step, document)| step.backed.is_empty() && document.is_none())
        .map(|(step, _)| format!("{} (`{}`)", step.title, step.line))
        .collect();
    if missing.is_empty() {
        return;
    }
    let place = policy.culture.as_ref().map_or(policy.brand.head, |c| c.head);
    let what = match missing.len() {
        6 => "the six steps that make a promise everybody's".to_owned(),
        _ => listed(&missing),
    };
    let message = format!("neither this policy nor a document of it says anything of {what}");
    all.push(Flaw::at("six-steps-gap", place).saying(message));
}

/// Touchpoints where outcomes are due and that no document is about.
fn uncovered(scene: &Scene<'_>, seen: &Seen, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    for id in policy.touchpoint_ids().filter(|id| !seen.about.contains_key(id)) {
        let due: Vec<&str> = policy.outcomes_at(id).map(|o| policy.outcome(o).name.text.as_str()).collect();
        if due.is_empty() {
            continue;
        }
        let touchpoint = policy.touchpoint(id);
        let message = format!(
            "{} {} due here, and none of the {} documents read is about this touchpoint",
            listed(&due),
            if due.len() == 1 { "is" } else { "are" },
            seen.documents
        );
        let flaw = Flaw::at("uncovered-cell", named(touchpoint.head, &touchpoint.name))
            .within("touchpoint", &touchpoint.name)
            .saying(message);
        all.push(match touchpoint.moment_of_truth {
            Some(place) => flaw.level(Level::ShouldFix).and(place, "a moment of truth"),
            None => flaw,
        });
    }
}

/// Boundaries due where documents tell staff what to do, and mentioned nowhere.
fn boundaries(scene: &Scene<'_>, seen: &Seen, all: &mut Vec<Flaw>) {
    for (i, boundary) in scene.policy.boundaries.iter().enumerate() {
        let At::Touchpoints(at) = &boundary.at else { continue };
        if boundary.covers.is_empty() && boundary.wording.is_empty() || seen.mentions.contains(&i) {
            continue;
        }
        let Some((place, documents)) = at.iter().find_map(|r| Some((r, seen.directs.get(&r.id)?))) else {
            continue;
        };
        let shown: Vec<String> = documents.iter().take(2).map(|d| format!("`{d}`")).collect();
        let more = documents.len().saturating_sub(shown.len());
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = format!(
            "{}{more} tell people what to do at {}, and no document mentions this boundary",
            listed(&shown),
            place.name
        );
        all.push(Flaw::of("boundary-missing", "boundary", boundary.head, &boundary.name).saying(message));
    }
}
