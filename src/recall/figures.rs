//! The computed figures of a run, from its tidy data.

use arrow::array::{Array, Float64Array};

use super::Unreadable;
use super::columns::{batches, decimals, texts, yes_no};
use crate::compare::Judgement;
use crate::definition::scaled;
use crate::period::Period;
use crate::quantity::Absence;
use crate::revision::{Amounts, DECIMALS};

/// One figure as it was written.
#[derive(Debug, Clone, Copy)]
pub struct Row<'r> {
    pub indicator: &'r str,
    pub code: &'r str,
    pub level: &'r str,
    pub period: Period,
    pub group: [&'r str; 3],
    pub amounts: Amounts,
}

/// Every figure on the units of the report. What earlier years reported on units of their own stands beside them
/// in the file for reading, and is computed from the same facts.
pub fn figures(bytes: Vec<u8>, mut say: impl FnMut(Row<'_>)) -> Result<(), Unreadable> {
    for batch in batches(bytes)? {
        let batch = batch?;
        let text = |name| texts(&batch, name);
        let number = |name| decimals(&batch, name);
        let (indicator, code, level) = (text("indicator_id")?, text("locality_code")?, text("level")?);
        let (period, boundary) = (text("period")?, text("boundary")?);
        let groups = [text("sex")?, text("age")?, text("ethnicity")?];
        let (absence, verdict) = (text("absence")?, text("verdict")?);
        let provisional = yes_no(&batch, "provisional")?;
        let numbers = [
            number("numerator")?,
            number("denominator")?,
            number("value")?,
            number("low")?,
            number("high")?,
        ];
        for row in (0..batch.num_rows()).filter(|row| boundary.at(*row) != "as-reported") {
            let at = |n: usize| number_at(numbers[n], row);
            // Beside a value they are what it could be with the units that are missing: no number of its own.
            let is_bounded = absence.at(row) == Absence::Uncertain.code();
            let bound = |n: usize| at(n).filter(|_| is_bounded);
            say(Row {
                indicator: indicator.at(row),
                code: code.at(row),
                level: level.at(row),
                period: Period::parse(period.at(row)).ok_or_else(Unreadable::damaged)?,
                group: [groups[0].at(row), groups[1].at(row), groups[2].at(row)],
                amounts: Amounts {
                    numerator: at(0),
                    denominator: at(1),
                    value: at(2),
                    low: bound(3),
                    high: bound(4),
                    absence: Absence::known_code(absence.at(row)),
                    verdict: Judgement::parse(verdict.at(row)),
                    provisional: provisional.value(row),
                },
            });
        }
    }
    Ok(())
}

/// The shortest decimal of the number is the one that was written.
fn number_at(column: &Float64Array, row: usize) -> Option<i64> {
    (!column.is_null(row)).then(|| scaled(&column.value(row).to_string(), DECIMALS))?
}
