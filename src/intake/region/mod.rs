//! Finds the tables of a sheet: where each begins and ends, and which lines are its title.
//!
//! In:  a [`Sheet`]. Out: [`Region`]s.
//! Holds: a table needs headings above its figures; text below its last figure (signatures, notes)
//!        belongs to no table; a numbering row ("A | B | 1 | 2") is the surest end of a heading.
//! Leaves to others: what headings mean (`header`, `stub`).

mod panels;
mod titles;

use std::collections::BTreeSet;

use crate::intake::grid::Merge;
use crate::intake::numeral::is_numbering;
use crate::intake::sheet::{Sheet, as_year, is_figure, merge_at, text_of};
use crate::intake::words_of_stub::is_stub_heading;
use crate::origin::CellAddress;

use panels::{panels, split_side_by_side};
pub use titles::is_title_like;
use titles::share_titles;

/// A line of a title block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub at: CellAddress,
    pub text: String,
}

/// One table of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Region {
    /// Lines above this table and below the one before; first the nearest columns'.
    pub title: Vec<Line>,
    /// Lines above earlier tables of the sheet: used for what this table's own title does not say.
    pub inherited: Vec<Line>,
    /// First and last row of the headings.
    pub header: (u32, u32),
    pub numbering: Option<u32>,
    /// First and last column.
    pub columns: (u32, u32),
    /// Rows with cells below the headings, up to the last one with a figure.
    pub body: Vec<u32>,
}

/// More tables than a sheet of any office has.
const MOST_TABLES: usize = 400;
/// Rows that a heading may take.
const DEEPEST_HEADER: usize = 8;

/// All tables, from the top. Cells that lie in none are told by `accounting`.
pub fn find(sheet: &Sheet<'_>) -> Vec<Region> {
    let mut regions = Vec::new();
    for columns in panels(sheet) {
        for region in tables_of_panel(sheet, columns) {
            regions.extend(split_side_by_side(sheet, region));
        }
    }
    regions.truncate(MOST_TABLES);
    share_titles(sheet, &mut regions);
    regions
}

#[derive(Debug, Clone, Default)]
struct Row {
    row: u32,
    texts: Vec<u32>,
    figures: Vec<u32>,
    numbering: bool,
    /// Every figure of the row is a year.
    years: bool,
    leftmost: String,
}

fn describe(sheet: &Sheet<'_>, row: u32, columns: (u32, u32)) -> Row {
    let cells = sheet.row(row, columns);
    let mut out = Row {
        row,
        years: true,
        ..Row::default()
    };
    let mut numbers: Vec<i64> = Vec::new();
    let mut numbering = cells.len() >= 2;
    for cell in cells {
        let Some(words) = text_of(cell) else {
            out.figures.push(cell.at.column);
            numbering = false;
            out.years = false;
            continue;
        };
        if out.leftmost.is_empty() {
            out.leftmost.clone_from(&words);
        }
        if is_figure(cell) {
            out.figures.push(cell.at.column);
            out.years &= as_year(cell).is_some();
        } else {
            out.texts.push(cell.at.column);
        }
        if numbering && is_numbering(&words) {
            let digits: String = words
                .chars()
                .skip_while(|c| !c.is_ascii_digit())
                .take_while(char::is_ascii_digit)
                .collect();
            numbers.extend(digits.parse::<i64>().ok());
        } else {
            numbering = false;
        }
    }
    out.years &= !out.figures.is_empty();
    out.numbering = numbering && is_counting(&numbers, &out.leftmost);
    out
}

/// "A B 1 2 3", "1 2 3 3a 3b 4", "17 18 18a": numbers that count on.
fn is_counting(numbers: &[i64], leftmost: &str) -> bool {
    let steps = numbers
        .windows(2)
        .filter(|w| matches!(w[1] - w[0], 0 | 1))
        .count();
    let lettered = leftmost
        .trim_matches(['(', ')', ' '])
        .chars()
        .all(char::is_alphabetic);
    match numbers.len() {
        0 => false,
        1 => lettered && numbers[0] == 1,
        n => {
            (numbers[0] == 1 || lettered || n >= 4)
                && steps * 10 >= (n - 1) * 7
                && numbers[n - 1] > numbers[0]
        }
    }
}

