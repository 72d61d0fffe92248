//! A filled-in list → what was decided, or every cell that cannot be understood.
//!
//! Spreadsheets write lists back their own way: with semicolons or tabs between the cells, in the alphabet of Windows,
//! with days as people in that country write them. All of that is read.

use jiff::civil::Date;
use std::collections::HashMap;

/// What somebody decided about a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It will be written anew; until then it is found.
    Rewrite,
    /// It stays tight.
    Keep {
        /// Why.
        because: String,
    },
    /// It is looked at again.
    Later {
        /// On the day after this.
        until: Date,
    },
    /// The finding is wrong.
    Unfair {
        /// What somebody wrote beside it.
        because: Option<String>,
    },
}

/// One row that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The row, from 1, the names of the columns being row 1.
    pub row: u64,
    /// What was decided.
    pub decision: Decision,
}

/// A filled-in list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// What was decided, by the id of the row.
    pub decided: HashMap<String, Answer>,
    /// How many rows are left open.
    pub open: usize,
}

/// A cell, or a list, that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The row, from 1; `None` where the whole list is meant.
    pub row: Option<u64>,
    /// What is wrong.
    pub what: String,
    /// The way out.
    pub help: String,
}

impl Answers {
    /// Reads a list as a spreadsheet saved it.
    ///
    /// # Errors
    /// Everything that cannot be understood, at once.
    pub fn read(bytes: &[u8]) -> Result<Answers, Vec<Mistake>> {
        let text = text(bytes);
        let whole = |what: &str, help: &str| {
            vec![Mistake { row: None, what: what.to_owned(), help: help.to_owned() }]
        };
        if bytes.starts_with(b"PK") {
            return Err(whole("this is a workbook", "save the sheet as CSV and hand that over"));
        }
        let text = text.trim_start_matches('\u{feff}');
        let mut csv =
            csv::ReaderBuilder::new().delimiter(separator(text)).flexible(true).from_reader(text.as_bytes());
        let names = csv.headers().cloned().unwrap_or_default();
        let column = |name: &str| {
            let begins = |cell: &str| cell.trim().to_lowercase().split([' ', ':']).next() == Some(name);
            names.iter().position(begins)
        };
        let (Some(decision), Some(id)) = (column("decision"), column("id")) else {
            let help = "it is the one `loosetight report worklist` writes, with its first row";
            return Err(whole("this list has no column `decision`, or none `id`", help));
        };
        let reason = column("reason");
        let (mut answers, mut mistakes) = (Answers::default(), Vec::new());
        for (n, record) in csv.records().enumerate() {
            let row = n as u64 + 2;
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let help = "save it as CSV again".to_owned();
                    mistakes.push(Mistake { row: Some(row), what: error.to_string(), help });
                    continue;
                }
            };
            let cell = |at: usize| record.get(at).unwrap_or("").trim();
            match understood(cell(decision), reason.map_or("", cell)) {
                Ok(None) if record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(None) => answers.open += 1,
                Ok(Some(_)) if cell(id).is_empty() => mistakes.push(Mistake {
                    row: Some(row),
                    what: "a decision without the id of its row".to_owned(),
                    help: "copy the row from the list as it was written".to_owned(),
                }),
                Ok(Some(decision)) => {
                    let answer = Answer { row, decision };
                    let before = answers.decided.insert(cell(id).to_owned(), answer.clone());
                    if let Some(before) = before.filter(|before| before.decision != answer.decision) {
                        mistakes.push(Mistake {
                            row: Some(row),
                            what: format!("row {} decides the same otherwise", before.row),
                            help: "leave one of them".to_owned(),
                        });
                    }
                }
                Err((what, help)) => mistakes.push(Mistake { row: Some(row), what, help }),
            }
        }
        if mistakes.is_empty() { Ok(answers) } else { Err(mistakes) }
    }
}

/// UTF-8, or what Windows writes where it is none.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(bytes).0,
    }
}

/// What stands between the cells: the sign that is most frequent in the first row, outside of quotation marks.
fn separator(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ => {}
        }
        if let Some((_, n)) = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted) {
            *n += 1;
        }
    }
    counts.iter().rev().max_by_key(|(_, n)| n).map_or(b',', |(sign, _)| *sign)
}

