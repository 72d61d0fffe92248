//! What people decide on their own.

use super::tight::serves;
use super::{Telling, joined, reason, stories, words};
use crate::policy::model::*;

impl Telling<'_> {
    pub(super) fn loose(&mut self) {
        let p = self.policy;
        if !p.guidelines.is_empty() || !p.empowerments.is_empty() {
            self.heading("How people get there: theirs to decide");
        }
        p.guidelines.iter().for_each(|g| self.item(&[guideline(g)]));
        if !p.empowerments.is_empty() {
            self.subheading("What people decide without asking:");
            p.empowerments.iter().for_each(|e| self.item(&[empowerment(e)]));
        }
        self.section(Side::Loose);
    }
}

fn guideline(g: &Guideline) -> String {
    let tries = match g.tries.as_slice() {
        [] => String::new(),
        tries => format!("Things to try: {}", words::sentences(tries)),
    };
    let decide = g.decide.as_ref().map(|d| format!("Theirs to decide: {}", words::sentence(&d.text)));
    let instead = match g.instead_of.as_slice() {
        [] => String::new(),
        old => format!("Instead of {}.", words::quotes(old)),
    };
    joined(&[
        words::sentence(&g.title.text),
        words::at(&g.at),
        serves(&g.serves),
        tries,
        decide.unwrap_or_default(),
        instead,
        reason(&g.remarks),
        stories(&g.remarks),
    ])
}

fn empowerment(e: &Empowerment) -> String {
    let spends: Vec<String> = e.spends.iter().map(spend).collect();
    let may = match e.may.as_slice() {
        [] => String::new(),
        may => format!("They may {}.", words::list(may.iter().map(|m| m.text.clone()))),
    };
    let approval = if e.without_approval.is_some() { "Nobody needs to be asked." } else { "" };
    let ask = match e.ask_first.as_slice() {
        [] => String::new(),
        when => format!("They ask first when {}.", words::either(when)),
    };
    let tell = e.tell.iter().map(|t| {
        let by = t.by.as_ref().map(|b| format!(" by {}", b.text)).unwrap_or_default();
        format!("They tell {}{by}.", t.whom.text)
    });
    joined(&[
        format!("{}: {}", words::capital(&words::said(&e.name.text)), words::sentence(&e.title.text)),
        spends.join(" "),
        may,
        approval.to_owned(),
        ask,
        tell.collect::<Vec<_>>().join(" "),
        reason(&e.remarks),
        stories(&e.remarks),
    ])
}

fn spend(s: &Spend) -> String {
    let per = s.per.as_ref().map(|p| format!(" per {}", p.text)).unwrap_or_default();
    let to = s.to.as_ref().map(|t| format!(" to {}", t.text)).unwrap_or_default();
    format!("They may spend up to {}{per}{to}.", words::limit(&s.limit))
}
