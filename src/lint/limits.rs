//! A document's sentences, held against the policy's `empower` blocks → places that ask for somebody's yes although the
//! policy lets people decide alone.
//!
//! A sentence is read in parts, one a tier ("up to 20 EUR the host, 20 to 50 EUR the captain"). A part is a conflict where
//! somebody else must agree and the sums it speaks of begin below the limit; sums may stand in a neighbouring cell, in
//! the column's heading, in the line that leads into a list, or in the question before. Where no sum is named, a remedy
//! that waits for a yes is below any limit.

mod context;
mod grant;
mod signs;
mod tiers;

use std::cell::OnceCell;
use std::ops::Range;

use super::{Linter, Setting};
use crate::document::{BlockKind, Document, Kind};
use crate::finding::Related;
use crate::judge;
use crate::language::amount::{self, Amount, Currency};
use crate::language::{ClassSet, Mark, Reading, Sentence, TokenKind, WordId};
use crate::policy::Policy;
use context::Context;
use grant::{Act, Grant, money};
use signs::{Found, Sign, Signs};

/// The rule these findings belong to.
pub(super) const RULE: &str = "approval-below-limit";

/// The rule of the model whose sentences make people ask for leave.
const LADDER: &str = "approval-ladder";
/// Log-odds at which a sentence that is like those counts as a demand by itself.
const SURE: f32 = 0.5;
/// Log-odds at which it counts as one where somebody above is named.
const LIKELY: f32 = -1.0;

/// A place that takes back what the policy gives.
#[derive(Clone, Debug)]
pub(super) struct Conflict {
    /// Index of the sentence.
    pub sentence: u32,
    /// What was seen, with both amounts.
    pub message: String,
    /// The line of the policy.
    pub related: Option<Related>,
}

/// What a policy leaves to people, and how to see that a document takes it back.
#[derive(Debug)]
pub(super) struct Allowed {
    grants: Vec<Grant>,
    signs: Signs,
    /// Words with which a part of a sentence says something of its own.
    says: ClassSet,
    /// Words that deny what follows.
    denies: ClassSet,
}

impl Allowed {
    /// What a policy leaves to people; `None` where it empowers nobody.
    pub(super) fn of(policy: &Policy, lexicon: &mut crate::language::Lexicon) -> Option<Allowed> {
        let grants = Grant::all(policy, lexicon);
        (!grants.is_empty()).then(|| Allowed {
            grants,
            signs: Signs::builtin(lexicon),
            says: lexicon.set_of(&["verb", "approver", "staff", "auxiliary", "negation", "pronoun-you"]),
            denies: lexicon.set_of(&["negation", "never"]),
        })
    }
}

/// The conflicts of a document, in order; at most one a sentence.
pub(super) fn conflicts(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
) -> Vec<Conflict> {
    let (Some(allowed), Some(policy)) = (&linter.allowed, linter.policy.as_deref()) else {
        return Vec::new();
    };
    if setting.kind == Kind::Technical {
        return Vec::new();
    }
    let read = (0..reading.sentences.len()).map(|_| Known::default()).collect();
    let look = Look { linter, doc, reading, allowed, policy, known: read };
    (0..reading.sentences.len() as u32).filter_map(|i| look.conflict(i)).collect()
}

/// One document as it is being looked at.
struct Look<'a> {
    linter: &'a Linter,
    doc: &'a Document,
    reading: &'a Reading,
    allowed: &'a Allowed,
    policy: &'a Policy,
    /// What is known of each sentence so far; many are asked for again as somebody's surroundings.
    known: Vec<Known>,
}

/// What is known of a sentence taken by itself.
#[derive(Debug, Default)]
struct Known {
    signs: OnceCell<Box<Found>>,
    amounts: OnceCell<Vec<Amount>>,
    words: OnceCell<Vec<String>>,
}

/// What the sums of a part come to, held against one limit.
enum Sums<'a> {
    /// None is named, or none in the limit's currency.
    None,
    /// All lie above the limit.
    Above,
    /// This one begins below it.
    Below(&'a Amount),
}

