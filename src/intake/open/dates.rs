//! Serial day numbers of spreadsheets and ISO dates → year, month, day.

/// Day 1 is 1 January 1900 (or day 0 is 1 January 1904). None outside the years 1900 to 9999 and for
/// day 60, the 29 February 1900 that Excel has and the calendar has not.
pub(super) fn from_serial(serial: f64, from_1904: bool) -> Option<(i16, u8, u8)> {
    if !serial.is_finite() || !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    let days = serial.floor() as i64 + if from_1904 { 1462 } else { 0 };
    // Days since 1 March of year 0, proleptic Gregorian calendar.
    let since_epoch = match days {
        1..=59 => days + 693_900,
        61..=2_958_465 => days + 693_899,
        _ => return None,
    };
    Some(civil(since_epoch))
}

/// `2024-05-01`, with or without a time after it. None for a day that the calendar does not have.
pub(super) fn from_iso(text: &str) -> Option<(i16, u8, u8)> {
    let mut parts = text.trim().split('T').next()?.splitn(3, '-');
    let year: i16 = parts.next()?.parse().ok().filter(|y| (1..=9999).contains(y))?;
    let month: u8 = parts.next()?.parse().ok().filter(|m| (1..=12).contains(m))?;
    let day: u8 = parts.next()?.parse().ok()?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=last).contains(&day).then_some((year, month, day))
}

/// Days since 1 March of year 0 → year, month, day. Years start in March, so the leap day is last.
fn civil(days: i64) -> (i16, u8, u8) {
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (month, later) = if month < 10 {
        (month + 3, 0)
    } else {
        (month - 9, 1)
    };
    ((year_of_era + era * 400 + later) as i16, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_the_days_that_excel_shows() {
        for (serial, expected) in [
            (1.0, Some((1900, 1, 1))),
            (59.0, Some((1900, 2, 28))),
            (60.0, None),
            (61.0, Some((1900, 3, 1))),
            (45_413.5, Some((2024, 5, 1))),
            (45_657.0, Some((2024, 12, 31))),
            (2_958_465.0, Some((9999, 12, 31))),
            (2_958_466.0, None),
            (-1.0, None),
            (-1e308, None),
            (f64::NAN, None),
        ] {
            assert_eq!(from_serial(serial, false), expected, "{serial}");
        }
        assert_eq!(from_serial(43_951.0, true), Some((2024, 5, 1)));
    }

    #[test]
    fn iso_dates_must_exist() {
        assert_eq!(from_iso("2024-02-29T00:00:00"), Some((2024, 2, 29)));
        for bad in [
            "2023-02-29",
            "2024-13-01",
            "2024-1",
            "",
            "x-1-1",
            "2024-04-31",
            "0-1-1",
        ] {
            assert_eq!(from_iso(bad), None, "{bad}");
        }
    }
}
