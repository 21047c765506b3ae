//! What the rows of a table are when no form says it.

use super::{main_text, table_place};
use crate::classification::locality::below::is_below_commune;
use crate::intake::context_of_table::About;
use crate::intake::form::{Axis, RowRole};
use crate::intake::meaning::Said;
use crate::intake::place::{Located, Places};
use crate::intake::sender::is_facility;
use crate::intake::stub::StubRow;
use crate::intake::understand::{Reader, Step};
use crate::intake::words_of_stub::StubRole;

/// What the rows are, when no form says it.
pub fn guess_role(rows: &[StubRow], reader: &Reader<'_>, places: &Places<'_>, about: &About) -> RowRole {
    let (mut known, mut placed, mut facilities) = (0, 0, 0);
    let with_figures: Vec<&StubRow> = rows
        .iter()
        .filter(|r| r.has_figures && !r.total)
        .take(40)
        .collect();
    for row in &with_figures {
        let Some((_, text)) = main_text(row) else { continue };
        if is_facility(&text) {
            facilities += 1;
        } else if row.place_code.is_some() {
            placed += 1;
        } else if reader.label(&row.label, &[], Step::default(), Axis::Row) != Said::Unknown {
            known += 1;
        } else if is_below_commune(&text)
            || matches!(
                places.of_cell(&text, table_place(about, places)),
                Located::One(_) | Located::OtherTime(_)
            )
        {
            placed += 1;
        }
    }
    let has = |role: StubRole| rows.iter().any(|r| r.texts.iter().any(|(t, ..)| *t == role));
    // A column headed "Xã" holds places even if none of its names is right.
    let misspelt = has(StubRole::Place) && known == 0 && facilities == 0;
    if misspelt || (placed > known && placed >= facilities) {
        RowRole::Places
    } else if facilities > known || (has(StubRole::Sender) && known * 2 < with_figures.len()) {
        RowRole::Senders
    } else {
        RowRole::Labels
    }
}
