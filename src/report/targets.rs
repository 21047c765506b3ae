//! Every indicator against each of its milestones, with the row of the target file that was used.
//!
//! Leaves to others: which row binds a place and year, and the judgement (`compare`). Other
//! milestones are shown with their distance only.

use crate::compare::{Judgement, judge};
use crate::definition::programmes::{Programme, ProgrammeId};
use crate::definition::target::Target;
use crate::definition::{Indicator, IndicatorId};
use crate::disclosure::Judged;
use crate::lang::Lang;
use crate::quantity::{RatioUnit, print_decimal};
use crate::report::model::{Block, Cell, Column, Decimal, Role, Row, Sheet, Style, Table};
use crate::report::notes::Notes;
use crate::report::summary::{previous_heading, this_heading, when};
use crate::report::view::View;

pub(super) fn sheet(view: &View<'_>, notes: &mut Notes) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Mục tiêu", "Targets"),
        view.say(
            "Kết quả so với mục tiêu của từng mốc",
            "Results against the target of each milestone",
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    sheet.lines.push(tolerance(view));
    let mut rows = Vec::new();
    for (programme, declared) in view.catalogue.judging() {
        let mut indicators: Vec<_> = declared
            .indicators()
            .filter_map(|id| view.indicator_named(id))
            .collect();
        indicators.sort_by_key(|(id, _)| *id);
        indicators.dedup_by_key(|(id, _)| *id);
        for (id, indicator) in indicators {
            let mut found = candidates(view, programme, indicator);
            if found.is_empty() && !declared.judges(&indicator.id) {
                continue;
            }
            // The milestone in force first, then the others by year.
            let judged = view.judged_by(programme, id);
            let used = judged.and_then(|j| j.verdict.milestone);
            found.sort_by_key(|(index, _)| used != Some(*index));
            let of = Of {
                programme: declared,
                id,
                indicator,
                judged,
            };
            push_rows(view, notes, &of, &found, &mut rows);
        }
    }
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centred(view.say("Mã", "Code"), 9),
            Column::text(view.say("Chỉ tiêu", "Indicator"), 38),
            Column::centred(view.say("Đơn vị tính", "Unit"), 13),
            Column::number(previous_heading(view), 10),
            Column::number(this_heading(view), 10),
            Column::centred(view.say("Mốc", "Milestone"), 11),
            Column::number(view.say("Mục tiêu", "Target"), 10),
            Column::number(view.say("Khoảng cách", "Distance"), 10),
            Column::centred(view.say("Đánh giá", "Judgement"), 17),
            Column::text(view.say("Vai trò của mốc", "Role"), 14),
            Column::centred(view.say("Hướng tốt", "Better is"), 9),
            Column::text(view.say("Áp dụng cho", "Binds"), 18),
            Column::text(view.say("Chương trình", "Programme"), 20),
            Column::text(view.say("Văn bản", "Legal act"), 30),
            Column::text(
                view.say(
                    "Lời văn, lưu ý của dòng mục tiêu",
                    "Wording and remarks of the row",
                ),
                20,
            ),
            Column::text(view.say("Dòng mục tiêu", "Row of the target"), 18),
            Column::centred(view.say("Đã đối chiếu văn bản", "Checked with the act"), 11),
            Column::text(view.say("Ghi chú", "Notes"), 15),
        ],
        rows,
        freeze: Some(2),
        ..Table::default()
    }));
    sheet
}

fn tolerance(view: &View<'_>) -> String {
    let points = print_decimal(view.catalogue.settings.approximate_tolerance_tenths, 1, view.lang);
    match view.lang {
        Lang::Vi => format!(
            "Mục tiêu “khoảng” (≈) coi là đạt khi chênh không quá {points} đơn vị; pháp luật không quy định mức này, mức dùng là cài đặt của chương trình."
        ),
        Lang::En => format!(
            "An “about” target (≈) counts as met within {points} units; the law sets no tolerance, this one is a setting."
        ),
    }
}

/// An indicator as one programme judges it.
struct Of<'a> {
    programme: &'a Programme,
    id: IndicatorId,
    indicator: &'a Indicator,
    judged: Option<&'a Judged>,
}

/// Rows of a programme for the place and those above it, by year, then from the nation down.
pub(super) fn candidates<'a>(
    view: &View<'a>,
    programme: ProgrammeId,
    indicator: &Indicator,
) -> Vec<(u32, &'a Target)> {
    let mut codes = vec!["VN"];
    let mut at = Some(view.scope());
    while let Some(place) = at {
        codes.push(view.code(place));
        at = view.parent(place);
    }
    let mut found: Vec<(u32, &Target)> = view
        .catalogue
        .targets
        .iter()
        .enumerate()
        .filter(|(_, t)| t.programme == programme && t.indicator == indicator.id)
        .filter(|(_, t)| codes.contains(&t.locality.as_str()))
        .filter_map(|(i, t)| u32::try_from(i).ok().map(|i| (i, t)))
        .collect();
    found.sort_by_key(|(i, t)| (t.when.year(), t.locality != "VN", *i));
    found
}

