//! The old encodings, as they look when their bytes are shown in Western letters (windows-1252).
//!
//! Law: TCVN 5712:1993 in its third form (ABC); the layout of the VNI fonts for Windows; code page 1258.

use encoding_rs::{WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use super::Encoding;

/// TCVN3: one byte for a letter with all its marks. Capitals with a tone have no byte of their own.
pub(super) const TCVN3: [(char, char); 74] = [
    ('\u{A1}', 'Ă'),
    ('\u{A2}', 'Â'),
    ('\u{A3}', 'Ê'),
    ('\u{A4}', 'Ô'),
    ('\u{A5}', 'Ơ'),
    ('\u{A6}', 'Ư'),
    ('\u{A7}', 'Đ'),
    ('\u{A8}', 'ă'),
    ('\u{A9}', 'â'),
    ('\u{AA}', 'ê'),
    ('\u{AB}', 'ô'),
    ('\u{AC}', 'ơ'),
    ('\u{AD}', 'ư'),
    ('\u{AE}', 'đ'),
    ('\u{B5}', 'à'),
    ('\u{B6}', 'ả'),
    ('\u{B7}', 'ã'),
    ('\u{B8}', 'á'),
    ('\u{B9}', 'ạ'),
    ('\u{BB}', 'ằ'),
    ('\u{BC}', 'ẳ'),
    ('\u{BD}', 'ẵ'),
    ('\u{BE}', 'ắ'),
    ('\u{C6}', 'ặ'),
    ('\u{C7}', 'ầ'),
    ('\u{C8}', 'ẩ'),
    ('\u{C9}', 'ẫ'),
    ('\u{CA}', 'ấ'),
    ('\u{CB}', 'ậ'),
    ('\u{CC}', 'è'),
    ('\u{CE}', 'ẻ'),
    ('\u{CF}', 'ẽ'),
    ('\u{D0}', 'é'),
    ('\u{D1}', 'ẹ'),
    ('\u{D2}', 'ề'),
    ('\u{D3}', 'ể'),
    ('\u{D4}', 'ễ'),
    ('\u{D5}', 'ế'),
    ('\u{D6}', 'ệ'),
    ('\u{D7}', 'ì'),
    ('\u{D8}', 'ỉ'),
    ('\u{DC}', 'ĩ'),
    ('\u{DD}', 'í'),
    ('\u{DE}', 'ị'),
    ('\u{DF}', 'ò'),
    ('\u{E1}', 'ỏ'),
    ('\u{E2}', 'õ'),
    ('\u{E3}', 'ó'),
    ('\u{E4}', 'ọ'),
    ('\u{E5}', 'ồ'),
    ('\u{E6}', 'ổ'),
    ('\u{E7}', 'ỗ'),
    ('\u{E8}', 'ố'),
    ('\u{E9}', 'ộ'),
    ('\u{EA}', 'ờ'),
    ('\u{EB}', 'ở'),
    ('\u{EC}', 'ỡ'),
    ('\u{ED}', 'ớ'),
    ('\u{EE}', 'ợ'),
    ('\u{EF}', 'ù'),
    ('\u{F1}', 'ủ'),
    ('\u{F2}', 'ũ'),
    ('\u{F3}', 'ú'),
    ('\u{F4}', 'ụ'),
    ('\u{F5}', 'ừ'),
    ('\u{F6}', 'ử'),
    ('\u{F7}', 'ữ'),
    ('\u{F8}', 'ứ'),
    ('\u{F9}', 'ự'),
    ('\u{FA}', 'ỳ'),
    ('\u{FB}', 'ỷ'),
    ('\u{FC}', 'ỹ'),
    ('\u{FD}', 'ý'),
    ('\u{FE}', 'ỵ'),
];

/// Marks of the five tones, each with the whole letter that it makes.
type Tones = [(char, char); 5];

/// VNI: a mark is a sign of its own after its letter. Letters that take marks, in the order of
/// [`VNI_MARKS`]: toneless shape and tones of a row.
const VNI_MARKS: [(char, char, Tones); 9] = [
    (
        'a',
        'a',
        [('ø', 'à'), ('ù', 'á'), ('û', 'ả'), ('õ', 'ã'), ('ï', 'ạ')],
    ),
    (
        'a',
        'ê',
        [('è', 'ằ'), ('é', 'ắ'), ('ú', 'ẳ'), ('ü', 'ẵ'), ('ë', 'ặ')],
    ),
    (
        'a',
        'â',
        [('à', 'ầ'), ('á', 'ấ'), ('å', 'ẩ'), ('ã', 'ẫ'), ('ä', 'ậ')],
    ),
    (
        'e',
        'e',
        [('ø', 'è'), ('ù', 'é'), ('û', 'ẻ'), ('õ', 'ẽ'), ('ï', 'ẹ')],
    ),
    (
        'e',
        'â',
        [('à', 'ề'), ('á', 'ế'), ('å', 'ể'), ('ã', 'ễ'), ('ä', 'ệ')],
    ),
    (
        'o',
        'o',
        [('ø', 'ò'), ('ù', 'ó'), ('û', 'ỏ'), ('õ', 'õ'), ('ï', 'ọ')],
    ),
    (
        'o',
        'â',
        [('à', 'ồ'), ('á', 'ố'), ('å', 'ổ'), ('ã', 'ỗ'), ('ä', 'ộ')],
    ),
    (
        'u',
        'u',
        [('ø', 'ù'), ('ù', 'ú'), ('û', 'ủ'), ('õ', 'ũ'), ('ï', 'ụ')],
    ),
    (
        'y',
        'y',
        [('ø', 'ỳ'), ('ù', 'ý'), ('û', 'ỷ'), ('õ', 'ỹ'), ('ï', 'ỵ')],
    ),
];

/// Letters of VNI that stand alone, and ơ, ư with the tones that follow them.
const VNI_ALONE: [(char, char); 9] = [
    ('ñ', 'đ'),
    ('ì', 'ì'),
    ('í', 'í'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
];
const VNI_HORNS: [(char, Tones); 2] = [
    ('ô', [('ø', 'ờ'), ('ù', 'ớ'), ('û', 'ở'), ('õ', 'ỡ'), ('ï', 'ợ')]),
    ('ö', [('ø', 'ừ'), ('ù', 'ứ'), ('û', 'ử'), ('õ', 'ữ'), ('ï', 'ự')]),
];

/// Letters that look like Vietnamese ones and are others: from PDF files, other keyboards, other
/// alphabets.
pub(super) const LOOK_ALIKES: [(char, char); 32] = [
    ('\u{D0}', 'Đ'),
    ('\u{F0}', 'đ'),
    ('\u{189}', 'Đ'),
    ('\u{1A2}', 'Ư'),
    ('\u{1A3}', 'ư'),
    ('\u{1CD}', 'Ă'),
    ('\u{1CE}', 'ă'),
    ('\u{256}', 'đ'),
    ('\u{430}', 'a'),
    ('\u{435}', 'e'),
    ('\u{43E}', 'o'),
    ('\u{440}', 'p'),
    ('\u{441}', 'c'),
    ('\u{443}', 'y'),
    ('\u{445}', 'x'),
    ('\u{456}', 'i'),
    ('\u{410}', 'A'),
    ('\u{412}', 'B'),
    ('\u{415}', 'E'),
    ('\u{41A}', 'K'),
    ('\u{41C}', 'M'),
    ('\u{41D}', 'H'),
    ('\u{41E}', 'O'),
    ('\u{420}', 'P'),
    ('\u{421}', 'C'),
    ('\u{422}', 'T'),
    ('\u{425}', 'X'),
    ('\u{406}', 'I'),
    ('\u{3BF}', 'o'),
    ('\u{391}', 'A'),
    ('\u{39D}', 'N'),
    ('\u{39F}', 'O'),
];

pub(super) fn look_alike(c: char) -> Option<char> {
    if c.is_ascii() {
        return None;
    }
    LOOK_ALIKES
        .iter()
        .find(|(other, _)| *other == c)
        .map(|(_, own)| *own)
}

/// What the text says if its letters are of this encoding; none if they cannot be.
pub fn decode(text: &str, encoding: Encoding) -> Option<String> {
    match encoding {
        Encoding::Tcvn3 => Some(text.chars().map(|c| from_tcvn3(c).unwrap_or(c)).collect()),
        Encoding::Tcvn3Capitals => decode(text, Encoding::Tcvn3).map(|text| text.to_uppercase()),
        Encoding::Vni => Some(from_vni(text)),
        Encoding::Windows1258 => {
            let bytes = western_bytes(text)?;
            let (text, _) = WINDOWS_1258.decode_without_bom_handling(&bytes);
            Some(text.nfc().collect())
        }
        Encoding::Utf8 => from_utf8_bytes(text),
        Encoding::LookAlikes => Some(text.chars().map(|c| look_alike(c).unwrap_or(c)).collect()),
    }
}

fn from_tcvn3(c: char) -> Option<char> {
    let at = TCVN3.binary_search_by_key(&c, |(old, _)| *old).ok()?;
    Some(TCVN3[at].1)
}

fn from_vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let small = lower(letter);
        let mark = letters.peek().map(|c| lower(*c));
        match mark.and_then(|mark| vni_pair(small, mark)) {
            Some(whole) => {
                letters.next();
                push_like(&mut out, whole, letter);
            }
            None => {
                let alone = VNI_ALONE.iter().find(|(old, _)| *old == small);
                push_like(&mut out, alone.map_or(small, |(_, own)| *own), letter);
            }
        }
    }
    out
}

