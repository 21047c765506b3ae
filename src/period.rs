//! The time a figure is about.
//!
//! A school year belongs to the calendar year in which it ends: 2023-2024 is counted under 2024.
//! The administrative units of a period are those in force on its last day.

use std::fmt;

use crate::lang::Lang;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    Year,
    /// 1 or 2.
    Half(u8),
    /// 1 to 4.
    Quarter(u8),
    /// 1 to 12.
    Month(u8),
    /// Months counted from January: 9 is "9 tháng đầu năm". 3, 6 and 12 are quarter, half, year.
    FirstMonths(u8),
    SchoolYear,
}

/// A span of a calendar year, or the school year that ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    pub year: i16,
    pub span: Span,
}

/// A day, ordered; all that `bdg` needs of a calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    pub year: i16,
    pub month: u8,
    pub day: u8,
}

impl Day {
    pub const fn new(year: i16, month: u8, day: u8) -> Self {
        Day { year, month, day }
    }

    /// The day before.
    pub const fn eve(self) -> Day {
        match (self.month, self.day) {
            (1, 1) => Day::new(self.year.saturating_sub(1), 12, 31),
            (month, 1) => Day::new(self.year, month - 1, days_of_month(self.year, month - 1)),
            (month, day) => Day::new(self.year, month, day.saturating_sub(1)),
        }
    }

    /// Reads `2025-07-01`; nothing else.
    pub fn parse(text: &str) -> Option<Day> {
        let mut parts = text.splitn(3, '-');
        let year = parts.next()?.parse().ok()?;
        let month = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
        let day = parts.next()?.parse().ok().filter(|d| (1..=31).contains(d))?;
        Some(Day { year, month, day })
    }

    /// How many days later another day is; 0 if it is not.
    pub fn days_until(self, later: Day) -> u32 {
        u32::try_from(later.number() - self.number()).unwrap_or(0)
    }

    /// Days counted from a day long ago.
    fn number(self) -> i64 {
        let years = i64::from(self.year) - 1;
        let before = years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
        let months = 1..self.month.min(13);
        let days: i64 = months.map(|m| i64::from(days_of_month(self.year, m))).sum();
        before + days + i64::from(self.day)
    }

    /// Whether the next day is the first of a month.
    pub fn is_last_of_month(self) -> bool {
        self.day == days_of_month(self.year, self.month)
    }
}

