//! Terms of formulas and checks: references to measures and categories, proved.

use super::Term;
use super::fault::not_known;
use super::reader::{Spot, Table};
use crate::classification::{Breakdown, CodeLists, Dimension, ListId, MeasureId, Measures};
use crate::lang::Words;

/// What a reference may name.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    pub lists: &'a CodeLists,
    pub measures: &'a Measures,
}

impl Names<'_> {
    /// Reads `key = [{ measure = … }, …]`; `None` if any of them is at fault.
    pub fn terms(self, t: &Table, key: &'static str) -> Option<Vec<Term>> {
        let tables = t.tables(key);
        let wanted = tables.len();
        let terms: Vec<Term> = tables.iter().filter_map(|t| self.term(t)).collect();
        (terms.len() == wanted).then_some(terms)
    }

    pub fn term(self, t: &Table) -> Option<Term> {
        let about = self.about(t);
        let years_back = t.number_if("years_back");
        let minus = t.flag("minus", false);
        t.finish();
        let years_back = match &years_back {
            None => Some(0),
            Some(n) => i16::try_from(n.value)
                .ok()
                .filter(|n| (0..=30).contains(n))
                .or_else(|| {
                    t.fault(n, Words::new("phải từ 0 đến 30", "must be from 0 to 30"));
                    None
                }),
        };
        let (measure, breakdown) = about?;
        Some(Term {
            measure,
            breakdown,
            years_back: years_back?,
            minus,
        })
    }

    /// The measure and its breakdown: keys `measure`, `sex`, `age`, `ethnicity`, `item`.
    pub fn about(self, t: &Table) -> Option<(MeasureId, Breakdown)> {
        let measure = t.text("measure").and_then(|word| self.measure(t, &word));
        let words = [
            (Dimension::Sex, t.text_if("sex")),
            (Dimension::Age, t.text_if("age")),
            (Dimension::Ethnicity, t.text_if("ethnicity")),
            (Dimension::Item, t.text_if("item")),
        ];
        let measure = measure?;
        let mut breakdown = Breakdown::default();
        let mut sound = true;
        for (dimension, word) in words {
            let Some(word) = word else { continue };
            match self.category(t, measure, dimension, &word) {
                Some(category) => breakdown = breakdown.with(dimension, category),
                None => sound = false,
            }
        }
        sound.then_some((measure, breakdown))
    }

    /// The list from which a measure takes its categories of a dimension, if it may be split so.
    pub fn list_of(self, measure: MeasureId, dimension: Dimension) -> Option<ListId> {
        let measure = self.measures.get(measure);
        match dimension {
            Dimension::Item => measure.items,
            other => measure
                .dimensions
                .contains(&other)
                .then(|| self.lists.list_named(other.code()))
                .flatten(),
        }
    }

    pub fn measure(self, t: &Table, word: &Spot<String>) -> Option<MeasureId> {
        let found = self.measures.find(&word.value);
        if found.is_none() {
            let kind = Words::new("chỉ tiêu trong measures.toml", "a measure of measures.toml");
            let ids = self.measures.all.iter().map(|m| m.id.as_str());
            t.fault(word, not_known(&word.value, &kind, ids));
        }
        found
    }

    /// A category of a measure's own list of a dimension.
    pub fn category(
        self,
        t: &Table,
        measure: MeasureId,
        dimension: Dimension,
        word: &Spot<String>,
    ) -> Option<crate::classification::CategoryId> {
        let id = &self.measures.get(measure).id;
        let Some(list) = self.list_of(measure, dimension) else {
            t.fault(
                word,
                Words::new(
                    format!("chỉ tiêu “{id}” không được chia theo {}", dimension.code()),
                    format!("measure “{id}” is not split by {}", dimension.code()),
                ),
            );
            return None;
        };
        let list = self.lists.list(list);
        let found = self.lists.find(&list.id, &word.value);
        if found.is_none() {
            let codes = list
                .categories
                .iter()
                .map(|c| self.lists.category(*c).code.as_str());
            let kind = Words::new(
                format!("mã của danh mục “{}”", list.id),
                format!("a code of the list “{}”", list.id),
            );
            t.fault(word, not_known(&word.value, &kind, codes));
        }
        found
    }
}
