//! **bdg** turns the spreadsheets that schools, health stations, police and a dozen other units
//! send to an office into the indicators of the National Strategy on Gender Equality 2021-2030,
//! compares them with their targets, and writes a summary workbook in which every number leads
//! back to its source cells.
//!
//! # The flow
//!
//! ```text
//! files ─intake→ FactSet ─check→ CheckedFacts ─rollup→ RolledFacts ─recast, evaluate→ Figures
//!       ─compare→ Verdicts ─disclosure→ Release ─report→ Report ─export→ xlsx, csv, parquet
//! ```
//!
//! Data moves down this list and never up. From [`origin`] on, a room may use those above it,
//! never those below; [`engine`] alone sees them all.
//!
//! | room | its one job |
//! |---|---|
//! | [`lang`] | the two languages of every message and label |
//! | [`origin`] | file › sheet › cell, and how a value was derived from others |
//! | [`period`] | year, half, quarter, month, school year |
//! | [`quantity`] | exact numbers, units, and why a number is missing |
//! | [`text`] | Vietnamese text: composed form, folding for matching, old encodings to Unicode |
//! | [`problem`] | what went wrong, as data; worded in both languages; never printed here |
//! | [`host`] | all the program may ask of the machine: list, read, replace, remove a file, today's date |
//! | [`classification`] | code lists: sex, age, ethnicity, items, measures, localities |
//! | [`definition`] | the catalogue under `indicators/`, parsed and proved |
//! | [`fact`] | one reported figure and what it is about; all of them in columns, and by place |
//! | [`plan`] | who owes which report by when; who has reported |
//! | [`intake`] | bytes → grid → reading → facts; the only room that sees mess |
//! | [`cache`] | what reading a file gave, kept for the next run |
//! | [`check`] | facts → checked facts; finds contradictions, never changes a figure |
//! | [`rollup`] | sums up the hierarchy, each with its coverage |
//! | [`recast`] | figures of one time on the units of another: exact, by share, or within bounds |
//! | [`evaluate`] | numerators and denominators → figures |
//! | [`compare`] | figures × targets → verdicts |
//! | [`audit`] | what is missing and what was assumed: the lines of the quality sheet |
//! | [`revision`] | what changed from one run to another, split into causes that add up |
//! | [`disclosure`] | everything computed → [`disclosure::Release`]; the only door out |
//! | [`report`] | a release → sheets, tables, notes, order and words; no bytes, no fonts |
//! | [`export`] | a report → xlsx, csv, parquet |
//! | [`recall`] | what an earlier run left, read back: its record, its figures, the facts behind them |
//! | [`returned`] | a unit's own workbook back, unchanged but for the marks |
//! | [`sql`] | the evaluation as one statement for engines of other machines |
//! | [`engine`] | the whole run as one function |
//! | [`cli`] | arguments, configuration, progress, printing, exit codes |
//!
//! # What may not depend on what
//!
//! - `classification` knows no spreadsheet; `intake` knows no indicator, target or disclosure rule.
//! - After `intake`, no room decides anything by looking at label text.
//! - Above `disclosure` nobody hides anything; below it nobody sees `FactSet`, `RolledFacts` or
//!   `Figures`. `report` uses `definition` and `classification` for names only.
//! - `report` knows words and order, not fonts; `export` knows bytes and fonts, not statistics.
//! - Only `host` touches files, the clock or the environment; only `cli` prints; only `main` exits.
//!   Two exceptions, each with its reason where it stands: `intake::worker` starts reading processes
//!   (and ends its own when memory runs out), and the writing library keeps large sheets in the
//!   system's temporary folder.
//! - Each outside library lives in one room: workbook reading in `intake::open`, columns in `fact`,
//!   workbook writing in `export::xlsx`, arguments in `cli`; Parquet is written by `export` and read back by `recall`. TOML is read at the three edges where
//!   people declare things: `definition`, `intake::form`, and `bdg.toml` in `cli`.
//! - Counts are integers. Nothing depends on hash order or thread timing: same inputs, same bytes.
//!
//! `tests/rooms.rs` checks these rules over the `use` lines.

pub mod lang;
pub mod origin;
pub mod period;
pub mod quantity;
pub mod text;

pub mod problem;

pub mod host;

pub mod classification;
pub mod definition;

pub mod fact;
pub mod intake;
pub mod plan;

pub mod cache;

pub mod check;
pub mod rollup;

pub mod recast;

pub mod evaluate;

pub mod compare;

pub mod audit;

pub mod revision;

pub mod disclosure;

pub mod report;

pub mod export;

pub mod recall;

pub mod returned;

pub mod sql;

pub mod engine;

pub mod cli;
