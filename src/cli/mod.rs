//! Arguments, configuration, progress, printing, exit codes.
//!
//! In:  the command line. Out: text on two streams, files written by the engine, an exit code:
//!      0 all done; 1 done, but something was left out or a check failed; 2 nothing done; 3 our fault.
//! Holds: results go to standard output, all else to standard error; nothing is decided here that
//!        changes a figure.

mod args;
mod config;
mod console;
mod fault;
mod problems;
mod refusal;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::host::{Disk, Host};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Complete,
    /// Done, but figures were left out or a check failed.
    Incomplete,
    /// Nothing was done: wrong command, configuration or definitions.
    Nothing,
    OurFault,
}

impl Exit {
    pub fn code(self) -> u8 {
        match self {
            Exit::Complete => 0,
            Exit::Incomplete => 1,
            Exit::Nothing => 2,
            Exit::OurFault => 3,
        }
    }
}

pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