/// Walks down the rows of a panel: text rows wait until figures show whether they were headings.
fn tables_of_panel(sheet: &Sheet<'_>, columns: (u32, u32)) -> Vec<Region> {
    let mut regions: Vec<Region> = Vec::new();
    let mut waiting: Vec<Row> = Vec::new();
    let mut value_columns: BTreeSet<u32> = BTreeSet::new();
    for number in &sheet.rows {
        let row = describe(sheet, *number, columns);
        if row.texts.is_empty() && row.figures.is_empty() {
            continue;
        }
        let waits_for_figures = row.figures.is_empty() || (row.years && is_year_heading(&row, &regions));
        if row.numbering {
            if let Some(region) = headed(sheet, columns, &waiting, &row) {
                regions.push(region);
                value_columns.clear();
            }
            waiting.clear();
        } else if waits_for_figures {
            waiting.push(row);
        } else {
            let begins = regions.is_empty() || begins_anew(sheet, &waiting, &value_columns);
            let found = begins
                .then(|| unnumbered(sheet, columns, &waiting, &row))
                .flatten();
            if let Some(mut region) = found {
                region.body.retain(|r| *r > region.header.1);
                regions.push(region);
                value_columns.clear();
                waiting.retain(|w| regions.last().is_some_and(|r| w.row > r.header.1));
            }
            match regions.last_mut() {
                Some(region) => {
                    region.body.extend(waiting.drain(..).map(|w| w.row));
                    region.body.push(row.row);
                    value_columns.extend(row.figures.iter().copied());
                }
                None => waiting.push(row),
            }
        }
    }
    regions.retain(|r| !r.body.is_empty());
    regions
}

/// A row of years is a heading when it begins a table or stands under a stub heading.
fn is_year_heading(row: &Row, regions: &[Region]) -> bool {
    let stub = is_stub_heading(&row.leftmost);
    stub || (regions.is_empty()
        && row.figures.len() >= 2
        && row.texts.len() <= 2
        && row.texts.iter().all(|t| *t < row.figures[0]))
}

/// Whether the waiting rows begin another table rather than a group of the present one.
fn begins_anew(sheet: &Sheet<'_>, waiting: &[Row], value_columns: &BTreeSet<u32>) -> bool {
    waiting.iter().any(|row| {
        let over_values = row.texts.iter().filter(|c| value_columns.contains(c)).count();
        let stub = is_stub_heading(&row.leftmost);
        let title_like = row
            .texts
            .iter()
            .any(|c| sheet.text(row.row, *c).is_some_and(|t| is_title_like(&t)));
        (stub || !title_like)
            && ((stub && row.texts.len() >= 2 && (over_values >= 1 || row.texts.len() >= 3))
                || over_values >= 3)
    })
}

/// A table whose headings end at a numbering row.
fn headed(sheet: &Sheet<'_>, columns: (u32, u32), waiting: &[Row], numbering: &Row) -> Option<Region> {
    let last = waiting.last()?;
    let covered: Vec<u32> = numbering
        .texts
        .iter()
        .chain(&numbering.figures)
        .copied()
        .collect();
    let over = |row: &Row| {
        row.texts.iter().chain(&row.figures).any(|c| covered.contains(c))
            && row.texts.len() + row.figures.len() > 1
    };
    if !over(last) && waiting.len() < 2 {
        return None;
    }
    let start = header_start(sheet, columns, waiting, waiting.len() - 1);
    Some(Region {
        header: (start, numbering.row - 1),
        numbering: Some(numbering.row),
        columns,
        ..Region::default()
    })
}

