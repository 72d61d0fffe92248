//! Documents, settings and policies made for the purpose.

use super::*;
use crate::config;
use crate::document::{self, Limits};
use crate::source::Source;

const POLICY: &str = r#"
brand "Harbour" { promise "Nobody waits in the dark." }
journey "Coming in" {
  stage nearing "I see the coast" {
    touchpoint approach "The last mile" { also "fairway" }
    touchpoint berth "At the quay" { also "mooring" }
    touchpoint farewell "Leaving" { also "check-out" }
  }
}
"#;

const SETTINGS: &str = r#"
[[documents]]
files = "**"
kind = "handbook"

[[documents]]
files = "replies/**"
kind = "macro"
touchpoint = ["berth", "check out"]
"#;

/// What is said of a Markdown document in the file `path`.
fn assigned(path: &str, text: &str) -> (Assignment, Document) {
    let (policy, _) = Policy::parse(Source::new("harbour.promise", POLICY)).unwrap();
    let settings = Source::new("loosetight.toml", SETTINGS);
    let config = config::read_text(&settings, Path::new("/harbour")).unwrap();
    let document = document::read("a.md", text.as_bytes(), Limits::default()).unwrap();
    (assign(&document, &Path::new("/harbour").join(path), &config, Some(&policy)), document)
}

/// Heading and touchpoints (by number) of every section.
fn sections(path: &str, text: &str) -> Vec<(String, Vec<usize>)> {
    let (assignment, document) = assigned(path, text);
    assert_eq!(assignment.sections.len(), document.sections.len());
    let ids = assignment.sections.iter().map(|at| at.iter().map(|id| id.0).collect());
    (0..).map(|i| document.heading(i).to_owned()).zip(ids).skip(1).collect()
}

fn plain(expected: &[(&str, &[usize])]) -> Vec<(String, Vec<usize>)> {
    expected.iter().map(|(heading, at)| ((*heading).to_owned(), at.to_vec())).collect()
}

#[test]
fn the_document_goes_before_the_longest_glob_and_that_before_the_rest() {
    let (assignment, _) = assigned("replies/a.md", "---\nkind: Scorecard\n---\n");
    assert_eq!(assignment.kind.value, Kind::Scorecard);
    assert!(matches!(assignment.kind.by, By::Metadata(_)));
    let (assignment, _) = assigned("replies/a.md", "# A\n");
    assert_eq!(assignment.kind.value, Kind::Macro);
    assert_eq!(assignment.kind.by, By::Glob("replies/**".into(), "loosetight.toml:7".into()));
    let (assignment, _) = assigned("a.md", "# A\n");
    assert_eq!(assignment.kind.value, Kind::Handbook);
}

#[test]
fn sections_belong_to_their_heading_else_their_parent_else_the_document() {
    let text =
        "# Pilot book\n\n## The fairway\n\n### Lights\n\n## Rules\n\n## Berths and check-outs\n\n### Lines\n";
    assert_eq!(
        sections("a.md", text),
        plain(&[
            ("Pilot book", &[]),
            ("The fairway", &[0]),
            ("Lights", &[0]),
            ("Rules", &[]),
            ("Berths and check-outs", &[1, 2]),
            ("Lines", &[1, 2]),
        ])
    );
    assert_eq!(
        sections("replies/a.md", text),
        plain(&[
            ("Pilot book", &[1, 2]),
            ("The fairway", &[0]),
            ("Lights", &[0]),
            ("Rules", &[1, 2]),
            ("Berths and check-outs", &[1, 2]),
            ("Lines", &[1, 2]),
        ])
    );
}

#[test]
fn a_title_counts_where_neither_document_nor_settings_say_more() {
    let text = "# Moorings\n\nHow.\n\n## Lines\n";
    assert_eq!(sections("a.md", text), plain(&[("Moorings", &[1]), ("Lines", &[1])]));
    let said = format!("---\ntouchpoint: approach\n---\n\n{text}");
    assert_eq!(sections("a.md", &said), plain(&[("Moorings", &[0]), ("Lines", &[0])]));
    // Two headings of the same height: neither is the title.
    assert_eq!(sections("a.md", "# Moorings\n\n# Rules\n"), plain(&[("Moorings", &[1]), ("Rules", &[])]));
}

#[test]
fn words_that_name_nothing_are_remembered_with_their_place() {
    let (assignment, document) = assigned("a.md", "---\nkind: novel\ntouchpoint: berht, berth\n---\n\n# A\n");
    let unknown: Vec<_> =
        assignment.unknown.iter().map(|u| (u.key, u.word.as_str(), document.source.slice(u.span))).collect();
    assert_eq!(unknown, [("kind", "novel", "novel"), ("touchpoint", "berht", "berht, berth")]);
    assert_eq!(assignment.kind.value, Kind::Handbook);
    assert_eq!(assignment.touchpoints.value, [TouchpointId(1)]);
}
