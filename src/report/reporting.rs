//! Who has reported: how complete and how timely, and each report that is owed.

use crate::plan::{Line, Reporting, Tally};
use crate::quantity::print_decimal;
use crate::report::cover::day;
use crate::report::model::{Block, Cell, Column, Role, Row, Sheet, Style, Table};
use crate::report::view::View;

/// None without a plan, or if it expects nothing for the period.
pub(super) fn sheet(view: &View<'_>) -> Option<Sheet> {
    let reporting = view.content.reporting.as_ref().filter(|r| !r.lines.is_empty())?;
    let mut sheet = Sheet::new(
        view.say("Gửi báo cáo", "Reporting"),
        view.say(
            "Tình hình gửi báo cáo theo kế hoạch",
            "Who has reported, by the plan",
        ),
        Style::Reading,
    );
    sheet.lines = super::about_lines(view);
    sheet.lines.push(format!(
        "{}. {}: {}.",
        reporting.plan.get(view.lang),
        view.say("Nơi tổng hợp", "Gathered by"),
        reporting.receiver.get(view.lang)
    ));
    sheet.lines.push(days(view, reporting));
    let heading = |vi: &'static str, en: &'static str| Block::Heading(view.lang.pick(vi, en).to_owned());
    sheet.blocks.push(heading(
        "Mức độ đầy đủ và đúng hạn",
        "Completeness and timeliness",
    ));
    sheet.blocks.push(Block::Table(rates(view, reporting)));
    sheet.blocks.push(heading("Từng đơn vị", "Unit by unit"));
    sheet.blocks.push(Block::Table(units(view, reporting)));
    Some(sheet)
}

/// Where the days come from.
fn days(view: &View<'_>, reporting: &Reporting) -> String {
    let without = reporting.without_day;
    match &reporting.log {
        Some(log) => view.lang.pick(
            format!("Ngày nhận theo sổ nhận báo cáo {log}; {without} tệp không có trong sổ."),
            format!("Days of receipt by the log {log}; files not in the log: {without}."),
        ),
        None => view
            .say(
                "Không có sổ nhận báo cáo nên không rõ ngày nhận và không xét đúng hạn hay muộn.",
                "There is no log of received reports, so the days are not known and nothing is called late.",
            )
            .to_owned(),
    }
}

/// By period and group, by level, and by form.
fn rates(view: &View<'_>, reporting: &Reporting) -> Table {
    let mut rows = Vec::new();
    let mut push = |role: Role, label: String, by: &str, takes: &dyn Fn(&Line) -> bool| {
        let tally = Tally::of(reporting.lines.iter().filter(|l| takes(l)));
        let whole = |n: u32| Cell::integer(i64::from(n));
        rows.push(Row::of(
            role,
            vec![
                Cell::text(by),
                Cell::text(label),
                whole(tally.expected),
                whole(tally.received()),
                whole(tally.in_time),
                whole(tally.late),
                whole(tally.came),
                whole(tally.missing),
                share(view, tally.received(), tally.expected),
                match reporting.log.is_some() {
                    true => share(view, tally.in_time, tally.expected),
                    false => Cell::empty(),
                },
            ],
        ));
    };
    let by_period = |l: &Line| (l.period.clone(), l.group.clone());
    for key in each(reporting, by_period) {
        let label = format!("{}: {}", key.0.get(view.lang), key.1.get(view.lang));
        push(Role::Body, label, view.say("Nhóm", "Group"), &|l| {
            by_period(l) == key
        });
    }
    for level in each(reporting, |l| l.level) {
        let label = level.map_or(view.say("cơ quan, đơn vị", "bodies"), |l| l.words(view.lang));
        push(Role::Body, label.to_owned(), view.say("Cấp", "Level"), &|l| {
            l.level == level
        });
    }
    for form in each(reporting, |l| l.form.clone()) {
        push(
            Role::Body,
            form_name(view, &form),
            view.say("Mẫu biểu", "Form"),
            &|l| l.form == form,
        );
    }
    push(Role::Total, view.say("Tất cả", "All").to_owned(), "", &|_| {
        true
    });
    Table {
        columns: vec![
            Column::centred(view.say("Theo", "By"), 10),
            Column::text(view.say("Nhóm, cấp, mẫu biểu", "Group, level, form"), 44),
            Column::number(view.say("Phải gửi", "Expected"), 10),
            Column::number(view.say("Đã gửi", "Received"), 10),
            Column::number(view.say("Đúng hạn", "In time"), 10),
            Column::number(view.say("Muộn", "Late"), 10),
            Column::number(view.say("Không rõ ngày", "Day unknown"), 10),
            Column::number(view.say("Chưa gửi", "Missing"), 10),
            Column::number(view.say("Đầy đủ (%)", "Complete (%)"), 12),
            Column::number(view.say("Đúng hạn (%)", "In time (%)"), 12),
        ],
        rows,
        ..Table::default()
    }
}