fn push_rows(view: &View<'_>, notes: &mut Notes, of: &Of<'_>, found: &[(u32, &Target)], rows: &mut Vec<Row>) {
    let Of {
        programme,
        id,
        indicator,
        judged,
    } = *of;
    let programme = programme.short.get(view.lang);
    let before = view.figure(id, view.scope(), view.period().back(1), Default::default());
    let used = judged.and_then(|j| j.verdict.milestone);
    let head = |first: bool| {
        let name = if first { indicator.name.get(view.lang) } else { "" };
        vec![
            Cell::text(&indicator.id),
            Cell::text(name),
            Cell::text(view.unit_of(indicator)),
            view.value_of(before),
            view.value_of(judged),
        ]
    };
    if found.is_empty() {
        let mut cells = head(true);
        cells.extend([Cell::empty(), Cell::empty(), Cell::empty()]);
        cells.push(view.verdict(judged));
        cells.push(Cell::text(view.say("không có mục tiêu", "no target")));
        cells.push(better(view, indicator));
        cells.push(Cell::empty());
        cells.push(Cell::text(programme));
        cells.extend([Cell::empty(), Cell::empty(), Cell::empty(), Cell::empty()]);
        cells.push(Cell::text(notes.about(view, judged)));
        rows.push(Row::body(cells));
        return;
    }
    for (n, (index, target)) in found.iter().enumerate() {
        let is_used = used == Some(*index);
        // The milestone in force stands out; the others are for comparison.
        let role = if is_used || used.is_none() && n == 0 {
            Role::Body
        } else {
            Role::Part
        };
        let mut cells = head(n == 0);
        cells.push(when(view, target.when));
        cells.push(view.target_cell(target));
        cells.push(match judged {
            Some(j) if is_used => view.gap(j),
            Some(j) => distance(view, indicator, j, target),
            None => Cell::empty(),
        });
        let replaced = found
            .iter()
            .any(|(other, t)| other != index && used == Some(*other) && t.when.year() == target.when.year());
        cells.push(match judged {
            Some(_) if is_used => view.verdict(judged),
            Some(j) if j.figure.value.is_err() => view.verdict(Some(j)),
            Some(j) => other_milestone(view, indicator, j, target),
            None => Cell::verdict(Judgement::NoData),
        });
        cells.push(Cell::text(if is_used {
            view.say("mốc áp dụng", "in force")
        } else if replaced {
            view.say("thay bằng mục tiêu địa phương", "replaced by a local target")
        } else if target.when.year() < view.period().year {
            view.say("mốc đã qua", "a past milestone")
        } else {
            view.say("mốc sau", "a later milestone")
        }));
        cells.push(better(view, indicator));
        cells.push(Cell::text(binds(view, target)));
        cells.push(Cell::text(programme));
        cells.push(Cell::text(&target.act));
        cells.push(Cell::text(&target.note));
        cells.push(Cell::text(format!("{}:{}", target.file, target.row)));
        cells.push(Cell::text(view.yes_no(target.verified)));
        let mut texts = Vec::new();
        if !target.verified {
            texts.push(
                view.say(
                    "giá trị mục tiêu ghi theo bản in lại phổ biến, chưa đối chiếu với văn bản gốc",
                    "the target is given as commonly reprinted, not yet checked with the act itself",
                )
                .to_owned(),
            );
        }
        let about = if n == 0 {
            judged
                .map(|j| super::notes::sentences(view, j))
                .unwrap_or_default()
        } else {
            Vec::new()
        };
        cells.push(Cell::text(
            notes.refer(view.lang, about.into_iter().chain(texts).collect()),
        ));
        rows.push(Row::of(role, cells));
    }
}

/// As if this milestone were in force; not for a part of a year.
fn other_milestone(view: &View<'_>, indicator: &Indicator, judged: &Judged, target: &Target) -> Cell {
    match &judged.figure.value {
        Ok(value) if judged.verdict.judgement.is_judged() => {
            let tolerance = view.catalogue.settings.approximate_tolerance_tenths;
            let judgement = judge(*value, target, indicator.direction, tolerance);
            Cell::verdict_if(judgement, judged.verdict.reserve)
        }
        _ => view.verdict(Some(judged)),
    }
}

/// Printed value minus target, in the decimals of the value.
fn distance(view: &View<'_>, indicator: &Indicator, judged: &Judged, target: &Target) -> Cell {
    if indicator.unit == RatioUnit::YesNo || !judged.verdict.judgement.is_judged() {
        return Cell::empty();
    }
    let Some(value) = view.printed(&judged.figure) else {
        return Cell::empty();
    };
    let decimals = value.decimals.max(1);
    let ten = |n: u8| 10i64.pow(u32::from(n.min(9)));
    let wide = value.value.saturating_mul(ten(decimals - value.decimals));
    let goal = target.value_tenths.saturating_mul(ten(decimals - 1));
    let mut gap = Decimal::new(wide.saturating_sub(goal), decimals);
    gap.signed = true;
    Cell::decimal(gap)
}

fn better(view: &View<'_>, indicator: &Indicator) -> Cell {
    use crate::definition::Direction;
    Cell::text(match indicator.direction {
        Direction::Higher => view.say("cao", "higher"),
        Direction::Lower => view.say("thấp", "lower"),
        Direction::Hold => view.say("phải có", "must hold"),
    })
}

fn binds(view: &View<'_>, target: &Target) -> String {
    if target.locality == "VN" {
        return view.say("cả nước", "the nation").to_owned();
    }
    view.unit_by_code(&target.locality)
        .map_or_else(|| target.locality.clone(), |id| view.place(id))
}
