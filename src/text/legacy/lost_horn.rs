//! TCVN3 that lost its `ư`: the byte of that letter is a soft hyphen in Western letters, and programs
//! that copy text drop it. `phêng` was `ph­êng`: phường.

use super::syllable::{Standing, standing};

/// The text with `ư` put back, in words that cannot be without it; none if nothing was put back or
/// a word stays impossible. `decoded` is the text read as TCVN3.
pub(super) fn put_back(decoded: &str, eager: bool) -> Option<String> {
    let mut out = String::with_capacity(decoded.len() + 8);
    let mut changed = false;
    let mut rest = decoded;
    while let Some(start) = rest.find(char::is_alphabetic) {
        out.push_str(&rest[..start]);
        let from = &rest[start..];
        let end = from.find(|c: char| !c.is_alphabetic()).unwrap_or(from.len());
        let word = &from[..end];
        match mended(word, eager) {
            Some(whole) => {
                out.push_str(&whole);
                changed = true;
            }
            None if word.is_ascii() || standing(word) > Standing::Impossible => out.push_str(word),
            None => return None,
        }
        rest = &from[end..];
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// The one way in which `ư` makes a word of this; none if it is one already, or there are several.
/// When `eager` (the file is known to have lost the letter), a common word with it beats an uncommon
/// one without, and a consonant alone is no word.
fn mended(word: &str, eager: bool) -> Option<String> {
    let bare =
        word.is_ascii() && !word.contains(['a', 'e', 'i', 'o', 'u', 'y', 'A', 'E', 'I', 'O', 'U', 'Y']);
    let own = standing(word);
    if bare && !(eager && word.chars().skip(1).all(|c| c.is_ascii_lowercase())) {
        return None;
    }
    if !bare && (word.is_ascii() || own == Standing::Common || (own == Standing::Possible && !eager)) {
        return None;
    }
    let mut best: Option<(Standing, String)> = None;
    let mut several = false;
    let places = word.char_indices().map(|(at, _)| at).skip(1).chain([word.len()]);
    for at in places {
        let whole = format!("{}ư{}", &word[..at], &word[at..]);
        let standing = standing(&whole);
        if standing <= own || standing == Standing::Impossible || (bare && standing < Standing::Common) {
            continue;
        }
        match best.as_ref().map(|(other, _)| standing.cmp(other)) {
            None | Some(std::cmp::Ordering::Greater) => {
                best = Some((standing, whole));
                several = false;
            }
            Some(std::cmp::Ordering::Equal) => several = true,
            Some(std::cmp::Ordering::Less) => {}
        }
    }
    best.filter(|_| !several).map(|(_, whole)| whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_needs_the_letter_gets_it_back() {
        for (decoded, expected) in [
            ("Phờng Bình", Some("Phường Bình")),
            ("trờng học", Some("trường học")),
            ("số lợng nớc", Some("số lượng nước")),
            ("người", None),
            ("hộ gia đình", None),
            ("Phờng Mộxng", None),
        ] {
            assert_eq!(put_back(decoded, false).as_deref(), expected, "{decoded}");
        }
        assert_eq!(
            put_back("ngời dới Hng dân c", true).as_deref(),
            Some("người dưới Hưng dân cư")
        );
    }
}
