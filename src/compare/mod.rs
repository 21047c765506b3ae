//! Figures × targets → verdicts.
//!
//! In:  [`Figure`]s and the targets. Out: a [`Verdict`] for each figure, and one [`TargetVerdict`] for
//!      each of the 20 targets at each place.
//! Holds: values are compared exactly, before rounding; a part of a year is never judged by a yearly
//!        value, nor a sum over too few units; one over some is marked; the row that was used is named.
//! Leaves to others: words and colours (`report`).

mod ends;
mod judge;
mod milestone;

pub use judge::judge;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::target::Comparator;
use crate::definition::{Catalogue, Direction, IndicatorId};
use crate::evaluate::Figure;
use crate::lang::{Lang, Words};
use crate::period::{Day, Period};
use crate::quantity::{Absence, Ratio, print_decimal};
use crate::rollup::Coverage;
use ends::Ends;

/// The official words for a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Judgement {
    /// vượt
    Exceeded,
    /// đạt
    Met,
    /// đạt một phần: some parts of a target with several, not all.
    PartlyMet,
    /// chưa đạt
    NotMet,
    /// không phát sinh: the denominator is 0.
    NotOccurred,
    /// không tính ở cấp này
    NotApplicable,
    /// chưa có số liệu
    NoData,
    /// số liệu mâu thuẫn
    Conflict,
    /// chưa đủ số liệu: fewer units reported than the settings ask for.
    TooFew,
    /// chưa đánh giá: a part of a year, or no target applies.
    NotJudged,
}

impl Judgement {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Judgement::Exceeded => lang.pick("Vượt", "Exceeded"),
            Judgement::Met => lang.pick("Đạt", "Met"),
            Judgement::PartlyMet => lang.pick("Đạt một phần", "Partly met"),
            Judgement::NotMet => lang.pick("Chưa đạt", "Not met"),
            Judgement::NotOccurred => lang.pick("Không phát sinh", "Not occurred"),
            Judgement::NotApplicable => lang.pick("Không tính ở cấp này", "Not computed at this level"),
            Judgement::NoData => lang.pick("Chưa có số liệu", "No data"),
            Judgement::Conflict => lang.pick("Số liệu mâu thuẫn", "Contradictory data"),
            Judgement::TooFew => lang.pick("Chưa đủ số liệu", "Too few data"),
            Judgement::NotJudged => lang.pick("Chưa đánh giá", "Not judged"),
        }
    }

    /// Stable code for tidy data.
    pub fn code(self) -> &'static str {
        match self {
            Judgement::Exceeded => "exceeded",
            Judgement::Met => "met",
            Judgement::PartlyMet => "partly-met",
            Judgement::NotMet => "not-met",
            Judgement::NotOccurred => "not-occurred",
            Judgement::NotApplicable => "not-applicable",
            Judgement::NoData => "no-data",
            Judgement::Conflict => "conflict",
            Judgement::TooFew => "too-few",
            Judgement::NotJudged => "not-judged",
        }
    }
}

impl Judgement {
    /// A value was compared with a target.
    pub fn is_judged(self) -> bool {
        matches!(
            self,
            Judgement::Exceeded | Judgement::Met | Judgement::PartlyMet | Judgement::NotMet
        )
    }

    /// The words, marked where some units are still missing: `Đạt (tạm tính)`.
    pub fn words_if(self, partial: bool, lang: Lang) -> String {
        let mark = match partial {
            true => lang.pick(" (tạm tính)", " (provisional)"),
            false => "",
        };
        format!("{}{mark}", self.words(lang))
    }
}

/// Against the year before, in the direction of the indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    Better,
    Same,
    Worse,
}

impl Trend {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Trend::Better => lang.pick("Tốt hơn", "Better"),
            Trend::Same => lang.pick("Không đổi", "Unchanged"),
            Trend::Worse => lang.pick("Kém hơn", "Worse"),
        }
    }
}

