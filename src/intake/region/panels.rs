//! Tables that stand side by side.
//!
//! Holds: columns are divided only where an empty column, or a heading that comes again, has labels and
//!        figures of its own on both sides; a spacer inside one table divides nothing.

use std::collections::BTreeSet;

use super::{Region, describe};
use crate::intake::sheet::Sheet;
use crate::intake::words_of_stub::is_stub_heading;
use crate::text;

/// Groups of columns that stand apart: each with its own labels and figures, an empty column between.
pub(super) fn panels(sheet: &Sheet<'_>) -> Vec<(u32, u32)> {
    let used: BTreeSet<u32> = sheet.grid.cells.iter().map(|c| c.at.column).collect();
    let (Some(first), Some(last)) = (used.first().copied(), used.last().copied()) else {
        return Vec::new();
    };
    let used: Vec<u32> = used.into_iter().collect();
    let mut cuts = Vec::new();
    for pair in used.windows(2) {
        if pair[1] > pair[0] + 1 {
            cuts.push((pair[0], pair[1]));
        }
    }
    let mut out = Vec::new();
    let mut start = first;
    for (left, right) in cuts.into_iter().take(64) {
        if stands_alone(sheet, &sheet.rows, (start, left)) && stands_alone(sheet, &sheet.rows, (right, last))
        {
            out.push((start, left));
            start = right;
        }
    }
    out.push((start, last));
    out
}

/// Enough rows to see whether columns have labels of their own.
const ROWS_LOOKED_AT: usize = 2_000;

/// Whether columns hold a table of their own: in most rows with figures a label stands before the first figure.
fn stands_alone(sheet: &Sheet<'_>, rows: &[u32], columns: (u32, u32)) -> bool {
    let (mut with_figures, mut labelled) = (0, 0);
    for row in rows.iter().take(ROWS_LOOKED_AT) {
        let row = describe(sheet, *row, columns);
        if row.figures.is_empty() || row.numbering || row.years {
            continue;
        }
        with_figures += 1;
        let last_figure = row.figures.last().copied().unwrap_or(0);
        labelled += usize::from(row.texts.first().is_some_and(|t| *t < last_figure));
    }
    with_figures > 0 && labelled * 2 > with_figures
}

/// Divides a table at empty columns when both sides have labels of their own.
pub(super) fn split_side_by_side(sheet: &Sheet<'_>, region: Region) -> Vec<Region> {
    let mut used: BTreeSet<u32> = BTreeSet::new();
    let rows: Vec<u32> = sheet
        .rows
        .iter()
        .copied()
        .filter(|r| (region.header.0..=region.header.1).contains(r))
        .chain(region.body.iter().copied())
        .collect();
    for row in &rows {
        used.extend(sheet.row(*row, region.columns).iter().map(|c| c.at.column));
    }
    let used: Vec<u32> = used.into_iter().collect();
    let (Some(first), Some(last)) = (used.first().copied(), used.last().copied()) else {
        return Vec::new();
    };
    let mut bounds = Vec::new();
    let mut start = first;
    for pair in used.windows(2).take(256) {
        let apart = pair[1] > pair[0] + 1 || repeats_stub(sheet, &region, first, pair[1]);
        if apart
            && stands_alone(sheet, &region.body, (start, pair[0]))
            && stands_alone(sheet, &region.body, (pair[1], last))
        {
            bounds.push((start, pair[0]));
            start = pair[1];
        }
    }
    bounds.push((start, last));
    bounds
        .into_iter()
        .map(|columns| {
            let mut part = Region {
                columns,
                ..region.clone()
            };
            part.body.retain(|r| !sheet.row(*r, columns).is_empty());
            part
        })
        .filter(|r| !r.body.is_empty())
        .collect()
}

/// "TT | Xã | Nam | Nữ | TT | Xã | Nam | Nữ": the first heading comes again.
fn repeats_stub(sheet: &Sheet<'_>, region: &Region, first: u32, column: u32) -> bool {
    (region.header.0..=region.header.1).any(|row| {
        let heading = sheet.text(row, first);
        heading.is_some()
            && column > first + 1
            && is_stub_heading(heading.as_deref().unwrap_or_default())
            && heading.map(|t| text::key(&t)) == sheet.text(row, column).map(|t| text::key(&t))
    })
}
