//! Ratios of sums, unit by unit up the tree.
//!
//! A parent's ratio uses full sides when both are full (all units reported, or the parent's own
//! report). Otherwise numerator and denominator are added over the units that have both, so that a
//! commune which sent only one of them cannot distort the ratio.

use std::collections::BTreeSet;

use super::missing::{Asked, of_ratios};
use super::side::{Reach, Side, are_own_bodies, side};
use super::{Outcome, Parts, Question};
use crate::classification::Breakdown;
use crate::definition::Term;
use crate::lang::{Lang, Words};
use crate::period::Period;
use crate::rollup::{Basis, Coverage, Node};

/// The two sums of a ratio.
pub(super) struct Sides<'a> {
    pub numerator: &'a [Term],
    pub denominator: &'a [Term],
    /// The numerator counts a part of the denominator: it cannot exceed it.
    pub is_share: bool,
}

pub(super) fn outcomes(
    question: &Question<'_>,
    sides: &Sides<'_>,
    period: Period,
    group: Breakdown,
) -> Vec<Outcome> {
    let nodes = &question.tree.nodes;
    let own_bodies = are_own_bodies(question, sides.numerator) && are_own_bodies(question, sides.denominator);
    let mut found: Vec<Option<Outcome>> = vec![None; nodes.len()];
    // Children stand after their parents, so walking backwards meets them first.
    for (i, node) in nodes.iter().enumerate().rev() {
        let at = |terms: &[Term], reach| side(question, terms, node.unit, period, group, reach);
        let both = |reach| (at(sides.numerator, reach), at(sides.denominator, reach));
        let (n, d) = both(Reach::Place);
        let own = own_bodies.then(|| both(Reach::OwnReport));
        let below = Below::of(sides, node, &found, own.as_ref());
        found[i] = Some(choose(question, sides, node, &n, &d, &below));
    }
    let mut outcomes: Vec<Outcome> = found.into_iter().flatten().collect();
    let asked = Asked::new(question, sides, period, group);
    let wholes = of_ratios(&asked, &outcomes).unwrap_or_default();
    for (outcome, whole) in outcomes.iter_mut().zip(wholes) {
        if let Outcome::Parts(parts) = outcome {
            parts.whole = Some(whole).filter(|_| !parts.coverage.is_full());
        }
    }
    outcomes
}

fn choose(
    question: &Question<'_>,
    sides: &Sides<'_>,
    node: &Node,
    n: &Side,
    d: &Side,
    below: &Below,
) -> Outcome {
    // A sum that the roll-up made holds units which only the ratio shows to be contradicted.
    let is_tainted = below.impossible && n.basis.max(d.basis) == Basis::Summed;
    let direct = match (n.value, d.value) {
        (Some(numerator), Some(denominator)) if !n.contradicted && !d.contradicted && !is_tainted => {
            Some(Parts {
                numerator,
                denominator,
                coverage: Coverage {
                    reported: n.coverage.reported.min(d.coverage.reported),
                    expected: n.coverage.expected.max(d.coverage.expected),
                    contradicted: n.coverage.contradicted.max(d.coverage.contradicted),
                },
                basis: n.basis.max(d.basis),
                derived: n.derived || d.derived,
                none_listed: n.none_listed || d.none_listed,
                whole: None,
            })
        }
        _ => None,
    };
    let wrong = direct.and_then(|parts| contradiction(sides, (parts.numerator, parts.denominator)));
    let sound = direct.filter(|_| wrong.is_none());
    let contradicted = |what: Words, impossible| Outcome::Contradicted {
        what,
        coverage: Coverage {
            contradicted: below.parts.coverage.contradicted.max(1),
            ..Coverage::of(0, below.parts.coverage.expected)
        },
        impossible,
    };
    match (sound, below.any.then_some(below.parts)) {
        (Some(direct), _) if n.coverage.is_full() && d.coverage.is_full() => Outcome::Parts(direct),
        (_, Some(below)) => Outcome::Parts(below),
        (Some(direct), None) if node.children.is_empty() => Outcome::Parts(direct),
        (Some(direct), None) => not_together(n, d, direct),
        (None, None) => match (wrong, direct) {
            (Some(what), Some(parts)) => contradicted(what, Some((parts.numerator, parts.denominator))),
            _ if n.contradicted || d.contradicted || below.parts.coverage.contradicted > 0 => {
                let what = Words::new(
                    "các báo cáo mâu thuẫn nhau, xem trang Chất lượng",
                    "the reports contradict each other, see the sheet Quality",
                );
                contradicted(what, None)
            }
            _ => Outcome::Missing {
                numerator: n.value,
                denominator: d.value,
                what: missing(question, n, d),
            },
        },
    }
}

/// What is missing, and for which parts of the period it is not.
fn missing(question: &Question<'_>, n: &Side, d: &Side) -> Words {
    let names = question
        .catalogue
        .measure_names(n.missing.iter().chain(&d.missing).copied());
    with_parts(names, &n.parts.iter().chain(&d.parts).copied().collect())
}

