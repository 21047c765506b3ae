//! Groups of units that are reported on as one place: the wards and townships, a plan's own list of
//! communes, the ground of a district that was abolished.
//!
//! In:  [`Group`]s declared in `localities/groups.toml`, or a unit of another time that somebody asks for.
//! Out: an [`Area`]: a place of its own in the register, and its [`Members`] on any day.
//! Holds: an area is no administrative unit: no name in a sheet means it, it has no bodies of its own, and
//!        it never counts a unit twice. Members are whole units of the day; where only a part of one belongs
//!        to the ground meant, that is said.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::ask::Answer;
use super::transfers::Part;
use super::{AdminUnit, Level, Register, UnitId};
use crate::lang::Words;
use crate::period::Day;
use crate::text::{folded, key};

/// The kind of a place that is a group of units.
pub const KIND: &str = "nhóm địa bàn";

/// Later than any state of the register begins: the newest list.
const NEWEST: Day = Day::new(9999, 12, 31);

/// A group as it is declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Small letters, digits and hyphens; what is typed after `--locality`, and part of file names.
    pub id: String,
    pub names: Words,
    /// Only communes of these types (`phường`); empty: whole members.
    pub types: Vec<String>,
    /// Codes, names or chains; empty: the nation.
    pub members: Vec<String>,
    /// The day on whose units the members are named; none: the newest.
    pub as_of: Option<Day>,
}

/// A place made up of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its own id in the register.
    pub unit: UnitId,
    pub rule: Rule,
}

/// What an area is made up of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// The group of this index, or what of it lies in a unit.
    Group {
        group: usize,
        within: Option<(UnitId, Day)>,
    },
    /// The ground of a unit that is in force on another day, this one.
    Ground(UnitId, Day),
}

/// The units that make up an area on a day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Members {
    /// By code; none lies in another.
    pub units: Vec<UnitId>,
    /// Those of them of which only a part belongs to the ground meant: other people live there too.
    pub partly: Vec<UnitId>,
}

impl Register {
    /// Joins declared groups. A fault is told with the index of its group.
    pub fn with_groups(mut self, groups: Vec<Group>) -> Result<Register, (usize, Words)> {
        for (index, group) in groups.iter().enumerate() {
            let found = self.proved(group);
            found.map_err(|why| (index, why))?;
        }
        let count = groups.len();
        self.groups = Arc::new(groups);
        for group in 0..count {
            let names = self.groups[group].names.clone();
            let code = self.groups[group].id.clone();
            self.add_area(code, names, Rule::Group { group, within: None }, NEWEST);
        }
        Ok(self)
    }

    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The area that an id stands for; none: it is a unit.
    pub fn area(&self, id: UnitId) -> Option<&Area> {
        self.areas.iter().find(|area| area.unit == id)
    }

    /// The group of this id or name.
    pub fn group_named(&self, text: &str) -> Option<UnitId> {
        let text = key(text);
        let bare = folded(&text);
        let named = |group: &Group| {
            group.id == text
                || [&group.names.vi, &group.names.en]
                    .map(|n| folded(&key(n)))
                    .contains(&bare)
        };
        let at = self.groups.iter().position(named)?;
        let whole = Rule::Group {
            group: at,
            within: None,
        };
        self.areas.iter().find(|a| a.rule == whole).map(|a| a.unit)
    }

    /// The group, or the part of it inside a place, that a text means; never a unit of another day.
    pub fn group_asked(&mut self, text: &str, day: Day) -> Option<UnitId> {
        let named = self.group_named(text).is_some();
        let part = || {
            text.split_once(',')
                .is_some_and(|(group, _)| self.group_named(group).is_some())
        };
        (named || part()).then(|| self.area_asked(text, day))?
    }

