//! Name and bytes of a file → [`Document`], or what is wrong with it in words.

use crate::document::builder::Builder;
use crate::document::{Document, Format, asciidoc, docx, html, markdown, replies, rst, text, xlsx};
use crate::source::{Source, Span};
use miette::{Diagnostic, SourceSpan};
use thiserror::Error;

/// How much a reader takes on.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest file that is read, in bytes.
    pub max_bytes: u64,
    /// The most an office file may unpack to, in bytes.
    pub max_expanded: u64,
    /// The most an office file may unpack to, as a multiple of its own size; some ten megabytes are always fine.
    pub max_ratio: u64,
}

impl Default for Limits {
    /// 50 MB: a thousand times a long playbook. Office files unpack to ten times their size, seldom to fifty.
    fn default() -> Self {
        Limits { max_bytes: 50_000_000, max_expanded: 200_000_000, max_ratio: 200 }
    }
}

/// Why a file could not be read.
#[derive(Debug, Error, Diagnostic)]
pub enum ReadError {
    /// The name's ending is none that can be read.
    #[error("{name} is in a format that is not read")]
    #[diagnostic(
        code("document::unknown-format"),
        help(
            "read are Markdown (.md), text (.txt), web pages (.html), Word (.docx), Excel (.xlsx), reStructuredText \
             (.rst), AsciiDoc (.adoc) and exports of replies (.csv, .json)"
        )
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
    /// A table or data file without a column or key of replies.
    #[error("{name} holds no replies that can be recognised")]
    #[diagnostic(
        code("document::no-replies"),
        help(
            "an export of macros or saved replies has a name (`title`, `name`) and a text (`body`, `reply`, `comment`) for each"
        )
    )]
    NoReplies {
        /// The file.
        name: String,
    },
    /// Not JSON.
    #[error("{name} is not JSON: {why}")]
    #[diagnostic(code("document::not-json"), help("export it anew, or set the file aside with `exclude`"))]
    NotJson {
        /// The file.
        name: String,
        /// What its reader says, with line and column.
        why: String,
    },
    /// Not the kind of office file its name says.
    #[error("{name} is not {what}")]
    #[diagnostic(
        code("document::not-office"),
        help(
            "it has the ending of one; was it renamed? Open it and save it anew, or give it the right ending"
        )
    )]
    NotOffice {
        /// The file.
        name: String,
        /// What it should be ("a Word document").
        what: &'static str,
    },
    /// An office file with a password.
    #[error("{name} is protected by a password")]
    #[diagnostic(code("document::encrypted"), help("save a copy without the password and check that"))]
    Encrypted {
        /// The file.
        name: String,
        /// What it should be.
        what: &'static str,
    },
    /// An office file as they were written before 2007.
    #[error("{name} is not {what} of today: it is in the form used before 2007")]
    #[diagnostic(code("document::old-office"), help("open it and save it as .docx or .xlsx"))]
    OldOffice {
        /// The file.
        name: String,
        /// What it should be.
        what: &'static str,
    },
    /// An archive that cannot be unpacked.
    #[error("{name} is damaged: {why}")]
    #[diagnostic(
        code("document::broken-archive"),
        help("was it cut off on its way? Fetch it again; Word can often repair it on opening")
    )]
    BrokenArchive {
        /// The file.
        name: String,
        /// What it should be.
        what: &'static str,
        /// What the archive's reader says.
        why: String,
    },
    /// An archive that unpacks to more than is read.
    #[error("{name} unpacks to more than {} MB", mb(*limit))]
    #[diagnostic(
        code("document::expands"),
        help(
            "no document of words does: it may be made to do harm. If you trust it, save it anew from Word"
        )
    )]
    Expands {
        /// The file.
        name: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// A part of an office file that is not what it should be.
    #[error("{name} is damaged: {part}: {why}")]
    #[diagnostic(
        code("document::broken-part"),
        help("open it in the program it comes from and save it anew: that often repairs it")
    )]
    BrokenPart {
        /// The file.
        name: String,
        /// The part of it.
        part: String,
        /// What is wrong.
        why: String,
    },
    /// A part that must be there and is not.
    #[error("{name} is damaged: it has no {part}")]
    #[diagnostic(
        code("document::missing-part"),
        help("open it in the program it comes from and save it anew: that often repairs it")
    )]
    MissingPart {
        /// The file.
        name: String,
        /// The part of it.
        part: String,
    },
    /// Elements inside elements, too deep to be a document's.
    #[error("{name} nests deeper than {limit} levels in {part}")]
    #[diagnostic(
        code("document::too-deep"),
        help(
            "no document of words does: it may be made to do harm. If you trust it, save it anew from Word"
        )
    )]
    TooDeep {
        /// The file.
        name: String,
        /// The part of it.
        part: String,
        /// The limit.
        limit: usize,
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
    } else if is(&["docx", "docm", "dotx"]) {
        Some(Format::Docx)
    } else if is(&["xlsx", "xlsm"]) {
        Some(Format::Xlsx)
    } else if is(&["rst", "rest"]) {
        Some(Format::Rst)
    } else if is(&["adoc", "asciidoc"]) {
        Some(Format::Asciidoc)
    } else if is(&["csv", "tsv"]) {
        Some(Format::Csv)
    } else if is(&["json"]) {
        Some(Format::Json)
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
    match format {
        Format::Docx => return docx::read(name, &bytes, limits),
        Format::Xlsx => return xlsx::read(name, &bytes, limits),
        _ => {}
    }
    let source = Source::new(name, decode(name, bytes)?);
    let shared = source.clone();
    let mut b = Builder::new(shared.text());
    match format {
        Format::Markdown => markdown::read(&mut b, shared.text(), is_mdx(name)),
        Format::Text => text::read(&mut b, shared.text()),
        Format::Html => html::read(&mut b, shared.text()),
        Format::Rst => rst::read(&mut b, shared.text()),
        Format::Asciidoc => asciidoc::read(&mut b, shared.text()),
        Format::Csv => replies::read_csv(&mut b, name, shared.text())?,
        Format::Json => replies::read_json(&mut b, name, shared.text())?,
        // Read above: they are no text.
        Format::Docx | Format::Xlsx => {}
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
