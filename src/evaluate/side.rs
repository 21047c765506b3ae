//! One side of a ratio: a sum of terms at one place in one period.

use super::Question;
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, Dimension, MeasureId, Spread};
use crate::definition::{Formula, Term, Variant};
use crate::fact::{Moment, Series};
use crate::period::{Period, Span};
use crate::quantity::Bounds;
use crate::recast::Boundary;
use crate::rollup::{Basis, Coverage, Sum};

/// A side, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    /// None if a term is missing.
    pub value: Option<i64>,
    pub coverage: Coverage,
    pub basis: Basis,
    pub derived: bool,
    /// The unit listed its bodies, and of one kind none: taken for having none.
    pub none_listed: bool,
    pub contradicted: bool,
    pub missing: Vec<MeasureId>,
    /// Parts of the period that something missing was reported for.
    pub parts: Vec<Period>,
}

/// Whose value of a term: what stands for the place, or only its own report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Place,
    OwnReport,
}

/// The term under a group: its open dimensions narrowed to the group's category.
pub(super) fn narrowed(term: &Term, group: Breakdown) -> Breakdown {
    let mut breakdown = term.breakdown;
    for dimension in Dimension::ALL {
        if breakdown.get(dimension).is_all() {
            breakdown = breakdown.with(dimension, group.get(dimension));
        }
    }
    breakdown
}

pub(super) fn side(
    question: &Question<'_>,
    terms: &[Term],
    unit: UnitId,
    period: Period,
    group: Breakdown,
    reach: Reach,
) -> Side {
    let mut side = Side {
        value: Some(0),
        coverage: Coverage::of(u32::MAX, 0),
        basis: Basis::Reported,
        derived: false,
        none_listed: false,
        contradicted: false,
        missing: Vec::new(),
        parts: Vec::new(),
    };
    let find = |term: &Term| -> Option<&Sum> {
        let series = Series::new(term.measure, narrowed(term, group));
        let moment = Moment::new(unit, period.back(term.years_back));
        match reach {
            Reach::Place => question.rolled.get(series, moment),
            Reach::OwnReport => question.rolled.own(series, moment),
        }
    };
    // A unit that listed its bodies and has none of one kind (a ward without a People's Council)
    // reported nothing of that kind: it has none, the list is not incomplete.
    let own_bodies = are_own_bodies(question, terms);
    let listed = own_bodies && terms.iter().any(|t| find(t).is_some());
    for term in terms {
        let Some(sum) = find(term) else {
            if listed {
                side.none_listed = true;
            } else {
                side.value = None;
                side.missing.push(term.measure);
                let moment = Moment::new(unit, period.back(term.years_back));
                let series = Series::new(term.measure, narrowed(term, group));
                side.parts.extend(question.rolled.parts_of(series, moment));
            }
            continue;
        };
        let value = if term.minus {
            sum.value.saturating_neg()
        } else {
            sum.value
        };
        side.value = side.value.map(|v| v.saturating_add(value));
        side.coverage.reported = side.coverage.reported.min(sum.coverage.reported);
        side.coverage.expected = side.coverage.expected.max(sum.coverage.expected);
        side.coverage.contradicted = side.coverage.contradicted.max(sum.coverage.contradicted);
        side.basis = side.basis.max(sum.basis);
        side.derived |= sum.derived;
        side.contradicted |= sum.contradicted;
    }
    side.coverage.reported = side.coverage.reported.min(side.coverage.expected);
    side
}

/// Whether every term counts the unit's own bodies.
pub(super) fn are_own_bodies(question: &Question<'_>, terms: &[Term]) -> bool {
    terms
        .iter()
        .all(|t| question.catalogue.measures.get(t.measure).spread == Spread::Own)
}

/// A series at a moment that a figure was made from, for tracing it to its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermSource {
    pub series: Series,
    pub place: UnitId,
    pub period: Period,
    pub minus: bool,
    pub in_numerator: bool,
    pub sum: Option<Sum>,
    /// Brought onto the unit from units of another time.
    pub carried: Option<(Bounds, Boundary)>,
}

/// The terms behind a figure of one place, numerator first.
pub fn sources_of(
    question: &Question<'_>,
    variant: &Variant,
    place: UnitId,
    period: Period,
    group: Breakdown,
) -> Vec<TermSource> {
    let spans = |span: crate::definition::Every| -> Vec<Period> { super::units::spans(period, span) };
    let (numerator, denominator, periods) = match &variant.formula {
        Formula::Ratio {
            numerator,
            denominator,
            ..
        } => (numerator.as_slice(), denominator.as_slice(), vec![period]),
        Formula::ShareOfUnits { rule, .. } => {
            (rule.terms.as_slice(), rule.among.as_slice(), spans(rule.every))
        }
        Formula::Answer { term } => (std::slice::from_ref(term), &[][..], vec![period]),
    };
    let mut sources = Vec::new();
    for asked in periods {
        for (terms, in_numerator) in [(numerator, true), (denominator, false)] {
            for term in terms {
                let series = Series::new(term.measure, narrowed(term, group));
                let period = asked.back(term.years_back);
                let sum = question.rolled.get(series, Moment::new(place, period)).copied();
                sources.push(TermSource {
                    series,
                    place,
                    period,
                    minus: term.minus,
                    in_numerator,
                    sum,
                    carried: super::carried::of_place(question, term, asked, group, place),
                });
            }
        }
    }
    sources
}

/// Whether a fact of `from` takes part in a value of `period`: the same span, or a part of it.
pub fn takes_part(from: Period, period: Period) -> bool {
    if from.year != period.year {
        return false;
    }
    let months = |span: Span| match span {
        Span::Year | Span::SchoolYear => (1, 12),
        Span::Half(h) => (6 * h - 5, 6 * h),
        Span::Quarter(q) => (3 * q - 2, 3 * q),
        Span::Month(m) => (m, m),
        Span::FirstMonths(m) => (1, m),
    };
    let (inner, outer) = (months(from.span), months(period.span));
    outer.0 <= inner.0 && inner.1 <= outer.1
}
