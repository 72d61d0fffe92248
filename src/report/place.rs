//! Places as other programs want them: paths from the top of the working tree, lines and columns, URIs.

use crate::finding::{Finding, Level, Related};
use crate::source::{Source, Span};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::path::{Component, Path};

/// What may stand in a segment of a URI's path as it is (RFC 3986, 3.3), but for `:`, which a first segment must not
/// hold, and the signs some programs take for more than themselves.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a span begins and ends as people count: from 1, columns in characters, the end exclusive.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Range {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

impl Range {
    pub fn of(source: &Source, span: Span) -> Self {
        let (start, end) = (source.position(span.start), source.position(span.end));
        Range { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }

    /// Where a finding stands; `None` in a format without lines.
    pub fn of_finding(finding: &Finding) -> Option<Self> {
        finding.place.is_none().then(|| Range::of(&finding.source, finding.span))
    }
}

/// The top of the working tree a call was made in. Programs that read reports know files by their path from there,
/// wherever in the tree the call was made.
#[derive(Clone, Debug, Default)]
pub struct Root {
    /// The folder of the call, with forward slashes.
    here: String,
    /// Folders from the top down to where the call was made.
    down: Vec<String>,
}

impl Root {
    /// The top `top` of a tree, seen from the folder `here` below it.
    pub fn new(top: &Path, here: &Path) -> Root {
        let down = here.strip_prefix(top).unwrap_or(Path::new(""));
        let names = down.components().filter_map(|c| match c {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        });
        Root { here: here.to_string_lossy().replace('\\', "/"), down: names.collect() }
    }

    /// The path of a file from the top; of one outside of it, from the top of the disk.
    pub fn path(&self, name: &str) -> String {
        if is_absolute(name) {
            return name.to_owned();
        }
        let mut path: Vec<&str> = self.down.iter().map(String::as_str).collect();
        for part in name.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    if path.pop().is_none() {
                        return from_the_disk(&self.here, name);
                    }
                }
                part => path.push(part),
            }
        }
        path.join("/")
    }

    /// The file as a URI reference (RFC 3986): relative to the top, or `file:` for one outside of it.
    pub fn uri(&self, name: &str) -> String {
        let path = self.path(name);
        let segments: Vec<_> =
            path.split('/').map(|part| utf8_percent_encode(part, SEGMENT).to_string()).collect();
        let encoded = segments.join("/");
        match (is_absolute(&path), path.starts_with('/')) {
            (false, _) => encoded,
            (true, true) => format!("file://{encoded}"),
            // A drive: `C%3A` is none.
            (true, false) => format!("file:///{}", encoded.replacen("%3A", ":", 1)),
        }
    }
}

/// `name`, relative to `here`, as a path from the top of the disk.
fn from_the_disk(here: &str, name: &str) -> String {
    let mut path: Vec<&str> = here.split('/').collect();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.join("/")
}

fn is_absolute(name: &str) -> bool {
    let drive = name.as_bytes();
    name.starts_with('/') || drive.len() > 2 && drive[0].is_ascii_alphabetic() && &drive[1..3] == b":/"
}

/// A level as linters call it.
pub(super) fn severity(level: Level) -> &'static str {
    match level {
        Level::MustFix => "error",
        Level::ShouldFix => "warning",
        Level::Consider => "note",
    }
}

/// Where a finding stands in a format without lines, put in front of what is said: `4 Arrival › paragraph 12: `.
pub(super) fn lead(finding: &Finding) -> String {
    finding.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default()
}

/// Everything a finding has to say, for formats with one text: what was seen, why it matters, other ways to write it
/// and the line of the policy.
pub(super) fn in_full(finding: &Finding, root: &Root) -> String {
    let mut text = format!("{}{}\n\n{}", lead(finding), finding.message, finding.why);
    for (i, way) in finding.instead.iter().enumerate() {
        text += if i == 0 { "\n\nInstead: " } else { "\nOr: " };
        text += way;
    }
    for related in &finding.related {
        text += &format!("\n\n{}", second(related, root));
    }
    text
}

/// A second place in words: `house.promise:12: hosts decide up to 250 EUR`.
pub(super) fn second(related: &Related, root: &Root) -> String {
    let at = related.source.position(related.span.start);
    format!("{}:{}: {}", root.path(related.source.name()), at.line, related.label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_count_from_the_top_of_the_tree() {
        let root = Root::new(Path::new("/repo"), Path::new("/repo/docs/desk"));
        assert_eq!(root.path("a/b.md"), "docs/desk/a/b.md");
        assert_eq!(root.path("../../read me.md"), "read me.md");
        assert_eq!(root.path("../../../else/x.md"), "/else/x.md");
        assert_eq!(root.path("/far/x.md"), "/far/x.md");
        let top = Root::new(Path::new("/repo"), Path::new("/repo"));
        assert_eq!(top.path("./a.md"), "a.md");
    }

    #[test]
    fn uris_hold_nothing_but_what_they_may() {
        let root = Root::new(Path::new("/repo"), Path::new("/repo"));
        assert_eq!(root.uri("a b/c#d%e?.md"), "a%20b/c%23d%25e%3F.md");
        assert_eq!(root.uri("é:x,y.md"), "%C3%A9%3Ax%2Cy.md");
        assert_eq!(root.uri("/a b/c.md"), "file:///a%20b/c.md");
        assert_eq!(root.uri("C:/a b/c.md"), "file:///C:/a%20b/c.md");
    }
}
