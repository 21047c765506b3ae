//! Bounds of an indicator: whatever part of the unknown lies in the unit, the value is between them.

use super::Figure;
use super::moved::Moved;
use crate::definition::{Indicator, Variant};
use crate::lang::Words;
use crate::quantity::{Absence, Bounds, Ratio};

/// Between which counts and which values a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between {
    pub numerator: Bounds,
    pub denominator: Bounds,
    pub low: Ratio,
    /// None: the denominator may be 0, so there is no highest value.
    pub high: Option<Ratio>,
}

/// The value on the base, or the bounds of it.
pub(super) fn settle(
    indicator: &Indicator,
    variant: &Variant,
    moved: &Moved,
    figure: &mut Figure,
) -> Result<Ratio, Absence> {
    let is_share = super::is_share(indicator) && !indicator.may_exceed;
    figure.coverage = moved.coverage;
    figure.basis = crate::rollup::Basis::Summed;
    figure.derived = moved.derived;
    figure.boundary = moved.boundary;
    figure.numerator = moved.numerator.exact();
    figure.denominator = moved.denominator.exact();
    if let Some(parts) = moved.parts() {
        let impossible =
            parts.numerator < 0 || parts.denominator < 0 || parts.denominator == 0 && parts.numerator > 0;
        if impossible || is_share && parts.numerator > parts.denominator {
            let counts = format!("{} / {}", parts.numerator, parts.denominator);
            return Err(Absence::CannotCompute(Words::new(
                format!("sau khi quy đổi, tử số và mẫu số không khớp nhau ({counts})"),
                format!("once recast, numerator and denominator do not fit together ({counts})"),
            )));
        }
        return super::value(indicator, variant, parts, figure);
    }
    let scale = super::scale(&variant.formula);
    let (n, d) = (moved.numerator, moved.denominator);
    if d.high <= 0 || n.low < 0 || d.low < 0 {
        return match d.high {
            0 if n.low == 0 && n.high == 0 => Err(Absence::NotOccurred),
            _ => Err(Absence::CannotCompute(Words::new(
                "phần chưa rõ lớn hơn phần đã biết, không tính được khoảng",
                "more is unknown than known; no bounds can be given",
            ))),
        };
    }
    let (low, high) = ends(n, d, moved.nested && is_share, is_share);
    let ratio = |(numerator, denominator)| Ratio {
        numerator,
        denominator,
        scale,
    };
    figure.between = Some(Between {
        numerator: n,
        denominator: d,
        low: ratio(low),
        high: high.map(ratio),
    });
    Err(Absence::Uncertain)
}

/// Lowest and highest value of n/d as (numerator, denominator); `d.high` is above 0.
///
/// If the numerator counts some of what the denominator counts, unit by unit, then at the lowest all that
/// is unknown of the denominator and not of the numerator is here, and at the highest only what both count.
fn ends(n: Bounds, d: Bounds, nested: bool, is_share: bool) -> ((i64, i64), Option<(i64, i64)>) {
    if nested {
        let low = (n.low, d.high.saturating_sub(n.open()));
        let high = (n.high, d.low.saturating_add(n.open()));
        return match (low.1 > 0, high.1 > 0) {
            (true, true) => (low, Some(high)),
            // Everybody counted is in the numerator, or nobody is.
            (false, true) => (high, Some(high)),
            (true, false) | (false, false) => (low_of(low, d), Some(low_of(low, d))),
        };
    }
    let low = (n.low, d.high);
    let high = (d.low > 0).then_some((n.high, d.low));
    match high {
        // A share is at most the whole.
        Some((a, b)) if is_share && a > b => (low, Some((1, 1))),
        None if is_share => (low, Some((1, 1))),
        high => (low, high),
    }
}

fn low_of(low: (i64, i64), d: Bounds) -> (i64, i64) {
    if low.1 > 0 { low } else { (low.0, d.high.max(1)) }
}
