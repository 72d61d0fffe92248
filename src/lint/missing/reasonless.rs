//! Orders that allow no exception → whether anything near them says why.

use super::{Missing, Scene};
use crate::language::{Force, Mark, Sentence};

/// How many sentences before and after may hold the reason.
const NEAR: usize = 2;

/// Finds `rule-without-reason`, at the first such order.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    if !scene.wants("rule-without-reason") {
        return;
    }
    let sentences = &scene.reading.sentences;
    let reason = |s: &Sentence| s.marks.has(Mark::Reason);
    let covered = |s: &Sentence| {
        let text = scene.doc.flat.text().get(s.text.range()).unwrap_or("").to_lowercase();
        let boundaries = scene.policy().map(|p| p.boundaries.as_slice()).unwrap_or_default();
        boundaries.iter().flat_map(|b| &b.covers).any(|phrase| text.contains(&phrase.text.to_lowercase()))
    };
    let order = sentences.iter().enumerate().position(|(i, s)| {
        let m = &s.marks;
        let around = &sentences[i.saturating_sub(NEAR)..(i + NEAR + 1).min(sentences.len())];
        m.has(Mark::Directive)
            && m.force == Force::Must
            && (m.has(Mark::Absolute) || m.has(Mark::Forbids))
            && ![Mark::Duty, Mark::Technical, Mark::Room, Mark::Heading, Mark::Past]
                .iter()
                .any(|mark| m.has(*mark))
            && !around.iter().any(reason)
            && !covered(s)
    });
    out.extend(order.map(|i| Missing::at("rule-without-reason", i)));
}
