//! A passage of a file → the few lines around it that a person needs, cut to the width of the terminal.
//!
//! Paragraphs of a playbook are often one line of a thousand characters; miette would print all of it. An excerpt is
//! a small text of its own with the true line numbers, and knows where each of its bytes came from.

use crate::source::{Source, Span};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use unicode_width::UnicodeWidthChar;

/// How many lines of one passage are shown.
const LINES: usize = 4;
/// Fewer columns than this beside a passage leave no room for words.
const ROOM: usize = 28;

/// The lines around some passages, ready to be shown.
#[derive(Debug)]
pub struct Excerpt<'a> {
    source: &'a Source,
    name: String,
    text: String,
    lines: Vec<Line>,
    labels: Vec<LabeledSpan>,
    /// Words that found no room beside their passage.
    homeless: Vec<String>,
}

/// One line of the excerpt.
#[derive(Debug)]
struct Line {
    /// Its number in the source, from 0.
    number: usize,
    /// Where it starts in the excerpt.
    start: usize,
    /// One past its end, the newline included.
    end: usize,
    /// The stretches it is made of.
    pieces: Vec<Piece>,
}

/// A stretch of a source line that was kept.
#[derive(Clone, Copy, Debug)]
struct Piece {
    source: Span,
    /// Where it starts in the excerpt.
    at: usize,
}