    /// The area that a text means: a group, a group inside a place (`thành thị, tỉnh Khánh Hòa`), or the
    /// ground of a unit of another day. The same text gives the same area again.
    pub fn area_asked(&mut self, text: &str, day: Day) -> Option<UnitId> {
        if let Some(known) = self.area_named(text, day) {
            return Some(known);
        }
        let rule = self.rule_asked(text, day)?;
        let (code, names) = match rule {
            Rule::Group { group, within } => {
                let group = &self.groups[group];
                let place = within.map(|(id, at)| (self.unit(id).code.clone(), self.names_of(id, at)));
                let (code, place) = place?;
                let names = Words::new(
                    format!("{}, {}", group.names.vi, place.vi),
                    format!("{}, {}", group.names.en, place.en),
                );
                (format!("{}-{code}", group.id), names)
            }
            Rule::Ground(id, at) => self.named_ground(id, at, day),
        };
        Some(self.add_area(code, names, rule, day))
    }

    /// The area that [`Register::area_asked`] has made for this text before.
    pub fn area_named(&self, text: &str, day: Day) -> Option<UnitId> {
        if let Some(group) = self.group_named(text) {
            return Some(group);
        }
        let rule = self.rule_asked(text, day)?;
        self.areas.iter().find(|a| a.rule == rule).map(|a| a.unit)
    }

    /// The place that a text means on one day, as it stands on an earlier one: the unit itself if it is the same, else
    /// its ground then ([`Register::ground_asked`] has made it). A code is understood on the day it is meant on.
    pub fn place_meant(&self, text: &str, meant: Day, stands: Day) -> Result<UnitId, Words> {
        let ground = self.moved(text, meant, stands).and_then(|id| {
            let rule = Rule::Ground(id, meant);
            self.areas.iter().find(|a| a.rule == rule).map(|a| a.unit)
        });
        ground.map_or_else(|| self.place_on(text, stands), Ok)
    }

    /// Makes the area that [`Register::place_meant`] will ask for.
    pub fn ground_asked(&mut self, text: &str, meant: Day, stands: Day) {
        match self.moved(text, meant, stands) {
            Some(id) if self.place_meant(text, meant, stands) == self.place_on(text, stands) => {
                let (code, names) = self.named_ground(id, meant, stands);
                self.add_area(code, names, Rule::Ground(id, meant), stands);
            }
            Some(_) => {}
            None => drop(self.place_asked(text, stands)),
        }
    }

    /// The unit that a text means on a day, if it is another territory on the day on which it stands.
    fn moved(&self, text: &str, meant: Day, stands: Day) -> Option<UnitId> {
        let unit = (meant > stands).then(|| self.place_on(text, meant).ok())??;
        let is_other = self.area(unit).is_none() && self.same_on(unit, stands).is_none();
        is_other.then_some(unit)
    }

    fn named_ground(&self, id: UnitId, at: Day, day: Day) -> (String, Words) {
        let names = self.names_of(id, at);
        let later = self.unit(id).from.is_some_and(|from| day < from);
        let names = match later {
            true => Words::new(
                format!("địa bàn {} sau này", names.vi),
                format!("ground of the later {}", names.en),
            ),
            false => Words::new(
                format!("địa bàn {} cũ", names.vi),
                format!("ground of the former {}", names.en),
            ),
        };
        (self.unit(id).code.clone(), names)
    }

    fn rule_asked(&self, text: &str, day: Day) -> Option<Rule> {
        if let Some((group, place)) = text.split_once(',')
            && let Some(Rule::Group { group, .. }) = self
                .group_named(group)
                .and_then(|g| self.area(g))
                .map(|a| &a.rule)
        {
            let group = *group;
            let within = match self.ask(place, None, day) {
                Answer::One(id, _) => (id, day),
                Answer::OtherTime(id, _, at) => (id, at),
                _ => return None,
            };
            return Some(Rule::Group {
                group,
                within: Some(within),
            });
        }
        match self.ask(text, None, day) {
            Answer::OtherTime(id, _, at) => Some(Rule::Ground(id, at)),
            _ => None,
        }
    }

