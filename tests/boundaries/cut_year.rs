//! 2025: a year whose halves were reported on different units.

use std::collections::BTreeMap;

use bdg::classification::locality::UnitId;
use bdg::period::{Period, Span};
use bdg::recast::{Boundaries, Boundary};
use bdg::rollup::Tree;
use proptest::prelude::*;

use super::{
    CATALOGUE, Detail, Dice, Hamlet, PROVINCE, TODAY, fact, figures, invent, of, recast_onto, reports, scope,
    truth,
};

/// New communes that share an old one, however far the chain goes, under one of their names.
fn joined(detail: &Detail) -> BTreeMap<UnitId, UnitId> {
    let mut name: BTreeMap<UnitId, UnitId> = detail.keys().map(|(_, new)| (*new, *new)).collect();
    loop {
        let before = name.clone();
        let mut of_old: BTreeMap<UnitId, UnitId> = BTreeMap::new();
        for (old, new) in detail.keys() {
            let least = of_old.entry(*old).or_insert(name[new]);
            *least = (*least).min(name[new]);
        }
        for (old, new) in detail.keys() {
            let least = name[new].min(of_old[old]);
            name.insert(*new, least);
        }
        if name == before {
            return name;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn a_year_cut_by_the_reform_is_put_together_from_both_sides(seed in any::<u64>()) {
        let place = scope(PROVINCE, TODAY);
        let half = |h| Period { year: 2025, span: Span::Half(h) };
        let tree = Tree::new(&CATALOGUE.localities, place, TODAY);
        let mut facts = Vec::new();
        let mut whole: BTreeMap<UnitId, Hamlet> = BTreeMap::new();
        for h in [1, 2] {
            let detail = invent(seed ^ u64::from(h), place, TODAY, half(h).last_day());
            facts.extend(reports(&detail, half(h)));
            for (unit, hamlet) in truth(&detail, &tree) {
                // People are counted on a day, at the end; cases add up.
                let sum = whole.entry(unit).or_default();
                sum.victims += hamlet.victims;
                sum.served += hamlet.served;
                (sum.people, sum.reached) = (hamlet.people, sum.reached + hamlet.reached);
            }
        }
        let (tree, recast) = recast_onto(&facts, place, TODAY, Boundaries::OfThePeriod);
        let figures = figures(&tree, &recast, &[Period::year(2025)]);
        let mut bounds = 0;
        for figure in of(&figures, "3.2a") {
            let real = whole[&figure.place];
            match figure.between {
                Some(b) => {
                    bounds += 1;
                    prop_assert!(b.numerator.low <= real.served && real.served <= b.numerator.high);
                    prop_assert!(b.denominator.low <= real.victims && real.victims <= b.denominator.high);
                }
                None => prop_assert_eq!((figure.numerator, figure.denominator), (Some(real.served), Some(real.victims))),
            }
            prop_assert!(figure.coverage.is_full() && figure.derived);
        }
        prop_assert!(bounds > 5);
        prop_assert!(of(&figures, "3.2a").any(|f| f.boundary == Boundary::Exact));
    }

    /// Some communes send the year, others its halves (the first by the old communes): nobody is left out and
    /// nobody counts twice.
    #[test]
    fn a_year_that_some_send_whole_and_others_in_halves_is_of_all(seed in any::<u64>()) {
        let place = scope(PROVINCE, TODAY);
        let year = Period::year(2025);
        let half = |h| Period { year: 2025, span: Span::Half(h) };
        let tree = Tree::new(&CATALOGUE.localities, place, TODAY);
        let first = invent(seed, place, TODAY, half(1).last_day());
        let second = invent(seed ^ 7, place, TODAY, half(2).last_day());
        let names = joined(&first);
        let mut dice = Dice(seed);
        let whole: BTreeMap<UnitId, bool> = names.values().map(|name| (*name, dice.up_to(1) == 1)).collect();
        let sends_year = |new: &UnitId| names.get(new).is_some_and(|name| whole[name]);
        let mut real: BTreeMap<UnitId, Hamlet> = BTreeMap::new();
        for detail in [&first, &second] {
            for (unit, hamlet) in truth(detail, &tree) {
                real.entry(unit).or_default().add(hamlet);
            }
        }
        let by_halves = |detail: &Detail| -> Detail {
            detail.iter().filter(|((_, new), _)| !sends_year(new)).map(|(k, v)| (*k, *v)).collect()
        };
        let mut facts = reports(&by_halves(&first), half(1));
        facts.extend(reports(&by_halves(&second), half(2)));
        for new in names.keys().filter(|new| sends_year(new)) {
            for (measure, value) in real[new].measures() {
                facts.push(fact(measure, *new, year, value, facts.len() as u32));
            }
        }
        let (tree, recast) = recast_onto(&facts, place, TODAY, Boundaries::OfThePeriod);
        let figures = figures(&tree, &recast, &[year]);
        for figure in of(&figures, "3.2a") {
            let real = real[&figure.place];
            prop_assert!(figure.coverage.is_full(), "{}: {:?}", CATALOGUE.localities.unit(figure.place).full_name(), figure.coverage);
            match figure.between {
                Some(b) => {
                    prop_assert!(b.numerator.low <= real.served && real.served <= b.numerator.high);
                    prop_assert!(b.denominator.low <= real.victims && real.victims <= b.denominator.high);
                }
                None => prop_assert_eq!((figure.numerator, figure.denominator), (Some(real.served), Some(real.victims))),
            }
        }
        let root = of(&figures, "3.2a").find(|f| f.place == place).unwrap();
        prop_assert!(root.value.is_ok());
    }
}
