//! Total rows of a list: compared with the rows above them, never counted as one of them.

use super::{Ledger, Settled, Understood, is_entity};
use crate::intake::numeral::Notation;
use crate::intake::reading::Outcome;
use crate::intake::settle::total::{differs, value};
use crate::intake::sheet::is_figure;
use crate::intake::stub::Role;
use crate::origin::Reason;

pub(super) fn compare(table: &Understood<'_>, settled: &mut Settled, ledger: &mut Ledger) {
    let mut from = 0;
    for (r, row) in table.stub.iter().enumerate().filter(|(_, row)| row.total) {
        for (c, column) in table.columns.iter().enumerate() {
            let cell = table.sheet.grid.get(row.row, column.column);
            let Some(cell) = cell.filter(|cell| table.roles[c] == Role::Values && is_figure(cell)) else {
                continue;
            };
            let total = value(table, r, c, Notation::default());
            // A total at the end of the list is that of all rows, or of those since the total before it.
            let sums = [0, from].map(|from| sum(table, from..r, c));
            let [Some(all), since] = sums else {
                settled.cells.push((cell.at, Outcome::NotNeeded(Reason::Listed)));
                continue;
            };
            settled.cells.push((cell.at, Outcome::Checked));
            if let Some(total) = total.filter(|t| *t != all && Some(*t) != since) {
                ledger.add_cell(cell.at, differs(table, r, &column.path, total, all), 0);
            }
        }
        from = r + 1;
    }
}

/// The numbers of a column over the rows of the list; none where any of them is a mark or a word.
fn sum(table: &Understood<'_>, rows: std::ops::Range<usize>, c: usize) -> Option<i128> {
    let mut sum = None;
    for r in rows.filter(|r| is_entity(&table.stub[*r])) {
        let cell = table.sheet.grid.get(table.stub[r].row, table.columns[c].column);
        if cell.is_some() {
            sum = Some(sum.unwrap_or(0) + value(table, r, c, Notation::default())?);
        }
    }
    sum
}
