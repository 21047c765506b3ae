//! The form that a table follows, from all that it shows.

use std::collections::BTreeSet;

use crate::intake::context_of_table::Around;
use crate::intake::form::{Choice, Clues, Form, Forms};
use crate::intake::header::Column;
use crate::intake::label;
use crate::intake::region::Region;
use crate::intake::settle::Ledger;
use crate::intake::sheet::Sheet;
use crate::intake::stub::Role;
use crate::intake::words_of_stub::StubRole;
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::problem::Kind;

/// The outcome: a form or none, with the reason; or several between which only the table's content can decide.
pub(super) enum Chosen<'f> {
    Form(Option<&'f Form>, Words),
    Tie(Vec<&'f Form>),
}

/// By title, headings and names.
pub(super) fn choose_form<'f>(
    sheet: &Sheet<'_>,
    region: &Region,
    columns: &[Column],
    roles: &[Role],
    around: &Around<'_>,
    forms: &'f Forms,
) -> Chosen<'f> {
    let mut texts: BTreeSet<String> = columns.iter().flat_map(|c| c.path.iter().cloned()).collect();
    for (column, role) in columns.iter().zip(roles) {
        if matches!(
            role,
            Role::Stub(StubRole::Label | StubRole::Sender | StubRole::Place)
        ) {
            texts.extend(
                region
                    .body
                    .iter()
                    .take(60)
                    .filter_map(|row| sheet.text(*row, column.column)),
            );
        }
    }
    let mut clues = Clues {
        title: region.title.iter().map(|l| l.text.clone()).collect(),
        labels: texts.iter().map(|t| label::parse(t)).collect(),
        sheet: around.sheet.to_owned(),
        file: around.file.to_owned(),
    };
    let mut choice = forms.choose(&clues);
    if choice == Choice::None && !region.inherited.is_empty() {
        clues.title = region.inherited.iter().map(|l| l.text.clone()).collect();
        choice = forms.choose(&clues);
    }
    match choice {
        Choice::One(i, why) => Chosen::Form(forms.all.get(i), why),
        Choice::None => Chosen::Form(
            None,
            Words::new(
                "không khớp mẫu biểu nào; đọc theo tiêu đề",
                "no form fits; read by its headings",
            ),
        ),
        Choice::Several(several) => Chosen::Tie(several.iter().filter_map(|i| forms.all.get(*i)).collect()),
    }
}

/// What came of a tie: one form, or a trouble that names all.
pub(super) fn settled<'f>(
    one: Option<&'f Form>,
    candidates: &[&'f Form],
    first: CellAddress,
    ledger: &mut Ledger,
) -> (Option<&'f Form>, Words) {
    if one.is_some() {
        let why = Words::new(
            "cột và dòng hợp với mẫu này nhất",
            "its columns and rows bear this form out best",
        );
        return (one, why);
    }
    let names: Vec<&str> = candidates.iter().map(|f| f.id.as_str()).collect();
    let kind = Kind::FormUnclear {
        candidates: names.join(", "),
    };
    ledger.add(first, kind, 0);
    let why = Words::new("nhiều mẫu biểu khớp như nhau", "several forms fit alike");
    (None, why)
}
