//! Packs of a company's own: phrases, regular expressions, patterns, and where they look.

use crate::scene::Scene;
use snapbox::{assert_data_eq, str};

const PACK: &str = include_str!("../fixtures/ferry-house-style.toml");

const POLICY: &str = r#"brand "Kite Ferries" {
  promise "Nobody is left on the pier."
}
journey "A crossing" {
  stage pier "I am early" {
    touchpoint boarding "On board" { also "coming aboard" }
    touchpoint saloon "The crossing"
  }
}
"#;

fn scene(pack: &str) -> Scene {
    Scene::empty()
        .file("house.toml", pack)
        .file("loosetight.toml", "packs = [\"house.toml\"]\n\n[levels]\nform-number = \"must-fix\"\n")
}

#[test]
fn the_pack_passes_its_own_examples() {
    assert_data_eq!(
        scene(PACK).call(&["rules", "test", "house.toml"]),
        str![[r#"
3 rules pass, none fails; 14 examples run
-- exit 0 --

"#]]
    );
}

#[test]
fn phrases_and_expressions_are_found_whatever_the_model_thinks() {
    let text = "# Saloon\n\nThe weather: smoothly sailed. It is smooth\nsailing from here, and the K-17 is blue.\n\n\
                See `K-17`. Ask for *Form No. 4*; a whale of a time.\n";
    let scene = scene(PACK)
        .file("a.md", text)
        .file("tech.md", "---\nkind: technical\n---\n\nPrint K-17, smooth sailing.\n");
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "."]),
        str![[r#"
a.md:4:28: must fix: this names one of our forms by its number [form-number]
a.md:6:22: must fix: this names one of our forms by its number [form-number]
tech.md:5:7: must fix: this names one of our forms by its number [form-number]
-- exit 1 --

"#]]
    );
}

#[test]
fn a_rule_looks_where_its_scope_says() {
    let text = "# Coming aboard\n\n## Families with prams\n\nBlow the whistle.\n\n## Cyclists\n\nBlow the whistle.\n\n\
                # Saloon\n\n## A family at lunch\n\nBlow the whistle.\n";
    let with_policy = scene(PACK).file("kite.promise", POLICY).file("a.md", text);
    assert_data_eq!(
        with_policy.call(&["check", "--format", "compact", "a.md"]),
        str![[r#"
a.md:5:1: should fix: this orders the whistle where people come on board [whistle-order]
-- exit 0 --

"#]]
    );
    // Without a policy nothing happens at a touchpoint.
    let without = scene(PACK).file("a.md", text);
    assert_data_eq!(
        without.call(&["check", "--format", "compact", "a.md"]),
        str![[r#"
-- exit 0 --

"#]]
    );
    let renamed = scene(PACK).file("kite.promise", POLICY.replace("boarding", "gangway")).file("a.md", text);
    assert_data_eq!(
        renamed.call(&["check", "--verbose", "a.md"]),
        str![[r#"
────────────────────────────────────────────────────────────────────────
  Policy    kite.promise
  Documents 1 checked
  Findings  none
  Numbers   outcome clarity n/a, freedom n/a (of 100, which is not the aim of
            either)
  Note      `whistle-order` looks at `boarding`, a touchpoint kite.promise does
            not have
  Next      `loosetight coverage` shows which outcome is spoken to where
-- exit 0 --

"#]]
    );
}

#[test]
fn every_mistake_of_a_pack_is_told_in_one_run() {
    let pack = r#"
[[rule]]
id = "Pen Click"
levl = "consider"
level = "minor"
group = "style"
title = 3
message = "this says how to hold the pen"
why = "Guests notice who listens."
instead = ["Leave it out."]
phrases = ["click 3 times", "…"]
regex = ['pen(s', "\\s*", '(\w{900}){900}', '(?<!pen)cil']
patterns = ["<hold|> pen", { match = "(pen", without = ["negatd"] }, { sure = true }, 4]
scope = { kinds = ["makro"], touchpoint = "arrival" }

[[rule.document]]
txt = "Hold the ⟦pen⟧."

[[rule]]
id = "name-quota"
title = "a"
message = "b"
why = "c"
instead = ["d", "e"]
phrases = "click"

[[rule]]
id = "twice"
title = "a"
message = "b"
why = "c"
instead = ["d", "e"]
phrases = "clack"

[[rule]]
id = "twice"

[rules]
"#;
    let scene = scene(pack).file("a.md", "We clack.\n");
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "a.md"]),
        str![[r#"
a.md:1:4: should fix: b [twice]
-- standard error --
pack::name

  × `Pen Click` is no name for a rule
   ╭─[house.toml:3:6]
 3 │ id = "Pen Click"
   ·      ─────┬─────
   ·           ╰── here
   ╰────
  help: small letters, figures and hyphens, such as `pen-click`: it is written
        after `allow`

pack::unknown-key

  × `levl` is not part of a rule
   ╭─[house.toml:4:1]
 4 │ levl = "consider"
   · ──┬─
   ·   ╰── not known
   ╰────
  help: did you mean `level`?

pack::unknown-word

  × `level` is one of must-fix, should-fix and consider
   ╭─[house.toml:5:9]
 5 │ level = "minor"
   ·         ───┬───
   ·            ╰── not one of them
   ╰────
  help: there is must-fix, should-fix and consider

pack::unknown-word

  × `group` is one of over-scripting, missing-outcome, policy and record
   ╭─[house.toml:6:9]
 6 │ group = "style"
   ·         ───┬───
   ·            ╰── not one of them
   ╰────
  help: there is over-scripting, missing-outcome, policy and record

pack::wrong-type

  × `title` takes a text in quotes
   ╭─[house.toml:7:9]
 7 │ title = 3
   ·         ┬
   ·         ╰── this is a number
   ╰────

pack::missing-key

  × `Pen Click` shows fewer than two ways to write it
    ╭─[house.toml:10:11]
 10 │ instead = ["Leave it out."]
    ·           ────────┬────────
    ·                   ╰── only this
    ╰────
  help: `instead` takes two different ways; one alone would become the next
        script

pack::broken

  × a figure cannot stand in a phrase
    ╭─[house.toml:11:19]
 11 │ phrases = ["click 3 times", "…"]
    ·                   ┬
    ·                   ╰── here
    ╰────
  help: Put it under `regex`, where `/d+` is any figure.

pack::broken

  × there is no word in this phrase
    ╭─[house.toml:11:30]
 11 │ phrases = ["click 3 times", "…"]
    ·                              ┬
    ·                              ╰── here
    ╰────

pack::broken

  × unclosed group
    ╭─[house.toml:12:14]
 12 │ regex = ['pen(s', "//s*", '(/w{900}){900}', '(?<!pen)cil']
    ·              ┬
    ·              ╰── here
    ╰────

pack::broken

  × this expression matches where nothing stands
    ╭─[house.toml:12:19]
 12 │ regex = ['pen(s', "//s*", '(/w{900}){900}', '(?<!pen)cil']
    ·                   ───┬──
    ·                      ╰── here
    ╰────
  help: `+` asks for at least one, where `*` is content with none

pack::broken

  × this expression grows too large
    ╭─[house.toml:12:28]
 12 │ regex = ['pen(s', "//s*", '(/w{900}){900}', '(?<!pen)cil']
    ·                            ───────┬──────
    ·                                   ╰── here
    ╰────
  help: ask for fewer repetitions, or cut it in two

pack::broken

  × look-around, including look-ahead and look-behind, is not supported
    ╭─[house.toml:12:46]
 12 │ regex = ['pen(s', "//s*", '(/w{900}){900}', '(?<!pen)cil']
    ·                                              ──┬─
    ·                                                ╰── here
    ╰────
  help: loosetight leaves them out so that no text takes forever

pack::broken

  × a class or a word should stand here
    ╭─[house.toml:13:20]
 13 │ patterns = ["<hold|> pen", { match = "(pen", without = ["negatd"] }, { sure = true }, 4]
    ·                    ┬
    ·                    ╰── here
    ╰────

pack::broken

  × this group is never closed
    ╭─[house.toml:13:39]
 13 │ patterns = ["<hold|> pen", { match = "(pen", without = ["negatd"] }, { sure = true }, 4]
    ·                                       ┬
    ·                                       ╰── here
    ╰────
  help: Close it with a `)`.

pack::unknown-word

  × `without` is one of imperative, negated, forbids, absolute, question,
  │ quote, customer-quote, staff-quote, example, loose, condition, reason,
  │ duty, technical, past, placeholder, clock, money, count, approval,
  │ customer, staff, speaks, heading, cell, item, block-quote, fence,
  │ first-person, all-quote, lead-in, outcome, directive and room
    ╭─[house.toml:13:57]
 13 │ patterns = ["<hold|> pen", { match = "(pen", without = ["negatd"] }, { sure = true }, 4]
    ·                                                         ────┬───
    ·                                                             ╰── not one of them
    ╰────
  help: did you mean `negated`?

pack::missing-key

  × this pattern does not say what it matches
    ╭─[house.toml:13:70]
 13 │ patterns = ["<hold|> pen", { match = "(pen", without = ["negatd"] }, { sure = true }, 4]
    ·                                                                      ───────┬───────
    ·                                                                             ╰── `match` is missing
    ╰────
  help: write `{ match = "…" }`

pack::wrong-type

  × `patterns` takes a list of patterns: "<say> .. word", or { match = "…",
  │ without = ["negated"] }
    ╭─[house.toml:13:87]
 13 │ patterns = ["<hold|> pen", { match = "(pen", without = ["negatd"] }, { sure = true }, 4]
    ·                                                                                       ┬
    ·                                                                                       ╰── this is a number
    ╰────

pack::unknown-word

  × `kinds` is one of playbook, handbook, macro, scorecard, training, journey,
  │ story, experiment, basics and technical
    ╭─[house.toml:14:20]
 14 │ scope = { kinds = ["makro"], touchpoint = "arrival" }
    ·                    ───┬───
    ·                       ╰── not one of them
    ╰────
  help: did you mean `macro`?

pack::unknown-key

  × `touchpoint` is not part of a scope
    ╭─[house.toml:14:30]
 14 │ scope = { kinds = ["makro"], touchpoint = "arrival" }
    ·                              ─────┬────
    ·                                   ╰── not known
    ╰────
  help: did you mean `touchpoints`?

pack::unknown-key

  × `txt` is not part of an example
    ╭─[house.toml:17:1]
 17 │ txt = "Hold the ⟦pen⟧."
    · ─┬─
    ·  ╰── not known
    ╰────
  help: did you mean `text`?

pack::missing-key

  × this example has no `text`
    ╭─[house.toml:17:1]
 17 │ txt = "Hold the ⟦pen⟧."
    · ─┬─
    ·  ╰── here
    ╰────

pack::missing-key

  × `twice` has no `title`, `message`, `why` and `instead`
    ╭─[house.toml:36:6]
 36 │ id = "twice"
    ·      ───┬───
    ·         ╰── this rule
    ╰────
  help: `loosetight explain packs` shows a whole rule

pack::missing-key

  × `twice` does not say what it looks for
    ╭─[house.toml:36:6]
 36 │ id = "twice"
    ·      ───┬───
    ·         ╰── this rule
    ╰────
  help: give it `phrases`, `patterns` or `regex`

pack::taken

  × there are two rules `twice` in this pack
    ╭─[house.toml:36:6]
 36 │ id = "twice"
    ·      ───┬───
    ·         ╰── the second one
    ╰────

pack::unknown-key

  × `rules` is not part of a pack
    ╭─[house.toml:38:2]
 38 │ [rules]
    ·  ──┬──
    ·    ╰── not known
    ╰────
  help: did you mean `rule`?

pack::taken

  × there is a rule `name-quota` already
    ╭─[house.toml:20:6]
 20 │ id = "name-quota"
    ·      ──────┬─────
    ·            ╰── taken
    ╰────
  help: it is a built-in one; `[levels]` in loosetight.toml changes its level

-- exit 2 --

"#]]
    );
}

#[test]
fn a_name_is_given_to_one_rule_only() {
    let other = PACK.replace("sea-puns", "sea-jokes").replace("whistle-order", "horn-order");
    let scene = scene(PACK)
        .file("other.toml", other)
        .file("loosetight.toml", "packs = [\"house.toml\", \"other.toml\"]\n")
        .file("a.md", "Smooth sailing.\n");
    assert_data_eq!(
        scene.call(&["check", "--format", "compact", "a.md"]),
        str![[r#"
a.md:1:1: consider: this makes a pun the hundredth passenger has heard before [sea-puns]
-- standard error --
pack::taken

  × there is a rule `form-number` already
    ╭─[other.toml:21:6]
 21 │ id = "form-number"
    ·      ──────┬──────
    ·            ╰── taken
    ╰────
  help: another pack has it

-- exit 2 --

"#]]
    );
}

#[test]
fn rules_of_packs_are_listed_and_explained_like_any_other() {
    let scene = scene(PACK);
    let list = scene.call(&["rules", "list"]);
    assert!(list.contains("  sea-puns "), "{list}");
    assert_data_eq!(
        scene.call(&["explain", "form-number"]),
        str![[r#"
form-number  The number of a form, shown to passengers, should fix

  sees      this names one of our forms by its number
  why       Nobody on the pier knows what a K-17 is.
  scripted  Hand out the ⟦K-17⟧ before the ramp goes up.
            Ask for ⟦form no. 4⟧ first.
  free      Hand out the luggage tag; the door is number 17.
            K-170 is a street in the old town.
  instead   Say what the paper is for.
  or        Say what the passenger has in hand once it is filled in.
  settings  [levels] in loosetight.toml sets how much it matters here:
            form-number = "consider"
-- exit 0 --

"#]]
    );
}
