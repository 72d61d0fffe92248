//! Where a rule looks → whether a sentence stands there: in a document of its kinds, at its touchpoints, below its
//! headings.

use super::{Linter, Setting};
use crate::document::Document;
use crate::language::{Reading, Sentence};

/// Whether a rule looks at a sentence.
pub(super) fn holds(
    linter: &Linter,
    doc: &Document,
    reading: &Reading,
    setting: Setting<'_>,
    s: &Sentence,
    rule: u32,
) -> bool {
    let Some(scope) = linter.rules.get(rule).map(|r| &r.scope) else { return false };
    if !scope.holds_kind(setting.kind) {
        return false;
    }
    let section = doc.blocks[s.block as usize].section as usize;
    let here = || {
        let at = setting.sections.get(section).map_or(&[][..], Vec::as_slice);
        at.iter().filter_map(|id| Some(linter.policy()?.touchpoint(*id))).any(|t| {
            let mut names = std::iter::once(t.name.text.as_str()).chain(t.also.iter().map(|a| a.as_str()));
            names.any(|name| scope.touchpoints.iter().any(|said| said.eq_ignore_ascii_case(name)))
        })
    };
    let below = || {
        let patterns = linter.rules.headings(rule);
        let above = std::iter::successors(Some(section), |i| doc.sections[*i].parent.map(|p| p as usize));
        above.filter_map(|i| doc.sections[i].heading).flat_map(|block| reading.of_block(block)).any(
            |heading| {
                patterns.iter().any(|p| p.find(reading, &linter.lexicon, heading.tokens.clone()).is_some())
            },
        )
    };
    (scope.touchpoints.is_empty() || here()) && (scope.headings.is_empty() || below())
}
