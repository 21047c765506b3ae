//! A report becomes bytes: xlsx, csv, parquet, and the run record as JSON.
//!
//! In:  a [`Report`](crate::report::Report), which only a release can have become.
//! Out: the bytes of a file; writing it is the host's business.
//! Holds: the same report gives the same bytes, on any machine and any number of threads.
//! Leaves to others: what is said and in which order (`report`).

pub mod csv;
pub mod json;
pub mod parquet;
pub mod xlsx;

use std::fmt;

/// A file could not be made: our own fault, not the user's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportError {
    /// `xlsx`, `parquet`.
    pub format: &'static str,
    pub reason: String,
}

impl ExportError {
    pub(crate) fn new(format: &'static str, reason: impl fmt::Display) -> Self {
        ExportError {
            format,
            reason: reason.to_string(),
        }
    }
}

impl fmt::Display for ExportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.format, self.reason)
    }
}

impl std::error::Error for ExportError {}
