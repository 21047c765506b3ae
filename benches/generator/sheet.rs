//! A sheet as cells: what the layouts fill and the writers write.
//!
//! Rows and columns count from 1, as Excel shows them.

use std::collections::{BTreeMap, BTreeSet};

use unicode_normalization::UnicodeNormalization;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

/// A heading with those below it; without any it reaches down to the data.
#[derive(Debug, Clone)]
pub struct Head {
    pub text: String,
    pub below: Vec<Head>,
}

impl Head {
    pub fn leaf(text: impl Into<String>) -> Head {
        Head::over(text, [])
    }

    pub fn over(text: impl Into<String>, below: impl IntoIterator<Item = Head>) -> Head {
        Head {
            text: text.into(),
            below: below.into_iter().collect(),
        }
    }

    fn depth(&self) -> u32 {
        1 + self.below.iter().map(Head::depth).max().unwrap_or(0)
    }

    fn leaves(&self) -> u16 {
        if self.below.is_empty() {
            1
        } else {
            self.below.iter().map(Head::leaves).sum()
        }
    }
}

#[derive(Debug, Clone, Default)]
pub struct Sheet {
    pub name: String,
    pub cells: BTreeMap<(u32, u16), Value>,
    /// A formula beside its stored result.
    pub formulas: BTreeMap<(u32, u16), String>,
    /// (first row, first column, last row, last column)
    pub merges: Vec<(u32, u16, u32, u16)>,
    pub bold: BTreeSet<(u32, u16)>,
    pub widths: BTreeMap<u16, u8>,
}

impl Sheet {
    pub fn new(name: impl AsRef<str>) -> Sheet {
        // Excel allows 31 characters and forbids some.
        let name: String = name
            .as_ref()
            .chars()
            .filter(|c| !"[]:*?/\\".contains(*c))
            .take(31)
            .collect();
        Sheet {
            name,
            ..Sheet::default()
        }
    }

    pub fn put(&mut self, row: u32, column: u16, value: impl Into<Value>) {
        let value = value.into();
        if value != Value::Text(String::new()) {
            self.cells.insert((row, column), value);
        }
    }

    pub fn bold(&mut self, row: u32, column: u16, value: impl Into<Value>) {
        self.put(row, column, value);
        self.bold.insert((row, column));
    }

    /// A bold line merged over the columns of the table.
    pub fn title(&mut self, row: u32, last: u16, text: impl Into<Value>) {
        self.bold(row, 1, text);
        self.merge(row, 1, row, last);
    }

    pub fn merge(&mut self, row: u32, column: u16, last_row: u32, last_column: u16) {
        if (row, column) != (last_row, last_column) {
            self.merges.push((row, column, last_row, last_column));
        }
    }

    pub fn row<V: Into<Value>>(&mut self, row: u32, first: u16, values: impl IntoIterator<Item = V>) {
        for (column, value) in (first..).zip(values) {
            self.put(row, column, value);
        }
    }

    /// Merged headings from `top` and `left`; returns the row below them.
    pub fn header(&mut self, top: u32, left: u16, heads: &[Head]) -> u32 {
        let depth = heads.iter().map(Head::depth).max().unwrap_or(0);
        let mut column = left;
        for head in heads {
            self.heading(head, top, column, top + depth - 1);
            column += head.leaves();
        }
        top + depth
    }

    fn heading(&mut self, head: &Head, row: u32, column: u16, bottom: u32) {
        self.bold(row, column, head.text.as_str());
        if head.below.is_empty() {
            return self.merge(row, column, bottom, column);
        }
        self.merge(row, column, row, column + head.leaves() - 1);
        let mut at = column;
        for below in &head.below {
            self.heading(below, row + 1, at, bottom);
            at += below.leaves();
        }
    }

    /// Who signs, below the table.
    pub fn sign(&mut self, row: u32, left: u16, right: u16, place: &str) {
        self.put(row, right, format!("{place}, ngày … tháng … năm 20…"));
        self.put(row + 1, left, "Người lập biểu");
        self.put(row + 1, right, "THỦ TRƯỞNG ĐƠN VỊ");
        self.put(row + 2, left, "(Ký, ghi rõ họ tên)");
        self.put(row + 2, right, "(Ký, đóng dấu)");
    }

    /// Letters and marks apart, as texts come from a Mac or some phones.
    pub fn decompose(&mut self) {
        for value in self.cells.values_mut() {
            if let Value::Text(text) = value {
                *text = text.nfd().collect();
            }
        }
    }
}

/// `12.590`, the way many clerks type it: then it is text.
pub fn dotted(number: i64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// `1 → A`, `27 → AA`.
pub fn letters(column: u16) -> String {
    bdg::origin::column_letters(u32::from(column) - 1)
}
