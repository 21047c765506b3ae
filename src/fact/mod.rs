//! One reported figure and what it is about; and all of them, by place.
//!
//! Holds: breakdowns are as reported (a one-way table stays one-way); counts are integers; each
//! fact keeps its source cell.

mod place;
mod set;

pub use place::ByPlace;
pub use set::FactSet;

use crate::classification::locality::UnitId;
use crate::classification::{Breakdown, CategoryId, MeasureId};
use crate::origin::CellOrigin;
use crate::period::{Period, Span};

/// Who sent a figure. Figures of different senders for one place add up only if the form says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SenderId(pub u32);

/// How several senders of one place relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Senders {
    /// One report for a place: a second that differs is a contradiction.
    One,
    /// Each school, facility, station counts its own: they add up.
    Many,
    /// A list of persons for a place: the lists of one file (a sheet for each class) add up, those of two are compared.
    Listed,
    /// The same of each school, facility, station: its lists of one file add up.
    ManyListed,
}

impl Senders {
    /// In the order of their codes, which caches and columns keep.
    pub const ALL: [Senders; 4] = [Senders::One, Senders::Many, Senders::Listed, Senders::ManyListed];

    /// Counted from the rows of a list.
    #[must_use]
    pub fn listed(self) -> Senders {
        match self {
            Senders::One | Senders::Listed => Senders::Listed,
            Senders::Many | Senders::ManyListed => Senders::ManyListed,
        }
    }

    pub fn is_listed(self) -> bool {
        matches!(self, Senders::Listed | Senders::ManyListed)
    }

    /// Whether each sender counts for itself, not each place.
    pub fn are_many(self) -> bool {
        matches!(self, Senders::Many | Senders::ManyListed)
    }

    /// Reads [`Senders::word`].
    pub fn parse(word: &str) -> Option<Senders> {
        Senders::ALL.into_iter().find(|s| s.word() == word)
    }

    /// As `--facts` and forms write it.
    pub fn word(self) -> &'static str {
        match self {
            Senders::One => "one",
            Senders::Many => "many",
            Senders::Listed => "listed",
            Senders::ManyListed => "many-listed",
        }
    }
}

/// One reported figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fact {
    pub measure: MeasureId,
    pub breakdown: Breakdown,
    pub place: UnitId,
    pub period: Period,
    /// In the measure's smallest unit (`10^-decimals`). Below 0 only where the sheet says so: see
    /// [`Fact::is_refused`].
    pub value: i64,
    pub sender: SenderId,
    pub senders: Senders,
    pub origin: CellOrigin,
}

/// A measure under a breakdown, as one integer that orders by measure, item, age, ethnicity, sex.
///
/// Twelve bits each: a catalogue has fewer than 4,096 measures and as many categories
/// ([`Series::LIMIT`]; proved when it is loaded).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Series(pub u64);

impl Series {
    /// Ids must be below this.
    pub const LIMIT: usize = 1 << 12;

    pub fn new(measure: MeasureId, breakdown: Breakdown) -> Self {
        let fields = [
            measure.0,
            breakdown.item.0,
            breakdown.age.0,
            breakdown.ethnicity.0,
            breakdown.sex.0,
        ];
        Series(
            fields
                .iter()
                .fold(0, |packed, id| packed << 12 | u64::from(id & 0xFFF)),
        )
    }

    pub fn measure(self) -> MeasureId {
        MeasureId(self.field(4))
    }

    pub fn breakdown(self) -> Breakdown {
        Breakdown {
            item: CategoryId(self.field(3)),
            age: CategoryId(self.field(2)),
            ethnicity: CategoryId(self.field(1)),
            sex: CategoryId(self.field(0)),
        }
    }

    fn field(self, place: u32) -> u16 {
        (self.0 >> (12 * place) & 0xFFF) as u16
    }
}

/// A place in a period, as one integer that orders by place, then time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub u64);

impl Moment {
    pub fn new(place: UnitId, period: Period) -> Self {
        let span: u8 = match period.span {
            Span::Year => 0,
            Span::SchoolYear => 1,
            Span::Half(h) => 0x10 | (h & 0x0F),
            Span::Quarter(q) => 0x20 | (q & 0x0F),
            Span::Month(m) => 0x30 | (m & 0x0F),
            Span::FirstMonths(m) => 0x40 | (m & 0x0F),
        };
        Moment(u64::from(place.0) << 24 | u64::from(period.year as u16) << 8 | u64::from(span))
    }

    pub fn place(self) -> UnitId {
        UnitId((self.0 >> 24) as u32)
    }

    /// The same period elsewhere.
    #[must_use]
    pub fn at(self, place: UnitId) -> Moment {
        Moment(u64::from(place.0) << 24 | self.0 & 0xFF_FFFF)
    }

    pub fn period(self) -> Period {
        let code = self.0 as u8;
        let number = code & 0x0F;
        let span = match code >> 4 {
            0 if number == 1 => Span::SchoolYear,
            1 => Span::Half(number),
            2 => Span::Quarter(number),
            3 => Span::Month(number),
            4 => Span::FirstMonths(number),
            _ => Span::Year,
        };
        Period {
            year: (self.0 >> 8) as u16 as i16,
            span,
        }
    }
}

impl Fact {
    /// A count below 0 cannot be. It is kept to be known as sent, and used for nothing.
    pub fn is_refused(&self) -> bool {
        self.value < 0
    }

    pub fn series(&self) -> Series {
        Series::new(self.measure, self.breakdown)
    }

    pub fn moment(&self) -> Moment {
        Moment::new(self.place, self.period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back() {
        let breakdown = Breakdown {
            sex: CategoryId(2),
            age: CategoryId(40),
            ethnicity: CategoryId(4095),
            item: CategoryId(7),
        };
        let series = Series::new(MeasureId(41), breakdown);
        assert_eq!((series.measure(), series.breakdown()), (MeasureId(41), breakdown));
        for code in ["2024", "2024-H1", "2024-Q3", "2024-M12", "2024-9M", "2023-2024"] {
            let period = Period::parse(code).unwrap();
            let moment = Moment::new(UnitId(16_496), period);
            assert_eq!((moment.place(), moment.period()), (UnitId(16_496), period));
            assert_eq!(moment.at(UnitId(3)), Moment::new(UnitId(3), period));
        }
    }
}
