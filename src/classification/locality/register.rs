//! The register itself: parsing, and the hierarchy on a day.
//!
//! In:  the texts of `units.csv` and `aliases.csv`. Out: a [`Register`].
//! Holds: on any day a code belongs to at most one unit; answers are ordered by code.
//! Leaves to others: what people write instead of a name ([`super::resolve`]).

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::names::Names;
use super::{AdminUnit, Level, UnitId};
use crate::lang::Lang;
use crate::period::Day;

/// All units and states, with what is needed to find them fast.
#[derive(Debug, Clone, Default)]
pub struct Register {
    /// By [`UnitId`]; those of groups stand at the end.
    pub units: Vec<AdminUnit>,
    /// Looked up only, never walked: their order reaches nobody.
    by_code: Arc<HashMap<String, Vec<UnitId>>>,
    by_parent: Arc<BTreeMap<String, Vec<UnitId>>>,
    pub(super) names: Arc<Names>,
    pub(super) transfers: Arc<super::transfers::Lazy>,
    pub(super) population: Arc<super::population::Lazy>,
    /// What the office says of texts; by the text as it is compared.
    pub(super) corrections: Arc<BTreeMap<String, String>>,
    pub(super) groups: Arc<Vec<super::groups::Group>>,
    /// Places that are no units: groups, and grounds of units of other days.
    pub(super) areas: Vec<super::groups::Area>,
}

impl Register {
    /// Reads both tables. A fault of the files is told with its line.
    pub fn parse(units_csv: &str, aliases_csv: &str) -> Result<Register, String> {
        let mut units = Vec::new();
        for (line, fields) in rows(
            units_csv,
            "code,name,type,parent_code,level,valid_from,valid_to,continues",
        )? {
            units.push(unit(&fields).map_err(|why| format!("units.csv:{line}: {why}"))?);
        }
        let mut aliases = Vec::new();
        for (line, fields) in rows(aliases_csv, "code,name,source")? {
            match fields.as_slice() {
                [code, name, ..] => aliases.push(((*code).to_owned(), (*name).to_owned())),
                _ => return Err(format!("aliases.csv:{line}: a code and a name are expected")),
            }
        }
        Register::new(units, &aliases)
    }

    /// A register of these states; an alias is (code, type and name) and holds before the reform.
    pub fn new(units: Vec<AdminUnit>, aliases: &[(String, String)]) -> Result<Register, String> {
        let mut by_code: HashMap<String, Vec<UnitId>> = HashMap::with_capacity(units.len());
        let mut by_parent: BTreeMap<String, Vec<UnitId>> = BTreeMap::new();
        for (index, unit) in units.iter().enumerate() {
            let id = UnitId(u32::try_from(index).map_err(|_| "too many units".to_owned())?);
            let states = by_code.entry(unit.code.clone()).or_default();
            if let Some(other) = states.iter().find(|o| overlap(unit, &units[o.0 as usize])) {
                let other = units[other.0 as usize].full_name();
                return Err(format!(
                    "units.csv: code {} means both {} and {other} on one day",
                    unit.code,
                    unit.full_name()
                ));
            }
            states.push(id);
            if !unit.parent_code.is_empty() {
                by_parent.entry(unit.parent_code.clone()).or_default().push(id);
            }
        }
        for ids in by_parent.values_mut() {
            ids.sort_by(|a, b| {
                units[a.0 as usize]
                    .code
                    .cmp(&units[b.0 as usize].code)
                    .then(a.cmp(b))
            });
        }
        let names = Names::new(&units, &by_code, aliases);
        Ok(Register {
            units,
            by_code: Arc::new(by_code),
            by_parent: Arc::new(by_parent),
            names: Arc::new(names),
            transfers: Arc::default(),
            population: Arc::default(),
            corrections: Arc::default(),
            groups: Arc::default(),
            areas: Vec::new(),
        })
    }

    /// The state that an id of this register stands for.
    pub fn unit(&self, id: UnitId) -> &AdminUnit {
        &self.units[id.0 as usize]
    }

    pub fn ids(&self) -> impl Iterator<Item = UnitId> + use<> {
        (0..self.administrative().len() as u32).map(UnitId)
    }

    /// The states of administrative units, without the groups that stand behind them.
    pub fn administrative(&self) -> &[AdminUnit] {
        let groups = self.areas.len().min(self.units.len());
        &self.units[..self.units.len() - groups]
    }

    pub fn in_force(&self, id: UnitId, day: Day) -> bool {
        self.unit(id).in_force(day)
    }

