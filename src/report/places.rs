//! Places side by side: one sheet per level below the scope, indicators as columns.
//!
//! Holds: ranks are of printed values among places of the same level, ties share a rank, and a
//! place without a value has none. The scope stands first for comparison and is not ranked.

use std::collections::BTreeMap;

use crate::classification::locality::{Level, UnitId};
use crate::definition::{Direction, Indicator, IndicatorId};
use crate::disclosure::PlaceRow;
use crate::evaluate::PeopleCovered;
use crate::lang::Lang;
use crate::quantity::print_decimal;
use crate::report::cover::sentence_case;
use crate::report::model::{
    Block, Cell, Chart, ChartKind, Column, Decimal, Role, Row, Series, Sheet, Style, Table,
};
use crate::report::summary::label;
use crate::report::view::View;

/// More bars than this cannot be read.
const BARS_IN_A_CHART: usize = 40;
/// Charts of places on a sheet.
const CHARTS: usize = 4;
/// Columns before the first indicator.
const HEAD: usize = 5;

pub(super) fn sheets(view: &View<'_>) -> Vec<Sheet> {
    let deepest = view.content.places.iter().map(|p| p.depth).max().unwrap_or(0);
    let mut by_level: BTreeMap<Level, Vec<&PlaceRow>> = BTreeMap::new();
    for depth in 1..=deepest {
        for place in view.places_at(depth) {
            by_level.entry(view.level(place.place)).or_default().push(place);
        }
    }
    let several = by_level.len() > 1;
    by_level
        .into_iter()
        .map(|(level, places)| sheet(view, level, &places, several))
        .collect()
}

