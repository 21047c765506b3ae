//! A data sheet: one true Excel table, one header row, true numbers, no fills.

use rust_xlsxwriter::{ColNum, Format, RowNum, Table as ExcelTable, TableColumn, TableStyle, XlsxError};

use super::page::{Page, fitting};
use super::theme;
use crate::report::{Decimal, Frame, Values};

pub(super) fn write(page: &mut Page<'_, '_>, frame: &Frame) -> Result<(), XlsxError> {
    let head = page.row;
    let rows = frame.rows_on_sheet();
    let last = head + RowNum::try_from(rows.max(1)).unwrap_or(1);
    let columns: Vec<TableColumn> = frame
        .columns
        .iter()
        .map(|c| {
            TableColumn::new()
                .set_header(&c.heading)
                .set_header_format(theme::head())
        })
        .collect();
    let table = ExcelTable::new()
        .set_name(frame.name)
        .set_columns(&columns)
        .set_banded_rows(false)
        .set_style(TableStyle::Light1);
    page.row_height(head, 32)?;
    page.sheet.set_freeze_panes(head + 1, 0)?;
    page.sheet.set_repeat_rows(head, head)?;
    // Row after row, the headings first: a long sheet is written away as it grows.
    page.sheet.add_table(head, 0, last, page.columns() - 1, &table)?;
    let plain = theme::base();
    let mut numbers = Numbers::default();
    for nth in 0..rows {
        let at = head + 1 + RowNum::try_from(nth).unwrap_or(0);
        let row = frame.on_sheet(nth);
        for (column, of) in (0..).zip(&frame.columns) {
            put(page, at, column, &of.values, row, &plain, &mut numbers)?;
        }
    }
    page.row = last + 2;
    Ok(())
}

/// Number formats by decimals, made once.
#[derive(Default)]
struct Numbers {
    made: Vec<Option<Format>>,
}

impl Numbers {
    fn get(&mut self, decimals: u8) -> &Format {
        let at = usize::from(decimals);
        if self.made.len() <= at {
            self.made.resize(at + 1, None);
        }
        self.made[at]
            .get_or_insert_with(|| theme::base().set_num_format(theme::number(Decimal::new(0, decimals))))
    }
}

fn put(
    page: &mut Page<'_, '_>,
    at: RowNum,
    column: ColNum,
    values: &Values,
    row: usize,
    plain: &Format,
    numbers: &mut Numbers,
) -> Result<(), XlsxError> {
    match values {
        texts @ Values::Text { .. } => {
            if let Some(text) = texts.text_at(row) {
                page.sheet
                    .write_string_with_format(at, column, fitting(text), plain)?;
            }
        }
        Values::Integer(values) => {
            if let Some(n) = values.get(row).copied().flatten() {
                page.sheet
                    .write_number_with_format(at, column, n as f64, numbers.year_or_count())?;
            }
        }
        Values::Decimal(values) => {
            if let Some(d) = values.get(row).copied().flatten() {
                page.sheet
                    .write_number_with_format(at, column, d.to_f64(), numbers.get(d.decimals))?;
            }
        }
        Values::YesNo(values) => {
            let yes = values.get(row).copied().unwrap_or_default();
            let word = page.lang.pick(("có", "không"), ("yes", "no"));
            page.sheet
                .write_string_with_format(at, column, if yes { word.0 } else { word.1 }, plain)?;
        }
    }
    Ok(())
}

impl Numbers {
    /// Whole numbers of data sheets may be years: no thousands.
    fn year_or_count(&mut self) -> &Format {
        const AT: usize = 32;
        if self.made.len() <= AT {
            self.made.resize(AT + 1, None);
        }
        self.made[AT].get_or_insert_with(|| theme::base().set_num_format("0"))
    }
}
