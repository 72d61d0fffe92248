//! Documents of our own in which approval is asked below a declared limit (`tests/quality/limits/`), and how many of
//! those places are found: precision and recall may not fall below what was reached.
//!
//! A document begins with the lines of an `empower` block, then `---`, then the text. ⟦ and ⟧ stand around each place
//! that takes back what the policy gives; whatever else is found is a false alarm.

use loosetight::document::{self, Format, Kind, Limits};
use loosetight::finding::{Finding, Level};
use loosetight::lint::{Linter, Setting};
use loosetight::policy::Policy;
use loosetight::rule::Sensitivity;
use loosetight::rule::selftest::unmarked;
use loosetight::source::Source;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

const RULE: &str = "approval-below-limit";

/// A policy with one `empower` block of these lines.
fn policy(lines: &str) -> Policy {
    let text = format!(
        "brand \"Test\" {{\n  promise \"People get what they came for.\"\n}}\nloose {{\n  empower crew \"Everyone who serves\" {{\n{lines}\n  }}\n}}\n"
    );
    Policy::parse(Source::new("test.promise", text)).expect("a policy").0
}

/// The findings of this rule in a text.
fn found(policy: Policy, text: &str, format: Format) -> Vec<Finding> {
    let linter =
        Linter::new(Some(Arc::new(policy)), Vec::new(), Sensitivity::Careful).expect("the built-in packs");
    let doc = document::read_as("document", text, format, Limits::default()).expect("text");
    let reading = linter.read(&doc);
    let mut all = linter.check(&doc, &reading, Setting { kind: Kind::Playbook, sections: &[] });
    all.retain(|f| f.rule == RULE);
    all
}

#[test]
fn the_documents_of_our_own_are_read_as_they_are_marked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality/limits");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|e| e.expect("an entry").path()).collect();
    files.sort();
    let (mut right, mut wrong, mut missed, mut told) = (0u32, 0u32, 0u32, String::new());
    for path in &files {
        let text = std::fs::read_to_string(path).expect("a document");
        let (lines, marked) = text.split_once("\n---\n").expect("the lines of a policy, `---`, a text");
        let (text, places) = unmarked(marked);
        let format =
            if path.extension().is_some_and(|e| e == "txt") { Format::Text } else { Format::Markdown };
        let name = path.file_name().expect("a name").to_string_lossy();
        let findings = found(policy(lines), &text, format);
        let overlap =
            |f: &Finding, p: &Range<usize>| (f.span.start as usize) < p.end && p.start < f.span.end as usize;
        for p in &places {
            if findings.iter().any(|f| overlap(f, p)) {
                right += 1;
            } else {
                missed += 1;
                writeln!(told, "missed  {name}: {}", &text[p.clone()]).expect("a string");
            }
        }
        for f in findings.iter().filter(|f| !places.iter().any(|p| overlap(f, p))) {
            wrong += 1;
            writeln!(told, "wrongly {name}: {}", f.source.slice(f.span)).expect("a string");
        }
    }
    let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
    let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
    assert!(files.len() >= 12 && right + missed >= 30, "too little to judge by");
    assert!(
        precision >= 0.97 && recall >= 0.95,
        "precision {precision:.3}, recall {recall:.3} ({right} right, {wrong} wrong, {missed} missed)\n{told}"
    );
}

#[test]
fn a_conflict_names_both_places_and_both_amounts() {
    let lines = "may spend up to 250 EUR per stay\nmay \"change a room\"\nwithout approval";
    let one =
        found(policy(lines), "A gesture above 80 € waits for the duty manager's yes.\n", Format::Markdown);
    let [f] = one.as_slice() else { panic!("{} findings", one.len()) };
    assert_eq!(f.level, Level::MustFix);
    assert!(f.message.contains("from 80 EUR on") && f.message.contains("up to 250 EUR"), "{}", f.message);
    let [policy_line] = f.related.as_slice() else { panic!("no line of the policy") };
    assert_eq!(policy_line.source.slice(policy_line.span), "may spend up to 250 EUR per stay");
    assert_eq!(policy_line.label, "crew decide alone up to 250 EUR");

    let one = found(
        policy(lines),
        "Moving a guest to another room needs the manager's approval.\n",
        Format::Markdown,
    );
    let [f] = one.as_slice() else { panic!("{} findings", one.len()) };
    assert_eq!(f.related[0].source.slice(f.related[0].span), "change a room");
}

#[test]
fn the_conflict_takes_the_place_of_weaker_rules_on_the_same_sentence() {
    let lines = "may spend up to 250 EUR per stay\nwithout approval";
    let linter = Linter::new(Some(Arc::new(policy(lines))), Vec::new(), Sensitivity::Careful).expect("packs");
    let text = "# Complaints\n\nAny refund of 20 EUR requires the prior approval of the duty manager.\n";
    let doc = document::read_as("a.md", text, Format::Markdown, Limits::default()).expect("text");
    let reading = linter.read(&doc);
    let all = linter.check(&doc, &reading, Setting { kind: Kind::Playbook, sections: &[] });
    let rules: Vec<&str> = all.iter().map(|f| f.rule.as_str()).collect();
    assert_eq!(rules, [RULE], "one finding a sentence");
    let technical = linter.check(&doc, &reading, Setting { kind: Kind::Technical, sections: &[] });
    assert!(technical.is_empty());
}

#[test]
fn the_limit_of_another_currency_or_of_those_who_are_asked_is_no_measure() {
    let lines = "may spend up to 250 EUR per stay\nwithout approval";
    let text = "A gesture of 80 USD waits for the duty manager's yes.\n";
    assert!(found(policy(lines), text, Format::Markdown).is_empty());

    let two = "brand \"Test\" {\n  promise \"People get what they came for.\"\n}\nloose {\n  empower hosts \"Everyone at the desk\" {\n    may spend up to 50 EUR per stay\n  }\n  empower managers \"Duty managers\" {\n    may spend up to 900 EUR per stay\n  }\n}\n";
    let two = || Policy::parse(Source::new("test.promise", two)).expect("a policy").0;
    let above = "A gesture above 50 EUR waits for the duty manager's yes.\n";
    assert!(found(two(), above, Format::Markdown).is_empty());
    let below = "A gesture above 20 EUR waits for the duty manager's yes.\n";
    let one = found(two(), below, Format::Markdown);
    assert!(one[0].message.contains("hosts decide alone up to 50 EUR"), "{}", one[0].message);
}
