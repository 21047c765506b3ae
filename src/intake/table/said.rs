//! What the columns and rows of a table say, for [`super::read_sheet`].

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::{CodeLists, Dimension};
use crate::intake::context_of_table::About;
use crate::intake::form::{Axis, RowRole};
use crate::intake::header::Column;
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::place::{Located, Places, is_whole_of};
use crate::intake::reading::RowReading;
use crate::intake::rows::{self, RowRead};
use crate::intake::sender::is_facility;
use crate::intake::settle::{Ledger, Settled};
use crate::intake::stub::{Kinship, Role, StubRow};
use crate::intake::understand::{Reader, Step};
use crate::intake::words_of_stub::StubRole;
use crate::origin::CellAddress;
use crate::period::Day;
use crate::problem::Kind;
use crate::text;

/// A table that no form and no word explains is one line, not one per row.
pub(super) fn nothing_understood(
    settled: &mut Settled,
    first: CellAddress,
    before: usize,
    ledger: &mut Ledger,
) {
    use crate::intake::reading::Outcome;
    let lost: u32 = ledger.troubles[before..].iter().map(|t| t.left_out).sum();
    let explained = ledger.troubles[before..].iter().any(|t| {
        matches!(
            t.kind,
            Kind::PercentOnly { .. }
                | Kind::PeriodMissing {}
                | Kind::PlaceMissing {}
                | Kind::PlaceAmbiguous { .. }
                | Kind::PlaceSeveral { .. }
                | Kind::PlaceOutside { .. }
                | Kind::BelowCommune { .. }
                | Kind::FormulaWithoutValue {}
        )
    });
    if lost == 0 || explained {
        return;
    }
    ledger.troubles.truncate(before);
    ledger.next_table();
    let index = ledger.add(first, Kind::NoTable { numbers: lost }, lost);
    for (_, outcome) in &mut settled.cells {
        if matches!(outcome, Outcome::LeftOut(_)) {
            *outcome = Outcome::LeftOut(index);
        }
    }
}

/// The last day of the latest period that a heading names, else of the table's: the units in force then are meant.
pub(super) fn latest_day(columns: &[Column], of_table: Option<Day>, today: Day) -> Day {
    if let Some(day) = of_table {
        return day;
    }
    let latest = columns
        .iter()
        .flat_map(|c| c.path.iter())
        .filter_map(|h| crate::intake::when::in_title(h).period(false))
        .map(|p| p.last_day())
        .max();
    latest.unwrap_or(today)
}

/// Which dimensions a label speaks of, so that rows can be nested.
pub(super) fn kinship(
    label: &Label,
    reader: &Reader<'_>,
    catalogue: &crate::definition::Catalogue,
) -> Kinship {
    let mut kin = Kinship::default();
    if let Said::Meaning(meaning) = reader.label(label, &[], Step::default(), Axis::Row) {
        kin.measure = !meaning.measures.is_empty();
        for category in meaning.categories.iter().flatten() {
            kin.dimensions |= match catalogue.lists.dimension(*category) {
                Dimension::Sex => 1,
                Dimension::Age => 2,
                Dimension::Ethnicity => 4,
                Dimension::Item => 8,
            };
        }
    }
    kin
}

/// A form for places that was filled in by labels, or the other way round.
pub(super) fn suited(
    role: RowRole,
    rows: &[StubRow],
    reader: &Reader<'_>,
    places: &Places<'_>,
    about: &About,
) -> RowRole {
    match (role, rows::guess_role(rows, reader, places, about)) {
        (RowRole::Places, RowRole::Labels) => RowRole::Labels,
        (RowRole::Labels, RowRole::Places) => RowRole::Places,
        (RowRole::Labels | RowRole::Places, RowRole::Senders)
            if rows
                .iter()
                .filter(|r| r.has_figures && !r.total)
                .all(|r| r.texts.iter().any(|(_, _, t)| is_facility(t))) =>
        {
            RowRole::Senders
        }
        (RowRole::Senders, RowRole::Labels | RowRole::Places)
            if !rows.iter().any(|r| {
                r.texts
                    .iter()
                    .any(|(t, _, text)| *t == StubRole::Sender || is_facility(text))
            }) =>
        {
            rows::guess_role(rows, reader, places, about)
        }
        (role, _) => role,
    }
}

