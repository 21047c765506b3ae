//! Shares of units that satisfy a rule (communes with four items every quarter, provinces with a
//! facility), and plain answers.
//!
//! One unit is yes (1 of 1) or no (0 of 1); above it the yeses are counted over the units that
//! reported. A unit that did not report all spans is neither: it is missing from the coverage.

use super::missing::{Extent, Ground, Known, MissingUnit, Whole};
use super::side::{Reach, side};
use super::{Outcome, Parts, Question};
use crate::classification::Breakdown;
use crate::classification::locality::Level;
use crate::definition::{Every, Term, UnitRule};
use crate::lang::Words;
use crate::period::{Period, Span};
use crate::rollup::{Basis, Coverage, Node};

pub(super) fn outcomes(
    question: &Question<'_>,
    level: Option<Level>,
    rule: &UnitRule,
    period: Period,
) -> Vec<Outcome> {
    let nodes = &question.tree.nodes;
    let mut found: Vec<Option<Tally>> = vec![None; nodes.len()];
    for (i, node) in nodes.iter().enumerate().rev() {
        let mut tally = Tally::NONE;
        if is_asked(question, level, i) {
            tally = judge(question, rule, node, level.is_none(), period);
        }
        for child in node.children.iter().filter_map(|c| found[*c].as_ref()) {
            tally.add(child);
        }
        found[i] = Some(tally);
    }
    let what = question
        .catalogue
        .measure_names(rule.terms.iter().map(|t| t.measure));
    found
        .into_iter()
        .flatten()
        .zip(nodes)
        .map(|(tally, node)| {
            if tally.reported > 0 {
                Outcome::Parts(Parts {
                    numerator: i64::from(tally.yes),
                    denominator: i64::from(tally.taking_part),
                    coverage: tally.coverage(),
                    basis: if node.children.is_empty() {
                        Basis::Reported
                    } else {
                        Basis::Summed
                    },
                    derived: tally.derived,
                    none_listed: false,
                    whole: (!tally.coverage().is_full()).then_some(tally.whole),
                })
            } else if tally.contradicted > 0 {
                Outcome::Contradicted {
                    what: Words::new(
                        "các báo cáo mâu thuẫn nhau, xem trang Chất lượng",
                        "the reports contradict each other, see the sheet Quality",
                    ),
                    coverage: tally.coverage(),
                    impossible: None,
                }
            } else {
                Outcome::Missing {
                    numerator: None,
                    denominator: None,
                    what: what.clone(),
                }
            }
        })
        .collect()
}

/// Whether a node is one of the units that are counted.
fn is_asked(question: &Question<'_>, level: Option<Level>, node: usize) -> bool {
    let unit = question.tree.nodes.get(node).map(|n| n.unit);
    let is_unit = node > 0 || !question.tree.joins;
    is_unit && unit.is_some_and(|u| level.is_none_or(|l| question.catalogue.localities.unit(u).level == l))
}

/// Units counted at or below a node.
#[derive(Debug, Clone)]
struct Tally {
    yes: u32,
    /// Units that reported and have what the rule is about.
    taking_part: u32,
    reported: u32,
    expected: u32,
    derived: bool,
    contradicted: u32,
    /// With the units that did not report: each of them may be a yes or a no.
    whole: Whole,
}

impl Tally {
    const NONE: Tally = Tally {
        yes: 0,
        taking_part: 0,
        reported: 0,
        expected: 0,
        derived: false,
        contradicted: 0,
        whole: Whole::NONE,
    };

    fn coverage(&self) -> Coverage {
        Coverage {
            reported: self.reported,
            expected: self.expected,
            contradicted: self.contradicted,
        }
    }

    fn add(&mut self, other: &Tally) {
        self.yes += other.yes;
        self.taking_part += other.taking_part;
        self.reported += other.reported;
        self.expected += other.expected;
        self.derived |= other.derived;
        self.contradicted += other.contradicted;
        self.whole = self.whole.plus(other.whole);
    }
}

fn judge(question: &Question<'_>, rule: &UnitRule, node: &Node, own_only: bool, period: Period) -> Tally {
    let reach = if own_only { Reach::OwnReport } else { Reach::Place };
    let everybody = Breakdown::default();
    let mut tally = Tally {
        expected: 1,
        ..Tally::NONE
    };
    let (mut reached, mut complete) = (true, true);
    for span in spans(period, rule.every) {
        if !complete {
            break;
        }
        let sum = side(question, &rule.terms, node.unit, span, everybody, reach);
        tally.derived |= sum.derived;
        tally.contradicted |= u32::from(sum.contradicted);
        match sum.value.filter(|_| !sum.contradicted && sum.coverage.is_full()) {
            Some(value) => reached &= value >= rule.at_least,
            None => complete = false,
        }
    }
    let takes_part = takes_part(question, rule, node, reach, period);
    let Some(takes_part) = takes_part.filter(|_| complete) else {
        let (yes, takes_part) = open(question, rule, node, reach, period);
        tally.whole = Whole::share(node.unit, yes, takes_part);
        return tally;
    };
    tally.reported = 1;
    if takes_part {
        tally.taking_part = 1;
        tally.yes = u32::from(reached);
    }
    tally.whole = Whole::certain(i64::from(tally.yes), i64::from(tally.taking_part));
    tally
}

/// Whether a unit has any of the bodies that the rule is about: one that it did not name is not there. None if it
/// named not one: were it taken for having none, the units that report less would raise the share.
fn takes_part(
    question: &Question<'_>,
    rule: &UnitRule,
    node: &Node,
    reach: Reach,
    period: Period,
) -> Option<bool> {
    if rule.among.is_empty() {
        return Some(true);
    }
    let bodies = rule.among.iter().filter_map(|term| {
        let one = std::slice::from_ref(term);
        side(question, one, node.unit, period, Breakdown::default(), reach).value
    });
    bodies.max().map(|most| most > 0)
}

