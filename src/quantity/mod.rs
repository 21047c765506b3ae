//! Exact numbers, their units, and why a number is missing.
//!
//! Holds: a count is an integer; an amount (hours) is an integer of its measure's smallest unit;
//! a ratio is two integers until `report` rounds it. There is no `f64` on the way, no NaN, no
//! `Option` that means "missing": a missing number is an [`Absence`] and says why.

use serde::Deserialize;

use crate::lang::{Lang, Words};

/// What is counted. Persons and cases are different: one victim may appear in several cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    Persons,
    Cases,
    Births,
    Households,
    Agencies,
    Organisations,
    Enterprises,
    Facilities,
    Institutions,
    Stations,
    Programmes,
    NewsItems,
    Villages,
    /// Village conventions and the like.
    Documents,
    /// Medical procedures: one person may have several.
    Procedures,
    Hours,
    /// 1 is yes, 0 is no.
    YesNo,
}

impl Unit {
    /// Stable code, as written in the catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Persons => "persons",
            Unit::Cases => "cases",
            Unit::Births => "births",
            Unit::Households => "households",
            Unit::Agencies => "agencies",
            Unit::Organisations => "organisations",
            Unit::Enterprises => "enterprises",
            Unit::Facilities => "facilities",
            Unit::Institutions => "institutions",
            Unit::Stations => "stations",
            Unit::Programmes => "programmes",
            Unit::NewsItems => "news-items",
            Unit::Villages => "villages",
            Unit::Documents => "documents",
            Unit::Procedures => "procedures",
            Unit::Hours => "hours",
            Unit::YesNo => "yes-no",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Unit::Persons => ("người", "persons"),
            Unit::Cases => ("vụ", "cases"),
            Unit::Births => ("trẻ", "births"),
            Unit::Households => ("hộ", "households"),
            Unit::Agencies => ("cơ quan", "agencies"),
            Unit::Organisations => ("tổ chức", "organisations"),
            Unit::Enterprises => ("doanh nghiệp, hợp tác xã", "enterprises and cooperatives"),
            Unit::Facilities => ("cơ sở", "facilities"),
            Unit::Institutions => ("cơ sở đào tạo", "institutions"),
            Unit::Stations => ("đài", "stations"),
            Unit::Programmes => ("chương trình", "programmes"),
            Unit::NewsItems => ("tin, bài", "news items"),
            Unit::Villages => ("thôn, tổ dân phố", "villages"),
            Unit::Documents => ("văn bản", "documents"),
            Unit::Procedures => ("ca", "procedures"),
            Unit::Hours => ("giờ", "hours"),
            Unit::YesNo => ("có/không", "yes/no"),
        };
        lang.pick(vi, en)
    }
}

/// The unit in which an indicator is expressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RatioUnit {
    Percent,
    /// Women's value divided by men's.
    Times,
    BoysPer100Girls,
    #[serde(rename = "per-100")]
    PerHundred,
    #[serde(rename = "per-1000")]
    PerThousand,
    #[serde(rename = "per-100000")]
    PerHundredThousand,
    YesNo,
}

impl RatioUnit {
    /// Stable code, as written in the catalogue.
    pub fn code(self) -> &'static str {
        match self {
            RatioUnit::Percent => "percent",
            RatioUnit::Times => "times",
            RatioUnit::BoysPer100Girls => "boys-per100-girls",
            RatioUnit::PerHundred => "per-100",
            RatioUnit::PerThousand => "per-1000",
            RatioUnit::PerHundredThousand => "per-100000",
            RatioUnit::YesNo => "yes-no",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            RatioUnit::Percent => ("%", "%"),
            RatioUnit::Times => ("lần", "times"),
            RatioUnit::BoysPer100Girls => ("bé trai/100 bé gái", "boys per 100 girls"),
            RatioUnit::PerHundred => ("ca/100 trẻ sinh sống", "per 100 live births"),
            RatioUnit::PerThousand => ("ca/1.000 phụ nữ", "per 1,000 women"),
            RatioUnit::PerHundredThousand => ("ca/100.000 trẻ sinh sống", "per 100,000 live births"),
            RatioUnit::YesNo => ("có/không", "yes/no"),
        };
        lang.pick(vi, en)
    }
}

/// Why there is no number. Zero is not an absence; a dash that means "none" is a reported zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Absence {
    /// Nobody sent the figures it needs; names what is missing, e.g. the measure.
    NotReported(Words),
    /// It has no meaning on this level ("không tính ở cấp này"); the declared reason.
    NotApplicable(Words),
    /// The denominator is 0: the event did not occur ("không phát sinh").
    NotOccurred,
    /// It could be computed if the named difficulty were removed.
    CannotCompute(Words),
    /// The sources contradict each other.
    Conflict(Words),
    /// Hidden to protect persons.
    Withheld,
    /// Part of the territory came or went and no source states how many people: only bounds are known.
    Uncertain,
}

impl Absence {
    /// The sign printed in place of the number; the legend on the cover explains it.
    pub fn sign(&self) -> &'static str {
        match self {
            Absence::NotReported(_) => "…",
            Absence::NotApplicable(_) => "x",
            Absence::NotOccurred => "-",
            Absence::CannotCompute(_) => "?",
            Absence::Conflict(_) => "!",
            Absence::Withheld => "[c]",
            Absence::Uncertain => "↔",
        }
    }

    /// The code itself, of one that [`Absence::code`] gives.
    pub fn known_code(text: &str) -> Option<&'static str> {
        const ALL: [&str; 7] = [
            "not-reported",
            "not-applicable",
            "not-occurred",
            "cannot-compute",
            "conflict",
            "withheld",
            "bounds",
        ];
        ALL.into_iter().find(|code| *code == text)
    }

    /// Stable code for tidy data; never translated.
    pub fn code(&self) -> &'static str {
        match self {
            Absence::NotReported(_) => "not-reported",
            Absence::NotApplicable(_) => "not-applicable",
            Absence::NotOccurred => "not-occurred",
            Absence::CannotCompute(_) => "cannot-compute",
            Absence::Conflict(_) => "conflict",
            Absence::Withheld => "withheld",
            Absence::Uncertain => "bounds",
        }
    }
}

