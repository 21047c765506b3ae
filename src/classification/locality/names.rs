//! The keys under which a unit is found, and the words that people put before a name.
//!
//! Three keys of a bare name: with marks, without, and a loose one (no blanks or hyphens, i for y,
//! `01` and `I` for `1`). The loose key only ever decides where it leaves exactly one unit.

use std::collections::{BTreeMap, HashMap};

use super::{AdminUnit, REFORM, UnitId};
use crate::text::{folded, key};

/// States of units by each key of their bare names. Looked up only, never walked.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub marked: HashMap<String, Vec<UnitId>>,
    pub folded: HashMap<String, Vec<UnitId>>,
    pub loose: HashMap<String, Vec<UnitId>>,
    /// Other official spellings, by marked key and by folded key.
    pub alias: HashMap<String, Vec<UnitId>>,
}

impl Names {
    pub fn new(
        units: &[AdminUnit],
        by_code: &HashMap<String, Vec<UnitId>>,
        aliases: &[(String, String)],
    ) -> Self {
        // Half of all names occur more than once; each is folded once.
        let mut by_name: BTreeMap<&str, Vec<UnitId>> = BTreeMap::new();
        for (index, unit) in units.iter().enumerate() {
            by_name.entry(&unit.name).or_default().push(UnitId(index as u32));
        }
        let mut names = Names::default();
        for (name, ids) in by_name {
            let marked = key(name);
            let bare = folded(&marked);
            let add = |map: &mut HashMap<String, Vec<UnitId>>, k: String| {
                map.entry(k).or_default().extend_from_slice(&ids);
            };
            add(&mut names.loose, loose(&bare));
            add(&mut names.folded, bare);
            add(&mut names.marked, marked);
        }
        let unit = |id: UnitId| &units[id.0 as usize];
        for (code, spelling) in aliases {
            let spelling = key(spelling);
            let states = by_code.get(code).map_or(&[][..], Vec::as_slice);
            for (kinds, name) in readings(&spelling) {
                for id in states.iter().copied() {
                    let state = unit(id);
                    // All spellings of the table are of the time before the reform.
                    let old = state.from.is_none_or(|d| d < REFORM);
                    if old && kinds.contains(&state.kind.as_str()) {
                        for k in [name.to_owned(), folded(name)] {
                            let ids = names.alias.entry(k).or_default();
                            if !ids.contains(&id) {
                                ids.push(id);
                            }
                        }
                    }
                }
            }
        }
        for (spelling, name) in SHORT_PROVINCES {
            let ids = names.folded.get(name).cloned().unwrap_or_default();
            let ids = ids.into_iter().filter(|id| unit(*id).kind.starts_with("t"));
            names
                .alias
                .entry(spelling.to_owned())
                .or_default()
                .extend(ids.filter(|id| unit(*id).level == super::Level::Province));
        }
        names
    }
}

/// Short forms in use for provinces, folded.
const SHORT_PROVINCES: [(&str, &str); 11] = [
    ("hcm", "ho chi minh"),
    ("tphcm", "ho chi minh"),
    ("sai gon", "ho chi minh"),
    ("br-vt", "ba ria - vung tau"),
    ("brvt", "ba ria - vung tau"),
    ("ba ria vung tau", "ba ria - vung tau"),
    ("tt-hue", "thua thien hue"),
    ("tt hue", "thua thien hue"),
    ("dac lac", "dak lak"),
    ("dac nong", "dak nong"),
    ("thu do ha noi", "ha noi"),
];

/// Ways to say the nation, folded.
pub const NATION: [&str; 5] = ["viet nam", "toan quoc", "ca nuoc", "nuoc viet nam", "vn"];

/// The loosest key, from a folded name.
pub fn loose(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        let arabic = roman(word);
        let word = arabic.unwrap_or(word);
        // `01` is `1`, but `0` stays.
        let word = match word.trim_start_matches('0') {
            "" => word,
            rest if word.bytes().all(|b| b.is_ascii_digit()) => rest,
            _ => word,
        };
        out.extend(word.chars().map(|c| if c == 'y' { 'i' } else { c }));
    }
    out
}

