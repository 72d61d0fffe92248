//! `coverage`: which outcome is spoken to where.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

const POLICY: &str = r#"brand "Harbour" {
  promise "Nobody waits in the dark."
}
journey "Coming in" {
  stage nearing "I see the coast" {
    touchpoint approach "The last mile" { also "fairway" }
    touchpoint berth "At the quay" { moment of truth }
  }
}
tight {
  outcome sure "Sailors know where they will lie before they reach the quay" {
    at approach, berth
    signals "know where they will lie"
  }
  outcome unhurried "Sailors have all the time they need" { at berth }
  outcome warm "Sailors come into a warm room" { at everywhere }
}
"#;

fn scene() -> Scene {
    Scene::empty()
        .file("harbour.promise", POLICY)
        .file(
            "pilot.md",
            "# Pilot book\n\nEdition 4.\n\n## The fairway\n\nSailors know where they will lie before they reach the \
             quay.\n\n## Berths\n\nMoor fore and aft.\n",
        )
        .file("other.md", "# Tide tables\n")
}

#[test]
fn a_matrix_in_the_order_of_the_journey() {
    assert_data_eq!(
        scene().call(&["coverage"]),
        str![[r#"
harbour.promise, held against 2 documents

          sure  unhurried  warm
approach   ●        ·       ○    1 section
berth      ○        ○       ○    1 section

● covered   ◐ weakly   ○ missing   · not due

  Missing   warm at approach
  Missing   sure, unhurried and warm at berth
  Next      `loosetight coverage --why warm@approach` shows what comes closest
-- exit 0 --

"#]]
    );
    let narrow =
        scene().program().args(["coverage"]).env("COLUMNS", "40").env("LC_ALL", "C").output().unwrap();
    assert_data_eq!(
        String::from_utf8(narrow.stdout).unwrap(),
        str![[r#"
harbour.promise, held against 2 documents

          1  2  3
approach  #  .  o  1 section
berth     o  o  o  1 section

  1  sure
  2  unhurried
  3  warm

# covered   + weakly   o missing   . not due

  Missing   warm at approach
  Missing   sure, unhurried and warm
            at berth
  Next      `loosetight coverage --why
            warm@approach` shows what
            comes closest

"#]]
    );
    let narrated = scene().program().args(["coverage"]).env("NO_GRAPHICS", "1").output().unwrap();
    assert_data_eq!(
        String::from_utf8(narrated.stdout).unwrap(),
        str![[r#"
harbour.promise, held against 2 documents

approach: sure is covered and warm is missing.
berth: sure is missing, unhurried is missing and warm is missing.

Missing: warm at approach
Missing: sure, unhurried and warm at berth
Next: `loosetight coverage --why warm@approach` shows what comes closest

"#]]
    );
}

#[test]
fn why_shows_the_sentence_that_comes_closest_section_by_section() {
    assert_data_eq!(
        scene().call(&["coverage", "--why", "warm@berth"]),
        str![[r#"
pilot.md: missing in “Berths”: no sentence speaks of it
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene().call(&["coverage", "--why", "wram"]),
        str![[r#"
-- standard error --
coverage::unknown

  × the policy has no outcome `wram`
  help: did you mean `warm`?

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene().call(&["coverage", "--why", "warm@birth"]),
        str![[r#"
-- standard error --
coverage::unknown

  × the policy has no touchpoint `birth`
  help: did you mean `berth`?

-- exit 2 --

"#]]
    );
}

#[test]
fn json_has_every_section_and_every_outcome() {
    let output = scene().program().args(["coverage", "--format", "json", "pilot.md"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let sections = json["documents"][0]["sections"].as_array().unwrap();
    let heads: Vec<&str> = sections.iter().map(|s| s["heading"].as_str().unwrap()).collect();
    assert_eq!(heads, ["", "Pilot book", "The fairway", "Berths"]);
    assert!(sections.iter().all(|s| s["outcomes"].as_array().unwrap().len() == 3));
    let fairway = &sections[2];
    assert_eq!(fairway["depth"], 2);
    assert_eq!(fairway["touchpoints"][0], "approach");
    let sure = &fairway["outcomes"][0];
    assert_eq!(
        (&sure["outcome"], &sure["covered"], &sure["answer"], &sure["due"]),
        (&"sure".into(), &true.into(), &"covered".into(), &true.into())
    );
    assert_eq!(sure["evidence"]["line"], 7);
    assert_eq!(fairway["outcomes"][1]["due"], false);
    assert_eq!(fairway["outcomes"][2]["due"], true);
    let due = json["matrix"].as_array().unwrap().iter();
    let due: Vec<_> = due
        .map(|c| format!("{}@{}", c["outcome"].as_str().unwrap(), c["touchpoint"].as_str().unwrap()))
        .collect();
    assert_eq!(due, ["sure@approach", "warm@approach", "sure@berth", "unhurried@berth", "warm@berth"]);
}

#[test]
fn without_a_policy_there_is_nothing_to_cover() {
    assert_data_eq!(
        Scene::empty().file("a.md", "# A\n").call(&["coverage"]),
        str![[r#"
-- standard error --
coverage::no-policy

  × no policy was found, so no outcome is declared
  help: `loosetight init` starts one, and `--policy FILE` names one

-- exit 2 --

"#]]
    );
}
