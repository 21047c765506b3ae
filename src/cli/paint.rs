//! `bdg inspect --html OUT FILE`: the sheets of a file, each cell painted as it was understood.
//!
//! In:  the grids and how they were read. Out: one page of HTML that needs nothing from anywhere else.
//! Holds: in a list of persons no cell of a row is printed, only what became of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::classification::Dimension;
use crate::definition::Catalogue;
use crate::intake::grid::{Grid, Value};
use crate::intake::{Outcome, SheetReading, TableReading};
use crate::lang::Lang;
use crate::origin::{CellAddress, Reason, column_letters};
use crate::quantity::print_decimal;

/// Larger sheets are painted up to here; a line says how much more there is.
const ROWS: usize = 3_000;
const COLUMNS: u32 = 200;

/// The whole page.
pub fn page(
    catalogue: &Catalogue,
    lang: Lang,
    file: &str,
    grids: &[Grid],
    sheets: &[SheetReading],
) -> String {
    let mut out = String::new();
    let title = escaped(file);
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{title}</title>\n<style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n{}",
        lang.pick("vi", "en"),
        legend(lang)
    );
    for (grid, sheet) in grids.iter().zip(sheets) {
        out.push_str(&painted(catalogue, lang, grid, sheet));
    }
    out.push_str("</body></html>\n");
    out
}

const STYLE: &str = "body{font:14px sans-serif;margin:1em}table{border-collapse:collapse;margin:1em 0}\
td,th{border:1px solid #bbb;padding:2px 6px;vertical-align:top;max-width:30em}th{background:#eee;font-weight:normal;color:#666}\
.fact{background:#cfe8cf}.checked{background:#cfe0f5}.left-out{background:#f6c6c6}.not-needed{background:#e6e6e6;color:#666}\
.heading{background:#fff3c4}.title{background:#fbe3f3}.hidden{color:#999;font-style:italic}";

fn legend(lang: Lang) -> String {
    let words = [
        ("fact", lang.pick("số liệu", "a figure")),
        ("checked", lang.pick("tổng, đã đối chiếu", "a total, compared")),
        (
            "left-out",
            lang.pick("bỏ ra, có dòng lỗi", "left out, told as a problem"),
        ),
        (
            "not-needed",
            lang.pick("không cần, có lý do", "not needed, with the reason"),
        ),
        ("heading", lang.pick("tiêu đề cột", "a heading")),
        ("title", lang.pick("dòng tiêu đề", "a line of the title")),
    ];
    let cells: Vec<String> = words
        .iter()
        .map(|(class, words)| format!("<td class=\"{class}\">{words}</td>"))
        .collect();
    format!("<table><tr>{}</tr></table>\n", cells.concat())
}

/// How a cell is painted, and what is said when the mouse rests on it.
struct Paint {
    class: &'static str,
    said: String,
}

