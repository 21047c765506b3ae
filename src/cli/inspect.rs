//! `bdg inspect FILE`: how each sheet was understood, cell by cell.
//!
//! In:  the readings that a run would use. Out: text by sheet and table, or JSON lines by cell.
//! Holds: every cell with a figure is shown with what became of it.

use serde_json::{Value, json};

use super::args::Verbosity;
use super::console::{Console, bold, by_severity, faint, padded};
use super::problems::{JSON_VERSION, to_json};
use crate::classification::Dimension;
use crate::definition::Catalogue;
use crate::intake::{
    Evidence, Meaning, Outcome, Role, RowRole, Said, SheetFact, SheetReading, Source, TableReading, Trouble,
};
use crate::lang::Lang;
use crate::origin::{Account, column_letters};
use crate::problem::Kind;
use crate::quantity::{print_decimal, print_plain};

/// The most cells shown of a table unless everything is asked for.
const CELLS: usize = 40;

/// Prints the sheets; only one of them if it is named.
pub fn human(console: &Console, catalogue: &Catalogue, sheets: &[SheetReading], only: Option<&str>) {
    let told = Told {
        catalogue,
        lang: console.lang,
        everything: console.verbosity == Verbosity::Verbose || only.is_some(),
    };
    for sheet in sheets.iter().filter(|s| wanted(s, only)) {
        console.result(&told.sheet(sheet));
    }
}

/// One line for each cell with a figure.
pub fn json_lines(console: &Console, catalogue: &Catalogue, sheets: &[SheetReading], only: Option<&str>) {
    for sheet in sheets.iter().filter(|s| wanted(s, only)) {
        let account = &sheet.account;
        let not_needed: serde_json::Map<String, Value> = account
            .not_needed
            .iter()
            .map(|(reason, n)| (reason.code().to_owned(), Value::from(*n)))
            .collect();
        console.result_line(&to_json(&json!({
            "v": JSON_VERSION,
            "type": "account",
            "sheet": sheet.name,
            "numeric": account.numbers,
            "cells": account.cells(),
            "figures": account.facts,
            "checked": account.checked,
            "left_out": account.left_out,
            "not_needed": not_needed,
        })));
        for (number, table) in sheet.tables.iter().enumerate() {
            let form = table.form.as_ref().map(|(id, _)| id.as_str());
            for (cell, outcome) in &table.cells {
                let mut line = json!({
                    "v": JSON_VERSION,
                    "type": "cell",
                    "sheet": sheet.name,
                    "table": number + 1,
                    "form": form,
                    "cell": cell.to_string(),
                });
                for (key, value) in became(catalogue, sheet, table, *outcome) {
                    line[key] = value;
                }
                console.result_line(&to_json(&line));
            }
        }
    }
}

fn wanted(sheet: &SheetReading, only: Option<&str>) -> bool {
    only.is_none_or(|name| crate::text::folded(&sheet.name) == crate::text::folded(name))
}

fn became(
    catalogue: &Catalogue,
    sheet: &SheetReading,
    table: &TableReading,
    outcome: Outcome,
) -> Vec<(&'static str, Value)> {
    match outcome {
        Outcome::Checked => vec![("outcome", "checked".into())],
        Outcome::NotNeeded(reason) => {
            vec![("outcome", "not-needed".into()), ("reason", reason.code().into())]
        }
        Outcome::LeftOut(trouble) => {
            let name = sheet.troubles.get(trouble as usize).map(|t| t.kind.name());
            vec![("outcome", "left-out".into()), ("problem", name.into())]
        }
        Outcome::Fact(at) => {
            let Some(fact) = table.facts.get(at as usize) else {
                return vec![("outcome", "fact".into())];
            };
            let measure = catalogue.measures.get(fact.measure);
            let unit = catalogue.localities.unit(fact.place);
            let mut out = vec![
                ("outcome", Value::from("fact")),
                ("measure", measure.id.as_str().into()),
                ("locality", unit.code.as_str().into()),
                ("period", fact.period.code().into()),
                ("value", print_plain(fact.value, measure.decimals).into()),
            ];
            for dimension in Dimension::ALL {
                let category = fact.breakdown.get(dimension);
                if !category.is_all() {
                    let code = catalogue.lists.category(category).code.as_str();
                    out.push((dimension.code(), code.into()));
                }
            }
            out
        }
    }
}

