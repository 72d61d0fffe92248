//! One finding in every kind of place.

use super::*;
use crate::assign::assign;
use crate::config;
use crate::document::{self, Limits};
use crate::source::Source;
use std::path::Path;

const POLICY: &str = r#"
brand "Harbour" { promise "Nobody waits in the dark." }
journey "Coming in" {
  stage nearing "I see the coast" {
    touchpoint ordinary "a"
    touchpoint routine-one "b" { routine }
    touchpoint personal-one "c" { personal }
    touchpoint truth "d" { moment of truth }
    touchpoint routine-truth "e" { routine moment of truth }
  }
}
"#;

/// The level of a should-fix finding in a section called `heading` of a document with this front matter.
fn level(heading: &str, front: &str, settings: &str, group: Group, only: Only) -> Option<Level> {
    let policy = POLICY.replace("routine moment of truth", "routine\nmoment of truth\n");
    let (policy, _) = Policy::parse(Source::new("harbour.promise", policy)).unwrap();
    let config = config::read_text(&Source::new("loosetight.toml", settings), Path::new("/h")).unwrap();
    let text = format!("{front}# Title\n\n## Other\n\n## {heading}\n\nThe lamp.\n");
    let document = document::read("a.md", text.as_bytes(), Limits::default()).unwrap();
    let assignment = assign(&document, Path::new("/h/a.md"), &config, Some(&policy));
    let at = text.find("lamp").unwrap();
    let finding = Finding {
        rule: "lamp-quota".into(),
        group,
        level: Level::ShouldFix,
        title: String::new(),
        message: String::new(),
        why: String::new(),
        instead: Vec::new(),
        source: document.source.clone(),
        span: Span::new(at, at + 4),
        parts: Vec::new(),
        place: None,
        heading_path: Vec::new(),
        related: Vec::new(),
        also: vec!["bell-order".into()],
        sentences: vec!["The lamp.".into()],
    };
    let today = jiff::civil::date(2026, 11, 21);
    let triage = Triage {
        document: &document,
        assignment: &assignment,
        policy: Some(&policy),
        config: &config,
        only: &only,
        today,
    };
    triage.run(vec![finding]).first().map(|f| f.level)
}

fn at(heading: &str, front: &str) -> Option<Level> {
    level(heading, front, "", Group::OverScripting, Only::default())
}

#[test]
fn touchpoints_and_basics_move_a_level_by_one_step_at_most() {
    let basics = "---\nkind: basics\n---\n\n";
    assert_eq!(at("Ordinary", ""), Some(Level::ShouldFix));
    assert_eq!(at("Elsewhere", ""), Some(Level::ShouldFix));
    assert_eq!(at("Routine one", ""), Some(Level::Consider));
    assert_eq!(at("Personal one", ""), Some(Level::MustFix));
    assert_eq!(at("Truth", ""), Some(Level::MustFix));
    assert_eq!(at("Routine truth", ""), Some(Level::MustFix));
    assert_eq!(at("Routine one and truth", ""), Some(Level::MustFix));
    assert_eq!(at("Ordinary", basics), Some(Level::Consider));
    assert_eq!(at("Routine one", basics), Some(Level::Consider));
    assert_eq!(at("Truth", basics), Some(Level::ShouldFix));
}

#[test]
fn what_is_said_of_the_policy_stays_as_it_is() {
    assert_eq!(level("Truth", "", "", Group::Policy, Only::default()), Some(Level::ShouldFix));
}

#[test]
fn settings_have_the_last_word_until_their_last_day() {
    let set = |value: &str| {
        level(
            "Truth",
            "",
            &format!("[levels]\nlamp-quota = {value}\n"),
            Group::OverScripting,
            Only::default(),
        )
    };
    assert_eq!(set("\"consider\""), Some(Level::Consider));
    assert_eq!(set("\"off\""), None);
    assert_eq!(set("{ level = \"off\", until = 2026-11-21 }"), None);
    assert_eq!(set("{ level = \"off\", until = 2026-11-20 }"), Some(Level::MustFix));
}

#[test]
fn only_what_is_asked_for_is_kept() {
    let only = |only: Only| level("Truth", "", "", Group::OverScripting, only).is_some();
    let rules = |name: &str| Only { rules: vec![name.to_owned()], ..Only::default() };
    let touchpoints = |name: &str| Only { touchpoints: vec![name.to_owned()], ..Only::default() };
    assert!(only(rules("lamp-quota")) && only(rules("bell-order")) && !only(rules("buoy-talk")));
    assert!(only(touchpoints("truth")) && !only(touchpoints("ordinary")));
    assert!(!only(Only { rules: vec!["buoy-talk".into()], ..touchpoints("truth") }));
}
