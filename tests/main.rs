//! All tests that stand outside the program's rooms, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod both_sides;
mod boundaries;
mod bytes;
mod cache;
mod cells;
mod cli;
mod contradictions;
mod diff;
mod differential;
mod english;
mod examples;
mod extend;
mod facts;
mod folders;
#[path = "fuzz/src/lib.rs"]
mod fuzz;
mod golden;
mod groups;
mod half_year;
mod hostile;
mod labels;
mod lists;
mod locality;
mod made;
mod missing;
mod mutants;
mod nasty;
mod outside;
mod persons;
mod place_codes;
mod plans;
mod problems;
mod programmes;
mod properties;
mod reading;
mod record;
mod reform;
mod register;
mod regressions;
mod resent;
mod results;
mod returned;
mod rooms;
mod seeds;
mod series;
mod sql;
mod titles;
mod told;
mod variants;
mod whole_year;
mod worker;
