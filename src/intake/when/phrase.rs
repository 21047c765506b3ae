//! One phrase of a period: "quý II/2024", "6 tháng đầu năm", "từ 01/01/2024 đến 30/6/2024".

use super::When;
use super::months::{between, of_months};
use crate::period::{Day, Span};

/// A period of text and how many words it took.
pub type Match = (When, usize);

/// The longest period phrase that begins at word `i` of folded words.
pub fn match_at(words: &[String], i: usize) -> Option<Match> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    // "Đào tạo dưới 3 tháng" says how long, not when.
    let is_length = |k: usize| matches!(words.get(k).map(String::as_str), Some("duoi" | "tren" | "hon"));
    if i > 0 && is_length(i - 1) && word(i + 1) == "thang" {
        return None;
    }
    if (word(i) == "nam" && word(i + 1) == "hoc") || word(i) == "nh" {
        let at = if word(i) == "nh" { i + 1 } else { i + 2 };
        let (end, length) = school_years(words, at)?;
        return Some((school_year(end), at + length - i));
    }
    if let Some((end, length)) = full_school_years(words, i) {
        return Some((school_year(end), length));
    }
    if let Some((period, length)) = range(words, i) {
        let (year, span) = period?;
        return Some((said(year, Some(span)), length));
    }
    if let Some((day, length)) = date(words, i) {
        return Some((counted(day), length));
    }
    if is_until(word(i)) {
        let skip = 1 + usize::from(matches!(word(i + 1), "ngay" | "het" | "cuoi"));
        if let Some((when, length)) = until_end_of(words, i + skip) {
            return Some((when, length + skip));
        }
        let (day, length) = date(words, i + skip)?;
        return Some((counted(day), length + skip));
    }
    if let Some(found) = months_together(words, i) {
        return Some(found);
    }
    let (span, mut at) = match word(i) {
        "ca" if word(i + 1) == "nam" => {
            let year = year(words, i + 2);
            return Some((said(year, Some(Span::Year)), 2 + usize::from(year.is_some())));
        }
        "nua" => half(words, i)?,
        "quy" | "qui" | "q" => quarters(words, i)?,
        // Half-year forms count by "kỳ"; that of a school is another.
        "ky" if i == 0 || word(i - 1) != "hoc" => match word(i + 1) {
            "1" | "i" => (Span::Half(1), i + 2),
            "2" | "ii" => (Span::Half(2), i + 2),
            _ => return None,
        },
        "thang" => (Span::Month(month(words, i + 1)?), i + 2),
        // "T6/2024"; "T6" alone may be a Friday.
        "t" if year(words, i + 2).is_some() => (Span::Month(month(words, i + 1)?), i + 2),
        "nam" => return Some((said(Some(year(words, i + 1)?), None), 2)),
        _ => return Some((said(Some(year(words, i)?), None), 1)),
    };
    let length = at - i;
    at += usize::from(word(at) == "-" || word(at) == "nam");
    let year = year(words, at);
    // "quý I năm" without a number: the word belongs to what follows.
    let length = if year.is_some() { at + 1 - i } else { length };
    Some((said(year, Some(span)), length))
}

/// "(lũy kế đến) tháng 6/2024", "(đến hết) quý III năm 2024": from the first of January.
fn until_end_of(words: &[String], i: usize) -> Option<Match> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let last = match word(i) {
        "thang" => month(words, i + 1)?,
        "quy" | "qui" => 3 * quarter(word(i + 1))?,
        _ => return None,
    };
    let mut at = i + 2;
    at += usize::from(matches!(word(at), "-" | "nam") && year(words, at + 1).is_some());
    let year = year(words, at);
    let length = at - i + usize::from(year.is_some());
    Some((said(year, of_months(1, last)), length))
}

/// A year, if one is said, and a span of it.
type Said = (Option<i16>, Span);

