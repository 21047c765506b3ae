//! All tests that stand outside the program's rooms, in one binary.

mod worker;
mod cli;
mod examples;
mod properties;
mod rooms;
