//! Periods as sheets write them: "6 tháng đầu năm 2024", "quý II/2024", "NĂM HỌC 2023-2024",
//! "có đến 31/12/2024", "2024" in a file name.
//!
//! In:  text. Out: a [`When`]: year and span as far as they are said.
//! Holds: years of laws ("Thông tư số 23/2011"), of plans ("giai đoạn 2021-2030"), of comparisons
//!        ("so với năm 2023") and of signatures ("ngày 5 tháng 7 năm 2024") are not periods.
//! Leaves to others: which of several places (title, column, file name) wins.

use crate::intake::label;
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

/// A period of text and how many words it took.
type Match = (When, usize);

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

/// The period that a stock counted on a day stands for.
fn counted_on(day: Day, school: bool) -> Period {
    if school {
        // Schools count at the start (September, October) or the end (May) of their year.
        let ends = if day.month >= 8 { day.year + 1 } else { day.year };
        return Period::school_year_ending(ends);
    }
    match (day.month, day.day) {
        (1, 1) => Period::year(day.year - 1),
        (6, 30) | (7, 1) => Period {
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

/// The period in a line of a title; empty if there is none, or several years without a choice.
pub fn in_title(line: &str) -> When {
    scan(&of_figures(line)).0
}

/// The years of a line that names several and says of none that it is meant: "Năm 2023 và năm 2024".
pub fn several_years(line: &str) -> Vec<i16> {
    scan(&of_figures(line)).1
}

/// The part of a line that speaks of the figures: not of laws, plans and comparisons.
fn of_figures(line: &str) -> String {
    let plain = text::folded(line);
    const OTHER_YEARS: [&str; 13] = [
        "ban hanh",
        "thong tu",
        "quyet dinh",
        "nghi quyet",
        "nghi dinh",
        "ngay nhan",
        "giai doan",
        "cong van",
        "/tt-",
        "/qd-",
        "luat ",
        "so voi",
        "so sanh",
    ];
    // "Kết quả năm 2024, kế hoạch năm 2025": only where a period was named before.
    const PLANS: [&str; 4] = ["ke hoach", "phuong huong", "nhiem vu", "du kien"];
    let cut = OTHER_YEARS
        .iter()
        .filter_map(|w| plain.find(w))
        .min()
        .unwrap_or(plain.len());
    let before_plans = PLANS.iter().filter_map(|w| plain[..cut].find(w)).min();
    match before_plans.map(|at| &plain[..at]) {
        Some(before) if scan(before).0.year.is_some() => before.to_owned(),
        _ => plain[..cut].to_owned(),
    }
}

/// The period in a file or sheet name.
pub fn in_name(name: &str) -> When {
    let spaced: String = text::folded(name)
        .chars()
        .map(|c| {
            if matches!(c, '_' | '.' | '(' | ')') {
                ' '
            } else {
                c
            }
        })
        .collect();
    scan(&spaced).0
}

/// A heading or label that is nothing but a period.
pub fn whole(words: &[String]) -> Option<When> {
    let plain: Vec<String> = words.iter().map(|w| text::folded(w)).collect();
    let (when, length) = match_at(&plain, 0)?;
    (length == plain.len()).then_some(when)
}

/// The period of a text, and the years between which it does not choose.
fn scan(plain: &str) -> (When, Vec<i16>) {
    let words = label::words(plain);
    let mut found: Vec<When> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if let Some(length) = signature_date(&words, i).or_else(|| year_range(&words, i)) {
            i += length;
            continue;
        }
        match match_at(&words, i) {
            Some((when, length)) => {
                found.push(when);
                i += length.max(1);
            }
            None => i += 1,
        }
    }
    let mut years: Vec<i16> = found.iter().filter_map(|w| w.year).collect();
    years.sort_unstable();
    years.dedup();
    let best = found
        .iter()
        .copied()
        .find(|w| w.year.is_some() && w.span.is_some())
        .or_else(|| found.iter().copied().find(|w| w.span.is_some()))
        .unwrap_or_default();
    if best.year.is_none() && years.len() > 1 {
        return (When { year: None, ..best }, years);
    }
    (found.into_iter().fold(best, When::or), Vec::new())
}

/// A year written with two digits: "24" among years.
pub fn short_year(text: &str) -> Option<i16> {
    let digits = text.trim().trim_start_matches(['\'', '\u{2019}']);
    let two = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let year = 2000 + digits.parse::<i16>().ok().filter(|_| two)?;
    (2000..=2060).contains(&year).then_some(year)
}

/// "ngày 5 tháng 7 năm 2024" without "đến" before it: the day of signing.
fn signature_date(words: &[String], i: usize) -> Option<usize> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let until = i > 0 && is_until(word(i - 1));
    (word(i) == "ngay" && !until && number(words, i + 1).is_some() && word(i + 2) == "thang")
        .then(|| if word(i + 4) == "nam" { 6 } else { 4 })
}

/// "2021-2030": a plan, not a period. A school year is consecutive and is not caught here.
fn year_range(words: &[String], i: usize) -> Option<usize> {
    let from = year(words, i)?;
    let to = (words.get(i + 1).map(String::as_str) == Some("-"))
        .then(|| year(words, i + 2))
        .flatten()?;
    (to != from + 1).then_some(3)
}

/// The longest period phrase that begins at word `i` of folded words.
pub fn match_at(words: &[String], i: usize) -> Option<Match> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    if (word(i) == "nam" && word(i + 1) == "hoc") || word(i) == "nh" {
        let at = if word(i) == "nh" { i + 1 } else { i + 2 };
        if let Some((end, length)) = school_years(words, at) {
            return Some((school_year(end), at + length - i));
        }
        return None;
    }
    if let Some((end, length)) = full_school_years(words, i) {
        return Some((school_year(end), length));
    }
    if let Some(day) = date(words, i) {
        let (day, length) = day;
        let when = When {
            year: Some(day.year),
            span: None,
            as_of: Some(day),
        };
        return Some((when, length));
    }
    if is_until(word(i)) {
        let skip = usize::from(word(i + 1) == "ngay");
        let (when, length) = date(words, i + 1 + skip).map(|(day, length)| {
            let when = When {
                year: Some(day.year),
                span: None,
                as_of: Some(day),
            };
            (when, length)
        })?;
        return Some((when, length + 1 + skip));
    }
    if let Some(found) = months_together(words, i) {
        return Some(found);
    }
    if word(i) == "ca" && word(i + 1) == "nam" {
        let year = year(words, i + 2);
        let when = When {
            year,
            span: Some(Span::Year),
            as_of: None,
        };
        return Some((when, if year.is_some() { 3 } else { 2 }));
    }
    let (span, mut at) = match word(i) {
        "quy" | "q" => (Span::Quarter(quarter(word(i + 1))?), i + 2),
        "thang" => {
            let month = number(words, i + 1).filter(|m| (1..=12).contains(m))?;
            (Span::Month(month as u8), i + 2)
        }
        "nam" => {
            let year = year(words, i + 1)?;
            let when = When {
                year: Some(year),
                ..When::default()
            };
            return Some((when, 2));
        }
        _ => {
            let year = year(words, i)?;
            let when = When {
                year: Some(year),
                ..When::default()
            };
            return Some((when, 1));
        }
    };
    at += usize::from(word(at) == "-" || word(at) == "nam");
    let year = year(words, at);
    // "quý I năm" without a number: the word belongs to what follows.
    let length = match year {
        Some(_) => at + 1 - i,
        None => 2,
    };
    let when = When {
        year,
        span: Some(span),
        as_of: None,
    };
    Some((when, length))
}

