//! The pieces of a line → dates, lengths of time, shares, quantities and limits.

use super::check::Checker;
use super::clause::Arg;
use super::figures;
use super::items::Cursor;
use crate::policy::error::Mistake;
use crate::policy::model::{Dated, Interval, Limit, Money, Quantity, Unit};
use crate::policy::parse::ItemKind;
use crate::policy::vocabulary::{Takes, Word};
use crate::source::Span;

impl Checker<'_> {
    /// How many of the next items may belong to a figure in words: up to a quotation, a comma, or what follows.
    fn reach(&self, cur: &mut Cursor, outer: &[&'static Word]) -> usize {
        let start = cur.position();
        let mut n = 0;
        while let Some(item) = cur.peek() {
            let fits = matches!(item.kind, ItemKind::Word | ItemKind::Figure | ItemKind::Date);
            if !fits || self.goes_on(cur, outer) {
                break;
            }
            cur.skip(1);
            n += 1;
        }
        cur.back_to(start);
        n
    }

    pub(super) fn take_date(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &[&'static Word],
    ) -> Arg {
        let n = self.reach(cur, outer);
        if n == 0 {
            return self.missing(cur, word, Takes::Date);
        }
        let one = cur.span_of(1);
        if let Ok(date) = figures::date(self.source.slice(one)) {
            cur.skip(1);
            return Arg::Date(Dated { date, place: self.place(one) });
        }
        // `September 14, 2026` has a comma in it.
        let n = match cur.look(n).map(|i| i.kind) {
            Some(ItemKind::Comma) if cur.look(n + 1).is_some_and(|i| i.kind == ItemKind::Figure) => n + 2,
            _ => n,
        };
        let span = cur.span_of(n);
        cur.skip(n);
        let mistake = figures::date(self.source.slice(span)).err();
        mistake.map_or(Arg::Nothing, |m| self.wrong(cur, m, span))
    }

    pub(super) fn take_interval(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &[&'static Word],
    ) -> Arg {
        let n = self.reach(cur, outer);
        if n == 0 {
            return self.missing(cur, word, Takes::Interval);
        }
        let span = cur.span_of(n);
        let text = self.source.slice(span);
        let bare = word.phrase.ends_with("every");
        let parts: Vec<&str> = text.split_whitespace().collect();
        let read = match parts.as_slice() {
            [unit] if bare => figures::unit(unit).filter(|_| !unit.ends_with('s')).map(|u| (1, u)),
            [count, unit] => count.parse::<u32>().ok().filter(|&c| c > 0).zip(figures::unit(unit)),
            _ => None,
        };
        let found = text.to_owned();
        cur.skip(n);
        if let Some((count, unit)) = read {
            return Arg::Interval(Interval { count, unit, place: self.place(span) });
        }
        let help = match figures::meant_interval(&found) {
            Some(meant) => format!("write {meant}"),
            None if bare => {
                "write a number and days, weeks, months or years; or just day, week, month or year".into()
            }
            None => "write a number and days, weeks, months or years".into(),
        };
        self.wrong(cur, Mistake::BadInterval { found, help }, span)
    }

    pub(super) fn take_share(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &[&'static Word],
    ) -> Arg {
        let n = self.reach(cur, outer);
        if n == 0 {
            return self.missing(cur, word, Takes::Share);
        }
        let span = cur.span_of(n);
        let found = self.source.slice(span).to_owned();
        let (before, digits, behind) = figures::apart(&found);
        let value = figures::number(digits);
        let percent = is_percent(behind);
        cur.skip(n);
        match value {
            Ok(v) if percent && before.is_empty() && v <= 100.0 => {
                Arg::Quantity(Quantity { value: v, unit: Unit::Percent, per: None, place: self.place(span) })
            }
            Ok(v) if percent => self.bad_share(cur, found, v, span),
            Ok(_) if behind.is_empty() && before.is_empty() => {
                let help = format!("write {digits}%");
                self.wrong(cur, Mistake::BadShare { found, help }, span)
            }
            _ => {
                let help = "write the share of all customers in percent, as in 61%".to_owned();
                self.wrong(cur, Mistake::BadShare { found, help }, span)
            }
        }
    }

    fn bad_share(&mut self, cur: &mut Cursor, found: String, value: f64, span: Span) -> Arg {
        let side = if value > 100.0 { "more than all" } else { "less than none" };
        let help = format!("a share lies between 0% and 100%; this is {side}");
        self.wrong(cur, Mistake::BadShare { found, help }, span)
    }

    /// `85%`, `6 of 7`, `0 per year`, `3 working days per case`.
    pub(super) fn take_quantity(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &[&'static Word],
    ) -> Arg {
        let n = self.reach(cur, outer);
        let Some(first) = cur.peek().filter(|_| n > 0) else {
            return self.missing(cur, word, Takes::Quantity);
        };
        let span = cur.span_of(n);
        let found = self.source.slice(span).to_owned();
        let figure = self.source.slice(first.span);
        let (before, digits, behind) = figures::apart(figure);
        let negative = before.starts_with(['-', '\u{2212}']);
        let value = match figures::number(digits) {
            Ok(v) if first.kind == ItemKind::Figure => {
                if negative {
                    -v
                } else {
                    v
                }
            }
            other => {
                let begin = "begin with a number, then say what it counts";
                let help = other.err().filter(|_| !digits.is_empty()).unwrap_or_else(|| begin.into());
                let found = if digits.is_empty() { found } else { figure.to_owned() };
                let at = if digits.is_empty() { span } else { first.span };
                cur.skip(n);
                let mistake = if figure.contains('%') {
                    Mistake::BadShare { found, help: "write a number and %, as in 85%".into() }
                } else {
                    Mistake::BadNumber { found, help }
                };
                return self.wrong(cur, mistake, at);
            }
        };
        let money = figures::sign(before).or_else(|| figures::sign(behind));
        let unit_at_figure = match behind {
            _ if money.is_some() => money.map(|code| Unit::Named(code.to_owned())),
            "" => None,
            b if is_percent(b) => Some(Unit::Percent),
            b if b.chars().all(char::is_alphabetic) => Some(Unit::Named(b.to_owned())),
            _ => {
                cur.skip(n);
                let (found, help) =
                    (figure.to_owned(), "begin with a number, then say what it counts".to_owned());
                return self.wrong(cur, Mistake::BadNumber { found, help }, first.span);
            }
        };
        cur.skip(1);
        let rest: Vec<String> =
            (0..n - 1).filter_map(|i| cur.look(i)).map(|i| self.text(&i).to_owned()).collect();
        let per_at = rest.iter().position(|w| w.eq_ignore_ascii_case("per")).unwrap_or(rest.len());
        let (words, per) = rest.split_at(per_at);
        let unit = match (unit_at_figure, words) {
            (Some(unit), []) => Some(unit),
            (None, []) => Some(Unit::Count),
            (None, [of, scale]) if of.eq_ignore_ascii_case("of") => figures::number(scale).ok().map(Unit::Of),
            (None, [of, ..]) if of.eq_ignore_ascii_case("of") => None,
            (None, words) if is_percent(&words.join(" ")) => Some(Unit::Percent),
            (None, words) => Some(Unit::Named(words.join(" "))),
            (Some(_), _) => None,
        };
        cur.skip(n - 1);
        let Some(unit) = unit else {
            let help =
                "write a share (85%), a scale (6 of 7) or a number and what it counts (3 days)".to_owned();
            return self.wrong(cur, Mistake::BadNumber { found, help }, span);
        };
        match unit {
            Unit::Percent if !(0.0..=100.0).contains(&value) => {
                return self.bad_share(cur, found, value, span);
            }
            Unit::Of(scale) if value > scale || value < 0.0 => {
                let help = format!("{value} lies outside a scale that ends at {scale}");
                return self.wrong(cur, Mistake::BadNumber { found, help }, span);
            }
            _ => {}
        }
        if per.len() == 1 {
            let help = "say per what, as in 0 per year".to_owned();
            return self.wrong(cur, Mistake::BadNumber { found, help }, span);
        }
        let per = (!per.is_empty()).then(|| per[1..].join(" "));
        Arg::Quantity(Quantity { value, unit, per, place: self.place(span) })
    }

    /// `250 EUR`, `€250`, `10% of the bill`.
    pub(super) fn take_limit(
        &mut self,
        cur: &mut Cursor,
        word: &'static Word,
        outer: &[&'static Word],
    ) -> Arg {
        let n = self.reach(cur, outer);
        if n == 0 {
            return self.missing(cur, word, Takes::Limit);
        }
        // As few pieces as make an amount; what comes behind them is another matter.
        let pieces = (1..=n).map(|n| (n, self.source.slice(cur.span_of(n))));
        let found = pieces.filter_map(|(n, text)| limit(text).ok().map(|l| (n, l))).next();
        if let Some((n, limit)) = found {
            cur.skip(n);
            return Arg::Limit(limit);
        }
        let span = cur.span_of(n);
        let found = self.source.slice(span).to_owned();
        let help = limit(&found).err().unwrap_or_default();
        cur.skip(n);
        self.wrong(cur, Mistake::BadAmount { found, help }, span)
    }

    /// Reports a figure that is none. The line goes on behind it.
    fn wrong(&mut self, cur: &mut Cursor, mistake: Mistake, span: Span) -> Arg {
        let was_quiet = cur.quiet;
        self.mistake(cur, mistake, span);
        cur.quiet = was_quiet;
        Arg::Nothing
    }
}

fn is_percent(text: &str) -> bool {
    ["%", "percent", "per cent"].iter().any(|p| text.eq_ignore_ascii_case(p))
}

/// An amount or a share of the bill, or how to write it.
fn limit(text: &str) -> Result<Limit, String> {
    let (before, digits, behind) = figures::apart(text);
    if digits.is_empty() {
        return Err("say how much, in figures: 250 EUR, or 10% of the bill".into());
    }
    if let Some(rest) = behind.strip_prefix('%') {
        let rest: Vec<String> = rest.split_whitespace().map(str::to_lowercase).collect();
        let value = figures::number(digits)?;
        return match rest.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["of", "the", "bill"] | ["of", "bill"] if before.is_empty() => Ok(Limit::ShareOfBill(value)),
            _ if before.starts_with(['-', '\u{2212}']) => Err("nobody can spend less than nothing".into()),
            _ => Err(format!("say of what: {digits}% of the bill")),
        };
    }
    let spaced = digits.contains(' ') && !digits.split(' ').skip(1).all(|g| g.len() == 3);
    let value =
        if spaced { Err(format!("`{digits}` cannot be read as a number")) } else { figures::number(digits) }?;
    if before.starts_with(['-', '\u{2212}']) {
        return Err("nobody can spend less than nothing".into());
    }
    let decimals = digits.rsplit_once(['.', ',']).map_or(0, |(_, d)| d.len());
    let whole = value.fract() == 0.0 && !digits.contains('.');
    if decimals > 2 && !whole {
        return Err(format!(
            "is this {value} or {}? Leave out the mark, or write two decimals",
            digits.replace('.', "")
        ));
    }
    let written = if behind.is_empty() { before } else { behind };
    let touching = text.find(digits).and_then(|at| text[at + digits.len()..].chars().next());
    if touching.is_some_and(char::is_alphabetic) && figures::currency(behind).is_none() {
        let word = text.split(' ').next().unwrap_or(text);
        return Err(format!("`{word}` cannot be read as a number"));
    }
    if !before.is_empty() && !behind.is_empty() {
        return Err(format!("write the currency once, as in {digits} EUR"));
    }
    let code = figures::sign(written).or_else(|| figures::currency(written));
    match (code, written) {
        (Some(code), _) => Ok(Limit::Money(Money { amount: value, currency: code.to_owned() })),
        (None, "") => Err(format!("say in which currency, as in {digits} EUR")),
        (None, other) => Err(match figures::meant_currency(other) {
            Some(code) => format!("write {digits} {code}"),
            None => format!("`{other}` is no currency; write its three letters, as in {digits} EUR"),
        }),
    }
}
