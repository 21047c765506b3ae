//! Places: from what sheets write to units of the register. 100,000 names a second is the aim.

mod common;

use std::sync::LazyLock;

use bdg::classification::locality::{Level, Register, UnitId};
use bdg::period::Day;
use bdg::text::folded;
use common::CATALOGUE;
use divan::Bencher;
use divan::counter::ItemsCount;

const OLD: Day = Day::new(2025, 6, 30);

fn main() {
    println!("{} names, each asked inside its province", NAMES.len());
    divan::main();
}

fn register() -> &'static Register {
    &CATALOGUE.localities
}

/// Every commune of the day before the reform with its province.
static NAMES: LazyLock<Vec<(String, UnitId)>> = LazyLock::new(|| {
    let r = register();
    let provinces = r
        .roots()
        .into_iter()
        .flat_map(|n| r.descendants(n, OLD, Level::Province));
    provinces
        .flat_map(|p| {
            let communes = r.descendants(p, OLD, Level::Commune).into_iter();
            communes.map(move |id| (r.unit(id).full_name(), p))
        })
        .collect()
});

fn ask(bencher: Bencher, spelled: impl Fn(&str) -> String) {
    let names: Vec<(String, UnitId)> = NAMES.iter().map(|(n, p)| (spelled(n), *p)).collect();
    bencher.counter(ItemsCount::new(names.len())).bench(|| {
        for (name, province) in &names {
            divan::black_box(register().resolve(name, Some(*province), Some(Level::Commune), OLD));
        }
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn type_and_name(bencher: Bencher) {
    ask(bencher, str::to_owned);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn without_marks(bencher: Bencher) {
    ask(bencher, folded);
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn unknown(bencher: Bencher) {
    ask(bencher, |name| format!("{name} Không Có"));
}

/// The register, from its tables.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn load() -> usize {
    let units = include_str!("../indicators/localities/units.csv");
    let aliases = include_str!("../indicators/localities/aliases.csv");
    Register::parse(units, aliases).map_or(0, |r| r.units.len())
}

/// The changes between units, when a run first asks for them.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn load_transfers(bencher: Bencher) {
    let table = include_str!("../indicators/localities/transfers.csv");
    bencher
        .with_inputs(|| register().clone().with_transfers(table))
        .bench_values(|r| r.transfers().map_or(0, |t| t.all.len()));
}
