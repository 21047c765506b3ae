//! Both sides of a ratio over all units, those that are missing within bounds.

use super::whole::older;
use super::{Extent, Ground, Whole};
use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, Spread};
use crate::definition::{Settings, Term};
use crate::evaluate::ratio::{Sides, contradiction};
use crate::evaluate::side::{Reach, are_own_bodies, narrowed, side};
use crate::evaluate::{Outcome, Parts, Question};
use crate::fact::{Moment, Series};
use crate::period::Period;
use crate::rollup::{Basis, Sum};

/// Years back in which a unit's last report is looked for.
const YEARS: i16 = 3;

/// A count of a missing unit, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    pub extent: Extent,
    pub ground: Ground,
}

impl Known {
    const UNKNOWN: Known = Known {
        extent: Extent::UNKNOWN,
        ground: Ground::Unknown,
    };

    fn history(self) -> Option<Period> {
        match self.ground {
            Ground::History(period) => Some(period),
            Ground::Reported | Ground::Unknown => None,
        }
    }
}

/// What is asked of every unit.
pub struct Asked<'a> {
    pub question: &'a Question<'a>,
    pub sides: &'a Sides<'a>,
    pub period: Period,
    pub group: Breakdown,
    /// Each unit's own bodies are counted: a unit with others below it has a report of its own.
    pub own_bodies: bool,
}

impl<'a> Asked<'a> {
    pub fn new(question: &'a Question<'a>, sides: &'a Sides<'a>, period: Period, group: Breakdown) -> Self {
        Asked {
            question,
            sides,
            period,
            group,
            own_bodies: are_own_bodies(question, sides.numerator)
                && are_own_bodies(question, sides.denominator),
        }
    }

    /// Some of the counts are never added up, or one side is of each unit's own bodies and the other is not: a
    /// missing unit may change the sum in ways that nothing limits.
    fn is_without_bounds(&self) -> bool {
        let terms = || self.sides.numerator.iter().chain(self.sides.denominator);
        let spread = |s| terms().any(|t| self.question.catalogue.measures.get(t.measure).spread == s);
        spread(Spread::None) || spread(Spread::Own) && !self.own_bodies
    }

    /// Whether a unit of the tree has bodies of its own; a root that only joins others has none.
    pub fn has_own(&self, node: usize) -> bool {
        self.own_bodies && !(node == 0 && self.question.tree.joins)
    }

    /// The own report of a unit that has others below it, if it can be used.
    pub fn own_parts(&self, unit: UnitId) -> Option<(i64, i64)> {
        let at = |terms: &[Term]| {
            let own = side(
                self.question,
                terms,
                unit,
                self.period,
                self.group,
                Reach::OwnReport,
            );
            own.value.filter(|_| !own.contradicted)
        };
        let both = at(self.sides.numerator).zip(at(self.sides.denominator))?;
        contradiction(self.sides, both).is_none().then_some(both)
    }

    /// The counts of a unit that has not both of them. `spoilt`: its reports contradict each other; nobody knows
    /// which of them is right, so neither count is believed.
    pub fn known(&self, unit: UnitId, reach: Reach, spoilt: bool) -> (Known, Known) {
        let n = self.count(self.sides.numerator, unit, reach, spoilt);
        let d = self.count(self.sides.denominator, unit, reach, spoilt);
        if !self.sides.is_share {
            return (n, d);
        }
        // Of a share the denominator is cap enough; an earlier numerator tells no more.
        let n = match n.ground {
            Ground::Reported => n,
            Ground::History(_) | Ground::Unknown => Known::UNKNOWN,
        };
        // More in the numerator than an earlier report lets the whole be: the earlier one is no cap.
        let is_above = d.extent.high.is_some_and(|high| high < n.extent.low);
        match d.ground {
            Ground::History(_) if is_above => (n, Known::UNKNOWN),
            Ground::History(_) | Ground::Unknown => {
                let low = d.extent.low.max(n.extent.low);
                let extent = Extent { low, ..d.extent };
                (n, Known { extent, ..d })
            }
            Ground::Reported => (n, d),
        }
    }

    fn whole(&self, unit: UnitId, reach: Reach, spoilt: bool) -> Whole {
        let (n, d) = self.known(unit, reach, spoilt);
        let whole = match self.sides.is_share {
            true => Whole::share(unit, n.extent, d.extent),
            false => Whole::free(unit, n.extent, d.extent),
        };
        whole.by(older(n.history(), d.history()))
    }

