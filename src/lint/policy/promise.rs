//! The brand → whether its promise promises something, to whom, on what ground.

use super::said::Said;
use super::{Flaw, Scene};
use crate::language::Mark;
use crate::policy::Place;
use crate::problem::listed;
use crate::source::Span;

/// Fewer words of its own than this leave a promise that stock words made.
const FEWEST: usize = 3;

pub(super) fn find(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    filler(scene, all);
    unlike(scene, all);
    about_us(scene, all);
    ground(scene, all);
}

/// A promise made of words every brand could use.
fn filler(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let promise = &scene.policy.brand.promise;
    let stock = scene.words.hits("filler", scene.policy.slice(promise.place));
    let mut own = scene.words.beyond(&["filler", "carrier", "grammar"], &promise.text);
    own.dedup_by(|a, b| a.stem == b.stem);
    let named = super::words::stems(&scene.policy.brand.name.text);
    let people = scene.policy.brand.customers.iter().chain(&scene.policy.brand.staff);
    let people: Vec<_> = people.flat_map(|t| super::words::stems(&t.text)).collect();
    own.retain(|w| !named.iter().chain(&people).any(|n| n.stem == w.stem) && !is_customer(scene, &w.stem));
    if stock.len() < 2 && !(stock.len() == 1 && own.len() < 2) || own.len() >= FEWEST {
        return;
    }
    let raw = scene.policy.slice(promise.place);
    let words: Vec<String> =
        stock.iter().take(4).map(|r| format!("“{}”", one_line(&raw[r.clone()]))).collect();
    let says = if own.is_empty() { "nothing else stands in it" } else { "little else stands in it" };
    let message = format!("{} could stand in any company's promise, and {says}", listed(&words));
    all.push(Flaw::at("filler-promise", promise.place).saying(message));
}

/// Whether a stem is a word for customers the lexicon knows.
fn is_customer(scene: &Scene<'_>, stem: &str) -> bool {
    let lexicon = &scene.linter.lexicon;
    let classes = ["customer", "customer-weak"].map(|c| lexicon.class(c));
    let set = lexicon.classes(lexicon.word(stem));
    classes.into_iter().flatten().any(|c| set.has(c))
}

/// No `unlike`: anybody could have said it.
fn unlike(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let brand = &scene.policy.brand;
    if brand.unlike.is_some() {
        return;
    }
    let message = format!(
        "say it with a competitor's name in front: “{}” If that could be true as well, the promise is not {}'s yet",
        one_line(&brand.promise.text),
        brand.name.text
    );
    all.push(Flaw::at("anybodys-promise", brand.head).saying(message));
}

/// We are its subject, and the customer gets nothing.
fn about_us(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let brand = &scene.policy.brand;
    let text = &brand.promise.text;
    let words = super::words::stems(text);
    let to_somebody =
        words.iter().any(|w| matches!(w.stem.as_str(), "you" | "your" | "yourself" | "i" | "my" | "me"));
    let first = words.first().map_or("", |w| w.stem.as_str());
    let named = super::words::stems(&brand.name.text);
    let ours = matches!(first, "we" | "our" | "us")
        || !named.is_empty()
            && words.len() >= named.len()
            && words.iter().zip(&named).all(|(w, n)| w.stem == n.stem);
    let Some(said) = Said::of(scene, text) else { return };
    let nobody = !said.has(Mark::Customer) && !to_somebody;
    if nobody && (ours || said.opens_with(scene, &["company"])) {
        all.push(Flaw::at("promise-about-us", brand.promise.place));
    }
}

/// Whom it is for, what they take for granted, what they value.
fn ground(scene: &Scene<'_>, all: &mut Vec<Flaw>) {
    let brand = &scene.policy.brand;
    let missing: Vec<&str> = [
        (brand.for_whom.is_none(), "whom it is for (`for`)"),
        (brand.expects.is_empty(), "what they take for granted (`expects`)"),
        (brand.values.is_empty(), "what brings them back or makes them tell others (`values`)"),
    ]
    .into_iter()
    .filter_map(|(missing, what)| missing.then_some(what))
    .collect();
    if !missing.is_empty() {
        let message = format!("nothing says {}", listed(&missing));
        all.push(Flaw::at("promise-without-ground", brand.head).saying(message));
    }
}

/// Without the line ends a quotation may run over.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The place of a stretch of a quotation.
pub(super) fn within(place: Place, at: &std::ops::Range<usize>) -> Place {
    let start = place.span.start as usize;
    Place { span: Span::new(start + at.start, start + at.end), ..place }
}
