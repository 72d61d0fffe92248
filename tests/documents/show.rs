//! A document as lines a person can compare, and the laws every document keeps.

use loosetight::document::{self, BlockKind, Document, Limits};
use loosetight::source::Span;

/// Reads a document that must be readable, and checks the laws of [`lawful`].
pub fn read(name: &str, text: &str) -> Document {
    let d = document::read(name, text, Limits::default()).expect("readable");
    lawful(&d);
    d
}

/// Reads an office file of `tests/fixtures`, and checks the laws.
pub fn fixture(name: &str) -> Document {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    let d = document::read(name, std::fs::read(path).expect("there"), Limits::default()).expect("readable");
    lawful(&d);
    d
}

/// One line a block: its kind in brief, then its text.
pub fn show(d: &Document) -> Vec<String> {
    d.blocks
        .iter()
        .map(|b| format!("{}{} {}", "> ".repeat(b.quoted.into()), kind(b.kind), d.text(b)))
        .collect()
}

fn kind(kind: BlockKind) -> String {
    match kind {
        BlockKind::Heading { level } => format!("h{level}"),
        BlockKind::Paragraph => "p".to_owned(),
        BlockKind::Item { list, depth, number, first } => format!(
            "l{list}.{depth}{}{}",
            number.map_or(String::new(), |n| format!("#{n}")),
            if first { "" } else { "+" }
        ),
        BlockKind::Cell { table, row, column, header } => {
            format!("t{table}[{row},{column}]{}", if header { "h" } else { "" })
        }
        BlockKind::Fence { fence } => format!("f{fence}"),
        BlockKind::Code => "code".to_owned(),
    }
}

/// Where a stretch of flat text stands in the source, as the source has it.
pub fn origin<'a>(d: &'a Document, needle: &str) -> &'a str {
    let at = d.flat.text().find(needle).expect("in the flat text");
    d.source.slice(d.flat.to_source(Span::new(at, at + needle.len())))
}

/// The laws: spans lie in bounds and on characters, rise from block to block, copied text is letter for letter the
/// source's, blocks are apart by one newline at most, and sections cover all blocks.
pub fn lawful(d: &Document) {
    let (flat, source) = (d.flat.text(), d.source.text());
    let mut end = 0;
    for (f, s, copied) in d.flat.stretches() {
        assert!(end <= f.start && f.start < f.end, "stretches rise: {f:?} after {end}");
        assert!(
            flat[end as usize..f.start as usize].chars().all(|c| c == '\n'),
            "only newlines between stretches"
        );
        let from = source.get(s.range()).expect("in the source");
        if copied {
            assert_eq!(&flat[f.range()], from);
            assert_eq!(d.flat.to_source(f), s);
        }
        end = f.end;
    }
    let mut end = 0;
    for b in &d.blocks {
        let text = flat.get(b.text.range()).expect("in the flat text");
        assert!(end <= b.text.start, "blocks rise");
        assert!(
            b.text.is_empty()
                || end == 0
                || &flat[end as usize..b.text.start as usize] == "\n"
                || end == b.text.start
        );
        assert!(!text.contains('\n'), "no line break in a block: {text:?}");
        assert_eq!(text, text.trim_end());
        assert!(d.source.text().get(b.span.range()).is_some(), "{b:?} in the source");
        if !b.text.is_empty() {
            let place = d.flat.to_source(b.text);
            assert!(b.span.contains(place), "{:?} holds {place:?} of {text:?}", b.span);
            end = b.text.end;
        }
    }
    for pair in d.inlines.windows(2) {
        assert!(pair[0].text.start <= pair[1].text.start, "inlines rise");
    }
    for i in &d.inlines {
        assert!(flat.get(i.text.range()).is_some(), "{i:?} in the flat text");
    }
    let mut next = 0;
    for (index, s) in d.sections.iter().enumerate() {
        assert_eq!(s.blocks.start, next);
        next = s.blocks.end;
        assert!(s.parent.is_none_or(|p| (p as usize) < index && d.sections[p as usize].level < s.level));
        assert!(source.get(s.span.range()).is_some());
        assert!(d.slice(&s.blocks).iter().all(|b| b.section as usize == index));
    }
    assert_eq!(next as usize, d.blocks.len());
    for c in &d.comments {
        assert!(source.get(c.span.range()).is_some() && c.before as usize <= d.blocks.len());
    }
    let ranges = d.lists.iter().map(|l| &l.blocks).chain(d.tables.iter().map(|t| &t.blocks));
    for r in ranges.chain(d.fences.iter().map(|f| &f.blocks)) {
        assert!(r.start <= r.end && r.end as usize <= d.blocks.len());
    }
    for (index, b) in d.blocks.iter().enumerate() {
        let index = u32::try_from(index).expect("few");
        match b.kind {
            BlockKind::Item { list, .. } => assert!(d.lists[list as usize].blocks.contains(&index)),
            BlockKind::Cell { table, row, column, .. } => {
                let t = &d.tables[table as usize];
                assert!(t.blocks.contains(&index) && row < t.rows && column < t.columns);
            }
            BlockKind::Fence { fence } => assert!(d.fences[fence as usize].blocks.contains(&index)),
            _ => {}
        }
    }
}
