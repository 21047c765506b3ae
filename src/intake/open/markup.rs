//! A scanner over the bytes of an XML part: tags, texts and CDATA as slices, nothing copied.
//!
//! Holds: every byte is looked at once; an element that is never closed, or closed twice, is told
//!        (half a part would pass for a small one); comments, instructions and declarations are
//!        passed over, so no entity is ever declared and none outside the file is ever asked for.
//! Leaves to others: that names of opening and closing tags agree; what elements mean.

use std::borrow::Cow;

use encoding_rs::Encoding;
use memchr::{memchr, memchr2, memchr3};

/// What stands next in a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'b> {
    Start(Tag<'b>),
    /// Local name of the element that ends. An empty element (`<a/>`) has no end of its own.
    End(&'b [u8]),
    /// As written: entities are not resolved.
    Text(&'b [u8]),
    CData(&'b [u8]),
}

/// An opening tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag<'b> {
    /// Without its prefix.
    pub name: &'b [u8],
    attributes: &'b [u8],
    /// `<a/>`.
    pub empty: bool,
}

/// The part is not XML, or ends inside an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken;

pub(crate) struct Markup<'b> {
    bytes: &'b [u8],
    /// Where the last piece begins.
    from: usize,
    at: usize,
    depth: u32,
}

impl<'b> Markup<'b> {
    pub(crate) fn new(bytes: &'b [u8]) -> Self {
        Markup {
            bytes: bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes),
            from: 0,
            at: 0,
            depth: 0,
        }
    }

    /// What is still to be looked at.
    pub(crate) fn rest(&self) -> &'b [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// Passes over bytes of [`Markup::rest`] that were read as whole elements.
    pub(crate) fn advance(&mut self, length: usize) {
        self.at += length;
    }

    /// Where the piece read last stands among the bytes, a mark of their order at the beginning not counted.
    pub(crate) fn span(&self) -> std::ops::Range<usize> {
        self.from..self.at
    }

    /// The next piece; none at the end of the part.
    pub(crate) fn next(&mut self) -> Result<Option<Piece<'b>>, Broken> {
        loop {
            let rest = self.rest();
            self.from = self.at;
            if rest.is_empty() {
                return if self.depth == 0 { Ok(None) } else { Err(Broken) };
            }
            if rest[0] != b'<' {
                let end = memchr(b'<', rest).unwrap_or(rest.len());
                self.at += end;
                return Ok(Some(Piece::Text(&rest[..end])));
            }
            match rest.get(1) {
                Some(b'/') => {
                    let end = memchr(b'>', rest).ok_or(Broken)?;
                    self.at += end + 1;
                    self.depth = self.depth.checked_sub(1).ok_or(Broken)?;
                    return Ok(Some(Piece::End(local(rest[2..end].trim_ascii_end()))));
                }
                Some(b'!') => {
                    if let Some(text) = rest.strip_prefix(b"<![CDATA[") {
                        let end = memchr::memmem::find(text, b"]]>").ok_or(Broken)?;
                        self.at += 9 + end + 3;
                        return Ok(Some(Piece::CData(&text[..end])));
                    }
                    let length = if rest.starts_with(b"<!--") {
                        memchr::memmem::find(&rest[4..], b"-->").ok_or(Broken)? + 7
                    } else {
                        declaration(rest).ok_or(Broken)?
                    };
                    self.at += length;
                }
                Some(b'?') => {
                    self.at += memchr::memmem::find(rest, b"?>").ok_or(Broken)? + 2;
                }
                _ => {
                    let end = tag_end(rest).ok_or(Broken)?;
                    self.at += end + 1;
                    let tag = tag(&rest[1..end]).ok_or(Broken)?;
                    if !tag.empty {
                        self.depth += 1;
                    }
                    return Ok(Some(Piece::Start(tag)));
                }
            }
        }
    }

    /// Passes over what is inside an element whose start was just read, and its end.
    pub(crate) fn skip(&mut self, tag: &Tag<'_>) -> Result<(), Broken> {
        if tag.empty {
            return Ok(());
        }
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?.ok_or(Broken)?;
        }
        Ok(())
    }

    /// Adds the text inside an element whose start was just read, at any depth, to `out`.
    pub(crate) fn text_of(&mut self, tag: &Tag<'_>, out: &mut String) -> Result<(), Broken> {
        if tag.empty {
            return Ok(());
        }
        let outside = self.depth - 1;
        while self.depth > outside {
            match self.next()?.ok_or(Broken)? {
                Piece::Text(text) => push_text(out, text),
                Piece::CData(text) => out.push_str(&String::from_utf8_lossy(text)),
                _ => {}
            }
        }
        Ok(())
    }
}

