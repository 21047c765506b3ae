//! The facts behind the figures, each with its file, sheet and cell; and the files themselves.
//!
//! Holds: at most [`FACTS`] facts, and a line that says so when there are more.

use crate::fact::Fact;
use crate::lang::Lang;
use crate::origin::{FileOutcome, SourceSheet};
use crate::report::frame::{Builder, Frame, Holds};
use crate::report::model::{Block, Cell, Column, Decimal, Row, Sheet, Style, Table};
use crate::report::view::View;

/// Rows that a clerk's Excel still opens at ease.
const FACTS: usize = 200_000;

pub(super) fn facts(view: &View<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Số gốc", "Source figures"),
        view.say(
            "Số liệu đã báo cáo, kèm tệp, trang và ô",
            "Reported figures with their file, sheet and cell",
        ),
        Style::Data,
    );
    let all = &view.content.facts;
    if all.len() > FACTS {
        sheet.lines.push(match view.lang {
            Lang::Vi => format!(
                "Chỉ in {FACTS} dòng đầu trong {} số liệu; dùng lệnh explain để xem nguồn của một số liệu bất kỳ.",
                all.len()
            ),
            Lang::En => format!(
                "Only the first {FACTS} of {} figures are given; the command explain shows the source of any figure.",
                all.len()
            ),
        });
    }
    sheet
        .blocks
        .push(Block::Frame(frame(view, all.iter().take(FACTS))));
    sheet
}

fn frame<'f>(view: &View<'_>, facts: impl Iterator<Item = &'f Fact>) -> Frame {
    use Holds::{Decimal as Dec, Text};
    let mut to = Builder::new(
        "SourceFigures",
        &[
            ("measure", view.say("Mã số đo", "Measure code"), 22, Text),
            ("measure_name", view.say("Số đo", "Measure"), 40, Text),
            ("locality_code", view.say("Mã địa bàn", "Locality code"), 11, Text),
            ("locality", view.say("Tên địa bàn", "Locality"), 22, Text),
            ("period", view.say("Kỳ", "Period"), 11, Text),
            ("sex", view.say("Giới tính", "Sex"), 10, Text),
            ("age", view.say("Nhóm tuổi", "Age"), 10, Text),
            ("ethnicity", view.say("Dân tộc", "Ethnicity"), 11, Text),
            ("item", view.say("Phân nhóm", "Item"), 14, Text),
            ("value", view.say("Giá trị", "Value"), 12, Dec),
            ("unit", view.say("Đơn vị tính", "Unit"), 14, Text),
            ("sender", view.say("Đơn vị gửi", "Sender"), 28, Text),
            ("file", view.say("Tệp", "File"), 34, Text),
            ("sheet", view.say("Trang", "Sheet"), 18, Text),
            ("cell", view.say("Ô", "Cell"), 8, Text),
        ],
    );
    let sources = &view.content.sources;
    for fact in facts {
        let measure = view.catalogue.measures.all.get(usize::from(fact.measure.0));
        let sheet = sources.sheets.get(fact.origin.sheet.0 as usize);
        let file = sheet.and_then(|s| sources.files.get(s.file.0 as usize));
        let sender = view.content.senders.get(fact.sender.0 as usize);
        let b = fact.breakdown;
        to.text(measure.map_or("?", |m| &m.id))
            .text(measure.map_or("", |m| m.name.get(view.lang)))
            .text(view.code(fact.place))
            .text(&view.place(fact.place))
            .text(&fact.period.code())
            .text(view.category_code(b.sex))
            .text(view.category_code(b.age))
            .text(view.category_code(b.ethnicity))
            .text(view.category_code(b.item))
            .decimal(Some(
                Decimal::new(fact.value, measure.map_or(0, |m| m.decimals)).trimmed(),
            ))
            .text(measure.map_or("", |m| m.unit.words(view.lang)))
            .text(sender.map_or("", String::as_str))
            .text(file.map_or("", |f| &f.name))
            .text(sheet.map_or("", |s| &s.name))
            .text(&fact.origin.cell.to_string());
        to.end_row();
    }
    to.finish()
}

/// Files and sheets: what they are, what was read, what was left out.
pub(super) fn sources(view: &View<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        view.say("Nguồn", "Sources"),
        view.say("Tệp và trang đã nhận", "Files and sheets received"),
        Style::Reading,
    );
    let sources = &view.content.sources;
    let read = sources
        .files
        .iter()
        .filter(|f| f.outcome == FileOutcome::Read)
        .count();
    sheet.lines.push(match view.lang {
        Lang::Vi => format!("Đọc được {read}/{} tệp.", sources.files.len()),
        Lang::En => format!("{read} of {} files read.", sources.files.len()),
    });
    let mut rows = Vec::new();
    // Sheets stand in the order in which they were found: here by file.
    let mut sheets: Vec<&SourceSheet> = sources.sheets.iter().collect();
    sheets.sort_by_key(|s| s.file);
    let mut sheets = sheets.chunk_by(|a, b| a.file == b.file).peekable();
    for (n, file) in sources.files.iter().enumerate() {
        let head = || {
            vec![
                Cell::text(&file.name),
                Cell::text(file.kind),
                Cell::integer(i64::try_from(file.bytes).unwrap_or(i64::MAX)),
                Cell::text(file.sha256.chars().take(12).collect::<String>()),
                Cell::text(outcome(view, file.outcome)),
            ]
        };
        let is_here = |sheets: &&[&SourceSheet]| sheets.first().is_some_and(|s| s.file.0 as usize == n);
        let of_file = sheets.next_if(is_here).unwrap_or_default();
        if of_file.is_empty() {
            let mut cells = head();
            cells.extend([Cell::empty(), Cell::empty(), Cell::empty(), Cell::empty()]);
            rows.push(Row::body(cells));
        }
        for s in of_file {
            let form = match &s.form {
                Some((id, name)) => format!("{} ({id})", name.get(view.lang)),
                None => view
                    .say("đọc chung theo tiêu đề", "read by its headings")
                    .to_owned(),
            };
            let mut cells = head();
            cells.push(Cell::text(&s.name));
            cells.push(Cell::text(form));
            cells.push(Cell::integer(i64::from(s.figures)));
            cells.push(Cell::integer(i64::from(s.left_out)));
            rows.push(Row::body(cells));
        }
    }
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::text(view.say("Tệp", "File"), 44),
            Column::centred(view.say("Loại", "Kind"), 8),
            Column::number(view.say("Byte", "Bytes"), 11),
            Column::text(view.say("SHA-256 (12 ký tự đầu)", "SHA-256 (first 12)"), 16),
            Column::text(view.say("Kết quả", "Outcome"), 20),
            Column::text(view.say("Trang", "Sheet"), 24),
            Column::text(view.say("Mẫu biểu", "Form"), 40),
            Column::number(view.say("Số liệu đã đọc", "Figures read"), 10),
            Column::number(view.say("Số liệu bỏ ra", "Left out"), 10),
        ],
        rows,
        freeze: Some(1),
        filter: true,
        ..Table::default()
    }));
    sheet
}

fn outcome(view: &View<'_>, outcome: FileOutcome) -> &'static str {
    match outcome {
        FileOutcome::Read => view.lang.pick("đã đọc", "read"),
        FileOutcome::NothingFound => view.lang.pick("không có số liệu", "no figures in it"),
        FileOutcome::LeftOut => view.lang.pick("không đọc được", "left out"),
        FileOutcome::Superseded => view.lang.pick("đã có bản gửi lại", "sent again"),
        FileOutcome::Duplicate => view.lang.pick("trùng tệp khác", "a duplicate"),
    }
}
