//! One sheet of an xlsx file.
//!
//! Holds: the `dimension` element is not believed; a cell without an address follows the one before
//! it; a sheet that ends early is refused whole, because half a sheet would pass for a small one.

use std::io::BufRead;

use quick_xml::events::{BytesStart, Event};

use super::formats::Format;
use super::limits::Budget;
use super::sheet::{self, Sheet, shortened};
use super::xml::{self, Xml, attributes, malformed};
use super::{Trouble, dates, strings};
use crate::intake::grid::{Grid, Value};
use crate::origin::CellAddress;
use crate::problem::Kind;

/// What the sheets of a file share.
pub(super) struct Context<'a> {
    pub part: &'a str,
    pub styles: &'a [Format],
    pub texts: &'a [Box<str>],
    pub from_1904: bool,
}

pub(super) fn read(
    source: impl BufRead,
    context: &Context<'_>,
    name: String,
    hidden: bool,
    budget: &mut Budget,
) -> Result<(Grid, Vec<Kind>), Trouble> {
    let mut xml = Xml::new(source, context.part);
    let mut out = Sheet::new(name, hidden, budget);
    let mut next = Position::default();
    let mut root_seen = false;
    // One for all cells: a sheet has hundreds of thousands.
    let mut cell = RawCell::default();
    loop {
        let mut in_cell = false;
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "worksheet" => root_seen = true,
                "row" => next.start_row(&start),
                "c" => {
                    cell.start(&start, &mut next);
                    in_cell = true;
                }
                "mergeCell" => {
                    let [range] = attributes(&start, ["ref"]);
                    if let Some((first, last)) = range.as_deref().and_then(sheet::parse_range) {
                        out.merge(first, last);
                    }
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "row" => next.end_row(),
            Event::Eof if root_seen => break,
            Event::Eof => return Err(malformed(context.part)),
            _ => {}
        }
        if in_cell {
            cell.read_content(&mut xml, context.part)?;
            match cell.at {
                None => out.refuse_outside(),
                Some(at) => {
                    if let Some((value, percent)) = cell.value(context) {
                        out.add(at.row, at.column, value, percent)?;
                    }
                }
            }
        }
    }
    Ok(out.finish())
}

/// Where the next row and cell lie if they do not say so themselves.
#[derive(Default)]
struct Position {
    row: u32,
    column: u32,
}

impl Position {
    fn start_row(&mut self, start: &BytesStart<'_>) {
        let [number] = attributes(start, ["r"]);
        let number = number.and_then(|n| n.trim().parse::<u32>().ok());
        if let Some(row) = number.and_then(|n| n.checked_sub(1)) {
            self.row = row;
        }
        self.column = 0;
    }

    fn end_row(&mut self) {
        self.row = self.row.saturating_add(1);
        self.column = 0;
    }
}

/// What the `t` of a cell says that its value is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
enum Type {
    #[default]
    Number,
    Shared,
    /// The result of a formula.
    Text,
    Bool,
    Error,
    Date,
}

/// A cell as it is written.
#[derive(Default)]
struct RawCell {
    at: Option<CellAddress>,
    style: Option<usize>,
    kind: Type,
    formula: bool,
    value: String,
    inline: Option<String>,
}

