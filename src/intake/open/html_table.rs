//! A table of a web page in the making: where its next cell stands.
//!
//! Law: HTML, section 4.9.12 (forming a table).

use std::collections::BTreeMap;

use super::formats::Format;
use super::html_style::Look;
use super::limits;
use crate::origin::CellAddress;

#[derive(Default)]
pub(super) struct Table {
    /// Row of the sheet; none before the first row of the table.
    pub(super) row: Option<u32>,
    pub(super) column: u32,
    /// Rows begun so far.
    pub(super) rows: u32,
    /// Columns that a cell above reaches into, and the last of its rows, counted as `rows` is.
    taken: BTreeMap<u32, u32>,
    pub(super) cell: Option<OpenCell>,
    pub(super) look: Look,
    pub(super) row_look: Look,
}

/// A cell that is open.
pub(super) struct OpenCell {
    pub(super) at: CellAddress,
    /// As Excel says it: `x:num`, `x:err`, `x:bool`.
    pub(super) number: Option<String>,
    pub(super) format: Format,
}

/// Columns and rows that a cell reaches over, itself included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub width: u32,
    pub height: u32,
}

impl Table {
    pub(super) fn new(look: Look) -> Table {
        Table {
            look,
            row_look: look,
            ..Table::default()
        }
    }

    pub(super) fn start_row(&mut self, row: u32, look: Look) {
        self.row = Some(row);
        self.rows = self.rows.saturating_add(1);
        self.column = 0;
        self.row_look = self.look.then(look);
    }

    /// Puts a cell at the next place that no cell above reaches into: its first and last address. Adds the
    /// columns that had to be looked at to `work`.
    pub(super) fn place(&mut self, span: Span, work: &mut u64) -> (CellAddress, CellAddress) {
        let row = self.row.unwrap_or(0);
        while self
            .taken
            .get(&self.column)
            .is_some_and(|last| *last >= self.rows)
        {
            self.column += 1;
            *work += 1;
        }
        let first = CellAddress::new(row, self.column);
        let last = self.column.saturating_add(span.width - 1);
        if self.column < limits::COLUMNS {
            if span.height > 1 {
                let last_row = self.rows.saturating_add(span.height - 1);
                let columns = self.column..=last;
                self.taken.extend(columns.map(|column| (column, last_row)));
                *work += u64::from(span.width);
            }
            self.column = last + 1;
        }
        (first, CellAddress::new(row.saturating_add(span.height - 1), last))
    }

    /// Rows that cells reach into below the last one.
    pub(super) fn rows_below(&self) -> u32 {
        let last = self.taken.values().max().copied().unwrap_or(0);
        last.saturating_sub(self.rows).min(1000)
    }
}