/// A table whose headings end where texts stand over the figures of its first row.
fn unnumbered(sheet: &Sheet<'_>, columns: (u32, u32), waiting: &[Row], first: &Row) -> Option<Region> {
    let rows: Vec<u32> = waiting.iter().map(|w| w.row).collect();
    let merges = sheet.merges_in(rows.first().copied()?, rows.last().copied()?);
    let label = first.texts.first().copied();
    // The running number in front of a label is not a figure.
    let figures: Vec<u32> = first
        .figures
        .iter()
        .copied()
        .filter(|c| label.is_none_or(|l| *c > l) || first.texts.is_empty())
        .collect();
    let figures = if figures.is_empty() {
        first.figures.clone()
    } else {
        figures
    };
    let end = waiting.iter().rposition(|row| {
        let single = row.texts.len() + row.figures.len() == 1;
        let title_like = single
            && row
                .texts
                .first()
                .and_then(|c| sheet.text(row.row, *c))
                .is_some_and(|t| is_title_like(&t) || t.chars().count() > 80);
        let widest = row
            .texts
            .first()
            .and_then(|c| merge_at(&merges, CellAddress::new(row.row, *c)))
            .is_some_and(|m| {
                single && m.first.column <= label.unwrap_or(0) && m.last.column > m.first.column
            });
        !title_like
            && !widest
            && figures.iter().any(|c| {
                row.texts.contains(c)
                    || row.figures.contains(c)
                    || merge_at(&merges, CellAddress::new(row.row, *c))
                        .is_some_and(|m| row.texts.contains(&m.first.column) && m.first.row == row.row)
            })
    })?;
    let start = header_start(sheet, columns, waiting, end);
    let lowest = waiting[end].row;
    // A heading merged downwards may end below the lowest text.
    let last = merges
        .iter()
        .filter(|m| m.first.row >= start && m.first.row <= lowest && m.last.row < first.row)
        .map(|m| m.last.row)
        .fold(lowest, u32::max);
    Some(Region {
        header: (start, last),
        columns,
        ..Region::default()
    })
}

/// Goes up from the lowest heading row to the first.
fn header_start(sheet: &Sheet<'_>, columns: (u32, u32), waiting: &[Row], end: usize) -> u32 {
    let lowest = waiting[end].row;
    let first = waiting.first().map_or(lowest, |w| w.row);
    let merges: Vec<Merge> = sheet
        .merges_in(first, lowest)
        .into_iter()
        .filter(|m| m.first.column <= columns.1 && m.last.column >= columns.0)
        .collect();
    let mut start = lowest;
    let mut has_stub = is_stub_heading(&waiting[end].leftmost);
    for row in waiting[..end].iter().rev().take(DEEPEST_HEADER) {
        let crossing = merges
            .iter()
            .any(|m| m.first.row <= row.row && m.last.row >= start && m.last.row > m.first.row);
        if crossing {
            start = row.row;
            has_stub |= is_stub_heading(&row.leftmost);
            continue;
        }
        let texts: Vec<String> = row.texts.iter().filter_map(|c| sheet.text(row.row, *c)).collect();
        let single = texts.len() + row.figures.len() == 1;
        let stub = is_stub_heading(&row.leftmost) && !is_title_like(&row.leftmost);
        // "Tổng số hộ | 1234" above "TT | Xã | …" is a line with a figure of its own, not a heading.
        if has_stub && !row.figures.is_empty() && !row.years {
            break;
        }
        // "TT | Xã | HĐND xã | UBND xã" is a heading, though "UBND xã" alone is a letterhead.
        if row.row + 1 != start || (!stub && texts.iter().any(|t| is_title_like(t))) {
            break;
        }
        if single && !stub {
            // One text over a part of the columns is a heading; over all of them it is the title.
            let column = row.texts.first().or(row.figures.first()).copied().unwrap_or(0);
            let spread = merge_at(&merges, CellAddress::new(row.row, column));
            let parts = spread.is_some_and(|m| m.first.column > columns.0 && m.last.column > m.first.column);
            if !parts || has_stub && !is_under(sheet, row.row, column, start) {
                break;
            }
        } else if has_stub && (stub || texts.iter().any(|t| t.chars().count() > 60)) {
            break;
        }
        start = row.row;
        has_stub |= stub;
    }
    start
}

/// Whether the row below has a text in this column: then the upper text is its parent.
fn is_under(sheet: &Sheet<'_>, row: u32, column: u32, below: u32) -> bool {
    below > row && sheet.text(below, column).is_some()
}
