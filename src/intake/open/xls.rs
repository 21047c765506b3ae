//! xls: workbooks of Excel 97 to 2003 (BIFF8), and of Excel 5 and 95 (BIFF5).
//!
//! Read here and not by a library: the one there is builds a dense table from the far corner of a
//! sheet and asks for memory by numbers that stand in the file; every twenty-fifth damaged file
//! ended the whole program.
//! Holds: every access is checked; a bad cell costs that cell, a sheet that is cut short is refused whole.
//! Law: [MS-XLS].

use std::collections::BTreeMap;

use encoding_rs::Encoding;

use super::binary::{u16_at, u32_at};
use super::compound::Compound;
use super::formats::{self, Format};
use super::sheet::{self, Fonts, Sheet, SheetRead};
use super::xls_cells::{FormulaResult, Found, cell_value, formula_result, merges, several_numbers};
use super::xls_records::{
    BOF, BOOL_ERR, BOUND_SHEET, CODE_PAGE, COLUMNS, DATE_MODE, EOF, FILE_PASS, FONT, FORMAT, FORMULA, LABEL,
    LABEL_SST, MERGE_CELLS, MUL_RK, NUMBER, RICH_LABEL, RK, ROW, Records, SST, STRING, XF,
};
use super::xls_strings::{Texts, XlsText};
use super::xlsx::Style;
use super::{Gathered, Trouble, damaged, limits, xlsx};
use crate::intake::grid::Value;
use crate::text::legacy::Font;

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let compound = Compound::open(bytes)?;
    let stream = match compound.stream("Workbook")? {
        Some(stream) => stream,
        None => compound.stream("Book")?.ok_or_else(cut_short)?,
    };
    let globals = Globals::read(&stream, &mut out.budget)?;
    if globals.sheets.is_empty() {
        return Err(damaged("không có trang tính nào", "it has no sheet"));
    }
    for entry in &globals.sheets {
        let sheet = Sheet::new(entry.name.clone(), entry.hidden, &mut out.budget);
        let read = read_sheet(&stream, entry.position, &globals, sheet);
        out.sheet(&entry.name, read)?;
    }
    Ok(())
}

/// What stands before the sheets.
pub(super) struct Globals {
    sheets: Vec<SheetEntry>,
    pub(super) strings: Vec<XlsText>,
    fonts: Vec<Font>,
    styles: Vec<Style>,
    pub(super) texts: Texts,
    from_1904: bool,
}

struct SheetEntry {
    name: String,
    hidden: bool,
    position: usize,
}

impl Globals {
    fn read(stream: &[u8], budget: &mut limits::Budget) -> Result<Self, Trouble> {
        let mut globals = Globals {
            sheets: Vec::new(),
            strings: Vec::new(),
            fonts: Vec::new(),
            styles: Vec::new(),
            texts: Texts::default(),
            from_1904: false,
        };
        let mut own: BTreeMap<u16, Format> = BTreeMap::new();
        let mut style_formats = Vec::new();
        for record in Records::from(stream, 0) {
            let data = record.first();
            match record.kind {
                BOF if u16_at(data, 0).is_some_and(|version| version < 0x0600) => {
                    globals.texts.wide = false;
                }
                // Excel marks "protected from change" with a known password; that too is encrypted.
                FILE_PASS => return Err(Trouble::Encrypted),
                CODE_PAGE => globals.texts.encoding = code_page(u16_at(data, 0).unwrap_or(0)),
                DATE_MODE => globals.from_1904 = u16_at(data, 0) == Some(1),
                FORMAT => {
                    let id = u16_at(data, 0);
                    let code = globals.texts.format_code(&mut record.segments(2));
                    if let (Some(id), Some(code)) = (id, code) {
                        own.insert(id, formats::by_code(&code));
                    }
                }
                FONT => {
                    let name = globals.texts.short(&mut record.segments(14)).unwrap_or_default();
                    globals.fonts.push(Font::named(&name));
                }
                XF => style_formats.push((u16_at(data, 0).unwrap_or(0), u16_at(data, 2).unwrap_or(0))),
                BOUND_SHEET => {
                    // Charts, macros and dialogues are sheets too; only type 0 holds cells.
                    if data.get(5) != Some(&0) {
                        continue;
                    }
                    if globals.sheets.len() >= limits::SHEETS {
                        return Err(xlsx::too_many_sheets());
                    }
                    let position = u32_at(data, 0).ok_or_else(cut_short)?;
                    globals.sheets.push(SheetEntry {
                        name: globals.texts.short(&mut record.segments(6)).unwrap_or_default(),
                        hidden: data.get(4).is_some_and(|state| state & 3 != 0),
                        position: position as usize,
                    });
                }
                SST => globals.strings = globals.texts.shared(&mut record.segments(0), budget)?,
                EOF => {
                    globals.styles = style_formats
                        .iter()
                        .map(|(font, id)| {
                            let declared = own.get(id).copied();
                            Style {
                                format: declared.unwrap_or_else(|| formats::built_in(u32::from(*id))),
                                font: globals.font(*font),
                            }
                        })
                        .collect();
                    return Ok(globals);
                }
                _ => {}
            }
        }
        Err(cut_short())
    }

