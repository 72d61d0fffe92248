//! The labelled corpus: `.units` files → documents with the label of every sentence.
//!
//! `# id | sector | heading path` opens a document, `## heading path` changes the path, and every other line is one
//! unit: `LABEL[/SECOND] KIND [rule] text`, the kind being h(eading), p(aragraph), i(tem), c(ell), q(uote) or f(ence).

use loosetight::source::Span;

/// One labelled unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its label, as in the guide: `S-verbatim`, `O`, `D` …
    pub label: String,
    /// A second label, empty where there is none.
    pub also: String,
    /// The rule it breaks, empty where it breaks none.
    pub rule: String,
    /// Where it stands in the document.
    pub span: Span,
}

/// A document made of units.
#[derive(Clone, Debug, Default)]
pub struct Labelled {
    /// Its name in the corpus.
    #[allow(dead_code)]
    pub id: String,
    /// The document as Markdown.
    pub text: String,
    /// Its units, in order.
    pub units: Vec<Unit>,
}

/// Reads one `.units` file.
pub fn parse(text: &str) -> Vec<Labelled> {
    let mut out: Vec<Labelled> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut last = ' ';
    let mut cell = 0;
    let mut pending: Option<Vec<String>> = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("# ") {
            let parts: Vec<&str> = rest.splitn(3, '|').map(str::trim).collect();
            out.push(Labelled { id: parts[0].to_owned(), ..Labelled::default() });
            path.clear();
            last = ' ';
            pending = Some(headings(parts.get(2).copied().unwrap_or("")));
            continue;
        }
        if let Some(rest) = line.strip_prefix("## ") {
            pending = Some(headings(rest));
            continue;
        }
        let Some(doc) = out.last_mut() else { continue };
        let Some((label, rest)) = line.split_once(' ') else { continue };
        let Some((kind, mut text)) = rest.split_once(' ') else { continue };
        let kind = kind.chars().next().unwrap_or('p');
        let mut rule = "";
        if let Some(r) = text.strip_prefix('[')
            && let Some((name, rest)) = r.split_once("] ")
            && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        {
            (rule, text) = (name, rest);
        }
        // Headings above the unit are written when the path changes; the last one may be a unit itself.
        if let Some(heads) = pending.take() {
            finish(doc, &mut last);
            let shared = heads.iter().zip(&path).take_while(|(a, b)| a == b).count();
            for (depth, h) in heads.iter().enumerate().skip(shared) {
                if depth + 1 == heads.len() && kind == 'h' && text == h {
                    break;
                }
                doc.text.push_str(&format!("\n{} {h}\n\n", "#".repeat((depth + 1).min(6))));
            }
            path = heads;
        }
        if kind != last {
            finish(doc, &mut last);
            match kind {
                'c' => doc.text.push_str("\n| Point | Note |\n| --- | --- |\n"),
                'f' => doc.text.push_str("\n```text\n"),
                _ => doc.text.push('\n'),
            }
            cell = 0;
        }
        match kind {
            'h' => doc.text.push_str(&format!("\n{} ", "#".repeat(path.len().clamp(1, 6)))),
            'i' => doc.text.push_str("- "),
            'q' => doc.text.push_str("> "),
            'c' => doc.text.push_str("| "),
            _ => {}
        }
        let start = doc.text.len();
        match kind {
            'c' => doc.text.push_str(&text.replace('|', "/")),
            _ => doc.text.push_str(text),
        }
        let (label, also) = label.split_once('/').unwrap_or((label, ""));
        doc.units.push(Unit {
            label: label.to_owned(),
            also: also.to_owned(),
            rule: rule.to_owned(),
            span: Span::new(start, doc.text.len()),
        });
        match kind {
            'h' => doc.text.push_str("\n\n"),
            'q' => doc.text.push_str("\n>\n"),
            'c' => {
                cell += 1;
                doc.text.push_str(if cell % 2 == 0 { " |\n" } else { " " });
            }
            'p' => doc.text.push(' '),
            _ => doc.text.push('\n'),
        }
        last = kind;
    }
    for doc in &mut out {
        if doc.text.contains("```text") && doc.text.matches("```").count() % 2 == 1 {
            doc.text.push_str("```\n");
        }
    }
    out
}

fn finish(doc: &mut Labelled, last: &mut char) {
    match last {
        'f' => doc.text.push_str("```\n"),
        'c' if !doc.text.ends_with('\n') => doc.text.push_str("|\n"),
        'p' => doc.text.push('\n'),
        _ => {}
    }
    *last = ' ';
}

fn headings(path: &str) -> Vec<String> {
    path.split('>').map(str::trim).filter(|h| !h.is_empty()).map(str::to_owned).collect()
}
