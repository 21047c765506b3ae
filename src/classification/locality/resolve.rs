//! What people write → exactly one unit, or the honest answer that it is not one.
//!
//! In:  a code, a name with or without its type, a chain (`xã A - huyện B - tỉnh C`), or running text.
//! Out: a [`Resolution`].
//! Holds: keys are tried from strict to loose and the first that gives an answer decides; a key that
//!        gives several is an answer too. A type in the text must be the unit's type (or was it, under
//!        the same name and code, just before or after). A name whose marks say another existing name
//!        is never read without its marks. Nothing is fuzzy.

use super::names::{NATION, by_commas, by_signs, by_type_words, loose, readings, without_body};
use super::{AdminUnit, Found, Level, REFORM, Register, Resolution, UnitId};
use crate::period::Day;
use crate::text::{folded, key};

/// Longer texts are no names of places; the limit keeps the work on odd cells small.
pub(super) const LONGEST: usize = 300;

impl Register {
    /// Which unit a cell, a title part or an argument names. Only units in `within` (itself included)
    /// and of `level` are answers; ask again without them to look further.
    pub fn resolve(&self, text: &str, within: Option<UnitId>, level: Option<Level>, day: Day) -> Resolution {
        self.resolve_in(text, within.as_slice(), level, day)
    }

