//! Zip archives: looked at before anything is unpacked, and unpacked whole entry by whole entry.
//!
//! Read here and not by a library: what matters is what a hostile directory can say, and a library
//! answers that before it can be asked (of two entries with one name it keeps one).
//! Holds: no entry is inflated beyond the size it announces, and that within the limits; its bytes
//!        must have the checksum that the directory gives; names are compared as the office programs
//!        do, without case and a leading `/`.
//! Law: PKWARE APPNOTE 6.3.

use std::cell::RefCell;

use libdeflater::{Crc, Decompressor};

use super::binary::{u16_at, u32_at};
use super::limits;
use super::sniff::Content;
use super::{Trouble, damaged};
use crate::lang::Words;

/// An archive whose directory was found sound.
pub(crate) struct Archive<'b> {
    bytes: &'b [u8],
    /// Sorted by name.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// Normalised.
    name: String,
    method: u16,
    encrypted: bool,
    /// Checksum of the unpacked bytes.
    crc: u32,
    packed: u64,
    size: u64,
    header: u64,
    /// Where its record in the directory stands.
    record: usize,
}

/// An entry as it is packed, for copying it into another archive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Packed<'b> {
    /// As the archive writes it, and whether it says that this is UTF-8.
    pub name: &'b [u8],
    pub in_utf8: bool,
    pub method: u16,
    /// Time, then day, of its last change, as MS-DOS wrote them.
    pub changed: u32,
    pub crc: u32,
    pub size: u32,
    pub bytes: &'b [u8],
}

impl<'b> Archive<'b> {
    pub(crate) fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        let mut entries = directory(bytes).ok_or_else(cut_short)?;
        if entries.len() > limits::ENTRIES {
            return Err(too_many_entries(entries.len()));
        }
        check(&entries, bytes)?;
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        // Which one of two a program shows differs from program to program.
        if entries.windows(2).any(|pair| pair[0].name == pair[1].name) {
            return Err(damaged(
                "có hai phần cùng tên bên trong",
                "two parts inside have one name",
            ));
        }
        Ok(Archive { bytes, entries })
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }

    /// The names, lower case, sorted.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| entry.name.as_str())
    }

    /// One entry, unpacked.
    pub(crate) fn part(&self, name: &str) -> Result<Part, Trouble> {
        let entry = self.entry(name).ok_or_else(|| missing(name))?;
        unpack(self.bytes, entry).ok_or_else(|| broken(name))
    }

    /// All entries as they are packed, in the order of their bytes. None of an archive whose fields need more than
    /// 32 bits: the limits leave no room for one.
    pub(crate) fn packed(&self) -> Option<Vec<Packed<'b>>> {
        let mut entries: Vec<&Entry> = self.entries.iter().collect();
        entries.sort_by_key(|entry| entry.header);
        let packed = |entry: &&Entry| {
            let (bytes, at) = (self.bytes, entry.record);
            let length = usize::from(u16_at(bytes, at + 28)?);
            Some(Packed {
                name: bytes.get(at + 46..at + 46 + length)?,
                in_utf8: u16_at(bytes, at + 8)? & 0x0800 != 0,
                method: entry.method,
                changed: u32_at(bytes, at + 12)?,
                crc: entry.crc,
                size: u32::try_from(entry.size).ok()?,
                bytes: packed_bytes(bytes, entry)?,
            })
        };
        entries.iter().map(packed).collect()
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let name = normalised(name);
        let at = self
            .entries
            .binary_search_by(|entry| entry.name.as_str().cmp(&name));
        at.ok().map(|at| &self.entries[at])
    }
}

/// An unpacked entry. Its memory is used again for the next one of this thread: fresh memory costs as
/// much as unpacking.
#[derive(Debug)]
pub(crate) struct Part {
    room: Vec<u8>,
    length: usize,
}

thread_local! {
    static ROOMS: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
    static INFLATER: RefCell<Decompressor> = RefCell::new(Decompressor::new());
}

impl Part {
    fn of_length(length: usize) -> Part {
        let mut room = ROOMS.with_borrow_mut(Vec::pop).unwrap_or_default();
        if room.len() < length {
            // Not `resize` alone: it would copy what is of no use any more.
            room.clear();
            room.resize(length, 0);
        }
        Part { room, length }
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.room[..self.length]
    }
}

impl std::ops::Deref for Part {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.room[..self.length]
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        /// A part of usual size; a larger one gives its memory back.
        const KEPT: usize = 8 << 20;
        let room = std::mem::take(&mut self.room);
        if room.len() <= KEPT {
            // At the end of a thread there may be no place to keep it.
            let _ = ROOMS.try_with(|rooms| {
                let mut rooms = rooms.borrow_mut();
                if rooms.len() < 3 {
                    rooms.push(room);
                }
            });
        }
    }
}

