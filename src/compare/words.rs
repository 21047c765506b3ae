//! The official words for a result, and the codes that stand for them in tidy data.

use crate::lang::Lang;

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
    const ALL: [Judgement; 10] = [
        Judgement::Exceeded,
        Judgement::Met,
        Judgement::PartlyMet,
        Judgement::NotMet,
        Judgement::NotOccurred,
        Judgement::NotApplicable,
        Judgement::NoData,
        Judgement::Conflict,
        Judgement::TooFew,
        Judgement::NotJudged,
    ];

    /// Reads a code of tidy data.
    pub fn parse(code: &str) -> Option<Judgement> {
        Judgement::ALL.into_iter().find(|j| j.code() == code)
    }

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

    /// The words with what they are subject to: `Đạt (tạm tính)`, `Chưa đạt (ước tính)`.
    pub fn words_if(self, reserve: Reserve, lang: Lang) -> String {
        let marks = [
            (reserve.partial, lang.pick("tạm tính", "provisional")),
            (reserve.estimated, lang.pick("ước tính", "estimate")),
        ];
        let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark);
        match marks.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => self.words(lang).to_owned(),
            marks => format!("{} ({marks})", self.words(lang)),
        }
    }
}

/// What a judgement is subject to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reserve {
    /// Some units are still missing.
    pub partial: bool,
    /// The value is an estimate: a part of it was divided by the share of the people.
    pub estimated: bool,
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

    /// The words, marked where one of the two years lacks units: the others may be better or worse ones.
    pub fn words_if(self, partial: bool, lang: Lang) -> String {
        let mark = if partial {
            lang.pick(" (tạm tính)", " (provisional)")
        } else {
            ""
        };
        format!("{}{mark}", self.words(lang))
    }
}
