//! Two runs compared, as a workbook of the look of a report.
//!
//! Holds: every changed figure and every edit stands in a data sheet of its own row; the summary shows those of
//!        the whole territory.

mod data;
mod summary;

use super::Book;
use super::model::{Block, Cell, Column, Decimal, Row, Sheet, Style, Table};
use crate::classification::locality::UnitId;
use crate::definition::{Catalogue, Indicator};
use crate::disclosure::ReleasedRevision;
use crate::lang::{Lang, Words};
use crate::revision::{Cause, Change, DECIMALS, Revision};

/// Puts a comparison into words and tables.
pub fn revised(release: &ReleasedRevision, catalogue: &Catalogue, lang: Lang) -> Book {
    let seen = Seen {
        revision: release.revision(),
        catalogue,
        lang,
    };
    let sheets = vec![
        summary::sheet(&seen),
        data::changes(&seen),
        data::cells(&seen),
        methods(&seen),
    ];
    Book {
        lang,
        title: seen.title(),
        author: String::new(),
        banner: release.banner(lang),
        made_on: seen.revision.made_on,
        sheets,
    }
}

/// A comparison made easy to ask.
struct Seen<'a> {
    revision: &'a Revision,
    catalogue: &'a Catalogue,
    lang: Lang,
}

impl<'a> Seen<'a> {
    fn say(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.lang.pick(vi, en)
    }

    fn title(&self) -> String {
        let [a, b] = &self.revision.runs;
        let words = self.say("So sánh hai lần chạy", "Two runs compared");
        format!("{words}: {} → {}", a.name, b.name)
    }

    fn indicator(&self, change: &Change) -> Option<&'a Indicator> {
        let mut all = self.catalogue.indicators.iter();
        all.find(|i| i.id == change.key.indicator)
    }

    fn place(&self, place: Option<UnitId>) -> String {
        let unit = place.and_then(|p| self.catalogue.localities.units.get(p.0 as usize));
        unit.map(|u| u.name_in(self.lang)).unwrap_or_default()
    }

    fn group(&self, change: &Change) -> String {
        self.catalogue
            .group_name(change.breakdown)
            .get(self.lang)
            .to_owned()
    }

    /// A count in natural units.
    fn count(&self, amount: Option<i64>) -> Option<Decimal> {
        amount.map(|n| Decimal::new(n, DECIMALS).trimmed())
    }

    /// A value with the decimals of its indicator.
    fn value(&self, change: &Change, amount: Option<i64>) -> Option<Decimal> {
        let decimals = self
            .indicator(change)
            .map_or(DECIMALS, |i| i.decimals.min(DECIMALS));
        let step = 10i64.pow(u32::from(DECIMALS - decimals));
        amount.map(|n| Decimal::new(n / step, decimals))
    }

    fn words(&self, words: &'a Words) -> &'a str {
        words.get(self.lang)
    }
}

/// A difference: its sign is printed too.
fn signed(decimal: Option<Decimal>) -> Option<Decimal> {
    decimal.map(|d| Decimal { signed: true, ..d })
}

fn cell(decimal: Option<Decimal>) -> Cell {
    decimal.map_or_else(Cell::empty, Cell::decimal)
}

fn methods(seen: &Seen<'_>) -> Sheet {
    let mut sheet = Sheet::new(
        seen.say("Phương pháp", "Methods"),
        seen.say(
            "Cách tách thay đổi theo nguyên nhân",
            "How changes are split into causes",
        ),
        Style::Reading,
    );
    let lines = [
        (
            "Hai đầu là số đã công bố của mỗi lần chạy. Ở giữa, từng nguyên nhân được đưa vào lần lượt theo thứ tự dưới đây và mọi chỉ tiêu được tính lại sau mỗi bước, bằng đúng cách tính của bdg report; phần của một nguyên nhân là chênh lệch giữa hai bước liền nhau.",
            "The two ends are what each run published. Between them the causes are brought in one after the other, in the order below, and everything is computed anew after each, exactly as bdg report does; the part of a cause is the difference of two steps that follow each other.",
        ),
        (
            "Vì mỗi bước bắt đầu ở nơi bước trước kết thúc, các phần cộng lại đúng bằng toàn bộ thay đổi: với tử số, với mẫu số và với giá trị (đã làm tròn như in ra). Tỷ lệ không cộng được nên phần của giá trị phụ thuộc thứ tự; tử số và mẫu số của tổng thì không, trừ khi có mâu thuẫn hoặc đơn vị cấp trên tự báo cáo.",
            "As every step begins where the one before it ended, the parts add up to the whole change exactly: for the numerator, the denominator and the value (rounded as printed). Ratios do not add up, so the parts of a value depend on the order; those of summed numerators and denominators do not, but for contradictions and own reports of a higher unit.",
        ),
        (
            "Không có số thì tử số, mẫu số tính là 0 khi lấy chênh lệch; thay đổi của giá trị chỉ ghi khi cả hai lần đều có giá trị, và ở bước nào giá trị tạm thời không có thì phần của bước đó là 0.",
            "A count that is not there counts as 0 in a difference; the change of a value is given only where both runs have one, and a step at which none stands has a part of 0.",
        ),
        (
            "Số liệu của hai lần là một nếu cùng địa bàn, kỳ, số liệu (và cùng đơn vị gửi, nếu mỗi đơn vị gửi được tính riêng). Dấu mâu thuẫn của mỗi số liệu là của lần chạy đã đọc nó.",
            "A figure is the same in both runs if place, period and series agree (and the sender, where each sender counts for itself). Whether sources contradict each other on a figure is as its run found.",
        ),
        (
            "Số của năm trước trên địa giới riêng của năm đó (trang Chuỗi năm) không so ở đây; chúng được tính từ cùng các số liệu ở trang Ô đã sửa.",
            "What earlier years reported on units of their own (sheet Series) is not compared here; it is computed from the same figures as in the sheet Corrected cells.",
        ),
    ];
    sheet.lines = lines.iter().map(|(vi, en)| seen.say(vi, en).to_owned()).collect();
    let reserves = seen
        .revision
        .reserves
        .iter()
        .map(|words| seen.words(words).to_owned());
    sheet.lines.extend(reserves);
    let rows = (1..).zip(Cause::ORDER).map(|(n, cause)| {
        Row::body(vec![
            Cell::integer(n),
            Cell::text(cause.words(seen.lang)),
            Cell::text(cause.code()),
            Cell::text(cause.meaning(seen.lang)),
        ])
    });
    sheet.blocks.push(Block::Table(Table {
        columns: vec![
            Column::centred(seen.say("Bước", "Step"), 7),
            Column::text(seen.say("Nguyên nhân", "Cause"), 32),
            Column::text(seen.say("Mã", "Code"), 14),
            Column::text(seen.say("Gồm những gì", "What falls under it"), 90),
        ],
        rows: rows.collect(),
        ..Table::default()
    }));
    sheet
}
