//! One file: bytes → sheets → readings; and all files together, numbered in their order.
//!
//! Holds: reading a file depends on nothing but its name, its bytes and the context, so files may be read
//!        in any order and at once; numbers are given afterwards, in the order of names, sheets and cells.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::fact::{Fact, SenderId};
use crate::intake::form::Forms;
use crate::intake::grid::Grid;
use crate::intake::open::{InProcess, Opener};
use crate::intake::reading::{PersonKey, SheetFact, SheetReading};
use crate::intake::region::Line;
use crate::intake::table::read_sheet;
use crate::intake::{Context, Intake};
use crate::lang::Words;
use crate::origin::{Account, CellOrigin, FileId, FileOutcome, SheetId, SourceFile, SourceSheet};
use crate::problem::{Kind, Place, Problem, Severity};
use crate::text;

/// What came of one file. Nothing in it is a person's: it may be kept and sent on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileReading {
    pub name: String,
    pub sha256: String,
    pub bytes: u64,
    pub kind: &'static str,
    pub opened: bool,
    pub sheets: Vec<SheetFigures>,
    pub problems: Vec<Problem>,
}

/// What is kept of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetFigures {
    pub name: String,
    pub form: Option<(String, Words)>,
    pub facts: Vec<SheetFact>,
    pub account: Account,
    /// Persons of its lists.
    pub persons: Vec<PersonKey>,
}

/// Reads a file in this process. Never fails: what went wrong is among the problems.
pub fn read_file(name: &str, bytes: &[u8], context: &Context<'_>, forms: &Forms) -> FileReading {
    read_file_with(&InProcess, name, bytes, context, forms)
}

/// Reads files to facts: in this process, or in another that may be killed.
pub trait FileReader: Opener {
    /// Never fails: what went wrong is among the problems.
    fn read(&self, name: &str, bytes: &[u8], context: &Context<'_>, forms: &Forms) -> FileReading;
}

impl FileReader for InProcess {
    fn read(&self, name: &str, bytes: &[u8], context: &Context<'_>, forms: &Forms) -> FileReading {
        read_file(name, bytes, context, forms)
    }
}

/// Reads a file in this process that another may have opened.
pub fn read_file_with(
    opener: &dyn Opener,
    name: &str,
    bytes: &[u8],
    context: &Context<'_>,
    forms: &Forms,
) -> FileReading {
    let (kind, sheets, mut problems) = readings(name, bytes, opener, context, forms);
    let mut kept = Vec::new();
    for sheet in sheets.iter().flatten() {
        problems.extend(problems_of(name, sheet));
        kept.push(figures_of(sheet));
    }
    // What says itself why nothing was taken is enough.
    let explains = |p: &Problem| {
        let kind = &p.kind;
        matches!(
            kind,
            Kind::TableNotUsed { .. } | Kind::ListNotCounted { .. } | Kind::MendingList {}
        )
    };
    let is_silent = |p: &Problem| p.severity() == Severity::Note && !explains(p);
    if let Some(sheets) = &sheets
        && kept.iter().all(|sheet| sheet.facts.is_empty())
        && problems.iter().all(is_silent)
    {
        let cells = sheets.iter().map(|sheet| sheet.filled).sum();
        let kind = Kind::NoFigures {
            sheets: sheets.len() as u32,
            cells,
        };
        problems.push(Problem::new(Place::file(name), kind));
    }
    FileReading {
        name: name.to_owned(),
        sha256: sha256(bytes),
        bytes: bytes.len() as u64,
        kind: kind.unwrap_or(""),
        opened: sheets.is_some(),
        sheets: kept,
        problems,
    }
}

impl FileReading {
    /// A file that the machine could not give us.
    pub fn failed(name: &str, problem: Problem) -> FileReading {
        FileReading {
            name: name.to_owned(),
            sha256: String::new(),
            bytes: 0,
            kind: "",
            opened: false,
            sheets: Vec::new(),
            problems: vec![problem],
        }
    }

