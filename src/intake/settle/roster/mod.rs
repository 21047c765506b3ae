//! Rosters: each row is one agency, enterprise, station, person; rows are counted.
//!
//! In:  a table whose form declares counts. Out: a fact of 1 or 0 per row and count.
//! Holds: one fact per row, so that a total leads back to each row; names of persons are never kept
//!        as senders; rows of one name in two lists are one, rows without a name are only their list's; a row whose condition cannot be read is a trouble, not a no.

mod answer;
mod columns;
mod totals;

use std::collections::{BTreeMap, BTreeSet};

use super::{Ledger, Settled, Understood};
use crate::classification::locality::{Level, UnitId};
use crate::classification::{Breakdown, CategoryId, MeasureId, Spread};
use crate::fact::Senders;
use crate::intake::form::{Axis, ColumnName, CountRule, Form};
use crate::intake::grid::Cell;
use crate::intake::label;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::place::Located;
use crate::intake::reading::{Outcome, SheetFact};
use crate::intake::rows::table_place;
use crate::intake::sheet::is_figure;
use crate::intake::stub::StubRow;
use crate::intake::understand::Step;
use crate::origin::{CellAddress, Reason};
use crate::problem::Kind;
use crate::quantity::Unit;
pub(super) use answer::{Answer, holds};
pub(super) use columns::{Found, find};
pub use columns::{is_roster, used};

/// Counts all rows.
pub fn settle(table: &Understood<'_>, form: &Form, ledger: &mut Ledger) -> Settled {
    let mut settled = Settled::default();
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    let found = Found::of(form, table.columns);
    let naming = columns::naming(table.columns, &used(form, table.columns));
    let mut other_times = BTreeSet::new();
    let mut silent: Vec<Option<(CellAddress, u32)>> = vec![None; form.counts.len()];
    for row in table.stub.iter().filter(|r| is_entity(r)) {
        let cells: Vec<&Cell> = table
            .columns
            .iter()
            .filter_map(|c| table.sheet.grid.get(row.row, c.column))
            .collect();
        let at = row
            .at
            .or_else(|| cells.first().map(|c| c.at))
            .unwrap_or(table.first);
        let name = columns::name_of(table, row, &naming).map(|name| {
            let times = names.entry(label::bare(&name)).or_default();
            *times += 1;
            match *times {
                1 => name,
                times => format!("{name} ({times})"),
            }
        });
        let answers: Vec<Answer> = (form.counts.iter())
            .map(|count| holds(table, &found, count, row))
            .collect();
        let unknown = |(count, answer): (&CountRule, &Answer)| count.out_of.filter(|_| !answer.is_known());
        let unknown: Vec<MeasureId> = form.counts.iter().zip(&answers).filter_map(unknown).collect();
        let counts = form.counts.iter().zip(answers).zip(&mut silent);
        for ((count, answer), silent) in counts.filter(|((c, _), _)| !unknown.contains(&c.measure)) {
            count_row(
                table,
                &found,
                count,
                answer,
                row,
                at,
                name.as_deref(),
                ledger,
                &mut settled,
                &mut other_times,
                silent,
            );
        }
        for cell in cells.iter().filter(|c| is_figure(c)) {
            if !settled.cells.iter().rev().take(8).any(|(a, _)| *a == cell.at) {
                settled.cells.push((cell.at, Outcome::NotNeeded(Reason::Listed)));
            }
        }
    }
    for (count, silent) in form.counts.iter().zip(silent) {
        if let Some((at, rows)) = silent {
            let what = table.catalogue.measures.get(count.measure).name.clone();
            ledger.add(at, Kind::AnswerMissing { what, rows }, 0);
        }
    }
    let complete = form.counts.iter().filter(|count| count.complete);
    for measure in complete.map(|count| count.measure) {
        kinds_that_do_not_occur(table, measure, &mut settled);
    }
    totals::compare(table, &mut settled, ledger);
    super::warn_of_other_times(table, &other_times, ledger);
    super::asides::remarks(table, ledger);
    settled.cells.sort_by_key(|(at, _)| *at);
    settled.cells.dedup_by_key(|(at, _)| *at);
    settled
}