    /// The units of an area on a day; none if the id is a unit of its own.
    pub fn members(&self, id: UnitId, day: Day) -> Option<Members> {
        let area = self.area(id)?;
        let mut found = Members::default();
        match &area.rule {
            Rule::Ground(unit, at) => self.add_ground(&mut found, *unit, *at, day, &[(*unit, *at)]),
            Rule::Group { group, within } => {
                let group = self.groups.get(*group)?;
                self.add_group(&mut found, group, day);
                if let Some((place, at)) = within {
                    let mut place_there = Members::default();
                    self.add_ground(&mut place_there, *place, *at, day, &[(*place, *at)]);
                    found = self.shared(&found, &place_there, day);
                }
                if !group.types.is_empty() {
                    let of_type = |id: &UnitId| group.types.contains(&self.unit(*id).kind);
                    let lowest = found.units.iter().flat_map(|id| self.lowest(*id, day));
                    found.units = lowest.filter(of_type).collect();
                }
            }
        }
        let all: BTreeSet<UnitId> = found.units.iter().copied().collect();
        found
            .units
            .retain(|id| !self.ancestors(*id, day).iter().any(|up| all.contains(up)));
        found
            .units
            .sort_by(|a, b| self.unit(*a).code.cmp(&self.unit(*b).code));
        found.units.dedup();
        found.partly.retain(|id| found.units.contains(id));
        found.partly.sort_unstable();
        found.partly.dedup();
        Some(found)
    }

    /// The smallest unit that holds all of an area on a day.
    pub fn around(&self, id: UnitId, day: Day) -> Option<UnitId> {
        let members = self.members(id, day)?.units;
        let mut line = self.ancestors(*members.first()?, day);
        line.insert(0, members[0]);
        line.into_iter()
            .find(|up| members.iter().all(|m| self.contains(*up, *m, day)))
    }

    fn add_group(&self, found: &mut Members, group: &Group, day: Day) {
        if group.members.is_empty() {
            found.units.extend(self.roots());
        }
        let as_of = group.as_of.unwrap_or(NEWEST);
        let member = |text: &String| match self.ask(text, None, as_of) {
            Answer::One(id, _) => Some((id, as_of)),
            Answer::OtherTime(id, _, at) => Some((id, at)),
            _ => None,
        };
        let members: Vec<(UnitId, Day)> = group.members.iter().filter_map(member).collect();
        for (id, at) in &members {
            self.add_ground(found, *id, *at, day, &members);
        }
    }

    /// The units of a day on the ground that a unit had at another: itself if it is the same, else the lowest
    /// units in which some of its people live, joined where all of an upper unit is there.
    ///
    /// `all`: what is joined, this unit too; a unit of the day that others of them share is whole.
    fn add_ground(&self, found: &mut Members, id: UnitId, at: Day, day: Day, all: &[(UnitId, Day)]) {
        if let Some(same) = self.same_on(id, day) {
            found.units.push(same);
            return;
        }
        let Ok(transfers) = self.transfers() else {
            return;
        };
        let at = self.day_in_force(id, at);
        let mut there: BTreeSet<UnitId> = BTreeSet::new();
        for lowest in self.lowest(id, at) {
            let ends = transfers.destinations(self, lowest, at, day);
            there.extend(ends.iter().filter(|e| e.part != Part::NONE).map(|e| e.unit));
        }
        for unit in there {
            let from = transfers.destinations(self, unit, day, at);
            let outside = |unit: UnitId| !all.iter().any(|(id, at)| self.contains(*id, unit, *at));
            if from.iter().any(|f| f.part != Part::NONE && outside(f.unit)) {
                found.partly.push(unit);
            }
            found.units.push(unit);
        }
    }

    /// What two sets of units share.
    fn shared(&self, a: &Members, b: &Members, day: Day) -> Members {
        let inside = |these: &Members, those: &Members| -> Vec<UnitId> {
            let those: BTreeSet<UnitId> = those.units.iter().copied().collect();
            let above = |id: UnitId| self.ancestors(id, day).iter().any(|up| those.contains(up));
            let lies = |id: &UnitId| those.contains(id) || above(*id);
            these.units.iter().copied().filter(lies).collect()
        };
        let mut units = inside(a, b);
        units.extend(inside(b, a));
        let partly = a.partly.iter().chain(&b.partly).copied().collect();
        Members { units, partly }
    }

