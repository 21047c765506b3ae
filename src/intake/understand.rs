//! A path of headings or labels → what it says, by the form first and the shared words second.
//!
//! Holds: every label of a path must be understood; an unknown one above ("Khuyết tật" over "Nữ")
//!        makes what lies under it unknown, because it narrows the figures in a way nobody can tell.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::classification::CodeLists;
use crate::intake::form::{Axis, Form, Forms, Layout};
use crate::intake::label::{self, Label};
use crate::intake::meaning::{Meaning, Said};
use crate::intake::vocabulary::Neutral;

/// Reads labels for one table.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub forms: &'a Forms,
    pub lists: &'a CodeLists,
    pub form: Option<&'a Form>,
    /// The office's own answers for tables of this layout.
    pub layout: Option<&'a Layout>,
    /// What the shared words say of a text: labels repeat each other.
    pub memo: &'a RefCell<BTreeMap<String, Said>>,
    /// What the form says of a label under others.
    pub of_form: &'a RefCell<BTreeMap<String, Option<Said>>>,
}

/// A label of a path with what identifies it beside its text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Step<'a> {
    pub number: Option<&'a str>,
    pub code: Option<&'a str>,
    /// It stands over others: a heading of a group, not the name of a figure.
    pub heading: bool,
}

impl Reader<'_> {
    /// One label under others.
    pub fn label(&self, label: &Label, above: &[&Label], step: Step<'_>, axis: Axis) -> Said {
        if let Some(said) = self.by_form(label, above, step, axis) {
            return said;
        }
        if label.structure {
            return Said::nothing();
        }
        if let Some(said) = self.memo.borrow().get(&label.bare) {
            return said.clone();
        }
        let nothing = Neutral::new();
        let neutral = self.form.map_or(&nothing, |f| &f.neutral);
        let said = self.forms.vocabulary.read(label, neutral);
        self.memo.borrow_mut().insert(label.bare.clone(), said.clone());
        said
    }

    /// By the form alone. A label above is read again for each row below it, so answers are kept.
    fn by_form(&self, label: &Label, above: &[&Label], step: Step<'_>, axis: Axis) -> Option<Said> {
        if self.form.is_none() && self.layout.is_none() {
            return None;
        }
        let mut key = format!(
            "{axis:?}|{}|{}|{}",
            step.number.unwrap_or(""),
            step.code.unwrap_or(""),
            step.heading
        );
        for part in above.iter().chain([&label]) {
            key.push('|');
            key.push_str(&part.bare);
        }
        if let Some(known) = self.of_form.borrow().get(&key) {
            return known.clone();
        }
        let answered = self.layout.and_then(|l| l.read(label, above, step, axis));
        let said = answered.or_else(|| self.form.and_then(|f| f.read(label, above, step, axis)));
        self.of_form.borrow_mut().insert(key, said.clone());
        said
    }

    /// A whole path, outermost first; `last` belongs to the innermost label.
    pub fn path(&self, path: &[&Label], last: Step<'_>, axis: Axis) -> Said {
        let mut meaning = Meaning::default();
        let mut unknown = false;
        let mut rate = false;
        for (i, label) in path.iter().enumerate() {
            let innermost = i + 1 == path.len();
            let step = match innermost {
                true => last,
                false => Step {
                    heading: true,
                    ..Step::default()
                },
            };
            // A code says all: what stands above it need not be known.
            let coded = innermost && last.code.is_some();
            if coded
                && let Some(said) = self
                    .form
                    .filter(|f| f.labels.iter().any(|r| r.code.is_some()))
                    .and_then(|f| f.read(label, &path[..i], last, axis))
            {
                unknown = false;
                match said {
                    Said::Meaning(m) => meaning.and(&m),
                    other => return other,
                }
                continue;
            }
            match self.label(label, &path[..i], step, axis) {
                Said::Meaning(m) => meaning.and(&m),
                Said::Ignored => return Said::Ignored,
                Said::Rate => rate = true,
                Said::Counted | Said::Unknown => unknown = true,
            }
        }
        match (unknown, rate) {
            (_, true) => Said::Rate,
            (true, false) => Said::Unknown,
            _ => Said::Meaning(meaning),
        }
    }

    /// The heading of a column, outermost first.
    pub fn column(&self, path: &[String], number: Option<&str>) -> Said {
        let labels: Vec<Label> = path.iter().map(|t| label::parse(t)).collect();
        let refs: Vec<&Label> = labels.iter().collect();
        let step = Step {
            number,
            ..Step::default()
        };
        match self.path(&refs, step, Axis::Column) {
            Said::Unknown => {
                // One heading broken over several rows: "Dân tộc" / "thiểu số".
                let joined = label::parse(&path.join(" "));
                match self.label(&joined, &[], step, Axis::Column) {
                    Said::Meaning(m) if !m.is_empty() => Said::Meaning(m),
                    _ => Said::Unknown,
                }
            }
            said => said,
        }
    }

    /// A near known text, for messages: ` (“Nữ”?)` or nothing.
    pub fn suggestion(&self, text: &str) -> String {
        let bare = label::bare(text);
        if bare.is_empty() || bare.chars().count() > 60 {
            return String::new();
        }
        let own: Vec<&str> = self
            .form
            .map(Form::phrases)
            .unwrap_or_default()
            .into_iter()
            .collect();
        self.forms
            .vocabulary
            .near(&bare, &own)
            .filter(|n| *n != bare)
            .map_or_else(String::new, |n| format!(" (“{n}”?)"))
    }
}
