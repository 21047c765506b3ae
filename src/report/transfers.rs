//! The transfers of territory behind recast figures.

use crate::classification::locality::transfers::Part;
use crate::lang::Lang;
use crate::report::cover::{day, sentence_case};
use crate::report::model::{Block, Cell, Column, Decimal, Row, Sheet, Style, Table};
use crate::report::view::View;

pub(super) fn sheet(view: &View<'_>) -> Option<Sheet> {
    let crossing = view.content.crossing.as_ref()?;
    let mut sheet = Sheet::new(
        view.say("Địa giới", "Boundaries"),
        view.say(
            "Các lần chuyển địa giới mà số liệu quy đổi dựa vào",
            "Transfers of territory that recast figures rest on",
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    sheet.lines.push(
        view.say(
            "Nguồn: bảng đối chiếu đơn vị hành chính của Cục Thống kê. Một phần không rõ số dân thì chỉ biết khoảng: từ không đến tất cả.",
            "Source: comparison tables of administrative units of the National Statistics Office. Where a part has no stated number of people only bounds are known: from none to all.",
        )
        .to_owned(),
    );
    sheet.lines.push(
        view.say(
            "Phần đất chuyển sau ngày 10/11/2024 giữa hai xã đều còn tồn tại không có trong nguồn nên không được xét.",
            "Parts that moved after 10 November 2024 between two communes that both went on are not in the source and not considered.",
        )
        .to_owned(),
    );
    let rows = crossing.transfers.iter().map(|used| {
        let t = &used.transfer;
        let periods: Vec<String> = used.periods.iter().map(|p| p.code()).collect();
        Row::body(vec![
            Cell::text(day(t.date, view.lang)),
            Cell::text(view.code(t.from)),
            Cell::text(sentence_case(&view.place(t.from))),
            Cell::text(view.code(t.to)),
            Cell::text(sentence_case(&view.place(t.to))),
            Cell::text(t.part.words(view.lang)),
            share(t.part),
            Cell::text(&*t.act),
            Cell::text(periods.join("; ")),
            Cell::integer(i64::try_from(used.figures).unwrap_or(i64::MAX)),
        ])
    });
    let rows: Vec<Row> = rows.collect();
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centred(view.say("Ngày", "Date"), 12),
            Column::text(view.say("Mã cũ", "From code"), 9),
            Column::text(view.say("Từ", "From"), 26),
            Column::text(view.say("Mã mới", "To code"), 9),
            Column::text(view.say("Vào", "To"), 26),
            Column::text(view.say("Cách chuyển", "How"), 34),
            Column::number(view.say("Tỷ lệ dân số (%)", "Share of people (%)"), 12),
            Column::text(view.say("Văn bản", "Legal act"), 20),
            Column::text(view.say("Kỳ dùng đến", "Periods"), 26),
            Column::number(view.say("Số liệu dựa vào", "Figures"), 11),
        ],
        rows,
        freeze: Some(2),
        filter: true,
        ..Table::default()
    }));
    Some(sheet)
}

fn share(part: Part) -> Cell {
    match part {
        Part::Share(share) => {
            let percent = u128::from(share.numerator) * 10_000 / u128::from(share.denominator.max(1));
            Cell::decimal(Decimal::new(i64::try_from(percent).unwrap_or(0), 2))
        }
        Part::Whole => Cell::decimal(Decimal::new(10_000, 2)),
        Part::Unknown => Cell::empty(),
    }
}

/// A line of the methods sheet.
pub(super) fn method(view: &View<'_>) -> String {
    let base = day(view.content.about.base, view.lang);
    match view.lang {
        Lang::Vi => format!(
            "Địa giới {base}: số của năm trước cộng theo đơn vị của năm đó rồi mới quy đổi. Đơn vị nhập trọn vẹn được cộng chính xác (⇄); phần có tỷ lệ dân số thì ước tính theo tỷ lệ (≈); phần không rõ số dân cho khoảng từ không đến tất cả (↔) và chỉ đánh giá khi cả hai đầu khoảng cho cùng kết quả. Số của chính cơ quan từng đơn vị (chỉ tiêu 1, 4.4, 6.3) đếm theo đơn vị khi đó, không quy đổi xuống đơn vị khác."
        ),
        Lang::En => format!(
            "Boundaries of {base}: figures of earlier years are added up on the units of their year and then recast. Units that went whole into another are added exactly (⇄); a part with a stated share of the people is estimated by it (≈); a part without gives bounds from none to all (↔) and is judged only where both ends agree. What each unit's own bodies are (targets 1, 4.4, 6.3) is counted over the units of that time and never carried to another unit."
        ),
    }
}
