//! What the main label of a row says, by what the rows of its table are.

use std::collections::BTreeMap;

use super::places::place_of;
use super::{RowRead, Scope, main_text, table_place};
use crate::classification::locality::{Level, UnitId};
use crate::intake::form::{Axis, RowRole};
use crate::intake::label::{self, Label};
use crate::intake::meaning::Said;
use crate::intake::place::Located;
use crate::intake::sender::is_facility;
use crate::intake::stub::StubRow;
use crate::intake::table::turned;
use crate::intake::understand::Step;
use crate::intake::words_of_stub::StubRole;
use crate::origin::CellAddress;
use crate::problem::Kind;

/// Meaning of the main label, by the role of rows.
pub(super) fn main_label(
    read: &mut RowRead,
    row: &StubRow,
    rows: &[StubRow],
    nearest: &BTreeMap<Level, UnitId>,
    scope: &Scope<'_>,
) {
    let Some((at, text)) = main_text(row) else { return };
    let main_role = row
        .texts
        .iter()
        .find(|(_, cell, _)| *cell == at)
        .map(|(r, ..)| *r);
    if main_role == Some(StubRole::Place) && scope.role != RowRole::Labels {
        // Already read as a place, unless it is a breakdown under a place.
        if read.trouble.is_some() {
            fall_back_to_meaning(read, row, rows, scope);
        }
        return;
    }
    if matches!(
        main_role,
        Some(StubRole::Sex | StubRole::Age | StubRole::Ethnicity | StubRole::Year | StubRole::Period)
    ) {
        return;
    }
    match scope.role {
        RowRole::Places => {
            let before = read.trouble.take();
            place_of(read, row, at, &text, nearest, scope);
            if read.trouble.is_some() {
                fall_back_to_meaning(read, row, rows, scope);
            }
            if read.trouble.is_none() {
                read.trouble = before;
            }
        }
        RowRole::Senders => {
            // "I. Bệnh viện" over "1. Bệnh viện tỉnh" is a heading with a sum, whatever its words.
            let marker = row
                .order
                .as_deref()
                .and_then(label::order_marker)
                .or(row.label.marker);
            let is_group = matches!(marker, Some(label::Marker::Roman | label::Marker::Capital));
            if row.has_children && row.has_figures && (is_group || !is_facility(&text)) {
                read.total = true;
                return;
            }
            let said = meaning_of(row, rows, scope);
            let means = matches!(&said, Said::Meaning(m) if !m.is_empty()) || said == Said::Ignored;
            let facility = is_facility(&text);
            if means && !facility {
                read.said = said;
            } else if facility || !row.has_figures {
                read.sender = row
                    .has_figures
                    .then(|| text.trim().to_owned())
                    .or(read.sender.take());
            } else {
                match scope
                    .places
                    .of_cell(&text, table_place(scope.about, scope.places))
                {
                    Located::One(id) | Located::OtherTime(id) => read.place = Some(id),
                    _ => read.sender = Some(text.trim().to_owned()),
                }
            }
        }
        RowRole::Labels | RowRole::Entities => {
            read.said = meaning_of(row, rows, scope);
            if read.said == Said::Unknown && row.total {
                // "Cộng" under the months is what the title says of the whole.
                read.said = Said::nothing();
            }
            if read.said == Said::Unknown {
                match scope
                    .places
                    .of_cell(&text, table_place(scope.about, scope.places))
                {
                    Located::One(id) => {
                        read.place = Some(id);
                        read.said = Said::nothing();
                    }
                    _ => unknown_row(read, row, at, &text, rows, scope),
                }
            }
        }
    }
}

fn fall_back_to_meaning(read: &mut RowRead, row: &StubRow, rows: &[StubRow], scope: &Scope<'_>) {
    if row.has_children && row.has_figures {
        // "I. Các xã miền núi" over its communes.
        read.total = true;
        read.trouble = None;
        return;
    }
    match meaning_of(row, rows, scope) {
        Said::Meaning(m) if !m.is_empty() => {
            read.said = Said::Meaning(m);
            read.trouble = None;
        }
        Said::Ignored => {
            read.said = Said::Ignored;
            read.trouble = None;
        }
        _ => {}
    }
}

fn unknown_row(
    read: &mut RowRead,
    row: &StubRow,
    at: CellAddress,
    text: &str,
    rows: &[StubRow],
    scope: &Scope<'_>,
) {
    let details = scope.reader.form.is_some_and(|f| f.details);
    if details && row.above.iter().any(|a| rows[*a].has_figures) {
        read.detail = true;
        read.trouble = None;
        return;
    }
    let kind = Kind::UnknownRow {
        label: text.trim().to_owned(),
        suggestion: String::new(),
    };
    read.trouble = Some((at, kind));
}

/// The meaning of a row under those above it.
fn meaning_of(row: &StubRow, rows: &[StubRow], scope: &Scope<'_>) -> Said {
    let divides = |i: usize| divides_by_ethnicity(i, rows);
    if rows.binary_search_by_key(&row.row, |r| r.row).is_ok_and(divides) {
        return Said::nothing();
    }
    let mut path: Vec<&Label> = row
        .above
        .iter()
        .filter(|a| !divides(**a))
        .map(|a| &rows[*a])
        // A place or sender above is no label.
        .filter(|r| scope.role == RowRole::Labels || !r.has_figures || r.label.structure)
        .map(|r| &r.label)
        .collect();
    path.push(&row.label);
    let step = Step {
        number: row.order.as_deref(),
        code: row.code.as_deref(),
        ..Step::default()
    };
    let said = scope.reader.path(&path, step, Axis::Row);
    if said != Said::Unknown {
        return said;
    }
    // "Khối lớp" over the numbers 1 to 12.
    let number = row.label.bare.trim();
    if !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit()) {
        let spelled = label::parse(&format!("lớp {number}"));
        return scope.reader.label(&spelled, &[], Step::default(), Axis::Row);
    }
    said
}

/// "Dân tộc" over "Kinh" and others names the division, not the minorities among them.
fn divides_by_ethnicity(i: usize, rows: &[StubRow]) -> bool {
    turned::names_ethnicity(&rows[i].label.bare)
        && rows[i + 1..]
            .iter()
            .take_while(|row| row.above.contains(&i))
            .any(|row| turned::is_kinh(&row.label.bare))
}
