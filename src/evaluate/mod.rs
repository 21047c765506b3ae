//! Numerators and denominators → figures.
//!
//! In:  [`RolledFacts`] on a [`Tree`], and the indicators. Out: [`Figure`]s, for every unit of the
//!      tree, every period asked, everybody and each group that the indicator declares.
//! Holds: numerator and denominator of a sum come from the same units, or from full reports; counts
//!        are kept even where no value is given, unless they contradict each other; a contradicted
//!        unit is in no sum above it; D = 0 is "không phát sinh", never 0 %.
//! Leaves to others: targets (`compare`), rounding (`report`), hiding (`disclosure`).

mod adding;
mod bounds;
mod carried;
mod groups;
mod missing;
mod moved;
mod people;
mod ratio;
mod side;
mod units;

pub use bounds::Between;
pub use groups::splits;
pub use missing::{Extent, Ground, Known, Lacking, Missing, MissingUnit, Unbounded, missing_units};
pub use people::{PeopleCovered, weigh};
pub use side::{TermSource, sources_of, takes_part};
pub use units::spans;

use rayon::prelude::*;

use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::{Catalogue, Formula, Indicator, IndicatorId, Variant};
use crate::lang::Words;
use crate::period::Period;
use crate::quantity::{Absence, Ratio, RatioUnit};
use crate::recast::{Boundary, Frame, Recast};
use crate::rollup::{Basis, Coverage, RolledFacts, Tree};
use missing::Whole;

/// One computed figure: an indicator, at a place, in a period, for a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub indicator: IndicatorId,
    /// Index of the variant used.
    pub variant: u8,
    pub place: UnitId,
    pub period: Period,
    /// `Breakdown::default()` is everybody; otherwise exactly one dimension is set.
    pub group: Breakdown,
    /// Kept even where no value is given ("counts only" in a commune).
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: Result<Ratio, Absence>,
    pub coverage: Coverage,
    pub basis: Basis,
    /// Some count in it was derived (men = total - women), not reported.
    pub derived: bool,
    /// Some unit listed its bodies, and of one kind none (a ward without a People's Council): taken for having none.
    pub none_listed: bool,
    /// Passed 100 % or fell below the plausible floor: printed with a warning.
    pub doubtful: bool,
    /// Numerator and denominator that cannot stand together, though no check of the facts saw it.
    pub impossible: Option<(i64, i64)>,
    /// How it came onto the units of the report, if the territory was divided otherwise.
    pub boundary: Boundary,
    /// Where only bounds are known; the value is then [`Absence::Uncertain`].
    pub between: Option<Between>,
    /// What it could be with the units that are missing; none if all are in it, or it has no value.
    pub missing: Option<Missing>,
    /// How much of the people live in the units behind it; none until [`weigh`] finds it.
    pub people: Option<PeopleCovered>,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub catalogue: &'a Catalogue,
    pub tree: &'a Tree,
    pub rolled: &'a RolledFacts,
    pub periods: &'a [Period],
    /// Chosen variant for each indicator, by index.
    pub variants: &'a [u8],
    /// Figures that stand on other units than those of the tree; none: there are none.
    pub recast: Option<&'a Recast>,
}

