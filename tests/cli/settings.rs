//! `loosetight.toml`: mistakes in it, and what holds for a file.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

#[test]
fn mistakes_are_told_all_at_once_and_nothing_is_checked() {
    let scene = Scene::empty()
        .file("a.md", "# A\n")
        .file("loosetight.toml", "polcy = \"x\"\nfail-on = \"shuld-fix\"\n\n[levels]\nname-quota = 3\n")
        .file("sub/loosetight.toml", "exclude = \"a[\"\n")
        .file("sub/b.md", "# B\n");
    assert_data_eq!(
        scene.call(&["check"]),
        str![[r#"
-- standard error --
config::unknown-key

  × `polcy` is not a setting
   ╭─[loosetight.toml:1:1]
 1 │ polcy = "x"
   · ──┬──
   ·   ╰── not known
   ╰────
  help: did you mean `policy`?

config::unknown-word

  × `fail-on` is one of must-fix, should-fix, consider and never
   ╭─[loosetight.toml:2:11]
 2 │ fail-on = "shuld-fix"
   ·           ─────┬─────
   ·                ╰── not one of them
   ╰────
  help: did you mean `should-fix`?

config::wrong-type

  × `name-quota` takes a text in quotes
   ╭─[loosetight.toml:5:14]
 5 │ name-quota = 3
   ·              ┬
   ·              ╰── this is a number
   ╰────

config::glob

  × `a[` cannot be read as a glob
   ╭─[sub/loosetight.toml:1:11]
 1 │ exclude = "a["
   ·           ──┬─
   ·             ╰── unclosed character class; missing ']'
   ╰────
  help: globs are written as in .gitignore: `drafts`, `sops/**/*.md`,
        `*.old.md`

-- exit 2 --

"#]]
    );
}

#[test]
fn names_of_rules_nobody_knows_are_told() {
    let scene = Scene::new().file("a.md", "# A\n");
    let scene = scene.file("loosetight.toml", "packs = \"ours.toml\"\n\n[levels]\nlamp-qota = \"off\"\n");
    assert_data_eq!(
        scene.call(&["check", "-q"]),
        str![[r#"
-- standard error --
config::unknown-rule

  × there is no rule `lamp-qota`
   ╭─[loosetight.toml:4:1]
 4 │ lamp-qota = "off"
   · ────┬────
   ·     ╰── not known
   ╰────
  help: did you mean `lamp-quota`?

-- exit 2 --

"#]]
    );
}

#[test]
fn levels_are_set_and_come_back_after_their_last_day() {
    let settings = "packs = \"ours.toml\"\n\n[levels]\nlamp-quota = \"consider\"\n\
                    bell-order = { level = \"off\", because = \"Trial\", until = 2026-11-21 }\n";
    let scene = Scene::new()
        .file("loosetight.toml", settings)
        .file("a.md", "The harbour lamp burns three times.\n\nThe harbour bell in order of size.\n");
    let on = |day: &str| scene.call(&["check", "--format", "compact", "--today", day]);
    assert_data_eq!(
        on("2026-11-21"),
        str![[r#"
a.md:1:13: consider: this counts how often the lamp is lit [lamp-quota]
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        on("2026-11-22"),
        str![[r#"
a.md:1:13: consider: this counts how often the lamp is lit [lamp-quota]
a.md:3:13: should fix: this says in which order bells are rung [bell-order]
-- exit 0 --

"#]]
    );
}

#[test]
fn basics_are_one_step_milder_and_technical_documents_left_alone() {
    let text = "The harbour lamp burns three times.\n";
    let scene = Scene::new()
        .file("a.md", format!("---\nkind: basics\n---\n\n{text}"))
        .file("b.md", format!("---\nkind: technical\n---\n\n{text}"))
        .file("c.md", text);
    assert_data_eq!(
        scene.call(&["check", "--format", "compact"]),
        str![[r#"
a.md:5:13: should fix: this counts how often the lamp is lit [lamp-quota]
c.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- exit 1 --

"#]]
    );
}

#[test]
fn globs_that_name_nothing_are_told() {
    let settings = "[[documents]]\nfiles = [\"replies/**\", \"a.md\"]\nkind = \"macro\"\n";
    let scene = Scene::empty().file("loosetight.toml", settings).file("a.md", "# A\n");
    assert_data_eq!(
        scene.call(&["check"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Documents 1 checked
  Findings  none
  Numbers   outcome clarity n/a, freedom n/a (of 100, which is not the aim of
            either)
  Note      `replies/**` (loosetight.toml:2) names no document
  Note      no policy was found, so only over-scripting was looked for;
            `loosetight init` starts one
  Next      `loosetight init` starts a policy, so that missing outcomes are seen
            as well
-- exit 0 --

"#]]
    );
}

#[test]
fn show_config_says_where_every_value_comes_from() {
    let settings = "fail-on = \"should-fix\"\nexclude = \"drafts\"\npacks = \"ours.toml\"\n\n[levels]\n\
                    lamp-quota = \"consider\"\n\n[[documents]]\nfiles = \"replies/**\"\nkind = \"macro\"\n\
                    site = \"Pier\"\n\n[[documents]]\nfiles = \"**\"\nkind = \"handbook\"\n";
    let scene = Scene::new()
        .file("loosetight.toml", settings)
        .file("replies/a.md", "---\nowner: Reply team\n---\n\n# A\n")
        .file("drafts/b.md", "# B\n");
    let told = scene.call(&["check", "--sensitivity", "thorough", "--show-config", "replies/a.md"]);
    assert_data_eq!(
        told,
        str![[r#"
replies/a.md

What is said first in this list holds:
  1 the call
  2 the document: front matter or control table
  3 the nearest loosetight.toml, going up; of its globs the longest that fits
  4 the document's title and headings, held against the policy's touchpoints
  5 what holds where nothing is said

policy             none        5 there is no .promise file, going up
baseline           none        5 the nearest loosetight.baseline.json, going up
sensitivity        thorough    1 --sensitivity
fail-on            should-fix  3 loosetight.toml:1
max-size           50000000    5 default
kind               macro       3 loosetight.toml:9, `replies/**`
touchpoint         none        5 default
site               Pier        3 loosetight.toml:9, `replies/**`
owner              Reply team  2 replies/a.md:2
exclude            drafts      3 loosetight.toml:2
packs              ours.toml   3 loosetight.toml:3
levels.lamp-quota  consider    3 loosetight.toml:6
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["check", "--show-config", "drafts/b.md"]),
        str![[r#"
drafts/b.md is not read: excluded by `drafts` (loosetight.toml:2)
-- exit 0 --

"#]]
    );
}

#[test]
fn remarks_about_settings_and_about_what_documents_say_of_themselves() {
    let settings = "packs = \"ours.toml\"\n\n[levels]\nlamp-quota = \"off\"\n\
                    bell-order = { level = \"off\", because = \"Trial\", until = 2026-11-20 }\n";
    let scene = Scene::new()
        .file("loosetight.toml", settings)
        .file("harbour.promise", "brand \"Harbour\" {\n  promise \"Nobody waits in the dark.\"\n}\n")
        .file("a.md", "---\nkind: makro\ntouchpoint: quay\n---\n\n# A\n");
    assert_data_eq!(
        scene.call(&["check", "--today", "2026-11-21", "a.md"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Policy    harbour.promise
  Documents 1 checked
  Findings  none
  Numbers   outcome clarity n/a, freedom n/a (of 100, which is not the aim of
            either)
  Note      `bell-order` counts as it did before: loosetight.toml:5 held until
            2026-11-20
  Note      `lamp-quota` is off without a reason (loosetight.toml:4); write `{
            level = "off", because = "…", until = … }`
  Note      a.md:2 names a kind that there is not, `makro`; did you mean
            `macro`?
  Note      a.md:3 names a touchpoint that there is not, `quay`
  Next      `loosetight coverage` shows which outcome is spoken to where
-- exit 0 --

"#]]
    );
}

#[test]
fn the_nearest_policy_counts_and_parts_and_groups_step_back() {
    let brand = |name: &str| format!("brand \"{name}\" {{\n  promise \"Nobody waits in the dark.\"\n}}\n");
    let scene = Scene::empty()
        .file("group.promise", brand("Group"))
        .file("harbour.promise", "extends \"group.promise\"\ninclude \"experiments/*.promise\"\n")
        .file("experiments/lamp.promise", "backstage {\n  support lamp \"A lamp\" { live }\n}\n")
        .file("experiments/notes.md", "# A\n")
        .file("pier/pier.promise", brand("Pier"))
        .file("pier/a.md", "# A\n")
        .file("b.md", "# B\n");
    let output = scene.program().args(["check", "--format", "json"]).output().unwrap();
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let held: Vec<_> =
        json["documents"].as_array().unwrap().iter().map(|d| (&d["file"], &d["policy"])).collect();
    let expected = [
        ("b.md", "harbour.promise"),
        ("experiments/notes.md", "harbour.promise"),
        ("pier/a.md", "pier/pier.promise"),
    ];
    let expected: Vec<_> = expected.map(|(file, policy)| (file.into(), policy.into())).into();
    assert_eq!(held, expected.iter().map(|(a, b)| (a, b)).collect::<Vec<_>>());
    assert_eq!(json["problems"].as_array().unwrap().len(), 0, "{json}");
    assert_eq!(output.status.code(), Some(0));
}
