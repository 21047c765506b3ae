//! What a title says beside the measure it names.
//!
//! Holds: as for labels, every word must be accounted for: "Dân số năm 2024" is the population, "Dân số có
//!        bảo hiểm y tế" is not, and neither is "Học sinh chưa hoàn thành …" that of those who did.

use super::words::{FACILITIES, NUMBERED, OF_DIVISION, OF_PLACES, OF_TITLES};
use super::{Sense, Vocabulary, ages};
use crate::classification::{CategoryId, MeasureId};
use crate::intake::label;
use crate::intake::when;
use crate::text;

/// The words of a title that are neither its measure nor known to add nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// From the first word that nobody has declared to the last.
    pub unknown: Vec<String>,
    /// Categories that the title names: "lớp 1".
    pub categories: Vec<CategoryId>,
}

/// What a run of words is.
#[derive(Clone)]
enum Part {
    Nothing,
    Categories(Vec<CategoryId>),
    Unknown,
}

impl Vocabulary {
    /// What `line` says beside `measure`. `is_known` knows words that say nothing on the form, `is_place` names of
    /// localities.
    pub fn beside(
        &self,
        line: &str,
        measure: MeasureId,
        is_known: &dyn Fn(&str) -> bool,
        is_place: &dyn Fn(&str) -> bool,
    ) -> Beside {
        const MOST_WORDS: usize = 120;
        // "II. Dân số": the number of a part of the sheet.
        let words = without_divisions(label::parse(line).words);
        if words.len() > MOST_WORDS {
            let unknown = words;
            return Beside {
                unknown,
                ..Beside::default()
            };
        }
        let has_marks = words.iter().any(|w| *w != text::folded(w));
        let plain: Vec<String> = words.iter().map(|w| text::folded(w)).collect();
        // An age group whose ages the law sets and moves; each of its words is harmless by itself.
        if let Some(at) = plain.windows(4).position(|w| w[1..] == ["tuoi", "lao", "dong"]) {
            return Beside {
                unknown: words[at + 2..at + 4].to_vec(),
                ..Beside::default()
            };
        }
        // best[i]: fewest unknown words, then fewest parts, for the first i words; the last part and its start.
        type Best = ((usize, usize), usize, Part);
        let mut best: Vec<Best> = vec![((0, 0), 0, Part::Nothing)];
        for end in 1..=words.len() {
            let (unknown, parts) = best[end - 1].0;
            let mut found: Best = ((unknown + 1, parts + 1), end - 1, Part::Unknown);
            for start in end.saturating_sub(self.longest.max(12))..end {
                let (unknown, parts) = best[start].0;
                if (unknown, parts + 1) >= found.0 {
                    continue;
                }
                let part = self.part(
                    (&words[start..end], &plain[start..end]),
                    has_marks,
                    measure,
                    is_known,
                    is_place,
                );
                if let Some(part) = part {
                    found = ((unknown, parts + 1), start, part);
                }
            }
            best.push(found);
        }
        let mut beside = Beside::default();
        let mut unknown = words.len()..0;
        let mut end = words.len();
        while end > 0 {
            let (_, start, part) = &best[end];
            match part {
                Part::Nothing => {}
                Part::Categories(ids) => beside.categories.extend(ids),
                Part::Unknown => unknown = *start..unknown.end.max(end),
            }
            end = *start;
        }
        beside.unknown = words.get(unknown).map(<[String]>::to_vec).unwrap_or_default();
        beside
    }

    fn part(
        &self,
        (words, plain): (&[String], &[String]),
        has_marks: bool,
        measure: MeasureId,
        is_known: &dyn Fn(&str) -> bool,
        is_place: &dyn Fn(&str) -> bool,
    ) -> Option<Part> {
        let (joined, folded) = (words.join(" "), plain.join(" "));
        let is_number = |w: &String| w == "-" || w.bytes().all(|b| b.is_ascii_digit());
        let is_numbered = (2..=3).contains(&words.len())
            && NUMBERED.contains(&plain[0].as_str())
            && plain[1..].iter().all(|number| number.len() <= 3);
        // "Chăm" of "chăm sóc" is no group; a longer name of one is found all the same, as it takes fewer parts.
        let says_nothing = is_known(&joined) || OF_TITLES.contains(&folded.as_str());
        if is_numbered || says_nothing || words.iter().all(is_number) {
            return Some(Part::Nothing);
        }
        let senses =
            (self.marked.get(&joined)).or_else(|| (!has_marks).then(|| self.plain.get(&joined)).flatten());
        if let Some(senses) = senses {
            if senses.contains(&Sense::Measure(measure)) || senses.contains(&Sense::Nothing) {
                return Some(Part::Nothing);
            }
            let ids = senses.iter().filter_map(|sense| match sense {
                Sense::Category(id) => Some(*id),
                _ => None,
            });
            let ids: Vec<CategoryId> = ids.collect();
            return (!ids.is_empty()).then_some(Part::Categories(ids));
        }
        if when::match_at(plain, 0).is_some_and(|(_, length)| length == plain.len()) {
            return Some(Part::Nothing);
        }
        if let Some(id) = ages::band(plain).and_then(|years| self.ages.get(&years)) {
            return Some(Part::Categories(vec![*id]));
        }
        let leads = |leads: &[&str]| leads.iter().any(|lead| folded.starts_with(&format!("{lead} ")));
        let place = words.len() <= 7 && leads(OF_PLACES) && is_place(&joined);
        let facility = words.len() <= 7 && leads(FACILITIES);
        (place || facility).then_some(Part::Nothing)
    }
}

/// "… chia theo giới tính, dân tộc và độ tuổi": the names of divisions are no categories.
fn without_divisions(words: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    let mut dividing = false;
    while let Some(word) = rest.first() {
        let folded: Vec<String> = rest.iter().take(5).map(|w| text::folded(w)).collect();
        let length = (1..=folded.len())
            .rev()
            .find(|n| OF_DIVISION.contains(&folded[..*n].join(" ").as_str()));
        match length.filter(|_| dividing) {
            Some(length) => rest = &rest[length..],
            None => {
                dividing = folded.first().is_some_and(|w| w == "theo") || dividing && folded[0] == "va";
                out.push(word.clone());
                rest = &rest[1..];
            }
        }
    }
    out
}

/// The word by which a title says that its figures are no results: "Kế hoạch tuyển sinh năm 2024".
pub fn of_no_result(line: &str) -> Option<&'static str> {
    let plain = text::folded(line);
    let rest = |lead: &str| plain.strip_prefix(lead).map(str::trim_start);
    [
        ("ke hoach", "kế hoạch"),
        ("du kien", "dự kiến"),
        ("du bao", "dự báo"),
        ("chi tieu giao", "chỉ tiêu giao"),
    ]
    .into_iter()
    // "Kế hoạch số 12/KH-UBND" is a letter.
    .find(|(lead, _)| rest(lead).is_some_and(|rest| !rest.starts_with("so ")))
    .map(|(_, word)| word)
}
