//! Facts → checked facts: finds contradictions, never changes a figure.
//!
//! In:  the [`FactSet`] of `intake`. Out: [`CheckedFacts`], the same figures, each counted once and
//!      marked where the sources contradict each other; and the problems.
//! Holds: a contradictory figure stays, marked; what is computed from it is "số liệu mâu thuẫn", and
//!        no sum contains it. Every figure marked is counted by exactly one problem.
//! Leaves to others: sums (`rollup`), what a gap means (`evaluate`).

mod declared;
mod implied;
mod parts;
mod twice;
mod year;

pub use implied::{Addend, Implied, Suggestion};

use std::collections::BTreeSet;

use crate::definition::Catalogue;
use crate::fact::{ByPlace, Fact, FactSet};
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

    /// Facts that were checked in an earlier run, each with whether the sources contradicted it then.
    pub fn recalled(facts: Vec<Fact>, contradicted: Vec<bool>, refused: Vec<Fact>) -> CheckedFacts {
        let mut contradicted = contradicted;
        contradicted.resize(facts.len(), false);
        CheckedFacts {
            facts,
            contradicted,
            refused,
        }
    }

    /// The same, each with whether the sources contradict it.
    pub fn into_facts(self) -> (Vec<Fact>, Vec<bool>) {
        (self.facts, self.contradicted)
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

    /// As if a cell held another figure: its place is checked anew, all others stay as they are.
    #[must_use]
    pub fn supposing(&self, figure: &Fact, sources: &Sources, catalogue: &Catalogue) -> CheckedFacts {
        let mut supposed = self.clone();
        let place = |facts: &[Fact]| -> Vec<usize> {
            let here = facts.iter().enumerate().filter(|(_, f)| f.place == figure.place);
            here.map(|(i, _)| i).collect()
        };
        let marks = |facts: &[Fact], here: &[usize]| {
            let evidence = Evidence {
                catalogue,
                sources,
                facts,
            };
            of_place(&evidence, here).marks.0
        };
        let before = marks(&self.facts, &place(&self.facts));
        supposed.put(*figure);
        let here = place(&supposed.facts);
        let after = marks(&supposed.facts, &here);
        for i in here {
            // What other reports contradict is not seen here; it stays contradicted.
            let by_others = supposed.contradicted[i] && !before.contains(&i);
            supposed.contradicted[i] = after.contains(&i) || by_others;
        }
        supposed
    }

    /// Puts a figure in the place of the one of its cell, or behind all others.
    fn put(&mut self, figure: Fact) {
        let same = |f: &Fact| f.origin == figure.origin && f.series() == figure.series();
        match self.facts.iter().position(same) {
            Some(i) => self.facts[i] = figure,
            None => {
                self.facts.push(figure);
                self.contradicted.push(false);
            }
        }
        self.refused.retain(|f| !same(f));
    }

    /// Only figures of which this holds.
    pub fn keep(&mut self, mut holds: impl FnMut(&Fact) -> bool) {
        let kept: Vec<bool> = self.facts.iter().map(&mut holds).collect();
        let (mut of_facts, mut of_marks) = (kept.iter(), kept.iter());
        self.facts.retain(|_| of_facts.next() == Some(&true));
        self.contradicted.retain(|_| of_marks.next() == Some(&true));
        self.refused.retain(holds);
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

/// Which figures of a place contradict others.
#[derive(Default)]
struct Marks(BTreeSet<usize>);

impl Marks {
    /// Marks a figure; 1 if it was not marked before, for the problem that counts it.
    fn mark(&mut self, index: usize) -> u32 {
        u32::from(self.0.insert(index))
    }
}

/// What the checks of one place gave.
struct Found {
    /// Indices of the facts that count.
    kept: Vec<usize>,
    marks: Marks,
    alike: twice::Alike,
    problems: Vec<Problem>,
}

/// Makes all checks. Problems are in no particular order.
pub fn check(set: &FactSet, sources: &Sources, catalogue: &Catalogue) -> (CheckedFacts, Vec<Problem>) {
    let mut facts: Vec<Fact> = set.facts().collect();
    let evidence = Evidence {
        catalogue,
        sources,
        facts: &facts,
    };
    // No check compares figures of two places.
    let places = ByPlace::new(facts.iter().enumerate().map(|(i, f)| (f.place, i)));
    let found = places.each(|_, here| of_place(&evidence, &here));
    let mut kept = vec![false; facts.len()];
    let mut contradicted = vec![false; facts.len()];
    let mut alike = twice::Alike::new();
    let mut problems = Vec::new();
    for place in found {
        place.kept.iter().for_each(|i| kept[*i] = true);
        place.marks.0.iter().for_each(|i| contradicted[*i] = true);
        for (sheets, indices) in place.alike {
            alike.entry(sheets).or_insert(indices);
        }
        problems.extend(place.problems);
    }
    problems.extend(twice::sent_twice(&evidence, &alike));
    let refused = facts.iter().filter(|f| f.is_refused()).copied().collect();
    let mut keeps = kept.iter();
    let mut of_kept = kept.iter();
    contradicted.retain(|_| of_kept.next() == Some(&true));
    facts.retain(|_| keeps.next() == Some(&true));
    let checked = CheckedFacts {
        facts,
        contradicted,
        refused,
    };
    (checked, problems)
}

fn of_place(evidence: &Evidence<'_>, here: &[usize]) -> Found {
    let mut marks = Marks::default();
    let mut problems = Vec::new();
    let (kept, alike) = twice::keep_once(evidence, here, &mut marks, &mut problems);
    parts::compare(evidence, &kept, &mut marks, &mut problems);
    year::compare(evidence, &kept, &mut problems);
    declared::verify(evidence, &kept, &mut marks, &mut problems);
    Found {
        kept,
        marks,
        alike,
        problems,
    }
}
