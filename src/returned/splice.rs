//! Small changes to the text of a part: what is not changed stays letter by letter.
//!
//! In:  the text, and what is to stand in place of which stretch. Out: the new text.
//! Holds: elements that are added carry the prefix that the part uses.

use std::ops::Range;

use super::Unfit;
use crate::intake::open::{Broken, Markup, Piece, Tag};

/// Changes to one text, in any order; of two at one place the first stands first.
#[derive(Debug, Default)]
pub(super) struct Splice {
    edits: Vec<(Range<usize>, String)>,
}

impl Splice {
    pub fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.edits.push((at..at, text.into()));
    }

    pub fn replace(&mut self, span: Range<usize>, text: impl Into<String>) {
        self.edits.push((span, text.into()));
    }

    /// Gives an attribute a value, or takes it away.
    pub fn attribute(&mut self, whole: &Whole<'_>, name: &str, value: Option<&str>) {
        let found = whole.tag.attributes().find(|(own, _)| *own == name.as_bytes());
        let at = found.and_then(|(_, old)| whole.place_of(old));
        match (at, value) {
            (Some(at), Some(value)) => self.replace(at, escaped(value)),
            (Some(at), None) => {
                // From the blank before its name to the quote behind its value.
                let before = whole.text.get(..at.start).unwrap_or_default();
                let from = before.rfind(char::is_whitespace).unwrap_or(at.start);
                self.replace(from..at.end + 1, "");
            }
            (None, Some(value)) => {
                let end = whole.span.end - if whole.tag.empty { 2 } else { 1 };
                self.insert(end, format!(" {name}=\"{}\"", escaped(value)));
            }
            (None, None) => {}
        }
    }

    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The text with all changes; none if two of them lie over each other.
    pub fn apply(mut self, text: &str) -> Result<String, Unfit> {
        self.edits.sort_by_key(|(span, _)| (span.start, span.end));
        let added: usize = self.edits.iter().map(|(_, new)| new.len()).sum();
        let mut out = String::with_capacity(text.len() + added);
        let mut at = 0;
        for (span, new) in &self.edits {
            out.push_str(text.get(at..span.start).ok_or(Unfit)?);
            out.push_str(new);
            at = span.end;
        }
        out.push_str(text.get(at..).ok_or(Unfit)?);
        Ok(out)
    }
}

/// An opening tag and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Whole<'t> {
    pub text: &'t str,
    pub tag: Tag<'t>,
    pub span: Range<usize>,
    /// How many elements are open around it.
    pub depth: usize,
}

impl<'t> Whole<'t> {
    pub fn is(&self, name: &str) -> bool {
        self.tag.name == name.as_bytes()
    }

    /// `x:` of `<x:row …>`.
    pub fn prefix(&self) -> &'t str {
        prefix(self.text, &self.span)
    }

    /// Where a slice of the text stands in it.
    fn place_of(&self, slice: &[u8]) -> Option<Range<usize>> {
        let start = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        (start + slice.len() <= self.text.len()).then_some(start..start + slice.len())
    }

    /// `<x/>` becomes `<x>…</x>`, `<x>` gets the text at its beginning.
    pub fn fill(&self, splice: &mut Splice, inside: &str) {
        match self.tag.empty {
            true => {
                let name = String::from_utf8_lossy(self.tag.name);
                let end = format!(">{inside}</{}{name}>", self.prefix());
                splice.replace(self.span.end - 2..self.span.end, end);
            }
            false => splice.insert(self.span.end, inside),
        }
    }
}

fn prefix<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    let tag = text.get(span.clone()).unwrap_or_default();
    let name = tag.trim_start_matches(['<', '/']);
    let end = name.find([' ', '>', '/', '\t', '\r', '\n']).unwrap_or(name.len());
    name[..end].find(':').map_or("", |colon| &name[..=colon])
}

/// What stands where in a part: opening tags, and ends of elements.
pub(super) enum Seen<'t> {
    Start(Whole<'t>),
    /// Local name, where it stands, and how many elements are open around the element.
    End(&'t [u8], Range<usize>, usize),
}

/// Shows every tag of a part in its order.
pub(super) fn each<'t>(text: &'t str, mut see: impl FnMut(Seen<'t>)) -> Result<(), Unfit> {
    let mut markup = Markup::new(text.as_bytes());
    let mut depth = 0usize;
    while let Some(piece) = markup.next().map_err(|Broken| Unfit)? {
        let span = markup.span();
        match piece {
            Piece::Start(tag) => {
                let here = depth;
                depth += usize::from(!tag.empty);
                see(Seen::Start(Whole {
                    text,
                    tag,
                    span,
                    depth: here,
                }));
            }
            Piece::End(name) => {
                depth = depth.saturating_sub(1);
                see(Seen::End(name, span, depth));
            }
            Piece::Text(_) | Piece::CData(_) => {}
        }
    }
    Ok(())
}

/// Shows every opening tag.
pub(super) fn each_start<'t>(text: &'t str, mut see: impl FnMut(Whole<'t>)) -> Result<(), Unfit> {
    each(text, |seen| {
        if let Seen::Start(whole) = seen {
            see(whole);
        }
    })
}

/// A text as XML writes it. What XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(letter),
            '\u{FFFE}' | '\u{FFFF}' => {}
            letter if letter < ' ' => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_changed_changes() {
        let text = "<x:a  p='1'><!-- <b> --><x:b q=\"2\"/></x:a>";
        let mut splice = Splice::default();
        each_start(text, |whole| {
            if whole.is("a") {
                splice.attribute(&whole, "p", Some("<"));
                splice.attribute(&whole, "r", Some("3"));
            } else {
                assert_eq!(whole.prefix(), "x:");
                splice.attribute(&whole, "q", None);
                whole.fill(&mut splice, "!");
            }
        })
        .unwrap();
        let done = splice.apply(text).unwrap();
        assert_eq!(done, "<x:a  p='&lt;' r=\"3\"><!-- <b> --><x:b>!</x:b></x:a>");
    }
}
