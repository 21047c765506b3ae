//! From the lowest units to the scope, one depth after the other.
//!
//! A parent takes the sum of its units when all have reported, else its own report, else the partial
//! sum with its coverage. Its own report beside a sum is compared, never added. Only measures of
//! each unit's own bodies (`Spread::Own`) add the parent's report to its units'.

use std::collections::BTreeMap;

use super::{Basis, Coverage, Sheaf, Sum, Tree};
use crate::classification::{MeasureId, Spread};
use crate::definition::Catalogue;
use crate::fact::{ColumnFault, Fact, Moment, Series, add_up};
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::Period;
use crate::problem::{Kind, Place, Problem};
use crate::quantity::print_plain;

/// What a problem needs to name a cell.
pub(super) struct Evidence<'a> {
    pub facts: &'a [Fact],
    pub sources: &'a Sources,
    pub catalogue: &'a Catalogue,
    /// The first fact of each figure.
    first: BTreeMap<(Series, Moment), usize>,
}

impl<'a> Evidence<'a> {
    pub(super) fn new(facts: &'a [Fact], sources: &'a Sources, catalogue: &'a Catalogue) -> Self {
        let mut first = BTreeMap::new();
        for (i, fact) in facts.iter().enumerate() {
            first.entry((fact.series(), fact.moment())).or_insert(i);
        }
        Evidence {
            facts,
            sources,
            catalogue,
            first,
        }
    }
}

pub(super) fn climb(
    own: &Sheaf,
    tree: &Tree,
    evidence: &Evidence<'_>,
) -> Result<(Sheaf, Vec<Problem>), ColumnFault> {
    let spread = |m: MeasureId| evidence.catalogue.measures.get(m).spread;
    let node_of: BTreeMap<_, usize> = tree.nodes.iter().enumerate().map(|(i, n)| (n.unit, i)).collect();
    let mut by_node: Vec<Vec<(Series, Period, Sum)>> = vec![Vec::new(); tree.nodes.len()];
    for ((series, moment), sum) in own {
        if let Some(node) = node_of.get(&moment.place()) {
            by_node[*node].push((*series, moment.period(), *sum));
        }
    }
    let mut chosen = Sheaf::new();
    let mut problems = Vec::new();
    let deepest = tree.nodes.iter().map(|n| n.depth).max().unwrap_or(0);
    for depth in (0..=deepest).rev() {
        let below = sum_children(&chosen, tree, depth + 1, spread)?;
        for (i, node) in tree.nodes.iter().enumerate().filter(|(_, n)| n.depth == depth) {
            let mut reported: BTreeMap<(Series, Period), Sum> =
                by_node[i].iter().map(|(s, p, sum)| ((*s, *p), *sum)).collect();
            let from = Moment(u64::from(node.unit.0) << 24);
            let until = Moment((u64::from(node.unit.0) + 1) << 24);
            for ((moment, series), part) in below.range((from, Series(0))..(until, Series(0))) {
                let key = (*series, moment.period());
                let own = reported.remove(&key);
                let sum = choose(own, *part, node, spread(series.measure()));
                if let Some(own) = own
                    && spread(series.measure()) == Spread::Total
                {
                    problems.extend(compare(evidence, *series, *moment, &own, part, node.leaves));
                }
                chosen.insert((*series, *moment), sum);
            }
            for ((series, period), sum) in reported {
                let expected = expected(node, spread(series.measure()));
                let reported = match spread(series.measure()) {
                    Spread::Own => 1,
                    Spread::Total | Spread::None => expected,
                };
                let sum = Sum {
                    coverage: Coverage::of(reported, expected),
                    ..sum
                };
                chosen.insert((series, Moment::new(node.unit, period)), sum);
            }
        }
    }
    Ok((chosen, problems))
}

fn expected(node: &super::Node, spread: Spread) -> u32 {
    match spread {
        Spread::Own => node.size,
        Spread::Total => node.leaves,
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

/// Sums of all parents of one depth. Contradicted figures are left out of value and coverage.
fn sum_children(
    chosen: &Sheaf,
    tree: &Tree,
    depth: u8,
    spread: impl Fn(MeasureId) -> Spread,
) -> Result<BTreeMap<(Moment, Series), Below>, ColumnFault> {
    let parent_of: BTreeMap<_, _> = tree
        .nodes
        .iter()
        .filter(|n| n.depth == depth)
        .filter_map(|n| n.parent.map(|p| (n.unit, tree.nodes[p].unit)))
        .collect();
    let (mut series, mut moments, mut values, mut counts) = (vec![], vec![], vec![], vec![]);
    let mut marks: BTreeMap<(Moment, Series), (bool, u32)> = BTreeMap::new();
    for ((s, moment), sum) in chosen {
        let Some(parent) = parent_of.get(&moment.place()) else {
            continue;
        };
        if spread(s.measure()) == Spread::None {
            continue;
        }
        let up = Moment::new(*parent, moment.period());
        let mark = marks.entry((up, *s)).or_default();
        mark.0 |= sum.derived;
        let spoiled = match sum.contradicted {
            true => sum.coverage.reported.max(sum.coverage.contradicted).max(1),
            false => sum.coverage.contradicted,
        };
        mark.1 = mark.1.saturating_add(spoiled);
        if !sum.contradicted {
            series.push(s.0);
            moments.push(up.0);
            values.push(sum.value);
            counts.push(i64::from(sum.coverage.reported));
        }
    }
    let totals = add_up(series.clone(), moments.clone(), values)?;
    let reported = add_up(series, moments, counts)?;
    // Where every unit contradicts itself there is no total, but there is something to say.
    let mut below: BTreeMap<(Moment, Series), Below> = marks
        .into_iter()
        .map(|(key, (derived, contradicted))| {
            let nothing = Below {
                value: 0,
                reported: 0,
                derived,
                contradicted,
            };
            (key, nothing)
        })
        .collect();
    for ((s, m, value), count) in totals.iter().zip(&reported.values) {
        if let Some(part) = below.get_mut(&(m, s)) {
            part.value = value;
            part.reported = u32::try_from(*count).unwrap_or(u32::MAX);
        }
    }
    Ok(below)
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
        (_, Some(own)) if summed.coverage.is_full() || own.contradicted => summed,
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
    leaves: u32,
) -> Option<Problem> {
    let agrees = if part.reported >= leaves {
        own.value == part.value
    } else {
        own.value >= part.value
    };
    if agrees || own.derived || own.contradicted || part.contradicted > 0 {
        return None;
    }
    let fact = evidence.first.get(&(series, moment)).map(|i| &evidence.facts[*i]);
    let place = fact.map_or_else(Place::default, |fact| {
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
