//! What follows from a report though it was not printed: men = total - women, Kinh = total -
//! minority, all = men + women, minority = the sum of its single groups.
//!
//! Which value follows from which depends on what they are about alone, not on place and time. So it is
//! worked out once, over all series of a run ([`Rules`]), and then followed for one place and period after the
//! other, over numbered series ([`Row`]).
//!
//! Holds: a reported value is never replaced; nothing is derived from a contradicted value, and
//! nothing below zero. What is derived says so.

use std::collections::BTreeSet;

use super::row::{Known, Row};
use crate::classification::{CategoryId, CodeLists, Dimension};
use crate::fact::Series;

/// What may follow from what, in the order in which it is followed.
pub(super) struct Rules {
    /// Every series that has a value somewhere or may get one, in order: the slots of a [`Row`].
    pub series: Vec<Series>,
    passes: Vec<Pass>,
    /// Slices of the pass that has most.
    slices: usize,
}

/// One walk over the values of one dimension, everything else being equal.
struct Pass {
    /// By slot: the slice it lies in, if anything can follow there.
    slice_of: Vec<Option<u32>>,
    slices: Vec<Slice>,
}

/// Slots that differ in one dimension only, by category.
struct Slice {
    slots: Vec<u32>,
    follows: Follows,
}

enum Follows {
    /// The first two categories of a partition are each other's complement (men and women, Kinh and
    /// minority); further ones (foreigners, not stated) are taken off where they were reported.
    Complement {
        all: u32,
        first: u32,
        second: u32,
        others: Vec<u32>,
    },
    /// Single groups add up to the wider group that contains them, where that was not reported. A few groups
    /// beside a total may be some of many: they are all only if "others" are among them; else total and Kinh
    /// give the rest.
    Wider {
        all: Option<u32>,
        rests: Vec<u32>,
        /// Each wider group, and what lies in it.
        groups: Vec<(u32, Vec<u32>)>,
    },
    /// A list of items that divides the whole, fully reported, gives a total that was not.
    Total {
        all: u32,
        /// By place in [`Slice::slots`]: the top categories of the list it is of, if they can all be there.
        lists: Vec<Option<Vec<u32>>>,
    },
}

/// What a pass looks at.
#[derive(Clone, Copy)]
enum Look<'a> {
    Groups,
    Partition(Dimension, &'a [CategoryId]),
    Items,
}

impl Look<'_> {
    fn dimension(self) -> Dimension {
        match self {
            Look::Groups => Dimension::Ethnicity,
            Look::Partition(dimension, _) => dimension,
            Look::Items => Dimension::Item,
        }
    }
}

impl Rules {
    /// For values of these series, each once and in order.
    pub(super) fn new(reported: &[Series], lists: &CodeLists) -> Rules {
        let partitions = partitions(lists);
        let mut looks = vec![Look::Groups];
        // Sex first, then ethnicity over what sex gave, then sex again within the derived ethnic groups.
        for dimension in [Dimension::Sex, Dimension::Ethnicity, Dimension::Sex] {
            let here = partitions.iter().filter(|(d, _)| *d == dimension);
            looks.extend(here.map(|(d, top)| Look::Partition(*d, top)));
        }
        looks.push(Look::Items);
        let mut all: BTreeSet<Series> = reported.iter().copied().collect();
        for look in &looks {
            let new: Vec<Series> = slices(all.iter().copied(), look.dimension())
                .iter()
                .flat_map(|(open, categories)| {
                    let found = look.possible(categories, lists).into_iter();
                    found.map(|category| with(*open, look.dimension(), category))
                })
                .collect();
            all.extend(new);
        }
        let series: Vec<Series> = all.into_iter().collect();
        let passes: Vec<Pass> = looks.iter().map(|look| look.pass(&series, lists)).collect();
        Rules {
            slices: passes.iter().map(|p| p.slices.len()).max().unwrap_or(0),
            series,
            passes,
        }
    }

