//! One sheet of an xlsx file.
//!
//! Holds: the `dimension` element is not believed; a cell without an address follows the one before
//! it; a sheet that ends early is refused whole, because half a sheet would pass for a small one.

use super::limits::Budget;
use super::markup::{self, Broken, Markup, Piece, Tag, push_text};
use super::sheet::{self, Sheet, SheetRead, shortened};
use super::strings::{self, Texts};
use super::xlsx::Style;
use super::xlsx_cell::{RawCell, Type, Written, plain_cell};
use super::xml::malformed;
use super::{Trouble, dates};
use crate::intake::grid::Value;

/// What the sheets of a file share.
pub(super) struct Context<'a> {
    pub part: &'a str,
    pub styles: &'a [Style],
    pub texts: &'a Texts,
    pub from_1904: bool,
}

pub(super) fn read(
    bytes: &[u8],
    context: &Context<'_>,
    name: String,
    hidden: bool,
    budget: &mut Budget,
) -> Result<SheetRead, Trouble> {
    let bytes = markup::in_utf8(bytes);
    let mut reader = Reader {
        markup: Markup::new(&bytes),
        context,
        out: Sheet::new(name, hidden, budget),
        next: Position::default(),
        scratch: String::new(),
    };
    reader.read()?;
    Ok(reader.out.finish())
}

struct Reader<'a, 'b> {
    markup: Markup<'a>,
    context: &'a Context<'a>,
    out: Sheet<'b>,
    next: Position,
    /// For texts that must be put together; used again and again.
    scratch: String,
}

/// Where the next row and cell lie if they do not say so themselves.
#[derive(Default)]
struct Position {
    row: u32,
    column: u32,
}

