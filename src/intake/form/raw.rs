//! The shape of a form's file, before anything in it is proved.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::lang::Words;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawForm {
    pub id: Spanned<String>,
    pub name: Words,
    pub issuer: Words,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub verified: bool,
    pub senders: Spanned<String>,
    #[serde(default)]
    pub periods: Vec<Spanned<String>>,
    #[serde(default)]
    pub levels: Vec<Spanned<String>>,
    pub recognise: RawRecognise,
    #[serde(default)]
    pub defaults: Option<Spanned<RawMeaning>>,
    pub rows: RawRows,
    #[serde(default)]
    pub neutral: Vec<String>,
    #[serde(default)]
    pub label: Vec<Spanned<RawLabel>>,
    #[serde(default)]
    pub cell: Vec<Spanned<RawPair>>,
    #[serde(default)]
    pub count: Vec<Spanned<RawCount>>,
    /// `false`: the printed unit is known to be wrong.
    #[serde(default = "yes")]
    pub trust_units: bool,
}

fn yes() -> bool {
    true
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRecognise {
    #[serde(default)]
    pub numbers: Vec<String>,
    #[serde(default)]
    pub titles: Vec<Vec<String>>,
    #[serde(default)]
    pub without: Vec<String>,
    #[serde(default)]
    pub headers: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRows {
    pub role: Spanned<String>,
    /// Unknown rows under a known one are its details.
    #[serde(default)]
    pub details: bool,
    /// Each row is a person: counted on the spot, and nothing of the person goes on.
    #[serde(default)]
    pub persons: bool,
}

/// An office's answers: `answers/*.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAnswers {
    #[serde(default)]
    pub code_lists: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    pub layout: Vec<Spanned<RawLayout>>,
}

/// What holds for every table of one layout.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLayout {
    #[serde(default)]
    pub title: Vec<String>,
    #[serde(default)]
    pub headings: Vec<String>,
    pub period: Option<String>,
    /// The mark between thousands: "." or ",".
    pub thousands: Option<String>,
    #[serde(default)]
    pub label: Vec<Spanned<RawLabel>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawMeaning {
    pub measure: Option<String>,
    pub sex: Option<String>,
    pub age: Option<String>,
    pub ethnicity: Option<String>,
    pub item: Option<String>,
    pub span: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawLabel {
    #[serde(default)]
    pub text: Vec<String>,
    #[serde(default)]
    pub under: Vec<String>,
    pub number: Option<String>,
    pub code: Option<String>,
    pub axis: Option<String>,
    pub measure: Option<String>,
    pub sex: Option<String>,
    pub age: Option<String>,
    pub ethnicity: Option<String>,
    pub item: Option<String>,
    pub span: Option<String>,
    #[serde(default)]
    pub ignore: bool,
    #[serde(default)]
    pub heading: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawPair {
    pub row: Vec<String>,
    pub column: Vec<String>,
    pub measure: String,
    pub sex: Option<String>,
    pub age: Option<String>,
    pub ethnicity: Option<String>,
    pub item: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCount {
    pub measure: String,
    pub sex: Option<String>,
    pub age: Option<String>,
    pub ethnicity: Option<String>,
    pub item: Option<String>,
    pub item_from: Option<String>,
    pub place_from: Option<String>,
    pub sex_from: Option<String>,
    pub ethnicity_from: Option<String>,
    pub age_from: Option<String>,
    /// Age bands that persons are counted into.
    #[serde(default)]
    pub ages: Vec<String>,
    /// "12-31": the day on which ages are meant; else the last of the period.
    pub age_on: Option<String>,
    #[serde(default)]
    pub when: Vec<RawCondition>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawCondition {
    pub column: Option<String>,
    #[serde(default)]
    pub columns: Vec<String>,
    pub at_least: Option<i64>,
    pub part_of: Option<String>,
    #[serde(default)]
    pub is: Vec<String>,
    #[serde(default)]
    pub filled: bool,
    pub every_at_least: Option<i64>,
}
