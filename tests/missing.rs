//! What is missing, on whole small documents: what the examples of the rules cannot say, such as messages, second
//! places, and what silences a rule.

use loosetight::document::{self, Format, Kind, Limits};
use loosetight::engine::examples::POLICY;
use loosetight::finding::Finding;
use loosetight::lint::{Linter, Setting};
use loosetight::policy::Policy;
use loosetight::rule::Sensitivity;
use loosetight::source::Source;
use std::sync::Arc;

const ORDERS: &str = "Greet the guest at the door and ask the guest for a passport. Enter the passport number. Hand \
                      the guest the key card. Explain breakfast times to the guest. Point the guest to the lift.";

fn policy() -> Arc<Policy> {
    Arc::new(Policy::parse(Source::new("example.promise", POLICY)).expect("the policy is read").0)
}

fn found(policy: Option<Arc<Policy>>, sensitivity: Sensitivity, kind: Kind, text: &str) -> Vec<Finding> {
    let linter = Linter::new(policy, Vec::new(), sensitivity).expect("the built-in packs compile");
    let doc = document::read_as("example.md", text.as_bytes().to_vec(), Format::Markdown, Limits::default())
        .expect("the document is read");
    let sections: Vec<_> = (0..doc.sections.len() as u32)
        .map(|i| {
            let words = doc.heading(i).to_lowercase();
            let named = linter.policy().and_then(|p| p.touchpoint_named(&words));
            named.into_iter().collect::<Vec<_>>()
        })
        .collect();
    let reading = linter.read(&doc);
    linter.check(&doc, &reading, Setting { kind, sections: &sections })
}

fn names(findings: &[Finding]) -> Vec<&str> {
    findings.iter().map(|f| f.rule.as_str()).collect()
}

#[test]
fn a_technical_document_lacks_nothing() {
    let text = format!("# Desk\n\n## Coming in\n\n{ORDERS}\n");
    assert_eq!(names(&found(None, Sensitivity::Careful, Kind::Playbook, &text)), ["section-without-outcome"]);
    assert!(found(None, Sensitivity::Everything, Kind::Technical, &text).is_empty());
}

#[test]
fn an_outcome_that_is_due_and_never_spoken_to() {
    let text = format!("# Desk\n\n## Arrival\n\n{ORDERS}\n");
    let findings = found(Some(policy()), Sensitivity::Careful, Kind::Playbook, &text);
    let one = findings.iter().find(|f| f.rule == "outcome-missing").expect("it is missing");
    assert_eq!(one.source.slice(one.span), "Arrival");
    assert!(one.message.contains("recognised") && one.message.contains("arrival"), "{}", one.message);
    assert_eq!(one.related.len(), 1);
    assert!(one.related[0].source.slice(one.related[0].span).starts_with("outcome recognised"));
    assert!(one.instead[0].contains("Guests feel recognised as individuals"));
    assert!(!names(&findings).contains(&"section-without-outcome"), "said once");
}

#[test]
fn the_old_way_of_a_guideline() {
    let text = format!("# Desk\n\n## Arrival\n\nGive every guest the standard welcome speech. {ORDERS}\n");
    let findings = found(Some(policy()), Sensitivity::Careful, Kind::Playbook, &text);
    let one = findings.iter().find(|f| f.rule == "guideline-tightened").expect("it is seen");
    assert!(one.source.slice(one.span).contains("standard welcome speech"));
    assert_eq!(one.related[0].source.slice(one.related[0].span), "standard welcome speech");
}

#[test]
fn a_boundary_excuses_what_it_covers_at_its_touchpoints_only() {
    let order = "Say to every guest: “Let me check the allergen sheet for you, it will be my pleasure.”";
    let text = |heading: &str| format!("# Service\n\n## {heading}\n\n{order}\n");
    let scripted = |f: &[Finding]| f.iter().any(|f| f.group == loosetight::finding::Group::OverScripting);
    let there = found(Some(policy()), Sensitivity::Everything, Kind::Playbook, &text("Dining"));
    assert!(!scripted(&there), "{:?}", names(&there));
    let elsewhere = found(Some(policy()), Sensitivity::Everything, Kind::Playbook, &text("Arrival"));
    assert!(scripted(&elsewhere), "{:?}", names(&elsewhere));
}

#[test]
fn a_wording_is_excused_sentence_by_sentence_with_the_order_to_read_it_and_no_other_text_is() {
    let order = |text: &str| {
        format!(
            "# Service\n\n## Arrival\n\nThe deposit notice is read word for word to every guest:\n\n> “{text}”\n"
        )
    };
    let scripted = |text: &str| -> Vec<String> {
        found(Some(policy()), Sensitivity::Everything, Kind::Playbook, &order(text))
            .into_iter()
            .filter(|f| f.group == loosetight::finding::Group::OverScripting)
            .map(|f| f.rule)
            .collect()
    };
    let declared =
        "We block fifty euros on your card. You have them back a day after you leave. Ask us if not.";
    assert_eq!(scripted(declared), Vec::<String>::new());
    assert_ne!(
        scripted("We are delighted to have you with us today. How may I help you?"),
        Vec::<String>::new()
    );
}

#[test]
fn documents_about_machines_lack_nothing() {
    let text = "# Deploying\n\nRun the migration. Restart the service. Check the log of the server. Set the variable. Push the image to the registry.\n";
    for sensitivity in [Sensitivity::Careful, Sensitivity::Everything] {
        let findings = found(None, sensitivity, Kind::Playbook, text);
        assert!(
            findings.iter().all(|f| f.group != loosetight::finding::Group::MissingOutcome),
            "{:?}",
            names(&findings)
        );
    }
}
