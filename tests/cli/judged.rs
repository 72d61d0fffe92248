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
