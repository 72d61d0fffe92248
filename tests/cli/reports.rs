//! What `check` prints: whole outputs of a small folder.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

fn scene() -> Scene {
    Scene::new()
        .file(
            "pier/arrival.md",
            "# Arrival\n\nThe harbour lamp burns three times.\n\n## At the desk\n\n\
             - The harbour buoy talk.\n- On most nights of the year, and on a few of its mornings too, the harbour lamp burns at \
             least four times.\n",
        )
        .file("pier/letter.txt", "The harbour bell in order of size.\n")
        .file("plan.pdf", "%PDF")
}

#[test]
fn human() {
    assert_data_eq!(
        scene().call(&["check"]),
        str![[r#"
  × must fix: a lamp to be lit a number of times [lamp-quota]
   ╭─[pier/arrival.md:3:13]
 3 │ The harbour lamp burns three times.
   ·             ───────────┬──────────
   ·                        ╰── this counts how often the lamp is lit
   ╰────
  why       Whoever counts lamps does not look at the ship.
  instead   Say what the ship should see.
  or        Leave the lamp to whoever stands beside it.

  ☞ consider: a buoy to be talked to [buoy-talk]
   ╭─[pier/arrival.md:7:15]
 7 │ - The harbour buoy talk.
   ·               ────┬────
   ·                   ╰── this asks for talk with a buoy
   ╰────
  why       Buoys do not answer.
  instead   Talk to the ship.
  or        Say nothing.

  × must fix: a lamp to be lit a number of times [lamp-quota]
   ╭─[pier/arrival.md:8:77]
 8 │ … its mornings too, the harbour lamp burns at least four times.
   ·                                 ──────────────────────────────
   ╰────
  here      this counts how often the lamp is lit

  ⚠ should fix: a bell to be rung in order [bell-order]
   ╭─[pier/letter.txt:1:13]
 1 │ The harbour bell in order of size.
   ·             ──────┬──────
   ·                   ╰── this says in which order bells are rung
   ╰────
  why       Bells are for ships, not for lists.
  instead   Say who should hear it.
  or        Leave the order out.

────────────────────────────────────────────────────────────────────────
  Documents 2 checked; not read: plan.pdf (a PDF)
  Findings  2 must fix · 1 should fix · 1 consider
  Numbers   outcome clarity n/a, freedom n/a (of 100, which is not the aim of
            either)
  Note      no policy was found, so only over-scripting was looked for;
            `loosetight init` starts one
  Next      start with the 2 things that must be fixed in pier/arrival.md;
            `loosetight explain lamp-quota` shows how others wrote it
-- exit 1 --

"#]]
    );
}

#[test]
fn human_in_a_narrow_terminal_without_unicode() {
    let scene = scene();
    let narrow = scene.program().args(["check", "pier/arrival.md"]).env("COLUMNS", "44").env("LC_ALL", "C");
    let output = narrow.output().unwrap();
    assert_data_eq!(
        String::from_utf8(output.stdout).unwrap(),
        str![[r#"
  x must fix: a lamp to be lit a number of
  | times [lamp-quota]
   ,-[pier/arrival.md:3:13]
 3 | … lamp burns three times.
   :   ^^^^^^^^^^^^^^^^^^^^^^
   `----
  here      this counts how often the lamp
            is lit
  why       Whoever counts lamps does not
            look at the ship.
  instead   Say what the ship should see.
  or        Leave the lamp to whoever stands
            beside it.

  > consider: a buoy to be talked to
  | [buoy-talk]
   ,-[pier/arrival.md:7:15]
 7 | - The harbour buoy talk.
   :               ^^^^^^^^^
   `----
  here      this asks for talk with a buoy
  why       Buoys do not answer.
  instead   Talk to the ship.
  or        Say nothing.

  x must fix: a lamp to be lit a number of
  | times [lamp-quota]
   ,-[pier/arrival.md:8:77]
 8 | … lamp burns at … four times …
   :   ^^^^^^^^^^^^^^^^^^^^^^^^^^
   `----
  here      this counts how often the lamp
            is lit

--------------------------------------------
  Documents 1 checked
  Findings  2 must fix, 1 consider
  Numbers   outcome clarity n/a, freedom n/a
            (of 100, which is not the aim
            of either)
  Note      no policy was found, so only
            over-scripting was looked for;
            `loosetight init` starts one
  Next      start with the 2 things
            that must be fixed in
            pier/arrival.md; `loosetight
            explain lamp-quota` shows how
            others wrote it

"#]]
    );
}

#[test]
fn narrated_for_screen_readers() {
    let scene = scene();
    let told = scene.call(&["check", "--format", "narrated", "pier/arrival.md"]);
    assert_data_eq!(
        &told,
        str![[r#"
must fix: a lamp to be lit a number of times [lamp-quota]
    Diagnostic severity: error
Begin snippet for pier/arrival.md starting at line 3, column 13

snippet line 3: The harbour lamp burns three times.
    label at line 3, columns 13 to 34: this counts how often the lamp is lit
why: Whoever counts lamps does not look at the ship.
instead: Say what the ship should see.
or: Leave the lamp to whoever stands beside it.

consider: a buoy to be talked to [buoy-talk]
    Diagnostic severity: advice
Begin snippet for pier/arrival.md starting at line 7, column 15

snippet line 7: - The harbour buoy talk.
    label at line 7, columns 15 to 23: this asks for talk with a buoy
why: Buoys do not answer.
instead: Talk to the ship.
or: Say nothing.

must fix: a lamp to be lit a number of times [lamp-quota]
    Diagnostic severity: error
Begin snippet for pier/arrival.md starting at line 8, column 77

snippet line 8: - On most nights of the year, and on a few of its mornings too, the harbour lamp burns at least four times.
    label at line 8, columns 77 to 106: this counts how often the lamp is lit

Summary
Documents: 1 checked
Findings: 2 must fix, 1 consider
Numbers: outcome clarity n/a, freedom n/a (of 100, which is not the aim of either)
Note: no policy was found, so only over-scripting was looked for; `loosetight init` starts one
Next: start with the 2 things that must be fixed in pier/arrival.md; `loosetight explain lamp-quota` shows how others wrote it
-- exit 1 --

"#]]
    );
    let asked = scene.program().args(["check", "pier/arrival.md"]).env("NO_GRAPHICS", "1").output().unwrap();
    assert!(told.starts_with(&String::from_utf8(asked.stdout).unwrap()));
}

#[test]
fn compact() {
    assert_data_eq!(
        scene().call(&["check", "--format", "compact"]),
        str![[r#"
pier/arrival.md:3:13: must fix: this counts how often the lamp is lit [lamp-quota]
pier/arrival.md:7:15: consider: this asks for talk with a buoy [buoy-talk]
pier/arrival.md:8:77: must fix: this counts how often the lamp is lit [lamp-quota]
pier/letter.txt:1:13: should fix: this says in which order bells are rung [bell-order]
-- exit 1 --

"#]]
    );
}

#[test]
fn quiet_has_no_summary() {
    assert_data_eq!(
        scene().call(&["check", "-q", "pier/letter.txt"]),
        str![[r#"
  ⚠ should fix: a bell to be rung in order [bell-order]
   ╭─[pier/letter.txt:1:13]
 1 │ The harbour bell in order of size.
   ·             ──────┬──────
   ·                   ╰── this says in which order bells are rung
   ╰────
  why       Bells are for ships, not for lists.
  instead   Say who should hear it.
  or        Leave the order out.

-- exit 0 --

"#]]
    );
}

#[test]
fn colours_only_where_they_are_wanted() {
    let scene = scene();
    let coloured = |arguments: &[&str], no_color: &str| {
        let program = scene.program().args(["check", "pier"]).args(arguments).env("NO_COLOR", no_color);
        program.output().unwrap().stdout.contains(&0x1b)
    };
    assert!(!coloured(&[], ""));
    assert!(coloured(&["--color", "always"], ""));
    assert!(coloured(&["--color", "always"], "1"));
    assert!(!coloured(&["--color", "never"], ""));
}

#[test]
fn json_says_what_the_other_formats_say() {
    let scene = scene();
    let output = scene.program().args(["check", "--format", "json"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let findings = json["findings"].as_array().unwrap();
    let lines: Vec<String> = findings
        .iter()
        .map(|f| {
            let word = |key: &str| f[key].as_str().unwrap().replace("-fix", " fix");
            format!(
                "{}:{}:{}: {}: {} [{}]",
                word("file"),
                f["line"],
                f["column"],
                word("level"),
                word("message"),
                word("rule")
            )
        })
        .collect();
    let compact = scene.program().args(["check", "--format", "compact"]).output().unwrap();
    assert_eq!(lines.join("\n") + "\n", String::from_utf8(compact.stdout).unwrap());
    for f in findings {
        let text = std::fs::read_to_string(scene.path(f["file"].as_str().unwrap())).unwrap();
        let span = |key: &str| usize::try_from(f["span"][key].as_u64().unwrap()).unwrap();
        assert_eq!(&text[span("start")..span("end")], f["text"].as_str().unwrap());
        let before = &text[..span("start")];
        assert_eq!(before.lines().count().max(1), usize::try_from(f["line"].as_u64().unwrap()).unwrap());
        assert_eq!(f["group"], "over-scripting");
        assert!(f["also"].is_array() && f["parts"].is_array());
    }
    assert_eq!(json["summary"]["levels"]["must-fix"], 2);
    assert_eq!(json["summary"]["not_read"][0]["name"], "plan.pdf");
    assert_eq!(json["problems"].as_array().unwrap().len(), 0);
    assert_eq!(json["documents"].as_array().unwrap().len(), 2);
}

#[test]
fn standard_input_is_read_as_its_name_says() {
    let scene = scene();
    let text = "The harbour lamp burns three times.\n";
    assert_data_eq!(
        scene.pipe(&["check", "--format", "compact", "-"], text),
        str![[r#"
standard-input.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- exit 1 --

"#]]
    );
    let told = scene.pipe(&["check", "--format", "compact", "--stdin-filename", "pier/new.txt"], text);
    assert_data_eq!(
        told,
        str![[r#"
pier/new.txt:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- exit 1 --

"#]]
    );
}

#[test]
fn only_what_is_asked_for() {
    let scene = scene();
    let only = |what: &str| scene.call(&["check", "--format", "compact", "--only", what]);
    assert_data_eq!(
        only("buoy-talk"),
        str![[r#"
pier/arrival.md:7:15: consider: this asks for talk with a buoy [buoy-talk]
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        only("rule=bell-order,buoy-talk"),
        str![[r#"
pier/arrival.md:7:15: consider: this asks for talk with a buoy [buoy-talk]
pier/letter.txt:1:13: should fix: this says in which order bells are rung [bell-order]
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        only("kind=macro"),
        str![[r#"
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        only("buoi-talk"),
        str![[r#"
-- standard error --
usage::only

  × `--only buoi-talk` names no rule, kind or touchpoint
  help: did you mean `buoy-talk`?

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        only("rul=buoy-talk"),
        str![[r#"
-- standard error --
usage::only

  × `--only rul=buoy-talk`: `rul` is nothing to choose by
  help: did you mean `rule`?

-- exit 2 --

"#]]
    );
}
