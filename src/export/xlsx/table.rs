//! A table: headings of one or more rows, numbering row, body, heights, frozen heads.

use rust_xlsxwriter::{ColNum, RowNum, Url, XlsxError};

use super::page::{Page, Placed, fitting, lines_needed};
use super::theme::{self, Look};
use crate::report::{Align, Cell, Column, Role, Row, Table, Value};

pub(super) fn write<'r>(page: &mut Page<'_, 'r>, table: &'r Table) -> Result<(), XlsxError> {
    let head = page.row;
    let starts = starts(&table.columns);
    headings(page, table, &starts)?;
    let numbering = !table.numbering.is_empty();
    if numbering {
        for (text, (first, last)) in table.numbering.iter().zip(&starts) {
            page.span(page.row, *first, *last, text, &theme::numbering())?;
        }
        page.row += 1;
    }
    let body = page.row;
    if let Some(columns) = table.freeze {
        page.sheet.set_freeze_panes(body, columns)?;
    }
    for row in &table.rows {
        body_row(page, table, row, &starts)?;
    }
    if let Some((_, last)) = starts.last().filter(|_| table.filter && page.row > body) {
        page.sheet.autofilter(body - 1, 0, page.row - 1, *last)?;
    }
    page.placed.push(Placed { table, head, body });
    page.row += 1;
    Ok(())
}

/// First and last column of the sheet for each column of the table.
pub(super) fn starts(columns: &[Column]) -> Vec<(ColNum, ColNum)> {
    let mut at: ColNum = 0;
    columns
        .iter()
        .map(|c| {
            let first = at;
            at = at.saturating_add(c.span.max(1));
            (first, at - 1)
        })
        .collect()
}

pub(super) fn heading_rows(table: &Table) -> RowNum {
    let deepest = table.columns.iter().map(|c| c.heading.len()).max();
    RowNum::try_from(deepest.unwrap_or(1).max(1)).unwrap_or(1)
}

fn headings(page: &mut Page<'_, '_>, table: &Table, starts: &[(ColNum, ColNum)]) -> Result<(), XlsxError> {
    let format = theme::head();
    let depth = heading_rows(table);
    let top = page.row;
    for level in 0..depth {
        let at = level as usize;
        let row = top + level;
        let mut lines = 1;
        let mut i = 0;
        while let Some(column) = table.columns.get(i) {
            let Some(text) = column.heading.get(at) else {
                i += 1;
                continue;
            };
            let is_leaf = at + 1 == column.heading.len();
            let mut end = i;
            if !is_leaf {
                while table.columns.get(end + 1).is_some_and(|next| {
                    next.heading.len() > at + 1 && next.heading.get(..=at) == column.heading.get(..=at)
                }) {
                    end += 1;
                }
            }
            let bottom = if is_leaf { top + depth - 1 } else { row };
            if let (Some((first, _)), Some((_, last))) = (starts.get(i), starts.get(end)) {
                if *last > *first || bottom > row {
                    page.sheet
                        .merge_range(row, *first, bottom, *last, fitting(text), &format)?;
                } else {
                    page.sheet
                        .write_string_with_format(row, *first, fitting(text), &format)?;
                }
                // Bold letters are wider; a merged leaf has the height of all its rows.
                let letters = letters(page, *first, *last) * 9 / 10;
                let needed = lines_needed(text, letters.max(4));
                let rows = (bottom - row + 1) as usize;
                lines = lines.max(needed.div_ceil(rows));
            }
            i = end + 1;
        }
        page.height(row, lines)?;
    }
    page.row = top + depth;
    Ok(())
}

fn letters(page: &Page<'_, '_>, first: ColNum, last: ColNum) -> usize {
    page.widths
        .iter()
        .skip(usize::from(first))
        .take(usize::from(last - first) + 1)
        .map(|w| usize::from(*w))
        .sum()
}

fn body_row(
    page: &mut Page<'_, '_>,
    table: &Table,
    row: &Row,
    starts: &[(ColNum, ColNum)],
) -> Result<(), XlsxError> {
    let at = page.row;
    page.row += 1;
    if row.role == Role::Group {
        let last_column = starts.last().map_or(0, |(_, last)| *last);
        for column in 0..=last_column {
            let format = theme::group(column == 0, column == last_column);
            match row.cells.get(usize::from(column)).map(|c| &c.value) {
                Some(Value::Text(text)) => {
                    page.sheet
                        .write_string_with_format(at, column, fitting(text), &format)?;
                }
                _ => {
                    page.sheet.write_blank(at, column, &format)?;
                }
            }
        }
        page.row_height(at, 18)?;
        return Ok(());
    }
    let mut lines = 1;
    for (i, (first, last)) in starts.iter().enumerate() {
        let empty = Cell::empty();
        let cell = row.cells.get(i).unwrap_or(&empty);
        let Some(column) = table.columns.get(i) else {
            continue;
        };
        let letters = letters(page, *first, *last);
        match &cell.value {
            Value::Text(text) | Value::Link { text, .. } => {
                lines = lines.max(lines_needed(text, (letters * 21 / 20).max(3)));
            }
            // Bold.
            Value::Verdict { judgement, reserve } => {
                let words = judgement.words_if(*reserve, page.lang);
                lines = lines.max(lines_needed(&words, (letters * 19 / 20).max(3)));
            }
            _ => {}
        }
        let look = look(column, row.role, cell, i);
        let format = page.format(look).clone();
        if last > first {
            page.sheet.merge_range(at, *first, at, *last, "", &format)?;
        }
        put(page, at, *first, cell, &format)?;
    }
    page.height(at, lines)
}

fn look(column: &Column, role: Role, cell: &Cell, index: usize) -> Look {
    let align = match &cell.value {
        // A sign or a word in a column of numbers stands where the numbers do.
        Value::Verdict { .. } => Align::Centre,
        Value::Integer(_) if column.align == Align::Left => Align::Right,
        _ => column.align,
    };
    Look {
        role,
        align,
        number: match &cell.value {
            Value::Integer(_) => Some("#,##0".to_owned()),
            Value::Decimal(d) => Some(theme::number(*d)),
            Value::Text(_) => Some("@".to_owned()),
            _ => None,
        },
        tone: cell.tone,
        bold: matches!(cell.value, Value::Verdict { .. }),
        link: matches!(cell.value, Value::Link { .. }),
        indent: role == Role::Part && index == 1,
    }
}

fn put(
    page: &mut Page<'_, '_>,
    row: RowNum,
    column: ColNum,
    cell: &Cell,
    format: &rust_xlsxwriter::Format,
) -> Result<(), XlsxError> {
    let sheet = &mut page.sheet;
    match &cell.value {
        Value::Empty => sheet.write_blank(row, column, format)?,
        Value::Text(text) => sheet.write_string_with_format(row, column, fitting(text), format)?,
        Value::Integer(n) => sheet.write_number_with_format(row, column, *n as f64, format)?,
        Value::Decimal(d) => sheet.write_number_with_format(row, column, d.to_f64(), format)?,
        Value::Sign(sign) => sheet.write_string_with_format(row, column, *sign, format)?,
        Value::Verdict { judgement, reserve } => {
            let words = judgement.words_if(*reserve, page.lang);
            page.sheet.write_string_with_format(row, column, words, format)?
        }
        Value::Link { text, sheet: to } => {
            let url = Url::new(format!("internal:'{}'!A1", to.replace('\'', "''"))).set_text(text);
            sheet.write_url_with_format(row, column, url, format)?
        }
    };
    Ok(())
}
