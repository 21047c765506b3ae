//! ods: spreadsheets of LibreOffice and its relatives.
//!
//! Holds: the part is read once; repeated cells are unrolled only where they have content and within
//! the limits; what lies beside cells (annotations, drawings) is passed over.
//! Law: OASIS OpenDocument 1.3, part 3.

use super::archive::Archive;
use super::limits;
use super::markup::{self, Broken, Markup, Piece, Tag};
use super::ods_cell::{RawCell, repeated};
use super::ods_styles::{Family, Styles};
use super::sheet::{Fonts, Sheet};
use super::xml::malformed;
use super::{Gathered, Trouble, damaged, xlsx};
use crate::intake::grid::Value;
use crate::origin::CellAddress;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
const META: &str = "meta.xml";
const STYLES: &str = "styles.xml";

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let archive = Archive::open(bytes)?;
    if archive.has(MANIFEST) && is_encrypted(&archive.part(MANIFEST)?) {
        return Err(Trouble::Encrypted);
    }
    if xlsx::is_own_summary(&archive, META, b"user-defined", b"name") {
        return Err(Trouble::OwnSummary);
    }
    let mut styles = Styles::default();
    if archive.has(STYLES) {
        // Without its styles a workbook can still be read; it only loses its fonts.
        let _ = archive.part(STYLES).map(|part| styles.read(&part));
    }
    let part = archive.part(CONTENT)?;
    let part = markup::in_utf8(&part);
    let mut markup = Markup::new(&part);
    let broken = |Broken| malformed(CONTENT);
    let mut tables = 0;
    let mut root_seen = false;
    while let Some(piece) = markup.next().map_err(broken)? {
        let Piece::Start(tag) = piece else {
            continue;
        };
        match tag.name {
            b"document-content" => root_seen = true,
            b"table" => {
                tables += 1;
                if tables > limits::SHEETS {
                    return Err(xlsx::too_many_sheets());
                }
                let name = tag.attribute(b"name").unwrap_or_default();
                let hidden = tag
                    .attribute(b"style-name")
                    .is_some_and(|style| styles.is_hidden(&style));
                let mut sheet = Sheet::new(name.clone(), hidden, &mut out.budget);
                if !tag.empty {
                    read_table(&mut markup, &mut sheet, &styles)?;
                }
                let finished = sheet.finish();
                out.sheet(&name, Ok(finished))?;
            }
            // Changes that were tracked hold cells that are no longer there.
            b"tracked-changes" => markup.skip(&tag).map_err(broken)?,
            _ => styles.take(&tag),
        }
    }
    match (root_seen, tables) {
        (false, _) => Err(malformed(CONTENT)),
        (true, 0) => Err(damaged("không có trang tính nào", "it has no sheet")),
        (true, _) => Ok(()),
    }
}

fn is_encrypted(manifest: &[u8]) -> bool {
    let manifest = markup::in_utf8(manifest);
    let mut markup = Markup::new(&manifest);
    while let Ok(Some(piece)) = markup.next() {
        if matches!(piece, Piece::Start(tag) if tag.name == b"encryption-data") {
            return true;
        }
    }
    false
}

/// Everything up to the end of the table whose start was just read.
fn read_table(markup: &mut Markup<'_>, sheet: &mut Sheet<'_>, styles: &Styles) -> Result<(), Trouble> {
    let broken = |Broken| malformed(CONTENT);
    let (mut row, mut column) = (0u32, 0u32);
    // Groups and header rows lie around rows; depth tells when the table itself ends.
    let mut depth = 1u32;
    while depth > 0 {
        match markup.next().map_err(broken)?.ok_or_else(|| malformed(CONTENT))? {
            Piece::Start(tag) => match tag.name {
                b"table-row" => {
                    let times = repeated(&tag, b"number-rows-repeated");
                    if is_hidden(&tag) {
                        sheet.hide_rows(row, times);
                    }
                    if !tag.empty {
                        read_row(markup, sheet, styles, (row, times))?;
                    }
                    row = row.saturating_add(times);
                }
                b"table-column" => {
                    let times = repeated(&tag, b"number-columns-repeated");
                    if is_hidden(&tag) {
                        sheet.hide_columns(column, column.saturating_add(times - 1));
                    }
                    column = column.saturating_add(times);
                    markup.skip(&tag).map_err(broken)?;
                }
                b"table-row-group"
                | b"table-header-rows"
                | b"table-rows"
                | b"table-columns"
                | b"table-column-group"
                | b"table-header-columns" => depth += u32::from(!tag.empty),
                _ => markup.skip(&tag).map_err(broken)?,
            },
            Piece::End(_) => depth -= 1,
            _ => {}
        }
    }
    Ok(())
}

fn is_hidden(tag: &Tag<'_>) -> bool {
    matches!(tag.raw(b"visibility"), Some(b"collapse" | b"filter"))
}