/// A letter and the mark after it as one letter.
fn vni_pair(letter: char, mark: char) -> Option<char> {
    if let Some((_, tones)) = VNI_HORNS.iter().find(|(horn, _)| *horn == letter) {
        return tones.iter().find(|(m, _)| *m == mark).map(|(_, whole)| *whole);
    }
    let toned = VNI_MARKS.iter().filter(|(base, ..)| *base == letter);
    let mut shapes = toned.filter_map(|(base, shape, tones)| {
        if *shape == mark && shape != base {
            return Some(match (base, shape) {
                ('a', 'ê') => 'ă',
                ('a', _) => 'â',
                ('e', _) => 'ê',
                _ => 'ô',
            });
        }
        tones.iter().find(|(m, _)| *m == mark).map(|(_, whole)| *whole)
    });
    shapes.next()
}

fn lower(c: char) -> char {
    let mut small = c.to_lowercase();
    match (small.next(), small.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Adds `small`, as a capital if `model` is one.
fn push_like(out: &mut String, small: char, model: char) {
    if model.is_uppercase() {
        out.extend(small.to_uppercase());
    } else if lower(model) == small {
        out.push(model);
    } else {
        out.push(small);
    }
}

/// The bytes of which a Western program made this text; none if it made it of something else.
fn western_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        match u8::try_from(u32::from(c)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let mut one = [0; 4];
                let (encoded, _, unmappable) = WINDOWS_1252.encode(c.encode_utf8(&mut one));
                match (&*encoded, unmappable) {
                    ([byte], false) => bytes.push(*byte),
                    _ => return None,
                }
            }
        }
    }
    Some(bytes)
}

