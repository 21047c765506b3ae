//! Texts of xlsx: the shared list, rich text, and Excel's escapes.

use std::borrow::Cow;

use memchr::memchr;

use super::Trouble;
use super::limits::{self, Budget};
use super::markup::{self, Broken, Markup, Piece, Tag, push_text};
use super::sheet::Fonts;
use super::xml::malformed;
use crate::text::legacy::{Font, Script, script};

/// The shared texts of a workbook: one long text and where each of them ends in it.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
    scripts: Vec<Script>,
    /// Of texts written in several fonts: their index, and where each font begins. Ascending.
    runs: Vec<(usize, Vec<Run>)>,
}

/// Where a run begins, in bytes, and its font; none: that of the cell.
type Run = (usize, Option<Font>);

/// A text with what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shared<'t> {
    pub text: &'t str,
    pub script: Script,
    runs: &'t [Run],
}

impl Shared<'_> {
    /// Its fonts in a cell of this font.
    pub(super) fn fonts(&self, base: Font) -> Fonts {
        fonts_in(self.runs, base)
    }
}

impl Texts {
    pub(super) fn get(&self, index: usize) -> Option<Shared<'_>> {
        let end = *self.ends.get(index)? as usize;
        let start = index
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize);
        let runs = self.runs.binary_search_by_key(&index, |(index, _)| *index);
        Some(Shared {
            text: self.all.get(start..end)?,
            script: self.scripts[index],
            runs: runs.map_or(&[], |at| &self.runs[at].1),
        })
    }

    /// Ends the text that was begun at `start`.
    fn close(&mut self, start: usize, runs: Vec<Run>, budget: &mut Budget) -> Result<(), Trouble> {
        if self.ends.len() >= limits::CELLS {
            return Err(limits::too_many_cells());
        }
        self.all.truncate(start + shortened_length(&self.all[start..]));
        budget.take_text(self.all.len() - start)?;
        self.scripts.push(script(&self.all[start..]));
        if runs.iter().any(|(_, font)| font.is_some()) {
            self.runs.push((self.ends.len(), runs));
        }
        // The budget is far below what 32 bits hold.
        self.ends.push(self.all.len() as u32);
        Ok(())
    }
}

/// The shared strings, in order. The count that the part announces is not believed.
pub(super) fn shared(bytes: &[u8], part: &str, budget: &mut Budget) -> Result<Texts, Trouble> {
    let bytes = markup::in_utf8(bytes);
    let mut markup = Markup::new(&bytes);
    let mut texts = Texts::default();
    let mut root_seen = false;
    loop {
        let start = texts.all.len();
        if let Some((raw, length)) = plain_item(markup.rest()) {
            markup.advance(length);
            push_escaped(&mut texts.all, raw);
            texts.close(start, Vec::new(), budget)?;
            continue;
        }
        match markup.next().map_err(|Broken| malformed(part))? {
            Some(Piece::Start(tag)) if tag.name == b"si" => {
                let (text, runs) = rich_text(&mut markup, &tag).map_err(|Broken| malformed(part))?;
                texts.all.push_str(&text);
                texts.close(start, runs, budget)?;
            }
            Some(Piece::Start(tag)) => root_seen |= tag.name == b"sst",
            None => break,
            _ => {}
        }
    }
    root_seen.then_some(texts).ok_or_else(|| malformed(part))
}

/// `<si><t>…</t></si>`, as nearly all are written: the text as written, and the length of it all.
fn plain_item(rest: &[u8]) -> Option<(&[u8], usize)> {
    let body = rest.strip_prefix(b"<si><t")?;
    let start = match body.strip_prefix(b" xml:space=\"preserve\">") {
        Some(_) => 22,
        None => body.starts_with(b">").then_some(1)?,
    };
    let text = &body[start..];
    let end = memchr(b'<', text)?;
    text[end..]
        .starts_with(b"</t></si>")
        .then(|| (&text[..end], 6 + start + end + 9))
}

