//! Problems as people read them, and as programs do.
//!
//! In:  the problems of a run, in any order. Out: blocks of text by file, sheet and cell, with
//!      repeats gathered; or JSON lines.
//! Holds: order is by file, then sheet, then cell; names and codes are never translated; every
//!        problem is in the count of some block.

use std::collections::BTreeMap;

use serde::Serialize;

use super::console::{by_severity, count, faint, padded};
use crate::lang::Lang;
use crate::problem::{Kind, Problem, Severity};

/// Problems of one kind on one sheet, told once.
#[derive(Debug, Clone)]
pub struct Group<'a> {
    pub first: &'a Problem,
    /// The others, in order.
    pub more: Vec<&'a Problem>,
}

impl Group<'_> {
    pub fn severity(&self) -> Severity {
        self.first.severity()
    }

    pub fn left_out(&self) -> u64 {
        let more: u64 = self.more.iter().map(|p| u64::from(p.left_out)).sum();
        u64::from(self.first.left_out) + more
    }
}

/// Gathers repeats: the same kind on one sheet, or the very same finding anywhere (one unknown heading
/// in thirty files is one thing to mend).
pub fn groups(problems: &[Problem]) -> Vec<Group<'_>> {
    let mut ordered: Vec<&Problem> = problems.iter().collect();
    ordered.sort();
    let mut out: Vec<Group<'_>> = Vec::new();
    let mut by_sheet: BTreeMap<(Option<&str>, Option<&str>, &str), usize> = BTreeMap::new();
    let mut by_kind: BTreeMap<&Kind, usize> = BTreeMap::new();
    for problem in ordered {
        let place = &problem.place;
        let sheet = (place.file.as_deref(), place.sheet.as_deref(), problem.kind.name());
        let known = by_kind
            .get(&problem.kind)
            .or_else(|| by_sheet.get(&sheet))
            .copied();
        let at = known.unwrap_or(out.len());
        match known {
            Some(at) => out[at].more.push(problem),
            None => out.push(Group {
                first: problem,
                more: Vec::new(),
            }),
        }
        by_kind.entry(&problem.kind).or_insert(at);
        by_sheet.entry(sheet).or_insert(at);
    }
    out
}

/// The groups worth showing when there is room for few: the gravest and costliest, in place order.
pub fn worst<'a>(groups: &[Group<'a>], limit: usize) -> Vec<Group<'a>> {
    let mut order: Vec<usize> = (0..groups.len())
        .filter(|i| groups[*i].severity() != Severity::Note)
        .collect();
    order.sort_by_key(|i| {
        (
            groups[*i].severity(),
            std::cmp::Reverse(groups[*i].left_out()),
            *i,
        )
    });
    order.truncate(limit);
    order.sort_unstable();
    order.into_iter().map(|i| groups[i].clone()).collect()
}

/// One block.
pub fn block(group: &Group<'_>, lang: Lang) -> String {
    let problem = group.first;
    let severity = problem.severity();
    let wording = problem.kind.wording(lang);
    let head = format!("{}[{}]", severity.words(lang), problem.kind.name());
    let mut out = format!("{} {}\n", by_severity(severity, &head), wording.title);
    let mut line = |label: &str, text: &str| {
        if !text.is_empty() {
            let label = faint(&padded(label, lang.pick(9, 8)));
            out.push_str(&format!("  {label}  {text}\n"));
        }
    };
    line(lang.pick("ở", "at"), &problem.place.to_string());
    line(lang.pick("đã thấy", "found"), &wording.found);
    line(lang.pick("cần có", "expected"), &wording.expected);
    line(lang.pick("hậu quả", "effect"), &problem.effect(lang));
    line(lang.pick("việc cần", "do"), &wording.remedy);
    if !group.more.is_empty() {
        let n = count(group.more.len(), lang);
        let alone = group.more.iter().all(|p| same_sheet(problem, p));
        let mut cells: Vec<String> = Vec::new();
        for other in &group.more {
            let place = match other.place.cell {
                Some(cell) if same_sheet(problem, other) => cell.to_string(),
                _ => other.place.to_string(),
            };
            // A problem of the run as a whole has no place: what was found tells it apart.
            let place = match place.is_empty() {
                true => other.kind.wording(lang).found,
                false => place,
            };
            if !place.is_empty() && !cells.contains(&place) {
                cells.push(place);
            }
            if cells.len() > 8 {
                break;
            }
        }
        let most = if alone { 8 } else { 4 };
        let dots = if cells.len() > most { ", …" } else { "" };
        cells.truncate(most);
        let mut text = match (lang, severity) {
            (Lang::Vi, s) => format!("và {n} {} giống vậy", s.words(lang)),
            (Lang::En, _) => format!("and {n} more like it"),
        };
        if !cells.is_empty() {
            text.push_str(&format!(": {}{dots}", cells.join(", ")));
        }
        if group.left_out() > u64::from(problem.left_out) {
            let all = count(usize::try_from(group.left_out()).unwrap_or(usize::MAX), lang);
            text.push_str(&lang.pick(
                format!(" (tất cả bỏ ra {all} số liệu)"),
                format!(" ({all} figures left out in all)"),
            ));
        }
        line("", &text);
    }
    out
}

