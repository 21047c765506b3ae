//! Texts of xls: in one byte or two per character, cut anywhere into several records.

use encoding_rs::Encoding;
use unicode_normalization::UnicodeNormalization;

use super::Trouble;
use super::limits::{self, Budget};
use super::sheet::shortened;

/// The bytes of a record and of those that continue it.
pub(super) struct Segments<'r, 's> {
    parts: &'r [&'s [u8]],
    part: usize,
    at: usize,
}

impl<'r, 's> Segments<'r, 's> {
    pub(super) fn new(parts: &'r [&'s [u8]], from: usize) -> Self {
        Segments {
            parts,
            part: 0,
            at: from,
        }
    }

    /// Bytes left in this record; steps into the next one if it is used up.
    fn left(&mut self) -> usize {
        while let Some(part) = self.parts.get(self.part) {
            if self.at < part.len() {
                return part.len() - self.at;
            }
            self.part += 1;
            self.at = 0;
        }
        0
    }

    fn byte(&mut self) -> Option<u8> {
        if self.left() == 0 {
            return None;
        }
        let byte = *self.parts.get(self.part)?.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    /// Up to `length` bytes of this record.
    fn take(&mut self, length: usize) -> &'s [u8] {
        let length = length.min(self.left());
        let taken = self
            .parts
            .get(self.part)
            .and_then(|part| part.get(self.at..self.at + length));
        self.at += length;
        taken.unwrap_or(&[])
    }

    fn skip(&mut self, mut length: usize) -> Option<()> {
        while length > 0 {
            let taken = self.take(length).len();
            if taken == 0 {
                return None;
            }
            length -= taken;
        }
        Some(())
    }
}

/// A text, and where its fonts begin: in bytes, by the number of the font.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct XlsText {
    pub text: String,
    pub runs: Vec<(usize, u16)>,
}

/// How texts are written in this file.
pub(super) struct Texts {
    /// BIFF8: UTF-16, or its lower bytes alone. Before: bytes of a code page.
    pub wide: bool,
    pub encoding: &'static Encoding,
}

impl Default for Texts {
    fn default() -> Self {
        Texts {
            wide: true,
            encoding: encoding_rs::WINDOWS_1252,
        }
    }
}

impl Texts {
    /// A text after a length of one byte: names of sheets.
    pub(super) fn short(&self, from: &mut Segments<'_, '_>) -> Option<String> {
        let length = usize::from(from.byte()?);
        self.of_length(from, length).map(|text| text.text)
    }

    /// A text after a length of two bytes: cells and results of formulas.
    pub(super) fn long(&self, from: &mut Segments<'_, '_>) -> Option<XlsText> {
        let length = usize::from(from.u16()?);
        let text = self.of_length(from, length)?;
        Some(XlsText {
            text: shortened(text.text),
            runs: text.runs,
        })
    }

    /// A number format; its length had one byte before BIFF8.
    pub(super) fn format_code(&self, from: &mut Segments<'_, '_>) -> Option<String> {
        if self.wide {
            self.long(from).map(|text| text.text)
        } else {
            self.short(from)
        }
    }

    /// The shared texts. Their announced number is an upper bound and nothing else.
    pub(super) fn shared(
        &self,
        from: &mut Segments<'_, '_>,
        budget: &mut Budget,
    ) -> Result<Vec<XlsText>, Trouble> {
        let mut strings = Vec::new();
        from.skip(4);
        let announced = from.u32().unwrap_or(0);
        for _ in 0..announced {
            let Some(text) = rich(from) else {
                // Cells that name a missing text show it; the others are whole.
                break;
            };
            budget.take_text(text.text.len())?;
            if strings.len() >= limits::CELLS {
                return Err(limits::too_many_cells());
            }
            strings.push(XlsText {
                text: shortened(text.text),
                runs: text.runs,
            });
        }
        Ok(strings)
    }

    fn of_length(&self, from: &mut Segments<'_, '_>, length: usize) -> Option<XlsText> {
        if self.wide {
            return rich_of_length(from, length);
        }
        let (text, _) = self.encoding.decode_without_bom_handling(from.take(length));
        Some(XlsText {
            text: text.nfc().collect(),
            runs: Vec::new(),
        })
    }
}

fn rich(from: &mut Segments<'_, '_>) -> Option<XlsText> {
    let length = usize::from(from.u16()?);
    rich_of_length(from, length)
}

/// [MS-XLS] 2.5.293: flags, characters, then formatting runs, and phonetics, which are passed over.
fn rich_of_length(from: &mut Segments<'_, '_>, length: usize) -> Option<XlsText> {
    let flags = from.byte()?;
    let runs = if flags & 8 != 0 {
        usize::from(from.u16()?)
    } else {
        0
    };
    let extension = if flags & 4 != 0 { from.u32()? as usize } else { 0 };
    let text = characters(from, length, flags & 1 != 0)?;
    let mut found = XlsText {
        text,
        runs: Vec::new(),
    };
    // Runs count in units of UTF-16, in order.
    let mut units = 0;
    let mut places = found.text.char_indices();
    let mut at = 0;
    for _ in 0..runs {
        let (start, font) = (usize::from(from.u16()?), from.u16()?);
        while units < start
            && let Some((place, c)) = places.next()
        {
            units += c.len_utf16();
            at = place + c.len_utf8();
        }
        found.runs.push((at, font));
    }
    from.skip(extension)?;
    Some(found)
}

/// Characters may go on in the next record, which says anew whether they have one byte or two.
fn characters(from: &mut Segments<'_, '_>, length: usize, mut wide: bool) -> Option<String> {
    let mut units: Vec<u16> = Vec::with_capacity(length);
    while units.len() < length {
        let part = from.part;
        if from.left() == 0 {
            return None;
        }
        if from.part != part {
            wide = from.byte()? & 1 != 0;
        }
        let wanted = length - units.len();
        if wide {
            let bytes = from.take(wanted * 2);
            let before = units.len();
            units.extend(bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])));
            if units.len() == before {
                return None;
            }
        } else {
            units.extend(from.take(wanted).iter().map(|b| u16::from(*b)));
        }
    }
    Some(
        char::decode_utf16(units)
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_on_in_the_next_record_with_its_own_width() {
        // "Nữ!" as N (one byte), then ữ ! in two bytes each; then 1 run; then "ab".
        let first: &[u8] = &[0, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0x08, 1, 0, b'N'];
        let second: &[u8] = &[1, 0xEF, 0x1E, b'!', 0, 9, 9, 9, 9, 2, 0, 0, b'a', b'b'];
        let parts = [first, second];
        let strings = Texts::default()
            .shared(&mut Segments::new(&parts, 0), &mut Budget::new())
            .unwrap();
        let texts: Vec<&str> = strings.iter().map(|s| s.text.as_str()).collect();
        assert_eq!(texts, ["Nữ!", "ab"]);
        assert_eq!(strings[0].runs, [("Nữ!".len(), 0x0909)]);
    }

    #[test]
    fn an_announced_number_is_not_believed() {
        let parts: [&[u8]; 1] = [&[0, 0, 0, 0, 255, 255, 255, 255, 1, 0, 0, b'a', 9, 0, 0]];
        let strings = Texts::default()
            .shared(&mut Segments::new(&parts, 0), &mut Budget::new())
            .unwrap();
        assert_eq!((strings.len(), strings[0].text.as_str()), (1, "a"));
    }
}
