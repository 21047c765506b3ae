//! The shape of a report: sheets of blocks, tables of typed cells. No bytes, no fonts.
//!
//! Holds: a number is a number until `export` writes it, an absence is a sign and never a zero, a
//! judgement is its own kind of cell so that words and colour always go together.
//! Leaves to others: fonts, colours, row heights, cell addresses (`export`).

use crate::compare::{Judgement, Reserve};
use crate::report::frame::Frame;

/// One sheet of the workbook.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// At most 31 letters, unique; the links of the contents use it.
    pub name: String,
    pub title: String,
    /// Place, period, unit: the lines under the title.
    pub lines: Vec<String>,
    pub style: Style,
    pub landscape: bool,
    pub blocks: Vec<Block>,
}

impl Sheet {
    pub fn new(name: impl Into<String>, title: impl Into<String>, style: Style) -> Self {
        Sheet {
            name: name.into(),
            title: title.into(),
            lines: Vec::new(),
            style,
            landscape: true,
            blocks: Vec::new(),
        }
    }

    /// Rows of data on the sheet, as the contents tell them: of its longest table.
    pub fn rows(&self) -> usize {
        let rows = |block: &Block| match block {
            Block::Table(table) => table.rows.iter().filter(|r| r.role != Role::Group).count(),
            Block::Frame(frame) => frame.rows_on_sheet(),
            Block::Pairs(pairs) => pairs.len(),
            _ => 0,
        };
        self.blocks.iter().map(rows).max().unwrap_or(0)
    }
}

/// What a sheet is for; `export` gives each its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// The first page.
    Cover,
    /// To be read on the screen, or printed for a meeting.
    Reading,
    /// A form to be signed: Decree 30/2020.
    Form,
    /// To be filtered and calculated with: one table, one header row, no colours.
    Data,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading(String),
    Line(String),
    /// Name and value, one below the other.
    Pairs(Vec<(String, Cell)>),
    Table(Table),
    Frame(Frame),
    /// Drawn from the columns of a table of the same sheet.
    Charts(Vec<Chart>),
    Letterhead(Letterhead),
    Signatures(Signatures),
}

/// The head of a print form: the office on the left, the nation on the right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letterhead {
    pub superior: String,
    pub office: String,
    pub nation: String,
    pub motto: String,
    pub form_number: String,
    /// "Ninh Sơn, ngày … tháng … năm 2024": filled in by hand.
    pub place_and_date: String,
    pub title: Vec<String>,
    pub lines: Vec<String>,
}

/// Titles only; names are written by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatures {
    pub titles: Vec<(String, String)>,
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    pub columns: Vec<Column>,
    /// `A B C 1 2 3` under the headings of a form; empty if there is no such row.
    pub numbering: Vec<String>,
    pub rows: Vec<Row>,
    /// The heads stay in sight; so do this many columns.
    pub freeze: Option<u16>,
    /// Arrows to filter by in the headings.
    pub filter: bool,
}

/// A column and how to read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// From the widest heading to the narrowest; equal neighbours share a cell.
    pub heading: Vec<String>,
    /// In letters.
    pub width: u16,
    pub align: Align,
    /// Columns of the sheet it takes, for a small table above a wide one.
    pub span: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Align {
    Left,
    Centre,
    Right,
}

impl Column {
    fn new(heading: impl Into<String>, width: u16, align: Align) -> Self {
        Column {
            heading: vec![heading.into()],
            width,
            align,
            span: 1,
        }
    }

    pub fn text(heading: impl Into<String>, width: u16) -> Self {
        Column::new(heading, width, Align::Left)
    }

    pub fn centred(heading: impl Into<String>, width: u16) -> Self {
        Column::new(heading, width, Align::Centre)
    }

    pub fn number(heading: impl Into<String>, width: u16) -> Self {
        Column::new(heading, width, Align::Right)
    }

