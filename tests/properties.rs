//! What holds for all figures, not only for those of the samples.

use bdg::check::check;
use bdg::classification::locality::{Level, UnitId};
use bdg::classification::{Breakdown, CategoryId};
use bdg::compare::{Judgement, judge_all};
use bdg::definition::Catalogue;
use bdg::evaluate::{Figure, Question, evaluate};
use bdg::fact::{Fact, FactSet, SenderId, Senders};
use bdg::origin::{CellAddress, CellOrigin, SheetId};
use bdg::period::{Day, Period, Span};
use bdg::rollup::{Tree, roll_up};
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::made::sources;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(crate::examples::catalogue);
const DAY: Day = Day::new(2024, 12, 31);

fn communes() -> Vec<UnitId> {
    let district = CATALOGUE.localities.by_code("585", DAY).unwrap();
    CATALOGUE.localities.descendants(district, DAY, Level::Commune)
}

fn fact(
    measure: &str,
    sex: Option<&str>,
    place: UnitId,
    period: Period,
    value: i64,
    sender: u32,
    row: u32,
) -> Fact {
    let sex = sex.map_or(CategoryId::ALL, |s| CATALOGUE.lists.find("sex", s).unwrap());
    Fact {
        measure: CATALOGUE.measures.find(measure).unwrap(),
        breakdown: Breakdown {
            sex,
            ..Breakdown::default()
        },
        place,
        period,
        value,
        sender: SenderId(sender),
        senders: Senders::Many,
        origin: CellOrigin {
            sheet: SheetId(0),
            cell: CellAddress::new(row, 0),
        },
    }
}

fn figures(facts: &[Fact]) -> Vec<Figure> {
    let set = FactSet::new(facts);
    let (checked, _) = check(&set, &sources(), &CATALOGUE);
    let district = CATALOGUE.localities.by_code("585", DAY).unwrap();
    let tree = Tree::new(&CATALOGUE.localities, district, DAY);
    let (rolled, _) = roll_up(&checked, &tree, &CATALOGUE, &sources());
    let variants = vec![0; CATALOGUE.indicators.len()];
    let periods = [Period::year(2024)];
    evaluate(&Question {
        catalogue: &CATALOGUE,
        tree: &tree,
        rolled: &rolled,
        periods: &periods,
        variants: &variants,
        recast: None,
    })
}

/// Victims and victims served of every commune: (women, men, women served, men served).
fn reports() -> impl Strategy<Value = Vec<(i64, i64, i64, i64)>> {
    let one = (0..40i64, 0..40i64).prop_flat_map(|(w, m)| (Just(w), Just(m), 0..=w, 0..=m));
    proptest::collection::vec(one, 8)
}

fn as_facts(reports: &[(i64, i64, i64, i64)], period: Period) -> Vec<Fact> {
    let mut facts = Vec::new();
    for (place, (women, men, women_served, men_served)) in communes().into_iter().zip(reports) {
        for (measure, total, female) in [
            ("dv-victims", women + men, women),
            ("dv-victims-served", women_served + men_served, women_served),
        ] {
            let row = facts.len() as u32;
            facts.push(fact(measure, None, place, period, total, 1, row));
            facts.push(fact(measure, Some("female"), place, period, *female, 1, row));
        }
    }
    facts
}

fn of<'a>(figures: &'a [Figure], indicator: &'a str) -> impl Iterator<Item = &'a Figure> {
    figures
        .iter()
        .filter(move |f| CATALOGUE.indicators[usize::from(f.indicator.0)].id == indicator)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_order_of_reports_does_not_matter(reports in reports(), seed in any::<u64>()) {
        let facts = as_facts(&reports, Period::year(2024));
        let mut shuffled = facts.clone();
        let mut state = seed | 1;
        for i in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(i, (state >> 33) as usize % (i + 1));
        }
        prop_assert_eq!(figures(&facts), figures(&shuffled));
    }

    #[test]
    fn a_district_is_the_sum_of_its_communes_and_a_rate_lies_between_its_groups(reports in reports()) {
        let all = figures(&as_facts(&reports, Period::year(2024)));
        let district = CATALOGUE.localities.by_code("585", DAY).unwrap();
        let everybody = Breakdown::default();
        let whole = of(&all, "3.2a").find(|f| f.place == district && f.group == everybody).unwrap();
        let sum = |of: fn(&(i64, i64, i64, i64)) -> i64| reports.iter().map(of).sum::<i64>();
        prop_assert_eq!(whole.numerator, Some(sum(|r| r.2 + r.3)));
        prop_assert_eq!(whole.denominator, Some(sum(|r| r.0 + r.1)));
        prop_assert!(whole.coverage.is_full());
        let rates: Vec<f64> = of(&all, "3.2a")
            .filter(|f| f.place == district && !f.group.sex.is_all())
            .filter_map(|f| f.value.as_ref().ok().map(|v| v.to_f64()))
            .collect();
        if let (Ok(total), 2) = (&whole.value, rates.len()) {
            let (low, high) = (rates[0].min(rates[1]), rates[0].max(rates[1]));
            prop_assert!(low - 1e-9 <= total.to_f64() && total.to_f64() <= high + 1e-9);
        }
    }

    #[test]
    fn two_halves_make_the_year_and_two_senders_the_place(reports in reports()) {
        let year = figures(&as_facts(&reports, Period::year(2024)));
        let half = |h| Period { year: 2024, span: Span::Half(h) };
        // The first half holds everything but one of each, the second half the rest; two senders each.
        let mut split = Vec::new();
        for mut fact in as_facts(&reports, half(1)) {
            let whole = fact.value;
            fact.value = whole / 2;
            split.push(fact);
            fact.sender = SenderId(2);
            fact.value = whole - whole / 2;
            split.push(fact);
            split.push(Fact { period: half(2), value: 0, ..fact });
        }
        let halves = figures(&split);
        let counts = |figures: &[Figure]| -> Vec<_> {
            of(figures, "3.2a").map(|f| (f.place, f.group, f.numerator, f.denominator)).collect()
        };
        prop_assert_eq!(counts(&year), counts(&halves));
    }

    #[test]
    fn a_better_value_is_never_judged_worse(served in 0..=100i64, more in 0..=100i64) {
        let place = communes()[0];
        let judged = |served: i64| {
            let period = Period::year(2024);
            let facts = [
                fact("dv-victims", None, place, period, 100, 1, 0),
                fact("dv-victims-served", None, place, period, served.min(100), 1, 1),
            ];
            let all = figures(&facts);
            let verdicts = judge_all(&all, &CATALOGUE, DAY);
            let found = all.iter().zip(verdicts).find(|(f, _)| {
                f.place == place
                    && CATALOGUE.indicators[usize::from(f.indicator.0)].id == "3.2a"
                    && f.group == Breakdown::default()
            });
            found.unwrap().1.judgement
        };
        let rank = |j: Judgement| match j {
            Judgement::Exceeded => 2,
            Judgement::Met => 1,
            _ => 0,
        };
        prop_assert!(rank(judged(served)) <= rank(judged(served + more)));
    }
}
