//! The log of received reports that an office keeps: which file came on which day.
//!
//! In:  a small CSV with the columns `file` and `received` (or `tệp` and `ngày nhận`); others are the office's own.
//! Out: [`Log`]. Holds: days are written 2024-11-18 or 18/11/2024; a row at fault is named with its line.
//! Why a log and not the time of the file: copying a folder changes the times of its files, and the same inputs must
//! give the same report.

use crate::definition::csv::records;
use crate::definition::{DefinitionFault, not_known};
use crate::lang::Words;
use crate::period::Day;
use crate::text::{did_you_mean, folded};

/// When each file came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Log {
    /// As the office calls it.
    pub name: String,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    file: String,
    on: Day,
}

/// A row of the log for which there is no file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmatched {
    pub file: String,
    pub near: Option<String>,
}

impl Log {
    /// What it says, whatever the file looks like: a line for each row, in its order.
    pub fn lines(&self) -> String {
        let rows = self.rows.iter();
        rows.map(|row| format!("{}\t{}\n", row.file, row.on)).collect()
    }
}

/// Reads a log. `Err` holds every fault.
pub fn parse_log(name: &str, text: &str) -> Result<Log, Vec<DefinitionFault>> {
    let mut all = records(text).into_iter();
    let mut faults = Vec::new();
    let mut fault = |line: u32, key: &str, message: Words| {
        faults.push(DefinitionFault {
            file: name.to_owned(),
            line,
            key: key.to_owned(),
            message,
        });
    };
    let mut log = Log {
        name: name.to_owned(),
        rows: Vec::new(),
    };
    let head = all.next();
    let column = |words: [&str; 2]| {
        let fields = head.iter().flat_map(|h| &h.fields);
        let mut names = fields.map(|f| folded(f));
        names.position(|f| words.iter().any(|w| folded(w) == f))
    };
    let (file, on) = (column(["file", "tệp"]), column(["received", "ngày nhận"]));
    let line = head.as_ref().map_or(1, |h| h.line);
    for (key, missing) in [("file", file.is_none()), ("received", on.is_none())] {
        if missing {
            fault(line, key, Words::new("thiếu cột này", "this column is missing"));
        }
    }
    let (Some(file), Some(on)) = (file, on) else {
        return Err(faults);
    };
    for record in all {
        let get = |i: usize| record.fields.get(i).map_or("", String::as_str);
        match day(get(on)) {
            Some(day) if !get(file).is_empty() => log.rows.push(Row {
                file: get(file).replace('\\', "/"),
                on: day,
            }),
            None if !get(on).is_empty() => fault(
                record.line,
                "received",
                Words::new(
                    format!(
                        "“{}” không phải là ngày; viết 2024-11-18 hoặc 18/11/2024",
                        get(on)
                    ),
                    format!("“{}” is not a day; write 2024-11-18 or 18/11/2024", get(on)),
                ),
            ),
            _ => fault(
                record.line,
                "file",
                not_known("", &Words::new("tên tệp", "the name of a file"), []),
            ),
        }
    }
    match faults.is_empty() {
        true => Ok(log),
        false => Err(faults),
    }
}

impl Log {
    /// The first day on which a file came, by its path below the folder or by its name alone.
    pub fn received(&self, file: &str) -> Option<Day> {
        let rows = self.rows.iter().filter(|row| is_same(&row.file, file));
        rows.map(|row| row.on).min()
    }

    /// Rows whose file is not among those that were found.
    pub fn unmatched<'a>(&self, files: impl Iterator<Item = &'a str> + Clone) -> Vec<Unmatched> {
        let missing = self
            .rows
            .iter()
            .filter(|row| files.clone().all(|f| !is_same(&row.file, f)));
        let told = missing.map(|row| Unmatched {
            file: row.file.clone(),
            near: did_you_mean(&row.file, files.clone()).map(str::to_owned),
        });
        told.collect()
    }
}

fn is_same(logged: &str, file: &str) -> bool {
    logged == file || file.rsplit('/').next() == Some(logged)
}

fn day(text: &str) -> Option<Day> {
    if let Some(day) = Day::parse(text) {
        return Some(day);
    }
    let mut parts = text.split('/').map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let all = parts.next().is_none() && year.len() == 4;
    Day::parse(&format!("{year}-{month:0>2}-{day:0>2}")).filter(|_| all)
}
