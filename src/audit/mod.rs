//! What is missing and what was assumed: the lines of the quality sheet.
//!
//! In:  figures, the tree, the checked facts. Out: [`QualityLine`]s.
//! Holds: every fact that no figure of the report could use is accounted for here; every choice made
//!        for the office (variant, tolerance, derived counts) is named.

mod periods;
mod recast;
mod unfinished;

pub use periods::problems;

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::Breakdown;
use crate::definition::Catalogue;
use crate::evaluate::{Figure, PeopleCovered, Question};
use crate::fact::Fact;
use crate::lang::{Lang, Words, plural};
use crate::period::Period;
use crate::quantity::{Absence, print_decimal};

/// One line of the quality sheet: an outcome by count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct QualityLine {
    pub topic: Words,
    pub finding: Words,
}

fn line(topic: (&str, &str), finding: (String, String)) -> QualityLine {
    QualityLine {
        topic: Words::new(topic.0, topic.1),
        finding: Words::new(finding.0, finding.1),
    }
}

/// All lines about a report of one period.
pub fn lines(
    question: &Question<'_>,
    figures: &[Figure],
    facts: &[Fact],
    period: Period,
) -> Vec<QualityLine> {
    let mut lines = units_missing(question, figures, period);
    lines.extend(elsewhere(question, facts));
    lines.extend(recast::lines(question, facts));
    lines.extend(periods::lines(facts, period));
    lines.extend(assumptions(question, figures));
    lines
}

/// For each indicator that is partly covered: which lowest units sent nothing it can use.
fn units_missing(question: &Question<'_>, figures: &[Figure], period: Period) -> Vec<QualityLine> {
    const NAMED: usize = 12;
    let catalogue = question.catalogue;
    let Some(scope) = question.tree.nodes.first() else {
        return Vec::new();
    };
    let leaves: BTreeSet<_> = question
        .tree
        .nodes
        .iter()
        .filter(|n| n.children.is_empty())
        .map(|n| n.unit)
        .collect();
    let mut lines = Vec::new();
    for (index, indicator) in catalogue.indicators.iter().enumerate() {
        let of_this = figures.iter().filter(|f| {
            usize::from(f.indicator.0) == index && f.period == period && f.group == Breakdown::default()
        });
        let mut partial = None;
        let mut without = Vec::new();
        for figure in of_this {
            if figure.place == scope.unit && figure.value.is_ok() && !figure.coverage.is_full() {
                partial = Some((figure.coverage, figure.people));
            }
            let has_nothing = figure.numerator.is_none() || figure.denominator.is_none();
            let is_contradicted = matches!(figure.value, Err(Absence::Conflict(_)));
            if leaves.contains(&figure.place) && (has_nothing || is_contradicted) {
                let name = catalogue.localities.units[figure.place.0 as usize].full_name();
                without.push(match is_contradicted {
                    true => (
                        format!("{name} (số liệu mâu thuẫn)"),
                        format!("{name} (contradictory data)"),
                    ),
                    false => (name.clone(), name),
                });
            }
        }
        let Some((coverage, people)) = partial else {
            continue;
        };
        let more = without.len().saturating_sub(NAMED);
        let (names_vi, names_en): (Vec<String>, Vec<String>) = without.into_iter().take(NAMED).unzip();
        let (names_vi, names_en) = (names_vi.join(", "), names_en.join(", "));
        let (more_vi, more_en) = match more {
            0 => (String::new(), String::new()),
            n => (format!(" và {n} đơn vị khác"), format!(" and {n} more")),
        };
        let (reported, expected) = (coverage.reported, coverage.expected);
        lines.push(line(
            ("Đơn vị chưa có số liệu", "Units without data"),
            (
                format!(
                    "{} – {}: {reported}/{expected} đơn vị{}; thiếu: {names_vi}{more_vi}",
                    indicator.id,
                    indicator.short.vi,
                    in_people(people, Lang::Vi)
                ),
                format!(
                    "{} – {}: {reported}/{expected} units{}; missing: {names_en}{more_en}",
                    indicator.id,
                    indicator.short.en,
                    in_people(people, Lang::En)
                ),
            ),
        ));
    }
    lines
}