/// Wards were numbered in either way; `i` to `xv`, but never a syllable (`vi`, `xi` stay words of
/// names, and lose nothing: the same rule is applied to both sides).
fn roman(word: &str) -> Option<&'static str> {
    const NUMBERS: [(&str, &str); 8] = [
        ("i", "1"),
        ("ii", "2"),
        ("iii", "3"),
        ("iv", "4"),
        ("v", "5"),
        ("vii", "7"),
        ("viii", "8"),
        ("ix", "9"),
    ];
    NUMBERS.iter().find(|(r, _)| *r == word).map(|(_, n)| *n)
}

/// A word for a type of unit.
struct TypeWord {
    marked: &'static str,
    folded: &'static str,
    /// Must be followed by a dot, a blank or a digit.
    short: bool,
    kinds: &'static [&'static str],
}

const fn word(marked: &'static str, folded: &'static str, kinds: &'static [&'static str]) -> TypeWord {
    TypeWord {
        marked,
        folded,
        short: false,
        kinds,
    }
}

const fn short(text: &'static str, kinds: &'static [&'static str]) -> TypeWord {
    TypeWord {
        marked: text,
        folded: text,
        short: true,
        kinds,
    }
}

const CITY: &[&str] = &["thành phố", "thành phố trung ương"];

const TYPE_WORDS: [TypeWord; 22] = [
    word("thành phố", "thanh pho", CITY),
    word("thị trấn", "thi tran", &["thị trấn"]),
    word("thị xã", "thi xa", &["thị xã"]),
    word("đặc khu", "dac khu", &["đặc khu"]),
    word("phường", "phuong", &["phường"]),
    word("huyện", "huyen", &["huyện"]),
    word("quận", "quan", &["quận"]),
    word("tỉnh", "tinh", &["tỉnh"]),
    word("xã", "xa", &["xã"]),
    word("ward", "ward", &["phường"]),
    word("thủ đô", "thu do", &["thành phố trung ương"]),
    short("tp", CITY),
    short("tt", &["thị trấn"]),
    short("tx", &["thị xã"]),
    short("đk", &["đặc khu"]),
    short("dk", &["đặc khu"]),
    short("x", &["xã"]),
    short("p", &["phường"]),
    short("f", &["phường"]),
    short("h", &["huyện"]),
    short("q", &["quận"]),
    short("t", &["tỉnh"]),
];

/// All ways in which a keyed text may be a type and a name. The text as a bare name is not among them.
pub fn readings(text: &str) -> Vec<(&'static [&'static str], &str)> {
    let mut out = Vec::new();
    for word in &TYPE_WORDS {
        let Some(rest) = strip_word(text, word.marked, word.folded) else {
            continue;
        };
        let follows = rest.chars().next();
        let cut = match follows {
            Some('.' | ' ' | ':') => true,
            Some(c) => c.is_ascii_digit(),
            None => false,
        };
        let name = rest.trim_start_matches(['.', ' ', ':']);
        // `t` alone is too little unless a dot says that it is short for something.
        let cut = cut && (word.marked != "t" || follows == Some('.'));
        if cut && !name.is_empty() {
            out.push((word.kinds, name));
        }
    }
    out
}

/// The text behind a word that it begins with; each letter with its mark or without any.
pub fn strip_word<'a>(text: &'a str, marked: &str, folded: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for (with, without) in marked.chars().zip(folded.chars()) {
        let c = rest.next()?;
        if c != with && c != without {
            return None;
        }
    }
    Some(rest.as_str())
}

/// The length in words of the full type word that `words` begin with: 0, 1 or 2.
pub fn type_length(words: &[&str]) -> usize {
    length_of_type(words, false)
}

