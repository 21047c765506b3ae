//! The tidy table: every figure of the release, one row each; also the CSV and Parquet files.
//!
//! Holds: column ids and codes are stable and the same in both languages; the value column holds
//! numbers only, signs and reasons stand in columns of their own.

use std::collections::BTreeSet;

use crate::classification::locality::UnitId;
use crate::disclosure::Judged;
use crate::lang::Lang;
use crate::period::Day;
use crate::report::frame::{Builder, Frame, Holds};
use crate::report::model::{Block, Decimal, Sheet, Style};
use crate::report::notes::sentences;
use crate::report::view::View;
use crate::rollup::Basis;

/// Rows beyond which Excel opens a sheet too slowly for daily work.
const MANY: usize = 200_000;
/// Name of the table in the workbook.
pub(super) const TABLE: &str = "Figures";

pub(super) fn sheet(view: &View<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Dữ liệu", "Data"),
        view.say(
            "Toàn bộ kết quả, mỗi dòng một số liệu",
            "All results, one figure a row",
        ),
        Style::Data,
    );
    let mut frame = frame(view);
    if frame.rows() > MANY {
        frame.show_only(worth_showing(view));
        let (shown, all) = (frame.rows_on_sheet(), frame.rows());
        sheet.lines.push(match view.lang {
            Lang::Vi => format!(
                "Trang này in {shown} trong {all} dòng: mọi dòng có số, và mọi dòng của địa bàn báo cáo và các đơn vị trực thuộc; tệp CSV và Parquet có đủ."
            ),
            Lang::En => format!(
                "This sheet shows {shown} of {all} rows: every row with a value, and all rows of the locality reported on and its direct units; the CSV and Parquet files hold all."
            ),
        });
    }
    sheet.blocks.push(Block::Frame(frame));
    sheet
}

/// Rows with a value, and those of the upper places, whose gaps matter to the reader.
fn worth_showing(view: &View<'_>) -> Vec<usize> {
    let upper: BTreeSet<UnitId> = view
        .content
        .places
        .iter()
        .filter(|p| p.depth <= 1)
        .map(|p| p.place)
        .collect();
    let figures = view.content.figures.iter().enumerate();
    figures
        .filter(|(_, j)| {
            j.figure.value.is_ok() || j.figure.between.is_some() || upper.contains(&j.figure.place)
        })
        .map(|(row, _)| row)
        .collect()
}

fn frame(view: &View<'_>) -> Frame {
    use Holds::{Decimal as Dec, Integer, Text, YesNo};
    let mut builder = Builder::new(
        TABLE,
        &[
            (
                "indicator_id",
                view.say("Mã chỉ tiêu", "Indicator code"),
                11,
                Text,
            ),
            ("indicator", view.say("Tên chỉ tiêu", "Indicator"), 40, Text),
            ("variant", view.say("Cách tính", "Variant"), 14, Text),
            ("locality_code", view.say("Mã địa bàn", "Locality code"), 11, Text),
            ("locality", view.say("Tên địa bàn", "Locality"), 22, Text),
            ("level", view.say("Cấp", "Level"), 10, Text),
            ("period", view.say("Kỳ", "Period"), 10, Text),
            ("sex", view.say("Giới tính", "Sex"), 10, Text),
            ("age", view.say("Nhóm tuổi", "Age"), 10, Text),
            ("ethnicity", view.say("Dân tộc", "Ethnicity"), 11, Text),
            ("group", view.say("Nhóm", "Group"), 18, Text),
            ("numerator", view.say("Tử số", "Numerator"), 12, Dec),
            ("denominator", view.say("Mẫu số", "Denominator"), 12, Dec),
            ("value", view.say("Giá trị", "Value"), 10, Dec),
            ("unit", view.say("Đơn vị tính", "Unit"), 14, Text),
            ("sign", view.say("Ký hiệu", "Sign"), 8, Text),
            ("absence", view.say("Mã lý do", "Absence code"), 14, Text),
            ("reason", view.say("Lý do không có số", "Reason"), 30, Text),
            ("comparator", view.say("So sánh", "Comparator"), 9, Text),
            ("target", view.say("Mục tiêu", "Target"), 10, Dec),
            ("target_year", view.say("Mốc", "Milestone"), 8, Integer),
            ("gap", view.say("Chênh lệch", "Gap"), 10, Dec),
            ("verdict", view.say("Mã đánh giá", "Verdict code"), 14, Text),
            ("verdict_words", view.say("Đánh giá", "Verdict"), 18, Text),
            ("provisional", view.say("Tạm tính", "Provisional"), 9, YesNo),
            ("trend", view.say("So với năm trước", "Trend"), 12, Text),
            ("reported", view.say("Đã báo cáo", "Reported"), 10, Integer),
            ("expected", view.say("Phải báo cáo", "Expected"), 10, Integer),
            ("contradicted", view.say("Mâu thuẫn", "Contradicted"), 10, Integer),
            ("basis", view.say("Nguồn gốc", "Basis"), 12, Text),
            ("derived", view.say("Có suy ra", "Derived"), 9, YesNo),
            ("doubtful", view.say("Nghi ngờ", "Doubtful"), 9, YesNo),
            ("boundary", view.say("Địa giới", "Boundary"), 11, Text),
            (
                "boundaries_on",
                view.say("Địa giới ngày", "Boundaries on"),
                12,
                Text,
            ),
            ("low", view.say("Thấp nhất", "Low"), 10, Dec),
            ("high", view.say("Cao nhất", "High"), 10, Dec),
            (
                "numerator_low",
                view.say("Tử số thấp nhất", "Numerator low"),
                12,
                Dec,
            ),
            (
                "numerator_high",
                view.say("Tử số cao nhất", "Numerator high"),
                12,
                Dec,
            ),
            (
                "denominator_low",
                view.say("Mẫu số thấp nhất", "Denominator low"),
                12,
                Dec,
            ),
            (
                "denominator_high",
                view.say("Mẫu số cao nhất", "Denominator high"),
                12,
                Dec,
            ),
            (
                "bounds_kind",
                view.say("Khoảng vì", "Bounds because of"),
                16,
                Text,
            ),
            (
                "if_all_report",
                view.say("Đánh giá khi đủ báo cáo", "Verdict once all report"),
                16,
                Text,
            ),
            (
                "people_percent",
                view.say(
                    "Dân số đơn vị đã báo cáo (%)",
                    "People of units that reported (%)",
                ),
                12,
                Dec,
            ),
            (
                "people_source",
                view.say("Nguồn dân số", "Source of people"),
                14,
                Text,
            ),
            (
                "people_uncertain",
                view.say("Dân số chưa chắc", "People uncertain"),
                9,
                YesNo,
            ),
            ("notes", view.say("Ghi chú", "Notes"), 40, Text),
        ],
    );
    let mut names = Names::default();
    let base = view.content.about.base;
    for judged in &view.content.figures {
        let boundary = judged.figure.boundary.code();
        row(view, &mut names, judged, (boundary, base), &mut builder);
    }
    for earlier in view.content.crossing.iter().flat_map(|c| &c.earlier) {
        row(
            view,
            &mut names,
            &earlier.judged,
            ("as-reported", earlier.day),
            &mut builder,
        );
    }
    builder.finish()
}