/// From one day or month to another: the period, none if it is no period of reports, and its words.
pub fn range(words: &[String], i: usize) -> Option<(Option<Said>, usize)> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let mut at = i + usize::from(word(i) == "tu");
    at += usize::from(word(at) == "ngay");
    let to = |at: usize, of: &[&str]| {
        let mut next = at;
        while ["-", "den", "het"].contains(&word(next)) {
            next += 1;
        }
        (next > at).then(|| next + usize::from(of.contains(&word(next))))
    };
    if let Some((from, length)) = date(words, at) {
        let next = to(at + length, &["ngay"])?;
        let (until, length) = date(words, next)?;
        let period = between(from, until).map(|(year, span)| (Some(year), span));
        return Some((period, next + length - i));
    }
    if word(at) != "thang" {
        return None;
    }
    let from = month(words, at + 1)?;
    let mut end = at + 2;
    let of_from = year(words, end);
    end += usize::from(of_from.is_some());
    end = to(end, &["thang"])?;
    let until = month(words, end)?;
    end += 1;
    end += usize::from((word(end) == "nam" || word(end) == "-") && year(words, end + 1).is_some());
    let of_until = year(words, end);
    end += usize::from(of_until.is_some());
    let period = match (of_from, of_until) {
        (Some(first), Some(last)) => {
            let (from, until) = (Day::new(first, from, 1), Day::new(last, until, 28));
            between(from, until).map(|(year, span)| (Some(year), span))
        }
        (first, last) => of_months(from, until).map(|span| (first.or(last), span)),
    };
    Some((period, end - i))
}

/// "nửa đầu năm", "nửa cuối năm": the span, and the word after it.
fn half(words: &[String], i: usize) -> Option<(Span, usize)> {
    match words.get(i + 1)?.as_str() {
        "dau" => Some((Span::Half(1), i + 2)),
        "cuoi" => Some((Span::Half(2), i + 2)),
        _ => None,
    }
}

/// "quý II", "quý I và quý II", "quý I, II, III": the span, and the word after it.
fn quarters(words: &[String], i: usize) -> Option<(Span, usize)> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let mut last = quarter(word(i + 1))?;
    let first = last;
    let mut at = i + 2;
    loop {
        let mut next = at;
        while ["va", "-", "den", "quy", "qui", "q", "+"].contains(&word(next)) {
            next += 1;
        }
        let through = (at..next).any(|k| ["-", "den"].contains(&word(k)));
        match quarter(word(next)) {
            Some(more) if more == last + 1 || through && more > last => {
                last = more;
                at = next + 1;
            }
            _ => break,
        }
    }
    // Quarters that make no period of reports are read one by one.
    let together = of_months(3 * first - 2, 3 * last).map(|span| (span, at));
    Some(together.unwrap_or((Span::Quarter(first), i + 2)))
}

/// "6 tháng đầu năm 2024", "9 tháng năm 2024", "6 tháng cuối năm", "6T 2024", "2 quý đầu năm".
fn months_together(words: &[String], i: usize) -> Option<Match> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let count = match word(i) {
        "hai" => 2,
        "ba" => 3,
        "sau" => 6,
        "chin" => 9,
        _ => number(words, i).filter(|n| (1..=12).contains(n))?,
    };
    let by_quarters = word(i + 1) == "quy";
    let count = if by_quarters { 3 * count } else { count };
    let short = word(i + 1) == "t" && matches!(count, 3 | 6 | 9 | 12);
    let months = word(i + 1) == "thang" || short || by_quarters;
    if !months || count > 12 || (number(words, i + 2).is_some() && year(words, i + 2).is_none()) {
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
    let count = count as u8;
    let span = match second {
        true => of_months(13 - count, 12).filter(|_| matches!(count, 3 | 6))?,
        false => of_months(1, count)?,
    };
    Some((said(year, Some(span)), at - i))
}

fn said(year: Option<i16>, span: Option<Span>) -> When {
    When {
        year,
        span,
        as_of: None,
    }
}

fn counted(day: Day) -> When {
    When {
        year: Some(day.year),
        span: None,
        as_of: Some(day),
    }
}

fn school_year(end: i16) -> When {
    said(Some(end), Some(Span::SchoolYear))
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
pub(super) fn date(words: &[String], i: usize) -> Option<(Day, usize)> {
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

pub(super) fn is_until(word: &str) -> bool {
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

fn month(words: &[String], i: usize) -> Option<u8> {
    let month = number(words, i).filter(|m| (1..=12).contains(m))?;
    u8::try_from(month).ok()
}

pub(super) fn number(words: &[String], i: usize) -> Option<i64> {
    let word = words.get(i)?;
    (word.len() <= 4).then(|| word.parse().ok()).flatten()
}

fn year(words: &[String], i: usize) -> Option<i16> {
    let word = words.get(i).filter(|w| w.len() == 4)?;
    word.parse().ok().filter(|y| (1990..=2100).contains(y))
}

/// "2021-2030": a plan, not a period. A school year is consecutive and is not caught here.
pub(super) fn year_range(words: &[String], i: usize) -> Option<usize> {
    let from = year(words, i)?;
    let to = (words.get(i + 1).map(String::as_str) == Some("-"))
        .then(|| year(words, i + 2))
        .flatten()?;
    (to != from + 1).then_some(3)
}
