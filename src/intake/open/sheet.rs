//! Gathers the cells of one sheet, whatever the format, so that a `Grid` keeps its promises.
//!
//! In:  cells in file order. Out: a `Grid`: sorted, one cell per address, nothing blank, nothing
//!      beyond the grid; and the problems of what had to be refused.
//! Holds: a cell that cannot be read stays in its place as an error; it never becomes blank or 0.

use super::formats::Format;
use super::limits::{self, Budget};
use super::{Trouble, dates};
use crate::intake::grid::{Cell, Grid, Merge, Value};
use crate::origin::CellAddress;
use crate::problem::Kind;

/// A sheet in the making.
pub(super) struct Sheet<'b> {
    budget: &'b mut Budget,
    grid: Grid,
    outside: u32,
}

impl<'b> Sheet<'b> {
    pub(super) fn new(name: String, hidden: bool, budget: &'b mut Budget) -> Self {
        Sheet {
            budget,
            grid: Grid {
                name,
                hidden,
                ..Grid::default()
            },
            outside: 0,
        }
    }

    pub(super) fn budget(&self) -> &Budget {
        self.budget
    }

    pub(super) fn add(&mut self, row: u32, column: u32, value: Value, percent: bool) -> Result<(), Trouble> {
        if row >= limits::ROWS || column >= limits::COLUMNS {
            self.refuse_outside();
            return Ok(());
        }
        let text = match &value {
            Value::Text(text) if text.chars().all(char::is_whitespace) => return Ok(()),
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        self.budget.take(text)?;
        self.grid.cells.push(Cell {
            at: CellAddress::new(row, column),
            value,
            percent,
        });
        Ok(())
    }

    /// Counts a cell whose address lies beyond the grid or is none.
    pub(super) fn refuse_outside(&mut self) {
        self.outside = self.outside.saturating_add(1);
    }

    pub(super) fn merge(&mut self, first: CellAddress, last: CellAddress) {
        let inside = last.row < limits::ROWS && last.column < limits::COLUMNS;
        let ordered = first.row <= last.row && first.column <= last.column;
        if inside && ordered && first != last && self.grid.merges.len() < limits::MERGES {
            self.grid.merges.push(Merge { first, last });
        }
    }

    pub(super) fn finish(self) -> (Grid, Vec<Kind>) {
        let mut grid = self.grid;
        let mut problems = Vec::new();
        if self.outside > 0 {
            problems.push(Kind::CellsOutsideGrid { cells: self.outside });
        }
        // Stable, so of two cells with one address the later one in the file comes last and is kept.
        if !grid.cells.is_sorted_by_key(|c| c.at) {
            grid.cells.sort_by_key(|c| c.at);
        }
        let mut twice: Option<(u32, CellAddress)> = None;
        grid.cells.dedup_by(|later, kept| {
            let same = later.at == kept.at;
            if same {
                if later.value != kept.value {
                    let (count, first) = twice.unwrap_or((0, later.at));
                    twice = Some((count.saturating_add(1), first));
                }
                std::mem::swap(later, kept);
            }
            same
        });
        if let Some((cells, first)) = twice {
            problems.push(Kind::CellsWrittenTwice {
                cells,
                first: first.to_string(),
            });
        }
        grid.cells.shrink_to_fit();
        grid.merges.sort_unstable();
        (grid, problems)
    }
}

/// A text as a cell may hold it: not longer than Excel allows.
pub(super) fn shortened(mut text: String) -> String {
    if text.len() > limits::TEXT_OF_ONE_CELL
        && let Some((end, _)) = text.char_indices().nth(limits::TEXT_OF_ONE_CELL)
    {
        text.truncate(end);
    }
    text
}

/// A number as a cell may hold it; infinity and NaN stay visible as errors.
pub(super) fn number(value: f64) -> Value {
    if value.is_finite() {
        Value::Number(value)
    } else {
        Value::Error("#NUM!".to_owned())
    }
}

/// A number under the number format of its cell, and whether that shows a percentage.
pub(super) fn formatted(value: f64, format: Format, from_1904: bool) -> (Value, bool) {
    match format {
        Format::Date => (date(value, from_1904), false),
        Format::Elapsed if (0.0..1e6).contains(&value) => {
            let minutes = (value * 1440.0).round() as u64;
            (
                Value::Text(format!("{}:{:02}", minutes / 60, minutes % 60)),
                false,
            )
        }
        Format::Elapsed => (Value::Error("########".to_owned()), false),
        Format::Plain | Format::Percent => (number(value), format == Format::Percent),
    }
}

/// A number under a date format. A part of a day alone is a time, shown as text; a day that no
/// calendar has is what Excel shows for it: a row of hashes.
fn date(serial: f64, from_1904: bool) -> Value {
    if (0.0..1.0).contains(&serial) && serial > 0.0 {
        let minutes = (serial * 1440.0).round() as u32;
        return Value::Text(format!("{:02}:{:02}", minutes / 60, minutes % 60));
    }
    match dates::from_serial(serial, from_1904) {
        Some((year, month, day)) => Value::Date(year, month, day),
        None => Value::Error("########".to_owned()),
    }
}

/// `B7`, `$B$7` → address; none if it is no address or beyond what 32 bits hold.
pub(super) fn parse_address(text: &str) -> Option<CellAddress> {
    let mut column: u32 = 0;
    let mut row: u32 = 0;
    let (mut letters, mut digits) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'$' => {}
            b'A'..=b'Z' | b'a'..=b'z' if digits == 0 => {
                column = column
                    .checked_mul(26)?
                    .checked_add(u32::from(byte.to_ascii_uppercase() - b'A') + 1)?;
                letters += 1;
            }
            b'0'..=b'9' if letters > 0 => {
                row = row.checked_mul(10)?.checked_add(u32::from(byte - b'0'))?;
                digits += 1;
            }
            _ => return None,
        }
    }
    Some(CellAddress::new(row.checked_sub(1)?, column.checked_sub(1)?))
}

