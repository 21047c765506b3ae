//! The period of a whole line: a title, or the name of a file or sheet.
//!
//! Holds: several periods of which none is chosen are no period, unless they follow each other and make one;
//!        the day of a document, of its signing or its sending is none.

use super::When;
use super::months::together;
use super::phrase::{date, is_until, match_at, number, range, year_range};
use crate::intake::label;
use crate::period::{Day, Period, Span};
use crate::text;

/// What a line says of the time.
#[derive(Debug, Default)]
struct Scan {
    when: When,
    several: Option<Several>,
    /// A day that nothing introduces: it may be that of the letter.
    day: Option<Day>,
}

/// Periods between which a line does not choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Several {
    Years(String),
    /// Parts of a year.
    Spans(String),
}

/// The period in a line of a title; empty if there is none. Of several, see [`several`].
pub fn in_title(line: &str) -> When {
    of_title(line).when
}

/// The periods of a line that names several and says of none that it is meant: "Năm 2023 và năm 2024".
pub fn several(line: &str) -> Option<Several> {
    of_title(line).several
}

/// A day without a word before it, where nothing else says the time: "(Số liệu ngày 15/9/2024)".
pub fn by_date(line: &str) -> When {
    of_title(line).day.map_or_else(When::default, |day| When {
        year: Some(day.year),
        span: None,
        as_of: Some(day),
    })
}

/// The period in a file or sheet name.
pub fn in_name(name: &str) -> When {
    let spaced: String = text::folded(name)
        .chars()
        .map(|c| {
            if matches!(c, '_' | '.' | '(' | ')') {
                ' '
            } else {
                c
            }
        })
        .collect();
    let scan = scan(&spaced);
    match scan.several {
        None => scan.when,
        Some(_) => When::default(),
    }
}

/// Only the part of a line that speaks of the figures: not of laws, letters, plans and comparisons.
fn of_title(line: &str) -> Scan {
    let plain = text::folded(line);
    const OTHERS: [&str; 19] = [
        "ban hanh",
        "kem theo",
        "thong tu",
        "quyet dinh",
        "nghi quyet",
        "nghi dinh",
        "ngay nhan",
        "ngay bao cao",
        "ngay lap",
        "ngay gui",
        "ngay nop",
        "ngay ky",
        "ngay in",
        "giai doan",
        "cong van",
        "/qd-",
        "luat ",
        "so voi",
        "so sanh",
    ];
    // "Kết quả năm 2024, kế hoạch năm 2025": only where a period was named before.
    const PLANS: [&str; 4] = ["ke hoach", "phuong huong", "nhiem vu", "du kien"];
    let others = OTHERS.iter().filter_map(|w| plain.find(w));
    let end = others.chain(letter(&plain)).min().unwrap_or(plain.len());
    let plain = &plain[..end];
    let Some(at) = PLANS.iter().filter_map(|w| plain.find(w)).min() else {
        return scan(plain);
    };
    let mut before = scan(&plain[..at]);
    if before.when.year.is_none() && before.when.span.is_none() {
        return scan(plain);
    }
    // "6 tháng đầu năm và phương hướng 6 tháng cuối năm 2024": one year for both halves.
    let after = scan(&plain[at..]).when;
    if before.when.year.is_none() && after.span.is_some_and(|s| s != Span::Year) {
        before.when.year = after.year;
    }
    before
}

/// Where the number of a letter stands ("Báo cáo số 15/BC-UBND"); the number of a form is none.
fn letter(plain: &str) -> Option<usize> {
    plain.match_indices("so").map(|(at, _)| at).find(|at| {
        let (before, after) = (&plain[..*at], &plain[at + 2..]);
        let after = after.trim_start_matches([':', ' ', '.']);
        let digits = after.trim_start_matches(|c: char| c.is_ascii_digit());
        let numbered = digits.len() < after.len() && digits.trim_start().starts_with('/');
        let is_date = digits
            .trim_start_matches(['/', ' '])
            .starts_with(|c: char| c.is_ascii_digit());
        let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next();
        let of_form = matches!(word, Some("bieu" | "mau" | "bang" | "luc"));
        let whole = !before.ends_with(char::is_alphanumeric);
        whole && numbered && !is_date && !of_form
    })
}

