//! The text of a heading or row label, taken apart: its numbering, its words, its structure.
//!
//! In:  the text of a cell. Out: a [`Label`]: the marker in front ("II.", "3.1", "a)", "-"), the
//!      words that carry meaning, and whether it only announces a division ("Trong đó:").
//! Holds: words keep their marks; ages and years stay numbers; nothing is guessed here.
//! Leaves to others: what the words mean (`vocabulary`, `form`).

use crate::text;

/// A label without its outer trappings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    pub marker: Option<Marker>,
    /// As the sheet writes it, in one line: for messages.
    pub written: String,
    /// Comparable text without marker, "trong đó" and the colon at the end.
    pub bare: String,
    /// `bare` without a closing "(người)".
    pub short: String,
    /// `short` without marks.
    pub plain: String,
    /// Words and numbers of `bare`; signs only where they mean something (`<`, `+`, a dash between numbers).
    pub words: Vec<String>,
    /// It began with "Trong đó" (of which): its parts need not add up.
    pub of_which: bool,
    /// It only announces a division: "Trong đó:", "Chia theo giới tính".
    pub structure: bool,
}

/// The numbering in front of a label. Greater is deeper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Marker {
    /// `A`, `B`
    Capital,
    /// `I`, `II`
    Roman,
    /// `1`, `1.1`, `1.1.1`: number of parts.
    Number(u8),
    /// `a)`, `b.`
    Letter,
    Dash,
    Plus,
    Star,
}

/// Takes a label apart.
pub fn parse(text: &str) -> Label {
    let mut rest = text::key(text);
    let mut label = Label {
        written: text::one_line(text),
        ..Label::default()
    };
    loop {
        let (marker, length) = leading_marker(&rest, text);
        let Some(marker) = marker else { break };
        label.marker.get_or_insert(marker);
        rest = rest[length..].trim_start().to_owned();
        if rest.is_empty() {
            break;
        }
    }
    for lead in ["trong đó", "trđ", "tr.đ", "trong do", "of which"] {
        if let Some(after) = rest.strip_prefix(lead)
            && !after.starts_with(|c: char| c.is_alphanumeric())
        {
            label.of_which = true;
            rest = after.trim_start_matches([':', ',', '.', ' ']).to_owned();
            if let (Some(marker), length) = leading_marker(&rest, "") {
                label.marker.get_or_insert(marker);
                rest = rest[length..].trim_start().to_owned();
            }
            break;
        }
    }
    rest = rest
        .trim_end_matches([':', '.', ';', ',', ' ', '*'])
        .trim_start_matches([':', ' ', '*'])
        .to_owned();
    label.structure = (label.of_which && rest.is_empty()) || is_division(&rest);
    label.words = words(&rest);
    label.short = without_brackets(&rest);
    label.plain = text::folded(&label.short);
    label.bare = rest;
    label
}

/// "Chia theo …", "Chia ra", "Phân theo …", "Theo độ tuổi".
fn is_division(bare: &str) -> bool {
    let plain = text::folded(bare);
    [
        "chia theo",
        "chia ra",
        "phan theo",
        "phan ra",
        "trong tong so",
        "phan loai theo",
    ]
    .iter()
    .any(|lead| plain.starts_with(lead))
        || plain == "gom"
        || plain == "bao gom"
}

/// Comparable text of a whole label as forms declare it: marker, "trong đó" and unit in brackets gone.
pub fn bare(text: &str) -> String {
    without_brackets(&parse(text).bare)
}

/// Takes off a closing "(người)" or "(%)"; keeps a label that is nothing but brackets.
pub fn without_brackets(bare: &str) -> String {
    match bare.rfind('(') {
        Some(at) if at > 0 && bare.ends_with(')') => bare[..at].trim_end().to_owned(),
        _ => bare.to_owned(),
    }
}

