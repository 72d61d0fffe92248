//! What the XML formats share: elements whose attributes hold any text.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::io::{self, Write};

/// A writer of XML.
pub(super) struct Xml<W: Write> {
    to: Writer<W>,
}

/// Attributes, in order.
pub(super) type Attributes<'a> = [(&'a str, Cow<'a, str>)];

impl<W: Write> Xml<W> {
    pub fn new(to: W) -> Self {
        Xml { to: Writer::new(to) }
    }

    /// The first line of a file.
    pub fn declaration(&mut self) -> io::Result<()> {
        self.to.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        self.line()
    }

    /// What is XML already.
    pub fn raw(&mut self, xml: &[u8]) -> io::Result<()> {
        self.to.get_mut().write_all(xml)
    }

    pub fn line(&mut self) -> io::Result<()> {
        self.to.get_mut().write_all(b"\n")
    }

    pub fn open(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.to.write_event(Event::Start(element(name, attributes)))
    }

    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.to.write_event(Event::End(BytesEnd::new(name)))?;
        self.line()
    }

    /// An element without content.
    pub fn empty(&mut self, name: &str, attributes: &Attributes<'_>) -> io::Result<()> {
        self.to.write_event(Event::Empty(element(name, attributes)))?;
        self.line()
    }

    /// An element that holds text.
    pub fn text(&mut self, name: &str, attributes: &Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.to.write_event(Event::Text(BytesText::new(&legal(text))))?;
        self.close(name)
    }
}

fn element<'a>(name: &'a str, attributes: &Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, legal(value).as_ref()));
    }
    start
}

/// Text without the characters XML 1.0 cannot hold, not even escaped (section 2.2): they become U+FFFD.
fn legal(text: &str) -> Cow<'_, str> {
    let never = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(never) { text.replace(never, "\u{fffd}").into() } else { text.into() }
}
