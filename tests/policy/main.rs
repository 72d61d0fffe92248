//! The policy language from outside: what is read, what is reported, and where.

#![allow(clippy::unwrap_used, reason = "helpers of tests end where they fail")]

mod errors;
mod files;
mod format;
mod invent;
mod model;
mod properties;
mod prose;
mod reference;

use loosetight::policy::{Policy, PolicyError};
use loosetight::source::Source;
use miette::Diagnostic;

/// The least a policy says; tests write what they are about behind it.
const BRAND: &str = "brand \"B\" { promise \"P\" }\n";

/// A journey with two touchpoints, `a` and `b`.
const JOURNEY: &str = "journey \"J\" { stage s \"I am\" {\n touchpoint a \"A\"\n touchpoint b \"B\"\n } }\n";

/// Every mistake of a text, one a line: code, underlined text, message, label, help, and the second place.
fn mistakes(text: &str) -> Vec<String> {
    match Policy::parse(Source::new("x.promise", text)) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.errors.iter().map(shown).collect(),
    }
}

fn shown(error: &PolicyError) -> String {
    let mut out = format!(
        "{} «{}» {} | {}",
        error.mistake.code().trim_start_matches("policy::"),
        error.underlined().replace('\n', "⏎"),
        error,
        error.mistake.label(),
    );
    // The words there are have a test of their own.
    let help = error.mistake.help().filter(|h| !h.contains(" there can be `") || h.starts_with("behind"));
    if let Some(help) = help {
        out += &format!(" | {help}");
    }
    if let Some(second) = &error.second {
        out += &format!(" | {} «{}»", second.label, second.source.slice(second.span));
    }
    // Miette must be able to show it.
    assert!(error.labels().is_none() || error.source_code().is_some());
    out
}

/// The policy a text means; it has no mistakes.
fn policy(text: &str) -> Policy {
    match Policy::parse(Source::new("x.promise", text)) {
        Ok((policy, _)) => policy,
        Err(errors) => panic!("{:#?}", errors.errors.iter().map(shown).collect::<Vec<_>>()),
    }
}
