//! Which of several forms that are recognised alike a table follows: the one that its columns and rows bear out.
//!
//! In:  the candidates, the table's headings and rows. Out: one form, or none if nothing tells them apart.
//! Holds: what the rows are (localities, schools, labels) weighs most, then how many columns and rows a form
//!        understands; chance decides nothing.

use std::cell::RefCell;

use super::{kinship, said_of_column};
use crate::definition::Catalogue;
use crate::intake::context_of_table::About;
use crate::intake::form::{Form, Forms, RowRole};
use crate::intake::header::Column;
use crate::intake::label::Label;
use crate::intake::meaning::Said;
use crate::intake::place::Places;
use crate::intake::region::Region;
use crate::intake::rows;
use crate::intake::settle::roster;
use crate::intake::sheet::Sheet;
use crate::intake::stub::{self, Role};
use crate::intake::understand::{Reader, Step};

/// All that bears a form out.
pub(super) struct Evidence<'a> {
    pub(super) sheet: &'a Sheet<'a>,
    pub(super) region: &'a Region,
    pub(super) columns: &'a [Column],
    pub(super) roles: &'a [Role],
    pub(super) places: &'a Places<'a>,
    pub(super) about: &'a About,
    pub(super) catalogue: &'a Catalogue,
}

/// The candidate that is borne out best; none if two are borne out alike.
pub(super) fn settle<'f>(
    candidates: &[&'f Form],
    forms: &'f Forms,
    evidence: &Evidence<'_>,
) -> Option<&'f Form> {
    let mut best: Option<(&Form, Weight)> = None;
    let mut alike = false;
    for form in candidates {
        let weight = weigh(form, forms, evidence);
        match &best {
            Some((_, top)) if weight < *top => {}
            Some((_, top)) if weight == *top => alike = true,
            _ => {
                best = Some((form, weight));
                alike = false;
            }
        }
    }
    best.filter(|_| !alike).map(|(form, _)| form)
}

/// Rows are what the form says; columns understood; rows understood.
type Weight = (bool, usize, usize);

fn weigh(form: &Form, forms: &Forms, evidence: &Evidence<'_>) -> Weight {
    let (memo, of_form) = (RefCell::default(), RefCell::default());
    let reader = Reader {
        forms,
        lists: &evidence.catalogue.lists,
        form: Some(form),
        layout: None,
        memo: &memo,
        of_form: &of_form,
    };
    let Evidence {
        columns,
        roles,
        places,
        about,
        ..
    } = evidence;
    let judge = |label: &Label| kinship(label, &reader, evidence.catalogue);
    let stub = stub::rows(evidence.sheet, evidence.region, columns, roles, &judge);
    let fits = match form.rows {
        RowRole::Entities => roster::is_roster(form, columns),
        role => rows::guess_role(&stub, &reader, places, about) == role,
    };
    let understood = columns
        .iter()
        .zip(*roles)
        .filter(|(_, role)| **role == Role::Values)
        .filter(|(c, role)| {
            said_of_column(c, &c.path, **role, columns, roles, &reader, places, about) != Said::Unknown
        })
        .count();
    let known = stub
        .iter()
        .filter(|row| row.has_figures && !row.label.bare.is_empty())
        .filter(|row| {
            let step = Step {
                number: row.order.as_deref(),
                code: row.code.as_deref(),
                ..Step::default()
            };
            reader.label(&row.label, &[], step, crate::intake::form::Axis::Row) != Said::Unknown
        })
        .count();
    (fits, understood, known)
}
