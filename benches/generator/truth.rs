//! What "really" happened in the places: invented, but the figures agree with one another.
//!
//! Holds: a figure depends on the seed, the place's code and the year only, so every workbook that
//! mentions it says the same; parts stay within their wholes.

use super::persons::Persons;
use super::places::{Office, Place};
use super::random::Random;

/// The invented world of a seed.
#[derive(Debug, Clone, Copy)]
pub struct Truth {
    pub seed: u64,
}

/// Domestic violence in one commune and half year, as 01/BC-X asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Violence {
    pub households: i64,
    pub cases: i64,
    /// Mental, physical, sexual, economic; they overlap.
    pub forms: [i64; 4],
    pub perpetrators: Persons,
    pub prosecuted: Persons,
    pub counselled: Persons,
    /// Criticism, no contact, education, administrative.
    pub handled_by: [i64; 4],
    pub victims: Persons,
    pub served: Persons,
    pub children: i64,
    pub women_16_59: i64,
    pub old: i64,
}

/// Mothers and births of one commune and year.
#[derive(Debug, Clone, Copy)]
pub struct Mothers {
    pub deliveries: i64,
    pub adolescent: i64,
    pub minority: i64,
    pub at_station: i64,
    pub deaths: i64,
}

impl Truth {
    pub fn random(self, place: &Place, year: i16, topic: &str) -> Random {
        Random::of(self.seed, &[&place.code, &year.to_string(), topic])
    }

    /// What does not change from year to year: size, and share of ethnic minorities in per mille.
    fn character(self, place: &Place) -> (i64, i64) {
        let mut r = Random::of(self.seed, &[&place.code, "character"]);
        let size = match place.kind.as_str() {
            "phường" => r.between(9_000, 58_000),
            "đặc khu" => r.between(900, 9_000),
            _ => r.between(3_200, 31_000),
        };
        let minority = if r.chance(300) {
            r.between(350, 990)
        } else {
            r.between(2, 180)
        };
        (size, minority)
    }

    pub fn minority_per_mille(self, place: &Place) -> i64 {
        self.character(place).1
    }

    /// Population on 31 December.
    pub fn people(self, place: &Place, year: i16) -> Persons {
        let (size, minority) = self.character(place);
        let growth = 1000 + 7 * i64::from(year - 2024);
        Persons::new(
            &mut self.random(place, year, "people"),
            size * growth / 1000,
            502,
            minority,
        )
    }

    pub fn households(self, place: &Place, year: i16) -> (i64, i64) {
        let people = self.people(place, year);
        let all = people.all() * 10 / 36;
        (all, (people.minority() * 10 / 41).min(all))
    }

    pub fn reached(self, place: &Place, year: i16) -> Persons {
        let share = 560 + 40 * i64::from((year - 2019).clamp(0, 7));
        self.people(place, year)
            .part(&mut self.random(place, year, "reached"), share, 60)
    }

    /// Pupils of a grade at the start of the school year that ends in `end`.
    pub fn pupils(self, place: &Place, end: i16, grade: u8) -> Persons {
        // The last grades have a few pupils more than complete them.
        if let 5 | 9 = grade {
            let mut r = self.random(place, end, if grade == 5 { "last 5" } else { "last 9" });
            return self
                .completers(place, end, grade)
                .map(|n| n + r.between(0, 1 + n / 60).min(n));
        }
        let (size, minority) = self.character(place);
        let mut r = self.random(place, end, &format!("grade {grade}"));
        let all = (size * 17 / 1000 + r.between(-9, 9)).max(4);
        Persons::new(&mut r, all, 486, minority)
    }

    /// Those who complete primary (`5`) or lower secondary school (`9`).
    pub fn completers(self, place: &Place, end: i16, grade: u8) -> Persons {
        let (first, back, keep) = if grade == 5 { (1, 4, 972) } else { (6, 3, 905) };
        let mut r = self.random(place, end, if grade == 5 { "done 5" } else { "done 9" });
        self.pupils(place, end - back, first).part(&mut r, keep, 20)
    }

