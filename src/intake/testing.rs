//! Grids built in code, for the tests of this room.

use super::grid::{Cell, Grid, Merge, Value};
use crate::origin::CellAddress;

/// A grid from rows of texts; what reads as a plain number becomes one, "" no cell.
pub fn grid(rows: &[&[&str]]) -> Grid {
    let mut cells = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        for (c, text) in row.iter().enumerate() {
            if text.is_empty() {
                continue;
            }
            let value = match text.parse::<f64>() {
                Ok(number) if !text.contains('.') && (!text.starts_with('0') || *text == "0") => {
                    Value::Number(number)
                }
                _ => Value::Text((*text).to_owned()),
            };
            cells.push(Cell {
                at: CellAddress::new(r as u32, c as u32),
                value,
                percent: false,
            });
        }
    }
    Grid {
        name: "Sheet1".to_owned(),
        cells,
        ..Grid::default()
    }
}

pub fn merge(first: (u32, u32), last: (u32, u32)) -> Merge {
    Merge {
        first: CellAddress::new(first.0, first.1),
        last: CellAddress::new(last.0, last.1),
    }
}
