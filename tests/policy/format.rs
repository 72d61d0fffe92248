//! Laying out: what comes out, and that nothing is lost.

use crate::model::{WHOLE, meaning};
use crate::{BRAND, policy};
use loosetight::policy::format;
use loosetight::source::Source;

fn formatted(text: &str) -> String {
    match format(&Source::new("x.promise", text)) {
        Ok(out) => out,
        Err(errors) => panic!("{:#?}", errors.errors.iter().map(crate::shown).collect::<Vec<_>>()),
    }
}

#[track_caller]
fn becomes(text: &str, expected: &str) {
    let out = formatted(text);
    assert_eq!(out, expected, "\n{out}");
    assert_eq!(formatted(&out), out, "not the same the second time");
}

/// In a brand, whose promise stands first.
#[track_caller]
fn brand_becomes(lines: &str, expected: &str) {
    let out = formatted(&format!("brand \"B\" {{\n  promise \"P\"\n{lines}\n}}\n"));
    let inside = out.strip_prefix("brand \"B\" {\n  promise \"P\"\n").unwrap().strip_suffix("}\n").unwrap();
    assert_eq!(inside, expected, "\n{inside}");
    assert_eq!(formatted(&out), out, "not the same the second time");
}

#[test]
fn words_blanks_and_empty_lines() {
    becomes(
        "\u{feff}BRAND   \"B\"{PROMISE \"P\"\r\n\r\n\r\n\r\nCustomers\t\"a\" ,\"b\"\r\n}\r\ntight{ }",
        "brand \"B\" {\r\n  promise \"P\"\r\n\r\n  customers \"a\", \"b\"\r\n}\r\ntight {}\r\n",
    );
    becomes("", "");
    becomes("\n\n# only this  \n\n", "# only this\n");
    becomes("tight\n\n{\n\n outcome x \"X\"\n\n\n}\n", "tight {\n  outcome x \"X\"\n}\n");
    becomes(
        "brand \"B\" {\n promise \"P\" }\n# about it\ntight {\n outcome x \"X\" }\nloose {}\n",
        "brand \"B\" {\n  promise \"P\"\n}\n\n# about it\ntight {\n  outcome x \"X\"\n}\nloose {}\n",
    );
}

#[test]
fn comments_stay_where_they_are() {
    becomes(
        "# one\nbrand \"B\" {# two\n# three\npromise \"P\"# four\n   # five\n\n# six\n} # seven\n# eight",
        "# one\nbrand \"B\" { # two\n  # three\n  promise \"P\" # four\n  # five\n\n  # six\n} # seven\n# eight\n",
    );
    brand_becomes(
        "expects \"x\" { # why\n met 61%\n }\nexpects \"y\" {\n met 61% # so\n on 2026-01-01\n}\nexpects \"z\" { met 1% } # end",
        "  expects \"x\" { # why\n    met 61%\n  }\n  expects \"y\" {\n    met 61% # so\n    on 2026-01-01\n  }\n  expects \"z\" met 1% # end\n",
    );
    brand_becomes(
        "customers \"a\", # one\n # two\n\"b\",\n\"c\"\nowner \"me\"",
        "  customers \"a\", # one\n            # two\n            \"b\", \"c\"\n  owner \"me\"\n",
    );
}

#[test]
fn line_or_block_by_length() {
    brand_becomes(
        "expects \"x\" {\n met 61% on 2026-01-02\n source \"y\"\n}",
        "  expects \"x\" met 61% on 2026-01-02 source \"y\"\n",
    );
    brand_becomes(
        "expects \"A clean, quiet, safe room that is ready when we said it would be\" met 93% on 2026-08-31 source \"Guest survey\"",
        "  expects \"A clean, quiet, safe room that is ready when we said it would be\" {\n    met 93% on 2026-08-31 source \"Guest survey\"\n  }\n",
    );
    becomes(
        "tight { outcome x \"X\" { measure \"CSAT\" \"My hosts knew why I was here on the day I came\" at least 85% now 71% on 2026-08-31 source \"Guest survey\" } }",
        "tight {\n  outcome x \"X\" {\n    measure \"CSAT\" \"My hosts knew why I was here on the day I came\" at least 85% {\n      now 71% on 2026-08-31 source \"Guest survey\"\n    }\n  }\n}\n",
    );
    becomes(
        "journey \"J\" { stage s \"S\" {\n touchpoint t \"T\" { routine } } }",
        "journey \"J\" {\n  stage s \"S\" {\n    touchpoint t \"T\" { routine }\n  }\n}\n",
    );
}

