//! Ratios of sums, unit by unit up the tree.
//!
//! A parent's ratio uses full sides when both are full (all units reported, or the parent's own
//! report). Otherwise numerator and denominator are added over the units that have both, so that a
//! commune which sent only one of them cannot distort the ratio.

use super::side::{Reach, Side, are_own_bodies, side};
use super::{Outcome, Parts, Question};
use crate::classification::Breakdown;
use crate::definition::Term;
use crate::lang::Words;
use crate::period::Period;
use crate::rollup::{Basis, Coverage, Node};

pub(super) fn outcomes(
    question: &Question<'_>,
    numerator: &[Term],
    denominator: &[Term],
    period: Period,
    group: Breakdown,
) -> Vec<Outcome> {
    let nodes = &question.tree.nodes;
    let own_bodies = are_own_bodies(question, numerator) && are_own_bodies(question, denominator);
    let mut found: Vec<Option<Outcome>> = vec![None; nodes.len()];
    // Children stand after their parents, so walking backwards meets them first.
    for (i, node) in nodes.iter().enumerate().rev() {
        let at = |terms: &[Term], reach| side(question, terms, node.unit, period, group, reach);
        let (n, d) = (at(numerator, Reach::Place), at(denominator, Reach::Place));
        let own = own_bodies.then(|| (at(numerator, Reach::OwnReport), at(denominator, Reach::OwnReport)));
        let below = matched(node, &found, own.as_ref());
        found[i] = Some(choose(question, node, &n, &d, below));
    }
    found.into_iter().flatten().collect()
}

fn choose(question: &Question<'_>, node: &Node, n: &Side, d: &Side, below: Option<Parts>) -> Outcome {
    let names = |side: &Side| side.missing.clone();
    let missing = question
        .catalogue
        .measure_names(names(n).into_iter().chain(names(d)));
    if node.children.is_empty() && (n.contradicted || d.contradicted) {
        return contradicted(n, d);
    }
    let direct = match (n.value, d.value) {
        (Some(numerator), Some(denominator)) if !n.contradicted && !d.contradicted => Some(Parts {
            numerator,
            denominator,
            coverage: Coverage {
                reported: n.coverage.reported.min(d.coverage.reported),
                expected: n.coverage.expected.max(d.coverage.expected),
            },
            basis: n.basis.max(d.basis),
            derived: n.derived || d.derived,
        }),
        _ => None,
    };
    match (direct, below) {
        (Some(direct), _) if n.coverage.is_full() && d.coverage.is_full() => Outcome::Parts(direct),
        (_, Some(below)) => Outcome::Parts(below),
        (Some(direct), None) if node.children.is_empty() => Outcome::Parts(direct),
        (Some(direct), None) => Outcome::Incoherent {
            numerator: direct.numerator,
            denominator: direct.denominator,
            reason: Words::new(
                format!(
                    "tử số có {}/{} đơn vị, mẫu số có {}/{}, không đơn vị nào có đủ cả hai",
                    n.coverage.reported, n.coverage.expected, d.coverage.reported, d.coverage.expected
                ),
                format!(
                    "{}/{} units reported the numerator and {}/{} the denominator, none of them both",
                    n.coverage.reported, n.coverage.expected, d.coverage.reported, d.coverage.expected
                ),
            ),
        },
        (None, None) if n.contradicted || d.contradicted => contradicted(n, d),
        (None, None) => Outcome::Missing {
            numerator: n.value,
            denominator: d.value,
            what: missing,
        },
    }
}

fn contradicted(n: &Side, d: &Side) -> Outcome {
    Outcome::Contradicted {
        numerator: n.value,
        denominator: d.value,
        what: Words::new(
            "các báo cáo mâu thuẫn nhau, xem trang Chất lượng",
            "the reports contradict each other, see the quality sheet",
        ),
    }
}

/// Adds the units below that have both sides (and the unit's own bodies, if those are counted).
fn matched(node: &Node, found: &[Option<Outcome>], own: Option<&(Side, Side)>) -> Option<Parts> {
    let mut sum = Parts {
        numerator: 0,
        denominator: 0,
        coverage: Coverage {
            reported: 0,
            expected: if own.is_some() { node.size } else { node.leaves },
        },
        basis: Basis::Summed,
        derived: false,
    };
    let mut any = false;
    let own_parts = own.and_then(|(n, d)| {
        let clean = !n.contradicted && !d.contradicted;
        n.value
            .zip(d.value)
            .filter(|_| clean)
            .map(|(numerator, denominator)| Parts {
                numerator,
                denominator,
                coverage: Coverage {
                    reported: 1,
                    expected: 1,
                },
                basis: Basis::Reported,
                derived: n.derived || d.derived,
            })
    });
    let below = node.children.iter().filter_map(|c| match found.get(*c) {
        Some(Some(Outcome::Parts(parts))) => Some(*parts),
        _ => None,
    });
    if node.children.is_empty() {
        return None;
    }
    for parts in own_parts.into_iter().chain(below) {
        any = true;
        sum.numerator = sum.numerator.saturating_add(parts.numerator);
        sum.denominator = sum.denominator.saturating_add(parts.denominator);
        sum.coverage.reported = sum.coverage.reported.saturating_add(parts.coverage.reported);
        sum.derived |= parts.derived;
    }
    any.then_some(sum)
}