fn unpack(bytes: &[u8], entry: &Entry) -> Option<Part> {
    let packed = packed_bytes(bytes, entry)?;
    let mut part = Part::of_length(usize::try_from(entry.size).ok()?);
    match entry.method {
        0 if packed.len() == part.length => part.bytes_mut().copy_from_slice(packed),
        8 => {
            let done =
                INFLATER.with_borrow_mut(|inflater| inflater.deflate_decompress(packed, part.bytes_mut()));
            // Fewer bytes than announced, or more, are not the entry that the directory speaks of.
            done.ok().filter(|done| *done == part.length)?;
        }
        _ => return None,
    }
    let mut checksum = Crc::new();
    checksum.update(&part);
    (checksum.sum() == entry.crc).then_some(part)
}

fn packed_bytes<'b>(bytes: &'b [u8], entry: &Entry) -> Option<&'b [u8]> {
    let header = bytes.get(usize::try_from(entry.header).ok()?..)?;
    let start = header_length(header)?;
    header.get(start..start.checked_add(usize::try_from(entry.packed).ok()?)?)
}

/// Length of the header before the bytes of an entry.
fn header_length(header: &[u8]) -> Option<usize> {
    header.starts_with(b"PK\x03\x04").then_some(())?;
    Some(30 + usize::from(u16_at(header, 26)?) + usize::from(u16_at(header, 28)?))
}

/// The entries that the directory at the end lists, in its order.
fn directory(bytes: &[u8]) -> Option<Vec<Entry>> {
    let end = end_of_directory(bytes)?;
    let announced = usize::from(u16_at(bytes, end + 10)?);
    let mut at = u32_at(bytes, end + 16)? as usize;
    let size = u32_at(bytes, end + 12)? as usize;
    if at == u32::MAX as usize {
        // Very long archives say it elsewhere; the directory still ends where its end begins.
        at = end.checked_sub(size)?;
    }
    // Something may stand before an archive: then all places are counted from where it begins.
    let shift = end.saturating_sub(at.checked_add(size)?);
    at = at.checked_add(shift)?;
    let mut entries = Vec::with_capacity(announced.min(1 << 10));
    while bytes.get(at..at.checked_add(4)?)? == b"PK\x01\x02" {
        if entries.len() > limits::ENTRIES {
            return Some(entries);
        }
        let [name, extra, comment] = [28, 30, 32].map(|field| u16_at(bytes, at + field).map(usize::from));
        let (name, extra, comment) = (name?, extra?, comment?);
        let name_at = at + 46;
        let mut entry = Entry {
            name: normalised(&String::from_utf8_lossy(bytes.get(name_at..name_at + name)?)),
            encrypted: u16_at(bytes, at + 8)? & 1 != 0,
            method: u16_at(bytes, at + 10)?,
            crc: u32_at(bytes, at + 16)?,
            packed: u64::from(u32_at(bytes, at + 20)?),
            size: u64::from(u32_at(bytes, at + 24)?),
            header: u64::from(u32_at(bytes, at + 42)?),
            record: at,
        };
        long_fields(&mut entry, bytes.get(name_at + name..name_at + name + extra)?);
        entry.header = entry.header.saturating_add(shift as u64);
        entries.push(entry);
        at = name_at + name + extra + comment;
    }
    let whole =
        entries.len() == announced || (announced == usize::from(u16::MAX) && entries.len() > announced);
    (whole && at <= end).then_some(entries)
}

/// Sizes that need more than 32 bits, or whose writer thought they might.
fn long_fields(entry: &mut Entry, mut extra: &[u8]) {
    while let (Some(kind), Some(length)) = (u16_at(extra, 0), u16_at(extra, 2)) {
        let body = extra.get(4..4 + usize::from(length)).unwrap_or(&[]);
        if kind == 1 {
            let mut numbers = body
                .chunks_exact(8)
                .map(|b| b.iter().rev().fold(0u64, |n, b| n << 8 | u64::from(*b)));
            for field in [&mut entry.size, &mut entry.packed, &mut entry.header] {
                if *field == u64::from(u32::MAX)
                    && let Some(number) = numbers.next()
                {
                    *field = number;
                }
            }
        }
        extra = extra.get(4 + usize::from(length)..).unwrap_or(&[]);
    }
}

