//! What a run is about: files, place, period, ways to compute.

use super::Failure;
use crate::classification::locality::{Level, Register, UnitId};
use crate::definition::Catalogue;
use crate::evaluate::Figure;
use crate::fact::Fact;
use crate::lang::{Lang, Words};
use crate::origin::{FileOutcome, SourceSheet, Sources};
use crate::period::{Day, Period, Span};
use crate::plan::{Reporting, Resent};
use crate::problem::{Kind, Place, Problem};
use crate::recast::Recast;
use crate::rollup::Tree;
use crate::text::did_you_mean;

/// The office's own place, if it can be told before reading.
pub(super) fn home(
    catalogue: &Catalogue,
    scope: Option<&str>,
    asked: Option<Day>,
    base: Option<Day>,
    today: Day,
) -> Option<UnitId> {
    let day = asked.max(base).unwrap_or(today);
    let register = &catalogue.localities;
    let find = |text: &str, day| {
        let unit = resolve(register, text, day).ok()?;
        // Sheets name units: a group is looked for in the unit that holds it.
        match register.area(unit) {
            Some(_) => register.around(unit, day),
            None => Some(unit),
        }
    };
    // Without a period the data may be of the time before the reform.
    let before = base.unwrap_or(Day::new(2025, 6, 30));
    scope.and_then(|text| find(text, day).or_else(|| find(text, before)))
}

fn resolve(register: &Register, text: &str, day: Day) -> Result<UnitId, Failure> {
    register.place_on(text, day).map_err(Failure)
}

