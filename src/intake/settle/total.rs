//! Total rows: recognised by arithmetic where words do not say it, and compared with their rows.
//!
//! Holds: a total is never read as a figure beside its rows; it is read only where its rows have none.

use std::collections::BTreeSet;

use super::{Ledger, Settled, Understood};
use crate::classification::Spread;
use crate::classification::locality::{Level, UnitId};
use crate::fact::Senders;
use crate::intake::form::RowRole;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::numeral::{self, Expect, Notation, Reading};
use crate::intake::reading::{Outcome, SheetFact};
use crate::intake::stub::Role;
use crate::origin::CellAddress;
use crate::problem::Kind;
use crate::text;

/// Rows that are the sum of all others in every column, though no word says so. Only where rows add up.
pub fn by_arithmetic(table: &Understood<'_>, notations: &[Notation]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    if table.role != RowRole::Senders {
        return found;
    }
    let leaves: Vec<usize> = (0..table.rows.len())
        .filter(|r| !table.rows[*r].total && !table.stub[*r].page_sum && table.stub[*r].has_figures)
        .collect();
    if leaves.len() < 4 || leaves.len() > 20_000 {
        return found;
    }
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|c| table.roles[*c] == Role::Values && matches!(table.said[*c], Said::Meaning(_)))
        .collect();
    let values: Vec<Vec<Option<i128>>> = leaves
        .iter()
        .map(|r| {
            columns
                .iter()
                .map(|c| value(table, *r, *c, notations[*c]))
                .collect()
        })
        .collect();
    let sums: Vec<i128> = (0..columns.len())
        .map(|k| values.iter().map(|v| v[k].unwrap_or(0)).sum())
        .collect();
    for (i, row) in leaves.iter().enumerate() {
        // Only the first and the last row can be the total of all.
        if i != 0 && i + 1 != leaves.len() {
            continue;
        }
        let known = values[i].iter().filter(|v| v.is_some_and(|v| v > 0)).count();
        let is_sum = known >= 2
            && values[i]
                .iter()
                .zip(&sums)
                .all(|(v, s)| v.is_none_or(|v| s - v == v));
        if is_sum {
            found.insert(*row);
        }
    }
    found
}

/// Compares each total with its rows; where no row has a figure the total itself is read.
pub fn compare(
    table: &Understood<'_>,
    totals: &[usize],
    notations: &[Notation],
    settled: &mut Settled,
    ledger: &mut Ledger,
) {
    let nested = nested(table, totals);
    for (n, row) in totals.iter().enumerate() {
        for (c, column) in table.columns.iter().enumerate() {
            if table.roles[c] != Role::Values || !matches!(table.said[c], Said::Meaning(_)) {
                continue;
            }
            let Some(total) = value(table, *row, c, notations[c]) else {
                continue;
            };
            let before = n.checked_sub(1).map(|p| totals[p]);
            let after = totals.get(n + 1).copied();
            let parts = if table.stub[*row].has_children {
                vec![sum(table, c, notations[c], &|r| {
                    table.stub[r].above.contains(row)
                })]
            } else {
                // A district above its communes is added, and they are not added again.
                let outer = |r: usize| !nested.contains(&r);
                vec![
                    sum(table, c, notations[c], &outer),
                    sum(table, c, notations[c], &|r| {
                        outer(r) && r < *row && before.is_none_or(|b| r > b)
                    }),
                    sum(table, c, notations[c], &|r| {
                        outer(r) && r > *row && after.is_none_or(|a| r < a)
                    }),
                ]
            };
            if parts.iter().all(Option::is_none) {
                // Rows that hold something nobody can read are not rows without figures.
                let empty = table.stub.iter().enumerate().all(|(r, stub)| {
                    r == *row
                        || table.rows[r].total
                        || table.stub[r].page_sum
                        || table.sheet.grid.get(stub.row, column.column).is_none()
                });
                if empty {
                    let place = table.about.place.as_ref().map(|p| p.value);
                    read_total(table, *row, c, total, place, settled);
                }
                continue;
            }
            let known: Vec<i128> = parts.into_iter().flatten().collect();
            if !known.contains(&total)
                && !nested.is_empty()
                && sum(table, c, notations[c], &|_| true) == Some(total)
                && of_all_levels(table, *row, c, total, &nested, settled)
            {
                continue;
            }
            if !known.contains(&total) {
                let sum = known.first().copied().unwrap_or(0);
                let kind = differs(table, *row, &column.path, total, sum);
                let at = CellAddress::new(table.stub[*row].row, column.column);
                ledger.add_cell(at, kind, 0);
            }
        }
    }
}

/// A total that is not the sum of its rows.
pub(super) fn differs(
    table: &Understood<'_>,
    row: usize,
    heading: &[String],
    total: i128,
    sum: i128,
) -> Kind {
    let heading = text::one_line(&heading.join(" › "));
    Kind::TotalRowDiffers {
        label: table.stub[row].label.written.clone(),
        values: format!("{heading}: {total} ≠ {sum}"),
        total: i64::try_from(total).unwrap_or(i64::MAX),
        sum: i64::try_from(sum).unwrap_or(i64::MAX),
    }
}

