//! On whose units the reported figures are added up: one hierarchy for each time at which the territory was
//! divided otherwise.

use std::collections::BTreeMap;

use crate::classification::locality::UnitId;
use crate::fact::Fact;
use crate::period::{Day, Period};

/// The units of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hierarchy {
    pub day: Day,
    /// These are the units that the report stands on.
    pub is_base: bool,
    /// Parents before their children.
    pub units: Vec<GroundUnit>,
}

/// One unit of a hierarchy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundUnit {
    pub place: UnitId,
    pub parent: Option<UnitId>,
    /// 0 for the whole territory.
    pub depth: u8,
    /// Units right below it.
    pub children: u32,
    /// Lowest units at or below it.
    pub lowest: u32,
    /// Units at or below it that have bodies of their own: all but a root that only joins others.
    pub bodies: u32,
    /// It only joins others and was no unit itself on the day.
    pub joins: bool,
}

/// What an engine elsewhere needs, beside the facts, to add them up as here.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    pub hierarchies: Vec<Hierarchy>,
    /// By place and period of the facts: which of the hierarchies, and what the place is called in it.
    pub standing: BTreeMap<(UnitId, Period), (usize, UnitId)>,
    /// Figures that cannot be (below 0): known as sent, so that nothing is put in their place.
    pub refused: Vec<Fact>,
}
