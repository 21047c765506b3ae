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
use crate::text::legacy::{self, Evidence, Font, Script};

/// A sheet in the making.
pub(super) struct Sheet<'b> {
    budget: &'b mut Budget,
    read: SheetRead,
    outside: u32,
    hidden_rows: Vec<u32>,
    /// First and last of each run.
    hidden_columns: Vec<(u32, u32)>,
}

/// A sheet as it was read, before texts in old encodings are mended: that takes the whole file.
#[derive(Debug, Default)]
pub(super) struct SheetRead {
    pub grid: Grid,
    pub problems: Vec<Kind>,
    /// Texts that may be in an old encoding.
    pub suspects: Vec<Suspect>,
    /// Texts in Unicode.
    pub evidence: Evidence,
}

/// A text that may be in an old encoding.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Suspect {
    pub at: CellAddress,
    pub fonts: Fonts,
}

/// The fonts of a text: of the whole, or of parts of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Fonts {
    pub base: Font,
    /// Where a part begins, in bytes, and its font; ascending. None: the whole is in `base`.
    pub parts: Vec<(usize, Font)>,
}

impl From<Font> for Fonts {
    fn from(base: Font) -> Self {
        Fonts {
            base,
            parts: Vec::new(),
        }
    }
}

impl Fonts {
    /// The parts of `text` with their fonts; parts of one font that touch are one.
    pub(super) fn split<'t>(&self, text: &'t str) -> Vec<(&'t str, Font)> {
        let mut out: Vec<(&str, Font)> = Vec::new();
        let mut start = 0;
        let mut font = self.base;
        for (at, next) in &self.parts {
            if *next == font {
                continue;
            }
            if let Some(part) = text.get(start..*at).filter(|part| !part.is_empty()) {
                out.push((part, font));
                start = *at;
            }
            font = *next;
        }
        if let Some(part) = text.get(start..).filter(|part| !part.is_empty()) {
            out.push((part, font));
        }
        out
    }
}

impl<'b> Sheet<'b> {
    pub(super) fn new(name: String, hidden: bool, budget: &'b mut Budget) -> Self {
        Sheet {
            budget,
            read: SheetRead {
                grid: Grid {
                    name,
                    hidden,
                    ..Grid::default()
                },
                ..SheetRead::default()
            },
            outside: 0,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
        }
    }

    pub(super) fn budget(&self) -> &Budget {
        self.budget
    }

    /// A cell whose font does not matter, or is not known.
    pub(super) fn add(&mut self, row: u32, column: u32, value: Value, percent: bool) -> Result<(), Trouble> {
        match value {
            Value::Text(text) => self.add_text(row, column, text, &Fonts::default()),
            value => self.put(row, column, value, percent),
        }
    }

    pub(super) fn add_text(
        &mut self,
        row: u32,
        column: u32,
        text: String,
        fonts: &Fonts,
    ) -> Result<(), Trouble> {
        let script = legacy::script(&text);
        self.add_known_text(row, column, text, script, fonts)
    }

    /// A text whose letters were looked at before: the same one may stand in a thousand cells.
    pub(super) fn add_known_text(
        &mut self,
        row: u32,
        column: u32,
        text: String,
        script: Script,
        fonts: &Fonts,
    ) -> Result<(), Trouble> {
        if text.chars().all(char::is_whitespace) {
            return Ok(());
        }
        // A text in several fonts is as doubtful as its most doubtful part.
        let in_parts = || {
            fonts
                .split(&text)
                .into_iter()
                .any(|(part, _)| legacy::script(part) == Script::Suspect)
        };
        let script = match script {
            Script::Vietnamese if !fonts.parts.is_empty() && in_parts() => Script::Suspect,
            script => script,
        };
        match script {
            Script::Plain => {}
            Script::Vietnamese => self.read.evidence.add_vietnamese(fonts.base),
            Script::Suspect => self.read.suspects.push(Suspect {
                at: CellAddress::new(row, column),
                fonts: fonts.clone(),
            }),
        }
        self.put(row, column, Value::Text(text), false)
    }

    fn put(&mut self, row: u32, column: u32, value: Value, percent: bool) -> Result<(), Trouble> {
        if row >= limits::ROWS || column >= limits::COLUMNS {
            self.refuse_outside();
            return Ok(());
        }
        let text = match &value {
            Value::Text(text) | Value::Error(text) => text.len(),
            _ => 0,
        };
        self.budget.take(text)?;
        self.read.grid.cells.push(Cell {
            at: CellAddress::new(row, column),
            value,
            percent,
        });
        Ok(())
    }

    pub(super) fn hide_row(&mut self, row: u32) {
        self.hide_rows(row, 1);
    }

