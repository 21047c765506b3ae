//! What the labels of a layout mean: one rule a label, or a crossing of a row and a column.
//!
//! Holds: the first rule that fits decides; a declared form and an office's answers read by the same rules.

use serde::Deserialize;

use super::Declared;
use crate::intake::label::Label;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::understand::Step;
use crate::text;

/// Which labels a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Axis {
    Row,
    Column,
    Any,
}

/// A declared label.
#[derive(Debug, Clone)]
pub struct LabelRule {
    pub text: Vec<Declared>,
    /// All of these must occur among the labels above it.
    pub under: Vec<Declared>,
    /// Number in the order column or numbering row.
    pub number: Option<String>,
    /// Code of the code column.
    pub code: Option<String>,
    pub axis: Axis,
    pub meaning: Meaning,
    /// Names of the measures that it means: they may say what another's label may not.
    pub named: Vec<String>,
    pub ignore: bool,
    /// Ignored, and no part of the measure: a total that includes its figures is not the measure's.
    pub outside: bool,
    /// Only where it stands over other labels, as the heading of a group.
    pub heading: bool,
}

/// What the first fitting rule says of a label.
pub(super) fn said(
    rules: &[LabelRule],
    label: &Label,
    above: &[&Label],
    step: Step<'_>,
    axis: Axis,
) -> Option<Said> {
    let rule = fitting(rules, label, above, step, axis)?;
    Some(match rule.ignore {
        true => Said::Ignored,
        false => Said::Meaning(rule.meaning.clone()),
    })
}

/// The first rule that fits a label.
pub(super) fn fitting<'r>(
    rules: &'r [LabelRule],
    label: &Label,
    above: &[&Label],
    step: Step<'_>,
    axis: Axis,
) -> Option<&'r LabelRule> {
    rules
        .iter()
        .filter(|r| r.axis == Axis::Any || r.axis == axis)
        .filter(|r| step.heading || !r.heading)
        .find(|r| r.fits(label, above, step.number, step.code))
}

impl LabelRule {
    pub(super) fn fits(
        &self,
        label: &Label,
        above: &[&Label],
        number: Option<&str>,
        code: Option<&str>,
    ) -> bool {
        if let Some(wanted) = &self.code
            && code.map(plain_code) != Some(plain_code(wanted))
        {
            return false;
        }
        if let Some(wanted) = &self.number
            && number.map(plain_number) != Some(plain_number(wanted))
        {
            return false;
        }
        if self.text.is_empty() && self.code.is_none() && self.number.is_none() {
            return false;
        }
        let counts = !self.meaning.measures.is_empty() && !self.ignore;
        let names = |t: &Declared| t.fits(label) && !(counts && t.swallows_another(label, &self.named));
        let named = self.text.is_empty() || self.text.iter().any(names);
        named && self.under.iter().all(|u| above.iter().any(|a| u.fits(a)))
    }
}

fn plain_code(code: &str) -> String {
    let code = code.trim().trim_end_matches(".0");
    let stripped = code.trim_start_matches('0');
    text::folded(if stripped.is_empty() { code } else { stripped })
}

fn plain_number(number: &str) -> String {
    text::folded(number)
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect::<String>()
        .trim_end_matches('.')
        .to_owned()
}
