//! Claims of documents and of the policy → those that name different figures for the same thing.

use super::Scene;
use super::said::Said;
use crate::finding::{Finding, Related};
use crate::lint::facts::{Claim, Seen};
use crate::policy::Place;
use crate::source::Source;

const RULE: &str = "documents-disagree";
/// How many words one sentence may have beyond the other, and from how many shared words on.
const MORE: usize = 1;
const SHARED: usize = 4;
/// More claims than this are not compared.
const MOST: usize = 3_000;

/// What documents say otherwise than the policy, or than each other.
pub(super) fn find(scene: &Scene<'_>, seen: &Seen, open: &dyn Fn(&str) -> Option<Source>) -> Vec<Finding> {
    let mut all = Vec::new();
    let policy = policy_claims(scene);
    let claims = &seen.claims[..seen.claims.len().min(MOST)];
    for (i, mine) in claims.iter().enumerate() {
        if let Some((place, other)) = policy.iter().find(|(_, other)| disagree(&mine.claim, other)) {
            let related = Related {
                source: scene.policy.source(*place).clone(),
                span: place.span,
                label: format!("the policy says {}", other.said),
            };
            all.extend(word(scene, &mine.name, &mine.claim, &other.said, related, open));
            continue;
        }
        let other = claims[..i].iter().find(|other| {
            let apart = mine.site.is_some() && other.site.is_some() && mine.site != other.site;
            other.name != mine.name && !apart && disagree(&mine.claim, &other.claim)
        });
        let Some(other) = other else { continue };
        let Some(source) = open(&other.name) else { continue };
        let line = source.position(other.claim.span.start).line;
        let label = format!("{}:{line} says {}", other.name, other.claim.said);
        let related = Related { source, span: other.claim.span, label };
        all.extend(word(scene, &mine.name, &mine.claim, &other.claim.said, related, open));
    }
    all
}

/// Whether two sentences say the same thing with different figures.
fn disagree(a: &Claim, b: &Claim) -> bool {
    let (less, more) = if a.about.len() <= b.about.len() { (a, b) } else { (b, a) };
    a.unit == b.unit
        && a.value != b.value
        && (more.about.len() == less.about.len()
            || less.about.len() >= SHARED && more.about.len() - less.about.len() <= MORE)
        && less.about.iter().all(|word| more.about.contains(word))
}

/// What the policy says of limits, amounts and deadlines.
fn policy_claims(scene: &Scene<'_>) -> Vec<(Place, Claim)> {
    let policy = scene.policy;
    let titles = policy
        .outcomes
        .iter()
        .map(|o| &o.title)
        .chain(policy.standards.iter().map(|s| &s.title))
        .chain(policy.hallmarks.iter().map(|h| &h.title))
        .chain(policy.boundaries.iter().flat_map(|b| std::iter::once(&b.title).chain(&b.to_do)));
    titles
        .filter(|text| text.text.len() > 20)
        .filter_map(|text| Some((text.place, Said::of(scene, &text.text)?.claims().into_iter().next()?)))
        .collect()
}

fn word(
    scene: &Scene<'_>,
    name: &str,
    claim: &Claim,
    other: &str,
    related: Related,
    open: &dyn Fn(&str) -> Option<Source>,
) -> Option<Finding> {
    let rule = scene.linter.rules.named(RULE).filter(|rule| scene.linter.speaks(rule))?;
    let source = open(name)?;
    Some(Finding {
        rule: rule.id.clone(),
        group: rule.group,
        level: rule.level,
        title: rule.title.clone(),
        message: format!("{} here, and {other} elsewhere for the same thing", claim.said),
        why: rule.why.clone(),
        instead: rule.instead.clone(),
        span: claim.span,
        parts: Vec::new(),
        place: None,
        heading_path: Vec::new(),
        related: vec![related],
        also: Vec::new(),
        sentences: vec![super::promise::one_line(source.slice(claim.span))],
        source,
    })
}