impl<'a> Question<'a> {
    /// The same, asked of the units of another time.
    pub fn in_frame(&self, frame: &'a Frame) -> Question<'a> {
        Question {
            tree: &frame.tree,
            rolled: &frame.rolled,
            recast: None,
            ..*self
        }
    }
}

/// Figures ordered by indicator, place (as in the tree), period, group.
pub fn evaluate(question: &Question<'_>) -> Vec<Figure> {
    let indicators: Vec<usize> = (0..question.catalogue.indicators.len()).collect();
    let figures: Vec<Vec<Figure>> = indicators.par_iter().map(|i| indicator(question, *i)).collect();
    figures.into_iter().flatten().collect()
}

fn indicator(question: &Question<'_>, index: usize) -> Vec<Figure> {
    let indicator = &question.catalogue.indicators[index];
    let chosen = question.variants.get(index).copied().unwrap_or(0);
    let Some(variant) = indicator.variants.get(usize::from(chosen)) else {
        return Vec::new();
    };
    let groups = groups::of(question, indicator, variant);
    let mut figures = Vec::new();
    for period in question.periods {
        for group in &groups {
            let outcomes = outcomes(question, indicator, variant, *period, *group);
            for (node, outcome) in question.tree.nodes.iter().zip(outcomes) {
                let mut figure = Figure {
                    indicator: IndicatorId(index as u16),
                    variant: chosen,
                    place: node.unit,
                    period: *period,
                    group: *group,
                    numerator: None,
                    denominator: None,
                    value: Err(Absence::NotOccurred),
                    coverage: Coverage::default(),
                    basis: Basis::Reported,
                    derived: false,
                    none_listed: false,
                    doubtful: false,
                    impossible: None,
                    boundary: Boundary::Same,
                    between: None,
                    missing: None,
                    people: None,
                };
                settle(question, indicator, variant, outcome, &mut figure);
                let is_scope = node.parent.is_none();
                if says_something(&figure, is_scope, question.periods.last()) {
                    figures.push(figure);
                }
            }
        }
    }
    let order: std::collections::BTreeMap<UnitId, usize> = question
        .tree
        .nodes
        .iter()
        .enumerate()
        .map(|(i, n)| (n.unit, i))
        .collect();
    figures.sort_by_key(|f| (order.get(&f.place).copied(), f.period, f.group));
    figures
}

/// Everybody in the last period, and the scope in every period, always has a line, if only to say why there is no number. A group or
/// an earlier period of which nothing is known would only be the same line again.
fn says_something(figure: &Figure, is_scope: bool, last: Option<&Period>) -> bool {
    let is_main = figure.group == Breakdown::default() && (is_scope || Some(&figure.period) == last);
    is_main
        || figure.value.is_ok()
        || figure.between.is_some()
        || figure.numerator.is_some()
        || figure.denominator.is_some()
}

/// Numerator and denominator of one unit, or why there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Parts(Parts),
    /// One side may be known: it is printed as a count.
    Missing {
        numerator: Option<i64>,
        denominator: Option<i64>,
        what: Words,
    },
    /// Both sides are known, but of different units.
    NotTogether {
        numerator: i64,
        denominator: i64,
        reason: Words,
    },
    /// There may be figures, but not of this unit.
    Incoherent(Words),
    /// Of units of another time.
    Moved(moved::Moved),
    Contradicted {
        what: Words,
        coverage: Coverage,
        /// Found here: each side alone is sound.
        impossible: Option<(i64, i64)>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    numerator: i64,
    denominator: i64,
    coverage: Coverage,
    basis: Basis,
    derived: bool,
    none_listed: bool,
    /// Of a partial figure: its sides with all units that should be in it, as far as they are known.
    whole: Option<Whole>,
}

fn outcomes(
    question: &Question<'_>,
    indicator: &Indicator,
    variant: &Variant,
    period: Period,
    group: Breakdown,
) -> Vec<Outcome> {
    if let Some(outcomes) = moved::outcomes(question, indicator, variant, period, group) {
        return outcomes;
    }
    match &variant.formula {
        Formula::Ratio {
            numerator,
            denominator,
            ..
        } => {
            let sides = ratio::Sides {
                numerator,
                denominator,
                is_share: is_share(indicator) && !indicator.may_exceed,
            };
            ratio::outcomes(question, &sides, period, group)
        }
        Formula::ShareOfUnits { level, rule, .. } => units::outcomes(question, *level, rule, period),
        Formula::Answer { term } => units::answers(question, term, period),
    }
}

fn scale(formula: &Formula) -> i64 {
    match formula {
        Formula::Ratio { scale, .. } | Formula::ShareOfUnits { scale, .. } => *scale,
        Formula::Answer { .. } => 1,
    }
}

/// Turns an outcome into the figure that is printed.
fn settle(
    question: &Question<'_>,
    indicator: &Indicator,
    variant: &Variant,
    outcome: Outcome,
    figure: &mut Figure,
) {
    figure.value = match outcome {
        Outcome::Parts(parts) => {
            figure.numerator = Some(parts.numerator);
            figure.denominator = Some(parts.denominator);
            figure.coverage = parts.coverage;
            figure.basis = parts.basis;
            figure.derived = parts.derived;
            figure.none_listed = parts.none_listed;
            figure.missing = missing(indicator, variant, &parts);
            value(indicator, variant, parts, figure)
        }
        Outcome::Missing {
            numerator,
            denominator,
            what,
        } => {
            (figure.numerator, figure.denominator) = (numerator, denominator);
            Err(Absence::NotReported(what))
        }
        Outcome::NotTogether {
            numerator,
            denominator,
            reason,
        } => {
            (figure.numerator, figure.denominator) = (Some(numerator), Some(denominator));
            Err(Absence::CannotCompute(reason))
        }
        Outcome::Incoherent(reason) => Err(Absence::CannotCompute(reason)),
        Outcome::Moved(moved) => {
            figure.missing = missing::units_of(moved.coverage).map(|units| Missing {
                units,
                between: Err(Unbounded::Recast),
                history: None,
            });
            bounds::settle(indicator, variant, &moved, figure)
        }
        Outcome::Contradicted {
            what,
            coverage,
            impossible,
        } => {
            (figure.coverage, figure.impossible) = (coverage, impossible);
            Err(Absence::Conflict(what))
        }
    };
    let level = question.catalogue.localities.units[figure.place.0 as usize].level;
    if !indicator.is_computable_at(level) {
        let declared = indicator.not_computable.iter().find(|(l, _)| *l == level);
        let reason = declared.map(|(_, words)| words.clone()).unwrap_or_else(|| {
            Words::new(
                "chỉ tiêu không tính ở cấp này",
                "the indicator is not computed at this level",
            )
        });
        figure.value = Err(Absence::NotApplicable(reason));
        figure.between = None;
    }
    if !matches!(
        figure.value,
        Ok(_) | Err(Absence::NotOccurred | Absence::Uncertain)
    ) {
        figure.missing = None;
    }
}

/// What a figure could be with the units that it lacks.
fn missing(indicator: &Indicator, variant: &Variant, parts: &Parts) -> Option<Missing> {
    let units = missing::units_of(parts.coverage)?;
    let nested = match variant.formula {
        Formula::ShareOfUnits { .. } => true,
        Formula::Ratio { .. } | Formula::Answer { .. } => is_share(indicator) && !indicator.may_exceed,
    };
    Some(Missing {
        units,
        between: match parts.whole {
            Some(whole) => whole.between(nested, scale(&variant.formula)),
            None => Err(Unbounded::Inconsistent),
        },
        history: parts.whole.and_then(|w| w.history),
    })
}

/// Whether the numerator counts a part of the denominator.
pub fn is_share(indicator: &Indicator) -> bool {
    matches!(indicator.unit, RatioUnit::Percent | RatioUnit::YesNo)
}

/// The ratio of sound parts.
fn value(
    indicator: &Indicator,
    variant: &Variant,
    parts: Parts,
    figure: &mut Figure,
) -> Result<Ratio, Absence> {
    if parts.denominator == 0 {
        return Err(Absence::NotOccurred);
    }
    let ratio = Ratio {
        numerator: parts.numerator,
        denominator: parts.denominator,
        scale: scale(&variant.formula),
    };
    figure.doubtful = is_share(indicator) && parts.numerator > parts.denominator;
    if let Some(floor) = indicator.suspicious_below_tenths {
        figure.doubtful |= ratio.compare(floor, 1).is_lt();
    }
    Ok(ratio)
}
