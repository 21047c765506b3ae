//! Sums: from facts to figures, step by step.

mod common;
mod generator;

use std::sync::LazyLock;

use bdg::check::{CheckedFacts, check};
use bdg::evaluate::{Question, evaluate};
use bdg::fact::FactSet;
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
static CHECKED: LazyLock<CheckedFacts> = LazyLock::new(|| checked().0);
static TREE: LazyLock<Tree> = LazyLock::new(|| {
    let day = Period::year(FIGURES.year).last_day();
    Tree::new(&CATALOGUE.localities, FIGURES.scope, day)
});
static ROLLED: LazyLock<RolledFacts> = LazyLock::new(rolled);

#[divan::bench(sample_count = 5, sample_size = 1)]
fn check_facts(bencher: Bencher) {
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
    let set = FactSet::new(&FIGURES.facts);
    let (checked, problems) = check(&set, &FIGURES.sources, &CATALOGUE);
    (checked, problems.len())
}

fn rolled() -> RolledFacts {
    roll_up(&CHECKED, &TREE, &CATALOGUE, &FIGURES.sources).0
}
