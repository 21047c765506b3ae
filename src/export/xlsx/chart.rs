//! Native charts, drawn from the columns of a table of the same sheet.

use rust_xlsxwriter::{
    Chart as ExcelChart, ChartAxisCrossing, ChartDataLabel, ChartEmptyCells, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartMarker, ChartMarkerType, ChartSolidFill, ChartType, ColNum, Color,
    RowNum, XlsxError,
};

use super::page::{Page, ROW_HEIGHT_PIXELS};
use super::table::{heading_rows, starts};
use super::theme;
use crate::report::{Chart, ChartKind};

const WIDE: u32 = 980;
const HALF: u32 = 620;
const GAP: u32 = 20;
/// Two charts as high as this stand on one page.
const HALF_A_PAGE: u32 = 420;

/// Rows of the sheet that the charts lie over.
pub(super) fn rows_needed(charts: &[Chart], landscape: bool) -> RowNum {
    let tallest = charts.iter().map(height).max().unwrap_or(0);
    let lines = if landscape {
        charts.len().div_ceil(2)
    } else {
        charts.len()
    };
    let lines = u32::try_from(lines).unwrap_or(1);
    ((tallest + GAP) * lines).div_ceil(ROW_HEIGHT_PIXELS)
}

/// Puts the charts from row `top`; `below` is where the next table of the sheet will begin.
/// Returns the rows of charts that need a page of their own.
pub(super) fn insert(
    page: &mut Page<'_, '_>,
    charts: &[Chart],
    top: RowNum,
    below: RowNum,
) -> Result<Vec<RowNum>, XlsxError> {
    let side_by_side = charts.len() > 1 && page.landscape;
    // Alone in its line it is as wide as the table it is drawn from, so that both fit one page.
    let of_table = page.widths.iter().map(|w| u32::from(*w) * 7 + 5).sum();
    let width = if side_by_side { HALF } else { WIDE.min(of_table) };
    let tallest = charts.iter().map(height).max().unwrap_or(0);
    let mut pages = Vec::new();
    for (n, chart) in (0u32..).zip(charts) {
        let mut excel = draw(page, chart, below);
        excel.set_width(width).set_height(height(chart));
        excel.set_alt_text(&chart.title);
        let (across, down) = if side_by_side { (n % 2, n / 2) } else { (0, n) };
        let row = top + (down * (tallest + GAP)).div_ceil(ROW_HEIGHT_PIXELS);
        if down > 0 && across == 0 && tallest > HALF_A_PAGE {
            pages.push(row);
        }
        page.sheet
            .insert_chart_with_offset(row, 0, &excel, across * (width + GAP) + 4, 4)?;
    }
    Ok(pages)
}

fn height(chart: &Chart) -> u32 {
    let rows = u32::try_from(chart.rows.1 - chart.rows.0 + 1).unwrap_or(1);
    match chart.kind {
        ChartKind::Bars => {
            let bars = rows * u32::try_from(chart.series.len()).unwrap_or(1).max(1);
            // No higher than a printed page.
            (110 + 14 * bars + 8 * rows).clamp(300, 700)
        }
        ChartKind::Lines => 420,
    }
}

fn draw(page: &Page<'_, '_>, chart: &Chart, below: RowNum) -> ExcelChart {
    // The table either stands already, or is the next one, whose headings take one row.
    let (head, body, columns) = match page.placed.get(chart.table) {
        Some(placed) => (
            placed.head + heading_rows(placed.table) - 1,
            placed.body,
            starts(&placed.table.columns),
        ),
        None => (below, below + 1, Vec::new()),
    };
    let column = |i: usize| -> ColNum {
        columns
            .get(i)
            .map_or_else(|| ColNum::try_from(i).unwrap_or(0), |(first, _)| *first)
    };
    let row = |i: usize| body + RowNum::try_from(i).unwrap_or(0);
    let (first, last) = (row(chart.rows.0), row(chart.rows.1));
    let labels = column(chart.labels);
    let mut excel = ExcelChart::new(match chart.kind {
        ChartKind::Bars => ChartType::Bar,
        ChartKind::Lines => ChartType::Line,
    });
    let number = theme::number(crate::report::Decimal::new(0, chart.decimals));
    match chart.kind {
        ChartKind::Bars => {
            for series in &chart.series {
                let value = column(series.index);
                let colour = if series.is_target {
                    theme::TARGET
                } else {
                    theme::RESULT
                };
                excel
                    .add_series()
                    .set_name(&series.name)
                    .set_categories((page.name, first, labels, last, labels))
                    .set_values((page.name, first, value, last, value))
                    .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)))
                    .set_gap(60)
                    .set_data_label(
                        ChartDataLabel::new()
                            .show_value()
                            .set_num_format(&number)
                            .set_font(ChartFont::new().set_name(theme::FONT).set_size(9)),
                    );
            }
            // The first row of the table is the topmost bar.
            // In a bar chart the writing library calls the lying axis x.
            excel.y_axis().set_reverse();
            excel.y_axis().set_crossing(ChartAxisCrossing::Max);
            excel.x_axis().set_min(0);
        }
        ChartKind::Lines => {
            let (from, to) = match (chart.series.first(), chart.series.last()) {
                (Some(a), Some(b)) => (column(a.index), column(b.index)),
                _ => (0, 0),
            };
            for (n, line) in (first..=last).enumerate() {
                let colour: Color = theme::LINES[n % theme::LINES.len()];
                excel
                    .add_series()
                    .set_name((page.name, line, labels))
                    .set_categories((page.name, head, from, head, to))
                    .set_values((page.name, line, from, line, to))
                    .set_format(ChartFormat::new().set_line(ChartLine::new().set_color(colour).set_width(2)))
                    .set_marker(
                        ChartMarker::new()
                            .set_type(ChartMarkerType::Circle)
                            .set_size(6)
                            .set_format(
                                ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(colour)),
                            ),
                    );
            }
            excel.show_empty_cells_as(ChartEmptyCells::Gaps);
        }
    }
    dress(&mut excel, chart, &number);
    excel
}

fn dress(excel: &mut ExcelChart, chart: &Chart, number: &str) {
    let font = |size: u32, bold: bool| {
        let mut font = ChartFont::new();
        font.set_name(theme::FONT).set_size(size);
        if bold {
            font.set_bold();
        } else {
            font.unset_bold();
        }
        font
    };
    excel.title().set_name(&chart.title).set_font(&font(13, true));
    let names = match chart.kind {
        ChartKind::Bars => excel.y_axis(),
        ChartKind::Lines => excel.x_axis(),
    };
    names.set_font(&font(10, false)).set_major_gridlines(false);
    let values = match chart.kind {
        ChartKind::Bars => excel.x_axis(),
        ChartKind::Lines => excel.y_axis(),
    };
    values
        .set_name(&chart.unit)
        .set_name_font(&font(10, false))
        .set_font(&font(10, false))
        .set_num_format(number)
        .set_major_gridlines(true)
        .set_major_gridlines_line(ChartLine::new().set_color(Color::RGB(0xD9D9D9)));
    let legend = excel.legend();
    legend.set_font(&font(10, false));
    match chart.kind {
        ChartKind::Bars if chart.series.len() < 2 => {
            legend.set_hidden();
        }
        ChartKind::Bars => {
            legend.set_position(ChartLegendPosition::Bottom);
        }
        ChartKind::Lines => {
            legend.set_position(ChartLegendPosition::Right);
        }
    }
}
