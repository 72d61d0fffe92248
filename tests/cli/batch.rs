//! `check --batch`: documents as rows, each answered by one; and `--shard`, a part of all documents.

use crate::scene::Scene;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Calls the program at the top of the project, with the day of the examples.
fn call(arguments: &[&str], input: &str) -> (String, String, i32) {
    let mut command = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_loosetight"));
    command = command.env_clear().current_dir(root()).arg("check").args(["--today", "2026-11-21"]);
    let output = command.args(arguments).stdin(input).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (text(&output.stdout), text(&output.stderr), output.status.code().unwrap())
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every document of the examples and of the labelled ones that is text, by path.
fn documents() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> =
        ["examples", "tests/quality/documents", "tests/quality/limits", "tests/quality/silent"]
            .map(|folder| root().join(folder))
            .to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "md" || e == "txt" || e == "html") {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                if !name.ends_with("expected.txt") {
                    found.push((name, fs::read_to_string(&path).unwrap()));
                }
            }
        }
    }
    found.sort();
    assert!(found.len() > 40, "{}", found.len());
    found
}

fn rows(documents: &[(String, String)]) -> String {
    let row = |(i, (path, text)): (usize, &(String, String))| {
        json!({ "id": i, "path": path, "text": text }).to_string()
    };
    documents.iter().enumerate().map(row).map(|row| row + "\n").collect()
}

/// What is found when the file is checked by itself.
fn alone(path: &str, more: &[&str]) -> Value {
    let (out, err, _) = call(&[&["--format", "json", "--no-baseline", path], more].concat(), "");
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{path}: {out}{err}"))
}

#[test]
fn rows_are_answered_as_the_files_are_one_by_one() {
    let documents = documents();
    let ferry = ["--policy", "examples/kittiwake/kittiwake.promise", "--sensitivity", "thorough"];
    let ferry = [&ferry[..], &["--config", "examples/kittiwake/loosetight.toml"]].concat();
    for more in [&[][..], &ferry] {
        let (out, err, code) = call(&[&["--batch"], more].concat(), &rows(&documents));
        assert_eq!((err.as_str(), code), ("", 1));
        let answers = lines(&out);
        assert_eq!(answers.len(), documents.len());
        let mut findings = 0;
        for (i, (answer, (path, _))) in answers.iter().zip(&documents).enumerate() {
            assert_eq!((&answer["row"], &answer["id"]), (&json!(i + 1), &json!(i)), "the order is kept");
            let alone = alone(path, more);
            if let Some(why) = answer.get("not_read") {
                assert_eq!(alone["summary"]["not_read"], json!([{ "name": path, "why": why }]));
                continue;
            }
            assert_eq!(answer["findings"], alone["findings"], "{path}");
            assert_eq!(json!([answer["document"]]), alone["documents"], "{path}");
            assert_eq!(answer["allowed"], alone["summary"]["allowed"], "{path}");
            findings += answer["findings"].as_array().unwrap().len();
        }
        assert!(findings > 50, "{findings}");
    }
}

#[test]
fn answers_without_order_are_the_same_answers() {
    let rows = rows(&documents());
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let (ordered, _, _) = call(&["--batch"], &rows);
    let (unordered, err, code) = call(&["--batch", "--unordered"], &rows);
    assert_eq!((err.as_str(), code), ("", 1));
    assert_eq!(sorted(&ordered), sorted(&unordered));
}

