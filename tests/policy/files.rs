//! Policies in several files: what is included, what is inherited, and where paths may lead.

use crate::shown;
use loosetight::policy::{OutcomeId, Policy, PolicyErrors, TouchpointId};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Folder {
        let root = std::env::temp_dir().join(format!("loosetight-policy-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&root);
        for (path, text) in files {
            let path = root.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Folder(root)
    }

    fn load(&self, file: &str) -> Result<(Policy, Vec<String>), Vec<String>> {
        let strip = |text: String| text.replace(&format!("{}/", self.0.display()), "");
        match Policy::load(&self.0.join(file)) {
            Ok((policy, warnings)) => Ok((policy, warnings.iter().map(|w| strip(shown(w))).collect())),
            Err(PolicyErrors { errors, .. }) => Err(errors
                .iter()
                .map(|e| {
                    let file = e.place.as_ref().map_or("-", |(source, _)| source.name());
                    strip(format!("{file}: {}", shown(e)))
                })
                .collect()),
        }
    }

    #[track_caller]
    fn policy(&self, file: &str) -> Policy {
        self.load(file).unwrap().0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const BRAND: &str = "brand \"B\" { promise \"P\" }\n";

fn outcomes(policy: &Policy) -> Vec<&str> {
    policy.outcomes.iter().map(|o| o.name.text.as_str()).collect()
}

#[test]
fn included_files_are_part_of_the_policy_where_they_are_named() {
    let folder = Folder::new(
        "include",
        &[
            (
                "b.promise",
                &format!(
                    "{BRAND}tight {{ outcome one \"1\" }}\ninclude \"more/*.promise\", \"./last.promise\"\ntight {{ outcome five \"5\" {{ at t }} first two }}\n"
                ),
            ),
            ("more/z.promise", "tight { outcome three \"3\" }"),
            ("more/a.promise", "include \"deep/**/*.promise\"\ntight { outcome two \"2\" }"),
            ("more/deep/er/d.promise", "journey \"J\" { stage s \"S\" { touchpoint t \"T\" } }"),
            ("more/notes.txt", "no policy"),
            ("last.promise", "tight { outcome four \"4\" }"),
        ],
    );
    let policy = folder.policy("b.promise");
    assert_eq!(outcomes(&policy), ["one", "two", "three", "four", "five"]);
    let names: Vec<String> =
        policy.sources.iter().map(|s| s.name().rsplit("/").next().unwrap().to_owned()).collect();
    assert_eq!(names, ["b.promise", "a.promise", "d.promise", "z.promise", "last.promise"]);
    let three = policy.outcome(OutcomeId(2));
    assert!(policy.source(three.place).name().ends_with("more/z.promise"));
    assert_eq!(policy.slice(three.head), "outcome three \"3\"");
    assert!(policy.outcome(OutcomeId(4)).at.includes(TouchpointId(0)));
    assert_eq!(policy.first[0].id, OutcomeId(1));
}

#[test]
fn mistakes_in_included_files_are_reported_in_them_all_at_once() {
    let folder = Folder::new(
        "include-errors",
        &[
            (
                "b.promise",
                "brand \"B\" { promise \"P\"\n ownr \"x\" }\ninclude \"a.promise\"\ntight { outcome one \"1\" }\n",
            ),
            ("a.promise", "tight { outcome one \"again\" { att x } }\nbrand \"C\" { promise \"Q\" }\n"),
        ],
    );
    let errors = folder.load("b.promise").unwrap_err();
    let short: Vec<&str> = errors.iter().map(|e| e.split('»').next().unwrap()).collect();
    assert_eq!(
        short,
        [
            "b.promise: unknown-word «ownr",
            "b.promise: declared-twice «one",
            "a.promise: unknown-word «att",
            "a.promise: unknown-name «x",
            "a.promise: declared-twice «brand \"C\"",
        ]
    );
    // The other declaration stands in another file: miette shows it as a related diagnostic.
    let errors = Policy::load(&folder.0.join("b.promise")).unwrap_err();
    let twice = errors.errors.iter().find(|e| e.mistake.code() == "policy::declared-twice").unwrap();
    assert_eq!(miette::Diagnostic::related(twice).unwrap().count(), 1);
}

#[test]
fn files_that_are_missing_or_fit_nothing() {
    let folder = Folder::new(
        "missing",
        &[
            ("b.promise", &format!("{BRAND}include \"gone.promise\"\nextends \"group.promise\"\n")),
            ("c.promise", &format!("{BRAND}include \"none/*.promise\"\n")),
            ("d.promise", &format!("{BRAND}include \"folder.promise\"\n")),
            ("e.promise", &format!("{BRAND}include \"a[.promise\"\n")),
            ("folder.promise/x.txt", ""),
        ],
    );
    assert_eq!(
        folder.load("b.promise").unwrap_err(),
        [
            "b.promise: missing-file «gone.promise» there is no file gone.promise | no such file | paths begin at the folder of the file they are written in",
            "b.promise: missing-file «group.promise» there is no file group.promise | no such file | paths begin at the folder of the file they are written in",
        ]
    );
    let (_, warnings) = folder.load("c.promise").unwrap();
    assert_eq!(
        warnings,
        [
            "includes-nothing «none/*.promise» no file fits none/*.promise | here | take the line away, or write the files"
        ]
    );
    assert_eq!(
        folder.load("d.promise").unwrap_err(),
        ["b.promise: cannot-read".replace("b.", "d.")
            + " «folder.promise» folder.promise cannot be read: it is a folder | here"]
    );
    let bad = folder.load("e.promise").unwrap_err();
    assert!(
        bad[0].starts_with("e.promise: bad-pattern «a[.promise» a[.promise is no pattern of file names: "),
        "{bad:?}"
    );
    let none = folder.load("nowhere.promise").unwrap_err();
    assert_eq!(none, ["-: cannot-read «» nowhere.promise cannot be read: there is no such file | here"]);
    let none = folder.load("folder.promise").unwrap_err();
    assert_eq!(none, ["-: cannot-read «» folder.promise cannot be read: it is a folder | here"]);
}

#[test]
fn files_that_are_no_text() {
    let folder = Folder::new("no-text", &[("x", "")]);
    fs::write(folder.0.join("l.promise"), b"brand \"Caf\xe9\" { promise \"P\" }").unwrap();
    fs::write(folder.0.join("b.promise"), format!("{BRAND}include \"l.promise\"\n")).unwrap();
    let wrong = |f: &str| folder.load(f).unwrap_err();
    let expected = "l.promise: not-utf-8 «\u{fffd}» l.promise is not written in UTF-8 | from here on | save it as UTF-8, without other encodings";
    assert_eq!(wrong("l.promise"), [expected]);
    assert_eq!(wrong("b.promise"), [expected]);
    fs::write(folder.0.join("h.promise"), vec![b' '; 300 * 1024]).unwrap();
    assert_eq!(
        wrong("h.promise"),
        ["-: cannot-read «» h.promise cannot be read: it is larger than 256 KB | here"]
    );
}

#[test]
fn circles_are_reported_and_files_are_read_once() {
    let folder = Folder::new(
        "circles",
        &[
            ("a.promise", &format!("{BRAND}include \"b.promise\"\n")),
            ("b.promise", "include \"c.promise\"\n"),
            ("c.promise", "include \"a.promise\"\ninclude \"c.promise\"\n"),
            ("g.promise", &format!("{BRAND}extends \"h.promise\"\n")),
            ("h.promise", &format!("{BRAND}extends \"g.promise\"\n")),
            (
                "all.promise",
                &format!(
                    "{BRAND}include \"[a-z][a-z][a-z].promise\"\ninclude \"twice/*.promise\", \"twice/x.promise\"\n"
                ),
            ),
            ("twice/x.promise", "tight { outcome x \"X\" }"),
        ],
    );
    assert_eq!(
        folder.load("a.promise").unwrap_err(),
        [
            "c.promise: circle «a.promise» these files lead back to where they began: a.promise → b.promise → c.promise → a.promise | this closes the circle | let one of them go",
            "c.promise: circle «c.promise» these files lead back to where they began: c.promise → c.promise | this closes the circle | let one of them go",
        ]
    );
    assert_eq!(
        folder.load("g.promise").unwrap_err(),
        [
            "h.promise: circle «g.promise» these files lead back to where they began: g.promise → h.promise → g.promise | this closes the circle | let one of them go"
        ]
    );
    assert_eq!(outcomes(&folder.policy("all.promise")), ["x"]);
}

#[test]
fn includes_do_not_go_on_for_ever() {
    let files: Vec<(String, String)> = (0..40)
        .map(|i| {
            (
                format!("f{i}.promise"),
                format!("{}include \"f{}.promise\"\n", if i == 0 { BRAND } else { "" }, i + 1),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    let errors = Folder::new("deep", &files).load("f0.promise").unwrap_err();
    assert_eq!(
        errors,
        [
            "f16.promise: included-too-deep «f17.promise» files include each other more than 16 deep | this goes too far | name the files from the first one"
        ]
    );
}

#[test]
fn paths_stay_in_the_repository() {
    let lead = |to: &str| format!("{BRAND}include \"{to}\"\n");
    let folder = Folder::new(
        "fence",
        &[
            ("repo/.git/HEAD", ""),
            ("repo/brands/b/up.promise", &lead("../../shared/s.promise")),
            ("repo/brands/b/out.promise", &lead("../../../secret.promise")),
            ("repo/brands/b/glob.promise", &lead("../../../*.promise")),
            ("repo/brands/b/behind.promise", &lead("*/../../../../*.promise")),
            ("repo/brands/b/root.promise", &lead("/etc/passwd")),
            ("repo/brands/b/drive.promise", &lead("C:/x.promise")),
            ("repo/brands/b/home.promise", &lead("~/x.promise")),
            ("repo/brands/b/text.promise", &lead("../../secret.txt")),
            ("repo/brands/b/group.promise", &format!("{BRAND}extends \"../../../secret.promise\"\n")),
            ("repo/shared/s.promise", "tight { outcome shared \"S\" }"),
            ("repo/secret.txt", "secret"),
            ("secret.promise", "secret"),
            ("loose/brand/up.promise", &format!("{BRAND}extends \"../group.promise\"\n")),
            ("loose/brand/out.promise", &lead("../../secret.promise")),
            ("loose/group.promise", &format!("{BRAND}tight {{ outcome shared \"S\" }}\n")),
        ],
    );
    assert_eq!(outcomes(&folder.policy("repo/brands/b/up.promise")), ["shared"]);
    assert_eq!(outcomes(&folder.policy("loose/brand/up.promise")), ["shared"]);
    for (file, why) in [
        ("repo/brands/b/out.promise", "this leads out of the repository"),
        ("repo/brands/b/glob.promise", "this leads out of the repository"),
        ("repo/brands/b/behind.promise", "this leads upwards behind a pattern"),
        ("repo/brands/b/root.promise", "this path does not begin at this file's folder"),
        ("repo/brands/b/drive.promise", "this path does not begin at this file's folder"),
        ("repo/brands/b/home.promise", "this path does not begin at this file's folder"),
        ("repo/brands/b/text.promise", "this is no .promise file"),
        ("repo/brands/b/group.promise", "this leads out of the repository"),
        ("loose/brand/out.promise", "this leads out of the repository"),
    ] {
        let errors = folder.load(file).unwrap_err();
        assert_eq!(errors.len(), 1, "{file}: {errors:?}");
        assert!(errors[0].contains("outside-folder") && errors[0].contains(why), "{file}: {errors:?}");
        assert!(!errors[0].contains("secret\""), "{errors:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_may_not_lead_out_either() {
    let folder = Folder::new(
        "links",
        &[
            ("repo/.git/HEAD", ""),
            ("repo/b.promise", &format!("{BRAND}include \"link.promise\"\n")),
            ("repo/c.promise", &format!("{BRAND}include \"d/*.promise\"\n")),
            ("repo/d/own.promise", "tight { outcome own \"O\" }"),
            ("secret.promise", "secret"),
        ],
    );
    std::os::unix::fs::symlink(folder.0.join("secret.promise"), folder.0.join("repo/link.promise")).unwrap();
    std::os::unix::fs::symlink(folder.0.join("secret.promise"), folder.0.join("repo/d/link.promise"))
        .unwrap();
    let errors = folder.load("repo/b.promise").unwrap_err();
    assert!(errors.len() == 1 && errors[0].contains("this leads out of the repository"), "{errors:?}");
    assert_eq!(outcomes(&folder.policy("repo/c.promise")), ["own"]);
}

const GROUP: &str = r#"
brand "Group" {
  promise "Group promise"
  for "Everybody"
  owner "Group lead"
  customers "guest"
  expects "Clean rooms"
}
journey "A stay" {
  stage before "Before" { touchpoint booking "Booking" { routine } }
  stage during "During" {
    touchpoint arrival "Arrival"
    touchpoint problem "Problem"
  }
}
tight {
  outcome safe "Guests are safe" { at arrival, problem }
  outcome known "Guests are known" { at everywhere }
  first safe, known
  boundary fire "Leave the building" { protects safe }
}
loose { guideline fix "Fix it" { serves safe at arrival } }
backstage { culture { hire "Kind people"
 teach every week "Weekly" } }
"#;

#[test]
fn a_brand_inherits_adds_and_overrides_by_name() {
    let group = GROUP.replace("{ serves safe at arrival }", "{ serves safe\n at arrival }");
    let brand = r#"
extends "group.promise"
brand "House" {
  promise "House promise"
  customers "visitor"
}
journey "A Stay" {
  stage during "While here" {
    touchpoint arrival "Our arrival" { personal }
    touchpoint bar "The bar"
  }
  stage after "After" { touchpoint booking "Booking again" }
}
tight {
  outcome SAFE "Our guests are safe" { at bar }
  outcome fed "Guests are fed" { at bar, booking }
  first fed, safe
}
backstage { culture { teach every month "Monthly" } }
"#;
    let folder = Folder::new("extends", &[("group.promise", &group), ("house.promise", brand)]);
    let (p, warnings) = folder.load("house.promise").unwrap();
    assert_eq!((p.brand.name.as_str(), p.brand.promise.as_str()), ("House", "House promise"));
    assert_eq!(p.brand.for_whom.as_ref().unwrap().as_str(), "Everybody");
    assert_eq!(p.brand.remarks.owner.as_ref().unwrap().as_str(), "Group lead");
    let words: Vec<&str> = p.brand.customers.iter().map(|t| t.as_str()).collect();
    assert_eq!(words, ["guest", "visitor"]);
    assert_eq!(p.journeys.len(), 1);
    let stages: Vec<String> = p.journeys[0]
        .stages
        .iter()
        .map(|s| {
            let names: Vec<&str> =
                s.touchpoints.iter().map(|&t| p.touchpoint(t).name.text.as_str()).collect();
            format!("{}: {}", s.title.as_str(), names.join(", "))
        })
        .collect();
    assert_eq!(stages, ["Before: ", "While here: arrival, problem, bar", "After: booking"]);
    assert_eq!(outcomes(&p), ["SAFE", "known", "fed"]);
    let safe = &p.outcomes[0];
    assert_eq!(safe.at.named()[0].name, "bar");
    assert!(p.source(safe.place).name().ends_with("house.promise"));
    // What the group says of the outcome now means the brand's own.
    assert_eq!(p.boundaries[0].protects[0].id, OutcomeId(0));
    assert!(p.source(p.boundaries[0].place).name().ends_with("group.promise"));
    let first: Vec<&str> = p.first.iter().map(|r| r.name.as_str()).collect();
    assert_eq!(first, ["fed", "SAFE"]);
    let culture = p.culture.as_ref().unwrap();
    assert_eq!(culture.hire.as_ref().unwrap().as_str(), "Kind people");
    assert_eq!(culture.teach.as_ref().unwrap().text.as_ref().unwrap().as_str(), "Monthly");
    let overrides: Vec<String> = p.overrides.iter().map(|o| format!("{} {}", o.word, o.name)).collect();
    assert_eq!(
        overrides,
        ["promise ", "touchpoint arrival", "touchpoint booking", "outcome SAFE", "first ", "teach every "]
    );
    assert_eq!(warnings.len(), 6);
    assert_eq!(
        warnings[3],
        "overridden «SAFE» the outcome `SAFE` replaces the one this policy inherits | this one holds | the one it inherits «safe»"
    );
}

#[test]
fn a_brand_may_leave_everything_to_its_group() {
    let folder = Folder::new(
        "inherit",
        &[
            ("root.promise", "brand \"Root\" { promise \"P\" }\ntight { outcome deep \"D\" }"),
            ("group.promise", "extends \"root.promise\"\ntight { outcome mid \"M\" }"),
            ("house.promise", "extends \"group.promise\"\ntight { outcome top \"T\"\nfirst deep, top }"),
            ("lost.promise", "extends \"group.promise\"\ntight { first nowhere }"),
            ("part.promise", &format!("{BRAND}include \"house.promise\"\n")),
        ],
    );
    let p = folder.policy("house.promise");
    assert_eq!(outcomes(&p), ["deep", "mid", "top"]);
    assert_eq!(p.brand.name.as_str(), "Root");
    assert!(p.sources[0].name().ends_with("house.promise"));
    let lost = folder.load("lost.promise").unwrap_err();
    assert!(lost.len() == 1 && lost[0].starts_with("lost.promise: unknown-name «nowhere»"), "{lost:?}");
    let part = folder.load("part.promise").unwrap_err();
    assert!(part[0].starts_with("house.promise: unexpected «extends \"group.promise\"»"), "{part:?}");
}

#[test]
fn texts_in_an_editor_take_the_place_of_files() {
    let folder = Folder::new("texts", &[("b.promise", BRAND), ("a.promise", "tight { outcome old \"O\" }")]);
    let mut texts = HashMap::new();
    texts.insert(folder.0.join("b.promise"), format!("{BRAND}include \"a.promise\", \"new.promise\"\n"));
    texts.insert(folder.0.join("new.promise"), "tight { outcome unsaved \"U\" }".to_owned());
    let (p, _) = Policy::load_with(&folder.0.join("b.promise"), &texts).unwrap();
    assert_eq!(outcomes(&p), ["old", "unsaved"]);
}

/// Paths are shown as they were asked for, with forward slashes.
#[test]
fn files_are_shown_as_they_were_asked_for() {
    let folder = Folder::new(
        "shown",
        &[("p/b.promise", &format!("{BRAND}include \"./x/../a.promise\"\n")), ("p/a.promise", "")],
    );
    let (p, _) = Policy::load(&folder.0.join("p/./b.promise")).unwrap();
    let names: Vec<&str> = p.sources.iter().map(|s| s.name()).collect();
    let root = folder.0.display().to_string();
    assert_eq!(names, [format!("{root}/p/./b.promise"), format!("{root}/p/a.promise")]);
    assert!(Path::new(names[1]).exists());
}
