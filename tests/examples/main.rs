//! Every folder of `examples/` is run as a reader of the README would run it, and what comes out is held against the
//! `expected.txt` beside it, and against the picture in the README.
//!
//! After a change that is meant: `UPDATE_EXPECTED=1 cargo test --test examples`, then read the diff.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The day the examples are read on; their reviews and experiments are dated around it.
const TODAY: &str = "2026-11-21";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of the examples, as named on a command line.
fn brands() -> Vec<String> {
    let mut brands: Vec<String> = std::fs::read_dir(root().join("examples"))
        .expect("examples/ is there")
        .map(|entry| entry.expect("examples/ can be read").path())
        .filter(|path| path.join("loosetight.toml").is_file())
        .map(|path| format!("examples/{}", path.file_name().expect("a folder has a name").to_string_lossy()))
        .collect();
    brands.sort();
    assert!(brands.len() >= 2, "{brands:?}");
    brands
}

/// Standard output of `loosetight check` on a folder; nothing of this machine's environment goes in.
fn check(folder: &str, more: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_loosetight"));
    command.current_dir(root()).env_clear().args([
        "check",
        "--exit-zero",
        "--color",
        "never",
        "--today",
        TODAY,
    ]);
    let ran = command.args(more).arg(folder).output().expect("the program starts");
    let said = String::from_utf8(ran.stderr).expect("standard error is UTF-8");
    assert!(ran.status.success(), "{folder}: {:?}\n{said}", ran.status.code());
    assert_eq!(said, "", "{folder}");
    String::from_utf8(ran.stdout).expect("standard output is UTF-8")
}

fn findings(folder: &str) -> Vec<Value> {
    let run: Value = serde_json::from_str(&check(folder, &["--format", "json"])).expect("JSON");
    run["findings"].as_array().expect("a list of findings").clone()
}

fn number(value: &Value) -> usize {
    value.as_u64().expect("a number") as usize
}

/// Whether what is expected is to be written instead of held against.
fn updates() -> bool {
    std::env::var_os("UPDATE_EXPECTED").is_some()
}

/// What `check` says to people about an example, with the paths of any system.
fn said(folder: &str) -> String {
    check(folder, &["--format", "human"]).replace('\\', "/")
}

#[test]
fn each_example_says_what_it_is_expected_to_say() {
    for folder in brands() {
        let file = root().join(&folder).join("expected.txt");
        let said = said(&folder);
        if updates() {
            std::fs::write(&file, &said).expect("expected.txt can be written");
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        if said != expected {
            let line = said.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
            panic!(
                "{folder} differs from line {} on:\n  said:     {:?}\n  expected: {:?}\n\
                 if that is meant: UPDATE_EXPECTED=1 cargo test --test examples",
                line + 1,
                said.lines().nth(line).unwrap_or_default(),
                expected.lines().nth(line).unwrap_or_default()
            );
        }
    }
}

#[test]
fn the_picture_in_the_readme_is_what_the_program_says() {
    let file = root().join("README.md");
    let readme = std::fs::read_to_string(&file).expect("the README is there").replace("\r\n", "\n");
    let (before, rest) = readme.split_once("<!-- picture -->\n```text\n").expect("a picture");
    let (picture, after) = rest.split_once("\n```\n<!-- end of picture -->").expect("the end of the picture");
    let said = said("examples/kittiwake");
    let passages: Vec<&str> = said.trim_end().split("\n\n").collect();
    let today: Vec<&str> = picture
        .split("\n⋮\n")
        .map(|shown| {
            let same = passages.iter().find(|p| **p == shown);
            let alike = || passages.iter().find(|p| about(p) == about(shown));
            same.or_else(alike)
                .unwrap_or_else(|| panic!("no longer said; choose another passage for the README:\n{shown}"))
        })
        .copied()
        .collect();
    let today = today.join("\n⋮\n");
    if updates() {
        let new = format!("{before}<!-- picture -->\n```text\n{today}\n```\n<!-- end of picture -->{after}");
        std::fs::write(&file, new).expect("the README can be written");
    } else {
        assert_eq!(picture, today, "if that is meant: UPDATE_EXPECTED=1 cargo test --test examples");
    }
}

/// What a passage of the output is about: its first line, and the file named on its second.
fn about(passage: &str) -> (Option<&str>, Option<&str>) {
    let mut lines = passage.lines();
    let first = lines.next();
    (first, lines.next().and_then(|l| l.split_once("[examples/")?.1.split(':').next()))
}

#[test]
fn lines_and_columns_are_right_when_somebody_else_counts() {
    for folder in brands() {
        for finding in findings(&folder) {
            let name = finding["file"].as_str().expect("a finding names its file");
            let path = root().join(name);
            assert!(path.is_file(), "{name}");
            if path.extension().is_some_and(|e| e == "docx") {
                assert!(finding["place"].is_string(), "a Word file has no lines: {finding}");
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("examples are UTF-8");
            let (start, end) = (number(&finding["span"]["start"]), number(&finding["span"]["end"]));
            let before = &text[..start];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            assert_eq!((number(&finding["line"]), number(&finding["column"])), (line, column), "{finding}");
            assert_eq!(finding["text"].as_str(), Some(&text[start..end]), "{finding}");
            assert!(!text[start..end].trim().is_empty(), "{finding}");
        }
    }
}

#[test]
fn every_paper_of_every_example_is_read() {
    for folder in brands() {
        let run: Value = serde_json::from_str(&check(&folder, &["--format", "json"])).expect("JSON");
        let read = run["documents"].as_array().expect("a list of documents");
        let mut read: Vec<PathBuf> =
            read.iter().map(|d| root().join(d["file"].as_str().expect("a name"))).collect();
        read.retain(|path| path.extension().is_none_or(|e| e != "promise"));
        read.sort();
        let mut there = Vec::new();
        papers(&root().join(&folder), &mut there);
        there.sort();
        assert_eq!(read, there, "{folder}");
    }
}

fn papers(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the examples") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            papers(&path, into);
        } else if path
            .extension()
            .is_some_and(|e| ["md", "txt", "html", "docx"].iter().any(|known| e == *known))
            && !path.ends_with("expected.txt")
        {
            into.push(path);
        }
    }
}