/// In a list of all there are, a kind that no row of a place names is none there: a fact of 0 on its first row.
fn kinds_that_do_not_occur(table: &Understood<'_>, measure: MeasureId, settled: &mut Settled) {
    let lists = &table.catalogue.lists;
    let items = table.catalogue.measures.get(measure).items;
    let Some(list) = items.map(|id| lists.list(id)).filter(|list| list.partition) else {
        return;
    };
    let mut here: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (i, fact) in settled.facts.iter().enumerate() {
        if fact.measure == measure && !fact.breakdown.item.is_all() {
            let others = Breakdown {
                item: CategoryId::ALL,
                ..fact.breakdown
            };
            here.entry((fact.place, fact.period, others)).or_default().push(i);
        }
    }
    for facts in here.into_values() {
        let named = |item: &CategoryId| {
            facts
                .iter()
                .any(|i| lists.contains(*item, settled.facts[*i].breakdown.item))
        };
        let top = list
            .categories
            .iter()
            .filter(|c| lists.category(**c).parent.is_none());
        let absent: Vec<CategoryId> = top.copied().filter(|item| !named(item)).collect();
        for item in absent {
            let first = &settled.facts[facts[0]];
            let none = SheetFact {
                breakdown: Breakdown {
                    item,
                    ..first.breakdown
                },
                value: 0,
                ..first.clone()
            };
            settled.facts.push(none);
        }
    }
}

/// A row with a label of its own that is neither a heading ("I. Cấp xã") nor a total.
fn is_entity(row: &StubRow) -> bool {
    // "2 | Trung tâm B | " answers nothing, and is a facility all the same.
    let is_numbered = || {
        let order = row.order.as_deref().map(str::trim);
        !row.has_children && order.is_some_and(|o| !o.is_empty() && o.bytes().all(|b| b.is_ascii_digit()))
    };
    let says_more = || row.texts.len() >= 2 || row.has_figures || is_numbered();
    !row.total && row.at.is_some() && !row.label.bare.is_empty() && says_more()
}

#[expect(clippy::too_many_arguments, reason = "a row of a roster stands alone")]
fn count_row(
    table: &Understood<'_>,
    found: &Found<'_>,
    count: &CountRule,
    answer: Answer,
    row: &StubRow,
    at: CellAddress,
    name: Option<&str>,
    ledger: &mut Ledger,
    settled: &mut Settled,
    other_times: &mut BTreeSet<UnitId>,
    silent: &mut Option<(CellAddress, u32)>,
) {
    let left_out = |kind: Kind, at: CellAddress, ledger: &mut Ledger, settled: &mut Settled| {
        let index = ledger.add(at, kind, 1);
        settled.cells.push((at, Outcome::LeftOut(index)));
    };
    let (value, witness) = match answer {
        Answer::Known {
            value,
            witness,
            remark,
        } => {
            if let Some((at, kind)) = remark.map(|r| *r) {
                ledger.add_cell(at, kind, 0);
            }
            (value, witness.unwrap_or(at))
        }
        Answer::Trouble(noted) => return left_out(noted.1, noted.0, ledger, settled),
        // Not known for this row: it takes no part in this count, and is told with the others.
        Answer::NotSaid(cell) => {
            silent.get_or_insert((cell.unwrap_or(at), 0)).1 += 1;
            return;
        }
    };
    let mut meaning = count.fixed.clone();
    for from in [
        &count.item_from,
        &count.sex_from,
        &count.ethnicity_from,
        &count.age_from,
    ]
    .into_iter()
    .flatten()
    {
        match category(table, found, from, row) {
            Ok(named) => meaning.and(&named),
            Err((at, text)) => {
                let kind = Kind::UnknownRow {
                    label: text,
                    suggestion: String::new(),
                };
                return left_out(kind, at, ledger, settled);
            }
        }
    }
    meaning.measures = vec![count.measure];
    let lists = &table.catalogue.lists;
    let Ok((measure, breakdown)) = meaning.settle(Some(count.measure), lists, &table.catalogue.measures)
    else {
        let kind = Kind::UnknownRow {
            label: name.map_or_else(|| row.label.written.clone(), str::to_owned),
            suggestion: String::new(),
        };
        return left_out(kind, at, ledger, settled);
    };
    let place = match place_of(table, found, count, row) {
        Ok(Some(place)) => place,
        Ok(None) => return left_out(super::place_missing(table), table.first, ledger, settled),
        Err((at, text)) => {
            let suggestion = String::new();
            return left_out(Kind::PlaceUnknown { text, suggestion }, at, ledger, settled);
        }
    };
    let nothing = Meaning::default();
    let period = match super::period_of(table, measure, nothing.when, nothing.when) {
        Ok(period) => period,
        Err(kind) => return left_out(kind, table.first, ledger, settled),
    };
    let place = super::of_its_time(table, place, period, other_times);
    let persons = table.catalogue.measures.get(measure).unit == Unit::Persons;
    let sender = name.filter(|_| !persons).map(str::to_owned);
    settled
        .cells
        .push((witness, Outcome::Fact(settled.facts.len() as u32)));
    // A province's list of bodies of all levels is its own report, whichever districts they lie in.
    let whole = table.catalogue.measures.get(measure).spread == Spread::Whole;
    let lister = table.about.place.as_ref().map(|p| p.value);
    let lister = lister.map(|id| super::of_its_time(table, id, period, other_times));
    let lister = lister.filter(|id| whole && *id != place && lies_in(table, place, *id));
    let fact = |place| SheetFact {
        measure,
        breakdown,
        place,
        period,
        value,
        senders: match sender {
            Some(_) => Senders::Many,
            None => Senders::Listed,
        },
        sender: sender.clone(),
        cell: witness,
    };
    settled
        .facts
        .extend([Some(place), lister].into_iter().flatten().map(fact));
}

