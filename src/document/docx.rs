//! Word documents → blocks: what a reader of the printed page with all changes accepted would read, in order.
//!
//! The XML has no lines, so the text is taken out of it and each block says in words where it stands: under which
//! heading, and in which paragraph of the body or cell of which table. Headers and footers are left out.

use crate::document::extract::Extract;
use crate::document::office::archive::Archive;
use crate::document::office::xml::{Part, Tag};
use crate::document::{Document, Format, Limits, Meta, ReadError};
use crate::source::Span;
use body::{Node, NoteKind, Texts};
use numbering::Numbering;
use std::collections::HashMap;
use styles::Styles;

mod body;
mod numbering;
mod styles;
mod table;
mod write;

/// Reads a Word document.
///
/// # Errors
/// Where it is no Word document, is protected, broken, or unpacks to more than the limits allow.
pub(crate) fn read(name: &str, bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let what = "a Word document";
    let mut archive = Archive::open(name, bytes, limits, what)?;
    let main = main_part(name, &mut archive)?;
    let Some(text) = archive.part(&main)? else {
        let main_of_others = ["xl/workbook.xml", "ppt/presentation.xml", "content.xml", "mimetype"];
        if main_of_others.iter().any(|p| archive.has(p)) || !archive.has("[Content_Types].xml") {
            return Err(ReadError::NotOffice { name: name.to_owned(), what });
        }
        return Err(ReadError::MissingPart { name: name.to_owned(), part: main });
    };
    let parts = related(name, &mut archive, &main)?;
    let part = |kind: &str| parts.get(kind).map_or("", String::as_str).to_owned();

    let styles_part = part("styles");
    let styles = match archive.part(&styles_part)? {
        Some(text) => Styles::read(name, &styles_part, &text)?,
        None => Styles::default(),
    };
    let numbering_part = part("numbering");
    let numbering = match archive.part(&numbering_part)? {
        Some(text) => Numbering::read(name, &numbering_part, &text)?,
        None => Numbering::default(),
    };
    let mut other = |kind: &str| -> Result<Texts, ReadError> {
        let part = part(kind);
        match archive.part(&part)? {
            Some(text) => body::read(name, &part, &text, &styles),
            None => Ok(Texts::default()),
        }
    };
    let notes = [(NoteKind::Foot, other("footnotes")?.by_id), (NoteKind::End, other("endnotes")?.by_id)];
    let comments = other("comments")?.by_id;
    let comments = comments.into_iter().map(|(id, nodes)| (id, comment(&nodes))).collect();
    let body = body::read(name, &main, &text, &styles)?.body;
    let core = facts(name, &mut archive, "docProps/core.xml")?;
    let custom = facts(name, &mut archive, "docProps/custom.xml")?;

    let mut extract = Extract::default();
    let title = write::body(&mut extract, body, &styles, numbering, notes.into_iter().collect(), comments);
    let mut document = extract.finish(name, Format::Docx);
    // What stands in the document itself is newer than what stands in its properties.
    for (key, value) in custom.into_iter().chain(title.map(|t| ("title".to_owned(), t))).chain(core) {
        if document.meta(&key).is_none() {
            let span = if key == "title" { place_of_title(&document, &value) } else { Span::default() };
            document.metadata.push(Meta { key, value, span });
        }
    }
    Ok(document)
}

fn place_of_title(document: &Document, title: &str) -> Span {
    let block = document.blocks.iter().take(20).find(|b| document.text(b) == title);
    block.map_or(Span::default(), |b| b.span)
}

/// The text of a comment, its paragraphs one after the other.
fn comment(nodes: &[Node]) -> String {
    let paragraphs = nodes.iter().filter_map(|n| match n {
        Node::Paragraph(p) => Some(p.text().trim().to_owned()),
        Node::Table(_) => None,
    });
    paragraphs.collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// The name of the part that holds the text.
fn main_part(name: &str, archive: &mut Archive) -> Result<String, ReadError> {
    let found =
        relations(name, archive, "_rels/.rels")?.into_iter().find(|(kind, _)| kind == "officeDocument");
    Ok(found.map_or("word/document.xml".to_owned(), |(_, target)| resolve("", &target)))
}

/// The parts a document refers to, by their kind ("styles", "numbering").
fn related(name: &str, archive: &mut Archive, main: &str) -> Result<HashMap<String, String>, ReadError> {
    let (folder, file) = main.rsplit_once('/').unwrap_or(("", main));
    let rels = format!("{folder}/_rels/{file}.rels");
    let mut parts: HashMap<String, String> = HashMap::new();
    for kind in ["styles", "numbering", "footnotes", "endnotes", "comments"] {
        parts.insert(kind.to_owned(), format!("{folder}/{kind}.xml"));
    }
    for (kind, target) in relations(name, archive, rels.trim_start_matches('/'))? {
        parts.insert(kind, resolve(folder, &target));
    }
    Ok(parts)
}

fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// Kind and target of each relation in a part, links outwards aside.
fn relations(name: &str, archive: &mut Archive, part: &str) -> Result<Vec<(String, String)>, ReadError> {
    let Some(text) = archive.part(part)? else { return Ok(Vec::new()) };
    let mut xml = Part::new(name, part, &text);
    let mut found = Vec::new();
    while let Some(tag) = xml.next()? {
        if let Tag::Start(_, element) = tag
            && element.name() == "Relationship"
            && element.attribute("TargetMode").as_deref() != Some("External")
            && let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target"))
        {
            let kind = kind.rsplit('/').next().unwrap_or("").to_owned();
            found.push((kind, target));
        }
    }
    Ok(found)
}

/// What a file's properties say: the standard ones under the names people use, one's own as they are called.
fn facts(name: &str, archive: &mut Archive, part: &str) -> Result<Vec<(String, String)>, ReadError> {
    let Some(text) = archive.part(part)? else { return Ok(Vec::new()) };
    let mut xml = Part::new(name, part, &text);
    let mut found: Vec<(String, String)> = Vec::new();
    let mut key: Option<String> = None;
    while let Some(tag) = xml.next()? {
        match tag {
            Tag::Start(_, element) => {
                key = match element.name() {
                    "title" | "subject" | "keywords" | "category" | "version" | "language" => {
                        Some(element.name().to_owned())
                    }
                    "creator" => Some("author".to_owned()),
                    "contentStatus" => Some("status".to_owned()),
                    "modified" | "created" => Some(element.name().to_owned()),
                    "property" => element.attribute("name").map(|n| n.trim().to_lowercase()),
                    // The value of one's own property stands in an element of its type.
                    _ => key.filter(|_| part.ends_with("custom.xml")),
                };
            }
            Tag::Text(text) => {
                let text = text.trim();
                if let (Some(key), false) = (&key, text.is_empty()) {
                    match found.last_mut() {
                        Some((last, value)) if last == key => value.push_str(text),
                        _ => found.push((key.clone(), text.to_owned())),
                    }
                }
            }
            Tag::End => {
                if !part.ends_with("custom.xml") {
                    key = None;
                }
            }
        }
    }
    Ok(found)
}
