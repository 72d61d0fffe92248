//! MDX → Markdown of the same length: statements and comments of its programming language become spaces.

use std::ops::Range;

/// The text without `import` and `export` statements and without `{/* … */}`; and where those comments stand.
pub(super) fn masked(text: &str) -> (String, Vec<Range<usize>>) {
    let mut bytes = text.as_bytes().to_vec();
    let mut comments = Vec::new();
    let blank = |bytes: &mut [u8], at: Range<usize>| {
        for b in &mut bytes[at] {
            if !matches!(b, b'\n' | b'\r') {
                *b = b' ';
            }
        }
    };
    let (mut at, mut fence, mut statement, mut fresh) = (0, false, false, true);
    let mut done = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        let words = line.trim();
        if words.starts_with("```") || words.starts_with("~~~") {
            fence = !fence;
        }
        if words.is_empty() {
            (statement, fresh) = (false, true);
            continue;
        }
        if fence {
            continue;
        }
        statement = statement || (fresh && is_statement(line));
        fresh = statement;
        if statement {
            blank(&mut bytes, range);
            continue;
        }
        let mut from = range.start.max(done);
        while let Some(n) = text.get(from..range.end).and_then(|t| t.find("{/*")) {
            let start = from + n;
            let Some(len) = text[start..].find("*/}") else { break };
            from = start + len + 3;
            done = from;
            comments.push(start..from);
            blank(&mut bytes, start..from);
        }
    }
    // Whole characters became spaces, so this is text.
    (String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned()), comments)
}

/// Whether a line begins a statement rather than a sentence about imports.
fn is_statement(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import ") {
        return rest.contains(['\'', '"', '{']);
    }
    let Some(rest) = line.strip_prefix("export ") else { return false };
    let word = rest.split([' ', '{', '*', '(']).next().unwrap_or("");
    word.is_empty() || matches!(word, "const" | "let" | "var" | "default" | "function" | "class" | "async")
}
