//! Years side by side across a change of boundaries: on the units of the report, and as each time
//! reported on its own units.
//!
//! Holds: where the boundaries change, a column stands empty between the years as reported; a recast figure
//!        carries its sign. Nothing is computed here.

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::locality::UnitId;
use crate::definition::{Indicator, IndicatorId};
use crate::disclosure::{Crossing, Earlier, Judged};
use crate::lang::Lang;
use crate::period::{Day, Period};
use crate::recast::Boundary;
use crate::report::cover::{day, sentence_case};
use crate::report::model::{Block, Cell, Column, Role, Row, Sheet, Style, Table};
use crate::report::series_charts as charts;
use crate::report::summary::label;
use crate::report::view::View;

/// More rows than this nobody reads; the lowest units are then left to the tidy data, which hold all.
const ROWS: usize = 20_000;

pub(super) fn sheet(view: &View<'_>) -> Option<Sheet> {
    let crossing = view.content.crossing.as_ref()?;
    let years = years(view, crossing);
    let told: Vec<(IndicatorId, &Indicator)> = view
        .indicators()
        .filter(|(id, _)| crossing.earlier.iter().any(|e| e.judged.figure.indicator == *id))
        .collect();
    if told.is_empty() || years.len() < 2 {
        return None;
    }
    let mut sheet = Sheet::new(
        view.say("Chuỗi năm", "Series"),
        view.say(
            "Chuỗi số liệu qua các năm, trên cùng địa giới và như đã báo cáo",
            "Series over the years, on one set of boundaries and as reported",
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    sheet.lines.extend(lines(view, crossing, &years));
    charts::blocks(view, crossing, &told, &years, &mut sheet);
    // Every indicator is there, if need be without the lowest units.
    let deepest = view.content.places.iter().map(|p| p.depth).max().unwrap_or(0);
    let tables = (0..=deepest)
        .rev()
        .map(|depth| (depth, rows(view, crossing, &told, &years, depth)));
    let (depth, rows) = fitting(tables)?;
    if depth < deepest {
        let levels: BTreeSet<&str> = view
            .content
            .places
            .iter()
            .filter(|p| p.depth > depth)
            .map(|p| view.level_words(p.place))
            .collect();
        let left_out = levels.into_iter().collect::<Vec<_>>().join(", ");
        sheet.lines.push(match view.lang {
            Lang::Vi => format!("Trang này không in {left_out} (quá {ROWS} dòng); trang Dữ liệu và tệp CSV, Parquet có đủ."),
            Lang::En => format!(
                "This sheet leaves out: {left_out} (more than {ROWS} rows); the sheet Data and the CSV and Parquet files hold all."
            ),
        });
    }
    sheet.blocks.push(Block::Heading(
        view.say(
            "Hai cách nhìn, theo địa bàn và năm",
            "Both views by place and year",
        )
        .to_owned(),
    ));
    sheet.blocks.push(Block::Table(Table {
        columns: columns(view, &years),
        rows,
        freeze: Some(2),
        ..Table::default()
    }));
    Some(sheet)
}

/// The first of these tables that is short enough to be read; the last one in any case.
fn fitting(tables: impl Iterator<Item = (u8, Vec<Row>)>) -> Option<(u8, Vec<Row>)> {
    let mut last = None;
    for (depth, rows) in tables {
        let fits = rows.len() <= ROWS;
        last = Some((depth, rows));
        if fits {
            break;
        }
    }
    last
}

/// All indicators, each with the places down to a depth.
fn rows(
    view: &View<'_>,
    crossing: &Crossing,
    told: &[(IndicatorId, &Indicator)],
    years: &[Year],
    depth: u8,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (id, indicator) in told {
        let name = format!("{} ({})", label(view, indicator), view.unit_of(indicator));
        rows.push(Row::of(Role::Group, vec![Cell::text(name)]));
        rows.extend(rows_of(view, crossing, *id, years, depth));
    }
    rows
}

/// A year, and whether the boundaries changed before it or within it.
pub(super) struct Year {
    pub period: Period,
    pub breaks: bool,
    cut: bool,
}

/// Years with a figure in either view, of the span reported on.
fn years(view: &View<'_>, crossing: &Crossing) -> Vec<Year> {
    let earlier = crossing.earlier.iter().map(|e| e.judged.figure.period);
    let own = view.content.figures.iter().map(|j| j.figure.period);
    let span = view.period().span;
    let periods: BTreeSet<Period> = earlier.chain(own).filter(|p| p.span == span).collect();
    let changes: BTreeSet<Day> = crossing.transfers.iter().map(|t| t.transfer.date).collect();
    // Parts of a year that were reported on units that the rest of it did not have.
    let parts: BTreeSet<(i16, Day)> = crossing
        .transfers
        .iter()
        .flat_map(|t| t.periods.iter().map(|p| (*p, t.transfer.date)))
        .filter(|(p, date)| p.span != span && p.last_day() < *date && p.year == date.year)
        .map(|(p, date)| (p.year, date))
        .collect();
    let mut out: Vec<Year> = Vec::new();
    let mut before: Option<Day> = None;
    for period in periods {
        let last = period.last_day();
        let breaks = before.is_some_and(|b| changes.iter().any(|d| b < *d && *d <= last));
        before = Some(last);
        out.push(Year {
            period,
            breaks,
            cut: parts
                .iter()
                .any(|(year, date)| *year == period.year && *date <= last),
        });
    }
    out
}

fn lines(view: &View<'_>, crossing: &Crossing, years: &[Year]) -> Vec<String> {
    let base = day(view.content.about.base, view.lang);
    let dates: BTreeSet<Day> = crossing.transfers.iter().map(|t| t.transfer.date).collect();
    let dates: Vec<String> = dates.into_iter().map(|d| day(d, view.lang)).collect();
    let signs: Vec<String> = Boundary::ALL
        .iter()
        .filter(|b| !b.sign().is_empty())
        .map(|b| format!("{} {}", b.sign(), b.words(view.lang)))
        .collect();
    let signs = signs.join("; ");
    let mut lines = match view.lang {
        Lang::Vi => vec![
            format!(
                "Địa giới thay đổi ngày {}; cột trống ‖ đánh dấu chỗ chuỗi bị cắt. Không so sánh số “như đã báo cáo” ở hai bên cột này.",
                dates.join(", ")
            ),
            format!(
                "“Trên địa giới {base}”: số của các năm trước được quy đổi về đơn vị của ngày đó; ký hiệu: {signs}. Các lần chuyển đã dùng: trang Địa giới."
            ),
        ],
        Lang::En => vec![
            format!(
                "Boundaries changed on {}; the empty column ‖ marks where the series breaks. Figures “as reported” on its two sides are not to be compared.",
                dates.join(", ")
            ),
            format!(
                "“On the boundaries of {base}”: figures of earlier years are recast on the units of that day; signs: {signs}. The transfers used: sheet Boundaries."
            ),
        ],
    };
    let cut: Vec<String> = years.iter().filter(|y| y.cut).map(|y| y.period.code()).collect();
    if !cut.is_empty() {
        let cut = cut.join(", ");
        lines.push(match view.lang {
            Lang::Vi => format!("Năm {cut} bị cắt trong năm: phần đầu báo cáo theo đơn vị cũ, phần sau theo đơn vị mới; số cả năm là tổng hai phần sau khi quy đổi."),
            Lang::En => format!("{cut} is cut within the year: its first part is reported on the old units, the rest on the new; the year is the sum of both once recast."),
        });
    }
    lines
}

fn columns(view: &View<'_>, years: &[Year]) -> Vec<Column> {
    let mut columns = vec![
        Column::text(view.say("Mã", "Code"), 8),
        Column::text(view.say("Địa bàn", "Place"), 30),
        Column::text(view.say("Cấp; thuộc", "Level; part of"), 22),
    ];
    let base = format!(
        "{} {}",
        view.say("Trên địa giới", "On the boundaries of"),
        day(view.content.about.base, view.lang)
    );
    columns.extend(
        years
            .iter()
            .map(|y| Column::number(y.period.code(), 13).under(&base)),
    );
    let own = view.say("Như đã báo cáo", "As reported");
    for year in years {
        if year.breaks {
            columns.push(Column::centred("‖", 3).under(own));
        }
        columns.push(Column::number(year.period.code(), 11).under(own));
    }
    columns
}

/// The scope and its units, each with the units of earlier times that went into it.
fn rows_of(view: &View<'_>, crossing: &Crossing, id: IndicatorId, years: &[Year], depth: u8) -> Vec<Row> {
    let of_this: Vec<&Earlier> = crossing
        .earlier
        .iter()
        .filter(|e| e.judged.figure.indicator == id)
        .collect();
    let current: BTreeSet<UnitId> = view.content.places.iter().map(|p| p.place).collect();
    let mut former_of: BTreeMap<UnitId, Vec<&Earlier>> = BTreeMap::new();
    let mut as_it_was: BTreeMap<(UnitId, Period), &Earlier> = BTreeMap::new();
    for earlier in &of_this {
        for unit in &earlier.into {
            former_of.entry(*unit).or_default().push(earlier);
        }
        let figure = &earlier.judged.figure;
        as_it_was.entry((figure.place, figure.period)).or_insert(earlier);
    }
    let mut rows = Vec::new();
    let mut done: BTreeSet<UnitId> = BTreeSet::new();
    for place in view.content.places.iter().filter(|p| p.depth <= depth) {
        let on_base = years
            .iter()
            .map(|y| view.figure(id, place.place, y.period, Default::default()));
        let on_base: Vec<_> = on_base.collect();
        let former = former_of.remove(&place.place).unwrap_or_default();
        let has_value = on_base
            .iter()
            .flatten()
            .any(|j| j.figure.value.is_ok() || j.figure.between.is_some());
        if !has_value && former.is_empty() {
            continue;
        }
        let mut cells = vec![
            Cell::text(view.code(place.place)),
            Cell::text(sentence_case(&view.place(place.place))),
            Cell::text(view.level_words(place.place)),
        ];
        cells.extend(on_base.iter().map(|j| match j {
            Some(j) => view.value(&j.figure),
            None => Cell::sign(super::view::NOT_THERE),
        }));
        let own = |y: &Year| {
            let as_it_was = as_it_was.get(&(place.place, y.period));
            let same = on_its_own_units(view, id, place.place, y.period);
            as_it_was
                .map(|e| &e.judged)
                .or(same)
                .map_or_else(Cell::empty, |j| view.value(&j.figure))
        };
        cells.extend(own_cells(years, own));
        let role = if place.depth == 0 { Role::Total } else { Role::Body };
        rows.push(Row::of(role, cells));
        let units: Vec<UnitId> = former.iter().map(|e| e.judged.figure.place).collect();
        for unit in units {
            if current.contains(&unit)
                || place.depth == 0 && !is_top(view, unit, &former)
                || !done.insert(unit) && place.depth == 0
            {
                continue;
            }
            rows.push(former_row(view, unit, &former, years));
        }
    }
    dedup(rows)
}

/// Under the scope only the largest units of earlier times stand; the others under what they went into.
fn is_top(view: &View<'_>, unit: UnitId, former: &[&Earlier]) -> bool {
    let scope = view.level(view.scope());
    let level = view.level(unit);
    level == scope
        || former
            .iter()
            .filter(|e| e.judged.figure.place == unit)
            .all(|e| e.depth <= 1)
}

fn former_row(view: &View<'_>, unit: UnitId, former: &[&Earlier], years: &[Year]) -> Row {
    let of_unit: Vec<&&Earlier> = former.iter().filter(|e| e.judged.figure.place == unit).collect();
    let parent = of_unit
        .iter()
        .find_map(|e| e.parent)
        .map(|p| view.place(p))
        .unwrap_or_default();
    let kind = view.level_words(unit);
    let within = if parent.is_empty() {
        kind.to_owned()
    } else {
        format!("{kind}; {parent}")
    };
    let mut cells = vec![
        Cell::text(view.code(unit)),
        Cell::text(format!(
            "   {} ({})",
            view.place(unit),
            view.say("đơn vị cũ", "former unit")
        )),
        Cell::text(within),
    ];
    cells.extend(years.iter().map(|_| Cell::empty()));
    cells.extend(own_cells(years, |y| {
        let found = of_unit.iter().find(|e| e.judged.figure.period == y.period);
        found.map_or_else(Cell::empty, |e| view.value(&e.judged.figure))
    }));
    Row::of(Role::Part, cells)
}

/// A figure of the base that is also the one reported: of a unit whose boundaries were the same.
pub(super) fn on_its_own_units<'a>(
    view: &View<'a>,
    id: IndicatorId,
    place: UnitId,
    period: Period,
) -> Option<&'a Judged> {
    let figure = view.figure(id, place, period, Default::default());
    figure.filter(|j| j.figure.boundary == Boundary::Same && j.figure.value.is_ok())
}

/// A cell for each year, and an empty one at each break.
fn own_cells(years: &[Year], cell: impl Fn(&Year) -> Cell) -> Vec<Cell> {
    let mut cells = Vec::new();
    for year in years {
        if year.breaks {
            cells.push(Cell::empty());
        }
        cells.push(cell(year));
    }
    cells
}

/// A unit with figures of several years was met once for each.
fn dedup(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for row in rows {
        if out.last() != Some(&row) {
            out.push(row);
        }
    }
    out
}
