//! Streams of a compound file ([MS-CFB]), the container of xls.
//!
//! Holds: no chain may come to a sector twice (a published file of 1,024 bytes has such a loop), and
//! nothing larger than the file is ever allocated.

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
        let mut seen = vec![false; self.fat.len()];
        while next < END - 4 && size.is_none_or(|size| out.len() < size) {
            if std::mem::replace(seen.get_mut(next as usize)?, true) {
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
        let mut seen = vec![false; table.len() / 4];
        while next < END - 4 && out.len() < entry.size {
            if std::mem::replace(seen.get_mut(next as usize)?, true) {
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    const SECTOR: usize = 512;

    fn entry(name: &str, kind: u8, start: u32, size: u32) -> Vec<u8> {
        let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = out.len() as u16 + 2;
        out.resize(64, 0);
        out.extend(length.to_le_bytes());
        out.extend([kind, 1]);
        out.resize(116, 0);
        out.extend(start.to_le_bytes());
        out.extend(size.to_le_bytes());
        out.resize(128, 0);
        out
    }

    /// A compound file with one stream of at most 512 bytes, kept among the small ones.
    pub(in super::super) fn small_file(name: &str, content: &[u8]) -> Vec<u8> {
        let minis = content.len().div_ceil(MINI_SECTOR).max(1);
        let mut header = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
        header.resize(SECTOR, 0);
        let mut put = |at: usize, value: u32| header[at..at + 4].copy_from_slice(&value.to_le_bytes());
        put(24, 0x0003_003E);
        put(28, 0x0009_FFFE);
        put(32, 6);
        put(44, 1);
        put(48, 1);
        put(56, 4096);
        put(60, 2);
        put(64, 1);
        put(68, END);
        for i in 0..109 {
            put(76 + 4 * i, if i == 0 { 0 } else { FREE });
        }
        let table = |entries: &[u32]| -> Vec<u8> {
            let mut all = entries.to_vec();
            all.resize(SECTOR / 4, FREE);
            all.iter().flat_map(|e| e.to_le_bytes()).collect()
        };
        // Sectors: 0 the table, 1 the directory, 2 the table of small sectors, 3 the small sectors.
        let fat = table(&[0xFFFF_FFFD, END, END, END]);
        let mut directory = entry("Root Entry", 5, 3, (minis * MINI_SECTOR) as u32);
        directory.extend(entry(name, 2, 0, content.len() as u32));
        directory.resize(SECTOR, 0);
        let mut chain: Vec<u32> = (1..minis as u32).collect();
        chain.push(END);
        let mini_fat = table(&chain);
        let mut data = content.to_vec();
        data.resize(SECTOR, 0);
        [header, fat, directory, mini_fat, data].concat()
    }

    #[test]
    fn a_small_stream_is_found_whatever_its_case() {
        let content: Vec<u8> = (0..200).collect();
        let bytes = small_file("WORKBOOK", &content);
        let compound = Compound::open(&bytes).unwrap();
        assert_eq!(compound.stream("Workbook").unwrap(), Some(content));
        assert_eq!(compound.stream("Book").unwrap(), None);
    }

    #[test]
    fn a_chain_that_bites_its_tail_ends() {
        let whole = small_file("Workbook", &[7; 500]);
        for (at, value) in [
            // The directory's chain, the small sectors' chain, one of the small sectors.
            (SECTOR + 4, 1u32),
            (SECTOR + 12, 3),
            (SECTOR * 3 + 4, 0),
            // A list of tables that names itself.
            (68, 0),
            // Far beyond the file.
            (48, 0x00FF_FFFF),
        ] {
            let mut bytes = whole.clone();
            bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
            let found = Compound::open(&bytes).and_then(|c| c.stream("Workbook"));
            assert_ne!(found, Ok(Some(vec![7; 500])), "{at}");
        }
        for length in 0..whole.len() {
            // Cut anywhere: nothing, or a problem.
            let _ = Compound::open(&whole[..length]).map(|c| c.stream("Workbook"));
        }
    }
}
