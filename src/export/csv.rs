//! The tidy data as comma-separated values.
//!
//! UTF-8 with a byte-order mark, without which Excel reads Vietnamese as garbage; a decimal point
//! whatever the language; column ids and codes that do not change between releases. RFC 4180.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::report::{Decimal, Frame, Report, Values};

pub fn write(report: &Report) -> Vec<u8> {
    let mut out = String::from("\u{FEFF}");
    if let Some(frame) = report.data() {
        write_frame(frame, &mut out);
    }
    out.into_bytes()
}

fn write_frame(frame: &Frame, out: &mut String) {
    for (i, column) in frame.columns.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        field(column.id, out);
    }
    out.push_str("\r\n");
    // A text stands in many rows: it is looked at once.
    let texts: Vec<Vec<Cow<'_, str>>> = frame.columns.iter().map(|c| fields(&c.values)).collect();
    for row in 0..frame.rows() {
        for (i, (column, texts)) in frame.columns.iter().zip(&texts).enumerate() {
            if i > 0 {
                out.push(',');
            }
            match &column.values {
                Values::Text { index, .. } => {
                    let text = index.get(row).copied().flatten();
                    out.push_str(text.and_then(|i| texts.get(i as usize)).map_or("", |t| t));
                }
                Values::Integer(values) => {
                    if let Some(value) = values.get(row).copied().flatten() {
                        // Writing to a text cannot fail.
                        let _ = write!(out, "{value}");
                    }
                }
                Values::Decimal(values) => {
                    if let Some(value) = values.get(row).copied().flatten() {
                        out.push_str(&point(value));
                    }
                }
                Values::YesNo(values) => {
                    let yes = values.get(row).copied().unwrap_or_default();
                    out.push_str(if yes { "true" } else { "false" });
                }
            }
        }
        out.push_str("\r\n");
        if row == 0 {
            // Growing by doubling would hold a long table nearly three times.
            out.reserve(out.len().saturating_mul(frame.rows()) / 2);
        }
    }
}

/// The texts of a column as fields.
fn fields(values: &Values) -> Vec<Cow<'_, str>> {
    let Values::Text { texts, .. } = values else {
        return Vec::new();
    };
    let fields = texts.iter().map(|text| {
        let mut quoted = String::new();
        field(text, &mut quoted);
        match quoted == **text {
            true => Cow::Borrowed(&**text),
            false => Cow::Owned(quoted),
        }
    });
    fields.collect()
}

/// `823, 1 → 82.3`, exact, without thousands.
pub(super) fn point(value: Decimal) -> String {
    let width = usize::from(value.decimals) + 1;
    let digits = format!("{:0width$}", value.value.unsigned_abs());
    let (whole, part) = digits.split_at(digits.len() - usize::from(value.decimals));
    let minus = if value.value < 0 { "-" } else { "" };
    if part.is_empty() {
        format!("{minus}{whole}")
    } else {
        format!("{minus}{whole}.{part}")
    }
}

fn field(text: &str, out: &mut String) {
    if text.contains([',', '"', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_have_a_point_and_no_thousands() {
        for (value, decimals, text) in [(823, 1, "82.3"), (-5, 2, "-0.05"), (1_234_567, 0, "1234567")] {
            assert_eq!(point(Decimal::new(value, decimals)), text);
        }
    }

    #[test]
    fn quotes_and_commas_are_kept() {
        let mut out = String::new();
        field("a \"b\", c", &mut out);
        assert_eq!(out, "\"a \"\"b\"\", c\"");
    }
}
