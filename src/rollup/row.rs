//! The values of one place and period, by numbered series.

use super::{Basis, Coverage, Sum};

/// A value that was reported for a place, or follows from what was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    pub value: i64,
    pub derived: bool,
    pub contradicted: bool,
}

impl Known {
    pub(super) fn derived(value: i64) -> Known {
        Known {
            value,
            derived: true,
            contradicted: false,
        }
    }

    pub(super) fn sum(self) -> Sum {
        Sum {
            value: self.value,
            coverage: Coverage::of(1, 1),
            basis: Basis::Reported,
            derived: self.derived,
            contradicted: self.contradicted,
        }
    }
}

/// Used again for one period after the other.
pub(super) struct Row {
    known: Vec<Option<Known>>,
    /// Slots with a value, in the order in which they got it.
    there: Vec<u32>,
    /// By slice: the last turn in which it was met.
    met: Vec<u32>,
    turn: u32,
}

impl Row {
    pub(super) fn new(slots: usize, slices: usize) -> Row {
        Row {
            known: vec![None; slots],
            there: Vec::new(),
            met: vec![0; slices],
            turn: 0,
        }
    }

    pub(super) fn get(&self, slot: u32) -> Option<Known> {
        self.known.get(slot as usize).copied().flatten()
    }

    /// What one more sender reported is added.
    pub(super) fn add(&mut self, slot: u32, more: Known) {
        let Some(known) = self.known.get_mut(slot as usize) else {
            return;
        };
        *known = Some(match *known {
            None => {
                self.there.push(slot);
                more
            }
            Some(sum) => Known {
                value: sum.value.saturating_add(more.value),
                contradicted: sum.contradicted || more.contradicted,
                ..sum
            },
        });
    }

    /// A value that is not there yet.
    pub(super) fn put(&mut self, slot: u32, known: Known) {
        if self.get(slot).is_none() {
            self.add(slot, known);
        }
    }

    /// Slots with a value, in no particular order.
    pub(super) fn there(&self) -> &[u32] {
        &self.there
    }

    /// The slices that have a value, each once.
    pub(super) fn slices(&mut self, slice_of: &[Option<u32>]) -> Vec<u32> {
        self.turn += 1;
        let mut found = Vec::new();
        for slot in &self.there {
            let Some(slice) = slice_of.get(*slot as usize).copied().flatten() else {
                continue;
            };
            if let Some(met) = self.met.get_mut(slice as usize).filter(|met| **met != self.turn) {
                *met = self.turn;
                found.push(slice);
            }
        }
        found
    }

    pub(super) fn clear(&mut self) {
        for slot in self.there.drain(..) {
            if let Some(known) = self.known.get_mut(slot as usize) {
                *known = None;
            }
        }
    }
}
