//! Which declared form a table follows.
//!
//! In:  clues: title block, headings, labels, names of sheet and file. Out: one form and why, or the
//!      several that fit equally well.
//! Holds: a form's number outweighs words in the title, those outweigh headings, those outweigh
//!        names of sheet and file; a tie is never broken by chance.

use super::{Declared, Form, Forms};
use crate::intake::label::{self, Label};
use crate::lang::Words;
use crate::text;

/// What a table shows of itself.
#[derive(Debug, Clone, Default)]
pub struct Clues {
    /// Lines of the title block.
    pub title: Vec<String>,
    /// All headings and the first row labels, each once.
    pub labels: Vec<Label>,
    pub sheet: String,
    pub file: String,
}

/// The outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// Index in [`Forms::all`], and the reason.
    One(usize, Words),
    Several(Vec<usize>),
    None,
}

impl Forms {
    pub fn choose(&self, clues: &Clues) -> Choice {
        let prepared = Prepared::new(clues);
        let mut best: Vec<usize> = Vec::new();
        let mut top = Score::default();
        for (i, form) in self.all.iter().enumerate() {
            let score = prepared.score(form);
            if score.points == 0 || score.points < top.points {
                continue;
            }
            if score.points > top.points {
                best.clear();
                top = score;
            }
            best.push(i);
        }
        match best.as_slice() {
            [] => Choice::None,
            [one] => Choice::One(*one, top.why),
            _ => Choice::Several(best),
        }
    }
}

#[derive(Debug, Clone, Default)]
struct Score {
    points: usize,
    why: Words,
}

struct Prepared<'c> {
    clues: &'c Clues,
    squashed: String,
    title: Text,
    sheet: Text,
    file: Text,
}

impl<'c> Prepared<'c> {
    fn new(clues: &'c Clues) -> Self {
        let squashed: Vec<String> = clues.title.iter().map(|t| squashed(t)).collect();
        Prepared {
            clues,
            squashed: squashed.join("|"),
            title: Text::new(text::key(&clues.title.join(" | "))),
            sheet: Text::new(named(&clues.sheet)),
            file: Text::new(named(&clues.file)),
        }
    }

    fn score(&self, form: &Form) -> Score {
        let wanted = &form.recognise;
        let anywhere = [&self.title, &self.sheet, &self.file];
        if wanted.without.iter().any(|w| anywhere.iter().any(|t| t.has(w))) {
            return Score::default();
        }
        let shows = |wanted: &[Declared]| wanted.iter().any(|h| self.clues.labels.iter().any(|l| h.fits(l)));
        if shows(&wanted.lacks) || !wanted.needs.is_empty() && !shows(&wanted.needs) {
            return Score::default();
        }
        let headings = wanted
            .headers
            .iter()
            .filter(|h| self.clues.labels.iter().any(|l| h.fits(l)))
            .count();
        let mut score = Score::default();
        if let Some(number) = wanted.numbers.iter().find(|n| has_number(&self.squashed, n)) {
            score.points = 100_000;
            score.why = Words::new(
                format!("số hiệu mẫu biểu “{number}” trong tiêu đề"),
                format!("form number “{number}” in the title"),
            );
        }
        for (place, weight, words) in [
            (&self.title, 10_000, ("tiêu đề", "the title")),
            (&self.sheet, 2_000, ("tên trang tính", "the sheet name")),
            (&self.file, 1_000, ("tên tệp", "the file name")),
        ] {
            let longest = wanted
                .titles
                .iter()
                .filter(|t| t.iter().all(|phrase| place.has(phrase)))
                .max_by_key(|t| t.iter().map(|p| p.chars().count()).sum::<usize>());
            if let Some(found) = longest {
                let length: usize = found.iter().map(|p| p.chars().count()).sum();
                if score.points == 0 {
                    let phrases = found.join("”, “");
                    score.why = Words::new(
                        format!("“{phrases}” trong {}", words.0),
                        format!("“{phrases}” in {}", words.1),
                    );
                }
                score.points += weight + 20 * length;
            }
        }
        // Headings alone decide only when all of a form's are there, and there are enough of them.
        let all = wanted.headers.len() >= 3 && headings == wanted.headers.len();
        if score.points == 0 && all {
            score.why = Words::new(
                "đủ các tiêu đề cột của mẫu biểu",
                "all headings of the form are there",
            );
            score.points = 500;
        }
        if score.points > 0 {
            score.points += 15 * headings;
            // What sets a form apart outweighs headings that it shares with others.
            score.points += 400 * usize::from(!wanted.needs.is_empty());
        }
        score
    }
}

/// Letters, digits and slashes only: "Biểu số: 01/BC-X" → "bieuso01/bcx".
pub(super) fn squashed(text: &str) -> String {
    text::folded(text)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '/')
        .collect()
}

/// Whether a form's number occurs and is not the tail of another ("101/BCX" is not "01/BCX").
fn has_number(title: &str, number: &str) -> bool {
    let mut from = 0;
    while let Some(at) = title[from..].find(number) {
        let start = from + at;
        let before = title[..start].chars().next_back();
        let after = title[start + number.len()..].chars().next();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let own_digit = number.starts_with(|c: char| c.is_ascii_digit());
        let zero = before == Some('0') && !title[..start - 1].ends_with(|c: char| c.is_ascii_digit());
        let letter_after = after.is_some_and(char::is_alphabetic)
            && number.ends_with(char::is_alphabetic)
            && !["ban", "don", "ngay"]
                .iter()
                .any(|w| title[start + number.len()..].starts_with(w));
        let part_of_longer = (own_digit && digit(before) && !zero) || digit(after) || letter_after;
        if !part_of_longer {
            return true;
        }
        from = start + number.len();
    }
    false
}

/// Names of sheets and files: separators become blanks.
fn named(name: &str) -> String {
    label::words(&text::key(&name.replace(['_', '-', '.'], " "))).join(" ")
}

/// A line to look for phrases in.
#[derive(Debug, Default)]
struct Text {
    key: String,
    /// The line has no mark at all: phrases are looked for without theirs.
    plain: bool,
}

impl Text {
    fn new(key: String) -> Text {
        Text {
            plain: text::folded(&key) == key,
            key,
        }
    }

    fn has(&self, phrase: &str) -> bool {
        !self.key.is_empty()
            && (self.key.contains(phrase) || (self.plain && self.key.contains(&text::folded(phrase))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_forms_are_found_whole() {
        let title = squashed("Biểu số: 01/BC-X | Ban hành");
        assert!(has_number(&title, "01/bcx"));
        assert!(!has_number(&squashed("Biểu 101/BC-X"), "01/bcx"));
        assert!(has_number(&squashed("Biểu 4/BCX"), "4/bcx"));
        assert!(has_number(&squashed("Biểu 04/BCX"), "4/bcx"));
        assert!(!has_number(&squashed("Biểu 01/BC-XH"), "01/bcx"));
    }

    #[test]
    fn words_meet_with_marks_or_wholly_without() {
        assert!(Text::new("báo cáo dân số năm 2024".to_owned()).has("dân số"));
        assert!(Text::new("dan so 2024".to_owned()).has("dân số"));
        assert!(!Text::new("dẫn số báo cáo".to_owned()).has("dân số"));
    }
}
