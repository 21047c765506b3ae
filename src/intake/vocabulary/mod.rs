//! The shared vocabulary: what headings and labels mean without any declared form.
//!
//! In:  names and synonyms of the code lists and measures. Out: [`Said`] for a label.
//! Holds: a label is understood only when every word of it is accounted for: "Nữ dân tộc thiểu số" is two
//!        categories, "Nữ khuyết tật" is unknown, never "Nữ". Text with marks is matched with its
//!        marks (Tày is not Tây); only text that has none at all is matched without.

mod ages;
mod title;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::{CategoryId, CodeLists, Dimension, MeasureId, Measures};
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::when;
use crate::text;

pub use title::of_no_result;

/// One sense of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sense {
    Measure(MeasureId),
    Category(CategoryId),
    Nothing,
}

/// Phrases by their words.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    marked: BTreeMap<String, BTreeSet<Sense>>,
    plain: BTreeMap<String, BTreeSet<Sense>>,
    ages: BTreeMap<ages::Band, CategoryId>,
    /// What a label says beside others of its list, by its comparable text.
    among: BTreeMap<String, Vec<CategoryId>>,
    /// Words of the names of each measure.
    named: BTreeMap<MeasureId, BTreeSet<String>>,
    longest: usize,
    /// Phrases with a meaning, without their marks: for near words.
    near: Vec<(String, String)>,
    minority: Option<CategoryId>,
    female: Option<CategoryId>,
    male: Option<CategoryId>,
}

/// Words that mean nothing to one form, beside those that mean nothing to any.
pub type Neutral = BTreeSet<String>;

