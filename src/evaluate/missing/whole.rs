//! Numerator and denominator of a unit and all below it, each between a lowest and a highest count.

use super::{Lacking, Unbounded};
use crate::classification::locality::UnitId;
use crate::evaluate::Between;
use crate::period::Period;
use crate::quantity::{Bounds, Ratio};

/// A count that lies between two others; without the higher where nothing limits it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub low: i64,
    pub high: Option<i64>,
}

impl Extent {
    pub const UNKNOWN: Extent = Extent { low: 0, high: None };

    pub const fn certain(value: i64) -> Extent {
        Extent {
            low: value,
            high: Some(value),
        }
    }

    pub fn plus(self, other: Extent) -> Extent {
        let high = self.high.zip(other.high);
        Extent {
            low: self.low.saturating_add(other.low),
            high: high.map(|(a, b)| a.saturating_add(b)),
        }
    }

    /// Less another count; never below 0, for a side that is negative is a contradiction.
    pub fn minus(self, other: Extent) -> Extent {
        Extent {
            low: other.high.map_or(0, |h| self.low.saturating_sub(h).max(0)),
            high: self.high.map(|h| h.saturating_sub(other.low).max(0)),
        }
    }
}

/// Both sides of a unit, or of all units below one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whole {
    pub numerator: Extent,
    pub denominator: Extent,
    /// Of a share: at least so many of the denominator are not in the numerator. With it the highest share
    /// of a sum is exact, because what is counted twice in one unit cannot make up for another.
    apart: i64,
    pub history: Option<Period>,
    pub lacking: Lacking,
    inconsistent: bool,
}

impl Whole {
    /// Nothing below a unit, before its parts are added.
    pub const NONE: Whole = Whole {
        numerator: Extent::certain(0),
        denominator: Extent::certain(0),
        apart: 0,
        history: None,
        lacking: Lacking {
            units: 0,
            numerator: false,
            denominator: false,
            first: [None; 3],
        },
        inconsistent: false,
    };

    /// Both counts were reported.
    pub fn certain(numerator: i64, denominator: i64) -> Whole {
        Whole {
            numerator: Extent::certain(numerator),
            denominator: Extent::certain(denominator),
            apart: denominator.saturating_sub(numerator),
            ..Whole::NONE
        }
    }

    /// One unit of a share: the numerator is a part of the denominator.
    pub fn share(unit: UnitId, numerator: Extent, denominator: Extent) -> Whole {
        Whole {
            numerator,
            denominator,
            ..Whole::NONE
        }
        .nested()
        .lacking_of(unit, true)
    }

    /// One unit of a ratio of two counts neither of which limits the other.
    pub fn free(unit: UnitId, numerator: Extent, denominator: Extent) -> Whole {
        Whole {
            numerator,
            denominator,
            ..Whole::NONE
        }
        .lacking_of(unit, false)
    }

    /// Some count is capped by an earlier report.
    #[must_use]
    pub fn by(mut self, history: Option<Period>) -> Whole {
        self.history = history;
        self
    }

    fn lacking_of(mut self, unit: UnitId, is_share: bool) -> Whole {
        let numerator = self.numerator.high.is_none() && !is_share;
        let denominator = self.denominator.high.is_none();
        if numerator || denominator {
            self.lacking = Lacking {
                units: 1,
                numerator,
                denominator,
                first: [Some(unit), None, None],
            };
        }
        self
    }

    /// What follows from the numerator being a part of the denominator.
    fn nested(mut self) -> Whole {
        let (n, d) = (&mut self.numerator, &mut self.denominator);
        if let Some(most) = d.high.map(|h| h.saturating_sub(self.apart)) {
            n.high = Some(n.high.map_or(most, |h| h.min(most)));
        }
        d.low = d.low.max(n.low.saturating_add(self.apart));
        if let Some(high) = n.high {
            self.apart = self.apart.max(d.low.saturating_sub(high));
        }
        let crossed = |e: Extent| e.high.is_some_and(|high| high < e.low);
        self.inconsistent |= crossed(self.numerator) || crossed(self.denominator);
        self
    }

    #[must_use]
    pub fn plus(self, other: Whole) -> Whole {
        Whole {
            numerator: self.numerator.plus(other.numerator),
            denominator: self.denominator.plus(other.denominator),
            apart: self.apart.saturating_add(other.apart),
            history: older(self.history, other.history),
            lacking: self.lacking.plus(other.lacking),
            inconsistent: self.inconsistent || other.inconsistent,
        }
    }

    /// The place reported a side for all of it, beside what its units make.
    #[must_use]
    pub fn reported(mut self, numerator: Option<i64>, denominator: Option<i64>, is_share: bool) -> Whole {
        for (own, side) in [
            (numerator, &mut self.numerator),
            (denominator, &mut self.denominator),
        ] {
            if let Some(own) = own {
                self.inconsistent |= own < side.low || side.high.is_some_and(|high| high < own);
                *side = Extent::certain(own);
            }
        }
        if let (Some(n), Some(d)) = (numerator, denominator) {
            return Whole::certain(n, d);
        }
        if numerator.is_some() {
            self.lacking.numerator = false;
        }
        if denominator.is_some() {
            self.lacking.denominator = false;
        }
        if !self.lacking.numerator && !self.lacking.denominator {
            self.lacking = Lacking::default();
        }
        if is_share { self.nested() } else { self }
    }