    pub(super) fn hide_rows(&mut self, first: u32, count: u32) {
        let room = (limits::ROWS as usize).saturating_sub(self.hidden_rows.len());
        let end = first.saturating_add(count).min(limits::ROWS);
        self.hidden_rows.extend((first..end).take(room));
    }

    /// Both ends included.
    pub(super) fn hide_columns(&mut self, first: u32, last: u32) {
        if self.hidden_columns.len() < limits::COLUMNS as usize {
            self.hidden_columns.push((first, last));
        }
    }

    /// Counts a cell whose address lies beyond the grid or is none.
    pub(super) fn refuse_outside(&mut self) {
        self.outside = self.outside.saturating_add(1);
    }

    pub(super) fn merge(&mut self, first: CellAddress, last: CellAddress) {
        let inside = last.row < limits::ROWS && last.column < limits::COLUMNS;
        let ordered = first.row <= last.row && first.column <= last.column;
        let merges = &mut self.read.grid.merges;
        if inside && ordered && first != last && merges.len() < limits::MERGES {
            merges.push(Merge { first, last });
        }
    }

    pub(super) fn finish(self) -> SheetRead {
        let mut read = self.read;
        let grid = &mut read.grid;
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
        // Only what holds something is worth telling: forms hide their empty helper rows too.
        let mut hidden = self.hidden_rows;
        hidden.sort_unstable();
        hidden.dedup();
        hidden.retain(|row| !grid.row(*row).is_empty());
        grid.hidden_rows = hidden;
        grid.hidden_columns = hidden_with_content(self.hidden_columns, &grid.cells);
        if !grid.hidden_rows.is_empty() || !grid.hidden_columns.is_empty() {
            problems.push(Kind::LinesHidden {
                rows: grid.hidden_rows.len() as u32,
                columns: grid.hidden_columns.len() as u32,
            });
        }
        read.problems = problems;
        read
    }
}

fn hidden_with_content(hidden: Vec<(u32, u32)>, cells: &[Cell]) -> Vec<u32> {
    if hidden.is_empty() {
        return Vec::new();
    }
    let mut columns = vec![false; limits::COLUMNS as usize];
    for (first, last) in hidden {
        let first = columns.len().min(first as usize);
        let end = columns.len().min((last as usize).saturating_add(1)).max(first);
        columns[first..end].fill(true);
    }
    let used: std::collections::BTreeSet<u32> = cells.iter().map(|c| c.at.column).collect();
    let is_hidden = |column: &u32| columns.get(*column as usize) == Some(&true);
    used.into_iter().filter(is_hidden).collect()
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
pub(crate) fn parse_address(text: &[u8]) -> Option<CellAddress> {
    let mut column: u32 = 0;
    let mut row: u32 = 0;
    let (mut letters, mut digits) = (0, 0);
    for byte in text {
        match *byte {
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
pub(super) fn parse_range(text: &[u8]) -> Option<(CellAddress, CellAddress)> {
    let colon = text.iter().position(|b| *b == b':');
    let (first, last) = colon.map_or((text, text), |at| (&text[..at], &text[at + 1..]));
    Some((parse_address(first)?, parse_address(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_and_nonsense_is_not() {
        assert_eq!(parse_address(b"C7"), Some(CellAddress::new(6, 2)));
        assert_eq!(
            parse_address(b"$XFD$1048576"),
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
            assert_eq!(parse_address(bad.as_bytes()), None, "{bad}");
        }
        assert_eq!(
            parse_range(b"A1:$B2"),
            Some((CellAddress::new(0, 0), CellAddress::new(1, 1)))
        );
    }

    #[test]
    fn what_is_hidden_is_counted_where_it_holds_something() {
        let mut budget = Budget::new();
        let mut sheet = Sheet::new("S".into(), false, &mut budget);
        sheet.hide_row(1);
        sheet.hide_row(7);
        sheet.hide_columns(2, 16_383);
        sheet.add(1, 0, Value::Number(1.0), false).unwrap();
        sheet.add(2, 5, Value::Number(1.0), false).unwrap();
        let SheetRead { grid, problems, .. } = sheet.finish();
        assert_eq!((grid.hidden_rows, grid.hidden_columns), (vec![1], vec![5]));
        assert_eq!(problems, [Kind::LinesHidden { rows: 1, columns: 1 }]);
    }

    #[test]
    fn a_text_is_cut_where_its_font_changes() {
        let fonts = Fonts {
            base: Font::Any,
            parts: vec![(0, Font::Vni), (2, Font::Vni), (3, Font::Any), (4, Font::Tcvn3)],
        };
        assert_eq!(
            fonts.split("abcdef"),
            [("abc", Font::Vni), ("d", Font::Any), ("ef", Font::Tcvn3)]
        );
        assert_eq!(Fonts::from(Font::Vni).split("ab"), [("ab", Font::Vni)]);
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
        let SheetRead { grid, problems, .. } = sheet.finish();
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
