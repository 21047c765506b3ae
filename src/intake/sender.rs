//! Who sent a table: the unit behind "Đơn vị báo cáo", a school or facility by its name, the letterhead.
//!
//! Leaves to others: where it lies (`context_of_table`), one name in several spellings (`file`).

use crate::intake::context_of_table::{Evidence, Source, after_reporter, is_about_others};
use crate::intake::region::Line;
use crate::text;

/// The issuing unit: behind "Đơn vị báo cáo", a school or facility by its name, or the letterhead.
pub fn sender_of(lines: &[Line]) -> Option<Evidence<String>> {
    let evidence = |line: &Line, name: String| Evidence {
        value: name,
        from: Source::Title(line.at),
        text: line.text.clone(),
    };
    for (i, line) in lines.iter().enumerate() {
        if is_about_others(&line.text) {
            continue;
        }
        if let Some(name) = after_reporter(lines, i) {
            return Some(evidence(line, name));
        }
    }
    for line in lines.iter().filter(|l| !is_about_others(&l.text)) {
        if is_facility(&line.text) {
            return Some(evidence(line, line.text.trim().to_owned()));
        }
    }
    let first_row = lines.first()?.at;
    lines
        .iter()
        .find(|l| l.at.row <= first_row.row + 2 && is_office(&l.text))
        .map(|l| evidence(l, l.text.trim().to_owned()))
}

/// Schools, stations, centres.
pub fn is_facility(text: &str) -> bool {
    let plain = text::folded(text);
    let plain = plain.trim_start_matches(|c: char| !c.is_alphabetic());
    const LEADS: [&str; 26] = [
        "truong ",
        "tram y te",
        "tyt ",
        "trung tam",
        "ttyt",
        "benh vien",
        "co so",
        "dai ",
        "nha tre",
        "mam non",
        "mn ",
        "th ",
        "thcs ",
        "thpt ",
        "tieu hoc ",
        "ptdtbt",
        "ptdt ",
        "phong kham",
        "nha ho sinh",
        "tt y te",
        "th&thcs",
        "tram yt",
        "cd ",
        "cao dang ",
        "trung cap nghe",
        "trung cap ",
    ];
    LEADS.iter().any(|l| plain.starts_with(l)) && plain.chars().count() < 120
}

/// A hospital or clinic: its figures are those of its own patients, never of a whole place.
pub fn is_hospital(text: &str) -> bool {
    let plain = text::folded(text);
    let plain = plain.trim_start_matches(|c: char| !c.is_alphabetic());
    ["benh vien", "phong kham", "nha ho sinh"]
        .iter()
        .any(|l| plain.starts_with(l))
}

fn is_office(text: &str) -> bool {
    let key = text::key(text);
    let plain = text::folded(text);
    const LEADS: [&str; 14] = [
        "ubnd",
        "ủy ban",
        "sở ",
        "phòng ",
        "công an",
        "chi cục",
        "cục ",
        "hội ",
        "ban ",
        "liên minh",
        "văn phòng",
        "bộ ",
        "huyện ủy",
        "tỉnh ủy",
    ];
    // Without marks "so" is an office or a number: only a text that has none at all is matched so.
    LEADS
        .iter()
        .any(|l| key.starts_with(l) || (key == plain && plain.starts_with(&text::folded(l)) && *l != "sở "))
}
