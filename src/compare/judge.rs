//! A value against a target, exactly: counts are compared, not rounded percentages.

use std::cmp::Ordering;

use super::Judgement;
use crate::definition::Direction;
use crate::definition::target::{Comparator, Target};
use crate::quantity::Ratio;

/// Met, exceeded or not met.
///
/// `>=` and `<=` are exceeded by anything better than the value. `>` and `<` ask for more than the
/// value already, and "about" allows `tolerance`: they are exceeded beyond the tolerance.
pub fn judge(value: Ratio, target: &Target, direction: Direction, tolerance_tenths: i64) -> Judgement {
    let against = |tenths: i64| value.compare(tenths, 1);
    let goal = target.value_tenths;
    let better = |order: Ordering| match direction {
        Direction::Higher | Direction::Hold => order.is_gt(),
        Direction::Lower => order.is_lt(),
    };
    // The far and the near edge of the tolerance, seen in the direction of the indicator.
    let (far, near) = match direction {
        Direction::Higher | Direction::Hold => (
            goal.saturating_add(tolerance_tenths),
            goal.saturating_sub(tolerance_tenths),
        ),
        Direction::Lower => (
            goal.saturating_sub(tolerance_tenths),
            goal.saturating_add(tolerance_tenths),
        ),
    };
    let (met, exceeded) = match target.comparator {
        Comparator::AtLeast => (against(goal).is_ge(), against(goal).is_gt()),
        Comparator::AtMost => (against(goal).is_le(), against(goal).is_lt()),
        Comparator::Above => (against(goal).is_gt(), better(against(far))),
        Comparator::Below => (against(goal).is_lt(), better(against(far))),
        Comparator::Exactly => (against(goal).is_eq(), false),
        Comparator::About => {
            let beyond = better(against(far));
            let reached = better(against(near)) || against(near).is_eq();
            (reached, beyond)
        }
    };
    match (met, exceeded) {
        (true, true) => Judgement::Exceeded,
        (true, false) => Judgement::Met,
        (false, _) => Judgement::NotMet,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition::target::When;

    fn target(comparator: Comparator, value_tenths: i64) -> Target {
        Target {
            programme: crate::definition::programmes::ProgrammeId::LEADING,
            indicator: "x".to_owned(),
            locality: "VN".to_owned(),
            when: When::By(2025),
            comparator,
            value_tenths,
            act: String::new(),
            issued: None,
            verified: true,
            note: String::new(),
            row: 1,
            file: String::new(),
        }
    }

    #[test]
    fn every_comparator_at_below_and_beyond_its_value() {
        use Comparator as C;
        use Direction as D;
        use Judgement as J;
        let percent = |n| Ratio {
            numerator: n,
            denominator: 1000,
            scale: 100,
        };
        for (comparator, direction, below, at, beyond) in [
            (C::AtLeast, D::Higher, J::NotMet, J::Met, J::Exceeded),
            (C::AtMost, D::Lower, J::Exceeded, J::Met, J::NotMet),
            (C::Above, D::Higher, J::NotMet, J::NotMet, J::Exceeded),
            (C::Below, D::Lower, J::Exceeded, J::NotMet, J::NotMet),
            (C::Exactly, D::Higher, J::NotMet, J::Met, J::NotMet),
            (C::About, D::Higher, J::NotMet, J::Met, J::Exceeded),
        ] {
            let t = target(comparator, 600);
            let found = [580, 600, 620].map(|n| judge(percent(n), &t, direction, 10));
            assert_eq!(found, [below, at, beyond], "{comparator:?} {direction:?}");
        }
        // Within one point of "about 60 %", on both sides.
        let about = target(C::About, 600);
        assert_eq!(
            [591, 609].map(|n| judge(percent(n), &about, D::Higher, 10)),
            [J::Met, J::Met]
        );
        // Passing "over 30 %" is met; by more than the tolerance it is exceeded.
        assert_eq!(judge(percent(305), &target(C::Above, 300), D::Higher, 10), J::Met);
    }
}
