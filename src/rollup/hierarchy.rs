//! From the lowest units to the scope, one depth after the other.
//!
//! A parent takes the sum of its units when all have reported, else its own report, else the partial
//! sum with its coverage. Its own report beside a sum is compared, never added. Only measures of
//! each unit's own bodies (`Spread::Own`) add the parent's report to its units'; bodies of all levels
//! (`Spread::Whole`) are its own report unless those below have more.

use rayon::prelude::*;

use super::{Basis, Coverage, Entry, Sum, Tree};
use crate::classification::Spread;
use crate::classification::locality::UnitId;
use crate::definition::Catalogue;
use crate::fact::{ByPlace, Fact, Moment, Series};
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::problem::{Kind, Place, Problem};
use crate::quantity::print_plain;

/// What a problem needs to name a cell.
pub(super) struct Evidence<'a> {
    pub facts: &'a [Fact],
    /// Indices of the facts by the unit they stand for.
    pub places: &'a ByPlace,
    pub sources: &'a Sources,
    pub catalogue: &'a Catalogue,
}

impl Evidence<'_> {
    fn spread(&self, series: Series) -> Spread {
        self.catalogue.measures.get(series.measure()).spread
    }

    /// The first fact of a figure.
    fn first(&self, series: Series, moment: Moment) -> Option<&Fact> {
        let place = moment.place();
        let mut facts = self.places.of(place).filter_map(|i| self.facts.get(i));
        facts.find(|f| f.series() == series && f.moment().at(place) == moment)
    }
}

/// Values that stand for each node, what the nodes that are not lowest (and places outside the tree)
/// reported themselves, and problems.
pub(super) fn climb(
    own: Vec<(UnitId, Vec<Entry>)>,
    tree: &Tree,
    evidence: &Evidence<'_>,
) -> (Vec<Vec<Entry>>, Vec<Vec<Entry>>, Vec<Problem>) {
    let mut by_node: Vec<Vec<Entry>> = vec![Vec::new(); tree.nodes.len()];
    let mut others = Vec::new();
    for (place, entries) in own {
        match tree.find(place) {
            Some(node) => by_node[node] = entries,
            None => others.push(entries),
        }
    }
    let mut problems = Vec::new();
    let deepest = tree.nodes.iter().map(|n| n.depth).max().unwrap_or(0);
    for depth in (0..=deepest).rev() {
        let nodes: Vec<usize> = (0..tree.nodes.len())
            .filter(|n| tree.nodes[*n].depth == depth)
            .collect();
        // What the children chose stands in their places already.
        let own: Vec<(usize, Vec<Entry>)> = nodes
            .into_iter()
            .map(|node| (node, std::mem::take(&mut by_node[node])))
            .collect();
        let settled: Vec<_> = own
            .into_par_iter()
            .map(|(node, own)| (node, settle(node, own, tree, &by_node, evidence)))
            .collect();
        for (node, settled) in settled {
            by_node[node] = settled.chosen;
            if !settled.own.is_empty() {
                others.push(settled.own);
            }
            problems.extend(settled.problems);
        }
    }
    (by_node, others, problems)
}

/// What one node has.
struct Settled {
    /// What stands for it.
    chosen: Vec<Entry>,
    /// What it reported itself, if something lies below it.
    own: Vec<Entry>,
    problems: Vec<Problem>,
}

/// What stands for one node, from its own report and what stands for its children.
fn settle(
    index: usize,
    own: Vec<Entry>,
    tree: &Tree,
    by_node: &[Vec<Entry>],
    evidence: &Evidence<'_>,
) -> Settled {
    let node = &tree.nodes[index];
    if node.children.is_empty() {
        let mut chosen = own;
        for (series, _, sum) in &mut chosen {
            *sum = alone(*sum, node, evidence.spread(*series));
        }
        return Settled {
            chosen,
            own: Vec::new(),
            problems: Vec::new(),
        };
    }
    let children = node.children.iter().map(|c| by_node[*c].as_slice());
    let below = sum_children(children, node.unit, evidence);
    let mut problems = Vec::new();
    let mut chosen = Vec::with_capacity(own.len().max(below.len()));
    // Both are in the order of their keys, and so is what is chosen.
    let mut of_own = own.iter().peekable();
    let mut alone_until = |key: Option<(Series, Moment)>, chosen: &mut Vec<Entry>| {
        while let Some((series, moment, sum)) =
            of_own.next_if(|(series, moment, _)| key.is_none_or(|key| (*series, *moment) < key))
        {
            chosen.push((*series, *moment, alone(*sum, node, evidence.spread(*series))));
        }
        let same = of_own.next_if(|(series, moment, _)| Some((*series, *moment)) == key);
        same.map(|(_, _, sum)| *sum)
    };
    for (series, moment, part) in below {
        let own = alone_until(Some((series, moment)), &mut chosen);
        let spread = evidence.spread(series);
        if let Some(own) = own
            && matches!(spread, Spread::Total | Spread::Whole)
        {
            problems.extend(compare(evidence, series, moment, &own, &part, node, spread));
        }
        chosen.push((series, moment, choose(own, part, node, spread)));
    }
    alone_until(None, &mut chosen);
    Settled {
        chosen,
        own,
        problems,
    }
}

