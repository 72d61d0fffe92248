//! A sentence's tokens → marks: who acts, with what force, whose words are quoted, and what speaks for leaving it alone.

use crate::document::{BlockKind, Document};
use crate::language::inflect::Form;
use crate::language::lexicon::{ClassId, Lexicon};
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
pub const NAMES: [(Mark, &str); 33] = [
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
];

/// The word classes that marks are made of, looked up once.
#[derive(Clone, Debug)]
#[allow(missing_docs)]
pub struct Core {
    pub verb: ClassId,
    pub verb_mixed: ClassId,
    pub verb_rare: ClassId,
    pub staff: ClassId,
    pub customer: ClassId,
    pub company: ClassId,
    pub system: ClassId,
    pub approver: ClassId,
    pub must: ClassId,
    pub should: ClassId,
    pub may: ClassId,
    pub order: ClassId,
    pub absolute: ClassId,
    pub negation: ClassId,
    pub prohibition: ClassId,
    pub speak: ClassId,
    pub example: ClassId,
    pub loose: ClassId,
    pub condition: ClassId,
    pub reason: ClassId,
    pub duty: [ClassId; 7],
    pub technical: ClassId,
    pub duration: ClassId,
    pub clock: ClassId,
    pub count: ClassId,
    pub number_word: ClassId,
    pub money: ClassId,
    pub approval: ClassId,
    pub first_person: ClassId,
    pub determiner: ClassId,
    pub pronoun: ClassId,
    pub adverb: ClassId,
    pub purpose: ClassId,
    pub subject_relative: ClassId,
    pub be: ClassId,
    pub result: ClassId,
    pub feeling: ClassId,
}

impl Core {
    /// The classes marks need, by name.
    pub fn of(lexicon: &Lexicon) -> Core {
        let c = |name: &str| lexicon.class(name).unwrap_or(ClassId::NONE);
        Core {
            verb: c("verb"),
            verb_mixed: c("verb-mixed"),
            verb_rare: c("verb-rare"),
            staff: c("staff"),
            customer: c("customer"),
            company: c("company"),
            system: c("system"),
            approver: c("approver"),
            must: c("must"),
            should: c("should"),
            may: c("may"),
            order: c("order"),
            absolute: c("absolute"),
            negation: c("negation"),
            prohibition: c("prohibition"),
            speak: c("speak"),
            example: c("example"),
            loose: c("loose"),
            condition: c("condition"),
            reason: c("reason"),
            duty: ["legal", "safety", "security", "privacy", "identity", "payment", "medical"].map(c),
            technical: c("technical"),
            duration: c("duration"),
            clock: c("clock"),
            count: c("count"),
            number_word: c("number-word"),
            money: c("money"),
            approval: c("approval"),
            first_person: c("first-person"),
            determiner: c("determiner"),
            pronoun: c("pronoun"),
            adverb: c("opening-adverb"),
            purpose: c("purpose"),
            subject_relative: c("relative"),
            be: c("be"),
            result: c("result"),
            feeling: c("feeling"),
        }
    }
}

/// Works out the marks of every sentence of a reading.
pub fn mark(doc: &Document, r: &mut Reading, lexicon: &Lexicon, core: &Core) {
    let mut all = Vec::with_capacity(r.sentences.len());
    for s in &r.sentences {
        all.push(View { doc, r, lexicon, core, s }.marks());
    }
    for (s, m) in r.sentences.iter_mut().zip(all) {
        s.marks = m;
    }
}

/// One sentence as it is being looked at.
struct View<'a> {
    doc: &'a Document,
    r: &'a Reading,
    lexicon: &'a Lexicon,
    core: &'a Core,
    s: &'a Sentence,
}