/// Of a unit that did not report all: whether it is a yes, and whether it takes part, as far as its reports tell.
fn open(
    question: &Question<'_>,
    rule: &UnitRule,
    node: &Node,
    reach: Reach,
    period: Period,
) -> (Extent, Extent) {
    let (mut certainly, mut possibly) = (true, true);
    for span in spans(period, rule.every) {
        let sum = so_far(question, &rule.terms, node, reach, span);
        certainly &= sum.low >= rule.at_least;
        possibly &= sum.high.is_none_or(|high| high >= rule.at_least);
    }
    let bodies = rule.among.iter().map(|term| {
        let one = std::slice::from_ref(term);
        so_far(question, one, node, reach, period)
    });
    let bodies: Vec<Extent> = bodies.collect();
    let all = |is: fn(&Extent) -> bool| bodies.iter().all(is);
    let takes_part = bodies.is_empty() || !all(|b| b.low <= 0);
    let may_take_part = takes_part || !all(|b| b.high.is_some_and(|high| high <= 0));
    let extent = |certain: bool, possible: bool| Extent {
        low: i64::from(certain),
        high: Some(i64::from(possible)),
    };
    (
        extent(certainly && takes_part, possibly && may_take_part),
        extent(takes_part, may_take_part),
    )
}

/// What a unit has of a sum of terms; no upper end while something of it is missing.
fn so_far(question: &Question<'_>, terms: &[Term], node: &Node, reach: Reach, span: Period) -> Extent {
    let everybody = Breakdown::default();
    let mut sum = Extent::certain(0);
    for term in terms {
        let one = side(
            question,
            std::slice::from_ref(term),
            node.unit,
            span,
            everybody,
            reach,
        );
        let counted = one.value.filter(|_| !one.contradicted);
        // A part of the units below reported so much: all of them have at least as much.
        let value = counted.map(|v| if term.minus { v.saturating_neg() } else { v });
        let one = match value {
            Some(value) if one.coverage.is_full() => Extent::certain(value),
            Some(value) => Extent {
                low: value.max(0),
                high: None,
            },
            None => Extent::UNKNOWN,
        };
        sum = if term.minus { sum.minus(one) } else { sum.plus(one) };
    }
    sum
}

/// The units at or below a node that did not report all that the rule asks for.
pub(super) fn missing(
    question: &Question<'_>,
    level: Option<Level>,
    rule: &UnitRule,
    period: Period,
    at: usize,
) -> Vec<MissingUnit> {
    let nodes = &question.tree.nodes;
    let size = nodes.get(at).map_or(0, |n| n.size as usize);
    let mut missing = Vec::new();
    for (i, node) in nodes.iter().enumerate().skip(at).take(size) {
        if !is_asked(question, level, i) {
            continue;
        }
        let tally = judge(question, rule, node, level.is_none(), period);
        if tally.reported > 0 {
            continue;
        }
        let known = |extent: Extent| Known {
            extent,
            ground: match extent.high == Some(extent.low) {
                true => Ground::Reported,
                false => Ground::Unknown,
            },
        };
        missing.push(MissingUnit {
            unit: node.unit,
            contradicted: tally.contradicted > 0,
            numerator: known(tally.whole.numerator),
            denominator: known(tally.whole.denominator),
        });
    }
    missing
}

/// The spans of a period in which a rule must hold.
pub fn spans(period: Period, every: Every) -> Vec<Period> {
    let months: std::ops::RangeInclusive<u8> = match period.span {
        Span::Year | Span::SchoolYear => 1..=12,
        Span::Half(h) => 6 * h - 5..=6 * h,
        Span::Quarter(q) => 3 * q - 2..=3 * q,
        Span::Month(m) => m..=m,
        Span::FirstMonths(m) => 1..=m,
    };
    let with = |span| Period {
        year: period.year,
        span,
    };
    match every {
        Every::Year => vec![period],
        Every::Quarter => months
            .filter(|m| m % 3 == 0)
            .map(|m| with(Span::Quarter(m / 3)))
            .collect(),
        Every::Month => months.map(|m| with(Span::Month(m))).collect(),
    }
}

/// Answers are the unit's own: 1 of 1, or 0 of 1.
pub(super) fn answers(question: &Question<'_>, term: &Term, period: Period) -> Vec<Outcome> {
    let everybody = Breakdown::default();
    let one = std::slice::from_ref(term);
    let nodes = question.tree.nodes.iter();
    nodes
        .map(|node| {
            let answer = side(question, one, node.unit, period, everybody, Reach::OwnReport);
            match answer.value {
                Some(value) if !answer.contradicted => Outcome::Parts(Parts {
                    numerator: i64::from(value > 0),
                    denominator: 1,
                    coverage: Coverage::of(1, 1),
                    basis: Basis::Reported,
                    derived: answer.derived,
                    none_listed: false,
                    whole: None,
                }),
                _ => {
                    let what = question.catalogue.measure_names([term.measure]);
                    if answer.contradicted {
                        Outcome::Contradicted {
                            what,
                            coverage: Coverage {
                                contradicted: 1,
                                ..Coverage::of(0, 1)
                            },
                            impossible: None,
                        }
                    } else {
                        Outcome::Missing {
                            numerator: None,
                            denominator: None,
                            what,
                        }
                    }
                }
            }
        })
        .collect()
}
