//! The workbook. The only place that knows the writing library.
//!
//! Holds: bytes depend on the report alone: the creation date is the day of the report, styles
//! and strings are numbered in the order of use. Sheets open at A1, the first is shown.

mod chart;
mod frame;
mod letter;
mod page;
mod paper;
mod slip;
mod table;
mod theme;
mod values;

pub use slip::{Slip, SlipFile, SlipPoint, slip};
pub use values::values;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::ExportError;
use crate::origin::MADE_SUMMARY;
use crate::report::{Book, Sheet, Style};

pub fn write(report: &Book) -> Result<Vec<u8>, ExportError> {
    bytes(report).map_err(|e| ExportError::new("xlsx", e))
}

fn bytes(report: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = report.made_on();
    let year = u16::try_from(day.year).unwrap_or(1900).clamp(1900, 9999);
    let properties = DocProperties::new()
        .set_title(report.title())
        .set_author(report.author())
        .set_company(report.author())
        .set_custom_property(MADE_SUMMARY, env!("CARGO_PKG_VERSION"))
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, day.month, day.day)?);
    workbook.set_properties(&properties);
    workbook.set_default_format(&theme::base(), page::ROW_HEIGHT_PIXELS, page::COLUMN_PIXELS)?;
    for sheet in report.sheets() {
        page::write(
            worksheet(&mut workbook, sheet),
            sheet,
            report.lang(),
            report.banner(),
        )?;
    }
    workbook.save_to_buffer()
}

/// Data rows beyond which a sheet is not kept in memory while it is written.
const LONG: usize = 20_000;

/// Long data sheets go through the system's temporary folder, as the writing library offers: a
/// nation's figures would otherwise take gigabytes of memory. Where that folder cannot be written
/// to, memory has to do.
fn worksheet<'w>(workbook: &'w mut Workbook, sheet: &Sheet) -> &'w mut Worksheet {
    if sheet.style == Style::Data && sheet.rows() > LONG {
        if let Ok(long) = workbook.new_worksheet_with_low_memory() {
            workbook.push_worksheet(long);
        } else {
            workbook.add_worksheet();
        }
    } else {
        workbook.add_worksheet();
    }
    let last = workbook.worksheets().len() - 1;
    &mut workbook.worksheets_mut()[last]
}
