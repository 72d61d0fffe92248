//! `fix`: what it offers, what it writes, and that it does nothing twice.

use crate::scene::Scene;
use serde_json::Value;
use snapbox::{assert_data_eq, str};
use std::fs;

const POLICY: &str = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\n\
    tight {\n  outcome heard \"Guests feel heard before anything is offered\" {\n    at everywhere\n  }\n}\n";

const DESK: &str = "# The desk\n\n## Arrival\n\nGreet the guest at the door. Ask the guest for the booking. \
    Give the guest the key card. Show the guest the lift.\n";

fn findings(scene: &Scene, file: &str) -> Vec<String> {
    let output = scene.program().args(["check", "--format", "json", file]).output().unwrap();
    let run: Value = serde_json::from_slice(&output.stdout).unwrap();
    let rules = run["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap().to_owned());
    rules.collect()
}

fn scene() -> Scene {
    Scene::empty()
        .file("harbour.promise", POLICY)
        .file("desk.md", DESK)
        .file("call.md", "# Calls\n\nAgents must always say “Thank you for calling, how may I help you today?”\n\nSmile at all times.\n")
        .file("old.md", "# Old\n\n<!-- loosetight: allow name-quota because \"a study\" -->\nThe water is calm.\n")
}

#[test]
fn it_offers_a_diff_and_changes_nothing() {
    let scene = scene();
    assert_data_eq!(
        scene.call(&["fix"]),
        str![[r#"
--- a/call.md
+++ b/call.md
@@ -1,5 +1,5 @@
 # Calls
 
-Agents must always say “Thank you for calling, how may I help you today?”
+Agents must always say, for example, “Thank you for calling, how may I help you today?”, or put it in your own words.
 
 Smile at all times.
--- a/desk.md
+++ b/desk.md
@@ -3,3 +3,5 @@
 ## Arrival
 
+Guests feel heard before anything is offered. <!-- the policy's words; say it in this section's own -->
+
 Greet the guest at the door. Ask the guest for the booking. Give the guest the key card. Show the guest the lift.
--- a/old.md
+++ b/old.md
@@ -1,4 +1,3 @@
 # Old
 
-<!-- loosetight: allow name-quota because "a study" -->
 The water is calm.

3 findings in 3 documents would be mended; --write writes it
-- exit 0 --

"#]]
    );
    assert_eq!(fs::read_to_string(scene.path("desk.md")).unwrap(), DESK);
}

#[test]
fn what_it_writes_is_clean_and_stays_as_it_is() {
    let scene = scene();
    for file in ["desk.md", "call.md", "old.md"] {
        assert!(!findings(&scene, file).is_empty(), "{file}");
    }
    let before = findings(&scene, "call.md");
    let said = scene.call(&["fix", "--write"]);
    assert!(said.contains(" mended in 3 documents\n-- exit 0 --"), "{said}");
    assert_eq!(findings(&scene, "desk.md"), Vec::<String>::new());
    assert_eq!(findings(&scene, "old.md"), Vec::<String>::new());
    let after = findings(&scene, "call.md");
    assert!(before.contains(&"fixed-opening".to_owned()) && !after.contains(&"fixed-opening".to_owned()));
    // What needs judgement is left to people.
    assert!(after.contains(&"smile-order".to_owned()), "{after:?}");
    let texts = || ["desk.md", "call.md", "old.md"].map(|f| fs::read_to_string(scene.path(f)).unwrap());
    let once = texts();
    assert_eq!(
        scene.call(&["fix", "--write"]),
        "nothing here can be mended without asking somebody\n-- exit 0 --\n"
    );
    assert_eq!(texts(), once);
}

#[test]
fn standard_input_is_written_to_standard_output() {
    let scene = Scene::empty();
    let text =
        "# Old\r\n\r\n<!-- loosetight: allow name-quota because \"a study\" -->\r\nThe water is calm.\r\n";
    let said = scene.pipe(&["fix", "--write", "-"], text);
    assert_eq!(said, "# Old\r\n\r\nThe water is calm.\r\n-- exit 0 --\n");
}
