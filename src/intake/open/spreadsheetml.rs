//! Workbooks in the XML of Excel 2002 and 2003, mostly sent with the name of an xls.
//!
//! Holds: a row or cell with an index stands there, any other after the one before; numbers of rows
//! and columns that the file announces are not believed.
//! Law: XML Spreadsheet Reference of Microsoft, 2001.

use std::collections::BTreeMap;

use super::formats::{self, Format};
use super::markup::{self, Broken, Markup, Piece, Tag, push_text};
use super::sheet::{self, Fonts, Sheet, shortened};
use super::xlsx::{self, Style};
use super::{Gathered, Trouble, damaged, dates, limits};
use crate::intake::grid::Value;
use crate::origin::CellAddress;
use crate::text::legacy::Font;

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let bytes = markup::in_utf8(bytes);
    let mut markup = Markup::new(&bytes);
    let mut styles = Styles::default();
    let mut from_1904 = false;
    let mut sheets = 0;
    while let Some(piece) = markup.next().map_err(|Broken| cut_short())? {
        let Piece::Start(tag) = piece else {
            continue;
        };
        match tag.name {
            b"Date1904" => from_1904 = true,
            b"Worksheet" => {
                sheets += 1;
                if sheets > limits::SHEETS {
                    return Err(xlsx::too_many_sheets());
                }
                let name = tag.attribute(b"Name").unwrap_or_default();
                let mut reader = Reader {
                    markup: &mut markup,
                    styles: &styles,
                    from_1904,
                    out: Sheet::new(name.clone(), false, &mut out.budget),
                    hidden: false,
                };
                reader.worksheet(&tag)?;
                let hidden = reader.hidden;
                let mut read = reader.out.finish();
                read.grid.hidden = hidden;
                out.sheet(&name, Ok(read))?;
            }
            _ => styles.take(&tag),
        }
    }
    if sheets == 0 {
        return Err(damaged("không có trang tính nào", "it has no sheet"));
    }
    Ok(())
}

#[derive(Default)]
struct Styles {
    by_name: BTreeMap<Vec<u8>, Style>,
    open: Vec<u8>,
}

impl Styles {
    fn take(&mut self, tag: &Tag<'_>) {
        match tag.name {
            b"Style" => {
                let parent = tag
                    .raw(b"Parent")
                    .and_then(|name| self.by_name.get(name))
                    .copied();
                self.open = tag.raw(b"ID").unwrap_or_default().to_vec();
                let inherited = parent.or_else(|| self.by_name.get(&b"Default"[..]).copied());
                self.by_name
                    .insert(self.open.clone(), inherited.unwrap_or_default());
            }
            b"Font" => {
                if let (Some(style), Some(name)) =
                    (self.by_name.get_mut(&self.open), tag.attribute(b"FontName"))
                {
                    style.font = Font::named(&name);
                }
            }
            b"NumberFormat" => {
                let format = tag
                    .attribute(b"Format")
                    .map_or(Format::Plain, |code| format(&code));
                if let Some(style) = self.by_name.get_mut(&self.open) {
                    style.format = format;
                }
            }
            _ => {}
        }
    }

    fn of(&self, tag: &Tag<'_>, outer: Style) -> Style {
        tag.raw(b"StyleID")
            .and_then(|name| self.by_name.get(name))
            .copied()
            .unwrap_or(outer)
    }
}

/// Formats have names here, in English whatever the language of Excel, or a code.
fn format(code: &str) -> Format {
    match code {
        "General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Scientific"
        | "Yes/No" | "True/False" | "On/Off" | "@" => Format::Plain,
        "Percent" => Format::Percent,
        "General Date" | "Long Date" | "Medium Date" | "Short Date" | "Long Time" | "Medium Time"
        | "Short Time" => Format::Date,
        code => formats::by_code(code),
    }
}

struct Reader<'r, 'b, 'o> {
    markup: &'r mut Markup<'b>,
    styles: &'r Styles,
    from_1904: bool,
    out: Sheet<'o>,
    hidden: bool,
}

