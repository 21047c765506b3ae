//! The part of one sheet: cells get the style of their mark, and the sheet a drawing for its comments.
//!
//! Holds: of a marked cell only its style changes; a cell that was not there is added empty, in the style of its row
//!        or column; everything else stays as it is written.
//! Law: ECMA-376 part 1, 18.3.1 (order of the elements of a sheet: 18.3.1.99).

use std::collections::BTreeMap;

use super::Unfit;
use super::absent;
use super::splice::{Seen, Splice, Whole, each, each_start};
use super::styles::{Colour, Styles};
use crate::intake::open::parse_address;
use crate::origin::CellAddress;

/// Elements before which `legacyDrawing` stands.
const BEHIND_THE_DRAWING: [&str; 11] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
    "customControls",
    "background",
];

/// Colours cells. Gives the text, and the fill that each cell had if it had one.
pub(super) fn mark(
    text: &str,
    cells: &BTreeMap<CellAddress, Colour>,
    styles: &mut Styles,
) -> Result<(String, BTreeMap<CellAddress, String>), Unfit> {
    let mut fills = BTreeMap::new();
    let mut walk = Walk::new(text);
    let mut there: Vec<CellAddress> = Vec::new();
    let mut failed = false;
    walk.cells(|at, style, whole, splice| {
        let Some(colour) = cells.get(&at) else { return };
        there.push(at);
        if let Some(fill) = styles.fill(style) {
            fills.insert(at, fill.to_owned());
        }
        match styles.marked(style, *colour) {
            Ok(style) => splice.attribute(whole, "s", Some(&style.to_string())),
            Err(Unfit) => failed = true,
        }
    })?;
    if failed {
        return Err(Unfit);
    }
    let mut splice = walk.splice;
    let missing = cells.iter().filter(|(at, _)| !there.contains(at));
    let missing = missing.map(|(at, colour)| (*at, *colour)).collect();
    absent::add(text, missing, styles, &mut splice)?;
    Ok((splice.apply(text)?, fills))
}

/// Takes the colours of an earlier return away.
pub(super) fn unmark(
    text: &str,
    before: &BTreeMap<CellAddress, String>,
    styles: &mut Styles,
) -> Result<String, Unfit> {
    let mut walk = Walk::new(text);
    let mut failed = false;
    walk.cells(|at, style, whole, splice| {
        if styles.colour(style).is_none() {
            return;
        }
        match styles.unmarked(style, before.get(&at).map(String::as_str)) {
            Ok(style) => splice.attribute(whole, "s", Some(&style.to_string())),
            Err(Unfit) => failed = true,
        }
    })?;
    match failed {
        true => Err(Unfit),
        false => walk.splice.apply(text),
    }
}

/// Walks over the cells of a sheet, with their addresses whether they are written or not.
struct Walk<'t> {
    text: &'t str,
    splice: Splice,
}

impl<'t> Walk<'t> {
    fn new(text: &'t str) -> Self {
        Walk {
            text,
            splice: Splice::default(),
        }
    }

    fn cells(&mut self, mut see: impl FnMut(CellAddress, u32, &Whole<'t>, &mut Splice)) -> Result<(), Unfit> {
        let mut at = Position::default();
        let splice = &mut self.splice;
        each_start(self.text, |whole| {
            if whole.is("row") && whole.depth == 2 {
                at.row(&whole);
            } else if whole.is("c") && whole.depth == 3 {
                let address = at.cell(&whole);
                see(address, whole.tag.number(b"s").unwrap_or(0), &whole, splice);
            }
        })
    }
}

/// Where the next row and cell stand if they do not say it.
#[derive(Default)]
pub(super) struct Position {
    next_row: u32,
    next_column: u32,
    pub row: u32,
}

impl Position {
    pub fn row(&mut self, whole: &Whole<'_>) -> u32 {
        let said = whole.tag.number::<u32>(b"r").and_then(|r| r.checked_sub(1));
        self.row = said.unwrap_or(self.next_row);
        self.next_row = self.row.saturating_add(1);
        self.next_column = 0;
        self.row
    }

    pub fn cell(&mut self, whole: &Whole<'_>) -> CellAddress {
        let said = whole.tag.raw(b"r");
        let said = said.and_then(parse_address);
        let at = said.unwrap_or(CellAddress::new(self.row, self.next_column));
        self.next_column = at.column.saturating_add(1);
        at
    }
}

/// Gives the sheet a drawing for its comments; a sheet that has one keeps it.
pub(super) fn with_drawing(text: &str, relation: &str, relations_namespace: &str) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    let mut prefix = String::new();
    let (mut has_one, mut at) = (false, None);
    each(text, |seen| match seen {
        Seen::Start(whole) if whole.depth == 0 => prefix = whole.prefix().to_owned(),
        Seen::Start(whole) if whole.depth == 1 => {
            has_one |= whole.is("legacyDrawing");
            if at.is_none() && BEHIND_THE_DRAWING.iter().any(|name| whole.is(name)) {
                at = Some(whole.span.start);
            }
        }
        Seen::End(_, span, 0) => {
            at.get_or_insert(span.start);
        }
        _ => {}
    })?;
    if has_one {
        return Ok(text.to_owned());
    }
    let drawing = format!("<{prefix}legacyDrawing xmlns:r=\"{relations_namespace}\" r:id=\"{relation}\"/>");
    splice.insert(at.ok_or(Unfit)?, drawing);
    splice.apply(text)
}

/// Takes away the element that names a drawing which is no longer there.
pub(super) fn without_drawing(text: &str) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    each_start(text, |whole| {
        if whole.depth == 1 && whole.is("legacyDrawing") && whole.tag.empty {
            splice.replace(whole.span, "");
        }
    })?;
    splice.apply(text)
}

/// A sheet that is no longer the one shown first: two that are chosen together are changed together by whoever types.
pub(super) fn not_chosen(text: &str) -> Result<Option<String>, Unfit> {
    let mut splice = Splice::default();
    each_start(text, |whole| {
        if whole.is("sheetView") && whole.tag.is_true(b"tabSelected") {
            splice.attribute(&whole, "tabSelected", None);
        }
    })?;
    match splice.is_empty() {
        true => Ok(None),
        false => splice.apply(text).map(Some),
    }
}
