//! What every customer gets, and what is done one way only.

use super::{Telling, joined, reason, stories, words};
use crate::policy::model::*;

impl Telling<'_> {
    pub(super) fn tight(&mut self) {
        let p = self.policy;
        if !p.outcomes.is_empty() || !p.hallmarks.is_empty() || !p.standards.is_empty() {
            self.heading("What every customer gets");
        }
        p.outcomes.iter().for_each(|o| self.item(&[outcome(o)]));
        if p.first.len() > 1 {
            let order = p.first.iter().map(|r| words::said(&r.name)).collect::<Vec<_>>().join(", then ");
            self.paragraph(&[format!("When two of these conflict, this is the order: {order}.")]);
        }
        if !p.standards.is_empty() {
            self.subheading("What they can count on:");
            p.standards.iter().for_each(|s| self.item(&[standard(s)]));
        }
        if !p.hallmarks.is_empty() {
            self.subheading("Details they notice:");
            p.hallmarks.iter().for_each(|h| self.item(&[hallmark(h)]));
        }
        if !p.boundaries.is_empty() {
            self.heading("What is done one way only");
            p.boundaries.iter().for_each(|b| self.item(&[boundary(b)]));
        }
        self.section(Side::Tight);
    }

    /// What a whole part of the policy says of itself.
    pub(super) fn section(&mut self, side: Side) {
        for section in self.policy.sections.iter().filter(|s| s.side == side) {
            self.paragraph(&[reason(&section.remarks), stories(&section.remarks)]);
        }
    }
}

fn outcome(o: &Outcome) -> String {
    let feels = match o.feels.as_slice() {
        [] => String::new(),
        feels => format!("It feels {}.", words::list(feels.iter().map(|f| f.text.clone()))),
    };
    let signals = match o.signals.as_slice() {
        [] => String::new(),
        signals => format!("One recognises it by {}.", words::quotes(signals)),
    };
    let customer = o.customer.as_ref().map(|c| format!("The customer here: {}", words::sentence(&c.text)));
    let measures: Vec<String> = o.measures.iter().map(words::measure).collect();
    joined(&[
        format!("{}: {}", words::capital(&words::said(&o.name.text)), words::sentence(&o.title.text)),
        customer.unwrap_or_default(),
        words::at(&o.at),
        feels,
        signals,
        measures.join(" "),
        reason(&o.remarks),
        stories(&o.remarks),
    ])
}

/// `It serves: recognised and safe.`
pub(super) fn serves(outcomes: &[OutcomeRef]) -> String {
    if outcomes.is_empty() { String::new() } else { format!("It serves: {}.", words::names(outcomes)) }
}

fn standard(s: &Standard) -> String {
    let measures: Vec<String> = s.measures.iter().map(words::measure).collect();
    joined(&[
        words::sentence(&s.title.text),
        words::at(&s.at),
        serves(&s.serves),
        measures.join(" "),
        reason(&s.remarks),
        stories(&s.remarks),
    ])
}

fn hallmark(h: &Hallmark) -> String {
    let by = words::list(h.by.iter().map(|m| {
        let means = match m {
            Means::Product => "a product",
            Means::Process => "a process",
            Means::Behaviour => "what people do",
        };
        means.to_owned()
    }));
    let by = if by.is_empty() { by } else { format!("Brought about by {by}.") };
    joined(&[
        words::sentence(&h.title.text),
        words::at(&h.at),
        by,
        serves(&h.serves),
        reason(&h.remarks),
        stories(&h.remarks),
    ])
}

fn boundary(b: &Boundary) -> String {
    let kinds = words::list(b.kinds.iter().map(|k| kind(*k).to_owned()));
    let kinds = if kinds.is_empty() { kinds } else { format!("A matter of {kinds}.") };
    let to_do = b.to_do.as_ref().map(|d| format!("What to do: {}", words::sentence(&d.text)));
    let wording = match b.wording.as_slice() {
        [] => String::new(),
        wording => words::sentence(&format!("In these words: {}", words::quotes(wording))),
    };
    let covers = match b.covers.as_slice() {
        [] => String::new(),
        covers => format!("It covers what is said about {}.", words::quotes(covers)),
    };
    let authority = b.authority.as_ref().map(|a| format!("Required by: {}", words::sentence(&a.text)));
    let agreed = b.agreed.as_ref().map(|a| {
        let on = a.on.map(|d| format!(" on {}", words::date(d.date))).unwrap_or_default();
        format!("Agreed with {}{on}.", a.with.text)
    });
    let review = b.review.as_ref().map(|every| format!("Looked at again {}.", words::every(every)));
    let protects = match b.protects.as_slice() {
        [] => String::new(),
        outcomes => format!("It protects: {}.", words::names(outcomes)),
    };
    joined(&[
        words::sentence(&b.title.text),
        kinds,
        words::at(&b.at),
        to_do.unwrap_or_default(),
        wording,
        covers,
        protects,
        reason(&b.remarks),
        authority.unwrap_or_default(),
        agreed.unwrap_or_default(),
        review.unwrap_or_default(),
        stories(&b.remarks),
    ])
}

fn kind(kind: BoundaryKind) -> &'static str {
    match kind {
        BoundaryKind::Legal => "law",
        BoundaryKind::Safety => "safety",
        BoundaryKind::Security => "security",
        BoundaryKind::Privacy => "privacy",
        BoundaryKind::Accessibility => "accessibility",
        BoundaryKind::Money => "money",
        BoundaryKind::Ethics => "ethics",
        BoundaryKind::Professional => "professional duty",
        BoundaryKind::Contract => "contract",
    }
}
