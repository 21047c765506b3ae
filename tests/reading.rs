//! One file read without the rest of the run, and what came of it as lines.

use std::sync::OnceLock;

use bdg::definition::Catalogue;
use bdg::intake::{Context, FileReading, Forms, parse_forms, read_file};
use bdg::lang::Lang;
use bdg::period::{Day, Period};

use crate::made::{table, xlsx};

/// The catalogue and its forms, loaded once.
pub fn world() -> &'static (Catalogue, Forms) {
    static WORLD: OnceLock<(Catalogue, Forms)> = OnceLock::new();
    WORLD.get_or_init(|| {
        let catalogue = crate::examples::catalogue();
        let forms = parse_forms(&catalogue).unwrap();
        (catalogue, forms)
    })
}

/// As if run by the office of `home` for a period ("" if none is asked for).
pub fn context(home: &str, period: &str) -> Context<'static> {
    let (catalogue, _) = world();
    let period = Period::parse(period);
    let today = Day::new(2026, 11, 22);
    let day = period.map_or(today, Period::last_day);
    Context {
        catalogue,
        home: catalogue.localities.by_code(home, day),
        period,
        today,
    }
}

/// Facts as `measure categories unit period = value`, problems as `name cell found (left out)`.
pub struct Read {
    pub facts: Vec<String>,
    pub told: Vec<String>,
    pub reading: FileReading,
}

impl Read {
    pub fn of(name: &str, bytes: &[u8], context: &Context<'_>) -> Read {
        let (catalogue, forms) = world();
        let reading = read_file(name, bytes, context, forms);
        let facts = reading.sheets.iter().flat_map(|s| &s.facts);
        let facts = facts.map(|f| {
            let figure = catalogue.coded(f.measure, f.breakdown, f.place, f.period);
            format!("{figure} = {}", f.value)
        });
        let facts = facts.collect();
        let told = reading.problems.iter().map(|p| {
            let cell = p.place.cell.map_or(String::new(), |c| c.to_string());
            let found = p.kind.wording(Lang::En).found;
            format!("{} {cell} {found} ({})", p.kind.name(), p.left_out)
        });
        let told = told.collect();
        Read { facts, told, reading }
    }

    pub fn tells(&self, line: &str) -> bool {
        self.told.iter().any(|told| told == line)
    }
}

/// A file in the office of huyện Ninh Sơn at the end of 2024.
pub fn read_as(name: &str, bytes: &[u8], period: Option<&str>) -> Read {
    let mut context = context("585", "2024");
    context.period = period.and_then(Period::parse);
    Read::of(name, bytes, &context)
}

/// A workbook of one sheet.
pub fn read(rows: &str) -> Read {
    read_as("a.xlsx", &xlsx(&[("S", &table(rows))]), Some("2024"))
}
