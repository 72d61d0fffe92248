//! Whatever is handed over: a clear word about it, the rest looked at all the same, and no panic.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};
use std::fs;

/// A folder with one document that has something to mend.
fn scene() -> Scene {
    Scene::new().file("good.md", "The harbour lamp burns three times.\n")
}

/// Calls `check --format compact` on everything.
fn check(scene: &Scene) -> String {
    scene.call(&["check", "--format", "compact", "."])
}

#[test]
fn a_file_that_does_not_exist() {
    assert_data_eq!(
        scene().call(&["check", "--format", "compact", "god.md", "good.md"]),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
walk::not-found

  × god.md does not exist
  help: did you mean `good.md`?

-- exit 2 --

"#]]
    );
}

#[cfg(unix)]
#[test]
fn broken_links() {
    let scene = scene();
    std::os::unix::fs::symlink("nowhere.md", scene.path("link.md")).unwrap();
    assert_data_eq!(
        check(&scene),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
walk::broken-link

  × link.md is a link to nowhere.md, which does not exist
  help: mend the link or remove it

-- exit 2 --

"#]]
    );
}

#[cfg(unix)]
#[test]
fn pipes() {
    let scene = scene();
    let made = std::process::Command::new("mkfifo").arg(scene.path("pipe.md")).status();
    assert!(made.unwrap().success());
    assert_data_eq!(
        check(&scene),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
walk::not-a-file

  × pipe.md is a pipe, not a file
  help: hand its text over on standard input: `loosetight check -
        --stdin-filename NAME.md`

-- exit 2 --

"#]]
    );
}

#[test]
fn a_binary_file_named_md() {
    assert_data_eq!(
        check(&scene().file("picture.md", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
document::not-text

  × picture.md is not text: byte 8 is zero
  help: is it a picture, a PDF or an archive with a wrong ending?

-- exit 2 --

"#]]
    );
}

#[test]
fn text_that_is_not_utf_8() {
    assert_data_eq!(
        check(&scene().file("latin.md", b"# Caf\xe9\n\nThe caf\xe9 opens.\n")),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
document::not-utf-8

  × latin.md is not UTF-8: line 1, byte 0xe9
   ╭─[latin.md:1:6]
 1 │ # Caf�
   ·      ┬
   ·      ╰── this byte fits no character
   ╰────
  help: it looks like Latin-1 or Windows-1252: save it as UTF-8

-- exit 2 --

"#]]
    );
}

#[test]
fn a_file_of_200_mb_is_not_even_opened_for_long() {
    let scene = scene();
    let file = fs::File::create(scene.path("huge.md")).unwrap();
    file.set_len(200_000_000).unwrap();
    assert_data_eq!(
        check(&scene),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
document::too-large

  × huge.md has 200 MB; more than 50 MB are not read
  help: a document of this size is usually an export of many: split it, or
        raise the limit with --max-size

-- exit 2 --

"#]]
    );
    let scene = scene.file("good.md", "The harbour waits.\n".repeat(100_000));
    let told = scene.call(&["check", "--format", "compact", "--max-size", "1 MB", "good.md"]);
    assert_data_eq!(
        told,
        str![[r#"
-- standard error --
document::too-large

  × good.md has 2 MB; more than 1 MB are not read
  help: a document of this size is usually an export of many: split it, or
        raise the limit with --max-size

-- exit 2 --

"#]]
    );
}

#[test]
fn a_line_of_10_mb() {
    // A picture pasted into the text, as some editors do, between sentences of a long paragraph.
    let picture = format!("![plan](data:image/png;base64,{})", "iVBORw0KGgo/".repeat(9_900_000 / 12));
    let prose = "The harbour waits. ".repeat(100_000 / 19);
    let line = format!("{prose}{picture} The harbour lamp burns three times. {prose}\n");
    assert!(line.len() > 10_000_000);
    let scene = scene().file("long.md", line);
    let told = scene.call(&["check", "-q", "long.md"]);
    assert_data_eq!(
        told,
        str![[r#"
  × must fix: a lamp to be lit a number of times [lamp-quota]
   ╭─[long.md:1:10000042]
 1 │ … The harbour lamp burns three times. The harbour waits. The …
   ·               ───────────┬──────────
   ·                          ╰── this counts how often the lamp is lit
   ╰────
  why       Whoever counts lamps does not look at the ship.
  instead   Say what the ship should see.
  or        Leave the lamp to whoever stands beside it.

-- exit 1 --

"#]]
    );
}

#[test]
fn fifty_thousand_levels_of_list() {
    let scene = scene()
        .file("list.md", "- ".repeat(50_000) + "The harbour.\n")
        .file("quote.md", "> ".repeat(50_000) + "The harbour.\n")
        .file(
            "steps.md",
            (0..2_000).map(|n| format!("{}- The harbour.\n", "  ".repeat(n))).collect::<String>(),
        )
        .file("tags.html", "<ul><li>".repeat(50_000) + "The harbour.\n");
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "--only", "lamp-quota"]),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- exit 1 --

"#]]
    );
}

#[test]
fn a_policy_that_is_a_folder() {
    let scene = scene().file("ours.promise/x", "");
    assert_data_eq!(
        check(&scene),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
policy::cannot-read

  × ours.promise cannot be read: it is a folder

-- exit 2 --

"#]]
    );
    let told = scene.call(&["check", "--format", "compact", "--policy", "ours.promise", "good.md"]);
    assert_data_eq!(
        told,
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
policy::cannot-read

  × ours.promise cannot be read: it is a folder

-- exit 2 --

"#]]
    );
}

#[test]
fn a_policy_that_does_not_exist() {
    let told = scene().call(&["check", "--format", "compact", "--policy", "no.promise", "good.md"]);
    assert_data_eq!(
        told,
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
policy::cannot-read

  × no.promise cannot be read: there is no such file

-- exit 2 --

"#]]
    );
}

#[test]
fn two_policies_in_one_folder() {
    let scene = scene().file("a.promise", "brand \"A\" {\n  promise \"We come.\"\n}\n");
    let scene = scene.file("b.promise", "brand \"B\" {\n  promise \"We go.\"\n}\n");
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "good.md"]),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
policy::several

  × there are 2 policies in one folder: a.promise and b.promise
  help: say which one counts: `--policy a.promise`, or `policy = "a.promise"`
        in loosetight.toml

-- exit 2 --

"#]]
    );
}

