//! The cover and the contents.
//!
//! Holds: the legend lists every sign that can stand in place of a number, so no table needs to
//! explain its own.

use crate::compare::Judgement;
use crate::lang::{Lang, Words};
use crate::quantity::Absence;
use crate::recast::Boundary;
use crate::report::model::{Block, Cell, Column, Row, Sheet, Style, Table};
use crate::report::view::View;

pub(super) fn cover(view: &View<'_>) -> Sheet {
    let about = &view.content.about;
    let mut sheet = Sheet::new(
        view.say("Bìa", "Cover"),
        view.say(
            "Tổng hợp kết quả thực hiện mục tiêu bình đẳng giới",
            "Results on the gender-equality targets",
        ),
        Style::Cover,
    );
    sheet.landscape = false;
    let mut head = super::forms::office_and_nation(view);
    head.place_and_date = {
        let place = view.unit(view.scope()).map_or("", |u| u.name.as_str());
        let on = about.made_on;
        match view.lang {
            Lang::Vi => format!(
                "{place}, ngày {:02} tháng {:02} năm {}",
                on.day, on.month, on.year
            ),
            Lang::En => format!("{place}, {on}"),
        }
    };
    head.title = vec![
        sheet.title.clone(),
        sentence_case(&view.period().words(view.lang)),
    ];
    for (_, programme) in view.catalogue.judging() {
        head.lines.push(programme.name.get(view.lang).to_owned());
        let basis = view.say("Căn cứ", "Legal basis");
        head.lines.push(format!("{basis}: {}", programme.act));
    }
    sheet.blocks.push(Block::Letterhead(head));
    let mut pairs = vec![
        (
            view.say("Địa bàn", "Locality"),
            format!(
                "{} ({} {})",
                view.place_in_full(view.scope()),
                view.say("mã", "code"),
                view.code(view.scope())
            ),
        ),
        (
            view.say("Kỳ báo cáo", "Period"),
            sentence_case(&view.period().words(view.lang)),
        ),
        (
            view.say("Tình trạng số liệu", "Status of the data"),
            (if about.provisional {
                view.say("Sơ bộ", "Provisional")
            } else {
                view.say("Chính thức", "Final")
            })
            .to_owned(),
        ),
        (
            view.say("Bản", "Edition"),
            view.release
                .banner(view.lang)
                .unwrap_or(view.say("Công khai", "Public"))
                .to_owned(),
        ),
        (view.say("Ngày lập", "Made on"), day(about.made_on, view.lang)),
        (view.say("Liên hệ", "Contact"), about.contact.clone()),
        (
            view.say("Phiên bản", "Versions"),
            format!(
                "bdg {} · {} {}",
                about.program_version,
                view.say("danh mục chỉ tiêu", "catalogue"),
                about.catalogue_version
            ),
        ),
    ];
    pairs.retain(|(_, value)| !value.trim().is_empty());
    sheet.blocks.push(Block::Pairs(
        pairs
            .into_iter()
            .map(|(name, value)| (name.to_owned(), Cell::text(value)))
            .collect(),
    ));
    sheet.blocks.push(Block::Heading(
        view.say("Ký hiệu dùng thay số", "Signs in place of numbers")
            .to_owned(),
    ));
    sheet.blocks.push(Block::Table(signs(view)));
    sheet
        .blocks
        .push(Block::Heading(view.say("Đánh giá", "Judgements").to_owned()));
    sheet.blocks.push(Block::Table(judgements(view)));
    sheet
}

/// `22/11/2026`; in English `2026-11-22`, which cannot be misread.
pub(super) fn day(day: crate::period::Day, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{:02}/{:02}/{}", day.day, day.month, day.year),
        Lang::En => day.to_string(),
    }
}

/// `năm 2024` → `Năm 2024`.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

