//! Facts in columns, and the one aggregation that all sums are made of.
//!
//! Polars is used here and nowhere else: a fact is two packed integers ([`Series`], [`Moment`]),
//! a value, its sender and its cell, so millions of facts are eight flat columns, and adding up is
//! a grouped sum over integers.

use polars::prelude::*;

use super::{Fact, Moment, SenderId, Senders, Series};
use crate::origin::{CellAddress, CellOrigin, SheetId};

/// The column engine failed: out of memory, or a fault of ours.
#[derive(Debug)]
pub struct ColumnFault(String);

impl std::fmt::Display for ColumnFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ColumnFault {}

impl From<PolarsError> for ColumnFault {
    fn from(error: PolarsError) -> Self {
        ColumnFault(error.to_string())
    }
}

/// The facts of a run, in columns, in the order in which they were read.
#[derive(Debug, Clone)]
pub struct FactSet {
    frame: DataFrame,
}

/// Values by series and moment: sorted, each key once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums {
    pub series: Vec<Series>,
    pub moments: Vec<Moment>,
    pub values: Vec<i64>,
}

impl FactSet {
    pub fn new(facts: &[Fact]) -> Result<FactSet, ColumnFault> {
        let columns = vec![
            column("series", facts, |f| f.series().0),
            column("moment", facts, |f| f.moment().0),
            Column::new("value".into(), facts.iter().map(|f| f.value).collect::<Vec<_>>()),
            small("sender", facts, |f| f.sender.0),
            small("many", facts, |f| u32::from(f.senders == Senders::Many)),
            small("sheet", facts, |f| f.origin.sheet.0),
            small("row", facts, |f| f.origin.cell.row),
            small("column", facts, |f| f.origin.cell.column),
        ];
        Ok(FactSet {
            frame: DataFrame::new(facts.len(), columns)?,
        })
    }

    pub fn len(&self) -> usize {
        self.frame.height()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The facts, one by one, in order.
    pub fn facts(&self) -> Result<Vec<Fact>, ColumnFault> {
        let wide = |name: &str| -> Result<Vec<u64>, ColumnFault> {
            Ok(self.frame.column(name)?.u64()?.into_no_null_iter().collect())
        };
        let narrow = |name: &str| -> Result<Vec<u32>, ColumnFault> {
            Ok(self.frame.column(name)?.u32()?.into_no_null_iter().collect())
        };
        let (series, moments) = (wide("series")?, wide("moment")?);
        let values: Vec<i64> = self.frame.column("value")?.i64()?.into_no_null_iter().collect();
        let (senders, many) = (narrow("sender")?, narrow("many")?);
        let (sheets, rows, columns) = (narrow("sheet")?, narrow("row")?, narrow("column")?);
        Ok((0..self.len())
            .map(|i| {
                let (series, moment) = (Series(series[i]), Moment(moments[i]));
                Fact {
                    measure: series.measure(),
                    breakdown: series.breakdown(),
                    place: moment.place(),
                    period: moment.period(),
                    value: values[i],
                    sender: SenderId(senders[i]),
                    senders: if many[i] == 1 { Senders::Many } else { Senders::One },
                    origin: CellOrigin {
                        sheet: SheetId(sheets[i]),
                        cell: CellAddress::new(rows[i], columns[i]),
                    },
                }
            })
            .collect())
    }
}

fn column(name: &str, facts: &[Fact], of: impl Fn(&Fact) -> u64) -> Column {
    Column::new(name.into(), facts.iter().map(of).collect::<Vec<u64>>())
}

fn small(name: &str, facts: &[Fact], of: impl Fn(&Fact) -> u32) -> Column {
    Column::new(name.into(), facts.iter().map(of).collect::<Vec<u32>>())
}

/// Adds values that share series and moment. The order of the input does not change the result.
pub fn add_up(series: Vec<u64>, moments: Vec<u64>, values: Vec<i64>) -> Result<Sums, ColumnFault> {
    let frame = DataFrame::new(
        values.len(),
        vec![
            Column::new("series".into(), series),
            Column::new("moment".into(), moments),
            Column::new("value".into(), values),
        ],
    )?;
    if frame.height() == 0 {
        return Ok(Sums::default());
    }
    #[expect(
        deprecated,
        reason = "the lazy engine would treble the build for this one sum"
    )]
    let sums = frame.group_by(["series", "moment"])?.select(["value"]).sum()?;
    let sums = sums.sort(["series", "moment"], SortMultipleOptions::default())?;
    Ok(Sums {
        series: sums
            .column("series")?
            .u64()?
            .into_no_null_iter()
            .map(Series)
            .collect(),
        moments: sums
            .column("moment")?
            .u64()?
            .into_no_null_iter()
            .map(Moment)
            .collect(),
        values: sums.column("value_sum")?.i64()?.into_no_null_iter().collect(),
    })
}

impl Sums {
    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = (Series, Moment, i64)> + '_ {
        self.series
            .iter()
            .zip(&self.moments)
            .zip(&self.values)
            .map(|((s, m), v)| (*s, *m, *v))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_do_not_depend_on_order() {
        let forward = add_up(vec![2, 1, 2, 1], vec![5, 5, 5, 6], vec![10, 1, 20, 3]).unwrap();
        let backward = add_up(vec![1, 2, 1, 2], vec![6, 5, 5, 5], vec![3, 20, 1, 10]).unwrap();
        assert_eq!(forward, backward);
        assert_eq!(forward.values, [1, 3, 30]);
        assert!(add_up(vec![], vec![], vec![]).unwrap().is_empty());
    }
}
