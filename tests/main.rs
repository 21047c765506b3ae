//! All tests that stand outside the program's rooms, in one binary.

mod bytes;
mod cli;
mod examples;
mod extend;
mod golden;
mod made;
mod nasty;
mod problems;
mod properties;
mod rooms;
mod variants_of_sheets;
mod worker;
