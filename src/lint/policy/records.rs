//! Experiments, decisions and stages of the policy → what is missing from each as a record, and memories → questions.

use super::promise::one_line;
use super::{Flaw, Scene};
use crate::policy::{Decision, Experiment, Memory, Policy, Progress, TimeUnit};
use crate::problem::listed;

/// More days than this are no small cycle.
const LONGEST: i64 = 28;

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    for experiment in &scene.policy.experiments {
        incomplete(scene, experiment, all);
        evidence(scene, experiment, all);
        too_big(scene, experiment, all);
    }
    for decision in &scene.policy.decisions {
        lesson(decision, all);
    }
    for stage in scene.policy.journeys.iter().flat_map(|j| &j.stages) {
        let words = super::words::stems(&stage.title.text);
        let own = |w: &super::words::Stem| {
            matches!(
                w.stem.as_str(),
                "i" | "my" | "me" | "we" | "our" | "us" | "i'm" | "i've" | "you" | "your"
            )
        };
        // “It may be time” is a customer's sentence without a pronoun; the name of a department is not.
        if scene.words.has("part-department", &stage.title.text) && !words.iter().any(own) {
            let message = format!(
                "“{}” is our name for it; what would somebody say who is there?",
                one_line(&stage.title.text)
            );
            all.push(
                Flaw::at("inside-out-journey", stage.title.place)
                    .within("stage", &stage.name)
                    .saying(message),
            );
        }
    }
}

/// Parts of a cycle that should be there by now.
fn incomplete(scene: &Scene<'_>, e: &Experiment, all: &mut Vec<Flaw>) {
    let noted = !e.better.is_empty() || !e.worse.is_empty();
    let over = matches!(e.progress(scene.today), Progress::Unnoted | Progress::Noted | Progress::Closed)
        && e.until().is_some_and(|end| end < scene.today);
    let missing: Vec<&str> = [
        (e.goal.is_none(), "what customers should get (`goal`)"),
        (e.success.is_none(), "how success would show (`success`)"),
        (e.challenge.is_none(), "what stands in the way (`challenge`)"),
        (e.to_try.is_none(), "the one small behaviour (`try`)"),
        (e.period.is_none(), "when, and for how long (`from … for 1 week`)"),
        (over && e.better.is_empty(), "what got better (`better`)"),
        (over && e.worse.is_empty(), "what got worse (`worse`)"),
        (over && noted && e.reflected.is_none(), "with whom it was thought over (`reflected with`)"),
        (over && noted && e.next.is_none(), "what comes next (`next keep`, `adjust`, `drop` or `again`)"),
    ]
    .into_iter()
    .filter_map(|(missing, what)| missing.then_some(what))
    .collect();
    if !missing.is_empty() {
        let message = format!("this does not say {}", listed(&missing));
        all.push(Flaw::of("experiment-incomplete", "experiment", e.head, &e.name).saying(message));
    }
}

/// A challenge that is asserted.
fn evidence(scene: &Scene<'_>, e: &Experiment, all: &mut Vec<Flaw>) {
    let Some(challenge) = e.challenge.as_ref().filter(|_| e.evidence.is_empty()) else { return };
    if grounded(scene.words, &challenge.text) {
        return;
    }
    let flaw = Flaw::at("challenge-without-evidence", challenge.place).within("experiment", &e.name);
    all.push(match scene.words.has("wish", &challenge.text) {
        true => flaw.saying("a wish rather than a challenge: which behaviour, at which moment, and what do customers say about it?"),
        false => flaw,
    });
}

/// Whether a text names a figure, somebody's words or a way of asking.
pub(in crate::lint) fn grounded(words: &super::words::Words, text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit() || matches!(c, '"' | '“' | '‘')) || words.has("evidence", text)
}

/// More than one small behaviour, or more than a few weeks.
fn too_big(scene: &Scene<'_>, e: &Experiment, all: &mut Vec<Flaw>) {
    const RULE: &str = "change-too-big";
    if let Some(tried) = &e.to_try
        && let Some(why) = big(scene.words, &tried.text)
    {
        all.push(Flaw::at(RULE, tried.place).within("experiment", &e.name).saying(why));
        return;
    }
    if let Some(period) = &e.period
        && let Some(length) = period.length
    {
        let unit = match length.unit {
            TimeUnit::Day => 1,
            TimeUnit::Week => 7,
            TimeUnit::Month => 30,
            TimeUnit::Year => 365,
        };
        if i64::from(length.count) * unit > LONGEST {
            let message = "longer than a few weeks: what could be noticed after one?";
            all.push(Flaw::at(RULE, length.place).within("experiment", &e.name).saying(message));
        }
    }
}

/// Why a change is no small behaviour.
pub(in crate::lint) fn big(words: &super::words::Words, text: &str) -> Option<&'static str> {
    if words.has("project", text) {
        return Some("a project, not a behaviour somebody could try tomorrow");
    }
    let joined = text.split([',', ';']).count() + text.matches(" and ").count();
    (joined >= 5).then_some("several changes at once: nobody could tell which of them made the difference")
}

/// A decision nobody could learn from.
fn lesson(d: &Decision, all: &mut Vec<Flaw>) {
    let missing: Vec<&str> = [
        (d.by.is_none(), "who decided (`by`)"),
        (d.did.is_none(), "what they did (`did`)"),
        (d.customer_got.is_none(), "what the customer got (`customer got`)"),
        (d.verdict.is_none(), "whether it was right or too far (`right`, `too far`)"),
        (d.lesson.is_none(), "what it teaches (`lesson`)"),
        (d.shared.is_none(), "with whom it was shared (`shared with`)"),
    ]
    .into_iter()
    .filter_map(|(missing, what)| missing.then_some(what))
    .collect();
    if !missing.is_empty() {
        let message = format!("this does not say {}", listed(&missing));
        all.push(Flaw::of("decision-incomplete", "decision", d.head, &d.name).saying(message));
    }
}

/// What one would like to hear of memories that are not told to the end: never findings.
pub(super) fn questions(policy: &Policy) -> Vec<String> {
    policy.memories.iter().filter_map(|m| asked(policy, m)).collect()
}

fn asked(policy: &Policy, m: &Memory) -> Option<String> {
    let open: Vec<&str> = [
        (m.lived_by.is_none(), "who lived it"),
        (m.happened.is_none(), "what happened"),
        (m.felt.is_none(), "how it felt"),
        (m.share.is_none(), "with whom you would share it and why"),
        (m.keep_alive.is_none() && m.tone != Some(crate::policy::Tone::Bad), "what keeps it alive"),
        (m.agreed.is_none_or(|a| !a.yes), "whether it may be told"),
    ]
    .into_iter()
    .filter_map(|(open, what)| open.then_some(what))
    .collect();
    if open.is_empty() {
        return None;
    }
    let source = policy.source(m.head);
    let line = source.position(m.head.span.start).line;
    Some(format!("{}:{line}: “{}” is worth hearing more of: {}?", source.name(), m.title.text, listed(&open)))
}
