//! Indicators from `strategy/*.toml`, one to a file.
//!
//! Holds: scale and unit agree; the terms of a sum are of one unit; every level is either
//!        computable or has a declared reason; a breakdown is one that every term can carry.

use super::fault::not_known;
use super::reader::{Spot, Table};
use super::terms::Names;
use super::{Formula, Indicator, Term, UnitRule, Variant, examples, is_id};
use crate::classification::Dimension;
use crate::classification::locality::Level;
use crate::lang::Words;
use crate::quantity::{RatioUnit, Unit};

/// An indicator and the references that can only be proved once all files are read.
pub struct Read {
    pub indicator: Indicator,
    pub id: Spot<String>,
    /// None: it belongs to other programmes than the leading one.
    pub objective: Option<Spot<i64>>,
    pub proxy_for: Option<Spot<String>>,
}

pub fn read(t: &Table, names: Names) -> Option<Read> {
    let id = t.text("id");
    let target = t.text_if("target");
    let objective = t.number_if("objective");
    let name = t.words("name");
    let short = t.words("short");
    let unit = t.word::<RatioUnit>("unit");
    let direction = t.word("direction");
    let decimals = decimals(t);
    let levels = levels(t);
    let not_computable = not_computable(t, &levels);
    let breakdowns = t.texts("breakdowns");
    let supplier = t.words("supplier");
    let method = t.words("method");
    let source = t.words("source");
    let verified = t.flag("verified", false);
    let may_exceed = t.flag("may_exceed", false);
    let suspicious = suspicious(t);
    let proxy_for = t.text_if("proxy_for");
    let variants = variants(t, unit.as_ref().map(|u| u.value), names);
    // An example of a variant that is at fault would be at fault itself: that is no second fault.
    let all_sound = variants.len() == t.tables("variant").len();
    let examples = match (&unit, decimals) {
        (Some(_), Some(decimals)) if all_sound => examples::read(t, names, &variants, decimals),
        _ => {
            let _ = t.tables("example");
            Vec::new()
        }
    };
    t.finish();
    let breakdowns = check_breakdowns(t, &breakdowns, &variants, names);
    let id = id?;
    if !is_id(&id.value) {
        t.fault(
            &id,
            Words::new(
                "mã chỉ gồm chữ thường không dấu, số, dấu chấm và dấu -",
                "an id has lower-case ASCII letters, digits, dots and -",
            ),
        );
    }
    if let (Some(target), None) = (&target, &objective) {
        t.fault(
            target,
            Words::new(
                "target chỉ đi cùng objective; chương trình khác tự nêu chỉ số của mình",
                "target goes with objective only; another programme names its indicators itself",
            ),
        );
    }
    let indicator = Indicator {
        id: id.value.clone(),
        target: target.map_or_else(String::new, |t| t.value),
        objective: objective
            .as_ref()
            .map_or(0, |o| u8::try_from(o.value).unwrap_or(0)),
        name: name?,
        short: short?,
        unit: unit?.value,
        direction: direction?.value,
        decimals: decimals?,
        levels,
        not_computable,
        breakdowns,
        supplier: supplier?,
        method: method?,
        source: source?,
        verified,
        may_exceed,
        suspicious_below_tenths: suspicious,
        proxy_for: proxy_for.as_ref().map(|p| p.value.clone()),
        variants,
        file: t.source.path.to_owned(),
        embedded: false,
        examples,
    };
    Some(Read {
        indicator,
        id,
        objective,
        proxy_for,
    })
}

fn decimals(t: &Table) -> Option<u8> {
    let Some(number) = t.number_if("decimals") else {
        return (!t.has("decimals")).then_some(1);
    };
    let found = u8::try_from(number.value).ok().filter(|n| *n <= 4);
    if found.is_none() {
        t.fault(&number, Words::new("phải từ 0 đến 4", "must be from 0 to 4"));
    }
    found
}

fn suspicious(t: &Table) -> Option<i64> {
    let text = t.decimal_if("suspicious_below")?;
    let value = super::scaled(&text.value, 1);
    if value.is_none() {
        t.fault(
            &text,
            Words::new(
                "phải là số có không quá một chữ số thập phân",
                "must be a number with at most one decimal",
            ),
        );
    }
    value
}

pub fn level(t: &Table, word: &Spot<String>) -> Option<Level> {
    let found = Level::parse(&word.value);
    if found.is_none() {
        let kind = Words::new("cấp hành chính", "a level");
        t.fault(word, not_known(&word.value, &kind, Level::ALL.map(Level::code)));
    }
    found
}

