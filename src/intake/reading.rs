//! How a sheet was understood: tables, headings, labels, and what became of every cell.
//!
//! Holds: each cell with a figure in a table has exactly one [`Outcome`]. `read_file` takes the facts
//!        from it, `bdg inspect` prints it: there is no second way of reading.

use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, MeasureId};
use crate::fact::Senders;
use crate::intake::context_of_table::Evidence;
use crate::intake::form::RowRole;
use crate::intake::meaning::Said;
use crate::intake::region::Line;
use crate::intake::stub::Role;
use crate::lang::Words;
use crate::origin::{Account, CellAddress, Reason};
use crate::period::Period;
use crate::problem::Kind;

/// One sheet.
#[derive(Debug, Clone, Default)]
pub struct SheetReading {
    pub name: String,
    pub hidden: bool,
    /// Cells with any content.
    pub filled: u32,
    pub tables: Vec<TableReading>,
    /// Troubles with the sheet as a whole and with its tables.
    pub troubles: Vec<Trouble>,
    /// What became of all cells with numbers.
    pub account: Account,
    /// Cells with numbers that are no table's figures, and why.
    pub beside: Vec<(CellAddress, Outcome)>,
}

impl SheetReading {
    pub fn facts(&self) -> impl Iterator<Item = &SheetFact> {
        self.tables.iter().flat_map(|table| &table.facts)
    }

    /// Takes nothing of a sheet that repeats another of its file, cell by cell.
    pub fn set_aside_as_copy(&mut self, other: &str) {
        for table in &mut self.tables {
            for (_, outcome) in &mut table.cells {
                if matches!(outcome, Outcome::Fact(_)) {
                    *outcome = Outcome::NotNeeded(Reason::Copy);
                }
            }
            table.facts.clear();
            table.persons.clear();
        }
        let copied = std::mem::take(&mut self.account.facts);
        self.account.not_needed.insert(Reason::Copy, copied);
        let kind = Kind::SheetTwice {
            other: other.to_owned(),
        };
        self.troubles.push(Trouble {
            at: None,
            kind,
            left_out: 0,
        });
    }
}

/// A problem before the names of file and sheet are added.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Trouble {
    pub at: Option<CellAddress>,
    pub kind: Kind,
    pub left_out: u32,
}

/// Tells whether two rows of lists are one person: a digest of name, day of birth, measure and period, from which none of
/// them can be had back. Never written anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PersonKey(pub [u8; 16]);

/// One table.
#[derive(Debug, Clone)]
pub struct TableReading {
    pub first: CellAddress,
    pub last: CellAddress,
    /// The last row of its headings.
    pub heading_last: u32,
    /// A list of persons: its cells are not to be shown.
    pub personal: bool,
    pub title: Vec<Line>,
    /// Id and name of the declared form; none for general reading.
    pub form: Option<(String, Words)>,
    /// Why this form, or why none.
    pub why: Words,
    pub role: RowRole,
    pub place: Option<Evidence<UnitId>>,
    pub period: Option<Evidence<Period>>,
    pub sender: Option<Evidence<String>>,
    pub columns: Vec<ColumnReading>,
    pub rows: Vec<RowReading>,
    pub facts: Vec<SheetFact>,
    /// Figures that cells would have given if they could be read; their values mean nothing.
    pub unread: Vec<SheetFact>,
    pub persons: Vec<PersonKey>,
    /// By row, then column.
    pub cells: Vec<(CellAddress, Outcome)>,
}

#[derive(Debug, Clone)]
pub struct ColumnReading {
    pub column: u32,
    pub at: CellAddress,
    pub role: Role,
    pub path: Vec<String>,
    pub said: Said,
}

#[derive(Debug, Clone)]
pub struct RowReading {
    pub row: u32,
    /// Labels from the outermost row it lies under to its own.
    pub path: Vec<String>,
    pub at: Option<CellAddress>,
    pub said: Said,
    pub place: Option<UnitId>,
    pub sender: Option<String>,
    /// A sum of other rows: checked, not read.
    pub total: bool,
}

/// What became of a cell with a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Index in [`TableReading::facts`].
    Fact(u32),
    /// A total, compared with its rows.
    Checked,
    /// Of no use, and why.
    NotNeeded(Reason),
    /// Index in [`SheetReading::troubles`].
    LeftOut(u32),
}

/// A fact before files, sheets and senders are numbered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFact {
    pub measure: MeasureId,
    pub breakdown: Breakdown,
    pub place: UnitId,
    pub period: Period,
    pub value: i64,
    pub senders: Senders,
    /// Name of the sender; none: the file itself.
    pub sender: Option<String>,
    pub cell: CellAddress,
}
