//! Tables whose keys are data: ids, words.
//!
//! Holds: every key is taken, so that nothing is left to [`Table::finish`].

use super::{Spot, Table};
use crate::lang::Words;

impl Table<'_> {
    /// All keys with their texts: for tables whose keys are data. Leaves nothing to [`Table::finish`].
    pub fn free_texts(&self) -> Vec<Spot<(String, String)>> {
        let mut out = Vec::new();
        for (key, value) in self.items.iter() {
            let path = self.path(key.get_ref());
            if let Some(text) = self.as_text(value, &path) {
                out.push(Spot {
                    value: (key.get_ref().to_string(), text.value),
                    line: text.line,
                    key: text.key,
                });
            }
        }
        out
    }

    /// As [`Table::free_texts`], for words in two languages.
    pub fn free_words(&self) -> Vec<Spot<(String, Words)>> {
        let mut out = Vec::new();
        for (key, value) in self.items.iter() {
            let path = self.path(key.get_ref());
            let Some(table) = self.as_table(value, path.clone()) else {
                continue;
            };
            let (vi, en) = (table.text("vi"), table.text("en"));
            table.finish();
            if let (Some(vi), Some(en)) = (vi, en) {
                out.push(Spot {
                    value: (key.get_ref().to_string(), Words::new(vi.value, en.value)),
                    line: self.line_of(key.span()),
                    key: path,
                });
            }
        }
        out
    }

    /// As [`Table::free_texts`], for whole numbers.
    pub fn free_numbers(&self) -> Vec<Spot<(String, i64)>> {
        let mut out = Vec::new();
        for (key, value) in self.items.iter() {
            let path = self.path(key.get_ref());
            if let Some(number) = self.as_number(value, &path) {
                out.push(Spot {
                    value: (key.get_ref().to_string(), number.value),
                    line: self.line_of(key.span()),
                    key: number.key,
                });
            }
        }
        out
    }
}