/// `exact`: only with its marks ("Quan Hoa" is no district).
fn length_of_type(words: &[&str], exact: bool) -> usize {
    TYPE_WORDS
        .iter()
        .filter(|w| !w.short)
        .map(|w| {
            let parts = w.marked.split(' ').zip(w.folded.split(' '));
            let fits = parts.clone().enumerate().all(|(i, (m, f))| {
                words
                    .get(i)
                    .is_some_and(|t| *t == m || !exact && (*t == f || strip_word(t, m, f) == Some("")))
            });
            if fits { parts.count() } else { 0 }
        })
        .max()
        .unwrap_or(0)
}

/// Bodies that are named after their unit: `UBND xã Lâm Sơn`.
const BODIES: [&str; 14] = [
    "ubnd",
    "ủy ban nhân dân",
    "uy ban nhan dan",
    "hđnd",
    "hdnd",
    "hội đồng nhân dân",
    "công an",
    "cong an",
    "trạm y tế",
    "tram y te",
    "đảng ủy",
    "đơn vị",
    "địa bàn",
    "địa phương",
];

/// The text behind names of bodies in front of it.
pub fn without_body(text: &str) -> &str {
    let mut text = text;
    while let Some(rest) = BODIES.iter().find_map(|b| {
        let rest = text.strip_prefix(b)?;
        let rest = rest.strip_prefix([' ', ':', '.'])?;
        Some(rest.trim_start_matches([' ', ':']))
    }) {
        text = rest;
    }
    // `toàn huyện Ninh Sơn`; but `Toàn Sơn` is a commune.
    match text.strip_prefix("toàn ").or_else(|| text.strip_prefix("toan ")) {
        Some(rest) if !readings(rest).is_empty() => rest,
        _ => text,
    }
}

/// The parts of a chain by the signs between them, but not by hyphens.
pub fn by_commas(text: &str) -> Vec<&str> {
    let parts = text.split([',', ';', '(', ')', '/', '|', '›', '>', '_']);
    parts
        .map(|part| part.trim_matches([' ', '-', '.']))
        .filter(|part| !part.is_empty())
        .collect()
}

/// The same, and by hyphens between blanks.
pub fn by_signs(text: &str) -> Vec<&str> {
    let parts = by_commas(text);
    parts
        .into_iter()
        .flat_map(|part| part.split(" - "))
        .map(|part| part.trim_matches([' ', '-', '.']))
        .filter(|part| !part.is_empty())
        .collect()
}

/// Parts of which those without a type word are joined to the one before them.
pub fn joined_by_types(parts: &[&str]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        match out.last_mut() {
            Some(last) if readings(part).is_empty() => {
                last.push_str(" - ");
                last.push_str(part);
            }
            _ => out.push((*part).to_owned()),
        }
    }
    out
}

/// The parts of a chain without signs: `xã Lâm Sơn huyện Ninh Sơn`. `exact`: type words only with their marks.
pub fn by_type_words(text: &str, exact: bool) -> Vec<&str> {
    let mut starts = Vec::new();
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut offset = 0;
    for word in text.split(' ') {
        words.push((offset, word));
        offset += word.len() + 1;
    }
    let bare: Vec<&str> = words.iter().map(|(_, w)| *w).collect();
    let mut at = 0;
    while at < bare.len() {
        let kind = length_of_type(&bare[at..], exact);
        let after = &bare[(at + kind).min(bare.len())..];
        let ends_a_name = at > 0 && (after.is_empty() || length_of_type(after, exact) > 0);
        if kind == 0 {
            at += 1;
        } else if ends_a_name {
            // `xã Tân Xã huyện Thạch Thất`
            at += kind;
        } else {
            starts.push(words[at].0);
            // What follows a type is its name, whatever it looks like: `phường Phường Đúc`.
            at += kind + 1;
        }
    }
    let mut parts = Vec::new();
    let mut from = 0;
    for start in starts.into_iter().filter(|s| *s > 0) {
        parts.push(text[from..start].trim());
        from = start;
    }
    parts.push(text[from..].trim());
    parts.retain(|p| !p.is_empty());
    parts
}