/// What a cell and the one beside it decide; `None` for nothing yet.
fn understood(cell: &str, beside: &str) -> Result<Option<Decision>, (String, String)> {
    let lower = cell.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    let Some(first) = words.next() else {
        return match beside {
            "" => Ok(None),
            _ => Err(("a reason without a decision".to_owned(), CHOICE.to_owned())),
        };
    };
    // What follows the decision in the same cell counts before the cell beside it.
    let after = |word: &str| {
        let at = lower.find(word).map(|at| at + word.len());
        // Lower case may be longer than the text itself; then the cell beside it has to do.
        let rest =
            at.and_then(|at| cell.get(at..)).unwrap_or("").trim_matches([' ', ':', ',', '"', '“', '”']);
        Some(rest).filter(|rest| !rest.is_empty()).or(Some(beside).filter(|b| !b.is_empty()))
    };
    match first {
        "rewrite" => Ok(Some(Decision::Rewrite)),
        "keep" => match after(if lower.contains("because") { "because" } else { "tight" }) {
            Some(because) => Ok(Some(Decision::Keep { because: one_line(because) })),
            None => Err((
                "`keep tight because` says no reason".to_owned(),
                "write it beside the decision".to_owned(),
            )),
        },
        "later" => {
            let said = after(if lower.contains("until") { "until" } else { "later" }).unwrap_or("");
            let help = "a day is written like 2027-03-31".to_owned();
            match day(said) {
                Some(until) => Ok(Some(Decision::Later { until })),
                None if said.is_empty() => Err(("`later until` names no day".to_owned(), help)),
                None => Err((format!("`later until` is followed by `{said}`"), help)),
            }
        }
        "unfair" => Ok(Some(Decision::Unfair { because: after("unfair").map(one_line) })),
        _ => Err((format!("`{cell}` is no decision"), CHOICE.to_owned())),
    }
}

const CHOICE: &str = "it is one of rewrite, keep tight because …, later until …, unfair; or empty";

/// A reason that fits into a comment of one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("--", "–")
}

/// A day: 2027-03-31, 31.03.2027, or with strokes where the order leaves no doubt.
fn day(text: &str) -> Option<Date> {
    let text = text.trim().trim_end_matches('.');
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let sign = ['.', '/', '-'].into_iter().find(|sign| text.contains(*sign))?;
    let parts: Vec<i16> = text.split(sign).map(|part| part.trim().parse().ok()).collect::<Option<_>>()?;
    let (year, month, day) = match (parts.as_slice(), sign) {
        ([year, month, day], _) if *year > 99 => (*year, *month, *day),
        ([day, month, year], '.') => (*year, *month, *day),
        ([first, second, year], _) if *first > 12 => (*year, *second, *first),
        ([first, second, year], _) if *second > 12 || first == second => (*year, *first, *second),
        _ => return None,
    };
    let year = if year < 100 { year + 2000 } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn decided(cell: &str, beside: &str) -> Option<Decision> {
        understood(cell, beside).unwrap()
    }

    #[test]
    fn decisions_are_read_as_people_write_them() {
        let keep = |because: &str| Some(Decision::Keep { because: because.to_owned() });
        assert_eq!(decided("", ""), None);
        assert_eq!(decided("Rewrite!", ""), Some(Decision::Rewrite));
        assert_eq!(decided("keep tight because", "the law"), keep("the law"));
        assert_eq!(decided("Keep tight because: “the law”", ""), keep("the law"));
        assert_eq!(decided("keep tight", "the law\r\nsays -- so"), keep("the law says – so"));
        let later = Some(Decision::Later { until: date(2027, 3, 31) });
        for day in ["2027-03-31", "31.03.2027", "31.3.27", "31/03/2027", "3/31/2027", "2027/3/31"] {
            assert_eq!(decided("later until", day), later, "{day}");
            assert_eq!(decided(&format!("later until {day}"), ""), later, "{day}");
        }
        assert_eq!(decided("unfair", ""), Some(Decision::Unfair { because: None }));
        for (cell, beside) in
            [("keep tight because", ""), ("later", ""), ("later until", "3/4/2027"), ("maybe", ""), ("", "x")]
        {
            assert!(understood(cell, beside).is_err(), "{cell} {beside}");
        }
    }

    #[test]
    fn lists_are_read_as_spreadsheets_write_them() {
        let answer =
            |because: &str| Answer { row: 2, decision: Decision::Keep { because: because.to_owned() } };
        for (bytes, because) in [
            ("\u{feff}decision: a / b,reason or day,id (please)\r\nkeep tight because,\"a, b\",Fa\r\n,,Fb\r\n,,\r\n".as_bytes().to_vec(), "a, b"),
            ("decision;reason;id\nkeep tight because;a;Fa\n;;Fb\n".as_bytes().to_vec(), "a"),
            (b"decision\treason\tid\nkeep tight because\tS\xe4ule\tFa\n\t\tFb\n".to_vec(), "Säule"),
        ] {
            let answers = Answers::read(&bytes).unwrap();
            assert_eq!(answers.decided, HashMap::from([("Fa".to_owned(), answer(because))]));
            assert_eq!(answers.open, 1);
        }
        let mistakes = Answers::read(b"decision,reason,id\nmaybe,,Fa\nrewrite,,\nrewrite,,Fb\nunfair,,Fb\n")
            .unwrap_err();
        assert_eq!(mistakes.iter().map(|m| m.row).collect::<Vec<_>>(), [Some(2), Some(3), Some(5)]);
        assert_eq!(Answers::read(b"a,b\n1,2\n").unwrap_err()[0].row, None);
        assert_eq!(Answers::read(b"PK\x03\x04").unwrap_err()[0].what, "this is a workbook");
    }
}
