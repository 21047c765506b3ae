//! Sums carried to the base one by one: a year of which the halves stand on different units, or a
//! denominator of earlier years.
//!
//! Holds: numerator and denominator are of the same units, or both of all units; else there is no ratio.

use std::collections::BTreeSet;

use super::moved::{Moved, frame_of, is_nested, is_of_people};
use super::{Outcome, Question};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::classification::locality::transfers::Part;
use crate::definition::{Formula, Indicator, Term, Variant};
use crate::fact::Series;
use crate::lang::Words;
use crate::period::Period;
use crate::quantity::Bounds;
use crate::recast::{Boundary, Frame, Hold, Recast};
use crate::rollup::Coverage;

/// A count of a unit of a frame in a unit of the base.
pub(super) fn part_of(
    question: &Question<'_>,
    (frame, index, node): (&Frame, usize, usize),
    hold: &Hold,
    value: i64,
    people: bool,
) -> (Bounds, Boundary) {
    let all = Bounds::certain(value);
    match hold.part {
        Part::Whole => (all, Boundary::Exact),
        Part::NONE => (
            Bounds::default(),
            if people {
                Boundary::Exact
            } else {
                Boundary::ByShare
            },
        ),
        Part::ALL_PEOPLE => (
            all,
            if people {
                Boundary::Exact
            } else {
                Boundary::ByShare
            },
        ),
        Part::Share(_) => {
            let Some(recast) = question.recast else {
                return (all, Boundary::ByShare);
            };
            let divided = recast.divided(Some(index), node, value);
            let inside = frame
                .lowest_holds(node)
                .iter()
                .filter(|h| question.tree.line(h.node).any(|n| n == hold.node));
            let sum = inside.filter_map(|h| divided.get(&h.node)).sum();
            (Bounds::certain(sum), Boundary::ByShare)
        }
        // None of nothing is nothing, wherever it went.
        Part::Unknown if value == 0 => (all, Boundary::Exact),
        Part::Unknown => (Bounds::none_to(value), Boundary::Range),
    }
}

/// One term on the base, by node.
#[derive(Debug, Clone, Default)]
struct Carried {
    value: Bounds,
    boundary: Boundary,
    derived: bool,
    coverage: Coverage,
    /// The lowest units and parts of the period that it is of.
    keys: BTreeSet<(Option<usize>, usize, Period)>,
    /// Some value stands in it; else there are only contradictions, or parts of a period that is not whole.
    known: bool,
    unfinished: bool,
    /// The parts of the period that were told of anywhere.
    parts: BTreeSet<Period>,
}

pub(super) fn outcomes(
    question: &Question<'_>,
    recast: &Recast,
    indicator: &Indicator,
    variant: &Variant,
    period: Period,
    group: Breakdown,
) -> Vec<Outcome> {
    let nodes = question.tree.nodes.len();
    let Formula::Ratio {
        numerator,
        denominator,
        ..
    } = &variant.formula
    else {
        let outcome = Outcome::Incoherent(Words::new(
            "số liệu của kỳ nằm trên hai địa giới khác nhau, không cộng được",
            "the figures of the period stand on two sets of boundaries and cannot be added",
        ));
        return vec![outcome; nodes];
    };
    let carry = |terms: &[Term]| -> Vec<Vec<Option<Carried>>> {
        terms
            .iter()
            .map(|t| carried(question, recast, t, period, group))
            .collect()
    };
    let (n, d) = (carry(numerator), carry(denominator));
    let nested = is_nested(numerator, denominator) && super::is_share(indicator);
    (0..nodes)
        .map(|node| {
            let n = together(numerator, &n, node);
            let d = together(denominator, &d, node);
            ratio(question, numerator, denominator, n, d, nested)
        })
        .collect()
}

/// The terms of a side added up; none if one is missing.
fn together(terms: &[Term], carried: &[Vec<Option<Carried>>], node: usize) -> Option<Carried> {
    let mut side: Option<Carried> = None;
    for (term, nodes) in terms.iter().zip(carried) {
        let mut one = nodes.get(node).cloned().flatten()?;
        if term.minus {
            one.value = one.value.negated();
        }
        side = Some(match side {
            None => one,
            Some(sum) => Carried {
                value: sum.value.plus(one.value),
                boundary: sum.boundary.max(one.boundary),
                derived: sum.derived || one.derived,
                coverage: less_covered(sum.coverage, one.coverage),
                keys: if sum.keys == one.keys {
                    sum.keys
                } else {
                    BTreeSet::new()
                },
                known: sum.known && one.known,
                unfinished: sum.unfinished || one.unfinished,
                parts: sum.parts.into_iter().chain(one.parts).collect(),
            },
        });
    }
    side
}

fn ratio(
    question: &Question<'_>,
    numerator: &[Term],
    denominator: &[Term],
    n: Option<Carried>,
    d: Option<Carried>,
    nested: bool,
) -> Outcome {
    let is_known = |side: &&Carried| side.known;
    let (Some(n), Some(d)) = (n.as_ref().filter(is_known), d.as_ref().filter(is_known)) else {
        return unknown(question, [(numerator, n), (denominator, d)]);
    };
    let same_units = !n.keys.is_empty() && n.keys == d.keys;
    let (of_n, of_d) = (n.coverage, d.coverage);
    let full = of_n.is_full() && of_d.is_full();
    if !same_units && !full {
        return Outcome::Incoherent(Words::new(
            format!(
                "tử số có {}/{} đơn vị, mẫu số có {}/{}, không cùng các đơn vị",
                of_n.reported, of_n.expected, of_d.reported, of_d.expected
            ),
            format!(
                "{}/{} units reported the numerator and {}/{} the denominator, not the same units",
                of_n.reported, of_n.expected, of_d.reported, of_d.expected
            ),
        ));
    }
    Outcome::Moved(Moved {
        numerator: n.value,
        denominator: d.value,
        nested: nested && same_units,
        boundary: n.boundary.max(d.boundary),
        coverage: less_covered(of_n, of_d),
        derived: n.derived || d.derived,
    })
}