#[test]
fn a_broken_row_is_answered_and_the_next_is_read() {
    let scene = Scene::new().file("sub/loosetight.toml", "polcy = 1\n");
    let good = r#"{"id": "good", "path": "a.md", "text": "The lamp burns three times.\n"}"#;
    let rows = [
        "\u{feff}{\"id\": 1, \"path\": \"a.md\", \"text\": \"The harbour.\\n\"}",
        "",
        "not json",
        r#"{"id": 4, "path": "a.md"}"#,
        r#"{"id": 5, "path": "a.md", "text": "x", "knid": "macro"}"#,
        r#"{"id": 6, "path": "a.md", "text": "x", "kind": "marco"}"#,
        r#"{"id": 7, "path": "../a.md", "text": "x"}"#,
        r#"{"id": 8, "path": "/etc/a.md", "text": "x"}"#,
        r#"{"id": 9.5, "path": "a.md", "text": "x"}"#,
        r#"["list", "a.md", "x", null]"#,
        r#"{"id": 11, "path": "a.docx", "text": "x"}"#,
        r#"{"id": 12, "path": "a.md", "text": "x\u0000"}"#,
        r#"{"id": 13, "path": "sub/a.md", "text": "x"}"#,
        r#"{"id": 14, "path": "a.promise", "text": "x"}"#,
        "{\"id\": 15, \"path\": \"a.md\", \"text\": \"x\"",
        "   ",
        good,
    ];
    let output = scene.program().args(["check", "--batch"]).stdin(rows.join("\r\n")).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let out = String::from_utf8(output.stdout).unwrap();
    let told: Vec<String> = lines(&out)
        .iter()
        .map(|answer| match answer.get("error") {
            Some(error) => format!(
                "{} {} {}: {}",
                answer["row"],
                answer["id"],
                error["code"].as_str().unwrap(),
                error["message"].as_str().unwrap()
            ),
            None => format!(
                "{} {} {} findings",
                answer["row"],
                answer["id"],
                answer["findings"].as_array().unwrap().len()
            ),
        })
        .collect();
    assert_data_eq!(
        told.join("\n"),
        str![[r#"
1 1 0 findings
3 null batch::no-json: row 3 is not JSON: expected ident, at byte 2
4 4 batch::no-row: row 4 is none: missing field `text`
5 5 batch::no-row: row 5 is none: unknown field `knid`, expected one of `id`, `path`, `text`, `kind`
6 6 batch::unknown-kind: row 6 names a kind that there is not, `marco`
7 7 batch::path: row 7 has a path that names no file below this folder: `../a.md`
8 8 batch::path: row 8 has a path that names no file below this folder: `/etc/a.md`
9 null batch::no-row: row 9 has an id that is neither a text nor a whole number
10 null batch::no-row: row 10 is a list, not an object
11 11 document::not-office: a.docx is not a Word document
12 12 document::not-text: a.md is not text: byte 1 is zero
13 13 batch::settings: row 13 falls under settings that make no sense: `polcy` is not a setting
14 14 batch::policy: row 14 is a policy, not a document
15 null batch::no-json: row 15 is not JSON: EOF while parsing an object, at byte 39
17 "good" 1 findings
"#]]
    );
    // What is wrong with settings is told to people once, with its place.
    assert!(String::from_utf8(output.stderr).unwrap().contains("`polcy` is not a setting"));
}

#[test]
fn nothing_in_nothing_out() {
    for input in ["", "\n\n", "   \n"] {
        assert_eq!(Scene::new().pipe(&["check", "--batch"], input), "-- exit 0 --\n");
    }
}

#[test]
fn a_kind_that_comes_with_the_row_counts_unless_the_document_says_otherwise() {
    let row = |text: &str| json!({ "id": 1, "path": "a.md", "text": text, "kind": "Macros" }).to_string();
    for (text, kind) in [("# A\n", "macro"), ("---\nkind: basics\n---\n\n# A\n", "basics")] {
        let output = Scene::new().program().args(["check", "--batch"]).stdin(row(text)).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(answer["document"]["kind"], kind);
    }
}

#[test]
fn settings_levels_and_exit_codes_are_those_of_check() {
    let scene = Scene::new().file(
        "quiet/loosetight.toml",
        "packs = [\"../ours.toml\"]\nexclude = [\"old/**\"]\n[levels]\nlamp-quota = \"consider\"\n",
    );
    let row =
        |path: &str| json!({ "id": path, "path": path, "text": "The lamp burns three times.\n" }).to_string();
    let code = |arguments: &[&str], input: &str| {
        let output =
            scene.program().args(["check", "--batch"]).args(arguments).stdin(input).output().unwrap();
        (output.status.code().unwrap(), lines(&String::from_utf8(output.stdout).unwrap()))
    };
    assert_eq!(code(&[], &row("a.md")).0, 1);
    assert_eq!(code(&["--exit-zero"], &row("a.md")).0, 0);
    assert_eq!(code(&["--fail-on", "never"], &row("a.md")).0, 0);
    let (exit, answers) = code(&[], &row("quiet/not/there/a.md"));
    assert_eq!((exit, &answers[0]["findings"][0]["level"]), (0, &json!("consider")));
    let (exit, answers) = code(&[], &row("quiet/old/a.md"));
    assert_eq!(
        (exit, &answers[0]["not_read"]),
        (0, &json!("excluded by `old/**` (quiet/loosetight.toml:2)"))
    );
    let (_, answers) = code(&["--only", "kind=macro"], &row("a.md"));
    assert_eq!(answers[0]["not_read"], "not of the kind, site or owner that was asked for");
}

#[test]
fn a_policy_that_cannot_be_read_ends_it_before_the_first_row() {
    let said = Scene::new().pipe(&["check", "--batch", "--policy", "none.promise"], "{}");
    assert!(said.contains("none.promise") && said.ends_with("-- exit 2 --\n"), "{said}");
    assert!(!said.contains("\"row\""), "{said}");
}

#[test]
fn a_row_that_is_too_long_is_passed_over() {
    let scene = Scene::new();
    let row = |id: u32, length: usize| json!({ "id": id, "path": "a.md", "text": "word ".repeat(length) });
    let input = format!("{}\n{}\n{}\n", row(1, 600_000), row(2, 250_000), row(3, 2));
    let output =
        scene.program().args(["check", "--batch", "--max-size", "1 MB"]).stdin(input).output().unwrap();
    let answers = lines(&String::from_utf8(output.stdout).unwrap());
    assert_eq!(answers[0]["error"]["message"], "row 1 has more than 3 MB");
    assert_eq!(answers[1]["error"]["code"], "document::too-large");
    assert_eq!(answers[2]["findings"], json!([]));
}

/// The program with a pipe at both ends.
fn piped(scene: &Scene) -> std::process::Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loosetight"));
    command.args(["check", "--batch"]).env_clear().current_dir(scene.path(""));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn each_row_is_answered_before_the_next_is_sent() {
    let scene = Scene::new();
    let mut child = piped(&scene);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for id in 0..5 {
        writeln!(input, "{}", json!({ "id": id, "path": "a.md", "text": "The harbour.\n" })).unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&answer).unwrap()["id"], id);
    }
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let scene = Scene::new();
    let mut child = piped(&scene);
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    // The program has to end by itself: its standard input stays open until it does.
    let row = json!({ "id": 1, "path": "a.md", "text": "The harbour lamp burns three times.\n" }).to_string();
    while writeln!(input, "{row}").is_ok() {}
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn parts_are_disjoint_and_complete_for_rows_and_files_alike() {
    let documents = documents();
    let mut rows = rows(&documents);
    rows.push_str("broken\n");
    let (whole, _, _) = call(&["--batch"], &rows);
    let mut of_rows: Vec<Value> = Vec::new();
    let mut part_of_row: BTreeMap<String, usize> = BTreeMap::new();
    let mut of_files: Vec<Value> = Vec::new();
    let files = ["examples/burdock", "examples/kittiwake"];
    for part in 1..=3 {
        let shard = format!("{part}/3");
        let answers = lines(&call(&["--batch", "--shard", &shard], &rows).0);
        assert!(!answers.is_empty(), "{shard}");
        for answer in &answers {
            if let Some(file) = answer["document"]["file"].as_str() {
                part_of_row.insert(file.to_owned(), part);
            }
        }
        of_rows.extend(answers);
        let (out, _, _) = call(&[&["--format", "json", "--shard", &shard], &files[..]].concat(), "");
        let run: Value = serde_json::from_str(&out).unwrap();
        for document in run["documents"].as_array().unwrap() {
            let file = document["file"].as_str().unwrap();
            // What is no text cannot come as a row.
            if !file.ends_with(".docx") {
                assert_eq!(part_of_row[file], part, "{file} is in the same part as a row and as a file");
            }
        }
        of_files.extend(run["findings"].as_array().unwrap().clone());
    }
    of_rows.sort_by_key(|answer| answer["row"].as_u64());
    assert_eq!(of_rows, lines(&whole));
    let (out, _, _) = call(&[&["--format", "json"], &files[..]].concat(), "");
    let run: Value = serde_json::from_str(&out).unwrap();
    let mut whole = run["findings"].as_array().unwrap().clone();
    // Equal findings are told apart by counting, which needs the whole; and what all documents lack together is not
    // looked for in a part of them.
    let key = |finding: &Value| {
        (finding["file"].to_string(), finding["span"].to_string(), finding["rule"].to_string())
    };
    let keys = |findings: &[Value]| {
        let mut keys: Vec<_> = findings.iter().map(key).collect();
        keys.sort();
        keys
    };
    whole.retain(|finding| !TOGETHER.contains(&finding["rule"].as_str().unwrap()));
    assert!(whole.len() > 50);
    assert_eq!(keys(&of_files), keys(&whole));
}

/// Rules that look at all documents of a policy.
const TOGETHER: [&str; 4] =
    ["silent-touchpoint", "boundary-unmentioned", "six-step-missing", "documents-disagree"];

#[test]
fn options_that_do_not_go_together_are_told() {
    for arguments in
        [&["--batch", "a.md"][..], &["--batch", "--format", "json"], &["--unordered"], &["--shard", "9/8"]]
    {
        let said = Scene::new().call(&[&["check"], arguments].concat());
        assert!(said.ends_with("-- exit 2 --\n"), "{said}");
    }
    let said = Scene::new().call(&["check", "--shard", "0/8"]);
    assert!(said.contains("parts are counted from 1: the first is 1/8"), "{said}");
}
