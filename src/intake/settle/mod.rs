//! Cells → facts, or troubles.
//!
//! In:  columns and rows that were understood. Out: facts, and an [`Outcome`] for every cell with a figure.
//! Holds: nothing disappears: a cell becomes a fact, is compared as a total, is declared unneeded, or a
//!        trouble counts it. A dash is a reported zero; dots and "x" are no figure and no fault.
//! Leaves to others: whether figures agree with each other (`check`).

mod asides;
mod below;
mod figure;
mod ledger;
mod outside;
mod pages;
pub mod persons;
pub mod roster;
mod shared;
mod total;
mod what;

use std::collections::BTreeSet;

use crate::classification::locality::UnitId;
use crate::definition::Catalogue;
use crate::intake::context_of_table::About;
use crate::intake::form::RowRole;
use crate::intake::grid::Cell;
use crate::intake::header::Column;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::numeral::{self, Notation};
use crate::intake::place::Places;
use crate::intake::reading::{Outcome, PersonKey, SheetFact};
use crate::intake::rows::{RowRead, unknown_codes};
use crate::intake::sheet::{Sheet, is_figure};
use crate::intake::stub::{Role, StubRow};
use crate::intake::table::OfTitle;
use crate::intake::understand::Reader;
use crate::intake::unit;
use crate::origin::{CellAddress, Reason};
use crate::period::Day;
use crate::problem::Kind;
use figure::{Figure, read_figure};
pub use ledger::Ledger;
pub use what::told_period;
use what::{
    meaning_of, of_its_time, period_of, place_missing, sender_of, senders_of, unit_trouble,
    warn_of_other_times,
};

/// A table whose headings and labels are understood.
pub struct Understood<'a> {
    pub sheet: &'a Sheet<'a>,
    pub catalogue: &'a Catalogue,
    pub reader: Reader<'a>,
    pub places: Places<'a>,
    pub about: &'a About,
    pub role: RowRole,
    pub columns: &'a [Column],
    pub roles: &'a [Role],
    pub said: &'a [Said],
    pub stub: &'a [StubRow],
    pub rows: &'a [RowRead],
    /// What the title adds to every figure.
    pub of_title: OfTitle,
    /// The day of the run: no figure is of a period after it.
    pub today: Day,
    pub first: CellAddress,
    /// Set when a figure's period was said nowhere on the sheet.
    pub period_from_outside: std::cell::Cell<bool>,
}

/// What came of a table.
#[derive(Debug, Default)]
pub struct Settled {
    pub facts: Vec<SheetFact>,
    pub cells: Vec<(CellAddress, Outcome)>,
    /// Figures that cells would have given if they could be read; their values mean nothing.
    pub unread: Vec<SheetFact>,
    /// Keys of the persons of a list, to find those who stand in two files.
    pub persons: Vec<PersonKey>,
}

