//! Allowances in documents of every format: what they silence, what is said about them, and `--add-allow`.

use crate::formats::{assert_valid_sarif, docx};
use crate::scene::Scene;
use serde_json::Value;
use snapbox::{assert_data_eq, str};
use std::fs;

const LAMP: &str = "The harbour lamp burns three times.";

fn json(scene: &Scene, paths: &[&str]) -> Value {
    let arguments = [&["check", "--format", "json", "--today", "2026-11-21"], paths].concat();
    let output = scene.program().args(arguments).output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Rule and line of each finding.
fn found(run: &Value) -> Vec<(String, u64)> {
    let findings = run["findings"].as_array().unwrap().iter();
    findings.map(|f| (f["rule"].as_str().unwrap().to_owned(), f["line"].as_u64().unwrap())).collect()
}

fn lamp(line: u64) -> (String, u64) {
    ("lamp-quota".to_owned(), line)
}

#[test]
fn an_allowance_holds_where_it_stands_and_nowhere_else() {
    let allow = "<!-- loosetight: allow lamp-quota because \"the harbour act\" -->";
    let passage = format!("# A\n\n{LAMP} It is calm.\n\n{allow}\n{LAMP}\n\nIt is calm. {LAMP}\n");
    // Of a run, what is not allowed stays.
    let run = format!("# A\n\n{LAMP}\n\n{allow}\n{LAMP}\n\n{LAMP}\n");
    let section = format!("# A\n\n{allow}\n## B\n\n{LAMP}\n\n### C\n\n{LAMP}\n\n## D\n\n{LAMP}\n");
    let file = format!("{allow}\n# A\n\n{LAMP}\n\n## B\n\n{LAMP}\n");
    let item = format!("# A\n\n- {LAMP} {allow}\n- {LAMP}\n");
    let scene = Scene::new()
        .file("passage.md", passage)
        .file("run.md", run)
        .file("section.md", section)
        .file("file.md", file)
        .file("item.md", item)
        .file("text.txt", format!("A\n\n{LAMP}\n\n[loosetight: allow lamp-quota because “x”]\n\n{LAMP}\n"))
        .file("page.html", format!("<h1>A</h1><p>{LAMP}</p>\n<p>{LAMP}{allow}</p>"));
    for (name, left, allowed) in [
        ("passage.md", vec![lamp(3), lamp(8)], 1),
        ("run.md", vec![lamp(3)], 1),
        ("section.md", vec![lamp(14)], 2),
        ("file.md", vec![], 2),
        ("item.md", vec![lamp(4)], 1),
        ("text.txt", vec![lamp(3)], 1),
        ("page.html", vec![lamp(1)], 1),
    ] {
        let run = json(&scene, &[name]);
        assert_eq!(found(&run), left, "{name}");
        if name == "run.md" {
            let parts = run["findings"][0]["parts"].as_array().unwrap();
            assert_eq!(parts.len(), 2);
        }
        assert_eq!(run["summary"]["allowed"], allowed, "{name}");
        assert_eq!(run["allowances"][0]["findings"], allowed, "{name}");
    }
}

#[test]
fn a_comment_in_word_is_about_its_paragraph() {
    let scene = Scene::new().file(
        "a.docx",
        docx(
            &[LAMP, LAMP, "The water is calm."],
            Some((1, "loosetight: allow lamp-quota because “the act”")),
        ),
    );
    let run = json(&scene, &["a.docx"]);
    assert_eq!(run["findings"].as_array().unwrap().len(), 1, "{run:#}");
    assert_eq!(run["allowances"][0]["findings"], 1);
    assert_eq!(run["allowances"][0]["line"], Value::Null);
    assert_eq!(run["allowances"][0]["because"], "the act");
}

#[test]
fn an_allowance_needs_a_reason_a_day_to_come_and_something_to_allow() {
    let text = "# A\n\n\
        <!-- loosetight: allow lamp-quota -->\nThe harbour lamp burns three times.\n\n\
        <!-- loosetight: allow lamp-quota because \"a trial\" until 2026-11-20 -->\nIt is calm. The harbour lamp burns three times.\n\n\
        <!-- loosetight: allow lamp-quota because \"a trial\" until 2026-11-21 -->\nThe harbour lamp burns three times.\n\n\
        <!-- loosetight: allow buoy-talk because \"old\" -->\nThe harbour lamp burns.\n\n\
        <!-- loosetight: allow lamb-quota because \"x\" -->\nThe harbour bell.\n\n\
        <!-- loosetight: please allow lamp-quota -->\nThe harbour bell.\n";
    let scene = Scene::new().file("a.md", text);
    assert_data_eq!(
        scene.call(&["check", "--today", "2026-11-21", "--format", "compact"]),
        str![[r#"
a.md:3:1: should fix: this allows `lamp-quota` and does not say why, so it allows nothing [allowance-without-reason]
a.md:4:13: must fix: this counts how often the lamp is lit [lamp-quota]
a.md:6:1: should fix: this held until 2026-11-20 [allowance-expired]
a.md:7:25: must fix: this counts how often the lamp is lit [lamp-quota]
a.md:12:1: consider: `buoy-talk` has nothing to allow in this passage [allowance-unused]
a.md:15:1: should fix: there is no rule `lamb-quota`; did you mean `lamp-quota`? [allowance-of-nothing]
a.md:18:1: should fix: this is addressed to the linter, which cannot read it: it begins with `please` where `allow` is expected [allowance-unclear]
-- exit 1 --

"#]]
    );
    // What was not looked for is not called unused.
    let only = scene.call(&["check", "--today", "2026-11-21", "--format", "compact", "--only", "lamp-quota"]);
    assert!(!only.contains("allowance-unused"), "{only}");
}

#[test]
fn allowances_are_told_in_every_report() {
    let text = "# A\n\n<!-- loosetight: allow lamp-quota because \"the <harbour> act, 7%\" until 2027-01-31 -->\n\
        The harbour lamp burns three times.\n";
    let scene = Scene::new().file("a.md", text);
    assert_data_eq!(
        scene.call(&["check", "--today", "2026-11-21"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Documents 1 checked
  Findings  none
  Numbers   outcome clarity n/a, freedom n/a (of 100, which is not the aim of
            either)
  Allowed   1 finding, by 1 exception
  by        lamp-quota at a.md:3, until 2027-01-31: “the <harbour> act, 7%”
  Note      no policy was found, so only over-scripting was looked for;
            `loosetight init` starts one
  Next      `loosetight init` starts a policy, so that missing outcomes are seen
            as well
-- exit 0 --

"#]]
    );
    let report = |format: &str| {
        let call = scene.program().args(["check", "--today", "2026-11-21", "--format", format]);
        String::from_utf8(call.output().unwrap().stdout).unwrap()
    };
    let log: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_valid_sarif(&log);
    let suppression = &log["runs"][0]["results"][0]["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource");
    assert_eq!(suppression["justification"], "the <harbour> act, 7% (until 2027-01-31)");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 3);
    let junit = report("junit");
    let tree = roxmltree::Document::parse(&junit).unwrap();
    let skipped = tree.descendants().find(|n| n.has_tag_name("skipped")).unwrap();
    assert_eq!(skipped.attribute("message"), Some("allowed: the <harbour> act, 7%"));
    assert_eq!(tree.root_element().attribute("skipped"), Some("1"));
    assert!(
        report("markdown").contains("Allowed, 1 in all:\n\n- lamp\\-quota at a.md:3"),
        "{}",
        report("markdown")
    );
    assert_eq!(report("gitlab"), "[]\n");
}

/// Writes allowances, and gives what is found afterwards and how often a text stands in the file.
fn added(name: &str, text: &str) -> (Scene, String) {
    let scene = Scene::new().file(name, text);
    let said = scene.call(&["check", name, "--add-allow", "lamp-quota", "--because", "the \"harbour\" act"]);
    assert!(said.ends_with("-- exit 0 --\n"), "{said}");
    let now = fs::read_to_string(scene.path(name)).unwrap();
    (scene, now)
}

#[test]
fn allowances_are_written_at_the_findings_of_a_rule() {
    let text = format!(
        "---\ntitle: x\n---\n{LAMP} First.\n\n# A\n\nThe harbour buoy talk.\n\n{LAMP}\nAnd on.\n\n- one\n- {LAMP}\n  - {LAMP}\n\n\
         > {LAMP}\n\n| a | b |\n|---|---|\n| c | {LAMP} |\n\n```text\nSay this.\n{LAMP}\n```\n"
    );
    let (scene, now) = added("a.md", &text);
    assert_data_eq!(
        &now,
        str![[r#"
---
title: x
---
The harbour lamp burns three times. First. <!-- loosetight: allow lamp-quota because "the 'harbour' act" -->

# A

The harbour buoy talk.

<!-- loosetight: allow lamp-quota because "the 'harbour' act" -->
The harbour lamp burns three times.
And on.

- one
- The harbour lamp burns three times. <!-- loosetight: allow lamp-quota because "the 'harbour' act" -->
  - The harbour lamp burns three times. <!-- loosetight: allow lamp-quota because "the 'harbour' act" -->

> The harbour lamp burns three times. <!-- loosetight: allow lamp-quota because "the 'harbour' act" -->

| a | b |
|---|---|
| c | The harbour lamp burns three times. <!-- loosetight: allow lamp-quota because "the 'harbour' act" --> |

<!-- loosetight: allow lamp-quota because "the 'harbour' act" -->
```text
Say this.
The harbour lamp burns three times.
```

"#]]
    );
    let run = json(&scene, &["a.md"]);
    assert_eq!(found(&run), [("buoy-talk".to_owned(), 8)], "{run:#}");
    // Once is enough.
    let again = scene.call(&["check", "a.md", "--add-allow", "lamp-quota", "--because", "x"]);
    assert_eq!(again, "no document has a finding of `lamp-quota` that is not allowed\n-- exit 0 --\n");
    assert_eq!(fs::read_to_string(scene.path("a.md")).unwrap(), now);
}

#[test]
fn they_are_written_into_text_and_web_pages_with_their_own_line_ends() {
    let (scene, now) =
        added("a.txt", &format!("Title\r\n\r\nOne.\r\n\r\n{LAMP}\r\n\r\n- one\r\n- {LAMP}\r\n"));
    assert!(!now.replace("\r\n", "").contains('\n'), "{now:?}");
    assert_eq!(
        now.matches("[loosetight: allow lamp-quota because \"the 'harbour' act\"]\r\n\r\n").count(),
        2
    );
    assert_eq!(found(&json(&scene, &["a.txt"])), []);
    let (scene, now) =
        added("a.html", &format!("<h1>A</h1>\n<ul><li>{LAMP}</li></ul><p><b>{LAMP}</b> On.</p>"));
    assert_eq!(now.matches("<!-- loosetight: allow lamp-quota because \"the 'harbour' act\" -->").count(), 2);
    assert_eq!(found(&json(&scene, &["a.html"])), []);
}

#[test]
fn nothing_is_written_into_word_and_what_to_write_by_hand_is_said() {
    let scene = Scene::new().file("a.docx", docx(&[LAMP], None)).file("b.md", "# B\n\nThe harbour.\n");
    let before = fs::read(scene.path("a.docx")).unwrap();
    assert_data_eq!(
        scene.call(&["check", "--add-allow", "lamp-quota", "--because", "the act", "--until", "2027-03-31"]),
        str![[r#"
a.docx: 1 finding not allowed: nothing is written into Word files; put it there as a comment at the passage
by hand: loosetight: allow lamp-quota because "the act" until 2027-03-31
-- exit 0 --

"#]]
    );
    assert_eq!(fs::read(scene.path("a.docx")).unwrap(), before);
    for (arguments, hint) in [
        (vec!["--add-allow", "lamb-quota", "--because", "x"], "did you mean `lamp-quota`?"),
        (vec!["--add-allow", "lamp-quota"], "--because <TEXT>"),
        (vec!["--add-allow", "lamp-quota", "--because", "a --> b"], "two hyphens"),
        (vec!["--because", "x"], "--add-allow <RULE>"),
    ] {
        let said = scene.call(&[vec!["check"], arguments].concat());
        assert!(said.contains(hint) && said.ends_with("-- exit 2 --\n"), "{said}");
    }
}
