//! Name and bytes of a file → [`Document`], or what is wrong with it in words.

use crate::document::builder::Builder;
use crate::document::{Document, Format, html, markdown, text};
use crate::source::{Source, Span};
use miette::{Diagnostic, SourceSpan};
use thiserror::Error;

/// How much a reader takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest file that is read, in bytes; of an archive, also what it unpacks to.
    pub max_bytes: u64,
}

impl Default for Limits {
    /// 50 MB: a thousand times a long playbook.
    fn default() -> Self {
        Limits { max_bytes: 50_000_000 }
    }
}

/// Why a file could not be read.
#[derive(Debug, Error, Diagnostic)]
pub enum ReadError {
    /// The name's ending is none that can be read.
    #[error("{name} is in a format that is not read")]
    #[diagnostic(
        code("document::unknown-format"),
        help("save it as Markdown (.md), text (.txt), a web page (.html) or Word (.docx)")
    )]
    UnknownFormat {
        /// The file.
        name: String,
    },
    /// Larger than the limit.
    #[error("{name} has {} MB; more than {} MB are not read", mb(*bytes), mb(*limit))]
    #[diagnostic(
        code("document::too-large"),
        help(
            "a document of this size is usually an export of many: split it, or raise the limit with --max-size"
        )
    )]
    TooLarge {
        /// The file.
        name: String,
        /// Its size, in bytes.
        bytes: u64,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A byte 0 stands in it: not text.
    #[error("{name} is not text: byte {offset} is zero")]
    #[diagnostic(
        code("document::not-text"),
        help("is it a picture, a PDF or an archive with a wrong ending?")
    )]
    NotText {
        /// The file.
        name: String,
        /// Where the first zero byte stands, in bytes from 0.
        offset: usize,
    },
    /// UTF-16, as some editors on Windows save it.
    #[error("{name} is encoded as UTF-16")]
    #[diagnostic(code("document::utf-16"), help("open it in an editor and save it as UTF-8"))]
    Utf16 {
        /// The file.
        name: String,
    },
    /// Bytes that are no UTF-8.
    #[error("{name} is not UTF-8: line {line}, byte 0x{byte:02x}")]
    #[diagnostic(code("document::not-utf-8"), help("{}", encoding_help(*byte)))]
    NotUtf8 {
        /// The file.
        name: String,
        /// Its line, from 1.
        line: u32,
        /// The first byte that does not fit.
        byte: u8,
        /// The file, with a sign for every byte that does not fit.
        #[source_code]
        source_code: Source,
        /// The first such sign.
        #[label("this byte fits no character")]
        at: SourceSpan,
    },
}

fn mb(bytes: u64) -> u64 {
    bytes.div_ceil(1_000_000)
}

fn encoding_help(byte: u8) -> &'static str {
    match byte {
        0x80..=0x9f => "it looks like Windows-1252, as Word saves plain text: save it as UTF-8",
        0xa0..=0xff => "it looks like Latin-1 or Windows-1252: save it as UTF-8",
        _ => "save it as UTF-8",
    }
}

/// How a file of this name is read; `None` for endings that are not.
pub fn format_of(name: &str) -> Option<Format> {
    let ending = name.rsplit(['/', '\\']).next()?.rsplit_once('.')?.1;
    let is = |words: &[&str]| words.iter().any(|w| w.eq_ignore_ascii_case(ending));
    if is(&["md", "markdown", "mdx", "mdown", "mkd"]) {
        Some(Format::Markdown)
    } else if is(&["txt", "text"]) {
        Some(Format::Text)
    } else if is(&["html", "htm", "xhtml"]) {
        Some(Format::Html)
    } else {
        None
    }
}

/// Reads a document. `name` is the path as it is shown to people; its ending decides the format.
///
/// # Errors
/// Where the format is not known, or the bytes are too many, no text, or no UTF-8.
pub fn read(name: &str, bytes: impl Into<Vec<u8>>, limits: Limits) -> Result<Document, ReadError> {
    let format = format_of(name).ok_or_else(|| ReadError::UnknownFormat { name: name.to_owned() })?;
    read_as(name, bytes, format, limits)
}

/// Reads a document in a format that is known by other means than its name.
///
/// # Errors
/// As [`read`], the unknown format aside.
pub fn read_as(
    name: &str,
    bytes: impl Into<Vec<u8>>,
    format: Format,
    limits: Limits,
) -> Result<Document, ReadError> {
    let bytes = bytes.into();
    let size = bytes.len() as u64;
    // Spans have 32 bits.
    let limit = limits.max_bytes.min(u64::from(u32::MAX) / 2);
    if size > limit {
        return Err(ReadError::TooLarge { name: name.to_owned(), bytes: size, limit });
    }
    let source = Source::new(name, decode(name, bytes)?);
    let shared = source.clone();
    let mut b = Builder::new(shared.text());
    match format {
        Format::Markdown => markdown::read(&mut b, shared.text(), is_mdx(name)),
        Format::Text => text::read(&mut b, shared.text()),
        Format::Html => html::read(&mut b, shared.text()),
        Format::Docx => {
            return Err(ReadError::UnknownFormat { name: name.to_owned() });
        }
    }
    Ok(b.finish(source, format))
}

fn is_mdx(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, e)| e.eq_ignore_ascii_case("mdx"))
}

/// Bytes → text, without a copy.
fn decode(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ReadError::Utf16 { name: name.to_owned() });
    }
    if let Some(offset) = memchr::memchr(0, &bytes) {
        return Err(ReadError::NotText { name: name.to_owned(), offset });
    }
    String::from_utf8(bytes).map_err(|e| not_utf8(name, e.utf8_error().valid_up_to(), e.as_bytes()))
}

fn not_utf8(name: &str, valid: usize, bytes: &[u8]) -> ReadError {
    // Enough of the file to show the place, not all of it twice.
    let end = bytes.len().min(valid + 2000);
    let source = Source::new(name, String::from_utf8_lossy(&bytes[..end]));
    let at = Span::new(valid, valid + '\u{fffd}'.len_utf8());
    ReadError::NotUtf8 {
        name: name.to_owned(),
        line: source.position(at.start).line,
        byte: bytes.get(valid).copied().unwrap_or(0),
        at: at.into(),
        source_code: source,
    }
}
