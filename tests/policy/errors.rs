//! Every mistake there is: the text it underlines, its words, and the way out.

use crate::{BRAND, JOURNEY, mistakes};
use loosetight::policy::Policy;
use loosetight::source::Source;
use miette::{GraphicalReportHandler, GraphicalTheme};

/// Asserts the mistakes of a text, all of them and in order.
#[track_caller]
fn wrong(text: &str, expected: &[&str]) {
    let found = mistakes(text);
    assert_eq!(found, expected, "\n{}", found.join("\n"));
}

/// The same, in a block of a policy that is otherwise without fault.
#[track_caller]
fn wrong_in(block: &str, lines: &str, expected: &[&str]) {
    wrong(&wrapped(block, lines), expected);
}

/// A policy without fault but for some lines in one of its blocks.
pub(crate) fn wrapped(block: &str, lines: &str) -> String {
    match block {
        "brand" => format!("brand \"B\" {{\npromise \"P\"\n{lines}\n}}\n"),
        "touchpoint" => {
            format!("{BRAND}journey \"J\" {{ stage s \"S\" {{ touchpoint t \"T\" {{\n{lines}\n}} }} }}")
        }
        "stage" => format!("{BRAND}journey \"J\" {{ stage s \"S\" {{\n{lines}\n}} }}"),
        "tight" | "loose" | "backstage" => format!("{BRAND}{JOURNEY}{block} {{\n{lines}\n}}"),
        "culture" => format!("{BRAND}backstage {{ culture {{\n{lines}\n}} }}"),
        "outcome" | "boundary" | "hallmark" | "standard" => {
            format!("{BRAND}{JOURNEY}tight {{ {block} x \"X\" {{\n{lines}\n}} }}")
        }
        "guideline" | "empower" => format!("{BRAND}{JOURNEY}loose {{ {block} x \"X\" {{\n{lines}\n}} }}"),
        _ => format!("{BRAND}{JOURNEY}backstage {{ {block} x \"X\" {{\n{lines}\n}} }}"),
    }
}

