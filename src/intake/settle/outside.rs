//! Totals that include what is no part of the measure: courses below three months among new entrants,
//! household businesses among enterprises.
//!
//! In:  the facts of a table, and its rows and columns that the form knows as outside of the measure.
//! Out: such totals are no facts any more. Where their parts are all there, these are used instead of the
//!      total, with a note; where they are not, the figure is left out.
//! Holds: arithmetic decides: a total that is the sum of its parts alone stays. Nothing is subtracted.

use std::collections::BTreeMap;

use super::what::{meaning_of, period_of};
use super::{Ledger, Settled, Understood, of_said};
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, Dimension, MeasureId};
use crate::intake::form::{Axis, Form};
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::numeral::Notation;
use crate::intake::reading::{Outcome, SheetFact};
use crate::intake::settle::total::value;
use crate::intake::stub::{Role, is_total};
use crate::intake::understand::Step;
use crate::period::Period;
use crate::problem::Kind;

/// What a figure is about, whatever its item.
type About = (MeasureId, Breakdown, UnitId, Period);

/// The figures outside of the measure that stand beside one total.
#[derive(Debug, Default)]
struct Beside {
    sum: i128,
    /// The label of the first, and whether it is a row's.
    label: String,
    of_row: bool,
    /// The rows under which they stand.
    above: Vec<usize>,
    of_which: bool,
}

pub(super) fn leave_out(
    table: &Understood<'_>,
    notations: &[Notation],
    settled: &mut Settled,
    ledger: &mut Ledger,
) {
    let Some(form) = table.reader.form.filter(|f| f.labels.iter().any(|l| l.outside)) else {
        return;
    };
    let beside = beside(table, form, notations);
    let mut alike: BTreeMap<About, Vec<usize>> = BTreeMap::new();
    for (i, fact) in settled.facts.iter().enumerate() {
        alike.entry(about(fact)).or_default().push(i);
    }
    let mut gone: BTreeMap<u32, Outcome> = BTreeMap::new();
    let mut told: BTreeMap<(String, String, bool), u32> = BTreeMap::new();
    for (i, fact) in settled.facts.iter().enumerate() {
        let about = about(fact);
        let Some(beside) = beside.get(&about).filter(|_| fact.breakdown.item.is_all()) else {
            continue;
        };
        let Some((label, says_total, row)) = label_of(table, fact, beside.of_row) else {
            continue;
        };
        let (parts, complete) = parts(
            table,
            &settled.facts,
            i,
            alike.get(&about).map_or(&[], Vec::as_slice),
        );
        let total = i128::from(fact.value);
        let includes = match parts {
            Some(parts) => total != parts && total == parts + beside.sum,
            None => says_total || beside.of_which || beside.above.contains(&row),
        };
        if !includes {
            continue;
        }
        let index = told
            .entry((label, beside.label.clone(), complete))
            .or_insert_with_key(|(label, outside, complete)| {
                let (label, outside) = (label.clone(), outside.clone());
                let kind = match (complete, parts) {
                    (true, Some(parts)) => Kind::TotalIncludesOthers {
                        label,
                        outside,
                        values: format!("{total} = {parts} + {}", beside.sum),
                    },
                    _ => Kind::TotalNotApart {
                        label,
                        outside,
                        values: format!("{total}; {}", beside.sum),
                    },
                };
                ledger.add_cell(fact.cell, kind, 0)
            });
        let outcome = match complete {
            true => Outcome::Checked,
            false => {
                ledger.costs_more(*index, 1);
                Outcome::LeftOut(*index)
            }
        };
        gone.insert(i as u32, outcome);
    }
    take_out(settled, &gone);
}

fn about(fact: &SheetFact) -> About {
    let breakdown = fact.breakdown.with(Dimension::Item, CategoryId::ALL);
    (fact.measure, breakdown, fact.place, fact.period)
}

