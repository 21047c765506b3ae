//! What could not be read of the persons of a list, told by kind and number; no cell is quoted.

use std::collections::{BTreeMap, BTreeSet};

use crate::intake::settle::Ledger;
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::problem::Kind;

/// Troubles of a list: each kind is one line with its count. One cell may be looked at by several counts.
#[derive(Debug, Default)]
pub(super) struct Troubles(BTreeMap<Kind, BTreeSet<CellAddress>>);

impl Troubles {
    pub(super) fn add(&mut self, at: CellAddress, kind: Kind) {
        self.0.entry(kind).or_default().insert(at);
    }

    pub(super) fn tell(self, ledger: &mut Ledger) {
        for (kind, cells) in self.0 {
            let Some(first) = cells.first().copied() else {
                continue;
            };
            let persons = cells.len() as u32;
            let costs = kind.severity() == crate::problem::Severity::Error;
            ledger.add(first, with_count(kind, persons), if costs { persons } else { 0 });
        }
    }
}

fn with_count(kind: Kind, persons: u32) -> Kind {
    match kind {
        Kind::PersonTraitUnclear { what, .. } => Kind::PersonTraitUnclear { what, persons },
        Kind::PersonTraitMissing { what, .. } => Kind::PersonTraitMissing { what, persons },
        Kind::PersonTwice { .. } => Kind::PersonTwice { persons },
        other => other,
    }
}

pub(super) fn what(dimension: &str) -> Words {
    match dimension {
        "sex" => Words::new("giới tính", "sex"),
        "ethnicity" => Words::new("dân tộc", "ethnicity"),
        "item" => Words::new("lớp, loại", "grade or kind"),
        "place" => Words::new("nơi ở", "place"),
        "answer" => Words::new("câu trả lời", "answer"),
        _ => Words::new("ngày sinh, tuổi", "birth or age"),
    }
}
