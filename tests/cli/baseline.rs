//! What is found today and what is new tomorrow: `baseline`, and `--changed` with a real git.

use crate::scene::Scene;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use serde_json::Value;
use snapbox::{assert_data_eq, str};
use std::fs;
use std::process::Command;

const LAMP: &str = "The harbour lamp burns three times.";

fn json(scene: &Scene, arguments: &[&str]) -> Value {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let output = scene.program().args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Rule, file and line of each finding.
fn found(run: &Value) -> Vec<(String, String, u64)> {
    let text = |v: &Value| v.as_str().unwrap().to_owned();
    let findings = run["findings"].as_array().unwrap().iter();
    findings.map(|f| (text(&f["rule"]), text(&f["file"]), f["line"].as_u64().unwrap())).collect()
}

fn scene() -> Scene {
    Scene::new()
        .file(
            "pier/a.md",
            format!("# Arrival\n\n{LAMP}\n\n## Desk\n\n- The harbour buoy talk.\n\n{LAMP} It is calm.\n"),
        )
        .file("pier/b.md", "# Letters\n\nThe harbour bell in order of size.\n")
}

#[test]
fn what_is_known_is_not_told_again_and_what_is_new_is() {
    let scene = scene();
    assert_data_eq!(
        scene.call(&["baseline", "write"]),
        str![[r#"
loosetight.baseline.json: 4 known passages
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        fs::read_to_string(scene.path("loosetight.baseline.json")).unwrap(),
        str![[r#"
{
"version": 1,
"about": "What loosetight found when this was written; check reports what is new since then. Written by `loosetight baseline`.",
"entries": [
{"file":"pier/a.md","rule":"lamp-quota","heading":"Arrival","sentence":"The harbour lamp burns three times."},
{"file":"pier/a.md","rule":"buoy-talk","heading":"Arrival › Desk","sentence":"The harbour buoy talk."},
{"file":"pier/a.md","rule":"lamp-quota","heading":"Arrival › Desk","sentence":"The harbour lamp burns three times."},
{"file":"pier/b.md","rule":"bell-order","heading":"Letters","sentence":"The harbour bell in order of size."}
]
}

"#]]
    );
    assert_data_eq!(
        scene.call(&["check"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Documents 2 checked
  Findings  none; 4 known from the baseline
  Numbers   outcome clarity n/a, freedom n/a (of 100, which is not the aim of
            either)
  Note      no policy was found, so only over-scripting was looked for;
            `loosetight init` starts one
  Next      `loosetight init` starts a policy, so that missing outcomes are seen
            as well
-- exit 0 --

"#]]
    );
    // One more of the same is new: they are counted.
    let text = fs::read_to_string(scene.path("pier/b.md")).unwrap();
    let scene = scene.file("pier/b.md", format!("{text}\nIt is calm. {LAMP}\n"));
    let run = json(&scene, &[]);
    assert_eq!(found(&run), [("lamp-quota".to_owned(), "pier/b.md".to_owned(), 5)]);
    assert_eq!(run["summary"]["known"], 4);
    assert_eq!(json(&scene, &["--no-baseline"])["findings"].as_array().unwrap().len(), 5);
}

#[test]
fn a_new_line_in_an_old_run_is_new_and_the_old_ones_are_not() {
    let scene = Scene::new()
        .file("a.md", format!("# A\n\n- {LAMP}\n- {LAMP}\n- The harbour lamp burns four times.\n"));
    scene.call(&["baseline", "write"]);
    let scene =
        scene.file("a.md", format!("# A\n\n- {LAMP}\n- The harbour lamp burns nine times.\n- {LAMP}\n- Quiet.\n\nQuiet.\n\n- The harbour lamp burns four times.\n"));
    assert_eq!(found(&json(&scene, &[])), [("lamp-quota".to_owned(), "a.md".to_owned(), 4)]);
}

#[test]
fn files_may_be_renamed_and_sections_moved_to_other_files() {
    let scene = scene();
    scene.call(&["baseline", "write"]);
    fs::rename(scene.path("pier/b.md"), scene.path("pier/z.md")).unwrap();
    let scene = scene
        .file("pier/a.md", format!("# Arrival\n\n{LAMP}\n"))
        .file("pier/c.md", format!("# Elsewhere\n\n- The harbour **buoy** talk!\n\n{LAMP} It is calm.\n"));
    assert_eq!(found(&json(&scene, &[])), []);
    // A document on its own is not excused by what another one still holds.
    let scene = scene.file("pier/d.md", format!("# New\n\n{LAMP}\n"));
    assert_eq!(found(&json(&scene, &["pier/d.md"])).len(), 1);
}

#[test]
fn what_is_mended_is_told_and_pruned_and_the_baseline_only_shrinks() {
    let scene = scene();
    scene.call(&["baseline", "write"]);
    let scene = scene
        .file("pier/a.md", format!("# Arrival\n\nThe lamp burns.\n\n## Desk\n\n{LAMP} It is calm.\n"))
        .file("pier/b.md", "# Letters\n\nThe harbour bell in order of size.\n\nThe harbour buoy talk.\n");
    let said = scene.call(&["check", "--exit-zero", "--quiet"]);
    assert!(said.is_empty() || !said.contains("buoy-talk"), "{said}");
    let note = scene.call(&["check"]);
    assert!(note.contains("1 known passage of loosetight.baseline.json is no longer found"), "{note}");
    // Half a run calls nothing gone.
    assert!(!scene.call(&["check", "--only", "lamp-quota"]).contains("no longer found"));
    assert!(!scene.call(&["check", "pier/b.md"]).contains("no longer found"));
    let scene = scene.file(
        "pier/b.md",
        "# Letters\n\nThe harbour bell in order of size.\n\nThe harbour lamp burns two times.\n",
    );
    assert_data_eq!(
        scene.call(&["baseline", "prune"]),
        str![[r#"
no longer found: pier/a.md: The harbour lamp burns three times. [lamp-quota]
no longer found: pier/a.md: The harbour buoy talk. [buoy-talk]
loosetight.baseline.json: 2 known passages
1 new passage not added; `loosetight baseline write --grow` adds it
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["baseline", "write"]),
        str![[r#"
loosetight.baseline.json: 2 known passages
1 new passage not added; `loosetight baseline write --grow` adds it
-- exit 0 --

"#]]
    );
    assert_eq!(found(&json(&scene, &[])).len(), 1);
    scene.call(&["baseline", "write", "--grow"]);
    assert_eq!(found(&json(&scene, &[])), []);
    // What a call does not look at stays as it is.
    let before = fs::read_to_string(scene.path("loosetight.baseline.json")).unwrap();
    scene.call(&["baseline", "prune", "pier/a.md"]);
    assert_eq!(fs::read_to_string(scene.path("loosetight.baseline.json")).unwrap(), before);
}

#[test]
fn a_day_that_is_over_excuses_nothing() {
    let entry = |until: &str| {
        format!(
            "{{\"version\":1,\"entries\":[{{\"file\":\"a.md\",\"rule\":\"lamp-quota\",\"sentence\":\"{LAMP}\",\"until\":\"{until}\"}}]}}"
        )
    };
    let scene = Scene::new()
        .file("a.md", format!("# A\n\n{LAMP}\n"))
        .file("loosetight.baseline.json", entry("2026-11-21"));
    assert_eq!(found(&json(&scene, &["--today", "2026-11-21"])).len(), 0);
    assert_eq!(found(&json(&scene, &["--today", "2026-11-22"])).len(), 1);
}

#[test]
fn the_settings_may_name_it_and_what_is_wrong_with_it_is_told() {
    let scene = scene().file("loosetight.toml", "packs = [\"ours.toml\"]\nbaseline = \"known/then.json\"\n");
    let said = scene.call(&["check"]);
    assert!(said.contains("known/then.json does not exist") && said.ends_with("-- exit 2 --\n"), "{said}");
    fs::create_dir(scene.path("known")).unwrap();
    scene.call(&["baseline", "write"]);
    assert_eq!(found(&json(&scene, &[])), []);
    let text = fs::read_to_string(scene.path("known/then.json")).unwrap();
    assert!(text.contains("\"../pier/b.md\""), "{text}");
    let scene = scene.file("known/then.json", "{\n\"version\": 1,\n\"entries\": [\n<<<<<<< ours\n]}\n");
    assert_data_eq!(
        scene.call(&["check", "--quiet", "--exit-zero", "--format", "compact"]),
        str![[r#"
pier/a.md:3:13: must fix: this counts how often the lamp is lit [lamp-quota]
pier/a.md:7:15: consider: this asks for talk with a buoy [buoy-talk]
pier/a.md:9:13: must fix: this counts how often the lamp is lit [lamp-quota]
pier/b.md:3:13: should fix: this says in which order bells are rung [bell-order]
-- standard error --
baseline::unreadable

  × known/then.json cannot be read: expected value
   ╭─[known/then.json:4:1]
 4 │ <<<<<<< ours
   · ▲
   · ╰── here
   ╰────
  help: `loosetight baseline write` writes it; after a merge, take one side
        and run it again

-- exit 2 --

"#]]
    );
}

/// Harmless words to edit documents with.
const WORDS: [&str; 8] = ["tide", "harbour", "morning", "bench", "gull", "rope", "salt", "light"];

/// Two hundred edits to lines that have no finding: lines that come, go and change, headings that are renamed, sections
/// that trade places, files that get another name.
#[test]
fn two_hundred_edits_elsewhere_bring_no_old_finding_back_and_a_planted_one_is_seen() {
    let mut rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut pick = |n: usize| (rng.next_u32() as usize) % n;
    let mut scene = Scene::new();
    let mut names: Vec<String> = (0..6).map(|n| format!("docs/{n}.md")).collect();
    for name in &names {
        let mut text = format!("# Guide {name}\n");
        for section in 0..5 {
            text += &format!("\n## Part {section}\n\nThe water is calm.\n\n");
            for line in 0..4 {
                text += match (section + line + pick(3)) % 5 {
                    0 => "- The harbour lamp burns three times.\n",
                    1 => "- The harbour buoy talk.\n",
                    2 => "- The harbour bell in order of size.\n",
                    _ => "- A gull sits on the bench.\n",
                };
            }
        }
        scene = scene.file(name, text);
    }
    let before = found(&json(&scene, &[])).len();
    assert!(before > 20, "{before}");
    scene.call(&["baseline", "write"]);
    let speaks = |line: &str| ["lamp", "buoy", "bell"].iter().any(|word| line.contains(word));
    for round in 0..20 {
        for _ in 0..10 {
            let which = pick(names.len());
            let name = names[which].clone();
            let text = fs::read_to_string(scene.path(&name)).unwrap();
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let free: Vec<usize> = (1..lines.len()).filter(|at| !speaks(&lines[*at])).collect();
            let at = free[pick(free.len())];
            let word = WORDS[pick(WORDS.len())];
            match pick(7) {
                0 => lines.insert(at, format!("- One more {word} by the water.")),
                1 if !lines[at].starts_with('#') => drop(lines.remove(at)),
                2 => lines[at] += &format!(" The {word} is there."),
                3 => lines.insert(at, format!("\nA paragraph about the {word}.\n")),
                4 if lines[at].starts_with("## ") => lines[at] = format!("## The {word}"),
                5 => {
                    // The last section goes first.
                    let text = lines.join("\n");
                    let parts: Vec<&str> = text.split("\n## ").collect();
                    if let [title, rest @ .., last] = parts.as_slice() {
                        let parts = [&[*title, *last][..], rest].concat();
                        lines = parts.join("\n\n## ").lines().map(str::to_owned).collect();
                    }
                }
                6 => {
                    let new = format!("docs/{word}-{round}-{which}.md");
                    fs::rename(scene.path(&name), scene.path(&new)).unwrap();
                    names[which] = new;
                }
                _ => lines.push(format!("\nThe end of the {word}.")),
            }
            fs::write(scene.path(&names[which]), lines.join("\n") + "\n").unwrap();
        }
        let run = json(&scene, &[]);
        assert_eq!(found(&run), [], "round {round}");
        assert!(run["summary"]["known"].as_u64().unwrap() > 0);
    }
    let planted = &names[3];
    let text = fs::read_to_string(scene.path(planted)).unwrap();
    let half = text[..text.len() / 2].rfind("\n\n").unwrap();
    fs::write(scene.path(planted), format!("{}\n\n{LAMP}{}", &text[..half], &text[half..])).unwrap();
    let run = json(&scene, &[]);
    assert_eq!(found(&run).len(), 1, "{run:#}");
    assert_eq!(found(&run)[0].1, *planted);
}

/// Git as it is called here, without anybody's settings.
fn git(scene: &Scene, arguments: &[&str]) {
    let identity =
        ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .args(identity)
        .args(arguments)
        .current_dir(scene.path("."))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Whether there is a git to ask; where there is none, says that nothing was tested.
#[allow(clippy::print_stderr, reason = "whoever runs the tests should know")]
fn without_git() -> bool {
    let none = Command::new("git").arg("--version").output().is_err();
    if none {
        eprintln!("skipped: git is not installed");
    }
    none
}

fn changed(scene: &Scene, arguments: &[&str]) -> Vec<(String, String, u64)> {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let path = std::env::var_os("PATH").unwrap();
    let output = scene.program().env("PATH", path).args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    found(&serde_json::from_slice(&output.stdout).unwrap())
}

#[test]
fn only_what_git_calls_changed_is_told() {
    if without_git() {
        return;
    }
    let scene = scene().file("odd \"name\" é.md", "# Odd\n\nIt is calm.\n");
    fs::remove_dir_all(scene.path(".git")).unwrap();
    git(&scene, &["init", "-q"]);
    // Before the first commit everything is new.
    assert_eq!(changed(&scene, &["--changed"]).len(), 4);
    git(&scene, &["add", "."]);
    git(&scene, &["commit", "-q", "-m", "first"]);
    assert_eq!(changed(&scene, &["--changed"]), []);
    let text = fs::read_to_string(scene.path("pier/a.md")).unwrap();
    let scene = scene
        .file(
            "pier/a.md",
            text.replace(
                "- The harbour buoy talk.",
                "- It is calm.\n- The harbour buoy talk.\n- The harbour bell in order.",
            ),
        )
        .file("odd \"name\" é.md", format!("# Odd\n\nIt is calm. {LAMP}\n"))
        .file("new.md", format!("# New\n\n{LAMP}\n"));
    git(&scene, &["mv", "pier/b.md", "pier/moved.md"]);
    let of = |rule: &str, file: &str, line| (rule.to_owned(), file.to_owned(), line);
    let expected = [
        of("lamp-quota", "new.md", 3),
        of("lamp-quota", "odd \"name\" é.md", 3),
        of("bell-order", "pier/a.md", 9),
    ];
    assert_eq!(changed(&scene, &["--changed"]), expected);
    // From a folder below, too.
    let path = std::env::var_os("PATH").unwrap();
    let below = scene.program().current_dir(scene.path("pier").canonicalize().unwrap()).env("PATH", path);
    let output = below.args(["check", "--changed", "--format", "compact"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
    // Since the branch left another.
    git(&scene, &["checkout", "-q", "-b", "work"]);
    git(&scene, &["add", "."]);
    git(&scene, &["commit", "-q", "-m", "second"]);
    assert_eq!(changed(&scene, &["--changed"]), []);
    assert_eq!(changed(&scene, &["--changed=main"]), expected);
}

#[test]
fn what_git_cannot_say_is_told() {
    if without_git() {
        return;
    }
    let scene = Scene::new().file("a.md", "# A\n");
    let path = std::env::var_os("PATH").unwrap();
    let output = scene.program().env("PATH", &path).args(["check", "--changed"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("git::no-repository") && output.status.code() == Some(2), "{said}");
    fs::remove_dir_all(scene.path(".git")).unwrap();
    git(&scene, &["init", "-q"]);
    git(&scene, &["commit", "-q", "--allow-empty", "-m", "first"]);
    let output = scene.program().env("PATH", &path).args(["check", "--changed=nowhere"]).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("git::no-base") && said.contains("fetch more of its history"), "{said}");
}

#[test]
fn what_is_missing_belongs_to_the_changed_document() {
    if without_git() {
        return;
    }
    let policy = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\n\
        tight {\n  outcome heard \"Guests feel heard\" {\n    at everywhere\n  }\n}\n";
    let silent = "# The desk\n\n## Arrival\n\nGreet the guest at the door. Ask the guest for the booking. \
        Give the guest the key card. Show the guest the lift.\n";
    let scene = Scene::empty().file("harbour.promise", policy).file("a.md", silent).file("b.md", silent);
    fs::remove_dir_all(scene.path(".git")).unwrap();
    git(&scene, &["init", "-q"]);
    git(&scene, &["add", "."]);
    git(&scene, &["commit", "-q", "-m", "first"]);
    let all = changed(&scene, &[]);
    assert!(all.iter().filter(|(_, file, _)| file == "a.md").count() == 2, "{all:?}");
    let scene = scene.file("a.md", format!("{silent}\nThe lift is slow on Sundays.\n"));
    let now = changed(&scene, &[]);
    let told = changed(&scene, &["--changed"]);
    assert!(!told.is_empty());
    assert_eq!(told, now.into_iter().filter(|(_, file, _)| file == "a.md").collect::<Vec<_>>());
}

#[test]
fn what_is_found_in_a_policy_is_known_too() {
    let policy = "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\ntight {\n  outcome home \"Ships get home\"\n}\n";
    let scene = Scene::empty().file("harbour.promise", policy).file("a.md", "# A\n\nIt is calm.\n");
    let before = found(&json(&scene, &["--sensitivity", "everything"]));
    assert!(!before.is_empty() && before.iter().all(|(_, file, _)| file == "harbour.promise"), "{before:?}");
    scene.call(&["baseline", "write", "--sensitivity", "everything"]);
    assert_eq!(found(&json(&scene, &["--sensitivity", "everything"])), []);
    let scene = scene.file(
        "harbour.promise",
        format!("# The policy\n\n{policy}tight {{\n  outcome dry \"Crews stay dry\"\n}}\n"),
    );
    let now = found(&json(&scene, &["--sensitivity", "everything"]));
    assert!(!now.is_empty() && now.iter().all(|(_, _, line)| *line >= 9), "{now:?}");
}