impl<'a> Reader<'a, '_> {
    fn read(&mut self) -> Result<(), Trouble> {
        let broken = |Broken| malformed(self.context.part);
        let (mut root_seen, mut in_data) = (false, false);
        loop {
            if in_data && let Some((cell, length)) = plain_cell(self.markup.rest()) {
                self.markup.advance(length);
                self.take(cell)?;
                continue;
            }
            match self.markup.next().map_err(broken)? {
                Some(Piece::Start(tag)) => match tag.name {
                    b"c" if in_data => {
                        let cell = self.cell(&tag).map_err(broken)?;
                        self.take(cell)?;
                    }
                    b"row" if in_data => self.start_row(&tag),
                    b"sheetData" => in_data = !tag.empty,
                    b"worksheet" => root_seen = true,
                    b"col" => {
                        let ends = (tag.number::<u32>(b"min"), tag.number::<u32>(b"max"));
                        if let (true, (Some(first), Some(last))) = (tag.is_true(b"hidden"), ends) {
                            self.out
                                .hide_columns(first.saturating_sub(1), last.saturating_sub(1));
                        }
                    }
                    b"mergeCell" => {
                        if let Some((first, last)) = tag.raw(b"ref").and_then(sheet::parse_range) {
                            self.out.merge(first, last);
                        }
                    }
                    _ => {}
                },
                Some(Piece::End(b"row")) => self.next.end_row(),
                Some(Piece::End(b"sheetData")) => in_data = false,
                None if root_seen => return Ok(()),
                None => return Err(malformed(self.context.part)),
                _ => {}
            }
        }
    }

    fn start_row(&mut self, tag: &Tag<'_>) {
        if let Some(row) = tag.number::<u32>(b"r").and_then(|number| number.checked_sub(1)) {
            self.next.row = row;
        }
        self.next.column = 0;
        if tag.is_true(b"hidden") {
            self.out.hide_row(self.next.row);
        }
        if tag.empty {
            self.next.end_row();
        }
    }

    /// A cell that is not written the plain way: prefixes, comments, CDATA, rich text.
    fn cell(&mut self, tag: &Tag<'a>) -> Result<RawCell<'a>, Broken> {
        let mut cell = RawCell::new(tag.attributes());
        if tag.empty {
            return Ok(cell);
        }
        loop {
            match self.markup.next()?.ok_or(Broken)? {
                Piece::Start(inner) => match inner.name {
                    b"v" => {
                        let mut text = String::new();
                        self.markup.text_of(&inner, &mut text)?;
                        cell.written = Written::Text(text);
                    }
                    b"is" => {
                        let (text, runs) = strings::rich_text(&mut self.markup, &inner)?;
                        cell.written = Written::Rich(text, runs);
                    }
                    name => {
                        cell.formula |= name == b"f";
                        self.markup.skip(&inner)?;
                    }
                },
                Piece::End(_) => return Ok(cell),
                _ => {}
            }
        }
    }

    fn take(&mut self, cell: RawCell<'_>) -> Result<(), Trouble> {
        let (row, column) = match cell.at {
            None => (self.next.row, self.next.column),
            Some(Some(at)) => (at.row, at.column),
            Some(None) => {
                self.next.column = self.next.column.saturating_add(1);
                self.out.refuse_outside();
                return Ok(());
            }
        };
        self.next.column = column.saturating_add(1);
        let style = cell
            .style
            .and_then(|at| self.context.styles.get(at))
            .copied()
            .unwrap_or_default();
        let raw = match cell.written {
            Written::Nothing if !cell.formula => return Ok(()),
            Written::Nothing => &[],
            Written::Raw(raw) => raw,
            Written::Rich(text, runs) => {
                return self
                    .out
                    .add_text(row, column, text, &strings::fonts_in(&runs, style.font));
            }
            // Read already: what looks like an entity is none.
            Written::Text(text) => {
                self.scratch.clear();
                for (at, part) in text.split('&').enumerate() {
                    self.scratch.push_str(if at > 0 { "&amp;" } else { "" });
                    self.scratch.push_str(part);
                }
                let text = std::mem::take(&mut self.scratch);
                let done = self.value(row, column, (cell.kind, cell.formula), style, text.as_bytes());
                self.scratch = text;
                return done;
            }
        };
        self.value(row, column, (cell.kind, cell.formula), style, raw)
    }

    /// One value as it is written in XML.
    fn value(
        &mut self,
        row: u32,
        column: u32,
        (kind, formula): (Type, bool),
        style: Style,
        raw: &[u8],
    ) -> Result<(), Trouble> {
        let trimmed = raw.trim_ascii();
        if trimmed.is_empty() {
            // A formula that gives "" is stored as an empty text; one that was never computed has nothing.
            let pending = formula && kind != Type::Text;
            return match pending {
                true => self.out.add(row, column, Value::FormulaWithoutValue, false),
                false => Ok(()),
            };
        }
        let value = match kind {
            Type::Number => {
                let (value, percent) = match number(trimmed) {
                    Some(number) => sheet::formatted(number, style.format, self.context.from_1904),
                    None => (Value::Error("#NUM!".to_owned()), false),
                };
                return self.out.add(row, column, value, percent);
            }
            Type::Shared => match index(trimmed).and_then(|at| self.context.texts.get(at)) {
                Some(shared) => {
                    let fonts = shared.fonts(style.font);
                    return self.out.add_known_text(
                        row,
                        column,
                        shared.text.to_owned(),
                        shared.script,
                        &fonts,
                    );
                }
                None => Value::Error("#STRING!".to_owned()),
            },
            Type::Text => {
                let mut text = String::new();
                strings::push_escaped(&mut text, raw);
                return self
                    .out
                    .add_text(row, column, shortened(text), &style.font.into());
            }
            Type::Bool => match trimmed {
                b"1" | b"true" | b"TRUE" => Value::Bool(true),
                b"0" | b"false" | b"FALSE" => Value::Bool(false),
                _ => Value::Error("#BOOL!".to_owned()),
            },
            Type::Error => {
                let mut text = String::new();
                push_text(&mut text, trimmed);
                Value::Error(shortened(text))
            }
            Type::Date => match std::str::from_utf8(trimmed).ok().and_then(dates::from_iso) {
                Some((year, month, day)) => Value::Date(year, month, day),
                None => Value::Error("########".to_owned()),
            },
        };
        self.out.add(row, column, value, false)
    }
}

impl Position {
    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }
}

/// A number; whole ones, which nearly all are, straight from their digits.
fn number(text: &[u8]) -> Option<f64> {
    match index(text).filter(|_| text.len() <= 15) {
        Some(whole) => Some(whole as f64),
        None => std::str::from_utf8(text).ok()?.parse().ok(),
    }
}

