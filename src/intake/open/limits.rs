//! How much one file may ask of the machine.
//!
//! Reports of offices have some thousand cells; the limits leave room for a province's whole roster and
//! stop what can only be a fault or an attack. All are checked before the memory is asked for.

use super::Trouble;
use crate::lang::Words;

/// Excel's own grid.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;
/// Cells with content, in all sheets of a file together.
pub(super) const CELLS: usize = 4_000_000;
/// Bytes of text, in all sheets of a file together.
pub(super) const TEXT: usize = 256 << 20;
/// Characters of one text: what Excel allows in a cell.
pub(super) const TEXT_OF_ONE_CELL: usize = 32_767;
pub(super) const SHEETS: usize = 2_000;
pub(super) const MERGES: usize = 200_000;
/// Entries of a zip archive.
pub(super) const ENTRIES: usize = 20_000;
/// Bytes of one entry, and of all, when inflated.
pub(super) const ENTRY: u64 = 512 << 20;
pub(super) const ENTRIES_INFLATED: u64 = 1 << 30;
/// Inflated to deflated, for entries above [`RATIO_FROM`]; sheets reach 30, a bomb 1000.
pub(super) const RATIO: u64 = 200;
pub(super) const RATIO_FROM: u64 = 32 << 20;
/// Bytes of a file.
pub(super) const FILE: usize = 256 << 20;

/// What is left of the cells and text that a file may have.
#[derive(Debug)]
pub(super) struct Budget {
    cells: usize,
    text: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Budget {
            cells: CELLS,
            text: TEXT,
        }
    }

    /// Takes one cell and its text, or says that the file is too large.
    pub(super) fn take(&mut self, text: usize) -> Result<(), Trouble> {
        self.cells = self.cells.checked_sub(1).ok_or_else(too_many_cells)?;
        self.take_text(text)
    }

    pub(super) fn take_text(&mut self, text: usize) -> Result<(), Trouble> {
        self.text = self
            .text
            .checked_sub(text)
            .ok_or_else(|| too_large_in_bytes(TEXT as u64 + 1, TEXT as u64))?;
        Ok(())
    }

    /// Whether so many cells more could be taken at all; asked before repeated cells are unrolled.
    pub(super) fn has_room_for(&self, cells: u64) -> Result<(), Trouble> {
        if cells > self.cells as u64 {
            return Err(too_many_cells());
        }
        Ok(())
    }
}

pub(super) fn too_many_cells() -> Trouble {
    Trouble::TooLarge {
        found: Words::new(
            format!("hơn {CELLS} ô có nội dung"),
            format!("more than {CELLS} cells with content"),
        ),
        limit: Words::new(format!("{CELLS} ô"), format!("{CELLS} cells")),
    }
}

pub(super) fn too_large_in_bytes(found: u64, limit: u64) -> Trouble {
    let megabytes = |bytes: u64| bytes.div_ceil(1 << 20);
    let (found, limit) = (megabytes(found), megabytes(limit));
    Trouble::TooLarge {
        found: Words::new(
            format!("{found} MB khi giải nén"),
            format!("{found} MB when unpacked"),
        ),
        limit: Words::new(format!("{limit} MB"), format!("{limit} MB")),
    }
}
