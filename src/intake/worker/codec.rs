//! What the processes say to each other: lengths and bytes, little-endian.
//!
//! Holds: what one side writes the other reads back the same; anything else is refused, not guessed.

use std::io::{self, BufRead, Read, Write};

use crate::carried_fields;
use crate::classification::locality::UnitId;
use crate::intake::file::FileReading;
use crate::intake::grid::Workbook;
use crate::period::{Day, Period};
use crate::problem::Problem;
use crate::problem::carried::{Carried, taken};

pub(super) type Opened = (Option<Workbook>, Vec<Problem>);

/// The first thing a reader says. The number goes up when anything that crosses changes.
pub(super) const GREETING: &[u8] = b"\0bdg-reader-4\n";

/// What a reader is told once, before it greets.
pub(super) struct Setup {
    /// Bytes of memory above which it ends; 0 for no limit.
    pub memory: u64,
    /// The files of the catalogue; none: it will be asked to open files only.
    pub catalogue: Vec<(String, Option<String>)>,
}

/// What is asked of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// Its cells.
    Open,
    /// Its facts.
    Read(Known),
}

/// What a reader of facts must know beside the catalogue.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub home: Option<UnitId>,
    pub period: Option<Period>,
    pub today: Day,
}

#[derive(Debug)]
pub(super) enum Answer {
    Opened(Opened),
    Read(FileReading),
    /// There is no catalogue to read with.
    NoCatalogue,
}

carried_fields! {
    Setup { memory, catalogue }
    Known { home, period, today }
}

impl Carried for Wish {
    fn put(&self, out: &mut Vec<u8>) {
        let known = match self {
            Wish::Open => None,
            Wish::Read(known) => Some(known),
        };
        known.is_some().put(out);
        if let Some(known) = known {
            known.put(out);
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Option::<Known>::fetch(from).map(|known| known.map_or(Wish::Open, Wish::Read))
    }
}

impl Carried for Answer {
    fn put(&self, out: &mut Vec<u8>) {
        match self {
            Answer::Opened((workbook, problems)) => {
                0u8.put(out);
                workbook.put(out);
                problems.put(out);
            }
            Answer::Read(reading) => {
                1u8.put(out);
                reading.put(out);
            }
            Answer::NoCatalogue => 2u8.put(out),
        }
    }

    fn fetch(from: &mut &[u8]) -> Option<Self> {
        Some(match u8::fetch(from)? {
            0 => Answer::Opened(Carried::fetch(from)?),
            1 => Answer::Read(Carried::fetch(from)?),
            2 => Answer::NoCatalogue,
            _ => return None,
        })
    }
}

/// Waits for the greeting; false if the program says something else instead.
pub(super) fn await_greeting(input: &mut impl BufRead) -> bool {
    // A test program prints a few lines of its own before.
    let mut seen = Vec::new();
    let mut lines = input.take(1 << 16);
    while lines.read_until(b'\n', &mut seen).is_ok_and(|n| n > 0) {
        if seen.ends_with(GREETING) {
            return true;
        }
    }
    false
}

/// One message: its length, then its bytes.
pub(super) fn write_bytes(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)
}

/// As [`write_bytes`] wrote it; cut short is an error.
pub(super) fn read_bytes(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut bytes = Vec::new();
    let read = input.by_ref().take(length).read_to_end(&mut bytes)?;
    if read as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

pub(super) fn write<T: Carried>(output: &mut impl Write, message: &T) -> io::Result<()> {
    let mut bytes = Vec::new();
    message.put(&mut bytes);
    write_bytes(output, &bytes)
}

pub(super) fn read<T: Carried>(input: &mut impl Read) -> io::Result<T> {
    taken(&read_bytes(input)?).ok_or_else(|| io::ErrorKind::InvalidData.into())
}

pub(super) fn write_request(
    output: &mut impl Write,
    name: &str,
    wish: &Wish,
    bytes: &[u8],
) -> io::Result<()> {
    write(output, wish)?;
    write_bytes(output, name.as_bytes())?;
    write_bytes(output, bytes)?;
    output.flush()
}

/// Name, wish and bytes of a file; none when there are no more.
pub(super) fn read_request(input: &mut impl BufRead) -> io::Result<Option<(String, Wish, Vec<u8>)>> {
    if input.fill_buf()?.is_empty() {
        return Ok(None);
    }
    let wish = read(input)?;
    let name = String::from_utf8_lossy(&read_bytes(input)?).into_owned();
    Ok(Some((name, wish, read_bytes(input)?)))
}