fn levels(t: &Table) -> Vec<Level> {
    let mut out: Vec<Level> = t.texts("levels").iter().filter_map(|w| level(t, w)).collect();
    out.sort_unstable();
    out.dedup();
    if out.is_empty() {
        t.fault_here(
            "levels",
            Words::new("phải có ít nhất một cấp", "at least one level is needed"),
        );
    }
    out
}

fn not_computable(t: &Table, levels: &[Level]) -> Vec<(Level, Words)> {
    let mut out: Vec<(Level, Words)> = Vec::new();
    if let Some(reasons) = t.table_if("not_computable") {
        for reason in reasons.free_words() {
            let word = Spot {
                value: reason.value.0,
                line: reason.line,
                key: reason.key,
            };
            let Some(level) = level(t, &word) else { continue };
            if levels.contains(&level) {
                t.fault(
                    &word,
                    Words::new(
                        "cấp này đã có trong levels, không cần lý do",
                        "this level is in levels, so no reason is needed",
                    ),
                );
            }
            out.push((level, reason.value.1));
        }
    }
    for level in Level::ALL {
        if !levels.is_empty() && !levels.contains(&level) && out.iter().all(|(l, _)| *l != level) {
            t.fault_here(
                "not_computable",
                Words::new(
                    format!("thiếu lý do không tính ở cấp “{}”", level.code()),
                    format!("the reason for not computing level “{}” is missing", level.code()),
                ),
            );
        }
    }
    out.sort_by_key(|(level, _)| *level);
    out
}

fn variants(t: &Table, unit: Option<RatioUnit>, names: Names) -> Vec<Variant> {
    let tables = t.tables("variant");
    if tables.is_empty() {
        t.fault_here(
            "variant",
            Words::new("phải có ít nhất một cách tính", "at least one variant is needed"),
        );
    }
    let mut out: Vec<Variant> = Vec::new();
    for t in &tables {
        let Some(variant) = variant(t, unit, names) else {
            continue;
        };
        if out.iter().any(|v| v.id == variant.id) {
            t.fault_here(
                "id",
                Words::new(
                    format!("cách tính “{}” khai báo hai lần", variant.id),
                    format!("variant “{}” is declared twice", variant.id),
                ),
            );
        }
        out.push(variant);
    }
    out
}

#[derive(Clone, Copy, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Ratio,
    ShareOfUnits,
    Answer,
}

fn variant(t: &Table, unit: Option<RatioUnit>, names: Names) -> Option<Variant> {
    let id = t.text("id");
    let name = t.words("name");
    let shape = t.word::<Shape>("kind");
    let formula = match shape.as_ref()?.value {
        Shape::Ratio => {
            let scale = scale(t, unit);
            let numerator = sum(t, "numerator", names);
            let denominator = sum(t, "denominator", names);
            one_precision(t, &numerator, &denominator, names);
            scale
                .zip(numerator)
                .zip(denominator)
                .map(|((scale, numerator), denominator)| Formula::Ratio {
                    scale,
                    numerator,
                    denominator,
                })
        }
        Shape::ShareOfUnits => {
            let scale = scale(t, unit);
            let level = t.text_if("level").map(|w| level(t, &w));
            let every = t.word("every");
            let at_least = t.number_if("at_least");
            let terms = sum(t, "terms", names);
            let among = names.terms(t, "among");
            if let Some(n) = at_least.as_ref().filter(|n| n.value < 1) {
                t.fault(n, Words::new("phải từ 1 trở lên", "must be 1 or more"));
            }
            let rule = every
                .zip(terms)
                .zip(among)
                .map(|((every, terms), among)| UnitRule {
                    terms,
                    every: every.value,
                    at_least: at_least.map_or(1, |n| n.value),
                    among,
                });
            match (scale, level, rule) {
                (_, Some(None), _) => None,
                (scale, level, rule) => scale.zip(rule).map(|(scale, rule)| Formula::ShareOfUnits {
                    scale,
                    level: level.flatten(),
                    rule,
                }),
            }
        }
        Shape::Answer => {
            let term = t.table("term").and_then(|t| {
                let term = names.term(&t)?;
                if names.measures.get(term.measure).unit != Unit::YesNo {
                    t.fault_here(
                        "measure",
                        Words::new("phải là chỉ tiêu có/không", "must be a yes-no measure"),
                    );
                }
                Some(term)
            });
            if unit.is_some_and(|u| u != RatioUnit::YesNo) {
                t.fault_here(
                    "kind",
                    Words::new(
                        "answer chỉ dùng với đơn vị yes-no",
                        "answer goes with the unit yes-no only",
                    ),
                );
            }
            term.map(|term| Formula::Answer { term })
        }
    };
    t.finish();
    Some(Variant {
        id: id?.value,
        name: name?,
        formula: formula?,
    })
}

