//! Texts of xlsx: the shared list, rich text, and Excel's escapes.

use std::io::BufRead;

use quick_xml::events::Event;

use super::limits::{self, Budget};
use super::sheet::shortened;
use super::xml::{self, Xml};
use super::{Trouble, xml::malformed};

/// The shared strings, in order. The count that the part announces is not believed.
pub(super) fn shared(
    source: impl BufRead,
    part: &str,
    budget: &mut Budget,
) -> Result<Vec<Box<str>>, Trouble> {
    let mut xml = Xml::new(source, part);
    let mut strings = Vec::new();
    let mut root_seen = false;
    loop {
        let item = match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "si" => true,
                "sst" => {
                    root_seen = true;
                    false
                }
                _ => false,
            },
            Event::Eof => break,
            _ => false,
        };
        if item {
            if strings.len() >= limits::CELLS {
                return Err(limits::too_many_cells());
            }
            let text = rich_text(&mut xml, part)?;
            budget.take_text(text.len())?;
            strings.push(text.into_boxed_str());
        }
    }
    root_seen.then_some(strings).ok_or_else(|| malformed(part))
}

/// The text of `<si>` or `<is>` up to its end: all runs, without the phonetic reading beside them.
pub(super) fn rich_text<R: BufRead>(xml: &mut Xml<R>, part: &str) -> Result<String, Trouble> {
    let mut text = String::new();
    let mut depth = 1u32;
    let mut in_text = false;
    while depth > 0 {
        let mut phonetic = false;
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "rPh" => phonetic = true,
                name => {
                    in_text = name == "t";
                    depth += 1;
                }
            },
            Event::End(_) => {
                in_text = false;
                depth -= 1;
            }
            Event::Eof => return Err(malformed(part)),
            event if in_text => xml::push_text(&mut text, &event),
            _ => {}
        }
        if phonetic {
            xml.skip()?;
        }
    }
    Ok(shortened(unescaped(text)))
}

/// `_x000D_` → the character with that number, as Excel writes what XML cannot hold.
pub(super) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let number = from
            .get(2..6)
            .filter(|_| from.get(6..7) == Some("_"))
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match number.and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &from[7..];
            }
            None => {
                out.push_str("_x");
                rest = &from[2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Vec<Box<str>>, Trouble> {
        let text = format!("<sst uniqueCount='1000000000'>{body}</sst>");
        shared(text.as_bytes(), "s", &mut Budget::new())
    }

    #[test]
    fn runs_are_joined_and_phonetic_readings_left_out() {
        let strings = read(
            "<si><t xml:space='preserve'> Nữ </t></si><si/><si><r><rPr><b/></rPr><t>Dân </t></r><r><t>tộc &amp; x&#7919;</t></r>\
             <rPh sb='0' eb='1'><t>nope</t></rPh></si><si><t><![CDATA[<3]]></t></si>",
        )
        .unwrap();
        assert_eq!(
            strings.iter().map(AsRef::as_ref).collect::<Vec<_>>(),
            [" Nữ ", "", "Dân tộc & xữ", "<3"]
        );
    }

    #[test]
    fn a_part_that_ends_early_is_refused() {
        assert!(shared(&b"<sst><si><t>a</t>"[..], "s", &mut Budget::new()).is_err());
        assert!(shared(&b""[..], "s", &mut Budget::new()).is_err());
    }

    #[test]
    fn escapes_of_excel_are_undone() {
        for (given, expected) in [
            ("a_x000A_b", "a\nb"),
            ("_x005F_x000A_", "_x000A_"),
            ("nam_xa", "nam_xa"),
            ("_xD800_", "_xD800_"),
            ("_x12", "_x12"),
            ("_xữữ", "_xữữ"),
        ] {
            assert_eq!(unescaped(given.to_owned()), expected);
        }
    }
}
