//! The summary: how many targets are met, and one line per indicator for the scope.

use std::collections::BTreeMap;

use crate::compare::Judgement;
use crate::definition::programmes::{Programme, ProgrammeId};
use crate::definition::target::When;
use crate::lang::Lang;
use crate::quantity::RatioUnit;
use crate::report::model::{
    Block, Cell, Chart, ChartKind, Column, Decimal, Role, Row, Series, Sheet, Style, Table,
};
use crate::report::notes::Notes;
use crate::report::view::View;

/// Indicators that a line chart can hold and still be read.
const LINES_IN_A_CHART: usize = 8;

pub(super) fn sheet(view: &View<'_>, notes: &mut Notes) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Tóm tắt", "Summary"),
        view.say("Tóm tắt kết quả", "Summary of results"),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    let headlines: Vec<(String, Table)> = view
        .catalogue
        .judging()
        .filter_map(|(id, programme)| headline(view, id, programme))
        .collect();
    for (line, _) in &headlines {
        sheet.blocks.push(Block::Heading(line.clone()));
    }
    sheet.blocks.push(Block::Table(results(view, notes)));
    for (line, table) in headlines {
        let title = view.say("Số chỉ tiêu theo kết quả đánh giá", "Targets by judgement");
        let title = match line.split_once(": ").filter(|_| view.has_programmes()) {
            Some((programme, _)) => format!("{programme}: {title}"),
            None => title.to_owned(),
        };
        sheet.blocks.push(Block::Heading(title));
        sheet.blocks.push(Block::Table(table));
    }
    sheet
}

/// The charts on a sheet of their own: heads of the table above would stand over them on paper.
pub(super) fn charts_sheet(view: &View<'_>) -> Option<Sheet> {
    let mut sheet = Sheet::new(
        view.say("Biểu đồ", "Charts"),
        view.say("Biểu đồ kết quả", "Charts of the results"),
        Style::Reading,
    );
    sheet.landscape = false;
    sheet.lines = super::about_lines(view);
    charts(view, &mut sheet);
    (!sheet.blocks.is_empty()).then_some(sheet)
}

/// Counts of the targets of a programme by judgement; none if nothing was judged for the scope.
fn headline(view: &View<'_>, id: ProgrammeId, programme: &Programme) -> Option<(String, Table)> {
    let mut by_judgement: BTreeMap<Judgement, Vec<String>> = BTreeMap::new();
    let (mut total, mut provisional) = (0, 0);
    for verdict in &view.content.targets {
        if verdict.programme == id && verdict.place == view.scope() && verdict.period == view.period() {
            let mark = match verdict.reserve.partial {
                true => view.say(" (tạm tính)", " (provisional)"),
                false => "",
            };
            let which = format!("{}{mark}", verdict.target);
            by_judgement.entry(verdict.judgement).or_default().push(which);
            total += 1;
            provisional += usize::from(verdict.reserve.partial);
        }
    }
    if total == 0 {
        return None;
    }
    let reached: usize = [Judgement::Exceeded, Judgement::Met]
        .iter()
        .filter_map(|j| by_judgement.get(j))
        .map(Vec::len)
        .sum();
    let mut line = match view.lang {
        Lang::Vi => format!("{reached}/{total} chỉ tiêu đạt và vượt mục tiêu"),
        Lang::En => format!("{reached} of {total} targets met or exceeded"),
    };
    if provisional > 0 {
        line.push_str(&match view.lang {
            Lang::Vi => format!("; {provisional} chỉ tiêu đánh giá tạm tính vì còn thiếu đơn vị"),
            Lang::En => format!("; {provisional} judged provisionally, units are missing"),
        });
    }
    if view.has_programmes() {
        line = format!("{}: {line}", programme.short.get(view.lang));
    }
    let rows = by_judgement
        .iter()
        .map(|(judgement, targets)| {
            Row::body(vec![
                Cell::verdict(*judgement),
                Cell::integer(i64::try_from(targets.len()).unwrap_or(i64::MAX)),
                Cell::text(targets.join("; ")),
            ])
        })
        .collect();
    let table = Table {
        columns: vec![
            Column::centred(view.say("Đánh giá", "Judgement"), 0).span(2),
            Column::centred(view.say("Số chỉ tiêu", "Targets"), 0),
            Column::text(view.say("Chỉ tiêu", "Which"), 0).span(9),
        ],
        rows,
        ..Table::default()
    };
    Some((line, table))
}

