//! What stands over each column: the path of headings from the widest to the narrowest.
//!
//! In:  a [`Region`] and its sheet. Out: one [`Column`] per used column.
//! Holds: a heading is a path, never a leaf: "Nữ" under "Dân tộc thiểu số" is not "Nữ". Merged headings
//!        cover their range; a heading that is not merged covers the blanks to its right only when
//!        something stands under it (a parent), never when it is itself the lowest (a sibling).
//! Leaves to others: what the headings mean.

use std::collections::BTreeSet;

use crate::intake::region::Region;
use crate::intake::sheet::{Sheet, merge_at};
use crate::origin::CellAddress;
use crate::text;

/// A column and its headings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub column: u32,
    /// From the widest heading to the narrowest.
    pub path: Vec<String>,
    /// The cell of the narrowest heading.
    pub at: CellAddress,
    /// Its number in the numbering row.
    pub number: Option<String>,
}

impl Column {
    /// The narrowest heading.
    pub fn leaf(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }
}

/// Wider tables than this are no forms; further columns are reported, not read.
pub const MOST_COLUMNS: usize = 1_000;

#[derive(Debug, Clone)]
struct Head {
    text: String,
    /// Where the text really stands.
    from: CellAddress,
    merged: bool,
}

/// The headings of all used columns, by column.
pub fn columns(sheet: &Sheet<'_>, region: &Region) -> Vec<Column> {
    let (first, last) = region.header;
    let merges = sheet.merges_in(first, last);
    let mut used: BTreeSet<u32> = BTreeSet::new();
    for row in (first..=last).chain(region.body.iter().copied()) {
        used.extend(sheet.row(row, region.columns).iter().map(|c| c.at.column));
    }
    for m in merges.iter().filter(|m| m.first.row >= first) {
        let right = m
            .last
            .column
            .min(region.columns.1)
            .min(m.first.column.saturating_add(200));
        if sheet.text(m.first.row, m.first.column).is_some() {
            used.extend(m.first.column.max(region.columns.0)..=right);
        }
    }
    let used: Vec<u32> = used.into_iter().take(MOST_COLUMNS).collect();
    let rows: Vec<u32> = (first..=last.min(first.saturating_add(12))).collect();
    let mut grid: Vec<Vec<Option<Head>>> = Vec::new();
    for row in &rows {
        let heads = used
            .iter()
            .map(|column| {
                let at = CellAddress::new(*row, *column);
                if let Some(text) = sheet.text(*row, *column) {
                    let merged = merge_at(&merges, at).is_some();
                    return Some(Head {
                        text,
                        from: at,
                        merged,
                    });
                }
                let m = merge_at(&merges, at).filter(|m| m.first.row >= first)?;
                let text = sheet.text(m.first.row, m.first.column)?;
                Some(Head {
                    text,
                    from: m.first,
                    merged: true,
                })
            })
            .collect();
        grid.push(heads);
    }
    fill_right(&mut grid, &used);
    used.iter()
        .enumerate()
        .map(|(i, column)| {
            let mut path: Vec<String> = Vec::new();
            let mut sources: Vec<CellAddress> = Vec::new();
            for heads in &grid {
                if let Some(head) = &heads[i]
                    && !sources.contains(&head.from)
                {
                    sources.push(head.from);
                    let said_already = path.last().is_some_and(|p| text::key(p) == text::key(&head.text));
                    if !said_already {
                        path.push(head.text.clone());
                    }
                }
            }
            let at = sources
                .last()
                .copied()
                .unwrap_or_else(|| CellAddress::new(last, *column));
            Column {
                column: *column,
                path,
                at: CellAddress::new(at.row, *column),
                number: region.numbering.and_then(|row| sheet.text(row, *column)),
            }
        })
        .collect()
}

/// Lets parents that are not merged cover the blanks to their right.
fn fill_right(grid: &mut [Vec<Option<Head>>], used: &[u32]) {
    let depth = grid.len();
    for level in 0..depth.saturating_sub(1) {
        for i in 1..used.len() {
            if grid[level][i].is_some() {
                continue;
            }
            let Some(left) = grid[level][i - 1].clone() else {
                continue;
            };
            // A merged parent says itself how far it goes.
            if left.merged {
                continue;
            }
            let own_below = grid[level + 1..]
                .iter()
                .any(|row| row[i].as_ref().is_some_and(|h| h.from.column == used[i]));
            let is_parent = grid[level + 1..]
                .iter()
                .any(|row| row[i - 1].as_ref().is_some_and(|h| h.from.row > left.from.row));
            let same_above = grid[..level].iter().all(|row| {
                let from = |k: usize| row[k].as_ref().map(|h| h.from);
                from(i) == from(i - 1)
            });
            if own_below && is_parent && same_above {
                grid[level][i] = Some(left);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::testing::{grid, merge};

    type Corner = (u32, u32);

    fn paths(rows: &[&[&str]], merges: &[(Corner, Corner)]) -> Vec<String> {
        let mut g = grid(rows);
        g.merges = merges.iter().map(|(a, b)| merge(*a, *b)).collect();
        let sheet = Sheet::new(&g);
        let region = Region {
            header: (0, rows.len() as u32 - 1),
            columns: (0, 30),
            ..Region::default()
        };
        columns(&sheet, &region)
            .into_iter()
            .map(|c| c.path.join("/"))
            .collect()
    }

    #[test]
    fn merged_headings_cover_their_range() {
        let rows: &[&[&str]] = &[
            &["TT", "Khối", "Tổng số", "Trong đó", "", ""],
            &["", "", "", "Nữ", "Dân tộc thiểu số", ""],
            &["", "", "", "", "Tổng số", "Nữ"],
        ];
        let merges = [
            ((0, 0), (2, 0)),
            ((0, 1), (2, 1)),
            ((0, 2), (2, 2)),
            ((0, 3), (0, 5)),
            ((1, 3), (2, 3)),
            ((1, 4), (1, 5)),
        ];
        let expected = [
            "TT",
            "Khối",
            "Tổng số",
            "Trong đó/Nữ",
            "Trong đó/Dân tộc thiểu số/Tổng số",
            "Trong đó/Dân tộc thiểu số/Nữ",
        ];
        assert_eq!(paths(rows, &merges), expected);
        // The same without a single merge.
        assert_eq!(paths(rows, &[]), expected);
    }

    #[test]
    fn a_sibling_is_not_a_parent() {
        let rows: &[&[&str]] = &[
            &["", "", "Tổng số", "1. Thành thị (Tổng số)", "1. Thành thị", ""],
            &["", "", "", "", "0 - 04", "05 - 09"],
        ];
        assert_eq!(
            paths(rows, &[]),
            [
                "Tổng số",
                "1. Thành thị (Tổng số)",
                "1. Thành thị/0 - 04",
                "1. Thành thị/05 - 09"
            ]
        );
    }
}
