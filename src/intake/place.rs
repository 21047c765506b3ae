//! Places in titles, cells, names of sheets and files → units of the register.
//!
//! In:  text, a surrounding unit, a day. Out: [`Located`].
//! Holds: looked for inside the surrounding unit first; a unit of another time is said to be one, and is
//!        looked for on the ground that the surrounding unit has now.
//! Leaves to others: matching names (`classification::locality`), the words of messages ([`naming`]).

pub mod naming;
pub mod words;

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::classification::locality::{Found, Level, REFORM, Register, Resolution, UnitId};
use crate::period::Day;
pub use words::{is_kinds_only, is_whole_of, kind_and_name, level_of_heading, tidied};
use words::{is_typed, is_typed_as_written, lettered, mentions_kind};

/// The answer for one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    One(UnitId),
    /// In force at another time only.
    OtherTime(UnitId),
    Several(Vec<UnitId>),
    None,
}

/// What was found out for one table: cells repeat each other.
#[derive(Debug, Default)]
pub struct Memory {
    cells: BTreeMap<(String, Option<UnitId>), Located>,
    grounds: BTreeMap<(UnitId, Day), Vec<UnitId>>,
}

impl Memory {
    pub fn clear(&mut self) {
        *self = Memory::default();
    }
}

fn one_or_several(ids: impl IntoIterator<Item = UnitId>) -> Located {
    let mut distinct: Vec<UnitId> = Vec::new();
    for id in ids {
        if !distinct.contains(&id) {
            distinct.push(id);
        }
    }
    match distinct.as_slice() {
        [] => Located::None,
        [id] => Located::One(*id),
        _ => Located::Several(distinct),
    }
}

/// Looks places up for one table.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    pub register: &'a Register,
    pub home: Option<UnitId>,
    /// The last day of the period.
    pub day: Day,
    /// The table is written with its marks: a name without any has none.
    pub marked: bool,
    pub known: &'a RefCell<Memory>,
}