impl Look<'_> {
    fn sentence(&self, index: u32) -> &Sentence {
        &self.reading.sentences[index as usize]
    }

    /// The signs of a whole sentence.
    fn signs(&self, index: u32) -> &Found {
        self.known[index as usize].signs.get_or_init(|| {
            let s = self.sentence(index);
            Box::new(self.find(s, s.tokens.clone()))
        })
    }

    /// The sums a sentence names by itself.
    fn sums_of(&self, index: u32) -> &[Amount] {
        self.known[index as usize].amounts.get_or_init(|| self.amounts(self.sentence(index), None))
    }

    /// The telling words of a sentence, as base forms.
    fn words(&self, index: u32) -> &[String] {
        self.known[index as usize]
            .words
            .get_or_init(|| grant::stems(self.text(self.sentence(index).text), &self.linter.lexicon))
    }

    /// The signs of a part of a sentence.
    fn find(&self, s: &Sentence, of: Range<u32>) -> Found {
        let mut found = self.allowed.signs.find(self.reading, &self.linter.lexicon, of.clone(), &s.classes);
        if !found.has(Sign::Above)
            && let Some(at) = self.named(s, of)
        {
            found.set(Sign::Above, at);
        }
        found
    }

    /// Somebody called by name ("Petra", "Dr. Amsel"): a capital inside the sentence on a word nobody knows.
    fn named(&self, s: &Sentence, of: Range<u32>) -> Option<u32> {
        of.filter(|&i| i > s.tokens.start).find(|&i| {
            let t = &self.reading.tokens[i as usize];
            let before = &self.reading.tokens[i as usize - 1];
            t.kind == TokenKind::Word
                && t.look == crate::language::Look::Capital
                && t.word == WordId::UNKNOWN
                && !before.is(':')
                && (!before.ends() || self.shortened(i))
                && before.kind != TokenKind::Open
                && amount::currency_in(self.text(t.text())).is_none()
        })
    }

    /// Whether the full stop before a word ends a title ("Mr. Halvorsen"), not a sentence.
    fn shortened(&self, at: u32) -> bool {
        let title =
            at.checked_sub(2).map(|i| self.text(self.reading.tokens[i as usize].text()).to_lowercase());
        title.is_some_and(|t| matches!(t.as_str(), "mr" | "mrs" | "ms" | "dr" | "prof" | "st"))
    }

    fn text(&self, span: crate::source::Span) -> &str {
        self.doc.flat.text().get(span.range()).unwrap_or("")
    }

    /// How much a sentence is like those that make people ask, as the model sees it: log-odds.
    fn likeness(&self, index: u32) -> f32 {
        let Some(judge) = &self.linter.judge else { return f32::NEG_INFINITY };
        let mut features = Vec::with_capacity(512);
        judge::features(self.doc, self.reading, &self.linter.lexicon, index as usize, &mut features);
        let near = judge.nearest(&features);
        near.iter().find(|(name, _)| *name == LADDER).map_or(f32::NEG_INFINITY, |(_, odds)| *odds)
    }

    fn amounts(&self, s: &Sentence, assumed: Option<Currency>) -> Vec<Amount> {
        amount::amounts(self.reading, self.doc.flat.text(), s.tokens.clone(), assumed)
    }

    fn conflict(&self, index: u32) -> Option<Conflict> {
        let s = self.sentence(index);
        if !super::decide::is_read(self.doc, s)
            || s.marks.has(Mark::AllQuote)
            || s.marks.has(Mark::CustomerQuote)
        {
            return None;
        }
        if !self.may_ask(index) {
            return None;
        }
        let mut whole = self.signs(index).clone();
        let context = Context::of(self, index, &mut whole);
        let amounts = match context.currency {
            None => self.sums_of(index).to_vec(),
            currency => self.amounts(s, currency),
        };
        if context.aside {
            return None;
        }
        let speaks = amounts.len() + context.amounts.len() > 0 || whole.has(Sign::Remedy);
        let likely =
            if speaks && (whole.score() < 3 || !whole.authority()) { self.likeness(index) } else { 0.0 };
        let sure = likely > SURE
            && (whole.authority() || whole.relation() && !s.marks.has(Mark::Cell) && !amounts.is_empty());
        if sure {
            whole.set(Sign::Yes, s.tokens.start);
        }
        if !whole.authority() || self.excused(&whole, s) || self.taken_back(index) {
            return None;
        }
        let parts = self.parts(s, &amounts, context.before.as_ref());
        let tiers = parts.iter().filter(|p| !p.amounts.is_empty()).count() > 1;
        for part in &parts {
            let mut signs = if parts.len() == 1 { whole.clone() } else { self.find(s, part.tokens.clone()) };
            if parts.len() > 1 && part.amounts.is_empty() {
                continue;
            }
            context.lend(&mut signs);
            if self.left_alone(&signs, part.tokens.clone()) {
                continue;
            }
            if signs.authority() && !signs.relation() && (tiers || likely > LIKELY) {
                signs.set(Sign::Decides, part.tokens.start);
            }
            if sure {
                signs.set(Sign::Yes, part.tokens.start);
            }
            if !signs.authority() || !signs.relation() {
                continue;
            }
            let own = if part.amounts.is_empty() { &context.amounts } else { &part.amounts };
            let score = whole.score() + u32::from(whole.has(Sign::Any)) + u32::from(likely > LIKELY);
            // Most parts name sums above every limit, or none and little else; they need no closer look.
            let possible = self.allowed.grants.iter().any(|g| match Self::sums(own, g, &signs) {
                Sums::Above => false,
                Sums::Below(_) => signs.score() >= 2,
                Sums::None => own.is_empty() && score >= 3,
            });
            if !possible {
                continue;
            }
            let mut best = None;
            for grant in self.grants(index, &signs) {
                let found = match Self::sums(own, grant, &signs) {
                    Sums::Above => None,
                    Sums::Below(a) => {
                        let needed = match () {
                            () if whole.has(Sign::Remedy) => 2,
                            () if s.marks.has(Mark::Duty) => 4,
                            () if self.is_price(a) => 3,
                            () => 2,
                        };
                        (signs.score() >= needed).then(|| self.about_sum(index, grant, a))
                    }
                    Sums::None if own.is_empty() => {
                        let score =
                            whole.score() + u32::from(whole.has(Sign::Any)) + u32::from(likely > LIKELY);
                        if score < 3 { None } else { self.without_sum(index, grant, &whole, &context) }
                    }
                    Sums::None => None,
                };
                best = best.or(found);
            }
            if best.is_some() {
                return best;
            }
        }
        None
    }

    /// Whether a sentence can come to ask for somebody's yes, by itself or by what leads into it. Most cannot, and the
    /// rest of the look is spared them.
    fn may_ask(&self, index: u32) -> bool {
        let s = self.sentence(index);
        let signs = self.signs(index);
        if signs.authority() {
            return true;
        }
        let block = &self.doc.blocks[s.block as usize];
        let cell = matches!(block.kind, BlockKind::Cell { .. });
        if cell {
            // Under "Who decides" a name alone is somebody above.
            return self.opens_with_a_name(s);
        }
        signs.relation() && !self.sums_of(index).is_empty()
            || context::leads(self, s).any(|lead| self.signs(lead).authority())
            || context::titles(self, block).any(|title| self.signs(title).has(Sign::Yes))
    }

    /// Whether a sentence begins with a capital on a word nobody knows.
    fn opens_with_a_name(&self, s: &Sentence) -> bool {
        self.reading.tokens_of(s).first().is_some_and(|t| {
            t.kind == TokenKind::Word && t.look == crate::language::Look::Capital && t.word == WordId::UNKNOWN
        })
    }

    /// Whether the sentence as a whole is no demand, or none of the company's.
    fn excused(&self, f: &Found, s: &Sentence) -> bool {
        let given = f.has(Sign::Remedy);
        let third = f.has(Sign::Third) && {
            // Unless the policy itself says that they need not be asked.
            let said = f.at(Sign::Third).map(|at| self.covered(at)).unwrap_or_default().to_lowercase();
            let first = said.split_whitespace().find(|w| !matches!(*w, "the" | "a" | "of" | "from" | "by"));
            !self.allowed.grants.iter().any(|g| {
                g.text.split_once("without").is_some_and(|(_, t)| {
                    first.is_some_and(|w| t.contains(w.trim_end_matches("'s").trim_end_matches("’s")))
                })
            })
        };
        let demanded = f.has(Sign::Yes) || f.has(Sign::Two);
        f.has(Sign::Over)
            || f.has(Sign::Lifted)
            || f.has(Sign::Inner)
            || f.has(Sign::Duty) && !(given && f.has(Sign::Any))
            || f.has(Sign::Theirs)
            || third
            || f.has(Sign::Strangers) && !self.strangers_are_meant(f)
            || f.has(Sign::After) && !demanded
            || f.has(Sign::Leave) && !demanded && !f.has(Sign::Gate)
            || self.covered_by_boundary(s)
    }

    /// Whether the next sentence takes this one back: "Forget that."
    fn taken_back(&self, index: u32) -> bool {
        let s = self.sentence(index);
        self.reading.sentences.get(index as usize + 1).is_some_and(|next| {
            next.block == s.block && next.tokens.len() <= 9 && self.signs(index + 1).has(Sign::Over)
        })
    }

    /// Whether an amount is only what something costs: "a chain is 22 pounds".
    fn is_price(&self, a: &Amount) -> bool {
        a.is_exact()
            && a.tokens.start.checked_sub(1).is_some_and(|before| {
                let word = self.text(self.reading.tokens[before as usize].text());
                matches!(word, "is" | "are" | "cost" | "costs" | "at" | "charge")
            })
    }

    /// Whether the policy empowers those who are otherwise not meant (volunteers, trainees).
    fn strangers_are_meant(&self, f: &Found) -> bool {
        let said = f.at(Sign::Strangers).map(|at| self.covered(at)).unwrap_or_default();
        let words = grant::stems(said, &self.linter.lexicon);
        self.allowed.grants.iter().any(|g| words.iter().any(|w| g.names.contains(w)))
    }

    /// What stands at these tokens.
    fn covered(&self, tokens: Range<u32>) -> &str {
        match self.reading.tokens.get(tokens.start as usize..tokens.end as usize) {
            Some([first, .., last]) => self.text(first.text().join(last.text())),
            Some([one]) => self.text(one.text()),
            _ => "",
        }
    }

    /// Whether the sentence holds a phrase some boundary covers, or is part of the text it prescribes.
    fn covered_by_boundary(&self, s: &Sentence) -> bool {
        if self.policy.boundaries.is_empty() {
            return false;
        }
        let said = self.text(s.text).to_lowercase();
        let within = |text: &str, part: &str| !part.is_empty() && text.contains(part);
        self.policy.boundaries.iter().any(|b| {
            b.covers.iter().any(|c| within(&said, &c.as_str().to_lowercase()))
                || b.wording.iter().any(|w| within(&w.as_str().to_lowercase(), said.trim()))
        })
    }

    /// Whether a part leaves the decision to people. "Without asking" behind a "never" does the opposite.
    fn left_alone(&self, f: &Found, of: Range<u32>) -> bool {
        let Some(own) = f.at(Sign::Own) else { return false };
        let lexicon = &self.linter.lexicon;
        let denied = (of.start..own.start).any(|i| {
            let t = &self.reading.tokens[i as usize];
            t.kind == TokenKind::Word && lexicon.classes(t.word).meets(&self.allowed.denies)
        });
        !denied
    }

    /// The grants a sentence can conflict with: the groups it or its headings name, else those at the front.
    fn grants<'g>(&'g self, index: u32, f: &Found) -> Vec<&'g Grant> {
        let words = self.words(index);
        let all = &self.allowed.grants;
        let asked = f
            .at(Sign::Above)
            .map(|at| grant::stems(self.covered(at), &self.linter.lexicon))
            .unwrap_or_default();
        let several = all.iter().any(|g| g.group > 0);
        let mut out: Vec<&Grant> = all
            .iter()
            .filter(|g| !g.asks_first(words))
            .filter(|g| !several || !g.names.iter().any(|n| asked.contains(n)))
            .collect();
        if several {
            // Those whom others ask are meant only where nobody at the front is.
            if out.iter().any(|g| !g.above) {
                out.retain(|g| !g.above);
            }
            let section = self.doc.blocks[self.sentence(index).block as usize].section;
            let mut near = words.to_vec();
            for heading in self.doc.heading_path(section) {
                near.extend(grant::stems(heading, &self.linter.lexicon));
            }
            let named = |g: &&&Grant| g.names.iter().any(|n| near.contains(n));
            if out.iter().any(|g| named(&g)) {
                out.retain(|g| named(&g));
            }
        }
        out
    }

    /// The sums of a part against a limit.
    fn sums<'s>(amounts: &'s [Amount], grant: &Grant, f: &Found) -> Sums<'s> {
        let Some(limit) = &grant.spend else { return Sums::None };
        let mut above = false;
        for a in amounts.iter().filter(|a| a.counts_in(&limit.code)) {
            // "The floor manager signs up to 200": how far somebody above may go says nothing of others.
            let theirs = a.is_below()
                && a.high > limit.amount
                && f.at(Sign::Above).is_some_and(|at| at.start < a.tokens.start);
            if a.reaches_below(limit.amount) && !theirs {
                return Sums::Below(a);
            }
            above = true;
        }
        if above { Sums::Above } else { Sums::None }
    }

    fn about_sum(&self, index: u32, grant: &Grant, a: &Amount) -> Conflict {
        let limit = grant.spend.as_ref();
        let code = limit.map_or("", |l| l.code.as_str());
        let sum = if a.is_exact() {
            format!("for {}", money(a.low, code))
        } else if a.is_above() {
            format!("from {} on", money(a.low, code))
        } else if a.is_below() {
            format!("up to {}", money(a.high, code))
        } else {
            format!("between {} and {}", money(a.low, code), money(a.high, code))
        };
        let alone = limit.map_or(String::new(), |l| money(l.amount, &l.code));
        Conflict {
            sentence: index,
            message: format!(
                "This waits for somebody's yes {sum}; the policy lets {} decide alone up to {alone}.",
                grant.who
            ),
            related: grant.related(self.policy, None),
        }
    }

    /// A remedy that waits for a yes, whatever it costs.
    fn without_sum(&self, index: u32, grant: &Grant, f: &Found, context: &Context) -> Option<Conflict> {
        let s = self.sentence(index);
        let given = f.has(Sign::Remedy) || context.remedy;
        let mut near = self.words(index).to_vec();
        for &around in &context.about {
            near.extend_from_slice(self.words(around));
        }
        let act = grant.act(&near, given);
        if !given && act.is_none()
            || f.has(Sign::Big) && !f.has(Sign::Any)
            || s.marks.has(Mark::Duty) && !(given && f.has(Sign::Any))
        {
            return None;
        }
        let message = match (act, &grant.spend) {
            (Some(Act { said, .. }), _) => {
                format!("This waits for somebody's yes; the policy lets {} {said} without asking.", grant.who)
            }
            (None, Some(limit)) => format!(
                "This waits for somebody's yes whatever it costs; the policy lets {} decide alone up to {}.",
                grant.who,
                money(limit.amount, &limit.code)
            ),
            (None, None) => return None,
        };
        Some(Conflict { sentence: index, message, related: grant.related(self.policy, act) })
    }
}
