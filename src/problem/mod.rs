//! What went wrong, as data: kind, place, what was found and expected, what was done, what to do.
//!
//! Rooms that meet what users send return what they made *and* the problems. Wording comes last,
//! in `catalogue`; nothing here prints. Holds: every problem says how many figures it cost.

pub mod carried;
mod catalogue;
mod detail;
mod effect;

pub use catalogue::{Kind, Wording};

use crate::lang::Lang;
use crate::origin::CellAddress;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A figure was left out.
    Error,
    /// A figure was kept, but doubted.
    Warning,
    /// Worth knowing; nothing is wrong.
    Note,
}

impl Severity {
    pub fn code(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }

    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Severity::Error => lang.pick("lỗi", "error"),
            Severity::Warning => lang.pick("cảnh báo", "warning"),
            Severity::Note => lang.pick("ghi chú", "note"),
        }
    }
}

/// Where: as much of file, sheet, cell as is known. Orders by file, then sheet, then cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Relative to the folder that was read.
    pub file: Option<String>,
    pub sheet: Option<String>,
    pub cell: Option<CellAddress>,
}

impl Place {
    pub fn file(name: impl Into<String>) -> Self {
        Place {
            file: Some(name.into()),
            ..Place::default()
        }
    }

    #[must_use]
    pub fn sheet(mut self, name: impl Into<String>) -> Self {
        self.sheet = Some(name.into());
        self
    }

    #[must_use]
    pub fn cell(mut self, cell: CellAddress) -> Self {
        self.cell = Some(cell);
        self
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let cell = self.cell.map(|c| c.to_string());
        let parts = [&self.file, &self.sheet, &cell];
        let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
        f.write_str(&parts.join(" › "))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Problem {
    pub place: Place,
    pub kind: Kind,
    /// How many figures were left out because of it.
    pub left_out: u32,
}

impl Problem {
    pub fn new(place: Place, kind: Kind) -> Self {
        Problem {
            place,
            kind,
            left_out: 0,
        }
    }

    #[must_use]
    pub fn costing(mut self, figures: u32) -> Self {
        self.left_out = figures;
        self
    }

    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// What was done about it, in a sentence: the figures left out, or that they were kept.
    pub fn effect(&self, lang: Lang) -> String {
        self.kind.effect(self.left_out, lang)
    }
}
