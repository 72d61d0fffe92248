//! A sentence's tokens → marks: who acts, with what force, whose words are quoted, and what speaks for leaving it alone.

use crate::document::{BlockKind, Document};
use crate::language::inflect::Form;
use crate::language::key;
use crate::language::lexicon::Lexicon;
use crate::language::roles::{Core, Role};
use crate::language::token::{Look, Token, TokenKind};
use crate::language::{Quote, Reading, Sentence};

/// Who does what the sentence says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Actor {
    /// Nobody who could be told.
    #[default]
    Unknown,
    /// Staff; also whoever an order is addressed to.
    Staff,
    /// The customer, or whoever they brought.
    Customer,
    /// The company, the team, "we".
    Company,
    /// A machine or a form.
    System,
}

/// How much room the sentence leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Force {
    /// It orders nothing.
    #[default]
    None,
    /// It allows.
    May,
    /// It advises, or orders in passing (a bare imperative).
    Should,
    /// It orders.
    Must,
}

/// What else a sentence does. One bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Mark {
    /// Opens with a verb in its base form: an order or an invitation.
    Imperative,
    /// Says that something is not, or is not to be.
    Negated,
    /// Forbids: "never", "do not", "may not".
    Forbids,
    /// "always", "every", "at all times", "without exception".
    Absolute,
    /// Ends with a question mark.
    Question,
    /// Holds words in quotation marks.
    Quote,
    /// The quoted words are the customer's.
    CustomerQuote,
    /// The quoted words are something for staff to say or write.
    StaffQuote,
    /// Offered as an example.
    Example,
    /// Leaves room: own words, judgement, "up to you".
    Loose,
    /// Begins with a condition or a time.
    Condition,
    /// Gives a reason.
    Reason,
    /// Touches law, safety, security, privacy, payment, medicine.
    Duty,
    /// Speaks of machines and programs.
    Technical,
    /// Tells what happened.
    Past,
    /// Holds a gap to be filled in.
    Placeholder,
    /// Names a duration, a number of rings, a clock time limit.
    Clock,
    /// Names an amount of money.
    Money,
    /// Names a number of times, points, attempts.
    Count,
    /// Somebody's permission is needed.
    Approval,
    /// A customer is named.
    Customer,
    /// Staff are named, or spoken to.
    Staff,
    /// Somebody speaks or writes.
    Speaks,
    /// A heading.
    Heading,
    /// A table cell.
    Cell,
    /// A list item.
    Item,
    /// Stands in a block quote.
    BlockQuote,
    /// Stands in fenced text.
    Fence,
    /// Speaks in the first person: a colleague writing, not a procedure.
    FirstPerson,
    /// Is wholly a quotation.
    AllQuote,
    /// Ends with a colon: what follows belongs to it.
    LeadIn,
    /// Says what the customer gets, feels, knows or can do.
    Outcome,
    /// Directs staff.
    Directive,
    /// Hands the wording or the choice over in so many words; [`Mark::Loose`] also counts a mere "or".
    Room,
}

/// Everything [`mark`] found out about a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Who acts.
    pub actor: Actor,
    /// How much room is left.
    pub force: Force,
    /// One bit a [`Mark`].
    pub bits: u64,
}

impl Marks {
    /// Whether a mark is set.
    #[inline]
    pub fn has(&self, m: Mark) -> bool {
        self.bits & (1 << m as u8) != 0
    }

    /// Sets a mark.
    pub fn set(&mut self, m: Mark) {
        self.bits |= 1 << m as u8;
    }

    /// Sets a mark where `yes`.
    pub fn set_if(&mut self, m: Mark, yes: bool) {
        if yes {
            self.set(m);
        }
    }
}

