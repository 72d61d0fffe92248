//! Tokens → figures: numbers in digits and in words, and the currency beside them.

use std::ops::Range;
use std::sync::LazyLock;

use super::{ANY, Currency, PERCENT, Reader};
use crate::language::{Look, TokenKind, key};

/// Signs, codes and words for currencies, in lower case.
const CURRENCIES: [(&[&str], Currency); 28] = [
    (&["€", "eur", "euro", "euros", "euroes"], &["EUR"]),
    (&["£", "gbp", "pound", "pounds", "quid", "sterling"], &["GBP", "EGP", "LBP"]),
    (
        &["$", "dollar", "dollars", "buck", "bucks"],
        &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP", "BBD", "JMD"],
    ),
    (&["usd"], &["USD"]),
    (&["cad"], &["CAD"]),
    (&["aud"], &["AUD"]),
    (&["nzd"], &["NZD"]),
    (&["sgd"], &["SGD"]),
    (&["hkd"], &["HKD"]),
    (&["chf", "franc", "francs", "sfr", "fr"], &["CHF"]),
    (
        &["kr", "kronor", "kroner", "krona", "krone", "kronur", "crown", "crowns"],
        &["SEK", "NOK", "DKK", "ISK", "CZK"],
    ),
    (&["sek"], &["SEK"]),
    (&["nok"], &["NOK"]),
    (&["dkk"], &["DKK"]),
    (&["isk"], &["ISK"]),
    (&["czk", "kč"], &["CZK"]),
    (&["pln", "zł", "zloty", "zlotys", "zlotych", "złoty"], &["PLN"]),
    (&["huf", "forint", "forints", "ft"], &["HUF"]),
    (&["¥", "jpy", "yen"], &["JPY", "CNY"]),
    (&["cny", "rmb", "yuan"], &["CNY"]),
    (&["₹", "inr", "rupee", "rupees", "rs"], &["INR", "PKR", "LKR", "NPR"]),
    (&["zar", "rand", "r"], &["ZAR"]),
    (&["aed", "dirham", "dirhams", "dhs"], &["AED", "MAD"]),
    (&["ils", "shekel", "shekels", "₪", "nis"], &["ILS"]),
    (&["brl", "reais", "real"], &["BRL"]),
    (&["mxn", "peso", "pesos", "php"], &["MXN", "PHP", "ARS", "CLP", "COP"]),
    (&["try", "lira", "liras", "₺"], &["TRY"]),
    (&["%", "percent", "pct"], PERCENT),
];

/// The currency a sign, code or word in lower case stands for.
pub(super) fn currency(word: &str) -> Option<Currency> {
    CURRENCIES.iter().find(|(words, _)| words.contains(&word)).map(|(_, c)| *c)
}

/// A figure on its way to becoming an amount.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub tokens: Range<u32>,
    pub value: f64,
    pub currency: Option<Currency>,
}