    /// The same inside any of several units: the ground that one of another day has. None: anywhere.
    pub fn resolve_in(&self, text: &str, within: &[UnitId], level: Option<Level>, day: Day) -> Resolution {
        if text.len() > LONGEST {
            return Resolution::None;
        }
        let text = key(text);
        let text = text.trim_matches([' ', '.', ',', ';', ':', '-', '*', '\'', '"']);
        if text.is_empty() {
            return Resolution::None;
        }
        let fits =
            |id: UnitId| level.is_none_or(|l| self.unit(id).level == l) && self.lies_in(id, within, day);
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return self.numbered(text, level, day, &fits);
        }
        self.named(text, day, &fits)
    }

    /// Whether a unit is one of these or lies in one; anywhere if there are none.
    pub(super) fn lies_in(&self, id: UnitId, within: &[UnitId], day: Day) -> bool {
        within.is_empty() || within.iter().any(|w| self.contains(*w, id, day))
    }

    /// A name, or a chain of names.
    fn named(&self, text: &str, day: Day, fits: &dyn Fn(UnitId) -> bool) -> Resolution {
        match self.one_name(text, day, fits) {
            Resolution::None => {}
            answer => return answer,
        }
        // Some names have a hyphen inside (`phường Văn Miếu - Quốc Tử Giám, quận Đống Đa`).
        for parts in [by_commas(text), by_signs(text)] {
            match self.chain(&parts, day, fits) {
                Resolution::None => {}
                answer => return answer,
            }
        }
        let by_signs = by_signs(text);
        let by_words: Vec<&str> = by_signs.iter().flat_map(|s| by_type_words(s)).collect();
        if by_words.len() == by_signs.len() {
            return Resolution::None;
        }
        self.chain(&by_words, day, fits)
    }

    /// A code, a code before a name, or an ordinal before a name.
    fn numbered(
        &self,
        text: &str,
        level: Option<Level>,
        day: Day,
        fits: &dyn Fn(UnitId) -> bool,
    ) -> Resolution {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, rest) = text.split_at(end);
        let by_code = match level {
            Some(level) => self.by_code_at(digits, level, day),
            None => self.by_code(digits, day),
        }
        .filter(|id| fits(*id));
        if rest.is_empty() || rest == ".0" {
            return by_code.map_or(Resolution::None, |id| Resolution::One(id, Found::ByCode));
        }
        let name = rest.trim_start_matches([' ', '.', ')', '-', ':', '/', '_']);
        if name.len() == rest.len() || !name.starts_with(char::is_alphabetic) {
            return Resolution::None;
        }
        // `2 Bảo Lộc` is a ward, as `2. Bảo Lộc` is not.
        if rest.starts_with(' ')
            && let Resolution::One(id, found) = self.one_name(text, day, fits)
        {
            return Resolution::One(id, found);
        }
        let by_name = self.named(name, day, fits);
        match (by_code, by_name) {
            (Some(code), Resolution::Several(ids)) if ids.contains(&code) => {
                Resolution::One(code, Found::ByCode)
            }
            // Five digits are a code and not an ordinal: it may not say something else.
            (Some(code), Resolution::One(id, _)) if code != id && digits.len() == 5 => {
                Resolution::Several(vec![code, id])
            }
            (_, by_name) => by_name,
        }
    }

    fn one_name(&self, text: &str, day: Day, fits: &dyn Fn(UnitId) -> bool) -> Resolution {
        let (ids, found) = self.candidates(text, day, fits);
        match ids.as_slice() {
            [] => Resolution::None,
            [id] => Resolution::One(*id, found),
            _ => Resolution::Several(ids),
        }
    }

    /// Names from the smallest unit to the largest, or the other way round, each inside the next.
    fn chain(&self, parts: &[&str], day: Day, fits: &dyn Fn(UnitId) -> bool) -> Resolution {
        // A code in brackets is no link of the chain; it must agree with what the chain says.
        let is_code = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
        if let Some(code) = parts.iter().copied().find(|part| is_code(part)) {
            let rest: Vec<&str> = parts.iter().copied().filter(|part| !is_code(part)).collect();
            let answer = match rest.as_slice() {
                [] => Resolution::None,
                [name] => self.one_name(name, day, fits),
                _ => self.chain(&rest, day, fits),
            };
            let agrees = |id: UnitId| self.by_code_at(code, self.unit(id).level, day) == Some(id);
            return match answer {
                Resolution::One(id, _) if !agrees(id) => Resolution::None,
                Resolution::Several(ids) => match ids.iter().find(|id| agrees(**id)) {
                    Some(id) => Resolution::One(*id, Found::ByCode),
                    None => Resolution::Several(ids),
                },
                answer => answer,
            };
        }
        if !(2..=5).contains(&parts.len()) {
            return Resolution::None;
        }
        let mut answers: Vec<UnitId> = Vec::new();
        let mut how = Found::ByTypeAndName;
        let down: Vec<&str> = parts.iter().rev().copied().collect();
        for order in [&down[..], parts] {
            let mut outer: Option<Vec<UnitId>> = None;
            for (index, part) in order.iter().enumerate() {
                let inside = |id: UnitId| match &outer {
                    None => true,
                    Some(outer) => {
                        let up = self.ancestors(id, day);
                        outer.iter().any(|o| up.contains(o))
                    }
                };
                let last = index + 1 == order.len();
                let (ids, found) = self.candidates(part, day, &|id| inside(id) && (!last || fits(id)));
                if last {
                    how = found;
                }
                outer = Some(ids);
            }
            for id in outer.unwrap_or_default() {
                if !answers.contains(&id) {
                    answers.push(id);
                }
            }
            if !answers.is_empty() {
                break;
            }
        }
        match answers.as_slice() {
            [] => Resolution::None,
            [id] => Resolution::One(*id, how),
            _ => Resolution::Several(answers),
        }
    }

    /// The units that a single name may mean by the strictest key that finds any.
    pub(super) fn candidates(
        &self,
        text: &str,
        day: Day,
        fits: &dyn Fn(UnitId) -> bool,
    ) -> (Vec<UnitId>, Found) {
        let text = text.trim_matches([' ', '.', ':']);
        if NATION.contains(&folded(text).as_str()) {
            let nation = self.roots().into_iter().filter(|id| fits(*id)).collect();
            return (nation, Found::ByName);
        }
        let text = without_body(text);
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            // A number alone is a code, never a ward's name.
            let id = self.by_code(text, day).filter(|id| fits(*id));
            return (id.into_iter().collect(), Found::ByCode);
        }
        let typed = readings(text);
        let names = &self.names;
        let look = |map: &std::collections::HashMap<String, Vec<UnitId>>,
                    k: &str,
                    ok: &dyn Fn(&AdminUnit, UnitId) -> bool| {
            let ids = map.get(k).map_or(&[][..], Vec::as_slice);
            let mut out: Vec<UnitId> = Vec::new();
            for id in ids.iter().copied() {
                let unit = self.unit(id);
                if unit.in_force(day) && ok(unit, id) && !out.contains(&id) {
                    out.push(id);
                }
            }
            out
        };
        let of_kind = |kinds: &'static [&'static str]| move |u: &AdminUnit| kinds.contains(&u.kind.as_str());

        // A text without any mark may be the name of several (`phuong sa pa` is Sa Pa or Sa Pả),
        // even where one of them has no marks to lose.
        if folded(text) == text {
            let mut hits = Vec::new();
            for (kinds, name) in &typed {
                let right = of_kind(kinds);
                extend(
                    &mut hits,
                    look(&names.folded, name, &|u, id| right(u) && fits(id)),
                );
            }
            let by_type = !hits.is_empty();
            if !by_type {
                hits = look(&names.folded, text, &|_, id| fits(id));
            }
            if !hits.is_empty() {
                let exact = |id: &UnitId| folded(&self.unit(*id).name) == key(&self.unit(*id).name);
                let found = match (by_type, hits.iter().all(exact)) {
                    (true, true) => Found::ByTypeAndName,
                    (false, true) => Found::ByName,
                    _ => Found::ByFoldedName,
                };
                return (hits, found);
            }
        }

        // Type and name, then the same name under the type it had before or after.
        let mut hits = Vec::new();
        for (kinds, name) in &typed {
            let right = of_kind(kinds);
            extend(
                &mut hits,
                look(&names.marked, name, &|u, id| right(u) && fits(id)),
            );
        }
        if !hits.is_empty() {
            return (hits, Found::ByTypeAndName);
        }
        for (kinds, name) in &typed {
            extend(&mut hits, self.retyped(name, kinds, day, fits));
        }
        if !hits.is_empty() {
            return (hits, Found::ByTypeAndName);
        }
        // The name alone, when no type was written or the first word belongs to the name.
        let hits = look(&names.marked, text, &|_, id| fits(id));
        if !hits.is_empty() {
            return (hits, Found::ByName);
        }
        // Other official spellings, with their marks.
        let mut hits = Vec::new();
        for (kinds, name) in &typed {
            let right = of_kind(kinds);
            extend(&mut hits, look(&names.alias, name, &|u, id| right(u) && fits(id)));
        }
        if hits.is_empty() {
            hits = look(&names.alias, text, &|_, id| fits(id));
        }
        if !hits.is_empty() {
            return (hits, Found::ByAlias);
        }
        // Without marks, then without blanks, hyphens and the difference of i and y.
        for loosely in [false, true] {
            let map = if loosely { &names.loose } else { &names.folded };
            let reduce = |name: &str| {
                let name = folded(name);
                if loosely { loose(&name) } else { name }
            };
            let mut hits = Vec::new();
            for (kinds, name) in &typed {
                let right = of_kind(kinds);
                extend(
                    &mut hits,
                    look(map, &reduce(name), &|u, id| {
                        right(u) && fits(id) && self.marks_allow(name, id, u.level, day)
                    }),
                );
            }
            let number = reduce(text).bytes().all(|b| b.is_ascii_digit());
            if hits.is_empty() && !number {
                hits = look(map, &reduce(text), &|u, id| {
                    fits(id) && self.marks_allow(text, id, u.level, day)
                });
            }
            if !hits.is_empty() {
                return (hits, Found::ByFoldedName);
            }
        }
        // Other spellings without marks, and short names of provinces.
        let mut hits = Vec::new();
        for (kinds, name) in &typed {
            let right = of_kind(kinds);
            extend(
                &mut hits,
                look(&names.alias, &folded(name), &|u, id| {
                    right(u) && fits(id) && self.marks_allow(name, id, u.level, day)
                }),
            );
        }
        if hits.is_empty() {
            hits = look(&names.alias, &folded(text), &|u, id| {
                fits(id) && self.marks_allow(text, id, u.level, day)
            });
        }
        (hits, Found::ByAlias)
    }

    /// Units in force that bore this name under another type just before or after, with the same
    /// code: a commune that became a ward is still written as a commune for a while. Never across
    /// the reform, where codes and names moved to other territories.
    fn retyped(&self, name: &str, kinds: &[&str], day: Day, fits: &dyn Fn(UnitId) -> bool) -> Vec<UnitId> {
        let states = self.names.marked.get(name).map_or(&[][..], Vec::as_slice);
        let mut out = Vec::new();
        for id in states.iter().copied() {
            let now = self.unit(id);
            if !now.in_force(day) || !fits(id) {
                continue;
            }
            let was = states.iter().any(|other| {
                let other = self.unit(*other);
                let touches = (other.until.is_some() && other.until == now.from && now.from != Some(REFORM))
                    || (now.until.is_some() && now.until == other.from && other.from != Some(REFORM));
                other.code == now.code && touches && kinds.contains(&other.kind.as_str())
            });
            if was {
                out.push(id);
            }
        }
        out
    }

    /// Whether a name written with these marks may mean the unit though its marks differ: always if
    /// the writer only left marks away; otherwise only if the text is not the name of another unit
    /// of that level anywhere.
    fn marks_allow(&self, written: &str, id: UnitId, level: Level, day: Day) -> bool {
        let unit = self.unit(id);
        let unmarked = folded(written) == written;
        if unmarked {
            return true;
        }
        let real = self.names.marked.get(written).map_or(&[][..], Vec::as_slice);
        let other = real.iter().any(|o| {
            let o = self.unit(*o);
            o.level == level && o.name != unit.name && o.in_force(day)
        });
        !other
    }
}

pub(super) fn extend(into: &mut Vec<UnitId>, more: Vec<UnitId>) {
    for id in more {
        if !into.contains(&id) {
            into.push(id);
        }
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
