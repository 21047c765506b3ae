//! Figures × targets → verdicts.
//!
//! In:  [`Figure`]s and the targets of the chosen programmes. Out: a [`Verdict`] for each figure by the first
//!      programme that names its indicator, further ones by the others, and one [`TargetVerdict`] for each
//!      target of each programme at each place.
//! Holds: values are compared exactly, before rounding; a part of a year is never judged by a yearly
//!        value, nor a sum over too few units; one over some is marked; the row that was used is named.
//! Leaves to others: words and colours (`report`).

mod ends;
mod judge;
mod milestone;
mod missing;
mod together;
mod words;

pub use judge::judge;
pub use missing::{IfAll, assumption, unbounded};
pub use together::judge_targets;
pub use words::{Judgement, Reserve, Trend};

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::programmes::ProgrammeId;
use crate::definition::target::Comparator;
use crate::definition::{Catalogue, Direction, Indicator, IndicatorId};
use crate::evaluate::Figure;
use crate::lang::{Lang, Words};
use crate::period::{Day, Period};
use crate::quantity::{Absence, Ratio, print_decimal};
use crate::recast::Boundary;
use crate::rollup::Coverage;
use ends::Ends;

/// A figure judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub judgement: Judgement,
    /// Judged though some units are missing, or on an estimate.
    pub reserve: Reserve,
    /// Index in `Catalogue::targets` of the milestone it was judged by.
    pub milestone: Option<u32>,
    /// Value minus target, rounded, in units of the indicator × 10^-decimals. None where nothing is
    /// judged: a distance would be a judgement in disguise.
    pub gap: Option<i64>,
    pub trend: Option<Trend>,
    /// This year or the one before lacks units: the trend may be that of other units only.
    pub trend_partial: bool,
    /// What becomes of the judgement when the units that are missing report; none if none are.
    pub if_all: Option<IfAll>,
    /// Why it was not judged, or what to keep in mind (coverage, half year, tolerance used).
    pub remark: Option<Words>,
}

/// A figure judged by one more programme than the one that its [`Verdict`] is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Further {
    pub programme: ProgrammeId,
    /// Index of the figure.
    pub figure: usize,
    pub verdict: Verdict,
}

/// One target of a programme at one place: its parts taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TargetVerdict {
    pub programme: ProgrammeId,
    /// `3.2`
    pub target: String,
    pub place: UnitId,
    pub period: Period,
    pub parts: Vec<IndicatorId>,
    pub judgement: Judgement,
    /// Some part was judged though units are missing, or on an estimate.
    pub reserve: Reserve,
}

type Previous = BTreeMap<(IndicatorId, UnitId, Breakdown, Period), Ends>;

/// Judges every figure by the first programme that names its indicator, in the same order.
pub fn judge_all(figures: &[Figure], catalogue: &Catalogue, day: Day) -> Vec<Verdict> {
    let known = known(figures);
    let indicators = 0..catalogue.indicators.len();
    let judges: Vec<ProgrammeId> = indicators
        .map(|i| catalogue.judge_of(IndicatorId(i as u16)))
        .collect();
    figures
        .par_iter()
        .map(|f| verdict(f, judges[usize::from(f.indicator.0)], &known, catalogue, day))
        .collect()
}

/// Judges figures for everybody by the other programmes that name their indicators.
pub fn judge_further(figures: &[Figure], catalogue: &Catalogue, day: Day) -> Vec<Further> {
    let mut judges: BTreeMap<IndicatorId, Vec<ProgrammeId>> = BTreeMap::new();
    for (programme, declared) in catalogue.judging() {
        for indicator in declared
            .indicators()
            .filter_map(|id| catalogue.indicator_named(id))
        {
            if catalogue.judge_of(indicator) != programme {
                judges.entry(indicator).or_default().push(programme);
            }
        }
    }
    if judges.is_empty() {
        return Vec::new();
    }
    let known = known(figures);
    let everybody = |(_, f): &(usize, &Figure)| f.group == Breakdown::default();
    let mut further = Vec::new();
    for (at, figure) in figures.iter().enumerate().filter(everybody) {
        for programme in judges.get(&figure.indicator).into_iter().flatten() {
            further.push(Further {
                programme: *programme,
                figure: at,
                verdict: verdict(figure, *programme, &known, catalogue, day),
            });
        }
    }
    further
}

