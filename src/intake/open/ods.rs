//! ods: spreadsheets of LibreOffice and its relatives.
//!
//! Holds: the part is read once, as a stream; repeated cells are unrolled only where they have content
//! and within the limits; what lies beside cells (annotations, drawings) is passed over.
//! Law: OASIS OpenDocument 1.3, part 3.

use std::collections::BTreeSet;
use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::limits;
use super::sheet::{self, Sheet, shortened};
use super::xml::{self, Xml, attributes, malformed};
use super::{Gathered, Trouble, damaged, dates, xlsx};
use crate::intake::grid::Value;
use crate::origin::CellAddress;

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let mut archive = Archive::open(bytes)?;
    if archive.has(MANIFEST) && is_encrypted(archive.part(MANIFEST)?) {
        return Err(Trouble::Encrypted);
    }
    let mut xml = Xml::new(archive.part(CONTENT)?, CONTENT);
    let mut hidden_styles = BTreeSet::new();
    let mut style = String::new();
    let mut tables = 0;
    let mut root_seen = false;
    loop {
        let table = match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "document-content" => {
                    root_seen = true;
                    None
                }
                "style" => {
                    let [name, family] = attributes(&start, ["name", "family"]);
                    style = name
                        .filter(|_| family.as_deref() == Some("table"))
                        .unwrap_or_default();
                    None
                }
                "table-properties" => {
                    let [display] = attributes(&start, ["display"]);
                    if display.as_deref() == Some("false") {
                        hidden_styles.insert(style.clone());
                    }
                    None
                }
                "table" => {
                    let [name, style] = attributes(&start, ["name", "style-name"]);
                    let hidden = style.is_some_and(|s| hidden_styles.contains(&s));
                    Some((name.unwrap_or_default(), hidden))
                }
                _ => None,
            },
            Event::Eof if root_seen && tables > 0 => return Ok(()),
            Event::Eof if root_seen => return Err(damaged("không có trang tính nào", "it has no sheet")),
            Event::Eof => return Err(malformed(CONTENT)),
            _ => None,
        };
        if let Some((name, hidden)) = table {
            tables += 1;
            if tables > limits::SHEETS {
                return Err(xlsx::too_many_sheets());
            }
            let mut sheet = Sheet::new(name.clone(), hidden, &mut out.budget);
            read_table(&mut xml, &mut sheet)?;
            let finished = sheet.finish();
            out.sheet(&name, Ok(finished))?;
        }
    }
}

fn is_encrypted(manifest: impl BufRead) -> bool {
    let mut xml = Xml::new(manifest, MANIFEST);
    while let Ok(event) = xml.next() {
        match event {
            Event::Start(start) if start.local_name().as_ref() == "encryption-data" => return true,
            Event::Eof => return false,
            _ => {}
        }
    }
    false
}

/// Everything up to the end of the table whose start was just read.
fn read_table<R: BufRead>(xml: &mut Xml<R>, sheet: &mut Sheet<'_>) -> Result<(), Trouble> {
    let mut row: u32 = 0;
    // Groups and header rows lie around rows; depth tells when the table itself ends.
    let mut depth = 1u32;
    enum Found {
        Row(u32),
        Beside,
    }
    while depth > 0 {
        let found = match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "table-row" => Some(Found::Row(repeated(&start, "number-rows-repeated"))),
                "table-row-group" | "table-header-rows" | "table-rows" => {
                    depth += 1;
                    None
                }
                _ => Some(Found::Beside),
            },
            Event::End(_) => {
                depth -= 1;
                None
            }
            Event::Eof => return Err(malformed(CONTENT)),
            _ => None,
        };
        match found {
            Some(Found::Row(times)) => {
                read_row(xml, sheet, row, times)?;
                row = row.saturating_add(times);
            }
            Some(Found::Beside) => xml.skip()?,
            None => {}
        }
    }
    Ok(())
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    let [times] = attributes(start, [name]);
    times.and_then(|t| t.trim().parse().ok()).unwrap_or(1).max(1)
}

fn read_row<R: BufRead>(xml: &mut Xml<R>, sheet: &mut Sheet<'_>, row: u32, rows: u32) -> Result<(), Trouble> {
    let mut column: u32 = 0;
    loop {
        let start = match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "table-cell" | "covered-table-cell" => Some(RawCell::new(&start)),
                _ => None,
            },
            Event::End(_) => return Ok(()),
            Event::Eof => return Err(malformed(CONTENT)),
            _ => continue,
        };
        let Some(mut cell) = start else {
            xml.skip()?;
            continue;
        };
        cell.read_content(xml)?;
        let columns = cell.columns;
        let (width, height) = cell.span;
        if width > 1 || height > 1 {
            let last = |start: u32, length: u32| start.saturating_add(length - 1);
            sheet.merge(
                CellAddress::new(row, column),
                CellAddress::new(last(row, height), last(column, width)),
            );
        }
        if let Some((value, percent)) = cell.value() {
            unroll(sheet, (row, rows), (column, columns), &value, percent)?;
        }
        column = column.saturating_add(columns);
    }
}

/// Writes one value into all the cells it is repeated for.
fn unroll(
    sheet: &mut Sheet<'_>,
    (row, rows): (u32, u32),
    (column, columns): (u32, u32),
    value: &Value,
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
            sheet.add(r, c, value.clone(), percent)?;
        }
    }
    Ok(())
}