/// Why there is no ratio: a side is missing, is there for a part of the period only, or contradicts itself.
fn unknown(question: &Question<'_>, sides: [(&[Term], Option<Carried>); 2]) -> Outcome {
    let lacking = |side: &Option<Carried>| side.as_ref().is_none_or(|s| !s.known);
    let what = sides
        .iter()
        .filter(|(_, side)| lacking(side))
        .flat_map(|(terms, _)| *terms);
    let what = question.catalogue.measure_names(what.map(|t| t.measure));
    let of_sides = || sides.iter().filter_map(|(_, side)| side.as_ref());
    let spoiled = of_sides().filter(|s| !s.known && s.coverage.contradicted > 0);
    if let Some(coverage) = spoiled.map(|s| s.coverage).max() {
        return Outcome::Contradicted {
            what,
            coverage,
            impossible: None,
        };
    }
    let parts: BTreeSet<Period> = of_sides()
        .filter(|s| !s.known)
        .flat_map(|s| &s.parts)
        .copied()
        .collect();
    let exact = |side: &Option<Carried>| side.as_ref().filter(|s| s.known).and_then(|s| s.value.exact());
    let [(_, n), (_, d)] = &sides;
    Outcome::Missing {
        numerator: exact(n),
        denominator: exact(d),
        what: super::ratio::with_parts(what, &parts),
    }
}

/// What one term is for a place, if figures of another time make it.
pub(super) fn of_place(
    question: &Question<'_>,
    term: &Term,
    period: Period,
    group: Breakdown,
    place: UnitId,
) -> Option<(Bounds, Boundary)> {
    let recast = question.recast?;
    let year = period.back(term.years_back).year;
    let node = question
        .tree
        .find(place)
        .filter(|_| recast.concerns(term.measure, year))?;
    let found = carried(question, recast, term, period, group);
    let sum = found.get(node)?.as_ref().filter(|sum| sum.known)?;
    Some((sum.value, sum.boundary))
}

/// Of two sums over different sets of units (a year of two halves, a count at its end) the one of which
/// less is known; counts of different sets are never mixed.
fn less_covered(a: Coverage, b: Coverage) -> Coverage {
    let of_a = u64::from(a.reported) * u64::from(b.expected);
    let of_b = u64::from(b.reported) * u64::from(a.expected);
    match of_a.cmp(&of_b) {
        std::cmp::Ordering::Less => a,
        std::cmp::Ordering::Greater => b,
        std::cmp::Ordering::Equal if a.expected >= b.expected => a,
        std::cmp::Ordering::Equal => b,
    }
}

/// One term, for every node of the base.
fn carried(
    question: &Question<'_>,
    recast: &Recast,
    term: &Term,
    period: Period,
    group: Breakdown,
) -> Vec<Option<Carried>> {
    let mut nodes: Vec<Option<Carried>> = vec![None; question.tree.nodes.len()];
    let series = Series::new(term.measure, super::side::narrowed(term, group));
    let period = period.back(term.years_back);
    let Some(pieces) = recast.pieces(question.tree, &question.catalogue.measures, series, period) else {
        return nodes;
    };
    let people = is_of_people(question, term.measure);
    for piece in pieces.everywhere() {
        let (holds, leaves) = recast.holds(question.tree, piece);
        let frame = frame_of(recast, piece);
        for hold in holds {
            if !pieces.counts(recast, question.tree, piece, hold.node) {
                continue;
            }
            let Some(node) = nodes.get_mut(hold.node) else {
                continue;
            };
            let sum = node.get_or_insert_with(Carried::default);
            if piece.sum.contradicted {
                sum.coverage.contradicted += leaves;
                continue;
            }
            if !pieces.is_finished(recast, question.tree, piece, hold.node) {
                sum.unfinished = true;
                continue;
            }
            sum.known = true;
            let (value, boundary) = match (frame, piece.frame) {
                (Some(frame), Some(index)) => {
                    let part = part_of(
                        question,
                        (frame, index, piece.node),
                        &hold,
                        piece.sum.value,
                        people,
                    );
                    match part {
                        (value, Boundary::Exact) if frame.same_as(hold.node).is_some() => {
                            (value, Boundary::Same)
                        }
                        part => part,
                    }
                }
                _ => (Bounds::certain(piece.sum.value), Boundary::Same),
            };
            sum.value = sum.value.plus(value);
            sum.boundary = sum.boundary.max(boundary);
            sum.derived |= piece.sum.derived || piece.period != period;
            if hold.part != Part::NONE {
                sum.coverage.reported += leaves;
            }
            sum.keys.insert((piece.frame, piece.node, piece.period));
        }
    }
    for (node, sum) in nodes.iter_mut().enumerate() {
        if let Some(sum) = sum {
            sum.coverage.expected = pieces.expected.get(node).copied().unwrap_or(0);
            if sum.unfinished {
                sum.parts = pieces.parts();
            }
        }
    }
    nodes
}
