//! The lines above tables: which belong to which table, and what never heads a column.

use super::{Line, Region};
use crate::intake::sheet::{Sheet, text_of};
use crate::origin::CellAddress;
use crate::text;

/// Texts that stand above tables and never head a column.
pub fn is_title_like(t: &str) -> bool {
    let plain = text::folded(t);
    const LEADS: [&str; 40] = [
        "bieu so",
        "bieu mau",
        "mau so",
        "phu luc",
        "don vi bao cao",
        "don vi nhan",
        "don vi gui",
        "don vi tinh",
        "dvt:",
        "dvt :",
        "(dvt",
        "(don vi tinh",
        "ban hanh",
        "cong hoa xa hoi",
        "doc lap",
        "ubnd ",
        "uy ban nhan dan",
        "ngay nhan",
        "ky bao cao",
        "nam hoc ",
        "bao cao ",
        "- don vi",
        "noi nhan",
        "nguon:",
        "ghi chu:",
        "ngay gui",
        "tinh den",
        "(co den",
        "so lieu co den",
        "thoi diem",
        "kinh gui",
        "dia ban:",
        "dia phuong:",
        "xa:",
        "phuong:",
        "thi tran:",
        "huyen:",
        "tinh:",
        "(tinh den",
        "(so lieu",
    ];
    LEADS.iter().any(|lead| plain.starts_with(lead))
        || plain.contains("don vi bao cao")
        || plain.contains("don vi tinh:")
        || plain.contains("ban hanh theo")
        || (plain.contains("ngay") && plain.contains("thang") && plain.contains("nam") && plain.contains(','))
}

/// Gives each table the lines above it, and those of earlier tables as a reserve.
pub(super) fn share_titles(sheet: &Sheet<'_>, regions: &mut [Region]) {
    regions.sort_by_key(|r| (r.header.0, r.columns.0));
    let spans: Vec<(u32, u32, (u32, u32))> = regions
        .iter()
        .map(|r| {
            (
                r.header.0,
                r.body.last().copied().unwrap_or(r.header.1),
                r.columns,
            )
        })
        .collect();
    let inside = |at: CellAddress| {
        spans.iter().any(|(top, bottom, columns)| {
            (*top..=*bottom).contains(&at.row) && (columns.0..=columns.1).contains(&at.column)
        })
    };
    let highest = spans.iter().map(|s| s.1).max().unwrap_or(0);
    let lines: Vec<Line> = sheet
        .grid
        .cells
        .iter()
        .take_while(|c| c.at.row <= highest)
        .filter(|c| !inside(c.at))
        .filter_map(|c| text_of(c).map(|text| Line { at: c.at, text }))
        .take(4_000)
        .collect();
    for (i, region) in regions.iter_mut().enumerate() {
        let top = region.header.0;
        // The nearest table above that shares a column bounds the title from above.
        let above = spans[..i]
            .iter()
            .filter(|(_, bottom, columns)| {
                *bottom < top && columns.0 <= region.columns.1 && columns.1 >= region.columns.0
            })
            .map(|(_, bottom, _)| *bottom + 1)
            .max()
            .unwrap_or(0);
        let own =
            |line: &&Line| (above..top).contains(&line.at.row) && line.at.column <= region.columns.1 + 2;
        // Beside another table, only lines over the own columns are surely about this one.
        let beside = spans
            .iter()
            .enumerate()
            .any(|(k, (t, _, c))| k != i && c.0 > region.columns.1 && *t <= top + 3);
        let left_of = spans
            .iter()
            .enumerate()
            .any(|(k, (t, _, c))| k != i && c.1 < region.columns.0 && *t <= top + 3);
        let near = |line: &&Line| {
            (!beside || line.at.column <= region.columns.1)
                && (!left_of || line.at.column >= region.columns.0)
        };
        region.title = lines.iter().filter(own).filter(near).cloned().collect();
        if region.title.is_empty() && !left_of {
            region.title = lines.iter().filter(own).cloned().collect();
        }
        region.inherited = lines
            .iter()
            .filter(|l| l.at.row < top && !region.title.contains(l))
            .take(60)
            .cloned()
            .collect();
    }
}