#[test]
fn a_pack_with_broken_patterns_keeps_its_good_rules() {
    let pack = crate::scene::PACK
        .replace("\"bell in order\"", "\"bell (in order\"")
        .replace("\"buoy talk\"", "\"<no-such-class> talk\"");
    let scene = scene().file("ours.toml", pack).file("bell.md", "The harbour bell in order of size.\n");
    assert_data_eq!(
        check(&scene),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- standard error --
pack::broken

  × this group is never closed
    ╭─[ours.toml:22:29]
 22 │ patterns = [{ match = "bell (in order", sure = true }]
    ·                             ┬
    ·                             ╰── here
    ╰────
  help: Close it with a `)`.

pack::broken

  × there is no word class `no-such-class`
    ╭─[ours.toml:34:25]
 34 │ patterns = [{ match = "<no-such-class> talk", sure = true }]
    ·                         ──────┬──────
    ·                               ╰── here
    ╰────

-- exit 2 --

"#]]
    );
}

#[test]
fn a_pack_that_is_no_toml() {
    assert_data_eq!(
        check(&scene().file("ours.toml", "[[rule]\nid = 3\n")),
        str![[r#"
-- standard error --
pack::syntax

  × unclosed array table, expected `]`
   ╭─[ours.toml:1:8]
 1 │ [[rule]
   ·        ▲
   ·        ╰── here
   ╰────

pack::unknown-key

  × `id` is not part of a pack
   ╭─[ours.toml:2:1]
 2 │ id = 3
   · ─┬
   ·  ╰── not known
   ╰────
  help: there is rule

-- exit 2 --

"#]]
    );
}

#[test]
fn a_pack_with_a_word_nobody_knows() {
    let pack = crate::scene::PACK.replacen("[[rule]]", "[[rules]]", 1).replacen("why =", "wy =", 1);
    assert_data_eq!(
        check(&scene().file("ours.toml", pack)),
        str![[r#"
-- standard error --
pack::unknown-key

  × `rules` is not part of a pack
   ╭─[ours.toml:2:3]
 2 │ [[rules]]
   ·   ──┬──
   ·     ╰── not known
   ╰────
  help: did you mean `rule`?

-- exit 2 --

"#]]
    );
}

#[test]
fn a_pack_that_does_not_exist() {
    assert_data_eq!(
        check(&scene().file("loosetight.toml", "packs = \"no.toml\"\n")),
        str![[r#"
-- standard error --
pack::unreadable

  × the pack no.toml cannot be read: there is nothing of that name

-- exit 2 --

"#]]
    );
}

#[test]
fn an_empty_document_and_one_of_blanks() {
    let scene =
        scene().file("empty.md", "").file("blank.txt", " \n\t\n\u{feff}\n").file("bom.md", "\u{feff}# A\n");
    assert_data_eq!(
        check(&scene),
        str![[r#"
good.md:1:13: must fix: this counts how often the lamp is lit [lamp-quota]
-- exit 1 --

"#]]
    );
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let scene = Scene::new().file("bad.md", "The \u{1b}[31mharbour lamp\u{7} burns three times.\n");
    let output = scene.program().args(["check", "--color", "never"]).output().unwrap();
    assert!(
        !output.stdout.iter().any(|b| *b < b' ' && *b != b'\n'),
        "{:?}",
        String::from_utf8_lossy(&output.stdout)
    );
}
