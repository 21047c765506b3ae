//! The cells of a sheet, whatever file they came from.
//!
//! In:  what `open` read. Out: cells by address, merged ranges, facts about visibility.
//! Holds: only cells with something in them are kept, in row order; a formula without a stored
//!        value and an error are kept as what they are, never as blank or 0.

use crate::origin::{CellAddress, MENDING_LISTS};

/// What files with sheets may be.
pub const KINDS: [&str; 7] = ["xlsx", "xlsb", "xls", "ods", "csv", "xml", "html"];

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Never empty and never only blanks.
    Text(String),
    /// Finite. Whole numbers below 2^53 are exact.
    Number(f64),
    Bool(bool),
    /// A date as (year, month, day).
    Date(i16, u8, u8),
    /// `#VALUE!`, `#DIV/0!`, ….
    Error(String),
    /// A formula whose result was not stored.
    FormulaWithoutValue,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub at: CellAddress,
    pub value: Value,
    /// The number format shows a percentage: 0.45 is printed "45%".
    pub percent: bool,
}

/// A merged range, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Merge {
    pub first: CellAddress,
    pub last: CellAddress,
}

/// A text that was written in an old encoding, or damaged on its way, and has been mended.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Repair {
    pub at: CellAddress,
    /// As the file has it.
    pub raw: String,
    /// What it was written in: "TCVN3 (ABC)", "VNI".
    pub encoding: &'static str,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Grid {
    pub name: String,
    pub hidden: bool,
    /// Sorted by row, then column; at most one per address.
    pub cells: Vec<Cell>,
    /// Sorted; overlapping ones as they are.
    pub merges: Vec<Merge>,
    /// Sorted; each of a cell whose text is a mended one.
    pub repairs: Vec<Repair>,
    /// Rows and columns with content that are not shown; ascending.
    pub hidden_rows: Vec<u32>,
    pub hidden_columns: Vec<u32>,
}

impl Grid {
    /// A list of points that the program added when it returned the workbook: nothing is reported on it.
    pub fn is_mending_list(&self) -> bool {
        let first = self.get(0, 0).map(|cell| &cell.value);
        matches!(first, Some(Value::Text(text)) if MENDING_LISTS.contains(&text.trim()))
    }

    pub fn get(&self, row: u32, column: u32) -> Option<&Cell> {
        let at = CellAddress::new(row, column);
        self.cells
            .binary_search_by_key(&at, |c| c.at)
            .ok()
            .map(|i| &self.cells[i])
    }

    /// The cells of one row, by column.
    pub fn row(&self, row: u32) -> &[Cell] {
        let start = self.cells.partition_point(|c| c.at.row < row);
        let end = self.cells.partition_point(|c| c.at.row <= row);
        &self.cells[start..end]
    }
}

/// A file, opened.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workbook {
    /// "xlsx", "xlsb", "xls", "ods", "xml", "html", "csv".
    pub kind: &'static str,
    pub sheets: Vec<Grid>,
}