/// "6 tháng đầu năm 2024", "9 tháng năm 2024", "6 tháng cuối năm", "6T 2024".
fn months_together(words: &[String], i: usize) -> Option<Match> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let count = match word(i) {
        "ba" => 3,
        "sau" => 6,
        "chin" => 9,
        _ => number(words, i).filter(|n| (1..=12).contains(n))?,
    };
    let short = word(i + 1) == "t" && matches!(count, 3 | 6 | 9 | 12);
    if !(word(i + 1) == "thang" || short) || (number(words, i + 2).is_some() && year(words, i + 2).is_none())
    {
        return None;
    }
    let mut at = i + 2;
    let second = word(at) == "cuoi";
    let first = word(at) == "dau";
    at += usize::from(first || second);
    let named = word(at) == "nam";
    at += usize::from(named);
    let year = year(words, at);
    at += usize::from(year.is_some());
    if !(first || second || named || year.is_some() || matches!(count, 3 | 6 | 9 | 12)) {
        return None;
    }
    let span = match (count, second) {
        (6, true) => Span::Half(2),
        (3, true) => Span::Quarter(4),
        (_, true) => return None,
        (3, _) => Span::Quarter(1),
        (6, _) => Span::Half(1),
        (12, _) => Span::Year,
        (n, _) => Span::FirstMonths(n as u8),
    };
    let when = When {
        year,
        span: Some(span),
        as_of: None,
    };
    Some((when, at - i))
}

fn school_year(end: i16) -> When {
    When {
        year: Some(end),
        span: Some(Span::SchoolYear),
        as_of: None,
    }
}

/// "2023-2024", "2023 2024", "23-24": the year in which it ends.
fn school_years(words: &[String], i: usize) -> Option<(i16, usize)> {
    if let Some(found) = full_school_years(words, i) {
        return Some(found);
    }
    let dash = usize::from(words.get(i + 1).is_some_and(|w| w == "-"));
    let from = number(words, i)?;
    let to = number(words, i + 1 + dash)?;
    let long = |n: i64| if n < 100 { n + 2000 } else { n };
    let (from, to) = (long(from), long(to));
    (to == from + 1 && (1990..2200).contains(&to)).then_some((to as i16, 2 + dash))
}

