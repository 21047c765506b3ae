//! Judging what is known only within bounds: a verdict is given if it does not depend on the unknown.

use super::{Judgement, Trend, judge, trend};
use crate::definition::Direction;
use crate::definition::target::{Comparator, Target};
use crate::evaluate::{Between, Figure};
use crate::lang::Words;
use crate::quantity::Ratio;
use crate::recast::Boundary;

/// Between which values a figure lies; a known value is both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    low: Ratio,
    /// None: there is no highest value.
    high: Option<Ratio>,
    /// The denominator may be 0: perhaps nothing occurred.
    may_be_none: bool,
    /// An estimate is judged, but two of them make no trend.
    estimated: bool,
    /// Of some of the units only.
    pub partial: bool,
}

impl Ends {
    pub fn certain(value: Ratio) -> Ends {
        Ends {
            low: value,
            high: Some(value),
            may_be_none: false,
            estimated: false,
            partial: false,
        }
    }

    pub fn between(between: Between, estimated: bool) -> Ends {
        Ends {
            low: between.low,
            high: between.high,
            may_be_none: between.denominator.low <= 0,
            estimated,
            partial: false,
        }
    }

    /// None if nothing is known of the value.
    pub fn of(figure: &Figure) -> Option<Ends> {
        let estimated = figure.boundary == Boundary::ByShare;
        let ends = match (&figure.value, figure.between) {
            (Ok(value), _) => Some(Ends {
                estimated,
                ..Ends::certain(*value)
            }),
            (Err(_), Some(between)) => Some(Ends::between(between, estimated)),
            (Err(_), None) => None,
        };
        let partial = !figure.coverage.is_full();
        ends.map(|ends| Ends { partial, ..ends })
    }

    /// The judgement that holds wherever between the ends the value is.
    pub fn judged(self, target: &Target, direction: Direction, tolerance_tenths: i64) -> Option<Judgement> {
        let at = |value| judge(value, target, direction, tolerance_tenths);
        let high = self.high.filter(|_| !self.may_be_none)?;
        let (first, last) = (at(self.low), at(high));
        // "Exactly" may be met between two ends that both miss it.
        let side = |value: Ratio| value.compare(target.value_tenths, 1);
        let passes = target.comparator == Comparator::Exactly && side(self.low) != side(high);
        (first == last && !passes).then_some(first)
    }

    /// The trend that holds whatever the two values are; years on other boundaries have none.
    pub fn since(self, before: Ends, direction: Direction) -> Option<Trend> {
        if self.estimated || before.estimated || self.may_be_none || before.may_be_none {
            return None;
        }
        let (high, high_before) = (self.high?, before.high?);
        let trends = [
            trend(before.low, self.low, direction),
            trend(high_before, self.low, direction),
            trend(before.low, high, direction),
            trend(high_before, high, direction),
        ];
        let first = trends[0];
        trends.iter().all(|t| *t == first).then_some(first)
    }
}

/// What is said of a judgement that rests on bounds.
pub(super) fn remark(judgement: Option<Judgement>) -> Words {
    match judgement {
        Some(Judgement::Exceeded) => Words::new(
            "vượt dù phần chưa rõ thế nào",
            "exceeded whatever the unknown part is",
        ),
        Some(Judgement::NotMet) => Words::new(
            "chưa đạt dù phần chưa rõ thế nào",
            "not met whatever the unknown part is",
        ),
        Some(_) => Words::new("đạt dù phần chưa rõ thế nào", "met whatever the unknown part is"),
        None => Words::new(
            "tùy phần chưa rõ nên không đánh giá",
            "depends on the unknown part, not judged",
        ),
    }
}
