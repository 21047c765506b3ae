//! Long tables held by columns: hundreds of thousands of rows in little memory.
//!
//! Holds: a text column keeps each different text once. Column ids are stable and never
//! translated; headings follow the language.

use std::collections::BTreeMap;

use crate::report::SHEET_ROWS;
use crate::report::model::Decimal;

#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Name of the table in the workbook: ASCII, no blanks.
    pub name: &'static str,
    pub columns: Vec<FrameColumn>,
    rows: usize,
    /// The rows that the workbook shows, if not all.
    on_sheet: Option<Vec<usize>>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct FrameColumn {
    /// Header of the CSV and Parquet files.
    pub id: &'static str,
    pub heading: String,
    /// In letters.
    pub width: u16,
    pub values: Values,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// `texts` in order of first use; `None` is an empty cell.
    Text {
        texts: Vec<String>,
        index: Vec<Option<u32>>,
    },
    Integer(Vec<Option<i64>>),
    Decimal(Vec<Option<Decimal>>),
    YesNo(Vec<bool>),
}

impl Frame {
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many rows the workbook shows.
    pub fn rows_on_sheet(&self) -> usize {
        let shown = self.on_sheet.as_ref().map_or(self.rows, Vec::len);
        shown.min(SHEET_ROWS)
    }

    /// Which row stands `nth` on the sheet.
    pub fn on_sheet(&self, nth: usize) -> usize {
        match &self.on_sheet {
            Some(rows) => rows.get(nth).copied().unwrap_or(nth),
            None => nth,
        }
    }

    /// Columns of equal length as they are.
    pub(super) fn of_columns(name: &'static str, columns: Vec<FrameColumn>) -> Frame {
        let rows = columns.iter().map(|c| c.values.len()).min().unwrap_or(0);
        debug_assert!(columns.iter().all(|c| c.values.len() == rows));
        Frame {
            name,
            columns,
            rows,
            on_sheet: None,
        }
    }

    pub(super) fn show_only(&mut self, rows: Vec<usize>) {
        self.on_sheet = Some(rows);
    }
}

/// Fills a frame row by row; every row gives each column once, in order.
pub(super) struct Builder {
    frame: Frame,
    seen: Vec<BTreeMap<String, u32>>,
    at: usize,
}

/// What a column will hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Holds {
    Text,
    Integer,
    Decimal,
    YesNo,
}

impl Builder {
    pub fn new(name: &'static str, columns: &[(&'static str, &str, u16, Holds)]) -> Self {
        let columns: Vec<FrameColumn> = columns
            .iter()
            .map(|(id, heading, width, holds)| FrameColumn {
                id,
                heading: (*heading).to_owned(),
                width: *width,
                values: match holds {
                    Holds::Text => Values::Text {
                        texts: Vec::new(),
                        index: Vec::new(),
                    },
                    Holds::Integer => Values::Integer(Vec::new()),
                    Holds::Decimal => Values::Decimal(Vec::new()),
                    Holds::YesNo => Values::YesNo(Vec::new()),
                },
            })
            .collect();
        Builder {
            seen: vec![BTreeMap::new(); columns.len()],
            frame: Frame {
                name,
                columns,
                rows: 0,
                on_sheet: None,
            },
            at: 0,
        }
    }

    pub fn text(&mut self, text: &str) -> &mut Self {
        let at = self.at;
        if let Some(Values::Text { texts, index }) = self.frame.columns.get_mut(at).map(|c| &mut c.values) {
            if text.is_empty() {
                index.push(None);
            } else if let Some(known) = self.seen[at].get(text) {
                index.push(Some(*known));
            } else {
                let new = u32::try_from(texts.len()).unwrap_or(u32::MAX);
                texts.push(text.to_owned());
                self.seen[at].insert(text.to_owned(), new);
                index.push(Some(new));
            }
        }
        self.next()
    }

    pub fn integer(&mut self, value: Option<i64>) -> &mut Self {
        if let Some(Values::Integer(values)) = self.current() {
            values.push(value);
        }
        self.next()
    }

    pub fn decimal(&mut self, value: Option<Decimal>) -> &mut Self {
        if let Some(Values::Decimal(values)) = self.current() {
            values.push(value);
        }
        self.next()
    }

    pub fn yes_no(&mut self, value: bool) -> &mut Self {
        if let Some(Values::YesNo(values)) = self.current() {
            values.push(value);
        }
        self.next()
    }

    pub fn end_row(&mut self) {
        debug_assert_eq!(self.at, self.frame.columns.len(), "each column once");
        self.at = 0;
        self.frame.rows += 1;
    }

    /// The finished frame. A column that missed a row would be cut short: lengths are proved here.
    pub fn finish(self) -> Frame {
        let frame = self.frame;
        debug_assert!(frame.columns.iter().all(|c| c.values.len() == frame.rows));
        frame
    }

    fn current(&mut self) -> Option<&mut Values> {
        self.frame.columns.get_mut(self.at).map(|c| &mut c.values)
    }

    fn next(&mut self) -> &mut Self {
        self.at += 1;
        self
    }
}

impl Values {
    pub fn len(&self) -> usize {
        match self {
            Values::Text { index, .. } => index.len(),
            Values::Integer(v) => v.len(),
            Values::Decimal(v) => v.len(),
            Values::YesNo(v) => v.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text of a row of a text column.
    pub fn text_at(&self, row: usize) -> Option<&str> {
        match self {
            Values::Text { texts, index } => {
                let at = index.get(row).copied().flatten()?;
                texts.get(at as usize).map(String::as_str)
            }
            _ => None,
        }
    }
}