const fn days_of_month(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Period {
    pub const fn year(year: i16) -> Self {
        Period {
            year,
            span: Span::Year,
        }
    }

    pub const fn school_year_ending(year: i16) -> Self {
        Period {
            year,
            span: Span::SchoolYear,
        }
    }

    /// The first day. A school year begins in September.
    pub fn first_day(self) -> Day {
        let (year, month) = match self.span {
            Span::Year | Span::FirstMonths(_) => (self.year, 1),
            Span::Half(h) => (self.year, 6 * h - 5),
            Span::Quarter(q) => (self.year, 3 * q - 2),
            Span::Month(m) => (self.year, m),
            Span::SchoolYear => (self.year.saturating_sub(1), 9),
        };
        Day::new(year, month, 1)
    }

    /// The last day, which decides the administrative units in force.
    pub fn last_day(self) -> Day {
        let month = match self.span {
            Span::Year => 12,
            Span::Half(h) => 6 * h,
            Span::Quarter(q) => 3 * q,
            Span::Month(m) | Span::FirstMonths(m) => m,
            Span::SchoolYear => 5,
        };
        Day::new(self.year, month, days_of_month(self.year, month))
    }

    /// The same span some years earlier.
    pub fn back(self, years: i16) -> Self {
        Period {
            year: self.year.saturating_sub(years),
            span: self.span,
        }
    }

    /// Whole calendar or school year.
    pub fn is_annual(self) -> bool {
        matches!(self.span, Span::Year | Span::SchoolYear)
    }

    /// Stable code: `2024`, `2024-H1`, `2024-Q3`, `2024-M07`, `2024-9M`, `2023-2024` (school year).
    pub fn code(self) -> String {
        match self.span {
            Span::Year => format!("{}", self.year),
            Span::Half(h) => format!("{}-H{h}", self.year),
            Span::Quarter(q) => format!("{}-Q{q}", self.year),
            Span::Month(m) => format!("{}-M{m:02}", self.year),
            Span::FirstMonths(m) => format!("{}-{m}M", self.year),
            Span::SchoolYear => format!("{}-{}", self.year - 1, self.year),
        }
    }

    /// Reads what [`Period::code`] writes.
    pub fn parse(text: &str) -> Option<Period> {
        let year_of = |t: &str| {
            (t.len() == 4)
                .then(|| t.parse::<i16>().ok())
                .flatten()
                .filter(|y| (1900..=2200).contains(y))
        };
        let Some((head, tail)) = text.split_once('-') else {
            return year_of(text).map(Period::year);
        };
        let year = year_of(head)?;
        if let Some(end) = year_of(tail) {
            return (end == year + 1).then(|| Period::school_year_ending(end));
        }
        let number = |t: &str, top: u8| t.parse::<u8>().ok().filter(|n| (1..=top).contains(n));
        let span = if let Some(h) = tail.strip_prefix('H') {
            Span::Half(number(h, 2)?)
        } else if let Some(q) = tail.strip_prefix('Q') {
            Span::Quarter(number(q, 4)?)
        } else if let Some(m) = tail.strip_prefix('M') {
            Span::Month(number(m, 12)?)
        } else {
            Span::FirstMonths(number(tail.strip_suffix('M')?, 12)?)
        };
        Some(Period { year, span })
    }

    /// `năm 2024`, `6 tháng đầu năm 2024`, `năm học 2023-2024`.
    pub fn words(self, lang: Lang) -> String {
        let y = self.year;
        match (self.span, lang) {
            (Span::Year, Lang::Vi) => format!("năm {y}"),
            (Span::Year, Lang::En) => format!("{y}"),
            (Span::Half(1), Lang::Vi) => format!("6 tháng đầu năm {y}"),
            (Span::Half(_), Lang::Vi) => format!("6 tháng cuối năm {y}"),
            (Span::Half(1), Lang::En) => format!("first half of {y}"),
            (Span::Half(_), Lang::En) => format!("second half of {y}"),
            (Span::Quarter(q), Lang::Vi) => format!("quý {} năm {y}", roman(q)),
            (Span::Quarter(q), Lang::En) => format!("quarter {q} of {y}"),
            (Span::Month(m), Lang::Vi) => format!("tháng {m} năm {y}"),
            (Span::Month(m), Lang::En) => format!("month {m} of {y}"),
            (Span::FirstMonths(m), Lang::Vi) => format!("{m} tháng đầu năm {y}"),
            (Span::FirstMonths(m), Lang::En) => format!("first {m} months of {y}"),
            (Span::SchoolYear, Lang::Vi) => format!("năm học {}-{y}", y - 1),
            (Span::SchoolYear, Lang::En) => format!("school year {}-{y}", y - 1),
        }
    }
}

fn roman(n: u8) -> &'static str {
    ["", "I", "II", "III", "IV"]
        .get(usize::from(n))
        .copied()
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for code in ["2024", "2024-H1", "2024-Q3", "2024-M07", "2024-9M", "2023-2024"] {
            assert_eq!(Period::parse(code).map(Period::code).as_deref(), Some(code));
        }
        for bad in ["24", "2024-", "2024-H3", "2024-2026", "2024-M13", "x"] {
            assert_eq!(Period::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_day_before_is_a_day_of_the_calendar() {
        for (day, eve) in [
            ("2025-07-01", "2025-06-30"),
            ("2024-03-01", "2024-02-29"),
            ("2021-01-01", "2020-12-31"),
            ("2020-01-10", "2020-01-09"),
        ] {
            assert_eq!(Day::parse(day).unwrap().eve(), Day::parse(eve).unwrap());
        }
    }

    #[test]
    fn the_last_day_decides_the_units_in_force() {
        assert_eq!(
            Period::parse("2025-H1").unwrap().last_day(),
            Day::new(2025, 6, 30)
        );
        assert_eq!(Period::year(2025).last_day(), Day::new(2025, 12, 31));
        assert_eq!(Period::school_year_ending(2025).last_day(), Day::new(2025, 5, 31));
    }
}
