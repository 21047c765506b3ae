//! Spreadsheets as they really are → facts.
//!
//! ```text
//! bytes ─open→ Workbook of Grids ─region→ tables ─header, stub→ headings and labels
//!       ─form, vocabulary→ meanings ─settle→ facts and troubles ─gather→ Intake
//! ```
//!
//! In:  files by name and bytes, the catalogue, declared forms. Out: [`Intake`].
//! Holds: every cell with a figure in a table becomes a fact, is compared as a total, is declared unneeded,
//!        or is counted by a problem; reading one file depends on no other.
//! Leaves to others: whether figures agree (`check`), sums (`rollup`). Knows no indicator and no target.

mod accounting;
mod context_of_table;
mod file;
pub mod form;
pub mod grid;
mod header;
mod label;
mod meaning;
pub mod numeral;
pub mod open;
mod place;
mod reading;
mod region;
mod rows;
mod sender;
mod settle;
mod sheet;
mod stub;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod understand;
mod unit;
mod vocabulary;
mod when;
mod words_of_stub;

pub use context_of_table::{Evidence, Source};
pub use file::{FileReading, SheetFigures, gather, inspect, read_file, read_file_with, sha256};
pub use form::{Form, Forms, RowRole, parse_forms};
pub use meaning::{Meaning, Said};
pub use reading::{
    ColumnReading, Outcome, PersonKey, RowReading, SheetFact, SheetReading, TableReading, Trouble,
};
pub use stub::Role;
pub mod worker;

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
