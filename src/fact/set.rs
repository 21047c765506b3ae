//! All facts of a run, in columns.
//!
//! Polars is used here and nowhere else: a fact is two packed integers ([`Series`], [`Moment`]), a value,
//! its sender and its cell, so millions of facts are eight flat columns of whole numbers.

use polars::prelude::{
    Int64Chunked, NewChunkedArray, UInt8Chunked, UInt16Chunked, UInt32Chunked, UInt64Chunked,
};

use super::{Fact, Moment, SenderId, Senders, Series};
use crate::origin::{CellAddress, CellOrigin, SheetId};

/// The facts of a run in the order in which they were read.
#[derive(Debug, Clone)]
pub struct FactSet {
    series: UInt64Chunked,
    moment: UInt64Chunked,
    value: Int64Chunked,
    sender: UInt32Chunked,
    senders: UInt8Chunked,
    sheet: UInt32Chunked,
    row: UInt32Chunked,
    column: UInt16Chunked,
}

impl FactSet {
    pub fn new(facts: &[Fact]) -> FactSet {
        FactSet {
            series: UInt64Chunked::from_iter_values("series".into(), facts.iter().map(|f| f.series().0)),
            moment: UInt64Chunked::from_iter_values("moment".into(), facts.iter().map(|f| f.moment().0)),
            value: Int64Chunked::from_iter_values("value".into(), facts.iter().map(|f| f.value)),
            sender: UInt32Chunked::from_iter_values("sender".into(), facts.iter().map(|f| f.sender.0)),
            senders: UInt8Chunked::from_iter_values("senders".into(), facts.iter().map(|f| f.senders as u8)),
            sheet: UInt32Chunked::from_iter_values("sheet".into(), facts.iter().map(|f| f.origin.sheet.0)),
            row: UInt32Chunked::from_iter_values("row".into(), facts.iter().map(|f| f.origin.cell.row)),
            // A sheet has 16,384 columns.
            column: UInt16Chunked::from_iter_values(
                "column".into(),
                facts.iter().map(|f| f.origin.cell.column as u16),
            ),
        }
    }

    pub fn len(&self) -> usize {
        self.value.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The facts, one by one, in order.
    pub fn facts(&self) -> impl Iterator<Item = Fact> + '_ {
        let about = self
            .series
            .into_no_null_iter()
            .zip(self.moment.into_no_null_iter());
        let sent = self
            .sender
            .into_no_null_iter()
            .zip(self.senders.into_no_null_iter());
        let cells = (self.row.into_no_null_iter()).zip(self.column.into_no_null_iter());
        let from = self.sheet.into_no_null_iter().zip(cells);
        about.zip(self.value.into_no_null_iter()).zip(sent).zip(from).map(
            |((((series, moment), value), (sender, senders)), (sheet, (row, column)))| {
                let (series, moment) = (Series(series), Moment(moment));
                Fact {
                    measure: series.measure(),
                    breakdown: series.breakdown(),
                    place: moment.place(),
                    period: moment.period(),
                    value,
                    sender: SenderId(sender),
                    senders: Senders::ALL[usize::from(senders).min(Senders::ALL.len() - 1)],
                    origin: CellOrigin {
                        sheet: SheetId(sheet),
                        cell: CellAddress::new(row, u32::from(column)),
                    },
                }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::locality::UnitId;
    use crate::classification::{Breakdown, CategoryId, MeasureId};
    use crate::period::{Period, Span};
    use proptest::prelude::*;

    fn fact() -> impl Strategy<Value = Fact> {
        let about = (
            0u16..4096,
            0u16..4096,
            0u16..4096,
            0u32..900_000,
            2000i16..2100,
            1u8..13,
        );
        let sent = (
            any::<i64>(),
            any::<u32>(),
            0usize..Senders::ALL.len(),
            any::<u32>(),
            0u32..1_048_576,
            0u32..16_384,
        );
        (about, sent).prop_map(|((measure, sex, item, place, year, month), sent)| {
            let (value, sender, senders, sheet, row, column) = sent;
            Fact {
                measure: MeasureId(measure),
                breakdown: Breakdown {
                    sex: CategoryId(sex),
                    item: CategoryId(item),
                    ..Breakdown::default()
                },
                place: UnitId(place),
                period: Period {
                    year,
                    span: Span::Month(month),
                },
                value,
                sender: SenderId(sender),
                senders: Senders::ALL[senders],
                origin: CellOrigin {
                    sheet: SheetId(sheet),
                    cell: CellAddress::new(row, column),
                },
            }
        })
    }

    proptest! {
        #[test]
        fn columns_give_back_what_they_took(facts in prop::collection::vec(fact(), 0..40)) {
            let set = FactSet::new(&facts);
            prop_assert_eq!(set.len(), facts.len());
            prop_assert_eq!(set.facts().collect::<Vec<_>>(), facts);
        }
    }
}
