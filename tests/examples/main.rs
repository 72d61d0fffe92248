//! Every folder of `examples/` is run as a reader of the README would run it.

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
