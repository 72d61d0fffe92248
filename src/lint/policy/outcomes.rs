//! Outcomes → whether each says what the customer gets, where, how one would know, and what stands behind it.

use super::promise::within;
use super::said::Said;
use super::{Flaw, Scene};
use crate::language::{Actor, Mark};
use crate::policy::{Measure, Name, Outcome, OutcomeId, OutcomeRef, Place, Status, Text};
use crate::source::Span;

/// More outcomes than this nobody keeps in mind.
const MOST: usize = 7;

/// From this opinion (log-odds) on a statement says what the customer gets, whoever its subject is.
const SAYS_OUTCOME: f32 = 1.0;

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    for (i, outcome) in policy.outcomes.iter().enumerate() {
        if outcome.customer.is_none() {
            behaviour(scene, "outcome", &outcome.name, &outcome.title, all);
        }
        vague(scene, outcome, all);
        measured(scene, outcome, all);
        placed(scene, i, outcome, all);
        behind(scene, OutcomeId(i), outcome, all);
    }
    for standard in &policy.standards {
        behaviour(scene, "standard", &standard.name, &standard.title, all);
        for measure in &standard.measures {
            activity(scene, "standard", &standard.name, measure, all);
        }
    }
    if let Some(outcome) = policy.outcomes.get(MOST) {
        let message =
            format!("{} outcomes: nobody can hold that many in mind on a busy day", policy.outcomes.len());
        all.push(Flaw::of("too-many-outcomes", "outcome", outcome.head, &outcome.name).saying(message));
    }
}

/// A statement that says what staff do.
fn behaviour(scene: &Scene<'_>, word: &str, name: &Name, title: &Text, all: &mut Vec<Flaw>) {
    let Some(said) = Said::of(scene, &title.text) else { return };
    let staff = said.actor() == Actor::Staff
        && said.opens_with(scene, &["staff", "staff-weak", "approver", "everyone-serving"]);
    let order = said.has(Mark::Imperative) && !said.opens_with(scene, &["result-verb", "result-verb-strong"]);
    if said.has(Mark::FirstPerson) || said.outcome() > SAYS_OUTCOME || !(staff || order) {
        return;
    }
    let message = match order && !staff {
        true => format!("this {word} gives an order; it should say what the customer gets"),
        false => format!("this {word} says what staff do; it should say what the customer gets from it"),
    };
    all.push(Flaw::at("outcome-as-behaviour", title.place).within(word, name).saying(message));
}

/// A statement that says only that somebody is pleased.
fn vague(scene: &Scene<'_>, outcome: &Outcome, all: &mut Vec<Flaw>) {
    let raw = scene.policy.slice(outcome.title.place);
    let hits = scene.words.hits("vague", raw);
    let mut own = scene.words.beyond(&["vague", "vague-carrier", "grammar"], raw);
    let people = scene.policy.brand.customers.iter().flat_map(|t| super::words::stems(&t.text));
    let people: Vec<_> = people.collect();
    own.retain(|w| {
        let known =
            scene.linter.lexicon.classes(scene.linter.lexicon.word(&raw[w.at.clone()].to_lowercase()));
        let customer = scene.linter.lexicon.class("customer").is_some_and(|c| known.has(c));
        !customer && !people.iter().any(|p| p.stem == w.stem)
    });
    let (Some(first), true) = (hits.first(), own.is_empty()) else { return };
    let message = format!(
        "“{}” is what every company hopes for; what would this customer have, know or be spared?",
        &raw[first.clone()]
    );
    all.push(Flaw::at("vague-outcome", outcome.title.place).within("outcome", &outcome.name).saying(message));
}

/// No measure, a measure without an aim, a measure of what staff did.
fn measured(scene: &Scene<'_>, outcome: &Outcome, all: &mut Vec<Flaw>) {
    if outcome.measures.is_empty() {
        all.push(Flaw::of("outcome-without-measure", "outcome", outcome.head, &outcome.name));
    }
    for measure in &outcome.measures {
        if measure.target.is_none() {
            let message = "this measure has no aim: `at least …` or `at most …` says when it is good";
            // From the word to the end of the question, its quotation mark included.
            let end = measure.question.place.span.end + 1;
            let place = Place { span: Span { end, ..measure.place.span }, ..measure.place };
            all.push(
                Flaw::at("outcome-without-measure", place).within("outcome", &outcome.name).saying(message),
            );
        }
        activity(scene, "outcome", &outcome.name, measure, all);
    }
}

fn activity(scene: &Scene<'_>, word: &str, name: &Name, measure: &Measure, all: &mut Vec<Flaw>) {
    for text in [&measure.kind, &measure.question] {
        let raw = scene.policy.slice(text.place);
        if let Some(hit) = scene.words.hits("activity", raw).into_iter().next() {
            let message = format!("“{}” counts what staff did, not what the customer got", &raw[hit.clone()]);
            all.push(
                Flaw::at("measure-of-activity", within(text.place, &hit)).within(word, name).saying(message),
            );
            return;
        }
    }
}

/// No touchpoint: it floats above the journey. Where no journey is told, that is said once.
fn placed(scene: &Scene<'_>, index: usize, outcome: &Outcome, all: &mut Vec<Flaw>) {
    let told = !scene.policy.touchpoints.is_empty();
    if !outcome.at.is_unsaid() || !told && index > 0 {
        return;
    }
    let flaw = Flaw::of("outcome-without-touchpoint", "outcome", outcome.head, &outcome.name);
    all.push(match told {
        true => flaw,
        false => flaw.saying("no journey is told here, so no outcome has a place where it is due"),
    });
}

/// Due at a moment of truth, and nothing brings it about.
fn behind(scene: &Scene<'_>, id: OutcomeId, outcome: &Outcome, all: &mut Vec<Flaw>) {
    let policy = scene.policy;
    let moment =
        policy.touchpoints.iter().enumerate().find(|(i, t)| {
            t.moment_of_truth.is_some() && outcome.at.includes(crate::policy::TouchpointId(*i))
        });
    let Some((_, moment)) = moment else { return };
    let names = |list: &[OutcomeRef]| list.iter().any(|r| r.id == id);
    let brought = policy.guidelines.iter().any(|g| names(&g.serves))
        || policy.hallmarks.iter().any(|h| names(&h.serves))
        || policy.standards.iter().any(|s| names(&s.serves))
        || policy.boundaries.iter().any(|b| names(&b.protects))
        || policy.supports.iter().any(|s| !matches!(s.status, Status::Planned(_)) && names(&s.enables));
    if brought {
        return;
    }
    let planned = policy.supports.iter().find(|s| names(&s.enables));
    let message = match planned {
        Some(_) => format!(
            "due at `{}`, a moment of truth, and what should bring it about is only planned",
            moment.name.text
        ),
        None => format!("due at `{}`, a moment of truth, and nothing here brings it about", moment.name.text),
    };
    let place = moment.moment_of_truth.unwrap_or(moment.head);
    let flaw = Flaw::of("nothing-behind-it", "outcome", outcome.head, &outcome.name)
        .saying(message)
        .and(place, format!("`{}` is a moment of truth", moment.name.text));
    all.push(match planned {
        Some(s) => flaw.and(super::named(s.head, &s.name), "planned, and not there yet"),
        None => flaw,
    });
}
