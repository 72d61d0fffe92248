//! XML of one part → events with known namespaces, to a capped depth.

use crate::document::ReadError;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

/// Deeper nesting than this is an attack or a mistake; Word's own deepest constructs take some sixty.
const DEEPEST: usize = 256;

/// The vocabularies that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Space {
    /// WordprocessingML.
    Word,
    /// Markup compatibility: one content in several forms.
    Compatibility,
    /// Any other.
    Other,
}

/// What the XML says next.
pub(crate) enum Tag<'a> {
    /// A start tag; an empty element is a start and an end.
    Start(Space, Element<'a>),
    /// An end tag.
    End,
    /// Text between tags.
    Text(String),
}

/// A start tag.
pub(crate) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// Its name without the prefix.
    pub fn name(&self) -> &str {
        let name = self.0.name().0;
        name.rsplit_once(':').map_or(name, |(_, n)| n)
    }

    /// The value of an attribute, prefixes aside.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.0.attributes().with_checks(false).flatten().find_map(|a| {
            let key = a.key.0;
            let local = key.rsplit_once(':').map_or(key, |(_, n)| n);
            let value =
                || a.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(|v| v.into_owned());
            (local == name).then(value)?
        })
    }

    /// Its `val`.
    pub fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// Its `val` as a number.
    pub fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.val()?.trim().parse().ok()
    }

    /// A property that is on where nothing else is said.
    pub fn on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The events of one part.
pub(crate) struct Part<'a> {
    name: &'a str,
    part: &'a str,
    reader: NsReader<&'a [u8]>,
    depth: usize,
}

impl<'a> Part<'a> {
    /// `name` is the file, `part` the part of it, `text` its XML.
    pub fn new(name: &'a str, part: &'a str, text: &'a str) -> Self {
        let mut reader = NsReader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Part { name, part, reader, depth: 0 }
    }

    fn broken(&self, why: String) -> ReadError {
        ReadError::BrokenPart { name: self.name.to_owned(), part: self.part.to_owned(), why }
    }

    /// The next event, `None` at the end.
    ///
    /// # Errors
    /// Where this is no XML, ends too early, or nests too deep.
    pub fn next(&mut self) -> Result<Option<Tag<'a>>, ReadError> {
        loop {
            let resolved = self.reader.read_resolved_event();
            let (space, event) = match resolved {
                Ok((space, event)) => (known(&space), event),
                Err(e) => return Err(self.broken(e.to_string())),
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(ReadError::TooDeep {
                            name: self.name.to_owned(),
                            part: self.part.to_owned(),
                            limit: DEEPEST,
                        });
                    }
                    return Ok(Some(Tag::Start(space, Element(start))));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Some(Tag::End));
                }
                Event::Text(text) => return Ok(Some(Tag::Text(text.xml10_content().into_owned()))),
                Event::CData(text) => return Ok(Some(Tag::Text(text.xml10_content().into_owned()))),
                Event::GeneralRef(entity) => {
                    let text = match entity.resolve_char_ref() {
                        Ok(Some(c)) => Some(c.to_string()),
                        _ => quick_xml::escape::resolve_predefined_entity(&entity.xml10_content())
                            .map(str::to_owned),
                    };
                    if let Some(text) = text {
                        return Ok(Some(Tag::Text(text)));
                    }
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.broken("it ends in the middle".to_owned()));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Reads on behind the end of the element that was begun last.
    ///
    /// # Errors
    /// As [`Part::next`].
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let around = self.depth.saturating_sub(1);
        while self.depth > around {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }
}

fn known(space: &ResolveResult) -> Space {
    match space {
        ResolveResult::Bound(Namespace(uri)) => match *uri {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Compatibility,
            _ => Space::Other,
        },
        _ => Space::Other,
    }
}
