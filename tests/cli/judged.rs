//! What is said about the policy itself: where, how loud, and how often.

use crate::scene::Scene;
use serde_json::Value;
use snapbox::{assert_data_eq, str};

/// A policy with a few things to be said about it, and an umlaut before one of them.
const LOOSE: &str = r#"brand "Möwe Ferries" {
  promise "World-class service and seamless solutions for everyone"
  for "Islanders"
  unlike "Lines that say nothing"
  expects "A boat"
  values "The truth" drives trust
  owner "Head of passengers"
  reviewed 2026-01-10
  review every 6 months
}
tight {
  outcome told "Crew announce each delay within five minutes" { at everywhere }
}
"#;

fn json(scene: &Scene, arguments: &[&str]) -> Value {
    let output = scene.program().args(arguments).args(["--format", "json"]).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn rules(json: &Value) -> Vec<&str> {
    json["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect()
}

#[test]
fn a_policy_alone_is_judged() {
    let scene = Scene::empty().file("moewe.promise", LOOSE);
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "--today", "2026-11-21", "moewe.promise"]),
        str![[r#"
moewe.promise:1:1: should fix: nobody here may decide anything alone: an `empower` block says who, what, and up to how much [no-empowerment-limit]
moewe.promise:2:12: should fix: “World-class”, “service”, “seamless” and “solutions” could stand in any company's promise, and nothing else stands in it [filler-promise]
moewe.promise:8:12: should fix: the review was due on 2026-07-10 [review-overdue]
moewe.promise:12:3: should fix: nothing says how one would know [outcome-without-measure]
moewe.promise:12:17: must fix: this outcome says what staff do; it should say what the customer gets from it [outcome-as-behaviour]
-- exit 1 --

"#]]
    );
}

#[test]
fn places_are_where_they_say() {
    let scene = Scene::empty().file("moewe.promise", LOOSE);
    let run = json(&scene, &["check", "--today", "2026-11-21", "moewe.promise"]);
    let findings = run["findings"].as_array().unwrap();
    assert!(findings.len() >= 4, "{run}");
    for finding in findings {
        assert_eq!(finding["group"], "policy");
        assert_eq!(finding["file"], "moewe.promise");
        let at = |key: &str| finding["span"][key].as_u64().unwrap() as usize;
        let (start, end) = (at("start"), at("end"));
        assert_eq!(finding["text"], LOOSE[start..end], "{finding}");
        let before = &LOOSE[..start];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
        assert_eq!(
            (finding["line"].as_u64(), finding["column"].as_u64()),
            (Some(line as u64), Some(column as u64))
        );
    }
}

#[test]
fn a_folder_has_it_judged_once_and_a_document_alone_not_at_all() {
    let scene = Scene::empty()
        .file("group.promise", LOOSE)
        .file("one/one.promise", "extends \"../group.promise\"\n")
        .file("two/two.promise", "extends \"../group.promise\"\n")
        .file("one/a.md", "# Boats\n\nThe boat leaves at six.\n")
        .file("two/b.md", "# Boats\n\nThe boat leaves at six.\n");
    let run = json(&scene, &["check", "--today", "2026-11-21"]);
    assert_eq!(rules(&run).iter().filter(|rule| **rule == "filler-promise").count(), 1, "{run}");
    assert_eq!(run["summary"]["documents"], 2);
    let run = json(&scene, &["check", "--today", "2026-11-21", "one/a.md"]);
    assert_eq!(rules(&run), Vec::<&str>::new());
}

#[test]
fn settings_and_filters_hold_for_policies_as_for_documents() {
    let settings = "[levels]\nfiller-promise = \"must-fix\"\nreview-overdue = \"off\"\n";
    let scene = Scene::empty().file("moewe.promise", LOOSE).file("loosetight.toml", settings);
    let call = |more: &[&str]| {
        let arguments = [&["check", "--format", "compact", "--today", "2026-11-21"], more].concat();
        scene.call(&arguments)
    };
    assert_data_eq!(
        call(&["--only", "filler-promise,open-ended-exception,review-overdue"]),
        str![[r#"
moewe.promise:2:12: must fix: “World-class”, “service”, “seamless” and “solutions” could stand in any company's promise, and nothing else stands in it [filler-promise]
loosetight.toml:3:1: should fix: `review-overdue` is off, and nothing says why [open-ended-exception]
-- exit 1 --

"#]]
    );
    // A policy is no macro, and stands at no touchpoint.
    assert_data_eq!(
        call(&["--only", "kind=macro"]),
        str![[r#"
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        call(&["--only", "filler-promises"]),
        str![[r#"
-- standard error --
usage::only

  × `--only filler-promises` names no rule, kind or touchpoint
  help: did you mean `filler-promise`?

-- exit 2 --

"#]]
    );
}

#[test]
fn what_is_overdue_depends_on_the_day() {
    let scene = Scene::empty().file("moewe.promise", LOOSE);
    let on = |day: &str| {
        let run = json(&scene, &["check", "--today", day, "--only", "review-overdue", "moewe.promise"]);
        run["findings"].as_array().unwrap().len()
    };
    assert_eq!(on("2026-07-10"), 0);
    assert_eq!(on("2026-07-11"), 1);
}

/// A policy with boundaries and experiments, and the folder around it.
fn harbour() -> Scene {
    let policy = r#"brand "Harbour" {
  promise "Ships get home."
}
journey "A landing" {
  stage near "I see the lamp" {
    touchpoint pier "Tying up"
    touchpoint night "After dark" {
      moment of truth
    }
  }
}
tight {
  outcome home "Sailors know where to tie up" {
    at everywhere
  }
  boundary ropes "Ropes are thrown one way only" {
    kind safety
    at pier
    covers "mooring rope", "bollard"
    because "A rope under load takes a hand off."
  }
}
backstage {
  experiment lamp "A second lamp" {
    try "Light both lamps"
    from 2026-11-02 for 1 week
  }
  experiment bell "One bell less" {
    try "Ring once"
    from 2026-11-16 for 2 weeks
  }
  experiment flag "A flag" {
    try "Hoist it"
    from 2026-10-01 for 1 week
    better "They saw it"
    reflected with "The crew"
    next keep
  }
}
"#;
    Scene::empty()
        .file("harbour.promise", policy)
        .file("pier.md", "# Pier\n\nLook up when a boat comes. Keep the mooring rope dry.\n\nEach mooring rope is marked.\n")
        .file("lamps.md", "# Lamps\n\nThe lamp burns.\n")
        .file("bells.md", "# Bells\n\nThe bell rings.\n")
}

#[test]
fn boundaries_say_what_they_cover_and_where() {
    assert_data_eq!(
        harbour().call(&["policy", "boundaries"]),
        str![[r#"
ropes  Ropes are thrown one way only
  at        pier
  because   A rope under load takes a hand off.
  kind      safety
  covers    2 passages by “mooring rope”: pier.md:3,5
  unused    “bollard”: nothing here holds them

-- exit 0 --

"#]]
    );
}

#[test]
fn experiments_say_how_far_they_are() {
    assert_data_eq!(
        harbour().call(&["policy", "experiments", "--today", "2026-11-25", "harbour.promise"]),
        str![[r#"
lamp  A second lamp
  state     over, and nothing noted, 2026-11-02 to 2026-11-08
  try       Light both lamps
  overdue   it ended on 2026-11-08; what got better, and what got worse?

bell  One bell less
  state     running, 2026-11-16 to 2026-11-29
  try       Ring once

flag  A flag
  state     closed, 2026-10-01 to 2026-10-07
  try       Hoist it
  better    They saw it
  next      keep

-- exit 0 --

"#]]
    );
}

#[test]
fn the_six_steps_are_backed_by_lines_and_documents() {
    let scene = harbour().file("crew.md", "# The crew\n\nWe meet for a line-up each morning.\n");
    let said = scene.call(&["explain", "six-steps"]);
    let here = said.split_once("\nHere").unwrap().1;
    assert_data_eq!(
        here.to_owned(),
        str![[r#"
 (harbour.promise, and 4 documents around it):

            the right people, and what leaders do: nothing yet; `hire` in the
            policy says it
            the basics of each role: nothing yet; `basics` in the policy says it
            room to decide, with a limit: nothing yet; `empower` in the policy
            says it
            decisions as teachable moments: nothing yet; `teach` in the policy
            says it
            praise: nothing yet; `praise` in the policy says it
            coming back to the promise together: crew.md:3
-- exit 0 --

"#]]
    );
}

#[test]
fn documents_are_looked_at_together_where_a_folder_holds_them_all() {
    let run = |arguments: &[&str]| {
        let rules = "six-steps-gap,uncovered-cell,boundary-missing";
        harbour().call(&[&["check", "--format", "compact", "--only", rules], arguments].concat())
    };
    assert_data_eq!(
        run(&["."]),
        str![[r#"
harbour.promise:1:1: consider: neither this policy nor a document of it says anything of the six steps that make a promise everybody's [six-steps-gap]
harbour.promise:7:5: should fix: home is due here, and none of the 3 documents read is about this touchpoint [uncovered-cell]
-- exit 0 --

"#]]
    );
    // Some documents are not all of them.
    assert_data_eq!(
        run(&["harbour.promise", "pier.md"]),
        str![[r#"
-- exit 0 --

"#]]
    );
}

#[test]
fn a_memory_not_told_to_its_end_gets_questions_and_no_finding() {
    let policy = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\nbackstage {\n  memory cello \"The cello\" {\n    \
                  happened \"It came aboard upright.\"\n    good\n  }\n}\n";
    let scene = Scene::empty().file("harbour.promise", policy);
    let run = json(&scene, &["check", "harbour.promise"]);
    assert!(run["findings"].as_array().unwrap().iter().all(|f| f["group"] != "record"), "{run}");
    let notes = run["summary"]["notes"].as_array().unwrap();
    let asked: Vec<&str> = notes.iter().filter_map(Value::as_str).filter(|n| n.contains("cello")).collect();
    assert_eq!(
        asked,
        [
            "harbour.promise:5: “The cello” is worth hearing more of: who lived it, how it felt, with whom you would \
             share it and why, what keeps it alive and whether it may be told?"
        ]
    );
}

#[test]
fn a_new_file_is_a_good_start_and_never_in_the_way() {
    let scene = Scene::empty();
    assert_data_eq!(
        scene.call(&["new", "experiment", "A face at the  window"]),
        str![[r#"
wrote a-face-at-the-window.md
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["new", "experiment", "A face at the window"]),
        str![[r#"
-- standard error --
new::exists

  × a-face-at-the-window.md is there already; nothing was written
  help: give it another name, or `--to PATH`

-- exit 2 --

"#]]
    );
    for kind in ["memory", "training", "playbook", "journey"] {
        let to = format!("drafts/{kind}.md");
        assert_data_eq!(
            scene.call(&["new", kind, "The cello", "--to", &to]),
            format!("wrote {to}\n-- exit 0 --\n")
        );
        let text = std::fs::read_to_string(scene.path(&to)).unwrap();
        assert!(text.contains("# The cello\n") && !text.contains("{name}"), "{text}");
    }
    // The parts of a policy read as what they are.
    let brand = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\ninclude \"parts/*.promise\"\n";
    let scene = scene.file("harbour.promise", brand);
    scene.call(&["new", "experiment", "A \"face\"", "--to", "parts/face.promise"]);
    scene.call(&["new", "memory", "The cello", "--to", "parts/cello.promise"]);
    assert_data_eq!(
        scene.call(&["check", "--quiet", "--only", "kind=experiment", "harbour.promise"]),
        str![[r#"
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["new", "training", "X", "--to", "parts/x.promise"]),
        str![[r#"
-- standard error --
new::no-block

  × parts/x.promise would be part of a policy, and a training is no part of
  │ one
  help: name a file that ends in .md

-- exit 2 --

"#]]
    );
    // Nothing is wrong with what was written but that its gaps are still open.
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "a-face-at-the-window.md", "drafts"]),
        str![[r#"
-- exit 0 --

"#]]
    );
}

#[test]
fn two_documents_and_an_agreed_wording_disagree_with_both_places_shown() {
    let policy = r#"brand "Harbour" {
  promise "Ships get home."
}
tight {
  boundary rights "The notice is read as agreed" {
    kind contract
    covers "notice of rights"
    wording "You may travel on the next sailing, travel by another way we arrange, or have your fare back today."
    because "The Board pays for it."
  }
}
"#;
    let scene = Scene::empty()
        .file("harbour.promise", policy)
        .file("a.md", "# Lost coats\n\nLost coats are kept for 30 days.\n")
        .file("b.md", "# Lost coats\n\nLost coats are kept for 90 days.\n")
        .file(
            "c.md",
            "# Late\n\nRead it: \"You may travel on the next boat, travel by another way we arrange, or have your fare \
             back today.\"\n",
        );
    let run = json(&scene, &["check", "--only", "documents-disagree,wording-drift"]);
    let findings = run["findings"].as_array().unwrap();
    assert_eq!(rules(&run), ["wording-drift", "documents-disagree"], "{run}");
    assert_eq!(findings[0]["message"], "not as it was agreed: “boat” stands where “sailing” was agreed");
    assert_eq!(findings[0]["related"][0]["file"], "harbour.promise");
    let (mine, other) = (&findings[1], &findings[1]["related"][0]);
    assert_eq!((&mine["file"], &mine["line"]), (&"b.md".into(), &3.into()));
    assert_eq!((&other["file"], &other["line"]), (&"a.md".into(), &3.into()));
    assert_eq!(mine["message"], "90 days here, and 30 days elsewhere for the same thing");
}
