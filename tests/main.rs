//! All tests that stand outside the program's rooms, in one binary.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on should stop"
)]

mod cli;
mod examples;
mod golden;
mod properties;
mod rooms;
mod worker;
