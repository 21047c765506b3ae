//! What became of each unit: the map from the units of one day to those of any other.
//!
//! In:  `indicators/localities/transfers.csv`: on each date what one unit gave to another, and the act.
//!      The facts are those of the comparison tables of the National Statistics Office (2019-2024 and
//!      1 July 2025).
//! Out: [`Destination`]s of a unit on another day, earlier or later, over any number of changes.
//! Holds: all of a unit goes somewhere; parts that meet again are whole again; a part of which no
//!        source states the share stays unknown, whatever it is multiplied by; nothing is read or
//!        computed before it is asked for.
//! Limit: a part that moved after 10 November 2024 and before the reform between communes that both
//!        went on is not in the comparison tables, and so not here.

mod change;
mod parse;
mod share;

pub use change::{Change, Doubt, What};
pub use share::{Part, Share};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::{Level, Register, UnitId};
use crate::period::Day;

/// On `date` the unit `from` went into `to`, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transfer {
    pub date: Day,
    /// In force until the day before.
    pub from: UnitId,
    /// In force from this date on.
    pub to: UnitId,
    /// Which part of the people of `from`.
    pub part: Part,
    /// Number of the act; empty if no source names it.
    pub act: Arc<str>,
}

/// Index in [`Transfers::all`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransferId(pub u32);

/// All transfers, found by either end.
#[derive(Debug, Clone, Default)]
pub struct Transfers {
    /// By code of `from`, then date.
    pub all: Vec<Transfer>,
    /// Codes of `from` with dates, in the order of `all`.
    leaving: Vec<(Code, Day)>,
    /// Codes of `to` with dates and the transfer, sorted.
    arriving: Vec<(Code, Day, TransferId)>,
    /// All rows of the table, also those that changed no territory or that only one source has.
    pub changes: Vec<Change>,
}

/// Where a unit's territory lies on another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destination {
    pub unit: UnitId,
    /// Which part of the unit asked about lies in this one.
    pub part: Part,
    /// Behind it, in order of the table; empty if the territory never changed.
    pub steps: Vec<TransferId>,
}

/// A code of at most eight letters or digits as one number that orders as the code does.
type Code = u64;

/// The table as text until somebody asks.
#[derive(Debug, Default)]
pub(super) struct Lazy {
    csv: String,
    read: OnceLock<Result<Transfers, String>>,
}

impl Register {
    /// Joins the table of transfers to the register; it is read when first asked for.
    #[must_use]
    pub fn with_transfers(mut self, csv: &str) -> Register {
        self.transfers = Arc::new(Lazy {
            csv: csv.to_owned(),
            read: OnceLock::new(),
        });
        self
    }

    /// The transfers. Faults of the table, and where it and the register disagree, are told by line.
    pub fn transfers(&self) -> Result<&Transfers, String> {
        let lazy = &self.transfers;
        let read = lazy.read.get_or_init(|| parse::transfers(self, &lazy.csv));
        read.as_ref().map_err(Clone::clone)
    }

    /// A unit that nothing lies below: a commune, or one of the island districts before the reform.
    pub fn is_lowest(&self, id: UnitId, day: Day) -> bool {
        let level = self.unit(id).level;
        level == Level::Commune || level == Level::District && self.children(id, day).is_empty()
    }

    /// The lowest units at or below this one, in order of the hierarchy.
    pub fn lowest(&self, id: UnitId, day: Day) -> Vec<UnitId> {
        let children = self.children(id, day);
        if children.is_empty() {
            return if self.in_force(id, day) {
                vec![id]
            } else {
                Vec::new()
            };
        }
        let below = children.into_iter();
        // The register has four levels; a table that loops must not hang us.
        below
            .filter(|c| self.unit(*c).level > self.unit(id).level)
            .flat_map(|c| self.lowest(c, day))
            .collect()
    }

    fn on(&self, code: Code, day: Day) -> Option<UnitId> {
        let states = self.states_of(code);
        states.into_iter().find(|s| self.in_force(*s, day))
    }

    /// The state that a code had until the day before.
    fn before(&self, code: Code, date: Day) -> Option<UnitId> {
        let states = self.states_of(code).into_iter();
        let mut was = states.filter(|s| {
            let unit = self.unit(*s);
            unit.from.is_none_or(|d| d < date) && unit.until.is_none_or(|d| date <= d)
        });
        was.next()
    }

    fn states_of(&self, code: Code) -> Vec<UnitId> {
        let bytes = code.to_be_bytes();
        let text: Vec<u8> = bytes.into_iter().filter(|b| *b != 0).collect();
        std::str::from_utf8(&text).map_or_else(|_| Vec::new(), |code| self.states(code).to_vec())
    }
}

/// The parts of the unit asked about, by the code they are in at some date.
type Spread = BTreeMap<Code, (Part, BTreeSet<TransferId>)>;

impl Transfers {
    pub fn get(&self, id: TransferId) -> Option<&Transfer> {
        self.all.get(id.0 as usize)
    }

