//! Facts by place.
//!
//! Whatever is compared or added before the hierarchy is climbed lies within one place. So facts are
//! worked on place by place: small tables that stay in the processor's cache, many at once, and never
//! one large table of everything.

use rayon::prelude::*;

use crate::classification::locality::UnitId;

/// Indices of things with a place, grouped by it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByPlace {
    /// By place, then index.
    order: Vec<(UnitId, u32)>,
}

impl ByPlace {
    /// From pairs of place and index, in any order.
    pub fn new(pairs: impl Iterator<Item = (UnitId, usize)>) -> ByPlace {
        let mut order: Vec<(UnitId, u32)> = pairs.map(|(place, i)| (place, i as u32)).collect();
        // What was read is mostly in the order of places already.
        if !order.is_sorted() {
            order.par_sort_unstable();
        }
        ByPlace { order }
    }

    /// The indices of one place, ascending.
    pub fn of(&self, place: UnitId) -> impl Iterator<Item = usize> + '_ {
        let from = self.order.partition_point(|(p, _)| *p < place);
        let here = self.order.get(from..).unwrap_or_default().iter();
        here.take_while(move |(p, _)| *p == place)
            .map(|(_, i)| *i as usize)
    }

    /// Does something for each place, many places at once. Results in the order of places.
    pub fn each<T: Send>(&self, work: impl Fn(UnitId, Vec<usize>) -> T + Sync) -> Vec<T> {
        let places: Vec<&[(UnitId, u32)]> = self.order.chunk_by(|a, b| a.0 == b.0).collect();
        let one = |pairs: &&[(UnitId, u32)]| {
            let place = pairs.first().map_or(UnitId(0), |(place, _)| *place);
            work(place, pairs.iter().map(|(_, i)| *i as usize).collect())
        };
        places.par_iter().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_is_in_one_place_in_order() {
        let places = [7, 3, 7, 5, 3, 3];
        let by = ByPlace::new(places.iter().enumerate().map(|(i, p)| (UnitId(*p), i)));
        let each = by.each(|place, indices| (place.0, indices));
        assert_eq!(each, [(3, vec![1, 4, 5]), (5, vec![3]), (7, vec![0, 2])]);
        assert_eq!(by.of(UnitId(3)).collect::<Vec<_>>(), [1, 4, 5]);
        assert_eq!(by.of(UnitId(4)).count(), 0);
        assert_eq!(by.of(UnitId(9)).count(), 0);
    }
}