fn full_school_years(words: &[String], i: usize) -> Option<(i16, usize)> {
    let dash = usize::from(words.get(i + 1).is_some_and(|w| w == "-"));
    let from = year(words, i)?;
    let to = year(words, i + 1 + dash)?;
    (to == from + 1 && dash == 1).then_some((to, 2 + dash))
}

/// "31 12 2024" (from 31/12/2024), "31 tháng 12 năm 2024".
fn date(words: &[String], i: usize) -> Option<(Day, usize)> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let day = number(words, i).filter(|d| (1..=31).contains(d))?;
    let mut at = i + 1;
    at += usize::from(word(at) == "-" || word(at) == "thang");
    let month = number(words, at).filter(|m| (1..=12).contains(m))?;
    at += 1;
    at += usize::from(word(at) == "-" || word(at) == "nam");
    let year = year(words, at)?;
    Some((Day::new(year, month as u8, day as u8), at + 1 - i))
}

fn is_until(word: &str) -> bool {
    matches!(word, "den" | "diem")
}

fn quarter(word: &str) -> Option<u8> {
    match word {
        "1" | "i" => Some(1),
        "2" | "ii" => Some(2),
        "3" | "iii" => Some(3),
        "4" | "iv" => Some(4),
        _ => None,
    }
}

fn number(words: &[String], i: usize) -> Option<i64> {
    let word = words.get(i)?;
    (word.len() <= 4).then(|| word.parse().ok()).flatten()
}

fn year(words: &[String], i: usize) -> Option<i16> {
    let word = words.get(i).filter(|w| w.len() == 4)?;
    word.parse().ok().filter(|y| (1990..=2100).contains(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(when: When) -> String {
        when.period(false).map_or_else(
            || when.span.map_or("-".to_owned(), |s| format!("{s:?}")),
            Period::code,
        )
    }

    #[test]
    fn titles_name_their_period() {
        for (line, expected) in [
            ("BÁO CÁO THỐNG KÊ NĂM 2024", "2024"),
            ("6 tháng đầu năm 2024", "2024-H1"),
            ("Báo cáo 6 tháng cuối năm 2024", "2024-H2"),
            ("Quý II/2024", "2024-Q2"),
            ("quý 3 năm 2024", "2024-Q3"),
            ("Năm học 2023 - 2024", "2023-2024"),
            ("Kỳ cuối năm học 2023–2024", "2023-2024"),
            ("năm học 23-24", "2023-2024"),
            ("Tháng 3/2024", "2024-M03"),
            ("Số liệu có đến 31/12/2024", "2024"),
            ("(tính đến ngày 30 tháng 6 năm 2025)", "2025-H1"),
            ("9 tháng năm 2024", "2024-9M"),
            ("Báo cáo 12 tháng năm 2024", "2024"),
            (
                "Ban hành theo Thông tư số 23/2011/TT-BVHTTDL ngày 30/12/2011",
                "-",
            ),
            ("Ninh Sơn, ngày 5 tháng 7 năm 2024", "-"),
            ("Ngày nhận báo cáo: 05 tháng 7 hàng năm", "-"),
            ("giai đoạn 2021-2030", "-"),
            ("Chiến lược 2021-2030", "-"),
            ("Kết quả năm 2024 so với năm 2023", "2024"),
            ("Kỳ đầu năm học", "-"),
            ("6 tháng đầu năm", "Half(1)"),
            ("Năm 2023 và năm 2024", "-"),
            ("Kết quả năm 2024, kế hoạch năm 2025", "2024"),
            ("Thực hiện Kế hoạch số 12 năm 2024", "2024"),
            ("Năm 2024 (so sánh với năm 2023)", "2024"),
            ("Học kỳ I năm học 2024-2025", "2024-2025"),
        ] {
            assert_eq!(code(in_title(line)), expected, "{line}");
        }
    }

    #[test]
    fn names_of_files_name_their_period() {
        for (name, expected) in [
            ("BC_xa-Lam-Son_2024.xlsx", "2024"),
            ("dv01 6T 2024 (1).xlsx", "2024-H1"),
            ("hoc-sinh-2023-2024.xls", "2023-2024"),
            ("tin bai quy 2-2024", "2024-Q2"),
            ("dv.xlsx", "-"),
        ] {
            assert_eq!(code(in_name(name)), expected, "{name}");
        }
    }

    #[test]
    fn a_school_counts_in_autumn_for_the_year_that_ends_next() {
        let when = in_title("(có đến 30 tháng 9 năm 2023)");
        assert_eq!(when.period(true), Some(Period::school_year_ending(2024)));
    }
}
