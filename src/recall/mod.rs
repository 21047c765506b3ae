//! What an earlier run left, read back: its record, its figures, and the reported figures behind them.
//!
//! In:  the bytes of `bdg-run.json` and of the files it names. Out: [`Record`]; figures and facts one by one.
//! Holds: a file whose digest is not the record's is refused by whoever reads it ([`Record::output`]); a damaged,
//!        foreign or older record is told for what it is. Codes that the catalogue at hand does not know are
//!        counted, never guessed.
//! Leaves to others: comparing (`revision`), computing anew (`engine`).

mod columns;
mod facts;
mod figures;
mod record;

pub use facts::{Facts, Unknown};
pub use figures::{Row, figures};
pub use record::{OutputFile, Record, record};

use crate::lang::Words;

/// Why something cannot be read back: a sentence without the name of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable(pub Words);

impl Unreadable {
    fn new(vi: impl Into<String>, en: impl Into<String>) -> Unreadable {
        Unreadable(Words::new(vi, en))
    }

    /// What is in a file is not what its name promises.
    fn damaged() -> Unreadable {
        Unreadable::new(
            "tệp bị hỏng hoặc không do bdg ghi; hãy chạy lại bdg report",
            "the file is damaged or was not written by bdg; run bdg report again",
        )
    }
}
