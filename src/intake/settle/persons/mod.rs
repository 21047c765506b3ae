//! Lists of persons: pupils, births, victims, one row each. They are counted on the spot.
//!
//! In:  a table with a column of names, and a form that says what to count. Out: one fact for each combination
//!      of place, sex, ethnicity, age and item that occurs, and keys that tell when a person stands twice.
//! Holds: nothing of a person goes on: no name, no day of birth, no address; no problem quotes a cell. A person
//!        of whom a trait cannot be read is counted in the whole and told, cell by cell or with others.

mod birth;
mod traits;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::roster::{Answer, Found, find, holds};
use super::{Ledger, Settled, Understood};
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, Dimension, MeasureId};
use crate::fact::Senders;
use crate::intake::form::{CountRule, Form};
use crate::intake::grid::Cell;
use crate::intake::header::Column;
use crate::intake::place::Located;
use crate::intake::reading::{Outcome, PersonKey, SheetFact};
use crate::intake::rows::{code_list_unknown, table_place};
use crate::intake::sheet::is_figure;
use crate::intake::stub::StubRow;
use crate::intake::when::When;
use crate::lang::Words;
use crate::origin::{CellAddress, Reason};
use crate::period::{Day, Period, Span};
use crate::problem::Kind;
use crate::text;
use birth::Birth;

/// Whether a table is a list of persons: one of its headings is "Họ và tên".
pub fn is_list(columns: &[Column]) -> bool {
    name_column(columns).is_some()
}

fn name_column(columns: &[Column]) -> Option<usize> {
    columns.iter().position(|column| {
        let plain = text::folded(column.leaf());
        let plain = plain.trim_matches(|c: char| !c.is_alphanumeric());
        const NAMES: [&str; 10] = [
            "ho va ten",
            "ho ten",
            "ho, ten",
            "ho va ten dem",
            "ho dem",
            "ho va chu dem",
            "ten hoc sinh",
            "ten nan nhan",
            "ten tre",
            "full name",
        ];
        NAMES.iter().any(|name| {
            plain
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        })
    })
}

/// What a row says of one thing.
pub(super) enum Trait<T> {
    Known(T),
    Nothing,
    Unclear,
    /// A code that two lists give different meanings.
    CodeOfUnknownList,
}

/// A list with what is found once for all its rows.
pub(super) struct Listed<'t> {
    pub(super) table: &'t Understood<'t>,
}

impl<'t> Listed<'t> {
    pub(super) fn cell(&self, column: usize, row: &StubRow) -> Option<&'t Cell> {
        self.table
            .sheet
            .grid
            .get(row.row, self.table.columns[column].column)
    }

    /// The code list that the office has declared for a list of ours.
    pub(super) fn code_list(&self, list: &str) -> Option<&'t str> {
        self.table.reader.forms.answers.code_list(list)
    }
}

/// The tally of one count: per place and breakdown, how many, and the first row.
type Tally = BTreeMap<(UnitId, Breakdown), (i64, CellAddress)>;

/// A list of persons that no form declares: nothing is read of it, and nothing is quoted.
pub fn refuse(table: &Understood<'_>, ledger: &mut Ledger) -> Settled {
    let mut settled = Settled::default();
    let persons = people(table).count() as u32;
    let cells: Vec<CellAddress> = table
        .stub
        .iter()
        .flat_map(|row| table.sheet.grid.row(row.row))
        .filter(|cell| is_figure(cell) && table.columns.iter().any(|c| c.column == cell.at.column))
        .map(|cell| cell.at)
        .collect();
    let index = ledger.add(table.first, Kind::ListOfPersons { persons }, persons);
    settled
        .cells
        .extend(cells.into_iter().map(|at| (at, Outcome::LeftOut(index))));
    settled.cells.sort_by_key(|(at, _)| *at);
    settled.cells.dedup_by_key(|(at, _)| *at);
    settled
}