    /// The unit that has this code on this day. Zeros in front that a spreadsheet has dropped are
    /// put back when only one unit can be meant; see [`Register::by_code_at`] when the level is known.
    pub fn by_code(&self, code: &str, day: Day) -> Option<UnitId> {
        let code = plain_code(code);
        if let Some(id) = self.exact(code, day) {
            return Some(id);
        }
        let mut padded = [Level::Province, Level::District, Level::Commune]
            .into_iter()
            .filter_map(|level| self.padded(code, level, day));
        let first = padded.next()?;
        padded.next().is_none().then_some(first)
    }

    /// The unit of this level that has this code on this day; lost zeros are put back (`4` is the
    /// commune 00004).
    pub fn by_code_at(&self, code: &str, level: Level, day: Day) -> Option<UnitId> {
        let code = plain_code(code);
        self.exact(code, day)
            .filter(|id| self.unit(*id).level == level)
            .or_else(|| self.padded(code, level, day))
    }

    /// All units that a code may mean on this day: the one that has it as it is written first, then those of
    /// whose code only zeros in front are missing.
    pub fn all_by_code(&self, code: &str, day: Day) -> Vec<UnitId> {
        let code = plain_code(code);
        let padded =
            [Level::Province, Level::District, Level::Commune].map(|level| self.padded(code, level, day));
        let mut out: Vec<UnitId> = self.exact(code, day).into_iter().collect();
        out.extend(padded.into_iter().flatten());
        out
    }

    /// The same at any time: states of the units that ever had the code, or have it with zeros in front.
    pub fn states_of_all(&self, code: &str) -> Vec<UnitId> {
        let code = plain_code(code);
        let widths = [2, 3, 5].into_iter().filter(|width| code.len() < *width);
        let mut out = self.states(code).to_vec();
        out.extend(widths.flat_map(|width| self.states(&format!("{code:0>width$}")).to_vec()));
        out
    }

    /// Of several states the last before a day, else the first after it.
    pub fn nearest_state(&self, states: impl IntoIterator<Item = UnitId>, day: Day) -> Option<UnitId> {
        states.into_iter().min_by_key(|id| {
            let then = self.day_in_force(*id, day);
            let apart = if then > day {
                (true, then, day)
            } else {
                (false, day, then)
            };
            (apart.0, apart.1, std::cmp::Reverse(apart.2))
        })
    }

    fn exact(&self, code: &str, day: Day) -> Option<UnitId> {
        let states = self.by_code.get(code)?;
        states.iter().copied().find(|id| self.in_force(*id, day))
    }

    fn padded(&self, code: &str, level: Level, day: Day) -> Option<UnitId> {
        let width = match level {
            Level::Nation => return None,
            Level::Province => 2,
            Level::District => 3,
            Level::Commune => 5,
        };
        let digits = !code.is_empty() && code.len() < width && code.bytes().all(|b| b.is_ascii_digit());
        digits
            .then(|| self.exact(&format!("{code:0>width$}"), day))
            .flatten()
            .filter(|id| self.unit(*id).level == level)
    }

    /// All states that a code ever had, oldest first as in the register.
    pub fn states(&self, code: &str) -> &[UnitId] {
        self.by_code.get(plain_code(code)).map_or(&[], Vec::as_slice)
    }

    /// The state of the same unit on another day, if its territory is the same: states that follow
    /// one another only by a new name, type or parent. A code kept by a unit that others were merged
    /// into, or that lost a part, does not mean a territory kept.
    pub fn same_on(&self, id: UnitId, day: Day) -> Option<UnitId> {
        if self.in_force(id, day) {
            return Some(id);
        }
        let unit = self.unit(id);
        let states = self.by_code.get(&unit.code)?;
        let wanted = states.iter().copied().find(|s| self.in_force(*s, day))?;
        let (earlier, later) = if unit.from < self.unit(wanted).from {
            (id, wanted)
        } else {
            (wanted, id)
        };
        // Walk back from the later state to the earlier one; every step must keep the territory.
        let mut at = later;
        while at != earlier {
            let state = self.unit(at);
            let before = states
                .iter()
                .copied()
                .find(|s| self.unit(*s).until == state.from)?;
            if !state.continues || state.from.is_none() {
                return None;
            }
            at = before;
        }
        (self.unit(wanted).level == unit.level).then_some(wanted)
    }

    /// The nation.
    pub fn roots(&self) -> Vec<UnitId> {
        self.ids()
            .filter(|id| self.unit(*id).parent_code.is_empty())
            .collect()
    }

    pub fn parent(&self, id: UnitId, day: Day) -> Option<UnitId> {
        let code = &self.unit(id).parent_code;
        if code.is_empty() {
            return None;
        }
        self.exact(code, day)
    }

    /// Parent, grandparent, … up to the nation.
    pub fn ancestors(&self, id: UnitId, day: Day) -> Vec<UnitId> {
        let mut out = Vec::new();
        let mut at = self.parent(id, day);
        // A register has four levels; a table that loops must not hang us.
        while let Some(up) = at.filter(|_| out.len() < Level::ALL.len()) {
            out.push(up);
            at = self.parent(up, day);
        }
        out
    }

