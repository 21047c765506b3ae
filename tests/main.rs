//! All tests that stand outside the program's rooms, in one binary.

mod cli;
mod examples;
mod golden;
mod properties;
mod rooms;
mod worker;
