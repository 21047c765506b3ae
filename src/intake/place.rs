//! Places in titles, cells, names of sheets and files → units of the register.
//!
//! In:  text, a surrounding unit, a day. Out: [`Located`].
//! Holds: looked for inside the surrounding unit first; a unit of another time is said to be one.
//! Leaves to others: matching names (`classification::locality`).

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::classification::locality::{Found, Level, Register, Resolution, UnitId};
use crate::period::Day;
use crate::text;

/// The answer for one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Located {
    One(UnitId),
    /// In force at another time only.
    OtherTime(UnitId),
    Several(Vec<UnitId>),
    None,
}

/// Looks places up for one table.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    pub register: &'a Register,
    pub home: Option<UnitId>,
    /// The last day of the period.
    pub day: Day,
    /// Cells repeat each other; an answer found once serves the whole table.
    pub known: &'a RefCell<BTreeMap<(String, Option<UnitId>), Located>>,
}

impl Places<'_> {
    /// The unit that a cell names, inside `within` if there is one, else inside the office's own locality first.
    pub fn of_cell(&self, text: &str, within: Option<UnitId>) -> Located {
        let text = tidied(text);
        // A figure is a code only in a column of codes; a sentence is no name.
        if !text.chars().any(char::is_alphabetic) && text.len() < 5 || text.chars().count() > 80 {
            return Located::None;
        }
        let key = (text, within);
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let found = self.look_up(&key.0, within);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn look_up(&self, text: &str, within: Option<UnitId>) -> Located {
        // Only a name behind its type is looked for at other times too: bare words are rarely places.
        let days = self.days();
        let days = if is_typed(text) { &days[..] } else { &days[..1] };
        for (n, day) in days.iter().copied().enumerate() {
            let found = |id| {
                if n == 0 {
                    Located::One(id)
                } else {
                    Located::OtherTime(id)
                }
            };
            let scope = within.or(self.home).and_then(|w| self.on(w, day));
            if n > 0 && within.is_some() && scope.is_none() {
                // The surrounding unit did not exist then: nothing in it did.
                continue;
            }
            if scope.is_some() {
                match self.register.resolve(text, scope, None, day) {
                    Resolution::One(id, _) => return found(id),
                    Resolution::Several(ids) => return Located::Several(ids),
                    Resolution::None => {}
                }
            }
            match self.register.resolve(text, None, None, day) {
                // Without a surrounding place in the sheet itself, a full name elsewhere is believed too.
                Resolution::One(id, how)
                    if (within.is_none() || scope.is_none())
                        && matches!(how, Found::ByCode | Found::ByTypeAndName) =>
                {
                    return found(id);
                }
                // A unit above the surrounding one: "Toàn tỉnh Lai Châu" in a table of a district.
                Resolution::One(id, _) if scope.is_some_and(|w| self.register.contains(id, w, day)) => {
                    return found(id);
                }
                Resolution::Several(ids) if within.is_none() || scope.is_none() => {
                    return Located::Several(ids);
                }
                _ => {}
            }
        }
        Located::None
    }

    /// The unit that a code names.
    pub fn of_code(&self, code: &str) -> Located {
        let code = code.trim();
        for (n, day) in self.days().into_iter().enumerate() {
            if let Some(id) = self.register.by_code(code, day) {
                return if n == 0 {
                    Located::One(id)
                } else {
                    Located::OtherTime(id)
                };
            }
        }
        Located::None
    }

    /// The unit that a line of a title speaks of.
    pub fn of_line(&self, line: &str) -> Located {
        if !mentions_kind(line) {
            return Located::None;
        }
        for (n, day) in self.days().into_iter().enumerate() {
            for within in [self.home.and_then(|h| self.on(h, day)), None] {
                match self.register.resolve_in_text(line, within, None, day) {
                    Resolution::One(id, _) => {
                        return if n == 0 {
                            Located::One(id)
                        } else {
                            Located::OtherTime(id)
                        };
                    }
                    // A name that recurs in the country is no wonder; home would have decided.
                    Resolution::Several(ids) if within.is_none() && n == 0 => {
                        return Located::Several(ids);
                    }
                    _ => {}
                }
                if self.home.is_none() {
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
            for day in self.days() {
                let scope = scope.and_then(|s| self.on(s, day));
                if let Resolution::One(id, _) = self.register.resolve_in_text(&spaced, scope, None, day) {
                    return Some(id);
                }
            }
        }
        // In the whole country any two syllables are the name of some commune: "bo-y-te" is no place.
        let scope = scope
            .and_then(|s| self.on(s, self.day))
            .filter(|s| self.level(*s) != Level::Nation)?;
        let words: Vec<&str> = spaced.split_whitespace().take(24).collect();
        for length in (1..=words.len().min(5)).rev() {
            let mut found: Vec<UnitId> = Vec::new();
            for part in words.windows(length) {
                let text = part.join(" ");
                let letters = text.chars().filter(|c| c.is_alphabetic()).count();
                if letters < 2 || text.chars().any(|c| c.is_ascii_digit()) {
                    continue;
                }
                if let Resolution::One(id, _) = self.register.resolve(&text, Some(scope), None, self.day)
                    && id != scope
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

    /// A near name for a message.
    pub fn suggestion(&self, text: &str, within: Option<UnitId>) -> Option<String> {
        let scope = within.or(self.home).and_then(|w| self.on(w, self.day))?;
        let id = self.register.suggest(text, Some(scope), None, self.day)?;
        Some(self.register.unit(id).full_name())
    }

    pub fn name(&self, id: UnitId) -> String {
        self.register.path(id, self.day)
    }

    pub fn level(&self, id: UnitId) -> Level {
        self.register.unit(id).level
    }

    /// The same unit on another day.
    fn on(&self, id: UnitId, day: Day) -> Option<UnitId> {
        self.register.same_on(id, day)
    }

    /// The day of the period first, then days on the other side of the great change and the first of the register.
    fn days(&self) -> Vec<Day> {
        let mut days = vec![self.day];
        for other in [Day::new(2025, 6, 30), Day::new(2025, 7, 1), Day::new(2019, 1, 1)] {
            if !days.contains(&other) {
                days.push(other);
            }
        }
        days
    }
}

/// "Xã: Lâm Sơn", or "Tên xã:" with the name in the next cell → "xã Lâm Sơn". An empty "Xã: ……" is none.
pub fn kind_and_name(line: &str, next: Option<&str>) -> Option<String> {
    let (kind, name) = line.split_once(':')?;
    let kind = text::key(kind);
    let kind = kind.strip_prefix("tên ").unwrap_or(&kind);
    const KINDS: [&str; 8] = [
        "xa", "phuong", "thi tran", "dac khu", "huyen", "quan", "thi xa", "tinh",
    ];
    if !KINDS.contains(&text::folded(kind).as_str()) {
        return None;
    }
    let letters = |t: &&str| t.chars().any(char::is_alphabetic);
    let name = Some(name)
        .filter(letters)
        .or(next.filter(|n| letters(n) && !n.contains(':')))?;
    Some(format!("{kind} {}", name.trim()))
}

/// Whether a text has a word for a kind of unit anywhere: without one no line speaks of a place.
fn mentions_kind(line: &str) -> bool {
    let plain = format!(" {}", text::folded(line));
    const KINDS: [&str; 18] = [
        "xa ",
        "phuong ",
        "thi tran ",
        "huyen ",
        "quan ",
        "thanh pho ",
        "tinh ",
        "dac khu ",
        " tp",
        " tx",
        " tt.",
        " h.",
        " q.",
        " p.",
        " x.",
        "ca nuoc",
        "toan quoc",
        "viet nam",
    ];
    KINDS.iter().any(|k| plain.contains(k))
}

/// Whether a text begins with the kind of a unit ("xã", "P.", "thị trấn").
fn is_typed(text: &str) -> bool {
    let plain = text::folded(text);
    const KINDS: [&str; 18] = [
        "xa ",
        "xa.",
        "x.",
        "phuong ",
        "p.",
        "thi tran ",
        "tt.",
        "tt ",
        "huyen ",
        "h.",
        "quan ",
        "q.",
        "thi xa ",
        "tx",
        "thanh pho ",
        "tp",
        "tinh ",
        "dac khu ",
    ];
    KINDS.iter().any(|k| plain.starts_with(k)) || text.bytes().all(|b| b.is_ascii_digit())
}

/// Without "(Tổng số)", a running number in front and a colon at the end.
pub fn tidied(text: &str) -> String {
    let label = crate::intake::label::parse(text);
    let bare = label.bare;
    let plain = text::folded(&bare);
    for end in ["(tong so)", "(toan xa)", "(toan huyen)"] {
        if plain.ends_with(end)
            && let Some(at) = bare.rfind('(')
        {
            return bare[..at].trim_end().to_owned();
        }
    }
    bare
}