    fn add_area(&mut self, code: String, names: Words, rule: Rule, day: Day) -> UnitId {
        let id = UnitId(u32::try_from(self.units.len()).unwrap_or(u32::MAX));
        self.areas.push(Area { unit: id, rule });
        self.units.push(AdminUnit {
            code,
            name: names.vi,
            english: names.en,
            kind: KIND.to_owned(),
            level: Level::District,
            parent_code: self
                .roots()
                .first()
                .map_or_else(String::new, |r| self.unit(*r).code.clone()),
            from: None,
            until: None,
            continues: false,
        });
        // It stands one level above its members: what is not computed there is not computed for it.
        let by_type = |group: usize| self.groups.get(group).is_some_and(|g| !g.types.is_empty());
        let level = match self.area(id).map(|a| &a.rule) {
            Some(Rule::Group { group, .. }) if by_type(*group) => Some(Level::Commune),
            _ => {
                let members = self.members(id, day).unwrap_or_default().units;
                members.iter().map(|m| self.unit(*m).level).min()
            }
        };
        if let (Some(level), Some(unit)) = (level, self.units.get_mut(id.0 as usize)) {
            unit.level = match level {
                Level::Nation | Level::Province => Level::Nation,
                Level::District => Level::Province,
                Level::Commune => Level::District,
            };
        }
        id
    }

    fn names_of(&self, id: UnitId, at: Day) -> Words {
        use crate::lang::Lang;
        let at = self.day_in_force(id, at);
        Words::new(self.path_in(id, at, Lang::Vi), self.path_in(id, at, Lang::En))
    }

    /// Whether a group can be used: its id, its types and each member.
    fn proved(&self, group: &Group) -> Result<(), Words> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let id = &group.id;
        if !id.starts_with(|c: char| c.is_ascii_lowercase()) || !id.chars().all(plain) || id.len() > 40 {
            return Err(Words::new(
                format!("mã nhóm “{id}” phải gồm chữ thường không dấu, số, dấu nối, và bắt đầu bằng chữ"),
                format!("the id “{id}” must be small letters, digits and hyphens and begin with a letter"),
            ));
        }
        if group.types.is_empty() && group.members.is_empty() {
            return Err(Words::new(
                format!("nhóm “{id}” phải có members hoặc types"),
                format!("the group “{id}” needs members or types"),
            ));
        }
        let is_type = |kind: &&String| ["xã", "phường", "thị trấn", "đặc khu"].contains(&kind.as_str());
        if let Some(kind) = group.types.iter().find(|kind| !is_type(kind)) {
            return Err(Words::new(
                format!("“{kind}” không phải loại đơn vị cấp xã: xã, phường, thị trấn, đặc khu"),
                format!("“{kind}” is no type of commune: xã, phường, thị trấn, đặc khu"),
            ));
        }
        for text in &group.members {
            let day = group.as_of.unwrap_or(NEWEST);
            let (vi, en) = match self.ask(text, None, day) {
                Answer::One(..) | Answer::OtherTime(..) => continue,
                Answer::Several(ids, at) => {
                    let names: Vec<String> = ids.iter().take(4).map(|id| self.full_path(*id, at)).collect();
                    let (names, n) = (names.join("; "), ids.len());
                    (
                        format!(
                            "chỉ {n} nơi ({names}…); hãy dùng mã, hoặc ghi thêm tên huyện, tỉnh, và as_of"
                        ),
                        format!(
                            "means {n} places ({names}…); use the code, or add district and province, and as_of"
                        ),
                    )
                }
                _ => (
                    "không phải đơn vị hành chính nào".to_owned(),
                    "is no administrative unit".to_owned(),
                ),
            };
            return Err(Words::new(
                format!("nhóm “{id}”: “{text}” {vi}"),
                format!("the group “{id}”: “{text}” {en}"),
            ));
        }
        Ok(())
    }
}