    #[must_use]
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.heading.insert(0, group.into());
        self
    }

    #[must_use]
    pub fn span(mut self, columns: u16) -> Self {
        self.span = columns.max(1);
        self
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    pub role: Role,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    Body,
    /// A heading inside the table; its first text may run over the whole row.
    Group,
    /// The whole to which the other rows are parts.
    Total,
    /// A part of the row above it.
    Part,
}

impl Row {
    pub fn body(cells: Vec<Cell>) -> Self {
        Row {
            role: Role::Body,
            cells,
        }
    }

    pub fn of(role: Role, cells: Vec<Cell>) -> Self {
        Row { role, cells }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub value: Value,
    /// Colours the cell like this judgement; the words stand in it or beside it.
    pub tone: Option<Judgement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    #[default]
    Empty,
    Text(String),
    Integer(i64),
    /// `value × 10^-decimals`.
    Decimal(Decimal),
    /// In place of a number; explained on the cover.
    Sign(&'static str),
    Verdict {
        judgement: Judgement,
        reserve: Reserve,
    },
    /// Leads to the first cell of a sheet.
    Link {
        text: String,
        sheet: String,
    },
}

/// A true number with its printed decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub value: i64,
    pub decimals: u8,
    /// Printed before the number, which stays a number: `≥ `.
    pub prefix: &'static str,
    /// A difference: its plus is printed too.
    pub signed: bool,
}

impl Decimal {
    pub fn new(value: i64, decimals: u8) -> Self {
        Decimal {
            value,
            decimals,
            prefix: "",
            signed: false,
        }
    }

    /// Without zeros at the end: 16.1300 hours are 16.13.
    #[must_use]
    pub fn trimmed(mut self) -> Self {
        while self.decimals > 0 && self.value % 10 == 0 {
            self.value /= 10;
            self.decimals -= 1;
        }
        self
    }

    /// Nearest `f64`: one rounding, so the file shows exactly the printed digits.
    pub fn to_f64(self) -> f64 {
        self.value as f64 / 10f64.powi(i32::from(self.decimals.min(18)))
    }
}

impl Cell {
    pub fn empty() -> Self {
        Cell::default()
    }

    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let value = if text.is_empty() {
            Value::Empty
        } else {
            Value::Text(text)
        };
        Cell { value, tone: None }
    }

    pub fn integer(value: i64) -> Self {
        Cell {
            value: Value::Integer(value),
            tone: None,
        }
    }

    pub fn decimal(value: Decimal) -> Self {
        Cell {
            value: Value::Decimal(value),
            tone: None,
        }
    }

    pub fn sign(sign: &'static str) -> Self {
        Cell {
            value: Value::Sign(sign),
            tone: None,
        }
    }

    /// The words of a judgement in its colour.
    pub fn verdict(judgement: Judgement) -> Self {
        Cell {
            value: Value::Verdict {
                judgement,
                reserve: Reserve::default(),
            },
            tone: Some(judgement),
        }
    }

    /// The same, marked where some units are still missing.
    pub fn verdict_if(judgement: Judgement, reserve: Reserve) -> Self {
        Cell {
            value: Value::Verdict { judgement, reserve },
            ..Cell::verdict(judgement)
        }
    }

    pub fn link(text: impl Into<String>, sheet: impl Into<String>) -> Self {
        Cell {
            value: Value::Link {
                text: text.into(),
                sheet: sheet.into(),
            },
            tone: None,
        }
    }

    #[must_use]
    pub fn toned(mut self, judgement: Option<Judgement>) -> Self {
        self.tone = judgement;
        self
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    pub title: String,
    pub kind: ChartKind,
    /// What the value axis counts.
    pub unit: String,
    /// Which table of the sheet, counted from 0 among its tables.
    pub table: usize,
    /// Column of the names along the other axis.
    pub labels: usize,
    /// First and last row of the table, both included.
    pub rows: (usize, usize),
    pub series: Vec<Series>,
    pub decimals: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars: long names.
    Bars,
    /// Lines over years: each row is a line named by its label, `series` are the columns along the
    /// axis, named by their headings.
    Lines,
}

/// A column of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub name: String,
    pub index: usize,
    /// A target is drawn in another colour than results.
    pub is_target: bool,
}
