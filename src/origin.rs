//! Where a value comes from: file › sheet › cell, or derived from other values.
//!
//! In:  what `intake` saw. Out: addresses that `problem`, `explain` and the workbook can print.
//! Holds: a source index given out stays valid; the order is the order of files by name, then of
//! sheets in the file, so it does not depend on which thread read what.

mod account;

use std::fmt;

use crate::lang::Words;
pub use account::{Account, Reason};

/// Name of the property in a workbook that says that the program made it as a summary: such a workbook reports
/// nothing itself, whatever it is called and wherever it was copied to.
pub const MADE_SUMMARY: &str = "bdg-summary";

/// What stands in the first cell of the list of points in a workbook that was sent back to a unit, in both languages.
/// When the unit returns the workbook, that sheet reports nothing.
pub const MENDING_LISTS: [&str; 2] = ["Việc cần sửa (bdg)", "To mend (bdg)"];

/// Zero-based position of a cell. Prints as Excel does: `C7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellAddress {
    pub row: u32,
    pub column: u32,
}

impl CellAddress {
    pub fn new(row: u32, column: u32) -> Self {
        CellAddress { row, column }
    }
}

impl fmt::Display for CellAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row + 1)
    }
}

/// `0 → A`, `25 → Z`, `26 → AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
    }
    letters.reverse();
    letters.into_iter().map(char::from).collect()
}

/// Index of a file in [`Sources::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// Index of a sheet in [`Sources::sheets`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetId(pub u32);

/// One cell of one sheet of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellOrigin {
    pub sheet: SheetId,
    pub cell: CellAddress,
}

/// What was done with one input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// Path relative to the folder that was read, with `/`; never a machine path.
    pub name: String,
    /// Lower-case hexadecimal SHA-256 of the bytes; empty if the file could not be read.
    pub sha256: String,
    pub bytes: u64,
    /// What the content is ("xlsx", "xls", "csv", …), found by looking at it.
    pub kind: &'static str,
    pub outcome: FileOutcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileOutcome {
    /// At least one figure was taken from it.
    Read,
    /// Opened, but no figure came of it.
    NothingFound,
    /// Not opened: a problem says why.
    LeftOut,
    /// Same bytes as an earlier file.
    Duplicate,
    /// It was sent again: what it says is taken from the later file.
    Superseded,
}

impl FileOutcome {
    const ALL: [FileOutcome; 5] = [
        FileOutcome::Read,
        FileOutcome::NothingFound,
        FileOutcome::LeftOut,
        FileOutcome::Duplicate,
        FileOutcome::Superseded,
    ];

    /// Stable code, as the record of a run has it.
    pub fn code(self) -> &'static str {
        match self {
            FileOutcome::Read => "read",
            FileOutcome::NothingFound => "nothing-found",
            FileOutcome::LeftOut => "left-out",
            FileOutcome::Duplicate => "duplicate",
            FileOutcome::Superseded => "superseded",
        }
    }

    pub fn parse(code: &str) -> Option<FileOutcome> {
        FileOutcome::ALL.into_iter().find(|o| o.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceSheet {
    pub file: FileId,
    pub name: String,
    /// Id and name of the declared form it was read by; none for general reading.
    pub form: Option<(String, Words)>,
    /// Figures taken from it, and cells left out (each is counted by a problem).
    pub figures: u32,
    pub left_out: u32,
    /// What became of all its cells with numbers.
    pub account: Account,
}

/// All files and sheets of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources {
    pub files: Vec<SourceFile>,
    pub sheets: Vec<SourceSheet>,
}

impl Sources {
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    pub fn sheet(&self, id: SheetId) -> &SourceSheet {
        &self.sheets[id.0 as usize]
    }

    /// How many files gave at least one figure.
    pub fn read_count(&self) -> usize {
        self.files
            .iter()
            .filter(|f| f.outcome == FileOutcome::Read)
            .count()
    }

    /// `xa-binh-an.xlsx › Biểu 3 › C7`
    pub fn describe(&self, origin: CellOrigin) -> String {
        let sheet = self.sheet(origin.sheet);
        format!(
            "{} › {} › {}",
            self.file(sheet.file).name,
            sheet.name,
            origin.cell
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_print_as_excel_does() {
        for (row, column, text) in [
            (6, 2, "C7"),
            (0, 25, "Z1"),
            (0, 26, "AA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(CellAddress::new(row, column).to_string(), text);
        }
    }
}
