//! One merged cell with a figure over several rows or columns: nobody can tell whose figure it is.

use std::collections::BTreeMap;

use super::Understood;
use crate::intake::rows::RowRead;
use crate::intake::stub::Role;
use crate::origin::CellAddress;
use crate::problem::Kind;

/// First cells of merges that stand over several rows or columns which mean different things.
pub(super) fn cells(table: &Understood<'_>) -> BTreeMap<CellAddress, Kind> {
    let mut shared = BTreeMap::new();
    let (Some(first), Some(last)) = (table.stub.first(), table.stub.last()) else {
        return shared;
    };
    for merge in table.sheet.merges_in(first.row, last.row) {
        let of_values = |c: &usize| {
            table.roles[*c] == Role::Values
                && (merge.first.column..=merge.last.column).contains(&table.columns[*c].column)
        };
        let columns: Vec<usize> = (0..table.columns.len()).filter(of_values).collect();
        if columns.is_empty() {
            continue;
        }
        let start = table.stub.partition_point(|r| r.row < merge.first.row);
        let end = table.stub.partition_point(|r| r.row <= merge.last.row);
        let mut rows: Vec<usize> = Vec::new();
        for row in (start..end).filter(|r| table.stub[*r].at.is_some() && !table.rows[*r].total) {
            if !rows.iter().any(|known| alike(table, *known, row)) {
                rows.push(row);
            }
        }
        let mut headings: Vec<String> = columns
            .iter()
            .map(|c| table.columns[*c].path.join(" › "))
            .collect();
        headings.retain(|h| !h.is_empty());
        headings.dedup();
        let labels: Vec<String> = match (rows.len() > 1, headings.len() > 1) {
            (true, _) => rows.iter().map(|r| label(table, *r)).collect(),
            (false, true) => headings,
            _ => continue,
        };
        shared.insert(
            merge.first,
            Kind::FigureShared {
                labels: labels.join("; "),
            },
        );
    }
    shared
}

/// Whether two rows are about the same thing.
fn alike(table: &Understood<'_>, a: usize, b: usize) -> bool {
    let about = |r: &RowRead| (r.place, r.sender.clone(), r.said.clone());
    table.stub[a].label == table.stub[b].label && about(&table.rows[a]) == about(&table.rows[b])
}

fn label(table: &Understood<'_>, row: usize) -> String {
    let written = table.stub[row]
        .at
        .and_then(|at| table.sheet.text(at.row, at.column));
    written.map_or_else(
        || table.stub[row].label.written.clone(),
        |text| text.trim().to_owned(),
    )
}
