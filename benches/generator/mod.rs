//! Makes any number of realistic workbooks from a seed, as offices send them.
//!
//! In:  the register of localities (real communes, codes and names) and a seed.
//! Out: [`workbooks`]: named files, one by one, without end; [`facts`]: figures directly.
//! Holds: same register and seed, same bytes; figures of one place agree between all files; nothing
//!        is random but by the seed. Everything but the names of places is invented.
//! Leaves to others: what the figures should add up to (`tests/expected`).
//!
//! The order: provinces of 2026 in an order that the seed decides, and of each its offices'
//! summaries, then commune by commune the two half-years of 01/BC-X, Biểu 4/BCX and each school's
//! sheet; then 2025, then the districts of 2024 to 2019, then all again under `lan-2/`.

// Each bench and test uses its own part.
#![allow(dead_code, clippy::expect_used)]

pub mod facts;
mod offices;
mod other;
mod persons;
pub mod places;
mod random;
mod sheet;
mod table;
mod truth;
mod units;
mod write_text;
mod write_xls;
mod write_xlsx;

use std::sync::Arc;

use bdg::classification::locality::Register;

use places::{Office, Place, slug};
use random::Random;
use truth::Truth;

/// A file, ready to be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generated {
    /// Relative, with `/`: `2026/tinh-lai-chau/thong-ke/dan-so-2026.xlsx`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A workbook that can be made, alone and at any time.
#[derive(Debug, Clone)]
pub struct Plan {
    truth: Truth,
    office: Arc<Office>,
    what: What,
    /// Without extension.
    path: String,
}

#[derive(Debug, Clone)]
enum What {
    Summary(&'static str),
    Unit(Place, units::Job),
}

/// Kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// As offices send them: mostly xlsx, some xls, few ods.
    Mixed,
    /// Only xlsx.
    Xlsx,
}

/// The first `count` workbooks of a seed.
pub fn workbooks(register: &Register, count: usize, seed: u64, kind: Kind) -> Vec<Generated> {
    use rayon::prelude::*;
    let plans: Vec<Plan> = plans(register, seed).take(count).collect();
    plans.par_iter().map(|plan| plan.make(kind)).collect()
}

/// Code of the smallest unit that holds the first `count` workbooks of a seed.
pub fn scope(register: &Register, count: usize, seed: u64) -> String {
    let mut all = plans(register, seed)
        .take(count.max(1))
        .map(|plan| plan.office.own.code.clone());
    let first = all.next().unwrap_or_default();
    if all.all(|code| code == first) {
        first
    } else {
        "VN".to_owned()
    }
}

/// All plans of a seed, without end.
pub fn plans(register: &Register, seed: u64) -> impl Iterator<Item = Plan> + '_ {
    let years = (1..).flat_map(|round| (2019..=2026).rev().map(move |year| (round, year)));
    years.flat_map(move |(round, year)| {
        let again = if round > 1 {
            format!("lan-{round}/")
        } else {
            String::new()
        };
        of_year(register, seed, year, &again)
    })
}

/// All plans of one year: provinces since 2025, districts before.
pub fn plans_of_year(register: &Register, seed: u64, year: i16) -> impl Iterator<Item = Plan> + use<> {
    of_year(register, seed, year, "")
}

fn of_year(register: &Register, seed: u64, year: i16, again: &str) -> impl Iterator<Item = Plan> + use<> {
    let offices = places::offices(register, year, seed);
    let again = again.to_owned();
    offices
        .into_iter()
        .flat_map(move |office| of_office(Truth { seed }, office, &again))
}

fn of_office(truth: Truth, office: Office, again: &str) -> Vec<Plan> {
    let office = Arc::new(office);
    let name = format!("{}-{}", slug(&office.own.lower()), office.own.code);
    let folder = format!("{again}{}/{name}", office.year);
    let plan = |path: String, what| Plan {
        truth,
        office: Arc::clone(&office),
        what,
        path,
    };
    let mut all: Vec<Plan> = offices::KINDS
        .iter()
        .chain(&other::KINDS)
        .map(|(kind, from)| {
            plan(
                format!("{folder}/{from}/{kind}-{}", office.year),
                What::Summary(kind),
            )
        })
        .collect();
    for place in &office.communes {
        let jobs = units::of_commune(truth, &office, place);
        all.extend(
            jobs.into_iter()
                .map(|(path, job)| plan(format!("{folder}/{path}"), What::Unit(place.clone(), job))),
        );
    }
    all
}

impl Plan {
    /// Fills the sheets and writes them.
    pub fn make(&self, kind: Kind) -> Generated {
        let sheets = match &self.what {
            What::Summary(what) => match other::sheet(self.truth, &self.office, what) {
                Some(sheet) => vec![sheet],
                None => offices::sheets(self.truth, &self.office, what),
            },
            What::Unit(place, job) => vec![units::sheet(self.truth, &self.office, place, *job)],
        };
        let mut r = Random::of(self.truth.seed, &[&self.path, "kind"]);
        let dialect = if r.chance(150) {
            write_xlsx::Dialect::Server
        } else {
            write_xlsx::Dialect::Excel
        };
        let (end, bytes) = match (kind, r.between(1, 100)) {
            (Kind::Mixed, 1..=10) => ("xls", write_xls::write(&sheets)),
            (Kind::Mixed, 11..=14) => ("ods", write_text::ods(&sheets).ok()),
            (Kind::Mixed, 15..=16) if sheets.len() == 1 => ("csv", Some(write_text::csv(&sheets[0]))),
            _ => ("xlsx", None),
        };
        let (end, bytes) = match bytes {
            Some(bytes) => (end, bytes),
            // Memory takes every byte: this cannot fail.
            None => ("xlsx", write_xlsx::write(&sheets, dialect).unwrap_or_default()),
        };
        Generated {
            name: format!("{}.{end}", self.path),
            bytes,
        }
    }
}
