//! `inspect`: a document as the linter sees it, for people who wonder why it says what it says.

use super::Exit;
use super::args::{InspectArgs, ListFormat};
use super::output::Output;
use super::session::Session;
use crate::assign::{Assignment, assign};
use crate::document::{Block, BlockKind, Document, Format, Kind};
use crate::engine::Job;
use crate::language::{Actor, Force, Reading, Sentence, marks};
use crate::policy::{Policy, TouchpointId};
use crate::problem::listed;
use crate::report::JSON_VERSION;
use crate::source::Span;
use owo_colors::Style;
use serde::Serialize;
use std::io::{self, Write};

/// Shows what the call names.
pub fn run(args: &InspectArgs, out: &mut Output) -> io::Result<Exit> {
    let session = match Session::open(&args.documents) {
        Ok(session) => session,
        Err(problems) => {
            out.say_all(&problems);
            return Ok(Exit::Trouble);
        }
    };
    let mut problems = session.problems;
    let json = args.format == ListFormat::Json;
    if json {
        write!(out, "{{\"version\":{JSON_VERSION},\"documents\":[")?;
    }
    let mut first = true;
    for job in session.jobs {
        let document = match session.run.read(&job) {
            Ok(document) => document,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let seen = Seen::of(&job, &document);
        if !session.run.only.wants(&seen.assignment) {
            continue;
        }
        if json {
            out.write_all(if first { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &seen.json())?;
        } else {
            seen.show(out)?;
        }
        first = false;
    }
    if json {
        writeln!(out, "\n]}}")?;
    }
    out.say_all(&problems);
    Ok(if problems.is_empty() { Exit::Clean } else { Exit::Trouble })
}

/// A document with all that was found out about it.
struct Seen<'a> {
    document: &'a Document,
    reading: Reading,
    assignment: Assignment,
    policy: Option<&'a Policy>,
}

#[derive(Serialize)]
struct JsonDocument<'a> {
    file: &'a str,
    format: Format,
    kind: Kind,
    touchpoints: Vec<&'a str>,
    sections: Vec<JsonSection<'a>>,
    sentences: Vec<JsonSentence<'a>>,
}

#[derive(Serialize)]
struct JsonSection<'a> {
    heading: &'a str,
    depth: u8,
    span: Span,
    touchpoints: Vec<&'a str>,
}

#[derive(Serialize)]
struct JsonSentence<'a> {
    span: Span,
    line: u32,
    text: &'a str,
    section: u32,
    block: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    actor: &'static str,
    force: &'static str,
    is: Vec<&'static str>,
}

impl<'a> Seen<'a> {
    fn of(job: &'a Job, document: &'a Document) -> Self {
        let policy = job.linter.policy();
        let assignment = assign(document, &job.target.path, &job.target.config, policy);
        Seen { document, reading: job.linter.read(document), assignment, policy }
    }

    fn names(&self, ids: &[TouchpointId]) -> Vec<&'a str> {
        ids.iter().filter_map(|id| Some(self.policy?.touchpoint(*id).name.text.as_str())).collect()
    }

    fn json(&self) -> JsonDocument<'_> {
        let document = self.document;
        let sections = document.sections.iter().zip(&self.assignment.sections).zip(0..);
        JsonDocument {
            file: document.source.name(),
            format: document.format,
            kind: self.assignment.kind.value,
            touchpoints: self.names(&self.assignment.touchpoints.value),
            sections: sections
                .map(|((section, at), i)| JsonSection {
                    heading: document.heading(i),
                    depth: section.level,
                    span: section.span,
                    touchpoints: self.names(at),
                })
                .collect(),
            sentences: self.reading.sentences.iter().map(|s| self.sentence(s)).collect(),
        }
    }

    fn sentence(&self, s: &Sentence) -> JsonSentence<'_> {
        let span = self.document.flat.to_source(s.text);
        let block = &self.document.blocks[s.block as usize];
        JsonSentence {
            span,
            line: self.document.source.position(span.start).line,
            text: self.text(s),
            section: block.section,
            block: kind_of(block),
            place: block.place.as_deref(),
            actor: actor(s),
            force: force(s),
            is: is(s),
        }
    }

    fn text(&self, s: &Sentence) -> &str {
        self.document.flat.text().get(s.text.range()).unwrap_or("")
    }

    /// For people: section by section, block by block, what each sentence does behind it.
    fn show(&self, out: &mut Output) -> io::Result<()> {
        let look = out.look();
        let bold = look.style(Style::new().bold());
        let dim = look.style(Style::new().dimmed());
        let document = self.document;
        let at = self.names(&self.assignment.touchpoints.value);
        let about = if at.is_empty() { String::new() } else { format!(", at {}", listed(&at)) };
        writeln!(out, "{}", bold.style(document.source.name()))?;
        writeln!(out, "{} as {:?}{about}\n", self.assignment.kind.value.word(), document.format)?;
        for (section, at) in document.sections.iter().zip(&self.assignment.sections) {
            let at = self.names(at);
            for block in section.blocks.clone() {
                let line = self.line(block);
                let kind = kind_of(&document.blocks[block as usize]);
                for s in self.reading.of_block(block) {
                    let text = self.text(s).split_whitespace().collect::<Vec<_>>().join(" ");
                    let marks = [actor(s), force(s)].into_iter().chain(is(s)).filter(|w| !w.is_empty());
                    let marks = marks.collect::<Vec<_>>().join(" ");
                    let at = if kind == "heading" && !at.is_empty() {
                        format!(", at {}", listed(&at))
                    } else {
                        String::new()
                    };
                    writeln!(out, "{line:>5}  {}", bold.style(&text))?;
                    writeln!(out, "{:7}{}", "", dim.style(format!("{kind}{at}: {marks}")))?;
                }
            }
        }
        writeln!(out)
    }

    fn line(&self, block: u32) -> u32 {
        self.document.source.position(self.document.blocks[block as usize].span.start).line
    }
}

fn kind_of(block: &Block) -> &'static str {
    match block.kind {
        BlockKind::Heading { .. } => "heading",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Item { .. } => "item",
        BlockKind::Cell { .. } => "cell",
        BlockKind::Fence { .. } => "fence",
        BlockKind::Code => "code",
    }
}

fn actor(s: &Sentence) -> &'static str {
    match s.marks.actor {
        Actor::Unknown => "",
        Actor::Staff => "staff",
        Actor::Customer => "customer",
        Actor::Company => "company",
        Actor::System => "system",
    }
}

fn force(s: &Sentence) -> &'static str {
    match s.marks.force {
        Force::None => "",
        Force::May => "may",
        Force::Should => "should",
        Force::Must => "must",
    }
}

/// Names of the marks a sentence has.
fn is(s: &Sentence) -> Vec<&'static str> {
    marks::NAMES.iter().filter(|(mark, _)| s.marks.has(*mark)).map(|(_, name)| *name).collect()
}
