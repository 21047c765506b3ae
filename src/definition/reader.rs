//! Reads one TOML file key by key, remembering lines, and gathers every fault on the way.
//!
//! In:  the text of a file. Out: values with the line they stand on; faults.
//! Holds: nothing stops at the first fault. A key that nobody asked for is a fault, with the
//!        nearest key that was asked for: so the code that reads a table is its list of keys.
//! Why not serde: it stops at the first unknown key of a table.

mod free;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{DefinitionFault, not_known};
use crate::lang::Words;

/// A value and where it stands.
#[derive(Debug, Clone)]
pub struct Spot<T> {
    pub value: T,
    pub line: u32,
    pub key: String,
}

/// A file, and the faults found in it so far.
pub struct Source<'a> {
    pub path: &'a str,
    text: &'a str,
    /// Byte offset at which each line starts.
    lines: Vec<usize>,
    faults: RefCell<Vec<DefinitionFault>>,
}

impl<'a> Source<'a> {
    pub fn new(path: &'a str, text: &'a str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let lines = std::iter::once(0).chain(starts.map(|(i, _)| i + 1)).collect();
        Source {
            path,
            text,
            lines,
            faults: RefCell::default(),
        }
    }

    /// Parses the file and hands its top table to `read`; then takes the faults.
    pub fn read<T>(self, faults: &mut Vec<DefinitionFault>, read: impl FnOnce(&Table) -> T) -> T {
        let text = self.text.strip_prefix('\u{FEFF}').unwrap_or(self.text);
        let skipped = self.text.len() - text.len();
        let (top, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let line = error.span().map_or(0, |s| self.line(s.start + skipped));
            let said = super::syntax::said(error.message());
            self.fault(
                line,
                "",
                Words::new(
                    format!("không đúng cú pháp TOML: {}", said.vi),
                    format!("not valid TOML: {}", said.en),
                ),
            );
        }
        let broken = !errors.is_empty();
        let out = read(&Table {
            source: &self,
            items: top.get_ref(),
            line: 1,
            skipped,
            name: String::new(),
            asked: RefCell::default(),
        });
        let mut found = self.faults.into_inner();
        if broken {
            // After a fault of syntax the rest is guesswork: only the syntax is reported.
            found.truncate(errors.len());
        }
        faults.append(&mut found);
        out
    }

    fn line(&self, offset: usize) -> u32 {
        self.lines.partition_point(|start| *start <= offset) as u32
    }

    pub fn fault(&self, line: u32, key: &str, message: Words) {
        self.faults.borrow_mut().push(DefinitionFault {
            file: self.path.to_owned(),
            line,
            key: key.to_owned(),
            message,
        });
    }
}

/// A table of the file. Call [`Table::finish`] after the last question.
pub struct Table<'a> {
    pub source: &'a Source<'a>,
    items: &'a DeTable<'a>,
    pub line: u32,
    skipped: usize,
    /// Path from the top, with a final dot unless empty.
    name: String,
    asked: RefCell<BTreeSet<&'static str>>,
}

type Value<'a> = Spanned<DeValue<'a>>;

