//! From findings to decisions and back: `check` → `report worklist` → answers → `baseline decide` → `check`.

use crate::formats::docx;
use crate::scene::Scene;
use serde_json::Value;
use snapbox::{assert_data_eq, str};
use std::collections::BTreeMap;
use std::fs;

const LAMP: &str = "The harbour lamp burns three times.";

fn json(scene: &Scene, arguments: &[&str]) -> Value {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let output = scene.program().args(arguments).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn count(scene: &Scene) -> usize {
    json(scene, &["--today", "2026-11-21"])["findings"].as_array().unwrap().len()
}

/// The rows of the list, each a map from the first word of its column.
fn rows(scene: &Scene) -> Vec<BTreeMap<String, String>> {
    let output = scene.program().args(["report", "worklist"]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    let text = String::from_utf8(output.stdout).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("a mark that spreadsheets know");
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| {
        let cells = record.iter().map(str::to_owned);
        names.iter().cloned().zip(cells).collect()
    };
    csv.records().map(|record| row(record.unwrap())).collect()
}

const DECISION: &str = "decision: rewrite / keep tight because / later until / unfair";

/// The list as a spreadsheet in another country writes it: semicolons, the alphabet of Windows, and the answers.
fn answered(
    rows: &[BTreeMap<String, String>],
    answer: impl Fn(&BTreeMap<String, String>) -> (String, String),
) -> Vec<u8> {
    let mut csv =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    csv.write_record([DECISION, "reason or day", "the words", "id (please leave it)"]).unwrap();
    for row in rows {
        let (decision, beside) = answer(row);
        csv.write_record([&decision, &beside, &row["the words"], &row["id (please leave it)"]]).unwrap();
    }
    let text = String::from_utf8(csv.into_inner().unwrap()).unwrap();
    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()
}

#[test]
fn sixty_findings_end_as_they_were_decided() {
    // In twenty documents the same sentence; in each one of its own; a bell in ten; a talk in ten.
    let mut scene =
        Scene::new().file("harbour.promise", "brand \"Harbour\" {\n  promise \"Ships get home.\"\n}\n");
    for n in 0..20 {
        let mut text = format!(
            "# Pier {n}\n\n{LAMP}\n\nIt is calm.\n\nOn pier {n} the harbour lamp burns nine times.\n\n"
        );
        text += if n % 2 == 0 {
            "It is calm. The harbour bell in order of size.\n"
        } else {
            "- The harbour buoy talk.\n"
        };
        scene = scene.file(&format!("piers/{n:02}.md"), text);
    }
    assert_eq!(json(&scene, &["piers", "--today", "2026-11-21"])["findings"].as_array().unwrap().len(), 60);
    let rows = rows(&scene);
    // One for what stands everywhere, one for each of twenty, one for the bells and one for the talks.
    assert_eq!(rows.len(), 23);
    assert_eq!(rows[0]["the words"], LAMP);
    assert_eq!(rows[0]["times"], "20");
    assert!(
        rows[0]["where"].starts_with("piers/00.md, line 3\n")
            && rows[0]["where"].ends_with("\n… and 12 more")
    );
    assert!(rows[0]["what it is"].len() > 3 && rows.iter().all(|row| row[DECISION].is_empty()));
    // What stands everywhere is kept; of the others a few each way.
    let of_pier = |row: &BTreeMap<String, String>| {
        let words = row["the words"].strip_prefix("On pier ")?;
        words.split(' ').next()?.parse::<usize>().ok()
    };
    let list = answered(&rows, |row| {
        let (decision, beside) = match (row["the words"].as_str(), of_pier(row)) {
            (LAMP, _) => ("keep tight because", "the harbour act, §7, Säule"),
            (_, Some(0..=4)) => ("Rewrite", ""),
            (_, Some(5..=8)) => ("keep tight because the insurer wants it", ""),
            (_, Some(9..=12)) => ("later until", "31.03.2027"),
            (_, Some(13..=14)) => ("unfair", "a log book, not an order"),
            (words, None) if words.contains("bell") => ("later until 2026-11-20", ""),
            _ => ("", ""),
        };
        (decision.to_owned(), beside.to_owned())
    });
    let scene = scene.file("answers.csv", list);
    let said = scene.call(&["baseline", "decide", "answers.csv", "--today", "2026-11-21"]);
    assert_data_eq!(
        &said,
        str![[r#"
5 findings to rewrite; found until then
4 findings kept, by exceptions in 4 documents
20 findings kept in several documents: by the baseline, until the boundary below is in the policy
14 findings left alone until a day
2 findings of lamp-quota called unfair
15 findings not decided

for the policy, to be read and named by a person:

tight {
  # Give it a name and a title of its own; `kind` says what sort of duty it is.
  boundary kept-1 "The harbour lamp burns three times" {
    covers "The harbour lamp burns three times"
    because "the harbour act, §7, Säule"
  }
}
-- exit 0 --

"#]]
    );
    // Left are what is to be rewritten, what was not decided, and the bells, whose day is over.
    let run = json(&scene, &["piers", "--today", "2026-11-21"]);
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in run["findings"].as_array().unwrap() {
        *left.entry(finding["rule"].as_str().unwrap()).or_default() += 1;
    }
    assert_eq!(left, BTreeMap::from([("bell-order", 10), ("buoy-talk", 10), ("lamp-quota", 10)]));
    assert_eq!(run["summary"]["allowed"], 4);
    assert_eq!(run["summary"]["known"], 20 + 4 + 2);
    let kept = fs::read_to_string(scene.path("piers/05.md")).unwrap();
    assert!(
        kept.contains("<!-- loosetight: allow lamp-quota because \"the insurer wants it\" -->\nOn pier 5"),
        "{kept}"
    );
    // The boundary goes into the policy; the baseline no longer has to know.
    let draft = said.split("by a person:\n\n").nth(1).unwrap().split("-- exit").next().unwrap();
    let policy = fs::read_to_string(scene.path("harbour.promise")).unwrap();
    let scene = scene.file("harbour.promise", format!("{policy}\n{draft}"));
    let said = scene.call(&["baseline", "prune", "--today", "2026-11-21"]);
    assert!(said.contains("loosetight.baseline.json: 6 known passages\n"), "{said}");
    let run = json(&scene, &["piers", "--today", "2026-11-21"]);
    assert_eq!(run["findings"].as_array().unwrap().len(), 30);
    // The day comes.
    let run = json(&scene, &["piers", "--today", "2027-04-01"]);
    assert_eq!(run["findings"].as_array().unwrap().len(), 34);
}

#[test]
fn a_script_is_one_decision_wherever_it_stands() {
    let script = "# S\n\n- The harbour lamp burns two times.\n- The harbour lamp burns four times.\n- The harbour lamp burns five times.\n- The harbour lamp burns six times.\n";
    let scene = Scene::new().file("a.md", script).file("b.md", format!("{script}\n## More\n\nIt is calm.\n"));
    let rows = rows(&scene);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    assert_eq!(rows[0]["times"], "2");
    assert!(
        rows[0]["the words"].ends_with("burns five times.\n… and 1 more lines"),
        "{}",
        rows[0]["the words"]
    );
    let list = answered(&rows, |_| ("later until".to_owned(), "2027-01-01".to_owned()));
    let scene = scene.file("answers.csv", list);
    scene.call(&["baseline", "decide", "answers.csv", "--today", "2026-11-21"]);
    assert_eq!(count(&scene), 0);
    let scene = scene.file("b.md", script.replace("six", "seven"));
    assert_eq!(count(&scene), 1);
}

#[test]
fn what_cannot_hold_a_comment_is_kept_by_the_baseline() {
    let scene = Scene::new().file("a.docx", docx(&[LAMP], None));
    let rows = rows(&scene);
    let list = answered(&rows, |_| ("keep tight because".to_owned(), "the act".to_owned()));
    let scene = scene.file("answers.csv", list);
    assert_data_eq!(
        scene.call(&["baseline", "decide", "answers.csv"]),
        str![[r#"
1 finding kept, by the baseline: no exception can be written there
-- exit 0 --

"#]]
    );
    assert_eq!(count(&scene), 0);
    let baseline = fs::read_to_string(scene.path("loosetight.baseline.json")).unwrap();
    assert!(baseline.contains("\"because\":\"the act\""), "{baseline}");
}

#[test]
fn nothing_is_done_while_an_answer_cannot_be_understood() {
    let scene = Scene::new()
        .file("a.md", format!("# A\n\n{LAMP}\n\nIt is calm. The harbour bell in order of size.\n"));
    let rows = rows(&scene);
    let list = answered(&rows, |row| match row["times"].as_str() {
        _ if row["the words"].contains("bell") => ("later until".to_owned(), "3/4/2027".to_owned()),
        _ => ("keep tight because".to_owned(), String::new()),
    });
    let before = fs::read_to_string(scene.path("a.md")).unwrap();
    let scene = scene.file("answers.csv", list);
    assert_data_eq!(
        scene.call(&["baseline", "decide", "answers.csv"]),
        str![[r#"
-- standard error --
worklist::answer

  × answers.csv, row 2: `keep tight because` says no reason
  help: write it beside the decision

worklist::answer

  × answers.csv, row 3: `later until` is followed by `3/4/2027`
  help: a day is written like 2027-03-31

-- exit 2 --

"#]]
    );
    assert_eq!(fs::read_to_string(scene.path("a.md")).unwrap(), before);
    assert!(!scene.path("loosetight.baseline.json").exists());
    let said = scene.call(&["report", "worklist", "--output", "list.csv"]);
    assert_eq!(
        said,
        "list.csv: 2 findings, 2 decisions; `loosetight baseline decide list.csv` reads the answers\n-- exit 0 --\n"
    );
    assert_eq!(scene.call(&["baseline", "decide", "list.csv"]), "2 findings not decided\n-- exit 0 --\n");
}
