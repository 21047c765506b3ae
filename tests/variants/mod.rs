//! The same report in the shapes that offices give it: each is read to the same facts, or what cannot be
//! read is told; no figure disappears without a line.

mod places;
mod shapes;
mod told;

use bdg::intake::open::InProcess;
use bdg::intake::{Outcome, Role, SheetReading, inspect};

use crate::made::{Table, number, table, xlsx};
use crate::reading::{Read, context, world};

/// Facts, sorted; problems as `name cell left-out`.
fn read(name: &str, bytes: &[u8], home: &str, period: &str) -> (Vec<String>, Vec<String>) {
    let Read {
        mut facts, reading, ..
    } = Read::of(name, bytes, &context(home, period));
    facts.sort();
    let problems = reading.problems.iter().map(|p| {
        let cell = p.place.cell.map_or(String::new(), |c| c.to_string());
        format!("{} {cell} {}", p.kind.name(), p.left_out)
    });
    (facts, problems.collect())
}

/// Every number below the headings and beside the labels has become a fact, is compared as a total, is
/// known to be of no use, or is counted by a problem.
fn accounted(name: &str, bytes: &[u8], tables: &[&Table], home: &str, period: &str) {
    let (_, forms) = world();
    let (sheets, problems) = inspect(&InProcess, name, bytes, &context(home, period), forms);
    assert_eq!(sheets.len(), tables.len());
    for (sheet, table) in sheets.iter().zip(tables) {
        let told: u32 = sheet.troubles.iter().map(|t| t.left_out).sum();
        let left_out = (sheet.tables.iter().flat_map(|t| &t.cells))
            .filter(|(_, outcome)| matches!(outcome, Outcome::LeftOut(_)))
            .count();
        assert!(told as usize >= left_out, "{told} told, {left_out} left out");
        let mut lost = Vec::new();
        for (r, row) in table.iter().enumerate() {
            for (c, _) in row.iter().enumerate().filter(|(_, cell)| number(cell).is_some()) {
                if !known(sheet, r as u32, c as u32) {
                    lost.push((r + 1, c + 1));
                }
            }
        }
        let outside = told as usize - left_out;
        assert!(
            lost.len() <= outside,
            "{name} {}: lost (row, column) {lost:?}\n{problems:?}",
            sheet.name
        );
    }
}

/// A cell with an outcome, a heading, or a cell of a column of labels and order numbers.
fn known(sheet: &SheetReading, row: u32, column: u32) -> bool {
    sheet.tables.iter().any(|t| {
        let inside =
            (t.first.row..=t.last.row).contains(&row) && (t.first.column..=t.last.column).contains(&column);
        let heading = t.rows.first().is_some_and(|first| row < first.row) && inside;
        let label = t
            .columns
            .iter()
            .any(|c| c.column == column && c.role != Role::Values && inside);
        heading || label || t.cells.iter().any(|(at, _)| (at.row, at.column) == (row, column))
    })
}

/// Reads one sheet in its formats; the facts of all must be the same.
fn facts_of(sheet: &Table, home: &str, period: &str) -> (Vec<String>, Vec<String>) {
    let bytes = xlsx(&[("Sheet1", sheet)]);
    accounted("so-lieu.xlsx", &bytes, &[sheet], home, period);
    read("so-lieu.xlsx", &bytes, home, period)
}

fn sorted(facts: &[&str]) -> Vec<String> {
    let mut facts: Vec<String> = facts.iter().map(|f| (*f).to_owned()).collect();
    facts.sort();
    facts
}

const TWO_COMMUNES: [&str; 4] = [
    "population 22813 2024 = 12603",
    "population 22819 2024 = 13739",
    "population female 22813 2024 = 6402",
    "population female 22819 2024 = 6993",
];

fn plain() -> Table {
    table(
        "UBND HUYỆN NINH SƠN
         DÂN SỐ CÁC XÃ NĂM 2024
         TT | Xã | Tổng số | Nữ
         1 | Xã Lâm Sơn | 12603 | 6402
         2 | Xã Quảng Sơn | 13739 | 6993
         | Cộng | 26342 | 13395",
    )
}

/// Asserts the facts, and that nothing was said about them.
fn clean(sheet: &Table, home: &str, period: &str, expected: &[&str]) {
    let (facts, problems) = facts_of(sheet, home, period);
    assert_eq!(facts, sorted(expected), "{problems:#?}");
    assert_eq!(problems, Vec::<String>::new());
}