    /// A row for values of one place and period, with nothing in it.
    pub(super) fn row(&self) -> Row {
        Row::new(self.series.len(), self.slices)
    }

    pub(super) fn slot(&self, series: Series) -> Option<u32> {
        self.series.binary_search(&series).ok().map(|slot| slot as u32)
    }

    /// Adds what follows from the values of a row.
    pub(super) fn follow(&self, row: &mut Row) {
        for pass in &self.passes {
            // Slices of a pass share no slot: what follows in one is no matter of another.
            for slice in row.slices(&pass.slice_of) {
                pass.slices[slice as usize].follow(row);
            }
        }
    }
}

/// The lists that divide the whole: dimension and top categories.
fn partitions(lists: &CodeLists) -> Vec<(Dimension, Vec<CategoryId>)> {
    let dividing = lists.lists.iter().filter(|l| l.partition);
    let top = |c: &CategoryId| lists.category(*c).parent.is_none();
    dividing
        .map(|list| {
            let top = list.categories.iter().copied().filter(top);
            (list.dimension, top.collect())
        })
        .collect()
}

fn with(open: Series, dimension: Dimension, category: CategoryId) -> Series {
    Series::new(open.measure(), open.breakdown().with(dimension, category))
}

/// Series that differ in one dimension only: the series with that dimension open, and the categories.
fn slices(all: impl Iterator<Item = Series>, dimension: Dimension) -> Vec<(Series, Vec<CategoryId>)> {
    let mut keys: Vec<(Series, CategoryId)> = all
        .map(|series| {
            let open = with(series, dimension, CategoryId::ALL);
            (open, series.breakdown().get(dimension))
        })
        .collect();
    keys.sort_unstable();
    let of_one = keys.chunk_by(|a, b| a.0 == b.0);
    of_one
        .filter_map(|slice| Some((slice.first()?.0, slice.iter().map(|(_, c)| *c).collect())))
        .collect()
}

fn parent(category: CategoryId, lists: &CodeLists) -> Option<CategoryId> {
    (!category.is_all()).then(|| lists.category(category).parent)?
}

/// The top categories of the list of an item, if it divides the whole.
fn top_of_items(category: CategoryId, lists: &CodeLists) -> Option<Vec<CategoryId>> {
    let list = (!category.is_all()).then(|| lists.list(lists.category(category).list))?;
    let top = list.categories.iter().copied();
    let top = top.filter(|c| lists.category(*c).parent.is_none());
    list.partition.then(|| top.collect())
}

