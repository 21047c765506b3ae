//! Streams of a compound file ([MS-CFB]), the container of xls.
//!
//! Holds: no chain is followed further than the file has sectors, so a loop (a published file of
//! 1,024 bytes has one) ends; nothing larger than the file is ever allocated.

use super::binary::{u16_at, u32_at, utf16};
use super::{Trouble, damaged};

pub(super) struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    fat: Vec<u32>,
    directory: Vec<u8>,
    mini_cutoff: u32,
    first_mini_fat: u32,
}

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const MINI_SECTOR: usize = 64;

struct Entry {
    start: u32,
    size: usize,
}

impl<'b> Compound<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        Self::try_open(bytes).ok_or_else(broken)
    }

    /// A stream by name, whatever its case; none if there is no such stream.
    pub(super) fn stream(&self, name: &str) -> Result<Option<Vec<u8>>, Trouble> {
        let Some(entry) = self.find(2, Some(name)) else {
            return Ok(None);
        };
        let found = if entry.size < self.mini_cutoff as usize {
            self.mini_stream(&entry)
        } else {
            self.chain(entry.start, Some(entry.size))
        };
        found.map(Some).ok_or_else(broken)
    }

    fn try_open(bytes: &'b [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        if shift != 9 && shift != 12 {
            return None;
        }
        let sector = 1usize << shift;
        let sectors = bytes.len() / sector + 1;
        let mut compound = Compound {
            bytes,
            sector,
            fat: Vec::new(),
            directory: Vec::new(),
            mini_cutoff: u32_at(bytes, 56)?,
            first_mini_fat: u32_at(bytes, 60)?,
        };
        // The list of sectors that hold the allocation table: 109 in the header, more in a chain.
        let mut tables: Vec<u32> = (0..109).filter_map(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut next = u32_at(bytes, 68)?;
        for _ in 0..sectors {
            if next >= END {
                break;
            }
            let list = compound.sector(next)?;
            let per_sector = sector / 4 - 1;
            tables.extend((0..per_sector).filter_map(|i| u32_at(list, 4 * i)));
            next = u32_at(list, 4 * per_sector)?;
        }
        tables.retain(|t| *t != FREE);
        if tables.len() > sectors {
            return None;
        }
        let mut fat = Vec::with_capacity(tables.len() * sector / 4);
        for table in tables {
            let entries = compound.sector(table)?.chunks_exact(4);
            fat.extend(entries.map(|e| u32::from_le_bytes([e[0], e[1], e[2], e[3]])));
        }
        compound.fat = fat;
        compound.directory = compound.chain(u32_at(bytes, 48)?, None)?;
        Some(compound)
    }

    fn sector(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector of a file may be short.
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end).filter(|s| !s.is_empty())
    }

    /// The bytes of a chain of sectors; exactly `size` of them if it is known.
    fn chain(&self, start: u32, size: Option<usize>) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut next = start;
        let mut steps = 0;
        while next < END - 4 && size.is_none_or(|size| out.len() < size) {
            steps += 1;
            if steps > self.fat.len() {
                return None;
            }
            out.extend_from_slice(self.sector(next)?);
            next = *self.fat.get(next as usize)?;
        }
        sized(out, size)
    }

    fn mini_stream(&self, entry: &Entry) -> Option<Vec<u8>> {
        let root = self.find(5, None)?;
        let container = self.chain(root.start, None)?;
        let table = self.chain(self.first_mini_fat, None)?;
        let mut out = Vec::new();
        let mut next = entry.start;
        let mut steps = 0;
        while next < END - 4 && out.len() < entry.size {
            steps += 1;
            if steps > table.len() / 4 {
                return None;
            }
            let start = (next as usize).checked_mul(MINI_SECTOR)?;
            out.extend_from_slice(
                container.get(start..start.checked_add(MINI_SECTOR)?.min(container.len()))?,
            );
            next = u32_at(&table, (next as usize).checked_mul(4)?)?;
        }
        sized(out, Some(entry.size))
    }

    /// The first entry of a type (2 stream, 5 root), by name if one is given.
    fn find(&self, kind: u8, name: Option<&str>) -> Option<Entry> {
        let entry = self.directory.chunks_exact(128).find(|entry| {
            let length = usize::from(u16_at(entry, 64).unwrap_or(0)).clamp(2, 64);
            let own = utf16(&entry[..length - 2]);
            entry[66] == kind && name.is_none_or(|name| own.eq_ignore_ascii_case(name))
        })?;
        Some(Entry {
            start: u32_at(entry, 116)?,
            size: u32_at(entry, 120)? as usize,
        })
    }
}

fn sized(mut out: Vec<u8>, size: Option<usize>) -> Option<Vec<u8>> {
    if let Some(size) = size {
        if out.len() < size {
            return None;
        }
        out.truncate(size);
    }
    Some(out)
}

fn broken() -> Trouble {
    damaged(
        "tệp bị cắt cụt hoặc hỏng mục lục bên trong",
        "it is cut short, or its inner directory is broken",
    )
}