impl Vocabulary {
    pub fn new(lists: &CodeLists, measures: &Measures) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        for phrase in words::NEUTRAL {
            vocabulary.add(phrase, Sense::Nothing);
        }
        for list in &lists.lists {
            for id in list.categories.iter().copied().filter(|id| !id.is_all()) {
                let category = lists.category(id);
                let names = [&category.name.vi, &category.name.en];
                for phrase in names.into_iter().chain(&category.synonyms) {
                    vocabulary.add(phrase, Sense::Category(id));
                }
                for phrase in &category.among {
                    vocabulary.among.entry(label::bare(phrase)).or_default().push(id);
                }
                if list.dimension == Dimension::Age
                    && let Some(years) = category.years
                {
                    vocabulary.ages.entry(years).or_insert(id);
                }
            }
        }
        for id in measures.ids() {
            let measure = measures.get(id);
            let names = [&measure.name.vi, &measure.name.en, &measure.id];
            for phrase in names.into_iter().chain(&measure.synonyms) {
                vocabulary.add(phrase, Sense::Measure(id));
                let words = label::words(&text::key(phrase));
                vocabulary.named.entry(id).or_default().extend(words);
            }
        }
        vocabulary.minority = lists.find("ethnicity", "minority");
        vocabulary.female = lists.find("sex", "female");
        vocabulary.male = lists.find("sex", "male");
        if let Some(minority) = vocabulary.minority {
            for phrase in words::MINORITY {
                vocabulary.add(phrase, Sense::Category(minority));
            }
        }
        vocabulary.near = vocabulary
            .marked
            .iter()
            .filter(|(_, senses)| !senses.contains(&Sense::Nothing))
            .map(|(phrase, _)| (text::folded(phrase), phrase.clone()))
            .collect();
        vocabulary
    }

    fn add(&mut self, phrase: &str, sense: Sense) {
        let words = label::words(&text::key(phrase));
        if words.is_empty() {
            return;
        }
        self.longest = self.longest.max(words.len());
        self.plain
            .entry(text::folded(&words.join(" ")))
            .or_default()
            .insert(sense);
        self.marked.entry(words.join(" ")).or_default().insert(sense);
    }

    /// What a label says; `neutral` are words that mean nothing on this form.
    pub fn read(&self, label: &Label, neutral: &Neutral) -> Said {
        if label.structure || label.words.is_empty() {
            return Said::nothing();
        }
        if words::is_rate(&label.words) {
            return Said::Rate;
        }
        if words::is_remark(&label.bare) {
            return Said::Ignored;
        }
        if let Some(when) = when::whole(&label.words) {
            return Said::Meaning(Meaning {
                when,
                ..Meaning::default()
            });
        }
        if let Some(meaning) = self.cover(&label.words, neutral) {
            return Said::Meaning(meaning);
        }
        // An age group that no figure needs is understood all the same.
        let plain: Vec<String> = label.words.iter().map(|w| text::folded(w)).collect();
        if ages::in_words(&plain).is_some_and(|band| !self.ages.contains_key(&band)) {
            return Said::Ignored;
        }
        let short = label::without_brackets(&label.bare);
        if short != label.bare && words::is_unit(&label.bare[short.len()..]) {
            let words = label::words(&short);
            if let Some(meaning) = self.cover(&words, neutral) {
                return Said::Meaning(meaning);
            }
        }
        Said::Unknown
    }

    /// Whether a name of the measure has the word.
    pub fn is_of_name(&self, measure: MeasureId, word: &str) -> bool {
        self.named.get(&measure).is_some_and(|words| words.contains(word))
    }

    /// What a label says where it stands beside other categories of its list.
    pub fn among(&self, label: &Label) -> &[CategoryId] {
        self.among.get(&label.bare).map_or(&[], Vec::as_slice)
    }

    /// Divides all words into known phrases, as few as possible.
    fn cover(&self, words: &[String], neutral: &Neutral) -> Option<Meaning> {
        const MOST_WORDS: usize = 48;
        if words.len() > MOST_WORDS {
            return None;
        }
        let has_marks = words.iter().any(|w| *w != text::folded(w));
        let plain_words: Vec<String> = words.iter().map(|w| text::folded(w)).collect();
        // best[i]: fewest phrases for the first i words, and where the last phrase begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; words.len() + 1];
        best[0] = Some((0, 0));
        for end in 1..=words.len() {
            for start in end.saturating_sub(self.longest.max(12))..end {
                let Some((count, _)) = best[start] else { continue };
                if self
                    .phrase(&words[start..end], &plain_words[start..end], has_marks, neutral)
                    .is_some()
                    && best[end].is_none_or(|(fewest, _)| count + 1 < fewest)
                {
                    best[end] = Some((count + 1, start));
                }
            }
        }
        let mut meaning = Meaning::default();
        let mut end = words.len();
        let mut parts = Vec::new();
        while end > 0 {
            let (_, start) = best[end]?;
            parts.push(self.phrase(&words[start..end], &plain_words[start..end], has_marks, neutral)?);
            end = start;
        }
        for part in parts.iter().rev() {
            meaning.and(part);
        }
        self.contradicts(&meaning)
            .then_some(())
            .map_or(Some(meaning), |()| None)
    }

    /// "Nam, nữ" in one heading is not a category.
    fn contradicts(&self, meaning: &Meaning) -> bool {
        let has = |wanted: Option<CategoryId>| {
            wanted.is_some_and(|w| meaning.categories.iter().any(|c| c.as_slice() == [w]))
        };
        has(self.female) && has(self.male)
    }

    fn phrase(
        &self,
        words: &[String],
        plain: &[String],
        has_marks: bool,
        neutral: &Neutral,
    ) -> Option<Meaning> {
        let joined = words.join(" ");
        if neutral.contains(&joined) {
            return Some(Meaning::default());
        }
        let senses = self
            .marked
            .get(&joined)
            .or_else(|| (!has_marks).then(|| self.plain.get(&joined)).flatten());
        if let Some(senses) = senses {
            return Some(meaning_of(senses));
        }
        if let Some(years) = ages::band(plain) {
            let category = self.ages.get(&years)?;
            return Some(Meaning {
                categories: vec![vec![*category]],
                ..Meaning::default()
            });
        }
        // With marks only: "tổng nam" are all men.
        if matches!(joined.as_str(), "tổng năm" | "cộng năm" | "tổng số năm") {
            return Some(Meaning {
                when: when::When {
                    span: Some(crate::period::Span::Year),
                    ..when::When::default()
                },
                ..Meaning::default()
            });
        }
        match when::match_at(plain, 0) {
            Some((found, length)) if length == plain.len() => Some(Meaning {
                when: found,
                ..Meaning::default()
            }),
            _ => None,
        }
    }

    /// Measures whose longest phrase occurs somewhere in a line.
    pub fn measures_in(&self, line: &str) -> (Vec<MeasureId>, usize) {
        let words = label::words(&text::key(line));
        let has_marks = words.iter().any(|w| *w != text::folded(w));
        let mut found = (Vec::new(), 0);
        for start in 0..words.len() {
            for end in (start + 1..=words.len().min(start + self.longest)).rev() {
                let joined = words[start..end].join(" ");
                let senses = self
                    .marked
                    .get(&joined)
                    .or_else(|| (!has_marks).then(|| self.plain.get(&joined)).flatten());
                let measures: Vec<MeasureId> = senses
                    .into_iter()
                    .flatten()
                    .filter_map(|s| match s {
                        Sense::Measure(id) => Some(*id),
                        _ => None,
                    })
                    .collect();
                if !measures.is_empty() && end - start > found.1 {
                    found = (measures, end - start);
                }
            }
        }
        found
    }

    /// "HỌC SINH DÂN TỘC THIỂU SỐ", "LAO ĐỘNG NỮ CÓ VIỆC LÀM": a title that narrows the whole table.
    pub fn narrowing_of_title(&self, line: &str) -> Vec<CategoryId> {
        let plain = format!(" {} ", label::words(&text::folded(line)).join(" "));
        let marked = format!(" {} ", label::words(&text::key(line)).join(" "));
        if words::NOT_NARROWING.iter().any(|w| plain.contains(w)) || marked.contains(" sở dân tộc ") {
            return Vec::new();
        }
        let mut found = Vec::new();
        let says = |words: &[&str]| words.iter().any(|w| marked.contains(w));
        let women = says(&[" nữ ", " phụ nữ ", " gái "]);
        let men = says(&[" nam ", " nam giới ", " trai "]);
        match (women, men) {
            (true, false) => found.extend(self.female),
            // "Việt Nam", "tỉnh Quảng Nam" are no men.
            (false, true) if says(&[" nam giới ", " trẻ em trai ", " bé trai ", " trẻ trai "]) => {
                found.extend(self.male);
            }
            _ => {}
        }
        if [" dân tộc thiểu số ", " dtts ", " dân tộc ít người "]
            .iter()
            .any(|w| marked.contains(w))
            && !marked.contains(" kinh ")
        {
            found.extend(self.minority);
        }
        found
    }

    /// The known phrase most like a text, for "did you mean"; `own` are phrases of the form.
    pub fn near<'v>(&'v self, bare: &str, own: &[&'v str]) -> Option<&'v str> {
        let wanted = text::folded(bare);
        let letters = wanted.chars().count();
        let limit = (letters / 3).max(1);
        let close = |plain: &str| {
            // Texts of very different length are never near; measuring them all would take the most time.
            if plain.chars().count().abs_diff(letters) > limit {
                return None;
            }
            let distance = strsim::damerau_levenshtein(&wanted, plain);
            (distance <= limit).then_some(distance)
        };
        let of_form = own.iter().filter_map(|p| Some((close(&text::folded(p))?, *p)));
        let shared = self
            .near
            .iter()
            .filter_map(|(plain, p)| Some((close(plain)?, p.as_str())));
        of_form.chain(shared).min().map(|(_, phrase)| phrase)
    }
}

fn meaning_of(senses: &BTreeSet<Sense>) -> Meaning {
    let mut meaning = Meaning::default();
    let mut categories = Vec::new();
    for sense in senses {
        match sense {
            Sense::Measure(id) => meaning.measures.push(*id),
            Sense::Category(id) => categories.push(*id),
            Sense::Nothing => {}
        }
    }
    if !categories.is_empty() {
        if senses.contains(&Sense::Nothing) {
            categories.push(CategoryId::ALL);
        }
        meaning.categories.push(categories);
    }
    meaning
}