/// A figure judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub judgement: Judgement,
    /// Judged though some units are missing.
    pub partial: bool,
    /// Index in `Catalogue::targets` of the milestone it was judged by.
    pub milestone: Option<u32>,
    /// Value minus target, rounded, in units of the indicator × 10^-decimals. None where nothing is
    /// judged: a distance would be a judgement in disguise.
    pub gap: Option<i64>,
    pub trend: Option<Trend>,
    /// Why it was not judged, or what to keep in mind (coverage, half year, tolerance used).
    pub remark: Option<Words>,
}

/// One of the 20 targets at one place: its parts taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetVerdict {
    /// `3.2`
    pub target: String,
    pub place: UnitId,
    pub period: Period,
    pub parts: Vec<IndicatorId>,
    pub judgement: Judgement,
    /// Some part was judged though units are missing.
    pub partial: bool,
}

type Previous = BTreeMap<(IndicatorId, UnitId, Breakdown, Period), Ends>;

/// Judges every figure, in the same order.
pub fn judge_all(figures: &[Figure], catalogue: &Catalogue, day: Day) -> Vec<Verdict> {
    let known: Previous = figures
        .iter()
        .filter_map(|f| Some(((f.indicator, f.place, f.group, f.period), Ends::of(f)?)))
        .collect();
    figures
        .par_iter()
        .map(|f| verdict(f, &known, catalogue, day))
        .collect()
}

fn verdict(figure: &Figure, known: &Previous, catalogue: &Catalogue, day: Day) -> Verdict {
    let indicator = &catalogue.indicators[usize::from(figure.indicator.0)];
    let mut verdict = Verdict {
        judgement: Judgement::NotJudged,
        partial: false,
        milestone: None,
        gap: None,
        trend: None,
        remark: None,
    };
    let is_group = figure.group != Breakdown::default();
    if !is_group {
        let (place, year) = (figure.place, figure.period.year);
        let row = milestone::choose(
            &catalogue.targets,
            &catalogue.localities,
            &indicator.id,
            place,
            year,
            day,
        );
        verdict.milestone = row.map(|r| r as u32);
    }
    let ends = match (&figure.value, Ends::of(figure)) {
        (_, Some(ends)) => ends,
        (Ok(value), None) => Ends::certain(*value),
        (Err(absence), None) => {
            verdict.judgement = match absence {
                Absence::NotReported(_)
                | Absence::CannotCompute(_)
                | Absence::Withheld
                | Absence::Uncertain => Judgement::NoData,
                Absence::NotApplicable(_) => Judgement::NotApplicable,
                Absence::NotOccurred => Judgement::NotOccurred,
                Absence::Conflict(_) => Judgement::Conflict,
            };
            verdict.remark = match absence {
                Absence::NotReported(what) => Some(Words::new(
                    format!("chưa có: {}", what.vi),
                    format!("not reported: {}", what.en),
                )),
                Absence::NotApplicable(why) | Absence::CannotCompute(why) | Absence::Conflict(why) => {
                    Some(why.clone())
                }
                Absence::NotOccurred | Absence::Withheld | Absence::Uncertain => None,
            };
            return verdict;
        }
    };
    let before = (
        figure.indicator,
        figure.place,
        figure.group,
        figure.period.back(1),
    );
    verdict.trend = known
        .get(&before)
        .and_then(|previous| ends.since(*previous, indicator.direction));
    let Some(target) = verdict.milestone.map(|r| &catalogue.targets[r as usize]) else {
        return verdict;
    };
    if !figure.period.is_annual() {
        verdict.remark = Some(Words::new(
            "số liệu chưa đủ năm, không đánh giá theo chỉ tiêu năm",
            "part of a year, not judged by a yearly target",
        ));
        return verdict;
    }
    let coverage = figure.coverage;
    let share = u64::from(coverage.reported) * 100;
    let floor = u64::from(coverage.expected) * u64::from(catalogue.settings.minimum_coverage_percent);
    let mut remarks: Vec<Words> = coverage_words(coverage).into_iter().collect();
    if share < floor {
        let percent = catalogue.settings.minimum_coverage_percent;
        remarks.push(Words::new(
            format!("chưa đủ {percent} % số đơn vị nên không đánh giá"),
            format!("fewer than {percent} % of the units, not judged"),
        ));
        verdict.judgement = Judgement::TooFew;
        verdict.trend = None;
        verdict.remark = joined(&remarks);
        return verdict;
    }
    let decimals = indicator.decimals;
    let goal = Ratio {
        numerator: target.value_tenths,
        denominator: 10,
        scale: 1,
    }
    .rounded(decimals);
    let value = figure.value.as_ref().ok();
    verdict.gap = value.map(|v| v.rounded(decimals).saturating_sub(goal));
    let tolerance = catalogue.settings.approximate_tolerance_tenths;
    let judged = ends.judged(target, indicator.direction, tolerance);
    if value.is_none() {
        remarks.push(ends::remark(judged));
    }
    verdict.judgement = judged.unwrap_or(Judgement::NotJudged);
    verdict.partial = judged.is_some() && !coverage.is_full();
    if target.comparator == Comparator::About {
        remarks.push(Words::new(
            format!(
                "“khoảng”: cho phép lệch {}",
                print_decimal(tolerance, 1, Lang::Vi)
            ),
            format!(
                "“about”: a difference of {} is allowed",
                print_decimal(tolerance, 1, Lang::En)
            ),
        ));
    }
    if verdict.gap == Some(0) && verdict.judgement != Judgement::Met {
        remarks.push(Words::new(
            "chỉ bằng chỉ tiêu sau khi làm tròn",
            "equal to the target only after rounding",
        ));
    }
    if figure.doubtful {
        remarks.push(Words::new(
            "giá trị bất thường, cần kiểm tra",
            "an unusual value, to be checked",
        ));
    }
    verdict.remark = joined(&remarks);
    verdict
}

