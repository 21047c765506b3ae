//! Units of another time added up for one unit of the base.

use super::moved::{Moved, Way};
use super::{Outcome, Question, carried};
use crate::classification::locality::transfers::Part;
use crate::lang::Words;
use crate::quantity::Bounds;
use crate::recast::{Boundary, Frame, Hold};
use crate::rollup::Coverage;

/// What is known of one unit of the base while units of the frame are added.
#[derive(Default)]
pub(super) struct Adding {
    numerator: Bounds,
    denominator: Bounds,
    boundary: Boundary,
    derived: bool,
    any: bool,
    reported: u32,
    pub expected: u32,
    contradicted: u32,
}

impl Adding {
    pub fn add(
        &mut self,
        way: &Way,
        question: &Question<'_>,
        unit: (&Frame, usize, usize),
        hold: &Hold,
        outcome: &Outcome,
    ) {
        let parts = match outcome {
            Outcome::Parts(parts) => parts,
            Outcome::Contradicted { coverage, .. } => {
                self.contradicted += coverage.contradicted.max(1);
                return;
            }
            _ => return,
        };
        self.any = true;
        self.derived |= parts.derived;
        if hold.part != Part::NONE {
            self.reported += if hold.part == Part::Whole {
                parts.coverage.reported
            } else {
                1
            };
        }
        self.contradicted += parts.coverage.contradicted;
        for (value, people, side) in [
            (parts.numerator, way.people.0, &mut self.numerator),
            (parts.denominator, way.people.1, &mut self.denominator),
        ] {
            let (bounds, boundary) = carried::part_of(question, unit, hold, value, people);
            *side = side.plus(bounds);
            self.boundary = self.boundary.max(boundary);
        }
    }

    pub fn outcome(self, way: &Way, is_same: bool) -> Option<Outcome> {
        let coverage = Coverage {
            contradicted: self.contradicted,
            ..Coverage::of(self.reported, self.expected)
        };
        if !self.any {
            return (self.contradicted > 0).then(|| Outcome::Contradicted {
                what: Words::new(
                    "các báo cáo mâu thuẫn nhau, xem trang Chất lượng",
                    "the reports contradict each other, see the sheet Quality",
                ),
                coverage,
                impossible: None,
            });
        }
        Some(Outcome::Moved(Moved {
            numerator: self.numerator,
            denominator: self.denominator,
            nested: way.nested,
            boundary: match (self.boundary, is_same) {
                (Boundary::Exact, true) => Boundary::Same,
                (Boundary::Exact, false) if way.own => Boundary::Counted,
                (boundary, _) => boundary,
            },
            coverage,
            derived: self.derived,
        }))
    }
}
