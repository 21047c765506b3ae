//! Periods as sheets write them: "6 tháng đầu năm 2024", "quý II/2024", "NĂM HỌC 2023-2024",
//! "có đến 31/12/2024", "2024" in a file name.
//!
//! In:  text. Out: a [`When`]: year and span as far as they are said.
//! Holds: years of laws ("Thông tư số 23/2011"), of plans ("giai đoạn 2021-2030"), of comparisons
//!        ("so với năm 2023") and of signatures ("ngày 5 tháng 7 năm 2024") are not periods.
//! Leaves to others: which of several places (title, column, file name) wins.

mod line;
mod months;
mod phrase;

pub use line::{Several, by_date, in_name, in_title, several};
pub use phrase::match_at;

use crate::period::{Day, Period, Span};
use crate::text;

/// Year and span as far as they were said.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct When {
    pub year: Option<i16>,
    pub span: Option<Span>,
    /// "Tính đến 31/12/2024": the day a stock was counted; decides the span if none is said.
    pub as_of: Option<Day>,
}

impl When {
    pub fn is_empty(self) -> bool {
        self == When::default()
    }

    /// What a nearer text says replaces what a farther one said.
    #[must_use]
    pub fn and(self, nearer: When) -> When {
        // A column "Năm 2023" under a half-year title is that half of 2023; a nearer whole period stands alone.
        When {
            year: nearer.year.or(self.year),
            span: nearer.span.or(self.span),
            as_of: if nearer.is_empty() {
                self.as_of
            } else {
                nearer.as_of
            },
        }
    }

    /// Fills what is missing from a farther text.
    #[must_use]
    pub fn or(self, farther: When) -> When {
        if self.year.is_some() && self.year != farther.year && farther.year.is_some() {
            return self;
        }
        When {
            year: self.year.or(farther.year),
            span: self.span.or(farther.span),
            as_of: self.as_of.or(farther.as_of),
        }
    }

    /// The whole period; `school` says that the form counts by school year.
    pub fn period(self, school: bool) -> Option<Period> {
        if let (Some(year), Some(span)) = (self.year, self.span) {
            return Some(Period { year, span });
        }
        if let (Some(day), None) = (self.as_of, self.span) {
            return Some(counted_on(day, school));
        }
        self.year.map(Period::year)
    }
}

/// The period of a flow counted up to a day, where [`counted_on`] does not know the day as the end of a report: the
/// months up to it; from October on, when the reports of the year are written, the year.
pub fn flow_until(day: Day) -> Period {
    let months = if day.day >= 10 {
        day.month
    } else {
        day.month.saturating_sub(1)
    };
    let span = match months {
        0 => return Period::year(day.year - 1),
        10.. => Span::Year,
        months => months::of_months(1, months).unwrap_or(Span::FirstMonths(months)),
    };
    Period { year: day.year, span }
}

/// The period that a stock counted on a day stands for.
fn counted_on(day: Day, school: bool) -> Period {
    if school {
        // Schools count at the start (September, October) or the end (May) of their year.
        let ends = if day.month >= 8 { day.year + 1 } else { day.year };
        return Period::school_year_ending(ends);
    }
    match (day.month, day.day) {
        (1, 1) => Period::year(day.year - 1),
        // Half-year reports close a fortnight before the half ends ("đến 15/6").
        (6, 10..=30) | (7, 1) => Period {
            year: day.year,
            span: Span::Half(1),
        },
        (3, 31) => Period {
            year: day.year,
            span: Span::Quarter(1),
        },
        (9, 30) => Period {
            year: day.year,
            span: Span::FirstMonths(9),
        },
        _ => Period::year(day.year),
    }
}

/// A heading or label that is nothing but a period.
pub fn whole(words: &[String]) -> Option<When> {
    let plain: Vec<String> = words.iter().map(|w| text::folded(w)).collect();
    let (when, length) = match_at(&plain, 0)?;
    (length == plain.len()).then_some(when)
}

/// A year written with two digits: "24" among years.
pub fn short_year(text: &str) -> Option<i16> {
    let digits = text.trim().trim_start_matches(['\'', '\u{2019}']);
    let two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let year = 2000 + digits.parse::<i16>().ok().filter(|_| two)?;
    (2000..=2060).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests;
