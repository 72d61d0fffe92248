//! Fenced text → prose, line by line, or a program that is kept for its place and never read.
//!
//! Reply templates and scripts for people stand in fences as often as shell commands do. The info string decides
//! where it names a language; otherwise what stands inside does.

use crate::document::builder::Builder;
use crate::document::{BlockKind, Fence, dialect, html};
use crate::source::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Info words that promise prose.
const PROSE: &[&str] = &[
    "",
    "text",
    "txt",
    "plain",
    "plaintext",
    "md",
    "markdown",
    "mdx",
    "email",
    "eml",
    "mail",
    "quote",
    "template",
    "reply",
    "message",
    "sms",
    "chat",
    "none",
];

/// Info words that name a program, a format of data or a log.
const PROGRAM: &[&str] = &[
    "bash",
    "sh",
    "shell",
    "zsh",
    "fish",
    "console",
    "terminal",
    "cmd",
    "bat",
    "powershell",
    "ps1",
    "python",
    "py",
    "rust",
    "rs",
    "c",
    "cpp",
    "c++",
    "h",
    "cs",
    "csharp",
    "java",
    "kotlin",
    "kt",
    "scala",
    "go",
    "golang",
    "js",
    "javascript",
    "jsx",
    "ts",
    "typescript",
    "tsx",
    "json",
    "json5",
    "jsonc",
    "yaml",
    "yml",
    "toml",
    "ini",
    "conf",
    "config",
    "cfg",
    "env",
    "dotenv",
    "properties",
    "xml",
    "html",
    "css",
    "scss",
    "sass",
    "less",
    "sql",
    "graphql",
    "gql",
    "php",
    "rb",
    "ruby",
    "perl",
    "pl",
    "lua",
    "r",
    "matlab",
    "swift",
    "objc",
    "dart",
    "elixir",
    "ex",
    "erlang",
    "haskell",
    "hs",
    "clojure",
    "clj",
    "lisp",
    "scheme",
    "ocaml",
    "nim",
    "zig",
    "docker",
    "dockerfile",
    "makefile",
    "make",
    "cmake",
    "nginx",
    "apache",
    "diff",
    "patch",
    "log",
    "logs",
    "http",
    "curl",
    "regex",
    "hcl",
    "terraform",
    "tf",
    "proto",
    "protobuf",
    "mermaid",
    "plantuml",
    "puml",
    "dot",
    "graphviz",
    "csv",
    "tsv",
    "latex",
    "tex",
    "vim",
    "viml",
    "asm",
    "liquid",
    "handlebars",
    "hbs",
    "jinja",
    "jinja2",
    "erb",
    "vue",
    "svelte",
    "astro",
    "groovy",
    "gradle",
    "promql",
    "spl",
    "kql",
    "bibtex",
    "math",
    "svg",
];

/// Reads one fenced or indented text. `pieces` are the stretches of the source that are its content, prefixes of
/// quotes and tags left out; `info` is where its info string stands; `html`: entities stand for letters, `<br>` for
/// a line's end.
pub(crate) fn read(
    b: &mut Builder,
    source: &str,
    info: Span,
    span: Span,
    pieces: &[Range<usize>],
    quoted: u8,
    html: bool,
) {
    b.end();
    let first = b.count();
    let fence = u32::try_from(b.fences.len()).unwrap_or(u32::MAX);
    b.fences.push(Fence { blocks: first..first, info, span });
    let word = source.get(info.range()).unwrap_or("");
    let content = Content::new(source, pieces, html);
    if is_prose(word, (0..content.lines.len()).map(|line| content.text(line))) {
        prose(b, &content, fence, quoted);
    } else {
        b.begin(BlockKind::Code, quoted, span.start as usize);
        b.cover(span);
        b.end();
    }
    let last = b.count();
    if let Some(f) = b.fences.last_mut() {
        f.blocks.end = last;
    }
}

/// Fenced text cut into lines; a line may consist of several stretches of the source.
struct Content<'a> {
    source: &'a str,
    html: bool,
    stretches: Vec<Range<usize>>,
    /// Each line's stretches.
    lines: Vec<Range<usize>>,
}