/// Settles all cells of a table.
pub fn settle(table: &Understood<'_>, ledger: &mut Ledger) -> Settled {
    let mut settled = Settled::default();
    let answered = table
        .reader
        .layout
        .and_then(|l| l.thousands)
        .map(Notation::of_thousands);
    let notations: Vec<Notation> = table
        .columns
        .iter()
        .map(|c| answered.unwrap_or_else(|| notation(table, c.column)))
        .collect();
    // A column of rates ("26.7") says nothing of how counts beside it are written ("500.000").
    let wide = (notations.iter().zip(table.said))
        .filter(|(_, said)| **said != Said::Rate)
        .fold(Notation::default(), |a, (b, _)| a.and(*b));
    let mut rates: Vec<(CellAddress, String)> = Vec::new();
    let mut other_times: BTreeSet<UnitId> = BTreeSet::new();
    let mut alone: Vec<Option<String>> = vec![None; table.columns.len()];
    let mut totals: Vec<usize> = Vec::new();
    let sums = total::by_arithmetic(table, &notations);
    let shared = shared::cells(table);
    for (r, (stub, row)) in table.stub.iter().zip(table.rows).enumerate() {
        if let Some((at, kind)) = &row.remark {
            ledger.add(*at, kind.clone(), 0);
        }
        if stub.page_sum {
            continue;
        }
        let is_total = row.total || sums.contains(&r);
        if repeats_heading(table, stub) {
            let cells = table.columns.iter().zip(table.roles);
            let values = cells.filter(|(_, role)| **role == Role::Values);
            let numbers = values.filter_map(|(c, _)| table.sheet.grid.get(stub.row, c.column));
            let heading = Outcome::NotNeeded(Reason::Heading);
            settled
                .cells
                .extend(numbers.filter(|c| is_figure(c)).map(|c| (c.at, heading)));
            continue;
        }
        if is_total {
            totals.push(r);
        }
        for (c, column) in table.columns.iter().enumerate() {
            if table.roles[c] != Role::Values {
                continue;
            }
            let Some(cell) = table.sheet.grid.get(stub.row, column.column) else {
                continue;
            };
            if is_total {
                settled.cells.push((cell.at, Outcome::Checked));
                continue;
            }
            if let Some(kind) = shared.get(&cell.at).filter(|_| is_figure(cell)) {
                let index = ledger.add_cell(cell.at, kind.clone(), 1);
                settled.cells.push((cell.at, Outcome::LeftOut(index)));
                continue;
            }
            let outcome = settle_cell(
                table,
                stub,
                row,
                c,
                cell,
                notations[c].or(wide),
                ledger,
                &mut settled,
                &mut rates,
                &mut alone[c],
                &mut other_times,
            );
            if let Some(outcome) = outcome {
                settled.cells.push((cell.at, outcome));
            }
        }
    }
    let totals = below::compare(table, totals, &notations, &mut settled, ledger);
    total::compare(table, &totals, &notations, &mut settled, ledger);
    pages::compare(table, &notations, &mut settled, ledger);
    outside::leave_out(table, &notations, &mut settled, ledger);
    if let Some((at, kind)) = unknown_codes(table.stub, table.rows, &table.places)
        && !settled.facts.is_empty()
    {
        ledger.add(at, kind, 0);
    }
    // Rates beside counts are recomputed; rates alone are of no use.
    if settled.facts.is_empty() {
        for (at, text) in rates {
            let index = ledger.add(at, Kind::PercentOnly { text }, 1);
            settled.cells.push((at, Outcome::LeftOut(index)));
        }
    } else {
        settled.cells.extend(
            rates
                .into_iter()
                .map(|(at, _)| (at, Outcome::NotNeeded(Reason::Rate))),
        );
    }
    // Households are many where violence is none: only a table without any other number is suspicious.
    let any_number = table.stub.iter().any(|row| {
        table.columns.iter().zip(table.roles).any(|(column, role)| {
            *role == Role::Values
                && table
                    .sheet
                    .grid
                    .get(row.row, column.column)
                    .is_some_and(figure::is_positive)
        })
    });
    if settled.facts.len() >= 6 && settled.facts.iter().all(|f| f.value == 0) && !any_number {
        let cells = settled.facts.len() as u32;
        ledger.add(table.first, Kind::AllZero { cells }, 0);
    }
    warn_of_other_times(table, &other_times, ledger);
    settled.cells.sort_by_key(|(at, _)| *at);
    asides::told(table, &settled.cells, ledger);
    settled
}

fn notation(table: &Understood<'_>, column: u32) -> Notation {
    Notation::learn(
        table
            .stub
            .iter()
            .filter_map(|row| table.sheet.grid.get(row.row, column)),
    )
}

/// The heading printed again at a page break.
fn repeats_heading(table: &Understood<'_>, row: &StubRow) -> bool {
    let mut alike = 0;
    for (column, role) in table.columns.iter().zip(table.roles) {
        if *role != Role::Values {
            continue;
        }
        match table.sheet.text(row.row, column.column) {
            Some(text)
                if column
                    .path
                    .iter()
                    .any(|h| crate::text::key(h) == crate::text::key(&text)) =>
            {
                alike += 1
            }
            Some(_) => return false,
            None => {}
        }
    }
    alike > 0
}

fn of_said(said: &Said) -> Option<&Meaning> {
    match said {
        Said::Meaning(meaning) => Some(meaning),
        _ => None,
    }
}

