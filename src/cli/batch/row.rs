//! A line of standard input → a document to check, or what is wrong with the line.

use crate::document::Kind;
use crate::problem::{AnyProblem, Problem};
use serde::Deserialize;
use serde_json::Value;
use serde_json::error::Category;
use std::io::{self, BufRead};

const FORM: &str = r#"a row is {"id": …, "path": "…", "text": "…"}, with "kind" where it is known"#;

/// A document as it comes in.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// What whoever sent it knows it by: a text or a whole number.
    pub id: Value,
    /// Where it would lie: its ending says how it is read, its folder which settings hold.
    pub path: String,
    /// What it says.
    pub text: String,
    /// What it is for, unless it says so itself.
    pub kind: Option<Kind>,
}

/// A row that is none.
#[derive(Debug)]
pub struct Broken {
    /// What it is known by, as far as that can be made out.
    pub id: Option<Value>,
    /// What is wrong.
    pub problem: AnyProblem,
}

/// A row's keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    id: Value,
    path: String,
    text: String,
    kind: Option<String>,
}

/// Reads a row. `number` is its line, from 1.
pub fn read(number: u64, bytes: &[u8]) -> Result<Row, Box<Broken>> {
    let broken = |code, why: String, help: Option<String>, id| {
        let problem = Problem::new(code, format!("row {number} {why}"));
        let problem = problem.help(help.unwrap_or_else(|| FORM.to_owned()));
        Box::new(Broken { id, problem: problem.into() })
    };
    let object = bytes.trim_ascii_start().first() == Some(&b'{');
    let written: Written = match serde_json::from_slice(bytes) {
        Ok(written) if object => written,
        Ok(_) => return Err(broken("batch::no-row", "is a list, not an object".to_owned(), None, None)),
        Err(error) => {
            let why = error.to_string();
            // Its line is always the first.
            let why = why.rsplit_once(" at line ").map_or(why.as_str(), |(why, _)| why);
            let value: Option<Value> = serde_json::from_slice(bytes).ok();
            let id = value.as_ref().and_then(|value| value.get("id")).filter(|id| is_name(id)).cloned();
            return Err(match error.classify() {
                Category::Data => broken("batch::no-row", format!("is none: {why}"), None, id),
                _ => broken(
                    "batch::no-json",
                    format!("is not JSON: {why}, at byte {}", error.column()),
                    None,
                    id,
                ),
            });
        }
    };
    if !is_name(&written.id) {
        let why = "has an id that is neither a text nor a whole number".to_owned();
        return Err(broken("batch::no-row", why, None, None));
    }
    let kind = match written.kind.as_deref().map(|word| (word, Kind::named(word))) {
        None => None,
        Some((_, Some(kind))) => Some(kind),
        Some((word, None)) => {
            let known = Kind::ALL.map(Kind::word);
            let help = match crate::nearest::nearest(word, known) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("there is {}", crate::problem::listed(&known)),
            };
            let why = format!("names a kind that there is not, `{word}`");
            return Err(broken("batch::unknown-kind", why, Some(help), Some(written.id)));
        }
    };
    Ok(Row { id: written.id, path: written.path, text: written.text, kind })
}

fn is_name(id: &Value) -> bool {
    id.is_string() || id.is_i64() || id.is_u64()
}

/// What came in between two line ends.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// Its bytes, without the line end.
    Whole(Vec<u8>),
    /// More bytes than a row may have; they were passed over.
    TooLong,
}

/// The next line, if there is one. Of one that is longer than `limit` bytes never more than that is held.
pub fn next(input: &mut impl BufRead, limit: usize) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let (mut begun, mut long) = (false, false);
    loop {
        let ready = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ready => ready?,
        };
        if ready.is_empty() {
            break;
        }
        begun = true;
        let end = memchr::memchr(b'\n', ready);
        let part = &ready[..end.unwrap_or(ready.len())];
        long |= line.len() + part.len() > limit;
        if long {
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(begun.then_some(if long { Line::TooLong } else { Line::Whole(line) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_one_by_one_and_long_ones_are_passed_over() {
        let mut input = io::BufReader::with_capacity(3, &b"ab\n\nabcdef\nabcde\nend"[..]);
        let mut lines = Vec::new();
        while let Some(line) = next(&mut input, 5).expect("bytes can be read") {
            lines.push(line);
        }
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        assert_eq!(lines, [whole("ab"), whole(""), Line::TooLong, whole("abcde"), whole("end")]);
    }
}