impl Look<'_> {
    /// Categories of a slice for which a value may follow.
    fn possible(self, here: &[CategoryId], lists: &CodeLists) -> Vec<CategoryId> {
        let has = |c: &CategoryId| here.contains(c);
        match self {
            Look::Groups => here.iter().filter_map(|c| parent(*c, lists)).collect(),
            Look::Partition(_, [first, second, ..]) => {
                let three = [CategoryId::ALL, *first, *second];
                let lacking: Vec<CategoryId> = three.into_iter().filter(|c| !has(c)).collect();
                if lacking.len() == 1 { lacking } else { Vec::new() }
            }
            Look::Partition(..) => Vec::new(),
            Look::Items => {
                let full = |c: &CategoryId| top_of_items(*c, lists).is_some_and(|top| top.iter().all(has));
                match here.iter().any(full) {
                    true => vec![CategoryId::ALL],
                    false => Vec::new(),
                }
            }
        }
    }

    fn pass(self, series: &[Series], lists: &CodeLists) -> Pass {
        let dimension = self.dimension();
        let mut pass = Pass {
            slice_of: vec![None; series.len()],
            slices: Vec::new(),
        };
        for (open, categories) in slices(series.iter().copied(), dimension) {
            let slot = |category: CategoryId| {
                let found = series.binary_search(&with(open, dimension, category));
                found.ok().map(|slot| slot as u32)
            };
            // What has no slot can never be there.
            let Some(follows) = self.follows(&categories, lists, &slot) else {
                continue;
            };
            let slots: Vec<u32> = categories.iter().filter_map(|c| slot(*c)).collect();
            for slot in &slots {
                pass.slice_of[*slot as usize] = Some(pass.slices.len() as u32);
            }
            pass.slices.push(Slice { slots, follows });
        }
        pass
    }

    fn follows(
        self,
        here: &[CategoryId],
        lists: &CodeLists,
        slot: &dyn Fn(CategoryId) -> Option<u32>,
    ) -> Option<Follows> {
        let slots =
            |categories: &[CategoryId]| -> Vec<u32> { categories.iter().filter_map(|c| slot(*c)).collect() };
        match self {
            Look::Groups => {
                let is_rest =
                    |c: &CategoryId| parent(*c, lists).is_some() && !lists.category(*c).among.is_empty();
                let rests: Vec<CategoryId> = here.iter().copied().filter(is_rest).collect();
                let wider: BTreeSet<CategoryId> = here.iter().filter_map(|c| parent(*c, lists)).collect();
                let groups = wider.into_iter().filter_map(|group| {
                    let inside = here.iter().copied().filter(|c| parent(*c, lists) == Some(group));
                    Some((slot(group)?, slots(&inside.collect::<Vec<_>>())))
                });
                let groups: Vec<(u32, Vec<u32>)> = groups.collect();
                (!groups.is_empty()).then(|| Follows::Wider {
                    all: slot(CategoryId::ALL),
                    rests: slots(&rests),
                    groups,
                })
            }
            Look::Partition(_, [first, second, others @ ..]) => Some(Follows::Complement {
                all: slot(CategoryId::ALL)?,
                first: slot(*first)?,
                second: slot(*second)?,
                others: slots(others),
            }),
            Look::Partition(..) => None,
            Look::Items => {
                let full = |c: &CategoryId| -> Option<Vec<u32>> {
                    top_of_items(*c, lists)?.into_iter().map(slot).collect()
                };
                let lists: Vec<Option<Vec<u32>>> = here.iter().map(full).collect();
                lists.iter().any(Option::is_some).then_some(())?;
                Some(Follows::Total {
                    all: slot(CategoryId::ALL)?,
                    lists,
                })
            }
        }
    }
}

impl Slice {
    fn follow(&self, row: &mut Row) {
        match &self.follows {
            Follows::Complement {
                all,
                first,
                second,
                others,
            } => {
                let value = |slot: &u32| row.get(*slot).map(|k| k.value);
                let (whole, a, b) = (value(all), value(first), value(second));
                let less = |from: i64, part: i64| {
                    let others = others.iter().filter_map(value).fold(0, i64::saturating_add);
                    from.checked_sub(part).and_then(|v| v.checked_sub(others))
                };
                let (slot, value) = match (whole, a, b) {
                    (Some(whole), None, Some(b)) => (*first, less(whole, b)),
                    (Some(whole), Some(a), None) => (*second, less(whole, a)),
                    (None, Some(a), Some(b)) => {
                        let others = others.iter().filter_map(value).fold(0, i64::saturating_add);
                        (*all, a.checked_add(b).and_then(|v| v.checked_add(others)))
                    }
                    _ => return,
                };
                let is_contradicted = |slot: &u32| row.get(*slot).is_some_and(|k| k.contradicted);
                if self.slots.iter().any(is_contradicted) {
                    return;
                }
                if let Some(value) = value.filter(|v| *v >= 0) {
                    row.put(slot, Known::derived(value));
                }
            }
            Follows::Wider { all, rests, groups } => {
                let is_there = |slot: &u32| row.get(*slot).is_some();
                if all.iter().any(is_there) && !rests.iter().any(is_there) {
                    return;
                }
                // A wider group may itself lie in another: what follows here is not added again.
                let follows: Vec<(u32, Known)> = groups
                    .iter()
                    .filter(|(group, inside)| !is_there(group) && inside.iter().any(is_there))
                    .map(|(group, inside)| (*group, together(row, inside)))
                    .collect();
                for (group, known) in follows {
                    row.put(group, known);
                }
            }
            Follows::Total { all, lists } => {
                // The first that is there says of which list the items are; a total stands before all.
                let mut there = self.slots.iter().zip(lists);
                let first = there.find(|(slot, _)| row.get(**slot).is_some());
                let Some((slot, Some(top))) = first else { return };
                if slot != all && top.iter().all(|slot| row.get(*slot).is_some()) {
                    let sum = together(row, top);
                    row.put(*all, sum);
                }
            }
        }
    }
}

