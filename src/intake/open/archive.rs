//! Zip archives: looked at before anything is unpacked, and unpacked within limits.
//!
//! Holds: no entry is inflated beyond its limit, whatever the directory says about it; names are
//! compared as the office programs do, without case and a leading `/`.

use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use super::limits;
use super::sniff::Content;
use super::{Trouble, damaged};
use crate::lang::Words;

/// An archive whose directory was found sound.
pub(super) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    /// Normalised name and index, sorted.
    names: Vec<(String, usize)>,
}

impl<'b> Archive<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        let declared = declared_entries(bytes).ok_or_else(cut_short)?;
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| cut_short())?;
        if zip.len() > limits::ENTRIES {
            return Err(Trouble::TooLarge {
                found: Words::new(
                    format!("{} phần bên trong", zip.len()),
                    format!("{} parts inside", zip.len()),
                ),
                limit: Words::new(
                    format!("{} phần", limits::ENTRIES),
                    format!("{} parts", limits::ENTRIES),
                ),
            });
        }
        // The library keeps one of several entries with one name; which one a program shows differs.
        if usize::from(declared) != zip.len() && declared != u16::MAX {
            return Err(damaged(
                "có hai phần cùng tên bên trong",
                "two parts inside have one name",
            ));
        }
        check_sizes(&mut zip)?;
        let mut names: Vec<(String, usize)> = (0..zip.len())
            .filter_map(|i| Some((normalised(zip.name_for_index(i)?), i)))
            .collect();
        names.sort();
        Ok(Archive { zip, names })
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// The names, lower case, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// One entry as a stream that ends with an error when it grows beyond what was promised.
    pub(super) fn part(&mut self, name: &str) -> Result<impl std::io::BufRead + use<'_, 'b>, Trouble> {
        let index = self.index(name).ok_or_else(|| missing(name))?;
        let entry = self.zip.by_index(index).map_err(|_| broken(name))?;
        let limit = entry.size().min(limits::ENTRY);
        Ok(BufReader::with_capacity(
            1 << 16,
            Bounded {
                inner: entry,
                left: limit,
            },
        ))
    }

    fn index(&self, name: &str) -> Option<usize> {
        let name = normalised(name);
        let at = self.names.partition_point(|(n, _)| *n < name);
        self.names
            .get(at)
            .filter(|(n, _)| *n == name)
            .map(|(_, index)| *index)
    }
}

/// Which kind of archive; asked before it is known to be sound.
pub(super) fn kind(bytes: &[u8]) -> Content {
    let (names, declared) = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(mut zip) if zip.len() <= limits::ENTRIES => {
            let names: Vec<String> = zip.file_names().map(normalised).collect();
            (names, media_type(&mut zip))
        }
        Ok(_) => return Content::Zip,
        // Cut short: the directory at the end is lost, the names before each entry are not, and the
        // media type of OpenDocument stands readable at the start.
        Err(_) => {
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
fn media_type(zip: &mut ZipArchive<Cursor<&[u8]>>) -> String {
    let mut text = Vec::new();
    if let Ok(entry) = zip.by_name("mimetype") {
        // Unreadable is as good as absent.
        let _ = entry.take(200).read_to_end(&mut text);
    }
    String::from_utf8_lossy(&text).into_owned()
}

/// Lower case, `/` between folders, none before the first.
pub(super) fn normalised(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

fn check_sizes(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<(), Trouble> {
    let mut extents = Vec::new();
    let mut sum: u64 = 0;
    for index in 0..zip.len() {
        let entry = zip.by_index_raw(index).map_err(|_| cut_short())?;
        if entry.encrypted() {
            return Err(Trouble::Encrypted);
        }
        let (size, packed) = (entry.size(), entry.compressed_size());
        sum = sum.saturating_add(size);
        let bomb = size > limits::RATIO_FROM && size / packed.max(1) > limits::RATIO;
        if bomb || size > limits::ENTRY || sum > limits::ENTRIES_INFLATED {
            return Err(limits::too_large_in_bytes(size.max(sum), limits::ENTRY));
        }
        let start = entry.header_start();
        let data = entry.data_start().unwrap_or(start);
        extents.push((start, data.saturating_add(packed)));
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

/// The number of entries that the directory announces.
fn declared_entries(bytes: &[u8]) -> Option<u16> {
    let from = bytes.len().saturating_sub(65_557);
    let tail = &bytes[from..];
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    Some(u16::from_le_bytes([*tail.get(at + 10)?, *tail.get(at + 11)?]))
}

/// Names in the headers before each entry, as far as they go.
fn local_names(bytes: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    let mut at = 0;
    while names.len() < 1000 {
        let Some(found) = bytes[at..].windows(4).position(|w| w == b"PK\x03\x04") else {
            break;
        };
        at += found + 4;
        let Some(&[low, high]) = bytes.get(at + 22..at + 24) else {
            break;
        };
        let length = usize::from(u16::from_le_bytes([low, high]));
        if let Some(name) = bytes.get(at + 26..at + 26 + length) {
            names.push(normalised(&String::from_utf8_lossy(name)));
        }
    }
    names
}

/// Stops with an error, not with an end, when more comes than was announced: an end would pass for
/// a whole part.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.left = self
            .left
            .checked_sub(read as u64)
            .ok_or_else(|| std::io::Error::other("longer than announced"))?;
        Ok(read)
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
