//! Empowerments → whether each has a limit one could act on, and is not taken back in the next line.

use super::promise::within;
use super::words::stems;
use super::{Flaw, Scene};
use crate::finding::Level;
use crate::policy::{Empowerment, Text};

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    if policy.empowerments.is_empty() && !policy.outcomes.is_empty() {
        let loose = policy.sections.iter().find(|s| s.side == crate::policy::Side::Loose);
        let message =
            "nobody here may decide anything alone: an `empower` block says who, what, and up to how much";
        let place = loose.map_or(policy.brand.head, |s| first_word(scene, s.place));
        all.push(Flaw::at("no-empowerment-limit", place).saying(message));
    }
    for empowerment in &policy.empowerments {
        limit(scene, empowerment, all);
        taken_back(scene, empowerment, all);
    }
}

/// The word a block begins with.
fn first_word(scene: &Scene<'_>, place: crate::policy::Place) -> crate::policy::Place {
    let text = scene.policy.slice(place);
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    within(place, &(0..end))
}

/// No number and nothing named; a limit that is none; leave that is not said to be leave.
fn limit(scene: &Scene<'_>, empowerment: &Empowerment, all: &mut Vec<Flaw>) {
    const RULE: &str = "no-empowerment-limit";
    let of = || Flaw::of(RULE, "empower", empowerment.head, &empowerment.name);
    let mut said = false;
    for text in granted(empowerment).chain([&empowerment.title]) {
        let raw = scene.policy.slice(text.place);
        if let Some(hit) = scene.words.hits("hedge", raw).into_iter().next() {
            let message = format!(
                "“{}” is a limit everybody reads otherwise, and the careful read it as zero",
                &raw[hit.clone()]
            );
            all.push(
                Flaw::at(RULE, within(text.place, &hit)).within("empower", &empowerment.name).saying(message),
            );
            said = true;
        }
    }
    if empowerment.spends.is_empty() && empowerment.may.is_empty() {
        all.push(of());
    } else if empowerment.without_approval.is_none() && !said {
        let message = "what they may do is said, and not that nobody has to be asked: `without approval`";
        all.push(of().level(Level::Consider).saying(message));
    }
}

/// The lines that give room.
fn granted(empowerment: &Empowerment) -> impl Iterator<Item = &Text> {
    empowerment.may.iter().chain(empowerment.spends.iter().filter_map(|s| s.to.as_ref()))
}

/// Leave that has to be asked for in the same breath, and an `ask first` that covers what was given.
fn taken_back(scene: &Scene<'_>, empowerment: &Empowerment, all: &mut Vec<Flaw>) {
    const RULE: &str = "empowerment-taken-back";
    for text in granted(empowerment) {
        let raw = scene.policy.slice(text.place);
        if let Some(hit) = scene.words.hits("leave", raw).into_iter().next() {
            let message = "given, and only with somebody's leave: then it is not given";
            all.push(
                Flaw::at(RULE, within(text.place, &hit)).within("empower", &empowerment.name).saying(message),
            );
        }
    }
    for ask in &empowerment.ask_first {
        // An amount leaves what lies below it alone.
        if scene.words.has("amount", &ask.text) || ask.text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let whole = scene.words.has("whole", &ask.text);
        let asked: Vec<String> = content(scene, &ask.text);
        let given = granted(empowerment).find(|text| {
            let own = content(scene, &text.text);
            let shared = asked.iter().filter(|w| own.contains(w)).count();
            shared > 0 && (shared == asked.len() || whole)
        });
        let everything = whole && asked.is_empty();
        let Some(place) = given.map(|t| t.place).or(everything.then_some(empowerment.head)) else { continue };
        all.push(
            Flaw::at(RULE, ask.place)
                .within("empower", &empowerment.name)
                .saying("this asks first for what was given to decide alone")
                .and(place, "given here"),
        );
    }
}

/// The stems of a line that mean something.
fn content(scene: &Scene<'_>, text: &str) -> Vec<String> {
    let dropped: Vec<_> = scene.words.beyond(&["grammar", "whole"], text);
    let people = scene.policy.brand.customers.iter().flat_map(|t| stems(&t.text)).map(|s| s.stem);
    let people: Vec<String> = people.collect();
    let asked = [
        "involv", "need", "ask", "concern", "request", "want", "give", "offer", "customer", "go", "is", "be",
    ];
    dropped
        .into_iter()
        .map(|s| s.stem)
        .filter(|s| !people.contains(s) && !asked.contains(&s.as_str()))
        .collect()
}
