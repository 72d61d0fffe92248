//! A policy → what backs each of the six steps by which a promise becomes everybody's.

use crate::policy::{Place, Policy};

/// One of the six steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it is, in a few words.
    pub title: &'static str,
    /// The word or line of the policy that says it.
    pub line: &'static str,
    /// Where the policy says it.
    pub backed: Vec<Place>,
}

/// The six steps, in their order, each with the places of the policy that back it.
pub fn six(policy: &Policy) -> [Step; 6] {
    let culture = policy.culture.as_ref();
    let people = culture.into_iter().flat_map(|c| c.hire.iter().chain(&c.leaders)).map(|t| t.place);
    let rhythms = |list: Option<&Vec<crate::policy::Rhythm>>| -> Vec<Place> {
        list.into_iter().flatten().map(|r| r.place).collect()
    };
    let mut basics: Vec<Place> = rhythms(culture.map(|c| &c.basics));
    basics.extend(policy.roles.iter().filter(|r| !r.knows.is_empty()).map(|r| super::named(r.head, &r.name)));
    let empowered = policy.empowerments.iter().filter(|e| !e.spends.is_empty() || !e.may.is_empty());
    let empowered = empowered.map(|e| super::named(e.head, &e.name));
    let mut taught: Vec<Place> =
        culture.and_then(|c| c.teach.as_ref()).map(|r| r.place).into_iter().collect();
    taught.extend(policy.decisions.iter().map(|d| super::named(d.head, &d.name)));
    let one = |rhythm: Option<&crate::policy::Rhythm>| rhythm.map(|r| r.place).into_iter().collect();
    let step = |title, line, backed| Step { title, line, backed };
    [
        step("the right people, and what leaders do", "hire", people.collect()),
        step("the basics of each role", "basics", basics),
        step("room to decide, with a limit", "empower", empowered.collect()),
        step("decisions as teachable moments", "teach", taught),
        step("praise", "praise", one(culture.and_then(|c| c.praise.as_ref()))),
        step("coming back to the promise together", "align", one(culture.and_then(|c| c.align.as_ref()))),
    ]
}