/// The name of the place of the last row: rows of one place follow each other.
#[derive(Default)]
struct Names {
    place: Option<(UnitId, String)>,
}

fn row(view: &View<'_>, names: &mut Names, judged: &Judged, (boundary, on): (&str, Day), to: &mut Builder) {
    let f = &judged.figure;
    let indicator = view.indicator(f.indicator);
    let variant = indicator.and_then(|i| i.variants.get(usize::from(f.variant)));
    if names.place.as_ref().is_none_or(|(id, _)| *id != f.place) {
        names.place = Some((f.place, view.place(f.place)));
    }
    let place = names.place.as_ref().map_or("", |(_, name)| name.as_str());
    let (numerator, denominator) = view.counts(f);
    let absence = f.value.as_ref().err();
    let bounds = view.bounds(f);
    let open = view.open_counts(f);
    let target = view.target(judged.verdict.milestone);
    to.text(indicator.map_or("?", |i| &i.id))
        .text(indicator.map_or("", |i| i.name.get(view.lang)))
        .text(variant.map_or("", |v| &v.id))
        .text(view.code(f.place))
        .text(place)
        .text(view.level_code(f.place))
        .text(&f.period.code())
        .text(view.category_code(f.group.sex))
        .text(view.category_code(f.group.age))
        .text(view.category_code(f.group.ethnicity))
        .text(&view.group(f.group))
        .decimal(numerator)
        .decimal(denominator)
        .decimal(view.printed(f))
        .text(indicator.map_or("", |i| view.unit_of(i)))
        .text(absence.map_or(f.boundary.sign(), |a| a.sign()))
        .text(absence.map_or("", |a| a.code()))
        .text(&absence.map(|a| view.reason(a)).unwrap_or_default())
        .text(target.map_or("", |t| t.comparator.sign()))
        .decimal(target.map(|t| Decimal::new(t.value_tenths, 1).trimmed()))
        .integer(target.map(|t| i64::from(t.when.year())))
        .decimal(
            judged
                .verdict
                .gap
                .map(|gap| Decimal::new(gap, indicator.map_or(0, |i| i.decimals))),
        )
        .text(judged.verdict.judgement.code())
        .text(
            &judged
                .verdict
                .judgement
                .words_if(judged.verdict.reserve, view.lang),
        )
        .yes_no(judged.verdict.reserve.partial)
        .text(&view.trend(judged))
        .integer(Some(i64::from(f.coverage.reported)))
        .integer(Some(i64::from(f.coverage.expected)))
        .integer(Some(i64::from(f.coverage.contradicted)))
        .text(match f.basis {
            Basis::Reported => "reported",
            Basis::Summed => "summed",
        })
        .yes_no(f.derived)
        .yes_no(f.doubtful)
        .text(boundary)
        .text(&on.to_string())
        .decimal(bounds.map(|(low, _)| low))
        .decimal(bounds.and_then(|(_, high)| high))
        .decimal(open.map(|o| o[0]))
        .decimal(open.map(|o| o[1]))
        .decimal(open.map(|o| o[2]))
        .decimal(open.map(|o| o[3]))
        .text(view.bounds_kind(f))
        .text(judged.verdict.if_all.map_or("", |all| all.code()))
        .decimal(f.people.map(|p| Decimal::new(p.tenths(), 1)))
        .text(f.people.map_or("", |p| p.source.code()))
        .yes_no(f.people.is_some_and(|p| p.uncertain))
        .text(&if f.value.is_ok() || f.missing.is_some() {
            sentences(view, judged).join("; ")
        } else {
            String::new()
        });
    to.end_row();
}
