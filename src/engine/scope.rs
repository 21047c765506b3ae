//! What a run is about: files, place, period, ways to compute.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::classification::locality::{Register, Resolution, UnitId};
use crate::definition::Catalogue;
use crate::evaluate::Figure;
use crate::fact::Fact;
use crate::host::Host;
use crate::lang::Words;
use crate::period::{Day, Period, Span};
use crate::recast::Recast;
use crate::rollup::Tree;
use crate::text::did_you_mean;

/// Written beside outputs; it names the files of ours in its folder, which are not read as data.
pub(super) const RUN_RECORD: &str = "bdg-run.json";

/// (name shown, path) of every file to read, sorted by name.
pub(super) fn files(host: &dyn Host, roots: &[PathBuf]) -> Result<Vec<(String, PathBuf)>, Failure> {
    let mut found = Vec::new();
    for root in roots {
        if host.is_folder(root) {
            let names = host.list(root).map_err(|e| unreadable(root, &e.to_string()))?;
            let ours = written_by_us(host, root, &names);
            let read = names
                .into_iter()
                .filter(|n| crate::host::is_candidate(n) && !ours.contains(n));
            found.extend(read.map(|name| (name.clone(), root.join(&name))));
        } else if host.exists(root) {
            let name = root
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            found.push((name, root.clone()));
        } else {
            return Err(unreadable(
                root,
                "không có tệp hoặc thư mục này / no such file or folder",
            ));
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// Files below the root that records of earlier runs name as outputs. A folder may hold both outputs
/// and reports that were sent in: only the former are passed over.
fn written_by_us(host: &dyn Host, root: &Path, names: &[String]) -> BTreeSet<String> {
    let mut ours = BTreeSet::new();
    for name in names {
        let Some(folder) = name.strip_suffix(RUN_RECORD) else {
            continue;
        };
        if folder.is_empty() || folder.ends_with('/') {
            let record = host.read(&root.join(name)).unwrap_or_default();
            ours.extend(recorded(&record).into_iter().map(|n| format!("{folder}{n}")));
        }
    }
    ours
}

/// The outputs that a run record names; none if it is not one.
pub(super) fn recorded(record: &[u8]) -> Vec<String> {
    let record: serde_json::Value = serde_json::from_slice(record).unwrap_or_default();
    let files = record.get("files").and_then(|f| f.as_array());
    files
        .into_iter()
        .flatten()
        .filter_map(|f| f.as_str().map(str::to_owned))
        .collect()
}

fn unreadable(root: &Path, reason: &str) -> Failure {
    let shown = root.display();
    Failure(Words::new(
        format!("không đọc được {shown}: {reason}"),
        format!("cannot read {shown}: {reason}"),
    ))
}

/// The office's own place, if it can be told before reading.
pub(super) fn home(
    catalogue: &Catalogue,
    scope: Option<&str>,
    base: Option<Day>,
    today: Day,
) -> Option<UnitId> {
    let day = base.unwrap_or(today);
    let find = |text: &str, day| resolve(&catalogue.localities, text, day).ok();
    // Without a period the data may be of the time before the reform.
    let before = Day::new(2025, 6, 30);
    scope.and_then(|text| find(text, day).or_else(|| find(text, before).filter(|_| base.is_none())))
}

fn resolve(register: &Register, text: &str, day: Day) -> Result<UnitId, Failure> {
    if let Some(unit) = register.by_code(text.trim(), day) {
        return Ok(unit);
    }
    match register.resolve(text, None, None, day) {
        Resolution::One(unit, _) => Ok(unit),
        Resolution::Several(units) => {
            let names: Vec<String> = units
                .iter()
                .take(8)
                .map(|u| {
                    format!(
                        "{} ({})",
                        register.path(*u, day),
                        register.units[u.0 as usize].code
                    )
                })
                .collect();
            let names = names.join("; ");
            Err(Failure(Words::new(
                format!("“{text}” chỉ nhiều nơi: {names}; hãy dùng mã"),
                format!("“{text}” means several places: {names}; use the code"),
            )))
        }
        Resolution::None => {
            let near = register.suggest(text, None, None, day);
            let near = near.map(|u| format!("{} ({})", register.path(u, day), register.unit(u).code));
            let (vi, en) = near.map_or_else(Default::default, |n| {
                (format!("; có phải là {n}?"), format!("; did you mean {n}?"))
            });
            Err(Failure(Words::new(
                format!("không có đơn vị hành chính “{text}” vào ngày {day}{vi}"),
                format!("no administrative unit “{text}” on {day}{en}"),
            )))
        }
    }
}

/// The place asked for, or the smallest that holds all places reported.
pub(super) fn choose(
    catalogue: &Catalogue,
    asked: Option<&str>,
    facts: &[Fact],
    day: Day,
) -> Result<UnitId, Failure> {
    let register = &catalogue.localities;
    if let Some(text) = asked {
        return resolve(register, text, day);
    }
    let mut places: Vec<UnitId> = facts.iter().map(|f| f.place).collect();
    places.sort();
    places.dedup();
    places.retain(|p| register.units[p.0 as usize].in_force(day));
    let lines: Vec<Vec<UnitId>> = places
        .iter()
        .map(|p| {
            let mut line = register.ancestors(*p, day);
            line.push(*p);
            line
        })
        .collect();
    let shared = lines.first().and_then(|first| {
        first
            .iter()
            .rev()
            .find(|u| lines.iter().all(|l| l.contains(u)))
            .copied()
    });
    shared.ok_or_else(|| {
        Failure(Words::new(
            format!("không rõ báo cáo cho địa phương nào vào ngày {day}; hãy dùng --locality"),
            format!("it is unclear which place to report on for {day}; use --locality"),
        ))
    })
}

pub(super) fn name(catalogue: &Catalogue, tree: &Tree) -> String {
    tree.nodes
        .first()
        .map(|n| catalogue.localities.units[n.unit.0 as usize].full_name())
        .unwrap_or_default()
}

/// The latest year the data are about; its first half if that is all there is. One sheet with a
/// mistyped year does not decide for a folder: a year counts that has a tenth of the fullest one's figures.
pub(super) fn latest_period(facts: &[Fact]) -> Option<Period> {
    let mut years: std::collections::BTreeMap<i16, usize> = std::collections::BTreeMap::new();
    for fact in facts {
        *years.entry(fact.period.year).or_default() += 1;
    }
    let most = years.values().copied().max()?;
    let year = years
        .into_iter()
        .rev()
        .find(|(_, count)| count * 10 >= most)
        .map(|(year, _)| year)?;
    let spans: std::collections::BTreeSet<Span> = facts
        .iter()
        .filter(|f| f.period.year == year)
        .map(|f| f.period.span)
        .collect();
    let first_half = |s: &Span| {
        matches!(
            s,
            Span::Half(1) | Span::Quarter(1 | 2) | Span::Month(1..=6) | Span::FirstMonths(1..=6)
        )
    };
    if spans.iter().all(first_half) {
        return Some(Period {
            year,
            span: Span::Half(1),
        });
    }
    Some(Period::year(year))
}

/// The period and the same span of up to nine years before it.
pub(super) fn periods(recast: &Recast, period: Period) -> Vec<Period> {
    let earliest = period.year.saturating_sub(9);
    let mut years = recast.years();
    years.retain(|y| (earliest..period.year).contains(y));
    years
        .into_iter()
        .map(|year| Period {
            year,
            span: period.span,
        })
        .chain([period])
        .collect()
}

/// Earlier periods without any value say nothing; the one reported on always stays.
pub(super) fn with_values(figures: &[Figure], asked: &[Period], period: Period) -> Vec<Period> {
    let has_value = |p: &Period| figures.iter().any(|f| f.period == *p && f.value.is_ok());
    asked
        .iter()
        .copied()
        .filter(|p| *p == period || has_value(p))
        .collect()
}

/// The way to compute each indicator: the first unless the office chose another.
pub(super) fn variants(catalogue: &Catalogue, chosen: &[(String, String)]) -> Result<Vec<u8>, Failure> {
    let mut variants = vec![0u8; catalogue.indicators.len()];
    for (indicator, variant) in chosen {
        let Some(at) = catalogue.indicators.iter().position(|i| i.id == *indicator) else {
            let ids = catalogue.indicators.iter().map(|i| i.id.as_str());
            return Err(unknown("chỉ tiêu", "indicator", indicator, ids));
        };
        let all = &catalogue.indicators[at].variants;
        let Some(index) = all.iter().position(|v| v.id == *variant) else {
            return Err(unknown(
                "cách tính",
                "variant",
                variant,
                all.iter().map(|v| v.id.as_str()),
            ));
        };
        variants[at] = index as u8;
    }
    Ok(variants)
}

fn unknown<'a>(vi: &str, en: &str, word: &str, known: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let list = known.clone().collect::<Vec<_>>().join(", ");
    let near = did_you_mean(word, known);
    let (near_vi, near_en) = near.map_or_else(Default::default, |n| {
        (format!("; có phải “{n}”?"), format!("; did you mean “{n}”?"))
    });
    Failure(Words::new(
        format!("không có {vi} “{word}”{near_vi} (có: {list})"),
        format!("no {en} “{word}”{near_en} (known: {list})"),
    ))
}