/// Rows with a name, totals and headings left out.
fn people<'t>(table: &'t Understood<'t>) -> impl Iterator<Item = &'t StubRow> {
    let name = name_column(table.columns);
    table.stub.iter().filter(move |row| {
        let named = name.and_then(|i| table.sheet.text(row.row, table.columns[i].column));
        named.is_some_and(|n| n.chars().any(char::is_alphabetic)) && !row.total
    })
}

/// Counts all persons by each of the form's counts.
pub fn settle(table: &Understood<'_>, form: &Form, ledger: &mut Ledger) -> Settled {
    let listed = Listed { table };
    if form.counts.is_empty() {
        let persons = people(table).count() as u32;
        ledger.add(table.first, Kind::ListNotCounted { persons }, 0);
    }
    let found = Found::of(form, table.columns);
    let mut settled = Settled::default();
    let mut troubles = Troubles::default();
    let mut outcomes: BTreeMap<CellAddress, Outcome> = BTreeMap::new();
    for count in &form.counts {
        // "Được hỗ trợ" is counted only where the list has the column.
        if !found.has_all(count) {
            continue;
        }
        let nothing = When::default();
        let period = match super::period_of(table, nothing, nothing, count.measure) {
            Ok(period) => period,
            Err(kind) => {
                let persons = people(table).count() as u32;
                ledger.add(table.first, kind, persons);
                break;
            }
        };
        let tally = tally(&listed, &found, count, period, &mut troubles);
        for ((place, breakdown), (value, cell)) in tally {
            let mut other_times = BTreeSet::new();
            let place = super::of_its_time(table, place, period, &mut other_times);
            outcomes.insert(cell, Outcome::Fact(settled.facts.len() as u32));
            settled.facts.push(SheetFact {
                measure: count.measure,
                breakdown,
                place,
                period,
                value,
                senders: form.senders,
                sender: match form.senders {
                    Senders::Many => table.about.sender.as_ref().map(|s| s.value.clone()),
                    Senders::One => None,
                },
                cell,
            });
        }
        twice(
            &listed,
            count.measure,
            period,
            &mut settled.persons,
            &mut troubles,
        );
    }
    troubles.tell(ledger);
    for row in table.stub {
        for cell in table.sheet.grid.row(row.row).iter().filter(|c| is_figure(c)) {
            if table.columns.iter().any(|c| c.column == cell.at.column) {
                outcomes
                    .entry(cell.at)
                    .or_insert(Outcome::NotNeeded(Reason::Listed));
            }
        }
    }
    settled.cells = outcomes.into_iter().collect();
    settled
}

/// Troubles of a list: each kind is one line with its count. One cell may be looked at by several counts.
#[derive(Debug, Default)]
struct Troubles(BTreeMap<Kind, BTreeSet<CellAddress>>);

impl Troubles {
    fn add(&mut self, at: CellAddress, kind: Kind) {
        self.0.entry(kind).or_default().insert(at);
    }

    fn tell(self, ledger: &mut Ledger) {
        for (kind, cells) in self.0 {
            let Some(first) = cells.first().copied() else {
                continue;
            };
            let persons = cells.len() as u32;
            let costs = kind.severity() == crate::problem::Severity::Error;
            ledger.add(first, with_count(kind, persons), if costs { persons } else { 0 });
        }
    }
}

fn with_count(kind: Kind, persons: u32) -> Kind {
    match kind {
        Kind::PersonTraitUnclear { what, .. } => Kind::PersonTraitUnclear { what, persons },
        Kind::PersonTraitMissing { what, .. } => Kind::PersonTraitMissing { what, persons },
        Kind::PersonTwice { .. } => Kind::PersonTwice { persons },
        other => other,
    }
}