/// Digits only.
fn index(text: &[u8]) -> Option<usize> {
    if text.is_empty() || text.len() > 18 {
        return None;
    }
    text.iter().try_fold(0, |number: usize, byte| match byte {
        b'0'..=b'9' => Some(number * 10 + usize::from(byte - b'0')),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::formats::Format;
    use super::*;
    use crate::intake::grid::Grid;
    use crate::problem::Kind;

    fn read_rows(rows: &str) -> Result<(Grid, Vec<Kind>), Trouble> {
        use super::super::strings::shared;
        let text = format!("<worksheet><dimension ref='$A:A'/><sheetData>{rows}</sheetData></worksheet>");
        let texts = shared(
            "<sst><si><t>Nữ</t></si></sst>".as_bytes(),
            "s",
            &mut Budget::new(),
        )?;
        let style = |format| Style {
            format,
            ..Style::default()
        };
        let context = Context {
            part: "p",
            styles: &[style(Format::Plain), style(Format::Percent), style(Format::Date)],
            texts: &texts,
            from_1904: false,
        };
        let read = super::read(text.as_bytes(), &context, "S".into(), false, &mut Budget::new())?;
        Ok((read.grid, read.problems))
    }

    #[test]
    fn every_kind_of_cell_becomes_what_it_is() {
        let (grid, problems) = read_rows(
            "<row r='2'><c t='s'><v>0</v></c><c><v>12</v></c><c s='1'><v>0.45</v></c><c s='2'><v>45413</v></c>\
             <c t='e'><v>#SPILL!</v></c><c><f>A1</f></c><c t='str'><f>A1</f><v></v></c><c><f>B2</f><v>3</v></c>\
             <c t='s'><v>-1</v></c><c><v>1e309</v></c><c t='b'><v>1</v></c><c t='inlineStr'><is><t>x</t></is></c>\
             <c s='1'/><c t='z'><v>5</v></c><c><v>abc</v></c><c t='d'><v>2024-05-01</v></c><c><f/><v/></c></row>\
             <row><c r='B3'><v>7</v></c><c><v>8</v></c></row>",
        )
        .unwrap();
        assert_eq!(problems, []);
        let row: Vec<&Value> = grid.row(1).iter().map(|c| &c.value).collect();
        let text = |s: &str| Value::Text(s.into());
        let error = |s: &str| Value::Error(s.into());
        assert_eq!(
            row,
            [
                &text("Nữ"),
                &Value::Number(12.0),
                &Value::Number(0.45),
                &Value::Date(2024, 5, 1),
                &error("#SPILL!"),
                &Value::FormulaWithoutValue,
                &Value::Number(3.0),
                &error("#STRING!"),
                &error("#NUM!"),
                &Value::Bool(true),
                &text("x"),
                &Value::Number(5.0),
                &error("#NUM!"),
                &Value::Date(2024, 5, 1),
                &Value::FormulaWithoutValue,
            ]
        );
        assert!(grid.get(1, 2).unwrap().percent);
        assert_eq!(grid.get(2, 1).unwrap().value, Value::Number(7.0));
        assert_eq!(grid.get(2, 2).unwrap().value, Value::Number(8.0));
        assert_eq!(grid.get(1, 12), None);
    }

    #[test]
    fn far_and_impossible_addresses_are_counted() {
        let (grid, problems) = read_rows(
            "<row r='1'><c r='XFD1048576'><v>1</v></c><c r='A99999999999999999999'><v>1</v></c><c r='XFE1'><v>1</v></c></row>",
        )
        .unwrap();
        assert_eq!(grid.cells.len(), 1);
        assert_eq!(problems, [Kind::CellsOutsideGrid { cells: 2 }]);
    }

    #[test]
    fn a_prefix_is_no_obstacle_and_an_early_end_is() {
        let context = Context {
            part: "p",
            styles: &[],
            texts: &Texts::default(),
            from_1904: false,
        };
        let read = |text: &str| super::read(text.as_bytes(), &context, "S".into(), false, &mut Budget::new());
        let whole = "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c><x:v>4</x:v></x:c></x:row></x:sheetData>\
                     <x:mergeCells><x:mergeCell ref='A1:B2'/><x:mergeCell ref='bad'/></x:mergeCells></x:worksheet>";
        let grid = read(whole).unwrap().grid;
        assert_eq!((grid.cells.len(), grid.merges.len()), (1, 1));
        for cut in [
            "<x:worksheet><x:sheetData><x:row><x:c><x:v>4</x:v>",
            "",
            "<html></html>",
        ] {
            assert!(read(cut).is_err(), "{cut}");
        }
    }

    #[test]
    fn what_is_written_plainly_and_what_is_not_are_the_same() {
        let plain = "<row r='1'><c r='A1' t='str'><f>1</f><v>a&amp;lt;b</v></c><c r='B1'><v>-1.5e3</v></c>\
                     <c r='C1' t='inlineStr'><is><t>x&#7919;</t></is></c><c r='D1' s='1'><f>2</f><v>0.5</v></c></row>";
        let odd = "<!-- x --><row r='1' ><c  r='A1'  t='str' ><f>1</f><!-- y --><v><![CDATA[a&lt;b]]></v></c><c t = 'n' r='B1'>\n<v> -1.5e3 </v>\n</c>\
                   <c r='C1' t='inlineStr'><is><r><t>x</t></r><r><t>&#x1EEF;</t></r></is></c><c s='1'><f t='shared' si='0'/><v>0.5</v><extLst/></c></row>";
        assert_eq!(read_rows(plain).unwrap(), read_rows(odd).unwrap());
    }

    #[test]
    fn hidden_rows_and_columns_are_read_and_told() {
        let (grid, problems) =
            read_rows("</sheetData><cols><col min='2' max='3' hidden='1'/></cols><sheetData><row r='2' hidden='1'><c r='B2'><v>7</v></c></row>").unwrap();
        assert_eq!((grid.hidden_rows, grid.hidden_columns), (vec![1], vec![1]));
        assert_eq!(problems, [Kind::LinesHidden { rows: 1, columns: 1 }]);
    }
}