#[test]
fn long_prose_and_long_lists() {
    brand_becomes(
        "for \"One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty\"",
        "  for \"One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen\n       eighteen nineteen twenty\"\n",
    );
    // Somebody's own breaks stay, set in anew.
    brand_becomes(
        "story \"The boiler failed on a wedding morning, and nobody had slept at all.\n  A housekeeper walked the bride next door.\"",
        "  story \"The boiler failed on a wedding morning, and nobody had slept at all.\n         A housekeeper walked the bride next door.\"\n",
    );
    // Short ones are not worth a break.
    brand_becomes("for \"One\n two\"", "  for \"One two\"\n");
    brand_becomes(
        "staff \"somebody who is here\", \"somebody who is there\", \"somebody who is nowhere\", \"somebody who comes\", \"somebody who goes\"",
        "  staff \"somebody who is here\", \"somebody who is there\", \"somebody who is nowhere\", \"somebody who comes\",\n        \"somebody who goes\"\n",
    );
}

#[test]
fn money_shares_and_marks() {
    becomes(
        "loose { empower x \"X\" {\n may spend up to €250 per stay\n may spend up to 1,000€\n may spend up to 5 % of the bill\n} }",
        "loose {\n  empower x \"X\" {\n    may spend up to 250 EUR per stay\n    may spend up to 1,000 EUR\n    may spend up to 5% of the bill\n  }\n}\n",
    );
    brand_becomes(
        "for “curly “ones”\nunlike „low“\nowner «angled»\nwhen in doubt \"mixed”",
        "  for “curly “ones”\n  unlike „low“\n  owner «angled»\n  when in doubt \"mixed\"\n",
    );
    brand_becomes("for \"say \\\"hi\\\"\"", "  for \"say \\\"hi\\\"\"\n");
}

/// A long quotation is not broken where its next line would look like one of the policy.
#[test]
fn prose_is_not_broken_into_lines_of_the_policy() {
    let filler =
        "words and words and words and words and words and words and words and words and words and words and";
    let text = format!(
        "brand \"B\" {{\n  promise “P”\n  for “{filler} words for “them who are outside and we are here”\n}}\n"
    );
    let out = formatted(&text);
    assert_eq!(meaning(&policy(&out)), meaning(&policy(&text)));
    assert!(!out.contains("\n       for “"), "{out}");
}

#[test]
fn a_file_with_mistakes_is_left_alone() {
    let errors = format(&Source::new("x", "brand \"B\" { promis \"P\" }\ntight {\n")).unwrap_err();
    let codes: Vec<&str> = errors.errors.iter().map(|e| e.mistake.code()).collect();
    assert_eq!(codes, ["policy::unknown-word", "policy::unclosed-brace"]);
    // Names need not lead anywhere, and a part of a policy needs no brand.
    becomes(
        "tight {\n  outcome x \"X\" { at nowhere }\n}\n",
        "tight {\n  outcome x \"X\" { at nowhere }\n}\n",
    );
}

#[test]
fn the_whole_language_keeps_its_meaning() {
    let out = formatted(WHOLE);
    assert_eq!(formatted(&out), out);
    assert_eq!(meaning(&policy(&out)), meaning(&policy(WHOLE)));
    assert!(out.lines().all(|l| l.chars().count() <= 120), "{out}");
    assert_eq!(formatted(BRAND), BRAND);
}
