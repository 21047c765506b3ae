//! What each row of a table is about: its meaning, its place, its sender, or a total of others.
//!
//! In:  [`StubRow`]s, a [`Reader`], [`Places`], what the table is about. Out: a [`RowRead`] per row.
//! Holds: a row is a place only if the register knows it, a sender only where rows are senders; a total
//!        is recognised by its words, by the rows under it, or by being the sum of all others.
//! Leaves to others: cells (`settle`).

mod beside;
mod main_label;
mod places;
mod role;

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::locality::{Level, UnitId};
use crate::intake::context_of_table::About;
use crate::intake::form::RowRole;
use crate::intake::header::Column;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::place::Places;
use crate::intake::stub::StubRow;
use crate::intake::understand::Reader;
use crate::intake::when::{self};
use crate::intake::words_of_stub::StubRole;
use crate::origin::CellAddress;
use crate::problem::Kind;
pub use beside::code_list_unknown;
use beside::{beside, period_of_cell};
use main_label::main_label;
pub use places::unknown_codes;
use places::{Coded, coded, place_of, settle_by_level};
pub use role::guess_role;

/// A row, understood.
#[derive(Debug, Clone)]
pub struct RowRead {
    pub said: Said,
    pub place: Option<UnitId>,
    pub sender: Option<String>,
    /// Sum of other rows.
    pub total: bool,
    /// Why its figures cannot be used, and the cell that says so.
    pub trouble: Option<(CellAddress, Kind)>,
    /// Known not to be needed: details under a known row.
    pub detail: bool,
    /// What to note of a row that was read.
    pub remark: Option<(CellAddress, Kind)>,
    /// It is a part of a commune: a hamlet, a residential group.
    pub below: Option<Below>,
    /// Its code is of no unit in the period; the unit that once had it.
    pub code_of_none: Option<Option<UnitId>>,
}

/// Which commune a row below the commune belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Below {
    /// That of the row with this index.
    Row(usize),
    /// That of the table.
    Table,
}

/// Everything that the reading of rows depends on.
pub struct Scope<'a> {
    pub reader: Reader<'a>,
    pub places: &'a Places<'a>,
    pub about: &'a About,
    pub role: RowRole,
    pub columns: &'a [Column],
}

/// The place inside which row labels are looked for: the title's, if it is wider than a commune.
pub fn table_place(about: &About, places: &Places<'_>) -> Option<UnitId> {
    about
        .place
        .as_ref()
        .map(|p| p.value)
        .filter(|id| places.level(*id) != Level::Commune)
}

/// Reads all rows.
pub fn read(rows: &[StubRow], scope: &Scope<'_>) -> Vec<RowRead> {
    let mut out: Vec<RowRead> = Vec::with_capacity(rows.len());
    // The last place row of each level: a district's communes follow it.
    let mut nearest: BTreeMap<Level, UnitId> = BTreeMap::new();
    let mut commune: Option<usize> = None;
    for row in rows {
        let mut read = read_row(row, rows, &out, &nearest, scope);
        if let (Some(below), Some(commune)) = (&mut read.below, commune) {
            *below = Below::Row(commune);
        } else if read.total {
            commune = None;
        } else if let Some(id) = read.place.filter(|_| is_place_row(row, scope)) {
            commune = (scope.places.level(id) == Level::Commune).then_some(out.len());
        } else if !row.has_figures && !row.label.of_which {
            // "Chia theo thôn" below several communes: nobody can tell whose hamlets follow.
            commune = None;
        }
        if let Some(id) = read
            .place
            .filter(|_| read.below.is_none() && is_place_row(row, scope))
        {
            let level = scope.places.level(id);
            nearest.retain(|l, _| *l < level);
            nearest.insert(level, id);
        }
        out.push(read);
    }
    settle_by_level(rows, &mut out, scope);
    without_year(rows, &mut out, scope);
    out
}

/// In a column of years a blank is not the year of the title, unless all years are that one.
fn without_year(rows: &[StubRow], reads: &mut [RowRead], scope: &Scope<'_>) {
    let year_of = |row: &StubRow| {
        let text = row.texts.iter().find(|(role, ..)| *role == StubRole::Year);
        text.and_then(|(.., text)| when::short_year(text).or_else(|| period_of_cell(text).year))
    };
    let given: BTreeSet<i16> = rows.iter().filter_map(year_of).collect();
    let of_title = scope.about.when.as_ref().and_then(|w| w.value.year);
    if given.is_empty() || given.iter().all(|year| Some(*year) == of_title) {
        return;
    }
    for (row, read) in rows.iter().zip(reads) {
        let silent = row.has_figures && !read.total && year_of(row).is_none();
        if silent && read.trouble.is_none() {
            let at = row.at.unwrap_or(CellAddress::new(row.row, 0));
            let label = row.label.written.clone();
            read.trouble = Some((at, Kind::YearBlank { label }));
        }
    }
}

fn is_place_row(row: &StubRow, scope: &Scope<'_>) -> bool {
    scope.role == RowRole::Places || row.texts.iter().any(|(r, ..)| *r == StubRole::Place)
}

fn main_text(row: &StubRow) -> Option<(CellAddress, String)> {
    let at = row.at?;
    row.texts
        .iter()
        .find(|(_, cell, _)| *cell == at)
        .map(|(_, cell, text)| (*cell, text.clone()))
}

