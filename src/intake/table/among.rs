//! Labels that name a category only beside others of its list: "Khác" after Tày and Nùng are the minorities
//! that are not named, after Kinh alone all of them.
//!
//! In:  the labels and headings of a table. Out: the same, such words replaced by the name of what they mean.
//! Holds: "Dân tộc khác" is never all minorities where some of them have a place of their own.

use crate::classification::{CategoryId, CodeLists};
use crate::intake::label::{self, Label};
use crate::intake::meaning::Said;
use crate::intake::stub::StubRow;
use crate::intake::vocabulary::{Neutral, Vocabulary};

/// Rows beside each other lie under the same rows.
pub(super) fn rows(stub: &mut [StubRow], vocabulary: &Vocabulary, lists: &CodeLists) {
    for i in 0..stub.len() {
        let named = vocabulary.among(&stub[i].label);
        if named.is_empty() {
            continue;
        }
        let beside = (0..stub.len())
            .filter(|j| *j != i && stub[*j].above == stub[i].above)
            .map(|j| &stub[j].label);
        let Some(id) = beside_others(named, beside, vocabulary, lists) else {
            continue;
        };
        let row = &mut stub[i];
        let name = &lists.category(id).name.vi;
        for (_, at, text) in &mut row.texts {
            if Some(*at) == row.at {
                name.clone_into(text);
            }
        }
        let was = std::mem::replace(&mut row.label, label::parse(name));
        row.label.written = was.written;
        row.label.marker = was.marker;
        row.label.of_which = was.of_which;
    }
}

/// Headings beside each other stand under the same headings, whatever stands below them.
pub(super) fn headings(paths: &mut [Vec<String>], vocabulary: &Vocabulary, lists: &CodeLists) {
    const MOST_COLUMNS: usize = 400;
    if paths.len() > MOST_COLUMNS {
        return;
    }
    let labels: Vec<Vec<Label>> = paths
        .iter()
        .map(|path| path.iter().map(|heading| label::parse(heading)).collect())
        .collect();
    for (i, path) in labels.iter().enumerate() {
        for (depth, label) in path.iter().enumerate() {
            let named = vocabulary.among(label);
            if named.is_empty() {
                continue;
            }
            let beside = labels
                .iter()
                .filter(|other| other.len() > depth && other[..depth] == path[..depth])
                .map(|other| &other[depth])
                .filter(|other| other.bare != label.bare);
            if let Some(id) = beside_others(named, beside, vocabulary, lists) {
                lists.category(id).name.vi.clone_into(&mut paths[i][depth]);
            }
        }
    }
}

/// The deepest of the named categories that has one of the same parent beside it.
fn beside_others<'a>(
    named: &[CategoryId],
    beside: impl Iterator<Item = &'a Label>,
    vocabulary: &Vocabulary,
    lists: &CodeLists,
) -> Option<CategoryId> {
    let depth = |id: CategoryId| std::iter::successors(Some(id), |id| lists.category(*id).parent).count();
    let nothing = Neutral::new();
    let mut best: Option<CategoryId> = None;
    for label in beside.filter(|label| vocabulary.among(label).is_empty()) {
        let Said::Meaning(meaning) = vocabulary.read(label, &nothing) else {
            continue;
        };
        for alternatives in &meaning.categories {
            for id in named {
                let category = lists.category(*id);
                // "Thổ" names two groups, and either is one of the list.
                let alike = |other: &CategoryId| {
                    let other_category = lists.category(*other);
                    other_category.list == category.list
                        && other_category.parent == category.parent
                        && other != id
                };
                if alternatives.iter().any(alike) && best.is_none_or(|best| depth(*id) > depth(best)) {
                    best = Some(*id);
                }
            }
        }
    }
    best
}
