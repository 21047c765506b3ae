//! What is certain across changes of boundaries: shares that add up, bodies of each unit, one total of the nation.

use bdg::classification::locality::Level;
use bdg::evaluate::Figure;
use bdg::fact::Fact;
use bdg::period::{Day, Period};
use bdg::recast::{Boundaries, Boundary};
use proptest::prelude::*;

use super::{
    CATALOGUE, Dice, Hamlet, PROVINCE, TODAY, fact, figures, invent, of, prove, recast_onto, reports, scope,
    truth,
};

#[test]
fn shares_of_the_people_divide_a_count_into_whole_numbers() {
    // Resolution 830/NQ-UBTVQH14, 2020: 49.36 % of the people of 04822 went to 04789, the rest to 04825.
    let register = &CATALOGUE.localities;
    let (before, after) = (Period::year(2019), Day::new(2020, 12, 31));
    let place = scope("17", after);
    let old = register
        .by_code_at("04822", Level::Commune, before.last_day())
        .unwrap();
    let facts = [
        fact("population", old, before, 1001, 0),
        fact("people-reached", old, before, 500, 1),
    ];
    let (tree, recast) = recast_onto(&facts, place, after, Boundaries::OfThePeriod);
    let figures = figures(&tree, &recast, &[before]);
    let at = |code: &str| {
        let unit = register.by_code_at(code, Level::Commune, after).unwrap();
        let figure = of(&figures, "6.1").find(|f| f.place == unit).unwrap();
        (figure.numerator, figure.denominator, figure.boundary)
    };
    // 0.4936 × 1001 = 494.09…, 0.5064 × 1001 = 506.90…; 0.4936 × 500 = 246.8, 0.5064 × 500 = 253.2.
    assert_eq!(at("04789"), (Some(247), Some(494), Boundary::ByShare));
    assert_eq!(at("04825"), (Some(253), Some(507), Boundary::ByShare));
    let root = of(&figures, "6.1").find(|f| f.place == place).unwrap();
    assert_eq!((root.numerator, root.denominator), (Some(500), Some(1001)));
    assert_eq!(root.boundary, Boundary::Same);
}

#[test]
fn what_each_unit_is_by_itself_is_counted_over_the_units_of_its_time() {
    let register = &CATALOGUE.localities;
    let period = Period::year(2024);
    let day = period.last_day();
    let place = scope(PROVINCE, TODAY);
    let organ = CATALOGUE.lists.find("organ", "ubnd").unwrap();
    let mut facts = Vec::new();
    let olds = ["56", "58"].map(|code| register.by_code(code, day).unwrap());
    let mut bodies = 0;
    for old in olds {
        let mut units = vec![old];
        for district in register.children(old, day) {
            units.push(district);
            units.extend(register.children(district, day));
        }
        for unit in units {
            bodies += 1;
            for (measure, value) in [
                ("agencies", 1),
                ("agencies-with-woman-leader", i64::from(bodies % 3 == 0)),
            ] {
                let mut one = fact(measure, unit, period, value, facts.len() as u32);
                one.breakdown.item = organ;
                facts.push(one);
            }
        }
    }
    let (tree, recast) = recast_onto(&facts, place, TODAY, Boundaries::OfThePeriod);
    let figures = figures(&tree, &recast, &[period]);
    let root = of(&figures, "1").find(|f| f.place == place).unwrap();
    assert_eq!(
        (root.numerator, root.denominator),
        (Some(bodies / 3), Some(bodies))
    );
    assert!(root.coverage.is_full(), "{:?}", root.coverage);
    // Counted over the units of then, and said to be; not recast.
    assert_eq!(root.boundary, Boundary::Counted);
    // A commune of today that was put together from several had no People's Committee then.
    let lowest: Vec<&Figure> = of(&figures, "1")
        .filter(|f| f.value.is_ok() && f.place != place)
        .collect();
    for figure in lowest {
        assert_eq!(figure.boundary, Boundary::Same);
    }
}

