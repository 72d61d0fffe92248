//! What stands around a sentence → the sums, the remedy and the question it answers: the other cells of its row, the
//! heading of its column, the line that leads into its list, the headings above it, the sentence before.

use super::Look;
use super::signs::{Found, Sign};
use crate::document::{Block, BlockKind};
use crate::language::amount::{self, Amount, Currency};
use crate::language::{Mark, Sentence, TokenKind};
use std::ops::Range;

/// What the surroundings of a sentence say.
#[derive(Debug, Default)]
pub(super) struct Context {
    /// Sums named around it, of the nearest place that names any.
    pub amounts: Vec<Amount>,
    /// The currency a column speaks of.
    pub currency: Option<Currency>,
    /// The last sum named before it, for "beyond that".
    pub before: Option<Amount>,
    /// Whether something is given to a customer there.
    pub remedy: bool,
    /// The sentences that say what it is about, where that stands elsewhere.
    pub about: Vec<u32>,
    /// Whether another cell of the row says who is asked.
    pub(super) aside: bool,
    /// Whether a heading asks who decides, or a line above says that somebody must.
    asked: bool,
}

impl Context {
    /// The surroundings of a sentence. What a heading or lead-in says about approval is added to the sentence's signs.
    pub(super) fn of(look: &Look<'_>, index: u32, signs: &mut Found) -> Context {
        let mut c = Context::default();
        let s = look.sentence(index);
        let block = &look.doc.blocks[s.block as usize];
        match block.kind {
            BlockKind::Cell { .. } => c.cell(look, s, block, signs),
            _ => {
                for lead in leads(look, s) {
                    c.lead(look, lead, s, signs);
                }
            }
        }
        c.sentence_before(look, index, block);
        if c.amounts.is_empty() && !matches!(block.kind, BlockKind::Cell { .. }) {
            c.heading(look, block, signs);
        }
        c.lend(signs);
        c
    }

    /// Adds what the surroundings say about approval to the signs of a part.
    pub(super) fn lend(&self, signs: &mut Found) {
        if self.asked && signs.authority() {
            signs.set(Sign::Must, 0);
            signs.set(Sign::Gate, 0);
        }
    }

    fn take(&mut self, look: &Look<'_>, sentences: Range<u32>, currency: Option<Currency>) {
        for i in sentences {
            let s = look.sentence(i);
            if self.amounts.is_empty() {
                self.amounts = match currency {
                    None => look.sums_of(i).to_vec(),
                    currency => look.amounts(s, currency),
                };
            }
            self.remedy |= look.signs(i).has(Sign::Remedy);
            self.about.push(i);
        }
    }

    fn cell(&mut self, look: &Look<'_>, s: &Sentence, block: &Block, signs: &mut Found) {
        let heading = |b: &Block| look.doc.column_heading(b).map(|h| look.doc.text(h).to_owned());
        let own = heading(block);
        self.currency = own.as_deref().and_then(amount::currency_in);
        // The nearest sums to the left, else to the right; what the row is about anywhere in it.
        let row = look.doc.row(s.block);
        let position = |b: &Block| look.doc.index_of(b);
        let mut left: Vec<u32> = row.iter().map(position).filter(|&b| b < s.block).collect();
        let right = row.iter().map(position).filter(|&b| b > s.block);
        left.reverse();
        for b in left.into_iter().chain(right) {
            let currency = heading(&look.doc.blocks[b as usize]).as_deref().and_then(amount::currency_in);
            self.take(look, look.reading.indices_of_block(b), currency);
        }
        let asks = |h: &Block| {
            look.reading.indices_of_block(position(h)).any(|t| {
                let f = look.signs(t);
                f.has(Sign::Asks) || f.authority()
            })
        };
        let Some(h) = look.doc.column_heading(block) else { return };
        // Where another column says who is asked, a cell of this one says what it is about.
        let elsewhere = row.iter().filter_map(|b| look.doc.column_heading(b)).any(asks);
        self.aside = elsewhere && !asks(h);
        for t in look.reading.indices_of_block(position(h)) {
            let f = look.signs(t);
            self.asked |= f.has(Sign::Asks) || f.authority();
            // A column for a range of sums: the row says what, the cell says who.
            let sums = look.sums_of(t);
            if !sums.is_empty() {
                self.amounts = sums.to_vec();
                self.asked = true;
                self.aside = false;
            }
        }
        if self.asked && !signs.has(Sign::Above) && look.opens_with_a_name(s) {
            signs.set(Sign::Above, s.tokens.start);
        }
    }

