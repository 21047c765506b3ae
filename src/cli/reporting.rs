//! Who has reported, as a table for people and as JSON lines.

use serde_json::json;

use super::console::{bold, table};
use super::problems::{JSON_VERSION, to_json};
use crate::lang::Lang;
use crate::plan::{Limit, Line, Reporting, Status, Tally};

/// How many of those who have not reported are named.
const NAMED: usize = 12;

/// A row for each period and group, and who is missing.
pub fn human(reporting: &Reporting, lang: Lang) -> String {
    if reporting.lines.is_empty() {
        return String::new();
    }
    let mut rows = vec![
        lang.pick(
            [
                "Gửi báo cáo",
                "Hạn",
                "Phải gửi",
                "Đã gửi",
                "Đúng hạn",
                "Muộn",
                "Chưa gửi",
            ],
            [
                "Reporting",
                "Due",
                "Expected",
                "Received",
                "In time",
                "Late",
                "Missing",
            ],
        )
        .map(str::to_owned)
        .to_vec(),
    ];
    let mut seen: Vec<(&Line, Tally)> = Vec::new();
    for line in &reporting.lines {
        let same = |l: &&Line| (&l.period, &l.group) == (&line.period, &line.group);
        if seen.iter().all(|(first, _)| !same(first)) {
            seen.push((line, Tally::of(reporting.lines.iter().filter(same))));
        }
    }
    for (line, tally) in seen {
        let dated = |n: u32| match reporting.log.is_some() {
            true => n.to_string(),
            false => "…".to_owned(),
        };
        rows.push(vec![
            format!("{}: {}", line.period.get(lang), line.group.get(lang)),
            line.limit.map_or_else(String::new, |l| l.words(lang)),
            tally.expected.to_string(),
            tally.received().to_string(),
            dated(tally.in_time),
            dated(tally.late),
            tally.missing.to_string(),
        ]);
    }
    let text = table(&rows);
    let (head, body) = text.split_once('\n').unwrap_or((&text, ""));
    let mut out = format!("{}\n{body}", bold(head));
    let mut missing: Vec<&str> = Vec::new();
    for line in reporting.lines.iter().filter(|l| l.status == Status::Missing) {
        let name = line.name.get(lang);
        if !missing.contains(&name) {
            missing.push(name);
        }
    }
    if !missing.is_empty() {
        let more = missing.len().saturating_sub(NAMED);
        missing.truncate(NAMED);
        let rest = match more {
            0 => String::new(),
            n => lang.pick(format!(" và {n} đơn vị khác"), format!(" and {n} more")),
        };
        let label = lang.pick("Chưa gửi", "Missing");
        out.push_str(&format!("{label}: {}{rest}\n", missing.join("; ")));
    }
    out
}

/// One line for each report that is owed.
pub fn json(reporting: &Reporting, lang: Lang) -> Vec<String> {
    let line = |line: &Line| {
        let files = line.files.iter();
        let files = files.map(|f| json!({ "file": f.file, "received": f.on.map(|d| d.to_string()), "superseded": f.superseded }));
        to_json(&json!({
            "v": JSON_VERSION,
            "type": "reporting",
            "period": line.period.get(lang),
            "group": line.group.get(lang),
            "unit": line.code,
            "name": line.name.get(lang),
            "form": line.form.as_ref().map(|(id, _)| id),
            "last_day": line.limit.map(Limit::last_day).map(|d| d.to_string()),
            "status": line.status.code(),
            "days_late": match line.status {
                Status::Late(days) => Some(days),
                _ => None,
            },
            "shared": line.shared,
            "files": files.collect::<Vec<_>>(),
        }))
    };
    reporting.lines.iter().map(line).collect()
}