#[test]
fn the_nation_has_one_total_on_every_base() {
    let place = scope("VN", TODAY);
    let period = Period::year(2023);
    let day = period.last_day();
    let register = &CATALOGUE.localities;
    let mut dice = Dice(20_250_701);
    let mut facts = Vec::new();
    let mut real = Hamlet::default();
    // Of some districts their own figures, of others some of their communes.
    for district in register.descendants(place, day, Level::District) {
        let units = match dice.up_to(9) {
            0 => vec![district],
            1..=3 => register.lowest(district, day).into_iter().step_by(2).collect(),
            _ => Vec::new(),
        };
        for unit in units {
            let hamlet = Hamlet::of(&mut dice, 900);
            real.add(hamlet);
            let row = facts.len() as u32;
            facts.extend(hamlet.measures().map(|(m, v)| fact(m, unit, period, v, row)));
        }
    }
    let mut totals = Vec::new();
    for base in [Day::new(2019, 4, 1), day, Day::new(2024, 12, 31), TODAY] {
        let (tree, recast) = recast_onto(&facts, place, base, Boundaries::On(base));
        let figures = figures(&tree, &recast, &[period]);
        let root = of(&figures, "6.1").find(|f| f.place == place).unwrap().clone();
        totals.push((root.numerator, root.denominator, root.value));
    }
    let sums = (Some(real.reached), Some(real.people));
    assert!(
        totals.iter().all(|t| t == &totals[0] && (t.0, t.1) == sums),
        "{sums:?} {totals:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    /// Some of the new communes send again what the old ones sent: everything is counted once, and still holds the truth.
    #[test]
    fn what_is_sent_again_on_the_new_units_changes_nothing(seed in any::<u64>()) {
        let place = scope(PROVINCE, TODAY);
        let period = Period::year(2025);
        let detail = invent(seed, place, TODAY, Day::new(2025, 6, 30));
        let (tree, _) = recast_onto(&[], place, TODAY, Boundaries::OfThePeriod);
        let truth = truth(&detail, &tree);
        let mut facts = reports(&detail, period);
        let mut dice = Dice(seed);
        for node in tree.lowest().filter(|_| dice.up_to(2) == 0).collect::<Vec<_>>() {
            let unit = tree.nodes[node].unit;
            for (measure, value) in truth[&unit].measures() {
                facts.push(fact(measure, unit, period, value, facts.len() as u32));
            }
        }
        let (tree, recast) = recast_onto(&facts, place, TODAY, Boundaries::OfThePeriod);
        let figures = figures(&tree, &recast, &[period]);
        let (exact, bounds) = prove(&figures, period, &truth);
        prop_assert_eq!(exact + bounds, 2 * tree.nodes.len());
        let root = of(&figures, "6.1").find(|f| f.place == place).unwrap();
        prop_assert!(root.value.is_ok());
    }

    /// Whatever the counts: the parts of a divided commune are whole numbers that add up to what it reported.
    #[test]
    fn parts_by_share_add_up_to_what_was_reported(seed in any::<u64>()) {
        let register = &CATALOGUE.localities;
        let (period, after) = (Period::year(2018), Day::new(2021, 12, 31));
        let place = scope("25", after);
        let before = register.by_code("25", period.last_day()).unwrap();
        let mut dice = Dice(seed);
        let mut facts: Vec<Fact> = Vec::new();
        for (row, unit) in register.lowest(before, period.last_day()).into_iter().enumerate() {
            let hamlet = Hamlet::of(&mut dice, 2_000);
            facts.extend(hamlet.measures().map(|(m, v)| fact(m, unit, period, v, row as u32)));
        }
        let (tree, recast) = recast_onto(&facts, place, after, Boundaries::OfThePeriod);
        let figures = figures(&tree, &recast, &[period]);
        let all: Vec<&Figure> = of(&figures, "6.1").collect();
        let root = all.iter().find(|f| f.place == place).unwrap();
        let lowest = all.iter().filter(|f| register.unit(f.place).level == Level::Commune);
        let (mut n, mut d, mut shared) = (0, 0, 0);
        for figure in lowest {
            prop_assert!(figure.between.is_none());
            n += figure.numerator.unwrap();
            d += figure.denominator.unwrap();
            shared += usize::from(figure.boundary == Boundary::ByShare);
        }
        prop_assert!(shared > 1);
        prop_assert_eq!((Some(n), Some(d)), (root.numerator, root.denominator));
    }
}