fn what(dimension: &str) -> Words {
    match dimension {
        "sex" => Words::new("giới tính", "sex"),
        "ethnicity" => Words::new("dân tộc", "ethnicity"),
        "item" => Words::new("lớp, loại", "grade or kind"),
        "place" => Words::new("nơi ở", "place"),
        "answer" => Words::new("câu trả lời", "answer"),
        _ => Words::new("ngày sinh, tuổi", "birth or age"),
    }
}

fn tally(
    listed: &Listed<'_>,
    found: &Found<'_>,
    count: &CountRule,
    period: Period,
    troubles: &mut Troubles,
) -> Tally {
    let table = listed.table;
    let lists = &table.catalogue.lists;
    let measure = table.catalogue.measures.get(count.measure);
    let mut tally = Tally::new();
    let Ok((_, fixed)) = count
        .fixed
        .settle(Some(count.measure), lists, &table.catalogue.measures)
    else {
        return tally;
    };
    let allowed =
        |dimension: Dimension| measure.dimensions.contains(&dimension) && fixed.get(dimension).is_all();
    let sex_from = traits::sex_from(listed, count.sex_from.as_ref()).filter(|_| allowed(Dimension::Sex));
    let column = |name: &Option<crate::intake::form::ColumnName>| name.as_ref().and_then(|n| found.get(n));
    let ethnicity = column(&count.ethnicity_from).filter(|_| allowed(Dimension::Ethnicity));
    let item = column(&count.item_from).filter(|_| measure.items.is_some() && fixed.item.is_all());
    let born = column(&count.age_from).filter(|_| allowed(Dimension::Age) && !count.ages.is_empty());
    let day = day_of_age(count, period);
    let kinh = lists.find("ethnicity", "kinh");
    let minority = lists.find("ethnicity", "minority");
    for row in people(table) {
        let at = row_cell(listed, row);
        match holds(table, found, count, row) {
            Answer::Known { value: 1, .. } => {}
            Answer::Known { .. } => continue,
            Answer::NotSaid(cell) => {
                let kind = Kind::PersonTraitMissing {
                    what: what("answer"),
                    persons: 0,
                };
                troubles.add(cell.unwrap_or(at), kind);
                continue;
            }
            Answer::Trouble(noted) => {
                let kind = Kind::PersonTraitUnclear {
                    what: what("answer"),
                    persons: 0,
                };
                troubles.add(noted.0, kind);
                continue;
            }
        }
        let Some(place) = place_of(listed, found, count, row, troubles, at) else {
            continue;
        };
        let mut take = |said: Trait<CategoryId>, dimension: &str, cell: Option<usize>| {
            let at = cell.map_or(at, |c| CellAddress::new(row.row, table.columns[c].column));
            let what = what(dimension);
            match said {
                Trait::Known(category) => return Some(category),
                Trait::Nothing => troubles.add(at, Kind::PersonTraitMissing { what, persons: 0 }),
                Trait::Unclear => troubles.add(at, Kind::PersonTraitUnclear { what, persons: 0 }),
                Trait::CodeOfUnknownList => troubles.add(at, code_list_unknown(dimension, "…")),
            }
            None
        };
        let sex = sex_from.and_then(|from| {
            let cell = match from {
                traits::SexFrom::Words(column) => Some(column),
                traits::SexFrom::Marks { men, women } => women.or(men),
            };
            take(traits::sex(listed, from, row), "sex", cell)
        });
        let group = ethnicity.and_then(|c| {
            take(
                traits::category(listed, c, row, "ethnicity"),
                "ethnicity",
                Some(c),
            )
        });
        let kind = item.and_then(|c| take(traits::category(listed, c, row, "item"), "item", Some(c)));
        let ages = born.map_or_else(Vec::new, |c| ages_of(listed, count, c, row, day, troubles));
        let groups: Vec<CategoryId> = [
            group,
            minority.filter(|m| group.is_some_and(|g| g != *m && lists.contains(*m, g))),
        ]
        .into_iter()
        .flatten()
        .collect();
        for sex in with_all(sex) {
            for group in with_all(groups.iter().copied()) {
                for item in with_all(kind) {
                    for age in with_all(ages.iter().copied()) {
                        let mut breakdown = fixed;
                        for (dimension, category) in [
                            (Dimension::Sex, sex),
                            (Dimension::Ethnicity, group),
                            (Dimension::Item, item),
                            (Dimension::Age, age),
                        ] {
                            if !category.is_all() {
                                breakdown = breakdown.with(dimension, category);
                            }
                        }
                        tally.entry((place, breakdown)).or_insert((0, at)).0 += 1;
                    }
                }
            }
        }
    }
    if sex_from.is_some() {
        let sexes = [lists.find("sex", "male"), lists.find("sex", "female")];
        add_zeros(&mut tally, Dimension::Sex, sexes.into_iter().flatten());
    }
    if ethnicity.is_some() {
        add_zeros(
            &mut tally,
            Dimension::Ethnicity,
            [kinh, minority].into_iter().flatten(),
        );
    }
    tally
}

