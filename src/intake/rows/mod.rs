//! What each row of a table is about: its meaning, its place, its sender, or a total of others.
//!
//! In:  [`StubRow`]s, a [`Reader`], [`Places`], what the table is about. Out: a [`RowRead`] per row.
//! Holds: a row is a place only if the register knows it, a sender only where rows are senders; a total
//!        is recognised by its words, by the rows under it, or by being the sum of all others.
//! Leaves to others: cells (`settle`).

mod places;

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::CategoryId;
use crate::classification::locality::below::is_below_commune;
use crate::classification::locality::{Level, UnitId};
use crate::intake::context_of_table::About;
use crate::intake::form::{Axis, RowRole};
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::place::{Located, Places};
use crate::intake::sender::is_facility;
use crate::intake::stub::StubRow;
use crate::intake::table::turned;
use crate::intake::understand::{Reader, Step};
use crate::intake::when::{self, When};
use crate::intake::words_of_stub::StubRole;
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::problem::Kind;
use crate::text;
pub use places::unknown_codes;
use places::{Coded, coded, place_of, settle_by_level};

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
}

/// What the rows are, when no form says it.
pub fn guess_role(rows: &[StubRow], reader: &Reader<'_>, places: &Places<'_>, about: &About) -> RowRole {
    let (mut known, mut placed, mut facilities) = (0, 0, 0);
    let with_figures: Vec<&StubRow> = rows
        .iter()
        .filter(|r| r.has_figures && !r.total)
        .take(40)
        .collect();
    for row in &with_figures {
        let Some((_, text)) = main_text(row) else { continue };
        if is_facility(&text) {
            facilities += 1;
        } else if row.place_code.is_some() {
            placed += 1;
        } else if reader.label(&row.label, &[], Step::default(), Axis::Row) != Said::Unknown {
            known += 1;
        } else if is_below_commune(&text)
            || matches!(
                places.of_cell(&text, table_place(about, places)),
                Located::One(_) | Located::OtherTime(_)
            )
        {
            placed += 1;
        }
    }
    let has = |role: StubRole| rows.iter().any(|r| r.texts.iter().any(|(t, ..)| *t == role));
    // A column headed "Xã" holds places even if none of its names is right.
    let misspelt = has(StubRole::Place) && known == 0 && facilities == 0;
    if misspelt || (placed > known && placed >= facilities) {
        RowRole::Places
    } else if facilities > known || (has(StubRole::Sender) && known * 2 < with_figures.len()) {
        RowRole::Senders
    } else {
        RowRole::Labels
    }
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
            ) {
                beside(*role, *at, text, scope, &mut extra, &mut read);
                if read.trouble.is_none() {
                    read.said = Said::Meaning(Meaning::default());
                }
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
    let coded = coded(row, scope);
    if let Coded::Place(id) = coded {
        read.place = Some(id);
        read.trouble = None;
    }
    main_label(&mut read, row, rows, nearest, scope);
    let coded = match coded {
        Coded::Place(id) => Some(id),
        Coded::Unknown(was) => {
            read.code_of_none = Some(was);
            None
        }
        Coded::Nothing => None,
    };
    // A code and a name that mean two places: nobody knows which was meant.
    if let (Some(id), Some(code)) = (coded, &row.place_code) {
        let differs = |n: &UnitId| *n != id && scope.places.level(*n) == scope.places.level(id);
        if let Some(other) = [named, read.place].into_iter().flatten().find(differs) {
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

/// Meaning of the main label, by the role of rows.
fn main_label(
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

/// A label in a column of its own: sex, age, ethnicity, year, quarter, or another label.
fn beside(
    role: StubRole,
    at: CellAddress,
    text: &str,
    scope: &Scope<'_>,
    extra: &mut Meaning,
    read: &mut RowRead,
) {
    let parsed = label::parse(text);
    let found = match role {
        StubRole::Year if when::short_year(text).is_some() => {
            let year = when::short_year(text);
            let kind = Kind::ShortYear {
                text: text::one_line(text),
                year: year.unwrap_or_default(),
            };
            read.remark = Some((at, kind));
            let when = When {
                year,
                ..When::default()
            };
            Some(Meaning {
                when,
                ..Meaning::default()
            })
        }
        StubRole::Sex if is_code(text) => match sex_of_code(text, scope) {
            Some(category) => Some(Meaning {
                categories: vec![vec![category]],
                ..Meaning::default()
            }),
            None => {
                read.trouble = Some((at, code_list_unknown("sex", &text::one_line(text))));
                return;
            }
        },
        StubRole::Year | StubRole::Period => {
            let spelled = period_of_cell(text);
            (!spelled.is_empty()).then(|| Meaning {
                when: spelled,
                ..Meaning::default()
            })
        }
        _ => match scope.reader.label(&parsed, &[], Step::default(), Axis::Row) {
            Said::Meaning(m) => Some(m),
            Said::Ignored => {
                read.said = Said::Ignored;
                Some(Meaning::default())
            }
            _ => None,
        },
    };
    match found {
        Some(meaning) => extra.and(&meaning),
        None => {
            let kind = Kind::UnknownRow {
                label: text.trim().to_owned(),
                suggestion: String::new(),
            };
            read.trouble = Some((at, kind));
        }
    }
}

/// "1", "02": a number of a list, and nobody says of which.
fn is_code(text: &str) -> bool {
    let digits = text.trim();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Two lists of sexes and two of ethnic groups are in use, and they disagree.
pub fn code_list_unknown(list: &str, text: &str) -> Kind {
    let lists = match list {
        "sex" => Words::new(
            "giới tính: 1 = nam, 2 = nữ, hay 0 = nữ, 1 = nam",
            "sex: 1 = male, 2 = female, or 0 = female, 1 = male",
        ),
        _ => Words::new(
            "dân tộc: danh mục 121 năm 1979, hay 1019 năm 2008",
            "ethnicity: list 121 of 1979, or 1019 of 2008",
        ),
    };
    Kind::CodeListUnknown {
        text: text.to_owned(),
        lists,
    }
}

/// The sex that a code means by the list which the office has declared.
fn sex_of_code(code: &str, scope: &Scope<'_>) -> Option<CategoryId> {
    let declared = scope.reader.forms.answers.code_list("sex")?;
    let lists = &scope.reader.lists;
    let list = lists.list_named("sex")?;
    let number = |code: &str| code.trim().parse::<u16>().ok();
    lists.list(list).categories.iter().copied().find(|category| {
        let mut numbers = lists.category(*category).numbers.iter();
        numbers.any(|(name, n)| name == declared && number(n) == number(code))
    })
}

/// "2024", "Quý I", "I" or "3" under a heading of quarters.
fn period_of_cell(text: &str) -> When {
    let found = when::in_name(text);
    if !found.is_empty() {
        return found;
    }
    when::in_name(&format!("quý {}", text::folded(text)))
}