/// `A1:C3`; a single address is a range of one cell.
pub(super) fn parse_range(text: &str) -> Option<(CellAddress, CellAddress)> {
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    Some((parse_address(first)?, parse_address(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_nonsense_is_not() {
        assert_eq!(parse_address("C7"), Some(CellAddress::new(6, 2)));
        assert_eq!(
            parse_address("$XFD$1048576"),
            Some(CellAddress::new(1_048_575, 16_383))
        );
        for bad in [
            "",
            "7",
            "C",
            "A0",
            "7C",
            "C7C",
            "A99999999999999999999",
            "Đ3",
            "A-1",
        ] {
            assert_eq!(parse_address(bad), None, "{bad}");
        }
        assert_eq!(
            parse_range("A1:$B2"),
            Some((CellAddress::new(0, 0), CellAddress::new(1, 1)))
        );
    }

    #[test]
    fn of_two_contents_the_later_is_kept_and_named() {
        let mut budget = Budget::new();
        let mut sheet = Sheet::new("S".into(), false, &mut budget);
        for (row, value) in [(1, 5.0), (0, 1.0), (1, 6.0), (0, 1.0)] {
            sheet.add(row, 0, Value::Number(value), false).unwrap();
        }
        sheet.add(limits::ROWS, 0, Value::Number(1.0), false).unwrap();
        sheet.add(3, 0, Value::Text(" \u{a0}\n".into()), false).unwrap();
        let (grid, problems) = sheet.finish();
        assert_eq!(grid.cells.len(), 2);
        assert_eq!(grid.get(1, 0).unwrap().value, Value::Number(6.0));
        assert_eq!(
            problems,
            [
                Kind::CellsOutsideGrid { cells: 1 },
                Kind::CellsWrittenTwice {
                    cells: 1,
                    first: "A2".into()
                }
            ]
        );
    }
}
