//! Runs of months as the spans that reports have.
//!
//! Holds: a run that is no quarter, half, year, school year or the first months of a year is none of them.

use crate::period::{Day, Span};

/// The span from one month to another of the same year, both included.
pub fn of_months(from: u8, to: u8) -> Option<Span> {
    match (from, to) {
        (1, 12) => Some(Span::Year),
        (1, 6) => Some(Span::Half(1)),
        (7, 12) => Some(Span::Half(2)),
        (1, 3) | (4, 6) | (7, 9) | (10, 12) => Some(Span::Quarter(to / 3)),
        (a, b) if a == b => Some(Span::Month(a)),
        (1, n) => Some(Span::FirstMonths(n)),
        _ => None,
    }
}

/// The months of a span; none for a school year, which lies in two years.
fn months_of(span: Span) -> Option<(u8, u8)> {
    Some(match span {
        Span::Year => (1, 12),
        Span::Half(n) => (6 * n - 5, 6 * n),
        Span::Quarter(n) => (3 * n - 2, 3 * n),
        Span::Month(n) => (n, n),
        Span::FirstMonths(n) => (1, n),
        Span::SchoolYear => return None,
    })
}

/// The one span that several make together, if they follow each other: two quarters are a half.
pub fn together(spans: &[Span]) -> Option<Span> {
    let mut months: Vec<(u8, u8)> = spans.iter().map(|s| months_of(*s)).collect::<Option<_>>()?;
    months.sort_unstable();
    months.dedup();
    let follow = months.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0);
    let (first, last) = (months.first()?, months.last()?);
    follow.then(|| of_months(first.0, last.1)).flatten()
}

/// The period from a day to a day. Offices close their books in the middle of a month: from 15/12 of one
/// year to 14/12 of the next is that next year.
pub fn between(from: Day, to: Day) -> Option<(i16, Span)> {
    let month = |day: Day| i32::from(day.year) * 12 + i32::from(day.month) - 1;
    let first = month(from) + i32::from(from.day >= 15);
    let last = month(to) - i32::from(to.day < 14);
    let count = last - first + 1;
    let (year, in_year) = (first.div_euclid(12), first.rem_euclid(12) + 1);
    let end = last.rem_euclid(12) + 1;
    let to_year = i16::try_from(last.div_euclid(12)).ok()?;
    if year == last.div_euclid(12) {
        let span = of_months(u8::try_from(in_year).ok()?, u8::try_from(end).ok()?)?;
        return (count > 0).then_some((to_year, span));
    }
    match count {
        9..=12 if matches!(in_year, 8 | 9) && (5..=8).contains(&end) => Some((to_year, Span::SchoolYear)),
        12 if end >= 9 => Some((to_year, Span::Year)),
        _ => None,
    }
}