fn scan(plain: &str) -> Scan {
    let words = label::words(&with_ranges(plain));
    let mut scan = Scan::default();
    let mut found: Vec<When> = Vec::new();
    let mut odd: Vec<String> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if let Some(length) = signature_date(&words, i).or_else(|| year_range(&words, i)) {
            i += length;
            continue;
        }
        if let Some((None, length)) = range(&words, i) {
            odd.push(words[i..i + length].join(" "));
            i += length;
            continue;
        }
        if let Some((day, length)) = date(&words, i)
            && range(&words, i).is_none()
            && !introduced(&words, i)
            && !closes(day)
        {
            scan.day.get_or_insert(day);
            i += length;
            continue;
        }
        match match_at(&words, i) {
            Some((when, length)) => {
                found.push(when);
                i += length.max(1);
            }
            None => i += 1,
        }
    }
    choose(&found, odd, &mut scan);
    scan
}

/// "quý I - IV" with its dash as a word: signs between words are not kept.
fn with_ranges(plain: &str) -> String {
    let roman = |word: Option<&str>| matches!(word, Some("i" | "ii" | "iii" | "iv"));
    let parts: Vec<&str> = plain.split(['-', '\u{2013}']).collect();
    let mut out = String::with_capacity(plain.len() + 8);
    for (i, part) in parts.iter().enumerate() {
        out.push_str(part);
        if let Some(next) = parts.get(i + 1) {
            let between = roman(part.split_whitespace().next_back()) && roman(next.split_whitespace().next());
            out.push_str(if between { " den " } else { "-" });
        }
    }
    out
}

/// The one period of those that were found, or all between which nobody chose.
fn choose(found: &[When], odd: Vec<String>, scan: &mut Scan) {
    let mut years: Vec<i16> = found.iter().filter_map(|w| w.year).collect();
    years.sort_unstable();
    years.dedup();
    let mut spans: Vec<Span> = found.iter().filter_map(|w| w.span).collect();
    spans.sort_unstable();
    spans.dedup();
    if spans.is_empty() && !odd.is_empty() {
        scan.several = Some(Several::Spans(odd.join(", ")));
        scan.when.year = years.first().copied().filter(|_| years.len() == 1);
        return;
    }
    if spans.len() > 1 && !spans.contains(&Span::SchoolYear) {
        let year = years.first().copied().filter(|_| years.len() == 1);
        match together(&spans).filter(|_| years.len() <= 1) {
            Some(span) => scan.when.span = Some(span),
            None => {
                let names: Vec<String> = found
                    .iter()
                    .filter(|w| w.span.is_some())
                    .map(|w| in_words(*w))
                    .collect();
                scan.several = Some(Several::Spans(names.join(", ")));
            }
        }
        scan.when.year = year;
        return;
    }
    let best = found
        .iter()
        .copied()
        .find(|w| w.year.is_some() && w.span.is_some())
        .or_else(|| found.iter().copied().find(|w| w.span.is_some()))
        .unwrap_or_default();
    if best.year.is_none() && years.len() > 1 {
        scan.when = When { year: None, ..best };
        let names: Vec<String> = years.iter().map(i16::to_string).collect();
        scan.several = Some(Several::Years(names.join(", ")));
        return;
    }
    scan.when = found.iter().copied().fold(best, When::or);
}

/// The part of the year alone, "Q2"; the whole year by its number.
fn in_words(when: When) -> String {
    let year = when.year.unwrap_or_default();
    let code = when
        .span
        .map_or_else(String::new, |span| Period { year, span }.code());
    match code.split_once('-') {
        Some((_, part)) => part.to_owned(),
        None => code,
    }
}

/// "đến ngày 15/9/2024", "tại ngày 5/9/2024": the day on which was counted.
fn introduced(words: &[String], i: usize) -> bool {
    let word = |back: usize| {
        i.checked_sub(back)
            .and_then(|k| words.get(k))
            .map_or("", String::as_str)
    };
    let counted = |w: &str| is_until(w) || matches!(w, "tai" | "tinh" | "vao");
    counted(word(1)) || word(1) == "ngay" && counted(word(2))
}

/// The last day of a month, or the first: days on which is counted, whatever stands before them.
fn closes(day: Day) -> bool {
    day.day == 1 || day.is_last_of_month()
}

/// "ngày 5 tháng 7 năm 2024" without "đến" before it: the day of signing.
fn signature_date(words: &[String], i: usize) -> Option<usize> {
    let word = |k: usize| words.get(k).map_or("", String::as_str);
    let until = i > 0 && is_until(word(i - 1));
    (word(i) == "ngay" && !until && number(words, i + 1).is_some() && word(i + 2) == "thang")
        .then(|| if word(i + 4) == "nam" { 6 } else { 4 })
}
