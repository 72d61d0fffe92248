//! Findings and allowances of a document → what is left to say, what was allowed, and what is wrong with the allowances.
//!
//! An allowance without a reason, or whose day is over, allows nothing.

use super::allowance::{Allowance, allowances};
use crate::document::{Block, Document, Kind};
use crate::finding::{Finding, Group};
use crate::nearest::nearest;
use crate::problem::listed;
use crate::rule::{Rule, Rules};
use jiff::civil::Date;

/// An allowance whose day is over.
pub const EXPIRED: &str = "allowance-expired";
/// An allowance nothing needs.
pub const UNUSED: &str = "allowance-unused";
/// An allowance that does not say why.
pub const WITHOUT_REASON: &str = "allowance-without-reason";
/// An allowance of what is no rule.
pub const UNKNOWN: &str = "allowance-of-nothing";
/// A word to the linter that it cannot read.
pub const UNCLEAR: &str = "allowance-unclear";

/// A finding that is allowed.
#[derive(Clone, Debug)]
pub struct Allowed {
    /// What was found.
    pub finding: Finding,
    /// Index of what allows it in [`Settled::allowances`].
    pub by: usize,
}

/// An allowance, and what it came to.
#[derive(Clone, Debug)]
pub struct Told {
    /// What is allowed.
    pub allowance: Allowance,
    /// The place in words where the format has no lines.
    pub place: Option<String>,
    /// How many findings it allowed.
    pub used: usize,
    /// Whether its day is over.
    pub expired: bool,
}

/// What is left after allowances.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// What is left to say.
    pub findings: Vec<Finding>,
    /// What is wrong with the allowances.
    pub about: Vec<Finding>,
    /// What was allowed, in order.
    pub allowed: Vec<Allowed>,
    /// The allowances of the document, in order.
    pub allowances: Vec<Told>,
}

/// What decides about allowances.
#[derive(Clone, Copy, Debug)]
pub struct Settle<'a> {
    /// The document.
    pub document: &'a Document,
    /// What it is for; what is left alone needs no allowance.
    pub kind: Kind,
    /// The rules there are.
    pub rules: &'a Rules,
    /// The day of the run.
    pub today: Date,
}

