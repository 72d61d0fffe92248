//! Boundaries → whether each has a reason and a duty, and keeps to it.

use super::promise::within;
use super::{Flaw, Scene, named};
use crate::finding::Level;
use crate::policy::Boundary;

/// Fewer boundaries than this are not many, however few guidelines there are.
const FEW: usize = 4;

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    for boundary in &policy.boundaries {
        reason(scene, boundary, all);
        overreach(scene, boundary, all);
    }
    let (tight, loose) = (policy.boundaries.len(), policy.guidelines.len());
    if let (true, Some(last)) = (tight >= FEW && tight > 2 * loose, policy.boundaries.last()) {
        let message = format!(
            "{tight} boundaries and {}: more is fenced in than left to people",
            match loose {
                0 => "no guideline".to_owned(),
                1 => "1 guideline".to_owned(),
                n => format!("{n} guidelines"),
            }
        );
        all.push(Flaw::of("boundary-overreach", "boundary", last.head, &last.name).saying(message));
    }
}

/// No reason, or one that goes in a circle.
fn reason(scene: &Scene<'_>, boundary: &Boundary, all: &mut Vec<Flaw>) {
    const RULE: &str = "boundary-without-reason";
    match &boundary.remarks.because {
        None => {
            let flaw = Flaw::of(RULE, "boundary", boundary.head, &boundary.name);
            all.push(match &boundary.authority {
                // Somebody requires it, which is half a reason.
                Some(authority) => flaw
                    .level(Level::ShouldFix)
                    .saying("who requires it is said, and not why: what happens to whom without it?")
                    .and(authority.place, "who requires it"),
                None => flaw,
            });
        }
        Some(because) => {
            let own = scene.words.beyond(&["circular", "grammar"], scene.policy.slice(because.place));
            if own.is_empty() {
                let message =
                    "a reason in a circle: it says that it is so, and not what would happen without it";
                all.push(Flaw::at(RULE, because.place).within("boundary", &boundary.name).saying(message));
            }
        }
    }
}

/// A boundary about wording, tone, looks or sales; or one that names no duty.
fn overreach(scene: &Scene<'_>, boundary: &Boundary, all: &mut Vec<Flaw>) {
    const RULE: &str = "boundary-overreach";
    // What a duty prescribes word for word, or somebody else requires, is no matter of taste.
    let owed = !boundary.kinds.is_empty() && (!boundary.wording.is_empty() || boundary.authority.is_some());
    let texts = std::iter::once(&boundary.title).chain(&boundary.covers);
    for text in texts.filter(|_| !owed) {
        let raw = scene.policy.slice(text.place);
        if let Some(hit) = scene.words.hits("manner", raw).into_iter().next() {
            let message =
                format!("“{}” is a matter of manner, and manner is the person's", &raw[hit.clone()]);
            let place = within(text.place, &hit);
            all.push(Flaw::at(RULE, place).within("boundary", &boundary.name).saying(message));
            return;
        }
    }
    if boundary.kinds.is_empty() {
        let message = "no `kind` says what duty this rests on: legal, safety, security, privacy …";
        let place = named(boundary.head, &boundary.name);
        all.push(
            Flaw::at(RULE, place).within("boundary", &boundary.name).level(Level::Consider).saying(message),
        );
    }
}