    /// A number under the format of its cell.
    pub(super) fn number(&self, number: f64, style: u16) -> (Value, bool) {
        sheet::formatted(number, self.style(style).format, self.from_1904)
    }

    fn style(&self, style: u16) -> Style {
        self.styles.get(usize::from(style)).copied().unwrap_or_default()
    }

    /// A font by its number. There is none with the number 4, by an old rule of the format.
    fn font(&self, number: u16) -> Font {
        let at = usize::from(number) - usize::from(number > 4);
        self.fonts.get(at).copied().unwrap_or_default()
    }

    fn fonts(&self, text: &XlsText, style: u16) -> Fonts {
        Fonts {
            base: self.style(style).font,
            parts: text
                .runs
                .iter()
                .map(|(at, font)| (*at, self.font(*font)))
                .collect(),
        }
    }
}

fn read_sheet(
    stream: &[u8],
    position: usize,
    globals: &Globals,
    mut out: Sheet<'_>,
) -> Result<SheetRead, Trouble> {
    let mut depth = 0u32;
    // A formula whose result is a text is followed by a record with the text.
    let mut pending: Option<(u32, u32, u16)> = None;
    for record in Records::from(stream, position) {
        match record.kind {
            BOF => depth += 1,
            _ if depth == 0 => return Err(cut_short()),
            EOF if depth == 1 => return Ok(out.finish()),
            EOF => depth -= 1,
            // Inside a chart that lies on the sheet: its cells are not the sheet's.
            _ if depth > 1 => {}
            MERGE_CELLS => merges(record.first(), &mut out),
            STRING => {
                if let Some((row, column, style)) = pending.take()
                    && let Some(text) = globals.texts.long(&mut record.segments(0))
                {
                    let fonts = globals.fonts(&text, style);
                    out.add_text(row, column, text.text, &fonts)?;
                }
            }
            ROW => {
                let hidden = u16_at(record.first(), 12).is_some_and(|flags| flags & 0x20 != 0);
                if let (true, Some(row)) = (hidden, u16_at(record.first(), 0)) {
                    out.hide_row(u32::from(row));
                }
            }
            COLUMNS => {
                let field = |at| u16_at(record.first(), at);
                if let (Some(first), Some(last), Some(1)) =
                    (field(0), field(2), field(8).map(|flags| flags & 1))
                {
                    out.hide_columns(u32::from(first), u32::from(last));
                }
            }
            MUL_RK => several_numbers(record.first(), globals, &mut out)?,
            NUMBER | RK | LABEL | RICH_LABEL | LABEL_SST | BOOL_ERR | FORMULA => {
                let data = record.first();
                let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else {
                    out.refuse_outside();
                    continue;
                };
                let style = u16_at(data, 4).unwrap_or(0);
                let at = (u32::from(row), u32::from(column));
                if record.kind == FORMULA {
                    let text = formula_result(data) == Some(FormulaResult::Text);
                    pending = text.then_some((at.0, at.1, style));
                }
                match cell_value(&record, style, globals) {
                    Some(Found::Value(value, percent)) => out.add(at.0, at.1, value, percent)?,
                    Some(Found::Text(text)) => {
                        let fonts = globals.fonts(&text, style);
                        out.add_text(at.0, at.1, text.text, &fonts)?;
                    }
                    None => {}
                }
            }
            _ => {}
        }
    }
    Err(cut_short())
}

fn code_page(number: u16) -> &'static Encoding {
    match number {
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1258 => encoding_rs::WINDOWS_1258,
        932 => encoding_rs::SHIFT_JIS,
        936 => encoding_rs::GBK,
        949 => encoding_rs::EUC_KR,
        950 => encoding_rs::BIG5,
        10000 => encoding_rs::MACINTOSH,
        _ => encoding_rs::WINDOWS_1252,
    }
}