/// The scale must be the one that the unit means: per cent 100, times 1.
fn scale(t: &Table, unit: Option<RatioUnit>) -> Option<i64> {
    let scale = t.number("scale")?;
    let expected = match unit? {
        RatioUnit::Percent | RatioUnit::BoysPer100Girls | RatioUnit::PerHundred => 100,
        RatioUnit::Times => 1,
        RatioUnit::PerThousand => 1000,
        RatioUnit::PerHundredThousand => 100_000,
        RatioUnit::YesNo => {
            t.fault(
                &scale,
                Words::new(
                    "đơn vị yes-no chỉ dùng với kind = \"answer\"",
                    "the unit yes-no goes with kind = \"answer\" only",
                ),
            );
            return None;
        }
    };
    if scale.value != expected {
        t.fault(
            &scale,
            Words::new(
                format!("đơn vị đã khai báo cần hệ số {expected}"),
                format!("the declared unit needs the scale {expected}"),
            ),
        );
        return None;
    }
    Some(scale.value)
}

/// Terms that are added: at least one, all of one unit.
fn sum(t: &Table, key: &'static str, names: Names) -> Option<Vec<Term>> {
    let terms = names.terms(t, key)?;
    if terms.iter().all(|term| term.minus) {
        t.fault_here(
            key,
            Words::new(
                "phải có ít nhất một số hạng cộng vào",
                "at least one term that is added is needed",
            ),
        );
        return None;
    }
    let unit = |term: &Term| names.measures.get(term.measure).unit;
    if terms
        .iter()
        .any(|term| Some(unit(term)) != terms.first().map(unit))
    {
        t.fault_here(
            key,
            Words::new(
                "các số hạng khác đơn vị (người và vụ không cộng được với nhau)",
                "the terms differ in unit (persons and cases cannot be added)",
            ),
        );
        return None;
    }
    Some(terms)
}

/// Both sums of a ratio must be integers of the same smallest unit, or the ratio is off by a power of ten.
fn one_precision(t: &Table, numerator: &Option<Vec<Term>>, denominator: &Option<Vec<Term>>, names: Names) {
    let mut all = numerator.iter().chain(denominator).flatten();
    let decimals = |term: &Term| names.measures.get(term.measure).decimals;
    let first = all.next().map(decimals);
    if all.any(|term| Some(decimals(term)) != first) {
        t.fault_here(
            "denominator",
            Words::new(
                "tử số và mẫu số phải có cùng số chữ số thập phân (decimals)",
                "numerator and denominator must have the same decimals",
            ),
        );
    }
}

/// A figure by sex needs every term by sex; a term that already says "female" cannot be split.
fn check_breakdowns(t: &Table, words: &[Spot<String>], variants: &[Variant], names: Names) -> Vec<Dimension> {
    let mut out = Vec::new();
    let terms = variants.first().map(|v| v.formula.terms());
    for word in words {
        let Some(dimension) = Dimension::ALL.into_iter().find(|d| d.code() == word.value) else {
            let kind = Words::new("chiều phân tổ", "a dimension");
            t.fault(
                word,
                not_known(&word.value, &kind, Dimension::ALL.map(Dimension::code)),
            );
            continue;
        };
        // Without a sound variant there is nothing to prove it against; that fault is told already.
        let Some(terms) = &terms else { continue };
        let mut lists = terms.iter().map(|term| names.list_of(term.measure, dimension));
        let first = lists.next().flatten();
        if first.is_none() || lists.any(|l| l != first) {
            t.fault(
                word,
                Words::new(
                    "có số hạng không được chia như vậy trong measures.toml",
                    "one of the terms is not split so in measures.toml",
                ),
            );
        } else if terms.iter().any(|term| !term.breakdown.get(dimension).is_all()) {
            t.fault(
                word,
                Words::new(
                    "công thức đã cố định chiều này",
                    "the formula already fixes this dimension",
                ),
            );
        } else if !out.contains(&dimension) {
            out.push(dimension);
        }
    }
    out.sort_unstable();
    out
}