fn read_row(
    row: &StubRow,
    rows: &[StubRow],
    done: &[RowRead],
    nearest: &BTreeMap<Level, UnitId>,
    scope: &Scope<'_>,
) -> RowRead {
    let mut read = RowRead {
        said: Said::nothing(),
        place: None,
        sender: None,
        total: row.page_sum || row.total && matches!(scope.role, RowRole::Places | RowRole::Senders),
        trouble: None,
        detail: false,
        remark: None,
        below: None,
        code_of_none: None,
    };
    if read.total {
        return read;
    }
    // A place or sender above lends its own to rows under it.
    for above in row.above.iter().rev() {
        let parent = &done[*above];
        if read.place.is_none() {
            read.place = parent.place;
        }
        if read.sender.is_none() {
            read.sender.clone_from(&parent.sender);
        }
    }
    let mut extra = Meaning::default();
    for (role, at, text) in &row.texts {
        if Some(*at) == row.at && *role != StubRole::Place && *role != StubRole::Sender {
            if matches!(
                role,
                StubRole::Sex | StubRole::Age | StubRole::Ethnicity | StubRole::Year | StubRole::Period
            ) && !row.total
            {
                beside(*role, *at, text, scope, &mut extra, &mut read);
            }
            continue;
        }
        match role {
            StubRole::Place => place_of(&mut read, row, *at, text, nearest, scope),
            StubRole::Sender if scope.role == RowRole::Places && Some(*at) == row.at => {}
            StubRole::Sender if scope.role == RowRole::Labels && Some(*at) == row.at => {}
            StubRole::Sender => {
                if Some(*at) != row.at {
                    read.sender = Some(text.trim().to_owned());
                }
            }
            // "Tỉnh | Huyện | Xã" without headings: each is inside the one to its left.
            StubRole::Label if scope.role == RowRole::Places => {
                place_of(&mut read, row, *at, text, nearest, scope);
                if read.trouble.is_some() {
                    read.trouble = None;
                    beside(*role, *at, text, scope, &mut extra, &mut read);
                }
            }
            _ => beside(*role, *at, text, scope, &mut extra, &mut read),
        }
    }
    let named = read.place;
    let mut coded = coded(row, scope);
    // The column of codes may be of the units above: "Mã huyện" beside "Xã".
    let lies_in = |outer: UnitId, id: UnitId| {
        id != outer && scope.places.register.contains(outer, id, scope.places.day)
    };
    if let Coded::Place(outer) = coded
        && named.is_some_and(|id| lies_in(outer, id))
    {
        coded = Coded::Nothing;
    }
    if let Coded::Several(ids) = &coded {
        coded = match named.filter(|id| ids.contains(id)) {
            Some(id) => Coded::Place(id),
            None => {
                let text = row.place_code.as_deref().unwrap_or_default().trim().to_owned();
                let candidates = scope.places.listed(ids);
                let at = row
                    .place_code_at
                    .or(row.at)
                    .unwrap_or(CellAddress::new(row.row, 0));
                read.trouble = Some((at, Kind::PlaceAmbiguous { text, candidates }));
                Coded::Nothing
            }
        };
    }
    if let Coded::Place(id) = coded {
        read.place = Some(id);
        read.trouble = None;
    }
    main_label(&mut read, row, rows, nearest, scope);
    let coded = match coded {
        Coded::Place(id) => Some(id),
        Coded::Unknown(was) => {
            read.code_of_none = Some(was);
            // A code that nobody has, and no name: the place of the whole table may not stand in.
            let code = row.place_code.as_deref().unwrap_or_default().trim();
            if places::is_code(code) && read.place.is_none() && read.trouble.is_none() && row.has_figures {
                let at = row
                    .place_code_at
                    .or(row.at)
                    .unwrap_or(CellAddress::new(row.row, 0));
                read.trouble = Some((at, places::no_such_code(code, was, scope)));
            }
            None
        }
        Coded::Several(_) | Coded::Nothing => None,
    };
    // A code and a name that mean two places: nobody knows which was meant.
    if let (Some(id), Some(code)) = (coded, &row.place_code) {
        let differs = |n: &UnitId| *n != id && scope.places.level(*n) == scope.places.level(id);
        // A name that several bear is the one of the code.
        let agrees = row.texts.iter().any(|(.., text)| scope.places.names(text, id));
        if agrees {
            read.place = Some(id);
        } else if let Some(other) = [named, read.place].into_iter().flatten().find(differs) {
            let at = row.at.unwrap_or(CellAddress::new(row.row, 0));
            let (code, place) = (code.trim().to_owned(), scope.places.name(id));
            read.trouble = Some((
                at,
                Kind::PlaceCodeDiffers {
                    code,
                    place,
                    name: scope.places.name(other),
                },
            ));
        }
    }
    if let (Some(id), Some(code), None) = (coded, &row.place_code, &read.trouble)
        && row.has_figures
        && let Some(kind) = places::outside(id, code, scope)
    {
        let at = row
            .place_code_at
            .or(row.at)
            .unwrap_or(CellAddress::new(row.row, 0));
        read.trouble = Some((at, kind));
    }
    // A figure that stands alone under labelled rows is about nobody knows what.
    let unlabelled = row.texts.is_empty() && row.place_code.is_none();
    if unlabelled && rows.iter().any(|r| !r.texts.is_empty()) {
        read.said = Said::Unknown;
    }
    if !extra.is_empty()
        && let Said::Meaning(meaning) = &mut read.said
    {
        meaning.and(&extra);
    }
    read
}
