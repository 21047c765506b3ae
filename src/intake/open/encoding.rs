//! Bytes of a text file → text: UTF-8, UTF-16, or the old Vietnamese code page of Windows.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};
use unicode_normalization::UnicodeNormalization;

use crate::text::legacy::{Evidence, Font};

/// The text, and the name of the encoding if it had to be guessed.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return (text, None);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return (text, Some(encoding.name()));
    }
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return (text, None);
    }
    let (western, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    // Which old encoding it is, the letters tell. Those of fonts are mended cell by cell afterwards.
    let mut evidence = Evidence::default();
    for line in western.lines().filter(|line| !line.is_ascii()).take(500) {
        for field in line.split(['\t', ';', ',', '|']) {
            evidence.add(field, Font::Any);
        }
    }
    if evidence.speaks_for_a_font() {
        return (western, Some("windows-1252"));
    }
    // The code page writes most tones as separate marks; composed, they match what others wrote.
    let (text, _) = WINDOWS_1258.decode_without_bom_handling(bytes);
    (Cow::Owned(text.nfc().collect()), Some("windows-1258"))
}

/// A web page says how it is written, and is often right.
pub(super) fn decode_page(bytes: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let declared = head.split("charset=").skip(1).find_map(|after| {
        let name = after.trim_start_matches(['"', '\'']);
        let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
        Encoding::for_label(&name.as_bytes()[..end])
    });
    let plain =
        Encoding::for_bom(bytes).is_some() || looks_like_utf16(bytes) || std::str::from_utf8(bytes).is_ok();
    match declared {
        // What is sound UTF-8 with letters beyond ASCII is nothing else, whatever it says.
        Some(encoding) if !plain || (bytes.is_ascii() && encoding == WINDOWS_1252) => {
            let (text, _) = encoding.decode_without_bom_handling(bytes);
            (text, None)
        }
        _ => decode(bytes),
    }
}

pub(super) fn looks_like_utf16(head: &[u8]) -> bool {
    head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || utf16_without_mark(head).is_some()
}

/// Latin letters, digits and separators have a zero in the one half of each pair; binary data rarely
/// has zeros on one side only.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |side: usize| head.chunks_exact(2).filter(|p| p[side] == 0).count();
    let plain = |side: usize| {
        head.chunks_exact(2)
            .all(|p| p[1 - side] == 0 || p[side] != 0 || matches!(p[side], b'\t' | b'\n' | b'\r' | 32..))
    };
    let (first, second) = (zeros(0), zeros(1));
    if first == 0 && second * 2 > pairs && plain(0) {
        Some(UTF_16LE)
    } else if second == 0 && first * 2 > pairs && plain(1) {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "Xã,Nữ\r\nBình An,12\r\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let with_mark: Vec<u8> = [0xFF, 0xFE].into_iter().chain(utf16.clone()).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(text.as_bytes()), (text.into(), None));
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()), (text.into(), None));
        assert_eq!(decode(&with_mark), (text.into(), None));
        assert_eq!(decode(&utf16), (text.into(), Some("UTF-16LE")));
        assert_eq!(decode(&big), (text.into(), Some("UTF-16BE")));
    }

    #[test]
    fn bytes_of_old_fonts_are_left_to_their_cells() {
        let tcvn3 = b"X\xB7;N\xF7 d\xA9n t\xE9c\nX\xB7 B\xD7nh Ph\xAD\xEDc;1\n";
        assert_eq!(decode(tcvn3).1, Some("windows-1252"));
        let vni = b"Xa\xF5;N\xF6\xF5 da\xE2n to\xE4c\n";
        assert_eq!(decode(vni).1, Some("windows-1252"));
    }

    #[test]
    fn the_old_code_page_comes_out_composed() {
        // "Nữ, Việt": ư is one byte there, its tone another.
        let bytes = b"N\xFD\xDE, Vi\xEA\xF2t, Ti\xEA\xECng";
        assert_eq!(decode(bytes), ("Nữ, Việt, Tiếng".into(), Some("windows-1258")));
    }
}
