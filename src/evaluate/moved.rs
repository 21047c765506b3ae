//! Figures of a time at which the territory was divided otherwise, on the units of the base.
//!
//! If everything an indicator needs stands on the units of one time, it is computed there, unit by unit,
//! as anywhere; a unit of the base then adds up the largest units of that time that are whole in it, and
//! has a share, or only bounds, of those that are partly in it. What each unit's own bodies are (leaders,
//! services of a commune) is counted over the units in force then and never carried to a lower unit.
//! If the halves of a year stand on different units, or a denominator of earlier years does, the sums are
//! carried one by one ([`super::carried`]).

use super::adding::Adding;
use super::{Outcome, Parts, Question, carried};
use crate::classification::locality::transfers::Part;
use crate::classification::{Breakdown, MeasureId, Spread};
use crate::definition::{Formula, Indicator, Term, Variant};
use crate::fact::Series;
use crate::lang::Words;
use crate::period::Period;
use crate::quantity::{Bounds, Unit};
use crate::recast::{Boundaries, Boundary, Frame, Piece, Recast, not_there_then};
use crate::rollup::{Basis, Coverage};

/// Numerator and denominator as far as they are known on the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Moved {
    pub numerator: Bounds,
    pub denominator: Bounds,
    /// The unknown parts of both sides are of the same units, and those of the numerator are counted in
    /// the denominator: the bounds of a share are then narrow.
    pub nested: bool,
    pub boundary: Boundary,
    pub coverage: Coverage,
    pub derived: bool,
}

/// The outcomes for all units of the base; none if no figure stands on other units.
pub(super) fn outcomes(
    question: &Question<'_>,
    indicator: &Indicator,
    variant: &Variant,
    period: Period,
    group: Breakdown,
) -> Option<Vec<Outcome>> {
    let recast = question.recast?;
    let (terms, periods) = terms_of(variant, period);
    let concerned = terms
        .iter()
        .any(|t| recast.concerns(t.measure, period.back(t.years_back).year));
    if !concerned {
        return None;
    }
    let suppliers = suppliers(question, recast, &terms, &periods, group);
    let as_reported = recast.boundaries == Boundaries::AsReported;
    match suppliers.as_slice() {
        [] | [None] => None,
        [Some(index)] => {
            let frame = recast.frames.get(*index)?;
            let then = super::outcomes(&question.in_frame(frame), indicator, variant, period, group);
            let what = question.catalogue.measure_names(terms.iter().map(|t| t.measure));
            let way = Way::of(question, variant, &terms);
            let mut added = match as_reported {
                true => Vec::new(),
                false => way.added(question, frame, *index, &then),
            };
            added.resize_with(question.tree.nodes.len(), || None);
            let outcome = |(node, added): (usize, Option<Adding>)| match frame.same_as(node) {
                Some(same) => then.get(same).cloned().unwrap_or_else(|| missing(&what)),
                None if as_reported => Outcome::Incoherent(other_boundaries()),
                None => {
                    let found = way.on_base(question, frame, added, node);
                    found.unwrap_or_else(|| missing(&what))
                }
            };
            Some(added.into_iter().enumerate().map(outcome).collect())
        }
        _ if as_reported => None,
        _ => Some(carried::outcomes(
            question, recast, indicator, variant, period, group,
        )),
    }
}

fn missing(what: &Words) -> Outcome {
    Outcome::Missing {
        numerator: None,
        denominator: None,
        what: what.clone(),
    }
}

fn other_boundaries() -> Words {
    Words::new(
        "kỳ này số liệu theo địa giới khác; xem trang Chuỗi năm",
        "the figures of this period are on other boundaries; see the sheet Series",
    )
}

/// A root that only joins units and was none itself.
fn is_joined(frame: &Frame, node: usize) -> bool {
    node == 0 && frame.tree.joins
}

fn terms_of(variant: &Variant, period: Period) -> (Vec<&Term>, Vec<Period>) {
    match &variant.formula {
        Formula::Ratio {
            numerator,
            denominator,
            ..
        } => (numerator.iter().chain(denominator).collect(), vec![period]),
        Formula::ShareOfUnits { rule, .. } => (
            rule.terms.iter().chain(&rule.among).collect(),
            super::units::spans(period, rule.every),
        ),
        Formula::Answer { term } => (vec![term], vec![period]),
    }
}

/// The sets of units that the terms are reported on: the base (none) or frames.
fn suppliers(
    question: &Question<'_>,
    recast: &Recast,
    terms: &[&Term],
    periods: &[Period],
    group: Breakdown,
) -> Vec<Option<usize>> {
    let mut found = std::collections::BTreeSet::new();
    for term in terms {
        for period in periods {
            let series = Series::new(term.measure, super::side::narrowed(term, group));
            let period = period.back(term.years_back);
            found.extend(recast.suppliers(question.tree, &question.catalogue.measures, series, period));
        }
    }
    found.into_iter().collect()
}