fn known(figures: &[Figure]) -> Previous {
    let known = figures.iter().filter_map(|f| {
        let key = (f.indicator, f.place, f.group, f.period);
        Some((key, Ends::of(f)?))
    });
    known.collect()
}

fn verdict(
    figure: &Figure,
    programme: ProgrammeId,
    known: &Previous,
    catalogue: &Catalogue,
    day: Day,
) -> Verdict {
    let indicator = &catalogue.indicators[usize::from(figure.indicator.0)];
    let mut verdict = Verdict {
        judgement: Judgement::NotJudged,
        reserve: Reserve::default(),
        milestone: None,
        gap: None,
        trend: None,
        trend_partial: false,
        if_all: None,
        remark: None,
    };
    let is_group = figure.group != Breakdown::default();
    if !is_group {
        let (place, year) = (figure.place, figure.period.year);
        let row = milestone::choose(
            &catalogue.targets,
            &catalogue.localities,
            (programme, &indicator.id),
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
            if *absence == Absence::NotOccurred && !figure.coverage.is_full() {
                not_occurred_so_far(figure, indicator, catalogue, &mut verdict);
            }
            return verdict;
        }
    };
    let before = (
        figure.indicator,
        figure.place,
        figure.group,
        figure.period.back(1),
    );
    let previous = known.get(&before);
    verdict.trend = previous.and_then(|previous| ends.since(*previous, indicator.direction));
    verdict.trend_partial =
        verdict.trend.is_some() && (ends.partial || previous.is_some_and(|previous| previous.partial));
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
    let mut remarks: Vec<Words> = coverage_words(coverage).into_iter().collect();
    if let Some(too_few) = too_few(coverage, indicator, catalogue) {
        remarks.push(too_few);
        verdict.judgement = Judgement::TooFew;
        (verdict.trend, verdict.trend_partial) = (None, false);
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
    let estimated = figure.boundary == Boundary::ByShare;
    verdict.reserve = Reserve {
        partial: judged.is_some() && !coverage.is_full(),
        estimated: judged.is_some() && estimated,
    };
    if let (Some(judgement), Some(missing)) = (judged, &figure.missing) {
        let goal = (target, indicator.direction, tolerance);
        verdict.if_all = missing::if_all(figure, judgement, goal);
        let said = verdict.if_all;
        remarks.extend(said.and_then(|said| missing::remark(missing, coverage, said, catalogue)));
    }
    if estimated {
        remarks.push(Words::new(
            "đánh giá trên số ước tính theo tỷ lệ dân số",
            "judged on an estimate by the share of the people",
        ));
    }
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

/// Why a figure over so few of its units is not judged; none if they are enough.
fn too_few(coverage: Coverage, indicator: &Indicator, catalogue: &Catalogue) -> Option<Words> {
    let percent = catalogue.settings.least_coverage(&indicator.id);
    let share = u64::from(coverage.reported) * 100;
    (share < u64::from(coverage.expected) * u64::from(percent)).then(|| {
        Words::new(
            format!("chưa đủ {percent} % số đơn vị nên không đánh giá"),
            format!("fewer than {percent} % of the units, not judged"),
        )
    })
}

/// Nothing occurred in the units that reported: the others may tell otherwise, and that is said.
fn not_occurred_so_far(figure: &Figure, indicator: &Indicator, catalogue: &Catalogue, verdict: &mut Verdict) {
    let mut remarks: Vec<Words> = coverage_words(figure.coverage).into_iter().collect();
    if let Some(too_few) = too_few(figure.coverage, indicator, catalogue) {
        remarks.push(too_few);
        verdict.judgement = Judgement::TooFew;
    } else {
        verdict.if_all = missing::nothing_so_far(figure, &mut remarks);
        verdict.reserve.partial = true;
    }
    verdict.remark = joined(&remarks);
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
