//! The records of an xls that hold cells.
//!
//! Holds: a record that ends early costs its cell, not the sheet.
//! Law: [MS-XLS] 2.4.

use super::Trouble;
use super::binary::{self, f64_at, u16_at, u32_at};
use super::sheet::{self, Sheet};
use super::xls::Globals;
use super::xls_records::{BOOL_ERR, LABEL, LABEL_SST, NUMBER, RICH_LABEL, RK, Record};
use super::xls_strings::XlsText;
use crate::intake::grid::Value;
use crate::origin::CellAddress;

pub(super) enum Found {
    Value(Value, bool),
    Text(XlsText),
}

/// The value of a record that holds one cell; none if it is blank. A record that ends early costs its
/// cell, which stays as an error.
pub(super) fn cell_value(record: &Record<'_>, style: u16, globals: &Globals) -> Option<Found> {
    let data = record.first();
    let plain = |value| Some(Found::Value(value, false));
    let number = |number: Option<f64>| {
        let (value, percent) = match number {
            Some(number) => globals.number(number, style),
            None => (sheet::number(f64::NAN), false),
        };
        Some(Found::Value(value, percent))
    };
    let text = |text: Option<XlsText>| {
        text.map_or_else(
            || plain(Value::Error("#STRING!".to_owned())),
            |text| Some(Found::Text(text)),
        )
    };
    match record.kind {
        NUMBER => number(f64_at(data, 6)),
        RK => number(u32_at(data, 6).map(binary::packed_number)),
        LABEL_SST => text(u32_at(data, 6).and_then(|index| globals.strings.get(index as usize).cloned())),
        LABEL | RICH_LABEL => text(globals.texts.long(&mut record.segments(6))),
        BOOL_ERR => plain(match (data.get(6), data.get(7)) {
            (Some(value), Some(0)) => Value::Bool(*value != 0),
            (code, _) => binary::error(code.copied().unwrap_or(u8::MAX)),
        }),
        _ => match formula_result(data) {
            Some(FormulaResult::Number(result)) => number(Some(result)),
            Some(FormulaResult::Bool(value)) => plain(Value::Bool(value)),
            Some(FormulaResult::Error(code)) => plain(binary::error(code)),
            // A text comes in the next record; an empty one does not come at all.
            Some(FormulaResult::Text | FormulaResult::Empty) => None,
            None => number(None),
        },
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum FormulaResult {
    Number(f64),
    Text,
    Bool(bool),
    Error(u8),
    Empty,
}

/// [MS-XLS] 2.5.133.
pub(super) fn formula_result(data: &[u8]) -> Option<FormulaResult> {
    if u16_at(data, 12)? != 0xFFFF {
        return Some(FormulaResult::Number(f64_at(data, 6)?));
    }
    let value = *data.get(8)?;
    Some(match data.get(6)? {
        0 => FormulaResult::Text,
        1 => FormulaResult::Bool(value != 0),
        2 => FormulaResult::Error(value),
        _ => FormulaResult::Empty,
    })
}

/// Several packed numbers beside each other, each with its style.
pub(super) fn several_numbers(data: &[u8], globals: &Globals, out: &mut Sheet<'_>) -> Result<(), Trouble> {
    let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
        out.refuse_outside();
        return Ok(());
    };
    // Two bytes at the end repeat the last column.
    let body = data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]);
    for (i, pair) in body.chunks_exact(6).enumerate() {
        let (Some(style), Some(rk)) = (u16_at(pair, 0), u32_at(pair, 2)) else {
            continue;
        };
        let (value, percent) = globals.number(binary::packed_number(rk), style);
        out.add(u32::from(row), u32::from(first) + i as u32, value, percent)?;
    }
    Ok(())
}

pub(super) fn merges(data: &[u8], out: &mut Sheet<'_>) {
    for range in data.get(2..).unwrap_or(&[]).chunks_exact(8) {
        let field = |at| u32::from(u16_at(range, at).unwrap_or(0));
        out.merge(
            CellAddress::new(field(0), field(4)),
            CellAddress::new(field(2), field(6)),
        );
    }
}
