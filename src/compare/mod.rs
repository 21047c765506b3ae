//! Figures × targets → verdicts. (Types first; the judging follows.)

use crate::classification::locality::UnitId;
use crate::definition::IndicatorId;
use crate::lang::{Lang, Words};
use crate::period::Period;

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
            Judgement::NotJudged => "not-judged",
        }
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
    /// Index in `Catalogue::targets` of the milestone it was judged by.
    pub milestone: Option<u32>,
    /// Value minus target, rounded, in units of the indicator × 10^-decimals.
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
}
