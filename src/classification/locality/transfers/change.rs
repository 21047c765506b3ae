//! One row of the table of transfers: what one unit gave to another on a day.
//!
//! A row is `day,from_code,to_code,what,people,territory,act,doubt`; see `indicators/localities/README.md`.
//! Holds: the row leaves a state that was in force on the day before and enters one in force on the day; a
//!        district that was abolished enters none. A share is a share of the people, never of the area.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::{Level, Register, UnitId};
use super::{Part, Share, code_of};
use crate::lang::Lang;
use crate::period::Day;

/// What happened to a unit, as the act says it. Several may be true at once: renamed and moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    Kept,
    Renamed,
    Retyped,
    /// Under another parent.
    Moved,
    Renumbered,
    Merged,
    Divided,
    Abolished,
}

impl What {
    const ALL: [(What, &'static str, &'static str, &'static str); 8] = [
        (What::Kept, "kept", "giữ nguyên", "kept as it was"),
        (What::Renamed, "renamed", "đổi tên", "renamed"),
        (What::Retyped, "retyped", "đổi loại", "given another type"),
        (What::Moved, "moved", "đổi cấp trên", "moved to another parent"),
        (What::Renumbered, "renumbered", "đổi mã", "given another code"),
        (What::Merged, "merged", "nhập", "merged"),
        (What::Divided, "divided", "chia", "divided"),
        (What::Abolished, "abolished", "kết thúc hoạt động", "abolished"),
    ];

    pub fn code(self) -> &'static str {
        Self::ALL.iter().find(|w| w.0 == self).map_or("", |w| w.1)
    }

    pub fn words(self, lang: Lang) -> &'static str {
        let found = Self::ALL.iter().find(|w| w.0 == self);
        found.map_or("", |w| lang.pick(w.2, w.3))
    }

    fn parse(text: &str) -> Option<What> {
        Self::ALL.iter().find(|w| w.1 == text).map(|w| w.0)
    }
}

/// How well a row is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    None,
    /// Only one of the sources has it: shown, never reckoned with.
    OneSource,
    /// Put together from lists of names, not compared with the act.
    Unchecked,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub day: Day,
    /// In force until the day before.
    pub from: UnitId,
    /// In force on the day; none: abolished without a successor.
    pub to: Option<UnitId>,
    pub what: Vec<What>,
    /// The people of `from` that came to `to`.
    pub people: Part,
    /// Number of the act; empty if no source names it.
    pub act: Arc<str>,
    pub doubt: Doubt,
}

impl Change {
    /// Whether the people and land of lowest units went over: not that of provinces and districts, which
    /// follow from it, and not what only one source has.
    pub(super) fn counts(&self, register: &Register) -> bool {
        let level = |id: UnitId| register.unit(id).level;
        self.doubt != Doubt::OneSource
            && (level(self.from) == Level::Commune
                || level(self.from) == Level::District
                    && self.to.is_some_and(|to| level(to) == Level::Commune))
    }
}

/// Reads one line.
pub(super) fn read<'a>(
    register: &Register,
    line: &'a str,
    acts: &mut BTreeMap<&'a str, Arc<str>>,
) -> Result<Change, String> {
    let fields: Vec<&str> = line.split(',').collect();
    let [day, from, to, what, people, territory, act, doubt] = fields.as_slice() else {
        return Err(format!("8 fields are expected, {} found", fields.len()));
    };
    let day = Day::parse(day).ok_or_else(|| format!("“{day}” is not a day such as 2025-07-01"))?;
    let unknown = |code: &str| format!("units.csv has no unit {code} at {day}");
    let from = code_of(from)
        .and_then(|code| register.before(code, day))
        .ok_or_else(|| unknown(from))?;
    let to = match *to {
        "" => None,
        to => Some(
            code_of(to)
                .and_then(|code| register.on(code, day))
                .ok_or_else(|| unknown(to))?,
        ),
    };
    let what = what
        .split('+')
        .map(|word| What::parse(word).ok_or_else(|| format!("“{word}” is not a kind of change")))
        .collect::<Result<Vec<What>, String>>()?;
    let whole = *territory == "whole";
    if !["whole", "part", "land", "people", "people-part"].contains(territory) && to.is_some() {
        return Err(format!("“{territory}” is not a part of a territory"));
    }
    let people = match *people {
        "all" if whole => Part::Whole,
        "all" => Part::ALL_PEOPLE,
        "none" => Part::NONE,
        "?" => Part::Unknown,
        "" if to.is_none() => Part::Unknown,
        share => Share::parse(share)
            .map(Part::Share)
            .ok_or_else(|| format!("“{share}” is not a share of 0 to 1"))?,
    };
    let doubt = match *doubt {
        "" => Doubt::None,
        "one-source" => Doubt::OneSource,
        "unchecked" => Doubt::Unchecked,
        other => return Err(format!("“{other}” is not a kind of doubt")),
    };
    let act = acts.entry(act).or_insert_with(|| Arc::from(*act)).clone();
    Ok(Change {
        day,
        from,
        to,
        what,
        people,
        act,
        doubt,
    })
}
