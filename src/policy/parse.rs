//! Text of a `.promise` file → a tree of lines and blocks. Reads every text; says nothing about what a line means.

use crate::source::{Source, Span};
use pest::Parser;
use pest::iterators::Pair;
use std::num::NonZeroUsize;
use std::sync::Once;

use self::grammar::{PolicyGrammar, Rule};

/// How deep blocks may nest. The language itself needs five.
pub const DEEPEST: usize = 64;

/// A policy may be at most this many bytes; the longest ones people write are a twentieth of it.
pub const LARGEST: usize = 256 << 10;

/// Steps pest may take over one text, several times what the largest policy needs. Texts built to send it back
/// and forth run into this instead of running for ever. Pest keeps one limit for the whole process.
const STEPS: usize = 20 * LARGEST;

#[allow(missing_docs, reason = "generated")]
mod grammar {
    /// Generated from `grammar/policy.pest`.
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/policy.pest"]
    pub struct PolicyGrammar;
}

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct Tree {
    /// What stands at its top level, in order.
    pub entries: Vec<Entry>,
}

/// One thing in a file or a block.
#[derive(Clone, Debug)]
pub enum Entry {
    /// A line, with its block if it has one.
    Line(Line),
    /// A comment on a line of its own or at the end of one, from its `#`.
    Comment(Span),
    /// A block with no line before it.
    Bare(Block),
    /// A `}` that closes nothing.
    Close(Span),
}

/// A line: items, and perhaps a block.
#[derive(Clone, Debug)]
pub struct Line {
    /// The pieces before the block; never empty.
    pub items: Vec<Item>,
    /// What stands in braces behind them.
    pub block: Option<Block>,
}

impl Line {
    /// From the first to the last item, without the block.
    pub fn head(&self) -> Span {
        let first = self.items.first().map_or(Span::default(), |i| i.span);
        self.items.last().map_or(first, |i| first.join(i.span))
    }

    /// Items and block.
    pub fn span(&self) -> Span {
        self.block.as_ref().map_or(self.head(), |b| self.head().join(b.span))
    }
}

/// What stands between braces.
#[derive(Clone, Debug)]
pub struct Block {
    /// The opening brace.
    pub open: Span,
    /// The closing brace, where there is one.
    pub close: Option<Span>,
    /// From brace to brace.
    pub span: Span,
    /// What stands between them, in order.
    pub entries: Vec<Entry>,
}

/// One piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it looks like.
    pub kind: ItemKind,
    /// Where it stands; of a quotation, with its marks.
    pub span: Span,
}

/// What a piece of a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A word of the language, a name, or any other word.
    Word,
    /// Something that looks like a date.
    Date,
    /// Anything else that begins with a digit, a sign or a currency.
    Figure,
    /// Prose.
    Quotation {
        /// The bytes between the marks.
        inner: Span,
        /// Whether there is a mark at the end.
        closed: bool,
    },
    /// A comma.
    Comma,
    /// A comment behind a comma.
    Comment,
    /// A character that means nothing here.
    Odd,
    /// `// …`.
    Slashes,
}

/// Why a text was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// Blocks nest deeper than [`DEEPEST`]; the brace that goes too far.
    TooDeep(Span),
    /// Reading it would take too many steps.
    TooTangled,
    /// It is longer than [`LARGEST`].
    TooLarge,
}

/// Reads a text.
///
/// # Errors
/// Only where the text is too large, nested too deep, or built to be read back and forth without end.
pub fn parse(source: &Source) -> Result<Tree, Unread> {
    static LIMIT: Once = Once::new();
    LIMIT.call_once(|| pest::set_call_limit(NonZeroUsize::new(STEPS)));
    let text = source.text();
    if text.len() > LARGEST {
        return Err(Unread::TooLarge);
    }
    check_depth(text)?;
    let file = PolicyGrammar::parse(Rule::file, text).map_err(|_| Unread::TooTangled)?;
    // Closing braces in quotations may have hidden opening ones from the first count. Pest looks after its own stack;
    // what comes after it goes no deeper than this.
    exact_depth(file.clone().flatten())?;
    Ok(Tree { entries: file.flat_map(Pair::into_inner).filter_map(entry).collect() })
}

/// Counts braces before anything recurses, so that the parser proper never goes deeper than it should. Braces in
/// quotations are counted as well at first; only where that makes too many is the text read in earnest, piece by
/// piece and without nesting.
fn check_depth(text: &str) -> Result<(), Unread> {
    let mut deepest = 0_usize;
    let mut depth = 0_usize;
    for brace in text.bytes() {
        match brace {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest <= DEEPEST {
        return Ok(());
    }
    let pieces = PolicyGrammar::parse(Rule::braces, text).map_err(|_| Unread::TooTangled)?;
    exact_depth(pieces.flat_map(Pair::into_inner))
}

/// Counts the braces among the pieces of a text, one after the other.
fn exact_depth<'t>(pieces: impl Iterator<Item = Pair<'t, Rule>>) -> Result<(), Unread> {
    let mut depth = 0_usize;
    for piece in pieces {
        match piece.as_rule() {
            Rule::open => depth += 1,
            Rule::close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Unread::TooDeep(span(&piece)));
        }
    }
    Ok(())
}

