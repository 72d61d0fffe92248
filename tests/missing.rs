//! What is missing, on whole small documents: each rule where it should speak, and beside it where it should not.

use loosetight::document::{self, Format, Kind, Limits};
use loosetight::finding::Finding;
use loosetight::lint::{Linter, Setting};
use loosetight::policy::Policy;
use loosetight::rule::Sensitivity;
use loosetight::source::Source;
use std::sync::Arc;

const POLICY: &str = r#"brand "Quay Inn" {
  promise "Nobody arrives as a stranger."
}
journey "A stay" {
  stage arriving "I am tired" {
    touchpoint arrival "From the door to the room" { also "check-in" }
    touchpoint dining "Breakfast" { also "breakfast" }
  }
}
tight {
  outcome recognised "Guests feel recognised as individuals" {
    at arrival
    signals "knows why they came"
  }
  boundary allergens "We never guess about allergens" {
    kind safety
    at dining
    covers "allergen sheet"
    because "A wrong answer can kill."
  }
  boundary deposit-notice "The deposit is explained as the scheme demands" {
    kind contract
    at arrival
    covers "deposit notice"
    wording "We block fifty euros on your card. You have them back a day after you leave. Ask us if not."
    because "The scheme pays nothing otherwise."
  }
}
loose {
  guideline own-way "How somebody is welcomed is the host's own" {
    at arrival
    instead of "standard welcome speech"
    because "People hear a recital."
  }
}
"#;

const ORDERS: &str = "Greet the guest at the door and ask the guest for a passport. Enter the passport number. Hand \
                      the guest the key card. Explain breakfast times to the guest. Point the guest to the lift.";

fn policy() -> Arc<Policy> {
    Arc::new(Policy::parse(Source::new("quay.promise", POLICY)).expect("the policy is read").0)
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
fn orders_without_what_they_are_for() {
    let text = format!("# Desk\n\n## Coming in\n\n{ORDERS}\n");
    let found_here = found(None, Sensitivity::Careful, Kind::Playbook, &text);
    let one = found_here.iter().find(|f| f.rule == "section-without-outcome").expect("it is missing");
    assert_eq!(one.source.slice(one.span), "Coming in");

    let said = format!(
        "# Desk\n\nGuests feel at home within minutes and know where everything is.\n\n## Coming in\n\n{ORDERS}\n"
    );
    let silent = found(None, Sensitivity::Careful, Kind::Playbook, &said);
    assert!(!names(&silent).contains(&"section-without-outcome"), "the purpose above says it");
    let technical = found(None, Sensitivity::Careful, Kind::Technical, &text);
    assert!(technical.is_empty());
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

    let said = format!("# Desk\n\n## Arrival\n\nGuests feel recognised as individuals. {ORDERS}\n");
    let findings = found(Some(policy()), Sensitivity::Careful, Kind::Playbook, &said);
    assert!(!names(&findings).contains(&"outcome-missing"));
}

#[test]
fn the_old_way_of_a_guideline() {
    let text = format!("# Desk\n\n## Arrival\n\nGive every guest the standard welcome speech. {ORDERS}\n");
    let findings = found(Some(policy()), Sensitivity::Careful, Kind::Playbook, &text);
    let one = findings.iter().find(|f| f.rule == "guideline-tightened").expect("it is seen");
    assert!(one.source.slice(one.span).contains("standard welcome speech"));
    assert_eq!(one.related[0].source.slice(one.related[0].span), "standard welcome speech");

    let elsewhere =
        format!("# Desk\n\n## Dining\n\nGive every guest the standard welcome speech. {ORDERS}\n");
    let findings = found(Some(policy()), Sensitivity::Careful, Kind::Playbook, &elsewhere);
    assert!(!names(&findings).contains(&"guideline-tightened"), "the guideline is for arrival");
}

#[test]
fn purposes_and_successes_of_the_company_alone() {
    let text = format!(
        "# Complaints\n\n## Purpose\n\nTo ensure uniform handling of complaints in line with ISO requirements.\n\n## Steps\n\n{ORDERS}\n\nA contact is successful when the ticket is closed within SLA.\n"
    );
    let findings = found(None, Sensitivity::Careful, Kind::Playbook, &text);
    assert!(names(&findings).contains(&"internal-purpose"), "{:?}", names(&findings));
    assert!(names(&findings).contains(&"task-as-success"), "{:?}", names(&findings));

    let text = format!(
        "# Complaints\n\n## Purpose\n\nGuests who were let down leave believing us again.\n\n## Steps\n\n{ORDERS}\n\nA contact is successful when the guest would not need to write again.\n"
    );
    let findings = found(None, Sensitivity::Careful, Kind::Playbook, &text);
    assert!(!names(&findings).contains(&"internal-purpose"));
    assert!(!names(&findings).contains(&"task-as-success"));
}

#[test]
fn complaints_without_anything_anybody_may_do() {
    let text = "# Complaints\n\n## Guest complaints\n\nListen to the guest. Apologise to the guest. Fill in the form with the guest. Escalate the guest to the duty manager.\n";
    let findings = found(None, Sensitivity::Careful, Kind::Playbook, text);
    assert!(names(&findings).contains(&"recovery-without-authority"), "{:?}", names(&findings));
    let given = format!("{text}\nYou may give the guest up to 250 EUR on the spot.\n");
    let findings = found(None, Sensitivity::Careful, Kind::Playbook, &given);
    assert!(!names(&findings).contains(&"recovery-without-authority"));
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