impl<'a> Content<'a> {
    fn new(source: &'a str, pieces: &[Range<usize>], html: bool) -> Self {
        let mut c = Content { source, html, stretches: Vec::new(), lines: Vec::new() };
        let mut open = 0;
        for piece in pieces {
            let text = &source[piece.clone()];
            if html && text.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) {
                open = c.end_line(open);
                continue;
            }
            let mut at = piece.start;
            for line in text.split_inclusive(['\n', '\r']) {
                let end = at + line.trim_end_matches(['\n', '\r']).len();
                c.stretches.push(at..end);
                at += line.len();
                // The `\n` of `\r\n` ends no line of its own.
                if end < at && !(line.ends_with('\r') && source[at..piece.end].starts_with('\n')) {
                    open = c.end_line(open);
                }
            }
        }
        c.end_line(open);
        c
    }

    /// Ends the line that began with stretch `open`; gives where the next begins.
    fn end_line(&mut self, open: usize) -> usize {
        self.lines.push(open..self.stretches.len());
        self.stretches.len()
    }

    /// The text of a line without the white space around it.
    fn text(&self, line: usize) -> Cow<'a, str> {
        let stretches = &self.stretches[self.lines[line].clone()];
        match stretches {
            [] => Cow::Borrowed(""),
            [one] if !self.html => Cow::Borrowed(self.source[one.clone()].trim()),
            many => {
                let text: String = many.iter().map(|s| &self.source[s.clone()]).collect();
                let text = if self.html { html::plain(&text) } else { text };
                Cow::Owned(text.trim().to_owned())
            }
        }
    }

    /// First and last byte of a line, the white space around it left out.
    fn place(&self, line: usize) -> Range<usize> {
        let stretches = &self.stretches[self.lines[line].clone()];
        let words = |s: &&Range<usize>| !self.source[(*s).clone()].trim().is_empty();
        let start = stretches.iter().find(words).map_or(0, |s| {
            let text = &self.source[s.clone()];
            s.end - text.trim_start().len()
        });
        let end = stretches
            .iter()
            .rev()
            .find(words)
            .map_or(start, |s| s.start + self.source[s.clone()].trim_end().len());
        start..end.max(start)
    }

    /// Writes a line, the first `skip` bytes of its text left out.
    fn write(&self, b: &mut Builder, line: usize, skip: usize) {
        let place = self.place(line);
        let start = place.start + skip;
        for s in &self.stretches[self.lines[line].clone()] {
            let at = s.start.max(start)..s.end.min(place.end);
            if at.start >= at.end || !self.source.is_char_boundary(at.start) {
                continue;
            }
            if self.html { html::write(b, self.source, at) } else { b.copy(at) }
        }
    }
}

/// Whether fenced text with this info string and these lines is written for people.
pub(crate) fn is_prose<T: AsRef<str>>(info: &str, lines: impl Iterator<Item = T>) -> bool {
    let word =
        info.trim_start_matches(['{', '.']).split([' ', ',', '{', '}', ':', '\t']).next().unwrap_or("");
    let known = |list: &[&str]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    if known(PROGRAM) {
        return false;
    }
    let promised = !word.is_empty() && known(PROSE);
    let (mut prose, mut program) = (0_usize, 0_usize);
    for line in lines.take(200) {
        let line = line.as_ref().trim();
        match kind_of_line(line) {
            LineKind::Prose => prose += line.len(),
            LineKind::Program => program += line.len(),
            LineKind::Either => {}
        }
    }
    if promised { prose > 0 && prose >= program } else { prose > 0 && prose > 2 * program }
}

/// What one line tells.
#[derive(Debug, PartialEq, Eq)]
enum LineKind {
    Prose,
    Program,
    Either,
}

/// Signs that hardly occur in what people are to say or read.
const TELLS: &[&str] = &[
    "();",
    "=>",
    "==",
    "&&",
    "||",
    "::",
    "->",
    "{%",
    "</",
    "/>",
    "\\n",
    "+=",
    "!=",
    "$(",
    "${",
    " --",
    "[INFO]",
    "[ERROR]",
    "[WARN",
    "[DEBUG",
    "├──",
    "└──",
    "://localhost",
];

