//! The bytes of a file → a workbook of grids, whatever kind of spreadsheet it is.
//!
//! In:  a file's name (for messages and for the name of a text file's one sheet) and its bytes.
//! Out: a [`Workbook`], or none; and what was wrong, as problems.
//! Holds: the kind is told from the content, never from the name; no input makes it panic, and its
//!        memory and time are bounded by `limits`; a bad cell costs that cell, a bad sheet that
//!        sheet, and only a bad file the file. The libraries that read workbooks are known only here.
//! Leaves to others: what the cells mean; limits on what cannot be limited from inside (`worker`).

mod archive;
mod binary;
mod compound;
mod dates;
mod delimited;
mod encoding;
mod formats;
#[cfg(test)]
mod formats_agree;
mod html;
mod html_style;
mod html_table;
mod html_text;
mod html_tokens;
mod library;
mod limits;
mod markup;
mod mend;
mod ods;
mod ods_cell;
mod ods_styles;
mod sheet;
mod sniff;
mod spreadsheetml;
mod strings;
mod xls;
mod xls_cells;
mod xls_records;
mod xls_strings;
mod xlsb;
mod xlsx;
mod xlsx_cell;
mod xlsx_sheet;
mod xml;

#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub(crate) use archive::{Archive, Packed, normalised};
pub(crate) use markup::{Broken, Markup, Piece, Tag, in_utf8};
pub(crate) use sheet::parse_address;
pub use sniff::{Content, sniff};
pub(crate) use xlsx::{find_workbook, relations, sheet_list, target};

use super::grid::Workbook;
use crate::lang::Words;
use crate::problem::{Kind, Place, Problem};
use crate::text::legacy::Evidence;
use limits::Budget;
use sheet::{SheetRead, Suspect};

/// Opens one file. `name` is its path relative to the folder that was read.
pub fn open(name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<Problem>) {
    // The libraries below are not ours: a panic there is a fault of the file as far as a user is concerned.
    let opened = catch_unwind(AssertUnwindSafe(|| open_content(name, bytes)));
    let content = || catch_unwind(|| sniff(bytes)).unwrap_or(Content::Other);
    match opened {
        Ok(Ok((workbook, problems))) => (Some(workbook), problems),
        Ok(Err(trouble)) => {
            let kind = trouble.into_kind(content());
            (None, vec![Problem::new(Place::file(name), kind)])
        }
        Err(_) => {
            let trouble = damaged("nội dung không hợp lệ", "its content is not valid");
            let kind = trouble.into_kind(content());
            (None, vec![Problem::new(Place::file(name), kind)])
        }
    }
}

/// As [`open`]; a workbook that our readers call damaged is shown to a second reader. Only for a
/// process that may be killed.
pub fn open_thoroughly(name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<Problem>) {
    let (workbook, problems) = open(name, bytes);
    let damage = problems.iter().find_map(|p| match &p.kind {
        Kind::FileDamaged { reason, .. } => Some(reason.clone()),
        _ => None,
    });
    let (None, Some(reason)) = (&workbook, damage) else {
        return (workbook, problems);
    };
    let second = catch_unwind(AssertUnwindSafe(|| library::read(sniff(bytes), bytes)));
    match second {
        Ok(Some(workbook)) => (
            Some(workbook),
            vec![Problem::new(Place::file(name), Kind::FileMended { reason })],
        ),
        _ => (workbook, problems),
    }
}

/// Opens files; in this process, or in another that may be killed.
pub trait Opener: Sync {
    fn open(&self, name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<Problem>);
}

/// Opens files in this process.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

impl Opener for InProcess {
    fn open(&self, name: &str, bytes: &[u8]) -> (Option<Workbook>, Vec<Problem>) {
        open(name, bytes)
    }
}

/// Whether a file is small enough to be looked at; a larger one is refused by [`open`] at once.
pub fn fits(bytes: &[u8]) -> bool {
    bytes.len() <= limits::FILE
}

