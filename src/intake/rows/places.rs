//! The place that a row names.
//!
//! Holds: looked for inside the place rows above, then inside the table's place; between several units
//!        of one name the level of the other rows decides, or nobody does.

use std::collections::BTreeMap;

use super::{RowRead, Scope, table_place};
use crate::classification::locality::{Level, UnitId};
use crate::intake::place::Located;
use crate::intake::stub::StubRow;
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
    for within in scopes {
        match scope.places.of_cell(text, within) {
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
    if !row.has_figures {
        return;
    }
    let text = text.trim().to_owned();
    let kind = match several {
        Some(ids) => {
            let names: Vec<String> = ids.iter().take(4).map(|id| scope.places.name(*id)).collect();
            Kind::PlaceAmbiguous {
                text,
                candidates: names.join("; "),
            }
        }
        None => Kind::PlaceUnknown {
            text,
            suggestion: String::new(),
        },
    };
    read.trouble = Some((at, kind));
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
