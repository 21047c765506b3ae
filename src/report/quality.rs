//! What the results rest on: coverage, outcomes by count, and the problems met.
//!
//! Holds: problem texts may quote a cell of a sender, so they stand in the internal edition only;
//! others get counts.

use std::collections::BTreeMap;

use crate::disclosure::{Edition, Judged};
use crate::lang::{Lang, plural};
use crate::problem::{Problem, Severity};
use crate::report::model::{Block, Cell, Column, Row, Sheet, Style, Table, Value};
use crate::report::view::View;
use crate::rollup::Coverage;

/// Problems listed one by one; beyond it the counts say how many more there are.
const LISTED: usize = 20_000;

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Chất lượng", "Quality"),
        view.say("Chất lượng số liệu", "Quality of the data"),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    sheet
        .blocks
        .push(heading(view, "Kiểm tra và giả định", "Checks and assumptions"));
    sheet.blocks.push(Block::Table(findings(view)));
    sheet.blocks.push(heading(
        view,
        "Mức độ báo cáo của từng chỉ tiêu",
        "Coverage of each indicator",
    ));
    sheet.blocks.push(Block::Table(coverage(view)));
    if !view.content.problems.is_empty() {
        sheet.blocks.push(heading(
            view,
            "Lỗi, cảnh báo và ghi chú theo loại",
            "Errors, warnings and notes by kind",
        ));
        sheet.blocks.push(Block::Table(by_kind(view)));
    }
    if view.release.edition() == Edition::Internal && !view.content.sources.sheets.is_empty() {
        sheet.blocks.push(heading(
            view,
            "Từng ô số của các trang đã nhận",
            "The cells with numbers of the sheets received",
        ));
        sheet.blocks.push(Block::Table(super::cells::table(view)));
    }
    sheet
}

fn heading(view: &View<'_>, vi: &'static str, en: &'static str) -> Block {
    Block::Heading(view.lang.pick(vi, en).to_owned())
}

fn findings(view: &View<'_>) -> Table {
    let mut rows: Vec<Row> = view
        .content
        .quality
        .iter()
        .map(|line| {
            Row::body(vec![
                Cell::text(line.topic.get(view.lang)),
                Cell::text(line.finding.get(view.lang)),
            ])
        })
        .collect();
    let left_out: u64 = view.content.problems.iter().map(|p| u64::from(p.left_out)).sum();
    let count = |severity| {
        view.content
            .problems
            .iter()
            .filter(|p| p.severity() == severity)
            .count()
    };
    let (errors, warnings, notes) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    );
    rows.push(Row::body(vec![
        Cell::text(view.say("Lỗi và cảnh báo", "Errors and warnings")),
        Cell::text(match view.lang {
            Lang::Vi => {
                format!("{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú; {left_out} số liệu bỏ ra")
            }
            Lang::En => {
                format!(
                    "{errors} error{}, {warnings} warning{}, {notes} note{}; {left_out} figure{} left out",
                    plural(errors),
                    plural(warnings),
                    plural(notes),
                    plural(left_out)
                )
            }
        }),
    ]));
    Table {
        columns: vec![
            Column::text(view.say("Nội dung", "Topic"), 0).span(2),
            Column::text(view.say("Kết quả", "Finding"), 0).span(4),
        ],
        rows,
        ..Table::default()
    }
}