impl<'b> Tag<'b> {
    /// Attributes by local name, values as written.
    pub(crate) fn attributes(&self) -> Attributes<'b> {
        Attributes {
            rest: self.attributes,
        }
    }

    /// The value of one attribute as written: for names and numbers that hold no entity.
    pub(crate) fn raw(&self, name: &[u8]) -> Option<&'b [u8]> {
        self.attributes()
            .find(|(own, _)| *own == name)
            .map(|(_, value)| value)
    }

    /// The value of one attribute, its entities resolved.
    pub(crate) fn attribute(&self, name: &[u8]) -> Option<String> {
        self.raw(name).map(|value| {
            let mut out = String::new();
            push_text(&mut out, value);
            out
        })
    }

    pub(crate) fn number<N: std::str::FromStr>(&self, name: &[u8]) -> Option<N> {
        std::str::from_utf8(self.raw(name)?).ok()?.trim().parse().ok()
    }

    pub(crate) fn is_true(&self, name: &[u8]) -> bool {
        matches!(self.raw(name), Some(b"1" | b"true" | b"on"))
    }
}

/// Name and value of each attribute of a tag. What is no attribute is passed over.
pub(crate) struct Attributes<'b> {
    rest: &'b [u8],
}

impl<'b> Iterator for Attributes<'b> {
    type Item = (&'b [u8], &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let equals = memchr(b'=', self.rest)?;
        let name = self.rest[..equals].trim_ascii();
        let name = name.rsplit(u8::is_ascii_whitespace).next().unwrap_or(name);
        let value = self.rest[equals + 1..].trim_ascii_start();
        let quote = *value.first()?;
        if quote != b'"' && quote != b'\'' {
            self.rest = value;
            return Some((local(name), b""));
        }
        let value = &value[1..];
        let end = memchr(quote, value)?;
        self.rest = &value[end + 1..];
        Some((local(name), &value[..end]))
    }
}

/// A part in UTF-8, whatever it says to be written in.
pub(crate) fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let recode = |encoding: &'static Encoding, bytes| {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        Cow::Owned(text.into_owned().into_bytes())
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return match &bytes[mark..] {
            rest if encoding == encoding_rs::UTF_8 => Cow::Borrowed(rest),
            rest => recode(encoding, rest),
        };
    }
    let head = &bytes[..bytes.len().min(200)];
    if head.starts_with(b"<\0") {
        return recode(encoding_rs::UTF_16LE, bytes);
    }
    if head.starts_with(b"\0<") {
        return recode(encoding_rs::UTF_16BE, bytes);
    }
    let declared = head.starts_with(b"<?xml").then(|| {
        let end = memchr(b'>', head)?;
        let at = memchr::memmem::find(&head[..end], b"encoding=")? + 9;
        // Nothing may follow the sign: `encoding=>`.
        let (quote, name) = head[at..end].split_first()?;
        Encoding::for_label(&name[..memchr(*quote, name)?])
    });
    match declared.flatten() {
        Some(encoding) if encoding != encoding_rs::UTF_8 && !encoding.name().starts_with("UTF-16") => {
            recode(encoding, bytes)
        }
        _ => Cow::Borrowed(bytes),
    }
}

/// Adds a text as written to `out`: entities resolved, line ends as XML sees them. Entities that XML
/// does not have stay as written.
pub(crate) fn push_text(out: &mut String, raw: &[u8]) {
    let text = String::from_utf8_lossy(raw);
    let mut rest = text.as_ref();
    while let Some(at) = memchr2(b'&', b'\r', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let from = &rest[at..];
        if let Some(after) = from.strip_prefix('\r') {
            out.push('\n');
            rest = after.strip_prefix('\n').unwrap_or(after);
            continue;
        }
        // No entity that we know is longer: a lonely `&` must not cost the rest of a long text.
        let end = from.bytes().take(12).position(|b| b == b';');
        match end.and_then(|end| Some((entity(&from[1..end])?, end))) {
            Some((character, end)) => {
                out.push(character);
                rest = &from[end + 1..];
            }
            None => {
                out.push('&');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
}

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => number.parse(),
        };
        return char::from_u32(code.ok()?);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// `x:c` → `c`.
fn local(name: &[u8]) -> &[u8] {
    match memchr(b':', name) {
        Some(colon) => &name[colon + 1..],
        None => name,
    }
}

/// Where the `>` of a tag stands; one inside a quoted value is none.
fn tag_end(rest: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr3(b'>', b'"', b'\'', rest.get(at..)?)?;
        match rest[at] {
            b'>' => return Some(at),
            quote => at += memchr(quote, rest.get(at + 1..)?)? + 2,
        }
    }
}

/// What stands between `<` and `>`; none if it has no name.
fn tag(inside: &[u8]) -> Option<Tag<'_>> {
    let (inside, empty) = match inside.strip_suffix(b"/") {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let end = inside
        .iter()
        .position(u8::is_ascii_whitespace)
        .unwrap_or(inside.len());
    let name = &inside[..end];
    let sound = name
        .first()
        .is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_' || *b >= 0x80)
        && memchr(b'<', name).is_none();
    sound.then(|| Tag {
        name: local(name),
        attributes: &inside[end..],
        empty,
    })
}

/// Length of `<!DOCTYPE … [ … ]>`.
fn declaration(rest: &[u8]) -> Option<usize> {
    let mut depth = 0u32;
    for (at, byte) in rest.iter().enumerate() {
        match byte {
            b'[' | b'<' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests;
