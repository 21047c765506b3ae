//! A figure, its verdict and the cells it was made of, as text and as JSON.

mod missing;

use super::console::{bold, faint};
use crate::classification::locality::transfers::Part;
use crate::definition::Catalogue;
use crate::engine::Trace;
use crate::lang::Lang;
use crate::quantity::{Absence, Bounds, Ratio, print_decimal};
use crate::recast::Boundary;

/// For people.
pub fn human(trace: &Trace, catalogue: &Catalogue, lang: Lang) -> String {
    let indicator = &catalogue.indicators[trace.indicator];
    let figure = &trace.figure;
    let mut out = format!(
        "{}\n",
        bold(&format!("{} {}", indicator.id, indicator.name.get(lang)))
    );
    out.push_str(&format!("{}, {}: ", trace.place, figure.period.words(lang)));
    match &figure.value {
        Ok(ratio) => {
            let value = print_decimal(ratio.rounded(indicator.decimals), indicator.decimals, lang);
            let value = format!("{}{value}", figure.boundary.prefix());
            out.push_str(&format!("{} {}", bold(&value), indicator.unit.words(lang)));
        }
        Err(absence) => match figure.between {
            Some(between) => {
                let end = |r: Ratio| print_decimal(r.rounded(indicator.decimals), indicator.decimals, lang);
                let high = between.high.map_or_else(|| "…".to_owned(), end);
                let text = format!("{} ↔ {high}", end(between.low));
                out.push_str(&format!("{} {}", bold(&text), indicator.unit.words(lang)));
                out.push_str(&format!(" ({})", absence_in_words(absence, lang)));
            }
            None => out.push_str(&bold(&absence_in_words(absence, lang))),
        },
    }
    out.push('\n');
    let number = |n: Option<i64>| n.map_or_else(|| "…".to_owned(), |n| print_decimal(n, 0, lang));
    out.push_str(&lang.pick(
        format!(
            "tử số {}, mẫu số {}",
            number(figure.numerator),
            number(figure.denominator)
        ),
        format!(
            "numerator {}, denominator {}",
            number(figure.numerator),
            number(figure.denominator)
        ),
    ));
    let coverage = figure.coverage;
    out.push_str(&lang.pick(
        format!("; {}/{} đơn vị đã báo cáo", coverage.reported, coverage.expected),
        format!("; {}/{} units reported", coverage.reported, coverage.expected),
    ));
    out.push_str(&format!(
        "\n{}",
        trace.verdict.judgement.words_if(trace.verdict.reserve, lang)
    ));
    if let Some(target) = trace
        .verdict
        .milestone
        .and_then(|m| catalogue.targets.get(m as usize))
    {
        let value = tenths(target.value_tenths, lang);
        let programme = match catalogue.chosen.len() {
            1 => String::new(),
            _ => catalogue
                .programme(target.programme)
                .map_or_else(String::new, |p| format!("{}, ", p.short.get(lang))),
        };
        out.push_str(&format!(
            " ({} {value}, {}{}, {}:{})",
            target.comparator.printed(),
            programme,
            target.act,
            target.file,
            target.row
        ));
    }
    if let Some(remark) = &trace.verdict.remark {
        out.push_str(&format!("; {}", remark.get(lang)));
    }
    out.push('\n');
    out.push_str(&missing::bounds(trace, indicator, catalogue, lang));
    for (in_numerator, title) in [
        (true, lang.pick("Tử số", "Numerator")),
        (false, lang.pick("Mẫu số", "Denominator")),
    ] {
        let terms: Vec<_> = trace
            .terms
            .iter()
            .filter(|t| t.in_numerator == in_numerator)
            .collect();
        if !terms.is_empty() {
            out.push_str(&format!("\n{}\n", bold(title)));
        }
        for term in terms {
            let sign = if term.minus { "−" } else { "+" };
            let value = match (term.carried, term.sum) {
                (Some((bounds, boundary)), _) => carried(bounds, boundary, term.decimals, lang),
                (None, Some(sum)) => print_decimal(sum.value, term.decimals, lang),
                (None, None) => "…".to_owned(),
            };
            let derived = term.sum.is_some_and(|s| s.derived);
            let derived = if derived {
                lang.pick(" (suy ra)", " (derived)")
            } else {
                ""
            };
            out.push_str(&format!(
                "  {sign} {}, {}: {value}{derived}\n",
                term.name.get(lang),
                term.period.words(lang)
            ));
            for (place, value, cell) in &term.cells {
                let value = print_decimal(*value, term.decimals, lang);
                out.push_str(&format!("      {value:>9}  {place}  {}\n", faint(cell)));
            }
        }
    }
    out.push_str(&missing::lines(trace, lang));
    if !trace.moves.is_empty() {
        let title = lang.pick("Địa giới đã chuyển", "Transfers of territory");
        out.push_str(&format!("\n{}\n", bold(title)));
    }
    for step in &trace.moves {
        let share = share(step.part, lang).map_or_else(String::new, |s| format!(" {s} %"));
        out.push_str(&format!(
            "  {}  {} → {}: {}{share}  {}\n",
            step.date,
            step.from,
            step.to,
            step.part.words(lang),
            faint(&step.act)
        ));
    }
    out
}

