//! The pieces of a line → what its word takes: names, quotations, lists, words to choose from.

use super::check::{Around, Checker};
use super::clause::{Arg, Clause};
use super::figures;
use super::words;
use crate::policy::error::Mistake;
use crate::policy::model::{Name, Text};
use crate::policy::parse::{Item, ItemKind};
use crate::policy::vocabulary::{self, Shape, Takes, Word};
use crate::source::Span;

/// Where one is in a line.
pub(super) struct Cursor {
    items: Vec<Item>,
    at: usize,
    /// Whether something about this line has been reported that makes the rest of it a guess.
    pub quiet: bool,
}

impl Cursor {
    /// At the beginning of a line; what means nothing is left out.
    pub fn new(items: &[Item]) -> Self {
        let means = |i: &&Item| !matches!(i.kind, ItemKind::Comment | ItemKind::Odd | ItemKind::Slashes);
        Cursor { items: items.iter().filter(means).copied().collect(), at: 0, quiet: false }
    }

    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter()
    }

    pub fn peek(&self) -> Option<Item> {
        self.items.get(self.at).copied()
    }

    /// The item `n` places on.
    pub fn look(&self, n: usize) -> Option<Item> {
        self.items.get(self.at + n).copied()
    }

    pub fn position(&self) -> usize {
        self.at
    }

    pub fn back_to(&mut self, position: usize) {
        self.at = position;
    }

    pub fn skip(&mut self, n: usize) {
        self.at = (self.at + n).min(self.items.len());
    }

    pub fn read(&mut self) -> Option<Item> {
        let item = self.peek()?;
        self.at += 1;
        Some(item)
    }

    /// The words that come next, before anything that is no word.
    pub fn leading_words(&self) -> impl Iterator<Item = &Item> {
        self.items[self.at..].iter().take_while(|i| i.kind == ItemKind::Word)
    }

    /// The place of the next `n` items.
    pub fn span_of(&self, n: usize) -> Span {
        let items = &self.items[self.at..(self.at + n).min(self.items.len())];
        items.iter().map(|i| i.span).reduce(Span::join).unwrap_or_default()
    }

    /// The place of what was read since `from`.
    fn span_since(&self, from: usize) -> Span {
        let items = &self.items[from.min(self.at)..self.at];
        items.iter().map(|i| i.span).reduce(Span::join).unwrap_or_default()
    }
}

