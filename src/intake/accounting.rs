//! What became of every cell with a number on a sheet, those outside of all tables too.
//!
//! In:  the tables of a sheet, read. Out: an [`Account`], and an outcome for each cell that no table has settled.
//! Holds: a cell with a number that nothing explains is told: by one problem with its count.

use crate::intake::grid::{Cell, Value};
use crate::intake::numeral;
use crate::intake::reading::{Outcome, TableReading};
use crate::intake::region::Region;
use crate::intake::settle::Ledger;
use crate::intake::sheet::{Sheet, as_year, is_figure, text_of};
use crate::intake::stub::Role;
use crate::intake::words_of_stub::StubRole;
use crate::origin::{Account, CellAddress, Reason};
use crate::problem::Kind;

/// Settles what the tables have left, and counts all.
pub fn account(
    sheet: &Sheet<'_>,
    regions: &[Region],
    tables: &[TableReading],
    ledger: &mut Ledger,
) -> (Account, Vec<(CellAddress, Outcome)>) {
    let mut settled: Vec<(CellAddress, Outcome)> =
        tables.iter().flat_map(|t| t.cells.iter().copied()).collect();
    settled.sort_by_key(|(at, _)| *at);
    let mut account = Account::default();
    let mut beside: Vec<(CellAddress, Option<Reason>)> = Vec::new();
    for cell in &sheet.grid.cells {
        let known = settled.binary_search_by_key(&cell.at, |(at, _)| *at).is_ok();
        let numeric = is_numeric(cell);
        // Only what has an outcome is counted, so that another count shows what has none.
        account.numbers += u32::from(matches!(cell.value, Value::Number(_)) && (known || numeric));
        if !known && numeric {
            beside.push((cell.at, reason_of(sheet, cell, regions, tables)));
        }
    }
    let outside: Vec<CellAddress> = beside
        .iter()
        .filter(|(_, reason)| reason.is_none())
        .map(|(at, _)| *at)
        .collect();
    let trouble = outside.first().map(|first| {
        let numbers = outside.len() as u32;
        let kind = match tables.is_empty() {
            true => Kind::NoTable { numbers },
            false => Kind::NumbersOutside { numbers },
        };
        ledger.add(*first, kind, numbers)
    });
    let beside: Vec<(CellAddress, Outcome)> = beside
        .into_iter()
        .map(|(at, reason)| {
            let told = || trouble.map_or(Outcome::NotNeeded(Reason::Title), Outcome::LeftOut);
            (at, reason.map_or_else(told, Outcome::NotNeeded))
        })
        .collect();
    for (_, outcome) in settled.iter().chain(&beside) {
        match outcome {
            Outcome::Fact(_) => account.facts += 1,
            Outcome::Checked => account.checked += 1,
            Outcome::LeftOut(_) => account.left_out += 1,
            Outcome::NotNeeded(reason) => *account.not_needed.entry(*reason).or_default() += 1,
        }
    }
    (account, beside)
}

/// A number, a text with digits that reads as one, or what stands where a formula had one.
fn is_numeric(cell: &Cell) -> bool {
    match &cell.value {
        Value::Number(_) | Value::Error(_) | Value::FormulaWithoutValue => true,
        Value::Text(text) => text.bytes().any(|b| b.is_ascii_digit()) && is_figure(cell) && !is_marker(text),
        Value::Bool(_) | Value::Date(..) => false,
    }
}

/// "1.", "(2)", "3.1": numbering typed as text is nobody's figure.
fn is_marker(text: &str) -> bool {
    crate::intake::label::order_marker(text).is_some() || numeral::is_numbering(text)
}

/// Why a cell that is no figure of a table holds a number; none if nothing explains it.
fn reason_of(sheet: &Sheet<'_>, cell: &Cell, regions: &[Region], tables: &[TableReading]) -> Option<Reason> {
    let at = cell.at;
    for (region, table) in regions.iter().zip(tables) {
        if !(region.columns.0..=region.columns.1).contains(&at.column) {
            continue;
        }
        if region.numbering == Some(at.row) {
            return Some(Reason::Numbering);
        }
        if (region.header.0..=region.header.1).contains(&at.row) {
            return Some(Reason::Heading);
        }
        if region.body.binary_search(&at.row).is_ok() {
            return table
                .columns
                .iter()
                .find(|c| c.column == at.column)
                .and_then(|column| reason_of_role(column.role));
        }
    }
    as_year(cell)
        .filter(|_| is_period_line(sheet, at))
        .map(|_| Reason::Title)
}

/// "Năm | 2024" above a table, or a year alone in its row: not "Tổng số hộ | 2050".
fn is_period_line(sheet: &Sheet<'_>, at: CellAddress) -> bool {
    let left = sheet.row(at.row, (0, at.column)).iter().rev().skip(1);
    left.filter_map(text_of).next().is_none_or(|text| {
        let plain = crate::text::folded(&text);
        ["nam", "ky", "thoi", "ngay", "thang", "quy"]
            .iter()
            .any(|word| plain.split(|c: char| !c.is_alphanumeric()).any(|w| w == *word))
    })
}

fn reason_of_role(role: Role) -> Option<Reason> {
    let Role::Stub(role) = role else { return None };
    Some(match role {
        StubRole::Order => Reason::Order,
        StubRole::Code | StubRole::PlaceCode => Reason::Code,
        StubRole::Year | StubRole::Period => Reason::Period,
        StubRole::Note => Reason::Remark,
        StubRole::Label
        | StubRole::Unit
        | StubRole::Place
        | StubRole::Sender
        | StubRole::Sex
        | StubRole::Age
        | StubRole::Ethnicity
        | StubRole::Measure => Reason::Label,
    })
}
