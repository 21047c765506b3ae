//! xlsb: the binary form of xlsx.
//!
//! Holds: records are read as a stream; those of no interest are passed over without being kept.
//! Law: [MS-XLSB].

use std::collections::BTreeMap;

use super::archive::Archive;
use super::binary::{self, f64_at, u16_at, u32_at, utf16};
use super::formats::{self, Format};
use super::sheet::{self, Sheet, SheetRead, shortened};
use super::xlsx::Style;
use super::{Gathered, Trouble, damaged, limits, xlsx};
use crate::intake::grid::Value;
use crate::origin::CellAddress;
use crate::text::legacy::Font;

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let archive = Archive::open(bytes)?;
    let workbook = xlsx::find_workbook(&archive, "workbook.bin")?;
    let relations = xlsx::relations(&archive, &workbook)?;
    let book = Book::read(&archive.part(&workbook)?, &workbook)?;
    let styles = match xlsx::target(&relations, "/styles") {
        Some(part) if archive.has(part) => styles(&archive.part(part)?, part)?,
        _ => Vec::new(),
    };
    let strings = match xlsx::target(&relations, "/sharedStrings") {
        Some(part) if archive.has(part) => strings(&archive.part(part)?, part, &mut out.budget)?,
        _ => Vec::new(),
    };
    if book.sheets.is_empty() {
        return Err(damaged("không có trang tính nào", "it has no sheet"));
    }
    for entry in &book.sheets {
        let relation = relations.iter().find(|r| r.id == entry.relation);
        if relation.is_some_and(|r| !r.kind.ends_with("/worksheet")) {
            continue;
        }
        let part = relation.map_or("", |r| r.target.as_str());
        let sheet = Sheet::new(entry.name.clone(), entry.hidden, &mut out.budget);
        let read = archive.part(part).and_then(|source| {
            SheetReader {
                styles: &styles,
                strings: &strings,
                from_1904: book.from_1904,
                row: None,
                column: None,
                out: sheet,
            }
            .read(&source, part)
        });
        out.sheet(&entry.name, read)?;
    }
    Ok(())
}

struct Book {
    sheets: Vec<SheetEntry>,
    from_1904: bool,
}

struct SheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

impl Book {
    fn read(source: &[u8], part: &str) -> Result<Self, Trouble> {
        let mut book = Book {
            sheets: Vec::new(),
            from_1904: false,
        };
        let mut records = Records::new(source, part);
        while let Some((kind, data)) = records.next(&[WORKBOOK_PROPERTIES, BUNDLE_SHEET])? {
            if kind == WORKBOOK_PROPERTIES {
                book.from_1904 = u32_at(data, 0).is_some_and(|flags| flags & 1 != 0);
            } else if book.sheets.len() >= limits::SHEETS {
                return Err(xlsx::too_many_sheets());
            } else {
                let (relation, after) = wide(data, 8).ok_or_else(|| cut_short(part))?;
                let (name, _) = wide(data, after).ok_or_else(|| cut_short(part))?;
                book.sheets.push(SheetEntry {
                    name,
                    hidden: u32_at(data, 0).is_some_and(|state| state & 3 != 0),
                    relation,
                });
            }
        }
        Ok(book)
    }
}

/// Format and font of each cell style, by its index.
fn styles(source: &[u8], part: &str) -> Result<Vec<Style>, Trouble> {
    let mut fonts = Vec::new();
    let mut own: BTreeMap<u16, Format> = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    let mut records = Records::new(source, part);
    while let Some((kind, data)) = records.next(&[FORMAT, FONT, XF, BEGIN_CELL_STYLES, END_CELL_STYLES])? {
        match kind {
            FORMAT => {
                if let (Some(id), Some((code, _))) = (u16_at(data, 0), wide(data, 2)) {
                    own.insert(id, formats::by_code(&code));
                }
            }
            FONT => fonts.push(wide(data, 21).map_or(Font::Any, |(name, _)| Font::named(&name))),
            XF if in_cell_styles => {
                let id = u16_at(data, 2).unwrap_or(0);
                let declared = own.get(&id).copied();
                let font = u16_at(data, 4).and_then(|font| fonts.get(usize::from(font)));
                styles.push(Style {
                    format: declared.unwrap_or_else(|| formats::built_in(u32::from(id))),
                    font: font.copied().unwrap_or_default(),
                });
            }
            XF => {}
            kind => in_cell_styles = kind == BEGIN_CELL_STYLES,
        }
    }
    Ok(styles)
}

/// The shared texts by their index; none in the place of one that ends early.
fn strings(source: &[u8], part: &str, budget: &mut limits::Budget) -> Result<Vec<Option<Box<str>>>, Trouble> {
    let mut strings = Vec::new();
    let mut records = Records::new(source, part);
    while let Some((_, data)) = records.next(&[SHARED_STRING])? {
        if strings.len() >= limits::CELLS {
            return Err(limits::too_many_cells());
        }
        let text = wide(data, 1).map(|(text, _)| shortened(text).into_boxed_str());
        budget.take_text(text.as_deref().map_or(0, str::len))?;
        strings.push(text);
    }
    Ok(strings)
}

struct SheetReader<'a, 'b> {
    styles: &'a [Style],
    strings: &'a [Option<Box<str>>],
    from_1904: bool,
    row: Option<u32>,
    column: Option<u32>,
    out: Sheet<'b>,
}

