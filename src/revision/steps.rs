//! From the figures of one run to those of the other, step by step.

use std::collections::BTreeMap;

use super::{Amounts, Cause, Change, FigureKey};
use crate::classification::Breakdown;
use crate::classification::locality::UnitId;
use crate::compare::Judgement;
use crate::period::Period;

/// What one cause did to one figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contribution {
    pub cause: Cause,
    pub from: Amounts,
    pub to: Amounts,
    /// A number that is not there counts as 0.
    pub numerator: i64,
    pub denominator: i64,
    /// Only where both runs have a value. A step at which none stands counts 0; the next value is compared with
    /// the last one that stood.
    pub value: Option<i64>,
    pub low: Option<i64>,
    pub high: Option<i64>,
}

impl Contribution {
    /// The verdict before and after, if it is another.
    pub fn verdict(&self) -> Option<(Option<Judgement>, Option<Judgement>)> {
        (self.from.verdict != self.to.verdict).then_some((self.from.verdict, self.to.verdict))
    }
}

/// A figure by numbers instead of names.
type Key = (u32, u32, Period, u32);

/// Names and their numbers, in the order in which they were first said.
#[derive(Debug, Default)]
struct Names {
    numbers: BTreeMap<String, u32>,
    names: Vec<String>,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(known) = self.numbers.get(name) {
            return *known;
        }
        let number = self.names.len() as u32;
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> &str {
        self.names.get(number as usize).map_or("", String::as_str)
    }
}

/// The figures of each step. Only what changes is kept, so that a nation's figures are there twice at most.
#[derive(Debug, Default)]
pub struct Steps {
    indicators: Names,
    /// `585 district`
    places: Names,
    groups: Names,
    now: BTreeMap<Key, Amounts>,
    next: BTreeMap<Key, Amounts>,
    first: bool,
    first_size: usize,
    trail: BTreeMap<Key, Vec<(Cause, Amounts, Amounts)>>,
}

impl Steps {
    /// Indicators and places in the order in which changes are told.
    pub fn new<'t>(
        indicators: impl Iterator<Item = &'t str>,
        places: impl Iterator<Item = (&'t str, &'t str)>,
    ) -> Steps {
        let mut steps = Steps {
            first: true,
            ..Steps::default()
        };
        for indicator in indicators {
            steps.indicators.number(indicator);
        }
        for (code, level) in places {
            steps.places.number(&format!("{code} {level}"));
        }
        steps
    }

    /// A figure of the step that is being told.
    pub fn say(
        &mut self,
        indicator: &str,
        (code, level): (&str, &str),
        period: Period,
        group: [&str; 3],
        amounts: Amounts,
    ) {
        let key = (
            self.indicators.number(indicator),
            self.places.number(&format!("{code} {level}")),
            period,
            self.groups.number(&group.join(" ")),
        );
        self.next.entry(key).or_insert(amounts);
    }

    /// The step is told: all that is not as it was is the doing of this cause. A verdict that is another on the
    /// same numbers is that of the targets, where they changed in the same step.
    pub fn end(&mut self, cause: Cause) {
        let next = std::mem::take(&mut self.next);
        let before = std::mem::replace(&mut self.now, next);
        if std::mem::take(&mut self.first) {
            self.first_size = self.now.len();
            return;
        }
        let none = Amounts::default();
        let mut keys: Vec<&Key> = before.keys().chain(self.now.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let from = *before.get(key).unwrap_or(&none);
            let to = *self.now.get(key).unwrap_or(&none);
            if from != to {
                let cause = match cause {
                    Cause::Definition if from.same_numbers(&to) && before.contains_key(key) => Cause::Target,
                    cause => cause,
                };
                self.trail.entry(*key).or_default().push((cause, from, to));
            }
        }
    }

    /// How many figures there are at the last step or were at the first.
    pub fn compared(&self) -> usize {
        self.now.len().max(self.first_size)
    }

    /// Figures that are not at the end what they were at the beginning.
    pub fn changes(
        self,
        place: impl Fn(&str, &str) -> Option<UnitId>,
        breakdown: impl Fn([&str; 3]) -> Breakdown,
    ) -> Vec<Change> {
        let ends = |trail: &[(Cause, Amounts, Amounts)]| Some((trail.first()?.1, trail.last()?.2));
        let told = self.trail.iter().filter_map(|(key, trail)| {
            let (before, after) = ends(trail).filter(|(before, after)| before != after)?;
            if before.says_nothing() && after.says_nothing() {
                // A line without any number has come or gone: a unit of other boundaries of which nothing is known.
                return None;
            }
            let (code, level) = self.places.name(key.1).rsplit_once(' ')?;
            let mut codes = self.groups.name(key.3).split(' ');
            let group: [&str; 3] = std::array::from_fn(|_| codes.next().unwrap_or("all"));
            let contributions = contributions(trail, before, after);
            Some(Change {
                place: place(code, level),
                breakdown: breakdown(group),
                key: FigureKey {
                    order: (key.0, key.1),
                    indicator: self.indicators.name(key.0).to_owned(),
                    code: code.to_owned(),
                    level: level.to_owned(),
                    period: key.2,
                    group: group.map(str::to_owned),
                },
                before,
                after,
                behind: vec![Vec::new(); contributions.len()],
                contributions,
            })
        });
        told.collect()
    }
}

fn contributions(trail: &[(Cause, Amounts, Amounts)], before: Amounts, after: Amounts) -> Vec<Contribution> {
    let of = |field: fn(&Amounts) -> Option<i64>| -> Vec<Option<i64>> {
        let (Some(mut last), Some(_)) = (field(&before), field(&after)) else {
            return vec![None; trail.len()];
        };
        let each = trail.iter().map(|(_, _, to)| {
            let now = field(to).unwrap_or(last);
            let part = now.saturating_sub(last);
            last = now;
            Some(part)
        });
        each.collect()
    };
    let (values, lows, highs) = (of(|a| a.value), of(|a| a.low), of(|a| a.high));
    let count = |from: Option<i64>, to: Option<i64>| to.unwrap_or(0).saturating_sub(from.unwrap_or(0));
    let bounds = lows.into_iter().zip(highs);
    let parts = trail.iter().zip(values).zip(bounds);
    parts
        .map(|(((cause, from, to), value), (low, high))| Contribution {
            cause: *cause,
            from: *from,
            to: *to,
            numerator: count(from.numerator, to.numerator),
            denominator: count(from.denominator, to.denominator),
            value,
            low,
            high,
        })
        .collect()
}
