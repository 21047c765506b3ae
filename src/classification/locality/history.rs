//! The life of a unit: under which names it stood on one territory, what came into it, where it went.
//!
//! In:  a unit. Out: a [`Life`].
//! Holds: states follow one another on one territory (a new name, type or parent); whatever else happened
//!        is an [`Event`] with another unit, also one that only a single source has.

use super::transfers::{Change, Doubt, Part, What};
use super::{Register, UnitId};
use crate::period::Day;

/// What happened between a unit and another on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub day: Day,
    pub what: Vec<What>,
    /// The other unit; none: abolished without a successor.
    pub other: Option<UnitId>,
    /// The part of the people of the unit that gave.
    pub part: Part,
    /// Number of the act; empty if no source names it.
    pub act: String,
    pub doubt: Doubt,
}

/// A unit through time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Life {
    /// States on the same territory, oldest first, with what led to each: nothing for the first.
    pub states: Vec<(UnitId, Option<Event>)>,
    /// What came into it, by day.
    pub came: Vec<Event>,
    /// Where it went, by day.
    pub went: Vec<Event>,
}

impl Register {
    /// The life of a unit. Faults of the table of transfers are told as [`Register::transfers`] tells them.
    pub fn life(&self, id: UnitId) -> Result<Life, String> {
        let transfers = self.transfers()?;
        let chain = self.same_territory(id);
        let event = |change: &Change, other: Option<UnitId>| Event {
            day: change.day,
            what: change.what.clone(),
            other,
            part: change.people,
            act: change.act.to_string(),
            doubt: change.doubt,
        };
        let mut life = Life::default();
        for state in &chain {
            let led = transfers
                .changes
                .iter()
                .find(|c| c.to == Some(*state) && c.from != *state && chain.contains(&c.from));
            life.states.push((*state, led.map(|c| event(c, Some(c.from)))));
        }
        for change in &transfers.changes {
            let comes = change.to.is_some_and(|to| chain.contains(&to));
            let goes = chain.contains(&change.from);
            match (goes, comes) {
                (false, true) => life.came.push(event(change, Some(change.from))),
                (true, false) => life.went.push(event(change, change.to)),
                _ => {}
            }
        }
        life.came.sort_by_key(|e| (e.day, e.other));
        life.went.sort_by_key(|e| (e.day, e.other));
        Ok(life)
    }

    /// The states before and after this one that have its territory, oldest first, itself included.
    fn same_territory(&self, id: UnitId) -> Vec<UnitId> {
        let states = self.states(&self.unit(id).code);
        let follows = |later: &UnitId, earlier: &UnitId| {
            let later = self.unit(*later);
            later.continues && later.from.is_some() && self.unit(*earlier).until == later.from
        };
        let mut chain = vec![id];
        while let Some(before) = states
            .iter()
            .find(|s| follows(&chain[0], s) && !chain.contains(s))
        {
            chain.insert(0, *before);
        }
        while let Some(after) = chain
            .last()
            .and_then(|last| states.iter().find(|s| follows(s, last) && !chain.contains(s)))
        {
            chain.push(*after);
        }
        chain
    }
}