/// Whether a text begins as a line of the policy does.
pub(super) fn begins_a_line(text: &str) -> bool {
    PolicyGrammar::parse(Rule::begins, text).is_ok()
}

fn span(pair: &Pair<Rule>) -> Span {
    let s = pair.as_span();
    Span::new(s.start(), s.end())
}

fn entry(pair: Pair<Rule>) -> Option<Entry> {
    let at = span(&pair);
    Some(match pair.as_rule() {
        Rule::statement => Entry::Line(line(pair)),
        Rule::comment => Entry::Comment(trimmed(&pair)),
        Rule::bare_block => Entry::Bare(pair.into_inner().next().map(block)?),
        Rule::stray_close => Entry::Close(at),
        _ => return None,
    })
}

fn line(pair: Pair<Rule>) -> Line {
    let mut line = Line { items: Vec::new(), block: None };
    for piece in pair.into_inner() {
        let at = span(&piece);
        let kind = match piece.as_rule() {
            Rule::block => {
                line.block = Some(block(piece));
                continue;
            }
            Rule::word => ItemKind::Word,
            Rule::date => ItemKind::Date,
            Rule::figure => ItemKind::Figure,
            Rule::comma => ItemKind::Comma,
            Rule::slashes => ItemKind::Slashes,
            Rule::quotation => quotation(piece),
            Rule::continued => {
                let comma = Span { start: at.start, end: at.start + 1 };
                line.items.push(Item { kind: ItemKind::Comma, span: comma });
                let comments = piece.into_inner().filter(|c| c.as_rule() == Rule::comment);
                line.items.extend(comments.map(|c| Item { kind: ItemKind::Comment, span: trimmed(&c) }));
                continue;
            }
            _ => ItemKind::Odd,
        };
        line.items.push(Item { kind, span: at });
    }
    line
}

fn quotation(pair: Pair<Rule>) -> ItemKind {
    let whole = span(&pair);
    match pair.into_inner().next() {
        Some(inner) => ItemKind::Quotation { inner: span(&inner), closed: inner.as_rule() != Rule::unclosed },
        None => ItemKind::Quotation { inner: whole, closed: false },
    }
}

fn block(pair: Pair<Rule>) -> Block {
    let whole = span(&pair);
    let mut block = Block { open: whole, close: None, span: whole, entries: Vec::new() };
    for piece in pair.into_inner() {
        match piece.as_rule() {
            Rule::open => block.open = span(&piece),
            Rule::close => block.close = Some(span(&piece)),
            _ => block.entries.extend(entry(piece)),
        }
    }
    block
}

