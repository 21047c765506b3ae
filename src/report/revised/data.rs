//! The data sheets: a row for each changed figure and cause, and a row for each edit.

use super::{Seen, signed};
use crate::classification::Dimension;
use crate::report::frame::{Builder, Frame, Holds};
use crate::report::model::{Block, Decimal, Sheet, Style};
use crate::revision::{Amounts, Change, Contribution, Edit, Known};

/// Cells that are named in the row of a change; the others are in the sheet of the cells.
const NAMED: usize = 3;

type Column<'a> = (&'static str, &'a str, u16, Holds);

fn sheet(
    seen: &Seen<'_>,
    name: (&str, &str),
    title: (&str, &str),
    line: (&str, &str),
    frame: Frame,
) -> Sheet {
    let say = |words: (&str, &str)| seen.lang.pick(words.0, words.1).to_owned();
    let mut sheet = Sheet::new(say(name), say(title), Style::Data);
    sheet.lines.push(say(line));
    sheet.blocks.push(Block::Frame(frame));
    sheet
}

pub(super) fn changes(seen: &Seen<'_>) -> Sheet {
    use Holds::{Decimal as Dec, Integer, Text};
    let say = |vi, en| seen.say(vi, en);
    let columns: Vec<Column<'_>> = vec![
        ("cause", say("Mã nguyên nhân", "Cause code"), 13, Text),
        ("cause_words", say("Nguyên nhân", "Cause"), 24, Text),
        ("indicator_id", say("Mã chỉ tiêu", "Indicator code"), 11, Text),
        ("indicator", say("Tên chỉ tiêu", "Indicator"), 40, Text),
        ("locality_code", say("Mã địa bàn", "Locality code"), 11, Text),
        ("locality", say("Tên địa bàn", "Locality"), 22, Text),
        ("period", say("Kỳ", "Period"), 10, Text),
        ("group", say("Nhóm", "Group"), 18, Text),
        (
            "numerator_change",
            say("Tử số: phần này", "Numerator: this part"),
            12,
            Dec,
        ),
        (
            "denominator_change",
            say("Mẫu số: phần này", "Denominator: this part"),
            12,
            Dec,
        ),
        (
            "value_change",
            say("Giá trị: phần này", "Value: this part"),
            11,
            Dec,
        ),
        (
            "low_change",
            say("Thấp nhất: phần này", "Low: this part"),
            11,
            Dec,
        ),
        (
            "high_change",
            say("Cao nhất: phần này", "High: this part"),
            11,
            Dec,
        ),
        (
            "verdict_from",
            say("Đánh giá trước bước này", "Verdict before this step"),
            16,
            Text,
        ),
        (
            "verdict_to",
            say("Đánh giá sau bước này", "Verdict after this step"),
            16,
            Text,
        ),
        ("numerator_1", say("Tử số lần 1", "Numerator 1"), 12, Dec),
        ("numerator_2", say("Tử số lần 2", "Numerator 2"), 12, Dec),
        ("denominator_1", say("Mẫu số lần 1", "Denominator 1"), 12, Dec),
        ("denominator_2", say("Mẫu số lần 2", "Denominator 2"), 12, Dec),
        ("value_1", say("Giá trị lần 1", "Value 1"), 11, Dec),
        ("value_2", say("Giá trị lần 2", "Value 2"), 11, Dec),
        ("absence_1", say("Lý do không có số lần 1", "Absence 1"), 13, Text),
        ("absence_2", say("Lý do không có số lần 2", "Absence 2"), 13, Text),
        ("cells", say("Số ô liên quan", "Cells"), 9, Integer),
        ("sources", say("Ô nguồn", "Source cells"), 60, Text),
    ];
    let mut to = Builder::new("Changes", &columns);
    for change in &seen.revision.changes {
        for (part, behind) in change.contributions.iter().zip(&change.behind) {
            row(seen, change, part, behind, &mut to);
        }
    }
    sheet(
        seen,
        ("Thay đổi", "Changes"),
        (
            "Thay đổi, mỗi dòng một số và một nguyên nhân",
            "Changes, a figure and a cause a row",
        ),
        (
            "Cộng cột “phần này” theo các nguyên nhân của một số là được lần 2 trừ lần 1.",
            "The parts of a figure's causes add up to run 2 minus run 1.",
        ),
        to.finish(),
    )
}

fn row(seen: &Seen<'_>, change: &Change, part: &Contribution, behind: &[u32], to: &mut Builder) {
    let (before, after) = (&change.before, &change.after);
    let count = |n| seen.count(n);
    let value = |n| seen.value(change, n);
    let verdict = |a: &Amounts| {
        let words = a.verdict.map(|j| j.words_if(a.reserve(), seen.lang));
        words.unwrap_or_default()
    };
    to.text(part.cause.code())
        .text(part.cause.words(seen.lang))
        .text(&change.key.indicator)
        .text(seen.indicator(change).map_or("", |i| i.name.get(seen.lang)))
        .text(&change.key.code)
        .text(&seen.place(change.place))
        .text(&change.key.period.code())
        .text(&seen.group(change))
        .decimal(signed(count(Some(part.numerator))))
        .decimal(signed(count(Some(part.denominator))))
        .decimal(signed(value(part.value)))
        .decimal(signed(value(part.low)))
        .decimal(signed(value(part.high)))
        .text(&verdict(&part.from))
        .text(&verdict(&part.to))
        .decimal(count(before.numerator))
        .decimal(count(after.numerator))
        .decimal(count(before.denominator))
        .decimal(count(after.denominator))
        .decimal(value(before.value))
        .decimal(value(after.value))
        .text(before.absence.unwrap_or_default())
        .text(after.absence.unwrap_or_default())
        .integer(Some(i64::try_from(behind.len()).unwrap_or(i64::MAX)))
        .text(&sources(seen, behind));
    to.end_row();
}

