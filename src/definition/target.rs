//! Targets as data rows: who must reach what, by when, by which act.

use super::programmes::ProgrammeId;
use crate::period::Day;

/// `>= <= > < = ~`. `About` ("khoảng") has no legal tolerance; the catalogue's setting is used and printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    AtLeast,
    AtMost,
    Above,
    Below,
    Exactly,
    About,
}

impl Comparator {
    pub const ALL: [Comparator; 6] = [
        Comparator::AtLeast,
        Comparator::AtMost,
        Comparator::Above,
        Comparator::Below,
        Comparator::Exactly,
        Comparator::About,
    ];

    pub fn sign(self) -> &'static str {
        match self {
            Comparator::AtLeast => ">=",
            Comparator::AtMost => "<=",
            Comparator::Above => ">",
            Comparator::Below => "<",
            Comparator::Exactly => "=",
            Comparator::About => "~",
        }
    }

    /// As printed: `≥`, `≤`, `khoảng`-sign `≈`.
    pub fn printed(self) -> &'static str {
        match self {
            Comparator::AtLeast => "≥",
            Comparator::AtMost => "≤",
            Comparator::About => "≈",
            other => other.sign(),
        }
    }

    pub fn parse(sign: &str) -> Option<Comparator> {
        Comparator::ALL.into_iter().find(|c| c.sign() == sign)
    }
}

/// When a target applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// To be reached in this year; years up to it are judged against it.
    By(i16),
    /// Must hold in this year and every later one; earlier years are judged against it too.
    EveryYearFrom(i16),
}

impl When {
    pub fn year(self) -> i16 {
        match self {
            When::By(y) | When::EveryYearFrom(y) => y,
        }
    }
}

/// One row of `targets.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The programme that sets it.
    pub programme: ProgrammeId,
    /// Id of the indicator.
    pub indicator: String,
    /// Code of the unit whose territory it binds; `VN` for the national row.
    pub locality: String,
    pub when: When,
    pub comparator: Comparator,
    /// In tenths of the indicator's unit: 60 % is 600; 1,7 times is 17.
    pub value_tenths: i64,
    pub act: String,
    /// Day of the act; of two rows for the same place and year the later wins.
    pub issued: Option<Day>,
    pub verified: bool,
    /// What the row says besides, in the office's own words.
    pub note: String,
    /// Row number in the file, which the workbook prints as "the row used".
    pub row: u32,
    pub file: String,
}