fn painted(catalogue: &Catalogue, lang: Lang, grid: &Grid, sheet: &SheetReading) -> String {
    let mut paints: BTreeMap<CellAddress, Paint> = BTreeMap::new();
    for table in &sheet.tables {
        for line in &table.title {
            let said = String::new();
            paints.insert(line.at, Paint { class: "title", said });
        }
        for cell in grid.cells.iter().filter(|c| in_heading(table, c.at)) {
            let column = table.columns.iter().find(|c| c.column == cell.at.column);
            let said = column.map(|c| c.path.join(" › ")).unwrap_or_default();
            paints.insert(
                cell.at,
                Paint {
                    class: "heading",
                    said,
                },
            );
        }
        for (at, outcome) in &table.cells {
            paints.insert(*at, paint(catalogue, lang, sheet, Some(table), *outcome));
        }
    }
    for (at, outcome) in &sheet.beside {
        paints.insert(*at, paint(catalogue, lang, sheet, None, *outcome));
    }
    let hidden = lang.pick(" (trang ẩn)", " (hidden sheet)");
    let mut out = format!(
        "<h2>{}<span class=\"hidden\">{}</span></h2>\n<p>{}</p>\n",
        escaped(&sheet.name),
        if sheet.hidden { hidden } else { "" },
        escaped(&super::inspect::account_line(&sheet.account, lang))
    );
    let last = grid
        .cells
        .iter()
        .map(|c| c.at.column)
        .max()
        .unwrap_or(0)
        .min(COLUMNS);
    let mut rows: Vec<u32> = grid.cells.iter().map(|c| c.at.row).collect();
    rows.dedup();
    out.push_str("<table><tr><th></th>");
    for column in 0..=last {
        let _ = write!(out, "<th>{}</th>", column_letters(column));
    }
    out.push_str("</tr>\n");
    for row in rows.iter().take(ROWS) {
        let _ = write!(out, "<tr><th>{}</th>", row + 1);
        for column in 0..=last {
            let at = CellAddress::new(*row, column);
            let text = grid
                .get(*row, column)
                .map(|c| shown(&c.value))
                .unwrap_or_default();
            let text = if is_personal(sheet, at) {
                String::from(if text.is_empty() { "" } else { "•" })
            } else {
                text
            };
            match paints.get(&at) {
                Some(paint) => {
                    let _ = write!(
                        out,
                        "<td class=\"{}\" title=\"{}\">{}</td>",
                        paint.class,
                        escaped(&paint.said),
                        escaped(&text)
                    );
                }
                None => {
                    let _ = write!(out, "<td>{}</td>", escaped(&text));
                }
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
    if rows.len() > ROWS {
        let more = rows.len() - ROWS;
        let _ = writeln!(
            out,
            "<p>{}</p>",
            lang.pick(format!("… và {more} dòng nữa"), format!("… and {more} more rows"))
        );
    }
    out
}

fn in_heading(table: &TableReading, at: CellAddress) -> bool {
    (table.first.row..=table.heading_last).contains(&at.row)
        && (table.first.column..=table.last.column).contains(&at.column)
}

/// A cell of a row of a list of persons.
fn is_personal(sheet: &SheetReading, at: CellAddress) -> bool {
    sheet
        .tables
        .iter()
        .any(|t| t.personal && at.row > t.heading_last && at.row <= t.last.row)
}

fn paint(
    catalogue: &Catalogue,
    lang: Lang,
    sheet: &SheetReading,
    table: Option<&TableReading>,
    outcome: Outcome,
) -> Paint {
    match outcome {
        Outcome::Fact(at) => {
            let fact = table.and_then(|t| t.facts.get(at as usize));
            let said = fact.map_or_else(String::new, |fact| {
                let measure = catalogue.measures.get(fact.measure);
                let mut parts = vec![
                    print_decimal(fact.value, measure.decimals, lang),
                    measure.name.get(lang).to_owned(),
                ];
                for dimension in Dimension::ALL {
                    let category = fact.breakdown.get(dimension);
                    if !category.is_all() {
                        parts.push(catalogue.lists.category(category).name.get(lang).to_owned());
                    }
                }
                parts.push(catalogue.localities.unit(fact.place).full_name());
                parts.push(fact.period.words(lang));
                parts.join("; ")
            });
            Paint { class: "fact", said }
        }
        Outcome::Checked => Paint {
            class: "checked",
            said: lang.pick("tổng, đã đối chiếu", "a total, compared").to_owned(),
        },
        Outcome::LeftOut(at) => {
            let trouble = sheet.troubles.get(at as usize);
            let said = trouble.map_or_else(String::new, |t| {
                let wording = t.kind.wording(lang);
                format!("[{}] {}: {}", t.kind.name(), wording.title, wording.found)
            });
            Paint {
                class: "left-out",
                said,
            }
        }
        Outcome::NotNeeded(reason) => Paint {
            class: match reason {
                Reason::Heading | Reason::Numbering => "heading",
                Reason::Title => "title",
                _ => "not-needed",
            },
            said: reason.words(lang).to_owned(),
        },
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => format!("{number}"),
        Value::Bool(answer) => answer.to_string(),
        Value::Date(y, m, d) => format!("{d:02}/{m:02}/{y:04}"),
        Value::Error(code) => code.clone(),
        Value::FormulaWithoutValue => "=?".to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
