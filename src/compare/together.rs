//! The parts of a target taken together: one verdict for each of the 20 targets at each place.

use std::collections::BTreeMap;

use super::{Judgement, TargetVerdict, Verdict};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::{Catalogue, IndicatorId};
use crate::evaluate::Figure;
use crate::period::Period;

/// Indicators of a target, and how each was judged.
type Parts<'a> = Vec<(IndicatorId, &'a Verdict)>;

/// Takes the parts of each target together, place by place, period by period.
pub fn judge_targets(figures: &[Figure], verdicts: &[Verdict], catalogue: &Catalogue) -> Vec<TargetVerdict> {
    let mut targets: BTreeMap<(u32, u32, Period), Parts<'_>> = BTreeMap::new();
    let order: BTreeMap<UnitId, u32> =
        figures
            .iter()
            .fold(BTreeMap::new(), |mut seen: BTreeMap<UnitId, u32>, f| {
                let next = seen.len() as u32;
                seen.entry(f.place).or_insert(next);
                seen
            });
    let mut names: Vec<&str> = Vec::new();
    for indicator in &catalogue.indicators {
        if !indicator.target.is_empty() && !names.contains(&indicator.target.as_str()) {
            names.push(&indicator.target);
        }
    }
    for (figure, verdict) in figures.iter().zip(verdicts) {
        let indicator = &catalogue.indicators[usize::from(figure.indicator.0)];
        let Some(number) = names.iter().position(|n| *n == indicator.target) else {
            continue;
        };
        if figure.group == Breakdown::default() && indicator.proxy_for.is_none() {
            let key = (number as u32, order[&figure.place], figure.period);
            targets.entry(key).or_default().push((figure.indicator, verdict));
        }
    }
    let places: BTreeMap<u32, UnitId> = order.into_iter().map(|(unit, i)| (i, unit)).collect();
    targets
        .into_iter()
        .map(|((number, place, period), parts)| TargetVerdict {
            target: names[number as usize].to_owned(),
            place: places[&place],
            period,
            judgement: together(&parts.iter().map(|(_, v)| v.judgement).collect::<Vec<_>>()),
            partial: parts.iter().any(|(_, v)| v.partial),
            parts: parts.into_iter().map(|(i, _)| i).collect(),
        })
        .collect()
}

/// All parts met: met. Some: partly. Parts that do not apply or did not occur do not count.
fn together(parts: &[Judgement]) -> Judgement {
    use Judgement as J;
    let is_met = |j: &J| matches!(j, J::Met | J::Exceeded);
    let counting: Vec<J> = parts
        .iter()
        .copied()
        .filter(|j| !matches!(j, J::NotApplicable | J::NotOccurred))
        .collect();
    if counting.is_empty() {
        return if parts.contains(&J::NotOccurred) {
            J::NotOccurred
        } else {
            J::NotApplicable
        };
    }
    if counting.iter().all(is_met) {
        return if counting.iter().all(|j| *j == J::Exceeded) {
            J::Exceeded
        } else {
            J::Met
        };
    }
    if counting.iter().any(is_met) {
        return J::PartlyMet;
    }
    [J::NotMet, J::Conflict, J::TooFew, J::NoData]
        .into_iter()
        .find(|j| counting.contains(j))
        .unwrap_or(J::NotJudged)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_target_are_taken_together() {
        use Judgement as J;
        for (parts, whole) in [
            (vec![J::Exceeded, J::Met], J::Met),
            (vec![J::Met, J::NotMet], J::PartlyMet),
            (vec![J::Met, J::NoData], J::PartlyMet),
            (vec![J::NotOccurred, J::Met], J::Met),
            (vec![J::NotOccurred, J::NotOccurred], J::NotOccurred),
            (vec![J::NotApplicable], J::NotApplicable),
            (vec![J::NoData, J::NotMet], J::NotMet),
            (vec![J::NotJudged], J::NotJudged),
            (vec![J::TooFew, J::NoData], J::TooFew),
        ] {
            assert_eq!(together(&parts), whole, "{parts:?}");
        }
    }
}