/// Every different value, in the order of the plan.
fn each<T: PartialEq>(reporting: &Reporting, of: impl Fn(&Line) -> T) -> Vec<T> {
    let mut seen = Vec::new();
    for value in reporting.lines.iter().map(of) {
        if !seen.contains(&value) {
            seen.push(value);
        }
    }
    seen
}

fn share(view: &View<'_>, part: u32, whole: u32) -> Cell {
    if whole == 0 {
        return Cell::empty();
    }
    let ratio = crate::quantity::Ratio {
        numerator: i64::from(part),
        denominator: i64::from(whole),
        scale: 100,
    };
    Cell::text(print_decimal(ratio.rounded(1), 1, view.lang))
}

fn form_name(view: &View<'_>, form: &Option<(String, crate::lang::Words)>) -> String {
    match form {
        Some((id, name)) => format!("{} ({id})", name.get(view.lang)),
        None => view.say("mẫu nào cũng được", "any form").to_owned(),
    }
}

fn units(view: &View<'_>, reporting: &Reporting) -> Table {
    let row = |line: &Line| {
        let files = line.files.iter().map(|f| match f.superseded {
            true => format!("{} ({})", f.file, view.say("bản cũ", "replaced")),
            false => f.file.clone(),
        });
        let files: Vec<String> = files.collect();
        let first = line.files.iter().filter_map(|f| f.on).min();
        let limit = line.limit.map(|l| l.words(view.lang));
        Row::body(vec![
            Cell::text(line.period.get(view.lang)),
            Cell::text(line.name.get(view.lang)),
            Cell::text(&line.code),
            Cell::text(form_name(view, &line.form)),
            Cell::text(limit.unwrap_or_else(|| view.say("không ghi", "none named").to_owned())),
            Cell::text(first.map_or_else(String::new, |d| day(d, view.lang))),
            Cell::text(line.status.words(view.lang)),
            Cell::text(files.join("; ")),
            Cell::text(if line.shared {
                view.say("trong bảng chung với đơn vị khác", "in one table with others")
            } else {
                ""
            }),
        ])
    };
    Table {
        columns: vec![
            Column::text(view.say("Kỳ", "Period"), 24),
            Column::text(view.say("Đơn vị", "Unit"), 34),
            Column::centred(view.say("Mã", "Code"), 14),
            Column::text(view.say("Mẫu biểu", "Form"), 34),
            Column::text(view.say("Hạn", "Due"), 22),
            Column::centred(view.say("Ngày nhận", "Received on"), 16),
            Column::centred(view.say("Tình trạng", "State"), 14),
            Column::text(view.say("Tệp", "Files"), 40),
            Column::text(view.say("Lưu ý", "Remarks"), 24),
        ],
        rows: reporting.lines.iter().map(row).collect(),
        filter: true,
        ..Table::default()
    }
}