/// How the outcomes of a frame are put together on the base.
pub(super) struct Way {
    /// Each unit's own bodies, or rules that each unit fulfils: counted over units, never carried down.
    pub own: bool,
    /// Means and answers: nothing is put together.
    never: bool,
    level: Option<crate::classification::locality::Level>,
    pub people: (bool, bool),
    pub nested: bool,
}

impl Way {
    fn of(question: &Question<'_>, variant: &Variant, terms: &[&Term]) -> Way {
        let measures = &question.catalogue.measures;
        let spread = |s| terms.iter().any(|t| measures.get(t.measure).spread == s);
        let (units, level) = match &variant.formula {
            Formula::ShareOfUnits { level, .. } => (true, *level),
            _ => (false, None),
        };
        let (people, nested) = match &variant.formula {
            Formula::Ratio {
                numerator,
                denominator,
                ..
            } => (
                (people(question, numerator), people(question, denominator)),
                is_nested(numerator, denominator),
            ),
            _ => ((false, false), false),
        };
        Way {
            own: units || spread(Spread::Own),
            never: matches!(variant.formula, Formula::Answer { .. }) || spread(Spread::None) && !units,
            level,
            people,
            nested,
        }
    }

    /// What the units of the frame add to each unit of the base.
    fn added(
        &self,
        question: &Question<'_>,
        frame: &Frame,
        index: usize,
        then: &[Outcome],
    ) -> Vec<Option<Adding>> {
        let mut sums: Vec<Option<Adding>> = Vec::new();
        sums.resize_with(question.tree.nodes.len(), || None);
        for (i, outcome) in then.iter().enumerate().filter(|(i, _)| !is_joined(frame, *i)) {
            for hold in frame.holds(i) {
                let Some(sum) = sums.get_mut(hold.node) else {
                    continue;
                };
                let is_whole = hold.part == Part::Whole;
                if self.own && !is_whole {
                    continue;
                }
                let sum = sum.get_or_insert_with(Adding::default);
                if self.own && self.counts(question, frame, i) {
                    sum.expected += 1;
                }
                let mut above = frame.tree.line(i).skip(1);
                if above.any(|a| !is_joined(frame, a) && holds_whole(frame, a, hold.node)) {
                    continue;
                }
                sum.add(self, question, (frame, index, i), hold, outcome);
            }
        }
        sums
    }

    fn on_base(
        &self,
        question: &Question<'_>,
        frame: &Frame,
        added: Option<Adding>,
        node: usize,
    ) -> Option<Outcome> {
        let is_lowest = question
            .tree
            .nodes
            .get(node)
            .is_some_and(|n| n.children.is_empty());
        if self.never || self.own && is_lowest {
            return Some(Outcome::Incoherent(not_there_then(frame.tree.day)));
        }
        let mut sum = added?;
        if !self.own {
            sum.expected = frame.lowest_in(node);
        }
        sum.outcome(self, frame.same_as(node).is_some())
    }

    fn counts(&self, question: &Question<'_>, frame: &Frame, node: usize) -> bool {
        let level = |n: &crate::rollup::Node| question.catalogue.localities.unit(n.unit).level;
        self.level
            .is_none_or(|l| frame.tree.nodes.get(node).is_some_and(|n| level(n) == l))
    }
}

fn holds_whole(frame: &Frame, node: usize, base_node: usize) -> bool {
    let mut holds = frame.holds(node).iter();
    holds.any(|h| h.node == base_node && h.part == Part::Whole)
}

/// A count that follows the people where they go, and so their share.
pub(super) fn is_of_people(question: &Question<'_>, measure: MeasureId) -> bool {
    matches!(
        question.catalogue.measures.get(measure).unit,
        Unit::Persons | Unit::Births | Unit::Households
    )
}

fn people(question: &Question<'_>, terms: &[Term]) -> bool {
    terms.iter().all(|t| is_of_people(question, t.measure))
}

/// The numerator counts some of what the denominator counts, in the same period.
pub(super) fn is_nested(numerator: &[Term], denominator: &[Term]) -> bool {
    let mut all = numerator.iter().chain(denominator);
    let plain = all.all(|t| !t.minus && t.years_back == 0);
    let of = |t: &Term| denominator.iter().any(|d| d.measure == t.measure);
    plain && denominator.len() == 1 && numerator.len() == 1 && numerator.iter().all(of)
}

impl Moved {
    /// Both sides as counts, if both are certain.
    pub fn parts(&self) -> Option<Parts> {
        Some(Parts {
            numerator: self.numerator.exact()?,
            denominator: self.denominator.exact()?,
            coverage: self.coverage,
            basis: Basis::Summed,
            derived: self.derived,
            none_listed: false,
            whole: None,
        })
    }
}

/// The node of the frame a piece stands on, if it is not the base.
pub(super) fn frame_of<'a>(recast: &'a Recast, piece: &Piece) -> Option<&'a Frame> {
    piece.frame.and_then(|f| recast.frames.get(f))
}
