//! Ages in words: "dưới 16 tuổi", "từ 16 đến 59", "15 - 19", "từ đủ 60 tuổi trở lên", "85+".
//!
//! Holds: completed years, both ends included; "dưới 16" is 0 to 15, "đến dưới 18" ends at 17.

/// Completed years, from and to (none: open above).
pub type Band = (u8, Option<u8>);

/// The band that folded words name, if they name one and nothing else.
pub fn band(words: &[String]) -> Option<Band> {
    let words: Vec<&str> = words
        .iter()
        .map(String::as_str)
        .filter(|w| {
            !matches!(
                *w,
                "tuoi" | "tu" | "du" | "do" | "nhom" | "age" | "aged" | "years" | "nguoi" | "tron"
            )
        })
        .collect();
    match words.as_slice() {
        ["duoi" | "<" | "under", n] => Some((0, Some(age(n)?.checked_sub(1)?))),
        ["<", "=", n] | ["≤", n] => Some((0, Some(age(n)?))),
        ["tren" | ">" | "over", n] => Some((age(n)?.checked_add(1)?, None)),
        ["≥", n] | [n, "+"] | [n, "tro", "len"] | [n, "and", "over"] => Some((age(n)?, None)),
        [a, "-" | "den" | "toi" | "to", b] => ordered(age(a)?, age(b)?),
        [a, "den" | "-", "duoi", b] => ordered(age(a)?, age(b)?.checked_sub(1)?),
        _ => None,
    }
}

/// The band of words that can only be ages: "20 tuổi trở lên", "25+"; two numbers alone may be anything.
pub fn in_words(words: &[String]) -> Option<Band> {
    let says_age = words
        .iter()
        .any(|w| matches!(w.as_str(), "tuoi" | "age" | "aged" | "years" | "+"));
    band(words).filter(|_| says_age)
}

fn ordered(from: u8, to: u8) -> Option<Band> {
    (from <= to).then_some((from, Some(to)))
}

fn age(word: &str) -> Option<u8> {
    word.parse().ok().filter(|n| *n <= 120)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::label::words;
    use crate::text::folded;

    #[test]
    fn bands_are_completed_years() {
        for (text, expected) in [
            ("Dưới 16 tuổi", Some((0, Some(15)))),
            ("từ 16 - 59 tuổi", Some((16, Some(59)))),
            ("Từ đủ 60 tuổi trở lên", Some((60, None))),
            ("15 đến 19", Some((15, Some(19)))),
            ("từ đủ 16 đến dưới 18 tuổi", Some((16, Some(17)))),
            ("05 - 09", Some((5, Some(9)))),
            ("85+", Some((85, None))),
            ("> 30 tuổi", Some((31, None))),
            ("59 - 16", None),
            ("6 tháng", None),
            ("16", None),
        ] {
            assert_eq!(band(&words(&folded(text))), expected, "{text}");
        }
    }
}