impl<'b> Reader<'_, 'b, '_> {
    fn next(&mut self) -> Result<Piece<'b>, Trouble> {
        self.markup.next().ok().flatten().ok_or_else(cut_short)
    }

    fn skip(&mut self, tag: &Tag<'_>) -> Result<(), Trouble> {
        self.markup.skip(tag).map_err(|Broken| cut_short())
    }

    fn worksheet(&mut self, tag: &Tag<'_>) -> Result<(), Trouble> {
        let mut depth = u32::from(!tag.empty);
        while depth > 0 {
            match self.next()? {
                Piece::Start(tag) => match tag.name {
                    b"Table" => self.table(&tag)?,
                    b"Visible" => {
                        let mut text = String::new();
                        self.markup
                            .text_of(&tag, &mut text)
                            .map_err(|Broken| cut_short())?;
                        self.hidden = text.trim() != "SheetVisible";
                    }
                    _ => depth += u32::from(!tag.empty),
                },
                Piece::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, tag: &Tag<'_>) -> Result<(), Trouble> {
        let (mut row, mut column) = (0u32, 0u32);
        let style = self.styles.of(
            tag,
            self.styles
                .by_name
                .get(&b"Default"[..])
                .copied()
                .unwrap_or_default(),
        );
        // By the first of the columns that share a style.
        let mut columns: BTreeMap<u32, (u32, Style)> = BTreeMap::new();
        if tag.empty {
            return Ok(());
        }
        loop {
            match self.next()? {
                Piece::Start(tag) if tag.name == b"Column" => {
                    column = index(&tag, column);
                    let last = column.saturating_add(tag.number::<u32>(b"Span").unwrap_or(0));
                    if tag.is_true(b"Hidden") {
                        self.out.hide_columns(column, last);
                    }
                    if tag.raw(b"StyleID").is_some() && columns.len() < limits::COLUMNS as usize {
                        columns.insert(column, (last, self.styles.of(&tag, style)));
                    }
                    column = last.saturating_add(1);
                    self.skip(&tag)?;
                }
                Piece::Start(tag) if tag.name == b"Row" => {
                    row = index(&tag, row);
                    let more = tag.number::<u32>(b"Span").unwrap_or(0);
                    if tag.is_true(b"Hidden") {
                        self.out.hide_row(row);
                    }
                    let style = tag.raw(b"StyleID").map(|_| self.styles.of(&tag, style));
                    self.row(&tag, row, |column| {
                        let own = columns
                            .range(..=column)
                            .next_back()
                            .filter(|(_, (last, _))| column <= *last);
                        style.or(own.map(|(_, (_, style))| *style))
                    })?;
                    row = row.saturating_add(more).saturating_add(1);
                }
                Piece::Start(tag) => self.skip(&tag)?,
                Piece::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn row(&mut self, tag: &Tag<'_>, row: u32, outer: impl Fn(u32) -> Option<Style>) -> Result<(), Trouble> {
        let mut column = 0u32;
        if tag.empty {
            return Ok(());
        }
        loop {
            match self.next()? {
                Piece::Start(tag) if tag.name == b"Cell" => {
                    column = index(&tag, column);
                    let default = self
                        .styles
                        .by_name
                        .get(&b"Default"[..])
                        .copied()
                        .unwrap_or_default();
                    let style = self.styles.of(&tag, outer(column).unwrap_or(default));
                    self.cell(&tag, row, column, style)?;
                    let across = tag.number::<u32>(b"MergeAcross").unwrap_or(0);
                    let down = tag.number::<u32>(b"MergeDown").unwrap_or(0);
                    let last = column.saturating_add(across);
                    self.out.merge(
                        CellAddress::new(row, column),
                        CellAddress::new(row.saturating_add(down), last),
                    );
                    column = last.saturating_add(1);
                }
                Piece::Start(tag) => self.skip(&tag)?,
                Piece::End(_) => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell(&mut self, tag: &Tag<'_>, row: u32, column: u32, style: Style) -> Result<(), Trouble> {
        let mut data: Option<(&[u8], String, Fonts)> = None;
        let mut open = !tag.empty;
        while open {
            match self.next()? {
                Piece::Start(inner) if inner.name == b"Data" => {
                    let (text, fonts) = self.rich_text(&inner, style.font)?;
                    data = Some((inner.raw(b"Type").unwrap_or(b"String"), text, fonts));
                }
                // Comments hold data of their own.
                Piece::Start(inner) => self.skip(&inner)?,
                Piece::End(_) => open = false,
                _ => {}
            }
        }
        let formula = tag.raw(b"Formula").is_some();
        let Some((kind, text, fonts)) =
            data.filter(|(kind, text, _)| *kind == b"String" || !text.trim().is_empty())
        else {
            return match formula {
                true => self.out.add(row, column, Value::FormulaWithoutValue, false),
                false => Ok(()),
            };
        };
        let trimmed = text.trim();
        let (value, percent) = match kind {
            b"Number" => match trimmed.parse::<f64>() {
                Ok(number) => sheet::formatted(number, style.format, self.from_1904),
                Err(_) => (Value::Error("#NUM!".to_owned()), false),
            },
            b"DateTime" => (date(trimmed, style.format), false),
            b"Boolean" => match trimmed {
                "1" => (Value::Bool(true), false),
                "0" => (Value::Bool(false), false),
                _ => (Value::Error("#BOOL!".to_owned()), false),
            },
            b"Error" => (Value::Error(shortened(trimmed.to_owned())), false),
            _ => return self.out.add_text(row, column, shortened(text), &fonts),
        };
        self.out.add(row, column, value, percent)
    }

    /// The text of a cell: plain, or in the tags of a web page with fonts of their own.
    fn rich_text(&mut self, tag: &Tag<'_>, base: Font) -> Result<(String, Fonts), Trouble> {
        let mut text = String::new();
        let mut fonts = Fonts::from(base);
        let mut outer = vec![base];
        let mut font = base;
        while !tag.empty && !outer.is_empty() {
            let next = match self.next()? {
                Piece::Start(inner) if inner.empty => font,
                Piece::Start(inner) => {
                    outer.push(font);
                    inner.attribute(b"Face").map_or(font, |name| Font::named(&name))
                }
                Piece::End(_) => outer.pop().unwrap_or_default(),
                Piece::Text(raw) => {
                    push_text(&mut text, raw);
                    font
                }
                Piece::CData(raw) => {
                    text.push_str(&String::from_utf8_lossy(raw));
                    font
                }
            };
            if next != font {
                fonts.parts.push((text.len(), next));
                font = next;
            }
        }
        Ok((text, fonts))
    }
}

/// Where a row, column or cell stands: as it says, counted from 1, else after the one before.
fn index(tag: &Tag<'_>, next: u32) -> u32 {
    match tag.raw(b"Index") {
        None => next,
        // An index that is none lies outside of every grid, and is counted there.
        Some(_) => tag
            .number::<u32>(b"Index")
            .and_then(|n| n.checked_sub(1))
            .unwrap_or(u32::MAX),
    }
}

/// `2024-05-01T00:00:00.000`; days before 1900 are how times of day are written.
fn date(text: &str, format: Format) -> Value {
    let time = text.split_once('T').map(|(_, time)| time);
    match (text.starts_with("1899-12-31"), format, time) {
        (true, ..) | (_, Format::Elapsed, _) => {
            let time = time.unwrap_or_default();
            Value::Text(time.get(..5).unwrap_or(time).to_owned())
        }
        _ => match dates::from_iso(text) {
            Some((year, month, day)) => Value::Date(year, month, day),
            None => Value::Error("########".to_owned()),
        },
    }
}

fn cut_short() -> Trouble {
    damaged(
        "nội dung bị cắt cụt hoặc không phải XML hợp lệ",
        "it is cut short, or not valid XML",
    )
}

#[cfg(test)]
mod tests {
    use super::super::{open, tests::kinds};
    use super::*;
    use crate::intake::grid::Grid;

    fn book(rest: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n\
             <Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">\
             <Styles><Style ss:ID=\"Default\" ss:Name=\"Normal\"><Font ss:FontName=\"Times New Roman\"/></Style>\
             <Style ss:ID=\"s21\"><NumberFormat ss:Format=\"0.0%\"/></Style><Style ss:ID=\"s22\"><Font ss:FontName=\".VnTime\"/></Style>\
             <Style ss:ID=\"s23\"><NumberFormat ss:Format=\"Short Date\"/></Style></Styles>{rest}</Workbook>"
        )
    }

    fn cell(grid: &Grid, address: &str) -> Option<Value> {
        let at = sheet::parse_address(address.as_bytes())?;
        grid.get(at.row, at.column).map(|cell| cell.value.clone())
    }

    #[test]
    fn cells_stand_where_their_index_and_merges_put_them() {
        let text = book(
            "<Worksheet ss:Name=\"Biểu 1\"><Table ss:ExpandedColumnCount=\"1\" ss:ExpandedRowCount=\"1\">\
             <Column ss:Index=\"5\" ss:Hidden=\"1\" ss:Span=\"1\"/>\
             <Row ss:Index=\"3\"><Cell ss:MergeAcross=\"1\" ss:MergeDown=\"1\"><Data ss:Type=\"String\">Đơn vị &amp; khác&#10;b</Data>\
             <Comment><ss:Data>ghi chú</ss:Data></Comment></Cell><Cell><Data ss:Type=\"Number\">12</Data></Cell></Row>\
             <Row ss:Hidden=\"1\"><Cell ss:Index=\"3\" ss:StyleID=\"s21\"><Data ss:Type=\"Number\">0.455</Data></Cell>\
             <Cell ss:Formula=\"=RC[-1]\"><Data ss:Type=\"Error\">#DIV/0!</Data></Cell><Cell ss:Formula=\"=1\"/>\
             <Cell><Data ss:Type=\"Boolean\">1</Data></Cell><Cell ss:StyleID=\"s23\"><Data ss:Type=\"DateTime\">2024-05-01T00:00:00.000</Data></Cell>\
             <Cell><Data ss:Type=\"Number\">abc</Data></Cell><Cell ss:StyleID=\"s22\"><Data ss:Type=\"String\">N÷ d©n téc</Data></Cell>\
             <Cell><ss:Data ss:Type=\"String\"><B>Tổng </B><Font html:Face=\"VNI-Times\">soá nöõ</Font></ss:Data></Cell></Row>\
             <Row ss:Index=\"1048577\"><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row>\
             </Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>\
             <Worksheet ss:Name=\"Trống\"/>",
        );
        let (workbook, problems) = open("a.xls", text.as_bytes());
        let workbook = workbook.unwrap();
        let sheet = &workbook.sheets[0];
        assert_eq!(
            (
                workbook.kind,
                workbook.sheets.len(),
                sheet.name.as_str(),
                sheet.hidden
            ),
            ("xml", 2, "Biểu 1", true)
        );
        let text = |t: &str| Some(Value::Text(t.into()));
        for (address, expected) in [
            ("A3", text("Đơn vị & khác\nb")),
            ("C3", Some(Value::Number(12.0))),
            ("C4", Some(Value::Number(0.455))),
            ("D4", Some(Value::Error("#DIV/0!".into()))),
            ("E4", Some(Value::FormulaWithoutValue)),
            ("F4", Some(Value::Bool(true))),
            ("G4", Some(Value::Date(2024, 5, 1))),
            ("H4", Some(Value::Error("#NUM!".into()))),
            ("I4", text("Nữ dân tộc")),
            ("J4", text("Tổng số nữ")),
            ("B3", None),
        ] {
            assert_eq!(cell(sheet, address), expected, "{address}");
        }
        assert!(sheet.get(3, 2).unwrap().percent);
        assert_eq!(sheet.merges.len(), 1);
        assert_eq!(
            (sheet.hidden_rows.clone(), sheet.hidden_columns.clone()),
            (vec![3], vec![4, 5])
        );
        assert_eq!(
            kinds(&problems),
            ["cells-outside-grid", "lines-hidden", "text-mended", "text-mended"]
        );
        assert_eq!(sheet.repairs[0].raw, "N÷ d©n téc");
    }

    #[test]
    fn an_xml_workbook_cut_short_is_damaged() {
        let whole = book(
            "<Worksheet ss:Name=\"A\"><Table><Row><Cell><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet>",
        );
        for length in [whole.len() - 1, whole.len() - 40, whole.len() - 80] {
            let (workbook, problems) = open("a.xls", &whole.as_bytes()[..length]);
            assert_eq!((workbook, kinds(&problems)), (None, vec!["file-damaged"]));
        }
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain(whole.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(open("a.xls", &utf16).0.unwrap().sheets[0].cells.len(), 1);
    }
}
