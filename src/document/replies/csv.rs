//! Comma-, semicolon- or tab-separated values → replies. The usual readers give values without their bytes, so the
//! quotes are read here: a field in quotes may hold separators, line ends, and quotes written twice (RFC 4180).

use super::text::{Unit, plain};
use super::{NAMES, Reply, TEXTS, rank};
use std::ops::Range;

/// The replies of an export whose first row names its columns; `None` where no column holds replies.
pub(super) fn replies(source: &str) -> Option<Vec<Reply>> {
    let start = source.len() - source.trim_start_matches('\u{feff}').len();
    let first = source[start..].lines().next().unwrap_or("");
    let count = |sign: char| first.matches(sign).count();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|s| count(*s)).unwrap_or(',');
    let mut rows = Rows { source, at: start, separator: separator as u8 };
    let head = rows.next()?;
    let column = |list: &[&str]| {
        let ranked = head.iter().enumerate().filter_map(|(i, f)| Some((rank(list, &f.text(source))?, i)));
        ranked.min().map(|(_, i)| i)
    };
    let (text, name) = (column(TEXTS)?, column(NAMES));
    let active = head.iter().position(|f| f.text(source).trim().eq_ignore_ascii_case("active"));
    let mut replies = Vec::new();
    for row in rows {
        let off = active.and_then(|a| row.get(a)).map(|f| f.text(source).trim().to_lowercase());
        if off.is_some_and(|v| matches!(v.as_str(), "false" | "no" | "0" | "inactive")) {
            continue;
        }
        let (Some(reply), Some(first), Some(last)) = (row.get(text), row.first(), row.last()) else {
            continue;
        };
        let units = reply.units(source);
        if units.iter().all(|u| u.c.is_whitespace()) {
            continue;
        }
        let name = name.and_then(|n| row.get(n)).map(|f| f.units(source)).unwrap_or_default();
        replies.push(Reply { name, text: units, span: first.whole.start..last.whole.end });
    }
    Some(replies)
}

/// One value.
struct Field {
    whole: Range<usize>,
    /// Without its quotes.
    inner: Range<usize>,
    quoted: bool,
}

impl Field {
    fn units(&self, source: &str) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut open = false;
        for unit in plain(source, self.inner.clone()) {
            match units.last_mut() {
                // The second of two quotes belongs to the first.
                Some(last) if self.quoted && open && unit.c == '"' => {
                    last.at.end = unit.at.end;
                    last.same = false;
                    open = false;
                }
                _ => {
                    open = unit.c == '"';
                    units.push(unit);
                }
            }
        }
        units
    }

    fn text(&self, source: &str) -> String {
        self.units(source).iter().map(|u| u.c).collect()
    }
}

struct Rows<'a> {
    source: &'a str,
    at: usize,
    separator: u8,
}

impl Iterator for Rows<'_> {
    type Item = Vec<Field>;

    fn next(&mut self) -> Option<Vec<Field>> {
        let bytes = self.source.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            let start = self.at;
            let quoted = bytes.get(start) == Some(&b'"');
            let mut inner = start..start;
            if quoted {
                let mut at = start + 1;
                loop {
                    match memchr::memchr(b'"', bytes.get(at..).unwrap_or(&[])) {
                        Some(n) if bytes.get(at + n + 1) == Some(&b'"') => at += n + 2,
                        Some(n) => {
                            inner = start + 1..at + n;
                            break;
                        }
                        // The last quote is missing: the value goes to the end.
                        None => {
                            inner = start + 1..bytes.len();
                            break;
                        }
                    }
                }
                self.at = inner.end + usize::from(inner.end < bytes.len());
            }
            let end = memchr::memchr3(self.separator, b'\n', b'\r', &bytes[self.at..])
                .map_or(bytes.len(), |n| self.at + n);
            if !quoted {
                inner = start..end;
            }
            row.push(Field { whole: start..end, inner, quoted });
            self.at = end + 1;
            match bytes.get(end) {
                Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => {
                    self.at += 1;
                    return Some(row);
                }
                Some(b) if *b == self.separator => {}
                _ => return Some(row),
            }
        }
    }
}