/// `⇄ 12`, `3 ↔ 15`: a sum brought onto the place from units of another time.
fn carried(bounds: Bounds, boundary: Boundary, decimals: u8, lang: Lang) -> String {
    let print = |n| print_decimal(n, decimals, lang);
    match bounds.exact() {
        Some(value) => format!("{}{}", boundary.prefix(), print(value)),
        None => format!("{} ↔ {}", print(bounds.low), print(bounds.high)),
    }
}

/// The stated share in hundredths of a per cent.
fn share(part: Part, lang: Lang) -> Option<String> {
    let Part::Share(share) = part else { return None };
    let hundredths = u128::from(share.numerator) * 10_000 / u128::from(share.denominator.max(1));
    i64::try_from(hundredths).ok().map(|n| print_decimal(n, 2, lang))
}

/// `80`, `1,7`: a target as it is written in the plans.
pub fn tenths(value: i64, lang: Lang) -> String {
    let text = print_decimal(value, 1, lang);
    match text.strip_suffix(lang.pick(",0", ".0")) {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

fn absence_in_words(absence: &Absence, lang: Lang) -> String {
    let (what, why) = match absence {
        Absence::NotReported(why) => (lang.pick("chưa có số liệu", "no data"), Some(why)),
        Absence::NotApplicable(why) => (
            lang.pick("không tính ở cấp này", "not computed at this level"),
            Some(why),
        ),
        Absence::NotOccurred => (lang.pick("không phát sinh", "not occurred"), None),
        Absence::CannotCompute(why) => (lang.pick("không tính được", "cannot be computed"), Some(why)),
        Absence::Conflict(why) => (lang.pick("số liệu mâu thuẫn", "contradictory data"), Some(why)),
        Absence::Withheld => (lang.pick("được bảo mật", "withheld"), None),
        Absence::Uncertain => (lang.pick("chỉ biết khoảng", "only bounds are known"), None),
    };
    match why.map(|w| w.get(lang)).filter(|w| !w.is_empty() && *w != what) {
        Some(why) => format!("{what} ({why})"),
        None => what.to_owned(),
    }
}

/// For programs: one object.
pub fn json(trace: &Trace, indicator: &str, lang: Lang) -> serde_json::Value {
    let figure = &trace.figure;
    let terms: Vec<serde_json::Value> = trace
        .terms
        .iter()
        .map(|term| {
            let cells: Vec<serde_json::Value> = term
                .cells
                .iter()
                .map(|(place, value, cell)| serde_json::json!({"place": place, "value": value, "cell": cell}))
                .collect();
            serde_json::json!({
                "side": if term.in_numerator { "numerator" } else { "denominator" },
                "minus": term.minus,
                "name": term.name.get(lang),
                "period": term.period.code(),
                "value": term.sum.map(|s| s.value),
                "decimals": term.decimals,
                "boundary": term.carried.map(|(_, b)| b.code()),
                "low": term.carried.map(|(b, _)| b.low),
                "high": term.carried.map(|(b, _)| b.high),
                "derived": term.sum.is_some_and(|s| s.derived),
                "cells": cells,
            })
        })
        .collect();
    let moves: Vec<serde_json::Value> = trace
        .moves
        .iter()
        .map(|m| {
            serde_json::json!({
                "date": m.date.to_string(), "from": m.from, "to": m.to, "how": m.part.code(),
                "share": share(m.part, Lang::En), "act": m.act,
            })
        })
        .collect();
    let with_all = figure.missing.and_then(|m| m.between.ok());
    serde_json::json!({
        "v": super::problems::JSON_VERSION,
        "type": "trace",
        "indicator": indicator,
        "variant": trace.variant.id,
        "place": trace.place,
        "period": figure.period.code(),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "absence": figure.value.as_ref().err().map(|a| a.code()),
        "judgement": trace.verdict.judgement.code(),
        "provisional": trace.verdict.reserve.partial,
        "remark": trace.verdict.remark.as_ref().map(|r| r.get(lang)),
        "if_all_report": trace.verdict.if_all.map(|all| all.code()),
        "all_low": with_all.map(|b| [b.low.numerator, b.low.denominator]),
        "all_high": with_all.and_then(|b| b.high).map(|r| [r.numerator, r.denominator]),
        "missing": missing::json(trace),
        "boundary": figure.boundary.code(),
        "low": figure.between.map(|b| [b.low.numerator, b.low.denominator]),
        "high": figure.between.and_then(|b| b.high).map(|r| [r.numerator, r.denominator]),
        "terms": terms,
        "transfers": moves,
    })
}
