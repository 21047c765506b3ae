//! What all readers of XML parts need: elements by local name, attributes, text with its entities.

use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Trouble, damaged};

/// Events of one part, with a buffer that is used again.
pub(super) struct Xml<R> {
    reader: quick_xml::Reader<R>,
    buffer: Vec<u8>,
    part: String,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(source: R, part: &str) -> Self {
        let mut reader = quick_xml::Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        config.allow_dangling_amp = true;
        Xml {
            reader,
            buffer: Vec::new(),
            part: part.to_owned(),
        }
    }

    /// For tests that begin inside an element.
    #[cfg(test)]
    pub(super) fn allow_unmatched_end(&mut self) {
        self.reader.config_mut().allow_unmatched_ends = true;
    }

    /// The next event; an empty element comes as a start and an end.
    pub(super) fn next(&mut self) -> Result<Event<'_>, Trouble> {
        self.buffer.clear();
        self.reader
            .read_event_into(&mut self.buffer)
            .map_err(|_| malformed(&self.part))
    }

    /// Passes over the rest of an element whose start was just read.
    pub(super) fn skip(&mut self) -> Result<(), Trouble> {
        let mut depth = 1u32;
        while depth > 0 {
            match self.next()? {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return Err(malformed(&self.part)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// A part that is no XML, ends early, or is not what it should be.
pub(super) fn malformed(part: &str) -> Trouble {
    damaged(
        &format!("phần {part} bị cắt cụt hoặc không phải XML hợp lệ"),
        &format!("the part {part} is cut short or not valid XML"),
    )
}

/// Values of the named attributes (local names), in the order asked for.
pub(super) fn attributes<const N: usize>(element: &BytesStart<'_>, names: [&str; N]) -> [Option<String>; N] {
    let mut found = [const { None }; N];
    for attribute in element.attributes().with_checks(false).flatten() {
        let local = attribute.key.local_name();
        let wanted = names.iter().position(|name| *name == local.as_ref());
        if let Some(slot) = wanted.and_then(|at| found.get_mut(at)) {
            // An unknown entity costs the attribute, not the part.
            *slot = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .ok()
                .map(std::borrow::Cow::into_owned);
        }
    }
    found
}

pub(super) fn is_true(value: Option<&str>) -> bool {
    matches!(value, Some("1" | "true" | "on"))
}

/// Adds what a text event says to `out`: text, CDATA, or an entity. Unknown entities stay as written.
pub(super) fn push_text(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => out.push_str(&text.xml10_content()),
        Event::CData(text) => out.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => push_reference(out, reference),
        _ => {}
    }
}

fn push_reference(out: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        out.push(c);
        return;
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(text) => out.push_str(text),
        None => {
            out.push('&');
            out.push_str(&name);
            out.push(';');
        }
    }
}