    /// That of a file whose bytes are known all the same.
    #[must_use]
    pub fn of(mut self, bytes: &[u8]) -> FileReading {
        self.sha256 = sha256(bytes);
        self.bytes = bytes.len() as u64;
        self
    }
}

/// How each sheet was understood, and all problems: what `bdg inspect` prints.
pub fn inspect(
    opener: &dyn Opener,
    name: &str,
    bytes: &[u8],
    context: &Context<'_>,
    forms: &Forms,
) -> (Vec<SheetReading>, Vec<Problem>) {
    let (_, sheets, mut problems) = readings(name, bytes, opener, context, forms);
    let sheets = sheets.unwrap_or_default();
    for sheet in &sheets {
        problems.extend(problems_of(name, sheet));
    }
    problems.sort();
    (sheets, problems)
}

type Readings = (Option<&'static str>, Option<Vec<SheetReading>>, Vec<Problem>);

fn readings(name: &str, bytes: &[u8], opener: &dyn Opener, context: &Context<'_>, forms: &Forms) -> Readings {
    let (workbook, mut problems) = opener.open(name, bytes);
    match workbook {
        Some(book) => {
            let mut sheets: Vec<SheetReading> = Vec::new();
            let mut carried: Vec<Line> = Vec::new();
            let mut read: Vec<&Grid> = Vec::new();
            for grid in &book.sheets {
                if grid.is_mending_list() {
                    let place = Place::file(name).sheet(grid.name.as_str());
                    problems.push(Problem::new(place, Kind::MendingList {}));
                    continue;
                }
                let mut sheet = read_sheet(grid, name, &carried, context, forms);
                let mut before = read.iter().zip(&sheets);
                // Sheets alike for two communes or two quarters are no copies.
                let is_copy = |(other, first): &(&&Grid, &SheetReading)| {
                    first.facts().eq(sheet.facts()) && other.cells == grid.cells
                };
                if sheet.facts().next().is_some()
                    && let Some(first) = before.find(is_copy).map(|(_, first)| first.name.clone())
                {
                    sheet.set_aside_as_copy(&first);
                }
                read.push(grid);
                if carried.is_empty()
                    && let Some(table) = sheet.tables.iter().find(|t| !t.title.is_empty())
                {
                    carried.clone_from(&table.title);
                }
                sheets.push(sheet);
            }
            (Some(book.kind), Some(sheets), problems)
        }
        None => (None, None, problems),
    }
}

fn problems_of(file: &str, sheet: &SheetReading) -> Vec<Problem> {
    sheet
        .troubles
        .iter()
        .map(|trouble| {
            let mut place = Place::file(file).sheet(sheet.name.as_str());
            place.cell = trouble.at;
            Problem::new(place, trouble.kind.clone()).costing(trouble.left_out)
        })
        .collect()
}

fn figures_of(sheet: &SheetReading) -> SheetFigures {
    let mut facts: Vec<SheetFact> = sheet
        .tables
        .iter()
        .flat_map(|t| t.facts.iter().cloned())
        .collect();
    facts.sort_by_key(|f| f.cell);
    SheetFigures {
        name: sheet.name.clone(),
        form: sheet.tables.iter().find_map(|t| t.form.clone()),
        facts,
        account: sheet.account.clone(),
        persons: sheet
            .tables
            .iter()
            .flat_map(|t| t.persons.iter().copied())
            .collect(),
    }
}

/// Lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// Numbers files, sheets and senders. `readings` may come in any order.
pub fn gather(mut readings: Vec<FileReading>) -> Intake {
    readings.sort_by(|a, b| a.name.cmp(&b.name));
    let mut intake = Intake::default();
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut senders: BTreeMap<(String, u32), u32> = BTreeMap::new();
    let mut persons: BTreeMap<PersonKey, String> = BTreeMap::new();
    for reading in readings {
        let twin = (!reading.sha256.is_empty() && reading.bytes > 0)
            .then(|| seen.get(&reading.sha256).cloned())
            .flatten();
        let file = FileId(intake.sources.files.len() as u32);
        let figures: usize = reading.sheets.iter().map(|s| s.facts.len()).sum();
        let outcome = match (&twin, reading.opened, figures) {
            (Some(_), ..) => FileOutcome::Duplicate,
            (None, false, _) => FileOutcome::LeftOut,
            (None, true, 0) => FileOutcome::NothingFound,
            (None, true, _) => FileOutcome::Read,
        };
        intake.sources.files.push(SourceFile {
            name: reading.name.clone(),
            sha256: reading.sha256.clone(),
            bytes: reading.bytes,
            kind: reading.kind,
            outcome,
        });
        if let Some(other) = twin {
            intake.problems.push(Problem::new(
                Place::file(&reading.name),
                Kind::FileTwice { other },
            ));
            continue;
        }
        seen.insert(reading.sha256, reading.name.clone());
        intake.problems.extend(reading.problems);
        let mut again: BTreeMap<String, u32> = BTreeMap::new();
        for key in reading.sheets.iter().flat_map(|s| &s.persons) {
            match persons.get(key) {
                Some(other) if *other != reading.name => *again.entry(other.clone()).or_default() += 1,
                Some(_) => {}
                None => {
                    persons.insert(*key, reading.name.clone());
                }
            }
        }
        for (other, persons) in again {
            let kind = Kind::PersonsInTwoFiles { other, persons };
            intake
                .problems
                .push(Problem::new(Place::file(&reading.name), kind));
        }
        for sheet in reading.sheets {
            take_sheet(&mut intake, file, &reading.name, sheet, &mut senders);
        }
    }
    intake.problems.sort();
    intake
}

fn take_sheet(
    intake: &mut Intake,
    file: FileId,
    file_name: &str,
    sheet: SheetFigures,
    senders: &mut BTreeMap<(String, u32), u32>,
) {
    let id = SheetId(intake.sources.sheets.len() as u32);
    // Facts of one sender follow each other.
    let mut last: Option<((Option<String>, u32), u32)> = None;
    intake.sources.sheets.push(SourceSheet {
        file,
        name: sheet.name,
        form: sheet.form,
        left_out: sheet.account.left_out,
        account: sheet.account,
        figures: sheet.facts.iter().filter(|f| f.value >= 0).count() as u32,
    });
    for fact in sheet.facts {
        let sent_by = (fact.sender, fact.place.0);
        let sender = match &last {
            Some((same, id)) if *same == sent_by => *id,
            _ => {
                let name = text::composed(sent_by.0.as_deref().unwrap_or(file_name));
                // Two schools of one name in two communes are two senders.
                let key = (sender_key(&name), fact.place.0);
                let next = intake.senders.len() as u32;
                *senders.entry(key).or_insert_with(|| {
                    intake.senders.push(name);
                    next
                })
            }
        };
        last = Some((sent_by, sender));
        intake.facts.push(Fact {
            measure: fact.measure,
            breakdown: fact.breakdown,
            place: fact.place,
            period: fact.period,
            value: fact.value,
            sender: SenderId(sender),
            senders: fact.senders,
            origin: CellOrigin {
                sheet: id,
                cell: fact.cell,
            },
        });
    }
}

/// "Trường TH Lâm Sơn A" and "Trường Tiểu học Lâm Sơn A" are one.
fn sender_key(name: &str) -> String {
    let key = text::key(name);
    let words: Vec<&str> = key
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| match w {
            "th" => "tiểu học",
            "thcs" => "trung học cơ sở",
            "thpt" => "trung học phổ thông",
            "mn" => "mầm non",
            "tyt" => "trạm y tế",
            "ttyt" => "trung tâm y tế",
            "ubnd" => "ủy ban nhân dân",
            "hđnd" => "hội đồng nhân dân",
            "htx" => "hợp tác xã",
            "tnhh" => "trách nhiệm hữu hạn",
            other => other,
        })
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(name: &str, bytes: &[u8]) -> FileReading {
        FileReading {
            name: name.to_owned(),
            sha256: sha256(bytes),
            bytes: bytes.len() as u64,
            kind: "csv",
            opened: true,
            sheets: Vec::new(),
            problems: Vec::new(),
        }
    }

    #[test]
    fn the_same_bytes_are_read_once_whatever_the_order() {
        let (a, b, c) = (
            reading("a.csv", b"1"),
            reading("b.csv", b"1"),
            reading("c.csv", b"2"),
        );
        let one = gather(vec![a.clone(), b.clone(), c.clone()]);
        let other = gather(vec![c, b, a]);
        assert_eq!(one.problems, other.problems);
        assert_eq!(one.sources, other.sources);
        assert_eq!(one.sources.files[1].outcome, FileOutcome::Duplicate);
        assert_eq!(one.problems.len(), 1);
    }

    #[test]
    fn a_school_is_one_sender_however_it_is_shortened() {
        assert_eq!(
            sender_key("Trường TH Lâm Sơn A"),
            sender_key("TRƯỜNG TIỂU HỌC  Lâm Sơn A")
        );
        assert_ne!(
            sender_key("Trường TH Lâm Sơn A"),
            sender_key("Trường TH Lâm Sơn B")
        );
    }
}
