//! Sums: from facts in columns to figures, step by step.

mod common;
mod generator;

use std::sync::LazyLock;

use bdg::check::{CheckedFacts, check};
use bdg::evaluate::{Question, evaluate};
use bdg::fact::{FactSet, add_up};
use bdg::period::Period;
use bdg::rollup::{RolledFacts, Tree, roll_up};
use common::{CATALOGUE, SEED, SIZE};
use divan::Bencher;
use divan::counter::ItemsCount;
use generator::facts::{Figures, figures};

fn main() {
    let (facts, communes) = (FIGURES.facts.len(), FIGURES.communes);
    println!(
        "{facts} facts of {communes} communes, {} and the year before, seed {SEED}",
        FIGURES.year
    );
    if common::measures() {
        let (_, problems) = checked();
        println!(
            "{problems} problems among them; {} units in the tree",
            TREE.nodes.len()
        );
    }
    divan::main();
}

static FIGURES: LazyLock<Figures> = LazyLock::new(|| figures(&CATALOGUE, SIZE.communes, SEED));
static SET: LazyLock<FactSet> = LazyLock::new(|| must(FactSet::new(&FIGURES.facts)));
static CHECKED: LazyLock<CheckedFacts> = LazyLock::new(|| checked().0);
static TREE: LazyLock<Tree> = LazyLock::new(|| {
    let day = Period::year(FIGURES.year).last_day();
    Tree::new(&CATALOGUE.localities, FIGURES.scope, day)
});
static ROLLED: LazyLock<RolledFacts> = LazyLock::new(rolled);

#[divan::bench(sample_count = 10, sample_size = 1)]
fn columns(bencher: Bencher) {
    let facts = &FIGURES.facts;
    bencher
        .counter(ItemsCount::new(facts.len()))
        .bench(|| must(FactSet::new(facts)));
}

/// The one aggregation that all sums are made of.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn add_up_facts(bencher: Bencher) {
    let facts = &FIGURES.facts;
    let keys = || {
        let series: Vec<u64> = facts.iter().map(|f| f.series().0).collect();
        let moments: Vec<u64> = facts.iter().map(|f| f.moment().0).collect();
        let values: Vec<i64> = facts.iter().map(|f| f.value).collect();
        (series, moments, values)
    };
    bencher
        .with_inputs(keys)
        .counter(ItemsCount::new(facts.len()))
        .bench_values(|(series, moments, values)| must(add_up(series, moments, values)));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn check_facts(bencher: Bencher) {
    let _ = &*SET;
    bencher
        .counter(ItemsCount::new(FIGURES.facts.len()))
        .bench(checked);
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn roll_up_facts(bencher: Bencher) {
    let _ = (&*CHECKED, &*TREE);
    bencher
        .counter(ItemsCount::new(FIGURES.facts.len()))
        .bench(rolled);
}

/// All indicators, for every unit of the tree, both years and each declared group.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn evaluate_figures(bencher: Bencher) {
    let periods = [Period::year(FIGURES.year - 1), Period::year(FIGURES.year)];
    let variants = vec![0; CATALOGUE.indicators.len()];
    let question = Question {
        catalogue: &CATALOGUE,
        tree: &TREE,
        rolled: &ROLLED,
        periods: &periods,
        variants: &variants,
        recast: None,
    };
    let figures = evaluate(&question).len();
    bencher
        .counter(ItemsCount::new(figures))
        .bench(|| evaluate(&question));
}

fn checked() -> (CheckedFacts, usize) {
    let (checked, problems) = must(check(&SET, &FIGURES.sources, &CATALOGUE));
    (checked, problems.len())
}

fn rolled() -> RolledFacts {
    must(roll_up(&CHECKED, &TREE, &CATALOGUE, &FIGURES.sources)).0
}

#[expect(
    clippy::panic,
    reason = "a bench that cannot do its work has nothing to measure"
)]
fn must<T, E: std::fmt::Display>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}
