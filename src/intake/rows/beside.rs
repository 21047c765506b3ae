//! A label in a column of its own, beside the main one: sex, age, ethnicity, year, quarter.

use super::{RowRead, Scope};
use crate::classification::CategoryId;
use crate::intake::form::Axis;
use crate::intake::label;
use crate::intake::meaning::{Meaning, Said};
use crate::intake::understand::Step;
use crate::intake::when::{self, When};
use crate::intake::words_of_stub::StubRole;
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::problem::Kind;
use crate::text;

/// A label in a column of its own: sex, age, ethnicity, year, quarter, or another label.
pub(super) fn beside(
    role: StubRole,
    at: CellAddress,
    text: &str,
    scope: &Scope<'_>,
    extra: &mut Meaning,
    read: &mut RowRead,
) {
    let parsed = label::parse(text);
    let found = match role {
        StubRole::Year if when::short_year(text).is_some() => {
            let year = when::short_year(text);
            let kind = Kind::ShortYear {
                text: text::one_line(text),
                year: year.unwrap_or_default(),
            };
            read.remark = Some((at, kind));
            let when = When {
                year,
                ..When::default()
            };
            Some(Meaning {
                when,
                ..Meaning::default()
            })
        }
        StubRole::Sex if is_code(text) => match sex_of_code(text, scope) {
            Some(category) => Some(Meaning {
                categories: vec![vec![category]],
                ..Meaning::default()
            }),
            None => {
                read.trouble = Some((at, code_list_unknown("sex", &text::one_line(text))));
                return;
            }
        },
        StubRole::Year | StubRole::Period => {
            let spelled = period_of_cell(text);
            (!spelled.is_empty()).then(|| Meaning {
                when: spelled,
                ..Meaning::default()
            })
        }
        _ => match scope.reader.label(&parsed, &[], Step::default(), Axis::Row) {
            Said::Meaning(m) => Some(m),
            // "Tỷ lệ nữ/nam" under "Giới tính": the row is no figure of the measure.
            said @ (Said::Ignored | Said::Rate) => {
                read.said = said;
                Some(Meaning::default())
            }
            _ => None,
        },
    };
    match found {
        Some(meaning) => extra.and(&meaning),
        None => {
            let kind = Kind::UnknownRow {
                label: text.trim().to_owned(),
                suggestion: String::new(),
            };
            read.trouble = Some((at, kind));
        }
    }
}

/// "1", "02": a number of a list, and nobody says of which.
fn is_code(text: &str) -> bool {
    let digits = text.trim();
    (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Two lists of sexes and two of ethnic groups are in use, and they disagree.
pub fn code_list_unknown(list: &str, text: &str) -> Kind {
    let lists = match list {
        "sex" => Words::new(
            "giới tính: 1 = nam, 2 = nữ, hay 0 = nữ, 1 = nam",
            "sex: 1 = male, 2 = female, or 0 = female, 1 = male",
        ),
        _ => Words::new(
            "dân tộc: danh mục 121 năm 1979, hay 1019 năm 2008",
            "ethnicity: list 121 of 1979, or 1019 of 2008",
        ),
    };
    Kind::CodeListUnknown {
        text: text.to_owned(),
        lists,
    }
}

/// The sex that a code means by the list which the office has declared.
fn sex_of_code(code: &str, scope: &Scope<'_>) -> Option<CategoryId> {
    let declared = scope.reader.forms.answers.code_list("sex")?;
    let lists = &scope.reader.lists;
    let list = lists.list_named("sex")?;
    let number = |code: &str| code.trim().parse::<u16>().ok();
    lists.list(list).categories.iter().copied().find(|category| {
        let mut numbers = lists.category(*category).numbers.iter();
        numbers.any(|(name, n)| name == declared && number(n) == number(code))
    })
}

/// "2024", "Quý I", "I" or "3" under a heading of quarters.
pub(super) fn period_of_cell(text: &str) -> When {
    let found = when::in_name(text);
    if !found.is_empty() {
        return found;
    }
    when::in_name(&format!("quý {}", text::folded(text)))
}