impl<'a> Excerpt<'a> {
    /// The excerpt of `source` that shows `passages`, each with a few words, in lines of at most `width` columns. The
    /// first passage is the primary one. `name` is what the source is called there.
    pub fn new(source: &'a Source, name: String, passages: &[(Span, String)], width: usize) -> Self {
        let mut excerpt = Excerpt {
            source,
            name,
            text: String::new(),
            lines: Vec::new(),
            labels: Vec::new(),
            homeless: Vec::new(),
        };
        let shown: Vec<Stretch> =
            passages.iter().enumerate().flat_map(|(i, (span, _))| stretches(source, *span, i)).collect();
        let mut numbers: Vec<usize> = shown.iter().map(|s| s.line).collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            let here: Vec<Span> = shown.iter().filter(|s| s.line == number).map(|s| s.span).collect();
            excerpt.push_line(number, &here, width);
        }
        for stretch in &shown {
            let Some(span) = excerpt.mapped(stretch) else { continue };
            let words = stretch.last.then(|| passages[stretch.passage].1.as_str()).filter(|l| !l.is_empty());
            let label = words.and_then(|words| excerpt.beside(span, words, width));
            let primary = stretch.passage == 0 && stretch.first;
            excerpt.labels.push(match primary {
                true => LabeledSpan::new_primary_with_span(label, span),
                false => LabeledSpan::new_with_span(label, span),
            });
        }
        excerpt
    }

    /// The passages, as places in the excerpt.
    pub fn labels(&self) -> &[LabeledSpan] {
        &self.labels
    }

    /// Words that found no room beside their passage, to be said below.
    pub fn homeless(&self) -> &[String] {
        &self.homeless
    }

    /// Words wrapped so that they fit beside the underline of a passage, where there is room for them.
    fn beside(&mut self, span: SourceSpan, words: &str, width: usize) -> Option<String> {
        let start = self.lines.get(self.line_at(span.offset())).map_or(0, |line| line.start);
        let before = columns(self.text.get(start..span.offset()).unwrap_or(""));
        let under = columns(self.text.get(span.offset()..span.offset() + span.len()).unwrap_or(""));
        // The words hang from the middle of the underline by a hook of four columns.
        let room = width.saturating_sub(before + under / 2 + 4);
        if room < ROOM.min(columns(words)) {
            self.homeless.push(words.to_owned());
            return None;
        }
        let lines = textwrap::wrap(words, textwrap::Options::new(room).break_words(false));
        Some(lines.join("\n"))
    }

    /// Appends a line, cut around the first of the stretches to show.
    fn push_line(&mut self, number: usize, show: &[Span], width: usize) {
        let Some(line) = self.source.line_span(number) else { return };
        let start = self.text.len();
        let mut pieces = Vec::new();
        for (i, kept) in cut(self.source.slice(line), line.start, show[0], width).into_iter().enumerate() {
            match (i, kept.start > line.start) {
                (0, true) => self.text.push_str("… "),
                (0, false) => {}
                _ => self.text.push_str(" … "),
            }
            pieces.push(Piece { source: kept, at: self.text.len() });
            // A control character could move the cursor or change the terminal; one letter stands for one letter.
            self.text.extend(self.source.slice(kept).chars().map(shown));
        }
        if pieces.last().is_some_and(|p| p.source.end < line.end) {
            self.text.push_str(" …");
        }
        self.text.push('\n');
        self.lines.push(Line { number, start, end: self.text.len(), pieces });
    }

    /// Where a stretch of the source stands in the excerpt; `None` where it was cut away.
    fn mapped(&self, stretch: &Stretch) -> Option<SourceSpan> {
        let line = self.lines.iter().find(|l| l.number == stretch.line)?;
        let touched: Vec<&Piece> = line
            .pieces
            .iter()
            .filter(|p| p.source.overlaps(stretch.span) || p.source.contains(stretch.span))
            .collect();
        let (first, last) = (touched.first()?, touched.last()?);
        let start = first.at + self.letters(first, stretch.span.start);
        let end = last.at + self.letters(last, stretch.span.end);
        Some((start, end.saturating_sub(start)).into())
    }

    /// How many bytes of the excerpt a piece takes up to a byte of the source.
    fn letters(&self, piece: &Piece, upto: u32) -> usize {
        let upto = upto.clamp(piece.source.start, piece.source.end);
        let kept = self.source.slice(Span { start: piece.source.start, end: upto });
        kept.chars().map(|c| shown(c).len_utf8()).sum()
    }

    /// Index of the line that holds a byte of the excerpt.
    fn line_at(&self, offset: usize) -> usize {
        self.lines.partition_point(|l| l.end <= offset).min(self.lines.len().saturating_sub(1))
    }

    /// The column (from 0) in the source of a byte of the excerpt.
    fn column(&self, line: &Line, offset: usize) -> usize {
        let Some(piece) = line.pieces.iter().rev().find(|p| p.at <= offset).or(line.pieces.first()) else {
            return 0;
        };
        let letters = self.text.get(piece.at..offset).map_or(0, |t| t.chars().count());
        self.source.position(piece.source.start).column as usize - 1 + letters
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'b>(
        &'b self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'b> + 'b>, MietteError> {
        let (start, end) = (span.offset(), span.offset() + span.len());
        if end > self.text.len() || self.lines.is_empty() {
            return Err(MietteError::OutOfBounds);
        }
        let first = &self.lines[self.line_at(start)];
        let last = &self.lines[self.line_at(if end > start { end - 1 } else { end })];
        // Lines between the two were left out: they cannot be shown as one.
        if last.number - first.number != self.line_at(last.start) - self.line_at(first.start) {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[first.start..last.end],
            (first.start, last.end - first.start).into(),
            first.number,
            self.column(first, start),
            last.number - first.number + 1,
        )))
    }
}

/// The part of a passage that lies in one line.
#[derive(Debug)]
struct Stretch {
    line: usize,
    span: Span,
    /// Which passage, and whether this is its first and its last stretch that is shown.
    passage: usize,
    first: bool,
    last: bool,
}