impl<'a> Table<'a> {
    /// Reports every key that was not asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for key in self.items.keys() {
            let word: &str = key.get_ref();
            if !asked.contains(word) {
                let kind = Words::new("khóa được dùng ở đây", "a key that is used here");
                let message = not_known(word, &kind, asked.iter().copied());
                self.source
                    .fault(self.line_of(key.span()), &self.path(word), message);
            }
        }
    }

    pub fn has(&self, key: &str) -> bool {
        self.items.contains_key(key)
    }

    pub fn text(&self, key: &'static str) -> Option<Spot<String>> {
        self.required(key, self.text_if(key))
    }

    /// Text that may be left out. Blanks at both ends are dropped; empty text is a fault.
    pub fn text_if(&self, key: &'static str) -> Option<Spot<String>> {
        let value = self.value(key)?;
        self.as_text(value, &self.path(key))
    }

    pub fn texts(&self, key: &'static str) -> Vec<Spot<String>> {
        let path = self.path(key);
        self.array(key)
            .iter()
            .enumerate()
            .filter_map(|(i, v)| self.as_text(v, &format!("{path}[{}]", i + 1)))
            .collect()
    }

    /// An array of arrays of texts; empty if left out.
    pub fn lists_of_texts(&self, key: &'static str) -> Vec<Vec<Spot<String>>> {
        let path = self.path(key);
        let mut lists = Vec::new();
        for (i, value) in self.array(key).iter().enumerate() {
            let path = format!("{path}[{}]", i + 1);
            let DeValue::Array(items) = value.get_ref() else {
                self.wrong_type(value, &path, "một danh sách […]", "a list […]");
                continue;
            };
            let items = items.iter().enumerate();
            lists.push(
                items
                    .filter_map(|(i, v)| self.as_text(v, &format!("{path}[{}]", i + 1)))
                    .collect(),
            );
        }
        lists
    }

    pub fn words(&self, key: &'static str) -> Option<Words> {
        self.required(key, self.words_if(key))
    }

    pub fn words_if(&self, key: &'static str) -> Option<Words> {
        let table = self.table_if(key)?;
        let (vi, en) = (table.text("vi"), table.text("en"));
        table.finish();
        Some(Words::new(vi?.value, en?.value))
    }

    pub fn flag(&self, key: &'static str, default: bool) -> bool {
        let Some(value) = self.value(key) else {
            return default;
        };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(value, &self.path(key), "true hoặc false", "true or false");
            default
        })
    }

    pub fn number(&self, key: &'static str) -> Option<Spot<i64>> {
        self.required(key, self.number_if(key))
    }

    pub fn number_if(&self, key: &'static str) -> Option<Spot<i64>> {
        let value = self.value(key)?;
        self.as_number(value, &self.path(key))
    }

    pub fn numbers(&self, key: &'static str) -> Vec<Spot<i64>> {
        let path = self.path(key);
        self.array(key)
            .iter()
            .enumerate()
            .filter_map(|(i, v)| self.as_number(v, &format!("{path}[{}]", i + 1)))
            .collect()
    }

    /// A number as written (`16.13`, `"16.13"`, `7`), so that no digit is lost on the way.
    pub fn decimal_if(&self, key: &'static str) -> Option<Spot<String>> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::Integer(n) if n.radix() == 10 => n.as_str().to_owned(),
            DeValue::Float(x) => x.as_str().to_owned(),
            DeValue::String(s) => s.trim().to_owned(),
            _ => {
                self.wrong_type(value, &self.path(key), "một số", "a number");
                return None;
            }
        };
        Some(self.spot(value, &self.path(key), text))
    }

    /// A word of a fixed list: an enum that serde reads.
    pub fn word<T: for<'de> Deserialize<'de>>(&self, key: &'static str) -> Option<Spot<T>> {
        self.required(key, self.word_if(key))
    }

    pub fn word_if<T: for<'de> Deserialize<'de>>(&self, key: &'static str) -> Option<Spot<T>> {
        let text = self.text_if(key)?;
        self.as_word(text)
    }

    /// As [`Table::word`], several; empty if left out.
    pub fn word_list<T: for<'de> Deserialize<'de>>(&self, key: &'static str) -> Vec<Spot<T>> {
        self.texts(key)
            .into_iter()
            .filter_map(|t| self.as_word(t))
            .collect()
    }

    fn as_word<T: for<'de> Deserialize<'de>>(&self, text: Spot<String>) -> Option<Spot<T>> {
        match T::deserialize(text.value.as_str().into_deserializer()) {
            Ok(value) => Some(Spot {
                value,
                line: text.line,
                key: text.key,
            }),
            Err(NotAWord(allowed)) => {
                let kind = Words::new("từ được dùng ở đây", "a word that is used here");
                self.fault(&text, not_known(&text.value, &kind, allowed.iter().copied()));
                None
            }
        }
    }

    pub fn table(&self, key: &'static str) -> Option<Table<'a>> {
        self.required(key, self.table_if(key))
    }

    pub fn table_if(&self, key: &'static str) -> Option<Table<'a>> {
        let value = self.value(key)?;
        self.as_table(value, self.path(key))
    }

    /// An array of tables; empty if left out.
    pub fn tables(&self, key: &'static str) -> Vec<Table<'a>> {
        let path = self.path(key);
        self.array(key)
            .iter()
            .enumerate()
            .filter_map(|(i, v)| self.as_table(v, format!("{path}[{}]", i + 1)))
            .collect()
    }

    pub fn fault<T>(&self, spot: &Spot<T>, message: Words) {
        self.source.fault(spot.line, &spot.key, message);
    }

    /// A fault of the table as a whole.
    pub fn fault_here(&self, key: &str, message: Words) {
        self.source.fault(self.line, &self.path(key), message);
    }

    fn path(&self, key: &str) -> String {
        match (self.name.is_empty(), key.is_empty()) {
            (true, _) => key.to_owned(),
            (false, true) => self.name.clone(),
            (false, false) => format!("{}.{key}", self.name),
        }
    }

    fn line_of(&self, span: Range<usize>) -> u32 {
        self.source.line(span.start + self.skipped)
    }

    fn value(&self, key: &'static str) -> Option<&'a Value<'a>> {
        self.asked.borrow_mut().insert(key);
        self.items.get(key)
    }

    fn required<T>(&self, key: &'static str, found: Option<T>) -> Option<T> {
        if found.is_none() && !self.has(key) {
            self.fault_here(key, Words::new("thiếu khóa này", "this key is missing"));
        }
        found
    }

    fn array(&self, key: &'static str) -> &'a [Value<'a>] {
        let Some(value) = self.value(key) else {
            return &[];
        };
        match value.get_ref() {
            DeValue::Array(items) => items,
            _ => {
                self.wrong_type(value, &self.path(key), "một danh sách […]", "a list […]");
                &[]
            }
        }
    }

    fn spot<T>(&self, at: &Value, path: &str, value: T) -> Spot<T> {
        Spot {
            value,
            line: self.line_of(at.span()),
            key: path.to_owned(),
        }
    }

    fn as_text(&self, value: &Value, path: &str) -> Option<Spot<String>> {
        match value.get_ref().as_str().map(str::trim) {
            Some("") => {
                let message = Words::new("chữ để trống", "empty text");
                self.source.fault(self.line_of(value.span()), path, message);
                None
            }
            Some(text) => Some(self.spot(value, path, text.to_owned())),
            None => {
                self.wrong_type(value, path, "chữ trong ngoặc kép", "text in quotes");
                None
            }
        }
    }

    fn as_number(&self, value: &Value, path: &str) -> Option<Spot<i64>> {
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        match number {
            Some(n) => Some(self.spot(value, path, n)),
            None => {
                self.wrong_type(value, path, "một số nguyên", "a whole number");
                None
            }
        }
    }

    fn as_table(&self, value: &'a Value<'a>, path: String) -> Option<Table<'a>> {
        match value.get_ref() {
            DeValue::Table(items) => Some(Table {
                source: self.source,
                items,
                line: self.line_of(value.span()),
                skipped: self.skipped,
                name: path,
                asked: RefCell::default(),
            }),
            _ => {
                self.wrong_type(value, &path, "một bảng { … }", "a table { … }");
                None
            }
        }
    }

    fn wrong_type(&self, value: &Value, path: &str, vi: &str, en: &str) {
        let found = value.get_ref().type_str();
        let message = Words::new(
            format!("phải là {vi}, không phải kiểu {found}"),
            format!("must be {en}, not of type {found}"),
        );
        self.source.fault(self.line_of(value.span()), path, message);
    }
}

/// Catches the list of allowed words that serde knows of an enum.
#[derive(Debug)]
struct NotAWord(&'static [&'static str]);

impl std::fmt::Display for NotAWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a word of the list")
    }
}

impl std::error::Error for NotAWord {}

impl serde::de::Error for NotAWord {
    fn custom<T: std::fmt::Display>(_: T) -> Self {
        NotAWord(&[])
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        NotAWord(expected)
    }
}
