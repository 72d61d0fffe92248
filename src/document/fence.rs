//! Fenced text → prose, line by line, or a program that is kept for its place and never read.
//!
//! Reply templates and scripts for people stand in fences as often as shell commands do. The info string decides
//! where it names a language; otherwise what stands inside does.

use crate::document::builder::Builder;
use crate::document::{BlockKind, Fence, dialect};
use crate::source::Span;
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

/// Reads one fenced or indented text. `lines` are the stretches of the source that are its content, prefixes of
/// quotes left out; `info` is where its info string stands.
pub(crate) fn read(
    b: &mut Builder,
    source: &str,
    info: Span,
    span: Span,
    lines: &[Range<usize>],
    quoted: u8,
) {
    b.end();
    let first = b.count();
    let fence = u32::try_from(b.fences.len()).unwrap_or(u32::MAX);
    b.fences.push(Fence { blocks: first..first, info, span });
    let word = source.get(info.range()).unwrap_or("");
    if is_prose(word, lines.iter().flat_map(|r| source[r.clone()].lines())) {
        prose(b, source, fence, lines, quoted);
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

/// Whether fenced text with this info string and these lines is written for people.
pub(crate) fn is_prose<'a>(info: &str, lines: impl Iterator<Item = &'a str>) -> bool {
    let word =
        info.trim_start_matches(['{', '.']).split([' ', ',', '{', '}', ':', '\t']).next().unwrap_or("");
    let known = |list: &[&str]| list.iter().any(|w| w.eq_ignore_ascii_case(word));
    if known(PROGRAM) {
        return false;
    }
    let promised = !word.is_empty() && known(PROSE);
    let (mut prose, mut program) = (0_usize, 0_usize);
    for line in lines.take(200) {
        let line = line.trim();
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
fn prose(b: &mut Builder, source: &str, fence: u32, lines: &[Range<usize>], quoted: u8) {
    let mut last: Option<Range<usize>> = None;
    for chunk in lines {
        let mut at = chunk.start;
        for whole in source[chunk.clone()].split_inclusive('\n') {
            let start = at + (whole.len() - whole.trim_start().len());
            at += whole.len();
            let line = whole.trim();
            if line.is_empty() {
                b.end();
                last = None;
                continue;
            }
            let joins = last.as_ref().is_some_and(|l| goes_on(&source[l.clone()], line));
            let skip = if joins { 0 } else { marker(line) };
            if joins {
                b.space(last.as_ref().map_or(start, |l| l.end)..start, false);
            } else {
                b.begin(BlockKind::Fence { fence }, quoted, start);
            }
            b.copy(start + skip..start + line.len());
            last = Some(start..start + line.len());
        }
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
