//! The print forms: one per objective, to be signed.
//!
//! Form: A4, letterhead, title, columns `A B C 1 2 …`, rows grouped by target with their parts
//! below, signature lines without names. Law: Decree 30/2020/NĐ-CP, Appendix I.

use crate::classification::Dimension;
use crate::definition::programmes::{ProgrammeId, ProgrammeTarget};
use crate::definition::{Indicator, IndicatorId};
use crate::lang::Lang;
use crate::report::cover::sentence_case;
use crate::report::model::{
    Block, Cell, Column, Decimal, Letterhead, Role, Row, Sheet, Signatures, Style, Table,
};
use crate::report::notes::Notes;
use crate::report::sections::Section;
use crate::report::view::View;

pub(super) fn sheets(view: &View<'_>, notes: &mut Notes) -> Vec<Sheet> {
    let sections = view.sections();
    let sheets = sections.iter().enumerate();
    // One programme: numbered as its objectives; several: numbered through.
    let number = |(i, section): (usize, &Section<'_>)| match view.has_programmes() {
        true => i + 1,
        false => usize::from(section.objective.number),
    };
    sheets
        .map(|(i, section)| sheet(view, notes, number((i, section)), section))
        .collect()
}

fn sheet<'a>(view: &View<'a>, notes: &mut Notes, n: usize, section: &Section<'a>) -> Sheet {
    let number = format!("{} {n:02}", view.say("Biểu", "Form"));
    let of = match view.has_programmes() {
        true => format!(" ({})", section.declared.short.get(view.lang)),
        false => String::new(),
    };
    let title = format!(
        "{} {}: {}{of}",
        view.say("Kết quả thực hiện mục tiêu", "Results on objective"),
        section.objective.number,
        section.objective.name.get(view.lang)
    );
    let mut sheet = Sheet::new(number, title.clone(), Style::Form);
    sheet.blocks.push(Block::Letterhead(letterhead(view, n, title)));
    sheet.blocks.push(Block::Table(table(view, notes, section)));
    sheet.blocks.push(Block::Line(
        view.say(
            "Ký hiệu và ghi chú: xem trang Bìa và trang Ghi chú. Nguồn số liệu: trang Nguồn.",
            "Signs and notes: see the sheets Cover and Notes. Sources: the sheet Sources.",
        )
        .to_owned(),
    ));
    sheet.blocks.push(Block::Signatures(signatures(view)));
    sheet
}

fn letterhead(view: &View<'_>, number: usize, title: String) -> Letterhead {
    let about = &view.content.about;
    let status = if about.provisional {
        view.say("số liệu sơ bộ", "provisional")
    } else {
        view.say("số liệu chính thức", "final")
    };
    let place = view.unit(view.scope()).map_or("", |u| u.name.as_str());
    let year = about.made_on.year;
    let mut head = office_and_nation(view);
    head.form_number = format!("{} {number:02}", view.say("Biểu số", "Form No."));
    // Filled in by the pen that signs.
    head.place_and_date = match view.lang {
        Lang::Vi => format!("{place}, ngày …… tháng …… năm {year}"),
        Lang::En => format!("{place}, …… …… {year}"),
    };
    head.title = vec![title];
    head.lines = vec![
        format!(
            "{}: {} ({status})",
            view.say("Kỳ báo cáo", "Period"),
            view.period().words(view.lang)
        ),
        format!(
            "{}: {}",
            view.say("Địa bàn", "Locality"),
            view.place_in_full(view.scope())
        ),
    ];
    head
}

/// The two columns that head every official paper.
pub(super) fn office_and_nation(view: &View<'_>) -> Letterhead {
    let about = &view.content.about;
    let or_blank = |text: &str| {
        if text.trim().is_empty() {
            "…………………………".to_owned()
        } else {
            text.to_owned()
        }
    };
    Letterhead {
        superior: or_blank(&about.superior),
        office: or_blank(&about.office),
        nation: view
            .say(
                "Cộng hòa xã hội chủ nghĩa Việt Nam",
                "Socialist Republic of Viet Nam",
            )
            .to_owned(),
        motto: view
            .say(
                "Độc lập - Tự do - Hạnh phúc",
                "Independence - Freedom - Happiness",
            )
            .to_owned(),
        form_number: String::new(),
        place_and_date: String::new(),
        title: Vec::new(),
        lines: Vec::new(),
    }
}

fn signatures(view: &View<'_>) -> Signatures {
    let sign = view.say("(Ký, ghi rõ họ tên)", "(signature, full name)");
    let seal = view.say("(Ký, đóng dấu, ghi rõ họ tên)", "(signature, seal, full name)");
    let given = &view.content.about.signatories;
    let titles: Vec<String> = if given.is_empty() {
        [
            view.say("Người lập biểu", "Prepared by"),
            view.say("Người kiểm tra biểu", "Checked by"),
            view.say("Thủ trưởng đơn vị", "Head of the office"),
        ]
        .map(str::to_owned)
        .to_vec()
    } else {
        given.clone()
    };
    let last = titles.len().saturating_sub(1);
    Signatures {
        titles: titles
            .into_iter()
            .enumerate()
            .map(|(i, t)| (t, (if i == last { seal } else { sign }).to_owned()))
            .collect(),
    }
}

