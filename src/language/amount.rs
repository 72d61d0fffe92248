//! The tokens of a sentence → the amounts of money it speaks of, each as the range it stands for: "from 50 € upwards",
//! "between £20 and £40", "a tenner", "twenty to thirty francs", "up to 10 %".

mod figure;

use std::ops::Range;

use crate::language::{Reading, Token};
use crate::source::Span;
use figure::{Figure, currency};

/// What an amount is counted in: the ISO 4217 codes a sign or word may stand for. `$` is several; `%` is a share.
pub type Currency = &'static [&'static str];

/// Fits any currency: a figure without one, or a word like "tenner".
pub const ANY: Currency = &[];
/// Shares of a bill.
pub const PERCENT: Currency = &["%"];

/// An amount of money, or a share, as the range it stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Its tokens, the words that make it a range included.
    pub tokens: Range<u32>,
    /// The least it stands for; 0 where only an upper end is named.
    pub low: f64,
    /// The most it stands for; infinite where only a lower end is named.
    pub high: f64,
    /// What it is counted in.
    pub currency: Currency,
}

impl Amount {
    /// Whether it names one sum.
    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// Whether it names only the side above a sum.
    pub fn is_above(&self) -> bool {
        self.high.is_infinite()
    }

    /// Whether it names only the side below a sum.
    pub fn is_below(&self) -> bool {
        self.low == 0.0 && !self.is_exact()
    }

    /// Whether it may be counted in this currency (an ISO 4217 code or `%`).
    pub fn counts_in(&self, code: &str) -> bool {
        if self.currency.is_empty() { code != "%" } else { self.currency.contains(&code) }
    }

    /// Whether some sum that is at most `limit` lies in it. A range that begins at the limit is above it.
    pub fn reaches_below(&self, limit: f64) -> bool {
        if self.is_exact() { self.low <= limit } else { self.low < limit }
    }

    /// The place it stands at, in the flat text.
    pub fn text(&self, reading: &Reading) -> Option<Span> {
        let tokens = reading.tokens.get(self.tokens.start as usize..self.tokens.end as usize)?;
        Some(tokens.first()?.text().join(tokens.last()?.text()))
    }
}

/// The currency a text names, if any: a table's heading "Amount (EUR)" speaks for the figures below it.
pub fn currency_in(text: &str) -> Option<Currency> {
    text.split(|c: char| !c.is_alphanumeric() && !"€$£¥₹₺₪%".contains(c))
        .map(str::to_lowercase)
        .filter(|w| w != "r" && w != "fr" && w != "real" && w != "try")
        .find_map(|w| currency(&w))
}

/// The amounts among the tokens `of`. Where `assumed` names a currency, bare figures count too.
pub fn amounts(reading: &Reading, flat: &str, of: Range<u32>, assumed: Option<Currency>) -> Vec<Amount> {
    Reader { reading, flat, of, assumed }.amounts()
}

struct Reader<'a> {
    reading: &'a Reading,
    flat: &'a str,
    of: Range<u32>,
    assumed: Option<Currency>,
}