/// `a.xlsx › Biểu › B3: 10 → 12; …`
fn sources(seen: &Seen<'_>, behind: &[u32]) -> String {
    let edits = behind
        .iter()
        .filter_map(|at| seen.revision.edits.get(*at as usize));
    let mut named: Vec<String> = edits
        .take(NAMED)
        .map(|edit| seen.revision.quoted(edit, seen.catalogue, seen.lang))
        .collect();
    if behind.len() > NAMED {
        let more = behind.len() - NAMED;
        named.push(
            seen.lang
                .pick(format!("và {more} ô khác"), format!("and {more} more")),
        );
    }
    named.join("; ")
}

pub(super) fn cells(seen: &Seen<'_>) -> Sheet {
    use Holds::{Decimal as Dec, Text, YesNo};
    let say = |vi, en| seen.say(vi, en);
    let columns: Vec<Column<'_>> = vec![
        ("cause", say("Mã nguyên nhân", "Cause code"), 13, Text),
        ("cause_words", say("Nguyên nhân", "Cause"), 24, Text),
        ("figure", say("Số liệu", "Figure"), 40, Text),
        ("measure", say("Mã số liệu", "Measure code"), 18, Text),
        ("sex", say("Giới tính", "Sex"), 9, Text),
        ("age", say("Nhóm tuổi", "Age"), 9, Text),
        ("ethnicity", say("Dân tộc", "Ethnicity"), 11, Text),
        ("item", say("Phân nhóm", "Item"), 12, Text),
        ("locality_code", say("Mã địa bàn", "Locality code"), 11, Text),
        ("locality", say("Tên địa bàn", "Locality"), 22, Text),
        ("period", say("Kỳ", "Period"), 10, Text),
        ("file_1", say("Tệp lần 1", "File 1"), 30, Text),
        ("sheet_1", say("Trang lần 1", "Sheet 1"), 16, Text),
        ("cell_1", say("Ô lần 1", "Cell 1"), 8, Text),
        ("value_1", say("Giá trị lần 1", "Value 1"), 12, Dec),
        (
            "contradicted_1",
            say("Mâu thuẫn lần 1", "Contradicted 1"),
            10,
            YesNo,
        ),
        ("file_2", say("Tệp lần 2", "File 2"), 30, Text),
        ("sheet_2", say("Trang lần 2", "Sheet 2"), 16, Text),
        ("cell_2", say("Ô lần 2", "Cell 2"), 8, Text),
        ("value_2", say("Giá trị lần 2", "Value 2"), 12, Dec),
        (
            "contradicted_2",
            say("Mâu thuẫn lần 2", "Contradicted 2"),
            10,
            YesNo,
        ),
    ];
    let mut to = Builder::new("Cells", &columns);
    for edit in &seen.revision.edits {
        edited(seen, edit, &mut to);
    }
    sheet(
        seen,
        ("Ô đã sửa", "Corrected cells"),
        (
            "Mọi số liệu đã đọc khác nhau giữa hai lần, từng ô",
            "Every reported figure that differs, cell by cell",
        ),
        (
            "Ô trống ở một lần: lần đó không có số liệu này.",
            "Where one run has no cell, it has no such figure.",
        ),
        to.finish(),
    )
}

fn edited(seen: &Seen<'_>, edit: &Edit, to: &mut Builder) {
    let Some(about) = edit.about() else { return };
    let catalogue = seen.catalogue;
    let measure = catalogue.measures.get(about.measure);
    to.text(edit.cause.code())
        .text(edit.cause.words(seen.lang))
        .text(
            catalogue
                .series_name(about.measure, about.breakdown)
                .get(seen.lang),
        )
        .text(&measure.id);
    for dimension in Dimension::ALL {
        let category = about.breakdown.get(dimension);
        to.text(match category.is_all() {
            true => "all",
            false => &catalogue.lists.category(category).code,
        });
    }
    to.text(&catalogue.localities.unit(about.place).code)
        .text(&seen.place(Some(about.place)))
        .text(&about.period.code());
    let sources = &seen.revision.sources;
    let one = |known: Option<Known>, to: &mut Builder| {
        let origin = known.map(|k| k.fact.origin);
        let sheet = origin.map(|o| sources.sheet(o.sheet));
        let file = sheet.map(|s| sources.file(s.file).name.as_str());
        let value = known.map(|k| Decimal::new(k.fact.value, measure.decimals).trimmed());
        to.text(file.unwrap_or_default())
            .text(sheet.map_or("", |s| s.name.as_str()))
            .text(&origin.map(|o| o.cell.to_string()).unwrap_or_default())
            .decimal(value)
            .yes_no(known.is_some_and(|k| k.contradicted));
    };
    one(edit.before, to);
    one(edit.after, to);
    to.end_row();
}