fn signs(view: &View<'_>) -> Table {
    let none = Words::default;
    let mut rows = vec![
        (
            "0".to_owned(),
            view.say(
                "số 0 đã được báo cáo hoặc tính ra",
                "a zero that was reported or computed",
            ),
        ),
        (
            Absence::NotOccurred.sign().to_owned(),
            view.say(
                "không phát sinh: mẫu số bằng 0, không có tỷ lệ",
                "not occurred: the denominator is 0, there is no ratio",
            ),
        ),
        (
            Absence::NotReported(none()).sign().to_owned(),
            view.say(
                "chưa có số liệu: đơn vị chưa báo cáo",
                "not reported: the units have not sent figures",
            ),
        ),
        (
            Absence::NotApplicable(none()).sign().to_owned(),
            view.say("không tính ở cấp này", "not computed at this level"),
        ),
        (
            Absence::CannotCompute(none()).sign().to_owned(),
            view.say(
                "chưa tính được; lý do ghi ở Ghi chú",
                "cannot be computed; the reason is in the notes",
            ),
        ),
        (
            Absence::Conflict(none()).sign().to_owned(),
            view.say(
                "số liệu mâu thuẫn, phải đối chiếu với đơn vị",
                "contradictory data, to be settled with the unit",
            ),
        ),
        (
            Absence::Withheld.sign().to_owned(),
            view.say("được bảo mật để bảo vệ cá nhân", "withheld to protect persons"),
        ),
    ];
    if view.content.crossing.is_some() {
        let recast = Boundary::ALL.iter().filter(|b| !b.sign().is_empty());
        rows.extend(recast.map(|b| (b.sign().to_owned(), b.meaning(view.lang))));
    }
    Table {
        columns: vec![
            Column::centred(view.say("Ký hiệu", "Sign"), 34),
            Column::text(view.say("Nghĩa", "Meaning"), 62),
        ],
        rows: rows
            .into_iter()
            .map(|(sign, meaning)| Row::body(vec![Cell::text(sign), Cell::text(meaning)]))
            .collect(),
        ..Table::default()
    }
}

fn judgements(view: &View<'_>) -> Table {
    let rows = [
        (
            Judgement::Exceeded,
            view.say(
                "tốt hơn mục tiêu của mốc",
                "better than the target of the milestone",
            ),
        ),
        (
            Judgement::Met,
            view.say("bằng mục tiêu của mốc", "reaches the target of the milestone"),
        ),
        (
            Judgement::PartlyMet,
            view.say(
                "chỉ tiêu có nhiều phần: có phần đạt, có phần chưa",
                "a target with several parts: some met, some not",
            ),
        ),
        (
            Judgement::NotMet,
            view.say(
                "chưa bằng mục tiêu của mốc",
                "short of the target of the milestone",
            ),
        ),
        (
            Judgement::NotOccurred,
            view.say("mẫu số bằng 0", "the denominator is 0"),
        ),
        (
            Judgement::NotApplicable,
            view.say(
                "chỉ tiêu không có nghĩa ở cấp này",
                "the indicator has no meaning at this level",
            ),
        ),
        (
            Judgement::NoData,
            view.say("đơn vị chưa báo cáo", "the units have not reported"),
        ),
        (
            Judgement::Conflict,
            view.say("các nguồn trái ngược nhau", "the sources contradict each other"),
        ),
        (
            Judgement::TooFew,
            view.say(
                "ít đơn vị báo cáo hơn mức tối thiểu để đánh giá",
                "fewer units reported than are needed to judge",
            ),
        ),
        (
            Judgement::NotJudged,
            view.say(
                "kỳ báo cáo chưa trọn năm, hoặc không có mục tiêu áp dụng",
                "part of a year, or no target applies",
            ),
        ),
    ];
    Table {
        columns: vec![
            Column::centred(view.say("Đánh giá", "Judgement"), 34),
            Column::text(view.say("Nghĩa", "Meaning"), 62),
        ],
        rows: rows
            .into_iter()
            .map(|(judgement, meaning)| Row::body(vec![Cell::verdict(judgement), Cell::text(meaning)]))
            .chain([Row::body(vec![
                Cell::text(view.say("… (tạm tính)", "… (provisional)")),
                Cell::text(format!(
                    "{}. {}",
                    view.say(
                        "đánh giá trên số đơn vị đã có số liệu; còn thiếu đơn vị",
                        "judged on the units that have data; some are missing",
                    ),
                    super::methods::gates(view)
                )),
            ])])
            .collect(),
        ..Table::default()
    }
}

/// One row per sheet, with a link and its number of rows.
pub(super) fn contents(view: &View<'_>, sheets: &[Sheet]) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Mục lục", "Contents"),
        view.say("Mục lục", "Contents"),
        Style::Reading,
    );
    sheet.landscape = false;
    let rows = sheets.iter().enumerate().map(|(i, s)| {
        Row::body(vec![
            Cell::integer(i64::try_from(i + 1).unwrap_or(i64::MAX)),
            Cell::link(s.name.clone(), s.name.clone()),
            Cell::text(s.title.clone()),
            Cell::integer(i64::try_from(s.rows()).unwrap_or(i64::MAX)),
        ])
    });
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centred(view.say("Số", "No."), 6),
            Column::text(view.say("Trang", "Sheet"), 26),
            Column::text(view.say("Nội dung", "Content"), 62),
            Column::number(view.say("Số dòng", "Rows"), 10),
        ],
        rows: rows.collect(),
        freeze: Some(0),
        ..Table::default()
    }));
    sheet
}
