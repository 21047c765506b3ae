//! Which division of the country a table of localities follows: that of its period, or that of before or after
//! the reform of 1 July 2025.
//!
//! In:  the names in its rows, the day of its period. Out: the day on which these names are meant.
//! Holds: the period's own day, unless the title says that figures were recast on the new units, or more of
//!        the names exist on the other side of the reform. Names alone mislead: a commune of 2026 often bears
//!        the name of one of the three that it was made of.
//! Law: Nghị quyết 202/2025/QH15, in force from 1 July 2025.

use crate::classification::locality::{REFORM, Resolution, UnitId};
use crate::intake::place::words::is_typed;
use crate::intake::place::{Places, tidied};
use crate::intake::stub::StubRow;
use crate::intake::words_of_stub::StubRole;
use crate::period::Day;

/// The day on which the names of the rows are meant.
pub(super) fn day_of_names(
    places: &Places<'_>,
    rows: &[StubRow],
    within: Option<UnitId>,
    recast: bool,
    home_day: Day,
) -> Day {
    let day = places.day;
    let other = match (day < REFORM, home_day < REFORM) {
        (true, false) => home_day,
        (true, true) => REFORM,
        (false, _) => REFORM.eve(),
    };
    if recast {
        return if day < REFORM { other } else { day };
    }
    let names: Vec<String> = rows
        .iter()
        .filter(|r| r.has_figures && !r.total)
        .filter_map(|r| {
            let main = |(role, at, _): &&(StubRole, _, String)| {
                *role == StubRole::Place || (*role != StubRole::Year && Some(*at) == r.at)
            };
            r.texts.iter().find(main).map(|(.., text)| tidied(text))
        })
        .take(120)
        .collect();
    // A few names decide nothing.
    if names.len() < 4 {
        return day;
    }
    let known = |day: Day| {
        let ground = within.map_or_else(Vec::new, |w| places.ground(w, day));
        if within.is_some() && ground.is_empty() {
            return 0;
        }
        names
            .iter()
            .filter(|name| {
                matches!(
                    places.register.resolve_in(name, &ground, None, day),
                    Resolution::One(..)
                )
            })
            .count()
    };
    let here = known(day);
    if here == names.len() {
        return day;
    }
    // One name more or less is a slip of the pen; nearly all of them are not.
    let there = known(other);
    let clearly = there >= here + (names.len() / 10).max(2) && there * 10 >= names.len() * 8;
    if clearly { other } else { day }
}

/// The unit that bears the name of the table's place today, where rows lie on its ground and not on that of the
/// place: "UBND tỉnh Khánh Hòa" above districts of 2023 that lay in Ninh Thuận then.
pub(super) fn headed_by_later(places: &Places<'_>, rows: &[StubRow], heading: UnitId) -> Option<UnitId> {
    let wider = places.register.wider_later(heading, places.day)?;
    let ground = places.ground(wider, places.day);
    let names = rows
        .iter()
        .filter(|r| r.has_figures && !r.total)
        .take(400)
        .flat_map(|r| {
            let names = r.texts.iter().filter(|(role, at, _)| {
                *role == StubRole::Place || (*role != StubRole::Year && Some(*at) == r.at)
            });
            names.map(|(role, _, text)| (*role == StubRole::Place, text))
        });
    let mut only_there = 0;
    for (is_place, text) in names {
        let name = tidied(text);
        if name.chars().count() > 80 || !name.chars().any(char::is_alphabetic) {
            continue;
        }
        let is_in = |ground: &[UnitId]| {
            let found = places.register.resolve_in(&name, ground, None, places.day);
            found != Resolution::None
        };
        if !is_in(&[heading]) && is_in(&ground) {
            // One bare word may be anything; a name with its type, or under a heading of places, is one.
            only_there += if is_place || is_typed(&name) { 2 } else { 1 };
        }
        if only_there > 1 {
            return Some(wider);
        }
    }
    None
}