/// The place asked for, understood on the day `meant`, or the smallest that holds all places reported on `day`.
pub(super) fn choose(
    catalogue: &Catalogue,
    asked: Option<&str>,
    facts: &[Fact],
    meant: Day,
    day: Day,
) -> Result<UnitId, Failure> {
    let register = &catalogue.localities;
    if let Some(text) = asked {
        return register.place_meant(text, meant, day).map_err(Failure);
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

/// What a group holds beyond the ground that was asked for.
pub(super) fn wider(register: &Register, area: UnitId, day: Day) -> Option<Problem> {
    const MOST_NAMED: usize = 12;
    let partly = register.members(area, day)?.partly;
    if partly.is_empty() {
        return None;
    }
    let names = |lang: Lang| {
        let named = partly.iter().take(MOST_NAMED);
        let names: Vec<String> = named.map(|id| register.unit(*id).name_in(lang)).collect();
        let more = match partly.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            n => lang.pick(format!(" và {n} đơn vị khác"), format!(" and {n} more")),
        };
        format!("{}{more}", names.join(", "))
    };
    let kind = Kind::AreaWider {
        area: Words::new(
            register.unit(area).name_in(Lang::Vi),
            register.unit(area).name_in(Lang::En),
        ),
        members: Words::new(names(Lang::Vi), names(Lang::En)),
    };
    Some(Problem::new(Place::default(), kind))
}

/// Rows of the log of received reports for which there is no file.
pub(super) fn not_in_the_folder(reporting: &Reporting) -> Vec<Problem> {
    let log = reporting.log.clone().unwrap_or_default();
    let missing = reporting.unmatched.iter().map(|row| {
        let near = |lang: Lang| match &row.near {
            Some(near) => lang.pick(
                format!("; có phải là “{near}”?"),
                format!("; did you mean “{near}”?"),
            ),
            None => String::new(),
        };
        let kind = Kind::ReceivedNotThere {
            file: row.file.clone(),
            suggestion: Words::new(near(Lang::Vi), near(Lang::En)),
        };
        Problem::new(Place::file(&log), kind)
    });
    missing.collect()
}

/// Says which reports others have replaced; a file of which nothing is left is called so.
pub(super) fn superseded(sources: &mut Sources, resent: &[Resent]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for one in resent {
        let (old, new) = (sources.sheet(one.old), sources.sheet(one.new));
        let name = |sheet: &SourceSheet| sources.file(sheet.file).name.clone();
        let kind = Kind::ReportSuperseded {
            other: format!("{} › {}", name(new), new.name),
            rule: one.rule.words(),
            changed: u32::try_from(one.changes.len()).unwrap_or(u32::MAX),
        };
        problems.push(Problem::new(Place::file(name(old)).sheet(old.name.clone()), kind));
    }
    for (at, file) in sources.files.iter_mut().enumerate() {
        let sheets = sources
            .sheets
            .iter()
            .zip(0..)
            .filter(|(s, _)| s.file.0 as usize == at && s.figures > 0);
        let replaced = |id: u32| resent.iter().any(|r| r.old.0 == id);
        let mut ids = sheets.map(|(_, id)| id).peekable();
        if ids.peek().is_some() && ids.all(replaced) {
            file.outcome = FileOutcome::Superseded;
        }
    }
    problems
}

/// Programmes that are judged by though the period lies outside their years.
pub(super) fn programmes_of_other_years(catalogue: &Catalogue, period: Period) -> Vec<Problem> {
    let years = |(from, to): (i16, i16)| format!("{from}-{to}");
    let outside = catalogue
        .judging()
        .filter(|(_, p)| !(p.years.0..=p.years.1).contains(&period.year));
    outside
        .map(|(_, programme)| {
            let fits = catalogue.programmes.iter();
            let fits = fits.filter(|p| (p.years.0..=p.years.1).contains(&period.year));
            let ids: Vec<&str> = fits.map(|p| p.id.as_str()).collect();
            let said = |lang: Lang| format!("{} ({})", programme.short.get(lang), years(programme.years));
            let kind = Kind::ProgrammeOfOtherYears {
                programme: Words::new(said(Lang::Vi), said(Lang::En)),
                period: Words::new(period.words(Lang::Vi), period.words(Lang::En)),
                fitting: ids.join(", "),
            };
            Problem::new(Place::default(), kind)
        })
        .collect()
}

/// Whether there are units of the level below the scope: a level that is not there would silently
/// give nothing.
pub(super) fn has_level(catalogue: &Catalogue, tree: &Tree, asked: Level) -> Result<(), Failure> {
    let below = tree.nodes.iter().filter(|n| n.parent.is_some());
    let there: std::collections::BTreeSet<Level> =
        below.map(|n| catalogue.localities.unit(n.unit).level).collect();
    if there.contains(&asked) {
        return Ok(());
    }
    let scope = tree.nodes.first().map(|n| catalogue.localities.unit(n.unit));
    let said = |lang: Lang| {
        let name = scope.map(|u| u.name_in(lang)).unwrap_or_default();
        let words = |level: &Level| format!("{} ({})", level.words(lang), level.code());
        let there: Vec<String> = there.iter().map(words).collect();
        let (level, day) = (words(&asked), tree.day);
        let there = match there.is_empty() {
            true => lang
                .pick("không có cấp nào", "there is no level below it")
                .to_owned(),
            false => format!(
                "{}: {}",
                lang.pick("các cấp có", "levels there"),
                there.join(", ")
            ),
        };
        lang.pick(
            format!("--each: {name} không có đơn vị nào của {level} vào ngày {day}; {there}"),
            format!("--each: {name} has no units of the level {level} on {day}; {there}"),
        )
    };
    Err(Failure(Words::new(said(Lang::Vi), said(Lang::En))))
}

pub(super) fn name(catalogue: &Catalogue, tree: &Tree, lang: Lang) -> String {
    tree.nodes
        .first()
        .map(|n| catalogue.localities.unit(n.unit).name_in(lang))
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

/// Earlier periods without any value or bounds say nothing; the one reported on always stays.
pub(super) fn with_values(figures: &[Figure], asked: &[Period], period: Period) -> Vec<Period> {
    let is_known = |f: &Figure| f.value.is_ok() || f.between.is_some();
    let has_value = |p: &Period| figures.iter().any(|f| f.period == *p && is_known(f));
    asked
        .iter()
        .copied()
        .filter(|p| *p == period || has_value(p))
        .collect()
}

/// The way to compute each indicator: the first unless the office chose another.
pub fn variants(catalogue: &Catalogue, chosen: &[(String, String)]) -> Result<Vec<u8>, Failure> {
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