    pub fn violence(self, place: &Place, year: i16, half: u8) -> Violence {
        let (size, minority) = self.character(place);
        let mut r = self.random(place, year, &format!("violence {half}"));
        let cases = if r.chance(60) {
            0
        } else {
            (size / 4_000 + r.between(-1, 2)).max(1)
        };
        let men = if cases > 3 { r.between(0, 2) } else { 0 };
        let victims = Persons::new(&mut r, cases, 1000, minority) + men_of(men);
        let women_acting = if cases > 2 { r.between(0, 1) } else { 0 };
        let perpetrators = Persons::new(&mut r, cases - women_acting, 0, minority)
            + Persons {
                other_women: women_acting,
                ..Persons::default()
            };
        let prosecuted = if r.chance(300) {
            men_of(perpetrators.other_men.min(1))
        } else {
            Persons::default()
        };
        let counselled = (perpetrators - prosecuted).part(&mut r, 900, 100);
        Violence {
            households: (cases - r.between(0, 1)).max(0),
            cases,
            forms: [cases - cases / 3, cases / 2, i64::from(cases > 4), cases / 4],
            perpetrators,
            prosecuted,
            counselled,
            handled_by: [
                (cases - prosecuted.all() - 2).max(0),
                i64::from(cases > 5),
                cases.min(1),
                i64::from(cases > 2),
            ],
            victims,
            served: victims.part(&mut r, 930, 70),
            children: i64::from(victims.all() > 3),
            women_16_59: (victims.women() - 2).max(0),
            old: i64::from(victims.all() > 4),
        }
    }

    pub fn violence_of_year(self, place: &Place, year: i16) -> Violence {
        let (a, b) = (self.violence(place, year, 1), self.violence(place, year, 2));
        let four = |a: [i64; 4], b: [i64; 4]| [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]];
        Violence {
            households: a.households + b.households,
            cases: a.cases + b.cases,
            forms: four(a.forms, b.forms),
            perpetrators: a.perpetrators + b.perpetrators,
            prosecuted: a.prosecuted + b.prosecuted,
            counselled: a.counselled + b.counselled,
            handled_by: four(a.handled_by, b.handled_by),
            victims: a.victims + b.victims,
            served: a.served + b.served,
            children: a.children + b.children,
            women_16_59: a.women_16_59 + b.women_16_59,
            old: a.old + b.old,
        }
    }

    /// Victims of trafficking who returned, who need support, who got it: rare.
    pub fn trafficking(self, place: &Place, year: i16) -> [Persons; 3] {
        let mut r = self.random(place, year, "trafficking");
        let returned = if r.chance(25) { r.between(1, 3) } else { 0 };
        let of = |n| Persons {
            minority_women: n,
            ..Persons::default()
        };
        let served = (returned - r.between(0, 1)).max(0);
        [of(returned), of(returned), of(served)]
    }

    pub fn mothers(self, place: &Place, year: i16) -> Mothers {
        let (size, minority) = self.character(place);
        let mut r = self.random(place, year, "mothers");
        let deliveries = (size * 14 / 1000 + r.between(-6, 6)).max(3);
        let adolescent = (deliveries * (20 + minority / 12 + r.between(-9, 9)).max(0) / 1000).min(deliveries);
        Mothers {
            deliveries,
            adolescent,
            minority: deliveries * minority / 1000,
            at_station: deliveries * r.between(650, 950) / 1000,
            deaths: i64::from(r.chance(8)),
        }
    }

    /// Has a woman among the key leaders: People's Council, People's Committee, Party committee.
    pub fn woman_leads(self, place: &Place, year: i16) -> [bool; 3] {
        // A leader stays for the term, so only the place and the half of the term decide.
        let mut r = self.random(place, year / 3, "leaders");
        [r.chance(560), r.chance(480), r.chance(430)]
    }

    /// News items of the four quarters.
    pub fn news(self, place: &Place, year: i16) -> [i64; 4] {
        let mut r = self.random(place, year, "news");
        let mut quarters = [0; 4].map(|_: i64| r.between(4, 9));
        if r.chance(120) {
            quarters[r.between(0, 3) as usize] = r.between(0, 3);
        }
        quarters
    }

    /// All organisations, and those that are informed and committed.
    pub fn organisations(self, place: &Place, year: i16) -> [i64; 2] {
        let mut r = self.random(place, year, "organisations");
        let all = r.between(17, 26);
        [all, all - if r.chance(700) { 0 } else { r.between(1, 4) }]
    }

    /// Enterprises, of them led by a woman; cooperatives, of them led by a woman.
    pub fn enterprises(self, place: &Place, year: i16) -> [i64; 4] {
        let mut r = self.random(place, year, "enterprises");
        let (companies, cooperatives) = (r.between(4, 40), r.between(1, 5));
        [
            companies,
            companies * r.between(180, 360) / 1000,
            cooperatives,
            cooperatives * r.between(0, 500) / 1000,
        ]
    }

    /// Live births and girls of the whole office.
    pub fn births(self, office: &Office) -> (i64, i64) {
        let mothers: i64 = office
            .communes
            .iter()
            .map(|c| self.mothers(c, office.year).deliveries)
            .sum();
        let mut r = self.random(&office.own, office.year, "births");
        let births = mothers + mothers / 200 + r.between(0, 3);
        (births, births * (471 + r.between(-3, 4)) / 1000)
    }
}

fn men_of(n: i64) -> Persons {
    Persons {
        other_men: n,
        ..Persons::default()
    }
}