impl Reader<'_> {
    /// All figures in order: digits and words, with the currency beside them.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut out = Vec::new();
        let mut at = self.of.start;
        while at < self.of.end {
            let Some(f) = self.may_begin(at).then(|| self.figure(at)).flatten() else {
                at += 1;
                continue;
            };
            at = f.tokens.end.max(at + 1);
            out.push(f);
        }
        out
    }

    /// Whether a figure could begin at a token, by its kind and its word alone: most tokens are spared a closer look.
    fn may_begin(&self, at: u32) -> bool {
        let digits = |i: u32| self.token(i).is_some_and(|t| t.kind == TokenKind::Number);
        let Some(t) = self.token(at) else { return false };
        match t.kind {
            TokenKind::Number => true,
            TokenKind::Word => {
                // Behind "Fr." or "EUR" stands a number, in "EUR250" it is part of the word.
                let glued = || self.flat.as_bytes()[t.text().range()].iter().any(u8::is_ascii_digit);
                NUMBER_WORDS.binary_search(&t.hash).is_ok() || digits(at + 1) || digits(at + 2) || glued()
            }
            _ => digits(at + 1) || digits(at + 2),
        }
    }

    fn figure(&self, at: u32) -> Option<Figure> {
        // "fiver", "tenner": a sum and a currency in one.
        let value = match self.word(at).as_str() {
            "fiver" | "fivers" => Some(5.0),
            "tenner" | "tenners" => Some(10.0),
            "twenner" => Some(20.0),
            _ => None,
        };
        if let Some(value) = value {
            return Some(Figure { tokens: at..at + 1, value, currency: Some(ANY) });
        }
        let mut start = at;
        let mut money = None;
        // The currency before the figure: "CHF 30", "£20", "US$ 5", "EUR250".
        if let Some(c) = currency(self.word(at).trim_start_matches("us").trim_start_matches('~'))
            && c != PERCENT
            && self.spelled_as_currency(at)
        {
            let next = if self.word(at + 1) == "." { at + 2 } else { at + 1 };
            if self.token(next).is_some_and(|t| t.kind == TokenKind::Number) {
                money = Some(c);
                start = next;
            }
        }
        if let Some(f) = self.glued(at) {
            return Some(f);
        }
        let (mut value, mut end) = self.digits(start).or_else(|| self.words(start))?;
        match self.word(end).as_str() {
            "k" if self.touching(end) => (value, end) = (value * 1_000.0, end + 1),
            "thousand" => (value, end) = (value * 1_000.0, end + 1),
            "hundred" if value < 100.0 => (value, end) = (value * 100.0, end + 1),
            "grand" => (value, end, money) = (value * 1_000.0, end + 1, Some(money.unwrap_or(ANY))),
            "m" | "million" if self.word(end) == "million" || money.is_some() => {
                (value, end) = (value * 1_000_000.0, end + 1);
            }
            _ => {}
        }
        // The currency after it: "20 €", "thirty pounds", "50 US dollars", "a five-pound one", "10 per cent".
        if money.is_none() {
            let mut unit = end;
            if matches!(
                self.word(unit).as_str(),
                "us" | "swiss" | "swedish" | "danish" | "norwegian" | "canadian" | "australian"
            ) {
                unit += 1;
            }
            if self.word(unit) == "of" {
                unit += 1;
            }
            let word = self.word(unit);
            if word == "per" && self.word(unit + 1) == "cent" {
                (money, end) = (Some(PERCENT), unit + 2);
            } else if matches!(word.as_str(), "cent" | "cents" | "pence" | "p")
                && (word != "p" || self.touching(unit))
            {
                (value, money, end) = (value / 100.0, Some(ANY), unit + 1);
            } else if let Some(c) = currency(&word)
                && !matches!(word.as_str(), "r" | "real" | "try" | "ft")
            {
                (money, end) = (Some(c), unit + 1);
            }
        }
        Some(Figure { tokens: at..end, value, currency: money })
    }

    /// Short codes are currencies only as they are written: "R 500", "Fr. 20", not "try 3 times".
    fn spelled_as_currency(&self, at: u32) -> bool {
        match self.word(at).as_str() {
            "r" | "try" | "php" => self.token(at).is_some_and(|t| t.look != Look::Lower),
            "real" | "ft" | "pound" | "pounds" | "dollars" | "euros" | "francs" => false,
            _ => true,
        }
    }

    /// "EUR250", read as one word.
    fn glued(&self, at: u32) -> Option<Figure> {
        let word = self.word(at);
        let split = word.find(|c: char| c.is_ascii_digit()).filter(|&n| n == 3)?;
        let currency = currency(&word[..split])?;
        let value = word[split..].parse().ok()?;
        Some(Figure { tokens: at..at + 1, value, currency: Some(currency) })
    }

    /// Whether a token follows the one before without a space.
    fn touching(&self, at: u32) -> bool {
        match (at.checked_sub(1).and_then(|b| self.token(b)), self.token(at)) {
            (Some(a), Some(b)) => a.end == b.start,
            _ => false,
        }
    }

    /// A number in digits, and where it ends. Of `.` and `,` the last divides decimals, unless exactly three digits
    /// follow it; a space and an apostrophe group thousands.
    fn digits(&self, at: u32) -> Option<(f64, u32)> {
        let t = self.token(at).filter(|t| t.kind == TokenKind::Number)?;
        let text = self.flat.get(t.text().range())?;
        if text.contains(':') || text.bytes().last().is_some_and(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut end = at + 1;
        let mut value = plain_number(text)?;
        if text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit()) {
            while let Some(n) = self.token(end).filter(|n| n.kind == TokenKind::Number)
                && let Some(group) = self.flat.get(n.text().range())
                && group.len() == 3
                && group.bytes().all(|b| b.is_ascii_digit())
                && self.flat.get(self.token(end - 1)?.end as usize..n.start as usize).is_some_and(|s| {
                    s.chars().count() == 1 && (s.chars().all(char::is_whitespace) || s == "’" || s == "'")
                })
            {
                value = value * 1_000.0 + group.parse::<f64>().ok()?;
                end += 1;
            }
        }
        // "10.–" and "10,-" are prices as some countries write them.
        if matches!(self.word(end).as_str(), "," | ".") && matches!(self.word(end + 1).as_str(), "-" | "–")
        {
            end += 2;
        }
        Some((value, end))
    }

    /// A number in words, and where it ends: "thirty-five", "two hundred and fifty", "a couple of hundred".
    fn words(&self, at: u32) -> Option<(f64, u32)> {
        let (mut total, mut part, mut end) = (0.0f64, 0.0f64, at);
        let mut any = false;
        let word = self.word(at);
        if matches!(word.as_str(), "a" | "an" | "one" | "single") {
            // "a euro", "a hundred", "one single cent"; "a" alone is no figure.
            let skip = if matches!(self.word(at + 1).as_str(), "single" | "mere" | "lousy") { 2 } else { 1 };
            let next = self.word(at + skip);
            let unit = currency(&next).is_some_and(|c| c != PERCENT)
                && !matches!(next.as_str(), "r" | "fr" | "real" | "try" | "ft" | "rs")
                || matches!(next.as_str(), "cent" | "penny");
            if matches!(next.as_str(), "hundred" | "thousand" | "couple" | "dozen" | "grand") {
                end = at + skip;
                (part, any) = (1.0, true);
            } else if unit && self.price_like(at + skip) {
                return Some((1.0, at + skip));
            } else if word != "one" {
                return None;
            }
        }
        loop {
            let word = self.word(end);
            let step = match word.as_str() {
                "couple" => {
                    part = 2.0;
                    if self.word(end + 1) == "of" { 2 } else { 1 }
                }
                "several" | "few" if matches!(self.word(end + 1).as_str(), "hundred" | "thousand") => {
                    part = 3.0;
                    1
                }
                "hundreds" | "thousands"
                    if self.word(end + 1) == "of" && currency(&self.word(end + 2)).is_some() =>
                {
                    part = if word == "hundreds" { 200.0 } else { 2_000.0 };
                    any = true;
                    end += 1;
                    break;
                }
                "dozen" => {
                    part = part.max(1.0) * 12.0;
                    1
                }
                "hundred" if any => {
                    part = part.max(1.0) * 100.0;
                    1
                }
                "thousand" if any => {
                    (total, part) = (total + part.max(1.0) * 1_000.0, 0.0);
                    1
                }
                "and" if any && part >= 100.0 && small_number(&self.word(end + 1)).is_some() => 1,
                w => match small_number(w) {
                    // "twenty five" adds up; "forty fifty" does not.
                    Some(n)
                        if !any
                            || part % 10.0 == 0.0
                                && (n < 10.0 && part % 100.0 >= 20.0 || part % 100.0 == 0.0) =>
                    {
                        part += n;
                        1
                    }
                    _ => break,
                },
            };
            any = true;
            end += step;
        }
        (any && end > at).then_some((total + part, end))
    }

    /// "a pound" is money where no weight is meant: behind "a single" or "even", or with nothing to weigh behind it.
    fn price_like(&self, at: u32) -> bool {
        self.word(at + 1) != "of"
    }
}