/// A passage, line by line: the first lines of it, without blank ones.
fn stretches(source: &Source, span: Span, passage: usize) -> Vec<Stretch> {
    let first = source.position(span.start).line as usize - 1;
    let mut out = Vec::new();
    for line in first.. {
        let Some(whole) = source.line_span(line).filter(|l| l.start <= span.end && out.len() < LINES) else {
            break;
        };
        let part = Span { start: whole.start.max(span.start), end: whole.end.min(span.end).max(whole.start) };
        let text = source.slice(part);
        let lead = text.len() - text.trim_start().len();
        let trimmed =
            Span::new(part.start as usize + lead, part.start as usize + text.trim_end().len().max(lead));
        let part = if line == first { Span { start: part.start, ..trimmed.join(part) } } else { trimmed };
        if !part.is_empty() || line == first {
            out.push(Stretch { line, span: part, passage, first: out.is_empty(), last: false });
        }
        if whole.end >= span.end {
            break;
        }
    }
    if let Some(last) = out.last_mut() {
        last.last = true;
    }
    out
}

/// What to keep of a line so that it fits `width` columns and shows `focus`: all of it, a window, or the two ends of
/// the focus. `start` is the line's first byte in the source.
fn cut(line: &str, start: u32, focus: Span, width: usize) -> Vec<Span> {
    let at = |byte: usize| start as usize + byte;
    if line.len() <= width * 4 && columns(line) <= width {
        return vec![Span::new(at(0), at(line.len()))];
    }
    let from = (focus.start.saturating_sub(start) as usize).min(line.len());
    let to = (focus.end.saturating_sub(start) as usize).clamp(from, line.len());
    let room = width.saturating_sub(4).max(8);
    let wide = take_front(&line[from..to], room).len() < to - from;
    if wide {
        let head = whole_words_front(take_front(&line[from..to], (room - 3) * 2 / 3), to - from);
        let tail = take_back(&line[from + head.len()..to], room - 3 - columns(head));
        let tail = whole_words_back(tail, to - from - head.len());
        return vec![Span::new(at(from), at(from + head.len())), Span::new(at(to - tail.len()), at(to))];
    }
    let spare = room - columns(&line[from..to]);
    let right = columns(take_front(&line[to..], spare));
    let before = whole_words_back(take_back(&line[..from], spare - right.min(spare * 2 / 3)), from);
    let left = columns(before);
    let after = whole_words_front(take_front(&line[to..], spare - left), line.len() - to);
    vec![Span::new(at(from - before.len()), at(to + after.len()))]
}

/// The longest beginning that fits.
fn take_front(text: &str, width: usize) -> &str {
    let mut left = width;
    for (at, c) in text.char_indices() {
        match left.checked_sub(column(c)) {
            Some(rest) => left = rest,
            None => return &text[..at],
        }
    }
    text
}

/// The longest end that fits.
fn take_back(text: &str, width: usize) -> &str {
    let mut left = width;
    for (at, c) in text.char_indices().rev() {
        match left.checked_sub(column(c)) {
            Some(rest) => left = rest,
            None => return &text[at + c.len_utf8()..],
        }
    }
    text
}

/// Without the word that was cut in two at the front, where `whole` bytes were there to take.
fn whole_words_back(text: &str, whole: usize) -> &str {
    match text.find(char::is_whitespace) {
        Some(at) if text.len() < whole => text[at..].trim_start(),
        _ => text,
    }
}

/// Without the word that was cut in two at the end.
fn whole_words_front(text: &str, whole: usize) -> &str {
    match text.rfind(char::is_whitespace) {
        Some(at) if text.len() < whole => text[..at].trim_end(),
        _ => text,
    }
}

fn columns(text: &str) -> usize {
    text.chars().map(column).sum()
}

/// Columns of a character; a tab is shown as four.
fn column(c: char) -> usize {
    if c == '\t' { 4 } else { c.width().unwrap_or(1) }
}