pub(super) fn entity() -> RowRead {
    RowRead {
        said: Said::nothing(),
        place: None,
        sender: None,
        total: false,
        trouble: None,
        detail: false,
        remark: None,
        below: None,
        code_of_none: None,
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "a heading is read by all that is known of its table"
)]
pub(super) fn said_of_column(
    column: &Column,
    path: &[String],
    role: Role,
    columns: &[Column],
    roles: &[Role],
    reader: &Reader<'_>,
    places: &Places<'_>,
    about: &About,
) -> Said {
    if role != Role::Values {
        return Said::nothing();
    }
    if column.path.is_empty() {
        // The only column of figures needs no heading.
        let values = roles.iter().filter(|r| **r == Role::Values).count();
        return if values == 1 {
            Said::nothing()
        } else {
            Said::Unknown
        };
    }
    // An estimate of a quarter is not its figure.
    if path.iter().any(|heading| text::key(heading).contains("(ước")) {
        return Said::Unknown;
    }
    let said = reader.column(path, column.number.as_deref());
    if said != Said::Unknown || columns.len() > 400 {
        return said;
    }
    let within = rows::table_place(about, places);
    // "Toàn huyện" beside the communes of the table's district is that district.
    if within.is_some_and(|id| is_whole_of(column.leaf(), places.level(id))) {
        return reader.column(&path[..path.len().saturating_sub(1)], None);
    }
    match places.of_cell(column.leaf(), within) {
        Located::One(id) | Located::OtherTime(id) => {
            let upper = &path[..path.len().saturating_sub(1)];
            let mut meaning = match reader.column(upper, None) {
                Said::Meaning(m) => m,
                other if !upper.is_empty() => return other,
                _ => Meaning::default(),
            };
            meaning.place = Some(id);
            Said::Meaning(meaning)
        }
        _ => Said::Unknown,
    }
}

/// "Dân tộc thiểu số | Trong đó: nữ" side by side: the women of the minorities, not of all. A heading that begins so
/// is part of the nearest column to its left that does not, under the same headings.
pub(super) fn of_which(said: &mut [Said], paths: &[Vec<String>], lists: &CodeLists) {
    let is_part = |path: &[String]| path.last().is_some_and(|leaf| label::parse(leaf).of_which);
    let mut whole: BTreeMap<&[String], usize> = BTreeMap::new();
    for (i, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
        let upper = &path[..path.len() - 1];
        if !is_part(path) {
            whole.insert(upper, i);
            continue;
        }
        let Some(Said::Meaning(of)) = whole.get(upper).map(|at| said[*at].clone()) else {
            continue;
        };
        if let Said::Meaning(part) = &mut said[i]
            && part.measures.is_empty()
            && !of.categories.is_empty()
        {
            let dimensions = |meaning: &Meaning| -> BTreeSet<Dimension> {
                let all = meaning.categories.iter().flatten();
                all.map(|id| lists.dimension(*id)).collect()
            };
            if dimensions(part).is_disjoint(&dimensions(&of)) {
                part.and(&of);
            }
        }
    }
}

pub(super) fn row_readings(stub: &[StubRow], reads: &[RowRead]) -> Vec<RowReading> {
    stub.iter()
        .zip(reads)
        .map(|(row, read)| RowReading {
            row: row.row,
            path: row
                .above
                .iter()
                .map(|a| stub[*a].label.written.clone())
                .chain([row.label.written.clone()])
                .collect(),
            at: row.at,
            said: read.said.clone(),
            place: read.place,
            sender: read.sender.clone(),
            total: read.total,
        })
        .collect()
}