/// `, có 93,4 % dân số (tổng điều tra 1/4/2019)`: a weight of the coverage, with its source and doubt.
fn in_people(people: Option<PeopleCovered>, lang: Lang) -> String {
    let Some(people) = people else {
        return String::new();
    };
    let percent = print_decimal(people.tenths(), 1, lang);
    let source = people.source.words(lang);
    let doubt = match people.uncertain {
        true => lang.pick(", có phần ước lượng", ", partly estimated"),
        false => "",
    };
    lang.pick(
        format!(", có {percent} % dân số ({source}{doubt})"),
        format!(" with {percent} % of the people ({source}{doubt})"),
    )
}

/// Facts of places that are not in the report's tree: other localities, or units of another time.
fn elsewhere(question: &Question<'_>, facts: &[Fact]) -> Vec<QualityLine> {
    let register = &question.catalogue.localities;
    let mut outside: BTreeMap<_, u32> = BTreeMap::new();
    for fact in facts
        .iter()
        .filter(|f| question.tree.stands_for(register, f.place).is_none())
        .filter(|f| question.recast.is_none_or(|r| r.frame_of(f).is_none()))
    {
        *outside.entry(fact.place).or_default() += 1;
    }
    outside
        .into_iter()
        .map(|(place, count)| {
            let unit = &question.catalogue.localities.units[place.0 as usize];
            let (name, code) = (unit.full_name(), &unit.code);
            line(
                ("Số liệu ngoài phạm vi báo cáo", "Figures outside the scope"),
                (
                    format!("{name} ({code}): {count} số liệu không thuộc địa bàn hoặc địa giới của kỳ báo cáo, không cộng vào bảng nào"),
                    format!("{name} ({code}): {count} figure{} of a place outside the territory or boundaries of the period, not added to any table", plural(count)),
                ),
            )
        })
        .collect()
}

fn assumptions(question: &Question<'_>, figures: &[Figure]) -> Vec<QualityLine> {
    let catalogue: &Catalogue = question.catalogue;
    let topic = ("Quy ước đã dùng", "Assumptions made");
    let mut lines = Vec::new();
    for (i, indicator) in catalogue
        .indicators
        .iter()
        .enumerate()
        .filter(|(_, i)| i.variants.len() > 1)
    {
        let chosen = question.variants.get(i).copied().unwrap_or(0);
        if let Some(variant) = indicator.variants.get(usize::from(chosen)) {
            lines.push(line(
                topic,
                (
                    format!(
                        "{}: cách tính “{}” ({})",
                        indicator.id, variant.name.vi, variant.id
                    ),
                    format!(
                        "{}: computed as “{}” ({})",
                        indicator.id, variant.name.en, variant.id
                    ),
                ),
            ));
        }
    }
    let tolerance = catalogue.settings.approximate_tolerance_tenths;
    lines.push(line(
        topic,
        (
            format!(
                "chỉ tiêu “khoảng”: cho phép lệch {} đơn vị",
                print_decimal(tolerance, 1, Lang::Vi)
            ),
            format!(
                "“about” targets: a difference of {} is allowed",
                print_decimal(tolerance, 1, Lang::En)
            ),
        ),
    ));
    let by_history = figures
        .iter()
        .filter_map(|f| f.missing)
        .filter(|m| m.history.is_some() && m.between.is_ok())
        .count();
    if let Some(assumed) = crate::compare::assumption(catalogue).filter(|_| by_history > 0) {
        lines.push(line(
            topic,
            (
                format!("khoảng khi đủ báo cáo của {by_history} số: {}", assumed.vi),
                format!("bounds of {by_history} figures once all report: {}", assumed.en),
            ),
        ));
    }
    let derived = figures.iter().filter(|f| f.derived && f.value.is_ok()).count();
    if derived > 0 {
        lines.push(line(
            topic,
            (
                format!("{derived} số tính được có số đếm suy ra (nam = tổng - nữ; năm = hai kỳ 6 tháng), có đánh dấu"),
                format!("{derived} figures use derived counts (men = total - women; year = two halves), marked"),
            ),
        ));
    }
    lines
}
