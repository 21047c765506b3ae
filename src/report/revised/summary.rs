//! The first sheet: the runs, the causes, and the figures of the whole territory.

use super::{Seen, cell, signed};
use crate::quantity::print_decimal;
use crate::report::model::{Block, Cell, Column, Decimal, Row, Sheet, Style, Table};
use crate::revision::{Amounts, Cause, Change};

/// Rows beyond which the data sheet is the better place to look.
const LISTED: usize = 2_000;

pub(super) fn sheet(seen: &Seen<'_>) -> Sheet {
    let mut sheet = Sheet::new(seen.say("Tóm tắt", "Summary"), seen.title(), Style::Reading);
    sheet.lines.push(decisive(seen));
    let reserves = seen.revision.reserves.iter();
    sheet
        .lines
        .extend(reserves.map(|words| seen.words(words).to_owned()));
    sheet.blocks.push(Block::Table(runs(seen)));
    sheet.blocks.push(heading(seen, "Theo nguyên nhân", "By cause"));
    sheet.blocks.push(Block::Table(causes(seen)));
    let whole: Vec<&Change> = seen.revision.of_the_whole().take(LISTED).collect();
    if !whole.is_empty() {
        sheet.blocks.push(heading(
            seen,
            "Chỉ tiêu đã thay đổi của toàn địa bàn",
            "Changed indicators of the whole territory",
        ));
        sheet.blocks.push(Block::Table(figures(seen, &whole)));
    }
    if !seen.revision.settings.is_empty() {
        sheet.blocks.push(heading(
            seen,
            "Thiết lập và danh mục khác nhau",
            "Settings and definitions that differ",
        ));
        sheet.blocks.push(Block::Table(settings(seen)));
    }
    sheet
}

fn heading(seen: &Seen<'_>, vi: &'static str, en: &'static str) -> Block {
    Block::Heading(seen.lang.pick(vi, en).to_owned())
}

fn decisive(seen: &Seen<'_>) -> String {
    let revision = seen.revision;
    let (changed, compared) = (revision.changes.len(), revision.compared);
    match (changed, revision.is_split()) {
        (0, _) => seen.lang.pick(
            format!("Không số nào thay đổi trong {compared} số được so sánh."),
            format!("None of the {compared} figures compared has changed."),
        ),
        (_, true) => seen.lang.pick(
            format!("{changed} trong {compared} số được so sánh đã thay đổi; mọi thay đổi đã được tách hết theo nguyên nhân."),
            format!("{changed} of the {compared} figures compared have changed; every change is split into causes."),
        ),
        (_, false) => {
            let unsplit = revision.unsplit();
            seen.lang.pick(
                format!("{changed} trong {compared} số được so sánh đã thay đổi; {unsplit} số còn phần chưa tách được."),
                format!("{changed} of the {compared} figures compared have changed; of {unsplit} a part could not be split."),
            )
        }
    }
}

fn runs(seen: &Seen<'_>) -> Table {
    let [a, b] = &seen.revision.runs;
    let number = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let text = |vi, en, a: &str, b: &str| {
        Row::body(vec![Cell::text(seen.say(vi, en)), Cell::text(a), Cell::text(b)])
    };
    let count = |vi, en, a: usize, b: usize| {
        Row::body(vec![
            Cell::text(seen.say(vi, en)),
            Cell::integer(number(a)),
            Cell::integer(number(b)),
        ])
    };
    let rows = vec![
        text("Thư mục", "Folder", &a.name, &b.name),
        text("Ngày lập", "Made on", &a.made_on, &b.made_on),
        text("Mã địa bàn", "Locality code", &a.locality, &b.locality),
        text(
            "Kỳ",
            "Period",
            &a.period.words(seen.lang),
            &b.period.words(seen.lang),
        ),
        text(
            "Địa giới ngày",
            "Boundaries on",
            &a.boundaries_on.to_string(),
            &b.boundaries_on.to_string(),
        ),
        count("Tệp đã đọc", "Files read", a.files_read, b.files_read),
        count("Số liệu đã đọc", "Reported figures", a.facts, b.facts),
        text(
            "Phiên bản chương trình",
            "Program version",
            &a.program_version,
            &b.program_version,
        ),
        text(
            "Phiên bản danh mục",
            "Catalogue version",
            &a.catalogue_version,
            &b.catalogue_version,
        ),
    ];
    Table {
        columns: vec![
            Column::text("", 48).span(2),
            Column::text(seen.say("Lần 1", "Run 1"), 36).span(3),
            Column::text(seen.say("Lần 2", "Run 2"), 36).span(3),
        ],
        rows,
        ..Table::default()
    }
}