/// A character as it is shown.
fn shown(c: char) -> char {
    if c.is_control() && c != '\t' { '\u{fffd}' } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt's text with labels in ⟦ ⟧, and the place in its heading.
    fn excerpt(text: &str, passages: &[&str], width: usize) -> (String, String) {
        let source = Source::new("a.md", text);
        let passages: Vec<_> = passages
            .iter()
            .map(|p| {
                let at = text.find(p).unwrap();
                (Span::new(at, at + p.len()), "label".to_owned())
            })
            .collect();
        let excerpt = Excerpt::new(&source, "a.md".into(), &passages, width);
        let mut marked = excerpt.text.clone();
        let mut labels: Vec<_> = excerpt.labels().to_vec();
        labels.sort_by_key(|l| std::cmp::Reverse(l.offset()));
        for label in labels {
            marked.insert(label.offset() + label.len(), '⟧');
            marked.insert(label.offset(), '⟦');
        }
        let primary = excerpt.labels().iter().find(|l| l.primary()).unwrap();
        let shown = excerpt.read_span(primary.inner(), 0, 0).unwrap();
        (marked, format!("{}:{}", shown.line() + 1, shown.column() + 1))
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        let (text, place) = excerpt("one\nsay the name twice, please\n", &["the name"], 40);
        assert_eq!((text.as_str(), place.as_str()), ("say ⟦the name⟧ twice, please\n", "2:5"));
    }

    #[test]
    fn a_long_line_is_cut_at_words_around_the_passage_and_keeps_its_place() {
        let line = format!("{}say the name twice{}", "left of it ".repeat(30), " right of it".repeat(30));
        let (text, place) = excerpt(&line, &["the name"], 40);
        assert_eq!(text, "… it say ⟦the name⟧ twice right of it …\n");
        assert!(columns(text.trim_end()) - columns("⟦⟧") <= 40, "{text}");
        assert_eq!(place, "1:335");
    }

    #[test]
    fn a_passage_wider_than_the_terminal_shows_both_its_ends() {
        let line = format!("Say {} and smile.", "word ".repeat(60).trim_end());
        let passage = &line[4..line.len() - 11];
        let (text, place) = excerpt(&line, &[passage], 40);
        assert_eq!(text, "… ⟦word word word word … word word⟧ …\n");
        assert_eq!(place, "1:5");
    }

    #[test]
    fn lines_between_passages_are_left_out_and_numbers_stay_true() {
        let text = "a\nfirst here\nb\nc\nsecond here\n";
        let (shown, place) = excerpt(text, &["first", "second"], 40);
        assert_eq!((shown.as_str(), place.as_str()), ("⟦first⟧ here\n⟦second⟧ here\n", "2:1"));
        let (shown, _) = excerpt(text, &["second", "first"], 40);
        assert_eq!(shown, "⟦first⟧ here\n⟦second⟧ here\n");
    }

    #[test]
    fn a_passage_over_many_lines_shows_its_first_ones() {
        let text = "x\n  one\n\ntwo\nthree\nfour\nfive\n";
        let (shown, place) = excerpt(text, &["one\n\ntwo\nthree\nfour\nfive"], 40);
        assert_eq!((shown.as_str(), place.as_str()), ("  ⟦one⟧\n⟦two⟧\n⟦three⟧\n⟦four⟧\n", "2:3"));
    }

    #[test]
    fn control_characters_do_not_reach_the_terminal() {
        let (shown, _) = excerpt("a\u{1b}[31mred\u{7} name\n", &["name"], 40);
        assert_eq!(shown, "a\u{fffd}[31mred\u{fffd} ⟦name⟧\n");
    }

    proptest::proptest! {
        #[test]
        fn every_label_lies_in_the_excerpt(
            text in "(\\PC|\n|\r\n|😀|é|\u{1b}|\t|word ){1,120}",
            from in 0usize..200, len in 0usize..200, width in 1usize..60,
        ) {
            let source = Source::new("a.md", text.clone());
            let from = text.floor_char_boundary(from.min(text.len()));
            let to = text.floor_char_boundary((from + len).min(text.len()));
            let excerpt = Excerpt::new(&source, "a.md".into(), &[(Span::new(from, to), "label".into())], width);
            for label in excerpt.labels() {
                proptest::prop_assert!(excerpt.text.get(label.offset()..label.offset() + label.len()).is_some());
                proptest::prop_assert!(excerpt.read_span(label.inner(), 0, 0).is_ok());
            }
        }
    }
}
