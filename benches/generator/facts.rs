//! Figures directly, as if they had been read: what the sums are measured on.
//!
//! About 320 facts for a commune and year: population by age, sex and each ethnic group, pupils by
//! grade as two schools send them, violence by half-year, news by quarter, and the rest.

use bdg::classification::locality::UnitId;
use bdg::classification::{Breakdown, CategoryId, Dimension, MeasureId};
use bdg::definition::Catalogue;
use bdg::fact::{Fact, SenderId, Senders};
use bdg::origin::{CellAddress, CellOrigin, FileId, FileOutcome, SheetId, SourceFile, SourceSheet, Sources};
use bdg::period::{Period, Span};

use super::persons::{Persons, share_out};
use super::places::{self, Place};
use super::truth::{Truth, Violence};

/// The figures of some communes, and the smallest unit that holds them all.
#[derive(Debug, Clone)]
pub struct Figures {
    pub facts: Vec<Fact>,
    pub sources: Sources,
    pub scope: UnitId,
    pub communes: usize,
    pub year: i16,
}

const YEAR: i16 = 2026;

/// Figures of the first `communes` communes of 2026 (of 3,321), for 2026 and the year before.
pub fn figures(catalogue: &Catalogue, communes: usize, seed: u64) -> Figures {
    figures_of_years(catalogue, communes, 2, seed)
}

/// The same for so many years, 2026 the last.
pub fn figures_of_years(catalogue: &Catalogue, communes: usize, years: i16, seed: u64) -> Figures {
    let offices = places::offices(&catalogue.localities, YEAR, seed);
    let first = offices.first().map_or(0, |office| office.communes.len());
    let nation = catalogue.localities.roots().first().copied().unwrap_or(UnitId(0));
    let scope = offices
        .first()
        .filter(|_| communes <= first)
        .map_or(nation, |office| office.own.unit);
    let places: Vec<Place> = offices
        .into_iter()
        .flat_map(|o| o.communes)
        .take(communes)
        .collect();
    let groups = single_groups(catalogue);
    let mut book = Book {
        catalogue,
        truth: Truth { seed },
        groups,
        facts: Vec::new(),
        at: CellAddress::new(0, 0),
    };
    for place in &places {
        for year in YEAR - years + 1..=YEAR {
            book.commune(place, year);
        }
        book.at.row += 1;
        book.at.column = 0;
    }
    Figures {
        facts: book.facts,
        sources: sources(),
        scope,
        communes: places.len(),
        year: YEAR,
    }
}

struct Book<'a> {
    catalogue: &'a Catalogue,
    truth: Truth,
    groups: Vec<CategoryId>,
    facts: Vec<Fact>,
    at: CellAddress,
}

const NONE: [(&str, &str); 0] = [];
const FEMALE: (&str, &str) = ("sex", "female");
const MINORITY: (&str, &str) = ("ethnicity", "minority");
/// Age bands that divide the population, with their weights.
pub const AGES: [(&str, i64); 15] = [
    ("0-4", 98),
    ("5-9", 103),
    ("10-14", 97),
    ("15-19", 88),
    ("20-24", 82),
    ("25-29", 84),
    ("30-34", 81),
    ("35-39", 75),
    ("40-44", 68),
    ("45-49", 60),
    ("50-54", 50),
    ("55-59", 42),
    ("60-64", 32),
    ("65-69", 20),
    ("70+", 20),
];

