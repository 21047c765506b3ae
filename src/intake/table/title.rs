//! What the title says of every figure of its table.
//!
//! Holds: a title names the measure only where headings and labels name none; it narrows a table ("học sinh dân
//!        tộc thiểu số") only in a dimension that no heading splits; words of it that nobody knows ("có bảo
//!        hiểm y tế") may change what is counted, so figures that only the title explains are not taken then.

use crate::classification::{CategoryId, Dimension, Measure, MeasureId};
use crate::definition::Catalogue;
use crate::intake::form::Form;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::place::{Located, Places};
use crate::intake::region::{self, Line, Region};
use crate::intake::rows::RowRead;
use crate::intake::settle::Ledger;
use crate::intake::understand::Reader;
use crate::intake::vocabulary;
use crate::problem::Kind;
use crate::text;

/// What the title says of figures of which headings and labels name no measure, and of all.
#[derive(Debug, Clone, Default)]
pub struct OfTitle {
    pub meaning: Meaning,
    /// The title names another measure than the form's default.
    pub outweighs_form: bool,
    /// Words of the title that nobody knows: no measure is taken from it.
    pub unclear: Option<Kind>,
}

/// Everything the reading of a title depends on.
pub(super) struct TitleReader<'a> {
    pub region: &'a Region,
    pub reader: &'a Reader<'a>,
    pub places: &'a Places<'a>,
    pub said: &'a [Said],
    pub rows: &'a [RowRead],
    pub catalogue: &'a Catalogue,
}

impl TitleReader<'_> {
    /// The measure, where headings say none, and the categories to which the whole table is limited.
    pub(super) fn read(&self, ledger: &mut Ledger) -> OfTitle {
        let mut title = OfTitle::default();
        let vocabulary = &self.reader.forms.vocabulary;
        let lines: Vec<&Line> = self
            .region
            .title
            .iter()
            .filter(|l| !region::is_title_like(&l.text) || l.text.to_lowercase().starts_with("báo cáo"))
            .collect();
        let default = self
            .reader
            .form
            .and_then(|f| f.defaults.measures.first().copied());
        let (named, _) = (lines.iter())
            .map(|l| vocabulary.measures_in(&l.text))
            .max_by_key(|(_, length)| *length)
            .unwrap_or_default();
        // Where a heading names it too, what has no name is something else: "Tổng số" beside "Nữ làm chủ".
        title.outweighs_form = match (default, named.as_slice()) {
            (Some(default), [other]) => *other != default && !self.names(*other),
            _ => false,
        };
        if default.is_none() || title.outweighs_form {
            title.meaning.measures.clone_from(&named);
        }
        let Some(measure) = (title.meaning.measures.first().copied()).or(default) else {
            return title;
        };
        for line in lines {
            self.line(line, (measure, &named), &mut title, ledger);
        }
        title
    }

    /// One line; `named` are measures that the title names, whether they are taken or not.
    fn line(
        &self,
        line: &Line,
        (measure, named): (MeasureId, &[MeasureId]),
        title: &mut OfTitle,
        ledger: &mut Ledger,
    ) {
        let vocabulary = &self.reader.forms.vocabulary;
        let mut narrowing = vocabulary.narrowing_of_title(&line.text);
        let names_measure = vocabulary.measures_in(&line.text).0.contains(&measure);
        let of_form = self.reader.form.filter(|f| f.is_titled(&line.text));
        if names_measure || of_form.is_some() {
            // A title by which a form is known may say the words of its titles, of the names of its measure, and of a
            // measure that a heading names too.
            let mut measures = vec![measure];
            measures.extend(named.iter().copied().filter(|named| self.names(*named)));
            let is_known = |word: &str| {
                let of_title = |form: &Form| {
                    let of_name = || measures.iter().any(|m| vocabulary.is_of_name(*m, word));
                    form.title_words.contains(word) || of_name()
                };
                let neutral = self.reader.form.is_some_and(|f| f.neutral.contains(word));
                neutral || of_form.is_some_and(of_title)
            };
            let is_place = |name: &str| self.places.of_cell(name, None) != Located::None;
            let beside = vocabulary.beside(&line.text, measure, &is_known, &is_place);
            // Two groups of one kind limit nothing, and "minority" is told from other uses of its words above.
            let minority = self.catalogue.lists.find("ethnicity", "minority");
            narrowing.extend(beside.categories.iter().copied().filter(|c| {
                let dimension = self.dimension(*c);
                let alike = beside
                    .categories
                    .iter()
                    .filter(|o| self.dimension(**o) == dimension);
                dimension != Dimension::Sex && Some(*c) != minority && alike.count() == 1
            }));
            if !beside.unknown.is_empty() {
                unclear(title, line, beside.unknown.join(" "));
            }
            // A group by which the measure cannot be split is another measure: births of adolescents.
            let measured = self.catalogue.measures.get(measure);
            let other = beside.categories.iter().find(|c| !self.may_split(**c, measured));
            if let Some(other) = other {
                let words = self.catalogue.lists.category(*other).name.vi.clone();
                unclear(title, line, words);
            }
        } else if let Some(word) = vocabulary::of_no_result(&line.text) {
            unclear(title, line, word.to_owned());
        }
        // What a title limits is only worth telling if its figures are taken.
        if title.unclear.is_some() {
            return;
        }
        for category in narrowing {
            let dimension = self.dimension(category);
            let allowed = self.may_split(category, self.catalogue.measures.get(measure));
            let known = title.meaning.categories.contains(&vec![category]);
            if allowed && !known && !self.defaulted(dimension) && !self.split_across(category) {
                title.meaning.categories.push(vec![category]);
                let kind = Kind::TitleNarrows {
                    text: text::one_line(&line.text),
                    category: self.catalogue.lists.category(category).name.clone(),
                };
                ledger.add(line.at, kind, 0);
            }
        }
    }

    fn dimension(&self, category: CategoryId) -> Dimension {
        self.catalogue.lists.dimension(category)
    }

    fn speaks(&self, meaning: &Meaning, dimension: Dimension) -> bool {
        let mut categories = meaning.categories.iter().flatten();
        categories.any(|c| self.dimension(*c) == dimension)
    }

    fn defaulted(&self, dimension: Dimension) -> bool {
        let form = self.reader.form;
        form.is_some_and(|f| self.speaks(&f.defaults, dimension))
    }

    fn may_split(&self, category: CategoryId, measure: &Measure) -> bool {
        match self.dimension(category) {
            Dimension::Item => measure.items == Some(self.catalogue.lists.category(category).list),
            other => measure.dimensions.contains(&other),
        }
    }

    fn all_said(&self) -> impl Iterator<Item = &Meaning> {
        let said = self.said.iter().chain(self.rows.iter().map(|r| &r.said));
        said.filter_map(|said| match said {
            Said::Meaning(meaning) => Some(meaning),
            _ => None,
        })
    }

    /// Whether a heading or label names the measure.
    fn names(&self, measure: MeasureId) -> bool {
        self.all_said().any(|m| m.measures.contains(&measure))
    }

    /// Whether headings or labels divide what the category is of, other than into its own parts.
    fn split_across(&self, category: CategoryId) -> bool {
        let lists = &self.catalogue.lists;
        let mut said = self.all_said().flat_map(|m| m.categories.iter().flatten());
        said.any(|other| {
            self.dimension(*other) == self.dimension(category)
                && (*other == category || !lists.contains(category, *other))
        })
    }
}

fn unclear(title: &mut OfTitle, line: &Line, words: String) {
    let text = text::one_line(&line.text);
    title.unclear.get_or_insert(Kind::TitleUnclear { text, words });
}
