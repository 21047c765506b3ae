//! A cell of an xlsx sheet as it is written.
//!
//! Nearly every cell of nearly every file is written one way, `<c r="B7" s="3" t="s"><v>12</v></c>`;
//! it is taken in one pass over its bytes. What is written otherwise is left to the general scanner.

use memchr::memchr;

use super::sheet;
use crate::origin::CellAddress;
use crate::text::legacy::Font;

/// What the `t` of a cell says that its value is.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) enum Type {
    #[default]
    Number,
    Shared,
    /// The result of a formula, or a text in the cell itself.
    Text,
    Bool,
    Error,
    Date,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct RawCell<'b> {
    /// None: it follows the one before. Inner none: no address that there can be.
    pub at: Option<Option<CellAddress>>,
    pub style: Option<usize>,
    pub kind: Type,
    pub formula: bool,
    pub written: Written<'b>,
}

#[derive(Debug, Default, PartialEq)]
pub(super) enum Written<'b> {
    #[default]
    Nothing,
    /// As XML has it: entities are not resolved.
    Raw(&'b [u8]),
    Text(String),
    /// A text in the cell itself, and where its fonts begin.
    Rich(String, Vec<(usize, Option<Font>)>),
}

impl<'b> RawCell<'b> {
    pub(super) fn new(attributes: impl Iterator<Item = (&'b [u8], &'b [u8])>) -> Self {
        let mut cell = RawCell::default();
        for (name, value) in attributes {
            cell.attribute(name, value);
        }
        cell
    }

    #[inline]
    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        match name {
            b"r" => self.at = Some(sheet::parse_address(value)),
            b"s" => {
                self.style = std::str::from_utf8(value)
                    .ok()
                    .and_then(|s| s.trim().parse().ok())
            }
            b"t" => {
                self.kind = match value {
                    b"s" => Type::Shared,
                    b"str" | b"inlineStr" => Type::Text,
                    b"b" => Type::Bool,
                    b"e" => Type::Error,
                    b"d" => Type::Date,
                    _ => Type::Number,
                };
            }
            _ => {}
        }
    }
}

/// A cell at the start of `rest`, and how long it is; none if it is not written the plain way.
#[inline]
pub(super) fn plain_cell(rest: &[u8]) -> Option<(RawCell<'_>, usize)> {
    if !rest.starts_with(b"<c") {
        return None;
    }
    let mut cell = RawCell::default();
    let mut at = 2;
    loop {
        match *rest.get(at)? {
            b' ' => at += 1,
            b'>' => {
                at += 1;
                break;
            }
            b'/' if rest.get(at + 1) == Some(&b'>') => return Some((cell, at + 2)),
            // `<col`, or anything else but a blank after the name.
            _ if at == 2 => return None,
            _ => {
                let name = at;
                while rest.get(at)?.is_ascii_alphanumeric() {
                    at += 1;
                }
                let name = &rest[name..at];
                if *rest.get(at)? != b'=' {
                    return None;
                }
                let quote = *rest.get(at + 1)?;
                if quote != b'"' && quote != b'\'' {
                    return None;
                }
                let value = at + 2;
                at = value;
                // Values are a few letters long: looking at each is faster than asking for a search.
                while *rest.get(at)? != quote {
                    at += 1;
                }
                cell.attribute(name, &rest[value..at]);
                at += 1;
            }
        }
    }
    let mut body = &rest[at..];
    if let Some(formula) = body.strip_prefix(b"<f") {
        body = after_formula(formula)?;
        cell.formula = true;
    }
    if let Some(value) = body.strip_prefix(b"<v>") {
        let end = memchr(b'<', value)?;
        cell.written = Written::Raw(&value[..end]);
        body = value[end..].strip_prefix(b"</v>")?;
    } else if let Some(text) = body.strip_prefix(b"<is><t>") {
        if cell.kind != Type::Text {
            return None;
        }
        let end = memchr(b'<', text)?;
        cell.written = Written::Raw(&text[..end]);
        // An empty text in the cell itself is blank, whatever the formula beside it.
        body = text[end..].strip_prefix(b"</t></is>")?;
    }
    let rest_after = body.strip_prefix(b"</c>")?;
    Some((cell, rest.len() - rest_after.len()))
}

/// What follows a formula: `>A1+B1</f>`, ` t="shared" si="0"/>`.
fn after_formula(formula: &[u8]) -> Option<&[u8]> {
    if !matches!(formula.first(), Some(b'>' | b' ' | b'/')) {
        return None;
    }
    let end = memchr(b'>', formula)?;
    // A quoted `>` is rare enough to be left to the general scanner, which minds it.
    let quotes = formula[..end].iter().filter(|b| **b == b'"').count();
    if quotes % 2 == 1 || formula[..end].contains(&b'\'') {
        return None;
    }
    let body = &formula[end + 1..];
    if formula[..end].ends_with(b"/") {
        return Some(body);
    }
    body[memchr(b'<', body)?..].strip_prefix(b"</f>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_cells_are_taken_whole_and_others_left_alone() {
        let at = |row, column| Some(Some(CellAddress::new(row, column)));
        for (text, expected) in [
            (
                "<c r=\"B7\" s=\"3\" t=\"s\"><v>12</v></c><c",
                Some((at(6, 1), Some(3), Type::Shared, false, "12")),
            ),
            ("<c/>", Some((None, None, Type::Number, false, "-"))),
            ("<c r='A1' />", Some((at(0, 0), None, Type::Number, false, "-"))),
            (
                "<c><f>A1&lt;2</f></c>",
                Some((None, None, Type::Number, true, "-")),
            ),
            (
                "<c><f t=\"shared\" si=\"0\"/><v>1</v></c>",
                Some((None, None, Type::Number, true, "1")),
            ),
            (
                "<c t=\"inlineStr\"><is><t>a</t></is></c>",
                Some((None, None, Type::Text, false, "a")),
            ),
            (
                "<c r=\"x\"></c>",
                Some((Some(None), None, Type::Number, false, "-")),
            ),
            ("<col min='1'/>", None),
            ("<cols>", None),
            ("<c><v>1</v><extLst/></c>", None),
            ("<c><v>1<!-- --></v></c>", None),
            ("<c><is><r/></is></c>", None),
            ("<c><f a='>'>1</f></c>", None),
            ("<c r=\"A1", None),
            ("<c", None),
            ("<c><v>1", None),
            ("<x:c/>", None),
        ] {
            let found = plain_cell(text.as_bytes());
            let shown = found.as_ref().map(|(cell, _)| {
                let written = match &cell.written {
                    Written::Raw(raw) => std::str::from_utf8(raw).unwrap(),
                    _ => "-",
                };
                (cell.at, cell.style, cell.kind, cell.formula, written)
            });
            assert_eq!(shown, expected, "{text}");
            if let Some((_, length)) = found {
                assert!(
                    text[..length].ends_with("/>") || text[..length].ends_with("</c>"),
                    "{text}"
                );
            }
        }
    }
}