/// "All" and each category.
fn with_all(categories: impl IntoIterator<Item = CategoryId>) -> Vec<CategoryId> {
    std::iter::once(CategoryId::ALL).chain(categories).collect()
}

/// None counted is a 0 that the list has shown, not a figure to be worked out from the others.
fn add_zeros(tally: &mut Tally, dimension: Dimension, categories: impl Iterator<Item = CategoryId>) {
    let categories: Vec<CategoryId> = categories.collect();
    let open: Vec<((UnitId, Breakdown), CellAddress)> = tally
        .iter()
        .filter(|((_, b), _)| b.get(dimension).is_all())
        .map(|(key, (_, cell))| (*key, *cell))
        .collect();
    for ((place, breakdown), cell) in open {
        for category in &categories {
            let key = (place, breakdown.with(dimension, *category));
            tally.entry(key).or_insert((0, cell));
        }
    }
}

/// The cell that stands for a row: its running number, else its first.
fn row_cell(listed: &Listed<'_>, row: &StubRow) -> CellAddress {
    let cells = listed.table.sheet.grid.row(row.row);
    let columns = listed.table.columns;
    let first = cells
        .iter()
        .find(|c| columns.iter().any(|k| k.column == c.at.column));
    first.map_or(CellAddress::new(row.row, 0), |c| c.at)
}

/// The day on which ages are meant: the form's, in the year of the period, else the period's last.
fn day_of_age(count: &CountRule, period: Period) -> Day {
    match count.age_on {
        // A school year begins in autumn: 31 December lies in the year before the one it ends in.
        Some((month, day)) if period.span == Span::SchoolYear && month >= 8 => {
            Day::new(period.year - 1, month, day)
        }
        Some((month, day)) => Day::new(period.year, month, day),
        None => period.last_day(),
    }
}

fn ages_of(
    listed: &Listed<'_>,
    count: &CountRule,
    column: usize,
    row: &StubRow,
    day: Day,
    troubles: &mut Troubles,
) -> Vec<CategoryId> {
    let at = CellAddress::new(row.row, listed.table.columns[column].column);
    let mut tell = |kind| {
        troubles.add(at, kind);
        Vec::new()
    };
    let what = what("age");
    let ages = match birth_of(listed, Some(column), row) {
        Ok(Some(birth)) => birth.ages_on(day),
        Ok(None) => return tell(Kind::PersonTraitMissing { what, persons: 0 }),
        Err(()) => None,
    };
    let Some((least, most)) = ages else {
        return tell(Kind::PersonTraitUnclear { what, persons: 0 });
    };
    let mut bands = Vec::new();
    for band in &count.ages {
        let Some((from, to)) = listed.table.catalogue.lists.category(*band).years else {
            continue;
        };
        let inside = |age: i16| age >= i16::from(from) && to.is_none_or(|to| age <= i16::from(to));
        match (inside(least), inside(most)) {
            (true, true) => bands.push(*band),
            (false, false) => {}
            // Born in the year on which the band turns, and the day is not said.
            _ => return tell(Kind::PersonTraitUnclear { what, persons: 0 }),
        }
    }
    bands
}

