//! What a whole document lacks: a purpose that is the customer's, a start in their situation, a way to tell, a story,
//! somebody in charge.

use super::{Missing, Scene};
use crate::coverage::Answer;
use crate::language::{Actor, Mark};

/// Finds what the document as a whole lacks.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    internal_purpose(scene, out);
    not_echoed(scene, out);
    if scene.thorough() {
        starts_inside(scene, out);
        customer_never_acts(scene, out);
        no_way_to_tell(scene, out);
        without_story(scene, out);
        stale(scene, out);
    }
}

/// A purpose that names only what the company is after.
fn internal_purpose(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    const AIMS: [&str; 20] = [
        "consisten",
        "complian",
        "efficien",
        "uniform",
        "standardis",
        "standardiz",
        "revenue",
        "productiv",
        "cost",
        "in line with",
        "iso ",
        "audit",
        "adherence",
        "brand image",
        "conversion",
        "handling time",
        "handle time",
        "sales",
        "procedure",
        "process",
    ];
    let section =
        (1..scene.sections.len()).find(|i| scene.names_purpose(*i) && scene.sections[*i].sentences > 0);
    let Some(section) = section.filter(|i| !scene.speaks(*i) && scene.sections[*i].customers <= 1) else {
        return;
    };
    let aim = scene.sentences(section).find(|(_, s)| {
        let text = scene.doc.flat.text().get(s.text.range()).unwrap_or("").to_lowercase();
        AIMS.iter().any(|a| text.contains(a))
    });
    out.extend(aim.map(|(i, _)| Missing::at("internal-purpose", i)));
}

/// A document that speaks to no outcome of the policy at all, where the policy names no touchpoints.
fn not_echoed(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let Some(policy) = scene.policy() else { return };
    // Where a journey is declared, `outcome-missing` says what is due where.
    let spoken = scene.covered.iter().flatten().any(|c| c.answer > Answer::Not);
    if !policy.touchpoints.is_empty() || policy.outcomes.is_empty() || spoken {
        return;
    }
    let home = (0..scene.sections.len()).find(|i| scene.is_contact(*i)).and_then(|i| scene.place(i));
    if let Some(sentence) = home {
        let mut m = Missing::at("promise-not-echoed", sentence);
        m.related.extend(scene.clause(policy.outcomes[0].head, "what every customer gets".to_owned()));
        out.push(m);
    }
}

/// A document that opens with a department, a form or itself.
fn starts_inside(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    const INSIDE: [&str; 10] = [
        "this procedure",
        "this document",
        "this policy",
        "this sop",
        "this manual",
        "this process",
        "the purpose of this",
        "the department",
        "this guideline sets",
        "this instruction",
    ];
    let first = scene.reading.sentences.iter().enumerate().find(|(_, s)| !s.marks.has(Mark::Heading));
    if let Some((i, s)) = first {
        let text = scene.doc.flat.text().get(s.text.range()).unwrap_or("").to_lowercase();
        if INSIDE.iter().any(|p| text.starts_with(p)) || s.marks.actor == Actor::System {
            out.push(Missing::at("starts-inside", i));
        }
    }
}

/// Customers who are hardly ever the subject of a sentence.
fn customer_never_acts(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let text = scene.reading.sentences.iter().filter(|s| !s.marks.has(Mark::Heading));
    let (all, acting) = text.fold((0usize, 0usize), |(all, acting), s| {
        (all + 1, acting + usize::from(s.marks.actor == Actor::Customer))
    });
    if all < 20 || acting * 10 >= all || scene.sections.iter().any(|s| s.outcome) {
        return;
    }
    if let Some(sentence) = (0..scene.sections.len()).find_map(|i| scene.place(i)) {
        let mut m = Missing::at("customer-never-acts", sentence);
        m.message = Some(format!("the customer is the subject of {acting} of {all} sentences here"));
        out.push(m);
    }
}

/// Outcomes that are claimed, and nothing that would show them.
fn no_way_to_tell(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    const SIGNS: [&str; 14] = [
        "we know",
        "you know",
        "you will notice",
        "notice",
        "measure",
        "survey",
        "score",
        "csat",
        "nps",
        "feedback",
        "sign of",
        "it worked",
        "tell us",
        "track",
    ];
    let text = scene.doc.flat.text().to_lowercase();
    if scene.policy().is_some_and(|p| p.outcomes.iter().any(|o| !o.measures.is_empty()))
        || SIGNS.iter().any(|s| text.contains(s))
    {
        return;
    }
    let claimed = scene.reading.opinions.iter().position(|o| o.outcome > 1.0);
    out.extend(claimed.map(|i| Missing::at("no-way-to-tell", i)));
}

/// Guidance without one story of how it went.
fn without_story(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    let told =
        scene.reading.sentences.iter().filter(|s| s.marks.has(Mark::Past) && !s.marks.has(Mark::Directive));
    let loose = scene.reading.sentences.iter().filter(|s| s.marks.has(Mark::Loose)).count();
    if told.count() > 0 || loose < 2 {
        return;
    }
    let first = scene.reading.sentences.iter().position(|s| s.marks.has(Mark::Loose));
    out.extend(first.map(|i| Missing::at("guidance-without-story", i)));
}

/// Nobody in charge, and no day on which somebody looked.
fn stale(scene: &Scene<'_>, out: &mut Vec<Missing>) {
    if scene.doc.meta("owner").is_some() || scene.doc.meta("reviewed").is_some() {
        return;
    }
    let first = (0..scene.sections.len()).find_map(|i| scene.place(i));
    out.extend(first.map(|i| Missing::at("stale-document", i)));
}