fn read_row(
    markup: &mut Markup<'_>,
    sheet: &mut Sheet<'_>,
    styles: &Styles,
    (row, rows): (u32, u32),
) -> Result<(), Trouble> {
    let broken = |Broken| malformed(CONTENT);
    let mut column: u32 = 0;
    loop {
        let tag = match markup.next().map_err(broken)?.ok_or_else(|| malformed(CONTENT))? {
            Piece::Start(tag) => tag,
            Piece::End(_) => return Ok(()),
            _ => continue,
        };
        if !matches!(tag.name, b"table-cell" | b"covered-table-cell") {
            markup.skip(&tag).map_err(broken)?;
            continue;
        }
        let style = tag.attribute(b"style-name");
        let font = style.and_then(|style| styles.font(Family::Cell, &style));
        let mut cell = RawCell::new(&tag, font.unwrap_or_default());
        cell.read_content(markup, &tag, styles).map_err(broken)?;
        let columns = cell.columns;
        let (width, height) = cell.span;
        if width > 1 || height > 1 {
            let last = |start: u32, length: u32| start.saturating_add(length - 1);
            sheet.merge(
                CellAddress::new(row, column),
                CellAddress::new(last(row, height), last(column, width)),
            );
        }
        let fonts = std::mem::take(&mut cell.fonts);
        if let Some((value, percent)) = cell.value() {
            unroll(sheet, (row, rows), (column, columns), (&value, &fonts), percent)?;
        }
        column = column.saturating_add(columns);
    }
}

/// Writes one value into all the cells it is repeated for.
fn unroll(
    sheet: &mut Sheet<'_>,
    (row, rows): (u32, u32),
    (column, columns): (u32, u32),
    (value, fonts): (&Value, &Fonts),
    percent: bool,
) -> Result<(), Trouble> {
    let rows = rows.min(limits::ROWS.saturating_sub(row));
    let columns = columns.min(limits::COLUMNS.saturating_sub(column));
    if rows == 0 || columns == 0 {
        sheet.refuse_outside();
        return Ok(());
    }
    sheet
        .budget()
        .has_room_for(u64::from(rows) * u64::from(columns))?;
    for r in row..row + rows {
        for c in column..column + columns {
            match value {
                Value::Text(text) => sheet.add_text(r, c, text.clone(), fonts)?,
                value => sheet.add(r, c, value.clone(), percent)?,
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::limits::Budget;
    use super::*;

    fn table(rows: &str) -> Result<crate::intake::grid::Grid, Trouble> {
        let text = format!("{rows}</table:table>");
        let mut budget = Budget::new();
        let mut sheet = Sheet::new("S".into(), false, &mut budget);
        let text = format!("<table:table>{text}");
        let mut markup = Markup::new(text.as_bytes());
        // The start of the table has been read when the function is called.
        assert!(matches!(markup.next(), Ok(Some(Piece::Start(_)))));
        read_table(&mut markup, &mut sheet, &Styles::default())?;
        Ok(sheet.finish().grid)
    }

    #[test]
    fn cells_repeats_and_merges_lie_where_they_are_shown() {
        let grid = table(
            "<table:table-column/>\n<table:table-header-rows><table:table-row>\
               <table:table-cell table:number-columns-spanned='2' office:value-type='string'><text:p>Nữ<text:s text:c='2'/>DTTS</text:p><text:p>b</text:p>\
                 <office:annotation><text:p>note</text:p></office:annotation></table:table-cell>\
               <table:covered-table-cell/>\
               <table:table-cell table:number-columns-repeated='2' office:value-type='float' office:value='3'><text:p>3</text:p></table:table-cell>\
             </table:table-row></table:table-header-rows>\
             <table:table-row table:number-rows-repeated='2'>\n <table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
             <table:table-row><table:table-cell office:value-type='percentage' office:value='0.5'/>\
               <table:table-cell office:value-type='date' office:date-value='2024-05-01'/>\
               <table:table-cell table:formula='of:=1/0' office:value-type='string' calcext:value-type='error'><text:p>#DIV/0!</text:p></table:table-cell>\
               <table:table-cell table:formula='of:=1'/>\
               <table:table-cell office:value-type='float' office:value='x'/>\
               <table:table-cell office:value-type='boolean' office:boolean-value='true'/>\
               <table:table-cell office:value-type='string'><text:p/></table:table-cell>\
             </table:table-row>\
             <table:table-row table:number-rows-repeated='1048000'><table:table-cell/></table:table-row>",
        )
        .unwrap();
        assert_eq!(grid.get(0, 0).unwrap().value, Value::Text("Nữ  DTTS\nb".into()));
        assert_eq!(grid.get(0, 2).unwrap().value, Value::Number(3.0));
        assert_eq!(grid.get(0, 3).unwrap().value, Value::Number(3.0));
        let last: Vec<_> = grid.row(3).iter().map(|c| (c.value.clone(), c.percent)).collect();
        assert_eq!(
            last,
            [
                (Value::Number(0.5), true),
                (Value::Date(2024, 5, 1), false),
                (Value::Error("#DIV/0!".into()), false),
                (Value::FormulaWithoutValue, false),
                (Value::Error("#NUM!".into()), false),
                (Value::Bool(true), false),
            ]
        );
        assert_eq!(grid.merges.len(), 1);
    }

    #[test]
    fn a_table_that_never_ends_is_refused() {
        for text in [
            "<table:table-row><table:table-cell>",
            "<table:table-row><table:table-cell><office:annotation><text:p>",
            "",
        ] {
            let mut budget = Budget::new();
            let mut sheet = Sheet::new("S".into(), false, &mut budget);
            assert!(read_table(&mut Markup::new(text.as_bytes()), &mut sheet, &Styles::default()).is_err());
        }
    }

    #[test]
    fn a_value_repeated_over_the_whole_grid_is_too_large() {
        let rows = "<table:table-row table:number-rows-repeated='1000000'>\
                    <table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row>";
        assert!(matches!(table(rows), Err(Trouble::TooLarge { .. })));
    }
}