#[test]
fn unknown_words_are_named_and_guessed() {
    wrong_in(
        "brand",
        r#"promis "x""#,
        &["unknown-word «promis» `promis` is not a word of the policy language | did you mean `promise`?"],
    );
    wrong_in(
        "tight",
        "outcom y \"Guests are safe\" {\n at a, c\n}",
        &[
            "unknown-word «outcom» `outcom` is not a word of the policy language | did you mean `outcome`?",
            "unknown-name «c» there is no touchpoint `c` | no touchpoint is called that | there are `a` and `b`",
        ],
    );
    wrong_in(
        "outcome",
        r#"wibble "x""#,
        &[
            "unknown-word «wibble» `wibble` is not a word of the policy language | expected a word that belongs in `outcome`",
        ],
    );
    wrong_in(
        "loose",
        r#"guidline g "G" { serve x }"#,
        &[
            "unknown-word «guidline» `guidline` is not a word of the policy language | did you mean `guideline`?",
            "unknown-word «serve» `serve` is not a word of the policy language | did you mean `serves`?",
            "unknown-name «x» there is no outcome `x` | no outcome is called that | no outcome is declared yet",
        ],
    );
    wrong_in(
        "empower",
        "may spend 250 EUR per stay",
        &[
            "unknown-word «may spend» `may spend` is not a word of the policy language | did you mean `may spend up to`?",
        ],
    );
    wrong_in(
        "empower",
        r#"can "change a room""#,
        &["unknown-word «can» `can` is not a word of the policy language | did you mean `may`?"],
    );
    wrong_in(
        "boundary",
        r#"guardrail "x""#,
        &[
            "unknown-word «guardrail» `guardrail` is not a word of the policy language | did you mean `boundary`?",
        ],
    );
    wrong_in(
        "tight",
        r#"guardrail y "Never guess""#,
        &[
            "unknown-word «guardrail» `guardrail` is not a word of the policy language | did you mean `boundary`?",
        ],
    );
    wrong_in(
        "experiment",
        r#"run "Evening team""#,
        &["unknown-word «run» `run` is not a word of the policy language | did you mean `run by`?"],
    );
    wrong_in(
        "brand",
        r#"in doubt "Ask""#,
        &[
            "unknown-word «in doubt» `in doubt` is not a word of the policy language | did you mean `when in doubt`?",
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" mett 61%"#,
        &["unknown-word «mett» `mett` is not a word of the policy language | did you mean `met`?"],
    );
    wrong_in(
        "outcome",
        r#"measure "CSAT" "x" at last 85%"#,
        &["unknown-word «at last» `at last` is not a word of the policy language | did you mean `at least`?"],
    );
    wrong(
        "Brand \"B\" { PROMISE \"P\" }\nwe do things well here\n",
        &[
            "unknown-word «we» `we` is not a word of the policy language | expected a word that belongs at the top of a file",
        ],
    );
    wrong_in(
        "backstage",
        "expriment e \"E\" {\n goal \"x\"\n nexxt keep\n}",
        &[
            "unknown-word «expriment» `expriment` is not a word of the policy language | did you mean `experiment`?",
            "unknown-word «nexxt» `nexxt` is not a word of the policy language | did you mean `next`?",
        ],
    );
}

#[test]
fn a_word_in_the_wrong_block_says_where_it_belongs() {
    wrong(
        "brand \"B\" { promise \"P\" }\noutcome x \"X\" { feels 3 }\n",
        &[
            "wrong-block «outcome» `outcome` does not belong at the top of a file | this belongs in `tight` | `outcome`: what the customer, or the one they brought, gets, feels, knows or can do. It belongs in `tight`",
            r#"missing «3» `feels` is missing a quotation | expected a quotation | write, for example: feels "known, at ease""#,
        ],
    );
    wrong_in(
        "tight",
        r#"guideline g "G" { try "x" }"#,
        &[
            "wrong-block «guideline» `guideline` does not belong in `tight` | this belongs in `loose` | `guideline`: how people get to an outcome: theirs to decide. It belongs in `loose`",
        ],
    );
    wrong_in(
        "loose",
        r#"outcome o "O""#,
        &[
            "wrong-block «outcome» `outcome` does not belong in `loose` | this belongs in `tight` | `outcome`: what the customer, or the one they brought, gets, feels, knows or can do. It belongs in `tight`",
        ],
    );
    wrong_in(
        "outcome",
        r#"promise "x""#,
        &[
            "wrong-block «promise» `promise` does not belong in `outcome` | this belongs in `brand` | `promise`: what the brand promises, in one or two sentences a customer would recognise. It belongs in `brand`",
        ],
    );
    wrong_in(
        "brand",
        r#"tight { outcome o "O" }"#,
        &[
            "wrong-block «tight» `tight` does not belong in `brand` | this belongs at the top of a file | `tight`: what every customer gets, and the few things done one way only. It belongs at the top of a file",
        ],
    );
    wrong_in(
        "experiment",
        r#"by "Evening team""#,
        &[
            "wrong-block «by» `by` does not belong in `experiment` | did you mean `run by`? | `by` belongs in `walked`, `hallmark`, `tell` or `decision`",
        ],
    );
    wrong_in(
        "decision",
        r#"customer "home""#,
        &[
            "wrong-block «customer» `customer` does not belong in `decision` | did you mean `customer got`? | `customer`: whom it is for, where that is not the brand's customer. It belongs in `outcome`",
        ],
    );
    wrong_in(
        "boundary",
        r#"instead of "x""#,
        &[
            "wrong-block «instead of» `instead of` does not belong in `boundary` | this belongs in `guideline` | `instead of`: phrases of the old way; one found in a document is a finding. It belongs in `guideline`",
        ],
    );
    wrong_in(
        "stage",
        "routine",
        &[
            "wrong-block «routine» `routine` does not belong in `stage` | this belongs in `touchpoint` | `routine`: simple, and much the same each time. It belongs in `touchpoint`",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\nbecause \"x\"\n",
        &[
            "wrong-block «because» `because` does not belong at the top of a file | this belongs in a block | `because` belongs in a block",
        ],
    );
}

#[test]
fn what_a_line_lacks() {
    wrong_in(
        "brand",
        "for",
        &[
            r#"missing «for» `for` is missing a quotation | expected a quotation | write, for example: for "People travelling for something that matters""#,
        ],
    );
    wrong_in(
        "brand",
        "when in doubt",
        &[
            r#"missing «when in doubt» `when in doubt` is missing a quotation | expected a quotation | write, for example: when in doubt "Do what lets this guest feel expected.""#,
        ],
    );
    wrong_in(
        "brand",
        "unlike Hotels of the old kind",
        &[
            r#"missing «Hotels of the old kind» `unlike` is missing a quotation | expected a quotation | write, for example: unlike "Hotels of the old kind""#,
        ],
    );
    wrong_in(
        "brand",
        r#"customers "a", "b","#,
        &[
            "loose-comma «,» nothing follows this comma | expected one more behind it, or no comma | a comma stands between the parts of a list, and only there",
        ],
    );
    wrong_in(
        "brand",
        r#"customers "a", b"#,
        &[
            r#"missing «b» `customers` is missing a quotation | expected a quotation | write, for example: customers "b""#,
        ],
    );
    wrong_in(
        "brand",
        "reviewed",
        &[
            "missing «reviewed» `reviewed` is missing a date, such as 2026-09-14 | expected a date, such as 2026-09-14 | write, for example: reviewed 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        r#"reviewed "yesterday""#,
        &[
            r#"missing «"yesterday"» `reviewed` is missing a date, such as 2026-09-14 | expected a date, such as 2026-09-14 | write, for example: reviewed 2026-09-14"#,
        ],
    );
    wrong_in(
        "brand",
        "review every",
        &[
            "missing «review every» `review every` is missing a length of time, such as 6 months | expected a length of time, such as 6 months | write, for example: review every 6 months",
        ],
    );
    wrong_in(
        "brand",
        "expects",
        &[
            r#"missing «expects» `expects` is missing a quotation | expected a quotation | write, for example: expects "A quiet room that is ready when we said" met 93%"#,
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" met"#,
        &[
            "missing «met» `met` is missing a share, such as 61% | expected a share, such as 61% | write, for example: met 93% on 2026-08-31",
        ],
    );
    wrong_in(
        "brand",
        r#"values "x" drives"#,
        &[
            "missing «drives» `drives` is missing `retention`, `advocacy` or `trust` | expected `retention`, `advocacy` or `trust` | write, for example: drives retention, advocacy",
        ],
    );
    wrong_in(
        "tight",
        "outcome y",
        &[
            r#"missing «outcome y» `outcome` is missing a quotation | expected a quotation | write, for example: outcome recognised "Guests feel expected, not processed""#,
        ],
    );
    wrong_in(
        "tight",
        r#"outcome "Guests feel expected, always""#,
        &[
            r#"missing «outcome» `outcome` is missing a name in hyphenated words, such as `made-right` | expected a name in hyphenated words, such as `made-right` | write, for example: outcome guests-feel-expected "Guests feel expected, always""#,
        ],
    );
    wrong_in(
        "tight",
        "outcome",
        &[
            r#"missing «outcome» `outcome` is missing a name in hyphenated words, such as `made-right` | expected a name in hyphenated words, such as `made-right` | write, for example: outcome recognised "Guests feel expected, not processed""#,
        ],
    );
    wrong_in(
        "outcome",
        "at",
        &[
            "missing «at» `at` is missing the name of a touchpoint, or `everywhere` | expected the name of a touchpoint, or `everywhere` | write, for example: at arrival, departure",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "CSAT""#,
        &[
            r#"missing «"CSAT"» `measure` is missing a quotation | expected a quotation | write, for example: measure "CSAT" "My hosts knew why I was here" at least 85%"#,
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "CSAT" "x" at least"#,
        &[
            "missing «least» `at least` is missing a number, such as 85%, 6 of 7 or 0 per year | expected a number, such as 85%, 6 of 7 or 0 per year | write, for example: at least 85%",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "CSAT" "x" at least 85% on 2026-01-01"#,
        &[
            r#"missing «on 2026-01-01» `on` is missing the figure it is about: a `now` before it | expected the figure it is about: a `now` before it | write, for example: now 71% on 2026-08-31 source "Guest survey""#,
        ],
    );
    wrong_in(
        "outcome",
        "measure \"CSAT\" \"x\" {\n source \"y\"\n}",
        &[
            r#"missing «source "y"» `source` is missing the figure it is about: a `now` before it | expected the figure it is about: a `now` before it | write, for example: now 71% on 2026-08-31 source "Guest survey""#,
        ],
    );
    wrong_in(
        "hallmark",
        "serves",
        &[
            "missing «serves» `serves` is missing the name of an outcome | expected the name of an outcome | write, for example: serves recognised",
        ],
    );
    wrong_in(
        "hallmark",
        "by",
        &[
            "missing «by» `by` is missing `product`, `process` or `behaviour` | expected `product`, `process` or `behaviour` | write, for example: by process",
        ],
    );
    wrong_in(
        "boundary",
        "kind",
        &[
            "missing «kind» `kind` is missing `legal`, `safety`, `security`, `privacy`, `accessibility`, `money`, `ethics`, `professional` or `contract` | expected `legal`, `safety`, `security`, `privacy`, `accessibility`, `money`, `ethics`, `professional` or `contract` | write, for example: kind safety, legal",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to",
        &[
            r#"missing «may spend up to» `may spend up to` is missing an amount, such as 250 EUR, or a share of the bill, such as 10% of the bill | expected an amount, such as 250 EUR, or a share of the bill, such as 10% of the bill | write, for example: may spend up to 250 EUR per stay to "put something right""#,
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 5 EUR per",
        &[
            "missing «per» `per` is missing a word such as `stay`, `case`, `day` or `visit`, or a quotation | expected a word such as `stay`, `case`, `day` or `visit`, or a quotation | write, for example: per stay",
        ],
    );
    wrong_in(
        "empower",
        r#"tell "x" by"#,
        &[
            r#"missing «by» `by` is missing a quotation | expected a quotation | write, for example: by "the end of the shift""#,
        ],
    );
    wrong_in(
        "experiment",
        "from 2026-09-21 for",
        &[
            "missing «for» `for` is missing a length of time, such as 6 months | expected a length of time, such as 6 months | write, for example: for 1 week",
        ],
    );
    wrong_in(
        "experiment",
        "next",
        &[
            r#"missing «next» `next` is missing `keep`, `adjust`, `drop` or `again` | expected `keep`, `adjust`, `drop` or `again` | write, for example: next adjust "Leave the question out when somebody is tired.""#,
        ],
    );
    wrong_in(
        "experiment",
        "follows",
        &[
            "missing «follows» `follows` is missing the name of an experiment | expected the name of an experiment | write, for example: follows one-question",
        ],
    );
    wrong_in(
        "memory",
        "agreed",
        &[
            "missing «agreed» `agreed` is missing `yes` or `no` | expected `yes` or `no` | write, for example: agreed yes",
        ],
    );
    wrong_in(
        "support",
        "planned by",
        &[
            "missing «planned by» `planned by` is missing a date, such as 2026-09-14 | expected a date, such as 2026-09-14 | write, for example: planned by 2027-02-01",
        ],
    );
    wrong_in(
        "boundary",
        "agreed with 2026-01-01",
        &[
            r#"missing «2026-01-01» `agreed with` is missing a quotation | expected a quotation | write, for example: agreed with "Compliance" 2026-05-20"#,
        ],
    );
}

#[test]
fn what_a_line_does_not_take() {
    wrong_in(
        "brand",
        r#"unlike "a" "b""#,
        &[
            r#"unexpected «"b"» `unlike` does not take another quotation | not expected here | write it as: unlike "Hotels that meet you for the first time, every time""#,
        ],
    );
    wrong_in(
        "brand",
        r#"unlike "a", "b""#,
        &[
            "unexpected «,» `unlike` does not take a comma here | not expected here | `unlike` takes no list; say each on its own line",
        ],
    );
    wrong_in(
        "brand",
        r#"for "He said "hi" to us""#,
        &[
            r#"unexpected «hi» `for` does not take what follows here | not expected here | inside a quotation, write \" for a quotation mark"#,
        ],
    );
    wrong_in(
        "touchpoint",
        r#"routine "x""#,
        &[
            r#"unexpected «"x"» `routine` does not take another quotation | not expected here | write it as: routine"#,
        ],
    );
    wrong_in(
        "empower",
        r#"tell "x" by "y" soon"#,
        &["unexpected «soon» `tell` does not take `soon` | not expected here | behind it there can be `by`"],
    );
    wrong_in(
        "tight",
        r#"outcome y "Y" at a"#,
        &[
            "unexpected «at a» `outcome` does not take `at a` | not expected here | what belongs to `outcome` stands in braces behind it: { … }",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" "c""#,
        &[
            r#"unexpected «"c"» `measure` does not take another quotation | not expected here | write it as: measure "CSAT" "My hosts knew why I was here" at least 85%"#,
        ],
    );
    wrong_in(
        "experiment",
        "follows x, y",
        &["unknown-name «y» there is no experiment `y` | no experiment is called that | there is only `x`"],
    );
    wrong_in(
        "outcome",
        "at a b",
        &[
            "missing-comma «b» a comma is missing before `b` | expected a comma before this | a comma stands between the parts of a list, and only there",
        ],
    );
    wrong_in(
        "brand",
        r#"customers "a" "b""#,
        &[
            r#"missing-comma «"b"» a comma is missing before this quotation | expected a comma before this | a comma stands between the parts of a list, and only there"#,
        ],
    );
    wrong_in(
        "boundary",
        "kind legal safety",
        &[
            "missing-comma «safety» a comma is missing before `safety` | expected a comma before this | a comma stands between the parts of a list, and only there",
        ],
    );
    wrong_in(
        "brand",
        r#"values "x" drives trust, retention and "y""#,
        &[
            "missing-comma «and» a comma is missing before `and` | expected a comma before this | a comma stands between the parts of a list, and only there",
        ],
    );
    wrong_in(
        "experiment",
        "next keep drop",
        &[
            r#"unexpected «drop» `next` does not take `drop` | not expected here | write it as: next adjust "Leave the question out when somebody is tired.""#,
        ],
    );
    wrong_in(
        "touchpoint",
        r#"personal { also "x" }"#,
        &[
            "no-block-here «{» `personal` has no block | expected no block | take the braces away; `personal` stands on a line of its own",
        ],
    );
    wrong_in(
        "brand",
        r#"for "x" { unlike "y" }"#,
        &[
            "no-block-here «{» `for` has no block | expected no block | take the braces away; `for` stands on a line of its own",
        ],
    );
}

#[test]
fn two_lines_on_one() {
    wrong_in(
        "support",
        "live enables x",
        &[
            "unexpected «enables x» `live` does not take `enables` | not expected here | begin a new line with `enables`",
        ],
    );
}

#[test]
fn words_to_choose_from() {
    wrong_in(
        "boundary",
        "kind leagl, safety",
        &[
            "unknown-choice «leagl» `leagl` is not one of the words `kind` takes | did you mean `legal`? | the words are `legal`, `safety`, `security`, `privacy`, `accessibility`, `money`, `ethics`, `professional` and `contract`",
        ],
    );
    wrong_in(
        "boundary",
        "kind weather",
        &[
            "unknown-choice «weather» `weather` is not one of the words `kind` takes | expected `legal`, `safety`, `security`, `privacy`, `accessibility`, `money`, `ethics`, `professional` or `contract` | the words are `legal`, `safety`, `security`, `privacy`, `accessibility`, `money`, `ethics`, `professional` and `contract`",
        ],
    );
    wrong_in(
        "hallmark",
        "by behavior, luck",
        &[
            "unknown-choice «luck» `luck` is not one of the words `by` takes | expected `product`, `process` or `behaviour` | the words are `product`, `process` and `behaviour`",
        ],
    );
    wrong_in(
        "experiment",
        r#"next continue "x""#,
        &[
            "unknown-choice «continue» `continue` is not one of the words `next` takes | expected `keep`, `adjust`, `drop` or `again` | the words are `keep`, `adjust`, `drop` and `again`",
        ],
    );
    wrong_in(
        "memory",
        "agreed maybe",
        &[
            "unknown-choice «maybe» `maybe` is not one of the words `agreed` takes | expected `yes` or `no` | the words are `yes` and `no`",
        ],
    );
    wrong_in(
        "brand",
        r#"values "x" drives loyalty"#,
        &[
            "unknown-choice «loyalty» `loyalty` is not one of the words `drives` takes | expected `retention`, `advocacy` or `trust` | the words are `retention`, `advocacy` and `trust`",
        ],
    );
}

#[test]
fn dates() {
    wrong_in(
        "brand",
        "reviewed 2026-13-40",
        &[
            "bad-date «2026-13-40» `2026-13-40` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 2026-02-29",
        &[
            "bad-date «2026-02-29» `2026-02-29` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 14.9.2026",
        &[
            "bad-date «14.9.2026» `14.9.2026` is not a date | did you mean 2026-09-14? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 2026/9/4",
        &[
            "bad-date «2026/9/4» `2026/9/4` is not a date | did you mean 2026-09-04? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 9/14/2026",
        &[
            "bad-date «9/14/2026» `9/14/2026` is not a date | did you mean 2026-09-14? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 4/5/2026",
        &[
            "bad-date «4/5/2026» `4/5/2026` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 14 September 2026",
        &[
            "bad-date «14 September 2026» `14 September 2026` is not a date | did you mean 2026-09-14? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed September 14, 2026",
        &[
            "bad-date «September 14, 2026» `September 14, 2026` is not a date | did you mean 2026-09-14? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 2026-9-4",
        &[
            "bad-date «2026-9-4» `2026-9-4` is not a date | did you mean 2026-09-04? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed 2026",
        &[
            "bad-date «2026» `2026` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "reviewed last week",
        &[
            "bad-date «last week» `last week` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" met 61% on 31.8.2026 source "y""#,
        &[
            "bad-date «31.8.2026» `31.8.2026` is not a date | did you mean 2026-08-31? | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "stage",
        r#"walked 1st by "Ann""#,
        &[
            "bad-date «1st» `1st` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "experiment",
        "from 2026-21-09 for 1 week",
        &[
            "bad-date «2026-21-09» `2026-21-09` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
}

#[test]
fn lengths_of_time() {
    wrong_in(
        "brand",
        "review every six months",
        &[
            "bad-interval «six months» `six months` is not a length of time | expected a length of time, such as 6 months | write 6 months",
        ],
    );
    wrong_in(
        "brand",
        "review every 0 days",
        &[
            "bad-interval «0 days» `0 days` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years; or just day, week, month or year",
        ],
    );
    wrong_in(
        "brand",
        "review every quarter",
        &[
            "bad-interval «quarter» `quarter` is not a length of time | expected a length of time, such as 6 months | write 3 months",
        ],
    );
    wrong_in(
        "brand",
        "review every other week",
        &[
            "bad-interval «other week» `other week` is not a length of time | expected a length of time, such as 6 months | write 2 weeks",
        ],
    );
    wrong_in(
        "brand",
        "review every 6months",
        &[
            "bad-interval «6months» `6months` is not a length of time | expected a length of time, such as 6 months | write 6 months",
        ],
    );
    wrong_in(
        "brand",
        "review every 6",
        &[
            "bad-interval «6» `6` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years; or just day, week, month or year",
        ],
    );
    wrong_in(
        "brand",
        "review every 99999999999 days",
        &[
            "bad-interval «99999999999 days» `99999999999 days` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years; or just day, week, month or year",
        ],
    );
    wrong_in(
        "brand",
        "review every months",
        &[
            "bad-interval «months» `months` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years; or just day, week, month or year",
        ],
    );
    wrong_in(
        "experiment",
        "from 2026-09-21 for week",
        &[
            "bad-interval «week» `week` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years",
        ],
    );
    wrong_in(
        "culture",
        r#"teach every Friday "x""#,
        &[
            "bad-interval «Friday» `Friday` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years; or just day, week, month or year",
        ],
    );
    wrong_in(
        "culture",
        r#"teach every 1.5 weeks "x""#,
        &[
            "bad-interval «1.5 weeks» `1.5 weeks` is not a length of time | expected a length of time, such as 6 months | write a number and days, weeks, months or years; or just day, week, month or year",
        ],
    );
}

#[test]
fn shares_and_numbers() {
    wrong_in(
        "brand",
        r#"expects "x" met 161%"#,
        &[
            "bad-share «161%» `161%` is not a share | expected a share, such as 61% | a share lies between 0% and 100%; this is more than all",
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" met -1%"#,
        &[
            "bad-share «-1%» `-1%` is not a share | expected a share, such as 61% | a share lies between 0% and 100%; this is less than none",
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" met 61"#,
        &["bad-share «61» `61` is not a share | expected a share, such as 61% | write 61%"],
    );
    wrong_in(
        "brand",
        r#"expects "x" met most of it"#,
        &[
            "bad-share «most of it» `most of it` is not a share | expected a share, such as 61% | write the share of all customers in percent, as in 61%",
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" met 3 of 4"#,
        &[
            "bad-share «3 of 4» `3 of 4` is not a share | expected a share, such as 61% | write the share of all customers in percent, as in 61%",
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" met 6x%"#,
        &[
            "bad-share «6x%» `6x%` is not a share | expected a share, such as 61% | write the share of all customers in percent, as in 61%",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 850%"#,
        &[
            "bad-share «850%» `850%` is not a share | expected a share, such as 61% | a share lies between 0% and 100%; this is more than all",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 8 of 7"#,
        &[
            "bad-number «8 of 7» `8 of 7` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | 8 lies outside a scale that ends at 7",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 6 of seven"#,
        &[
            "bad-number «6 of seven» `6 of seven` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | write a share (85%), a scale (6 of 7) or a number and what it counts (3 days)",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least many"#,
        &[
            "bad-number «many» `many` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | begin with a number, then say what it counts",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at most 0 per"#,
        &[
            "bad-number «0 per» `0 per` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | say per what, as in 0 per year",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 1,00,0 on"#,
        &[
            "bad-number «1,00,0» `1,00,0` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | `1,00,0` cannot be read as a number",
            "missing «on» `on` is missing a date, such as 2026-09-14 | expected a date, such as 2026-09-14 | write, for example: on 2026-08-31",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 8.5.1 now x%"#,
        &[
            "bad-number «8.5.1» `8.5.1` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | `8.5.1` cannot be read as a number",
            "bad-number «x» `x` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | begin with a number, then say what it counts",
            "odd-character «%» `%` means nothing here | not expected here | take it away, or put the prose it belongs to in quotation marks",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 12:30"#,
        &[
            "bad-number «12:30» `12:30` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | `12:30` cannot be read as a number",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 999999999999999999"#,
        &[
            "bad-number «999999999999999999» `999999999999999999` is not a usable number | expected a number, such as 85%, 6 of 7 or 0 per year | `999999999999999999` is larger than anything a policy counts",
        ],
    );
}

#[test]
fn amounts() {
    wrong_in(
        "empower",
        "may spend up to 250 per stay",
        &[
            "bad-amount «250» `250` is not an amount | expected an amount, such as 250 EUR | say in which currency, as in 250 EUR",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to lots",
        &[
            "bad-amount «lots» `lots` is not an amount | expected an amount, such as 250 EUR | say how much, in figures: 250 EUR, or 10% of the bill",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 250 ERU",
        &[
            "bad-amount «250 ERU» `250 ERU` is not an amount | expected an amount, such as 250 EUR | write 250 EUR",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 250 euros per stay",
        &[
            "bad-amount «250 euros» `250 euros` is not an amount | expected an amount, such as 250 EUR | write 250 EUR",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 250 eur",
        &[
            "bad-amount «250 eur» `250 eur` is not an amount | expected an amount, such as 250 EUR | write 250 EUR",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 25O EUR",
        &[
            "bad-amount «25O EUR» `25O EUR` is not an amount | expected an amount, such as 250 EUR | `25O` cannot be read as a number",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to -5 EUR",
        &[
            "bad-amount «-5 EUR» `-5 EUR` is not an amount | expected an amount, such as 250 EUR | nobody can spend less than nothing",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 1.000 EUR",
        &[
            "bad-amount «1.000 EUR» `1.000 EUR` is not an amount | expected an amount, such as 250 EUR | is this 1 or 1000? Leave out the mark, or write two decimals",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 10.505 EUR",
        &[
            "bad-amount «10.505 EUR» `10.505 EUR` is not an amount | expected an amount, such as 250 EUR | is this 10.505 or 10505? Leave out the mark, or write two decimals",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 10%",
        &[
            "bad-amount «10%» `10%` is not an amount | expected an amount, such as 250 EUR | say of what: 10% of the bill",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 10% of profits",
        &[
            "bad-amount «10% of profits» `10% of profits` is not an amount | expected an amount, such as 250 EUR | say of what: 10% of the bill",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 250 marbles",
        &[
            "bad-amount «250 marbles» `250 marbles` is not an amount | expected an amount, such as 250 EUR | `marbles` is no currency; write its three letters, as in 250 EUR",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to EUR 250 EUR",
        &[
            "unexpected «EUR» `may spend up to` does not take `EUR` | not expected here | behind it there can be `per` and `to`",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 12 50 EUR",
        &[
            "bad-amount «12 50 EUR» `12 50 EUR` is not an amount | expected an amount, such as 250 EUR | `12 50` cannot be read as a number",
        ],
    );
    wrong_in(
        "empower",
        "may spend up to 250 EUR each stay",
        &[
            "unexpected «each stay» `may spend up to` does not take `each stay` | not expected here | behind it there can be `per` and `to`",
        ],
    );
}

#[test]
fn names() {
    wrong_in(
        "tight",
        "outcome made right \"x\" {\n at a\n}",
        &[
            "bad-name «made right» `made right` is not a name | expected a name in hyphenated words, such as `made-right` | a name is one word, or several joined by hyphens; prose stands in quotation marks",
        ],
    );
    wrong_in(
        "tight",
        r#"outcome made_right "x""#,
        &[
            "bad-name «made_right» `made_right` is not a name | expected a name in hyphenated words, such as `made-right` | a name is one word, or several joined by hyphens; prose stands in quotation marks",
        ],
    );
    wrong_in(
        "tight",
        r#"outcome "made-right" "x""#,
        &[
            r#"bad-name «"made-right"» `"made-right"` is not a name | expected a name in hyphenated words, such as `made-right` | a name is one word, or several joined by hyphens; prose stands in quotation marks"#,
        ],
    );
    wrong_in(
        "tight",
        r#"outcome 24 "x""#,
        &[
            "bad-name «24» `24` is not a name | expected a name in hyphenated words, such as `no-24` | a name is one word, or several joined by hyphens; prose stands in quotation marks",
        ],
    );
    wrong_in(
        "tight",
        r#"outcome made-right- "x""#,
        &[
            "bad-name «made-right-» `made-right-` is not a name | expected a name in hyphenated words, such as `made-right` | a name is one word, or several joined by hyphens; prose stands in quotation marks",
        ],
    );
    wrong_in(
        "tight",
        r#"outcome made–right "x""#,
        &[
            "bad-name «made–right» `made–right` is not a name | expected a name in hyphenated words, such as `made-right` | a name is one word, or several joined by hyphens; prose stands in quotation marks",
        ],
    );
    wrong_in(
        "stage",
        r#"touchpoint everywhere "x""#,
        &[
            "bad-name «everywhere» `everywhere` is not a name | expected a name in hyphenated words, such as `all-around` | a name is one word, or several joined by hyphens; prose stands in quotation marks",
        ],
    );
    wrong_in(
        "outcome",
        r#"at "A""#,
        &[
            r#"bad-name «"A"» `"A"` is not a name | expected a name in hyphenated words, such as `a` | a name is one word, or several joined by hyphens; prose stands in quotation marks"#,
        ],
    );
}

#[test]
fn references_to_nothing() {
    wrong_in(
        "tight",
        "outcome y \"Y\" {\n at aa, b, everwhere\n}",
        &[
            "unknown-name «aa» there is no touchpoint `aa` | no touchpoint is called that | there are `a` and `b`",
            "unknown-name «everwhere» there is no touchpoint `everwhere` | did you mean `everywhere`? | there are `a` and `b`",
        ],
    );
    wrong_in(
        "tight",
        "outcome recognised \"Y\"\nhallmark h \"H\" { serves recognized }",
        &[
            "unknown-name «recognized» there is no outcome `recognized` | did you mean `recognised`? | there is only `recognised`",
        ],
    );
    wrong_in(
        "tight",
        "outcome y \"Y\" { at y }\nfirst y, a",
        &[
            "unknown-name «y» there is no touchpoint `y` | this is an outcome, not a touchpoint | there are `a` and `b`",
            "unknown-name «a» there is no outcome `a` | this is a touchpoint, not an outcome | there is only `y`",
        ],
    );
    wrong_in(
        "loose",
        r#"guideline g "G" { serves z }"#,
        &[
            "unknown-name «z» there is no outcome `z` | no outcome is called that | no outcome is declared yet",
        ],
    );
    wrong_in(
        "experiment",
        "follows z",
        &["unknown-name «z» there is no experiment `z` | no experiment is called that | there is only `x`"],
    );
    wrong_in(
        "outcome",
        "at all",
        &[
            "unknown-name «all» there is no touchpoint `all` | did you mean `everywhere`? | there are `a` and `b`",
        ],
    );
    wrong_in(
        "boundary",
        "protects b",
        &[
            "unknown-name «b» there is no outcome `b` | this is a touchpoint, not an outcome | no outcome is declared yet",
        ],
    );
}

#[test]
fn names_declared_twice() {
    wrong_in(
        "tight",
        "outcome y \"Y\"\noutcome Y \"Z\"",
        &[
            "declared-twice «Y» the outcome `Y` is declared twice | and again here | give one of the two another name | first declared here «y»",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\nbrand \"C\" { promise \"Q\" }",
        &[
            r#"declared-twice «brand "C"» the brand `C` is declared twice | and again here | give one of the two another name | first declared here «brand "B"»"#,
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\njourney \"J\" { stage s \"S\" { touchpoint t \"T\" }\n stage s \"S2\" { touchpoint T \"T2\" } }\njourney \"j\" { stage s \"S\" }",
        &[
            "declared-twice «s» the stage `s` is declared twice | and again here | give one of the two another name | first declared here «s»",
            "declared-twice «T» the touchpoint `T` is declared twice | and again here | give one of the two another name | first declared here «t»",
            "declared-twice «j» the journey `j` is declared twice | and again here | give one of the two another name | first declared here «J»",
            "declared-twice «s» the stage `s` is declared twice | and again here | give one of the two another name | first declared here «s»",
        ],
    );
    wrong_in(
        "backstage",
        "culture { hire \"x\" }\nculture { hire \"y\" }",
        &[
            "declared-twice «culture» the culture is declared twice | and again here | give one of the two another name | first declared here «culture»",
        ],
    );
    wrong_in(
        "tight",
        "outcome y \"Y\"\nfirst y\nfirst y",
        &[
            "said-twice «first y» `first` stands twice in `tight` | and again here | `first` is said once; keep one of the two | first said here «first y»",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\ntight { outcome y \"Y\"\nfirst y }\ntight { first y }",
        &[
            "said-twice «first y» `first` stands twice in `tight` | and again here | `first` is said once; keep one of the two | first said here «first y»",
        ],
    );
}

#[test]
fn lines_said_twice_and_lines_that_exclude_each_other() {
    wrong_in(
        "brand",
        r#"promise "Q""#,
        &[
            r#"said-twice «promise "Q"» `promise` stands twice in `brand` | and again here | `promise` is said once; keep one of the two | first said here «promise "P"»"#,
        ],
    );
    wrong_in(
        "brand",
        "owner \"a\"\nowner \"b\"\nowner \"c\"",
        &[
            r#"said-twice «owner "b"» `owner` stands twice in `brand` | and again here | `owner` is said once; keep one of the two | first said here «owner "a"»"#,
            r#"said-twice «owner "c"» `owner` stands twice in `brand` | and again here | `owner` is said once; keep one of the two | first said here «owner "a"»"#,
        ],
    );
    wrong_in(
        "touchpoint",
        "routine\npersonal",
        &[
            "either-or «personal» `routine` and `personal` exclude each other | one of the two is too much | they decide how personal it is; keep one of the two | the other is here «routine»",
        ],
    );
    wrong_in(
        "touchpoint",
        "routine\nroutine",
        &[
            "said-twice «routine» `routine` stands twice in `touchpoint` | and again here | `routine` is said once; keep one of the two | first said here «routine»",
        ],
    );
    wrong_in(
        "support",
        "live\nplanned by 2027-01-01",
        &[
            "either-or «planned by 2027-01-01» `live` and `planned by` exclude each other | one of the two is too much | they decide whether it is there yet; keep one of the two | the other is here «live»",
        ],
    );
    wrong_in(
        "outcome",
        r#"measure "a" "b" at least 3 at most 5"#,
        &[
            "either-or «at most 5» `at least` and `at most` exclude each other | one of the two is too much | they decide the aim; keep one of the two | the other is here «at least 3»",
        ],
    );
    wrong_in(
        "memory",
        "good\nbad",
        &[
            "either-or «bad» `good` and `bad` exclude each other | one of the two is too much | they decide how it was; keep one of the two | the other is here «good»",
        ],
    );
    wrong_in(
        "decision",
        "right\ntoo far",
        &[
            "either-or «too far» `right` and `too far` exclude each other | one of the two is too much | they decide how it turned out; keep one of the two | the other is here «right»",
        ],
    );
    wrong_in(
        "brand",
        "expects \"x\" met 61% {\n met 62%\n}",
        &[
            "said-twice «met 62%» `met` stands twice in `expects` | and again here | `met` is said once; keep one of the two | first said here «met 61%»",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\nextends \"a.promise\"\nextends \"b.promise\"",
        &[
            r#"no-file «extends "a.promise"» `extends` needs a file to start from, and this text has none | here | save the text as a file first"#,
            r#"no-file «extends "b.promise"» `extends` needs a file to start from, and this text has none | here | save the text as a file first"#,
            r#"said-twice «extends "b.promise"» `extends` stands twice at the top of a file | and again here | `extends` is said once; keep one of the two | first said here «extends "a.promise"»"#,
        ],
    );
}

#[test]
fn the_brand_and_its_promise() {
    wrong(
        "",
        &[
            r#"no-brand «» this policy has no brand | expected a block `brand "…" { promise "…" }` | the least a policy says is: brand "Harbor Hotels" { promise "…" }"#,
        ],
    );
    wrong(
        "# only a comment\n",
        &[
            r#"no-brand «# only a comment» this policy has no brand | expected a block `brand "…" { promise "…" }` | the least a policy says is: brand "Harbor Hotels" { promise "…" }"#,
        ],
    );
    wrong(
        "tight {\n}\n",
        &[
            r#"no-brand «tight» this policy has no brand | expected a block `brand "…" { promise "…" }` | the least a policy says is: brand "Harbor Hotels" { promise "…" }"#,
        ],
    );
    wrong(
        "brand \"B\" {\n for \"x\"\n}\n",
        &[
            r#"no-promise «brand "B"» this brand makes no promise | expected a line `promise "…"` in its block | say in one or two sentences what every customer can count on"#,
        ],
    );
    wrong(
        r#"brand "B""#,
        &[
            r#"no-promise «brand "B"» this brand makes no promise | expected a line `promise "…"` in its block | say in one or two sentences what every customer can count on"#,
        ],
    );
    wrong(
        r#"brand "B" { promise "" }"#,
        &[
            r#"empty-quotation «""» this quotation is empty | expected words between the marks | say something, or leave the line out"#,
        ],
    );
    wrong(
        "brand \"\" { promise \" \n \" }",
        &[
            r#"empty-quotation «""» this quotation is empty | expected words between the marks | say something, or leave the line out"#,
            r#"empty-quotation «" ⏎ "» this quotation is empty | expected words between the marks | say something, or leave the line out"#,
        ],
    );
    wrong(
        r#"brand { promise "P" }"#,
        &[
            r#"missing «brand» `brand` is missing a quotation | expected a quotation | write, for example: brand "Harbor Hotels""#,
        ],
    );
}

#[test]
fn quotations_that_are_never_closed() {
    wrong_in(
        "brand",
        "for \"people\nunlike \"others\"\nowner \"me\"",
        &[
            r#"unclosed-quotation «"people» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
        ],
    );
    wrong_in(
        "brand",
        "for “people\nunlike “others”\nowner \"me\"",
        &[
            r#"unclosed-quotation «“people» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
        ],
    );
    wrong_in(
        "tight",
        "outcome y \"Guests feel {\n at a, c\n feels \"x\"\n}",
        &[
            r#"unclosed-quotation «"Guests feel» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
            "unknown-name «c» there is no touchpoint `c` | no touchpoint is called that | there are `a` and `b`",
        ],
    );
    wrong_in(
        "tight",
        "outcome y \"Y\" { feels \"x }\nfirst z",
        &[
            r#"unclosed-quotation «"x» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
            "unknown-name «z» there is no outcome `z` | no outcome is called that | there is only `y`",
        ],
    );
    wrong_in(
        "brand",
        "customers \"a\", \"b\nstaff \"c\"\nreviewed 2026-13-01",
        &[
            r#"unclosed-quotation «"b» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
            "bad-date «2026-13-01» `2026-13-01` is not a date | expected a date, such as 2026-09-14 | write year, month and day, as in 2026-09-14",
        ],
    );
    wrong_in(
        "brand",
        "owner \"me\nover two lines",
        &[
            r#"unclosed-quotation «"me» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\n}\ntight {\n first x\n}",
        &[
            r#"unclosed-quotation «"P» this quotation is never closed | expected a quotation mark at its end | close it with "; inside a quotation, write \""#,
            "unknown-name «x» there is no outcome `x` | no outcome is called that | no outcome is declared yet",
        ],
    );
}

#[test]
fn braces_too_few() {
    wrong(
        "brand \"B\" {\n promise \"P\"\n",
        &[
            "unclosed-brace «{» this brace is never closed | the block of `brand` opens here | write a } where the block ends",
        ],
    );
    wrong(
        "brand \"B\" {\n promise \"P\"\n\ntight {\n outcome x \"X\" {\n at c\n}\n}\n",
        &[
            "unclosed-brace «{» this brace is never closed | the block of `brand` opens here | write a } where the block ends | this belongs outside of it «tight»",
            "unknown-name «c» there is no touchpoint `c` | no touchpoint is called that | no touchpoint is declared yet",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\ntight {\n outcome x \"X\" {\n  feels \"f\"\n outcome y \"Y\" {\n  at c\n }\n}\nloose {\n guideline g \"G\" { serves x, y }\n}\n",
        &[
            r#"unclosed-brace «{» this brace is never closed | the block of `outcome` opens here | write a } where the block ends | this belongs outside of it «outcome y "Y"»"#,
            "unknown-name «c» there is no touchpoint `c` | no touchpoint is called that | no touchpoint is declared yet",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\nbackstage {\n culture {\n  hire \"x\"\n",
        &[
            "unclosed-brace «{» this brace is never closed | the block of `backstage` opens here | write a } where the block ends",
            "unclosed-brace «{» this brace is never closed | the block of `culture` opens here | write a } where the block ends",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\njourney \"J\" {\n stage s \"S\" {\n  touchpoint t \"T\" {\n   routine\n  touchpoint u \"U\" {\n   personal\n  }\n stage r \"R\" {\n }\n}\ntight { outcome o \"O\" { at t, u, v } }\n",
        &[
            r#"unclosed-brace «{» this brace is never closed | the block of `stage` opens here | write a } where the block ends | this belongs outside of it «stage r "R"»"#,
            r#"unclosed-brace «{» this brace is never closed | the block of `touchpoint` opens here | write a } where the block ends | this belongs outside of it «touchpoint u "U"»"#,
            "unknown-name «v» there is no touchpoint `v` | no touchpoint is called that | there are `t` and `u`",
        ],
    );
}

#[test]
fn braces_too_many() {
    wrong(
        "brand \"B\" { promise \"P\" }\n}\n",
        &[
            "stray-brace «}» this brace closes nothing | nothing is open here | take it away, or write the { it belongs to",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\ntight {\n outcome x \"X\" {\n  feels \"f\"\n }\n }\n outcome y \"Y\" { at c }\n boundary z \"Z\"\n}\nloose {\n}\n",
        &[
            r#"stray-brace «}» this brace closes nothing | nothing is open here | take it away, or write the { it belongs to | this would belong in the block «outcome y "Y"»"#,
            "unknown-name «c» there is no touchpoint `c` | no touchpoint is called that | no touchpoint is declared yet",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\ntight {\n outcome x \"X\" {\n  feels \"f\"\n }\n  signals \"s\"\n }\n outcome y \"Y\" { at c }\n}\n",
        &[
            r#"stray-brace «}» this brace closes nothing | nothing is open here | take it away, or write the { it belongs to | this would belong in the block «signals "s"»"#,
            "unknown-name «c» there is no touchpoint `c` | no touchpoint is called that | no touchpoint is declared yet",
        ],
    );
    wrong(
        "brand \"B\" { promise \"P\" }\n{ tight {} }\n",
        &[
            "bare-block «{» this block belongs to nothing | expected a line before it | a block belongs to a line, as in `tight { … }`",
        ],
    );
}

#[test]
fn a_brace_lost_and_one_too_many() {
    wrong(
        "brand \"B\" { promise \"P\" }\ntight {\n outcome x \"X\" {\n  feels \"f\"\n outcome y \"Y\" { feels \"g\" }\n outcome z \"Z\" { feels \"g\" }\n}\nloose {\n guideline g \"G\" { serves x }\n}\n}\n",
        &[
            r#"unclosed-brace «{» this brace is never closed | the block of `outcome` opens here | write a } where the block ends | this belongs outside of it «outcome y "Y"»"#,
            "stray-brace «}» this brace closes nothing | nothing is open here | take it away, or write the { it belongs to",
        ],
    );
}

#[test]
fn what_nobody_would_say_aloud() {
    wrong_in(
        "brand",
        r#"owner: "me""#,
        &[
            "odd-character «:» `:` means nothing here | not expected here | take it away; the word alone is enough",
        ],
    );
    wrong_in(
        "brand",
        r#"owner = "me";"#,
        &[
            "odd-character «=» `=` means nothing here | not expected here | take it away; the word alone is enough",
            "odd-character «;» `;` means nothing here | not expected here | a new line ends a statement; nothing else is needed",
        ],
    );
    wrong_in(
        "brand",
        r#"owner "me"; for "you"; wibble"#,
        &[
            "odd-character «;» `;` means nothing here | not expected here | a new line ends a statement; nothing else is needed",
            "odd-character «;» `;` means nothing here | not expected here | a new line ends a statement; nothing else is needed",
            "unknown-word «wibble» `wibble` is not a word of the policy language | expected a word that belongs in `brand`",
        ],
    );
    wrong_in(
        "brand",
        r#"- owner "me""#,
        &[
            "odd-character «-» `-` means nothing here | not expected here | take it away; a line needs no bullet",
        ],
    );
    wrong_in(
        "brand",
        r#"• staff "a", "b""#,
        &[
            "odd-character «•» `•` means nothing here | not expected here | take it away; a line needs no bullet",
        ],
    );
    wrong_in(
        "brand",
        "// a comment\nowner \"me\"",
        &[
            "odd-character «// a comment» `// a comment` means nothing here | not expected here | a comment begins with #",
        ],
    );
    wrong_in(
        "brand",
        r#"owner "me" // so"#,
        &["odd-character «// so» `// so` means nothing here | not expected here | a comment begins with #"],
    );
    wrong_in(
        "brand",
        "for 'people who travel'",
        &[
            r#"odd-character «'» `'` means nothing here | not expected here | prose stands in double quotation marks: "…""#,
        ],
    );
    wrong_in(
        "brand",
        r#"expects "x" (met 61%)"#,
        &[
            "odd-character «(» `(` means nothing here | not expected here | take it away, or put the prose it belongs to in quotation marks",
            "odd-character «)» `)` means nothing here | not expected here | take it away, or put the prose it belongs to in quotation marks",
        ],
    );
    wrong_in(
        "brand",
        r#"owner "me"."#,
        &[
            "odd-character «.» `.` means nothing here | not expected here | take it away; a line needs no full stop, and prose stands in quotation marks",
        ],
    );
    wrong_in(
        "brand",
        r#""a quotation""#,
        &[
            r#"not-a-line «"a quotation"» this line begins with a quotation, not with a word of the language | expected a word that belongs in `brand` | every line begins with a word of the language; a quotation goes on over lines until its mark"#,
        ],
    );
    wrong_in(
        "brand",
        "2026-09-14",
        &[
            "not-a-line «2026-09-14» this line begins with a date, not with a word of the language | expected a word that belongs in `brand` | every line begins with a word of the language; a quotation goes on over lines until its mark",
        ],
    );
    wrong_in(
        "brand",
        "61%",
        &[
            "not-a-line «61%» this line begins with a number, not with a word of the language | expected a word that belongs in `brand` | every line begins with a word of the language; a quotation goes on over lines until its mark",
        ],
    );
    wrong_in(
        "brand",
        r#", "x""#,
        &[
            "not-a-line «,» this line begins with a comma, not with a word of the language | expected a word that belongs in `brand` | every line begins with a word of the language; a quotation goes on over lines until its mark",
        ],
    );
    wrong_in(
        "brand",
        "***",
        &[
            "odd-character «***» `***` means nothing here | not expected here | take it away, or put the prose it belongs to in quotation marks",
        ],
    );
    wrong_in(
        "outcome",
        "at [a, b]",
        &[
            "odd-character «[» `[` means nothing here | not expected here | take it away, or put the prose it belongs to in quotation marks",
            "odd-character «]» `]` means nothing here | not expected here | take it away, or put the prose it belongs to in quotation marks",
        ],
    );
}

#[test]
fn texts_without_a_file() {
    wrong(
        "brand \"B\" { promise \"P\" }\ninclude \"a.promise\"\nextends \"b.promise\"\n",
        &[
            r#"no-file «include "a.promise"» `include` needs a file to start from, and this text has none | here | save the text as a file first"#,
            r#"no-file «extends "b.promise"» `extends` needs a file to start from, and this text has none | here | save the text as a file first"#,
        ],
    );
}

#[test]
fn the_words_there_are_stand_in_the_help() {
    let help = |block: &str| {
        let text = wrapped(block, "wibble");
        let errors = Policy::parse(Source::new("x", text)).unwrap_err().errors;
        errors[0].mistake.help().unwrap()
    };
    assert_eq!(
        help("touchpoint"),
        "In `touchpoint` there can be `also`, `routine`, `personal`, `moment of truth`, `differentiate`, `because`, `story` and `owner`"
    );
    assert_eq!(
        help("loose"),
        "In `loose` there can be `guideline`, `empower`, `because`, `story` and `owner`"
    );
}

#[test]
fn blocks_beyond_the_depth_limit() {
    let text = format!("{BRAND}{}", "tight {\n".repeat(70));
    let found = mistakes(&text);
    assert_eq!(
        found,
        [
            "too-deep «{» blocks stand inside each other more than 64 deep | this goes too far | the language needs five levels at most; is a } missing?"
        ]
    );
    let errors = Policy::parse(Source::new("x", text)).unwrap_err().errors;
    let (source, span) = errors[0].place.as_ref().unwrap();
    assert_eq!(source.position(span.start).line, 66);
    for n in [10_000, 100_000] {
        assert_eq!(mistakes(&"{".repeat(n)).len(), 1);
    }
}

#[test]
fn texts_that_are_too_large_or_too_tangled() {
    let large = mistakes(&format!("{BRAND}{}", "# \n".repeat(100_000)));
    assert_eq!(
        large,
        [
            "too-large «brand \"B\" { promise \"P\" }» this policy is larger than 256 KB | here | divide it into files, and `include` them"
        ]
    );
}

/// Ten mistakes of ten kinds, all reported in one run, each where it is.
#[test]
fn ten_planted_mistakes_are_ten_reports() {
    let text = r#"brand "Fernweh Trains" {
  promise "You know where you are, when you will arrive, and that somebody has thought of you.
  expects "A seat where one was booked" met 104%
  values "Being told the truth" drives loyalty
  reviewed 31.12.2026
}

journey "A night on the rails" {
  stage boarding "I am on the platform with too much luggage" {
    touchpoint platform "From the taxi to the compartment" {
      also "boarding"
      momment of truth
    }
  }
}

outcome rested "Passengers arrive rested" { at platform }

tight {
  outcome informed "Passengers know what happens next" {
    at plattform
    measure "survey" "I always knew what was happening" at least 90%
  }
  outcome informed "Passengers are told" { at platform }
  guideline wake-gently "Wake people the way they asked" { serves rested }
}

loose {
  empower conductors "Everyone who works a night" {
    may spend up to 80 per journey to "make a bad night better"
  }
}
"#;
    let found = mistakes(text);
    let short: Vec<&str> = found.iter().map(|m| m.split('»').next().unwrap()).collect();
    assert_eq!(
        short,
        [
            "unclosed-quotation «\"You know where you are, when you will arrive, and that somebody has thought of you.",
            "bad-share «104%",
            "unknown-choice «loyalty",
            "bad-date «31.12.2026",
            "unknown-word «momment of truth",
            "wrong-block «outcome",
            "unknown-name «plattform",
            "declared-twice «informed",
            "wrong-block «guideline",
            "bad-amount «80",
        ]
    );
}

/// Both places of a mistake are shown, and all mistakes together.
#[test]
fn miette_shows_the_code_both_places_and_the_way_out() {
    let text = format!("{BRAND}tight {{\n outcome y \"Y\"\n outcome y \"Z\"\n outcom z \"Z\"\n}}\n");
    let errors = Policy::parse(Source::new("house.promise", text)).unwrap_err();
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_width(90);
    handler.render_report(&mut out, &errors).unwrap();
    let words = [
        "the policy has 2 mistakes",
        "policy::declared-twice",
        "the outcome `y` is declared twice",
        "house.promise:4:10",
        "first declared here",
        "and again here",
        "give one of the two another name",
        "policy::unknown-word",
        "did you mean `outcome`?",
    ];
    for word in words {
        assert!(out.contains(word), "{word} is missing in\n{out}");
    }
}