/// What is missing for the whole period, and for which parts of it there is something.
pub(super) fn with_parts(names: Words, parts: &BTreeSet<Period>) -> Words {
    if parts.is_empty() {
        return names;
    }
    let listed = |lang| {
        let parts: Vec<String> = parts.iter().map(|p| p.words(lang)).collect();
        parts.join(", ")
    };
    Words::new(
        format!("{} (mới có {})", names.vi, listed(Lang::Vi)),
        format!("{} (only {})", names.en, listed(Lang::En)),
    )
}

/// Both sides are known, but no unit has both.
fn not_together(n: &Side, d: &Side, direct: Parts) -> Outcome {
    let (n, d) = (n.coverage, d.coverage);
    Outcome::NotTogether {
        numerator: direct.numerator,
        denominator: direct.denominator,
        reason: Words::new(
            format!(
                "tử số có {}/{} đơn vị, mẫu số có {}/{}, không đơn vị nào có đủ cả hai",
                n.reported, n.expected, d.reported, d.expected
            ),
            format!(
                "{}/{} units reported the numerator and {}/{} the denominator, none of them both",
                n.reported, n.expected, d.reported, d.expected
            ),
        ),
    }
}

/// Why numerator and denominator cannot stand together.
pub(super) fn contradiction(sides: &Sides<'_>, (numerator, denominator): (i64, i64)) -> Option<Words> {
    let (vi, en) = if numerator < 0 || denominator < 0 {
        ("số trừ lớn hơn số bị trừ", "more was taken off than there was")
    } else if denominator == 0 && numerator > 0 {
        (
            "mẫu số bằng 0 nhưng tử số lớn hơn 0",
            "the denominator is 0, the numerator is not",
        )
    } else if sides.is_share && numerator > denominator {
        ("tử số lớn hơn mẫu số", "the numerator exceeds the denominator")
    } else {
        return None;
    };
    let with_counts = |words: &str| format!("{words} ({numerator} / {denominator})");
    Some(Words::new(with_counts(vi), with_counts(en)))
}

/// The units below a node that have both sides (and the node's own bodies, if those are counted).
struct Below {
    parts: Parts,
    /// Some unit has both sides.
    any: bool,
    /// Some unit has sides that cannot stand together.
    impossible: bool,
}

impl Below {
    fn of(sides: &Sides<'_>, node: &Node, found: &[Option<Outcome>], own: Option<&(Side, Side)>) -> Below {
        let expected = if own.is_some() { node.units } else { node.leaves };
        let mut below = Below {
            parts: Parts {
                numerator: 0,
                denominator: 0,
                coverage: Coverage::of(0, expected),
                basis: Basis::Summed,
                derived: false,
                none_listed: false,
                whole: None,
            },
            any: false,
            impossible: false,
        };
        if node.children.is_empty() {
            return below;
        }
        if let Some((n, d)) = own {
            if n.contradicted || d.contradicted {
                below.parts.coverage.contradicted += 1;
            } else if let (Some(numerator), Some(denominator)) = (n.value, d.value) {
                let parts = Parts {
                    numerator,
                    denominator,
                    coverage: Coverage::of(1, 1),
                    basis: Basis::Reported,
                    derived: n.derived || d.derived,
                    none_listed: n.none_listed || d.none_listed,
                    whole: None,
                };
                if contradiction(sides, (numerator, denominator)).is_none() {
                    below.add(parts);
                } else {
                    below.parts.coverage.contradicted += 1;
                    below.impossible = true;
                }
            }
        }
        for child in node.children.iter().filter_map(|c| found.get(*c)?.as_ref()) {
            match child {
                Outcome::Parts(parts) => below.add(*parts),
                Outcome::Contradicted {
                    coverage, impossible, ..
                } => {
                    let coverage_of_sum = &mut below.parts.coverage;
                    coverage_of_sum.contradicted =
                        coverage_of_sum.contradicted.saturating_add(coverage.contradicted);
                    below.impossible |= impossible.is_some();
                }
                Outcome::Missing { .. }
                | Outcome::NotTogether { .. }
                | Outcome::Incoherent(_)
                | Outcome::Moved(_) => {}
            }
        }
        below
    }

    fn add(&mut self, parts: Parts) {
        let sum = &mut self.parts;
        self.any = true;
        sum.numerator = sum.numerator.saturating_add(parts.numerator);
        sum.denominator = sum.denominator.saturating_add(parts.denominator);
        sum.coverage.reported = sum.coverage.reported.saturating_add(parts.coverage.reported);
        sum.coverage.contradicted = sum
            .coverage
            .contradicted
            .saturating_add(parts.coverage.contradicted);
        sum.derived |= parts.derived;
        sum.none_listed |= parts.none_listed;
        self.impossible |= parts.coverage.contradicted > 0;
    }
}