/// Every mark with its name in packs and in `inspect`.
pub const NAMES: [(Mark, &str); 34] = [
    (Mark::Imperative, "imperative"),
    (Mark::Negated, "negated"),
    (Mark::Forbids, "forbids"),
    (Mark::Absolute, "absolute"),
    (Mark::Question, "question"),
    (Mark::Quote, "quote"),
    (Mark::CustomerQuote, "customer-quote"),
    (Mark::StaffQuote, "staff-quote"),
    (Mark::Example, "example"),
    (Mark::Loose, "loose"),
    (Mark::Condition, "condition"),
    (Mark::Reason, "reason"),
    (Mark::Duty, "duty"),
    (Mark::Technical, "technical"),
    (Mark::Past, "past"),
    (Mark::Placeholder, "placeholder"),
    (Mark::Clock, "clock"),
    (Mark::Money, "money"),
    (Mark::Count, "count"),
    (Mark::Approval, "approval"),
    (Mark::Customer, "customer"),
    (Mark::Staff, "staff"),
    (Mark::Speaks, "speaks"),
    (Mark::Heading, "heading"),
    (Mark::Cell, "cell"),
    (Mark::Item, "item"),
    (Mark::BlockQuote, "block-quote"),
    (Mark::Fence, "fence"),
    (Mark::FirstPerson, "first-person"),
    (Mark::AllQuote, "all-quote"),
    (Mark::LeadIn, "lead-in"),
    (Mark::Outcome, "outcome"),
    (Mark::Directive, "directive"),
    (Mark::Room, "room"),
];

/// Works out the marks of every sentence of a reading.
pub fn mark(doc: &Document, r: &mut Reading, lexicon: &Lexicon, core: &Core) {
    let mut all = Vec::with_capacity(r.sentences.len());
    let mut roles = Vec::with_capacity(64);
    for s in &r.sentences {
        roles.clear();
        roles.extend(s.tokens.clone().map(|at| {
            let word = core.word(lexicon, r.tokens[at as usize].word);
            r.phrases_at(at).iter().fold(word, |all, h| all | core.class(h.class))
        }));
        all.push(View { doc, r, lexicon, core, s, roles: &roles }.marks());
    }
    for (s, m) in r.sentences.iter_mut().zip(all) {
        s.marks = m;
    }
}

const NO: u32 = key::hash(b"no");
const MATTER: u32 = key::hash(b"matter");

/// The pasts of "to be", "to have" and "to do", as hashes.
const PASTS: [u32; 4] = [key::hash(b"was"), key::hash(b"were"), key::hash(b"had"), key::hash(b"did")];

/// Words behind which somebody is not the one who acts, as hashes.
const PREPOSITIONS: [u32; 12] = [
    key::hash(b"of"),
    key::hash(b"for"),
    key::hash(b"to"),
    key::hash(b"with"),
    key::hash(b"from"),
    key::hash(b"by"),
    key::hash(b"at"),
    key::hash(b"on"),
    key::hash(b"in"),
    key::hash(b"about"),
    key::hash(b"after"),
    key::hash(b"before"),
];

/// One sentence as it is being looked at.
struct View<'a> {
    doc: &'a Document,
    r: &'a Reading,
    lexicon: &'a Lexicon,
    core: &'a Core,
    s: &'a Sentence,
    /// For each token of the sentence, the roles of its word and of the phrases that begin there.
    roles: &'a [u64],
}