fn causes(seen: &Seen<'_>) -> Table {
    let revision = seen.revision;
    let number = |n: usize| Cell::integer(i64::try_from(n).unwrap_or(i64::MAX));
    let rows = Cause::ORDER.into_iter().map(|cause| {
        let edits = revision.edits_of(cause);
        Row::body(vec![
            Cell::text(cause.words(seen.lang)),
            number(revision.changed_by(cause)),
            number(edits),
            Cell::text(cause.meaning(seen.lang)),
        ])
    });
    Table {
        columns: vec![
            Column::text(seen.say("Nguyên nhân", "Cause"), 48).span(2),
            Column::number(seen.say("Số đã đổi", "Changed figures"), 12),
            Column::number(seen.say("Ô liên quan", "Cells"), 12),
            Column::text(seen.say("Gồm những gì", "What falls under it"), 90).span(4),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

fn figures(seen: &Seen<'_>, changes: &[&Change]) -> Table {
    let rows = changes.iter().map(|change| {
        let (before, after) = (&change.before, &change.after);
        let difference = before.value.zip(after.value).map(|(a, b)| b.saturating_sub(a));
        let verdict = |a: &Amounts| {
            a.verdict
                .map_or_else(Cell::empty, |j| Cell::verdict_if(j, a.reserve()))
        };
        let name = seen.indicator(change).map_or("", |i| i.name.get(seen.lang));
        Row::body(vec![
            Cell::text(&*change.key.indicator),
            Cell::text(match seen.group(change) {
                group if group.is_empty() => format!("{name} ({})", change.key.period.code()),
                group => format!("{name}, {group} ({})", change.key.period.code()),
            }),
            shown(seen, change, before),
            shown(seen, change, after),
            cell(signed(seen.value(change, difference))),
            verdict(before),
            verdict(after),
            Cell::text(parts(seen, change)),
        ])
    });
    Table {
        columns: vec![
            Column::text(seen.say("Mã", "Code"), 8),
            Column::text(seen.say("Chỉ tiêu", "Indicator"), 40),
            Column::number(seen.say("Lần 1", "Run 1"), 12),
            Column::number(seen.say("Lần 2", "Run 2"), 12),
            Column::number(seen.say("Thay đổi", "Change"), 12),
            Column::centred(seen.say("Đánh giá lần 1", "Verdict 1"), 18),
            Column::centred(seen.say("Đánh giá lần 2", "Verdict 2"), 18),
            Column::text(seen.say("Do", "Because of"), 60),
        ],
        rows: rows.collect(),
        filter: true,
        ..Table::default()
    }
}

/// The value, its bounds, or nothing.
fn shown(seen: &Seen<'_>, change: &Change, amounts: &Amounts) -> Cell {
    let print = |d: Decimal| print_decimal(d.value, d.decimals, seen.lang);
    match (seen.value(change, amounts.value), seen.value(change, amounts.low)) {
        (Some(value), _) => Cell::decimal(value),
        (None, Some(low)) => {
            let high = seen
                .value(change, amounts.high)
                .map_or_else(|| "…".to_owned(), print);
            Cell::text(format!("{} ↔ {high}", print(low)))
        }
        (None, None) => Cell::sign("…"),
    }
}

/// `Ô đã sửa +0,5 (tử số +2); Báo cáo đến thêm −0,1 (tử số +5, mẫu số +8)`
fn parts(seen: &Seen<'_>, change: &Change) -> String {
    let plus = |decimal: Option<Decimal>| {
        let decimal = decimal.filter(|d| d.value != 0)?;
        let sign = if decimal.value > 0 { "+" } else { "" };
        Some(format!(
            "{sign}{}",
            print_decimal(decimal.value, decimal.decimals, seen.lang)
        ))
    };
    let parts = change.contributions.iter().map(|part| {
        let named = |name: &str, amount: i64| plus(seen.count(Some(amount))).map(|n| format!("{name} {n}"));
        let counts: Vec<String> = [
            named(seen.say("tử số", "numerator"), part.numerator),
            named(seen.say("mẫu số", "denominator"), part.denominator),
        ]
        .into_iter()
        .flatten()
        .collect();
        let value = plus(seen.value(change, part.value))
            .map(|v| format!(" {v}"))
            .unwrap_or_default();
        let counts = match counts.is_empty() {
            true => String::new(),
            false => format!(" ({})", counts.join(", ")),
        };
        format!("{}{value}{counts}", part.cause.words(seen.lang))
    });
    parts.collect::<Vec<_>>().join("; ")
}

fn settings(seen: &Seen<'_>) -> Table {
    let rows = seen.revision.settings.iter().map(|(what, before, after)| {
        Row::body(vec![
            Cell::text(seen.words(what)),
            Cell::text(before),
            Cell::text(after),
        ])
    });
    Table {
        columns: vec![
            Column::text(seen.say("Gì", "What"), 48).span(2),
            Column::text(seen.say("Lần 1", "Run 1"), 36).span(3),
            Column::text(seen.say("Lần 2", "Run 2"), 36).span(3),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}
