//! The troubles of a sheet: alike ones are one line with a count.
//!
//! Holds: every figure that is left out is counted by exactly one trouble.

use std::collections::BTreeMap;

use crate::classification::locality::UnitId;
use crate::intake::place::Places;
use crate::intake::reading::Trouble;
use crate::intake::understand::Reader;
use crate::origin::CellAddress;
use crate::problem::Kind;

/// Troubles of one table: alike ones are one line with a count.
#[derive(Debug, Default)]
pub struct Ledger {
    pub troubles: Vec<Trouble>,
    known: BTreeMap<Kind, usize>,
}

/// Troubles of one sheet that are told one by one; further ones are counted on a last line that says so.
const MOST_TROUBLES: usize = 5_000;

impl Ledger {
    /// Notes a trouble and the figures it costs; gives its index.
    pub fn add(&mut self, at: CellAddress, kind: Kind, cost: u32) -> u32 {
        let index = match self.known.get(&kind) {
            Some(i) => *i,
            None if self.troubles.len() >= MOST_TROUBLES => self.further(at),
            None => {
                self.troubles.push(Trouble {
                    at: Some(at),
                    kind: kind.clone(),
                    left_out: 0,
                });
                self.known.insert(kind, self.troubles.len() - 1);
                self.troubles.len() - 1
            }
        };
        self.troubles[index].left_out = self.troubles[index].left_out.saturating_add(cost);
        index as u32
    }

    /// A trouble of one cell: never joined with others.
    pub fn add_cell(&mut self, at: CellAddress, kind: Kind, cost: u32) -> u32 {
        if self.troubles.len() < MOST_TROUBLES {
            self.troubles.push(Trouble {
                at: Some(at),
                kind,
                left_out: cost,
            });
            return self.troubles.len() as u32 - 1;
        }
        let last = self.further(at);
        self.troubles[last].left_out = self.troubles[last].left_out.saturating_add(cost);
        last as u32
    }

    /// A trouble that is known costs more figures.
    pub fn costs_more(&mut self, index: u32, cost: u32) {
        if let Some(trouble) = self.troubles.get_mut(index as usize) {
            trouble.left_out = trouble.left_out.saturating_add(cost);
        }
    }

    /// The line that stands for all troubles beyond those told one by one.
    fn further(&mut self, at: CellAddress) -> usize {
        if self.troubles.len() == MOST_TROUBLES {
            self.troubles.push(Trouble {
                at: Some(at),
                kind: Kind::FurtherTroubles {
                    told: MOST_TROUBLES as u32,
                },
                left_out: 0,
            });
        }
        self.troubles.len() - 1
    }

    /// Troubles of the next table are not joined with those of this one.
    pub fn next_table(&mut self) {
        self.known.clear();
    }

    /// Adds near words to the troubles from `first` on: at the end, and to a few, because comparing takes time.
    pub fn suggest(
        &mut self,
        first: usize,
        reader: &Reader<'_>,
        places: &Places<'_>,
        within: Option<UnitId>,
    ) {
        const MOST_SUGGESTIONS: usize = 25;
        let doubtful = self.troubles.iter_mut().skip(first).filter(|t| t.left_out > 0);
        for trouble in doubtful.take(MOST_SUGGESTIONS) {
            match &mut trouble.kind {
                Kind::UnknownRow { label, suggestion } if suggestion.is_empty() => {
                    *suggestion = reader.suggestion(label);
                }
                Kind::UnknownColumn { heading, suggestion } => {
                    *suggestion = reader.suggestion(heading.rsplit(" › ").next().unwrap_or_default());
                }
                Kind::PlaceUnknown { text, suggestion } | Kind::PlaceOutside { text, suggestion, .. } => {
                    let near = places.suggestion(text, within);
                    *suggestion = near.map_or_else(String::new, |n| format!(" (“{n}”?)"));
                }
                _ => {}
            }
        }
    }
}
