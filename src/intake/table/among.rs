//! Labels that name a category only beside others of its list: "Khác" after Tày and Nùng are the minorities
//! that are not named, after Kinh alone all of them.
//!
//! In:  the labels and headings of a table. Out: the same, such words replaced by the name of what they mean.
//! Holds: "Dân tộc khác" is never all minorities where some of them have a place of their own; the time is that
//!        of a walk over the labels, however many of them are such words.

use std::collections::{BTreeMap, BTreeSet};

use crate::classification::{CategoryId, CodeLists};
use crate::intake::label::{self, Label};
use crate::intake::meaning::Said;
use crate::intake::stub::StubRow;
use crate::intake::vocabulary::{Neutral, Vocabulary};

/// Rows beside each other lie under the same rows.
pub(super) fn rows(stub: &mut [StubRow], vocabulary: &Vocabulary, lists: &CodeLists) {
    let mut beside: BTreeMap<Vec<usize>, BTreeSet<CategoryId>> = BTreeMap::new();
    for row in stub.iter().filter(|r| !vocabulary.among(&r.label).is_empty()) {
        beside.entry(row.above.clone()).or_default();
    }
    if beside.is_empty() {
        return;
    }
    for row in stub.iter() {
        if let Some(found) = beside.get_mut(&row.above) {
            found.extend(categories(&row.label, vocabulary));
        }
    }
    for row in stub {
        let named = vocabulary.among(&row.label);
        let Some(id) = beside
            .get(&row.above)
            .and_then(|found| meant(named, found, lists))
        else {
            continue;
        };
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
    let mut beside: BTreeMap<Vec<String>, BTreeSet<CategoryId>> = BTreeMap::new();
    let is_among = |heading: &str| !vocabulary.among(&label::parse(heading)).is_empty();
    for path in paths.iter() {
        for (depth, _) in path.iter().enumerate().filter(|(_, heading)| is_among(heading)) {
            beside.entry(path[..depth].to_vec()).or_default();
        }
    }
    if beside.is_empty() {
        return;
    }
    for path in paths.iter() {
        for (depth, heading) in path.iter().enumerate() {
            if let Some(found) = beside.get_mut(&path[..depth]) {
                found.extend(categories(&label::parse(heading), vocabulary));
            }
        }
    }
    for path in paths {
        for depth in (0..path.len()).rev() {
            let label = label::parse(&path[depth]);
            let found = beside.get(&path[..depth]);
            if let Some(id) = found.and_then(|found| meant(vocabulary.among(&label), found, lists)) {
                lists.category(id).name.vi.clone_into(&mut path[depth]);
            }
        }
    }
}

/// The categories that a label names by itself ("Thổ" names two groups, and either is one of the list).
fn categories(label: &Label, vocabulary: &Vocabulary) -> Vec<CategoryId> {
    if !vocabulary.among(label).is_empty() {
        return Vec::new();
    }
    match vocabulary.read(label, &Neutral::new()) {
        Said::Meaning(meaning) => meaning.categories.concat(),
        _ => Vec::new(),
    }
}

/// The deepest of the named categories that has one of the same parent beside it.
fn meant(named: &[CategoryId], beside: &BTreeSet<CategoryId>, lists: &CodeLists) -> Option<CategoryId> {
    let depth = |id: CategoryId| std::iter::successors(Some(id), |id| lists.category(*id).parent).count();
    let has_equal = |id: &CategoryId| {
        let category = lists.category(*id);
        let is_equal = |other: &CategoryId| {
            let of_other = lists.category(*other);
            !other.is_all()
                && other != id
                && of_other.list == category.list
                && of_other.parent == category.parent
        };
        beside.iter().any(is_equal)
    };
    let equals = named.iter().copied().filter(has_equal);
    equals.max_by_key(|id| (depth(*id), std::cmp::Reverse(*id)))
}