    /// A line that leads into this sentence's list.
    fn lead(&mut self, look: &Look<'_>, index: u32, s: &Sentence, signs: &mut Found) {
        let last = look.sentence(index);
        let leads = last.marks.has(Mark::LeadIn);
        let sums = look.sums_of(index);
        // Without a colon only a bare line such as "Between £10 and £30" leads anywhere.
        let words = look.reading.tokens_of(last).iter().filter(|t| t.kind == TokenKind::Word).count();
        if !leads && (sums.is_empty() || words > 6) {
            return;
        }
        if self.amounts.is_empty() {
            self.amounts = sums.to_vec();
        }
        let f = look.signs(index);
        self.remedy |= f.has(Sign::Remedy);
        self.about.push(index);
        if leads
            && f.authority()
            && f.relation()
            && !f.has(Sign::Lifted)
            && !f.has(Sign::Over)
            && !f.has(Sign::Own)
        {
            signs.set(if f.has(Sign::Yes) { Sign::Yes } else { Sign::Above }, s.tokens.start);
            self.asked = true;
        }
        for sign in [Sign::Inner, Sign::Theirs, Sign::Over, Sign::Lifted, Sign::Duty] {
            if leads && f.has(sign) {
                signs.set(sign, s.tokens.start);
            }
        }
    }

    fn sentence_before(&mut self, look: &Look<'_>, index: u32, block: &Block) {
        let Some(at) = index.checked_sub(1) else { return };
        let before = look.sentence(at);
        let home = &look.doc.blocks[before.block as usize];
        if home.section != block.section {
            return;
        }
        self.before = look.sums_of(at).last().cloned();
        let s = look.sentence(index);
        if before.block != s.block || !self.amounts.is_empty() {
            return;
        }
        let question = before.marks.has(Mark::Question);
        let refers = look.reading.tokens_of(s).iter().take(12).any(|t| {
            let word = look.text(t.text()).to_lowercase();
            matches!(
                word.as_str(),
                "it" | "that" | "this" | "these" | "those" | "them" | "first" | "such" | "one" | "then"
            )
        });
        let f = look.signs(at);
        let settled = f.has(Sign::Own) || f.has(Sign::Lifted) || f.authority() && f.relation();
        if question || refers && !settled {
            self.take(look, at..index, None);
        }
    }

    /// The headings above: a sum ("Refunds under £50") or a demand ("Needs the manager's yes").
    fn heading(&mut self, look: &Look<'_>, block: &Block, signs: &mut Found) {
        for t in titles(look, block) {
            let sums = look.sums_of(t);
            if !sums.is_empty() {
                self.amounts = sums.to_vec();
            }
            let f = look.signs(t);
            if f.has(Sign::Yes) && !f.has(Sign::Lifted) && !f.has(Sign::Own) && f.score() >= 3 {
                signs.set(Sign::Yes, 0);
                self.asked = true;
            }
        }
    }
}

/// The sentences that lead into the list or the line a sentence stands in.
pub(super) fn leads<'l>(look: &'l Look<'_>, s: &Sentence) -> impl Iterator<Item = u32> + use<'l> {
    let block = &look.doc.blocks[s.block as usize];
    let blocks = match block.kind {
        BlockKind::Item { list, .. } => {
            let lead = look.doc.lists.get(list as usize).and_then(|l| look.doc.lead(&l.blocks));
            [look.doc.parent_item(s.block), lead]
        }
        // "Between 10 and 30:" on a line of its own leads into the next.
        BlockKind::Paragraph => {
            let before = s.block.checked_sub(1).filter(|&b| {
                look.doc.blocks[b as usize].section == block.section
                    && look.reading.of_block(b).last().is_some_and(|l| l.marks.has(Mark::LeadIn))
            });
            [before, None]
        }
        _ => [None, None],
    };
    blocks.into_iter().flatten().filter_map(|b| look.reading.indices_of_block(b).next_back())
}

/// The sentences of the heading a block stands under.
pub(super) fn titles(look: &Look<'_>, block: &Block) -> Range<u32> {
    let heading = look.doc.sections.get(block.section as usize).and_then(|s| s.heading);
    heading.map_or(0..0, |h| look.reading.indices_of_block(h))
}
