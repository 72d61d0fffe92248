//! The rules → the catalogue in `rules/README.md`, a page for people: what each rule sees, why, and what to write instead.

use super::{About, Rule, Rules, Sensitivity, selftest};
use crate::finding::Group;
use std::fmt::Write;

/// The catalogue of all rules as Markdown.
pub fn catalogue(rules: &Rules) -> String {
    let mut out = String::from(
        "# The rules\n\nWritten from the packs in this folder; a test holds it to them. `loosetight explain RULE` shows the same.\n\n\
         A rule is one `[[rule]]` table. Its patterns are read by `src/rule/pattern.rs`, whose first lines explain the notation;\n\
         word classes are in `lexicon/`, what customers get in `concepts.toml`. `judgement.bin` holds the weights of the model\n\
         that weighs what patterns see; `tests/quality/train.rs` makes it.\n",
    );
    for (group, title) in [
        (Group::OverScripting, "Over-scripting: tight where it should be loose"),
        (Group::MissingOutcome, "Missing outcomes: what the customer gets, not spoken to"),
        (Group::Policy, "The policy itself"),
        (Group::Record, "Records"),
    ] {
        let of: Vec<&Rule> = rules.iter().filter(|r| r.group == group).collect();
        if of.is_empty() {
            continue;
        }
        let _ = write!(out, "\n## {title}\n\n| rule | what it sees | level |\n|---|---|---|\n");
        for r in &of {
            let _ = writeln!(out, "| [`{0}`](#{0}) | {1} | {2} |", r.id, r.title, r.level.words());
        }
        for r in of {
            page(r, &mut out);
        }
    }
    out
}

/// One rule's page.
fn page(r: &Rule, out: &mut String) {
    let _ = write!(out, "\n### {}\n\n**{}.** {}\n\n{}\n", r.id, r.title, r.message, r.why);
    if !r.source.is_empty() {
        let _ = write!(out, "\nKnown from: {}\n", r.source);
    }
    let heard = match r.sensitivity {
        Sensitivity::Careful => String::new(),
        other => format!(", from sensitivity `{}` on", other.word()),
    };
    let _ = write!(out, "\nLevel: {}{heard}.\n\nInstead:\n\n", r.level.words());
    for way in &r.instead {
        let _ = writeln!(out, "- {}", folded(way));
    }
    if !r.unless.is_empty() {
        let _ = write!(out, "\nStays tight: {}\n", r.unless);
    }
    for (title, examples) in [("Found", &r.bad), ("Left alone", &r.good)] {
        if !examples.is_empty() {
            let _ = write!(out, "\n{title}:\n\n");
            for e in examples {
                let _ = writeln!(out, "- {}", folded(&e.replace(['⟦', '⟧'], "**")));
            }
        }
    }
    let documents = |bad: bool| r.documents.iter().filter(move |d| selftest::is_bad(&d.text) == bad);
    for (title, bad) in [("Found at ⟦ ⟧ in", true), ("Left alone in", false)] {
        for (i, e) in documents(bad).enumerate() {
            let title = if i == 0 { format!("\n{title}:\n") } else { String::new() };
            let language = match r.about {
                About::Records if e.kind.is_some() => "markdown",
                About::Documents => "markdown",
                About::Policy | About::Together | About::Records => "",
                About::Settings => "toml",
            };
            let _ = write!(out, "{title}\n````{language}\n{}\n````\n", e.text.trim());
        }
    }
    if !r.documents.is_empty() && r.about == About::Documents {
        let _ = match r.policy.as_deref().map(str::trim) {
            Some("") => write!(out, "\nThey are read without a policy.\n"),
            Some(own) => write!(out, "\nThey are held against this policy:\n\n```\n{own}\n```\n"),
            None => write!(out, "\nThey are held against [this policy](example.promise).\n"),
        };
    }
}

/// An example of several lines on one.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('<', "&lt;")
}
