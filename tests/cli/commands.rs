//! The commands beside `check`.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};
use std::fs;

#[test]
fn init_writes_a_start_that_passes_check_and_overwrites_nothing() {
    let scene = Scene::empty();
    assert_data_eq!(
        scene.call(&["init", "--brand", "Harbour \"Lamp\" Hotels"]),
        str![[r#"
wrote harbour-lamp-hotels.promise
wrote loosetight.toml

Read harbour-lamp-hotels.promise aloud, make it yours, then: loosetight check .
-- exit 0 --

"#]]
    );
    let policy = fs::read_to_string(scene.path("harbour-lamp-hotels.promise")).unwrap();
    assert!(policy.contains("brand \"Harbour 'Lamp' Hotels\""));
    let checked = scene.program().args(["check", "--fail-on", "consider"]).output().unwrap();
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));

    assert_data_eq!(
        scene.call(&["init"]),
        str![[r#"
-- standard error --
init::exists

  × harbour-lamp-hotels.promise is there already; nothing was written
  help: init begins where there is nothing yet; name another folder:
        `loosetight init FOLDER`

init::exists

  × loosetight.toml is there already; nothing was written
  help: init begins where there is nothing yet; name another folder:
        `loosetight init FOLDER`

-- exit 2 --

"#]]
    );
    assert_eq!(fs::read_to_string(scene.path("harbour-lamp-hotels.promise")).unwrap(), policy);
    assert_data_eq!(
        scene.call(&["init", "new/ferry-line"]),
        str![[r#"
wrote new/ferry-line/ferry-line.promise
wrote new/ferry-line/loosetight.toml

Read new/ferry-line/ferry-line.promise aloud, make it yours, then: loosetight check new/ferry-line
-- exit 0 --

"#]]
    );
    assert!(scene.path("new/ferry-line/ferry-line.promise").is_file());
}

#[test]
fn rules_of_a_pack_are_tested() {
    let scene = Scene::new();
    assert_data_eq!(
        scene.call(&["rules", "test", "ours.toml"]),
        str![[r#"
3 rules pass, none fails; 6 examples run
-- exit 0 --

"#]]
    );
    let broken = crate::scene::PACK
        .replace("⟦lamp burns three times⟧", "lamp ⟦burns three times⟧")
        .replace("good = [\"The harbour bell.\"]", "good = [\"The harbour bell in order.\"]");
    let scene = scene.file("broken.toml", broken);
    assert_data_eq!(
        scene.call(&["rules", "test", "broken.toml"]),
        str![[r#"
1 rule passes, 2 rules fail; 6 examples run
-- standard error --
rules::example

  × lamp-quota: the rule marks: lamp burns three times
  help: the example is “The harbour lamp ⟦burns three times⟧.”

rules::example

  × bell-order: the rule should leave this alone, but marks: bell in order
  help: the example is “The harbour bell in order.”

-- exit 1 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["rules", "test", "missing.toml"]),
        str![[r#"
none passes, none fails; 0 examples run
-- standard error --
pack::unreadable

  × the pack missing.toml cannot be read: there is nothing of that name

-- exit 2 --

"#]]
    );
}

#[test]
fn examples_that_are_documents_are_held_against_the_policy_of_their_rule() {
    let pack = r#"
[[rule]]
id = "horn-order"
group = "over-scripting"
level = "should-fix"
title = "a horn to be blown"
message = "this orders the horn"
why = "Horns are for fog."
instead = ["Say what the ship should hear.", "Leave it out."]
patterns = [{ match = "blow .. horn", sure = true }]
policy = """
brand "Quay" {
  promise "Ships find home."
}
tight {
  boundary fog "Fog is no time for choices" {
    kind safety
    covers "in fog"
    because "Ships sink."
  }
}
"""

[[rule.document]]
text = """
# The pier

Hosts ⟦blow the horn⟧ at noon.
"""

[[rule.document]]
text = """
# The pier

Hosts blow the horn in fog.
"""
"#;
    let scene = Scene::empty().file("ours.toml", pack);
    assert_data_eq!(
        scene.call(&["rules", "test", "ours.toml"]),
        str![[r#"
1 rule passes, none fails; 2 examples run
-- exit 0 --

"#]]
    );
    let scene = scene.file("broken.toml", pack.replace("covers \"in fog\"", "covers \"in rain\""));
    assert_data_eq!(
        scene.call(&["rules", "test", "broken.toml"]),
        str![[r#"
none passes, 1 rule fails; 2 examples run
-- standard error --
rules::example

  × horn-order: the rule should leave this alone, but marks: blow the horn
  help: the example is “# The pier
        
        Hosts blow the horn in fog.”

-- exit 1 --

"#]]
    );
}

#[test]
fn every_topic_is_explained() {
    let scene = Scene::empty();
    let contents = scene.call(&["explain"]);
    for topic in loosetight::topics::ALL {
        assert!(contents.contains(topic.name), "{}", topic.name);
        let told = scene.call(&["explain", topic.name]);
        assert!(told.ends_with("-- exit 0 --\n"), "{told}");
        let title = topic.text.lines().next().unwrap().trim_start_matches("# ");
        assert!(told.starts_with(title), "{told}");
    }
    assert_data_eq!(
        scene.call(&["explain", "Exit Codes"]),
        str![[r#"
Exit codes

- 0: nothing at or above the level that fails (must fix, unless --fail-on or
  loosetight.toml says otherwise)
- 1: findings at or above it
- 2: a call, setting, policy or file that is no good; whatever could be read was
  looked at all the same

They are the same in every format. --exit-zero ends with 0 whatever is found,
for showing; 2 stays 2.

A folder without documents is no mistake: 0. A path that does not exist is: 2.
-- exit 0 --

"#]]
    );
}

#[test]
fn every_rule_is_explained_and_listed() {
    let scene = Scene::empty();
    let list = scene.program().args(["rules", "list", "--format", "json"]).output().unwrap();
    let list: serde_json::Value = serde_json::from_slice(&list.stdout).unwrap();
    let human = scene.call(&["rules", "list"]);
    for rule in list["rules"].as_array().unwrap() {
        let name = rule["rule"].as_str().unwrap();
        assert!(human.contains(&format!("  {name} ")), "{name}");
        let told = scene.call(&["explain", name]);
        assert!(told.starts_with(name) && told.ends_with("-- exit 0 --\n"), "{told}");
    }
}

#[test]
fn inspect_shows_sentences_where_they_stand() {
    let text = "# Arrival\n\nAlways *smile*.\nGuests know\nwhom to ring.\n\n| a | b |\n|---|---|\n| One. Two. | x |\n";
    let scene = Scene::empty().file("a.md", text).file("b.md", b"\xff");
    let output = scene.program().args(["inspect", "--format", "json", "a.md", "b.md"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let document = &json["documents"][0];
    assert_eq!(document["file"], "a.md");
    let span = |v: &serde_json::Value| {
        let at = |key: &str| usize::try_from(v["span"][key].as_u64().unwrap()).unwrap();
        &text[at("start")..at("end")]
    };
    let sentences: Vec<&str> = document["sentences"].as_array().unwrap().iter().map(span).collect();
    assert_eq!(
        sentences,
        ["Arrival", "Always *smile*.", "Guests know\nwhom to ring.", "a", "b", "One.", "Two.", "x"]
    );
    assert_eq!(document["sentences"][2]["text"], "Guests know whom to ring.");
    assert_eq!(document["sentences"][5]["block"], "cell");
    let human = scene.call(&["inspect", "a.md"]);
    assert!(human.contains("Guests know whom to ring.") && human.contains("heading"), "{human}");
}

#[test]
fn policy_show_reads_the_policy_back() {
    let policy = "brand \"Harbour\" {\n  promise \"Nobody waits in the dark.\"\n}\n";
    let scene = Scene::empty().file("harbour.promise", policy).file("pier/a.md", "# A\n");
    assert_data_eq!(
        scene.call(&["policy", "show"]),
        str![[r#"
Harbour
=======

We promise: Nobody waits in the dark.
-- exit 0 --

"#]]
    );
    assert_eq!(scene.call(&["policy", "show", "harbour.promise"]), scene.call(&["policy"]));
    assert_data_eq!(
        scene.call(&["policy", "show", "habour.promise"]),
        str![[r#"
-- standard error --
policy::cannot-read

  × habour.promise cannot be read: there is no such file

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        Scene::empty().call(&["policy", "show"]),
        str![[r#"
-- standard error --
policy::none

  × there is no policy here, nor going up from here
  help: `loosetight init` starts one; `loosetight policy show FILE` names one

-- exit 2 --

"#]]
    );
}

#[test]
fn policy_fmt_lays_out_files_whole_or_not_at_all() {
    let untidy = "brand   \"Harbour\" {\n      promise   \"Nobody waits in the dark.\" }\n";
    let scene = Scene::empty().file("harbour.promise", untidy).file("broken.promise", "brand \"A\n");
    assert_data_eq!(
        scene.call(&["policy", "fmt", "--check", "harbour.promise"]),
        str![[r#"
harbour.promise would be laid out otherwise
-- exit 1 --

"#]]
    );
    assert_eq!(fs::read_to_string(scene.path("harbour.promise")).unwrap(), untidy);
    assert_data_eq!(
        scene.call(&["policy", "fmt", "harbour.promise"]),
        str![[r#"
laid out harbour.promise
-- exit 0 --

"#]]
    );
    let tidy = fs::read_to_string(scene.path("harbour.promise")).unwrap();
    assert_data_eq!(
        &tidy,
        str![[r#"
brand "Harbour" {
  promise "Nobody waits in the dark."
}

"#]]
    );
    assert_eq!(scene.call(&["policy", "fmt", "--check", "harbour.promise"]), "-- exit 0 --\n");
    assert_eq!(scene.pipe(&["policy", "fmt", "-"], untidy), format!("{tidy}-- exit 0 --\n"));
    let told = scene.call(&["policy", "fmt", "broken.promise"]);
    assert!(told.contains("policy::unclosed-quotation") && told.ends_with("-- exit 2 --\n"), "{told}");
    assert_eq!(fs::read_to_string(scene.path("broken.promise")).unwrap(), "brand \"A\n");
}

#[test]
fn explain_an_outcome_of_the_policy() {
    let policy = "brand \"Harbour\" {\n  promise \"Nobody waits in the dark.\"\n}\ntight {\n  outcome warm \"Sailors come into a warm \
                  room\" {\n    at everywhere\n    signals \"the stove is lit\"\n    measure \"CSAT\" \"It was warm\" at least 80% \
                  { now 71% }\n    because \"They are cold.\"\n  }\n}\n";
    let scene = Scene::empty().file("harbour.promise", policy);
    assert_data_eq!(
        scene.call(&["explain", "Warm"]),
        str![[r#"
warm  Sailors come into a warm room

  declared  harbour.promise:5
  due       everywhere
  signals   “the stove is lit”
  concepts  comfortable and welcome (what a document is searched for, beside the
            outcome's own words)
  measured  “It was warm” (CSAT), at least 80%; now 71%
  because   They are cold.
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["explain", "wram"]),
        str![[r#"
-- standard error --
explain::unknown

  × `wram` is no rule, no outcome of the policy and no topic
  help: did you mean `loosetight explain warm`?

-- exit 2 --

"#]]
    );
}