/// Where the record at the end stands: the last one whose comment reaches to the end of the file.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    let from = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let tail = bytes.get(from..)?;
    let marks = memchr::memmem::rfind_iter(tail, b"PK\x05\x06").map(|at| from + at);
    let mut ends = marks.filter(|at| u16_at(bytes, at + 20).is_some());
    ends.next()
}

fn check(entries: &[Entry], bytes: &[u8]) -> Result<(), Trouble> {
    let mut extents = Vec::with_capacity(entries.len());
    let mut sum: u64 = 0;
    for entry in entries {
        if entry.encrypted {
            return Err(Trouble::Encrypted);
        }
        let (size, packed) = (entry.size, entry.packed);
        sum = sum.saturating_add(size);
        let bomb = size > limits::RATIO_FROM && size / packed.max(1) > limits::RATIO;
        if bomb || size > limits::ENTRY || sum > limits::ENTRIES_INFLATED {
            return Err(limits::too_large_in_bytes(size.max(sum), limits::ENTRY));
        }
        let start = usize::try_from(entry.header).ok().filter(|at| *at < bytes.len());
        let length = start
            .and_then(|start| header_length(&bytes[start..]))
            .ok_or_else(cut_short)?;
        let end = entry.header.saturating_add(length as u64).saturating_add(packed);
        if end > bytes.len() as u64 {
            return Err(cut_short());
        }
        extents.push((entry.header, end));
    }
    extents.sort_unstable();
    if extents.windows(2).any(|pair| pair[0].1 > pair[1].0) {
        return Err(damaged(
            "các phần bên trong chồng lên nhau",
            "parts inside lie over each other",
        ));
    }
    Ok(())
}

/// Which kind of archive; asked before it is known to be sound.
pub(super) fn kind(bytes: &[u8]) -> Content {
    let (names, declared): (Vec<String>, String) = match directory(bytes) {
        Some(entries) => {
            let declared = media_type(bytes, &entries);
            (entries.into_iter().map(|entry| entry.name).collect(), declared)
        }
        // Cut short: the directory at the end is lost, the names before each entry are not, and the
        // media type of OpenDocument stands readable at the start.
        None => {
            let head = &bytes[..bytes.len().min(200)];
            (local_names(bytes), String::from_utf8_lossy(head).into_owned())
        }
    };
    let any = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    if any(&|n| n.ends_with("workbook.bin")) {
        Content::Xlsb
    } else if any(&|n| n.ends_with("workbook.xml") || n.starts_with("xl/")) {
        Content::Xlsx
    } else if declared.contains("opendocument.spreadsheet") {
        Content::Ods
    } else if any(&|n| n.starts_with("word/")) || declared.contains("opendocument.text") {
        Content::Word
    } else if any(&|n| n.starts_with("ppt/")) || declared.contains("opendocument.presentation") {
        Content::PowerPoint
    } else {
        Content::Zip
    }
}

/// What an OpenDocument file says it is.
fn media_type(bytes: &[u8], entries: &[Entry]) -> String {
    let entry = entries
        .iter()
        .find(|entry| entry.name == "mimetype" && entry.size <= 200);
    // Unreadable is as good as absent.
    let part = entry.and_then(|entry| unpack(bytes, entry));
    part.map_or_else(String::new, |part| String::from_utf8_lossy(&part).into_owned())
}

/// Lower case, `/` between folders, none before the first.
pub(crate) fn normalised(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// Names in the headers before each entry, as far as they go.
fn local_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for at in memchr::memmem::find_iter(bytes, b"PK\x03\x04").take(1000) {
        let length = usize::from(u16_at(bytes, at + 26).unwrap_or(0));
        if let Some(name) = bytes.get(at + 30..at + 30 + length) {
            names.push(normalised(&String::from_utf8_lossy(name)));
        }
    }
    names
}

fn too_many_entries(found: usize) -> Trouble {
    Trouble::TooLarge {
        found: Words::new(format!("{found} phần bên trong"), format!("{found} parts inside")),
        limit: Words::new(
            format!("{} phần", limits::ENTRIES),
            format!("{} parts", limits::ENTRIES),
        ),
    }
}

fn cut_short() -> Trouble {
    damaged(
        "tệp bị cắt cụt hoặc hỏng mục lục bên trong",
        "it is cut short, or its inner directory is broken",
    )
}

pub(super) fn missing(name: &str) -> Trouble {
    damaged(
        &format!("thiếu phần {name}"),
        &format!("the part {name} is missing"),
    )
}

pub(super) fn broken(name: &str) -> Trouble {
    damaged(
        &format!("phần {name} bị hỏng"),
        &format!("the part {name} is broken"),
    )
}
