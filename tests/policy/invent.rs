//! Policies nobody wrote: every block and line of the vocabulary, in any order and layout, without a mistake. What
//! the table learns, they say.

use loosetight::policy::vocabulary::{Often, Shape, TOP, Takes, WORDS, Word};

/// Numbers that look random and are the same for the same seed (xorshift).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % n.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// What references may name; the fixed part of every invented policy declares it.
const FIXED: &str = "journey \"Fixed\" { stage fixed \"I am\" { touchpoint ta \"A\"\n touchpoint first \"B\" } }\n\
    tight {\n outcome oa \"A\"\n outcome at-ease \"B\"\n}\nbackstage { experiment ea \"E\" }\n";

const PROSE: [&str; 22] = [
    "guests",
    "we",
    "{",
    "}",
    "# no comment",
    "\\\"so\\\"",
    "for",
    "at",
    "tight {",
    "every",
    "café",
    "“",
    "🦊",
    "it's",
    "outcome",
    "a\u{a0}b",
    "(yes)",
    "25%",
    "promise",
    "—",
    "Donaudampfschifffahrtsgesellschaft",
    ",",
];

pub(crate) struct Inventor {
    pub dice: Dice,
    names: usize,
    /// Of the lines that may be said once in a policy, those that have been.
    said: Vec<&'static str>,
    out: String,
}

impl Inventor {
    pub(crate) fn policy(seed: u64) -> String {
        let mut it = Inventor { dice: Dice::new(seed), names: 0, said: Vec::new(), out: String::new() };
        if it.dice.one_in(3) {
            it.comment();
        }
        it.out.push_str(FIXED);
        it.lines(&TOP, 0);
        if it.dice.one_in(2) {
            it.out = it.out.replace('\n', "\r\n");
        }
        it.out
    }

    /// Lines of a block, some of those that may stand in it.
    fn lines(&mut self, block: &'static Word, depth: usize) {
        let mut said: Vec<&Word> = Vec::new();
        let words: Vec<&'static Word> = block.holds().collect();
        let many = if depth == 0 { 6 } else { self.dice.below(6) };
        let required = words.iter().filter(|w| w.required).copied().collect::<Vec<_>>();
        let chosen: Vec<&'static Word> =
            required.into_iter().chain((0..many).map(|_| words[self.dice.below(words.len())])).collect();
        for word in chosen {
            let leads_away = matches!(word.phrase, "include" | "extends");
            // These two may be said once in the whole policy.
            let once = word.often == Often::Once || matches!(word.phrase, "first" | "culture");
            let again = once && (said.contains(&word) || self.said.contains(&word.phrase));
            let excluded = word.either.is_some() && said.iter().any(|w| w.either == word.either);
            // `on` and `source` say something about a figure.
            let figure = said.iter().any(|w| matches!(w.phrase, "now" | "met"));
            let lost = matches!(word.phrase, "on" | "source") && word.inside.contains(&"now") && !figure;
            if leads_away || again || excluded || lost {
                continue;
            }
            said.push(word);
            if matches!(word.phrase, "first" | "culture") {
                self.said.push(word.phrase);
            }
            self.gap(depth);
            self.line(word, depth);
            if self.dice.one_in(8) {
                self.comment();
            } else {
                self.out.push('\n');
            }
        }
    }

    fn gap(&mut self, depth: usize) {
        for _ in 0..self.dice.below(3) {
            self.out.push('\n');
        }
        if self.dice.one_in(8) {
            self.comment();
        }
        let indent = self.dice.pick(&["", "  ", "\t", "\u{a0} "]);
        self.out.push_str(&indent.repeat(depth));
    }

    fn comment(&mut self) {
        self.names += 1;
        let n = self.names;
        self.out.push_str(&format!(" # comment {n} \"with\" {{ marks\n"));
    }

    fn line(&mut self, word: &'static Word, depth: usize) {
        let phrase = match self.dice.below(6) {
            0 => word.phrase.to_uppercase(),
            1 => word.phrase.replace(' ', "  "),
            _ => word.phrase.to_owned(),
        };
        self.out.push_str(&phrase);
        for takes in word.takes {
            self.takes(word, *takes);
        }
        match word.shape {
            Shape::Block if self.dice.one_in(12) && !word.holds().any(|w| w.required) => {}
            Shape::Block => {
                self.out.push_str(self.dice.pick(&[" {\n", "{ ", "\n {", " {"]));
                if self.dice.one_in(9) {
                    self.comment();
                }
                self.lines(word, depth + 1);
                self.out.push('}');
            }
            Shape::Line => self.followers(word, depth),
        }
    }

    /// What may follow on a line: on it, or in a block behind it.
    fn followers(&mut self, word: &'static Word, depth: usize) {
        let mut words: Vec<&'static Word> = word.holds().filter(|_| self.dice.one_in(2)).collect();
        let kinds: Vec<Option<&str>> = words.iter().map(|w| w.either).collect();
        let mut at = 0;
        words.retain(|w| {
            at += 1;
            w.either.is_none() || !kinds[..at - 1].contains(&w.either)
        });
        let figure = words.iter().any(|w| matches!(w.phrase, "now" | "met"));
        words.retain(|w| {
            figure || !matches!(w.phrase, "on" | "source") || !matches!(word.phrase, "measure" | "expects")
        });
        let inline = self.dice.below(words.len() + 1);
        let mut nested: Vec<&str> = Vec::new();
        for follower in &words[..inline] {
            // On a line, the figure before it takes what belongs to it.
            if nested.contains(&follower.phrase) {
                continue;
            }
            self.out.push(' ');
            let from = self.out.len();
            self.inline(follower);
            let said = self.out[from..].to_lowercase();
            nested.extend(follower.holds().map(|w| w.phrase).filter(|p| said.contains(p)));
        }
        let behind = &words[inline..];
        if behind.is_empty() {
            return;
        }
        self.out.push_str(self.dice.pick(&[" {\n", "\n{", "{ "]));
        for follower in behind {
            self.gap(depth);
            self.line(follower, depth + 1);
            self.out.push('\n');
        }
        self.out.push('}');
    }

