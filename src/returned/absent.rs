//! Marked cells that the sheet does not hold: added empty, where they belong.
//!
//! Holds: rows and cells stay in their order; a cell that says no address still follows the one before it.

use std::collections::VecDeque;

use super::Unfit;
use super::sheet::Position;
use super::splice::{Seen, Splice, Whole, each};
use super::styles::{Colour, Styles};
use crate::origin::CellAddress;

/// Adds the cells, which come in the order of their addresses.
pub(super) fn add(
    text: &str,
    cells: VecDeque<(CellAddress, Colour)>,
    styles: &mut Styles,
    splice: &mut Splice,
) -> Result<(), Unfit> {
    if cells.is_empty() {
        return Ok(());
    }
    let mut filler = Filler {
        left: cells,
        columns: Vec::new(),
        styles,
        prefix: String::new(),
        failed: false,
    };
    let mut at = Position::default();
    let mut style = None;
    each(text, |seen| match seen {
        Seen::Start(whole) if whole.depth == 2 && whole.is("col") => filler.column(&whole),
        Seen::Start(whole) if whole.depth == 1 && whole.is("sheetData") => {
            filler.prefix = whole.prefix().to_owned();
            if whole.tag.empty {
                let rows = filler.rows_before(u32::MAX);
                whole.fill(splice, &rows);
            }
        }
        Seen::Start(whole) if whole.depth == 2 && whole.is("row") => {
            let row = at.row(&whole);
            style = whole
                .tag
                .number(b"s")
                .filter(|_| whole.tag.is_true(b"customFormat"));
            let rows = filler.rows_before(row);
            splice.insert(whole.span.start, rows);
            if whole.tag.empty {
                let cells = filler.cells_before(row, u32::MAX, style);
                if !cells.is_empty() {
                    whole.fill(splice, &cells);
                }
            }
        }
        Seen::Start(whole) if whole.depth == 3 && whole.is("c") => {
            let cell = at.cell(&whole);
            let cells = filler.cells_before(cell.row, cell.column, style);
            splice.insert(whole.span.start, cells);
        }
        Seen::End(b"row", span, 2) => {
            let cells = filler.cells_before(at.row, u32::MAX, style);
            splice.insert(span.start, cells);
        }
        Seen::End(b"sheetData", span, 1) => {
            let rows = filler.rows_before(u32::MAX);
            splice.insert(span.start, rows);
        }
        _ => {}
    })?;
    match filler.failed || !filler.left.is_empty() {
        true => Err(Unfit),
        false => Ok(()),
    }
}

struct Filler<'s> {
    left: VecDeque<(CellAddress, Colour)>,
    /// First and last column of each stretch with a style of its own.
    columns: Vec<(u32, u32, u32)>,
    styles: &'s mut Styles,
    prefix: String,
    failed: bool,
}

impl Filler<'_> {
    fn column(&mut self, whole: &Whole<'_>) {
        let number = |name: &[u8]| whole.tag.number::<u32>(name);
        if let (Some(first), Some(last), Some(style)) = (number(b"min"), number(b"max"), number(b"style")) {
            self.columns
                .push((first.saturating_sub(1), last.saturating_sub(1), style));
        }
    }

    /// Rows that are not there and stand before another.
    fn rows_before(&mut self, row: u32) -> String {
        let mut out = String::new();
        while let Some(next) = self
            .left
            .front()
            .map(|(cell, _)| cell.row)
            .filter(|next| *next < row)
        {
            let cells = self.cells_before(next, u32::MAX, None);
            let p = &self.prefix;
            out.push_str(&format!("<{p}row r=\"{}\">{cells}</{p}row>", next + 1));
        }
        out
    }

    /// Cells of a row that stand before a column.
    fn cells_before(&mut self, row: u32, column: u32, of_row: Option<u32>) -> String {
        let mut out = String::new();
        while let Some((cell, colour)) = self.left.front().copied() {
            if cell.row != row || cell.column >= column {
                break;
            }
            self.left.pop_front();
            let around = |(first, last, _): &&(u32, u32, u32)| (*first..=*last).contains(&cell.column);
            let of_column = self.columns.iter().find(around).map(|(_, _, style)| *style);
            match self.styles.marked(of_row.or(of_column).unwrap_or(0), colour) {
                Ok(style) => {
                    let p = &self.prefix;
                    out.push_str(&format!("<{p}c r=\"{cell}\" s=\"{style}\"/>"));
                }
                Err(Unfit) => self.failed = true,
            }
        }
        out
    }
}