fn results(view: &View<'_>, notes: &mut Notes) -> Table {
    let previous = view.period().back(1);
    // The bounds stand beside the value only where some figure lacks units.
    let is_partial = view
        .indicators()
        .any(|(id, _)| view.main_figure(id).is_some_and(|j| j.figure.missing.is_some()));
    let mut rows = Vec::new();
    for section in view.sections() {
        rows.push(Row::of(Role::Group, vec![Cell::text(section.title(view))]));
        for (id, indicator) in section.indicators(view) {
            let judged = view.judged_by(section.programme, id);
            // A proxy is shown only where it says something.
            if indicator.proxy_for.is_some() && judged.is_none_or(|j| j.figure.value.is_err()) {
                continue;
            }
            let before = view.figure(id, view.scope(), previous, Default::default());
            let target = view.target(judged.and_then(|j| j.verdict.milestone));
            let mut cells = vec![
                Cell::text(&indicator.id),
                Cell::text(indicator.name.get(view.lang)),
                Cell::text(view.unit_of(indicator)),
                view.value_of(before),
                view.value_of(judged),
                target.map_or_else(Cell::empty, |t| view.target_cell(t)),
                target.map_or_else(Cell::empty, |t| when(view, t.when)),
                judged.map_or_else(Cell::empty, |j| view.gap(j)),
                view.verdict(judged),
                judged.map_or_else(Cell::empty, |j| Cell::text(view.trend(j))),
                view.coverage(judged),
            ];
            cells.extend(is_partial.then(|| view.with_all(judged)));
            cells.push(Cell::text(notes.about(view, judged)));
            rows.push(Row::body(cells));
        }
    }
    let mut columns = vec![
        Column::centred(view.say("Mã", "Code"), 9),
        Column::text(view.say("Chỉ tiêu", "Indicator"), 46),
        Column::centred(view.say("Đơn vị tính", "Unit"), 13),
        Column::number(previous_heading(view), 10),
        Column::number(this_heading(view), 10),
        Column::number(view.say("Mục tiêu", "Target"), 10),
        Column::centred(view.say("Mốc", "Milestone"), 11),
        Column::number(view.say("Chênh lệch", "Gap"), 10),
        Column::centred(view.say("Đánh giá", "Judgement"), 17),
        Column::centred(view.say("So với năm trước", "Against the year before"), 11),
        Column::centred(view.say("Đã báo cáo / phải báo cáo", "Reported / expected"), 11),
    ];
    let with_all = view.say("Khoảng khi đủ báo cáo", "Bounds once all report");
    columns.extend(is_partial.then(|| Column::centred(with_all, 14)));
    columns.push(Column::text(view.say("Ghi chú", "Notes"), 15));
    Table {
        columns,
        rows,
        freeze: Some(2),
        ..Table::default()
    }
}

pub(super) fn previous_heading(view: &View<'_>) -> String {
    super::cover::sentence_case(&view.period().back(1).words(view.lang))
}

pub(super) fn this_heading(view: &View<'_>) -> String {
    super::cover::sentence_case(&view.period().words(view.lang))
}

/// `2025`, or `từ 2025` for a target of every year.
pub(super) fn when(view: &View<'_>, when: When) -> Cell {
    match when {
        When::By(year) => Cell::text(year.to_string()),
        When::EveryYearFrom(year) => Cell::text(format!("{} {year}", view.say("từ năm", "from"))),
    }
}

