//! Spreadsheets as they really are → facts.

pub mod grid;
pub mod numeral;
pub mod open;

use crate::classification::locality::UnitId;
use crate::definition::Catalogue;
use crate::fact::Fact;
use crate::origin::Sources;
use crate::period::{Day, Period};
use crate::problem::Problem;

/// What the reader may take for granted.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub catalogue: &'a Catalogue,
    /// The office's own locality: names are looked for below it first.
    pub home: Option<UnitId>,
    /// Used when a sheet names no period.
    pub period: Option<Period>,
    pub today: Day,
}

/// All that was read.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// Ordered by file, sheet, cell.
    pub facts: Vec<Fact>,
    /// Names of senders, by `SenderId`.
    pub senders: Vec<String>,
    pub sources: Sources,
    pub problems: Vec<Problem>,
}
