//! Charts of the sheet of years: a line as reported ends where the boundaries of its unit change, and that of the
//! unit after it begins there; a line on one base goes on. The axis marks the year after a change.

use crate::classification::locality::UnitId;
use crate::definition::{Indicator, IndicatorId};
use crate::disclosure::{Crossing, Earlier, Judged};
use crate::report::cover::{day, sentence_case};
use crate::report::model::{Block, Cell, Chart, ChartKind, Column, Row, Series, Sheet, Table};
use crate::report::series::{Year, on_its_own_units};
use crate::report::summary::label;
use crate::report::view::View;

/// Charts on the sheet.
const CHARTS: usize = 4;
/// Lines in a chart.
const LINES: usize = 6;

/// For the indicators with most values: the scope on the base, and as each time reported.
pub(super) fn blocks(
    view: &View<'_>,
    crossing: &Crossing,
    told: &[(IndicatorId, &Indicator)],
    years: &[Year],
    sheet: &mut Sheet,
) {
    let mut drawn = 0;
    for (id, indicator) in told {
        if drawn == CHARTS || indicator.proxy_for.is_some() {
            continue;
        }
        let cell = |judged: Option<&Judged>| {
            judged
                .and_then(|j| view.printed(&j.figure))
                .map_or_else(Cell::empty, Cell::decimal)
        };
        let on_base: Vec<Cell> = years
            .iter()
            .map(|y| cell(view.figure(*id, view.scope(), y.period, Default::default())))
            .collect();
        let values = on_base.iter().filter(|c| **c != Cell::empty()).count();
        if values < 2 {
            continue;
        }
        let base = day(view.content.about.base, view.lang);
        let name = view.place(view.scope());
        let mut rows = vec![(
            format!("{name}, {} {base}", view.say("địa giới", "boundaries of")),
            on_base,
        )];
        let mut tops: Vec<(UnitId, u8)> = crossing
            .earlier
            .iter()
            .filter(|e| e.judged.figure.indicator == *id && e.depth <= 1)
            .map(|e| (e.judged.figure.place, e.depth))
            .collect();
        tops.sort_by_key(|(unit, depth)| (*depth, view.code(*unit)));
        tops.dedup();
        tops.retain(|(unit, _)| *unit != view.scope());
        tops.insert(0, (view.scope(), 0));
        for (unit, _) in tops.into_iter().take(LINES) {
            let as_it_was = |y: &Year| {
                let of = |e: &&Earlier| {
                    let f = &e.judged.figure;
                    f.indicator == *id && f.place == unit && f.period == y.period
                };
                let found = crossing.earlier.iter().find(of).map(|e| &e.judged);
                found.or_else(|| on_its_own_units(view, *id, unit, y.period))
            };
            let cells: Vec<Cell> = years.iter().map(|y| cell(as_it_was(y))).collect();
            if cells.iter().all(|c| *c == Cell::empty()) {
                continue;
            }
            let former = match view.content.places.iter().any(|p| p.place == unit) {
                true => "",
                false => view.say(" (đơn vị cũ)", " (former unit)"),
            };
            let how = view.say("như đã báo cáo", "as reported");
            rows.push((format!("{}{former}, {how}", view.place(unit)), cells));
        }
        let columns: Vec<String> = years
            .iter()
            .map(|y| {
                let mark = if y.breaks { "‖ " } else { "" };
                format!("{mark}{}", y.period.code())
            })
            .collect();
        let tables = sheet
            .blocks
            .iter()
            .filter(|b| matches!(b, Block::Table(_)))
            .count();
        let title = format!("{} ({})", label(view, indicator), view.unit_of(indicator));
        sheet.blocks.push(Block::Heading(title.clone()));
        sheet.blocks.push(Block::Charts(vec![Chart {
            title,
            kind: ChartKind::Lines,
            unit: view.unit_of(indicator).to_owned(),
            table: tables,
            labels: 1,
            rows: (0, rows.len() - 1),
            series: columns
                .iter()
                .enumerate()
                .map(|(i, name)| Series {
                    name: name.clone(),
                    index: 3 + i,
                    is_target: false,
                })
                .collect(),
            decimals: indicator.decimals,
        }]));
        let mut heads = vec![
            Column::text(view.say("Mã", "Code"), 8),
            Column::text(view.say("Đường", "Line"), 30),
            Column::text(view.say("Đơn vị tính", "Unit"), 22),
        ];
        heads.extend(columns.iter().map(|c| Column::number(c, 13)));
        let rows = rows.into_iter().map(|(name, values)| {
            let mut cells = vec![
                Cell::text(&indicator.id),
                Cell::text(sentence_case(&name)),
                Cell::text(view.unit_of(indicator)),
            ];
            cells.extend(values);
            Row::body(cells)
        });
        sheet.blocks.push(Block::Table(Table {
            columns: heads,
            rows: rows.collect(),
            ..Table::default()
        }));
        drawn += 1;
    }
}