/// Words, numbers (leading zeros gone) and meaningful signs of a comparable text.
pub fn words(bare: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = bare.chars().collect();
    let finish = |word: &mut String, out: &mut Vec<String>| {
        if !word.is_empty() {
            let number = word.chars().all(|c| c.is_ascii_digit());
            let trimmed = if number {
                let t = word.trim_start_matches('0');
                if t.is_empty() { "0" } else { t }
            } else {
                word.as_str()
            };
            out.push(trimmed.to_owned());
            word.clear();
        }
    };
    for (i, c) in chars.iter().copied().enumerate() {
        let digit_before = word.chars().last().is_some_and(|l| l.is_ascii_digit());
        if c.is_alphanumeric() || is_mark(c) {
            // "16tuổi" and "lớp1" are two words each.
            if !word.is_empty() && digit_before != c.is_ascii_digit() && !is_mark(c) {
                finish(&mut word, &mut out);
            }
            word.push(c);
            continue;
        }
        finish(&mut word, &mut out);
        match c {
            '<' | '>' | '≥' | '≤' | '%' => out.push(c.to_string()),
            '+' if out.last().is_some_and(|w| is_number(w)) => out.push("+".to_owned()),
            '-' => {
                let before = out.last().is_some_and(|w| is_number(w));
                let after = chars[i + 1..]
                    .iter()
                    .find(|c| !c.is_whitespace())
                    .is_some_and(char::is_ascii_digit);
                if before && after {
                    out.push("-".to_owned());
                }
            }
            _ => {}
        }
    }
    finish(&mut word, &mut out);
    out
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
}

/// The rank of a cell of an order column: "II", "3.1", "a", "-". The whole text must be a marker.
pub fn order_marker(text: &str) -> Option<Marker> {
    let trimmed = text.trim().trim_matches(['(', ')', '.', ' ']);
    if trimmed.is_empty() {
        return match text.trim() {
            "-" => Some(Marker::Dash),
            _ => None,
        };
    }
    let parts: Vec<&str> = trimmed.split(['.', ',']).collect();
    if parts.iter().all(|p| is_number(p)) && parts.len() < 8 {
        return Some(Marker::Number(parts.len() as u8));
    }
    // "I.1" and "II.2.3": deeper than plain Roman numerals.
    if parts.len() > 1 && is_roman(parts[0]) && parts[1..].iter().all(|p| is_number(p)) {
        return Some(Marker::Number((parts.len() - 1).min(9) as u8));
    }
    let mut chars = trimmed.chars();
    match (chars.next(), chars.next()) {
        _ if is_roman(trimmed) => Some(Marker::Roman),
        (Some(c), None) if c.is_uppercase() => Some(Marker::Capital),
        (Some(c), None) if c.is_lowercase() => Some(Marker::Letter),
        (Some('-' | '–'), None) => Some(Marker::Dash),
        (Some('+'), None) => Some(Marker::Plus),
        (Some('*'), None) => Some(Marker::Star),
        _ => None,
    }
}

fn is_roman(text: &str) -> bool {
    const ROMAN: [&str; 20] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI",
        "XVII", "XVIII", "XIX", "XX",
    ];
    ROMAN.contains(&text)
}

