//! The place that a row names.
//!
//! Holds: looked for inside the place rows above, then inside the table's place; between several units
//!        of one name the level of the other rows decides, or nobody does. A code and a name must agree; a
//!        code that means nothing in the period leaves the word to the name, and that is told.

use std::collections::BTreeMap;

use super::{Below, RowRead, Scope, table_place};
use crate::classification::locality::below::is_below_commune;
use crate::classification::locality::{Level, UnitId};
use crate::intake::place::{Located, Places, level_of_heading};
use crate::intake::stub::StubRow;
use crate::lang::{Lang, Words};
use crate::origin::CellAddress;
use crate::problem::Kind;

/// Puts the place, or the trouble with it, into `read`.
pub(super) fn place_of(
    read: &mut RowRead,
    row: &StubRow,
    at: CellAddress,
    text: &str,
    nearest: &BTreeMap<Level, UnitId>,
    scope: &Scope<'_>,
) {
    // "Tỉnh | Huyện | Xã": the rightmost that is filled names the place, inside those to its left.
    let mut scopes: Vec<Option<UnitId>> = Vec::new();
    scopes.extend(
        read.place
            .filter(|p| scope.places.level(*p) != Level::Commune)
            .map(Some),
    );
    scopes.extend(
        nearest
            .values()
            .rev()
            .copied()
            .filter(|p| scope.places.level(*p) != Level::Commune)
            .map(Some),
    );
    scopes.push(table_place(scope.about, scope.places));
    scopes.dedup();
    let mut several = None;
    let mut earlier = None;
    let level = of_heading(at, scope);
    for within in scopes {
        match scope.places.of_cell_under(text, level, within) {
            Located::One(id) => {
                read.place = Some(id);
                read.trouble = None;
                return;
            }
            Located::OtherTime(id) => earlier = earlier.or(Some(id)),
            Located::Several(ids) => several = several.or(Some(ids)),
            Located::None => {}
        }
    }
    if let Some(id) = earlier {
        read.place = Some(id);
        read.trouble = None;
        return;
    }
    if is_below_commune(text) {
        read.below = Some(Below::Table);
        read.trouble = None;
        return;
    }
    if !row.has_figures {
        return;
    }
    let within = table_place(scope.about, scope.places);
    read.trouble = Some((at, scope.places.trouble(text, within, several)));
}

/// "Quản Bạ" under "Huyện" is the district, whatever communes are called so.
fn of_heading(at: CellAddress, scope: &Scope<'_>) -> Option<Level> {
    let column = scope.columns.iter().find(|c| c.column == at.column)?;
    level_of_heading(column.leaf())
}

/// "Tuyên Quang" among provinces is the province: what the other rows are decides between several units.
pub(super) fn settle_by_level(rows: &[StubRow], reads: &mut [RowRead], scope: &Scope<'_>) {
    let mut levels: BTreeMap<Level, usize> = BTreeMap::new();
    for id in reads.iter().filter_map(|r| r.place) {
        *levels.entry(scope.places.level(id)).or_default() += 1;
    }
    let Some((level, count)) = levels.into_iter().max_by_key(|(_, n)| *n) else {
        return;
    };
    if count < 3 {
        return;
    }
    for (row, read) in rows.iter().zip(reads) {
        let Some((at, Kind::PlaceAmbiguous { .. })) = &read.trouble else {
            continue;
        };
        let Some((.., text)) = row.texts.iter().find(|(_, cell, _)| cell == at) else {
            continue;
        };
        if let Located::Several(ids) = scope.places.of_cell(text, table_place(scope.about, scope.places)) {
            let mut of_level = ids.iter().filter(|id| scope.places.level(**id) == level);
            if let (Some(id), None) = (of_level.next(), of_level.next()) {
                read.place = Some(*id);
                read.trouble = None;
            }
        }
    }
}

/// What the code of a row says beside its name.
pub(super) enum Coded {
    Nothing,
    Place(UnitId),
    /// Units of several levels whose codes differ by zeros in front.
    Several(Vec<UnitId>),
    /// No unit has the code in the period. One that had it at another time, if there is one.
    Unknown(Option<UnitId>),
}