    /// A follower on the line, with its own.
    fn inline(&mut self, word: &'static Word) {
        self.out.push_str(word.phrase);
        for takes in word.takes {
            self.takes(word, *takes);
        }
        for follower in word.holds() {
            if self.dice.one_in(2) {
                self.out.push(' ');
                self.inline(follower);
            }
        }
    }

    fn takes(&mut self, word: &Word, takes: Takes) {
        let list = |me: &mut Inventor, one: &dyn Fn(&mut Inventor) -> String| {
            let n = 1 + me.dice.below(4);
            for i in 0..n {
                if i > 0 {
                    me.out.push(',');
                    match me.dice.below(6) {
                        0 => me.out.push_str("\n    "),
                        1 => me.comment(),
                        2 => {}
                        _ => me.out.push(' '),
                    }
                }
                let text = one(me);
                me.out.push_str(&text);
            }
        };
        self.out.push_str(self.dice.pick(&[" ", " ", "  ", "\t"]));
        match takes {
            Takes::Name => {
                self.names += 1;
                self.out.push_str(&format!("n{}-x", self.names));
            }
            // Journeys are told apart by their titles.
            Takes::Text if word.phrase == "journey" => {
                self.names += 1;
                self.out.push_str(&format!("\"Journey {}\"", self.names));
            }
            Takes::Text => {
                let text = self.quotation();
                self.out.push_str(&text);
            }
            Takes::MaybeText if self.dice.one_in(2) => {
                let text = self.quotation();
                self.out.push_str(&text);
            }
            Takes::MaybeDate if self.dice.one_in(2) => self.out.push_str("2026-02-28"),
            Takes::MaybeText | Takes::MaybeDate => {}
            Takes::Texts => list(self, &Inventor::quotation),
            Takes::Touchpoints if self.dice.one_in(5) => self.out.push_str("everywhere"),
            Takes::Touchpoints => list(self, &|me| me.dice.pick(&["ta", "first", "TA"]).to_owned()),
            Takes::Outcomes => list(self, &|me| me.dice.pick(&["oa", "at-ease"]).to_owned()),
            Takes::Experiment => self.out.push_str("ea"),
            Takes::OneOf(words) => {
                let word = self.dice.pick(words);
                self.out.push_str(word);
            }
            Takes::SomeOf(words) => list(self, &|me| me.dice.pick(words).to_owned()),
            Takes::Date => self.out.push_str(self.dice.pick(&["2026-09-14", "2024-02-29"])),
            Takes::Interval if word.phrase.ends_with("every") => {
                self.out.push_str(self.dice.pick(&["week", "6 months", "1 year"]));
            }
            Takes::Interval => self.out.push_str(self.dice.pick(&["1 week", "10 days"])),
            Takes::Share => self.out.push_str(self.dice.pick(&["61%", "61 %", "7.5 percent"])),
            Takes::Quantity => self.out.push_str(self.dice.pick(&[
                "85%",
                "6 of 7",
                "0 per year",
                "3 working days per case",
                "-12",
                "€30",
                "1,000",
                "85 %",
            ])),
            Takes::Limit => {
                self.out.push_str(self.dice.pick(&[
                    "250 EUR",
                    "€250",
                    "1,000€",
                    "EUR 5",
                    "10% of the bill",
                    "5 % of the bill",
                ]));
            }
            Takes::Per => self.out.push_str(self.dice.pick(&["stay", "\"long stay\"", "day"])),
        }
    }

    /// Prose in marks of some make, with words that would mean something outside them.
    fn quotation(&mut self) -> String {
        let mut prose = String::new();
        let longest = if self.dice.one_in(4) { 40 } else { 6 };
        for i in 0..=self.dice.below(longest) {
            let between = self.dice.pick(&[" ", " ", " ", "  ", "\n      ", "\t"]);
            if i > 0 {
                prose.push_str(between);
            }
            // A line that looks like the next one of the policy would end the quotation.
            let begins_a_line = i > 0 && between.contains('\n');
            prose.push_str(if begins_a_line { "guests" } else { self.dice.pick(&PROSE) });
        }
        let prose = prose.trim().trim_matches('\u{a0}');
        match self.dice.below(5) {
            0 => format!("“we {}”", prose.replace('“', "")),
            1 => format!("«{prose}»"),
            2 => format!("„we {}“", prose.replace('“', "")),
            _ => format!("\"{prose}\""),
        }
    }
}

/// Every row can be reached from the top.
#[test]
fn invented_policies_say_everything_there_is_to_say() {
    let all: String = (0..400).map(Inventor::policy).collect::<String>().to_lowercase();
    for word in WORDS.iter().filter(|w| !matches!(w.phrase, "include" | "extends")) {
        let said = all.contains(word.phrase) || all.contains(&word.phrase.replace(' ', "  "));
        assert!(said, "`{}` is never said", word.phrase);
    }
}
