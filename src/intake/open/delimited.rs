//! Text with separated fields: csv, semicolons, tabs; also tab text saved as `.xls`.
//!
//! Holds: quotes are honoured, also around line ends; a field of digits alone becomes a number, and
//! every other stays text, because only a whole column tells whether its comma is a decimal one.

use super::limits;
use super::sheet::{Sheet, shortened};
use super::{Gathered, Trouble, damaged, encoding};
use crate::intake::grid::Value;
use crate::problem::Kind;

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let (text, guessed) = encoding::decode(bytes);
    if let Some(encoding) = guessed {
        out.file_problem(Kind::EncodingGuessed {
            encoding: encoding.to_owned(),
        });
    }
    let (separator, text) = match announced_separator(&text) {
        Some((separator, rest)) => (separator, rest),
        None => (likely_separator(&text), text.as_ref()),
    };
    let name = sheet_name(out.name);
    let mut sheet = Sheet::new(name.clone(), false, &mut out.budget);
    let mut too_long = false;
    for field in Fields::new(text, separator) {
        if field.row >= limits::ROWS {
            too_long = true;
            break;
        }
        sheet.add(field.row, field.column, value(field.text), false)?;
    }
    let read = if too_long {
        Err(damaged("quá 1.048.576 dòng", "more than 1,048,576 lines"))
    } else {
        Ok(sheet.finish())
    };
    out.sheet(&name, read)
}

/// The one sheet of a text file has the name of the file.
pub(super) fn sheet_name(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if stem.is_empty() { file } else { stem }.to_owned()
}

/// Excel's own way of saying it: a first line `sep=;`.
fn announced_separator(text: &str) -> Option<(char, &str)> {
    let rest = text
        .strip_prefix("sep=")
        .or_else(|| text.strip_prefix("\"sep="))?;
    let separator = rest.chars().next().filter(|c| !c.is_alphanumeric())?;
    let line_end = rest.find('\n').map_or(rest.len(), |at| at + 1);
    Some((separator, &rest[line_end..]))
}

/// The one that cuts most lines into the same number of fields, two or more.
fn likely_separator(text: &str) -> char {
    const LINES: u32 = 200;
    let mut best = (0, ',');
    // In order of trust: a tab is hardly ever part of a text, a comma often is.
    for separator in ['\t', ';', '|', ','] {
        let mut counts = std::collections::BTreeMap::new();
        let mut last = None;
        for field in Fields::new(text, separator).take_while(|f| f.row < LINES) {
            if field.column > 0 {
                last = Some((field.row, field.column + 1));
            }
            if field.ends_row
                && let Some((row, width)) = last
                && row == field.row
            {
                *counts.entry(width).or_insert(0u32) += 1;
            }
        }
        let agreeing = counts.values().copied().max().unwrap_or(0);
        if agreeing > best.0 {
            best = (agreeing, separator);
        }
    }
    best.1
}

/// A field of digits alone is a number; any other waits for its column.
pub(super) fn value(text: String) -> Value {
    let digits = text.trim_matches([' ', '\u{a0}']);
    let number = !digits.is_empty()
        && digits.len() <= 15
        && digits.bytes().all(|b| b.is_ascii_digit())
        // A leading zero belongs to a code: 01, 00123.
        && (digits.len() == 1 || !digits.starts_with('0'));
    match digits.parse::<f64>() {
        Ok(whole) if number => Value::Number(whole),
        _ => Value::Text(shortened(text)),
    }
}

/// One field with its place.
struct Field {
    row: u32,
    column: u32,
    text: String,
    ends_row: bool,
}

/// The fields of a text, one after the other. A quote opens only at the start of a field; one that
/// never closes takes the rest of its line, not of the file.
struct Fields<'t> {
    rest: &'t str,
    separator: char,
    row: u32,
    column: u32,
    done: bool,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, separator: char) -> Self {
        Fields {
            rest: text,
            separator,
            row: 0,
            column: 0,
            done: text.is_empty(),
        }
    }

    /// A quoted field and what follows it; none if the quote never closes.
    fn quoted(&self) -> Option<(String, &'t str)> {
        // A quote that opens a whole chapter is a fault; Excel allows no longer text in a cell.
        const LONGEST: usize = limits::TEXT_OF_ONE_CELL * 4;
        let mut text = String::new();
        let mut rest = self.rest.strip_prefix('"')?;
        loop {
            let at = rest.find('"')?;
            text.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if text.len() > LONGEST {
                return None;
            }
            match rest.strip_prefix('"') {
                Some(after) => {
                    text.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        // Text after the closing quote is kept: `"a" b` → `a b`.
        let end = rest.find([self.separator, '\n', '\r']).unwrap_or(rest.len());
        text.push_str(&rest[..end]);
        Some((text, &rest[end..]))
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        if self.done {
            return None;
        }
        let (text, rest) = self.quoted().unwrap_or_else(|| {
            let end = self
                .rest
                .find([self.separator, '\n', '\r'])
                .unwrap_or(self.rest.len());
            (self.rest[..end].to_owned(), &self.rest[end..])
        });
        let (row, column) = (self.row, self.column);
        let ends_row = match rest.strip_prefix(self.separator) {
            Some(after) => {
                self.rest = after;
                self.column = self.column.saturating_add(1);
                false
            }
            None => {
                let after = rest
                    .strip_prefix("\r\n")
                    .or_else(|| rest.strip_prefix(['\n', '\r']));
                self.done = after.is_none_or(str::is_empty);
                self.rest = after.unwrap_or("");
                self.row = self.row.saturating_add(1);
                self.column = 0;
                true
            }
        };
        Some(Field {
            row,
            column,
            text,
            ends_row,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(text: &str, separator: char) -> Vec<(u32, u32, String)> {
        Fields::new(text, separator)
            .map(|f| (f.row, f.column, f.text))
            .collect()
    }

    #[test]
    fn quotes_and_line_ends_are_honoured() {
        assert_eq!(
            fields("a,\"b,\"\"c\"\"\nd\",\r\n\"e\" f,g\n", ','),
            [
                (0, 0, "a".to_owned()),
                (0, 1, "b,\"c\"\nd".to_owned()),
                (0, 2, String::new()),
                (1, 0, "e f".to_owned()),
                (1, 1, "g".to_owned()),
            ]
        );
        assert_eq!(fields("\"a,b\nc", ',').len(), 3);
        assert_eq!(fields("", ','), []);
    }

    #[test]
    fn the_separator_is_the_one_that_makes_columns() {
        for (text, expected) in [
            ("a,b\n1,2\n", ','),
            ("Xã;Nữ\nA;12,5\nB;3,4\n", ';'),
            ("Xã\tNữ, DTTS\nA\t1\n", '\t'),
            ("Biểu 1, năm 2024\nXã;Nam;Nữ\nA;1;2\n", ';'),
            ("a|b|c\n1|2|3", '|'),
            ("one column\nonly", ','),
            ("\"a;b\",c\n\"d;e\",f", ','),
        ] {
            assert_eq!(likely_separator(text), expected, "{text}");
        }
        assert_eq!(announced_separator("sep=;\r\na;b"), Some((';', "a;b")));
    }

    #[test]
    fn codes_keep_their_zeros_and_digits_are_numbers() {
        assert_eq!(value(" 12 ".into()), Value::Number(12.0));
        assert_eq!(value("0".into()), Value::Number(0.0));
        for text in ["012", "1.234", "12,5", "-3", "1234567890123456", "x"] {
            assert_eq!(value(text.into()), Value::Text(text.into()));
        }
    }
}
