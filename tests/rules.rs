//! The built-in packs: every rule is told well, and does what its examples say.

use loosetight::finding::Group;
use loosetight::lint::Linter;
use loosetight::rule::Sensitivity;

fn linter() -> Linter {
    Linter::new(None, Vec::new(), Sensitivity::Everything).expect("the built-in packs compile")
}

#[test]
fn every_rule_does_what_its_examples_say() {
    let failures = linter().selftest();
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
        if rule.group == Group::OverScripting && !rule.patterns.is_empty() {
            assert!(rule.bad.len() >= 3, "{} has fewer than three bad examples", rule.id);
            assert!(rule.good.len() >= 3, "{} has fewer than three good examples", rule.id);
        }
    }
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
