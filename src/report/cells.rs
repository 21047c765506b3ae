//! What became of the cells with numbers, sheet by sheet: that none was lost can be added up.

use crate::origin::Account;
use crate::report::model::{Cell, Column, Row, Table};
use crate::report::view::View;

/// Sheets listed one by one; the last line has the sums of all.
const LISTED: usize = 2_000;

pub(super) fn table(view: &View<'_>) -> Table {
    let sources = &view.content.sources;
    let mut all = Account::default();
    let mut rows = Vec::new();
    for (n, sheet) in sources.sheets.iter().enumerate() {
        let account = &sheet.account;
        all.numbers += account.numbers;
        all.facts += account.facts;
        all.checked += account.checked;
        all.left_out += account.left_out;
        for (reason, cells) in &account.not_needed {
            *all.not_needed.entry(*reason).or_default() += cells;
        }
        if n < LISTED {
            let file = sources.files.get(sheet.file.0 as usize).map_or("", |f| &f.name);
            rows.push(Row::body(line(view, format!("{file} › {}", sheet.name), account)));
        }
    }
    let sum = match sources.sheets.len() > LISTED {
        true => view.say(
            "Tất cả các trang (kể cả trang không in ở trên)",
            "All sheets (those not listed above too)",
        ),
        false => view.say("Tất cả các trang", "All sheets"),
    };
    rows.push(Row::body(line(view, sum.to_owned(), &all)));
    Table {
        columns: vec![
            Column::text(view.say("Tệp › trang", "File › sheet"), 24).span(2),
            Column::number(view.say("Ô kiểu số", "Numeric cells"), 11),
            Column::number(
                view.say("Số liệu, tổng đối chiếu", "Figures, totals compared"),
                11,
            ),
            Column::number(view.say("Bỏ ra", "Left out"), 11),
            Column::text(view.say("Không cần, theo lý do", "Not needed, by reason"), 40),
        ],
        rows,
        ..Table::default()
    }
}

fn line(view: &View<'_>, name: String, account: &Account) -> Vec<Cell> {
    vec![
        Cell::text(name),
        Cell::integer(i64::from(account.numbers)),
        Cell::integer(i64::from(account.facts + account.checked)),
        Cell::integer(i64::from(account.left_out)),
        Cell::text(account.reasons(view.lang)),
    ]
}
