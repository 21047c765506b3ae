//! All tests that stand outside the program's rooms, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod boundaries;
mod bytes;
mod cli;
mod contradictions;
mod differential;
mod examples;
mod extend;
mod folders;
mod golden;
mod half_year;
mod hostile;
mod made;
mod nasty;
mod problems;
mod properties;
mod regressions;
mod rooms;
mod series;
mod told;
mod variants_of_sheets;
mod whole_year;
mod worker;
