//! Vietnamese text made comparable.
//!
//! Two keys: [`key`] keeps the marks (Tày is not Tây); [`folded`] drops them. Both compose (NFC),
//! lower the case, unify hyphens, apostrophes and blanks, and put the tone mark where the new
//! spelling does (Hoà = Hòa). Holds: both are idempotent.

pub mod legacy;

use unicode_normalization::UnicodeNormalization;

/// Composed, lower case, one blank between words, marks kept; tone marks in their modern place.
pub fn key(text: &str) -> String {
    let composed: String = if text.chars().all(is_composed) {
        text.chars().flat_map(char::to_lowercase).collect()
    } else {
        text.nfc().flat_map(char::to_lowercase).nfc().collect()
    };
    let mut out = String::with_capacity(composed.len());
    let mut blank = false;
    for c in composed.chars() {
        let c = match c {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{00AD}' => '-',
            '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{0060}' | '\u{00B4}' => '\'',
            '\u{201C}' | '\u{201D}' => '"',
            '\u{200B}'..='\u{200D}' | '\u{FEFF}' => continue,
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        };
        if c == ' ' {
            blank = !out.is_empty();
        } else {
            if blank {
                out.push(' ');
                blank = false;
            }
            out.push(c);
        }
    }
    modern_tone_place(&out)
}

/// Composed (NFC), nothing else changed: for texts that are shown.
pub fn composed(text: &str) -> String {
    text.nfc().collect()
}

/// Composed and in one line, one blank between words: a label as a message quotes it.
pub fn one_line(text: &str) -> String {
    composed(&text.split_whitespace().collect::<Vec<&str>>().join(" "))
}

/// Whether any letter has a mark or is one of Vietnamese's own (đ, ơ, ư).
pub fn has_marks(text: &str) -> bool {
    let is_mark = |c: char| c.is_alphabetic() || unicode_normalization::char::is_combining_mark(c);
    text.chars().any(|c| !c.is_ascii() && is_mark(c))
}

/// [`key`] without any mark: `Nữ dân tộc` → `nu dan toc`; `đ` → `d`.
pub fn folded(text: &str) -> String {
    let key = key(text);
    if let Some(plain) = key.chars().map(plain_letter).collect() {
        return plain;
    }
    key.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Letters that composition leaves as they are and that stay so in lower case; nearly all that
/// Vietnamese sheets hold. Nothing but speed hangs on it: matching asks for keys all the time.
fn is_composed(c: char) -> bool {
    c < '\u{130}'
        || matches!(
            c,
            '\u{168}' | '\u{169}' | '\u{1A0}' | '\u{1A1}' | '\u{1AF}' | '\u{1B0}' | '\u{1EA0}'..='\u{1EF9}'
        )
}

/// The letter under the marks of a lower-case Vietnamese letter; none: look it up the long way.
fn plain_letter(c: char) -> Option<char> {
    Some(match c {
        c if c.is_ascii() => c,
        'à' | 'á' | 'â' | 'ã' | 'ă' | 'ạ'..='ặ' => 'a',
        'è' | 'é' | 'ê' | 'ẹ'..='ệ' => 'e',
        'ì' | 'í' | 'ĩ' | 'ỉ'..='ị' => 'i',
        'ò' | 'ó' | 'ô' | 'õ' | 'ơ' | 'ọ'..='ợ' => 'o',
        'ù' | 'ú' | 'ũ' | 'ư' | 'ụ'..='ự' => 'u',
        'ý' | 'ỳ'..='ỹ' => 'y',
        'đ' => 'd',
        _ => return None,
    })
}

/// Old spelling puts the tone of oa, oe, uy on the first vowel or the second; the modern one is
/// chosen: `hoà → hòa`, `thuỷ → thủy`, but `hoàn` stays.
fn modern_tone_place(text: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    if !text.contains(['o', 'u']) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let ends_syllable = chars.get(i + 2).is_none_or(|c| !c.is_alphabetic());
        let after_q = i > 0 && chars[i - 1] == 'q';
        let vowel = matches!(chars[i], 'o' | 'u');
        let pair = PAIRS.iter().filter(|_| vowel).find(|(old, _)| {
            let mut o = old.chars();
            o.next() == Some(chars[i]) && o.next() == chars.get(i + 1).copied()
        });
        match pair {
            Some((_, new)) if ends_syllable && !after_q => {
                out.push_str(new);
                i += 2;
            }
            _ => {
                out.push(chars[i]);
                i += 1;
            }
        }
    }
    out
}