fn sheet(view: &View<'_>, level: Level, places: &[&PlaceRow], several: bool) -> Sheet {
    let level_words = level.words(view.lang);
    let base = view.say("Địa bàn", "Places");
    let name = if several {
        format!("{base} - {level_words}")
    } else {
        base.to_owned()
    };
    let mut sheet = Sheet::new(
        name,
        format!(
            "{} ({level_words})",
            view.say("So sánh các địa bàn", "Places side by side")
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    let (shown, left_out): (Vec<_>, Vec<_>) = view
        .indicators()
        .partition(|(id, i)| is_shown(view, *id, i, level, places));
    if !left_out.is_empty() {
        let ids: Vec<&str> = left_out
            .iter()
            .filter(|(_, i)| i.proxy_for.is_none())
            .map(|(_, i)| i.id.as_str())
            .collect();
        if !ids.is_empty() {
            sheet.lines.push(match view.lang {
                Lang::Vi => format!(
                    "Không tính hoặc chưa có số liệu ở {level_words}: {} (lý do ở trang Phương pháp và Dữ liệu).",
                    ids.join("; ")
                ),
                Lang::En => format!(
                    "Not computed or without data at {level_words} level: {} (reasons on the sheets Methods and Data).",
                    ids.join("; ")
                ),
            });
        }
    }
    sheet.lines.push(
        view.say(
            "Hạng 1 là tốt nhất trong các địa bàn cùng cấp có số liệu. Cột “Đã báo cáo / phải báo cáo” cộng theo các chỉ tiêu trong bảng.",
            "Rank 1 is the best of the places of the level that have data. “Reported / expected” adds up the indicators of the table.",
        )
        .to_owned(),
    );
    sheet.lines.extend(people_line(view));
    if shown.is_empty() {
        return sheet;
    }
    let ranks: Vec<BTreeMap<UnitId, usize>> =
        shown.iter().map(|(id, i)| rank(view, *id, i, places)).collect();
    let with_parent = (several || view.is_group()) && level != Level::Province;
    let mut rows = vec![row(view, view.scope(), Role::Total, &shown, None, with_parent)];
    rows.extend(
        places
            .iter()
            .map(|p| row(view, p.place, Role::Body, &shown, Some(&ranks), with_parent)),
    );
    let last = rows.len() - 1;
    sheet.blocks.push(Block::Table(Table {
        columns: columns(view, &shown, with_parent),
        rows,
        freeze: Some(2),
        ..Table::default()
    }));
    if places.len() <= BARS_IN_A_CHART {
        let charts = charts(view, &shown, &ranks, last);
        if !charts.is_empty() {
            sheet
                .blocks
                .push(Block::Heading(view.say("Biểu đồ so sánh", "Charts").to_owned()));
            sheet.blocks.push(Block::Charts(charts));
        }
    }
    sheet
}

/// What the weights by people are, if there are any.
fn people_line(view: &View<'_>) -> Option<String> {
    let mut all = view.content.figures.iter().filter_map(|j| j.figure.people);
    let source = all.next()?.source.words(view.lang);
    Some(match view.lang {
        Lang::Vi => format!(
            "“Dân số đơn vị đã báo cáo”: phần dân số của các xã đã có số liệu trong mọi xã phải báo cáo, gộp các chỉ tiêu tính được; nguồn: {source}; ≈ là có phần ước lượng. Chỉ dùng làm trọng số, không thay mẫu số nào."
        ),
        Lang::En => format!(
            "“People of units that reported”: the people of communes with figures among those of all communes that should report, over the indicators for which it is known; source: {source}; ≈ means partly estimated. A weight only: it replaces no denominator."
        ),
    })
}

/// Computable here, or with a figure in spite of it.
fn is_shown(
    view: &View<'_>,
    id: IndicatorId,
    indicator: &Indicator,
    level: Level,
    places: &[&PlaceRow],
) -> bool {
    let has = |p: &&PlaceRow| {
        view.figure(id, p.place, view.period(), Default::default())
            .is_some_and(|j| j.figure.value.is_ok())
    };
    let needed = indicator.is_computable_at(level) && indicator.proxy_for.is_none();
    needed || places.iter().any(has)
}

fn columns(view: &View<'_>, shown: &[(IndicatorId, &Indicator)], with_parent: bool) -> Vec<Column> {
    let mut columns = vec![
        Column::text(view.say("Mã", "Code"), 8),
        Column::text(view.say("Địa bàn", "Place"), 24),
        Column::text(
            if with_parent {
                view.say("Thuộc", "Part of")
            } else {
                view.say("Cấp", "Level")
            },
            12,
        ),
        Column::centred(view.say("Đã báo cáo / phải báo cáo", "Reported / expected"), 11),
        Column::centred(
            view.say(
                "Dân số đơn vị đã báo cáo (%)",
                "People of units that reported (%)",
            ),
            11,
        ),
    ];
    for (_, indicator) in shown {
        let heading = format!("{} ({})", label(view, indicator), view.unit_of(indicator));
        columns.push(Column::number(view.say("Giá trị", "Value"), 9).under(&heading));
        columns.push(Column::number(view.say("Hạng", "Rank"), 6).under(&heading));
        columns.push(Column::centred(view.say("Đánh giá", "Judgement"), 16).under(&heading));
    }
    columns
}

fn row(
    view: &View<'_>,
    place: UnitId,
    role: Role,
    shown: &[(IndicatorId, &Indicator)],
    ranks: Option<&[BTreeMap<UnitId, usize>]>,
    with_parent: bool,
) -> Row {
    let mut reported = 0u64;
    let mut expected = 0u64;
    let mut people: Option<PeopleCovered> = None;
    let mut figures = Vec::new();
    for (n, (id, _)) in shown.iter().enumerate() {
        let judged = view.figure(*id, place, view.period(), Default::default());
        if let Some(j) = judged {
            reported += u64::from(j.figure.coverage.reported);
            expected += u64::from(j.figure.coverage.expected);
            people = match (people, j.figure.people) {
                (Some(sum), Some(more)) => Some(sum.plus(more)),
                (sum, more) => sum.or(more),
            };
        }
        let rank = ranks.and_then(|r| r.get(n)?.get(&place));
        figures.push(view.value_of(judged).toned(Some(view.judgement(judged))));
        figures.push(rank.map_or_else(Cell::empty, |r| {
            Cell::integer(i64::try_from(*r).unwrap_or(i64::MAX))
        }));
        figures.push(view.verdict(judged));
    }
    let second = if with_parent {
        view.parent(place).map(|p| view.place(p)).unwrap_or_default()
    } else {
        view.level_words(place).to_owned()
    };
    let mut cells = vec![
        Cell::text(view.code(place)),
        Cell::text(sentence_case(&view.place(place))),
        Cell::text(second),
        if expected > 0 {
            Cell::text(format!("{reported}/{expected}"))
        } else {
            Cell::empty()
        },
        view.people(people),
    ];
    cells.extend(figures);
    Row::of(role, cells)
}

/// 1 is the best; equal printed values share a rank.
fn rank(
    view: &View<'_>,
    id: IndicatorId,
    indicator: &Indicator,
    places: &[&PlaceRow],
) -> BTreeMap<UnitId, usize> {
    let mut values: Vec<(i64, UnitId)> = places
        .iter()
        .filter_map(|p| {
            let judged = view.figure(id, p.place, view.period(), Default::default())?;
            Some((view.printed(&judged.figure)?.value, p.place))
        })
        .collect();
    match indicator.direction {
        Direction::Lower => values.sort_unstable(),
        Direction::Higher | Direction::Hold => values.sort_unstable_by(|a, b| b.cmp(a)),
    }
    let mut ranks = BTreeMap::new();
    let mut rank = 0;
    for (i, (value, place)) in values.iter().enumerate() {
        if i == 0 || values.get(i - 1).map(|(v, _)| v) != Some(value) {
            rank = i + 1;
        }
        ranks.insert(*place, rank);
    }
    ranks
}

/// The indicators with values in most places, in the order of the columns.
fn charts(
    view: &View<'_>,
    shown: &[(IndicatorId, &Indicator)],
    ranks: &[BTreeMap<UnitId, usize>],
    last: usize,
) -> Vec<Chart> {
    let mut order: Vec<usize> = (0..shown.len())
        .filter(|i| shown.get(*i).is_some_and(|(_, i)| i.proxy_for.is_none()))
        .filter(|i| ranks.get(*i).is_some_and(|r| r.len() >= 2))
        .collect();
    order.sort_by_key(|i| std::cmp::Reverse(ranks.get(*i).map_or(0, BTreeMap::len)));
    order.truncate(CHARTS);
    order.sort_unstable();
    order
        .into_iter()
        .filter_map(|i| {
            let (id, indicator) = shown.get(i)?;
            let target = view
                .main_figure(*id)
                .and_then(|j| view.target(j.verdict.milestone));
            let goal = target.map(|t| {
                let goal = Decimal::new(t.value_tenths, 1).trimmed();
                let value = print_decimal(goal.value, goal.decimals, view.lang);
                format!(
                    " - {} {} {value}",
                    view.say("mục tiêu", "target"),
                    t.comparator.printed()
                )
            });
            Some(Chart {
                title: format!(
                    "{} ({}), {}{}",
                    label(view, indicator),
                    view.unit_of(indicator),
                    view.period().words(view.lang),
                    goal.unwrap_or_default()
                ),
                kind: ChartKind::Bars,
                unit: view.unit_of(indicator).to_owned(),
                table: 0,
                labels: 1,
                rows: (0, last),
                series: vec![Series {
                    name: label(view, indicator),
                    index: HEAD + 3 * i,
                    is_target: false,
                }],
                decimals: indicator.decimals,
            })
        })
        .collect()
}
