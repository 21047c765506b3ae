//! The age of a person on the day that is meant, from a birth as far as it is written.

use super::birth::{self, Birth};
use super::troubles::{Troubles, what};
use super::{Listed, traits};
use crate::classification::CategoryId;
use crate::intake::form::CountRule;
use crate::intake::stub::StubRow;
use crate::origin::CellAddress;
use crate::period::{Day, Period, Span};
use crate::problem::Kind;

/// The day on which ages are meant: the form's, in the year of the period, else the period's last.
pub(super) fn day_of_age(count: &CountRule, period: Period) -> Day {
    match count.age_on {
        // A school year begins in autumn: 31 December lies in the year before the one it ends in.
        Some((month, day)) if period.span == Span::SchoolYear && month >= 8 => {
            Day::new(period.year - 1, month, day)
        }
        Some((month, day)) => Day::new(period.year, month, day),
        None => period.last_day(),
    }
}

pub(super) fn ages_of(
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
pub(super) fn birth_of(
    listed: &Listed<'_>,
    column: Option<usize>,
    row: &StubRow,
) -> Result<Option<Birth>, ()> {
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