pub(super) fn coded(row: &StubRow, scope: &Scope<'_>) -> Coded {
    let Some(code) = row.place_code.as_deref().filter(|c| !c.trim().is_empty()) else {
        return Coded::Nothing;
    };
    let texts: Vec<&str> = row.texts.iter().map(|(.., text)| text.as_str()).collect();
    let level = row.place_code_at.and_then(|at| of_heading(at, scope));
    match scope.places.of_code(code, level, &texts) {
        Located::One(id) => Coded::Place(id),
        Located::Several(ids) => Coded::Several(ids),
        Located::OtherTime(id) => {
            // Code and name of one unit of another time: that is the one that is meant.
            let named = row.texts.iter().any(|(.., text)| scope.places.names(text, id));
            if named {
                Coded::Place(id)
            } else {
                Coded::Unknown(Some(id))
            }
        }
        Located::None => Coded::Unknown(None),
    }
}

/// Whether a text can be meant as the code of a unit: "Tổng số" in the column of codes is none.
pub(super) fn is_code(text: &str) -> bool {
    let digits = text.trim_start_matches('\'');
    !digits.is_empty() && digits.len() <= 5 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// A code that no unit has in the period, on a row without a name.
pub(super) fn no_such_code(code: &str, was: Option<UnitId>, scope: &Scope<'_>) -> Kind {
    let was = was.map_or_else(Words::default, |was| {
        let was = scope.places.name(was);
        Words::new(format!("; mã này từng là {was}"), format!("; the code was {was}"))
    });
    Kind::PlaceCodeOfNone {
        code: code.to_owned(),
        was,
    }
}

/// A place known by its code that the table's own place does not contain, on its day or on the code's.
pub(super) fn outside(id: UnitId, text: &str, scope: &Scope<'_>) -> Option<Kind> {
    let places = scope.places;
    let outer = table_place(scope.about, places)?;
    let day = places.register.day_in_force(id, places.day);
    let lies_in = |up: &UnitId| places.register.contains(*up, id, day);
    let is_above = |up: &UnitId| places.register.contains(id, *up, day);
    let ground = places.ground(outer, day);
    (!ground.is_empty() && !ground.iter().any(|up| lies_in(up) || is_above(up))).then(|| Kind::PlaceOutside {
        text: text.trim().to_owned(),
        places: places.listed(&[id]),
        within: places.register.unit(outer).full_name(),
        suggestion: String::new(),
    })
}

/// Codes that no unit has in the period, beside names that are known: one line for the table.
pub fn unknown_codes(
    rows: &[StubRow],
    reads: &[RowRead],
    places: &Places<'_>,
) -> Option<(CellAddress, Kind)> {
    const MOST_NAMED: usize = 4;
    let doubted = || {
        let pairs = rows.iter().zip(reads);
        pairs.filter_map(|(row, read)| Some((row, read.code_of_none?, read.place?)))
    };
    let (first, ..) = doubted().next()?;
    let at = first.at.unwrap_or(CellAddress::new(first.row, 0));
    let said = |lang: Lang| {
        let named = doubted().take(MOST_NAMED).map(|(row, was, place)| {
            let code = row.place_code.as_deref().unwrap_or_default().trim();
            let place = places.register.unit(place).full_name();
            match was {
                Some(was) => {
                    let was = places.name(was);
                    lang.pick(
                        format!("{code} ({place}; mã này từng là {was})"),
                        format!("{code} ({place}; the code was {was})"),
                    )
                }
                None => format!("{code} ({place})"),
            }
        });
        let mut named = named.collect::<Vec<_>>().join("; ");
        let more = doubted().count().saturating_sub(MOST_NAMED);
        if more > 0 {
            named.push_str(&lang.pick(format!("; … và {more} mã khác"), format!("; … and {more} more")));
        }
        named
    };
    let codes = Words::new(said(Lang::Vi), said(Lang::En));
    Some((at, Kind::PlaceCodeUnknown { codes }))
}
