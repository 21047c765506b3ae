//! Numerators and denominators → figures. (Types first; the computing follows.)

use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::definition::IndicatorId;
use crate::period::Period;
use crate::quantity::{Absence, Ratio};
use crate::rollup::{Basis, Coverage};

/// One computed figure: an indicator, at a place, in a period, for a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    pub indicator: IndicatorId,
    /// Index of the variant used.
    pub variant: u8,
    pub place: UnitId,
    pub period: Period,
    /// `Breakdown::default()` is everybody; otherwise exactly one dimension is set.
    pub group: Breakdown,
    /// Kept even where no value is given ("counts only" in a commune).
    pub numerator: Option<i64>,
    pub denominator: Option<i64>,
    pub value: Result<Ratio, Absence>,
    pub coverage: Coverage,
    pub basis: Basis,
    /// Some count in it was derived (men = total - women), not reported.
    pub derived: bool,
    /// Passed 100 % or fell below the plausible floor: printed with a warning.
    pub doubtful: bool,
}
