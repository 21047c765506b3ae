//! Dates and years of birth as lists write them, and the age on a stated day.
//!
//! Holds: a day that does not exist is no date; a year alone leaves two possible ages unless the day is the
//!        last of its year.

use crate::intake::grid::{Cell, Value};
use crate::period::Day;
use crate::text;

/// When somebody was born, as far as it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Birth {
    Day(Day),
    Year(i16),
}

/// Days of Excel's calendar from 30 December 1899 on which people who stand in lists were born.
const SERIALS: std::ops::RangeInclusive<i64> = 2_200..=75_000;

/// `Ok(None)`: nothing is said. `Err`: something that is no day and no year.
pub(super) fn read(cell: Option<&Cell>) -> Result<Option<Birth>, ()> {
    let Some(cell) = cell else { return Ok(None) };
    match &cell.value {
        Value::Date(year, month, day) => existing(*year, u32::from(*month), u32::from(*day)),
        Value::Number(n) if n.fract() == 0.0 => {
            let n = *n as i64;
            match i16::try_from(n).ok().filter(|y| (1900..=2100).contains(y)) {
                Some(year) => Ok(Some(Birth::Year(year))),
                None if SERIALS.contains(&n) => Ok(Some(Birth::Day(of_serial(n)))),
                None => Err(()),
            }
        }
        Value::Text(written) => of_text(written),
        _ => Err(()),
    }
}

/// "12/03/2015", "12-3-2015", "ngày 12 tháng 3 năm 2015", "2015-03-12", "3/2015", "2015".
fn of_text(written: &str) -> Result<Option<Birth>, ()> {
    let plain = text::folded(written);
    if plain.trim().is_empty() || plain.chars().all(|c| matches!(c, '-' | '.' | '…' | ' ')) {
        return Ok(None);
    }
    let known = |word: &str| matches!(word, "ngay" | "thang" | "nam" | "sinh");
    let mut numbers: Vec<&str> = Vec::new();
    for word in plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !known(w))
    {
        if !word.bytes().all(|b| b.is_ascii_digit()) || word.len() > 4 {
            return Err(());
        }
        numbers.push(word);
    }
    let number = |word: &str| word.parse::<u32>().map_err(|_| ());
    let year = |word: &str| match word.len() {
        4 => word
            .parse::<i16>()
            .ok()
            .filter(|y| (1900..=2100).contains(y))
            .ok_or(()),
        _ => Err(()),
    };
    match numbers.as_slice() {
        [y] => Ok(Some(Birth::Year(year(y)?))),
        [m, y] if (1..=12).contains(&number(m)?) => Ok(Some(Birth::Year(year(y)?))),
        [y, m, d] if y.len() == 4 => existing(year(y)?, number(m)?, number(d)?),
        [d, m, y] => existing(year(y)?, number(m)?, number(d)?),
        _ => Err(()),
    }
}

fn existing(year: i16, month: u32, day: u32) -> Result<Option<Birth>, ()> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return Err(()),
    };
    if !(1..=days).contains(&day) || !(1900..=2100).contains(&year) {
        return Err(());
    }
    Ok(Some(Birth::Day(Day::new(year, month as u8, day as u8))))
}

/// The day of an Excel serial number, by the civil calendar.
fn of_serial(serial: i64) -> Day {
    // Days from 1 March of year 0, so that the day added in leap years is the last of its year; the serial number
    // of 1 January 1970 is 25,569, and that day is the 719,468th.
    let z = serial - 25_569 + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Day::new(year as i16, month as u8, day as u8)
}

impl Birth {
    /// The least and the greatest age in completed years on a day; none if born after it.
    pub(super) fn ages_on(self, on: Day) -> Option<(i16, i16)> {
        let (least, most) = match self {
            Birth::Day(born) => {
                let before = (on.month, on.day) < (born.month, born.day);
                let age = on.year - born.year - i16::from(before);
                (age, age)
            }
            Birth::Year(year) => {
                let most = on.year - year;
                let last_day = (on.month, on.day) == (12, 31);
                (if last_day { most } else { (most - 1).max(0) }, most)
            }
        };
        (most >= 0 && least >= 0).then_some((least, most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::CellAddress;

    fn born(value: Value) -> Result<Option<Birth>, ()> {
        let at = CellAddress::new(0, 0);
        read(Some(&Cell {
            at,
            value,
            percent: false,
        }))
    }

    fn text(written: &str) -> Result<Option<Birth>, ()> {
        born(Value::Text(written.to_owned()))
    }

    #[test]
    fn days_years_and_what_is_neither() {
        let day = |y, m, d| Ok(Some(Birth::Day(Day::new(y, m, d))));
        assert_eq!(text("12/03/2015"), day(2015, 3, 12));
        assert_eq!(text("12-3-2015"), day(2015, 3, 12));
        assert_eq!(text("2015-03-12"), day(2015, 3, 12));
        assert_eq!(text("ngày 12 tháng 3 năm 2015"), day(2015, 3, 12));
        assert_eq!(text("3/2015"), Ok(Some(Birth::Year(2015))));
        assert_eq!(born(Value::Number(2015.0)), Ok(Some(Birth::Year(2015))));
        // Excel's 42075 is 12 March 2015; 36526 is 1 January 2000; 43890 is 29 February 2020.
        assert_eq!(born(Value::Number(42_075.0)), day(2015, 3, 12));
        assert_eq!(born(Value::Number(36_526.0)), day(2000, 1, 1));
        assert_eq!(born(Value::Number(43_890.0)), day(2020, 2, 29));
        for impossible in [
            "29/02/2015",
            "31/04/2015",
            "1/13/2015",
            "12/03/15",
            "khoảng 2015?",
            "0/0/2015",
        ] {
            assert_eq!(text(impossible), Err(()), "{impossible}");
        }
        assert_eq!(text("…"), Ok(None));
    }

    #[test]
    fn ages_are_completed_years_on_the_day() {
        let on = Day::new(2024, 12, 31);
        let birth = |y, m, d| Birth::Day(Day::new(y, m, d));
        assert_eq!(birth(2008, 12, 31).ages_on(on), Some((16, 16)));
        assert_eq!(birth(2009, 1, 1).ages_on(on), Some((15, 15)));
        assert_eq!(Birth::Year(2008).ages_on(on), Some((16, 16)));
        assert_eq!(Birth::Year(2008).ages_on(Day::new(2024, 6, 30)), Some((15, 16)));
        assert_eq!(birth(2025, 1, 1).ages_on(on), None);
    }
}