fn kind_of_line(line: &str) -> LineKind {
    if line.is_empty() {
        return LineKind::Either;
    }
    let first = line.as_bytes()[0];
    let last = line.as_bytes()[line.len() - 1];
    let starts = |p: &str| line.starts_with(p);
    if starts("$ ")
        || starts("//")
        || starts("/*")
        || starts("#!")
        || starts("> ./")
        || starts("./")
        || starts("<?")
    {
        return LineKind::Program;
    }
    if (matches!(last, b'{' | b'}' | b';') && !line.ends_with("}}")) || TELLS.iter().any(|t| line.contains(t))
    {
        return LineKind::Program;
    }
    if line.len() > 16
        && line.as_bytes()[..10].iter().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b':'))
    {
        return LineKind::Program;
    }
    let (mut words, mut others) = (0_usize, 0_usize);
    for token in line.split_whitespace() {
        if is_word(token) { words += 1 } else { others += 1 }
    }
    let capital = line.trim_start_matches(['"', '“', '‘', '\'', '*', '-', '>', '_', ' ', '(']).starts_with(
        |c: char| {
            c.is_uppercase() || matches!(c, '[' | '{' | '<') || (c.is_alphabetic() && !c.is_lowercase())
        },
    );
    let sentence =
        matches!(last, b'.' | b'?' | b'!' | b',' | b'"' | b'\'') || line.ends_with(['”', '’', '…']);
    if words >= 3 && words >= 3 * others && (sentence || words >= 6) && (capital || words >= 6) {
        return LineKind::Prose;
    }
    // "Dear [Name]," and "Hi there!" open a letter.
    if capital && sentence && words >= 1 && others == 0 && words <= 4 {
        return LineKind::Prose;
    }
    if words >= 4 && others == 0 && capital {
        return LineKind::Prose;
    }
    if others > words || (words <= 2 && others > 0) || matches!(first, b'{' | b'}' | b'@' | b'<') {
        return LineKind::Program;
    }
    LineKind::Either
}

/// Whether a token is a word of a sentence: letters, with the punctuation of prose around and apostrophes or
/// hyphens inside; a placeholder; a plain number.
fn is_word(token: &str) -> bool {
    let edge =
        ['"', '“', '”', '‘', '’', '\'', '(', ')', ',', '.', '!', '?', ':', ';', '…', '*', '_', '–', '—'];
    let token = token.trim_matches(edge);
    if token.is_empty() {
        return true;
    }
    let placeholder = |open: char, close: char| token.starts_with(open) || token.ends_with(close);
    if placeholder('[', ']') || placeholder('{', '}') || (token.starts_with('<') && token.ends_with('>')) {
        return !token.contains("()") && !token.contains('"') && !token.contains('=');
    }
    token.chars().all(|c| {
        c.is_alphanumeric() || matches!(c, '\'' | '’' | '-' | '/' | '&' | '%' | '€' | '$' | '£' | ',')
    }) && !token.starts_with(['-', '/', '$'])
        || token.starts_with("http")
        || token.chars().all(|c| !c.is_ascii())
}

/// Prose line by line; lines that clearly go on with the sentence of the one before join it.
fn prose(b: &mut Builder, content: &Content, fence: u32, quoted: u8) {
    let mut last: Option<(Cow<str>, usize)> = None;
    for line in 0..content.lines.len() {
        let text = content.text(line);
        if text.is_empty() {
            b.end();
            last = None;
            continue;
        }
        let place = content.place(line);
        let before = last.as_ref().filter(|(l, _)| goes_on(l, &text)).map(|(_, end)| *end);
        match before {
            Some(end) => {
                b.space(end..place.start, false);
                content.write(b, line, 0);
            }
            None => {
                b.begin(BlockKind::Fence { fence }, quoted, place.start);
                content.write(b, line, marker(&text));
            }
        }
        last = Some((text, place.end));
    }
    b.end();
}

/// How many bytes of a line are a list sign, a heading sign or a quote sign.
fn marker(line: &str) -> usize {
    let rest = line.trim_start_matches(['#', '>']);
    let rest = if rest.len() < line.len() && !rest.starts_with(' ') { line } else { rest.trim_start() };
    let rest = rest
        .strip_prefix("- ")
        .or_else(|| rest.strip_prefix("* "))
        .or_else(|| rest.strip_prefix("+ "))
        .unwrap_or(rest)
        .trim_start();
    match dialect::opening(rest, true) {
        Some(dialect::Opening::Bullet { skip, .. } | dialect::Opening::Number { skip, .. }) => {
            line.len() - rest.len() + skip
        }
        _ => line.len() - rest.len(),
    }
}

/// Whether `next` goes on with the sentence that `line` left open when the author's editor wrapped it.
fn goes_on(line: &str, next: &str) -> bool {
    let open = !line.ends_with([',', ':', ';', '|']) && !dialect::ends_thought(line);
    let lower = next.starts_with(|c: char| c.is_lowercase());
    let starts = next.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '"' | '“' | '[' | '{'));
    let comma = line.ends_with(',') && line.len() >= 50 && lower;
    comma || (open && ((lower && line.len() >= 30) || (starts && line.len() >= 60 && marker(next) == 0)))
}