/// What is to be said of a sum over some of its units; nothing if all are in it.
pub fn coverage_words(coverage: Coverage) -> Option<Words> {
    if coverage.is_full() {
        return None;
    }
    let Coverage {
        reported,
        expected,
        contradicted,
    } = coverage;
    let (mut vi, mut en) = (
        format!("tính trên {reported}/{expected} đơn vị"),
        format!("computed on {reported}/{expected} units"),
    );
    if contradicted > 0 {
        vi.push_str(&format!(
            ", {contradicted} đơn vị có số liệu mâu thuẫn không được tính"
        ));
        en.push_str(&format!(", {contradicted} with contradictory figures left out"));
    }
    Some(Words::new(vi, en))
}

fn joined(remarks: &[Words]) -> Option<Words> {
    let join = |lang| remarks.iter().map(|w| w.get(lang)).collect::<Vec<_>>().join("; ");
    (!remarks.is_empty()).then(|| Words::new(join(Lang::Vi), join(Lang::En)))
}

fn trend(previous: Ratio, value: Ratio, direction: Direction) -> Trend {
    let product = |a: Ratio, b: Ratio| i128::from(a.numerator) * i128::from(b.denominator);
    let order = product(value, previous).cmp(&product(previous, value));
    match (order, direction) {
        (std::cmp::Ordering::Equal, _) => Trend::Same,
        (std::cmp::Ordering::Greater, Direction::Lower) | (std::cmp::Ordering::Less, Direction::Higher) => {
            Trend::Worse
        }
        (std::cmp::Ordering::Less, Direction::Hold) => Trend::Worse,
        _ => Trend::Better,
    }
}

/// Takes the parts of each target together, place by place, period by period.
pub fn judge_targets(figures: &[Figure], verdicts: &[Verdict], catalogue: &Catalogue) -> Vec<TargetVerdict> {
    let mut targets: BTreeMap<(u32, u32, Period), Vec<(IndicatorId, &Verdict)>> = BTreeMap::new();
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
