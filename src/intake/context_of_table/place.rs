//! The place that a title, or failing it the name of the file, is about.
//!
//! Holds: the reporting unit's own line decides; a name that several units bear is narrowed by what other lines
//!        name, or nobody decides.

use super::{About, Around, Evidence, Source};
use crate::classification::locality::{Level, UnitId};
use crate::intake::place::{Located, Places, kind_and_name};
use crate::intake::region::Line;
use crate::text;

pub(super) fn from_file_name(
    about: &mut About,
    around: &Around<'_>,
    outer: Option<UnitId>,
    places: &Places<'_>,
) {
    let mut parts: Vec<&str> = around.file.split('/').collect();
    if let Some(last) = parts.last_mut() {
        *last = last.rsplit_once('.').map_or(*last, |(stem, _)| stem);
    }
    for part in parts.iter().rev() {
        if let Some(id) = places.of_name(part, outer) {
            about.place = Some(Evidence {
                value: id,
                from: Source::FileName,
                text: (*part).to_owned(),
            });
            return;
        }
    }
}

pub(super) fn place_of_lines(about: &mut About, lines: &[Line], places: &Places<'_>) {
    for reporter in [true, false] {
        let mut best: Option<(Level, Evidence<UnitId>, bool)> = None;
        let mut trouble = None;
        for (i, line) in lines.iter().enumerate() {
            let next = lines.get(i + 1).filter(|l| l.at.row == line.at.row);
            let named =
                after_reporter(lines, i).or_else(|| kind_and_name(&line.text, next.map(|l| l.text.as_str())));
            if named.is_some() != reporter || is_about_others(&line.text) {
                continue;
            }
            let text = named.unwrap_or_else(|| line.text.clone());
            let located = if reporter {
                reporting_place(&text, places)
            } else {
                places.of_line(&text)
            };
            if reporter && located == Located::None && names_a_unit(&text) {
                // The unit says its name and nobody knows it: neither the sheet's name nor the office's own place may stand in.
                about.place_trouble = Some((Line { at: line.at, text }, located));
                return;
            }
            let (id, other) = match located {
                Located::One(id) => (id, false),
                Located::OtherTime(id) => (id, true),
                Located::Several(_) => {
                    trouble.get_or_insert((line.clone(), located));
                    continue;
                }
                Located::None => continue,
            };
            let level = places.level(id);
            if best
                .as_ref()
                .is_none_or(|(l, _, was_other)| level > *l || (level == *l && *was_other && !other))
            {
                let evidence = Evidence {
                    value: id,
                    from: Source::Title(line.at),
                    text: line.text.clone(),
                };
                best = Some((level, evidence, other));
            }
        }
        if let (true, None, Some((line, Located::Several(ids)))) = (reporter, &best, &trouble) {
            // A name that several units bear: another line, even the receiver's, may say where it
            // lies. If none does, no wider place may stand in for it.
            match narrowed(ids, line, lines, places) {
                Some(value) => {
                    let (from, text) = (Source::Title(line.at), line.text.clone());
                    about.place = Some(Evidence { value, from, text });
                }
                None => about.place_trouble = trouble,
            }
            return;
        }
        if let Some((_, evidence, _)) = best {
            about.place = Some(evidence);
            about.place_trouble = None;
            return;
        }
        if about.place_trouble.is_none() {
            about.place_trouble = trouble;
        }
    }
}

/// The one candidate that lies in a place which another line names.
fn narrowed(ids: &[UnitId], named: &Line, lines: &[Line], places: &Places<'_>) -> Option<UnitId> {
    lines.iter().filter(|line| line.at != named.at).find_map(|line| {
        let Located::One(outer) = places.of_line(&line.text) else {
            return None;
        };
        let mut inside = ids
            .iter()
            .copied()
            .filter(|id| *id != outer && places.register.contains(outer, *id, places.day));
        let first = inside.next()?;
        inside.next().is_none().then_some(first)
    })
}

/// "UBND xã Lâm Sơn" is that commune or nothing; "Trường TH A, xã Lâm Sơn" may say more.
fn reporting_place(text: &str, places: &Places<'_>) -> Located {
    match places.of_cell(text, None) {
        Located::None if !names_a_unit(text) => places.of_line(text),
        located => located,
    }
}

/// Whether a text is the name of one unit or of its committee, and nothing else: a kind, then a name, no further parts.
fn names_a_unit(text: &str) -> bool {
    let plain = text::folded(text);
    let mut rest = plain.trim();
    for body in [
        "ubnd ",
        "uy ban nhan dan ",
        "cong an ",
        "tram y te ",
        "hdnd ",
        "dang uy ",
    ] {
        rest = rest.strip_prefix(body).unwrap_or(rest);
    }
    let kind = [
        "xa ",
        "phuong ",
        "thi tran ",
        "huyen ",
        "quan ",
        "tinh ",
        "dac khu ",
    ]
    .iter()
    .find_map(|k| rest.strip_prefix(k));
    kind.is_some_and(|name| {
        name.split(' ').count() <= 5
            && name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '\'')
            && name.chars().any(char::is_alphabetic)
            && !["xa", "phuong", "thi tran", "huyen", "tinh"]
                .iter()
                .any(|k| name.split(' ').any(|w| w == *k))
    })
}

/// The text behind "Đơn vị báo cáo:", in the same cell, the next one, or the one below.
pub fn after_reporter(lines: &[Line], i: usize) -> Option<String> {
    let line = &lines[i];
    let key = text::key(&line.text);
    let plain = text::folded(&line.text);
    let lead = [
        "don vi bao cao",
        "don vi gui",
        "dia ban",
        "don vi lap",
        "co quan bao cao",
    ]
    .iter()
    .find_map(|l| plain.find(l).map(|at| at + l.len()))?;
    // As it is written, behind the colon; else cut by letters (folding keeps their number, not that of bytes).
    let letters = plain[..lead].chars().count();
    let after: String = match line.text.split_once(':') {
        Some((_, written)) => written.trim().to_owned(),
        None => key.chars().skip(letters).collect(),
    };
    let after = after.trim_start_matches([':', ' ', '-', '.']).to_owned();
    if after.chars().any(char::is_alphabetic) {
        return Some(after);
    }
    let right = lines
        .iter()
        .find(|l| l.at.row == line.at.row && l.at.column > line.at.column);
    let below = || {
        lines
            .iter()
            .find(|l| l.at.row == line.at.row + 1 && l.at.column == line.at.column)
    };
    right.or_else(below).map(|l| l.text.clone())
}

/// Lines about somebody else: the receiver, the law, the day of signing.
pub fn is_about_others(line: &str) -> bool {
    let plain = text::folded(line);
    [
        "don vi nhan",
        "noi nhan",
        "kinh gui",
        "ban hanh",
        "theo thong tu",
        "ngay nhan",
        "so nhan",
    ]
    .iter()
    .any(|w| plain.contains(w))
}