    fn count(&self, terms: &[Term], unit: UnitId, reach: Reach, spoilt: bool) -> Known {
        let question = self.question;
        let find = |term: &Term, back: i16| -> Option<&Sum> {
            let series = Series::new(term.measure, narrowed(term, self.group));
            let moment = Moment::new(unit, self.period.back(term.years_back).back(back));
            let sum = match reach {
                Reach::Place => question.rolled.get(series, moment),
                Reach::OwnReport => question.rolled.own(series, moment),
            };
            sum.filter(|s| !s.contradicted)
        };
        // As for a unit that reported: of its bodies it has none of the kinds that it did not list.
        let listed = are_own_bodies(question, terms) && terms.iter().any(|t| find(t, 0).is_some());
        let mut sum = Known {
            extent: Extent::certain(0),
            ground: Ground::Reported,
        };
        for term in terms {
            let now = find(term, 0).filter(|_| !spoilt);
            let one = match (now, listed && !spoilt) {
                (Some(now), _) => Known {
                    extent: Extent::certain(now.value),
                    ground: Ground::Reported,
                },
                (None, true) => continue,
                (None, false) => {
                    let last = (1..=YEARS).find_map(|back| Some((back, find(term, back)?)));
                    let decimals = question.catalogue.measures.get(term.measure).decimals;
                    let capped = last.and_then(|(back, s)| {
                        let extent = cap(s.value, decimals, &question.catalogue.settings)?;
                        let period = self.period.back(term.years_back).back(back);
                        Some(Known {
                            extent,
                            ground: Ground::History(period),
                        })
                    });
                    capped.unwrap_or(Known::UNKNOWN)
                }
            };
            sum = Known {
                extent: match term.minus {
                    true => sum.extent.minus(one.extent),
                    false => sum.extent.plus(one.extent),
                },
                ground: sum.ground.and(one.ground),
            };
        }
        sum
    }
}

/// What a count may be now if it was so much then; none where the settings take no earlier report as a cap.
fn cap(value: i64, decimals: u8, settings: &Settings) -> Option<Extent> {
    let percent = i128::from(settings.missing_history_percent);
    if percent == 0 || value < 0 {
        return None;
    }
    let least =
        i64::from(settings.missing_history_least).saturating_mul(10i64.pow(u32::from(decimals.min(9))));
    let share =
        (i128::from(value) * percent).div_euclid(100) + i128::from(i128::from(value) * percent % 100 > 0);
    let off = i64::try_from(share).unwrap_or(i64::MAX).max(least);
    Some(Extent {
        low: value.saturating_sub(off).max(0),
        high: Some(value.saturating_add(off)),
    })
}

/// Both sides of every unit with all that are below it; none if no figure is partial, or nothing can be said.
pub fn of_ratios(asked: &Asked<'_>, found: &[Outcome]) -> Option<Vec<Whole>> {
    let is_partial = |o: &Outcome| matches!(o, Outcome::Parts(p) if !p.coverage.is_full());
    if !found.iter().any(is_partial) || asked.is_without_bounds() {
        return None;
    }
    let nodes = &asked.question.tree.nodes;
    let mut wholes = vec![Whole::NONE; nodes.len()];
    // Children stand after their parents.
    for (i, node) in nodes.iter().enumerate().rev() {
        let outcome = found.get(i)?;
        let whole = match outcome {
            Outcome::Parts(parts) if parts.coverage.is_full() => full(parts),
            _ if node.children.is_empty() => {
                let spoilt = matches!(outcome, Outcome::Contradicted { .. });
                asked.whole(node.unit, Reach::Place, spoilt)
            }
            _ => {
                let below = node.children.iter().filter_map(|c| wholes.get(*c));
                let sum = below.fold(Whole::NONE, |sum, one| sum.plus(*one));
                match asked.has_own(i) {
                    true => sum.plus(own(asked, node.unit)),
                    false => reported(asked, node.unit, sum),
                }
            }
        };
        if let Some(slot) = wholes.get_mut(i) {
            *slot = whole;
        }
    }
    Some(wholes)
}

fn full(parts: &Parts) -> Whole {
    Whole::certain(parts.numerator, parts.denominator)
}

fn own(asked: &Asked<'_>, unit: UnitId) -> Whole {
    match asked.own_parts(unit) {
        Some((n, d)) => Whole::certain(n, d),
        None => asked.whole(unit, Reach::OwnReport, is_spoilt(asked, unit)),
    }
}

/// What the unit sent of its own contradicts itself: neither count is believed.
pub fn is_spoilt(asked: &Asked<'_>, unit: UnitId) -> bool {
    let at = |terms: &[Term]| {
        side(
            asked.question,
            terms,
            unit,
            asked.period,
            asked.group,
            Reach::OwnReport,
        )
    };
    let (n, d) = (at(asked.sides.numerator), at(asked.sides.denominator));
    n.contradicted || d.contradicted || n.value.is_some() && d.value.is_some()
}

/// With what the place itself reported for all below it.
fn reported(asked: &Asked<'_>, unit: UnitId, sum: Whole) -> Whole {
    let side = |terms: &[Term]| {
        let side = side(
            asked.question,
            terms,
            unit,
            asked.period,
            asked.group,
            Reach::Place,
        );
        let is_own = side.basis == Basis::Reported && side.coverage.is_full() && !side.contradicted;
        side.value.filter(|_| is_own)
    };
    let (n, d) = (side(asked.sides.numerator), side(asked.sides.denominator));
    match (n, d) {
        (None, None) => sum,
        (n, d) => sum.reported(n, d, asked.sides.is_share),
    }
}
