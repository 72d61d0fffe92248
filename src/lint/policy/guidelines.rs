//! Guidelines → whether they leave room, serve an outcome and have a story.

use super::said::Said;
use super::{Flaw, Scene};
use crate::policy::{Guideline, Text};

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    for guideline in &scene.policy.guidelines {
        for line in std::iter::once(&guideline.title).chain(&guideline.tries) {
            order(scene, guideline, line, all);
        }
        let of = |rule| Flaw::of(rule, "guideline", guideline.head, &guideline.name);
        if guideline.serves.is_empty() && !scene.policy.outcomes.is_empty() {
            all.push(of("guideline-serves-nothing"));
        }
        if guideline.remarks.stories.is_empty() {
            all.push(of("guideline-without-story"));
        }
    }
}

/// A line that orders, or hands out words to say.
fn order(scene: &Scene<'_>, guideline: &Guideline, line: &Text, all: &mut Vec<Flaw>) {
    let Some(said) = Said::of(scene, &line.text) else { return };
    let message = match said.scripted(scene) {
        Some(rule) => format!("a guideline that is an order after all (`{rule}` sees it too)"),
        None if said.orders(scene) => "a guideline that is an order after all".to_owned(),
        None => return,
    };
    all.push(Flaw::at("guideline-as-order", line.place).within("guideline", &guideline.name).saying(message));
}