/// "Ô số của trang: 9 ô kiểu số; 6 số liệu, …": every cell with a number is in one of the parts.
pub(super) fn account_line(account: &Account, lang: Lang) -> String {
    let (numbers, facts, checked, left_out) =
        (account.numbers, account.facts, account.checked, account.left_out);
    let unneeded: u32 = account.not_needed.values().sum();
    let reasons = match account.reasons(lang) {
        reasons if reasons.is_empty() => String::new(),
        reasons => format!(" ({reasons})"),
    };
    lang.pick(
        format!("Các ô của trang: {} ô, trong đó {numbers} ô kiểu số = {facts} số liệu + {checked} tổng đối chiếu + {left_out} bỏ ra + {unneeded} không cần{reasons}", account.cells()),
        format!("Cells of the sheet: {}, of them {numbers} numeric = {facts} for figures + {checked} totals compared + {left_out} left out + {unneeded} not needed{reasons}", account.cells()),
    )
}

struct Told<'a> {
    catalogue: &'a Catalogue,
    lang: Lang,
    everything: bool,
}

impl Told<'_> {
    fn sheet(&self, sheet: &SheetReading) -> String {
        let lang = self.lang;
        let hidden = match sheet.hidden {
            true => lang.pick(" (trang ẩn)", " (hidden)"),
            false => "",
        };
        let mut out = format!("{} “{}”{hidden}\n", bold(lang.pick("Trang", "Sheet")), sheet.name);
        if sheet.tables.is_empty() {
            out.push_str(lang.pick("  không thấy bảng nào\n", "  no table was found\n"));
        }
        for table in &sheet.tables {
            out.push_str(&self.table(sheet, table));
        }
        out.push_str(&format!("  {}\n", account_line(&sheet.account, lang)));
        for trouble in &sheet.troubles {
            out.push_str(&format!("  {}\n", self.trouble(trouble)));
        }
        out.push_str(&self.answer(sheet));
        out.push('\n');
        out
    }

    /// What an office may write once about columns and rows that were not understood.
    fn answer(&self, sheet: &SheetReading) -> String {
        let lang = self.lang;
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let mut labels: Vec<(&str, &str)> = Vec::new();
        for trouble in &sheet.troubles {
            match &trouble.kind {
                Kind::UnknownColumn { heading, .. } => {
                    let leaf = heading.rsplit(" › ").next().unwrap_or(heading);
                    labels.push((leaf, "column"));
                }
                Kind::UnknownRow { label, .. } => labels.push((label, "row")),
                _ => {}
            }
        }
        let Some(table) = sheet.tables.iter().find(|t| !t.columns.is_empty() && !t.personal) else {
            return String::new();
        };
        if labels.is_empty() {
            return String::new();
        }
        let mut headings: Vec<String> = Vec::new();
        for leaf in table.columns.iter().filter_map(|c| c.path.last()) {
            let leaf = quoted(&crate::text::one_line(leaf));
            if !headings.contains(&leaf) {
                headings.push(leaf);
            }
        }
        let mut out = format!(
            "  {}\n    [[layout]]\n    headings = [{}]\n",
            lang.pick(
                "Trả lời một lần cho mọi bảng như vậy: chép vào indicators/answers/tra-loi.toml cạnh dữ liệu rồi sửa",
                "Answer once for all tables like this: copy into indicators/answers/tra-loi.toml beside the data, then edit",
            ),
            headings.join(", ")
        );
        for (label, axis) in labels.iter().take(10) {
            out.push_str(&format!(
                "    [[layout.label]]\n    text = [{}]\n    axis = \"{axis}\"\n    ignore = true  # {}\n",
                quoted(label),
                lang.pick(
                    "không cần; hoặc thay bằng measure = \"…\", sex = \"female\", …",
                    "not needed; or in its place measure = \"…\", sex = \"female\", …"
                )
            ));
        }
        out
    }

    fn table(&self, sheet: &SheetReading, table: &TableReading) -> String {
        let lang = self.lang;
        let range = format!("{}:{}", table.first, table.last);
        let mut out = format!("  {} {range}\n", bold(lang.pick("Bảng", "Table")));
        let mut line = |label: &str, text: &str| {
            out.push_str(&format!("    {}  {text}\n", faint(&padded(label, 10))));
        };
        let why = table.why.get(lang);
        let form = match &table.form {
            Some((id, name)) => format!("{id}, {} ({why})", name.get(lang)),
            None => lang.pick(
                format!("không theo mẫu nào ({why}); đọc theo tiêu đề"),
                format!("none ({why}); read by its headings"),
            ),
        };
        line(lang.pick("mẫu biểu", "form"), &form);
        let day = table.period.as_ref().map(|p| p.value.last_day());
        let place = table.place.as_ref().map(|p| {
            let register = &self.catalogue.localities;
            let name = day.map_or_else(
                || register.unit(p.value).name_in(lang),
                |d| register.path_in(p.value, d, lang),
            );
            format!("{name} {}", self.evidence(p))
        });
        let none = || {
            lang.pick("không thấy ở đầu bảng", "not said above the table")
                .to_owned()
        };
        line(lang.pick("địa phương", "locality"), &place.unwrap_or_else(none));
        let period = table.period.as_ref();
        let period = period.map(|p| format!("{} {}", p.value.words(lang), self.evidence(p)));
        line(lang.pick("kỳ", "period"), &period.unwrap_or_else(none));
        if let Some(sender) = &table.sender {
            line(
                lang.pick("đơn vị gửi", "sender"),
                &format!("{} {}", sender.value, self.evidence(sender)),
            );
        }
        line(lang.pick("mỗi dòng", "each row"), row_role(table.role, lang));
        out.push_str(&self.columns(table));
        out.push_str(&self.rows(table));
        out.push_str(&self.cells(sheet, table));
        out
    }

    fn columns(&self, table: &TableReading) -> String {
        let mut out = format!("    {}\n", self.lang.pick("Các cột", "Columns"));
        for column in &table.columns {
            let meaning = match column.role {
                Role::Values => self.said(&column.said),
                Role::Stub(_) => self.lang.pick("tên dòng", "row labels").to_owned(),
            };
            out.push_str(&format!(
                "      {}  {} → {meaning}\n",
                padded(&column_letters(column.column), 3),
                column.path.join(" › ")
            ));
        }
        out
    }

    fn rows(&self, table: &TableReading) -> String {
        let lang = self.lang;
        let mut out = format!("    {}\n", lang.pick("Các dòng", "Rows"));
        let shown = if self.everything { usize::MAX } else { CELLS };
        for row in table.rows.iter().take(shown) {
            let mut meaning = self.said(&row.said);
            if let Some(place) = row.place {
                meaning = self.catalogue.localities.unit(place).name_in(lang);
            }
            if let Some(sender) = &row.sender {
                meaning = sender.clone();
            }
            if row.total {
                meaning.push_str(lang.pick(" (dòng tổng, chỉ để đối chiếu)", " (total, compared only)"));
            }
            let number = (row.row + 1).to_string();
            out.push_str(&format!(
                "      {}  {} → {meaning}\n",
                padded(&number, 3),
                row.path.join(" › ")
            ));
        }
        out.push_str(&self.more(table.rows.len(), shown));
        out
    }

    fn cells(&self, sheet: &SheetReading, table: &TableReading) -> String {
        let lang = self.lang;
        let count = |test: fn(&Outcome) -> bool| table.cells.iter().filter(|(_, o)| test(o)).count();
        let facts = count(|o| matches!(o, Outcome::Fact(_)));
        let checked = count(|o| matches!(o, Outcome::Checked));
        let unneeded = count(|o| matches!(o, Outcome::NotNeeded(_)));
        let left_out = count(|o| matches!(o, Outcome::LeftOut(_)));
        let mut out = lang.pick(
            format!("    Các ô: {facts} số liệu, {checked} ô tổng đối chiếu, {unneeded} không cần, {left_out} bỏ ra\n"),
            format!("    Cells: {facts} figures, {checked} totals compared, {unneeded} not needed, {left_out} left out\n"),
        );
        let shown = if self.everything { usize::MAX } else { CELLS };
        for (cell, outcome) in table.cells.iter().take(shown) {
            let text = self.cell(sheet, table, *outcome);
            out.push_str(&format!("      {}  {text}\n", padded(&cell.to_string(), 5)));
        }
        out.push_str(&self.more(table.cells.len(), shown));
        out
    }

    fn more(&self, all: usize, shown: usize) -> String {
        match all.saturating_sub(shown) {
            0 => String::new(),
            n => self.lang.pick(
                format!("      … và {n} nữa; xem hết: -v\n"),
                format!("      … and {n} more; for all: -v\n"),
            ),
        }
    }

    fn cell(&self, sheet: &SheetReading, table: &TableReading, outcome: Outcome) -> String {
        let lang = self.lang;
        match outcome {
            Outcome::Checked => lang.pick("ô tổng, đã đối chiếu", "a total, compared").to_owned(),
            Outcome::NotNeeded(reason) => {
                let why = reason.words(lang);
                lang.pick(format!("không cần: {why}"), format!("not needed: {why}"))
            }
            Outcome::LeftOut(at) => {
                let name = sheet.troubles.get(at as usize).map_or("", |t| t.kind.name());
                lang.pick(format!("bỏ ra [{name}]"), format!("left out [{name}]"))
            }
            Outcome::Fact(at) => match table.facts.get(at as usize) {
                Some(fact) => self.fact(fact),
                None => String::new(),
            },
        }
    }

    fn fact(&self, fact: &SheetFact) -> String {
        let lang = self.lang;
        let decimals = self.catalogue.measures.get(fact.measure).decimals;
        format!(
            "{}  {}; {}; {}",
            padded(&print_decimal(fact.value, decimals, lang), 8),
            self.catalogue.series_name(fact.measure, fact.breakdown).get(lang),
            self.catalogue.localities.unit(fact.place).name_in(lang),
            fact.period.words(lang)
        )
    }

    fn said(&self, said: &Said) -> String {
        let lang = self.lang;
        match said {
            Said::Meaning(meaning) => self.meaning(meaning),
            Said::Ignored => lang.pick("không cần", "not needed").to_owned(),
            Said::Counted => lang.pick("dùng để đếm", "looked at by the counts").to_owned(),
            Said::Rate => lang
                .pick(
                    "tỷ lệ; được tính lại từ số đếm",
                    "a rate; worked out again from counts",
                )
                .to_owned(),
            Said::Unknown => lang.pick("không hiểu", "not understood").to_owned(),
        }
    }

    fn meaning(&self, meaning: &Meaning) -> String {
        let lang = self.lang;
        let or = lang.pick(" hoặc ", " or ");
        let measures = meaning.measures.iter();
        let names: Vec<&str> = measures
            .map(|m| self.catalogue.measures.get(*m).name.get(lang))
            .collect();
        let mut parts = Vec::new();
        if !names.is_empty() {
            parts.push(names.join(or));
        }
        for alternatives in &meaning.categories {
            let ids = alternatives.iter().filter(|id| !id.is_all());
            let names: Vec<&str> = ids
                .map(|id| self.catalogue.lists.category(*id).name.get(lang))
                .collect();
            parts.push(names.join(or));
        }
        if let Some(year) = meaning.when.year {
            parts.push(lang.pick(format!("năm {year}"), format!("year {year}")));
        }
        if let Some(span) = meaning.when.span {
            let period = crate::period::Period { year: 0, span }.code();
            parts.push(period.trim_start_matches("0-").to_owned());
        }
        if let Some(place) = meaning.place {
            parts.push(self.catalogue.localities.unit(place).name_in(lang));
        }
        parts.retain(|part| !part.is_empty());
        match parts.is_empty() {
            true => lang.pick("tất cả", "all").to_owned(),
            false => parts.join(", "),
        }
    }

    fn evidence<T>(&self, evidence: &Evidence<T>) -> String {
        let lang = self.lang;
        let from = match evidence.from {
            Source::Title(cell) => cell.to_string(),
            Source::SheetName => lang.pick("tên trang", "sheet name").to_owned(),
            Source::FirstSheet => lang.pick("trang đầu", "first sheet").to_owned(),
            Source::FileName => lang.pick("tên tệp", "file name").to_owned(),
            Source::Answer => lang.pick("trả lời của cơ quan", "the office's answer").to_owned(),
            Source::Settings => lang.pick("cấu hình", "configuration").to_owned(),
        };
        faint(&format!("({from}: “{}”)", evidence.text))
    }

    fn trouble(&self, trouble: &Trouble) -> String {
        let lang = self.lang;
        let wording = trouble.kind.wording(lang);
        let severity = trouble.kind.severity();
        let head = format!("{}[{}]", severity.words(lang), trouble.kind.name());
        let at = trouble.at.map(|cell| format!(" {cell}")).unwrap_or_default();
        format!(
            "{}{at} {}: {}",
            by_severity(severity, &head),
            wording.title,
            wording.found
        )
    }
}

fn row_role(role: RowRole, lang: Lang) -> &'static str {
    match role {
        RowRole::Labels => lang.pick(
            "là một mục (tên dòng có nghĩa)",
            "is an item (its label has a meaning)",
        ),
        RowRole::Places => lang.pick("là một địa phương", "is a locality"),
        RowRole::Senders => lang.pick(
            "là một trường hoặc cơ sở (cộng lại)",
            "is a school or facility (added up)",
        ),
        RowRole::Entities => lang.pick("là một đối tượng (được đếm)", "is an entity (counted)"),
    }
}
