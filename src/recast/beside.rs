//! Beside which others the figures of a unit that never changed stand: it is the same on several sets of units.
//!
//! Holds: they stand with the other rows of the sheets that they were read from: whoever lists the communes of
//!        last year lists them all. Where the sheet tells nothing (each commune sends its own), they stand with
//!        most of the nearest units around them that can stand on one set only; else on the base.

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::locality::{Register, UnitId};
use crate::fact::Fact;
use crate::origin::SheetId;
use crate::period::Period;
use crate::rollup::Tree;

/// A set of units: a frame by its index, or the base (none).
pub(super) type Ground = Option<usize>;

/// How many figures tell for each set of units.
type Votes = BTreeMap<Ground, usize>;

/// For each free place of a period the set of units it stands on; `certain` are those that can stand on one only.
pub(super) fn choose<'a, I: Iterator<Item = &'a Fact>>(
    register: &Register,
    grounds: &[(Ground, &Tree)],
    facts: impl Fn() -> I,
    certain: &BTreeMap<(UnitId, Period), Ground>,
    free: &BTreeSet<(UnitId, Period)>,
) -> BTreeMap<(UnitId, Period), Ground> {
    let moved: BTreeSet<Period> = certain
        .iter()
        .filter(|(_, ground)| ground.is_some())
        .map(|((_, period), _)| *period)
        .collect();
    let free: BTreeSet<(UnitId, Period)> = free.iter().filter(|(_, p)| moved.contains(p)).copied().collect();
    if free.is_empty() {
        return BTreeMap::new();
    }
    let mut sheets: BTreeMap<(SheetId, Period), Votes> = BTreeMap::new();
    let mut around = Around::default();
    for fact in facts() {
        if let Some(ground) = certain.get(&(fact.place, fact.period)) {
            let votes = sheets.entry((fact.origin.sheet, fact.period)).or_default();
            *votes.entry(*ground).or_default() += 1;
            around.count(register, grounds, fact, *ground);
        }
    }
    let mut told: BTreeMap<(UnitId, Period), Votes> = BTreeMap::new();
    for fact in facts() {
        let key = (fact.place, fact.period);
        if let Some(votes) = sheets
            .get(&(fact.origin.sheet, fact.period))
            .filter(|_| free.contains(&key))
        {
            let sum = told.entry(key).or_default();
            for (ground, count) in votes {
                *sum.entry(*ground).or_default() += count;
            }
        }
    }
    let chosen = free.into_iter().map(|(place, period)| {
        let nodes: Vec<(Ground, &Tree, usize)> = grounds
            .iter()
            .filter_map(|(ground, tree)| {
                Some((*ground, *tree, tree.find(tree.stands_for(register, place)?)?))
            })
            .collect();
        let by_sheet = told.get(&(place, period)).and_then(|votes| {
            let here = |ground: &Ground| nodes.iter().any(|(g, ..)| g == ground);
            most(votes.iter().filter(|(g, _)| here(g)).map(|(g, n)| (*g, *n)))
        });
        let ground = by_sheet.or_else(|| around.nearest(&nodes, period)).flatten();
        ((place, period), ground)
    });
    chosen.collect()
}

/// The set of units with most figures; the base wins a tie, then the earlier one.
fn most(votes: impl Iterator<Item = (Ground, usize)>) -> Option<Ground> {
    let some = votes.filter(|(_, count)| *count > 0);
    some.max_by_key(|(ground, count)| (*count, std::cmp::Reverse(*ground)))
        .map(|(ground, _)| ground)
}

/// Figures that can stand on one set of units only, by period and set, counted at each node and all above it.
#[derive(Default)]
struct Around(BTreeMap<(Period, Ground), BTreeMap<usize, usize>>);

impl Around {
    fn count(&mut self, register: &Register, grounds: &[(Ground, &Tree)], fact: &Fact, ground: Ground) {
        let tree = grounds.iter().find(|(g, _)| *g == ground).map(|(_, tree)| *tree);
        let Some(tree) = tree else { return };
        let node = tree.stands_for(register, fact.place).and_then(|u| tree.find(u));
        let counts = self.0.entry((fact.period, ground)).or_default();
        for above in node.into_iter().flat_map(|n| tree.line(n)) {
            *counts.entry(above).or_default() += 1;
        }
    }

    /// Step by step upwards in every set of units at once: the first step at which there are any.
    fn nearest(&self, nodes: &[(Ground, &Tree, usize)], period: Period) -> Option<Ground> {
        let steps = nodes
            .iter()
            .map(|(_, tree, node)| tree.line(*node).count())
            .max()?;
        (1..steps).find_map(|step| {
            most(nodes.iter().map(|(ground, tree, node)| {
                let at = tree.line(*node).nth(step).unwrap_or(0);
                let counts = self.0.get(&(period, *ground));
                (*ground, counts.and_then(|c| c.get(&at)).copied().unwrap_or(0))
            }))
        })
    }
}
