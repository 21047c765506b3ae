//! A grid, seen the way tables need it: rows with something in them, merges, numbers or words.
//!
//! Holds: no dense copy is made; the cost follows the cells that exist.

use crate::intake::grid::{Cell, Grid, Merge, Value};
use crate::origin::CellAddress;
use crate::text;

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
    match &cell.value {
        Value::Number(_) | Value::Error(_) | Value::FormulaWithoutValue => true,
        Value::Text(t) => is_figure_text(t),
        Value::Bool(_) | Value::Date(..) => false,
    }
}

/// "1.234", "26,10", "98%", "-", "…": not a word.
pub fn is_figure_text(t: &str) -> bool {
    let t = t.trim();
    if t.is_empty() || t.len() > 40 {
        return false;
    }
    let digits = t.chars().any(|c| c.is_ascii_digit());
    let signs = t
        .chars()
        .all(|c| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',' | '%' | '-' | '+' | '(' | ')' | '\''));
    if digits {
        // "(1)" and "1.1" may be numbering; the rows around them decide.
        return signs;
    }
    is_missing_sign(t)
}

/// Signs in the place of a figure.
pub fn is_missing_sign(t: &str) -> bool {
    let t = t.trim();
    let dashes = t
        .chars()
        .all(|c| matches!(c, '-' | '–' | '—' | '−' | '.' | '…' | '_' | '?' | ' '));
    if !t.is_empty() && dashes {
        return true;
    }
    matches!(
        text::folded(t).as_str(),
        "x" | "n/a" | "na" | "chua co so lieu" | "chua co du lieu" | "khong co so lieu" | "khong" | "chua co" | "ksl" | ":"
            | "khong phat sinh" | "dang cap nhat" | "chua bao cao"
    )
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

/// One cell of a numbering row: "A", "1", "(1)", "3a", "4(=2*100/3)", "2 = 3+4".
pub fn is_numbering(t: &str) -> bool {
    let t: String = t.chars().filter(|c| !c.is_whitespace()).collect();
    let t = t.strip_prefix('(').unwrap_or(&t);
    let mut rest = t.chars().peekable();
    let mut digits = 0;
    let mut letters = 0;
    while rest.peek().is_some_and(char::is_ascii_digit) {
        rest.next();
        digits += 1;
    }
    while rest.peek().is_some_and(char::is_ascii_alphabetic) {
        rest.next();
        letters += 1;
    }
    if digits > 3 || letters > 2 || (digits == 0 && letters != 1) {
        return false;
    }
    let tail: String = rest.collect();
    tail.is_empty()
        || tail == ")"
        || (digits > 0
            && tail.contains('=')
            && tail
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "=()+-*/.…,:x×%".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbering_figures_and_words() {
        for t in ["A", "1", "(1)", "3a", "4(=2*100/3)", "2 (=3+4)", "3=4+6+8", "12B", "2 (=3+…+12)"] {
            assert!(is_numbering(t), "{t}");
        }
        for t in ["TT", "2024", "Nam", "1.234", "-"] {
            assert!(!is_numbering(t), "{t}");
        }
        for t in ["1.234", "26,10", "98%", "-", "…", "...", "12 345", "(12)", "x"] {
            assert!(is_figure_text(t), "{t}");
        }
        for t in ["Nữ", "15-19 tuổi", "I", "Xã A"] {
            assert!(!is_figure_text(t), "{t}");
        }
    }
}
