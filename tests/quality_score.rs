//! Documents of our own with a label on every sentence (`tests/quality/documents/`), and documents that deserve no finding
//! (`tests/quality/silent/`): how often the program is right, held to the best it has reached, and everything it says.
//!
//! A unit labelled `S-…` should be found, any other should not; one that is ambiguous, or whose second label is `S-…`,
//! counts neither way. `UPDATE_FINDINGS=1 cargo test --test quality_score` writes the list of findings anew.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What was reached; a change that does better raises these. Neither is given up but for more of the other.
const PRECISION: f64 = 0.90;
const RECALL: f64 = 0.85;

fn quality() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quality")
}

/// What `check` finds in a folder, at the settings a newcomer has.
fn findings(folder: &str) -> Vec<Value> {
    let checked = Command::new(env!("CARGO_BIN_EXE_loosetight"))
        .args(["check", "--format", "json", "--exit-zero", "."])
        .env_clear()
        .current_dir(quality().join(folder))
        .output()
        .expect("the program runs");
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stderr));
    let told: Value = serde_json::from_slice(&checked.stdout).expect("JSON");
    told["findings"].as_array().expect("findings").clone()
}

/// `arrival.md:12:4: must fix [verbatim-line]`
fn line(f: &Value) -> String {
    let level = f["level"].as_str().expect("a level").replace('-', " ");
    let rule = f["rule"].as_str().expect("a rule");
    format!("{}:{}:{}: {level} [{rule}]", f["file"].as_str().expect("a file"), f["line"], f["column"])
}

fn span(value: &Value) -> Range<u64> {
    value["start"].as_u64().expect("a start")..value["end"].as_u64().expect("an end")
}

/// A unit with its label.
struct Unit {
    file: String,
    span: Range<u64>,
    label: String,
    also: String,
    ambiguous: bool,
}

fn units() -> Vec<Unit> {
    let table = std::fs::read_to_string(quality().join("documents/labels.tsv")).expect("labels.tsv");
    let rows = table.lines().skip(1).map(|row| row.split('\t').collect::<Vec<_>>());
    rows.map(|row| Unit {
        file: row[0].to_owned(),
        span: row[1].parse().expect("a byte")..row[2].parse().expect("a byte"),
        label: row[3].to_owned(),
        also: row[4].to_owned(),
        ambiguous: !row[5].is_empty(),
    })
    .collect()
}

#[test]
fn every_label_stands_on_a_whole_unit() {
    const LABELS: [&str; 12] = [
        "S-verbatim",
        "S-rigid",
        "S-approval",
        "S-timing",
        "S-manner",
        "S-canned",
        "S-control",
        "T",
        "O",
        "E",
        "D",
        "N",
    ];
    let mut files: BTreeMap<String, (String, u64, bool)> = BTreeMap::new();
    for unit in units() {
        let path = quality().join("documents").join(&unit.file);
        let (text, last, scripted) = files
            .entry(unit.file.clone())
            .or_insert_with(|| (std::fs::read_to_string(path).expect("the document"), 0, false));
        let words = text.get(unit.span.start as usize..unit.span.end as usize);
        let words = words.unwrap_or_else(|| panic!("{}:{:?} cuts a letter", unit.file, unit.span));
        let before = text[..unit.span.start as usize].chars().next_back();
        let after = text[unit.span.end as usize..].chars().next();
        let whole = words.trim() == words
            && !words.is_empty()
            && before.is_none_or(|c| !c.is_alphanumeric())
            && after.is_none_or(|c| !c.is_alphanumeric());
        assert!(whole, "{}: {words:?} is no whole unit; were the labels moved with the text?", unit.file);
        assert!(LABELS.contains(&unit.label.as_str()), "{}: no such label", unit.label);
        assert!(unit.span.start >= *last, "{}: {words:?} stands before what was labelled last", unit.file);
        *last = unit.span.end;
        *scripted |= unit.label.starts_with("S-");
    }
    let free = files.values().filter(|(_, _, scripted)| !scripted).count();
    assert!(files.len() >= 12 && free >= 4, "{} documents, {free} of them without a script", files.len());
}

#[test]
fn precision_and_recall_stay_what_they_were() {
    let mut found: BTreeMap<String, Vec<(Range<u64>, String)>> = BTreeMap::new();
    for f in findings("documents").iter().filter(|f| f["group"] == "over-scripting") {
        let parts = f["parts"].as_array().expect("parts");
        let parts = if parts.is_empty() { std::slice::from_ref(&f["span"]) } else { parts };
        let rule = f["rule"].as_str().expect("a rule");
        let places = found.entry(f["file"].as_str().expect("a file").to_owned()).or_default();
        places.extend(parts.iter().map(|part| (span(part), rule.to_owned())));
    }
    let (mut right, mut wrong, mut missed, mut told) = (0u32, 0u32, 0u32, String::new());
    for unit in units().iter().filter(|u| !u.ambiguous) {
        let overlaps =
            |place: &&(Range<u64>, String)| place.0.start < unit.span.end && unit.span.start < place.0.end;
        let hit = found.get(&unit.file).and_then(|places| places.iter().find(overlaps));
        let scripted = unit.label.starts_with("S-");
        match (scripted, hit) {
            (true, Some(_)) => right += 1,
            (true, None) => missed += 1,
            (false, Some(_)) if !unit.also.starts_with("S-") => wrong += 1,
            _ => continue,
        }
        if scripted != hit.is_some() {
            let text = std::fs::read(quality().join("documents").join(&unit.file)).expect("the document");
            let text =
                String::from_utf8_lossy(&text[unit.span.start as usize..unit.span.end as usize]).into_owned();
            let rule = hit.map_or("missed", |(_, rule)| rule);
            writeln!(told, "{rule:24} {:10} {}: {text}", unit.label, unit.file).expect("a string");
        }
    }
    let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
    let (precision, recall) = (share(right, right + wrong), share(right, right + missed));
    assert!(right + missed >= 50, "too little to judge by");
    assert!(
        precision >= PRECISION && recall >= RECALL,
        "precision {precision:.3}, recall {recall:.3} ({right} right, {wrong} wrong, {missed} missed)\n{told}"
    );
}

#[test]
fn every_finding_on_the_labelled_documents_is_one_that_was_looked_at() {
    let path = quality().join("findings.txt");
    let said: String = findings("documents").iter().map(|f| line(f) + "\n").collect();
    if std::env::var_os("UPDATE_FINDINGS").is_some() {
        std::fs::write(&path, &said).expect("findings.txt can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let (now, before) = (lines(&said), lines(&kept));
    let new: Vec<_> = now.iter().filter(|l| !before.contains(l)).collect();
    let gone: Vec<_> = before.iter().filter(|l| !now.contains(l)).collect();
    assert!(
        kept == said,
        "new: {new:#?}\ngone: {gone:#?}\nif that is meant: UPDATE_FINDINGS=1 cargo test --test quality_score"
    );
}

/// A shell tutorial, a reference of an API, a runbook about guests and clients, a recipe, a contract of employment, and a
/// court's rules of procedure.
#[test]
fn what_has_nothing_to_do_with_serving_customers_is_left_alone() {
    let files: Vec<PathBuf> = std::fs::read_dir(quality().join("silent"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert!(files.len() >= 6, "{} documents", files.len());
    for file in &files {
        let lines = std::fs::read_to_string(file).expect("a document").lines().count();
        assert!(lines >= 60, "{} has {lines} lines", file.display());
    }
    let said: Vec<String> = findings("silent").iter().map(line).collect();
    assert!(said.is_empty(), "{said:#?}");
}
