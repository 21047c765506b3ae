//! Rows below the commune (hamlets, residential groups): compared with their commune's figure, never kept.
//!
//! In:  the rows that are parts of a commune, the totals of the table. Out: the totals that are left for
//!      others to compare; the commune's own figure where a total row gives it.
//! Holds: a commune's figure is what its own row or its total row says. Hamlets alone are not added up to
//!        one: nobody can tell whether all of them are there.

use super::total::{read_total, value};
use super::{Ledger, Settled, Understood};
use crate::classification::locality::{Level, UnitId};
use crate::intake::meaning::Said;
use crate::intake::numeral::Notation;
use crate::intake::reading::Outcome;
use crate::intake::rows::Below;
use crate::intake::stub::Role;
use crate::origin::CellAddress;
use crate::problem::Kind;

/// The rows of one commune's parts.
struct Group {
    below: Below,
    rows: Vec<usize>,
}

pub(super) fn compare(
    table: &Understood<'_>,
    totals: Vec<usize>,
    notations: &[Notation],
    settled: &mut Settled,
    ledger: &mut Ledger,
) -> Vec<usize> {
    let mut groups: Vec<Group> = Vec::new();
    for (row, read) in table.rows.iter().enumerate() {
        let Some(below) = read.below else { continue };
        match groups.last_mut().filter(|g| g.below == below) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                below,
                rows: vec![row],
            }),
        }
    }
    let mut left = totals;
    for group in &groups {
        let commune = commune(table, group);
        let own = match group.below {
            Below::Row(row) if table.stub[row].has_figures => Some((row, false)),
            _ => total_of(table, group, &left).map(|row| (row, true)),
        };
        match (commune, own) {
            (Some(place), Some((whole, is_total))) => {
                if is_total {
                    left.retain(|row| *row != whole);
                }
                against(
                    table,
                    group,
                    whole,
                    is_total.then_some(place),
                    notations,
                    settled,
                    ledger,
                );
            }
            _ => refuse(table, group, settled, ledger),
        }
    }
    left
}

/// The commune whose parts these are.
fn commune(table: &Understood<'_>, group: &Group) -> Option<UnitId> {
    let place = match group.below {
        Below::Row(row) => table.rows[row].place,
        Below::Table => table.about.place.as_ref().map(|p| p.value),
    };
    place.filter(|id| table.places.level(*id) == Level::Commune)
}

/// The total row right behind the group, or before it with nothing else between.
fn total_of(table: &Understood<'_>, group: &Group, totals: &[usize]) -> Option<usize> {
    let (first, last) = (*group.rows.first()?, *group.rows.last()?);
    let silent = |from: usize, to: usize| {
        (from..to).all(|row| group.rows.contains(&row) || !table.stub[row].has_figures)
    };
    let behind = totals.iter().copied().find(|t| *t > last && silent(last + 1, *t));
    behind.or_else(|| {
        totals
            .iter()
            .copied()
            .rev()
            .find(|t| *t < first && silent(*t + 1, first))
    })
}

/// Compares the parts with the whole, which becomes the commune's figure if it is a total row.
fn against(
    table: &Understood<'_>,
    group: &Group,
    whole: usize,
    place: Option<UnitId>,
    notations: &[Notation],
    settled: &mut Settled,
    ledger: &mut Ledger,
) {
    for (c, column) in table.columns.iter().enumerate() {
        if table.roles[c] != Role::Values || !matches!(table.said[c], Said::Meaning(_)) {
            continue;
        }
        let parts: Vec<i128> = group
            .rows
            .iter()
            .filter(|r| table.stub[**r].has_figures)
            .filter_map(|r| value(table, *r, c, notations[c]))
            .collect();
        let Some(total) = value(table, whole, c, notations[c]) else {
            continue;
        };
        let sum: i128 = parts.iter().sum();
        if !parts.is_empty() && sum != total {
            let kind = Kind::HamletsDiffer {
                label: written(table, whole).unwrap_or_default(),
                values: format!("{}: {total} ≠ {sum}", column.path.join(" › ")),
                sum: i64::try_from(sum).unwrap_or(i64::MAX),
            };
            ledger.add_cell(CellAddress::new(table.stub[whole].row, column.column), kind, 0);
        }
        if place.is_some() {
            read_total(table, whole, c, total, place, settled);
        }
    }
}

/// Nothing says the commune's own figure.
fn refuse(table: &Understood<'_>, group: &Group, settled: &mut Settled, ledger: &mut Ledger) {
    const MOST_NAMED: usize = 3;
    let rows: Vec<u32> = group.rows.iter().map(|r| table.stub[*r].row).collect();
    let labels = group.rows.iter().filter_map(|row| written(table, *row));
    let mut labels: Vec<String> = labels.collect();
    if labels.len() > MOST_NAMED {
        labels.truncate(MOST_NAMED);
        labels.push("…".to_owned());
    }
    let kind = Kind::BelowCommune {
        labels: labels.join(", "),
        rows: rows.len() as u32,
    };
    let at = group.rows.first().and_then(|r| table.stub[*r].at);
    let index = ledger.add_cell(at.unwrap_or(table.first), kind, 0);
    let mut cost = 0;
    for (at, outcome) in &mut settled.cells {
        if *outcome == Outcome::Checked && rows.binary_search(&at.row).is_ok() {
            *outcome = Outcome::LeftOut(index);
            cost += 1;
        }
    }
    ledger.costs_more(index, cost);
}

/// The label of a row as it is written.
fn written(table: &Understood<'_>, row: usize) -> Option<String> {
    let at = table.stub[row].at?;
    let text = table.sheet.text(at.row, at.column)?;
    Some(text.trim().to_owned())
}
