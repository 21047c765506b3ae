//! One name → the units that it may mean, by the strictest key that finds any.
//!
//! In:  a keyed text with a type or without, a day, which units may be answers. Out: units and how they were found.
//! Holds: keys in this order: type and name; the type it had before or after; name; other official spelling;
//!        without marks; without blanks and hyphens; other spelling without marks; former name. The first
//!        that finds a unit decides, and all that it finds are the answer.

use std::collections::HashMap;

use super::names::{NATION, loose, readings, without_body};
use super::{AdminUnit, Found, Level, REFORM, Register, UnitId};
use crate::period::Day;
use crate::text::{folded, key};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A name under its keys; a text is folded once.
struct Name<'t> {
    marked: &'t str,
    folded: String,
    loose: String,
}

impl<'t> Name<'t> {
    fn new(marked: &'t str) -> Self {
        let folded = folded(marked);
        let loose = loose(&folded);
        Name {
            marked,
            folded,
            loose,
        }
    }

    fn has_marks(&self) -> bool {
        self.folded != self.marked
    }

    fn is_number(&self) -> bool {
        self.folded.bytes().all(|b| b.is_ascii_digit())
    }
}

type Kinds = &'static [&'static str];
type Fits<'f> = &'f dyn Fn(UnitId) -> bool;

impl Register {
    /// The units that a single name may mean by the strictest key that finds any.
    pub(super) fn candidates(&self, text: &str, day: Day, fits: Fits<'_>) -> (Vec<UnitId>, Found) {
        let text = text.trim_matches([' ', '.', ':']);
        if text.len() <= 24 && NATION.contains(&folded(text).as_str()) {
            let nation = self.roots().into_iter().filter(|id| fits(*id)).collect();
            return (nation, Found::ByName);
        }
        let text = without_body(text);
        if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
            // A number alone is a code, never a ward's name.
            let id = self.by_code(text, day).filter(|id| fits(*id));
            return (id.into_iter().collect(), Found::ByCode);
        }
        let whole = Name::new(text);
        let typed: Vec<(Kinds, Name<'_>)> = readings(text)
            .into_iter()
            .map(|(kinds, name)| (kinds, Name::new(name)))
            .collect();
        if !typed
            .iter()
            .map(|(_, name)| name)
            .chain([&whole])
            .any(|n| self.is_known(n))
        {
            return (Vec::new(), Found::ByName);
        }
        let ways: [(Found, &dyn Fn() -> Vec<UnitId>); 8] = [
            (Found::ByTypeAndName, &|| {
                self.typed(&typed, day, fits, |n| self.names.marked.get(n.marked))
            }),
            (Found::ByFormerType, &|| {
                let all = typed
                    .iter()
                    .map(|(kinds, name)| self.retyped(name.marked, kinds, day, fits));
                union(all)
            }),
            (Found::ByName, &|| {
                self.look(self.names.marked.get(text), day, fits)
            }),
            (Found::ByAlias, &|| {
                let hits = self.typed(&typed, day, fits, |n| self.names.alias.get(n.marked));
                or(hits, || self.look(self.names.alias.get(text), day, fits))
            }),
            (Found::ByFoldedName, &|| {
                self.unmarked(&self.names.folded, &typed, &whole, day, fits, |n| &n.folded)
            }),
            (Found::ByLooseName, &|| {
                self.unmarked(&self.names.loose, &typed, &whole, day, fits, |n| &n.loose)
            }),
            (Found::ByAlias, &|| {
                self.unmarked(&self.names.alias, &typed, &whole, day, fits, |n| &n.folded)
            }),
            (Found::ByFormerName, &|| {
                let all = typed
                    .iter()
                    .map(|(kinds, name)| self.renamed(name, kinds, day, fits));
                union(all)
            }),
        ];
        if !whole.has_marks() {
            // A text without any mark may be the name of several (`phuong sa pa` is Sa Pa or Sa Pả),
            // even where one of them has no marks to lose.
            let hits = self.typed(&typed, day, fits, |n| self.names.folded.get(&n.folded));
            let by_type = !hits.is_empty();
            let hits = or(hits, || self.look(self.names.folded.get(text), day, fits));
            if !hits.is_empty() {
                let exact = |id: &UnitId| {
                    let name = key(&self.unit(*id).name);
                    folded(&name) == name
                };
                let found = match (by_type, hits.iter().all(exact)) {
                    (true, true) => Found::ByTypeAndName,
                    (false, true) => Found::ByName,
                    _ => Found::ByFoldedName,
                };
                return (hits, found);
            }
        }
        for (found, way) in ways {
            let hits = way();
            if !hits.is_empty() {
                return (hits, found);
            }
        }
        (Vec::new(), Found::ByName)
    }