/// Birth by the declared column, or the year that stands under "Nam" or "Nữ".
fn birth_of(listed: &Listed<'_>, column: Option<usize>, row: &StubRow) -> Result<Option<Birth>, ()> {
    let Some(column) = column else { return Ok(None) };
    match birth::read(listed.cell(column, row)) {
        Ok(None) => match traits::sex_from(listed, None) {
            Some(traits::SexFrom::Marks { men, women }) => [men, women]
                .into_iter()
                .flatten()
                .filter_map(|c| birth::read(listed.cell(c, row)).ok().flatten())
                .map(|b| Ok(Some(b)))
                .next()
                .unwrap_or(Ok(None)),
            _ => Ok(None),
        },
        read => read,
    }
}

fn place_of(
    listed: &Listed<'_>,
    found: &Found<'_>,
    count: &CountRule,
    row: &StubRow,
    troubles: &mut Troubles,
    at: CellAddress,
) -> Option<UnitId> {
    let table = listed.table;
    let of_table = table.about.place.as_ref().map(|p| p.value);
    let column = count.place_from.as_ref().and_then(|name| found.get(name));
    let written = column.and_then(|c| table.sheet.text(row.row, table.columns[c].column));
    let what = what("place");
    let Some(written) = written.filter(|t| !t.trim().is_empty()) else {
        if of_table.is_none() {
            troubles.add(at, Kind::PersonTraitMissing { what, persons: 0 });
        }
        return of_table;
    };
    let within = table_place(table.about, &table.places);
    for located in [
        table.places.of_cell(&written, within),
        table.places.of_line(&written),
    ] {
        if let Located::One(id) | Located::OtherTime(id) = located {
            return Some(id);
        }
    }
    // An address inside the commune that the title names says nothing more.
    let commune =
        of_table.filter(|id| table.places.level(*id) == crate::classification::locality::Level::Commune);
    if commune.is_none() {
        let at = column.map_or(at, |c| CellAddress::new(row.row, table.columns[c].column));
        troubles.add(at, Kind::PersonTraitUnclear { what, persons: 0 });
    }
    commune
}

/// Keys of persons who can be told apart, and those who stand in the list twice.
fn twice(
    listed: &Listed<'_>,
    measure: MeasureId,
    period: Period,
    keys: &mut Vec<PersonKey>,
    troubles: &mut Troubles,
) {
    let table = listed.table;
    let Some(name) = name_column(table.columns) else {
        return;
    };
    let born = table.columns.iter().position(|column| {
        let plain = text::folded(column.leaf());
        plain.contains("sinh") && (plain.contains("ngay") || plain.contains("nam"))
    });
    let mut seen: BTreeSet<[u8; 16]> = BTreeSet::new();
    for row in people(table) {
        // Only a name with a full day of birth tells two persons apart.
        let Ok(Some(Birth::Day(day))) = birth_of(listed, born, row) else {
            continue;
        };
        let parts: Vec<String> = [name, name + 1]
            .into_iter()
            .filter(|c| {
                *c == name
                    || table
                        .columns
                        .get(*c)
                        .is_some_and(|k| text::folded(k.leaf()) == "ten")
            })
            .filter_map(|c| table.sheet.text(row.row, table.columns[c].column))
            .map(|t| text::key(&t))
            .collect();
        let key = format!("{}|{day:?}|{}|{}", parts.join(" "), measure.0, period.code());
        let digest = Sha256::digest(key.as_bytes());
        let mut short = [0u8; 16];
        short.copy_from_slice(&digest[..16]);
        if seen.insert(short) {
            keys.push(PersonKey(short));
        } else {
            troubles.add(row_cell(listed, row), Kind::PersonTwice { persons: 0 });
        }
    }
}
