//! Places in running text and in file names, and near names for messages.
//!
//! In:  a title, a file name, a mistyped name. Out: a [`Resolution`], or a suggestion.
//! Holds: only names behind a written type count in running text; two places beside each other are
//!        no answer. A suggestion is never an answer.

use super::lookup::extend;
use super::names::{readings, type_length};
use super::resolve::LONGEST;
use super::{Found, Level, REFORM, Register, Resolution, UnitId};
use crate::period::Day;
use crate::text::{did_you_mean, has_marks, key};

impl Register {
    /// The unit that a running text (a title) or a file name speaks of: names behind a written type
    /// (`… xã Lâm Sơn, huyện Ninh Sơn năm 2024`); the smallest unit of which the larger ones contain it.
    pub fn resolve_in_text(
        &self,
        text: &str,
        within: &[UnitId],
        level: Option<Level>,
        day: Day,
    ) -> Resolution {
        let text: String = key(text).chars().take(LONGEST).collect();
        let marked = has_marks(&text);
        let words = words(&text);
        let near =
            |id: UnitId| self.lies_in(id, within, day) || within.iter().any(|w| self.contains(id, *w, day));
        let mut mentions: Vec<(Vec<UnitId>, Found)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let kind = type_length(&words[at..]);
            // `hợp tác xã` is a cooperative.
            let cooperative = at > 0 && matches!(words[at - 1], "tác" | "tac");
            let mut step = 1;
            if kind > 0 && !cooperative {
                let top = (at + kind + 6).min(words.len());
                for end in (at + kind + 1..=top).rev() {
                    let name = words[at..end].join(" ");
                    let (ids, found) = self.candidates(&name, day, &near);
                    let ids = if marked { self.as_written(&name, ids) } else { ids };
                    if !ids.is_empty() {
                        mentions.push((ids, found));
                        step = end - at;
                        break;
                    }
                }
            }
            at += step;
        }
        self.smallest(mentions, within, level, day)
    }

    /// Whether a text names a district, as the days before the reform had them, that the day does not
    /// know: "xã Lâm Sơn, huyện Ninh Sơn" is of another time though a xã Lâm Sơn may exist again.
    pub fn mentions_lost_district(&self, text: &str, day: Day) -> bool {
        if day < REFORM {
            return false;
        }
        let text: String = key(text).chars().take(LONGEST).collect();
        let words = words(&text);
        let anywhere = |_: UnitId| true;
        (0..words.len()).any(|at| {
            let kind = type_length(&words[at..]);
            let is_district = |ids: &[UnitId]| ids.iter().any(|id| self.unit(*id).level == Level::District);
            kind > 0
                && (at + kind + 1..=(at + kind + 5).min(words.len())).any(|end| {
                    let name = words[at..end].join(" ");
                    let (then, found) = self.candidates(&name, REFORM.eve(), &anywhere);
                    found == Found::ByTypeAndName
                        && is_district(&then)
                        && self.candidates(&name, day, &anywhere).0.is_empty()
                })
        })
    }

    fn smallest(
        &self,
        mut mentions: Vec<(Vec<UnitId>, Found)>,
        within: &[UnitId],
        level: Option<Level>,
        day: Day,
    ) -> Resolution {
        let depth = |ids: &[UnitId]| ids.iter().map(|id| self.unit(*id).level).max();
        mentions.sort_by_key(|(ids, _)| depth(ids));
        let Some((mut inner, mut found)) = mentions.first().cloned() else {
            return Resolution::None;
        };
        for (ids, how) in mentions.into_iter().skip(1) {
            let nested: Vec<UnitId> = ids
                .iter()
                .copied()
                .filter(|id| inner.iter().any(|o| self.contains(*o, *id, day)))
                .collect();
            if nested.is_empty() {
                // Two places beside each other: the text is not about one of them.
                extend(&mut inner, ids);
            } else {
                inner = nested;
                found = how;
            }
        }
        inner.retain(|id| level.is_none_or(|l| self.unit(*id).level == l) && self.lies_in(*id, within, day));
        match inner.as_slice() {
            [] => Resolution::None,
            [id] => Resolution::One(*id, found),
            _ => Resolution::Several(inner),
        }
    }

    /// The unit whose name is most like the text, for "did you mean" in messages. Never an answer.
    pub fn suggest(
        &self,
        text: &str,
        within: Option<UnitId>,
        level: Option<Level>,
        day: Day,
    ) -> Option<UnitId> {
        let text: String = key(text).chars().take(60).collect();
        let levels = level.map_or_else(|| self.levels(day), |l| vec![l]);
        let scopes = within.map_or_else(|| self.roots(), |w| vec![w]);
        let mut names: Vec<(String, UnitId)> = Vec::new();
        for scope in scopes {
            for level in &levels {
                for id in self.descendants(scope, day, *level) {
                    names.push((self.unit(id).name.clone(), id));
                }
            }
        }
        let bare = readings(&text).first().map_or(text.as_str(), |(_, name)| name);
        let near = did_you_mean(bare, names.iter().map(|(n, _)| n.as_str()))?;
        names.iter().find(|(n, _)| n == near).map(|(_, id)| *id)
    }
}

/// Words of a keyed text; an apostrophe is a letter of names.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .collect()
}