/// The marker at the start of a comparable text and its length in bytes. `raw` tells capitals apart.
fn leading_marker(rest: &str, raw: &str) -> (Option<Marker>, usize) {
    let mut chars = rest.chars();
    match chars.next() {
        Some('-') if rest.len() > 1 => return (Some(Marker::Dash), 1),
        Some('+') if rest.len() > 1 => return (Some(Marker::Plus), 1),
        Some('*' | '•' | '·') if rest.len() > 1 => {
            return (Some(Marker::Star), rest.chars().next().map_or(1, char::len_utf8));
        }
        _ => {}
    }
    let head: String = rest
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '.')
        .collect();
    let after = rest[head.len()..].chars().next();
    let closed = head.ends_with('.') || after == Some(')');
    let core = head.trim_end_matches('.');
    if core.is_empty() || core.len() > 12 {
        return (None, 0);
    }
    let length = head.len() + usize::from(after == Some(')'));
    let parts: Vec<&str> = core.split('.').collect();
    if parts.iter().all(|p| is_number(p) && p.len() <= 2) {
        // "6 tháng", "15-19 tuổi" are words; "6. Số vụ", "3.1 Giới tính" are numbered.
        let numbered = closed || (parts.len() > 1 && after == Some(' '));
        return if numbered && length < rest.len() {
            (Some(Marker::Number(parts.len() as u8)), length)
        } else {
            numbered_without_blank(rest)
        };
    }
    if !closed {
        return numbered_without_blank(rest);
    }
    let capital = raw.trim_start().chars().next().is_some_and(char::is_uppercase);
    if capital && is_roman(&core.to_uppercase()) {
        return (Some(Marker::Roman), length);
    }
    if parts.len() > 1 && is_roman(&parts[0].to_uppercase()) && parts[1..].iter().all(|p| is_number(p)) {
        return (Some(Marker::Number((parts.len() - 1) as u8)), length);
    }
    if core.len() == 1 && core.chars().all(|c| c.is_ascii_lowercase()) {
        let kind = if capital { Marker::Capital } else { Marker::Letter };
        return (Some(kind), length);
    }
    numbered_without_blank(rest)
}

/// "1.Tổng số": the dot is followed by a letter, so the head above swallowed part of the word.
fn numbered_without_blank(rest: &str) -> (Option<Marker>, usize) {
    let mut length = 0;
    let mut depth = 0;
    for part in rest.split_inclusive('.') {
        let Some(number) = part.strip_suffix('.') else {
            break;
        };
        if !is_number(number) || number.len() > 2 {
            break;
        }
        length += part.len();
        depth += 1;
    }
    let letter = rest[length..].chars().next().is_some_and(char::is_alphabetic);
    if depth > 0 && letter {
        (Some(Marker::Number(depth)), length)
    } else {
        (None, 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_and_words_are_told_apart() {
        for (text, marker, bare) in [
            ("II. BẠO LỰC GIA ĐÌNH", Some(Marker::Roman), "bạo lực gia đình"),
            ("3.1 Giới tính", Some(Marker::Number(2)), "giới tính"),
            ("1.Tổng số vụ", Some(Marker::Number(1)), "tổng số vụ"),
            ("a) Tinh thần:", Some(Marker::Letter), "tinh thần"),
            ("- Nữ", Some(Marker::Dash), "nữ"),
            ("*Trong đó:- Nữ", Some(Marker::Star), "nữ"),
            ("6 tháng đầu năm", None, "6 tháng đầu năm"),
            ("15-19 tuổi", None, "15-19 tuổi"),
            ("Trđ: Nữ", None, "nữ"),
            (
                "A. Chia theo giới tính",
                Some(Marker::Capital),
                "chia theo giới tính",
            ),
            ("3.1.1. Nam", Some(Marker::Number(3)), "nam"),
        ] {
            let label = parse(text);
            assert_eq!((label.marker, label.bare.as_str()), (marker, bare), "{text}");
        }
        assert!(parse("Trong đó:").structure);
        assert!(parse("b. Chia theo giới tính").structure);
        assert!(!parse("Trong đó: Nữ").structure);
    }

    #[test]
    fn ages_keep_their_dash() {
        assert_eq!(words("từ 16 - 59 tuổi"), ["từ", "16", "-", "59", "tuổi"]);
        assert_eq!(words("05 - 09"), ["5", "-", "9"]);
        assert_eq!(words("85+"), ["85", "+"]);
        assert_eq!(words("gia-rai"), ["gia", "rai"]);
        assert_eq!(words("< 16 tuổi (người)"), ["<", "16", "tuổi", "người"]);
    }

    #[test]
    fn order_cells_have_ranks() {
        assert_eq!(order_marker("II"), Some(Marker::Roman));
        assert_eq!(order_marker("3.1."), Some(Marker::Number(2)));
        assert_eq!(order_marker("A"), Some(Marker::Capital));
        assert_eq!(order_marker("Xã"), None);
    }
}