    /// Units directly below, by code; none if the unit is not in force on that day.
    pub fn children(&self, id: UnitId, day: Day) -> Vec<UnitId> {
        if !self.in_force(id, day) {
            return Vec::new();
        }
        let below = self.by_parent.get(&self.unit(id).code);
        let below = below.map_or(&[][..], Vec::as_slice);
        below.iter().copied().filter(|c| self.in_force(*c, day)).collect()
    }

    /// Units of a level inside this one, in hierarchy order; the unit itself if it is of that level.
    pub fn descendants(&self, id: UnitId, day: Day, level: Level) -> Vec<UnitId> {
        let mut out = Vec::new();
        self.collect(id, day, level, &mut out);
        out
    }

    fn collect(&self, id: UnitId, day: Day, level: Level, out: &mut Vec<UnitId>) {
        let at = self.unit(id).level;
        if at == level {
            if self.in_force(id, day) {
                out.push(id);
            }
        } else if at < level {
            for child in self.children(id, day) {
                // Guards against a table in which a unit lies below itself.
                if self.unit(child).level > at {
                    self.collect(child, day, level, out);
                }
            }
        }
    }

    /// Whether `inner` is `outer` or lies in it on that day.
    pub fn contains(&self, outer: UnitId, inner: UnitId, day: Day) -> bool {
        outer == inner || self.ancestors(inner, day).contains(&outer)
    }

    /// The levels that exist on a day: districts until 30 June 2025.
    pub fn levels(&self, day: Day) -> Vec<Level> {
        Level::ALL
            .into_iter()
            .filter(|level| {
                self.administrative()
                    .iter()
                    .any(|u| u.level == *level && u.in_force(day))
            })
            .collect()
    }

    /// `xã Lâm Sơn, huyện Ninh Sơn, tỉnh Ninh Thuận`; the nation is not said.
    pub fn path(&self, id: UnitId, day: Day) -> String {
        self.path_in(id, day, Lang::Vi)
    }

    /// The same in the language: `Lâm Sơn commune, Ninh Sơn district, Ninh Thuận province`.
    pub fn path_in(&self, id: UnitId, day: Day, lang: Lang) -> String {
        let mut parts = vec![self.unit(id).name_in(lang)];
        for up in self.ancestors(id, day) {
            if self.unit(up).level != Level::Nation {
                parts.push(self.unit(up).name_in(lang));
            }
        }
        parts.join(", ")
    }
}

fn overlap(a: &AdminUnit, b: &AdminUnit) -> bool {
    let ends_before = |x: &AdminUnit, y: &AdminUnit| match (x.until, y.from) {
        (Some(until), Some(from)) => until <= from,
        _ => false,
    };
    !ends_before(a, b) && !ends_before(b, a)
}

/// `'00004` and `4.0` are how spreadsheets keep codes.
fn plain_code(code: &str) -> &str {
    let code = code.trim().trim_start_matches('\'');
    code.strip_suffix(".0").unwrap_or(code)
}

fn unit(fields: &[&str]) -> Result<AdminUnit, String> {
    let [code, name, kind, parent_code, level, from, until, continues] = fields else {
        return Err(format!("8 fields are expected, {} found", fields.len()));
    };
    let day = |text: &str| match text {
        "" => Ok(None),
        text => Day::parse(text)
            .map(Some)
            .ok_or_else(|| format!("“{text}” is not a day such as 2025-07-01")),
    };
    if code.is_empty() || name.is_empty() {
        return Err("code or name is empty".to_owned());
    }
    Ok(AdminUnit {
        code: (*code).to_owned(),
        name: (*name).to_owned(),
        kind: (*kind).to_owned(),
        level: Level::parse(level).ok_or_else(|| format!("“{level}” is not a level"))?,
        parent_code: (*parent_code).to_owned(),
        from: day(from)?,
        until: day(until)?,
        continues: *continues == "1",
        english: String::new(),
    })
}

/// Lines after the heading, with their numbers. These tables have no quotes.
fn rows<'a>(csv: &'a str, heading: &str) -> Result<Vec<(usize, Vec<&'a str>)>, String> {
    let csv = csv.trim_start_matches('\u{FEFF}');
    let mut lines = csv.lines().enumerate();
    match lines.next() {
        Some((_, first)) if first.trim_end() == heading => {}
        Some((_, first)) => return Err(format!("the heading is “{first}”, “{heading}” is expected")),
        None => return Ok(Vec::new()),
    }
    Ok(lines
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(index, line)| (index + 1, line.trim_end().split(',').collect()))
        .collect())
}
