//! The units that are missing from a figure, with what is known of their counts.

use super::ratio::{Asked, Known, is_spoilt};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::{Formula, Indicator, Variant};
use crate::evaluate::ratio::Sides;
use crate::evaluate::side::Reach;
use crate::evaluate::{Outcome, Question, is_share, moved, ratio, units};
use crate::period::Period;

/// A unit that is missing from a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingUnit {
    pub unit: UnitId,
    /// Its reports contradict each other.
    pub contradicted: bool,
    pub numerator: Known,
    pub denominator: Known,
}

/// The units that the figure of a place lacks, in the order of the tree; none for a figure of another time.
pub fn missing_units(
    question: &Question<'_>,
    indicator: &Indicator,
    variant: &Variant,
    period: Period,
    place: UnitId,
) -> Vec<MissingUnit> {
    let group = Breakdown::default();
    let Some(at) = question.tree.find(place) else {
        return Vec::new();
    };
    if moved::outcomes(question, indicator, variant, period, group).is_some() {
        return Vec::new();
    }
    match &variant.formula {
        Formula::Ratio {
            numerator,
            denominator,
            ..
        } => {
            let sides = Sides {
                numerator,
                denominator,
                is_share: is_share(indicator) && !indicator.may_exceed,
            };
            let found = ratio::outcomes(question, &sides, period, group);
            let mut missing = Vec::new();
            gather(
                &Asked::new(question, &sides, period, group),
                &found,
                at,
                &mut missing,
            );
            missing
        }
        Formula::ShareOfUnits { level, rule, .. } => units::missing(question, *level, rule, period, at),
        Formula::Answer { .. } => Vec::new(),
    }
}

fn gather(asked: &Asked<'_>, found: &[Outcome], at: usize, missing: &mut Vec<MissingUnit>) {
    let (Some(outcome), Some(node)) = (found.get(at), asked.question.tree.nodes.get(at)) else {
        return;
    };
    if matches!(outcome, Outcome::Parts(parts) if parts.coverage.is_full()) {
        return;
    }
    let mut push = |reach, contradicted| {
        let (numerator, denominator) = asked.known(node.unit, reach, contradicted);
        missing.push(MissingUnit {
            unit: node.unit,
            contradicted,
            numerator,
            denominator,
        });
    };
    if node.children.is_empty() {
        push(Reach::Place, matches!(outcome, Outcome::Contradicted { .. }));
        return;
    }
    if asked.has_own(at) && asked.own_parts(node.unit).is_none() {
        push(Reach::OwnReport, is_spoilt(asked, node.unit));
    }
    for child in &node.children {
        gather(asked, found, *child, missing);
    }
}
