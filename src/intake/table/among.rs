//! Labels that name a category only beside others of its list: "Khác" after Tày and Nùng are the minorities
//! that are not named, after Kinh alone all of them.
//!
//! In:  what the rows and headings of a table were understood to say. Out: the same, such labels understood.
//! Holds: "Dân tộc khác" is never all minorities where some of them have rows of their own.

use crate::classification::{CategoryId, CodeLists};
use crate::intake::header::Column;
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::rows::RowRead;
use crate::intake::stub::StubRow;
use crate::intake::vocabulary::Vocabulary;
use crate::problem::Kind;

/// Rows beside each other lie under the same rows.
pub(super) fn rows(stub: &[StubRow], reads: &mut [RowRead], vocabulary: &Vocabulary, lists: &CodeLists) {
    for i in 0..stub.len() {
        let named = vocabulary.among(&stub[i].label);
        let doubtful = !matches!(reads[i].trouble, None | Some((_, Kind::UnknownRow { .. })));
        if named.is_empty() || doubtful || reads[i].total {
            continue;
        }
        let beside = (0..stub.len())
            .filter(|j| *j != i && stub[*j].above == stub[i].above)
            .filter(|j| vocabulary.among(&stub[*j].label).is_empty())
            .map(|j| &reads[j].said);
        if let Some(said) = beside_others(named, beside, lists) {
            reads[i].said = said;
            reads[i].trouble = None;
        }
    }
}

/// Headings beside each other stand under the same headings.
pub(super) fn columns(columns: &[Column], said: &mut [Said], vocabulary: &Vocabulary, lists: &CodeLists) {
    const MOST_COLUMNS: usize = 400;
    if columns.len() > MOST_COLUMNS {
        return;
    }
    let leaves: Vec<Label> = columns.iter().map(|c| label::parse(c.leaf())).collect();
    for i in 0..columns.len() {
        let named = vocabulary.among(&leaves[i]);
        if named.is_empty() || matches!(said[i], Said::Rate | Said::Ignored | Said::Counted) {
            continue;
        }
        let beside = (0..columns.len())
            .filter(|j| *j != i && upper(&columns[*j]) == upper(&columns[i]))
            .filter(|j| vocabulary.among(&leaves[*j]).is_empty())
            .map(|j| &said[j]);
        if let Some(found) = beside_others(named, beside, lists) {
            said[i] = found;
        }
    }
}

fn upper(column: &Column) -> &[String] {
    column.path.split_last().map_or(&[], |(_, upper)| upper)
}

/// The deepest of the named categories that has one of the same parent beside it, in that one's place.
fn beside_others<'a>(
    named: &[CategoryId],
    beside: impl Iterator<Item = &'a Said>,
    lists: &CodeLists,
) -> Option<Said> {
    let depth = |id: CategoryId| std::iter::successors(Some(id), |id| lists.category(*id).parent).count();
    let mut best: Option<(usize, Meaning)> = None;
    for said in beside {
        let Said::Meaning(meaning) = said else { continue };
        for (at, alternatives) in meaning.categories.iter().enumerate() {
            let [other] = alternatives[..] else { continue };
            for id in named {
                let (one, two) = (lists.category(*id), lists.category(other));
                let alike = one.list == two.list && one.parent == two.parent && other != *id;
                if alike && best.as_ref().is_none_or(|(deep, _)| depth(*id) > *deep) {
                    let mut meaning = meaning.clone();
                    meaning.categories[at] = vec![*id];
                    best = Some((depth(*id), meaning));
                }
            }
        }
    }
    best.map(|(_, meaning)| Said::Meaning(meaning))
}
