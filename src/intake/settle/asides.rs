//! Cells that are no figures, gathered so that each kind is one line with its count.

use std::collections::BTreeMap;

use super::{Ledger, Understood};
use crate::intake::reading::Outcome;
use crate::intake::sheet::{is_figure, text_of};
use crate::intake::stub::Role;
use crate::intake::words_of_stub::StubRole;
use crate::origin::{CellAddress, Reason};
use crate::problem::Kind;
use crate::text;

/// One note for each sign that stands where a count belongs ("x", "…"), and one for the details of each table.
pub(super) fn told(table: &Understood<'_>, cells: &[(CellAddress, Outcome)], ledger: &mut Ledger) {
    let mut signs: BTreeMap<String, (CellAddress, u32)> = BTreeMap::new();
    let mut details: Option<(CellAddress, String, u32)> = None;
    for (at, outcome) in cells {
        match outcome {
            Outcome::NotNeeded(Reason::NoFigure) => {
                let cell = table.sheet.grid.get(at.row, at.column);
                let sign = text::one_line(&cell.and_then(text_of).unwrap_or_default());
                signs.entry(sign).or_insert((*at, 0)).1 += 1;
            }
            Outcome::NotNeeded(Reason::Detail) => {
                let row = table.stub.iter().find(|r| r.row == at.row);
                let label = row.map_or("", |r| &r.label.written);
                details.get_or_insert_with(|| (*at, label.to_owned(), 0)).2 += 1;
            }
            _ => {}
        }
    }
    for (sign, (at, cells)) in signs {
        ledger.add(at, Kind::NoFigureGiven { sign, cells }, 0);
    }
    if let Some((at, label, cells)) = details {
        ledger.add(at, Kind::RowsTakenForDetails { label, cells }, 0);
    }
    remarks(table, ledger);
    not_used(table, cells, ledger);
}

/// One note for a table of a known form of which every figure is of no use: persons where agencies count.
fn not_used(table: &Understood<'_>, cells: &[(CellAddress, Outcome)], ledger: &mut Ledger) {
    let Some(form) = table.reader.form else { return };
    let is_unused = |outcome: &Outcome| *outcome == Outcome::NotNeeded(Reason::Unused);
    let told = |outcome: &Outcome| matches!(outcome, Outcome::Fact(_) | Outcome::LeftOut(_));
    let unused = cells.iter().filter(|(_, outcome)| is_unused(outcome)).count();
    if unused > 0 && !cells.iter().any(|(_, outcome)| told(outcome)) {
        let (form, cells) = (form.name.clone(), unused as u32);
        ledger.add(table.first, Kind::TableNotUsed { form, cells }, 0);
    }
}

/// One note for each column of remarks that holds numbers.
pub(super) fn remarks(table: &Understood<'_>, ledger: &mut Ledger) {
    for (column, role) in table.columns.iter().zip(table.roles) {
        if *role != Role::Stub(StubRole::Note) {
            continue;
        }
        let numbers: Vec<CellAddress> = table
            .stub
            .iter()
            .filter_map(|row| table.sheet.grid.get(row.row, column.column))
            .filter(|cell| {
                is_figure(cell) && text_of(cell).is_none_or(|t| t.bytes().any(|b| b.is_ascii_digit()))
            })
            .map(|cell| cell.at)
            .collect();
        if let Some(first) = numbers.first() {
            let (heading, cells) = (text::one_line(column.leaf()), numbers.len() as u32);
            ledger.add(*first, Kind::NumbersInRemarks { heading, cells }, 0);
        }
    }
}
