//! Guidelines of the policy × sentences → `guideline-tightened`: the old way in so many words, or an order about the very
//! thing a guideline leaves to the person.

use super::{Missing, Scene, is_directed};
use crate::language::stems::{Stemming, Stems};
use crate::language::{Force, Mark};
use crate::policy::{At, Guideline, TouchpointId};

/// Finds `guideline-tightened`, once a guideline and section.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let Some(policy) = scene.policy() else { return };
    let mut stemming = Stemming::of(scene.doc, scene.reading, &scene.linter.lexicon);
    for guideline in &policy.guidelines {
        let old: Vec<(Vec<u32>, &crate::policy::Text)> =
            guideline.instead_of.iter().map(|t| (Stems::of(&t.text).all().to_vec(), t)).collect();
        let decide = guideline.decide.as_ref().map(|d| Stems::of(&d.text).telling()).unwrap_or_default();
        if old.is_empty() && decide.is_empty() {
            continue;
        }
        for section in 0..scene.sections.len() {
            if !holds_at(guideline, scene.touchpoints(section)) {
                continue;
            }
            let hit = scene.sentences(section).find_map(|(i, s)| {
                // What is told of, forbidden or held up as an example is not ordered.
                if [Mark::Negated, Mark::Forbids, Mark::Example, Mark::CustomerQuote, Mark::Past]
                    .iter()
                    .any(|m| s.marks.has(*m))
                {
                    return None;
                }
                let stems = stemming.everything(s);
                if let Some((_, text)) = old.iter().find(|(run, _)| stems.holds(run)) {
                    return Some((i, text.place, format!("`{}` says: instead of this", guideline.name.text)));
                }
                let shared = decide.iter().filter(|d| stems.has(**d)).count();
                let same = shared >= 2 && shared * 2 >= decide.len();
                let place = guideline.decide.as_ref()?.place;
                (same && s.marks.force == Force::Must && is_directed(s))
                    .then(|| (i, place, format!("`{}` leaves this to the person", guideline.name.text)))
            });
            if let Some((i, place, label)) = hit {
                let mut m = Missing::at("guideline-tightened", i);
                m.related.extend(scene.clause(place, label));
                m.instead.push(format!("Leave it as the policy has it: “{}”", guideline.title.text));
                m.instead.push(match (&guideline.tries.first(), &guideline.decide) {
                    (Some(first), _) => {
                        format!(
                            "Offer one way among others: “You might try: {}.”",
                            first.text.trim_end_matches('.')
                        )
                    }
                    (_, Some(decide)) => format!("Say what is theirs to decide: “{}”", decide.text),
                    _ => "Say what the customer should get out of it, and leave the way to the person."
                        .to_owned(),
                });
                out.push(m);
            }
        }
    }
}

/// A guideline without touchpoints holds everywhere.
fn holds_at(guideline: &Guideline, at: &[TouchpointId]) -> bool {
    match &guideline.at {
        At::Unsaid | At::All => true,
        here => at.iter().any(|t| here.includes(*t)),
    }
}
