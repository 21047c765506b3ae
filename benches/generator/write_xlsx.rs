//! Sheets → xlsx, with shared strings, styles and stored formula results as Excel writes them.

use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, XlsxError,
};

use super::sheet::{Sheet, Value};

pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without a fixed date the bytes would differ from run to run.
    let made = ExcelDateTime::from_ymd(2024, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let plain = Format::new()
        .set_font_name("Times New Roman")
        .set_border(FormatBorder::Thin);
    let strong = plain
        .clone()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    for sheet in sheets {
        let page = book.add_worksheet();
        page.set_name(&sheet.name)?;
        for (column, width) in &sheet.widths {
            page.set_column_width(column - 1, f64::from(*width))?;
        }
        // A merge writes its first cell; the value follows below.
        for (row, column, last_row, last_column) in &sheet.merges {
            page.merge_range(row - 1, column - 1, last_row - 1, last_column - 1, "", &strong)?;
        }
        for (at, value) in &sheet.cells {
            let format = if sheet.bold.contains(at) { &strong } else { &plain };
            let (row, column) = (at.0 - 1, at.1 - 1);
            match (value, sheet.formulas.get(at)) {
                (Value::Number(result), Some(formula)) => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    page.write_formula_with_format(row, column, formula, format)?;
                }
                (Value::Number(number), None) => {
                    page.write_number_with_format(row, column, *number as f64, format)?;
                }
                (Value::Text(text), _) => {
                    page.write_string_with_format(row, column, text, format)?;
                }
            }
        }
    }
    book.save_to_buffer()
}