fn same_sheet(a: &Problem, b: &Problem) -> bool {
    a.place.file == b.place.file && a.place.sheet == b.place.sheet
}

/// How many problems of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
    pub left_out: u64,
}

pub fn tally(problems: &[Problem]) -> Tally {
    let mut tally = Tally::default();
    for problem in problems {
        match problem.severity() {
            Severity::Error => tally.errors += 1,
            Severity::Warning => tally.warnings += 1,
            Severity::Note => tally.notes += 1,
        }
        tally.left_out += u64::from(problem.left_out);
    }
    tally
}

/// Version of the JSON lines; raised when a key changes its meaning or goes away.
pub const JSON_VERSION: u32 = 1;

#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    r#type: &'static str,
    name: &'a str,
    severity: &'static str,
    file: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
    left_out: u32,
    title: &'a str,
    found: &'a str,
    expected: &'a str,
    effect: String,
    remedy: &'a str,
}

/// One problem as a line of JSON.
pub fn json(problem: &Problem, lang: Lang) -> String {
    let wording = problem.kind.wording(lang);
    to_json(&Line {
        v: JSON_VERSION,
        r#type: "problem",
        name: problem.kind.name(),
        severity: problem.severity().code(),
        file: problem.place.file.as_deref(),
        sheet: problem.place.sheet.as_deref(),
        cell: problem.place.cell.map(|c| c.to_string()),
        left_out: problem.left_out,
        title: &wording.title,
        found: &wording.found,
        expected: &wording.expected,
        effect: problem.effect(lang),
        remedy: &wording.remedy,
    })
}

/// A line of JSON. Our shapes hold only texts and numbers, which always have one.
pub fn to_json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "{}".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::origin::CellAddress;
    use crate::problem::{Kind, Place};

    fn bad(file: &str, row: u32) -> Problem {
        let place = Place::file(file).sheet("Biểu 1").cell(CellAddress::new(row, 2));
        let kind = Kind::NotANumber {
            text: format!("x{row}"),
        };
        Problem::new(place, kind).costing(1)
    }

    #[test]
    fn repeats_are_told_once_and_counted() {
        let problems = [
            bad("b.xlsx", 4),
            bad("a.xlsx", 9),
            bad("b.xlsx", 6),
            bad("b.xlsx", 5),
        ];
        let groups = groups(&problems);
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].first.place.file.as_deref(), Some("a.xlsx"));
        let text = anstream::adapter::strip_str(&block(&groups[1], Lang::Vi)).to_string();
        assert!(text.starts_with("lỗi[not-a-number] "), "{text}");
        assert!(text.contains("b.xlsx › Biểu 1 › C5"), "{text}");
        assert!(
            text.contains("và 2 lỗi giống vậy: C6, C7 (tất cả bỏ ra 3 số liệu)"),
            "{text}"
        );
        assert_eq!(tally(&problems).left_out, 4);
    }

    #[test]
    fn one_finding_in_many_files_is_one_block() {
        let heading = |file: &str| {
            let kind = Kind::UnknownColumn {
                heading: "Nư".to_owned(),
                suggestion: String::new(),
            };
            Problem::new(Place::file(file).sheet("1"), kind)
        };
        let problems = [heading("a.xlsx"), heading("b.xlsx"), bad("b.xlsx", 4)];
        let groups = groups(&problems);
        assert_eq!(groups.len(), 2);
        let text = anstream::adapter::strip_str(&block(&groups[0], Lang::En)).to_string();
        assert!(text.contains("and 1 more like it: b.xlsx › 1"), "{text}");
    }

    #[test]
    fn json_keeps_names_and_says_the_rest_in_the_language() {
        let text = json(&bad("a.xlsx", 0), Lang::En);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["name"], "not-a-number");
        assert_eq!(value["cell"], "C1");
        assert_eq!(value["severity"], "error");
        assert_eq!(value["v"], 1);
    }
}
