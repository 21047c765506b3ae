//! Persons cut by sex and ethnicity at once, so that no part ever exceeds its whole.

use super::random::Random;

/// Four groups that do not overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Persons {
    pub minority_women: i64,
    pub other_women: i64,
    pub minority_men: i64,
    pub other_men: i64,
}

impl Persons {
    pub fn new(r: &mut Random, all: i64, women_per_mille: i64, minority_per_mille: i64) -> Persons {
        let minority = all * minority_per_mille.clamp(0, 1000) / 1000;
        let mut women = |of: i64| (of * (women_per_mille + r.between(-9, 9)).clamp(0, 1000) + 500) / 1000;
        let (minority_women, other_women) = (women(minority), women(all - minority));
        Persons {
            minority_women,
            other_women,
            minority_men: minority - minority_women,
            other_men: all - minority - other_women,
        }
    }

    pub fn all(self) -> i64 {
        self.cells().iter().sum()
    }

    pub fn women(self) -> i64 {
        self.minority_women + self.other_women
    }

    pub fn minority(self) -> i64 {
        self.minority_women + self.minority_men
    }

    /// As sheets give them: total, women, minorities, women of minorities.
    pub fn columns(self) -> [i64; 4] {
        [self.all(), self.women(), self.minority(), self.minority_women]
    }

    /// A share of every group.
    pub fn part(self, r: &mut Random, per_mille: i64, jitter: i64) -> Persons {
        self.map(|n| (n * (per_mille + r.between(-jitter, jitter)).clamp(0, 1000) + 500) / 1000)
    }

    /// Shares that add up to the whole, group by group.
    pub fn split(self, weights: &[i64]) -> Vec<Persons> {
        let groups = self.cells().map(|n| share_out(n, weights));
        (0..weights.len())
            .map(|i| Persons::from_cells([groups[0][i], groups[1][i], groups[2][i], groups[3][i]]))
            .collect()
    }

    pub fn map(self, mut each: impl FnMut(i64) -> i64) -> Persons {
        Persons::from_cells(self.cells().map(&mut each))
    }

    /// Both sides group by group.
    pub fn with(self, other: Persons, mut each: impl FnMut(i64, i64) -> i64) -> Persons {
        let (a, b) = (self.cells(), other.cells());
        Persons::from_cells([
            each(a[0], b[0]),
            each(a[1], b[1]),
            each(a[2], b[2]),
            each(a[3], b[3]),
        ])
    }

    fn cells(self) -> [i64; 4] {
        [
            self.minority_women,
            self.other_women,
            self.minority_men,
            self.other_men,
        ]
    }

    fn from_cells([minority_women, other_women, minority_men, other_men]: [i64; 4]) -> Persons {
        Persons {
            minority_women,
            other_women,
            minority_men,
            other_men,
        }
    }
}

impl std::ops::Add for Persons {
    type Output = Persons;
    fn add(self, other: Persons) -> Persons {
        self.with(other, |a, b| a + b)
    }
}

impl std::ops::Sub for Persons {
    type Output = Persons;
    fn sub(self, other: Persons) -> Persons {
        self.with(other, |a, b| a - b)
    }
}

impl std::iter::Sum for Persons {
    fn sum<I: Iterator<Item = Persons>>(all: I) -> Persons {
        all.fold(Persons::default(), |a, b| a + b)
    }
}

/// Whole parts by weight that add up to the total.
pub fn share_out(total: i64, weights: &[i64]) -> Vec<i64> {
    let (mut left, mut rest) = (total, weights.iter().sum::<i64>());
    weights
        .iter()
        .map(|weight| {
            let part = if rest > 0 { left * weight / rest } else { 0 };
            (left, rest) = (left - part, rest - weight);
            part
        })
        .collect()
}