fn cut_short() -> Trouble {
    damaged(
        "nội dung bị cắt cụt hoặc sai cấu trúc xls",
        "it is cut short, or not built as an xls",
    )
}

#[cfg(test)]
mod tests {
    use super::super::limits::Budget;
    use super::*;
    use crate::origin::CellAddress;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = (data.len() as u16).to_le_bytes();
        [&kind.to_le_bytes()[..], &length, data].concat()
    }

    /// Position of a cell and its style, then the rest of its record.
    fn cell(kind: u16, row: u16, column: u16, body: &[u8]) -> Vec<u8> {
        let head = [row.to_le_bytes(), column.to_le_bytes(), [0, 0]].concat();
        record(kind, &[&head, body].concat())
    }

    fn read(
        version: u16,
        globals: &[Vec<u8>],
        sheet: &[Vec<u8>],
    ) -> Result<crate::intake::grid::Grid, Trouble> {
        let bof = record(BOF, &[&version.to_le_bytes()[..], &[0; 6]].concat());
        let stream = [bof.clone(), globals.concat(), record(EOF, &[])].concat();
        let position = stream.len();
        let stream = [stream, bof, sheet.concat()].concat();
        let mut budget = Budget::new();
        let globals = Globals::read(&stream, &mut budget)?;
        let out = Sheet::new("S".into(), false, &mut budget);
        read_sheet(&stream, position, &globals, out).map(|read| read.grid)
    }

    #[test]
    fn results_of_formulas_and_packed_numbers() {
        let string = [&[0u8; 6][..], &[0xFF, 0xFF], &[0; 8]].concat();
        let error = [2, 0, 7, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0];
        let rk = |value: u32| ((value << 2) | 2).to_le_bytes().to_vec();
        let pairs = [vec![0, 0], rk(5), vec![0, 0], rk(6), vec![3, 0]].concat();
        let mul = [vec![1, 0, 2, 0], pairs].concat();
        let sheet = [
            cell(FORMULA, 0, 0, &string),
            record(0x04BC, &[0; 10]),
            record(STRING, &[2, 0, 1, b'a', 0, 0xEF, 0x1E]),
            cell(FORMULA, 0, 1, &error),
            cell(FORMULA, 0, 2, &[&2.5f64.to_le_bytes()[..], &[0; 8]].concat()),
            cell(BOOL_ERR, 0, 3, &[1, 0]),
            // A chart on the sheet, with cells of its own.
            record(BOF, &[0; 8]),
            cell(NUMBER, 0, 9, &9f64.to_le_bytes()),
            record(EOF, &[]),
            record(MUL_RK, &mul),
            record(MERGE_CELLS, &[1, 0, 0, 0, 1, 0, 0, 0, 3, 0]),
            record(EOF, &[]),
        ];
        let grid = read(0x0600, &[], &sheet).unwrap();
        let values: Vec<_> = grid.cells.iter().map(|c| c.value.clone()).collect();
        assert_eq!(
            values,
            [
                Value::Text("aữ".into()),
                Value::Error("#DIV/0!".into()),
                Value::Number(2.5),
                Value::Bool(true),
                Value::Number(5.0),
                Value::Number(6.0),
            ]
        );
        assert_eq!(grid.cells[5].at, CellAddress::new(1, 3));
        assert_eq!(grid.merges.len(), 1);
        assert!(read(0x0600, &[], &sheet[..11]).is_err());
    }

    #[test]
    fn older_files_use_a_code_page() {
        let globals = [record(CODE_PAGE, &1258u16.to_le_bytes())];
        let sheet = [
            cell(LABEL, 0, 0, b"\x03\0N\xFD\xDE"),
            cell(NUMBER, 0, 1, &7f64.to_le_bytes()),
            record(EOF, &[]),
        ];
        let grid = read(0x0500, &globals, &sheet).unwrap();
        assert_eq!(grid.cells[0].value, Value::Text("Nữ".into()));
        assert_eq!(grid.cells[1].value, Value::Number(7.0));
    }

    #[test]
    fn a_password_is_named() {
        let globals = [record(FILE_PASS, &[1, 0])];
        assert_eq!(read(0x0600, &globals, &[]), Err(Trouble::Encrypted));
    }
}