impl Book<'_> {
    fn commune(&mut self, place: &Place, year: i16) {
        let (truth, whole, school) = (self.truth, Period::year(year), Period::school_year_ending(year));
        self.population(place, year);
        self.four(
            "people-reached",
            place,
            whole,
            &NONE,
            truth.reached(place, year),
            0,
        );
        for grade in 1..=9_u8 {
            let pupils = truth.pupils(place, year, grade).split(&[3, 2]);
            let item = [("grade", format!("grade-{grade}"))];
            let item: Vec<(&str, &str)> = item.iter().map(|(l, c)| (*l, c.as_str())).collect();
            for (sender, part) in (1..).zip(pupils) {
                self.four("pupils", place, school, &item, part, sender);
            }
        }
        let first = |grade| truth.pupils(place, year - if grade == 1 { 4 } else { 3 }, grade);
        let (old_1, old_6) = (school.back(4), school.back(3));
        self.four("pupils", place, old_1, &[("grade", "grade-1")], first(1), 0);
        self.four("pupils", place, old_6, &[("grade", "grade-6")], first(6), 0);
        self.four(
            "completers-primary",
            place,
            school,
            &NONE,
            truth.completers(place, year, 5),
            0,
        );
        self.four(
            "completers-lower-secondary",
            place,
            school,
            &NONE,
            truth.completers(place, year, 9),
            0,
        );
        for half in [1, 2] {
            let period = Period {
                year,
                span: Span::Half(half),
            };
            self.violence(place, period, truth.violence(place, year, half));
        }
        for (quarter, items) in (1..).zip(truth.news(place, year)) {
            let period = Period {
                year,
                span: Span::Quarter(quarter),
            };
            self.put("grassroots-news", place, period, &NONE, items, 0);
        }
        for (organ, woman) in ["hdnd", "ubnd", "party"]
            .into_iter()
            .zip(truth.woman_leads(place, year))
        {
            self.put("agencies", place, whole, &[("organ", organ)], 1, 0);
            self.put(
                "agencies-with-woman-leader",
                place,
                whole,
                &[("organ", organ)],
                i64::from(woman),
                0,
            );
        }
        let [organisations, committed] = truth.organisations(place, year);
        self.put("organisations", place, whole, &NONE, organisations, 0);
        self.put("organisations-committed", place, whole, &NONE, committed, 0);
        let [companies, led, cooperatives, cooperatives_led] = truth.enterprises(place, year);
        for (kind, all, women) in [
            ("enterprise", companies, led),
            ("cooperative", cooperatives, cooperatives_led),
        ] {
            self.put("enterprises", place, whole, &[("enterprise-kind", kind)], all, 0);
            self.put(
                "enterprises-led-by-women",
                place,
                whole,
                &[("enterprise-kind", kind)],
                women,
                0,
            );
        }
        let mothers = truth.mothers(place, year);
        self.put("deliveries", place, whole, &NONE, mothers.deliveries, 0);
        self.put(
            "deliveries",
            place,
            whole,
            &[("age", "adolescent")],
            mothers.adolescent,
            0,
        );
        self.put("deliveries", place, whole, &[MINORITY], mothers.minority, 0);
        self.put("maternal-deaths", place, whole, &NONE, mothers.deaths, 0);
        let [returned, in_need, served] = truth.trafficking(place, year);
        self.four("trafficking-victims-returned", place, whole, &NONE, returned, 0);
        self.four("trafficking-victims-in-need", place, whole, &NONE, in_need, 0);
        self.four("trafficking-victims-served", place, whole, &NONE, served, 0);
    }

    fn population(&mut self, place: &Place, year: i16) {
        let (period, people) = (Period::year(year), self.truth.people(place, year));
        self.four("population", place, period, &NONE, people, 0);
        let weights = AGES.map(|(_, weight)| weight);
        let women = share_out(people.women(), &weights);
        let men = share_out(people.all() - people.women(), &weights);
        for (i, (age, _)) in AGES.into_iter().enumerate() {
            self.put("population", place, period, &[("age", age)], women[i] + men[i], 0);
            self.put("population", place, period, &[("age", age), FEMALE], women[i], 0);
        }
        // Half of the people of minorities belong to one group; which, the commune decides.
        let mut r = self.truth.random(place, 0, "groups");
        let mut weights = vec![1; self.groups.len()];
        if let Some(main) = weights.get_mut(r.between(0, self.groups.len() as i64 - 1) as usize) {
            *main = self.groups.len() as i64;
        }
        let women = share_out(people.minority_women, &weights);
        let men = share_out(people.minority_men, &weights);
        for (i, group) in self.groups.clone().into_iter().enumerate() {
            let of_group = Breakdown {
                ethnicity: group,
                ..Breakdown::default()
            };
            let women_of_group = self.with(of_group, &[FEMALE]);
            self.push("population", place, period, of_group, women[i] + men[i], 0);
            self.push("population", place, period, women_of_group, women[i], 0);
        }
    }

    fn violence(&mut self, place: &Place, period: Period, v: Violence) {
        self.put("dv-households", place, period, &NONE, v.households, 0);
        self.put("dv-cases", place, period, &NONE, v.cases, 0);
        for (form, cases) in ["mental", "physical", "sexual", "economic"]
            .into_iter()
            .zip(v.forms)
        {
            self.put("dv-cases", place, period, &[("violence-form", form)], cases, 0);
        }
        self.four("dv-victims", place, period, &NONE, v.victims, 0);
        self.four("dv-victims-served", place, period, &NONE, v.served, 0);
        self.four("dv-perpetrators", place, period, &NONE, v.perpetrators, 0);
        self.four(
            "dv-perpetrators-prosecuted",
            place,
            period,
            &NONE,
            v.prosecuted,
            0,
        );
        self.four(
            "dv-perpetrators-counselled",
            place,
            period,
            &NONE,
            v.counselled,
            0,
        );
    }

    /// Total, women, minorities, women of minorities.
    fn four(
        &mut self,
        measure: &str,
        place: &Place,
        period: Period,
        by: &[(&str, &str)],
        p: Persons,
        sender: u32,
    ) {
        let [all, women, minority, minority_women] = p.columns();
        self.put(measure, place, period, by, all, sender);
        self.put(measure, place, period, &[by, &[FEMALE]].concat(), women, sender);
        self.put(
            measure,
            place,
            period,
            &[by, &[MINORITY]].concat(),
            minority,
            sender,
        );
        self.put(
            measure,
            place,
            period,
            &[by, &[FEMALE, MINORITY]].concat(),
            minority_women,
            sender,
        );
    }

    fn put(
        &mut self,
        measure: &str,
        place: &Place,
        period: Period,
        by: &[(&str, &str)],
        value: i64,
        sender: u32,
    ) {
        let breakdown = self.with(Breakdown::default(), by);
        self.push(measure, place, period, breakdown, value, sender);
    }

    fn with(&self, start: Breakdown, by: &[(&str, &str)]) -> Breakdown {
        by.iter().fold(start, |breakdown, (list, code)| {
            let category = self
                .catalogue
                .lists
                .find(list, code)
                .expect("the catalogue has this category");
            breakdown.with(self.catalogue.lists.dimension(category), category)
        })
    }

    /// `sender`: 0 is the only one of its place; others are schools.
    fn push(
        &mut self,
        measure: &str,
        place: &Place,
        period: Period,
        breakdown: Breakdown,
        value: i64,
        sender: u32,
    ) {
        let measure: MeasureId = self
            .catalogue
            .measures
            .find(measure)
            .expect("the catalogue has this measure");
        self.at.column += 1;
        self.facts.push(Fact {
            measure,
            breakdown,
            place: place.unit,
            period,
            value,
            sender: SenderId(place.unit.0 * 4 + sender),
            senders: if sender == 0 { Senders::One } else { Senders::Many },
            origin: CellOrigin {
                sheet: SheetId(0),
                cell: self.at,
            },
        });
    }
}

/// The ethnic groups below `minority`.
fn single_groups(catalogue: &Catalogue) -> Vec<CategoryId> {
    let lists = &catalogue.lists;
    let minority = lists.find("ethnicity", "minority");
    let all = lists
        .lists
        .iter()
        .filter(|list| list.dimension == Dimension::Ethnicity);
    let all = all.flat_map(|list| list.categories.iter().copied());
    all.filter(|c| minority.is_some() && lists.category(*c).parent == minority)
        .collect()
}

fn sources() -> Sources {
    let file = SourceFile {
        name: "generated.xlsx".to_owned(),
        sha256: String::new(),
        bytes: 0,
        kind: "xlsx",
        outcome: FileOutcome::Read,
    };
    let sheet = SourceSheet {
        file: FileId(0),
        name: "1".to_owned(),
        form: None,
        figures: 0,
        left_out: 0,
        account: Default::default(),
    };
    Sources {
        files: vec![file],
        sheets: vec![sheet],
    }
}