fn unknown_column(column: &Column, ledger: &mut Ledger) -> u32 {
    let heading = match column.path.is_empty() {
        true => "?".to_owned(),
        false => column.path.join(" › "),
    };
    let suggestion = String::new();
    ledger.add(column.at, Kind::UnknownColumn { heading, suggestion }, 1)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one cell stands at the crossing of all that is known"
)]
fn settle_cell(
    table: &Understood<'_>,
    stub: &StubRow,
    row: &RowRead,
    c: usize,
    cell: &Cell,
    notation: Notation,
    ledger: &mut Ledger,
    settled: &mut Settled,
    rates: &mut Vec<(CellAddress, String)>,
    alone: &mut Option<String>,
    other_times: &mut BTreeSet<UnitId>,
) -> Option<Outcome> {
    let column = &table.columns[c];
    let at = cell.at;
    let counts = is_figure(cell) || numeral::yes_no(&cell.value).is_some();
    let nothing = Meaning::default();
    let pair = table
        .reader
        .form
        .is_some_and(|f| f.pair(&stub.label, column.leaf()).is_some());
    let (row_said, column_said) = if pair {
        // The form says what the two mean together, whatever each says alone.
        (
            of_said(&row.said).unwrap_or(&nothing),
            of_said(&table.said[c]).unwrap_or(&nothing),
        )
    } else {
        if row.said == Said::Ignored || table.said[c] == Said::Ignored {
            return counts.then_some(Outcome::NotNeeded(Reason::Unused));
        }
        if row.detail {
            return counts.then_some(Outcome::NotNeeded(Reason::Detail));
        }
        let is_term = || table.reader.form.is_some_and(|f| f.ratios.is_term(column.leaf()));
        if row.said == Said::Rate && counts && is_term() {
            let (label, suggestion) = (stub.label.written.clone(), String::new());
            let kind = Kind::UnknownRow { label, suggestion };
            return Some(Outcome::LeftOut(ledger.add(stub.at.unwrap_or(at), kind, 1)));
        }
        if table.said[c] == Said::Rate || row.said == Said::Rate {
            if counts {
                rates.push((at, crate::intake::sheet::text_of(cell).unwrap_or_default()));
            }
            return None;
        }
        if figure::is_blank(cell) {
            return None;
        }
        // Signs for "not known" cost nothing wherever they stand.
        if figure::is_no_figure(cell) {
            return Some(Outcome::NotNeeded(Reason::NoFigure));
        }
        let Some(column_said) = of_said(&table.said[c]) else {
            return counts.then(|| Outcome::LeftOut(unknown_column(column, ledger)));
        };
        if row.below.is_some() {
            return counts.then_some(Outcome::Checked);
        }
        if let Some((label_at, kind)) = &row.trouble {
            return counts.then(|| Outcome::LeftOut(ledger.add(*label_at, kind.clone(), 1)));
        }
        let Some(row_said) = of_said(&row.said) else {
            let kind = Kind::UnknownRow {
                label: stub.label.written.clone(),
                suggestion: String::new(),
            };
            return counts.then(|| Outcome::LeftOut(ledger.add(stub.at.unwrap_or(at), kind, 1)));
        };
        (row_said, column_said)
    };
    let what = match meaning_of(table, stub, column, row_said, column_said) {
        Ok(what) => what,
        Err(kind) => {
            // One heading that is not understood is one fault, and its own cell shows it.
            let at = match kind {
                Kind::UnknownColumn { .. } => column.at,
                _ => at,
            };
            return counts.then(|| Outcome::LeftOut(ledger.add(at, kind, 1)));
        }
    };
    let place = row
        .place
        .or(column_said.place)
        .or(table.about.place.as_ref().map(|p| p.value));
    let Some(place) = place else {
        let kind = place_missing(table);
        return counts.then(|| Outcome::LeftOut(ledger.add(table.first, kind, 1)));
    };
    let period = match period_of(table, what.0, row_said.when, column_said.when) {
        Ok(period) => period,
        Err(kind) => return counts.then(|| Outcome::LeftOut(ledger.add(table.first, kind, 1))),
    };
    let measure = table.catalogue.measures.get(what.0);
    let unit = stub.unit.as_deref().and_then(unit::known).or(table.about.unit);
    // "%" beside an indicator is the unit of its result, not of numerator and denominator.
    let unit = unit.filter(|unit| !(unit.percent && pair));
    let trusted = table.reader.form.is_none_or(|f| f.trust_units);
    let mut fact = |value: i64| SheetFact {
        measure: what.0,
        breakdown: what.1,
        place: of_its_time(table, place, period, other_times),
        period,
        value,
        senders: senders_of(table, row),
        sender: sender_of(table, row),
        cell: at,
    };
    let figure = read_figure(cell, notation, measure, unit.filter(|_| trusted));
    if matches!(figure, Figure::Trouble(_)) {
        settled.unread.push(fact(0));
    }
    let mut add = |value: i64| {
        settled.facts.push(fact(value));
        settled.facts.len() as u32 - 1
    };
    match figure {
        Figure::Value(value, remark) => {
            if let Some(kind) = remark {
                ledger.add_cell(at, kind, 0);
            }
            if trusted {
                unit_trouble(stub.unit.as_deref(), unit, measure, at, ledger);
            }
            Some(Outcome::Fact(add(value)))
        }
        Figure::Refused(value, kind) => {
            // It goes on as a figure that cannot be, or its total would be made up from its parts.
            add(value);
            Some(Outcome::LeftOut(ledger.add_cell(at, kind, 1)))
        }
        Figure::None => Some(Outcome::NotNeeded(Reason::NoFigure)),
        Figure::Blank => None,
        // One faulty formula is often copied down a whole column.
        Figure::Trouble(kind @ (Kind::CellError { .. } | Kind::FormulaWithoutValue {})) => {
            Some(Outcome::LeftOut(ledger.add(at, kind, 1)))
        }
        Figure::Trouble(kind) => Some(Outcome::LeftOut(ledger.add_cell(at, kind, 1))),
        Figure::Rate(text) => {
            // One line for the column, with its first rate.
            let text = alone.get_or_insert(text).clone();
            Some(Outcome::LeftOut(ledger.add(at, Kind::PercentOnly { text }, 1)))
        }
    }
}
