//! Shares of units that satisfy a rule (communes with four items every quarter, provinces with a
//! facility), and plain answers.
//!
//! One unit is yes (1 of 1) or no (0 of 1); above it the yeses are counted over the units that
//! reported. A unit that did not report all spans is neither: it is missing from the coverage.

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
        let mut tally = Tally::default();
        let is_unit = i > 0 || !question.tree.joins;
        if is_unit
            && level.is_none_or(|l| question.catalogue.localities.units[node.unit.0 as usize].level == l)
        {
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

/// Units counted at or below a node.
#[derive(Debug, Clone, Default)]
struct Tally {
    yes: u32,
    /// Units that reported and have what the rule is about.
    taking_part: u32,
    reported: u32,
    expected: u32,
    derived: bool,
    contradicted: u32,
}

impl Tally {
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
    }
}

fn judge(question: &Question<'_>, rule: &UnitRule, node: &Node, own_only: bool, period: Period) -> Tally {
    let reach = if own_only { Reach::OwnReport } else { Reach::Place };
    let everybody = Breakdown::default();
    let mut tally = Tally {
        expected: 1,
        ..Tally::default()
    };
    let mut reached = true;
    for span in spans(period, rule.every) {
        let sum = side(question, &rule.terms, node.unit, span, everybody, reach);
        tally.derived |= sum.derived;
        tally.contradicted |= u32::from(sum.contradicted);
        match sum.value.filter(|_| !sum.contradicted && sum.coverage.is_full()) {
            Some(value) => reached &= value >= rule.at_least,
            None => return tally,
        }
    }
    tally.reported = 1;
    let takes_part = rule.among.is_empty() || {
        // A unit takes part if any of the bodies is there; a term that was not reported is not.
        rule.among.iter().any(|term| {
            let one = std::slice::from_ref(term);
            side(question, one, node.unit, period, everybody, reach)
                .value
                .is_some_and(|v| v > 0)
        })
    };
    if takes_part {
        tally.taking_part = 1;
        tally.yes = u32::from(reached);
    }
    tally
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
