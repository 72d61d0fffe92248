//! The mistakes newcomers make, and what they hear.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

#[test]
fn no_command_at_all() {
    assert_data_eq!(
        Scene::empty().call(&[]),
        str![[r#"
-- standard error --
loosetight finds scripts where people should be free, and promises nobody speaks to.

  loosetight check playbooks/            look at every document in a folder
  loosetight explain verbatim-line       what a finding means, and how others wrote it

Look
  check      documents against their policy: the main job
  coverage   which outcome is spoken to where
  report     what a run comes to: a page to share, a list of decisions, how often each rule speaks
  fix        rewrites that need nobody's judgement, as a diff
Understand
  explain    a rule, an outcome of your policy, or a topic
  rules      list the rules, or test a pack
  inspect    a document as the linter sees it
Begin
  init       a starter policy and settings
  new        a good start for an experiment, a memory, a training, a playbook, a journey
  policy     the policy as prose, its boundaries and experiments
  baseline   keep what is found today, and hear of what is new

  loosetight COMMAND --help    what a command takes
  loosetight --version         the version

Exit code 0: nothing to mend. 1: findings. 2: a call, setting, policy or file that is no good.
-- exit 2 --

"#]]
    );
}

#[test]
fn a_document_without_a_command() {
    let scene = Scene::empty().file("playbook.md", "# A\n");
    assert_data_eq!(
        scene.call(&["playbook.md"]),
        str![[r#"
-- standard error --
usage::no-command

  × `playbook.md` is not a command; is it what you want to look at?
  help: write `loosetight check playbook.md`

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["sops/missing.md", "--quiet"]),
        str![[r#"
-- standard error --
usage::no-command

  × `sops/missing.md` is not a command; is it what you want to look at?
  help: write `loosetight check sops/missing.md --quiet`

-- exit 2 --

"#]]
    );
}

#[test]
fn a_command_of_another_linter_or_misspelt() {
    let scene = Scene::empty();
    assert_data_eq!(
        scene.call(&["lint", "a.md"]),
        str![[r#"
-- standard error --
usage::unknown-command

  × there is no command `lint`
  help: here it is `loosetight check`

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["exlain", "a"]),
        str![[r#"
-- standard error --
usage::unknown-command

  × there is no command `exlain`
  help: did you mean `loosetight explain`?

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["wibble"]),
        str![[r#"
-- standard error --
usage::unknown-command

  × there is no command `wibble`
  help: `loosetight --help` lists the commands, `loosetight check FILE` looks
        at a document

-- exit 2 --

"#]]
    );
}

#[test]
fn a_level_in_another_linters_words() {
    let scene = Scene::empty();
    assert_data_eq!(
        scene.call(&["check", "--fail-on", "error"]),
        str![[r#"
-- standard error --
error: invalid value 'error' for '--fail-on <LEVEL>': that level is called must-fix here

For more information, try '--help'.
-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["check", "--sensitivity", "carefull"]),
        str![[r#"
-- standard error --
error: invalid value 'carefull' for '--sensitivity <HOW>': did you mean careful?

For more information, try '--help'.
-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["check", "--today", "tomorrow"]),
        str![[r#"
-- standard error --
error: invalid value 'tomorrow' for '--today <DATE>': a date is written like 2026-11-21

For more information, try '--help'.
-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["check", "--exitzero"]),
        str![[r#"
-- standard error --
error: unexpected argument '--exitzero' found

  tip: a similar argument exists: '--exit-zero'

Usage: loosetight check --exit-zero [PATHS]...

For more information, try '--help'.
-- exit 2 --

"#]]
    );
}

#[test]
fn a_folder_with_nothing_to_read() {
    assert_data_eq!(
        Scene::empty().file("plan.pdf", "%PDF").call(&["check"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Documents 0 checked; not read: plan.pdf (a PDF)
  Note      there is no document here that can be read (.md, .txt, .html, .docx)
  Next      name a folder or a document: `loosetight check FOLDER`
-- exit 0 --

"#]]
    );
    assert_data_eq!(
        Scene::empty().file("plan.pdf", "%PDF").call(&["check", "plan.pdf"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Documents 0 checked
  Next      mend what could not be read, told above; nothing is said here about
            what they hold
-- standard error --
walk::not-readable

  × plan.pdf is a PDF, which is not read
  help: save it as Word (.docx), Markdown or plain text and check that

-- exit 2 --

"#]]
    );
}

#[test]
fn a_name_nobody_can_explain() {
    let scene = Scene::empty();
    assert_data_eq!(
        scene.call(&["explain", "exit-kodes"]),
        str![[r#"
-- standard error --
explain::unknown

  × `exit-kodes` is no rule, no outcome of the policy and no topic
  help: did you mean `loosetight explain exit-codes`?

-- exit 2 --

"#]]
    );
    assert_data_eq!(
        scene.call(&["explain", "wibble"]),
        str![[r#"
-- standard error --
explain::unknown

  × `wibble` is no rule, no outcome of the policy and no topic
  help: `loosetight explain` without a name lists what there is

-- exit 2 --

"#]]
    );
}

#[test]
fn help_names_every_command_and_fits_a_screen() {
    let help = Scene::empty().call(&["--help"]);
    assert!(help.lines().count() <= 25, "{help}");
    assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    for command in ["check", "coverage", "explain", "policy", "rules", "inspect", "init"] {
        assert!(help.contains(&format!("\n  {command} ")), "{command}");
        let own = Scene::empty().call(&[command, "--help"]);
        assert!(own.contains(&format!("\n  loosetight {command}")), "{own}");
        assert!(own.lines().count() <= 64, "{own}");
    }
}