/// A cell as it is written.
struct RawCell {
    kind: String,
    value: Option<String>,
    date: Option<String>,
    time: Option<String>,
    boolean: Option<String>,
    string: Option<String>,
    formula: bool,
    columns: u32,
    span: (u32, u32),
    /// What is displayed.
    text: String,
}

impl RawCell {
    fn new(start: &BytesStart<'_>) -> Self {
        // `office:value-type` and `calcext:value-type` have one local name; the latter knows errors.
        let mut kind = String::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            if attribute.key.local_name().as_ref() == "value-type" && kind != "error" {
                kind = attribute.value.to_string();
            }
        }
        let [value, date, time, boolean, string, formula] = attributes(
            start,
            [
                "value",
                "date-value",
                "time-value",
                "boolean-value",
                "string-value",
                "formula",
            ],
        );
        RawCell {
            kind,
            value,
            date,
            time,
            boolean,
            string,
            formula: formula.is_some(),
            columns: repeated(start, "number-columns-repeated"),
            span: (
                repeated(start, "number-columns-spanned"),
                repeated(start, "number-rows-spanned"),
            ),
            text: String::new(),
        }
    }

    /// The paragraphs of the cell. White space beside them only lays the file out.
    fn read_content<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Trouble> {
        let mut paragraphs = 0;
        loop {
            let paragraph = match xml.next()? {
                Event::Start(start) => start.local_name().as_ref() == "p",
                Event::End(_) => break,
                Event::Eof => return Err(malformed(CONTENT)),
                _ => continue,
            };
            if paragraph {
                if paragraphs > 0 {
                    self.text.push('\n');
                }
                paragraphs += 1;
                self.read_paragraph(xml)?;
            } else {
                xml.skip()?;
            }
        }
        self.text = shortened(std::mem::take(&mut self.text));
        Ok(())
    }

    fn read_paragraph<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Trouble> {
        let mut depth = 1u32;
        while depth > 0 {
            let mut beside = false;
            match xml.next()? {
                Event::Start(start) => {
                    match start.local_name().as_ref() {
                        "s" => {
                            let blanks = repeated(&start, "c").min(1000);
                            self.text.extend(std::iter::repeat_n(' ', blanks as usize));
                        }
                        "tab" => self.text.push('\t'),
                        "line-break" => self.text.push('\n'),
                        "annotation" | "note" | "ruby-text" => beside = true,
                        _ => {}
                    }
                    depth += 1;
                }
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(malformed(CONTENT)),
                event => xml::push_text(&mut self.text, &event),
            }
            if beside {
                xml.skip()?;
                depth -= 1;
            }
        }
        Ok(())
    }

    fn value(self) -> Option<(Value, bool)> {
        let plain = |value| Some((value, false));
        let shown = self.text.trim();
        // Before 2014 the program had no type for errors; it shows "Err:502" or "#VALUE!".
        let error_shown = self.formula
            && (shown.starts_with("Err:") || (shown.starts_with('#') && shown.ends_with(['!', '?', 'A'])));
        if self.kind == "error" || error_shown {
            return plain(Value::Error(shown.to_owned()));
        }
        match self.kind.as_str() {
            "float" | "currency" | "percentage" => {
                let number = self.value.as_deref().and_then(|v| v.trim().parse::<f64>().ok());
                let value = number.map_or_else(|| Value::Error("#NUM!".to_owned()), sheet::number);
                Some((value, self.kind == "percentage"))
            }
            "date" => plain(match self.date.as_deref().and_then(dates::from_iso) {
                Some((year, month, day)) => Value::Date(year, month, day),
                None => Value::Error("########".to_owned()),
            }),
            "boolean" => plain(Value::Bool(xml::is_true(self.boolean.as_deref()))),
            "time" => {
                let text = if shown.is_empty() {
                    self.time.unwrap_or_default()
                } else {
                    self.text
                };
                plain(Value::Text(shortened(text)))
            }
            "string" => {
                let text = self.string.unwrap_or(self.text);
                plain(Value::Text(shortened(text)))
            }
            _ if !shown.is_empty() => plain(Value::Text(self.text)),
            _ => self.formula.then_some((Value::FormulaWithoutValue, false)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::Budget;
    use super::*;

    fn table(rows: &str) -> Result<crate::intake::grid::Grid, Trouble> {
        let text = format!("{rows}</table:table>");
        let mut budget = Budget::new();
        let mut sheet = Sheet::new("S".into(), false, &mut budget);
        let mut xml = Xml::new(text.as_bytes(), CONTENT);
        // The start of the table has been read when the function is called.
        xml.allow_unmatched_end();
        read_table(&mut xml, &mut sheet)?;
        Ok(sheet.finish().0)
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
            assert!(read_table(&mut Xml::new(text.as_bytes(), CONTENT), &mut sheet).is_err());
        }
    }

    #[test]
    fn a_value_repeated_over_the_whole_grid_is_too_large() {
        let rows = "<table:table-row table:number-rows-repeated='1000000'>\
                    <table:table-cell table:number-columns-repeated='16384' office:value-type='float' office:value='1'/></table:table-row>";
        assert!(matches!(table(rows), Err(Trouble::TooLarge { .. })));
    }
}
