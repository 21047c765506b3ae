//! Lists of persons: pupils, births, victims, one row each. They are counted on the spot.
//!
//! In:  a table with a column of names, and a form that says what to count. Out: one fact for each combination
//!      of place, sex, ethnicity, age and item that occurs, and keys that tell when a person stands twice.
//! Holds: nothing of a person goes on: no name, no day of birth, no address; no problem quotes a cell. A person
//!        of whom a trait cannot be read is counted in the whole and told, cell by cell or with others.

mod ages;
mod birth;
mod tally;
mod traits;
mod troubles;
mod twice;

use std::collections::{BTreeMap, BTreeSet};

use super::roster::{Found, find};
use super::{Ledger, Settled, Understood};
use crate::classification::locality::UnitId;
use crate::intake::form::{CountRule, Form};
use crate::intake::grid::Cell;
use crate::intake::header::Column;
use crate::intake::place::Located;
use crate::intake::reading::{Outcome, SheetFact};
use crate::intake::rows::table_place;
use crate::intake::sheet::is_figure;
use crate::intake::stub::StubRow;
use crate::intake::when::When;
use crate::origin::{CellAddress, Reason};
use crate::problem::Kind;
use crate::text;
use tally::tally;
use troubles::{Troubles, what};
use twice::twice;

/// Whether a table is a list of persons: one of its headings is "Họ và tên".
pub fn is_list(columns: &[Column]) -> bool {
    name_column(columns).is_some()
}

fn name_column(columns: &[Column]) -> Option<usize> {
    columns.iter().position(|column| {
        let plain = text::folded(column.leaf());
        let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
        const NAMES: [&str; 10] = [
            "ho va ten",
            "ho ten",
            "ho, ten",
            "ho va ten dem",
            "ho dem",
            "ho va chu dem",
            "ten hoc sinh",
            "ten nan nhan",
            "ten tre",
            "full name",
        ];
        NAMES.iter().any(|name| {
            plain
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    })
}

/// What a row says of one thing.
pub(super) enum Trait<T> {
    Known(T),
    Nothing,
    Unclear,
    /// A code that two lists give different meanings.
    CodeOfUnknownList,
}

/// A list with what is found once for all its rows.
pub(super) struct Listed<'t> {
    pub(super) table: &'t Understood<'t>,
}

impl<'t> Listed<'t> {
    pub(super) fn cell(&self, column: usize, row: &StubRow) -> Option<&'t Cell> {
        self.table
            .sheet
            .grid
            .get(row.row, self.table.columns[column].column)
    }

    /// The code list that the office has declared for a list of ours.
    pub(super) fn code_list(&self, list: &str) -> Option<&'t str> {
        self.table.reader.forms.answers.code_list(list)
    }
}

/// A list of persons that no form declares: nothing is read of it, and nothing is quoted.
pub fn refuse(table: &Understood<'_>, ledger: &mut Ledger) -> Settled {
    let mut settled = Settled::default();
    let persons = people(table).count() as u32;
    let cells: Vec<CellAddress> = table
        .stub
        .iter()
        .flat_map(|row| table.sheet.grid.row(row.row))
        .filter(|cell| is_figure(cell) && table.columns.iter().any(|c| c.column == cell.at.column))
        .map(|cell| cell.at)
        .collect();
    let index = ledger.add(table.first, Kind::ListOfPersons { persons }, persons);
    settled
        .cells
        .extend(cells.into_iter().map(|at| (at, Outcome::LeftOut(index))));
    settled.cells.sort_by_key(|(at, _)| *at);
    settled.cells.dedup_by_key(|(at, _)| *at);
    settled
}

/// Rows with a name, totals and headings left out.
fn people<'t>(table: &'t Understood<'t>) -> impl Iterator<Item = &'t StubRow> {
    let name = name_column(table.columns);
    table.stub.iter().filter(move |row| {
        let named = name.and_then(|i| table.sheet.text(row.row, table.columns[i].column));
        named.is_some_and(|n| n.chars().any(char::is_alphabetic)) && !row.total
    })
}

