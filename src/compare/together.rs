//! The parts of a target taken together: one verdict for each target of each programme at each place.

use std::collections::BTreeMap;

use super::{Further, Judgement, Reserve, TargetVerdict, Verdict};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::programmes::ProgrammeId;
use crate::definition::{Catalogue, IndicatorId};
use crate::evaluate::Figure;
use crate::period::Period;

/// Indicators of a target, and how each was judged.
type Parts<'a> = Vec<(IndicatorId, &'a Verdict)>;

/// Takes the parts of each target together, programme by programme, place by place, period by period.
pub fn judge_targets(
    figures: &[Figure],
    verdicts: &[Verdict],
    further: &[Further],
    catalogue: &Catalogue,
) -> Vec<TargetVerdict> {
    let mut order: BTreeMap<UnitId, u32> = BTreeMap::new();
    for figure in figures {
        let next = order.len() as u32;
        order.entry(figure.place).or_insert(next);
    }
    let places: BTreeMap<u32, UnitId> = order.iter().map(|(unit, i)| (*i, *unit)).collect();
    let also: BTreeMap<(ProgrammeId, usize), &Verdict> = further
        .iter()
        .map(|f| ((f.programme, f.figure), &f.verdict))
        .collect();
    let mut out = Vec::new();
    for (id, programme) in catalogue.judging() {
        // An indicator may be part of several targets.
        let mut numbers: BTreeMap<IndicatorId, Vec<u32>> = BTreeMap::new();
        for (number, target) in programme.targets.iter().enumerate() {
            for part in target.parts.iter().filter_map(|p| catalogue.indicator_named(p)) {
                numbers.entry(part).or_default().push(number as u32);
            }
        }
        let mut targets: BTreeMap<(u32, u32, Period), Parts<'_>> = BTreeMap::new();
        for (at, figure) in figures.iter().enumerate() {
            let Some(numbers) = numbers.get(&figure.indicator) else {
                continue;
            };
            let indicator = &catalogue.indicators[usize::from(figure.indicator.0)];
            if figure.group != Breakdown::default() || indicator.proxy_for.is_some() {
                continue;
            }
            let verdict = also.get(&(id, at)).copied().unwrap_or(&verdicts[at]);
            for number in numbers {
                let key = (*number, order[&figure.place], figure.period);
                targets.entry(key).or_default().push((figure.indicator, verdict));
            }
        }
        out.extend(targets.into_iter().map(|((number, place, period), parts)| {
            let target = &programme.targets[number as usize];
            let judgements: Vec<Judgement> = parts.iter().map(|(_, v)| v.judgement).collect();
            TargetVerdict {
                programme: id,
                target: target.number.clone(),
                place: places[&place],
                period,
                judgement: match target.every_part {
                    true => every_part(&judgements),
                    false => together(&judgements),
                },
                reserve: Reserve {
                    partial: parts.iter().any(|(_, v)| v.reserve.partial),
                    estimated: parts.iter().any(|(_, v)| v.reserve.estimated),
                },
                parts: parts.into_iter().map(|(i, _)| i).collect(),
            }
        }));
    }
    out
}

/// A criterion: met only if every part is met, missed as soon as one is missed. A part of which nothing is known
/// leaves it open.
fn every_part(parts: &[Judgement]) -> Judgement {
    use Judgement as J;
    match together(parts) {
        J::Exceeded => J::Met,
        J::PartlyMet if parts.contains(&J::NotMet) => J::NotMet,
        J::PartlyMet => [J::Conflict, J::TooFew, J::NoData]
            .into_iter()
            .find(|j| parts.contains(j))
            .unwrap_or(J::NotJudged),
        whole => whole,
    }
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

    #[test]
    fn of_a_criterion_every_part_must_be_met() {
        use Judgement as J;
        for (parts, whole) in [
            (vec![J::Exceeded, J::Exceeded], J::Met),
            (vec![J::Met, J::NotMet, J::NoData], J::NotMet),
            (vec![J::Met, J::NoData], J::NoData),
            (vec![J::Met, J::NotJudged], J::NotJudged),
            (vec![J::Met, J::NotOccurred], J::Met),
            (vec![J::NoData, J::NoData], J::NoData),
        ] {
            assert_eq!(every_part(&parts), whole, "{parts:?}");
        }
    }
}