    /// Where a lowest unit that is in force on `day` lies on the day `then`, later or earlier.
    pub fn destinations(&self, register: &Register, unit: UnitId, day: Day, then: Day) -> Vec<Destination> {
        let Some(code) = code_of(&register.unit(unit).code) else {
            return Vec::new();
        };
        let mut spread: Spread = BTreeMap::from([(code, (Part::Whole, BTreeSet::new()))]);
        let mut at = day;
        loop {
            let later = day <= then;
            let dates = spread.keys().filter_map(|code| {
                if later {
                    self.next_leaving(*code, at).filter(|d| *d <= then)
                } else {
                    self.last_arriving(*code, at).filter(|d| *d > then)
                }
            });
            let Some(date) = (if later { dates.min() } else { dates.max() }) else {
                break;
            };
            spread = self.step(register, &spread, date, later);
            at = if later { date } else { date.eve() };
        }
        let ends = spread.into_iter();
        ends.filter_map(|(code, (part, steps))| {
            Some(Destination {
                unit: register.on(code, then)?,
                part,
                steps: steps.into_iter().collect(),
            })
        })
        .collect()
    }

    /// The first date after a day on which a code's territory goes somewhere.
    fn next_leaving(&self, code: Code, after: Day) -> Option<Day> {
        let at = self.leaving.partition_point(|(c, d)| (*c, *d) <= (code, after));
        self.leaving.get(at).filter(|(c, _)| *c == code).map(|(_, d)| *d)
    }

    /// The last date up to a day on which a code's territory came from somewhere.
    fn last_arriving(&self, code: Code, until: Day) -> Option<Day> {
        let at = self
            .arriving
            .partition_point(|(c, d, _)| (*c, *d) <= (code, until));
        let last = self.arriving.get(at.checked_sub(1)?)?;
        (last.0 == code).then_some(last.1)
    }

    /// All parts across the changes of one date.
    fn step(&self, register: &Register, spread: &Spread, date: Day, later: bool) -> Spread {
        let mut next: Spread = BTreeMap::new();
        for (code, (part, steps)) in spread {
            let ways = if later {
                self.ways_on(register, *code, date)
            } else {
                self.ways_back(register, *code, date)
            };
            let stays = ways.is_empty().then_some((*code, Part::Whole, None));
            for (to, share, step) in ways.into_iter().chain(stays) {
                let (sum, behind) = next.entry(to).or_insert_with(|| (Part::NONE, BTreeSet::new()));
                *sum = sum.plus(part.times(share));
                behind.extend(steps.iter().copied().chain(step));
            }
        }
        settle(&mut next);
        next
    }

    fn ways_on(&self, register: &Register, code: Code, date: Day) -> Vec<(Code, Part, Option<TransferId>)> {
        let from = self.leaving.partition_point(|key| *key < (code, date));
        let until = self.leaving.partition_point(|key| *key <= (code, date));
        let ways = (from..until).filter_map(|i| {
            let transfer = self.all.get(i)?;
            let to = code_of(&register.unit(transfer.to).code)?;
            Some((to, transfer.part, Some(TransferId(i as u32))))
        });
        ways.collect()
    }

    /// Backwards a share is known only where everybody came from one unit.
    fn ways_back(&self, register: &Register, code: Code, date: Day) -> Vec<(Code, Part, Option<TransferId>)> {
        let from = self.arriving.partition_point(|(c, d, _)| (*c, *d) < (code, date));
        let until = self
            .arriving
            .partition_point(|(c, d, _)| (*c, *d) <= (code, date));
        let sources: Vec<(TransferId, &Transfer)> = self.arriving[from..until]
            .iter()
            .filter_map(|(_, _, id)| Some((*id, self.get(*id)?)))
            .collect();
        let peopled = sources.iter().filter(|(_, t)| t.part != Part::NONE).count();
        let part = |transfer: &Transfer| match (sources.len(), peopled) {
            (1, _) => Part::Whole,
            (_, 1) if transfer.part != Part::NONE => Part::ALL_PEOPLE,
            _ if transfer.part == Part::NONE => Part::NONE,
            _ => Part::Unknown,
        };
        let ways = sources.iter().filter_map(|(id, transfer)| {
            let to = code_of(&register.unit(transfer.from).code)?;
            Some((to, part(transfer), Some(*id)))
        });
        ways.collect()
    }
}

/// All of a unit goes somewhere: what is in one place only is whole there; what is unknown only
/// because the parts met again by way of several units is all of the people.
fn settle(spread: &mut Spread) {
    let peopled = spread.values().filter(|(part, _)| *part != Part::NONE).count();
    let alone = spread.len() == 1;
    if peopled == 1
        && let Some((part, _)) = spread.values_mut().find(|(part, _)| *part != Part::NONE)
    {
        *part = if alone { Part::Whole } else { Part::ALL_PEOPLE };
    }
}

/// None for a code that is no code: empty, or longer than eight letters.
fn code_of(text: &str) -> Option<Code> {
    let fits = !text.is_empty() && text.len() <= 8;
    fits.then(|| text.bytes().fold(0, |code, byte| code << 8 | u64::from(byte)))
}

#[cfg(test)]
mod tests;