/// Targets against results, and the years; each with the table it is drawn from.
fn charts(view: &View<'_>, sheet: &mut Sheet) {
    let percent: Vec<_> = view
        .indicators()
        .filter(|(_, i)| i.unit == RatioUnit::Percent && i.proxy_for.is_none())
        .collect();
    let mut rows = Vec::new();
    for (id, indicator) in &percent {
        let Some(judged) = view.main_figure(*id) else {
            continue;
        };
        let Some(value) = view.printed(&judged.figure) else {
            continue;
        };
        let Some(target) = view.target(judged.verdict.milestone) else {
            continue;
        };
        rows.push(Row::body(vec![
            Cell::text(&indicator.id),
            Cell::text(label(view, indicator)),
            Cell::text("%"),
            Cell::decimal(value),
            Cell::decimal(Decimal::new(target.value_tenths, 1).trimmed()),
        ]));
    }
    let tables = |sheet: &Sheet| {
        sheet
            .blocks
            .iter()
            .filter(|b| matches!(b, Block::Table(_)))
            .count()
    };
    if !rows.is_empty() {
        let title = view.say(
            "Kết quả so với mục tiêu (các chỉ tiêu tính bằng %)",
            "Results against targets (indicators in %)",
        );
        let (result, target) = (view.say("Kết quả", "Result"), view.say("Mục tiêu", "Target"));
        let last = rows.len() - 1;
        sheet.blocks.push(Block::Heading(title.to_owned()));
        sheet.blocks.push(Block::Charts(vec![Chart {
            title: format!(
                "{title} - {}, {}",
                view.place(view.scope()),
                view.period().words(view.lang)
            ),
            kind: ChartKind::Bars,
            unit: "%".to_owned(),
            table: tables(sheet),
            labels: 1,
            rows: (0, last),
            series: vec![
                Series {
                    name: result.to_owned(),
                    index: 3,
                    is_target: false,
                },
                Series {
                    name: target.to_owned(),
                    index: 4,
                    is_target: true,
                },
            ],
            decimals: 1,
        }]));
        sheet.blocks.push(Block::Table(Table {
            columns: vec![
                Column::centred(view.say("Mã", "Code"), 9),
                Column::text(view.say("Chỉ tiêu", "Indicator"), 46),
                Column::centred(view.say("Đơn vị tính", "Unit"), 13),
                Column::number(result, 10),
                Column::number(target, 10),
            ],
            rows,
            ..Table::default()
        }));
    }
    let years = view.years();
    if years.len() < 2 {
        return;
    }
    let mut rows = Vec::new();
    for (id, indicator) in &percent {
        let values: Vec<Option<Decimal>> = years
            .iter()
            .map(|y| view.figure(*id, view.scope(), *y, Default::default()))
            .map(|j| j.and_then(|j| view.printed(&j.figure)))
            .collect();
        if values.iter().flatten().count() < 2 {
            continue;
        }
        let mut cells = vec![
            Cell::text(&indicator.id),
            Cell::text(label(view, indicator)),
            Cell::text("%"),
        ];
        // A year without a value is a gap in the line, not a zero.
        cells.extend(
            values
                .into_iter()
                .map(|v| v.map_or_else(Cell::empty, Cell::decimal)),
        );
        rows.push(Row::body(cells));
    }
    if rows.is_empty() {
        return;
    }
    let title = view.say("Diễn biến qua các năm", "Over the years");
    let mut columns = vec![
        Column::centred(view.say("Mã", "Code"), 9),
        Column::text(view.say("Chỉ tiêu", "Indicator"), 46),
        Column::centred(view.say("Đơn vị tính", "Unit"), 13),
    ];
    columns.extend(years.iter().map(|y| Column::number(y.code(), 10)));
    sheet.blocks.push(Block::Heading(title.to_owned()));
    let table = tables(sheet);
    let chart = |from: usize| {
        let last = (from + LINES_IN_A_CHART).min(rows.len()) - 1;
        let more = if rows.len() > LINES_IN_A_CHART {
            format!(" ({})", from / LINES_IN_A_CHART + 1)
        } else {
            String::new()
        };
        Chart {
            title: format!("{title}{more} - {}", view.place(view.scope())),
            kind: ChartKind::Lines,
            unit: "%".to_owned(),
            table,
            labels: 1,
            rows: (from, last),
            series: years
                .iter()
                .enumerate()
                .map(|(i, y)| Series {
                    name: y.code(),
                    index: 3 + i,
                    is_target: false,
                })
                .collect(),
            decimals: 1,
        }
    };
    let charts = (0..rows.len()).step_by(LINES_IN_A_CHART).map(chart).collect();
    sheet.blocks.push(Block::Charts(charts));
    sheet.blocks.push(Block::Table(Table {
        columns,
        rows,
        ..Table::default()
    }));
}

/// `3.2a. Người bị bạo lực được hỗ trợ`: what fits beside a bar.
pub(super) fn label(view: &View<'_>, indicator: &crate::definition::Indicator) -> String {
    format!("{}. {}", indicator.id, indicator.short.get(view.lang))
}