    /// Of several units those that are called exactly what is written; all if none is. For a writer who uses marks:
    /// `X. Thanh An` beside `Điện Biên` is not Thạnh An.
    pub fn as_written(&self, text: &str, ids: Vec<UnitId>) -> Vec<UnitId> {
        let text = key(text);
        let text = without_body(text.trim_matches([' ', '.', ':']));
        let typed = readings(text);
        let exact = |id: &UnitId| {
            let unit = self.unit(*id);
            let name = key(&unit.name);
            let by_type = typed
                .iter()
                .any(|(kinds, bare)| *bare == name && is_of(unit, kinds));
            by_type || text == name
        };
        let exact: Vec<UnitId> = ids.iter().copied().filter(exact).collect();
        if exact.is_empty() { ids } else { exact }
    }

    /// Whether any unit of any time has the name under any key: what is not loosely known is not known.
    fn is_known(&self, name: &Name<'_>) -> bool {
        let names = &self.names;
        names.loose.contains_key(&name.loose)
            || names.alias.contains_key(name.marked)
            || names.alias.contains_key(&name.folded)
    }

    fn look(&self, ids: Option<&Vec<UnitId>>, day: Day, ok: Fits<'_>) -> Vec<UnitId> {
        let ids = ids.map_or(&[][..], Vec::as_slice).iter().copied();
        let mut out: Vec<UnitId> = Vec::new();
        for id in ids {
            if self.in_force(id, day) && !out.contains(&id) && ok(id) {
                out.push(id);
            }
        }
        out
    }