fn coverage(view: &View<'_>) -> Table {
    let rows = view
        .indicators()
        .filter(|(_, i)| i.proxy_for.is_none())
        .map(|(id, indicator)| {
            let judged = view.main_figure(id);
            let c = judged.map(|j| j.figure.coverage).unwrap_or_default();
            let state = match judged.map(|j| &j.figure.value) {
                None => view.say("chưa có số liệu", "no data").to_owned(),
                Some(Err(absence)) => view.reason(absence),
                Some(Ok(_)) if c.is_full() => view.say("đủ", "complete").to_owned(),
                Some(Ok(_)) => with_all(view, judged, incomplete(view, c)),
            };
            Row::body(vec![
                Cell::text(&indicator.id),
                Cell::text(indicator.name.get(view.lang)),
                Cell::integer(i64::from(c.reported)),
                Cell::integer(i64::from(c.expected)),
                Cell::text(state),
                Cell::text(indicator.supplier.get(view.lang)),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column::text(view.say("Mã", "Code"), 24),
            Column::text(view.say("Chỉ tiêu", "Indicator"), 50),
            Column::number(view.say("Đã báo cáo", "Reported"), 11),
            Column::number(view.say("Phải báo cáo", "Expected"), 11),
            Column::text(view.say("Tình trạng", "State"), 44),
            Column::text(view.say("Đơn vị cung cấp", "Supplier"), 40),
        ],
        rows,
        ..Table::default()
    }
}

/// How many units are not in a sum, and why.
fn incomplete(view: &View<'_>, c: Coverage) -> String {
    let missing = c
        .expected
        .saturating_sub(c.reported)
        .saturating_sub(c.contradicted);
    let mut parts = Vec::new();
    if missing > 0 {
        parts.push(match view.lang {
            Lang::Vi => format!("thiếu {missing} đơn vị"),
            Lang::En => format!("units missing: {missing}"),
        });
    }
    if c.contradicted > 0 {
        parts.push(match view.lang {
            Lang::Vi => format!("{} đơn vị có số liệu mâu thuẫn", c.contradicted),
            Lang::En => format!("units with contradictory data: {}", c.contradicted),
        });
    }
    parts.join("; ")
}

/// The same, with what the figure could be if nothing were missing.
fn with_all(view: &View<'_>, judged: Option<&Judged>, state: String) -> String {
    let Some(missing) = judged.and_then(|j| j.figure.missing) else {
        return state;
    };
    if let Some(why) = crate::compare::unbounded(&missing, view.catalogue) {
        return format!("{state}; {}", why.get(view.lang));
    }
    let lead = view.say("khi đủ báo cáo", "once all report");
    match view.with_all(judged).value {
        Value::Text(range) => format!("{state}; {lead}: {range}"),
        _ => state,
    }
}

fn by_kind(view: &View<'_>) -> Table {
    let mut kinds: BTreeMap<(Severity, &str), (u64, u64, &Problem)> = BTreeMap::new();
    for problem in &view.content.problems {
        let entry = kinds
            .entry((problem.severity(), problem.kind.name()))
            .or_insert((0, 0, problem));
        entry.0 += 1;
        entry.1 += u64::from(problem.left_out);
    }
    let whole = |n: u64| Cell::integer(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = kinds
        .into_iter()
        .map(|((severity, name), (count, left_out, first))| {
            let wording = first.kind.wording(view.lang);
            Row::body(vec![
                Cell::text(name),
                Cell::text(wording.title),
                whole(count),
                whole(left_out),
                Cell::text(severity.words(view.lang)),
                Cell::text(wording.remedy),
            ])
        })
        .collect();
    Table {
        columns: vec![
            Column::text(view.say("Tên", "Name"), 24),
            Column::text(view.say("Nội dung", "What it is"), 50),
            Column::number(view.say("Số lần", "Times"), 11),
            Column::number(view.say("Số liệu bỏ ra", "Figures left out"), 11),
            Column::text(view.say("Mức", "Severity"), 44),
            Column::text(view.say("Cách xử lý", "What to do"), 40),
        ],
        rows,
        ..Table::default()
    }
}

/// Every problem with its place; none if there are no problems or the edition is not internal.
pub(super) fn problems(view: &View<'_>) -> Option<Sheet> {
    if view.release.edition() != Edition::Internal || view.content.problems.is_empty() {
        return None;
    }
    let mut sheet = Sheet::new(
        view.say("Lỗi và cảnh báo", "Problems"),
        view.say(
            "Lỗi, cảnh báo và ghi chú, theo tệp và ô",
            "Errors, warnings and notes by file and cell",
        ),
        Style::Reading,
    );
    let all = view.content.problems.len();
    if all > LISTED {
        sheet.lines.push(match view.lang {
            Lang::Vi => format!("In {LISTED} dòng đầu trong {all}; trang Chất lượng có số đếm đầy đủ."),
            Lang::En => format!("The first {LISTED} of {all}; the sheet Quality has the full counts."),
        });
    }
    let mut ordered: Vec<&Problem> = view.content.problems.iter().collect();
    ordered.sort();
    let rows = ordered
        .into_iter()
        .take(LISTED)
        .map(|problem| {
            let wording = problem.kind.wording(view.lang);
            let place = &problem.place;
            Row::body(vec![
                Cell::text(problem.severity().words(view.lang)),
                Cell::text(place.file.as_deref().unwrap_or_default()),
                Cell::text(place.sheet.as_deref().unwrap_or_default()),
                Cell::text(place.cell.map(|c| c.to_string()).unwrap_or_default()),
                Cell::text(wording.title),
                Cell::text(wording.found),
                Cell::text(wording.expected),
                Cell::text(problem.effect(view.lang)),
                Cell::text(wording.remedy),
                Cell::integer(i64::from(problem.left_out)),
                Cell::text(problem.kind.name()),
            ])
        })
        .collect();
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centred(view.say("Mức", "Severity"), 10),
            Column::text(view.say("Tệp", "File"), 34),
            Column::text(view.say("Trang", "Sheet"), 16),
            Column::centred(view.say("Ô", "Cell"), 7),
            Column::text(view.say("Vấn đề", "Problem"), 34),
            Column::text(view.say("Thấy", "Found"), 28),
            Column::text(view.say("Cần có", "Expected"), 28),
            Column::text(view.say("Đã làm", "Effect"), 26),
            Column::text(view.say("Cách xử lý", "What to do"), 40),
            Column::number(view.say("Số liệu bỏ ra", "Left out"), 9),
            Column::text(view.say("Tên", "Name"), 22),
        ],
        rows,
        freeze: Some(2),
        filter: true,
        ..Table::default()
    }));
    Some(sheet)
}