/// UTF-8 that was read as Western letters, perhaps twice. A no-break space that became a plain one on
/// the way is put back where only it can have stood.
fn from_utf8_bytes(text: &str) -> Option<String> {
    let mut bytes = western_bytes(text)?;
    for at in 1..bytes.len() {
        let lead = bytes[at - 1];
        if bytes[at] == b' '
            && (lead == 0xC3 || (at > 1 && (0xE1..=0xEF).contains(&bytes[at - 2])))
            && lead >= 0x80
        {
            bytes[at] = 0xA0;
        }
    }
    let once = String::from_utf8(bytes).ok().filter(|once| once != text)?;
    let again = super::is_western(&once).then(|| from_utf8_bytes(&once)).flatten();
    Some(again.unwrap_or(once))
}

#[cfg(test)]
pub(super) mod encode {
    //! The other way round, for tests: what an old program would have written.

    use super::*;

    /// In `.VnTime`; capitals with a tone are written as small letters, as people did.
    pub(in super::super) fn tcvn3(text: &str) -> String {
        let find = |c: char| TCVN3.iter().find(|(_, own)| *own == c).map(|(old, _)| *old);
        text.chars()
            .map(|c| find(c).or_else(|| find(lower(c))).unwrap_or(c))
            .collect()
    }

    pub(in super::super) fn vni(text: &str) -> String {
        let mut out = String::new();
        for c in text.chars() {
            let small = lower(c);
            let mut written: Vec<char> = vec![small];
            for (base, shape, tones) in VNI_MARKS {
                if shape != base && vni_pair(base, shape) == Some(small) {
                    written = vec![base, shape];
                }
                if let Some((mark, _)) = tones.iter().find(|(_, whole)| *whole == small) {
                    written = vec![base, *mark];
                }
            }
            for (horn, tones) in VNI_HORNS {
                if let Some((mark, _)) = tones.iter().find(|(_, whole)| *whole == small) {
                    written = vec![horn, *mark];
                }
            }
            if let Some((old, _)) = VNI_ALONE.iter().find(|(_, own)| *own == small) {
                written = vec![*old];
            }
            if c.is_uppercase() {
                out.extend(written.iter().flat_map(|c| c.to_uppercase()));
            } else {
                out.extend(written);
            }
        }
        out
    }

    pub(in super::super) fn windows1258(text: &str) -> String {
        // The tones are marks of their own there, except where a Western letter has both.
        let mut out = Vec::new();
        for c in text.chars() {
            let letter = c.to_string();
            let whole = WINDOWS_1258.encode(&letter);
            if !whole.2 {
                out.extend_from_slice(&whole.0);
                continue;
            }
            let parts: Vec<char> = c.to_string().nfd().collect();
            let (tone, shape): (Vec<char>, Vec<char>) = parts
                .into_iter()
                .partition(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
            let letter: String = shape.into_iter().collect::<String>().nfc().collect();
            out.extend_from_slice(&WINDOWS_1258.encode(&letter).0);
            out.extend_from_slice(&WINDOWS_1258.encode(&tone.into_iter().collect::<String>()).0);
        }
        WINDOWS_1252.decode_without_bom_handling(&out).0.into_owned()
    }

    pub(in super::super) fn utf8(text: &str) -> String {
        WINDOWS_1252
            .decode_without_bom_handling(text.as_bytes())
            .0
            .into_owned()
    }
}