impl Settle<'_> {
    /// Takes out what is allowed. `speaks` says whether a rule had a chance to speak in this run: an allowance of one
    /// that had none is not called unused.
    pub fn run(&self, findings: Vec<Finding>, speaks: impl Fn(&Rule) -> bool) -> Settled {
        let allowances = allowances(self.document);
        if allowances.is_empty() {
            return Settled { findings, ..Settled::default() };
        }
        let told = |allowance: Allowance| Told {
            expired: allowance.until.is_some_and(|day| day < self.today),
            place: self.block(&allowance).and_then(|b| b.place.as_deref()).map(str::to_owned),
            used: 0,
            allowance,
        };
        let mut settled =
            Settled { allowances: allowances.into_iter().map(told).collect(), ..Settled::default() };
        // For each allowance, the rules that had something to be allowed.
        let mut needed: Vec<Vec<String>> = vec![Vec::new(); settled.allowances.len()];
        for finding in findings {
            self.one(finding, &mut settled, &mut needed);
        }
        let each = settled.allowances.iter().zip(&needed);
        settled.about = each.flat_map(|(told, needed)| self.wrong(told, needed, &speaks)).collect();
        settled
    }

    /// A finding: allowed as a whole, in part, or not.
    fn one(&self, finding: Finding, settled: &mut Settled, needed: &mut [Vec<String>]) {
        let mut left = Some(finding);
        for (at, needed) in needed.iter_mut().enumerate() {
            let Some(finding) = left.take() else { return };
            let Told { allowance, expired, .. } = &settled.allowances[at];
            let covers = |rule: &str| allowance.rules.iter().any(|name| self.is(name, rule));
            let inside = |span: crate::source::Span| {
                allowance.scope.start <= span.start && span.start < allowance.scope.end
            };
            // What a stronger rule saw too is needed as soon as the stronger one is content.
            for weaker in finding.also.iter().filter(|rule| covers(rule) && inside(finding.span)) {
                needed.push(weaker.clone());
            }
            let holds = !expired && allowance.because.is_some() && allowance.unclear.is_none();
            if !covers(&finding.rule) {
                left = Some(finding);
                continue;
            }
            let mut places = finding.parts.iter().chain(finding.parts.is_empty().then_some(&finding.span));
            if places.any(|span| inside(*span)) {
                needed.push(finding.rule.clone());
            }
            if !holds {
                left = Some(finding);
                continue;
            }
            let (within, without) = finding.split(|_, span| inside(span));
            if let Some(within) = within {
                settled.allowances[at].used += 1;
                settled.allowed.push(Allowed { finding: within, by: at });
            }
            left = without;
        }
        settled.findings.extend(left);
    }

    /// Whether a name, or a former one, is a rule's.
    fn is(&self, name: &str, rule: &str) -> bool {
        name == rule || self.rules.named(name).is_some_and(|known| known.id == rule)
    }

    /// What is wrong with an allowance.
    fn wrong(&self, told: &Told, needed: &[String], speaks: &impl Fn(&Rule) -> bool) -> Vec<Finding> {
        let allowance = &told.allowance;
        if let Some(why) = &allowance.unclear {
            let message = format!("this is addressed to the linter, which cannot read it: {why}");
            return self.finding(UNCLEAR, allowance, message).into_iter().collect();
        }
        let mut wrong = Vec::new();
        for name in allowance.rules.iter().filter(|name| self.rules.named(name).is_none()) {
            let meant = nearest(name, self.rules.iter().map(|r| r.id.as_str()));
            let meant = meant.map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
            wrong.extend(self.finding(UNKNOWN, allowance, format!("there is no rule `{name}`{meant}")));
        }
        if allowance.because.is_none() {
            let message =
                format!("this allows {} and does not say why, so it allows nothing", rules(allowance));
            wrong.extend(self.finding(WITHOUT_REASON, allowance, message));
        }
        if let (true, Some(day)) = (told.expired, allowance.until) {
            wrong.extend(self.finding(EXPIRED, allowance, format!("this held until {day}")));
            return wrong;
        }
        let unused: Vec<String> = allowance
            .rules
            .iter()
            .filter_map(|name| self.rules.named(name))
            .filter(|rule| speaks(rule) && self.kind != Kind::Technical && !needed.contains(&rule.id))
            .map(|rule| format!("`{}`", rule.id))
            .collect();
        if !unused.is_empty() {
            let message = format!("{} has nothing to allow in {}", listed(&unused), allowance.reach.words());
            wrong.extend(self.finding(UNUSED, allowance, message));
        }
        wrong
    }

    /// The block an allowance stands before or in; at the end of the document the last one.
    fn block(&self, allowance: &Allowance) -> Option<&Block> {
        let blocks = &self.document.blocks;
        blocks.get(allowance.block as usize).or(blocks.last())
    }

    fn finding(&self, rule: &str, allowance: &Allowance, message: String) -> Option<Finding> {
        let rule = self.rules.named(rule)?;
        let block = self.block(allowance);
        let path = block.map(|b| self.document.heading_path(b.section)).unwrap_or_default();
        Some(Finding {
            rule: rule.id.clone(),
            group: Group::Policy,
            level: rule.level,
            title: rule.title.clone(),
            message,
            why: rule.why.clone(),
            instead: rule.instead.clone(),
            source: self.document.source.clone(),
            span: allowance.span,
            parts: Vec::new(),
            place: block.and_then(|b| b.place.as_deref()).map(str::to_owned),
            heading_path: path.into_iter().map(str::to_owned).collect(),
            related: Vec::new(),
            also: Vec::new(),
            sentences: vec![self.document.source.slice(allowance.span).to_owned()],
        })
    }
}

fn rules(allowance: &Allowance) -> String {
    listed(&allowance.rules.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>())
}