/// The text of `<si>` or `<is>` whose start was just read: all runs, without the phonetic reading
/// beside them; and their fonts.
pub(super) fn rich_text(markup: &mut Markup<'_>, tag: &Tag<'_>) -> Result<(String, Vec<Run>), Broken> {
    let mut text = String::new();
    let mut runs: Vec<Run> = Vec::new();
    if tag.empty {
        return Ok((text, runs));
    }
    let mut depth = 1u32;
    while depth > 0 {
        match markup.next()?.ok_or(Broken)? {
            Piece::Start(tag) => match tag.name {
                b"rPh" => markup.skip(&tag)?,
                b"t" => markup.text_of(&tag, &mut text)?,
                name => {
                    if name == b"r" {
                        runs.push((text.len(), None));
                    } else if name == b"rFont"
                        && let (Some((_, font)), Some(name)) = (runs.last_mut(), tag.attribute(b"val"))
                    {
                        *font = Some(Font::named(&name));
                    }
                    depth += u32::from(!tag.empty);
                }
            },
            Piece::End(_) => depth -= 1,
            _ => {}
        }
    }
    // An escape counts as one letter, so what lies after it moves: such texts have one font.
    let plain = match unescaped(&text) {
        Cow::Borrowed(_) => None,
        Cow::Owned(plain) => Some(plain),
    };
    if let Some(plain) = plain {
        text = plain;
        runs.truncate(1);
    }
    text.truncate(shortened_length(&text));
    Ok((text, runs))
}

pub(super) fn fonts_in(runs: &[Run], base: Font) -> Fonts {
    Fonts {
        base,
        parts: runs
            .iter()
            .map(|(at, font)| (*at, font.unwrap_or(base)))
            .collect(),
    }
}

/// Adds a text as written in XML: entities resolved, then Excel's escapes.
pub(super) fn push_escaped(out: &mut String, raw: &[u8]) {
    if memchr::memmem::find(raw, b"_x").is_none() {
        push_text(out, raw);
        return;
    }
    let mut text = String::new();
    push_text(&mut text, raw);
    out.push_str(&unescaped(&text));
}

/// How many bytes of a text a cell may hold: not more letters than Excel allows.
fn shortened_length(text: &str) -> usize {
    if text.len() <= limits::TEXT_OF_ONE_CELL {
        return text.len();
    }
    text.char_indices()
        .nth(limits::TEXT_OF_ONE_CELL)
        .map_or(text.len(), |(end, _)| end)
}

/// `_x000D_` → the character with that number, as Excel writes what XML cannot hold.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
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
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Texts, Trouble> {
        let text = format!("<sst uniqueCount='1000000000'>{body}</sst>");
        shared(text.as_bytes(), "s", &mut Budget::new())
    }

    fn texts(texts: &Texts) -> Vec<&str> {
        (0..texts.ends.len())
            .map(|i| texts.get(i).unwrap().text)
            .collect()
    }

    #[test]
    fn runs_are_joined_and_phonetic_readings_left_out() {
        let strings = read(
            "<si><t xml:space=\"preserve\"> Nữ </t></si><si/><si><r><rPr><b/></rPr><t>Dân </t></r><r><t>tộc &amp; x&#7919;</t></r>\
             <rPh sb='0' eb='1'><t>nope</t></rPh></si><si><t><![CDATA[<3]]></t></si>\n<si><t>a_x000A_b</t></si><si><t/></si>",
        )
        .unwrap();
        assert_eq!(texts(&strings), [" Nữ ", "", "Dân tộc & xữ", "<3", "a\nb", ""]);
        assert!(strings.get(6).is_none());
    }

    #[test]
    fn each_run_has_its_font_or_that_of_its_cell() {
        let strings = read(
            "<si><t>a</t></si><si><r><t>N÷ </t></r><r><rPr><rFont val='Arial'/></rPr><t>Nữ</t></r>\
             <r><rPr><rFont val='VNI-Times'/></rPr><t>nöõ</t></r></si>",
        )
        .unwrap();
        let fonts = strings.get(1).unwrap().fonts(Font::Tcvn3);
        let parts = fonts.split(strings.get(1).unwrap().text);
        assert_eq!(
            parts,
            [("N÷ ", Font::Tcvn3), ("Nữ", Font::Any), ("nöõ", Font::Vni)]
        );
    }

    #[test]
    fn a_part_that_ends_early_is_refused() {
        assert!(shared(b"<sst><si><t>a</t>", "s", &mut Budget::new()).is_err());
        assert!(shared(b"", "s", &mut Budget::new()).is_err());
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
            assert_eq!(unescaped(given), expected);
        }
    }
}
