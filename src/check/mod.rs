//! Facts → checked facts: finds contradictions, never changes a figure.
//!
//! In:  the [`FactSet`] of `intake`. Out: [`CheckedFacts`], the same figures, each counted once and
//!      marked where the sources contradict each other; and the problems.
//! Holds: a contradictory figure stays, marked; what is computed from it is "số liệu mâu thuẫn", and
//!        no sum contains it. Every figure marked is counted by exactly one problem.
//! Leaves to others: sums (`rollup`), what a gap means (`evaluate`).

mod declared;
mod parts;
mod twice;
mod year;

use crate::definition::Catalogue;
use crate::fact::{ColumnFault, Fact, FactSet};
use crate::origin::Sources;
use crate::problem::{Place, Problem};

/// Facts that passed all checks. Holding one proves that they were made.
#[derive(Debug, Clone)]
pub struct CheckedFacts {
    facts: Vec<Fact>,
    contradicted: Vec<bool>,
    refused: Vec<Fact>,
}

impl CheckedFacts {
    /// Each figure once, in the order in which it was read.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// Figures below 0: told when they were read, known only as something that was sent and cannot
    /// be, so that nothing else is put in their place.
    pub fn refused(&self) -> &[Fact] {
        &self.refused
    }

    /// How many figures may be computed with.
    pub fn sound(&self) -> usize {
        self.contradicted.iter().filter(|c| !**c).count()
    }

    /// Whether the sources contradict the fact of this index.
    pub fn is_contradicted(&self, index: usize) -> bool {
        self.contradicted[index]
    }
}

/// What the checks see.
struct Evidence<'a> {
    catalogue: &'a Catalogue,
    sources: &'a Sources,
    facts: &'a [Fact],
}

impl Evidence<'_> {
    fn place_of(&self, index: usize) -> Place {
        let origin = self.facts[index].origin;
        let sheet = self.sources.sheet(origin.sheet);
        Place::file(self.sources.file(sheet.file).name.clone())
            .sheet(sheet.name.clone())
            .cell(origin.cell)
    }

    /// The figure as printed, without its unit.
    fn value(&self, index: usize) -> String {
        self.amount(index, self.facts[index].value)
    }

    fn amount(&self, index: usize, value: i64) -> String {
        let decimals = self.catalogue.measures.get(self.facts[index].measure).decimals;
        crate::quantity::print_plain(value, decimals)
    }

    fn describe(&self, index: usize) -> String {
        self.sources.describe(self.facts[index].origin)
    }
}

/// Which figures contradict others.
struct Marks(Vec<bool>);

impl Marks {
    /// Marks a figure; 1 if it was not marked before, for the problem that counts it.
    fn mark(&mut self, index: usize) -> u32 {
        u32::from(!std::mem::replace(&mut self.0[index], true))
    }
}

/// Makes all checks. Problems are in no particular order.
pub fn check(
    facts: &FactSet,
    sources: &Sources,
    catalogue: &Catalogue,
) -> Result<(CheckedFacts, Vec<Problem>), ColumnFault> {
    let facts = facts.facts()?;
    let evidence = Evidence {
        catalogue,
        sources,
        facts: &facts,
    };
    let mut marks = Marks(vec![false; facts.len()]);
    let mut problems = Vec::new();
    let kept = twice::keep_once(&evidence, &mut marks, &mut problems);
    parts::compare(&evidence, &kept, &mut marks, &mut problems);
    year::compare(&evidence, &kept, &mut problems);
    declared::verify(&evidence, &kept, &mut marks, &mut problems);
    let checked = CheckedFacts {
        contradicted: kept.iter().map(|i| marks.0[*i]).collect(),
        facts: kept.iter().map(|i| facts[*i]).collect(),
        refused: facts.iter().filter(|f| f.is_refused()).copied().collect(),
    };
    Ok((checked, problems))
}