/// `scale × numerator / denominator`, exact. The denominator is never 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    pub numerator: i64,
    pub denominator: i64,
    pub scale: i64,
}

impl Ratio {
    /// Rounded half away from zero, as printed in Vietnam, in units of `10^-decimals`:
    /// 2628/3193 × 100 with one decimal is 823 ("82,3").
    pub fn rounded(self, decimals: u8) -> i64 {
        let scaled =
            i128::from(self.numerator) * i128::from(self.scale) * 10i128.pow(u32::from(decimals.min(9)));
        let d = i128::from(self.denominator);
        let (scaled, d) = if d < 0 { (-scaled, -d) } else { (scaled, d) };
        let half_up = if scaled >= 0 {
            (2 * scaled + d) / (2 * d)
        } else {
            -((-2 * scaled + d) / (2 * d))
        };
        half_up.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64
    }

    /// Exact order against `value` given in units of `10^-decimals`.
    pub fn compare(self, value: i64, decimals: u8) -> std::cmp::Ordering {
        let left =
            i128::from(self.numerator) * i128::from(self.scale) * 10i128.pow(u32::from(decimals.min(9)));
        let right = i128::from(value) * i128::from(self.denominator);
        if self.denominator > 0 {
            left.cmp(&right)
        } else {
            right.cmp(&left)
        }
    }

    /// Nearest `f64`, for file formats that hold nothing else.
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 * self.scale as f64 / self.denominator as f64
    }
}

/// A count of which only bounds may be known; both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Bounds {
    pub low: i64,
    pub high: i64,
}

impl Bounds {
    pub const fn certain(value: i64) -> Self {
        Bounds {
            low: value,
            high: value,
        }
    }

    /// Anything from none of it to all of it.
    pub fn none_to(value: i64) -> Self {
        Bounds {
            low: value.min(0),
            high: value.max(0),
        }
    }

    pub fn exact(self) -> Option<i64> {
        (self.low == self.high).then_some(self.low)
    }

    /// Between the bounds, how many are not certain.
    pub fn open(self) -> i64 {
        self.high.saturating_sub(self.low)
    }

    #[must_use]
    pub fn plus(self, other: Bounds) -> Bounds {
        Bounds {
            low: self.low.saturating_add(other.low),
            high: self.high.saturating_add(other.high),
        }
    }

    #[must_use]
    pub fn negated(self) -> Bounds {
        Bounds {
            low: self.high.saturating_neg(),
            high: self.low.saturating_neg(),
        }
    }
}

/// `823, 1 → "82,3"` in Vietnamese, `"82.3"` in English, with thousands marked.
pub fn print_decimal(value: i64, decimals: u8, lang: Lang) -> String {
    let (point, thousands) = lang.pick((',', '.'), ('.', ','));
    let digits = format!(
        "{:0width$}",
        value.unsigned_abs(),
        width = usize::from(decimals) + 1
    );
    let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
    let mut out = String::new();
    if value < 0 {
        out.push('-');
    }
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(thousands);
        }
        out.push(c);
    }
    if !part.is_empty() {
        out.push(point);
        out.push_str(part);
    }
    out
}

/// The same without zeros at the end of the decimals.
pub fn print_trimmed(value: i64, decimals: u8, lang: Lang) -> String {
    let (mut value, mut decimals) = (value, decimals);
    while decimals > 0 && value % 10 == 0 {
        (value, decimals) = (value / 10, decimals - 1);
    }
    print_decimal(value, decimals, lang)
}

/// Digits with a decimal point and no thousands mark: the same in every language, for problems.
pub fn print_plain(value: i64, decimals: u8) -> String {
    let text = print_decimal(value, decimals, Lang::En).replace(',', "");
    match text.split_once('.') {
        Some((whole, part)) if part.bytes().all(|b| b == b'0') => whole.to_owned(),
        Some((whole, part)) => format!("{whole}.{}", part.trim_end_matches('0')),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_shares_are_reproduced_with_half_up_rounding() {
        // Numerator, denominator, published per cent × 100: figures of the Government's own reports.
        for (n, d, published, decimals) in [
            (47, 63, 746, 1),
            (151, 499, 3026, 2),
            (203, 499, 4068, 2),
            (2628, 3193, 823, 1),
            (82_085_729, 96_208_984, 853, 1),
        ] {
            let ratio = Ratio {
                numerator: n,
                denominator: d,
                scale: 100,
            };
            assert_eq!(ratio.rounded(decimals), published, "{n}/{d}");
        }
    }

    #[test]
    fn halves_round_away_from_zero() {
        let ratio = |n, d| {
            Ratio {
                numerator: n,
                denominator: d,
                scale: 1,
            }
            .rounded(0)
        };
        assert_eq!(
            (ratio(5, 2), ratio(-5, 2), ratio(1, 3), ratio(5, -2)),
            (3, -3, 0, -3)
        );
    }

    #[test]
    fn decimals_print_as_the_language_does() {
        assert_eq!(print_decimal(823, 1, Lang::Vi), "82,3");
        assert_eq!(print_decimal(-1_234_567, 0, Lang::Vi), "-1.234.567");
        assert_eq!(print_decimal(5, 2, Lang::En), "0.05");
    }
}