fn open_content(name: &str, bytes: &[u8]) -> Result<(Workbook, Vec<Problem>), Trouble> {
    if !fits(bytes) {
        return Err(too_large_file(bytes.len()));
    }
    let content = sniff(bytes);
    let mut gathered = Gathered::new(name, content);
    match content {
        Content::Xlsx => xlsx::read(bytes, &mut gathered)?,
        Content::Xlsb => xlsb::read(bytes, &mut gathered)?,
        Content::Xls => xls::read(bytes, &mut gathered)?,
        Content::Ods => ods::read(bytes, &mut gathered)?,
        Content::SpreadsheetXml => spreadsheetml::read(bytes, &mut gathered)?,
        Content::Html => html::read(bytes, &mut gathered)?,
        Content::Text => delimited::read(bytes, &mut gathered)?,
        Content::Empty => return Err(Trouble::Empty),
        Content::Encrypted => return Err(Trouble::Encrypted),
        other => return Err(Trouble::Foreign(other)),
    }
    let suspects = std::mem::take(&mut gathered.suspects);
    let evidence = std::mem::take(&mut gathered.evidence);
    mend::mend(&mut gathered, suspects, evidence);
    Ok((gathered.workbook, gathered.problems))
}

/// What has been read of a file so far.
struct Gathered<'n> {
    name: &'n str,
    workbook: Workbook,
    problems: Vec<Problem>,
    budget: Budget,
    /// Texts that may be in an old encoding, for each sheet; and what speaks for and against it.
    suspects: Vec<Vec<Suspect>>,
    evidence: Evidence,
}

impl<'n> Gathered<'n> {
    fn new(name: &'n str, content: Content) -> Self {
        Gathered {
            name,
            workbook: Workbook {
                kind: content.code(),
                sheets: Vec::new(),
            },
            problems: Vec::new(),
            budget: Budget::new(),
            suspects: Vec::new(),
            evidence: Evidence::default(),
        }
    }

    fn file_problem(&mut self, kind: Kind) {
        self.problems.push(Problem::new(Place::file(self.name), kind));
    }

    fn sheet_problem(&mut self, sheet: &str, kind: Kind) {
        self.problems
            .push(Problem::new(Place::file(self.name).sheet(sheet), kind));
    }

    /// Takes a sheet, or the reason why there is none. Only what concerns the whole file stops it.
    fn sheet(&mut self, name: &str, read: Result<SheetRead, Trouble>) -> Result<(), Trouble> {
        match read {
            Ok(read) => {
                for kind in read.problems {
                    self.sheet_problem(name, kind);
                }
                self.workbook.sheets.push(read.grid);
                self.suspects.push(read.suspects);
                self.evidence.join(&read.evidence);
                Ok(())
            }
            Err(Trouble::Damaged(reason)) => {
                self.sheet_problem(name, Kind::SheetUnreadable { reason });
                Ok(())
            }
            Err(other) => Err(other),
        }
    }
}

/// Why a file, or a sheet of it, cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Trouble {
    Empty,
    Encrypted,
    /// A workbook that this program made.
    OwnSummary,
    Foreign(Content),
    TooLarge {
        found: Words,
        limit: Words,
    },
    Damaged(Words),
}

impl Trouble {
    fn into_kind(self, content: Content) -> Kind {
        match self {
            Trouble::Empty => Kind::FileEmpty {},
            Trouble::Encrypted => Kind::FileEncrypted {},
            Trouble::OwnSummary => Kind::FileOwnSummary {},
            Trouble::Foreign(content) => Kind::FileForeign {
                kind: content.words(),
            },
            Trouble::TooLarge { found, limit } => Kind::FileTooLarge { found, limit },
            Trouble::Damaged(reason) => Kind::FileDamaged {
                kind: content.code().to_owned(),
                reason,
            },
        }
    }
}

fn damaged(vi: &str, en: &str) -> Trouble {
    Trouble::Damaged(Words::new(vi, en))
}

fn too_large_file(bytes: usize) -> Trouble {
    let words = |bytes: usize| {
        let text = format!("{} MB", bytes.div_ceil(1 << 20));
        Words::new(text.clone(), text)
    };
    Trouble::TooLarge {
        found: words(bytes),
        limit: words(limits::FILE),
    }
}
