//! Trees of a policy's files → [`Policy`], or every mistake in them.
//!
//! Four steps, each of which looks at everything before the next begins: braces are put right ([`mend`]), lines are
//! checked against the vocabulary ([`check`]), names are looked up ([`names`]), and what is then without fault is
//! written down as plain data ([`build`]). A group's policy is laid under the brand's in between ([`extends`]).

mod amounts;
mod build;
mod check;
pub(crate) mod clause;
mod extends;
pub(crate) mod figures;
mod items;
mod mend;
mod names;
mod words;

use super::error::{Mistake, PolicyError};
use super::model::Policy;
use super::parse::Tree;
use crate::source::{Source, Span};
use check::Checker;
use clause::Clause;

/// Reads one file and checks its lines.
pub(crate) fn check(source: &Source, index: u32) -> (Vec<Clause>, Vec<PolicyError>) {
    let (_, clauses, errors) = read_as(source, index);
    (clauses, errors)
}

/// Reads one file by itself: its tree, with the braces put right, its lines, and the mistakes in them in order.
pub(crate) fn read(source: &Source) -> (Option<Tree>, Vec<Clause>, Vec<PolicyError>) {
    let (tree, clauses, errors) = read_as(source, 0);
    (tree, clauses, in_order(errors, std::slice::from_ref(source)))
}

fn read_as(source: &Source, index: u32) -> (Option<Tree>, Vec<Clause>, Vec<PolicyError>) {
    let (tree, mut errors) = mend::read(source);
    let mut checker = Checker { source, index, errors: Vec::new() };
    let clauses = tree.as_ref().map_or(Vec::new(), |tree| checker.file(&tree.entries));
    errors.append(&mut checker.errors);
    (tree, clauses, errors)
}

/// A policy out of checked clauses. `layers` are the outermost group's first, the asked-for policy's last; `sources`
/// begins with the asked-for file.
///
/// # Errors
/// The mistakes found in the clauses, added to those found before.
pub(crate) fn policy(
    layers: Vec<Vec<Clause>>,
    sources: Vec<Source>,
    mut errors: Vec<PolicyError>,
) -> Result<Policy, Vec<PolicyError>> {
    let mut overrides = Vec::new();
    let mut all = Vec::new();
    for layer in layers {
        names::check_declared_once(&layer, &sources, &mut errors);
        all = extends::lay_upon(all, layer, &mut overrides);
    }
    let names = names::Names::of(&all);
    names.check_references(&all, &sources, &mut errors);
    let brand = all.iter().find(|c| c.word.phrase == "brand");
    match brand {
        // Of a file that was not read nobody knows.
        None if errors.iter().any(|e| e.mistake.hides_the_rest()) => {}
        None => {
            let source = &sources[0];
            // At the beginning: the first line that says anything.
            let at = all.iter().find(|c| c.head.source == 0).map_or(first_line(source), |c| c.head.span);
            errors.push(PolicyError::at(Mistake::NoBrand, source, at));
        }
        Some(brand) if brand.one("promise").is_none() => {
            errors.push(PolicyError::at(
                Mistake::NoPromise,
                &sources[brand.head.source as usize],
                brand.head.span,
            ));
        }
        Some(_) => {}
    }
    match brand {
        Some(brand) if errors.is_empty() => Ok(build::policy(&all, brand, &names, sources, overrides)),
        _ => Err(in_order(errors, &sources)),
    }
}

fn first_line(source: &Source) -> Span {
    source.line_span(0).unwrap_or_default()
}

/// The order of files and places.
fn in_order(mut errors: Vec<PolicyError>, sources: &[Source]) -> Vec<PolicyError> {
    let file = |e: &PolicyError| {
        let name = e.place.as_ref().map(|(s, _)| s.name());
        name.map(|n| sources.iter().position(|s| s.name() == n).unwrap_or(usize::MAX))
    };
    errors.sort_by_key(|e| (file(e), e.place.as_ref().map(|(_, span)| *span), e.mistake.code()));
    errors
}
