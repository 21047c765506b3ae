//! The units that a figure lacks, what is known of their counts and where that comes from.

use crate::cli::console::{bold, faint};
use crate::compare::unbounded;
use crate::definition::{Catalogue, Indicator};
use crate::engine::{Trace, TraceMissing};
use crate::evaluate::{Between, Ground, Known};
use crate::lang::Lang;
use crate::quantity::{Ratio, print_decimal};

/// `khi đủ báo cáo: 45,2 ↔ 71,0 (tử số 452 ↔ 710, mẫu số 1.000)`, or why there are no bounds; empty if no unit is
/// missing.
pub(super) fn bounds(trace: &Trace, indicator: &Indicator, catalogue: &Catalogue, lang: Lang) -> String {
    let Some(missing) = trace.figure.missing else {
        return String::new();
    };
    let Ok(between) = missing.between else {
        // The remark of a judgement has said it.
        let why = unbounded(&missing, catalogue).filter(|_| trace.verdict.if_all.is_none());
        return why.map_or_else(String::new, |why| format!("{}\n", why.get(lang)));
    };
    let end = |r: Ratio| print_decimal(r.rounded(indicator.decimals), indicator.decimals, lang);
    let high = between.high.map_or_else(|| "…".to_owned(), end);
    let (n, d) = counts(trace, between, lang);
    lang.pick(
        format!(
            "khi đủ báo cáo: {} ↔ {high} (tử số {n}, mẫu số {d})\n",
            end(between.low)
        ),
        format!(
            "once all have reported: {} ↔ {high} (numerator {n}, denominator {d})\n",
            end(between.low)
        ),
    )
}

fn counts(trace: &Trace, between: Between, lang: Lang) -> (String, String) {
    let decimals = decimals(trace);
    let print = |low: i64, high: i64| range(low, Some(high), decimals, lang);
    (
        print(between.numerator.low, between.numerator.high),
        print(between.denominator.low, between.denominator.high),
    )
}

fn decimals(trace: &Trace) -> u8 {
    trace.terms.first().map_or(0, |t| t.decimals)
}

fn range(low: i64, high: Option<i64>, decimals: u8, lang: Lang) -> String {
    let print = |n| print_decimal(n, decimals, lang);
    match high {
        Some(high) if high == low => print(low),
        Some(high) => format!("{} ↔ {}", print(low), print(high)),
        None => format!("{} ↔ …", print(low)),
    }
}

/// One line for each unit.
pub(super) fn lines(trace: &Trace, lang: Lang) -> String {
    if trace.missing.is_empty() {
        return String::new();
    }
    let title = lang.pick("Đơn vị còn thiếu", "Units missing");
    let mut out = format!("\n{}\n", bold(title));
    for unit in &trace.missing {
        let spoilt = match unit.contradicted {
            true => lang.pick(" (số liệu mâu thuẫn)", " (contradictory figures)"),
            false => "",
        };
        out.push_str(&format!(
            "  {} ({}){spoilt}: {} {}, {} {}\n",
            unit.place,
            unit.code,
            lang.pick("tử số", "numerator"),
            count(unit.numerator, decimals(trace), lang),
            lang.pick("mẫu số", "denominator"),
            count(unit.denominator, decimals(trace), lang),
        ));
    }
    out
}

fn count(known: Known, decimals: u8, lang: Lang) -> String {
    let extent = known.extent;
    let from = match known.ground {
        Ground::Unknown if extent.high.is_none() => return lang.pick("chưa biết", "not known").to_owned(),
        Ground::Unknown => String::new(),
        Ground::Reported => lang.pick(" (đã báo cáo)", " (reported)").to_owned(),
        Ground::History(period) => {
            let period = period.words(lang);
            lang.pick(
                format!(" (theo báo cáo {period})"),
                format!(" (by the report of {period})"),
            )
        }
    };
    let range = range(extent.low, extent.high, decimals, lang);
    format!("{range}{}", faint(&from))
}

/// For programs.
pub(super) fn json(trace: &Trace) -> Vec<serde_json::Value> {
    let side = |known: Known| {
        let since = match known.ground {
            Ground::History(period) => Some(period.code()),
            Ground::Reported | Ground::Unknown => None,
        };
        serde_json::json!({
            "low": known.extent.low, "high": known.extent.high, "from": known.ground.code(), "period": since,
        })
    };
    let one = |unit: &TraceMissing| {
        serde_json::json!({
            "place": unit.place, "code": unit.code, "contradicted": unit.contradicted,
            "numerator": side(unit.numerator), "denominator": side(unit.denominator),
        })
    };
    trace.missing.iter().map(one).collect()
}
