//! Document, settings and policy → what the document is and which of its sections are about which touchpoint.
//!
//! What a document says of itself in its front matter or control table counts first, then the longest matching glob
//! of `[[documents]]`, then its title and headings, held against touchpoints' names and `also` words. A section
//! belongs to its own heading's touchpoints, else to its nearest parent's, else to the document's.

mod heading;
#[cfg(test)]
mod tests;

use crate::config::{Config, Setting};
use crate::document::{Document, Kind, Meta};
use crate::policy::{Policy, TouchpointId};
use crate::source::Span;
use heading::Words;
use std::path::Path;

/// What a document is, and what its sections are about.
#[derive(Clone, Debug, Default)]
pub struct Assignment {
    /// What the document is for.
    pub kind: Said<Kind>,
    /// The touchpoints the document as a whole is about.
    pub touchpoints: Said<Vec<TouchpointId>>,
    /// For each section of the document, in order, the touchpoints it is about; where there are none, nothing is
    /// due there.
    pub sections: Vec<Vec<TouchpointId>>,
    /// Where the document is used.
    pub site: Said<Option<String>>,
    /// Who is in charge of it.
    pub owner: Said<Option<String>>,
    /// Words of the metadata that name no kind and no touchpoint.
    pub unknown: Vec<Unknown>,
}

/// A value and what says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said<T> {
    /// The value.
    pub value: T,
    /// What says so.
    pub by: By,
}

/// What gave a document a property.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Nothing: it is what everything is unless something is said.
    #[default]
    Default,
    /// The document's front matter or control table, there.
    Metadata(Span),
    /// This glob of `[[documents]]`, at this place (`loosetight.toml:12`).
    Glob(String, String),
    /// The document's title.
    Title(Span),
    /// Whoever handed the document over.
    Call,
}

/// A word of the metadata that names nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The key it stands behind.
    pub key: &'static str,
    /// The word.
    pub word: String,
    /// Where.
    pub span: Span,
}

/// The touchpoint of a policy that a word or phrase names, by its name or an `also` word.
pub fn touchpoint_named(policy: &Policy, word: &str) -> Option<TouchpointId> {
    Words::of(policy).named(word)
}

/// Says what a document is. `path` is the file, for the globs of the settings.
pub fn assign(document: &Document, path: &Path, config: &Config, policy: Option<&Policy>) -> Assignment {
    let mut out = Assignment::default();
    kind(&mut out, document, path, config);
    out.site = said(document.meta("site"), config, path, |set| set.site.as_ref());
    out.owner = said(document.meta("owner"), config, path, |set| set.owner.as_ref());
    let words = policy.map(Words::of).unwrap_or_default();
    whole(&mut out, document, path, config, &words);
    sections(&mut out, document, &words);
    out
}

fn kind(out: &mut Assignment, document: &Document, path: &Path, config: &Config) {
    if let Some(meta) = document.meta("kind") {
        match Kind::named(&meta.value) {
            Some(kind) => return out.kind = Said { value: kind, by: By::Metadata(meta.span) },
            None => out.unknown.push(Unknown { key: "kind", word: meta.value.clone(), span: meta.span }),
        }
    }
    if let Some((kind, glob)) = config.documents(path, |set| set.kind.as_ref()) {
        out.kind = Said { value: kind.value, by: by_glob(config, glob) };
    }
}

/// A free text: the document's own, else the settings'.
fn said<'a>(
    meta: Option<&Meta>,
    config: &'a Config,
    path: &Path,
    key: impl Fn(&'a crate::config::DocumentSet) -> Option<&'a Setting<String>>,
) -> Said<Option<String>> {
    if let Some(meta) = meta.filter(|m| !m.value.trim().is_empty()) {
        return Said { value: Some(meta.value.trim().to_owned()), by: By::Metadata(meta.span) };
    }
    match config.documents(path, key) {
        Some((text, glob)) => Said { value: Some(text.value.clone()), by: by_glob(config, glob) },
        None => Said::default(),
    }
}

fn by_glob(config: &Config, glob: &Setting<crate::config::Pattern>) -> By {
    By::Glob(glob.value.text().to_owned(), config.place(glob.span))
}

/// The touchpoints of the document as a whole.
fn whole(out: &mut Assignment, document: &Document, path: &Path, config: &Config, words: &Words) {
    if let Some(meta) = document.meta("touchpoint").or_else(|| document.meta("touchpoints")) {
        let mut value = Vec::new();
        for word in meta.value.split(',').map(str::trim).filter(|w| !w.is_empty()) {
            match words.named(word) {
                Some(id) if !value.contains(&id) => value.push(id),
                Some(_) => {}
                None => {
                    out.unknown.push(Unknown { key: "touchpoint", word: word.to_owned(), span: meta.span });
                }
            }
        }
        if !value.is_empty() {
            return out.touchpoints = Said { value, by: By::Metadata(meta.span) };
        }
    }
    let by_settings = config.documents(path, |set| {
        let ids: Vec<_> = set.touchpoints.iter().filter_map(|t| words.named(&t.value)).collect();
        (!ids.is_empty()).then_some(ids)
    });
    if let Some((value, glob)) = by_settings {
        return out.touchpoints = Said { value, by: by_glob(config, glob) };
    }
    let title = title_section(document).map(|i| (document.heading(i), document.sections[i as usize].span));
    let own = document.meta("title").map(|m| (m.value.as_str(), m.span));
    for (text, span) in title.into_iter().chain(own) {
        let value = words.found_in(text);
        if !value.is_empty() {
            return out.touchpoints = Said { value, by: By::Title(span) };
        }
    }
}

/// The section whose heading is the document's title: the first heading, if no other is as high.
fn title_section(document: &Document) -> Option<u32> {
    let mut headed = document.sections.iter().enumerate().filter(|(_, s)| s.heading.is_some());
    let (first, section) = headed.next()?;
    headed.all(|(_, s)| s.level > section.level).then(|| u32::try_from(first).ok())?
}

fn sections(out: &mut Assignment, document: &Document, words: &Words) {
    let title = title_section(document);
    for (i, section) in document.sections.iter().enumerate() {
        let here = u32::try_from(i).unwrap_or(u32::MAX);
        // What the document or the settings say of the whole goes before what its title happens to contain.
        let own = match title == Some(here) {
            true => Vec::new(),
            false => words.found_in(document.heading(here)),
        };
        let above = || section.parent.and_then(|p| out.sections.get(p as usize));
        let ids = match own.is_empty() {
            false => own,
            true => above().unwrap_or(&out.touchpoints.value).clone(),
        };
        out.sections.push(ids);
    }
}
