//! The built-in packs: every rule is told well, and does what its examples say.

use loosetight::engine::examples::Examples;
use loosetight::lint::Linter;
use loosetight::rule::Sensitivity;
use loosetight::rule::selftest::is_bad;
use std::process::Command;

fn linter() -> Linter {
    Linter::new(None, Vec::new(), Sensitivity::Everything).expect("the built-in packs compile")
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let linter = linter();
    let mut examples = Examples::new(&linter, Vec::new());
    let failures: Vec<_> = linter.rules().iter().flat_map(|rule| examples.failures(rule)).collect();
    let shown: Vec<String> =
        failures.iter().map(|f| format!("{}: {}\n    {}", f.rule, f.problem, f.example)).collect();
    assert!(failures.is_empty(), "{} examples fail\n{}", failures.len(), shown.join("\n"));
}

#[test]
fn every_rule_says_why_and_shows_two_ways_to_write_it() {
    for rule in linter().rules().iter() {
        assert!(rule.instead.len() >= 2, "{} shows fewer than two ways", rule.id);
        assert!(
            !rule.title.is_empty() && !rule.message.is_empty() && !rule.why.is_empty(),
            "{} says too little",
            rule.id
        );
    }
}

/// Two whole documents show as much as three sentences.
#[test]
fn every_rule_shows_what_it_finds_and_what_it_leaves_alone() {
    for rule in linter().rules().iter() {
        let documents = |bad: bool| rule.documents.iter().filter(|d| is_bad(&d.text) == bad).count();
        for (kind, sentences, documents) in
            [("bad", rule.bad.len(), documents(true)), ("good", rule.good.len(), documents(false))]
        {
            assert!(
                sentences >= 3 || documents >= 2,
                "{} has too few {kind} examples: {sentences} sentences, {documents} documents",
                rule.id
            );
        }
    }
}

/// What `bash .ci/run` and every reader of the catalogue may count on: the program itself has nothing to complain of.
#[test]
fn the_program_passes_its_own_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    let test = Command::new(env!("CARGO_BIN_EXE_loosetight"))
        .args(["rules", "test"])
        .env_clear()
        .current_dir(folder.path())
        .output()
        .expect("the program runs");
    let said = format!("{}{}", String::from_utf8_lossy(&test.stderr), String::from_utf8_lossy(&test.stdout));
    assert_eq!(test.status.code(), Some(0), "{said}");
    assert!(test.stderr.is_empty(), "{said}");
    assert!(said.contains(" rules pass, none fails; "), "{said}");
}

/// `UPDATE_CATALOGUE=1 cargo test --test rules` writes it anew.
#[test]
fn the_catalogue_says_what_the_packs_say() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/README.md");
    let now = loosetight::rule::catalogue::catalogue(linter().rules());
    if std::env::var_os("UPDATE_CATALOGUE").is_some() {
        std::fs::write(path, &now).expect("rules/README.md can be written");
    }
    let kept = std::fs::read_to_string(path).expect("rules/README.md is there").replace("\r\n", "\n");
    assert!(kept == now, "rules/README.md is behind the packs; UPDATE_CATALOGUE=1 cargo test --test rules");
}
