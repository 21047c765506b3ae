//! Which part of a unit's people: all, a known share, or one that nobody states.

use crate::lang::Lang;

/// A fraction of the people, kept exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share {
    pub numerator: u64,
    pub denominator: u64,
}

/// The part of a unit that goes into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Its whole territory.
    Whole,
    /// A known share of its people; 0: land on which nobody lives; 1: everybody, but not all its land.
    Share(Share),
    /// A part; no source states how many people.
    Unknown,
}

impl Part {
    /// Land only: none of the people.
    pub const NONE: Part = Part::Share(Share {
        numerator: 0,
        denominator: 1,
    });
    /// Everybody, but not all the land.
    pub const ALL_PEOPLE: Part = Part::Share(Share {
        numerator: 1,
        denominator: 1,
    });

    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Part::Whole => "whole",
            Part::NONE => "land-only",
            Part::ALL_PEOPLE => "all-people",
            Part::Share(_) => "share",
            Part::Unknown => "unknown",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        let (vi, en) = match self {
            Part::Whole => ("toàn bộ", "whole"),
            Part::NONE => ("một phần đất, không có dân", "land only, nobody lives there"),
            Part::ALL_PEOPLE => ("một phần đất, toàn bộ dân", "part of the land, all people"),
            Part::Share(_) => ("một phần, rõ tỷ lệ dân số", "a part, share of people stated"),
            Part::Unknown => ("một phần, không rõ số dân", "a part, number of people not stated"),
        };
        lang.pick(vi, en)
    }

    /// A part of a part.
    #[must_use]
    pub fn times(self, other: Part) -> Part {
        match (self, other) {
            (Part::Whole, part) | (part, Part::Whole) => part,
            (Part::NONE, _) | (_, Part::NONE) => Part::NONE,
            (Part::Share(a), Part::Share(b)) => a.times(b).map_or(Part::Unknown, Part::Share),
            _ => Part::Unknown,
        }
    }

    /// Two parts of one unit that meet.
    #[must_use]
    pub fn plus(self, other: Part) -> Part {
        match (self, other) {
            (Part::NONE, part) | (part, Part::NONE) => part,
            (Part::Whole, _) | (_, Part::Whole) => Part::Whole,
            (Part::Share(a), Part::Share(b)) => a.plus(b).map_or(Part::Unknown, Part::Share),
            _ => Part::Unknown,
        }
    }
}

impl Share {
    /// Reads `0.4936`, `0` or `1`: no more than 1, at most nine decimals.
    pub fn parse(text: &str) -> Option<Share> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 1 || decimals.len() > 9 || !digits(whole) || !digits(decimals) {
            return None;
        }
        let denominator = 10u64.checked_pow(u32::try_from(decimals.len()).ok()?)?;
        let numerator: u64 = format!("{whole}{decimals}").parse().ok()?;
        (numerator <= denominator).then(|| Share::reduced(numerator, denominator))
    }

    /// `49,36`: in hundredths, two decimals at most, cut.
    pub fn percent(self, lang: Lang) -> String {
        let hundredths = u128::from(self.numerator) * 10_000 / u128::from(self.denominator.max(1));
        let (whole, rest) = (hundredths / 100, hundredths % 100);
        match rest {
            0 => format!("{whole}"),
            _ => format!("{whole}{}{rest:02}", lang.pick(',', '.')),
        }
    }

    /// None if the exact product does not fit.
    pub fn times(self, other: Share) -> Option<Share> {
        let numerator = self.numerator.checked_mul(other.numerator)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        Some(Share::reduced(numerator, denominator))
    }

    /// None if the exact sum does not fit, or is more than everybody.
    pub fn plus(self, other: Share) -> Option<Share> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        let numerator = left.checked_add(right)?;
        let denominator = self.denominator.checked_mul(other.denominator)?;
        (numerator <= denominator).then(|| Share::reduced(numerator, denominator))
    }

    fn reduced(numerator: u64, denominator: u64) -> Share {
        let (mut a, mut b) = (numerator, denominator);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        Share {
            numerator: numerator / a.max(1),
            denominator: denominator / a.max(1),
        }
    }
}
