//! The package of a workbook: parts that are changed, added or taken out among parts that stay as they are packed.
//!
//! Written here and not by a library: those that edit workbooks read all they know and write it anew, and what they
//! do not know (pictures, forms, macros, what a newer Excel added) is lost. An entry that nobody changed is copied
//! with its packed bytes.
//! Law: PKWARE APPNOTE 6.3; ECMA-376 part 2.

use std::collections::BTreeMap;

use libdeflater::{CompressionLvl, Compressor, Crc};

use super::Unfit;
use crate::intake::open::{Archive, Packed, in_utf8, normalised};

pub(super) struct Package<'b> {
    archive: Archive<'b>,
    entries: Vec<Packed<'b>>,
    /// Name as written and new text of each changed part, by its normalised name; no text: it is taken out.
    changed: BTreeMap<String, (String, Option<String>)>,
}

impl<'b> Package<'b> {
    pub fn open(bytes: &'b [u8]) -> Result<Self, Unfit> {
        let archive = Archive::open(bytes).map_err(|_| Unfit)?;
        let entries = archive.packed().ok_or(Unfit)?;
        Ok(Package {
            archive,
            entries,
            changed: BTreeMap::new(),
        })
    }

    /// As it was opened: changes are not seen here.
    pub fn archive(&self) -> &Archive<'b> {
        &self.archive
    }

    pub fn has(&self, name: &str) -> bool {
        match self.changed.get(&normalised(name)) {
            Some((_, text)) => text.is_some(),
            None => self.archive.has(name),
        }
    }

    /// A part as text, in UTF-8 whatever it was written in.
    pub fn text(&self, name: &str) -> Result<String, Unfit> {
        if let Some((_, text)) = self.changed.get(&normalised(name)) {
            return text.clone().ok_or(Unfit);
        }
        let part = self.archive.part(name).map_err(|_| Unfit)?;
        let text = in_utf8(&part);
        let recoded = matches!(text, std::borrow::Cow::Owned(_));
        let text = String::from_utf8(text.into_owned()).map_err(|_| Unfit)?;
        match text.strip_prefix("<?xml").filter(|_| recoded) {
            // What it says of its encoding is no longer so.
            Some(rest) => {
                let (_, rest) = rest.split_once("?>").ok_or(Unfit)?;
                Ok(format!("{DECLARATION}{}", rest.trim_start()))
            }
            None => Ok(text),
        }
    }

    /// Changes a part, or adds one.
    pub fn put(&mut self, name: &str, text: String) {
        let name = name.trim_start_matches('/');
        self.changed
            .insert(normalised(name), (name.to_owned(), Some(text)));
    }

    pub fn remove(&mut self, name: &str) {
        self.changed.insert(normalised(name), (name.to_owned(), None));
    }

    /// The bytes of the package: parts in their order, new ones behind them.
    pub fn write(mut self) -> Result<Vec<u8>, Unfit> {
        let mut out = Writer::default();
        for entry in &self.entries {
            let name = normalised(&String::from_utf8_lossy(entry.name));
            match self.changed.remove(&name) {
                None => out.copy(entry)?,
                Some((_, Some(text))) => {
                    out.add(entry.name, entry.in_utf8, entry.changed, text.as_bytes())?
                }
                Some((_, None)) => {}
            }
        }
        for (name, text) in self.changed.into_values() {
            if let Some(text) = text {
                out.add(name.as_bytes(), !name.is_ascii(), NEW_YEAR_1980, text.as_bytes())?;
            }
        }
        out.finish()
    }
}

pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The first day that MS-DOS knows: a part of ours has no time of its own, so that the same input gives the same bytes.
const NEW_YEAR_1980: u32 = 0x0021_0000;

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    entries: u16,
}

impl Writer {
    fn copy(&mut self, entry: &Packed<'_>) -> Result<(), Unfit> {
        self.bytes.reserve(entry.bytes.len() + 100);
        self.entry(entry)
    }

    fn add(&mut self, name: &[u8], in_utf8: bool, changed: u32, content: &[u8]) -> Result<(), Unfit> {
        let level = CompressionLvl::new(6).map_err(|_| Unfit)?;
        let mut compressor = Compressor::new(level);
        let mut packed = vec![0; compressor.deflate_compress_bound(content.len())];
        let length = compressor
            .deflate_compress(content, &mut packed)
            .map_err(|_| Unfit)?;
        packed.truncate(length);
        let mut checksum = Crc::new();
        checksum.update(content);
        self.entry(&Packed {
            name,
            in_utf8,
            method: 8,
            changed,
            crc: checksum.sum(),
            size: u32::try_from(content.len()).map_err(|_| Unfit)?,
            bytes: &packed,
        })
    }

    fn entry(&mut self, entry: &Packed<'_>) -> Result<(), Unfit> {
        let at = u32::try_from(self.bytes.len()).map_err(|_| Unfit)?;
        let name_length = u16::try_from(entry.name.len()).map_err(|_| Unfit)?;
        let packed = u32::try_from(entry.bytes.len()).map_err(|_| Unfit)?;
        // What both headers say: version that can unpack it, flags, method, time, checksum, sizes.
        let mut common = 20u16.to_le_bytes().to_vec();
        common.extend((u16::from(entry.in_utf8) << 11).to_le_bytes());
        common.extend(entry.method.to_le_bytes());
        for field in [entry.changed, entry.crc, packed, entry.size] {
            common.extend(field.to_le_bytes());
        }
        common.extend(name_length.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend([0; 2]);
        self.bytes.extend(entry.name);
        self.bytes.extend(entry.bytes);
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&common);
        // No extra field, no comment, first disk, no attributes.
        self.directory.extend([0; 12]);
        self.directory.extend(at.to_le_bytes());
        self.directory.extend(entry.name);
        self.entries = self.entries.checked_add(1).ok_or(Unfit)?;
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, Unfit> {
        let at = u32::try_from(self.bytes.len()).map_err(|_| Unfit)?;
        let size = u32::try_from(self.directory.len()).map_err(|_| Unfit)?;
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(self.entries.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(at.to_le_bytes());
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }
}
