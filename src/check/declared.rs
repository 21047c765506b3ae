//! The checks that the catalogue declares: one sum may not exceed another, or must equal it.
//!
//! A check is made at every place and period where both sides were reported, over all senders of
//! the place. A fatal breach marks the figures of its left side.

use super::{Evidence, Marks};
use crate::definition::{Relation, Term};
use crate::fact::{Moment, Series};
use crate::problem::{Kind, Problem};
use crate::quantity::print_plain;

pub(super) fn verify(
    evidence: &Evidence<'_>,
    kept: &[usize],
    marks: &mut Marks,
    problems: &mut Vec<Problem>,
) {
    let catalogue = evidence.catalogue;
    let facts = kept.iter().map(|i| (*i, &evidence.facts[*i]));
    let mut figures: Figures = facts.map(|(i, fact)| (fact.moment(), fact.series(), i)).collect();
    figures.sort_unstable();
    let mut moments: Vec<Moment> = figures.iter().map(|(m, ..)| *m).collect();
    moments.dedup();
    for check in &catalogue.checks {
        for moment in &moments {
            let side = |terms: &[Term]| side(evidence, &figures, *moment, terms);
            let (Some(left), Some(right)) = (side(&check.left), side(&check.right)) else {
                continue;
            };
            let holds = match check.relation {
                Relation::AtMost => left.value <= right.value,
                Relation::Equals => left.value == right.value,
            };
            let Some(first) = left.facts.first().copied().filter(|_| !holds) else {
                continue;
            };
            let cost = match check.fatal {
                true => left.facts.iter().map(|i| marks.mark(*i)).sum(),
                false => 0,
            };
            let decimals = catalogue.measures.get(evidence.facts[first].measure).decimals;
            let sign = match check.relation {
                Relation::AtMost => ">",
                Relation::Equals => "≠",
            };
            let print = |v| print_plain(v, decimals);
            let other = right
                .facts
                .first()
                .map(|i| evidence.describe(*i))
                .unwrap_or_default();
            let values = format!("{} {sign} {} ({other})", print(left.value), print(right.value));
            let name = check.name.clone();
            let kind = if check.fatal {
                Kind::CheckFailed { check: name, values }
            } else {
                Kind::CheckDoubted { check: name, values }
            };
            problems.push(Problem::new(evidence.place_of(first), kind).costing(cost));
        }
    }
}

/// Facts by what they are about.
type Figures = Vec<(Moment, Series, usize)>;

struct Side {
    value: i64,
    facts: Vec<usize>,
}

/// The sum of one side, if every term was reported there.
fn side(evidence: &Evidence<'_>, figures: &Figures, moment: Moment, terms: &[Term]) -> Option<Side> {
    let mut sum = Side {
        value: 0,
        facts: Vec::new(),
    };
    for term in terms {
        let about = (moment, Series::new(term.measure, term.breakdown));
        let from = figures.partition_point(|(m, s, _)| (*m, *s) < about);
        let here = figures.get(from..)?.iter();
        let mut found = here.take_while(|(m, s, _)| (*m, *s) == about).peekable();
        found.peek()?;
        for (.., i) in found {
            let value = evidence.facts[*i].value;
            sum.value = sum
                .value
                .saturating_add(if term.minus { value.saturating_neg() } else { value });
            sum.facts.push(*i);
        }
    }
    Some(sum)
}
