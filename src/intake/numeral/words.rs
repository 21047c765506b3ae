//! Signs and words that stand where a number should, and the units written behind one.

use std::borrow::Cow;

use crate::intake::grid::Value;
use crate::text;

/// A text that is no number and has a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Blank,
    None,
    Unknown,
    NotApplicable,
    Ditto,
}

/// One kind of blank, dash and digit; nothing around; no apostrophe that only told Excel "text".
pub(super) fn tidied(text: &str) -> Cow<'_, str> {
    let plain = |c: char| matches!(c, '!'..='~');
    if text.chars().all(plain) && !text.starts_with('\'') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => {}
            '\u{2010}'..='\u{2015}'
            | '\u{2212}'
            | '\u{2043}'
            | '\u{FE58}'
            | '\u{FE63}'
            | '\u{FF0D}'
            | '\u{00AD}' => {
                out.push('-');
            }
            '\u{FF10}'..='\u{FF19}' => out.push(char::from(b'0' + (u32::from(c) - 0xFF10) as u8)),
            '\u{FF05}' => out.push('%'),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    let trimmed = out.trim();
    let trimmed = trimmed
        .strip_prefix(['\'', '\u{2019}'])
        .unwrap_or(trimmed)
        .trim_start();
    Cow::Owned(trimmed.to_owned())
}

/// `text` is tidied.
pub(super) fn sign(text: &str) -> Option<Sign> {
    let only = |allowed: &[char]| text.chars().all(|c| allowed.contains(&c));
    if text.is_empty() {
        return Some(Sign::Blank);
    }
    if only(&['-', ' ']) {
        return Some(Sign::None);
    }
    if only(&['.', '…', '_', ' ']) || only(&['?', ' ']) {
        return Some(Sign::Unknown);
    }
    if matches!(
        text,
        "\"" | "\u{201C}" | "\u{201D}" | "\u{3003}" | "''" | "//" | "-\"-" | "\"\""
    ) {
        return Some(Sign::Ditto);
    }
    if text.chars().any(|c| c.is_ascii_digit()) || text.chars().count() > 40 {
        return None;
    }
    let folded = text::folded(text);
    let folded = folded.trim_matches(|c: char| !c.is_alphanumeric());
    let is = |list: &[&str]| list.contains(&folded);
    match () {
        () if is(NOT_APPLICABLE) => Some(Sign::NotApplicable),
        () if is(UNKNOWN) => Some(Sign::Unknown),
        () if is(NONE) => Some(Sign::None),
        () if is(DITTO) => Some(Sign::Ditto),
        () => None,
    }
}

/// A yes or no, or a mark in a roster: "có", "x", "✓", 1, TRUE.
pub fn yes_no(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(answer) => Some(*answer),
        Value::Number(1.0) => Some(true),
        Value::Number(0.0) => Some(false),
        Value::Text(text) => {
            let tidy = tidied(text);
            if matches!(&*tidy, "✓" | "✔" | "☑" | "☒" | "√" | "×" | "+" | "●") {
                return Some(true);
            }
            if matches!(&*tidy, "-" | "☐" | "✗" | "✘") {
                return Some(false);
            }
            let folded = text::folded(&tidy);
            let word = folded.trim_matches(|c: char| !c.is_alphanumeric());
            match word {
                "co" | "x" | "v" | "da" | "da co" | "dat" | "dung" | "yes" | "y" | "true" | "1" => Some(true),
                "khong" | "ko" | "chua" | "chua co" | "khong co" | "khong dat" | "sai" | "no" | "n"
                | "false" | "0" => Some(false),
                _ => None,
            }
        }
        _ => None,
    }
}

/// "12 người" → "12". Only units that are known: "6 tháng đầu năm" is no six, and
/// "nam" is not among them because "5 năm" are five years.
pub(super) fn without_unit(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|(_, c)| c.is_alphabetic())
        .map_or(text.len(), |(at, _)| at);
    let (number, unit) = text.split_at(end);
    let folded = text::folded(unit);
    let unit = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if UNITS.contains(&unit) {
        number.trim_end()
    } else {
        text
    }
}

const NONE: &[&str] = &[
    "khong",
    "ko",
    "khong co",
    "khong phat sinh",
    "khong co phat sinh",
    "khong phat sinh so lieu",
    "khong xay ra",
    "khong co truong hop nao",
    "khong co vu nao",
    "nil",
    "none",
    "zero",
];

const UNKNOWN: &[&str] = &[
    "n/a",
    "na",
    "n.a",
    "nan",
    "null",
    "missing",
    "chua co",
    "chua co so lieu",
    "chua co du lieu",
    "chua co thong tin",
    "khong co so lieu",
    "khong co du lieu",
    "khong co thong tin",
    "khong thu thap duoc",
    "chua thu thap",
    "chua thu thap duoc",
    "chua thong ke",
    "chua thong ke duoc",
    "khong thong ke",
    "khong thong ke duoc",
    "chua tong hop",
    "chua bao cao",
    "khong bao cao",
    "chua gui",
    "chua nop",
    "chua ro",
    "khong ro",
    "chua biet",
    "khong biet",
    "chua cap nhat",
    "chua xac dinh",
    "khong xac dinh",
    "dang cap nhat",
    "dang tong hop",
    "dang thu thap",
    "not available",
    "unknown",
    "tbc",
    "tbd",
];

const NOT_APPLICABLE: &[&str] = &[
    "x",
    "khong ap dung",
    "khong tinh",
    "khong thuoc pham vi",
    "not applicable",
];

const DITTO: &[&str] = &["nt", "nhu tren", "ditto"];

const UNITS: &[&str] = &[
    "nguoi",
    "phu nu",
    "vu",
    "vu viec",
    "ca",
    "luot",
    "luot nguoi",
    "tre",
    "tre em",
    "chau",
    "be",
    "em",
    "hoc sinh",
    "hs",
    "sinh vien",
    "can bo",
    "dong chi",
    "d/c",
    "nan nhan",
    "doi tuong",
    "ho",
    "ho gia dinh",
    "co quan",
    "don vi",
    "to chuc",
    "doanh nghiep",
    "dn",
    "hop tac xa",
    "htx",
    "co so",
    "truong",
    "tram",
    "dai",
    "xa",
    "tin",
    "bai",
    "tin bai",
    "tin, bai",
    "gio",
    "h",
    "gio/tuan",
    "dong",
    "persons",
    "people",
    "cases",
    "hours",
];