/// The figures of rows and columns outside of the measure, by what they would be about inside of it.
fn beside(table: &Understood<'_>, form: &Form, notations: &[Notation]) -> BTreeMap<About, Beside> {
    let rows: Vec<Option<Meaning>> = (0..table.stub.len())
        .map(|r| {
            let stub = &table.stub[r];
            let path = stub.above.iter().map(|a| &table.stub[*a].label);
            let path: Vec<&Label> = path.chain([&stub.label]).collect();
            rest(table, form, &path, Axis::Row)
        })
        .collect();
    let columns = table.columns.iter().zip(table.roles).map(|(column, role)| {
        let path: Vec<Label> = column.path.iter().map(|t| label::parse(t)).collect();
        let path: Vec<&Label> = path.iter().collect();
        (*role == Role::Values).then(|| rest(table, form, &path, Axis::Column))?
    });
    let columns: Vec<Option<Meaning>> = columns.collect();
    let mut found: BTreeMap<About, Beside> = BTreeMap::new();
    for (r, (stub, read)) in table.stub.iter().zip(table.rows).enumerate() {
        if read.total || stub.page_sum {
            continue;
        }
        for (c, column) in table.columns.iter().enumerate() {
            // Outside along one axis, and inside along the other.
            let (row, of_column) = match (&rows[r], &columns[c]) {
                (Some(row), None) => (Some(row), of_said(&table.said[c])),
                (None, Some(column)) => (of_said(&read.said), Some(column)),
                _ => continue,
            };
            let (Some(row), Some(of_column), Role::Values) = (row, of_column, table.roles[c]) else {
                continue;
            };
            let Some(value) = value(table, r, c, notations[c]).filter(|v| *v > 0) else {
                continue;
            };
            let place = read.place.or(of_column.place);
            let place = place.or(table.about.place.as_ref().map(|p| p.value));
            let (Ok((measure, breakdown)), Some(place)) =
                (meaning_of(table, stub, column, row, of_column), place)
            else {
                continue;
            };
            let Ok(period) = period_of(table, measure, row.when, of_column.when) else {
                continue;
            };
            let then = table.places.register.same_on(place, period.last_day());
            let breakdown = breakdown.with(Dimension::Item, CategoryId::ALL);
            let key = (measure, breakdown, then.unwrap_or(place), period);
            let beside = found.entry(key).or_default();
            beside.sum += value;
            beside.of_row = rows[r].is_some();
            if beside.of_row {
                beside.above.extend(&stub.above);
                beside.of_which |= stub.label.of_which;
            } else {
                beside.of_which |= column.path.iter().any(|t| label::parse(t).of_which);
            }
            if beside.label.is_empty() {
                beside.label = match beside.of_row {
                    true => stub.label.written.clone(),
                    false => crate::text::one_line(&column.path.join(" › ")),
                };
            }
        }
    }
    found
}

/// What a path says without its label that lies outside of the measure; none if it has no such label.
fn rest(table: &Understood<'_>, form: &Form, path: &[&Label], axis: Axis) -> Option<Meaning> {
    let at = (1..=path.len()).find(|end| form.is_outside(&path[..*end], axis))? - 1;
    let mut meaning = Meaning::default();
    for (i, label) in path.iter().enumerate().filter(|(i, _)| *i != at) {
        match table.reader.label(label, &path[..i], Step::default(), axis) {
            Said::Meaning(said) => meaning.and(&said),
            _ => return None,
        }
    }
    Some(meaning)
}

/// The label of a figure along an axis, whether it is that of a total, and the index of its row.
fn label_of(table: &Understood<'_>, fact: &SheetFact, of_row: bool) -> Option<(String, bool, usize)> {
    let row = table.stub.binary_search_by_key(&fact.cell.row, |s| s.row).ok()?;
    let column = table.columns.iter().find(|c| c.column == fact.cell.column)?;
    Some(match of_row {
        true => {
            let stub = &table.stub[row];
            (stub.label.written.clone(), stub.total, row)
        }
        false => {
            let total = column.path.iter().any(|t| is_total(&label::parse(t)));
            let written = crate::text::one_line(&column.path.join(" › "));
            (written, total, row)
        }
    })
}

/// The sum of the parts of a total, and whether all of them are there: its items, else other figures of
/// the same name.
fn parts(table: &Understood<'_>, facts: &[SheetFact], total: usize, alike: &[usize]) -> (Option<i128>, bool) {
    let lists = &table.catalogue.lists;
    let (mut items, mut others) = (BTreeMap::new(), None);
    for fact in alike.iter().filter(|i| **i != total).map(|i| &facts[*i]) {
        let (item, value) = (fact.breakdown.item, i128::from(fact.value));
        if item.is_all() {
            others = Some(others.unwrap_or(0) + value);
        } else {
            items.insert(item, value);
        }
    }
    // Grades under their level are in it already.
    let all: Vec<CategoryId> = items.keys().copied().collect();
    items.retain(|item, _| {
        !all.iter()
            .any(|other| other != item && lists.contains(*other, *item))
    });
    let Some(item) = items.keys().next() else {
        return (others, others.is_some());
    };
    let list = lists.list(lists.category(*item).list);
    let is_there = |c: &CategoryId| items.keys().any(|item| lists.contains(*item, *c));
    let has_parts = |c: &CategoryId| {
        list.categories
            .iter()
            .any(|part| lists.category(*part).parent == Some(*c))
    };
    let mut lowest = list.categories.iter().filter(|c| !has_parts(c));
    let complete = list.partition && lowest.all(is_there);
    (Some(items.values().sum()), complete)
}

/// Takes facts away and gives their cells what became of them.
fn take_out(settled: &mut Settled, gone: &BTreeMap<u32, Outcome>) {
    if gone.is_empty() {
        return;
    }
    let mut index = 0;
    settled.facts.retain(|_| {
        index += 1;
        !gone.contains_key(&(index - 1))
    });
    for (_, outcome) in &mut settled.cells {
        if let Outcome::Fact(fact) = outcome {
            let before = gone.range(..*fact).count() as u32;
            *outcome = gone.get(fact).copied().unwrap_or(Outcome::Fact(*fact - before));
        }
    }
}
