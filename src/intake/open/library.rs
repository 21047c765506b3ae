//! The second reader: a general library, for workbooks that ours calls damaged.
//!
//! In:  the bytes of a workbook. Out: its cells, without merges and number formats; or nothing.
//! Holds: it is only asked in a process that may be killed, because on hostile bytes the library may
//!        ask for any amount of memory; cells outside the grid and numbers that are none are passed over.

use std::io::Cursor;

use calamine::{Data, DataType, Reader, SheetVisible, open_workbook_auto_from_rs};

use super::dates;
use super::sniff::Content;
use crate::intake::grid::{Cell, Grid, Value, Workbook};
use crate::origin::CellAddress;

/// Cells of one file; more is no report.
const CELLS: usize = 4_000_000;

pub(super) fn read(content: Content, bytes: &[u8]) -> Option<Workbook> {
    // It never comes to the end of an ods that is cut short, and sees nothing there that ours does not.
    if content == Content::Ods {
        return None;
    }
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).ok()?;
    let hidden: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    let mut workbook = Workbook {
        kind: content.code(),
        sheets: Vec::new(),
    };
    let mut count = 0;
    for (at, (name, hidden)) in hidden.into_iter().enumerate() {
        let Some(Ok(range)) = book.worksheet_range_at(at) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        let cells: Vec<Cell> = range
            .used_cells()
            .filter_map(|(row, column, data)| {
                let at = CellAddress::new(top.checked_add(row as u32)?, left.checked_add(column as u32)?);
                Some(Cell {
                    at,
                    value: value(data)?,
                    percent: false,
                })
            })
            .collect();
        count += cells.len();
        if count > CELLS {
            return None;
        }
        workbook.sheets.push(Grid {
            name,
            hidden,
            cells,
            ..Grid::default()
        });
    }
    (count > 0).then_some(workbook)
}

fn value(data: &Data) -> Option<Value> {
    match data {
        Data::Int(n) => Some(Value::Number(*n as f64)),
        Data::Float(n) => n.is_finite().then_some(Value::Number(*n)),
        Data::Bool(b) => Some(Value::Bool(*b)),
        Data::DateTime(date) => {
            dates::from_serial(date.as_f64(), false).map(|(y, m, d)| Value::Date(y, m, d))
        }
        Data::DateTimeIso(text) => dates::from_iso(text).map(|(y, m, d)| Value::Date(y, m, d)),
        Data::Error(error) => Some(Value::Error(error.to_string())),
        other => other
            .as_string()
            .filter(|t| !t.trim().is_empty())
            .map(Value::Text),
    }
}
