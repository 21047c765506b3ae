//! What the title says of every figure of its table.
//!
//! Holds: a title names the measure only where headings and labels name none; it narrows a table ("học sinh dân
//!        tộc thiểu số") only in a dimension that no heading splits.

use crate::classification::Dimension;
use crate::definition::Catalogue;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::region::{self, Line, Region};
use crate::intake::rows::RowRead;
use crate::intake::settle::Ledger;
use crate::intake::understand::Reader;
use crate::problem::Kind;

/// What the title says of every figure: the measure, where headings say none, and a sex or ethnicity
/// to which the whole table is limited.
pub(super) fn title_meaning(
    region: &Region,
    reader: &Reader<'_>,
    said: &[Said],
    rows: &[RowRead],
    catalogue: &Catalogue,
    ledger: &mut Ledger,
) -> Meaning {
    let mut meaning = Meaning::default();
    let vocabulary = &reader.forms.vocabulary;
    let lines: Vec<&Line> = region
        .title
        .iter()
        .filter(|l| !region::is_title_like(&l.text) || l.text.to_lowercase().starts_with("báo cáo"))
        .collect();
    if reader.form.is_none_or(|f| f.defaults.measures.is_empty()) {
        let best = lines
            .iter()
            .map(|l| vocabulary.measures_in(&l.text))
            .max_by_key(|(_, length)| *length);
        if let Some((measures, _)) = best {
            meaning.measures = measures;
        }
    }
    // Only a title that speaks of the figures may narrow them, and only in a dimension that no heading splits.
    let default = reader.form.and_then(|f| f.defaults.measures.first().copied());
    let Some(measure) = default.or(meaning.measures.first().copied()) else {
        return meaning;
    };
    let split_by = |dimension: Dimension| {
        let speaks = |m: &Meaning| {
            m.categories
                .iter()
                .flatten()
                .any(|c| catalogue.lists.dimension(*c) == dimension)
        };
        said.iter()
            .chain(rows.iter().map(|r| &r.said))
            .any(|s| matches!(s, Said::Meaning(m) if speaks(m)))
    };
    for line in lines {
        for category in vocabulary.narrowing_of_title(&line.text) {
            let dimension = catalogue.lists.dimension(category);
            let allowed = catalogue.measures.get(measure).dimensions.contains(&dimension);
            let defaulted = reader.form.is_some_and(|f| {
                f.defaults
                    .categories
                    .iter()
                    .flatten()
                    .any(|c| catalogue.lists.dimension(*c) == dimension)
            });
            if allowed && !defaulted && !split_by(dimension) && !meaning.categories.contains(&vec![category])
            {
                meaning.categories.push(vec![category]);
                let kind = Kind::TitleNarrows {
                    text: crate::text::one_line(&line.text),
                    category: catalogue.lists.category(category).name.clone(),
                };
                ledger.add(line.at, kind, 0);
            }
        }
    }
    meaning
}
