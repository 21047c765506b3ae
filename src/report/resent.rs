//! Reports that were sent again, and every figure that is not the same in the later one.
//!
//! Holds: in the internal edition only, for the whole scope: a changed figure may be of few persons.

use crate::disclosure::Edition;
use crate::fact::Fact;
use crate::origin::SheetId;
use crate::plan::{Resent, Rule};
use crate::quantity::print_decimal;
use crate::report::model::{Block, Cell, Column, Role, Row, Sheet, Style, Table};
use crate::report::view::View;

/// Changed figures listed one by one.
const LISTED: usize = 20_000;

pub(super) fn sheet(view: &View<'_>) -> Option<Sheet> {
    let resent = &view.content.resent;
    if resent.is_empty() || view.release.edition() != Edition::Internal {
        return None;
    }
    let mut sheet = Sheet::new(
        view.say("Gửi lại", "Sent again"),
        view.say(
            "Báo cáo gửi lại và số liệu đã đổi",
            "Reports sent again and what changed",
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    sheet.lines.push(
        view.say(
            "Hai báo cáo là một nếu cùng mẫu biểu, địa bàn, kỳ và nơi gửi. Bản sau thay bản trước: theo số lần trong tên tệp (“lần 2”), nếu không có thì theo ngày trong sổ nhận báo cáo. Không phân biệt được thì không thay.",
            "Two reports are one if form, places, periods and senders are the same. The later stands: by the number in the name of its file (“lần 2”), else by the day in the log. Where neither tells, none is replaced.",
        )
        .to_owned(),
    );
    let rows = resent.iter().flat_map(|one| rows(view, one));
    let rows: Vec<Row> = rows.take(LISTED).collect();
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::text(view.say("Số liệu", "Figure"), 44),
            Column::text(view.say("Đơn vị", "Unit"), 26),
            Column::centred(view.say("Kỳ", "Period"), 14),
            Column::number(view.say("Bản cũ", "Before"), 12),
            Column::number(view.say("Bản mới", "After"), 12),
            Column::text(view.say("Ô của bản cũ", "Cell before"), 36),
            Column::text(view.say("Ô của bản mới", "Cell after"), 36),
        ],
        rows,
        freeze: Some(1),
        ..Table::default()
    }));
    Some(sheet)
}

/// The report, then its changes.
fn rows(view: &View<'_>, resent: &Resent) -> Vec<Row> {
    let sources = &view.content.sources;
    let name = |id: SheetId| {
        let sheet = sources.sheet(id);
        format!("{} › {}", sources.file(sheet.file).name, sheet.name)
    };
    let why = rule(view, resent.rule);
    let changes = resent.changes.len();
    let head = view.lang.pick(
        format!(
            "{} → {} ({why}): {changes} số liệu đã đổi",
            name(resent.old),
            name(resent.new)
        ),
        format!(
            "{} → {} ({why}): {changes} changed",
            name(resent.old),
            name(resent.new)
        ),
    );
    let mut rows = vec![Row::of(Role::Group, vec![Cell::text(head)])];
    for change in &resent.changes {
        let Some(about) = change.new.or(change.old) else {
            continue;
        };
        let measure = view.catalogue.measures.get(about.measure);
        let value = |fact: Option<Fact>| {
            let text = fact.map(|f| print_decimal(f.value, measure.decimals, view.lang));
            Cell::text(text.unwrap_or_else(|| view.say("không có", "none").to_owned()))
        };
        let cell =
            |fact: Option<Fact>| Cell::text(fact.map_or_else(String::new, |f| sources.describe(f.origin)));
        let what = view.catalogue.series_name(about.measure, about.breakdown);
        rows.push(Row::body(vec![
            Cell::text(what.get(view.lang)),
            Cell::text(view.place(about.place)),
            Cell::text(about.period.code()),
            value(change.old),
            value(change.new),
            cell(change.old),
            cell(change.new),
        ]));
    }
    rows
}

fn rule(view: &View<'_>, rule: Rule) -> String {
    let words = rule.words();
    words.get(view.lang).to_owned()
}
