//! What an office has answered once about its own sheets: `answers/*.toml` beside the data.
//!
//! In:  declared layouts. Out: for a table its answers: the meaning of a column, the period, the notation, the code list.
//! Holds: an answer outweighs the form and the shared words, because somebody who knows the sheet has given it.

use std::collections::BTreeMap;

use super::{Axis, Declared, LabelRule, labels};
use crate::intake::label::Label;
use crate::intake::meaning::Said;
use crate::intake::understand::Step;
use crate::period::Period;
use crate::text;

/// All answers of an office.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// For a code list of ours ("sex", "ethnicity") the official list whose numbers the office writes.
    pub code_lists: BTreeMap<String, String>,
    pub layouts: Vec<Layout>,
}

/// The answers for every table of one layout.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Phrases that all stand in the title.
    pub title: Vec<String>,
    /// Headings that the table all has.
    pub headings: Vec<Declared>,
    pub period: Option<Period>,
    /// The mark between thousands.
    pub thousands: Option<char>,
    pub labels: Vec<LabelRule>,
}

impl Answers {
    pub fn code_list(&self, list: &str) -> Option<&str> {
        self.code_lists.get(list).map(String::as_str)
    }

    /// The first layout that a table has.
    pub fn layout(&self, title: &[String], headings: &[Label]) -> Option<&Layout> {
        if self.layouts.is_empty() {
            return None;
        }
        let title = text::key(&title.join(" | "));
        self.layouts.iter().find(|layout| {
            layout.title.iter().all(|phrase| title.contains(phrase.as_str()))
                && layout
                    .headings
                    .iter()
                    .all(|wanted| headings.iter().any(|heading| wanted.fits(heading)))
        })
    }
}

impl Layout {
    /// What a label means by the office's answer.
    pub fn read(&self, label: &Label, above: &[&Label], step: Step<'_>, axis: Axis) -> Option<Said> {
        labels::said(&self.labels, label, above, step, axis)
    }
}
