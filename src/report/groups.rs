//! By sex, ethnicity, age: figures, gaps between groups, and the groups that could not be computed.
//!
//! Holds: a gap is the difference of two printed values, against the group named beside it; where
//! either is missing there is no gap. A breakdown that the catalogue asks for and nobody reported
//! has its own line.

use crate::classification::{CategoryId, Dimension};
use crate::definition::{Indicator, IndicatorId};
use crate::disclosure::Judged;
use crate::quantity::{Absence, RatioUnit};
use crate::report::cover::sentence_case;
use crate::report::model::{Block, Cell, Column, Decimal, Role, Row, Sheet, Style, Table};
use crate::report::notes::Notes;
use crate::report::view::View;

pub(super) fn sheet(view: &View<'_>, notes: &mut Notes) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Phân tổ", "Breakdowns"),
        view.say(
            "Kết quả theo giới tính, dân tộc và nhóm tuổi",
            "Results by sex, ethnicity and age group",
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    let mut rows = Vec::new();
    let mut elsewhere = Vec::new();
    for (id, indicator) in view.indicators() {
        let groups = view.groups(id);
        if indicator.breakdowns.is_empty() && groups.is_empty() {
            continue;
        }
        let judged = view.main_figure(id);
        // Nothing at all is known, or nothing can be: one line is enough.
        let is_out = |j: &&Judged| matches!(j.figure.value, Err(Absence::NotApplicable(_)));
        if judged.iter().all(is_out) && groups.iter().all(is_out) {
            if judged.is_some() {
                elsewhere.push(indicator.id.as_str());
            }
            continue;
        }
        if groups.is_empty() && judged.is_none_or(|j| j.figure.value.is_err()) {
            continue;
        }
        rows.push(Row::of(
            Role::Group,
            vec![Cell::text(format!(
                "{}. {} ({})",
                indicator.id,
                indicator.name.get(view.lang),
                view.unit_of(indicator)
            ))],
        ));
        rows.push(line(view, notes, indicator, Line::everybody(view, judged)));
        for dimension in [Dimension::Sex, Dimension::Ethnicity, Dimension::Age] {
            of_dimension(view, notes, (id, indicator), dimension, &groups, &mut rows);
        }
    }
    if !elsewhere.is_empty() {
        sheet.lines.push(format!(
            "{}: {}.",
            view.say(
                "Không tính ở cấp này (lý do ở trang Phương pháp)",
                "Not computed at this level (reasons on the sheet Methods)"
            ),
            elsewhere.join("; ")
        ));
    }
    if rows.is_empty() {
        sheet.blocks.push(Block::Line(
            view.say(
                "Không có số liệu nào được chia theo giới tính, dân tộc hoặc nhóm tuổi.",
                "No figure is split by sex, ethnicity or age.",
            )
            .to_owned(),
        ));
        return sheet;
    }
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::text(view.say("Chia theo", "By"), 16),
            Column::text(view.say("Nhóm", "Group"), 28),
            Column::number(view.say("Tử số", "Numerator"), 12),
            Column::number(view.say("Mẫu số", "Denominator"), 12),
            Column::number(view.say("Giá trị", "Value"), 10),
            Column::number(view.say("Khoảng cách", "Gap"), 11),
            Column::text(view.say("So với nhóm", "Against the group"), 18),
            Column::centred(view.say("Đã báo cáo / phải báo cáo", "Reported / expected"), 11),
            Column::text(view.say("Lý do không có số", "Why there is no number"), 40),
            Column::text(view.say("Ghi chú", "Notes"), 16),
        ],
        rows,
        freeze: Some(2),
        ..Table::default()
    }));
    sheet
}

struct Line<'a> {
    dimension: String,
    group: String,
    judged: Option<&'a Judged>,
    against: Option<(&'a Judged, String)>,
}

impl<'a> Line<'a> {
    fn everybody(view: &View<'_>, judged: Option<&'a Judged>) -> Self {
        Line {
            dimension: view.say("chung", "all").to_owned(),
            group: view.say("Tất cả", "Everybody").to_owned(),
            judged,
            against: None,
        }
    }
}

