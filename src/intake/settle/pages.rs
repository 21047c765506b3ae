//! Sums of printed pages ("Cộng trang 1", "Mang sang"): compared, never read.
//!
//! Holds: such a row is the sum of the rows of its page, or of all rows so far, or repeats the one before.

use super::total::{differs, sum, value};
use super::{Ledger, Settled, Understood};
use crate::intake::meaning::Said;
use crate::intake::numeral::Notation;
use crate::intake::reading::Outcome;
use crate::intake::sheet::is_figure;
use crate::intake::stub::Role;
use crate::origin::Reason;

pub(super) fn compare(
    table: &Understood<'_>,
    notations: &[Notation],
    settled: &mut Settled,
    ledger: &mut Ledger,
) {
    let rows: Vec<usize> = (0..table.stub.len())
        .filter(|r| table.stub[*r].page_sum)
        .collect();
    for (n, row) in rows.iter().enumerate() {
        let before = n.checked_sub(1).map(|p| rows[p]);
        for (c, column) in table.columns.iter().enumerate() {
            let cell = table.sheet.grid.get(table.stub[*row].row, column.column);
            let Some(cell) = cell.filter(|cell| table.roles[c] == Role::Values && is_figure(cell)) else {
                continue;
            };
            let known =
                value(table, *row, c, notations[c]).filter(|_| matches!(table.said[c], Said::Meaning(_)));
            let Some(found) = known else {
                settled.cells.push((cell.at, Outcome::NotNeeded(Reason::PageSum)));
                continue;
            };
            let page = sum(table, c, notations[c], &|r| {
                r < *row && before.is_none_or(|b| r > b)
            });
            let so_far = sum(table, c, notations[c], &|r| r < *row);
            let carried = before.and_then(|b| value(table, b, c, notations[c]));
            let fits = [page, so_far, carried].contains(&Some(found));
            let outcome = match fits {
                true => Outcome::Checked,
                false => Outcome::NotNeeded(Reason::PageSum),
            };
            settled.cells.push((cell.at, outcome));
            if !fits {
                let sum = page.or(so_far).unwrap_or(0);
                ledger.add_cell(cell.at, differs(table, *row, &column.path, found, sum), 0);
            }
        }
    }
}