fn table<'a>(view: &View<'a>, notes: &mut Notes, section: &Section<'a>) -> Table {
    let result = super::summary::this_heading(view);
    let columns = vec![
        Column::centred(view.say("Mã số", "Code"), 8),
        Column::text(view.say("Mục tiêu, chỉ tiêu", "Target, indicator"), 42),
        Column::centred(view.say("Đơn vị tính", "Unit"), 12),
        Column::number(view.say("Mục tiêu", "Target"), 9)
            .under(view.say("Mục tiêu áp dụng", "Target in force")),
        Column::centred(view.say("Mốc", "Milestone"), 9)
            .under(view.say("Mục tiêu áp dụng", "Target in force")),
        Column::number(super::summary::previous_heading(view), 9)
            .under(view.say("Kết quả năm trước", "Year before")),
        Column::number(view.say("Tử số", "Numerator"), 10)
            .under(format!("{}: {result}", view.say("Kỳ báo cáo", "This period"))),
        Column::number(view.say("Mẫu số", "Denominator"), 10)
            .under(format!("{}: {result}", view.say("Kỳ báo cáo", "This period"))),
        Column::number(view.say("Kết quả", "Result"), 9)
            .under(format!("{}: {result}", view.say("Kỳ báo cáo", "This period"))),
        Column::number(view.say("Chênh lệch", "Gap"), 9)
            .under(view.say("So với mục tiêu", "Against the target")),
        Column::centred(view.say("Đánh giá", "Judgement"), 13)
            .under(view.say("So với mục tiêu", "Against the target")),
        Column::text(view.say("Ghi chú", "Notes"), 15),
    ];
    let numbering = (0..columns.len())
        .map(|i| match i {
            0 => "A".to_owned(),
            1 => "B".to_owned(),
            2 => "C".to_owned(),
            i => (i - 2).to_string(),
        })
        .collect();
    let mut rows = Vec::new();
    let mut row = |rows: &mut Vec<Row>, id, indicator| {
        indicator_rows(view, notes, section.programme, (id, indicator), rows);
    };
    for target in section.targets() {
        rows.push(target_row(view, section.programme, target));
        for (id, part) in target.parts.iter().filter_map(|p| view.indicator_named(p)) {
            row(&mut rows, id, part);
        }
    }
    let has_value = |id| view.main_figure(id).is_some_and(|j| j.figure.value.is_ok());
    let mut extra = section.beside(view);
    extra.retain(|(id, _)| has_value(*id));
    if !extra.is_empty() {
        rows.push(Row::of(
            Role::Group,
            vec![Cell::text(view.say(
                "Số liệu thay thế, bổ sung (không dùng để đánh giá chỉ tiêu)",
                "Proxies and additional figures (not used to judge a target)",
            ))],
        ));
        for (id, indicator) in extra {
            row(&mut rows, id, indicator);
        }
    }
    Table {
        columns,
        numbering,
        rows,
        freeze: None,
        ..Table::default()
    }
}

/// "Chỉ tiêu 3.2" with the judgement of the target as a whole.
fn target_row(view: &View<'_>, programme: ProgrammeId, target: &ProgrammeTarget) -> Row {
    let of_scope = view.content.targets.iter().filter(|t| t.place == view.scope());
    let mut now = of_scope.filter(|t| t.period == view.period());
    let verdict = now.find(|t| t.programme == programme && t.target == target.number);
    let mut name = format!("{} {}", view.say("Chỉ tiêu", "Target"), target.number);
    if let Some(words) = &target.name {
        name.push_str(&format!(" ({})", words.get(view.lang)));
    }
    let text = match verdict {
        Some(v) => format!(
            "{name}: {}",
            v.judgement.words_if(v.reserve, view.lang).to_lowercase()
        ),
        None => name,
    };
    Row::of(Role::Group, vec![Cell::text(text)])
}

fn indicator_rows(
    view: &View<'_>,
    notes: &mut Notes,
    programme: ProgrammeId,
    (id, indicator): (IndicatorId, &Indicator),
    rows: &mut Vec<Row>,
) {
    let judged = view.judged_by(programme, id);
    let before = view.figure(id, view.scope(), view.period().back(1), Default::default());
    let target = view.target(judged.and_then(|j| j.verdict.milestone));
    let (numerator, denominator) = judged.map_or((None, None), |j| view.counts(&j.figure));
    let count = |n: Option<Decimal>| n.map_or_else(Cell::empty, Cell::decimal);
    rows.push(Row::body(vec![
        Cell::text(&indicator.id),
        Cell::text(indicator.name.get(view.lang)),
        Cell::text(view.unit_of(indicator)),
        target.map_or_else(Cell::empty, |t| view.target_cell(t)),
        target.map_or_else(Cell::empty, |t| super::summary::when(view, t.when)),
        view.value_of(before),
        count(numerator),
        count(denominator),
        view.value_of(judged),
        judged.map_or_else(Cell::empty, |j| view.gap(j)),
        view.verdict(judged),
        Cell::text(notes.about(view, judged)),
    ]));
    for dimension in [Dimension::Sex, Dimension::Ethnicity, Dimension::Age] {
        for (n, part) in view
            .groups(id)
            .into_iter()
            .filter(|j| !j.figure.group.get(dimension).is_all())
            .filter(|j| j.figure.value.is_ok())
            .enumerate()
        {
            let (numerator, denominator) = view.counts(&part.figure);
            let before = view.figure(id, view.scope(), view.period().back(1), part.figure.group);
            let name = if n == 0 {
                format!(
                    "{} {}: {}",
                    view.say("Chia theo", "By"),
                    view.dimension(dimension),
                    sentence_case(&view.group(part.figure.group))
                )
            } else {
                sentence_case(&view.group(part.figure.group))
            };
            rows.push(Row::of(
                Role::Part,
                vec![
                    Cell::empty(),
                    Cell::text(name),
                    Cell::text(view.unit_of(indicator)),
                    Cell::empty(),
                    Cell::empty(),
                    before.map_or_else(Cell::empty, |j| view.value(&j.figure)),
                    count(numerator),
                    count(denominator),
                    view.value(&part.figure),
                    Cell::empty(),
                    Cell::empty(),
                    Cell::text(notes.about(view, Some(part))),
                ],
            ));
        }
    }
}