impl Checker<'_> {
    /// Reads what a word takes, and the words that follow on its line. The word itself has been read. `outer` are
    /// the words of the line it stands in, which may go on behind it.
    pub(super) fn clause(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &mut Vec<&'static Word>,
    ) -> Clause {
        let phrase_words = word.phrase.split(' ').count();
        let from = cur.at.saturating_sub(phrase_words);
        outer.push(word);
        let args = word.takes.iter().map(|&takes| self.take(cur, word, takes, outer)).collect();
        let mut inner = Vec::new();
        if word.shape == Shape::Line {
            while let Some((next, n)) = self.follows(cur, word, outer) {
                cur.skip(n);
                inner.push(self.clause(cur, next, outer));
            }
        }
        outer.pop();
        if !outer.is_empty() {
            self.check_repeats(&inner, word);
        }
        let head = self.place(cur.span_since(from));
        Clause { word, args, inner, head, place: head, guessed: false }
    }

    /// The word that follows inside a line. A misspelt one is reported and taken as it was meant.
    fn follows(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &[&Word],
    ) -> Option<(&'static Word, usize)> {
        let texts = self.leading(cur);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let texts = texts.as_slice();
        if let Some(found) = words::exact(texts, word.holds()) {
            return Some(found);
        }
        let someone_else = outer.iter().any(|o| words::exact(texts, o.holds()).is_some());
        if cur.quiet || someone_else || texts.is_empty() {
            return None;
        }
        let (meant, n) = words::tried_or_near(texts, word)?;
        let suggestion = Some(meant.phrase);
        let known = word.holds().map(|w| w.phrase).collect();
        let written = texts[..n].join(" ");
        self.report(
            Mistake::UnknownWord { word: written, block: word.phrase, suggestion, known },
            cur.span_of(n),
        );
        cur.quiet = true;
        Some((meant, n))
    }

    pub(super) fn leading(&self, cur: &Cursor) -> Vec<String> {
        cur.leading_words().take(5).map(|i| self.text(i).to_owned()).collect()
    }

    /// Whether the next word goes on with the line: it begins something that may follow here.
    pub(super) fn goes_on(&self, cur: &Cursor, outer: &[&'static Word]) -> bool {
        let texts = self.leading(cur);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        outer.iter().any(|w| words::exact(&texts, w.holds()).is_some())
    }

    /// Reports a mistake in a line, once; what comes after it is a guess.
    pub(super) fn mistake(&mut self, cur: &mut Cursor, mistake: Mistake, span: Span) -> Arg {
        if !cur.quiet {
            self.report(mistake, span);
        }
        cur.quiet = true;
        Arg::Nothing
    }

    /// Reports that something is missing: at what stands there instead, else at the end of what was read.
    pub(super) fn missing(&mut self, cur: &mut Cursor, word: &'static Word, takes: Takes) -> Arg {
        let (expected, mut example) = (takes.words(), word.example.to_owned());
        let span = match cur.peek() {
            Some(item) if item.kind != ItemKind::Comma && takes == Takes::Text => {
                let prose = cur.leading_words().count().max(1);
                let span = cur.span_of(prose);
                if item.kind == ItemKind::Word {
                    example = format!("{} \"{}\"", word.phrase, self.source.slice(span));
                }
                span
            }
            Some(item) => item.span,
            // Nothing follows: the last thing that stands there, or all the words if there are only words.
            None => match cur.items[..cur.at].iter().rfind(|i| i.kind != ItemKind::Word) {
                Some(_) => cur.items[cur.at - 1].span,
                None => cur.span_since(0),
            },
        };
        self.mistake(cur, Mistake::Missing { word: word.phrase, expected, example }, span)
    }

    fn take(&mut self, cur: &mut Cursor, word: &'static Word, takes: Takes, outer: &[&'static Word]) -> Arg {
        if cur.quiet && cur.peek().is_none() {
            return Arg::Nothing;
        }
        match takes {
            Takes::Name => self.take_name(cur, word),
            Takes::Text => match cur.peek().map(|i| i.kind) {
                Some(ItemKind::Quotation { .. }) => Arg::Texts(self.quotation(cur).into_iter().collect()),
                _ => self.missing(cur, word, takes),
            },
            Takes::MaybeText => match cur.peek().map(|i| i.kind) {
                Some(ItemKind::Quotation { .. }) => Arg::Texts(self.quotation(cur).into_iter().collect()),
                _ => Arg::Nothing,
            },
            Takes::Texts => self.take_texts(cur, word),
            Takes::Touchpoints | Takes::Outcomes | Takes::Experiment => self.take_names(cur, word, takes),
            Takes::OneOf(choices) | Takes::SomeOf(choices) => self.take_choices(cur, word, takes, choices),
            Takes::Date => self.take_date(cur, word, outer),
            Takes::MaybeDate => match cur.peek() {
                Some(i) if matches!(i.kind, ItemKind::Date | ItemKind::Figure) => {
                    self.take_date(cur, word, outer)
                }
                _ => Arg::Nothing,
            },
            Takes::Interval => self.take_interval(cur, word, outer),
            Takes::Share => self.take_share(cur, word, outer),
            Takes::Quantity => self.take_quantity(cur, word, outer),
            Takes::Limit => self.take_limit(cur, word, outer),
            Takes::Per => match cur.peek().map(|i| i.kind) {
                Some(ItemKind::Quotation { .. }) => Arg::Texts(self.quotation(cur).into_iter().collect()),
                Some(ItemKind::Word) => {
                    let item = cur.read().map_or(Span::default(), |i| i.span);
                    Arg::Texts(vec![Text {
                        text: self.source.slice(item).to_owned(),
                        place: self.place(item),
                    }])
                }
                _ => self.missing(cur, word, takes),
            },
        }
    }

    /// A quotation as it is read aloud.
    fn quotation(&mut self, cur: &mut Cursor) -> Option<Text> {
        let item = cur.read()?;
        let ItemKind::Quotation { inner, closed } = item.kind else { return None };
        let text = spoken(self.source.slice(inner));
        if text.is_empty() && closed {
            self.report(Mistake::EmptyQuotation, item.span);
        }
        Some(Text { text, place: self.place(inner) })
    }

    fn take_texts(&mut self, cur: &mut Cursor, word: &'static Word) -> Arg {
        let mut texts = Vec::new();
        if !matches!(cur.peek().map(|i| i.kind), Some(ItemKind::Quotation { .. })) {
            return self.missing(cur, word, Takes::Text);
        }
        loop {
            texts.extend(self.quotation(cur));
            let Some(next) = cur.peek() else { break };
            match next.kind {
                ItemKind::Comma => {
                    cur.skip(1);
                    match cur.peek().map(|i| i.kind) {
                        Some(ItemKind::Quotation { .. }) => {}
                        None => {
                            self.mistake(cur, Mistake::LooseComma, next.span);
                            break;
                        }
                        Some(_) => {
                            self.missing(cur, word, Takes::Text);
                            break;
                        }
                    }
                }
                ItemKind::Quotation { .. } => {
                    let found = "this quotation".to_owned();
                    self.mistake(cur, Mistake::MissingComma { found }, next.span);
                }
                _ => break,
            }
        }
        Arg::Texts(texts)
    }

    /// A name that is declared here, and what people write instead of one.
    fn take_name(&mut self, cur: &mut Cursor, word: &'static Word) -> Arg {
        let nameable = |i: &Item| matches!(i.kind, ItemKind::Word | ItemKind::Figure);
        let n = cur.items[cur.at..].iter().take_while(|i| nameable(i)).count();
        let quoted = |i: Option<Item>| matches!(i.map(|i| i.kind), Some(ItemKind::Quotation { .. }));
        let span = cur.span_of(n.max(1));
        let written = self.source.slice(span).to_owned();
        if n == 0 && quoted(cur.peek()) {
            let title = figures::slug(&spoken(&written));
            if quoted(cur.look(1)) {
                cur.skip(1);
                return self.bad_name(cur, written, title, span);
            }
            let expected = Takes::Name.words();
            let example = format!("{} {title} {written}", word.phrase);
            let at = cur.items.get(cur.at.saturating_sub(1)).map_or(span, |i| i.span);
            self.mistake(cur, Mistake::Missing { word: word.phrase, expected, example }, at);
            return Arg::Nothing;
        }
        if n == 0 {
            return self.missing(cur, word, Takes::Name);
        }
        cur.skip(n);
        let name = written.replace(['\u{2010}', '\u{2011}'], "-");
        // `at everywhere` has a meaning of its own.
        let taken = word.phrase == "touchpoint" && name.eq_ignore_ascii_case("everywhere");
        if n > 1 || taken || !figures::is_name(&name) {
            let suggestion =
                if taken { "all-around".to_owned() } else { figures::slug(&name.replace('_', " ")) };
            return self.bad_name(cur, written, suggestion, span);
        }
        Arg::Name(Name { text: name, place: self.place(span) })
    }

    /// Reports a name that is none, and goes on with the one it could be.
    fn bad_name(&mut self, cur: &mut Cursor, found: String, suggestion: String, span: Span) -> Arg {
        let was_quiet = cur.quiet;
        let name = Name { text: suggestion.clone(), place: self.place(span) };
        self.mistake(cur, Mistake::BadName { found, suggestion }, span);
        cur.quiet = was_quiet;
        Arg::Name(name)
    }

    /// Names that refer to something, separated by commas.
    fn take_names(&mut self, cur: &mut Cursor, word: &'static Word, takes: Takes) -> Arg {
        let mut names = Vec::new();
        loop {
            let Some(item) = cur.peek() else {
                self.missing(cur, word, takes);
                break;
            };
            match item.kind {
                ItemKind::Word | ItemKind::Figure => {
                    cur.skip(1);
                    let text = self.source.slice(item.span).replace(['\u{2010}', '\u{2011}'], "-");
                    if takes == Takes::Touchpoints && text.eq_ignore_ascii_case("everywhere") {
                        return Arg::Everywhere;
                    }
                    names.push(Name { text, place: self.place(item.span) });
                }
                ItemKind::Quotation { inner, .. } => {
                    cur.skip(1);
                    let found = self.source.slice(item.span).to_owned();
                    let suggestion = figures::slug(&spoken(self.source.slice(inner)));
                    self.bad_name(cur, found, suggestion, item.span);
                }
                _ => {
                    self.missing(cur, word, takes);
                    break;
                }
            }
            let Some(next) = cur.peek() else { break };
            match next.kind {
                ItemKind::Comma => {
                    cur.skip(1);
                    if cur.peek().is_none() {
                        self.mistake(cur, Mistake::LooseComma, next.span);
                        break;
                    }
                }
                ItemKind::Word if takes != Takes::Experiment => {
                    let found = format!("`{}`", self.source.slice(next.span));
                    self.mistake(cur, Mistake::MissingComma { found }, next.span);
                }
                _ => break,
            }
        }
        Arg::Names(names)
    }

    /// Words out of those there are to choose from.
    fn take_choices(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        takes: Takes,
        choices: &'static [&'static str],
    ) -> Arg {
        let mut chosen = Vec::new();
        loop {
            let Some(item) = cur.peek().filter(|i| i.kind == ItemKind::Word) else {
                return self.missing(cur, word, takes);
            };
            cur.skip(1);
            let written = vocabulary::spelling(self.source.slice(item.span));
            match choices.iter().position(|c| c.eq_ignore_ascii_case(written)) {
                Some(at) => chosen.push((at, self.place(item.span))),
                None => {
                    let found = self.source.slice(item.span).to_owned();
                    let suggestion = crate::nearest::nearest(&found, choices.iter().copied());
                    let was_quiet = cur.quiet;
                    let mistake = Mistake::UnknownChoice { word: word.phrase, found, choices, suggestion };
                    self.mistake(cur, mistake, item.span);
                    cur.quiet = was_quiet;
                }
            }
            let next = cur.peek();
            match (takes, next.map(|i| i.kind)) {
                (Takes::SomeOf(_), Some(ItemKind::Comma)) => {
                    cur.skip(1);
                    if cur.peek().is_none() {
                        self.mistake(cur, Mistake::LooseComma, next.map_or(item.span, |i| i.span));
                        break;
                    }
                }
                (Takes::SomeOf(_), Some(ItemKind::Word)) => {
                    let span = next.map_or(item.span, |i| i.span);
                    let found = format!("`{}`", self.source.slice(span));
                    self.mistake(cur, Mistake::MissingComma { found }, span);
                }
                _ => break,
            }
        }
        Arg::Choices(chosen)
    }

    /// Reports what is left at the end of a line.
    pub(super) fn check_end(&mut self, cur: &mut Cursor, word: &'static Word, around: Around) {
        let Some(item) = cur.peek().filter(|_| !cur.quiet) else { return };
        let before = cur.items.get(cur.at.saturating_sub(1)).copied();
        let quoted = |i: Option<Item>| matches!(i.map(|i| i.kind), Some(ItemKind::Quotation { .. }));
        let touching = item.kind != ItemKind::Comma
            && before.is_some_and(|b| quoted(Some(b)) && b.span.end == item.span.start);
        let n = cur.leading_words().count().max(1);
        let span = cur.span_of(n);
        let texts = self.leading(cur);
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let new_line = around.and_then(|block| words::exact(&texts, block.holds()));
        let (found, help) = match item.kind {
            _ if touching => {
                ("what follows here".into(), "inside a quotation, write \\\" for a quotation mark".into())
            }
            ItemKind::Comma => {
                ("a comma here".into(), format!("`{}` takes no list; say each on its own line", word.phrase))
            }
            ItemKind::Quotation { .. } => {
                ("another quotation".into(), format!("write it as: {}", word.example))
            }
            _ if new_line.is_some() => {
                let next = new_line.map_or("", |(w, _)| w.phrase);
                (format!("`{next}`"), format!("begin a new line with `{next}`"))
            }
            _ if word.shape == Shape::Block => {
                let found = format!("`{}`", self.source.slice(span));
                (found, format!("what belongs to `{}` stands in braces behind it: {{ … }}", word.phrase))
            }
            _ => {
                let next: Vec<String> = word.holds().map(|w| format!("`{}`", w.phrase)).collect();
                let help = match next.is_empty() {
                    true => format!("write it as: {}", word.example),
                    false => format!("behind it there can be {}", crate::problem::listed(&next)),
                };
                (format!("`{}`", self.source.slice(span)), help)
            }
        };
        let mistake = Mistake::Unexpected { word: word.phrase, found, help };
        self.mistake(cur, mistake, if matches!(item.kind, ItemKind::Word) { span } else { item.span });
    }
}

/// The text of a quotation as it is read aloud: `\"` is a mark, white space folds to one space.
pub(super) fn spoken(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    let mark = |c: &char| matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}');
    while let Some(c) = chars.next() {
        match c {
            '\\' if chars.peek().is_some_and(mark) => text.extend(chars.next()),
            c if c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}' => {
                if !text.is_empty() && !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            c => text.push(c),
        }
    }
    text.truncate(text.trim_end().len());
    text
}
