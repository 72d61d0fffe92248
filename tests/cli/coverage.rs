//! `coverage`: which outcome is spoken to where.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

const POLICY: &str = r#"brand "Harbour" {
  promise "Nobody waits in the dark."
}
journey "Coming in" {
  stage nearing "I see the coast" {
    touchpoint approach "The last mile" { also "fairway" }
    touchpoint berth "At the quay" { moment of truth }
  }
}
tight {
  outcome sure "Sailors know where they will lie before they reach the quay" {
    at approach, berth
    signals "know where they will lie"
  }
  outcome unhurried "Sailors have all the time they need" { at berth }
  outcome warm "Sailors come into a warm room" { at everywhere }
}
"#;

fn scene() -> Scene {
    Scene::empty()
        .file("harbour.promise", POLICY)
        .file(
            "pilot.md",
            "# Pilot book\n\nEdition 4.\n\n## The fairway\n\nSailors know where they will lie before they reach the \
             quay.\n\n## Berths\n\nMoor fore and aft.\n",
        )
        .file("other.md", "# Tide tables\n")
}

#[test]
fn a_matrix_in_the_order_of_the_journey() {
    assert_data_eq!(
        scene().call(&["coverage"]),
        str![[r#"
harbour.promise, held against 2 documents

          sure  unhurried  warm
approach   ●        ·       ○    1 section
berth      ○        ○       ○    1 section

● covered   ◐ weakly   ○ missing   · not due

  Missing   warm at approach
  Missing   sure, unhurried and warm at berth
  Next      `loosetight coverage --why warm@approach` shows what comes closest
-- exit 0 --

"#]]
    );
    let narrow =
        scene().program().args(["coverage"]).env("COLUMNS", "40").env("LC_ALL", "C").output().unwrap();
    assert_data_eq!(
        String::from_utf8(narrow.stdout).unwrap(),
        str![[r#"
harbour.promise, held against 2 documents

          1  2  3
approach  #  .  o  1 section
berth     o  o  o  1 section

  1  sure
  2  unhurried
  3  warm

# covered   + weakly   o missing   . not due

  Missing   warm at approach
  Missing   sure, unhurried and warm
            at berth
  Next      `loosetight coverage --why
            warm@approach` shows what
            comes closest

"#]]
    );
    let narrated = scene().program().args(["coverage"]).env("NO_GRAPHICS", "1").output().unwrap();
    assert_data_eq!(
        String::from_utf8(narrated.stdout).unwrap(),
        str![[r#"
harbour.promise, held against 2 documents

approach: sure is covered and warm is missing.
berth: sure is missing, unhurried is missing and warm is missing.

Missing: warm at approach
Missing: sure, unhurried and warm at berth
Next: `loosetight coverage --why warm@approach` shows what comes closest

"#]]
    );
}

#[test]
fn why_shows_the_sentence_that_comes_closest_section_by_section() {
    assert_data_eq!(
        scene().call(&["coverage", "--why", "warm@berth"]),
        str![[r#"
pilot.md: missing in “Berths”: no sentence speaks of it
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene().call(&["coverage", "--why", "wram"]),
        str![[r#"
-- standard error --
coverage::unknown

  × the policy has no outcome `wram`
  help: did you mean `warm`?

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene().call(&["coverage", "--why", "warm@birth"]),
        str![[r#"
-- standard error --
coverage::unknown

  × the policy has no touchpoint `birth`
  help: did you mean `berth`?

-- exit 2 --

"#]]
    );
}

#[test]
fn json_has_every_section_and_every_outcome() {
    let output = scene().program().args(["coverage", "--format", "json", "pilot.md"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["version"], 1);
    let sections = json["documents"][0]["sections"].as_array().unwrap();
    let heads: Vec<&str> = sections.iter().map(|s| s["heading"].as_str().unwrap()).collect();
    assert_eq!(heads, ["", "Pilot book", "The fairway", "Berths"]);
    assert!(sections.iter().all(|s| s["outcomes"].as_array().unwrap().len() == 3));
    let fairway = &sections[2];
    assert_eq!(fairway["depth"], 2);
    assert_eq!(fairway["touchpoints"][0], "approach");
    let sure = &fairway["outcomes"][0];
    assert_eq!(
        (&sure["outcome"], &sure["covered"], &sure["answer"], &sure["due"]),
        (&"sure".into(), &true.into(), &"covered".into(), &true.into())
    );
    assert_eq!(sure["evidence"]["line"], 7);
    assert_eq!(fairway["outcomes"][1]["due"], false);
    assert_eq!(fairway["outcomes"][2]["due"], true);
    let due = json["matrix"].as_array().unwrap().iter();
    let due: Vec<_> = due
        .map(|c| format!("{}@{}", c["outcome"].as_str().unwrap(), c["touchpoint"].as_str().unwrap()))
        .collect();
    assert_eq!(due, ["sure@approach", "warm@approach", "sure@berth", "unhurried@berth", "warm@berth"]);
}

#[test]
fn without_a_policy_there_is_nothing_to_cover() {
    assert_data_eq!(
        Scene::empty().file("a.md", "# A\n").call(&["coverage"]),
        str![[r#"
-- standard error --
coverage::no-policy

  × no policy was found, so no outcome is declared
  help: `loosetight init` starts one, and `--policy FILE` names one

-- exit 2 --

"#]]
    );
}

/// The shape of the examples: outcomes with and without a figure, a standard, a hallmark nobody speaks of.
fn besides() -> Scene {
    let policy = POLICY.replace("  outcome warm", "  standard lamp-call \"Every sailor gets a lamp signal within ten minutes of the anchor\" { at berth }\n  \
         hallmark blue-kettle \"A blue kettle of fennel soup stands on the quay\" { at approach, berth }\n  outcome warm")
        .replace("{ at berth }\n  standard", "{\n at berth\n measure \"survey\" \"I had all the time I needed\" at least 90% { now 45% }\n }\n  standard");
    let policy = policy.replace(
        "    signals \"know where they will lie\"\n",
        "    signals \"know where they will lie\"\n    measure \"log\" \"I knew, | and \\\"early\\\"\" at least 80% { now 70% }\n",
    );
    Scene::empty().file("harbour.promise", policy).file(
        "pilot.md",
        "# Pilot book\n\n## The fairway\n\nSailors know where they will lie before they reach the quay.\n\n## Berths\n\n\
         Give every sailor a lamp signal within ten minutes of the anchor.\n",
    )
}

fn table(scene: &Scene, arguments: &[&str]) -> String {
    let output = scene.program().args(["coverage"]).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn standards_and_hallmarks_stand_beside_the_outcomes() {
    assert_data_eq!(
        table(&besides(), &[]),
        str![[r#"
harbour.promise, held against 1 document

          sure  unhurried  warm
approach   ●        ·       ○    1 section
berth      ○        ○       ○    1 section

standard  lamp-call    ● berth
hallmark  blue-kettle  ○ approach  ○ berth

● covered   ◐ weakly   ○ missing   · not due

  Missing   warm at approach
  Missing   sure, unhurried and warm at berth
  Next      `loosetight coverage --why warm@approach` shows what comes closest
  Challenge unhurried is at 45%, to be at least 90%: “I had all the time I
            needed”; it is missing at berth

"#]]
    );
    assert_data_eq!(
        table(&besides(), &["--why", "lamp-call@berth"]),
        str![[r#"
pilot.md:9: covered (0.84) in “Berths”
  “Give every sailor a lamp signal within ten minutes of the anchor.”

"#]]
    );
    let narrated = besides().program().args(["coverage"]).env("NO_GRAPHICS", "1").output().unwrap();
    let narrated = String::from_utf8(narrated.stdout).unwrap();
    assert!(narrated.contains("standard lamp-call: covered at berth.\n"), "{narrated}");
    assert!(
        narrated.contains("hallmark blue-kettle: missing at approach and missing at berth.\n"),
        "{narrated}"
    );
}

#[test]
fn a_table_for_spreadsheets_has_one_line_a_cell_that_is_due() {
    let text = table(&besides(), &["--format", "csv"]);
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let heads: Vec<String> = csv.headers().unwrap().iter().take(7).map(str::to_owned).collect();
    assert_eq!(heads, ["touchpoint", "outcome", "answer", "score", "document", "line", "evidence"]);
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let cell = |touchpoint: &str, name: &str| {
        let row = rows.iter().find(|r| &r[0] == touchpoint && &r[1] == name).unwrap();
        (row[2].to_owned(), row[4].to_owned(), row[5].to_owned(), row[7].to_owned(), row[9].to_owned())
    };
    let told =
        |a: &str, b: &str, c: &str, d: &str, e: &str| (a.into(), b.into(), c.into(), d.into(), e.into());
    assert_eq!(cell("approach", "sure"), told("covered", "pilot.md", "5", "outcome", "70%"));
    assert_eq!(cell("berth", "lamp-call"), told("covered", "pilot.md", "9", "standard", ""));
    assert_eq!(cell("berth", "blue-kettle").0, "missing");
    assert_eq!(cell("berth", "unhurried").4, "45%");
    assert_eq!(rows.len(), 8);
    for row in &rows {
        let score: f64 = row[3].parse().unwrap();
        assert!((0.0..=1.0).contains(&score));
    }
    let one = table(&besides(), &["--format", "csv", "--why", "warm@berth"]);
    assert_eq!(one.lines().count(), 2);
}

#[test]
fn a_table_for_wikis_is_markdown() {
    assert_data_eq!(
        table(&besides(), &["--format", "markdown"]),
        str![[r#"
## What harbour.promise holds tight, and where it is spoken to

|  | approach | berth |
| --- | --- | --- |
| sure | covered | missing |
| unhurried |  | missing |
| warm | missing | missing |
| standard lamp-call |  | covered |
| hallmark blue-kettle | missing | missing |

| touchpoint | outcome | answer | score | document | line | evidence |
| --- | --- | --- | ---: | --- | ---: | --- |
| approach | sure | covered | 0.[..] | pilot.md | 5 | Sailors know where they will lie before they reach the quay. |
| approach | warm | missing | 0.00 |  |  |  |
| approach | hallmark blue-kettle | missing | 0.00 |  |  |  |
| berth | sure | missing | 0.00 |  |  |  |
| berth | unhurried | missing | 0.[..] |  |  |  |
| berth | warm | missing | 0.00 |  |  |  |
| berth | standard lamp-call | covered | 0.84 | pilot.md | 9 | Give every sailor a lamp signal within ten minutes of the anchor. |
| berth | hallmark blue-kettle | missing | 0.00 |  |  |  |

Worth the next challenge: unhurried is at 45%, to be at least 90%: “I had all the time I needed”; it is missing at berth.

"#]]
    );
}

#[test]
fn outcomes_are_judged_as_if_there_were_no_standards() {
    let sections = |scene: &Scene| {
        let json: serde_json::Value = serde_json::from_str(&table(scene, &["--format", "json"])).unwrap();
        let sections = json["documents"][0]["sections"].as_array().unwrap().clone();
        (sections, json)
    };
    let with = besides();
    let policy = std::fs::read_to_string(with.path("harbour.promise")).unwrap();
    let without: String = policy
        .lines()
        .filter(|line| !["standard", "hallmark"].iter().any(|w| line.trim().starts_with(w)))
        .map(|line| format!("{line}\n"))
        .collect();
    let (with, json) = sections(&with);
    let (without, bare) = sections(&besides().file("harbour.promise", without));
    assert_eq!(with.len(), without.len());
    for (a, b) in with.iter().zip(&without) {
        assert_eq!(a["outcomes"].to_string(), b["outcomes"].to_string());
        assert_eq!(a["particulars"].as_array().unwrap().len(), 2);
        assert!(b["particulars"].as_array().unwrap().is_empty());
    }
    assert_eq!(json["matrix"], bare["matrix"]);
    let berth = with.last().unwrap()["particulars"].as_array().unwrap();
    assert_eq!((&berth[0]["kind"], &berth[0]["answer"]), (&"standard".into(), &"covered".into()));
    assert_eq!((&berth[1]["name"], &berth[1]["answer"]), (&"blue-kettle".into(), &"not".into()));
    assert_eq!(json["particulars"].as_array().unwrap().len(), 3);
    // 45 of 90 and not spoken to is further than 70 of 80 and spoken to somewhere.
    assert_eq!(
        (&json["challenges"][0]["name"], &json["challenges"][0]["now"]),
        (&"unhurried".into(), &"45%".into())
    );
}

#[test]
fn what_the_examples_hold_tight_is_found_in_their_documents() {
    let example = |name: &str| {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name);
        let program = snapbox::cmd::Command::new(env!("CARGO_BIN_EXE_loosetight"));
        let output = program.args(["coverage", "--format", "csv"]).current_dir(folder).output().unwrap();
        let rows: Vec<csv::StringRecord> =
            csv::Reader::from_reader(&output.stdout[..]).records().map(Result::unwrap).collect();
        move |touchpoint: &str, name: &str| {
            let row = rows.iter().find(|r| &r[0] == touchpoint && &r[1] == name).unwrap();
            (row[2].to_owned(), row[6].to_owned())
        }
    };
    let burdock = example("burdock");
    let (answer, evidence) = burdock("goodbye", "side-door");
    assert_eq!(answer, "covered");
    assert!(evidence.contains("no family walks through the waiting room"), "{evidence}");
    let kittiwake = example("kittiwake");
    let (answer, evidence) = kittiwake("crossing", "rough-weather-tea");
    assert_eq!(answer, "covered");
    assert!(evidence.contains("ginger tea is free"), "{evidence}");
    assert_eq!(kittiwake("pier", "first-wave").0, "missing");
    // "Within ten minutes" is said there of something else.
    assert_ne!(kittiwake("disruption", "first-word").0, "covered");
}