/// A report beside which nothing comes from below.
fn alone(own: Sum, node: &super::Node, spread: Spread) -> Sum {
    let expected = expected(node, spread);
    let reported = match spread {
        Spread::Own => 1,
        Spread::Total | Spread::Whole | Spread::None => expected,
    };
    Sum {
        coverage: Coverage::of(reported, expected),
        ..own
    }
}

fn expected(node: &super::Node, spread: Spread) -> u32 {
    match spread {
        Spread::Own => node.units,
        Spread::Total | Spread::Whole => node.leaves,
        Spread::None => 1,
    }
}

/// The sum of the units below a parent: value and how many lowest units stand behind it.
#[derive(Debug, Clone, Copy, Default)]
struct Below {
    value: i64,
    reported: u32,
    derived: bool,
    /// Lowest units whose figures contradict each other.
    contradicted: u32,
}

/// What the units below a node have together. Contradicted figures are left out of value and coverage;
/// where every unit contradicts itself there is no total, but there is something to say.
fn sum_children<'a>(
    children: impl Iterator<Item = &'a [Entry]>,
    parent: UnitId,
    evidence: &Evidence<'_>,
) -> Vec<(Series, Moment, Below)> {
    let mut below: Vec<(Series, Moment, Below)> = Vec::new();
    for child in children {
        // Units of one parent mostly send the same figures: the child's are found walking along.
        let mut further = Vec::new();
        let mut at = 0;
        for (series, moment, sum) in child {
            if evidence.spread(*series) == Spread::None {
                continue;
            }
            let key = (*series, moment.at(parent));
            while below.get(at).is_some_and(|(s, m, _)| (*s, *m) < key) {
                at += 1;
            }
            match below.get_mut(at).filter(|(s, m, _)| (*s, *m) == key) {
                Some((_, _, part)) => part.add(sum),
                None => {
                    let mut part = Below::default();
                    part.add(sum);
                    further.push((key.0, key.1, part));
                }
            }
        }
        if !further.is_empty() {
            below.extend(further);
            below.sort_by_key(|(series, moment, _)| (*series, *moment));
        }
    }
    below
}

impl Below {
    fn add(&mut self, sum: &Sum) {
        self.derived |= sum.derived;
        let spoiled = match sum.contradicted {
            true => sum.coverage.reported.max(sum.coverage.contradicted).max(1),
            false => sum.coverage.contradicted,
        };
        self.contradicted = self.contradicted.saturating_add(spoiled);
        if !sum.contradicted {
            self.value = self.value.saturating_add(sum.value);
            self.reported = self.reported.saturating_add(sum.coverage.reported);
        }
    }
}

fn choose(own: Option<Sum>, part: Below, node: &super::Node, spread: Spread) -> Sum {
    let expected = expected(node, spread);
    let summed = Sum {
        value: part.value,
        coverage: Coverage {
            contradicted: part.contradicted,
            ..Coverage::of(part.reported, expected)
        },
        basis: Basis::Summed,
        derived: part.derived,
        contradicted: part.reported == 0,
    };
    match (spread, own) {
        (_, None) => summed,
        (Spread::Own, Some(own)) if own.contradicted => Sum {
            coverage: Coverage {
                contradicted: part.contradicted.saturating_add(1),
                ..summed.coverage
            },
            ..summed
        },
        (Spread::Own, Some(own)) => Sum {
            value: part.value.saturating_add(own.value),
            coverage: Coverage {
                reported: part.reported.saturating_add(1),
                ..summed.coverage
            },
            derived: part.derived || own.derived,
            contradicted: false,
            ..summed
        },
        (Spread::Whole, Some(own)) if !own.contradicted && own.value < part.value => summed,
        (Spread::Total | Spread::None, Some(own)) if summed.coverage.is_full() && !own.contradicted => summed,
        (_, Some(own)) if own.contradicted => summed,
        (_, Some(own)) => Sum {
            coverage: Coverage::of(expected, expected),
            ..own
        },
    }
}

/// A parent's own report against the sum of its units: equal if all reported, else at least the sum.
fn compare(
    evidence: &Evidence<'_>,
    series: Series,
    moment: Moment,
    own: &Sum,
    part: &Below,
    node: &super::Node,
    spread: Spread,
) -> Option<Problem> {
    let leaves = node.leaves;
    let agrees = if part.reported >= leaves && spread == Spread::Total {
        own.value == part.value
    } else {
        own.value >= part.value
    };
    if agrees || own.derived || own.contradicted || part.contradicted > 0 {
        return None;
    }
    let place = evidence
        .first(series, moment)
        .map_or_else(Place::default, |fact| {
            let sheet = evidence.sources.sheet(fact.origin.sheet);
            Place::file(evidence.sources.file(sheet.file).name.clone())
                .sheet(sheet.name.clone())
                .cell(fact.origin.cell)
        });
    let decimals = evidence.catalogue.measures.get(series.measure()).decimals;
    let (own, sum) = (
        print_plain(own.value, decimals),
        print_plain(part.value, decimals),
    );
    let unit = evidence.catalogue.localities.unit(moment.place());
    let what = evidence
        .catalogue
        .series_name(series.measure(), series.breakdown());
    let values = |lang| {
        let (name, period) = (unit.name_in(lang), moment.period().words(lang));
        format!("{name}, {period}: {own} ≠ {sum} ({}/{leaves})", part.reported)
    };
    let values = Words::new(values(Lang::Vi), values(Lang::En));
    Some(Problem::new(place, Kind::ParentDiffers { what, values }))
}