fn lies_in(table: &Understood<'_>, inner: UnitId, outer: UnitId) -> bool {
    let up = table.places.register.ancestors(inner, table.places.day);
    up.contains(&outer)
}

fn text_at(table: &Understood<'_>, at: CellAddress) -> Option<String> {
    table.sheet.text(at.row, at.column).map(|t| t.trim().to_owned())
}

/// The category that a cell names; a blank one says nothing.
fn category(
    table: &Understood<'_>,
    found: &Found<'_>,
    from: &ColumnName,
    row: &StubRow,
) -> Result<Meaning, (CellAddress, String)> {
    let Some(i) = found.get(from) else {
        return Ok(Meaning::default());
    };
    let at = CellAddress::new(row.row, table.columns[i].column);
    let filled = row
        .texts
        .iter()
        .find(|(_, cell, _)| *cell == at)
        .map(|(.., t)| t.clone());
    let Some(text) = filled.or_else(|| table.sheet.text(at.row, at.column)) else {
        return Ok(Meaning::default());
    };
    let parsed = label::parse(&text);
    match table.reader.label(&parsed, &[], Step::default(), Axis::Row) {
        Said::Meaning(meaning) => Ok(Meaning {
            measures: Vec::new(),
            ..meaning
        }),
        _ => Err((at, text)),
    }
}

/// The place of a row: its own column, else what its name says, else the table's.
fn place_of(
    table: &Understood<'_>,
    found: &Found<'_>,
    count: &CountRule,
    row: &StubRow,
) -> Result<Option<UnitId>, (CellAddress, String)> {
    let within = table_place(table.about, &table.places);
    let own = count.place_from.as_ref().and_then(|from| found.get(from));
    if let Some(i) = own {
        let at = CellAddress::new(row.row, table.columns[i].column);
        let filled = row
            .texts
            .iter()
            .find(|(_, cell, _)| *cell == at)
            .map(|(.., t)| t.clone());
        if let Some(text) = filled.or_else(|| table.sheet.text(at.row, at.column)) {
            return match table.places.of_cell(&text, within) {
                Located::One(id) | Located::OtherTime(id) => Ok(Some(id)),
                _ => match table.places.of_line(&text) {
                    Located::One(id) | Located::OtherTime(id) => Ok(Some(id)),
                    _ => Err((at, text)),
                },
            };
        }
    }
    let of_table = table.about.place.as_ref().map(|p| p.value);
    let lower = of_table.is_none_or(|id| table.places.level(id) != Level::Commune);
    if lower
        && let Some(at) = row.at
        && let Some(text) = text_at(table, at)
        && let Located::One(id) | Located::OtherTime(id) = table.places.of_line(&text)
        && of_table.is_none_or(|outer| table.places.register.contains(outer, id, table.places.day))
    {
        return Ok(Some(id));
    }
    Ok(of_table)
}
