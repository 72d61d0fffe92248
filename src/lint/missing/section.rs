//! Sections that order much and say little of the customer → `section-without-outcome`, `task-as-success`,
//! `recovery-without-authority`, `must-density`.

use super::{Missing, Scene, is_directed};
use crate::language::{Force, Mark};
use crate::policy::TouchpointId;

/// Finds what single sections lack; each rule once a document or step of the journey.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    without_outcome(scene, out);
    task_as_success(scene, out);
    recovery(scene, out);
    if scene.thorough() {
        must_density(scene, out);
    }
}

/// Sections that tell staff how to act with customers, and never say what the customer gets.
fn without_outcome(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let mut steps: Vec<&[TouchpointId]> = Vec::new();
    let mut silent: Vec<usize> =
        (0..scene.sections.len()).filter(|i| scene.is_contact(*i) && !scene.says_outcome(*i)).collect();
    silent.sort_by_key(|i| std::cmp::Reverse(scene.sections[*i].directed));
    for section in silent {
        let step = scene.touchpoints(section);
        let Some(sentence) = scene.place(section) else { continue };
        // The same place says which outcome is missing, if one is due.
        if steps.contains(&step) || out.iter().any(|m| m.rule == "outcome-missing" && m.sentence == sentence)
        {
            continue;
        }
        steps.push(step);
        let mut m = Missing::at("section-without-outcome", sentence);
        let due = scene.policy().and_then(|p| {
            let id = step.iter().flat_map(|t| p.outcomes_at(*t)).next()?;
            Some(p.outcome(id))
        });
        if let Some(outcome) = due {
            m.related.extend(scene.clause(outcome.head, format!("{} is due here", outcome.name.text)));
        }
        out.push(m);
    }
}

/// Sentences that call a task done a success.
fn task_as_success(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    const CUES: [&str; 9] = [
        "successful when",
        "successful if",
        "success means",
        "success is",
        "is complete when",
        "is done when",
        "considered complete",
        "considered successful",
        "counts as resolved",
    ];
    const TASKS: [&str; 16] = [
        "logged",
        "closed",
        "filed",
        "entered",
        "recorded",
        "sent",
        "submitted",
        "completed",
        "signed",
        "updated",
        "ticked",
        "archived",
        "documented",
        "within sla",
        "processed",
        "duration",
    ];
    let found = scene.reading.sentences.iter().enumerate().find(|(i, s)| {
        let text = scene.doc.flat.text().get(s.text.range()).unwrap_or("").to_lowercase();
        let silent = scene.reading.opinions.get(*i).is_none_or(|o| o.outcome < 0.0);
        silent
            && !s.marks.has(Mark::Heading)
            && CUES.iter().any(|c| text.contains(c))
            && TASKS.iter().any(|t| text.contains(t))
    });
    out.extend(found.map(|(i, _)| Missing::at("task-as-success", i)));
}

/// Sections about complaints that never say what staff may do on the spot.
fn recovery(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    const ABOUT: [&str; 8] = [
        "complaint",
        "complaints",
        "recovery",
        "gone wrong",
        "goes wrong",
        "putting it right",
        "dissatisfied",
        "unhappy",
    ];
    let may = |i: usize| {
        scene.sentences(i).any(|(_, s)| {
            s.marks.has(Mark::Loose)
                || s.marks.force == Force::May
                || s.marks.has(Mark::Money) && !s.marks.has(Mark::Approval)
        })
    };
    // Room given anywhere in the document holds for its complaints too.
    if (0..scene.sections.len()).any(may) {
        return;
    }
    let section = (0..scene.sections.len()).find(|i| {
        let heading = scene.doc.heading(*i as u32).to_lowercase();
        scene.is_contact(*i) && ABOUT.iter().any(|a| heading.contains(a))
    });
    let Some(sentence) = section.and_then(|i| scene.place(i)) else { return };
    let mut m = Missing::at("recovery-without-authority", sentence);
    if let Some(empower) = scene.policy().and_then(|p| p.empowerments.first()) {
        m.related.extend(scene.clause(empower.head, "the policy lets people decide".to_owned()));
    }
    out.push(m);
}

/// Sections with many more orders than room.
fn must_density(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let dense = (0..scene.sections.len()).find(|i| {
        let directed: Vec<_> = scene.sentences(*i).filter(|(_, s)| is_directed(s)).collect();
        let musts = directed.iter().filter(|(_, s)| s.marks.force == Force::Must).count();
        scene.is_contact(*i) && musts >= 8 && musts * 10 > directed.len() * 6
    });
    out.extend(dense.and_then(|i| scene.place(i)).map(|s| Missing::at("must-density", s)));
}
