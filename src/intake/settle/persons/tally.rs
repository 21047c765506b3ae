//! The persons of a list counted by place, sex, ethnicity, age and item.

use std::collections::BTreeMap;

use super::ages::{ages_of, day_of_age};
use super::troubles::{Troubles, what};
use super::{Listed, Trait, people, place_of, row_cell, traits};
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, Dimension};
use crate::intake::form::{ColumnName, CountRule};
use crate::intake::rows::code_list_unknown;
use crate::intake::settle::roster::{Answer, Found, holds};
use crate::origin::CellAddress;
use crate::period::Period;
use crate::problem::Kind;

/// The tally of one count: per place and breakdown, how many, and the first row.
pub(super) type Tally = BTreeMap<(UnitId, Breakdown), (i64, CellAddress)>;

pub(super) fn tally(
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
    let column = |name: &Option<ColumnName>| name.as_ref().and_then(|n| found.get(n));
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