impl Places<'_> {
    /// The unit that a cell names, inside `within` if there is one, else inside the office's own locality first.
    pub fn of_cell(&self, text: &str, within: Option<UnitId>) -> Located {
        let typed = lettered(text).map_or(Located::None, |typed| self.of_text(typed, within));
        match typed {
            Located::One(_) | Located::OtherTime(_) => typed,
            _ => self.of_text(tidied(text), within),
        }
    }

    /// As [`Places::of_cell`], under a heading that says of which level its names are: a bare name is then meant
    /// as a unit of that level, of another time if need be, and never as a commune of the same name.
    pub fn of_cell_under(&self, text: &str, heading: Option<Level>, within: Option<UnitId>) -> Located {
        let found = self.of_cell(text, within);
        let Some(level) = heading.filter(|_| !is_typed_as_written(text)) else {
            return found;
        };
        // "Cả nước" among provinces is no province of that name.
        let fits = |id: &UnitId| [level, Level::Nation].contains(&self.level(*id));
        match found {
            Located::One(id) | Located::OtherTime(id) if fits(&id) => return found,
            Located::Several(ids) if ids.iter().any(fits) => {
                return one_or_several(ids.into_iter().filter(fits));
            }
            _ => {}
        }
        // A heading says a level, and not which of its types a row is: "Yên Viên" is a xã and a thị trấn.
        let (mut here, mut other_times) = (Vec::new(), Vec::new());
        for kind in words::kinds_of(level) {
            match self.of_cell(&format!("{kind} {text}"), within) {
                Located::One(id) => here.push(id),
                Located::Several(ids) => here.extend(ids),
                Located::OtherTime(id) => other_times.push(id),
                Located::None => {}
            }
        }
        here.retain(fits);
        other_times.retain(fits);
        match (here.is_empty(), other_times.as_slice()) {
            (true, [id]) => Located::OtherTime(*id),
            (true, _) => one_or_several(other_times),
            (false, _) => one_or_several(here),
        }
    }

    fn of_text(&self, text: String, within: Option<UnitId>) -> Located {
        // A figure is a code only in a column of codes; a sentence is no name.
        if !text.chars().any(char::is_alphabetic) && text.len() < 5 || text.chars().count() > 80 {
            return Located::None;
        }
        let key = (text, within);
        if let Some(known) = self.known.borrow().cells.get(&key) {
            return known.clone();
        }
        let found = self.look_up(&key.0, within);
        self.known.borrow_mut().cells.insert(key, found.clone());
        found
    }

    fn look_up(&self, text: &str, within: Option<UnitId>) -> Located {
        let today = self.on_day(text, within, self.day);
        // Only a name behind its type is looked for at other times too: bare words are rarely places.
        if today != Located::None || !is_typed(text) {
            return today;
        }
        let mut several = Located::None;
        for day in self.register.days_of_name(text, self.day) {
            match self.on_day(text, within, day) {
                Located::One(id) => return Located::OtherTime(id),
                found if several == Located::None => several = found,
                _ => {}
            }
        }
        match self.register.on_present_ground(text, self.day) {
            Some((Resolution::One(id, _), _)) if several == Located::None => Located::OtherTime(id),
            Some((Resolution::Several(ids), _)) if several == Located::None => Located::Several(ids),
            _ => several,
        }
    }

    fn on_day(&self, text: &str, within: Option<UnitId>, day: Day) -> Located {
        let scope = within.or(self.home);
        let ground = scope.map_or_else(Vec::new, |w| self.ground(w, day));
        if within.is_some() && ground.is_empty() && day != self.day {
            // The surrounding unit is unknown then: so is what was in it.
            return Located::None;
        }
        if !ground.is_empty() {
            match self.register.resolve_in(text, &ground, None, day) {
                Resolution::One(id, _) => return Located::One(id),
                Resolution::Several(ids) => return self.one_of(text, ids),
                Resolution::None => {}
            }
        }
        let anywhere = ground.is_empty() || (within.is_none() && day == self.day);
        match self.register.resolve(text, None, None, day) {
            // Without a surrounding place in the sheet itself, a full name elsewhere is believed too.
            Resolution::One(
                id,
                Found::ByCode | Found::ByTypeAndName | Found::ByFormerType | Found::ByCorrection,
            ) if anywhere => Located::One(id),
            // A unit above the surrounding one: "Toàn tỉnh Lai Châu" in a table of a district.
            Resolution::One(id, _) if ground.iter().any(|w| self.register.contains(id, *w, day)) => {
                Located::One(id)
            }
            Resolution::Several(ids) if anywhere => self.one_of(text, ids),
            _ => Located::None,
        }
    }

    /// Of several units the one whose name is exactly what is written, in a table that has its marks.
    fn one_of(&self, text: &str, ids: Vec<UnitId>) -> Located {
        match self.marked {
            true => one_or_several(self.register.as_written(text, ids)),
            false => Located::Several(ids),
        }
    }

    /// The unit that a code means beside these texts, under a heading of this level: on the day, or else at the
    /// nearest time at which any unit had it. Zeros that a spreadsheet has dropped are put back: of several units
    /// the one that a text names is meant, else the one of the heading's level, else nobody knows.
    pub fn of_code(&self, code: &str, heading: Option<Level>, texts: &[&str]) -> Located {
        let named = |id: &UnitId| texts.iter().any(|text| self.names(text, *id));
        let fits = |id: &UnitId| heading.is_none_or(|level| self.level(*id) == level);
        let only = |ids: &[UnitId], takes: &dyn Fn(&UnitId) -> bool| {
            let mut taken = ids.iter().copied().filter(|id| takes(id));
            taken.next().filter(|_| taken.next().is_none())
        };
        let here = self.register.all_by_code(code, self.day);
        let one = only(&here, &named)
            .or_else(|| only(&here, &fits))
            .or_else(|| only(&here, &|_| true));
        if let Some(id) = one {
            return Located::One(id);
        }
        if !here.is_empty() {
            return Located::Several(here);
        }
        let ever = self.register.states_of_all(code);
        let near = |takes: &dyn Fn(&UnitId) -> bool| {
            self.register
                .nearest_state(ever.iter().copied().filter(|id| takes(id)), self.day)
        };
        near(&named)
            .or_else(|| near(&fits))
            .map_or(Located::None, Located::OtherTime)
    }

    /// The unit that a line of a title speaks of.
    pub fn of_line(&self, line: &str) -> Located {
        if !mentions_kind(line) {
            return Located::None;
        }
        for day in self.days_of_line(line) {
            let here = day == self.day;
            let ground = self.home.map_or_else(Vec::new, |h| self.ground(h, day));
            for within in [&ground[..], &[]] {
                match self.register.resolve_in_text(line, within, None, day) {
                    Resolution::One(id, _) if here => return Located::One(id),
                    Resolution::One(id, _) => return Located::OtherTime(id),
                    // A name that recurs in the country is no wonder; home would have decided.
                    Resolution::Several(ids) if within.is_empty() && here => return Located::Several(ids),
                    _ => {}
                }
                if ground.is_empty() {
                    break;
                }
            }
        }
        Located::None
    }

    /// The unit that the name of a sheet or file mentions: behind a type word, or a bare name inside `within`.
    pub fn of_name(&self, name: &str, within: Option<UnitId>) -> Option<UnitId> {
        let spaced = name.replace(['_', '-', '.', '(', ')', '+', ','], " ");
        let scope = within.or(self.home);
        if mentions_kind(&spaced) {
            for day in self.days_of_line(&spaced) {
                let ground = scope.map_or_else(Vec::new, |s| self.ground(s, day));
                if let Resolution::One(id, _) = self.register.resolve_in_text(&spaced, &ground, None, day) {
                    return Some(id);
                }
            }
        }
        // In the whole country any two syllables are the name of some commune: "bo-y-te" is no place.
        let ground = scope.map_or_else(Vec::new, |s| self.ground(s, self.day));
        if ground.is_empty() || ground.iter().any(|s| self.level(*s) == Level::Nation) {
            return None;
        }
        let words: Vec<&str> = spaced.split_whitespace().take(24).collect();
        for length in (1..=words.len().min(5)).rev() {
            let mut found: Vec<UnitId> = Vec::new();
            for part in words.windows(length) {
                let text = part.join(" ");
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                if letters < 2 || text.chars().any(|c| c.is_ascii_digit()) {
                    continue;
                }
                if let Resolution::One(id, _) = self.register.resolve_in(&text, &ground, None, self.day)
                    && !ground.contains(&id)
                    && !found.contains(&id)
                {
                    found.push(id);
                }
            }
            match found.as_slice() {
                [] => {}
                [one] => return Some(*one),
                _ => return None,
            }
        }
        None
    }

    /// Whether a cell is the name of this unit, at whatever time it was in force.
    pub fn names(&self, text: &str, id: UnitId) -> bool {
        let day = self.register.day_in_force(id, self.day);
        let answer = self.register.resolve(&tidied(text), Some(id), None, day);
        matches!(answer, Resolution::One(found, _) if found == id)
    }

    pub fn level(&self, id: UnitId) -> Level {
        self.register.unit(id).level
    }

    /// The units of another day on the ground that a unit has on the day of the table.
    pub fn ground(&self, id: UnitId, day: Day) -> Vec<UnitId> {
        if let Some(known) = self.known.borrow().grounds.get(&(id, day)) {
            return known.clone();
        }
        let ground = self.register.territory_on(id, self.day, day);
        self.known.borrow_mut().grounds.insert((id, day), ground.clone());
        ground
    }

    /// The day of the period first, then days on the other side of the reform and the first of the register.
    /// A line that names a district which the day does not have speaks of another time, whatever else it names.
    fn days_of_line(&self, line: &str) -> Vec<Day> {
        let mut days = Vec::new();
        if !self.register.mentions_lost_district(line, self.day) {
            days.push(self.day);
        }
        for other in [REFORM.eve(), REFORM, Day::new(2019, 1, 1)] {
            if other != self.day {
                days.push(other);
            }
        }
        days
    }
}