    /// Lowest and highest value of the ratio.
    pub fn between(self, is_share: bool, scale: i64) -> Result<Between, Unbounded> {
        if self.inconsistent {
            return Err(Unbounded::Inconsistent);
        }
        let (Some(most_n), Some(most_d)) = (self.numerator.high, self.denominator.high) else {
            return Err(Unbounded::Unknown(self.lacking));
        };
        if most_d <= 0 {
            return Err(Unbounded::Nothing);
        }
        let ratio = |numerator, denominator| Ratio {
            numerator,
            denominator,
            scale,
        };
        let low = ratio(self.numerator.low, most_d);
        let least_d = match is_share {
            // The more are in the numerator, the higher the share, even if each adds one to the denominator.
            true => self.denominator.low.max(most_n.saturating_add(self.apart)),
            false => self.denominator.low,
        };
        let high = match (least_d > 0, is_share) {
            (true, _) => Some(ratio(most_n, least_d)),
            // Nobody can be in the numerator, and perhaps nobody is in the denominator.
            (false, true) => Some(low),
            (false, false) => None,
        };
        let bounds = |low, high| Bounds { low, high };
        Ok(Between {
            numerator: bounds(self.numerator.low, most_n),
            denominator: bounds(self.denominator.low, most_d),
            low,
            high,
        })
    }
}

/// The earlier of two periods that may not be there.
pub fn older(a: Option<Period>, b: Option<Period>) -> Option<Period> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: UnitId = UnitId(0);

    fn to(low: i64, high: i64) -> Extent {
        Extent {
            low,
            high: Some(high),
        }
    }

    fn ends(between: Between) -> ((i64, i64), Option<(i64, i64)>) {
        let pair = |r: Ratio| (r.numerator, r.denominator);
        (pair(between.low), between.high.map(pair))
    }

    /// Every choice of counts of two units by trial: the bounds are the lowest and the highest of them.
    #[test]
    fn bounds_of_a_share_are_reached_and_never_passed() {
        let extents = [to(0, 2), to(1, 3), to(2, 2), to(3, 4), to(0, 0)];
        for n in extents {
            for d in extents {
                for known in [(0, 0), (1, 3), (2, 2), (0, 4)] {
                    let one = Whole::share(UNIT, n, d);
                    let found = Whole::certain(known.0, known.1).plus(one).between(true, 1);
                    let mut all: Vec<(i64, i64)> = Vec::new();
                    for a in n.low..=n.high.unwrap() {
                        for b in d.low..=d.high.unwrap() {
                            if a <= b {
                                all.push((known.0 + a, known.1 + b));
                            }
                        }
                    }
                    if all.is_empty() {
                        assert_eq!(found, Err(Unbounded::Inconsistent), "{n:?} {d:?}");
                        continue;
                    }
                    all.retain(|(_, b)| *b > 0);
                    if all.is_empty() {
                        assert_eq!(found, Err(Unbounded::Nothing), "{n:?} {d:?} {known:?}");
                        continue;
                    }
                    let value = |(a, b): (i64, i64)| a as f64 / b as f64;
                    let (low, high) = ends(found.unwrap());
                    let least = all.iter().map(|p| value(*p)).fold(f64::MAX, f64::min);
                    let most = all.iter().map(|p| value(*p)).fold(f64::MIN, f64::max);
                    assert_eq!(value(low), least, "{n:?} {d:?} {known:?}");
                    assert_eq!(value(high.unwrap()), most, "{n:?} {d:?} {known:?}");
                }
            }
        }
    }

    #[test]
    fn what_the_place_reported_for_all_limits_what_its_units_may_add() {
        // 30 of 60 are known, the place has 100: the units that are missing are 40, 0 to 40 of them in.
        let unknown = Whole::share(UNIT, Extent::UNKNOWN, Extent::UNKNOWN);
        let whole = Whole::certain(30, 60).plus(unknown);
        assert!(matches!(whole.between(true, 1), Err(Unbounded::Unknown(_))));
        let found = whole.reported(None, Some(100), true).between(true, 1).unwrap();
        assert_eq!(ends(found), ((30, 100), Some((70, 100))));
        // Less than its units have already: nothing can be said.
        let found = whole.reported(None, Some(50), true).between(true, 1);
        assert_eq!(found, Err(Unbounded::Inconsistent));
    }

    #[test]
    fn a_ratio_of_free_counts_needs_both() {
        let one = Whole::free(UNIT, to(8, 12), Extent::UNKNOWN);
        let Err(Unbounded::Unknown(lacking)) = one.between(false, 1) else {
            panic!("{one:?}");
        };
        assert!(lacking.denominator && !lacking.numerator && lacking.units == 1);
        let one = Whole::certain(10, 10).plus(Whole::free(UNIT, to(8, 12), to(0, 10)));
        assert_eq!(ends(one.between(false, 1).unwrap()), ((18, 20), Some((22, 10))));
        let one = Whole::free(UNIT, to(8, 12), to(0, 10));
        assert_eq!(ends(one.between(false, 1).unwrap()), ((8, 10), None));
    }
}