impl View<'_> {
    fn token(&self, at: u32) -> Option<&Token> {
        if at >= self.s.tokens.end { None } else { self.r.tokens.get(at as usize) }
    }

    /// Whether a word, or a phrase that begins here, plays a role.
    fn is(&self, at: u32, role: Role) -> bool {
        let at = at.wrapping_sub(self.s.tokens.start) as usize;
        self.roles.get(at).is_some_and(|roles| roles & (1 << role as u8) != 0)
    }

    fn word_is(&self, t: &Token, role: Role) -> bool {
        t.kind == TokenKind::Word && self.core.word(self.lexicon, t.word) & (1 << role as u8) != 0
    }

    fn marks(&self) -> Marks {
        let s = self.s;
        let mut m = Marks::default();
        let block = &self.doc.blocks[s.block as usize];
        m.set_if(Mark::Heading, matches!(block.kind, BlockKind::Heading { .. }));
        m.set_if(Mark::Cell, matches!(block.kind, BlockKind::Cell { .. }));
        m.set_if(Mark::Item, matches!(block.kind, BlockKind::Item { .. }));
        m.set_if(Mark::Fence, matches!(block.kind, BlockKind::Fence { .. }));
        m.set_if(Mark::BlockQuote, block.quoted > 0);
        let tokens = self.r.tokens_of(s);
        let last = tokens.iter().rev().find(|t| t.kind != TokenKind::Close);
        m.set_if(Mark::Question, last.is_some_and(|t| t.is('?')));
        m.set_if(Mark::LeadIn, last.is_some_and(|t| t.is(':')));
        m.set_if(Mark::Placeholder, tokens.iter().any(|t| t.kind == TokenKind::Placeholder));

        let quotes = self.r.quotes_in(&s.tokens);
        self.quotes(quotes, &mut m);

        let roles = s.classes.iter().fold(0, |all, c| all | self.core.class(c));
        let has = |r: Role| roles & (1 << r as u8) != 0;
        m.set_if(Mark::Example, has(Role::Example));
        m.set_if(Mark::Loose, has(Role::Loose));
        m.set_if(Mark::Room, has(Role::Room));
        m.set_if(Mark::Reason, has(Role::Reason));
        m.set_if(Mark::Duty, has(Role::Duty));
        m.set_if(Mark::Technical, has(Role::Technical));
        m.set_if(Mark::Absolute, has(Role::Absolute));
        m.set_if(Mark::Customer, has(Role::Customer));
        m.set_if(Mark::Staff, has(Role::Staff));
        m.set_if(Mark::Approval, has(Role::Approval));
        m.set_if(Mark::Speaks, has(Role::Speak));
        m.set_if(Mark::Money, has(Role::Money) || tokens.iter().any(|t| t.is('€') || t.is('$') || t.is('£')));
        m.set_if(Mark::FirstPerson, has(Role::FirstPerson));
        m.set_if(Mark::Past, has(Role::Abolished));
        let numbered = tokens.iter().any(|t| t.kind == TokenKind::Number) || has(Role::Number);
        m.set_if(Mark::Clock, has(Role::Clock) || has(Role::Duration) && numbered);
        m.set_if(Mark::Count, has(Role::Count));

        self.grammar(&mut m);
        m
    }

    /// Whose words are quoted: the customer's where a customer speaks just before or after, else staff's.
    fn quotes(&self, quotes: &[Quote], m: &mut Marks) {
        for q in quotes.iter().filter(|q| q.words > 0) {
            m.set(Mark::Quote);
            let before = q.outside.start.saturating_sub(7).max(self.s.tokens.start)..q.outside.start;
            let after = q.outside.end..(q.outside.end + 5).min(self.s.tokens.end);
            let speaks = |range: std::ops::Range<u32>| {
                let mut customer = None;
                let mut speech = None;
                for i in range {
                    if self.is(i, Role::Customer) {
                        customer = Some(i);
                    }
                    if self.is(i, Role::Speak) {
                        speech = Some(i);
                    }
                }
                // The customer is the speaker only before the verb: "tell the guest" is not.
                matches!((customer, speech), (Some(c), Some(s)) if c < s)
            };
            // "Customer: …" is a line of a dialogue.
            let label = q.outside.start.checked_sub(2).filter(|&i| i >= self.s.tokens.start);
            let labelled =
                label.is_some_and(|i| self.r.tokens[i as usize + 1].is(':') && self.is(i, Role::Customer));
            if labelled || speaks(before) || speaks(after) {
                m.set(Mark::CustomerQuote);
            } else if q.words >= 2 {
                m.set(Mark::StaffQuote);
            }
            // A quotation may be longer than the sentence: only the part that lies in it counts.
            let of = &self.s.tokens;
            let quoted = q.outside.end.min(of.end).saturating_sub(q.outside.start.max(of.start));
            let own = of.end - of.start - quoted;
            m.set_if(Mark::AllQuote, own <= 1 && q.words >= 2);
        }
    }

    /// Actor, force, imperative, negation: one walk over what stands outside quotations.
    fn grammar(&self, m: &mut Marks) {
        let of = self.s.tokens.clone();
        let mut at = of.start;
        // Numbers, bullets and brackets in front say nothing.
        while let Some(t) = self.token(at)
            && matches!(t.kind, TokenKind::Number | TokenKind::Mark)
        {
            at += 1;
        }
        if self.is(at, Role::Condition) {
            m.set(Mark::Condition);
        }
        let main = if m.has(Mark::Condition) { self.after_comma(at).unwrap_or(at) } else { at };
        let heading = m.has(Mark::Heading);
        if !heading && !m.has(Mark::AllQuote) && !m.has(Mark::Question) {
            m.set_if(Mark::Imperative, self.imperative(main) || main != at && self.imperative(at));
        }
        let (mut actor, mut settled) = (Actor::Unknown, false);
        let mut force = Force::None;
        let mut i = of.start;
        let mut preposition = false;
        while i < of.end {
            if let Some(q) = self.r.quote_at(i)
                && q.words > 1
            {
                i = q.outside.end.max(i + 1);
                continue;
            }
            let t = &self.r.tokens[i as usize];
            if t.kind != TokenKind::Word {
                i += 1;
                continue;
            }
            // "No matter what" denies nothing.
            let no_matter = t.hash == NO && self.token(i + 1).is_some_and(|t| t.hash == MATTER);
            if self.is(i, Role::Negation) && !no_matter {
                m.set(Mark::Negated);
                let next = i + 1;
                let verb = self.token(next).is_some_and(|t| self.verb_base(t));
                m.set_if(Mark::Forbids, verb && (m.has(Mark::Imperative) || force >= Force::May));
            }
            m.set_if(Mark::Forbids, self.is(i, Role::Forbids));
            if self.is(i, Role::Must) {
                force = Force::Must;
            } else if self.is(i, Role::Should) {
                force = force.max(Force::Should);
            } else if self.is(i, Role::May) && force == Force::None {
                force = Force::May;
            }
            if !settled && i >= main {
                let here = if self.is(i, Role::Customer) {
                    Actor::Customer
                } else if self.is(i, Role::Staff) || self.is(i, Role::Approver) {
                    Actor::Staff
                } else if self.is(i, Role::System) {
                    Actor::System
                } else if self.is(i, Role::Company) {
                    Actor::Company
                } else {
                    Actor::Unknown
                };
                if here != Actor::Unknown && !preposition {
                    (actor, settled) = (here, true);
                }
            }
            // Somebody did something: a pronoun and a past form, or a past of "to be" outside a condition.
            let told = self.lexicon.is_form(t.word, Form::Past)
                && i > of.start
                && self.is(i - 1, Role::Pronoun)
                && !self.is(i, Role::Auxiliary)
                && (self.word_is(t, Role::Verb) || self.word_is(t, Role::VerbMixed));
            let was = PASTS.contains(&t.hash) && !m.has(Mark::Condition);
            m.set_if(Mark::Past, told || was);
            preposition = PREPOSITIONS.contains(&t.hash) || preposition && self.word_is(t, Role::Determiner);
            i += 1;
        }
        if m.has(Mark::Imperative) {
            actor = Actor::Staff;
            force = force.max(if m.has(Mark::Absolute) || m.has(Mark::Forbids) {
                Force::Must
            } else {
                Force::Should
            });
        }
        m.actor = actor;
        m.force = force;
        m.set_if(
            Mark::Directive,
            !heading && (m.has(Mark::Imperative) || actor == Actor::Staff && force >= Force::Should),
        );
    }

    /// The word behind the comma that ends a leading clause.
    fn after_comma(&self, from: u32) -> Option<u32> {
        (from..self.s.tokens.end.min(from + 30))
            .find(|&i| self.token(i).is_some_and(|t| t.is(',') || t.is(':')))
            .map(|i| i + 1)
    }

    fn verb_base(&self, t: &Token) -> bool {
        let has = |role: Role| self.word_is(t, role);
        t.kind == TokenKind::Word
            && self.lexicon.is_form(t.word, Form::Base)
            && (has(Role::Verb) || has(Role::VerbMixed) || has(Role::VerbRare))
    }

    /// Whether an order begins at this word.
    fn imperative(&self, mut at: u32) -> bool {
        for _ in 0..4 {
            let Some(t) = self.token(at) else { return false };
            let text = self.lexicon.text(t.word);
            if t.kind == TokenKind::Word
                && matches!(text, "do" | "don't")
                && self.token(at + 1).is_some_and(|n| self.verb_base(n) || self.lexicon.text(n.word) == "not")
            {
                return true;
            }
            if self.is(at, Role::Adverb) || self.is(at, Role::Negation) && text == "never" {
                at += 1;
                continue;
            }
            if t.is(',') {
                at += 1;
                continue;
            }
            break;
        }
        let Some(t) = self.token(at) else { return false };
        if !self.verb_base(t)
            || self.is(at, Role::Condition)
            || self.is(at, Role::Determiner)
            || self.is(at, Role::May)
            || self.is(at, Role::Must)
        {
            return false;
        }
        let has = |role: Role| self.word_is(t, role);
        let Some(next) = self.token(at + 1) else {
            return has(Role::Verb) && t.look != Look::Upper;
        };
        if next.is(':') || next.is('=') {
            return false;
        }
        let object = next.kind != TokenKind::Word && next.kind != TokenKind::Mark
            || self.is(at + 1, Role::Determiner)
            || self.is(at + 1, Role::Pronoun)
            || matches!(
                self.lexicon.text(next.word),
                "up" | "out"
                    | "down"
                    | "back"
                    | "off"
                    | "in"
                    | "to"
                    | "with"
                    | "for"
                    | "at"
                    | "on"
                    | "that"
                    | "whether"
                    | "what"
                    | "how"
                    | "who"
                    | "where"
                    | "when"
                    | "if"
                    | "into"
                    | "from"
                    | "through"
                    | "over"
                    | "only"
                    | "both"
                    | "all"
                    | "people"
                    | "about"
                    | "as"
                    | "away"
                    | "always"
                    | "not"
                    | "by"
            );
        let verb_follows = self.is(at + 1, Role::Auxiliary)
            || self.is(at + 1, Role::Must)
            || self.is(at + 1, Role::May)
            || self.is(at + 1, Role::Should);
        if verb_follows {
            return false;
        }
        if has(Role::Verb) {
            true
        } else if has(Role::VerbMixed) {
            object || self.is(at + 1, Role::Customer) || self.is(at + 1, Role::Staff)
        } else {
            object && (self.is(at + 1, Role::Determiner) || self.is(at + 1, Role::Pronoun))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{self, Format, Limits};
    use crate::lint::Linter;
    use crate::rule::Sensitivity;

    /// Found by the examples: `"One. Two. Three."` as a paragraph of its own.
    #[test]
    fn a_quotation_longer_than_its_first_sentence_is_all_of_that_sentence() {
        let linter = Linter::new(None, Vec::new(), Sensitivity::Careful).expect("the built-in packs");
        let text =
            "> \"You may travel on the next boat today. Ask any of us. It is your right as a passenger.\"\n";
        let doc = document::read_as("notice.md", text, Format::Markdown, Limits::default()).expect("text");
        let reading = linter.read(&doc);
        assert_eq!(reading.sentences.len(), 3);
        assert!(reading.sentences[0].marks.has(super::Mark::AllQuote));
    }
}
