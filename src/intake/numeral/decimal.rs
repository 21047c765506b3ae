//! A number as its digits say: an integer and how many of its digits are decimals.

/// `digits × 10^-decimals`. As written: 26,10 has two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub digits: i128,
    pub decimals: u8,
}

/// No figure of a country has more digits; beyond, arithmetic could overflow.
const MOST_DIGITS: usize = 27;

impl Decimal {
    pub fn whole_number(value: i128) -> Self {
        Decimal {
            digits: value,
            decimals: 0,
        }
    }

    /// From digits before and after the decimal mark; none if there are none or too many.
    pub(super) fn from_parts(negative: bool, whole: &str, part: &str) -> Option<Self> {
        let all: String = [whole, part].concat();
        if all.is_empty() || !all.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let digits = all.trim_start_matches('0');
        if digits.len() > MOST_DIGITS || part.len() > MOST_DIGITS {
            return None;
        }
        let digits: i128 = if digits.is_empty() {
            0
        } else {
            digits.parse().ok()?
        };
        Some(Decimal {
            digits: if negative { -digits } else { digits },
            decimals: part.len() as u8,
        })
    }

    /// A stored number, to the 15 digits that spreadsheets show: the 0.30000000000000004 of a sum
    /// is the 0.3 that the sender saw. Whole numbers are taken exactly.
    pub(super) fn from_float(value: f64) -> Option<Self> {
        if !value.is_finite() || value.abs() >= 1e21 {
            return None;
        }
        if value.fract() == 0.0 {
            return Some(Decimal::whole_number(value as i128));
        }
        // "-1.23450000000000e-3": the standard library rounds the exact binary value.
        let text = format!("{value:.14e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let (negative, mantissa) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let digits = mantissa.replace('.', "");
        let digits = digits.trim_end_matches('0');
        let point = exponent + 1;
        let length = digits.len() as i32;
        if point <= 0 {
            let zeros = usize::try_from(-point).ok()?;
            // Below what could matter to any figure: noise of a subtraction that should give 0.
            if zeros + digits.len() > MOST_DIGITS {
                return Some(Decimal::whole_number(0));
            }
            return Decimal::from_parts(negative, "", &("0".repeat(zeros) + digits));
        }
        if point >= length {
            let zeros = usize::try_from(point - length).ok()?;
            return Decimal::from_parts(negative, &(digits.to_owned() + &"0".repeat(zeros)), "");
        }
        let (whole, part) = digits.split_at_checked(usize::try_from(point).ok()?)?;
        Decimal::from_parts(negative, whole, part)
    }

    /// The integer it is, if its decimals are all 0: "100,00" is 100.
    pub fn whole(self) -> Option<i64> {
        match self.scaled(0)? {
            (value, true) => Some(value),
            (_, false) => None,
        }
    }

    /// In units of `10^-decimals`, rounded half away from zero, and whether nothing was lost. None
    /// beyond the range of `i64`.
    pub fn scaled(self, decimals: u8) -> Option<(i64, bool)> {
        if decimals >= self.decimals {
            let factor = 10i128.checked_pow(u32::from(decimals - self.decimals))?;
            let value = self.digits.checked_mul(factor)?;
            return Some((i64::try_from(value).ok()?, true));
        }
        let divisor = 10i128.checked_pow(u32::from(self.decimals - decimals))?;
        let (size, rest) = (self.digits.abs() / divisor, self.digits.abs() % divisor);
        let rounded = size + i128::from(rest >= divisor - rest);
        let value = rounded * self.digits.signum();
        Some((i64::try_from(value).ok()?, rest == 0))
    }

    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    pub(super) fn negated(self) -> Self {
        Decimal {
            digits: -self.digits,
            ..self
        }
    }

    /// A share stored as 0.45 in per cent: the decimal mark moves, no digit changes.
    pub(super) fn times_hundred(self) -> Option<Self> {
        Some(match self.decimals {
            0 => Decimal::whole_number(self.digits.checked_mul(100)?),
            1 => Decimal::whole_number(self.digits.checked_mul(10)?),
            decimals => Decimal {
                decimals: decimals - 2,
                ..self
            },
        })
    }
}

/// With a decimal comma and no marks for thousands: what both languages can tell from a count.
impl std::fmt::Display for Decimal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = format!(
            "{:0width$}",
            self.digits.unsigned_abs(),
            width = usize::from(self.decimals) + 1
        );
        let (whole, part) = digits.split_at(digits.len() - usize::from(self.decimals));
        let sign = if self.digits < 0 { "-" } else { "" };
        if part.is_empty() {
            write!(f, "{sign}{whole}")
        } else {
            write!(f, "{sign}{whole},{part}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(digits: i128, decimals: u8) -> Decimal {
        Decimal { digits, decimals }
    }

    #[test]
    fn floats_are_the_numbers_that_were_typed() {
        for (float, expected) in [
            (0.0, of(0, 0)),
            (-0.0, of(0, 0)),
            (12.0, of(12, 0)),
            (9_007_199_254_740_991.0, of(9_007_199_254_740_991, 0)),
            (0.1 + 0.2, of(3, 1)),
            (16.13, of(1613, 2)),
            (-0.00125, of(-125, 5)),
            (1.1 * 3.0, of(33, 1)),
            (123_456_789.125, of(123_456_789_125, 3)),
            (12.000_000_000_000_002, of(12, 0)),
            (1e-300, of(0, 0)),
            (1e20, of(100_000_000_000_000_000_000, 0)),
        ] {
            assert_eq!(Decimal::from_float(float), Some(expected), "{float}");
        }
        for bad in [f64::NAN, f64::INFINITY, 1e21, -1e308] {
            assert_eq!(Decimal::from_float(bad), None);
        }
    }

    #[test]
    fn decimals_are_scaled_with_halves_away_from_zero() {
        assert_eq!(of(10_000, 2).whole(), Some(100));
        assert_eq!(of(125, 1).whole(), None);
        assert_eq!(of(125, 1).scaled(0), Some((13, false)));
        assert_eq!(of(-125, 1).scaled(0), Some((-13, false)));
        assert_eq!(of(1613, 2).scaled(4), Some((161_300, true)));
        assert_eq!(of(i128::from(i64::MAX) + 1, 0).scaled(0), None);
        assert_eq!(of(1, 0).scaled(200), None);
        assert_eq!(of(5, 2).to_string(), "0,05");
        assert_eq!(of(-12_345, 1).to_string(), "-1234,5");
    }
}
