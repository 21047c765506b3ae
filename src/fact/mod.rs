//! One reported figure and what it is about; and the columns that hold millions of them.
//!
//! Holds: breakdowns are as reported (a one-way table stays one-way); counts are integers; each
//! fact keeps its source cell, or the facts it was derived from.

use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, MeasureId};
use crate::origin::CellOrigin;
use crate::period::Period;

/// Who sent a figure. Figures of different senders for one place add up only if the form says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SenderId(pub u32);

/// How several senders of one place relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Senders {
    /// One report for a place: a second that differs is a contradiction.
    One,
    /// Each school, facility, station counts its own: they add up.
    Many,
}

/// One reported figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact {
    pub measure: MeasureId,
    pub breakdown: Breakdown,
    pub place: UnitId,
    pub period: Period,
    /// In the measure's smallest unit (`10^-decimals`).
    pub value: i64,
    pub sender: SenderId,
    pub senders: Senders,
    pub origin: CellOrigin,
}
