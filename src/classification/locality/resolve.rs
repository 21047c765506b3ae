//! What people write → exactly one unit, or the honest answer that it is not one.
//!
//! In:  a code, a name with or without its type, a chain (`xã A - huyện B - tỉnh C`), or running text.
//! Out: a [`Resolution`].
//! Holds: keys are tried from strict to loose and the first that gives an answer decides; a key that
//!        gives several is an answer too. A type in the text must be the unit's type (or was it, under
//!        the same name and code, just before or after). A name whose marks say another existing name
//!        is never read without its marks. Nothing is fuzzy.

use super::names::{by_commas, by_signs, by_type_words, joined_by_types, readings};
use super::{Found, Level, Register, Resolution, UnitId};
use crate::period::Day;
use crate::text::{has_marks, key};

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
        if let Some(code) = self.corrected(text) {
            let id = self.by_code(code, day).filter(|id| fits(*id));
            return id.map_or(Resolution::None, |id| Resolution::One(id, Found::ByCorrection));
        }
        if text.starts_with(|c: char| c.is_ascii_digit()) {
            return self.numbered(text, level, day, &fits);
        }
        // "Xã 22813": a type and a code.
        let is_code = |name: &str| name.len() == 5 && name.bytes().all(|b| b.is_ascii_digit());
        if let Some((kinds, code)) = readings(text).into_iter().find(|(_, name)| is_code(name)) {
            let id = self.by_code(code, day).filter(|id| fits(*id));
            let id = id.filter(|id| kinds.contains(&self.unit(*id).kind.as_str()));
            return id.map_or(Resolution::None, |id| Resolution::One(id, Found::ByCode));
        }
        // "Xã Lâm Sơn 22813": a name and its code.
        if let Some((name, code)) = text.rsplit_once(' ')
            && code.len() == 5
            && code.bytes().all(|b| b.is_ascii_digit())
        {
            return self.chain(&[name, code], day, &fits);
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
        // `phường Văn Miếu - Quốc Tử Giám - quận Đống Đa`: what has no type goes on with the name before it.
        match self.chain_by_types(&by_signs, day, fits) {
            Resolution::None => {}
            answer => return answer,
        }
        for exact in [true, false] {
            let by_words: Vec<&str> = by_signs.iter().flat_map(|s| by_type_words(s, exact)).collect();
            if by_words.len() == by_signs.len() {
                continue;
            }
            for answer in [
                self.chain(&by_words, day, fits),
                self.chain_by_types(&by_words, day, fits),
            ] {
                if answer != Resolution::None {
                    return answer;
                }
            }
        }
        Resolution::None
    }

    /// A chain of which every link begins with its type; other parts belong to the name before them.
    fn chain_by_types(&self, parts: &[&str], day: Day, fits: &dyn Fn(UnitId) -> bool) -> Resolution {
        let joined = joined_by_types(parts);
        if joined.len() == parts.len() {
            return Resolution::None;
        }
        let parts: Vec<&str> = joined.iter().map(String::as_str).collect();
        self.chain(&parts, day, fits)
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
        let by_code = self.code_at(digits, level, day).filter(|id| fits(*id));
        if rest.is_empty() || rest == ".0" {
            return by_code.map_or(Resolution::None, |id| Resolution::One(id, Found::ByCode));
        }
        let name = rest.trim_start_matches([' ', '.', ')', '-', ':', '/', '_', ',', ';']);
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
        // A code of another time beside a name of this one: they do not speak of one unit.
        let is_of_another = |id: UnitId| {
            let states = self.states(digits);
            digits.len() == 5 && !states.is_empty() && !states.contains(&id)
        };
        match (by_code, by_name) {
            (None, Resolution::One(id, _)) if is_of_another(id) => {
                let coded = self.nearest_state(self.states(digits).iter().copied(), day);
                Resolution::Several(coded.into_iter().chain([id]).collect())
            }
            (Some(code), Resolution::Several(ids)) if ids.contains(&code) => {
                Resolution::One(code, Found::ByCode)
            }
            (Some(code), Resolution::Several(ids)) if digits.len() == 5 => {
                Resolution::Several(std::iter::once(code).chain(ids).collect())
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
        let marked = parts.iter().any(|part| has_marks(part));
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
                let ids = if marked { self.as_written(part, ids) } else { ids };
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
}

#[cfg(test)]
pub(super) use tests::register as register_of_tests;

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
