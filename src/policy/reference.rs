//! The vocabulary → the tables of the language reference (`grammar/README.md`), and a page for each word.

use super::vocabulary::{Often, Shape, TOP, WORDS, Word};
use std::fmt::Write;

/// Lines that may stand in any block have a table of their own.
const ANY: [&str; 3] = ["because", "story", "owner"];

/// The reference with its tables brought up to date: what stands between `<!-- table: brand -->` and `<!-- end -->`
/// is written anew, everything else stays as it is.
pub fn refreshed(readme: &str) -> String {
    let mut out = String::with_capacity(readme.len());
    let mut rest = readme;
    while let Some((before, after)) = rest.split_once("<!-- table: ") {
        let Some((name, after)) = after.split_once(" -->") else { break };
        let Some((_, behind)) = after.split_once("<!-- end -->") else { break };
        let _ = write!(out, "{before}<!-- table: {name} -->\n{}<!-- end -->", table(name));
        rest = behind;
    }
    out + rest
}

/// The words that have a block of their own, in the order of the table; `""` is the top of a file.
pub fn blocks() -> impl Iterator<Item = &'static Word> {
    std::iter::once(&TOP).chain(WORDS.iter().filter(|w| w.shape == Shape::Block))
}

/// The table of one block: `top`, a block's word, or `any block`.
fn table(name: &str) -> String {
    let rows: Vec<&Word> = match name {
        "any block" => WORDS.iter().filter(|w| ANY.contains(&w.phrase) && w.inside.len() > 1).collect(),
        "top" => TOP.holds().collect(),
        _ => {
            let block = blocks().find(|w| w.phrase == name);
            block.map_or(Vec::new(), |b| b.holds().filter(|w| !ANY.contains(&w.phrase)).collect())
        }
    };
    let mut out = String::from("\n| line | how often | what it is for | for example |\n|---|---|---|---|\n");
    for word in rows {
        let often = match (word.required, word.often) {
            (true, _) => "once, always",
            (false, Often::Once) => "once",
            (false, Often::Many) => "any number",
        };
        let form = escaped(&full_form(word));
        let _ =
            writeln!(out, "| `{form}` | {often} | {} | `{}` |", escaped(word.help), escaped(word.example));
    }
    out + "\n"
}

/// A line with everything that may follow on it: `expects "…" [met N% [on DATE] [source "…"]]`.
pub fn full_form(word: &Word) -> String {
    let mut form = word.form();
    if word.shape == Shape::Block {
        return form + " { … }";
    }
    let mut said: Vec<&str> = Vec::new();
    let mut choices: Vec<(&str, String)> = Vec::new();
    for follower in word.holds().filter(|w| word.phrase == "share with" || !ANY.contains(&w.phrase)) {
        // What belongs to an earlier one may stand here too; once is enough.
        if said.contains(&follower.phrase) {
            continue;
        }
        said.extend(follower.holds().map(|w| w.phrase));
        let form = full_form(follower);
        match (follower.either, choices.last_mut()) {
            (Some(about), Some((before, forms))) if *before == about => *forms = format!("{forms} / {form}"),
            (about, _) => choices.push((about.unwrap_or_default(), form)),
        }
    }
    for (_, choice) in choices {
        let _ = write!(form, " [{choice}]");
    }
    form
}

/// A page about a word, in plain text: what it is for, where it stands, what it takes, an example.
pub fn page(word: &Word) -> String {
    let mut out = format!("{}\n  {}\n\n", word.phrase, word.help);
    let _ = writeln!(out, "  written   {}", full_form(word));
    let inside: Vec<String> = word
        .inside
        .iter()
        .map(|w| if w.is_empty() { "the top of a file".to_owned() } else { format!("`{w}`") })
        .collect();
    let _ = writeln!(
        out,
        "  stands in {}",
        if inside.len() > 8 { "any block".into() } else { inside.join(", ") }
    );
    let often = if word.often == Often::Once { "once" } else { "any number of times" };
    let _ = writeln!(out, "  how often {often}{}", if word.required { ", and always" } else { "" });
    if let Some(about) = word.either {
        let others = WORDS.iter().filter(|w| w.either == Some(about) && w.phrase != word.phrase);
        let others: Vec<String> = others.map(|w| format!("`{}`", w.phrase)).collect();
        let _ = writeln!(out, "  excludes  {}", others.join(", "));
    }
    let _ = writeln!(out, "  example   {}", word.example);
    if word.shape == Shape::Block && word.holds().next().is_some() {
        let _ = writeln!(out, "\n  In its block:");
        let width = word.holds().map(|w| w.phrase.len()).max().unwrap_or(0);
        for line in word.holds() {
            let _ = writeln!(out, "    {:width$}  {}", line.phrase, line.help);
        }
    }
    out
}

/// A `|` would end the cell.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}