impl SheetReader<'_, '_> {
    fn read(mut self, source: &[u8], part: &str) -> Result<SheetRead, Trouble> {
        // Cell records have the numbers 1 to 18; 62 is a cell with rich text.
        let wanted: Vec<u16> = (ROW..=18).chain([COLUMNS, RICH_CELL, MERGE, END_SHEET]).collect();
        let mut records = Records::new(source, part);
        while let Some((kind, data)) = records.next(&wanted)? {
            match kind {
                END_SHEET => return Ok(self.out.finish()),
                ROW => {
                    self.row = u32_at(data, 0);
                    self.column = None;
                    if let (Some(row), true) = (self.row, data.get(11).is_some_and(|flags| flags & 0x10 != 0))
                    {
                        self.out.hide_row(row);
                    }
                }
                COLUMNS => {
                    if let (Some(first), Some(last), Some(1)) = (
                        u32_at(data, 0),
                        u32_at(data, 4),
                        u16_at(data, 16).map(|flags| flags & 1),
                    ) {
                        self.out.hide_columns(first, last);
                    }
                }
                MERGE => {
                    let field = |at| u32_at(data, at).unwrap_or(u32::MAX);
                    let first = CellAddress::new(field(0), field(8));
                    self.out.merge(first, CellAddress::new(field(4), field(12)));
                }
                _ => self.cell(kind, data)?,
            }
        }
        // Half a sheet would pass for a small one.
        Err(cut_short(part))
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Result<(), Trouble> {
        // The short records leave the column out: it follows the one before.
        let short = (12..=18).contains(&kind);
        let column = if short {
            self.column.map_or(Some(0), |c| c.checked_add(1))
        } else {
            u32_at(data, 0)
        };
        let (Some(row), Some(column)) = (self.row, column) else {
            self.out.refuse_outside();
            return Ok(());
        };
        self.column = Some(column);
        let body = if short { 4 } else { 8 };
        let style = u32_at(data, body - 4).map(|style| (style & 0x00FF_FFFF) as usize);
        let style = style
            .and_then(|style| self.styles.get(style))
            .copied()
            .unwrap_or_default();
        match self.value(kind, data, body, style) {
            Some((Value::Text(text), _)) => self.out.add_text(row, column, text, &style.font.into()),
            Some((value, percent)) => self.out.add(row, column, value, percent),
            None => Ok(()),
        }
    }

    /// What a cell holds, and whether as a percentage; none if it is blank. A record that ends early
    /// costs its cell, which stays as an error.
    fn value(&self, kind: u16, data: &[u8], body: usize, style: Style) -> Option<(Value, bool)> {
        let number = |number: Option<f64>| match number {
            Some(number) => sheet::formatted(number, style.format, self.from_1904),
            None => (sheet::number(f64::NAN), false),
        };
        let plain = |value: Option<Value>| {
            let unreadable = || Value::Error("#STRING!".to_owned());
            (value.unwrap_or_else(unreadable), false)
        };
        let byte = data.get(body).copied();
        Some(match kind {
            1 | 12 => return None,
            2 | 13 => number(u32_at(data, body).map(binary::packed_number)),
            3 | 11 | 14 => (binary::error(byte.unwrap_or(u8::MAX)), false),
            4 | 10 | 15 => plain(byte.map(|byte| Value::Bool(byte != 0))),
            5 | 9 | 16 => number(f64_at(data, body)),
            6 | 8 | 17 => plain(wide(data, body).map(|(text, _)| Value::Text(shortened(text)))),
            RICH_CELL => plain(wide(data, body + 1).map(|(text, _)| Value::Text(shortened(text)))),
            _ => {
                let index = u32_at(data, body).map(|index| index as usize);
                let text = index.and_then(|index| self.strings.get(index)?.as_deref());
                plain(text.map(|text| Value::Text(text.to_owned())))
            }
        })
    }
}

/// A text after its length in four bytes, and where it ends. No text at all has the length -1.
fn wide(data: &[u8], at: usize) -> Option<(String, usize)> {
    let start = at.checked_add(4)?;
    let length = match u32_at(data, at)? {
        u32::MAX => 0,
        length => (length as usize).checked_mul(2)?,
    };
    let end = start.checked_add(length)?;
    Some((utf16(data.get(start..end)?), end))
}

/// Records of one part: a number and a length in bytes of seven bits, then the data.
struct Records<'s> {
    rest: &'s [u8],
    part: String,
}

impl<'s> Records<'s> {
    fn new(source: &'s [u8], part: &str) -> Self {
        Records {
            rest: source,
            part: part.to_owned(),
        }
    }

    /// The next record of one of these kinds; none at the end of the part.
    fn next(&mut self, kinds: &[u16]) -> Result<Option<(u16, &'s [u8])>, Trouble> {
        while !self.rest.is_empty() {
            let (kind, data) = self.one().ok_or_else(|| cut_short(&self.part))?;
            if kinds.contains(&kind) {
                return Ok(Some((kind, data)));
            }
        }
        Ok(None)
    }

    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let first = self.byte()?;
        let mut kind = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            kind |= u16::from(self.byte()? & 0x7F) << 7;
        }
        let mut length = 0usize;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (data, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        Some((kind, data))
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }
}

fn cut_short(part: &str) -> Trouble {
    damaged(
        &format!("phần {part} bị cắt cụt hoặc sai cấu trúc xlsb"),
        &format!("the part {part} is cut short, or not built as an xlsb"),
    )
}

const ROW: u16 = 0;
const SHARED_STRING: u16 = 19;
const FONT: u16 = 43;
const FORMAT: u16 = 44;
const XF: u16 = 47;
const COLUMNS: u16 = 60;
const RICH_CELL: u16 = 62;
const END_SHEET: u16 = 130;
const WORKBOOK_PROPERTIES: u16 = 153;
const BUNDLE_SHEET: u16 = 156;
const MERGE: u16 = 176;
const BEGIN_CELL_STYLES: u16 = 617;
const END_CELL_STYLES: u16 = 618;