impl RawCell {
    fn start(&mut self, start: &BytesStart<'_>, next: &mut Position) {
        self.at = Some(CellAddress::new(next.row, next.column));
        self.style = None;
        self.kind = Type::Number;
        self.formula = false;
        self.value.clear();
        self.inline = None;
        // None of these values holds an entity in a file that any program writes.
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.local_name().as_ref() {
                "r" => self.at = sheet::parse_address(&attribute.value),
                "s" => self.style = attribute.value.trim().parse().ok(),
                "t" => {
                    self.kind = match attribute.value.as_ref() {
                        "s" => Type::Shared,
                        "str" | "inlineStr" => Type::Text,
                        "b" => Type::Bool,
                        "e" => Type::Error,
                        "d" => Type::Date,
                        _ => Type::Number,
                    };
                }
                _ => {}
            }
        }
        let column = self.at.map_or(next.column, |at| at.column);
        next.column = column.saturating_add(1);
    }

    fn read_content<R: BufRead>(&mut self, xml: &mut Xml<R>, part: &str) -> Result<(), Trouble> {
        enum Inside {
            Value,
            Inline,
            Other,
        }
        loop {
            let inside = match xml.next()? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "v" => Inside::Value,
                    "is" => Inside::Inline,
                    name => {
                        self.formula |= name == "f";
                        Inside::Other
                    }
                },
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(malformed(part)),
                _ => continue,
            };
            match inside {
                Inside::Inline => self.inline = Some(strings::rich_text(xml, part)?),
                Inside::Other => xml.skip()?,
                Inside::Value => loop {
                    match xml.next()? {
                        Event::Start(_) | Event::Eof => return Err(malformed(part)),
                        Event::End(_) => break,
                        event => xml::push_text(&mut self.value, &event),
                    }
                },
            }
        }
    }

    /// What the cell holds and whether it is shown as a percentage; none for a blank one.
    fn value(&mut self, context: &Context<'_>) -> Option<(Value, bool)> {
        let plain = |value| Some((value, false));
        if let Some(text) = self.inline.take() {
            return plain(Value::Text(text));
        }
        let trimmed = self.value.trim();
        if trimmed.is_empty() {
            // A formula that gives "" is stored as an empty text; one that was never computed has nothing.
            let pending = self.formula && self.kind != Type::Text;
            return pending.then_some((Value::FormulaWithoutValue, false));
        }
        match self.kind {
            Type::Shared => plain(
                match trimmed.parse::<usize>().ok().and_then(|i| context.texts.get(i)) {
                    Some(text) => Value::Text(text.to_string()),
                    None => Value::Error("#STRING!".to_owned()),
                },
            ),
            Type::Text => plain(Value::Text(shortened(strings::unescaped(self.value.clone())))),
            Type::Bool => plain(match trimmed {
                "1" | "true" | "TRUE" => Value::Bool(true),
                "0" | "false" | "FALSE" => Value::Bool(false),
                _ => Value::Error("#BOOL!".to_owned()),
            }),
            Type::Error => plain(Value::Error(shortened(trimmed.to_owned()))),
            Type::Date => plain(match dates::from_iso(trimmed) {
                Some((year, month, day)) => Value::Date(year, month, day),
                None => Value::Error("########".to_owned()),
            }),
            Type::Number => {
                let format = self.style.and_then(|s| context.styles.get(s));
                let format = format.copied().unwrap_or_default();
                match trimmed.parse::<f64>() {
                    Ok(number) => Some(sheet::formatted(number, format, context.from_1904)),
                    Err(_) => plain(Value::Error("#NUM!".to_owned())),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_rows(rows: &str) -> Result<(Grid, Vec<Kind>), Trouble> {
        let text = format!("<worksheet><dimension ref='$A:A'/><sheetData>{rows}</sheetData></worksheet>");
        let texts: Vec<Box<str>> = vec!["Nữ".into()];
        let context = Context {
            part: "p",
            styles: &[Format::Plain, Format::Percent, Format::Date],
            texts: &texts,
            from_1904: false,
        };
        super::read(text.as_bytes(), &context, "S".into(), false, &mut Budget::new())
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
            texts: &[],
            from_1904: false,
        };
        let read = |text: &str| super::read(text.as_bytes(), &context, "S".into(), false, &mut Budget::new());
        let whole = "<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c><x:v>4</x:v></x:c></x:row></x:sheetData>\
                     <x:mergeCells><x:mergeCell ref='A1:B2'/><x:mergeCell ref='bad'/></x:mergeCells></x:worksheet>";
        let (grid, _) = read(whole).unwrap();
        assert_eq!((grid.cells.len(), grid.merges.len()), (1, 1));
        for cut in [
            "<x:worksheet><x:sheetData><x:row><x:c><x:v>4</x:v>",
            "",
            "<html></html>",
        ] {
            assert!(read(cut).is_err(), "{cut}");
        }
    }
}