    /// Units of the type that was written.
    fn typed<'m>(
        &self,
        typed: &[(Kinds, Name<'_>)],
        day: Day,
        fits: Fits<'_>,
        map: impl Fn(&Name<'_>) -> Option<&'m Vec<UnitId>>,
    ) -> Vec<UnitId> {
        union(
            typed.iter().map(|(kinds, name)| {
                self.look(map(name), day, &|id| is_of(self.unit(id), kinds) && fits(id))
            }),
        )
    }

    /// By a key without marks, unless the marks that were written are those of another unit.
    fn unmarked(
        &self,
        map: &HashMap<String, Vec<UnitId>>,
        typed: &[(Kinds, Name<'_>)],
        whole: &Name<'_>,
        day: Day,
        fits: Fits<'_>,
        reduced: impl for<'a> Fn(&'a Name<'_>) -> &'a str,
    ) -> Vec<UnitId> {
        let hits = union(typed.iter().map(|(kinds, name)| {
            self.look(map.get(reduced(name)), day, &|id| {
                is_of(self.unit(id), kinds) && fits(id) && self.marks_allow(name, id)
            })
        }));
        or(hits, || {
            if whole.is_number() {
                return Vec::new();
            }
            self.look(map.get(reduced(whole)), day, &|id| {
                fits(id) && self.marks_allow(whole, id)
            })
        })
    }

    /// Units in force that bore this name under another type just before or after, with the same
    /// code: a commune that became a ward is still written as a commune for a while. Never across
    /// the reform, where codes and names moved to other territories.
    fn retyped(&self, name: &str, kinds: Kinds, day: Day, fits: Fits<'_>) -> Vec<UnitId> {
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
                other.code == now.code && touches && is_of(other, kinds)
            });
            if was {
                out.push(id);
            }
        }
        out
    }

    /// Units in force that bore this name, with this type or their present one, before or after they were
    /// renamed, on the same territory.
    fn renamed(&self, name: &Name<'_>, kinds: Kinds, day: Day, fits: Fits<'_>) -> Vec<UnitId> {
        let map = if name.has_marks() {
            &self.names.marked
        } else {
            &self.names.folded
        };
        let states = map.get(if name.has_marks() {
            name.marked
        } else {
            &name.folded
        });
        let mut out = Vec::new();
        for id in states.into_iter().flatten().copied() {
            let then = self.unit(id);
            if then.in_force(day) {
                continue;
            }
            if let Some(same) = self.same_on(id, day)
                && (is_of(then, kinds) || is_of(self.unit(same), kinds))
                && fits(same)
                && !out.contains(&same)
            {
                out.push(same);
            }
        }
        out
    }

    /// Whether a name written with these marks may mean the unit though its marks differ: always if the writer
    /// left all marks away; otherwise only if no mark that stands there is wrong, and the text is not the name of
    /// another unit of that level, anywhere and at any time.
    fn marks_allow(&self, written: &Name<'_>, id: UnitId) -> bool {
        if !written.has_marks() {
            return true;
        }
        if !only_leaves_away(written.marked, &key(&self.unit(id).name)) {
            return false;
        }
        let unit = self.unit(id);
        let real = self
            .names
            .marked
            .get(written.marked)
            .map_or(&[][..], Vec::as_slice);
        let other = real.iter().any(|o| {
            let o = self.unit(*o);
            o.level == unit.level && o.name != unit.name
        });
        !other
    }

    /// A number that begins a cell: a code, an ordinal, or a part of a name.
    pub(super) fn code_at(&self, digits: &str, level: Option<Level>, day: Day) -> Option<UnitId> {
        match level {
            Some(level) => self.by_code_at(digits, level, day),
            None => self.by_code(digits, day),
        }
    }
}

fn is_of(unit: &AdminUnit, kinds: Kinds) -> bool {
    kinds.contains(&unit.kind.as_str())
}

/// Whether a text is a name of which some marks are missing: every mark that it has, the name has on that letter.
fn only_leaves_away(written: &str, name: &str) -> bool {
    let letters = |text: &str| -> Vec<(char, Vec<char>)> {
        let mut out: Vec<(char, Vec<char>)> = Vec::new();
        for c in text.nfd() {
            match (is_combining_mark(c), out.last_mut()) {
                (true, Some((_, marks))) => marks.push(c),
                _ if c == 'đ' => out.push(('d', vec!['\u{335}'])),
                _ if c.is_alphanumeric() => out.push((if c == 'y' { 'i' } else { c }, Vec::new())),
                _ => {}
            }
        }
        out
    };
    let (written, name) = (letters(written), letters(name));
    // Numerals ("01", "II") are compared by the key that found the name.
    written.len() != name.len()
        || written
            .iter()
            .zip(&name)
            .all(|((a, marks), (b, whole))| a != b || marks.iter().all(|mark| whole.contains(mark)))
}

fn union(all: impl IntoIterator<Item = Vec<UnitId>>) -> Vec<UnitId> {
    let mut out = Vec::new();
    for ids in all {
        extend(&mut out, ids);
    }
    out
}

fn or(hits: Vec<UnitId>, else_these: impl FnOnce() -> Vec<UnitId>) -> Vec<UnitId> {
    if hits.is_empty() { else_these() } else { hits }
}

pub(super) fn extend(into: &mut Vec<UnitId>, more: Vec<UnitId>) {
    for id in more {
        if !into.contains(&id) {
            into.push(id);
        }
    }
}