/// "Tỉnh 30, huyện A 20, huyện B 10, cộng 60": the total proves that the province's row is only of bodies of its own,
/// and is the province's figure. False if the measure is not of bodies.
fn of_all_levels(
    table: &Understood<'_>,
    row: usize,
    c: usize,
    total: i128,
    nested: &BTreeSet<usize>,
    settled: &mut Settled,
) -> bool {
    let nothing = Meaning::default();
    let Said::Meaning(of_column) = &table.said[c] else {
        return false;
    };
    let (stub, column) = (&table.stub[row], &table.columns[c]);
    let Ok((measure, _)) = super::meaning_of(table, stub, column, &nothing, of_column) else {
        return false;
    };
    let spread = table.catalogue.measures.get(measure).spread;
    let outer = |r: &usize| {
        let row = &table.rows[*r];
        row.place.is_some()
            && !row.total
            && row.below.is_none()
            && !nested.contains(r)
            && table.stub[*r].has_figures
    };
    let mut outer = (0..table.rows.len()).filter(outer);
    let (Some(widest), None, Ok(value)) = (outer.next(), outer.next(), i64::try_from(total)) else {
        return false;
    };
    if spread == Spread::Whole {
        let at = |r: usize| CellAddress::new(table.stub[r].row, column.column);
        let (own, all) = (at(widest), at(row));
        for (index, fact) in settled
            .facts
            .iter_mut()
            .enumerate()
            .filter(|(_, f)| f.cell == own)
        {
            (fact.value, fact.cell) = (value, all);
            for (cell, outcome) in &mut settled.cells {
                match *cell {
                    cell if cell == own => *outcome = Outcome::Checked,
                    cell if cell == all => *outcome = Outcome::Fact(index as u32),
                    _ => {}
                }
            }
        }
    }
    matches!(spread, Spread::Whole | Spread::Own)
}

/// Rows of places that lie in the place of another row of the table which has figures of its own.
fn nested(table: &Understood<'_>, totals: &[usize]) -> BTreeSet<usize> {
    if totals.is_empty() {
        return BTreeSet::new();
    }
    let own = |r: usize| {
        let row = &table.rows[r];
        row.place
            .filter(|_| !row.total && row.below.is_none() && table.stub[r].has_figures)
    };
    let wider: BTreeSet<UnitId> = (0..table.rows.len())
        .filter_map(own)
        .filter(|id| table.places.level(*id) != Level::Commune)
        .collect();
    let inside = |id: UnitId| {
        let up = table.places.register.ancestors(id, table.places.day);
        up.iter().any(|outer| wider.contains(outer))
    };
    match wider.is_empty() {
        true => BTreeSet::new(),
        false => (0..table.rows.len())
            .filter(|r| own(*r).is_some_and(inside))
            .collect(),
    }
}

/// The sum of the rows chosen that are no totals; none if none has a figure, or one is not known.
pub(super) fn sum(
    table: &Understood<'_>,
    c: usize,
    notation: Notation,
    chosen: &dyn Fn(usize) -> bool,
) -> Option<i128> {
    let mut sum = 0i128;
    let mut any = false;
    for (r, row) in table.rows.iter().enumerate() {
        // Breakdowns under a place or sender ("- Nữ") are no addends.
        let breakdown = matches!(&row.said, Said::Meaning(m) if !m.categories.is_empty());
        if row.total
            || table.stub[r].page_sum
            || row.below.is_some()
            || breakdown
            || !chosen(r)
            || !table.stub[r].has_figures
        {
            continue;
        }
        if let Some(value) = value(table, r, c, notation) {
            sum += value;
            any = true;
        }
    }
    any.then_some(sum)
}

pub(super) fn value(table: &Understood<'_>, row: usize, column: usize, notation: Notation) -> Option<i128> {
    let cell = table
        .sheet
        .grid
        .get(table.stub[row].row, table.columns[column].column);
    match numeral::read(cell, notation, Expect::Count) {
        Reading::Number(number) => number.whole().map(i128::from),
        Reading::None => Some(0),
        _ => None,
    }
}

/// A total that is read as a figure: it stands for the whole place.
pub(super) fn read_total(
    table: &Understood<'_>,
    row: usize,
    c: usize,
    total: i128,
    place: Option<UnitId>,
    settled: &mut Settled,
) {
    let (Some(place), Said::Meaning(of_column), Ok(value)) = (place, &table.said[c], i64::try_from(total))
    else {
        return;
    };
    let stub = &table.stub[row];
    let column = &table.columns[c];
    let nothing = Meaning::default();
    let Ok((measure, breakdown)) = super::meaning_of(table, stub, column, &nothing, of_column) else {
        return;
    };
    let Ok(period) = super::period_of(table, measure, nothing.when, of_column.when) else {
        return;
    };
    if table.catalogue.measures.get(measure).decimals > 0 || value < 0 {
        return;
    }
    let cell = CellAddress::new(stub.row, column.column);
    let index = settled.facts.len() as u32;
    settled.facts.push(SheetFact {
        measure,
        breakdown,
        place,
        period,
        value,
        senders: Senders::One,
        sender: table.about.sender.as_ref().map(|s| s.value.clone()),
        cell,
    });
    for (at, outcome) in &mut settled.cells {
        if *at == cell {
            *outcome = Outcome::Fact(index);
        }
    }
}