/// Those values that are there, added up as one that is derived.
fn together(row: &Row, slots: &[u32]) -> Known {
    let parts = slots.iter().filter_map(|slot| row.get(*slot));
    parts.fold(Known::derived(0), |sum, part| Known {
        value: sum.value.saturating_add(part.value),
        contradicted: sum.contradicted || part.contradicted,
        ..sum
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::locality::UnitId;
    use crate::classification::{Breakdown, MeasureId};
    use crate::definition::{Catalogue, embedded, load};
    use crate::fact::Moment;
    use crate::period::Period;
    use crate::rollup::{Entry, Sum, plainly};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
        let mut files = embedded();
        // Places matter to nothing here and take a while to read.
        files.retain(|f| !f.path.starts_with("localities/") && f.path != "targets.csv");
        load(files).unwrap()
    });

    /// Series as reports give them, and as they do not.
    fn series(catalogue: &Catalogue) -> Vec<Series> {
        let of = |dimension: Dimension| -> Vec<CategoryId> {
            let lists = catalogue.lists.lists.iter().filter(|l| l.dimension == dimension);
            let some = lists.flat_map(|l| l.categories.iter().copied().take(7));
            std::iter::once(CategoryId::ALL).chain(some).collect()
        };
        let (sexes, groups, items) = (of(Dimension::Sex), of(Dimension::Ethnicity), of(Dimension::Item));
        // Few items of many lists, with their lists whole; all else is crossed.
        let mut all = Vec::new();
        for sex in sexes {
            for ethnicity in &groups {
                for item in items.iter().take(40) {
                    let breakdown = Breakdown {
                        sex,
                        ethnicity: *ethnicity,
                        item: *item,
                        ..Breakdown::default()
                    };
                    all.push(Series::new(MeasureId(3), breakdown));
                }
            }
        }
        all
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn followed_over_slots_is_what_is_worked_out_value_by_value(
            picks in prop::collection::vec((any::<prop::sample::Index>(), -2i64..40, 0u8..12), 1..60),
            narrow in 1usize..400,
        ) {
            let catalogue = &*CATALOGUE;
            let lists = &catalogue.lists;
            let all = series(catalogue);
            let mut own: Vec<Entry> = Vec::new();
            let moment = Moment::new(UnitId(5), Period::year(2024));
            for (pick, value, mark) in picks {
                // Often of few series only, so that parts meet their wholes.
                let series = all[pick.index(all.len().min(narrow))];
                let sum = Sum { contradicted: mark == 0, ..Sum::reported(value.max(0)) };
                own.push((series, moment, sum));
            }
            own.sort_by_key(|(series, moment, _)| (*series, *moment));
            own.dedup_by_key(|(series, moment, _)| (*series, *moment));
            let reported: Vec<Series> = own.iter().map(|(series, ..)| *series).collect();
            let rules = Rules::new(&reported, lists);
            let mut row = rules.row();
            for (series, _, sum) in &own {
                let known = Known { value: sum.value, derived: false, contradicted: sum.contradicted };
                row.add(rules.slot(*series).unwrap(), known);
            }
            rules.follow(&mut row);
            let mut slots = row.there().to_vec();
            slots.sort_unstable();
            let found: Vec<Entry> = slots
                .into_iter()
                .map(|slot| (rules.series[slot as usize], moment, row.get(slot).unwrap().sum()))
                .collect();
            plainly::derive(&mut own, lists);
            prop_assert_eq!(found, own);
        }
    }
}
