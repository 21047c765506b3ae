//! Whether a word can be a Vietnamese syllable. The language has a small and closed set of beginnings
//! and endings, and an old encoding read as another hits it only by chance.
//!
//! Holds: tones on p, t, c, ch are sharp or heavy only; either place of the tone mark is taken
//!        (hoà, hòa). Names of the Central Highlands break the rules; the common ones are in the list.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::text::key;

/// How well a word stands as Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Impossible,
    Possible,
    /// In the list of what reports are made of.
    Common,
}

static COMMON: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut words: Vec<String> = include_str!("common.txt").lines().map(key).collect();
    words.sort();
    words
});

/// `word` is made of letters only.
pub(super) fn standing(word: &str) -> Standing {
    // A small letter before a capital is no way to write a word; what all encodings do with capitals.
    let mut small_seen = false;
    for c in word.chars() {
        if !c.is_alphabetic() {
            return Standing::Impossible;
        }
        if c.is_uppercase() && small_seen {
            return Standing::Impossible;
        }
        small_seen |= c.is_lowercase();
    }
    let word = key(word);
    if COMMON.binary_search(&word).is_ok() {
        Standing::Common
    } else if is_syllable(&word) || is_short_form(&word, small_seen) {
        Standing::Possible
    } else {
        Standing::Impossible
    }
}

/// `HĐND`: capitals of an abbreviation, none of them a vowel.
fn is_short_form(word: &str, small_seen: bool) -> bool {
    !small_seen
        && word.chars().count() <= 6
        && word
            .chars()
            .all(|c| c == 'đ' || (c.is_ascii_alphabetic() && !"aeiouy".contains(c)))
}

fn is_syllable(word: &str) -> bool {
    let mut plain = String::with_capacity(word.len());
    let mut tone = None;
    for c in word.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                if tone.replace(c).is_some() {
                    return false;
                }
            }
            c => plain.push(c),
        }
    }
    let plain: String = plain.nfc().collect();
    ONSETS.iter().any(|onset| {
        let Some(rime) = plain.strip_prefix(onset) else {
            return false;
        };
        let stopped = rime.ends_with(['p', 't', 'c']) || rime.ends_with("ch");
        let toned = !stopped || matches!(tone, Some('\u{301}' | '\u{323}'));
        toned && fits(onset, rime)
    })
}

/// Which rimes may follow which beginnings, as far as spelling says.
fn fits(onset: &str, rime: &str) -> bool {
    let front = rime.starts_with(['e', 'ê', 'i', 'y']);
    match onset {
        "qu" => {
            // qu + a… is written as if the u were no vowel: quân, quyên, quý.
            let with_u = format!("u{rime}");
            RIMES.binary_search(&with_u.as_str()).is_ok()
                || (!rime.starts_with(['u', 'ư', 'o']) && RIMES.binary_search(&rime).is_ok())
        }
        "c" if front => false,
        "gh" | "ngh" => front && RIMES.binary_search(&rime).is_ok(),
        "ng" if rime.starts_with(['e', 'ê', 'i']) => false,
        "g" if rime.starts_with(['e', 'ê', 'y']) => false,
        "gi" if rime.starts_with('ê') => RIMES.binary_search(&format!("i{rime}").as_str()).is_ok(),
        _ => RIMES.binary_search(&rime).is_ok(),
    }
}

/// Longest first is not needed: every one that fits is tried.
const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Endings without tone, sorted.
const RIMES: [&str; 164] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en",
    "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên",
    "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap",
    "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc",
    "oăm", "oăn", "oăng", "oăp", "oăt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya",
    "uych", "uyn", "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch",
    "uên", "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "y", "yêm", "yên", "yêng", "yêt", "yêu",
    "â", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu",
    "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ă", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ", "ơi",
    "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưm", "ưn", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn",
    "ương", "ươp", "ươt", "ươu",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_as_they_should() {
        for word in [
            "nữ", "Nguyễn", "quốc", "giếng", "gì", "nghiêng", "khuya", "hoà", "Quỳnh", "xoong", "ướt",
            "quới", "thuở",
        ] {
            assert!(standing(word) > Standing::Impossible, "{word}");
        }
        assert_eq!(standing("KĐTQ"), Standing::Possible);
        for word in [
            "nöõ", "xãx", "hót̀", "bẩt", "cê", "ngê", "quưa", "sộng", "n÷", "Tæng", "aâ", "nGữ", "Müller",
            "Café", "trờng",
        ] {
            let expected = if word == "sộng" {
                Standing::Possible
            } else {
                Standing::Impossible
            };
            assert_eq!(standing(word), expected, "{word}");
        }
    }
}
