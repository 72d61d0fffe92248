//! Blocks in reading order → sections: a heading and what follows it up to the next heading of any level.

use crate::document::{Block, BlockKind, Section};
use crate::source::Span;

/// Cuts the document at its headings and tells each block its section. `outer` says for each heading, in order,
/// where it begins in the source with its markers; `end` is the length of the source.
pub(crate) fn sections(blocks: &mut [Block], outer: &[u32], end: usize) -> Vec<Section> {
    let end = Span::new(end, end).end;
    let mut sections =
        vec![Section { heading: None, level: 0, parent: None, blocks: 0..0, span: Span { start: 0, end } }];
    // The sections a new one may be a child of, levels rising.
    let mut above: Vec<u32> = vec![0];
    let mut outer = outer.iter();
    for (at, block) in blocks.iter_mut().enumerate() {
        let index = Span::new(at, at).start;
        if let BlockKind::Heading { level } = block.kind {
            let start = outer.next().copied().unwrap_or(block.span.start);
            if let Some(last) = sections.last_mut() {
                last.blocks.end = index;
                last.span.end = start.max(last.span.start);
            }
            while above.len() > 1 && above.last().is_some_and(|&s| sections[s as usize].level >= level) {
                above.pop();
            }
            let parent = above.last().copied();
            above.push(u32::try_from(sections.len()).unwrap_or(u32::MAX));
            sections.push(Section {
                heading: Some(index),
                level,
                parent,
                blocks: index..index,
                span: Span { start, end },
            });
        }
        block.section = u32::try_from(sections.len() - 1).unwrap_or(u32::MAX);
    }
    if let Some(last) = sections.last_mut() {
        last.blocks.end = u32::try_from(blocks.len()).unwrap_or(u32::MAX);
    }
    sections
}