impl Reader<'_> {
    fn token(&self, at: u32) -> Option<&Token> {
        if self.of.contains(&at) { self.reading.tokens.get(at as usize) } else { None }
    }

    /// A token as it is written, in lower case; empty outside the sentence.
    fn word(&self, at: u32) -> String {
        self.token(at).and_then(|t| self.flat.get(t.text().range())).unwrap_or("").to_lowercase()
    }

    fn back(&self, at: u32, n: u32) -> String {
        at.checked_sub(n).map_or(String::new(), |i| self.word(i))
    }

    fn amounts(&self) -> Vec<Amount> {
        let figures = self.figures();
        let mut out: Vec<Amount> = Vec::new();
        let mut i = 0;
        while i < figures.len() {
            // Figures side by side are one range or one list: "20 to 50 euros", "forty or fifty", "250, 400 or 600".
            let mut last = i;
            let mut comma_list = false;
            while let (Some(a), Some(b)) = (figures.get(last), figures.get(last + 1)) {
                let Some(joint) = self.joint(a, b, figures.get(i)) else { break };
                comma_list |= joint == ",";
                last += 1;
            }
            if comma_list && figures[i..=last].iter().all(|f| f.currency.is_none()) {
                last = i;
            }
            let (first, end) = (&figures[i], &figures[last]);
            let money = figures[i..=last].iter().find_map(|f| f.currency).or(self.assumed);
            if let Some(currency) = money.or_else(|| self.bare(first, end, &figures)) {
                let values = || figures[i..=last].iter().map(|f| f.value);
                let (low, high) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
                out.push(self.bounds(first.tokens.start..end.tokens.end, low, high, currency));
            }
            i = last + 1;
        }
        self.join(out)
    }

    /// "above 20 and up to 50" is one range.
    fn join(&self, amounts: Vec<Amount>) -> Vec<Amount> {
        let mut out: Vec<Amount> = Vec::new();
        for a in amounts {
            if let Some(before) = out.last_mut()
                && before.is_above()
                && a.is_below()
                && a.high > before.low
                && before.tokens.end <= a.tokens.start
                && (before.tokens.end..a.tokens.start)
                    .all(|t| matches!(self.word(t).as_str(), "and" | "but" | "," | "or" | "to" | "–" | "-"))
            {
                before.high = a.high;
                before.tokens.end = a.tokens.end;
                continue;
            }
            out.push(a);
        }
        out
    }

    /// What joins two figures to a range or list.
    fn joint(&self, a: &Figure, b: &Figure, first: Option<&Figure>) -> Option<String> {
        let gap: Vec<String> = (a.tokens.end..b.tokens.start).map(|t| self.word(t)).collect();
        let joint = match gap.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            // "20€-50€": a hyphen between two figures may be no token of its own.
            [] if self.hyphen(a, b) => "to",
            [one @ ("to" | "or" | "–" | "—" | "-" | "‑" | "/" | "bis" | "till" | "until")] => one,
            ["," | "or" | "to", "or" | "about" | "even" | "maybe" | "perhaps" | "up"] if gap[0] != "to" => {
                "or"
            }
            [","] => ",",
            ["and"] if self.between(first?) => "and",
            _ => return None,
        };
        if a.currency.is_some_and(|x| b.currency.is_some_and(|y| x != y)) {
            return None;
        }
        // Behind a comma it is a list only while the currency is still to come: "250, 400 or 600 euros".
        (joint != "," || a.currency.is_none()).then(|| joint.to_owned())
    }

    fn hyphen(&self, a: &Figure, b: &Figure) -> bool {
        let (Some(x), Some(y)) = (self.token(a.tokens.end - 1), self.token(b.tokens.start)) else {
            return false;
        };
        self.flat.get(x.end as usize..y.start as usize).is_some_and(|s| s.contains(['-', '–', '‑']))
    }

    fn between(&self, f: &Figure) -> bool {
        (1..=3).any(|n| self.back(f.tokens.start, n) == "between")
    }

    /// A figure without a currency is money where it is compared like one and no other unit follows, beside an amount
    /// that has a currency.
    fn bare(&self, first: &Figure, end: &Figure, all: &[Figure]) -> Option<Currency> {
        let currency = all.iter().find_map(|f| f.currency)?;
        let next = self.word(end.tokens.end);
        let ends = next.is_empty()
            || !next.chars().next().is_some_and(char::is_alphanumeric)
            || matches!(
                next.as_str(),
                "and" | "or" | "to" | "the" | "you" | "your" | "go" | "goes" | "is" | "are" | "it"
            );
        let (low, high) = self.sides(first.tokens.start, end.tokens.end);
        let range = first.tokens.start != end.tokens.start;
        (ends && (low.is_some() || high.is_some() || range) && currency != PERCENT).then_some(currency)
    }

    /// Which side of a figure words before or behind it open: the lower end, the upper end.
    fn sides(&self, start: u32, end: u32) -> (Option<u32>, Option<u32>) {
        let mut at = start;
        // Words that leave a figure as it is.
        while at > self.of.start
            && matches!(
                self.back(at, 1).as_str(),
                "about"
                    | "around"
                    | "roughly"
                    | "approximately"
                    | "approx"
                    | "ca"
                    | "c"
                    | "a"
                    | "the"
                    | "of"
                    | "value"
                    | "amount"
                    | "total"
                    | "some"
                    | "just"
                    | "~"
                    | "sum"
                    | "costs"
                    | "cost"
                    | "worth"
                    | "mark"
                    | "say"
            )
            && start - at < 4
        {
            at -= 1;
        }
        let b = |n: u32| self.back(at, n);
        let flipped = |n: u32| matches!(b(n).as_str(), "no" | "not" | "never" | "nor");
        let (mut low, mut high) = (None, None);
        match b(1).as_str() {
            "above" | "over" | "beyond" | "exceeding" | "exceeds" | "exceed" | "past" | "topping"
            | "surpassing" | ">" | "≥" => {
                if flipped(2) || b(2) == "to" && flipped(3) {
                    high = Some(at - 1)
                } else {
                    low = Some(at - 1)
                }
            }
            "from" => low = Some(at - 1),
            "than" => match b(2).as_str() {
                "more" | "greater" | "higher" | "bigger" | "larger" | "dearer" => {
                    if flipped(3) {
                        high = Some(at - 2)
                    } else {
                        low = Some(at - 2)
                    }
                }
                "less" | "fewer" | "lower" | "smaller" | "cheaper" => {
                    if flipped(3) {
                        low = Some(at - 2)
                    } else {
                        high = Some(at - 2)
                    }
                }
                _ => {}
            },
            "to" => match b(2).as_str() {
                "up" | "amounting" | "limited" | "down" => high = Some(at - 2),
                _ => {}
            },
            "least" if b(2) == "at" => low = Some(at - 2),
            "most" if b(2) == "at" => high = Some(at - 2),
            "excess" | "north" if b(2) == "in" => low = Some(at - 2),
            "upwards" | "upward" | "starting" | "minimum" | "min" => low = Some(at - 1),
            "below" | "under" | "until" | "within" | "max" | "maximum" | "<" | "≤" | "underneath" => {
                if flipped(2) {
                    low = Some(at - 1)
                } else {
                    high = Some(at - 1)
                }
            }
            "at" if b(2) == "starting" || b(2) == "starts" => low = Some(at - 2),
            "at" if b(2) == "capped" => high = Some(at - 2),
            "." if matches!(b(2).as_str(), "max" | "min") => {
                if b(2) == "max" {
                    high = Some(at - 2)
                } else {
                    low = Some(at - 2)
                }
            }
            _ => {}
        }
        let n = |i: u32| self.word(end + i);
        match n(0).as_str() {
            "upwards" | "upward" | "onwards" | "onward" | "plus" | "+" => low = low.or(Some(start)),
            "and" | "or" | "&" => match n(1).as_str() {
                "more" | "above" | "up" | "over" | "upwards" | "upward" | "higher" | "beyond" | "dearer"
                | "onwards" => {
                    low = low.or(Some(start));
                }
                "less" | "below" | "under" | "lower" | "cheaper" | "smaller" => high = high.or(Some(start)),
                "not" if n(2) == "more" => high = high.or(Some(start)),
                _ => {}
            },
            "at" if n(1) == "most" || n(1) == "the" && n(2) == "most" => high = high.or(Some(start)),
            "max" | "maximum" | "tops" => high = high.or(Some(start)),
            "minimum" | "min" => low = low.or(Some(start)),
            _ => {}
        }
        (low, high)
    }

    fn bounds(&self, tokens: Range<u32>, low: f64, high: f64, currency: Currency) -> Amount {
        let (below, above) = self.sides(tokens.start, tokens.end);
        let mut a = Amount { tokens, low, high, currency };
        if low == high {
            match (below, above) {
                (Some(at), None) => (a.high, a.tokens.start) = (f64::INFINITY, at),
                (None, Some(at)) => (a.low, a.tokens.start) = (0.0, at),
                _ => {}
            }
        }
        a.tokens.start = a.tokens.start.max(self.of.start);
        a
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{self, Format, Limits};
    use crate::lint::Linter;
    use crate::rule::Sensitivity;

    /// What the amounts of a text read as: `low-high codes`.
    fn read(text: &str) -> Vec<String> {
        let linter = Linter::new(None, Vec::new(), Sensitivity::Careful).expect("the built-in packs");
        let doc =
            document::read_as("a.txt", format!("{text}\n"), Format::Text, Limits::default()).expect("text");
        let reading = linter.read(&doc);
        let s = &reading.sentences[0];
        amounts(&reading, doc.flat.text(), s.tokens.clone(), None)
            .iter()
            .map(|a| {
                let code = a.currency.first().copied().unwrap_or("any");
                if a.is_exact() {
                    format!("{} {code}", a.low)
                } else {
                    format!("{}-{} {code}", a.low, a.high)
                }
            })
            .collect()
    }

    #[test]
    fn amounts_in_figures_and_words() {
        assert_eq!(read("A bottle at 14 EUR or £45 each"), ["14 EUR", "45 GBP"]);
        assert_eq!(read("Give fifteen euros, or thirty-five dollars"), ["15 EUR", "35 USD"]);
        assert_eq!(read("Two hundred and fifty francs for a lost bag"), ["250 CHF"]);
        assert_eq!(read("Even a tenner, even a five-pound one"), ["10 any", "5 GBP"]);
        assert_eq!(
            read("It costs 1,000 EUR, 10.000 €, CHF 100'000, 1 800 kr, 9.50 $"),
            ["1000 EUR", "10000 EUR", "100000 CHF", "1800 SEK", "9.5 USD"]
        );
        assert_eq!(read("The full bill of several hundred euros"), ["300 EUR"]);
        assert_eq!(read("Say £2k; then EUR250; then 50€"), ["2000 GBP", "250 EUR", "50 EUR"]);
        assert_eq!(read("Ten per cent off the bill"), ["10 %"]);
        assert!(read("Two guests in room 14 waited 20 minutes; try 3 doors").is_empty());
    }

    #[test]
    fn words_around_an_amount_make_it_a_range() {
        assert_eq!(read("Anything over a tenner"), ["10-inf any"]);
        assert_eq!(read("Refunds from 50 € upwards"), ["50-inf EUR"]);
        assert_eq!(read("50 dollars and more go to Rashid"), ["50-inf USD"]);
        assert_eq!(read("credits of thirty-five euros and up"), ["35-inf EUR"]);
        assert_eq!(read("no more than 20 EUR"), ["0-20 EUR"]);
        assert_eq!(read("not less than £20"), ["20-inf GBP"]);
        assert_eq!(read("Claims between £20 and £40"), ["20-40 GBP"]);
        assert_eq!(read("$25 to $75 goes to your lead"), ["25-75 USD"]);
        assert_eq!(read("forty or fifty euros"), ["40-50 EUR"]);
        assert_eq!(read("cleaning, 80–150 €"), ["80-150 EUR"]);
        assert_eq!(read("above 20 EUR but below 50 EUR"), ["20-50 EUR"]);
        assert_eq!(read("Up to 20 you decide, from 20 to 50 EUR the lead"), ["0-20 EUR", "20-50 EUR"]);
        assert_eq!(read("owed 250, 400 or 600 euros"), ["250-600 EUR"]);
        assert_eq!(read("if they cost more than 10 EUR"), ["10-inf EUR"]);
    }
}
