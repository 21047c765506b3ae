//! The same ground on another day, and the days on which a name was in use.
//!
//! In:  a unit as it was meant on one day, or a name. Out: units of another day; days worth asking about.
//! Holds: before and after a change the ground of one unit may be that of several; none is left out.
//! Leaves to others: how much of the people is where ([`super::transfers`]).

use super::names::{by_commas, by_type_words, loose, readings, without_body};
use super::transfers::Part;
use super::{Level, Register, UnitId};
use crate::lang::Lang;
use crate::period::Day;
use crate::text::{folded, key};

/// More days than this are not asked about one name.
const MOST_DAYS: usize = 12;

impl Register {
    /// Units in force on `day` that have people or land of a unit as it was on `at`: of its own level if
    /// there are such, else the lowest; one if its ground is that of one. Empty: nobody knows.
    pub fn territory_on(&self, id: UnitId, at: Day, day: Day) -> Vec<UnitId> {
        if let Some(same) = self.same_on(id, day) {
            return vec![same];
        }
        let Ok(transfers) = self.transfers() else {
            return Vec::new();
        };
        let at = self.day_in_force(id, at);
        let level = self.unit(id).level;
        let mut out: Vec<UnitId> = Vec::new();
        for lowest in self.lowest(id, at) {
            for there in transfers.destinations(self, lowest, at, day) {
                let up = self.ancestors(there.unit, day).into_iter();
                let alike = up.into_iter().find(|u| self.unit(*u).level == level);
                out.push(alike.unwrap_or(there.unit));
            }
        }
        out.sort_by(|a, b| self.unit(*a).code.cmp(&self.unit(*b).code));
        out.dedup();
        out
    }

    /// A later unit of the same name and level that has the ground of this one and more: today's `tỉnh Khánh Hòa`
    /// to the one before the reform.
    pub fn wider_later(&self, id: UnitId, day: Day) -> Option<UnitId> {
        let unit = self.unit(id);
        let bearers = self.names.marked.get(&key(&unit.name))?;
        let mut later = bearers.iter().copied().filter(|other| {
            let other = self.unit(*other);
            other.level == unit.level && other.from.is_some_and(|from| from > day)
        });
        later.find(|other| {
            let ground = self.territory_on(*other, day, day);
            ground.len() > 1 && ground.contains(&id)
        })
    }

    /// `day` if the unit was in force then, else the day nearest to it on which it was.
    pub fn day_in_force(&self, id: UnitId, day: Day) -> Day {
        let unit = self.unit(id);
        match (unit.from, unit.until) {
            (Some(from), _) if day < from => from,
            (_, Some(until)) if until <= day => until.eve(),
            _ => day,
        }
    }

    /// Days other than `day`, the nearest first, on which a unit bore a name that stands in the text.
    /// Whoever asks on these days has asked on all that matter.
    pub fn days_of_name(&self, text: &str, day: Day) -> Vec<Day> {
        let text = key(text);
        let mut days: Vec<Day> = Vec::new();
        let parts = by_commas(&text)
            .into_iter()
            .flat_map(|part| part.split(" - ").flat_map(|p| by_type_words(p, false)));
        for part in parts.take(6) {
            let part = without_body(part);
            let names = readings(part).into_iter().map(|(_, name)| name);
            for name in names.chain([part]) {
                let name = folded(name);
                let known = self.names.loose.get(&loose(&name));
                let alias = self.names.alias.get(&name);
                for id in known.into_iter().chain(alias).flatten() {
                    let other = self.day_in_force(*id, day);
                    if other != day && !days.contains(&other) {
                        days.push(other);
                    }
                }
            }
        }
        days.sort_by_key(|other| (distance(*other, day), *other));
        days.truncate(MOST_DAYS);
        days
    }

    /// The unit's name with those above it, as it was while it was in force.
    pub fn full_path(&self, id: UnitId, near: Day) -> String {
        self.full_path_in(id, near, Lang::Vi)
    }

    /// The same in the language.
    pub fn full_path_in(&self, id: UnitId, near: Day, lang: Lang) -> String {
        self.path_in(id, self.day_in_force(id, near), lang)
    }

    /// Where the people of a unit found on `day` are on a later day, if it is no longer in force then; parts
    /// are known of the lowest units only.
    pub fn later_home(&self, id: UnitId, day: Day, later: Day) -> Vec<(UnitId, Option<Part>)> {
        if self.in_force(id, later) {
            return Vec::new();
        }
        if self.is_lowest(id, day)
            && let Ok(transfers) = self.transfers()
        {
            let ends = transfers.destinations(self, id, day, later);
            return ends.into_iter().map(|d| (d.unit, Some(d.part))).collect();
        }
        let ground = self.territory_on(id, day, later);
        ground.into_iter().map(|id| (id, None)).collect()
    }

    /// Whether the day has a level of districts.
    pub fn has_districts(&self, day: Day) -> bool {
        self.administrative()
            .iter()
            .any(|u| u.level == Level::District && u.in_force(day))
    }
}

/// Roughly the days between two days; only their order matters.
fn distance(a: Day, b: Day) -> i32 {
    let number = |d: Day| i32::from(d.year) * 372 + i32::from(d.month) * 31 + i32::from(d.day);
    (number(a) - number(b)).abs()
}