/// The closest of `candidates`, if close enough to be a slip of the keyboard.
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted: Vec<char> = folded(word).chars().collect();
    let limit = (wanted.len() / 3).max(1);
    candidates
        .into_iter()
        // Most of a large vocabulary is told apart by length, which is far cheaper than folding it.
        .filter(|c| length(c).abs_diff(wanted.len()) <= limit)
        .filter_map(|c| {
            let candidate: Vec<char> = folded(c).chars().collect();
            Some((distance(&wanted, &candidate, limit)?, c))
        })
        .min()
        .map(|(_, c)| c)
}

/// Whether one slip of the keyboard makes one of the other: a letter more, less, another, or two that changed places.
pub fn is_one_slip(one: &str, other: &str) -> bool {
    let letters = |text: &str| text.chars().collect::<Vec<char>>();
    one != other && distance(&letters(one), &letters(other), 1).is_some()
}

/// Letters without combining marks: what [`folded`] leaves, but for blanks in excess.
fn length(text: &str) -> usize {
    text.chars()
        .filter(|c| !('\u{300}'..='\u{36F}').contains(c))
        .count()
}

/// Insertions, deletions, replacements and swaps of neighbours between two words; none above `limit`.
fn distance(a: &[char], b: &[char], limit: usize) -> Option<usize> {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            let mut best = (row[j] + usize::from(x != y))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                best = best.min(before[j - 1] + 1);
            }
            next[j + 1] = best;
        }
        // A swap reaches back one row: two rows beyond the limit are the end of hope.
        let least = |r: &[usize]| r.iter().min().copied().unwrap_or(0);
        if least(&next) > limit && least(&row) > limit {
            return None;
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        for (a, b) in [
            ("Hoà Bình", "Hòa  Bình"),
            ("Thuỷ\n", "thủy"),
            ("H’Mông", "H'mông"),
            ("Nư\u{303}", "Nữ"),
            ("Bru–Vân Kiều", "Bru-Vân Kiều"),
        ] {
            assert_eq!(key(a), key(b));
        }
        assert_eq!(key("Hoàn"), "hoàn");
        assert_eq!(key("Quý"), "quý");
        assert_ne!(key("Tày"), key("Tây"));
        assert_eq!(folded("Đường Nữ Dân Tộc"), "duong nu dan toc");
    }

    #[test]
    fn the_short_way_gives_what_the_long_way_gives() {
        for c in (0..0x2000).filter_map(char::from_u32) {
            let long: String = c.to_string().nfc().flat_map(char::to_lowercase).nfc().collect();
            if is_composed(c) {
                let short: String = c.to_lowercase().collect();
                assert_eq!(short, long, "{c:?}");
            }
            for c in long.chars() {
                let bare: String = c
                    .to_string()
                    .nfd()
                    .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
                    .map(|c| if c == 'đ' { 'd' } else { c })
                    .collect();
                if let Some(plain) = plain_letter(c) {
                    assert_eq!(plain.to_string(), bare, "{c:?}");
                }
            }
        }
        // All Vietnamese letters take the short way.
        for c in "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ".chars()
        {
            assert!(is_composed(c) && plain_letter(c).is_some(), "{c}");
        }
    }

    #[test]
    fn a_slip_is_suggested_and_a_stranger_is_not() {
        assert_eq!(
            did_you_mean("numerater", ["numerator", "denominator"]),
            Some("numerator")
        );
        assert_eq!(did_you_mean("xyz", ["numerator"]), None);
        assert_eq!(
            did_you_mean("tỉnh Nịnh Thuân", ["tỉnh Ninh Thuận"]),
            Some("tỉnh Ninh Thuận")
        );
        assert_eq!(did_you_mean("", ["a", "abc"]), Some("a"));
        let near = |a: &str, b: &str, limit| {
            let chars = |t: &str| t.chars().collect::<Vec<_>>();
            distance(&chars(a), &chars(b), limit)
        };
        assert_eq!(near("form", "from", 1), Some(1));
        assert_eq!(near("kitten", "sitting", 3), Some(3));
        assert_eq!(near("kitten", "sitting", 2), None);
        assert_eq!(near("", "ab", 2), Some(2));
    }
}