fn of_dimension(
    view: &View<'_>,
    notes: &mut Notes,
    (id, indicator): (IndicatorId, &Indicator),
    dimension: Dimension,
    groups: &[&Judged],
    rows: &mut Vec<Row>,
) {
    let of: Vec<&&Judged> = groups
        .iter()
        .filter(|j| !j.figure.group.get(dimension).is_all())
        .collect();
    if of.is_empty() {
        if indicator.breakdowns.contains(&dimension) {
            let mut cells = vec![
                Cell::text(view.dimension(dimension)),
                Cell::text(view.say("chưa chia được", "not split")),
                Cell::empty(),
                Cell::empty(),
                Cell::sign(super::view::NOT_THERE),
            ];
            cells.extend([Cell::empty(), Cell::empty(), Cell::empty()]);
            cells.push(Cell::text(view.say(
                "không đơn vị nào báo cáo số liệu chia theo tiêu chí này",
                "no unit reported figures split this way",
            )));
            cells.push(Cell::empty());
            rows.push(Row::body(cells));
        }
        return;
    }
    let base = reference(view, dimension);
    let base_figure = base.and_then(|base| {
        of.iter()
            .find(|j| j.figure.group.get(dimension) == base)
            .copied()
            .copied()
    });
    let everybody = view.main_figure(id);
    for judged in of {
        let group = judged.figure.group;
        let is_base = Some(group.get(dimension)) == base;
        let against = match base_figure {
            Some(b) if !is_base => Some((b, view.group(b.figure.group))),
            Some(_) => None,
            None => everybody.map(|e| (e, view.say("tất cả", "everybody").to_owned())),
        };
        rows.push(line(
            view,
            notes,
            indicator,
            Line {
                dimension: view.dimension(dimension).to_owned(),
                group: sentence_case(&view.group(group)),
                judged: Some(judged),
                against,
            },
        ));
    }
}

/// The group that others are compared with: men, Kinh; ages are compared with everybody.
fn reference(view: &View<'_>, dimension: Dimension) -> Option<CategoryId> {
    match dimension {
        Dimension::Sex => view.catalogue.lists.find("sex", "male"),
        Dimension::Ethnicity => view.catalogue.lists.find("ethnicity", "kinh"),
        Dimension::Age | Dimension::Item => None,
    }
}

fn line(view: &View<'_>, notes: &mut Notes, indicator: &Indicator, line: Line<'_>) -> Row {
    let count = |n: Option<Decimal>| n.map_or_else(Cell::empty, Cell::decimal);
    let (numerator, denominator) = line.judged.map_or((None, None), |j| view.counts(&j.figure));
    let (gap, against) = match (line.judged, line.against) {
        (Some(judged), Some((other, name))) if indicator.unit != RatioUnit::YesNo => {
            match (view.printed(&judged.figure), view.printed(&other.figure)) {
                (Some(a), Some(b)) => {
                    let mut gap = Decimal::new(a.value.saturating_sub(b.value), a.decimals);
                    gap.signed = true;
                    (Cell::decimal(gap), Cell::text(name))
                }
                _ => (Cell::empty(), Cell::empty()),
            }
        }
        _ => (Cell::empty(), Cell::empty()),
    };
    let reason = match line.judged.map(|j| &j.figure.value) {
        Some(Err(absence)) => view.reason(absence),
        _ => String::new(),
    };
    let note = match line.judged {
        // The reason stands in its own column.
        Some(j) if j.figure.value.is_ok() => notes.about(view, Some(j)),
        _ => String::new(),
    };
    Row::body(vec![
        Cell::text(line.dimension),
        Cell::text(line.group),
        count(numerator),
        count(denominator),
        view.value_of(line.judged),
        gap,
        against,
        view.coverage(line.judged),
        Cell::text(reason),
        Cell::text(note),
    ])
}
