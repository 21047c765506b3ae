//! The values of sheets as a plain workbook: for files of other kinds that are to carry marks.
//!
//! Holds: every cell stands at its own address with its own value; merged cells stay merged where Excel allows it.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::export::ExportError;
use crate::intake::grid::{Grid, Value};

/// The workbook, and the name of each of its sheets: Excel does not take every name that other programs take.
pub fn values(sheets: &[Grid]) -> Result<(Vec<u8>, Vec<String>), ExportError> {
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = name_for(&sheet.name, &names);
        names.push(name);
    }
    let bytes = bytes(sheets, &names).map_err(|e| ExportError::new("xlsx", e))?;
    Ok((bytes, names))
}

fn bytes(sheets: &[Grid], names: &[String]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // Any day but that of the clock: the same file gives the same bytes.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for (grid, name) in sheets.iter().zip(names) {
        let sheet = workbook.add_worksheet().set_name(name)?;
        sheet.set_hidden(grid.hidden && sheets.iter().any(|other| !other.hidden));
        fill(sheet, grid)?;
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    let column = |c: u32| u16::try_from(c).unwrap_or(u16::MAX);
    for merge in &grid.merges {
        let (first, last) = (merge.first, merge.last);
        // Merges that lie over each other cannot be written; the cells themselves can.
        let _ = sheet.merge_range(
            first.row,
            column(first.column),
            last.row,
            column(last.column),
            "",
            &Format::new(),
        );
    }
    let percent = Format::new().set_num_format("0.##%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let mut widths = std::collections::BTreeMap::new();
    for cell in &grid.cells {
        let (row, at) = (cell.at.row, column(cell.at.column));
        match &cell.value {
            Value::Text(text) => {
                let text: String = text.chars().take(32_767).collect();
                let width = text.chars().count().clamp(8, 28);
                let own = widths.entry(at).or_insert(8);
                *own = width.max(*own);
                sheet.write_string(row, at, text)?
            }
            Value::Number(number) if cell.percent => {
                sheet.write_number_with_format(row, at, *number, &percent)?
            }
            Value::Number(number) => sheet.write_number(row, at, *number)?,
            Value::Bool(answer) => sheet.write_boolean(row, at, *answer)?,
            Value::Date(year, month, day) => {
                let known = u16::try_from(*year)
                    .ok()
                    .and_then(|y| ExcelDateTime::from_ymd(y, *month, *day).ok());
                match known {
                    Some(day) => sheet.write_datetime_with_format(row, at, &day, &date)?,
                    None => sheet.write_string(row, at, format!("{day:02}/{month:02}/{year}"))?,
                }
            }
            Value::Error(code) => sheet.write_string(row, at, code)?,
            Value::FormulaWithoutValue => continue,
        };
    }
    for (at, width) in widths {
        sheet.set_column_width(at, width as f64)?;
    }
    Ok(())
}

/// A name as Excel allows it: up to 31 characters, none of `[]:*?/\`, no apostrophe at an end, each name once.
fn name_for(wanted: &str, taken: &[String]) -> String {
    let allowed = |c: &char| !"[]:*?/\\".contains(*c) && !c.is_control();
    let cut = |text: &str, most: usize| -> String {
        let mut out = String::new();
        for letter in text.chars() {
            // Excel counts in units of UTF-16.
            if out.encode_utf16().count() + letter.len_utf16() > most {
                break;
            }
            out.push(letter);
        }
        out.trim_matches(|c: char| c == '\'' || c.is_whitespace())
            .to_owned()
    };
    let clean: String = wanted.chars().filter(allowed).collect();
    let name = match cut(&clean, 31) {
        empty if empty.is_empty() => "Trang".to_owned(),
        name => name,
    };
    let is_free = |name: &String| taken.iter().all(|own| own.to_lowercase() != name.to_lowercase());
    let others = (2..100_000).map(|n| format!("{} ({n})", cut(&name, 23)));
    let mut names = std::iter::once(name.clone()).chain(others);
    names.find(is_free).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_such_as_excel_takes_and_each_is_there_once() {
        let long = "Biểu 1: số liệu của xã/phường năm 2024 [bản chính]";
        let first = name_for(long, &[]);
        assert_eq!(first, "Biểu 1 số liệu của xãphường năm");
        let second = name_for(long, std::slice::from_ref(&first));
        assert!(
            second.ends_with(" (2)") && second.chars().count() <= 31,
            "{second}"
        );
        assert_eq!(name_for("''", &[]), "Trang");
    }
}