/// A comment without the white space at its end.
fn trimmed(pair: &Pair<Rule>) -> Span {
    let at = span(pair);
    Span::new(at.start as usize, at.start as usize + pair.as_str().trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree in one line: items between blanks, blocks in braces, `/` between lines.
    fn shown(text: &str) -> String {
        let source = Source::new("x", text);
        let tree = parse(&source).unwrap();
        let mut out = String::new();
        show(&source, &tree.entries, &mut out);
        out
    }

    fn show(source: &Source, entries: &[Entry], out: &mut String) {
        for (i, entry) in entries.iter().enumerate() {
            if i > 0 {
                out.push_str(" / ");
            }
            match entry {
                Entry::Comment(at) => out.push_str(source.slice(*at)),
                Entry::Close(_) => out.push('}'),
                Entry::Bare(block) => show_block(source, block, out),
                Entry::Line(line) => {
                    let items: Vec<String> = line.items.iter().map(|i| item(source, i)).collect();
                    out.push_str(&items.join(" "));
                    if let Some(block) = &line.block {
                        out.push(' ');
                        show_block(source, block, out);
                    }
                }
            }
        }
    }

    fn show_block(source: &Source, block: &Block, out: &mut String) {
        out.push('{');
        show(source, &block.entries, out);
        out.push_str(if block.close.is_some() { "}" } else { "<" });
    }

    fn item(source: &Source, item: &Item) -> String {
        let text = source.slice(item.span);
        match item.kind {
            ItemKind::Quotation { inner, closed } => {
                format!("[{}{}", source.slice(inner).replace('\n', "~"), if closed { "]" } else { "<" })
            }
            ItemKind::Date => format!("d:{text}"),
            ItemKind::Figure => format!("f:{text}"),
            ItemKind::Odd | ItemKind::Slashes => format!("?{text}"),
            _ => text.to_owned(),
        }
    }

    #[test]
    fn lines_blocks_and_their_pieces() {
        assert_eq!(
            shown("\u{feff}brand \"A\" { # why\r\n  promise “B” # so\r\n\tfor \"C\"\n}\n"),
            "brand [A] {# why / promise [B] / # so / for [C]}"
        );
        assert_eq!(shown("tight\n{\n}"), "tight {}");
        assert_eq!(shown("a { b c\u{a0}d } e"), "a {b c d} / e");
        assert_eq!(shown("at a,\n  # which\n\n  b, c\nlive"), "at a , # which b , c / live");
        assert_eq!(shown("at a,\nserves b"), "at a , / serves b");
        assert_eq!(shown("at a,\n}"), "at a , / }");
    }

    #[test]
    fn figures_and_dates() {
        assert_eq!(shown("x 2026-09-14, 14.9.2026"), "x d:2026-09-14 , d:14.9.2026");
        assert_eq!(
            shown("x 250€ € 250, €250 1,000.50 85% 85 % -10 1\u{a0}000 23:00 6 of 7"),
            "x f:250€ f:€ 250 , f:€250 f:1,000.50 f:85% f:85 % f:-10 f:1\u{a0}000 f:23:00 f:6 of f:7"
        );
        assert_eq!(shown("x made-right 24-hours a_b l'été"), "x made-right f:24-hours a_b l'été");
    }

    #[test]
    fn quotations_of_every_make() {
        assert_eq!(shown(r#"x "say \"hi\" now" "b""#), r#"x [say \"hi\" now] [b]"#);
        assert_eq!(shown("x “a \"b\" c” „d“ «e» “f\" "), "x [a \"b\" c] [d] [e] [f]");
        assert_eq!(shown("x \"two\nlines, { and # all\" y"), "x [two~lines, { and # all] y");
        assert_eq!(shown("x \"a\nat the door\nwe\" y"), "x [a~at the door~we] y");
        assert_eq!(shown("x \"a\nat reception\nwe\" y"), "x [a~at reception~we] y");
        assert_eq!(shown("x \"a\nfor “them”\nwe\" y"), "x [a~for “them”~we] y");
    }

    #[test]
    fn a_quotation_that_is_never_closed_ends_before_the_next_line_of_the_policy() {
        assert_eq!(
            shown("promise \"a\n  b\n  for \"c\"\nowner \"d\""),
            "promise [a~  b< / for [c] / owner [d]"
        );
        assert_eq!(shown("promise “a\n  for “c”"), "promise [a< / for [c]");
        assert_eq!(shown("outcome x \"y {\n at z\n feels \"w\"\n}"), "outcome x [y< {at z / feels [w]}");
        assert_eq!(shown("a {\n hire \"b\n}\n"), "a {hire [b<}");
        assert_eq!(
            shown("tight {\n at x\n covers \"b\n\n}\nloose {\n}"),
            "tight {at x / covers [b<} / loose {}"
        );
        assert_eq!(shown("promise \"a\nat booking, arrival\n"), "promise [a< / at booking , arrival");
        assert_eq!(shown("x \"\n"), "x [<");
    }

    #[test]
    fn a_text_built_to_be_read_back_and_forth_stops() {
        let text = "“\nat a\n".repeat(20_000);
        assert_eq!(parse(&Source::new("x", text)).unwrap_err(), Unread::TooTangled);
    }

    #[test]
    fn a_policy_as_large_as_they_may_be_is_read() {
        let block =
            "outcome a \"Guests feel at home,\n   and are\" {\n  at b, c\n  feels \"known\" # so\n}\n";
        let text = block.repeat(LARGEST / block.len());
        assert_eq!(parse(&Source::new("x", text)).unwrap().entries.len(), LARGEST / block.len());
        assert_eq!(parse(&Source::new("x", " ".repeat(LARGEST + 1))).unwrap_err(), Unread::TooLarge);
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        for n in [65, 10_000, 100_000] {
            let text = "a{".repeat(n);
            let got = parse(&Source::new("x", text)).unwrap_err();
            let brace = "a{".len() * 65 - 1;
            assert_eq!(got, Unread::TooDeep(Span::new(brace, brace + 1)), "{n}");
            assert!(matches!(parse(&Source::new("x", "{".repeat(n))), Err(Unread::TooDeep(_))));
            assert!(parse(&Source::new("x", "}".repeat(n))).is_ok());
        }
        assert!(parse(&Source::new("x", "a {".repeat(64))).is_ok());
        // Braces in quotations neither hide depth nor make it.
        for n in [65, 2_000, 20_000] {
            assert!(parse(&Source::new("x", "a \"}\" {".repeat(n))).is_err(), "{n}");
        }
        assert!(parse(&Source::new("x", "a \"{\"\n".repeat(1_000))).is_ok());
    }
}
