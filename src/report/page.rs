//! A whole run → one HTML page for people who open no terminal: what is promised, what is kept, where the room is
//! missing, and what to rewrite first.
//!
//! The page stands alone: style and script are in it, nothing is fetched, and the few lines of script only filter a
//! table that can be read without them. Words of documents reach it through `words` and the template's escaping only.
//! Equal input gives equal bytes.

mod cards;
mod counts;
mod files;
mod findings;
mod frame;
mod heat;
mod numbers;
mod promise;
mod register;
mod rewrite;
mod words;

pub use heat::Heat;

use super::Summary;
use crate::engine::{Checked, CheckedPolicy};
use crate::finding::Finding;
use crate::lint::Seen;
use crate::policy::Policy;
use jiff::civil::Date;
use maud::{Markup, html};
use std::sync::Arc;

/// A policy, and what the documents say to it.
#[derive(Clone, Debug)]
pub struct Part {
    /// The policy.
    pub policy: Arc<Policy>,
    /// Touchpoints and outcomes.
    pub heat: Heat,
    /// What its documents hold together.
    pub seen: Seen,
}

/// All a page tells of.
#[derive(Debug)]
pub struct Page<'a> {
    /// What stands on top; none: the name of the brand.
    pub title: Option<&'a str>,
    /// The day of the run.
    pub today: Date,
    /// Policies, in the order documents name them.
    pub parts: &'a [Part],
    /// What was found in the policies themselves.
    pub policies: &'a [CheckedPolicy],
    /// The documents, in order.
    pub documents: &'a [Checked],
    /// What the run came to.
    pub summary: &'a Summary,
}

/// One piece of the page: what its link is called, its address in the page, what it says.
struct Piece {
    id: &'static str,
    heading: &'static str,
    body: Markup,
}

impl Page<'_> {
    /// The page.
    pub fn html(&self) -> String {
        let all = [
            promise::promise(self),
            promise::kept(self),
            numbers::numbers(self),
            counts::counts(self),
            promise::measured(self),
            heat::heat(self),
            rewrite::first(self),
            rewrite::repeated(self),
            register::register(self),
            cards::empowerment(self),
            cards::experiments(self),
            cards::prose(self),
            files::allowances(self),
            files::not_read(self),
            findings::findings(self),
        ];
        let pieces: Vec<Piece> = all.into_iter().flatten().collect();
        frame::frame(&self.heading(), self.today, &pieces).into_string()
    }

    fn heading(&self) -> String {
        match (self.title, self.parts.first()) {
            (Some(title), _) => title.to_owned(),
            (None, Some(part)) => part.policy.brand.name.text.clone(),
            (None, None) => "What our documents ask of people".to_owned(),
        }
    }

    /// Everything that was found, policies first.
    fn findings(&self) -> impl Iterator<Item = &Finding> {
        let policies = self.policies.iter().flat_map(|p| &p.findings);
        policies.chain(self.documents.iter().flat_map(|d| &d.findings))
    }

    /// The name of a policy as a heading, where there are several.
    fn of(&self, part: &Part) -> Markup {
        html! {
            @if self.parts.len() > 1 {
                h3 { (words::said(&part.policy.brand.name.text)) " " small { (words::said(part.name())) } }
            }
        }
    }
}

impl Part {
    /// The policy's file, as it is shown to people.
    fn name(&self) -> &str {
        self.policy.sources.first().map_or("", |s| s.name())
    }
}

/// Where a finding stands, as people write it.
fn place(finding: &Finding) -> String {
    let name = finding.source.name();
    match &finding.place {
        Some(place) => format!("{name}, {place}"),
        None => format!("{name}:{}", finding.source.position(finding.span.start).line),
    }
}
