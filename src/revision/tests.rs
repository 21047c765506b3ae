use proptest::prelude::*;

use super::*;
use crate::compare::Judgement;

const VERDICTS: [Judgement; 3] = [Judgement::Met, Judgement::NotMet, Judgement::NoData];

fn amounts() -> impl Strategy<Value = Amounts> {
    let count = || prop::option::of(-5_000_000i64..5_000_000);
    (count(), count(), count(), count(), 0usize..VERDICTS.len()).prop_map(|(n, d, value, low, verdict)| {
        Amounts {
            numerator: n,
            denominator: d,
            value,
            low,
            high: low,
            absence: None,
            verdict: Some(VERDICTS[verdict]),
            provisional: verdict == 0,
        }
    })
}

proptest! {
    /// Whatever the steps were, the parts of every quantity add up to the whole change.
    #[test]
    fn parts_add_up(trail in prop::collection::vec(prop::option::of(amounts()), 2..10)) {
        let period = Period::year(2024);
        let mut steps = Steps::new(["6.1"].into_iter(), [("585", "district")].into_iter());
        for (step, cause) in trail.iter().zip(Cause::ORDER.iter().cycle()) {
            if let Some(amounts) = step {
                steps.say("6.1", ("585", "district"), period, ["all"; 3], *amounts);
            }
            steps.end(*cause);
        }
        let (first, last) = (trail[0].unwrap_or_default(), trail[trail.len() - 1].unwrap_or_default());
        let changes = steps.changes(|_, _| None, |_| Breakdown::default());
        let silent = first.says_nothing() && last.says_nothing();
        prop_assert_eq!(changes.len(), usize::from(first != last && !silent));
        for change in changes {
            prop_assert_eq!((change.before, change.after), (first, last));
            let sum = |of: fn(&Contribution) -> i64| change.contributions.iter().map(of).sum::<i64>();
            let whole = |a: Option<i64>, b: Option<i64>| b.unwrap_or(0) - a.unwrap_or(0);
            prop_assert_eq!(sum(|c| c.numerator), whole(first.numerator, last.numerator));
            prop_assert_eq!(sum(|c| c.denominator), whole(first.denominator, last.denominator));
            let between = |a: Option<i64>, b: Option<i64>| a.zip(b).map_or(0, |(a, b)| b - a);
            prop_assert_eq!(sum(|c| c.value.unwrap_or(0)), between(first.value, last.value));
            prop_assert_eq!(sum(|c| c.low.unwrap_or(0)), between(first.low, last.low));
            prop_assert_eq!(sum(|c| c.high.unwrap_or(0)), between(first.high, last.high));
        }
    }
}