impl View<'_> {
    fn token(&self, at: u32) -> Option<&Token> {
        if at >= self.s.tokens.end { None } else { self.r.tokens.get(at as usize) }
    }

    /// Whether a word, or a phrase that begins here, is of a class.
    fn is(&self, at: u32, class: ClassId) -> bool {
        let Some(t) = self.token(at) else { return false };
        t.kind == TokenKind::Word && self.lexicon.classes(t.word).has(class)
            || self.r.phrases_at(at).iter().any(|h| h.class == class)
    }

    fn marks(&self) -> Marks {
        let (s, core) = (self.s, self.core);
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

        let c = &s.classes;
        m.set_if(Mark::Example, c.has(core.example));
        m.set_if(Mark::Loose, c.has(core.loose));
        m.set_if(Mark::Reason, c.has(core.reason) || c.has(core.purpose));
        m.set_if(Mark::Duty, core.duty.iter().any(|&d| c.has(d)));
        m.set_if(Mark::Technical, c.has(core.technical));
        m.set_if(Mark::Absolute, c.has(core.absolute));
        m.set_if(Mark::Customer, c.has(core.customer));
        m.set_if(Mark::Staff, c.has(core.staff));
        m.set_if(Mark::Approval, c.has(core.approval));
        m.set_if(Mark::Speaks, c.has(core.speak));
        m.set_if(
            Mark::Money,
            c.has(core.money) || tokens.iter().any(|t| t.is('€') || t.is('$') || t.is('£')),
        );
        m.set_if(Mark::FirstPerson, c.has(core.first_person));
        let numbered = tokens.iter().any(|t| t.kind == TokenKind::Number) || c.has(core.number_word);
        m.set_if(Mark::Clock, c.has(core.clock) || c.has(core.duration) && numbered);
        m.set_if(Mark::Count, c.has(core.count));

        self.grammar(&mut m);
        m
    }

    /// Whose words are quoted: the customer's where a customer speaks just before or after, else staff's.
    fn quotes(&self, quotes: &[Quote], m: &mut Marks) {
        let core = self.core;
        for q in quotes.iter().filter(|q| q.words > 0) {
            m.set(Mark::Quote);
            let before = q.outside.start.saturating_sub(7).max(self.s.tokens.start)..q.outside.start;
            let after = q.outside.end..(q.outside.end + 5).min(self.s.tokens.end);
            let speaks = |range: std::ops::Range<u32>| {
                let mut customer = None;
                let mut speech = None;
                for i in range {
                    if self.is(i, core.customer) {
                        customer = Some(i);
                    }
                    if self.is(i, core.speak) {
                        speech = Some(i);
                    }
                }
                // The customer is the speaker only before the verb: "tell the guest" is not.
                matches!((customer, speech), (Some(c), Some(s)) if c < s)
            };
            if speaks(before) || speaks(after) {
                m.set(Mark::CustomerQuote);
            } else if q.words >= 2 {
                m.set(Mark::StaffQuote);
            }
            let own = self.s.tokens.end - self.s.tokens.start - (q.outside.end - q.outside.start);
            m.set_if(Mark::AllQuote, own <= 1 && q.words >= 2);
        }
    }

    /// Actor, force, imperative, negation: one walk over what stands outside quotations.
    fn grammar(&self, m: &mut Marks) {
        let core = self.core;
        let of = self.s.tokens.clone();
        let mut at = of.start;
        // Numbers, bullets and brackets in front say nothing.
        while let Some(t) = self.token(at)
            && matches!(t.kind, TokenKind::Number | TokenKind::Mark)
        {
            at += 1;
        }
        if self.is(at, core.condition) {
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
            if self.is(i, core.negation) {
                m.set(Mark::Negated);
                let next = i + 1;
                let verb = self.token(next).is_some_and(|t| self.verb_base(t));
                m.set_if(Mark::Forbids, verb && (m.has(Mark::Imperative) || force >= Force::May));
            }
            m.set_if(Mark::Forbids, self.is(i, core.prohibition));
            if self.is(i, core.must) || self.is(i, core.order) {
                force = Force::Must;
            } else if self.is(i, core.should) {
                force = force.max(Force::Should);
            } else if self.is(i, core.may) && force == Force::None {
                force = Force::May;
            }
            if !settled && i >= main {
                let here = if self.is(i, core.customer) {
                    Actor::Customer
                } else if self.is(i, core.staff) || self.is(i, core.approver) {
                    Actor::Staff
                } else if self.is(i, core.system) {
                    Actor::System
                } else if self.is(i, core.company) {
                    Actor::Company
                } else {
                    Actor::Unknown
                };
                if here != Actor::Unknown && !preposition {
                    (actor, settled) = (here, true);
                }
            }
            preposition = match self.lexicon.text(t.word) {
                "of" | "for" | "to" | "with" | "from" | "by" | "at" | "on" | "in" | "about" | "after"
                | "before" => true,
                _ => preposition && self.lexicon.classes(t.word).has(core.determiner),
            };
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
        let c = self.lexicon.classes(t.word);
        t.kind == TokenKind::Word
            && self.lexicon.is_form(t.word, Form::Base)
            && (c.has(self.core.verb) || c.has(self.core.verb_mixed) || c.has(self.core.verb_rare))
    }

    /// Whether an order begins at this word.
    fn imperative(&self, mut at: u32) -> bool {
        let core = self.core;
        for _ in 0..4 {
            let Some(t) = self.token(at) else { return false };
            let text = self.lexicon.text(t.word);
            if t.kind == TokenKind::Word
                && matches!(text, "do" | "don't")
                && self.token(at + 1).is_some_and(|n| self.verb_base(n) || self.lexicon.text(n.word) == "not")
            {
                return true;
            }
            if self.is(at, core.adverb) || self.is(at, core.negation) && text == "never" {
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
            || self.is(at, core.condition)
            || self.is(at, core.determiner)
            || self.is(at, core.may)
            || self.is(at, core.must)
        {
            return false;
        }
        let classes = self.lexicon.classes(t.word);
        let Some(next) = self.token(at + 1) else {
            return classes.has(core.verb) && t.look != Look::Upper;
        };
        if next.is(':') || next.is('=') {
            return false;
        }
        let object = next.kind != TokenKind::Word && next.kind != TokenKind::Mark
            || self.is(at + 1, core.determiner)
            || self.is(at + 1, core.pronoun)
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
        let verb_follows = self.is(at + 1, core.be)
            || self.is(at + 1, core.must)
            || self.is(at + 1, core.may)
            || self.is(at + 1, core.should);
        if verb_follows {
            return false;
        }
        if classes.has(core.verb) {
            true
        } else if classes.has(core.verb_mixed) {
            object || self.is(at + 1, core.customer) || self.is(at + 1, core.staff)
        } else {
            object && (self.is(at + 1, core.determiner) || self.is(at + 1, core.pronoun))
        }
    }
}
