//! Bytes of an office file → its parts, never more of them than the limits allow.

use crate::document::{Limits, ReadError};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// Below this many bytes no part counts as a bomb, however well it was packed.
const HARMLESS: u64 = 10_000_000;

/// An office file that is open.
pub(crate) struct Archive<'a> {
    name: &'a str,
    /// What it should be, in words ("a Word document").
    what: &'static str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// How many bytes may still be unpacked.
    left: u64,
    limit: u64,
}

impl<'a> Archive<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// Where it is none, is broken, is protected, or is in the form office programs wrote before 2007.
    pub fn open(
        name: &'a str,
        bytes: &'a [u8],
        limits: Limits,
        what: &'static str,
    ) -> Result<Self, ReadError> {
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            return Err(compound(name, bytes, what));
        }
        if !bytes.starts_with(b"PK") {
            return Err(ReadError::NotOffice { name: name.to_owned(), what });
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(name, what, &e))?;
        let ratio = (bytes.len() as u64).saturating_mul(limits.max_ratio).max(HARMLESS);
        let limit = limits.max_expanded.min(ratio);
        Ok(Archive { name, what, zip, left: limit, limit })
    }

    /// Whether it has a part of this name.
    pub fn has(&self, part: &str) -> bool {
        self.zip.index_for_name(part).is_some()
    }

    /// The names of all parts.
    pub fn parts(&self) -> Vec<String> {
        self.zip.file_names().flatten().map(|n| n.into_owned()).collect()
    }

    /// The text of a part, `None` where there is no such part.
    ///
    /// # Errors
    /// Where it cannot be unpacked, is no text, or is too much.
    pub fn part(&mut self, part: &str) -> Result<Option<String>, ReadError> {
        let Some(bytes) = self.bytes(part)? else { return Ok(None) };
        let text = match bytes.as_slice() {
            [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
            [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
            _ => String::from_utf8(bytes).ok(),
        };
        match text {
            Some(text) => Ok(Some(text)),
            None => Err(ReadError::BrokenPart {
                name: self.name.to_owned(),
                part: part.to_owned(),
                why: "it is not text".to_owned(),
            }),
        }
    }

    /// Unpacks every part and throws it away, to know that all of it keeps within the limit: for readers that open
    /// the archive themselves.
    ///
    /// # Errors
    /// As [`Archive::part`].
    pub fn weigh(&mut self) -> Result<(), ReadError> {
        for part in self.parts() {
            self.unpack(&part, &mut std::io::sink())?;
        }
        Ok(())
    }

    fn bytes(&mut self, part: &str) -> Result<Option<Vec<u8>>, ReadError> {
        if !self.has(part) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        self.unpack(part, &mut bytes)?;
        Ok(Some(bytes))
    }

    fn unpack(&mut self, part: &str, into: &mut impl std::io::Write) -> Result<(), ReadError> {
        let file = self.zip.by_name(part).map_err(|e| broken(self.name, self.what, &e))?;
        // The size the archive states may be a lie; what comes out is counted.
        let mut file = file.take(self.left.saturating_add(1));
        let size = std::io::copy(&mut file, into).map_err(|e| ReadError::BrokenArchive {
            name: self.name.to_owned(),
            what: self.what,
            why: format!("{part}: {e}"),
        })?;
        if size > self.left {
            return Err(ReadError::Expands { name: self.name.to_owned(), limit: self.limit });
        }
        self.left -= size;
        Ok(())
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|c| unit([c[0], c[1]])).collect();
    String::from_utf16(&units).ok()
}

fn broken(name: &str, what: &'static str, error: &ZipError) -> ReadError {
    let name = name.to_owned();
    match error {
        ZipError::UnsupportedArchive(why) if why.contains("assword") => ReadError::Encrypted { name, what },
        other => ReadError::BrokenArchive { name, what, why: other.to_string() },
    }
}

/// The container office programs used before 2007. Today it holds documents with a password.
fn compound(name: &str, bytes: &[u8], what: &'static str) -> ReadError {
    let utf16: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let name = name.to_owned();
    if memchr::memmem::find(bytes, &utf16).is_some() {
        ReadError::Encrypted { name, what }
    } else {
        ReadError::OldOffice { name, what }
    }
}