/// A number as one token: `1,000`, `10.000`, `100'000`, `9.50`.
fn plain_number(text: &str) -> Option<f64> {
    let last = text.rfind([',', '.', '\'', '’']);
    let plain = |s: &str| s.chars().filter(char::is_ascii_digit).collect::<String>();
    match last {
        None => text.parse().ok(),
        Some(at) => {
            let (whole, rest) = (&text[..at], &text[at + 1..]);
            let several = whole.contains([',', '.', '\'']);
            if rest.len() == 3 && !whole.starts_with('0') || several && rest.len() == 3 {
                format!("{}{}", plain(whole), plain(rest)).parse().ok()
            } else {
                format!("{}.{}", plain(whole), plain(rest)).parse().ok()
            }
        }
    }
}

/// The numbers up to ninety that are one word.
const SMALL_NUMBERS: [(&str, u32); 28] = [
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fourty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Other words a figure begins with.
const OTHER_NUMBERS: [&str; 18] = [
    "a",
    "an",
    "single",
    "couple",
    "several",
    "few",
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "dozen",
    "fiver",
    "fivers",
    "tenner",
    "tenners",
    "twenner",
    "grand",
    "one",
];

/// The hashes of all words a figure begins with, in order.
static NUMBER_WORDS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let small = SMALL_NUMBERS.iter().map(|(w, _)| *w);
    let mut all: Vec<u32> = small.chain(OTHER_NUMBERS).map(|w| key::hash(w.as_bytes())).collect();
    all.sort_unstable();
    all
});

fn small_number(word: &str) -> Option<f64> {
    SMALL_NUMBERS.iter().find(|(w, _)| *w == word).map(|(_, n)| f64::from(*n))
}