/// Counts all persons by each of the form's counts.
pub fn settle(table: &Understood<'_>, form: &Form, ledger: &mut Ledger) -> Settled {
    let listed = Listed { table };
    if form.counts.is_empty() {
        let persons = people(table).count() as u32;
        ledger.add(table.first, Kind::ListNotCounted { persons }, 0);
    }
    let found = Found::of(form, table.columns);
    let mut settled = Settled::default();
    let mut troubles = Troubles::default();
    let mut outcomes: BTreeMap<CellAddress, Outcome> = BTreeMap::new();
    for count in &form.counts {
        // "Được hỗ trợ" is counted only where the list has the column.
        if !found.has_all(count) {
            continue;
        }
        let nothing = When::default();
        let period = match super::period_of(table, count.measure, nothing, nothing) {
            Ok(period) => period,
            Err(kind) => {
                let persons = people(table).count() as u32;
                ledger.add(table.first, kind, persons);
                break;
            }
        };
        let tally = tally(&listed, &found, count, period, &mut troubles);
        for ((place, breakdown), (value, cell)) in tally {
            let mut other_times = BTreeSet::new();
            let place = super::of_its_time(table, place, period, &mut other_times);
            outcomes.insert(cell, Outcome::Fact(settled.facts.len() as u32));
            settled.facts.push(SheetFact {
                measure: count.measure,
                breakdown,
                place,
                period,
                value,
                senders: form.senders.listed(),
                sender: (form.senders.are_many())
                    .then(|| table.about.sender.as_ref().map(|s| s.value.clone()))
                    .flatten(),
                cell,
            });
        }
        twice(
            &listed,
            count.measure,
            period,
            &mut settled.persons,
            &mut troubles,
        );
    }
    troubles.tell(ledger);
    for row in table.stub {
        for cell in table.sheet.grid.row(row.row).iter().filter(|c| is_figure(c)) {
            if table.columns.iter().any(|c| c.column == cell.at.column) {
                outcomes
                    .entry(cell.at)
                    .or_insert(Outcome::NotNeeded(Reason::Listed));
            }
        }
    }
    settled.cells = outcomes.into_iter().collect();
    settled
}

/// The cell that stands for a row: its running number, else its first.
fn row_cell(listed: &Listed<'_>, row: &StubRow) -> CellAddress {
    let cells = listed.table.sheet.grid.row(row.row);
    let columns = listed.table.columns;
    let first = cells
        .iter()
        .find(|c| columns.iter().any(|k| k.column == c.at.column));
    first.map_or(CellAddress::new(row.row, 0), |c| c.at)
}

fn place_of(
    listed: &Listed<'_>,
    found: &Found<'_>,
    count: &CountRule,
    row: &StubRow,
    troubles: &mut Troubles,
    at: CellAddress,
) -> Option<UnitId> {
    let table = listed.table;
    let of_table = table.about.place.as_ref().map(|p| p.value);
    let column = count.place_from.as_ref().and_then(|name| found.get(name));
    let written = column.and_then(|c| table.sheet.text(row.row, table.columns[c].column));
    let what = what("place");
    let Some(written) = written.filter(|t| !t.trim().is_empty()) else {
        if of_table.is_none() {
            troubles.add(at, Kind::PersonTraitMissing { what, persons: 0 });
        }
        return of_table;
    };
    let within = table_place(table.about, &table.places);
    for located in [
        table.places.of_cell(&written, within),
        table.places.of_line(&written),
    ] {
        if let Located::One(id) | Located::OtherTime(id) = located {
            return Some(id);
        }
    }
    // An address inside the commune that the title names says nothing more.
    let commune =
        of_table.filter(|id| table.places.level(*id) == crate::classification::locality::Level::Commune);
    if commune.is_none() {
        let at = column.map_or(at, |c| CellAddress::new(row.row, table.columns[c].column));
        troubles.add(at, Kind::PersonTraitUnclear { what, persons: 0 });
    }
    commune
}
