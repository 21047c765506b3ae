//! A grid, seen the way tables need it: rows with something in them, merges, numbers or words.
//!
//! Holds: no dense copy is made; the cost follows the cells that exist.

use crate::intake::grid::{Cell, Grid, Merge, Value};
use crate::intake::numeral;
use crate::origin::CellAddress;

/// A view of one sheet.
#[derive(Debug)]
pub struct Sheet<'a> {
    pub grid: &'a Grid,
    /// Rows with cells, ascending.
    pub rows: Vec<u32>,
    /// Merges by first row; useful for headings only.
    merges: Vec<Merge>,
}

/// More merges than any form has; further ones are not looked at.
const MOST_MERGES: usize = 20_000;

impl<'a> Sheet<'a> {
    pub fn new(grid: &'a Grid) -> Self {
        let mut rows: Vec<u32> = grid.cells.iter().map(|c| c.at.row).collect();
        rows.dedup();
        let mut merges: Vec<Merge> = grid.merges.iter().copied().take(MOST_MERGES).collect();
        merges.sort();
        Sheet { grid, rows, merges }
    }

    /// The words of a cell itself.
    pub fn text(&self, row: u32, column: u32) -> Option<String> {
        self.grid.get(row, column).and_then(text_of)
    }

    /// Merges that touch the rows `first..=last`.
    pub fn merges_in(&self, first: u32, last: u32) -> Vec<Merge> {
        self.merges
            .iter()
            .copied()
            .filter(|m| m.first.row <= last && m.last.row >= first)
            .collect()
    }

    /// Cells of a row between two columns, both included.
    pub fn row(&self, row: u32, columns: (u32, u32)) -> &'a [Cell] {
        let cells = self.grid.row(row);
        let start = cells.partition_point(|c| c.at.column < columns.0);
        let end = cells.partition_point(|c| c.at.column <= columns.1);
        &cells[start..end.max(start)]
    }
}

/// The merge among `merges` that covers a cell.
pub fn merge_at(merges: &[Merge], at: CellAddress) -> Option<Merge> {
    merges.iter().copied().find(|m| {
        (m.first.row..=m.last.row).contains(&at.row) && (m.first.column..=m.last.column).contains(&at.column)
    })
}

/// What a cell says in words: texts, and whole numbers and dates as they are printed.
pub fn text_of(cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Text(t) => Some(t.clone()).filter(|t| !t.trim().is_empty()),
        Value::Number(n) => Some(format!("{n}")),
        Value::Date(y, m, d) => Some(format!("{d:02}/{m:02}/{y:04}")),
        Value::Bool(b) => Some(if *b { "x" } else { "" }.to_owned()).filter(|t| !t.is_empty()),
        Value::Error(_) | Value::FormulaWithoutValue => None,
    }
}

/// Whether a cell holds a figure, or stands in the place of one.
pub fn is_figure(cell: &Cell) -> bool {
    numeral::stands_for_number(cell)
}

/// A whole number that can be a year.
pub fn as_year(cell: &Cell) -> Option<i16> {
    let year = match &cell.value {
        Value::Number(n) if n.fract() == 0.0 => *n as i64,
        Value::Text(t) => t.trim().parse().ok()?,
        _ => return None,
    };
    i16::try_from(year).ok().filter(|y| (1990..=2100).contains(y))
}
