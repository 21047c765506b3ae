//! The tidy data as comma-separated values.
//!
//! UTF-8 with a byte-order mark, without which Excel reads Vietnamese as garbage; a decimal point
//! whatever the language; column ids and codes that do not change between releases. RFC 4180.

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
    for row in 0..frame.rows() {
        for (i, column) in frame.columns.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            match &column.values {
                texts @ Values::Text { .. } => field(texts.text_at(row).unwrap_or_default(), out),
                Values::Integer(values) => {
                    if let Some(value) = values.get(row).copied().flatten() {
                        out.push_str(&value.to_string());
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
    }
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
