//! Rows that name an indicator, with its numerator and denominator in columns of their own.
//!
//! Holds: a row is an indicator's only if every word of its label belongs to the indicator's name: "nữ tiến sĩ trong
//! số giảng viên" is not "nữ tiến sĩ".

use std::collections::BTreeSet;

use super::Declared;
use crate::intake::label::{self, Label};
use crate::intake::meaning::Meaning;
use crate::text;

/// The indicators that the rows of a layout name, and the headings of the two columns.
#[derive(Debug, Clone, Default)]
pub struct Ratios {
    pub numerator: Vec<Declared>,
    pub denominator: Vec<Declared>,
    pub rows: Vec<RatioRule>,
}

/// One indicator: how its row is called, and what its two figures count.
#[derive(Debug, Clone)]
pub struct RatioRule {
    pub row: Vec<Declared>,
    pub wording: Wording,
    pub numerator: Meaning,
    pub denominator: Meaning,
    /// Names of the measures that it means.
    pub named: Vec<String>,
}

/// The words that a label may have, and those that it must have.
#[derive(Debug, Clone, Default)]
pub struct Wording {
    with_marks: Words,
    without: Words,
}

#[derive(Debug, Clone, Default)]
struct Words {
    /// Padded with blanks; the longest first.
    fill: Vec<String>,
    own: BTreeSet<String>,
    /// Padded with blanks.
    needs: Vec<String>,
}

impl Ratios {
    /// What a row and a column mean together.
    pub fn crossing(&self, row: &Label, column: &str) -> Option<&Meaning> {
        if self.rows.is_empty() {
            return None;
        }
        let of = self.term(column)?;
        self.rows.iter().find(|rule| rule.names(row)).map(of)
    }

    /// Whether a column is of numerators or denominators.
    pub fn is_term(&self, column: &str) -> bool {
        self.term(column).is_some()
    }

    fn term(&self, column: &str) -> Option<fn(&RatioRule) -> &Meaning> {
        let column = label::parse(column);
        let heads = |texts: &[Declared]| texts.iter().any(|t| t.fits(&column));
        match (heads(&self.numerator), heads(&self.denominator)) {
            (true, _) => Some(|rule| &rule.numerator),
            (_, true) => Some(|rule| &rule.denominator),
            (false, false) => None,
        }
    }
}

impl RatioRule {
    fn names(&self, row: &Label) -> bool {
        let says = |t: &Declared| t.fits(row) && !t.swallows_another(row, &self.named);
        self.row.iter().any(says) && self.wording.is_all_of(row)
    }
}

impl Wording {
    /// `own`: texts whose words may occur; `fill`: phrases that tell nothing; `needs`: phrases that must occur.
    pub fn new(own: &[String], fill: &[String], needs: &[String]) -> Wording {
        let words = |written: fn(&str) -> String| {
            let padded = |texts: &[String]| texts.iter().map(|t| padded(&written(t))).collect::<Vec<_>>();
            let mut fill = padded(fill);
            fill.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
            Words {
                fill,
                own: own.iter().flat_map(|t| label::words(&written(t))).collect(),
                needs: padded(needs),
            }
        };
        Wording {
            with_marks: words(text::key),
            without: words(text::folded),
        }
    }

    /// Whether a label has no other words than these, and all that it must have.
    fn is_all_of(&self, label: &Label) -> bool {
        let unmarked = label.plain == label.short;
        self.with_marks.is_all_of(&label.short) || unmarked && self.without.is_all_of(&label.plain)
    }
}

impl Words {
    fn is_all_of(&self, text: &str) -> bool {
        let text = padded(text);
        if !self.needs.iter().all(|phrase| text.contains(phrase)) {
            return false;
        }
        let mut rest = text;
        for phrase in &self.fill {
            // What is taken out leaves a word that nobody writes, so that no new phrase comes about.
            rest = rest.replace(phrase, " \u{0} ");
        }
        let words: Vec<&str> = rest.split_whitespace().collect();
        words.iter().enumerate().all(|(i, word)| {
            // "đạt 60 %", "đến năm 2025": the target, not what is counted.
            let is_number = word.chars().all(|c| c.is_ascii_digit());
            let is_target = is_number && (words.get(i + 1) == Some(&"\u{0}") || word.len() == 4);
            *word == "\u{0}" || is_target || self.own.contains(*word)
        })
    }
}

/// The words of a text between blanks, with one at either end.
fn padded(text: &str) -> String {
    format!(" {} ", label::words(text).join(" "))
}
