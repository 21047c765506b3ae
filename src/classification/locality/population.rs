//! How many people live in a unit, as a weight for coverage: "units with 93 % of the people reported".
//!
//! In:  `indicators/localities/population.csv`: the census of 1 April 2019 by the units of that day (General
//!      Statistics Office; its sum is the published 96,208,984), and published totals of 1 July 2025.
//! Out: [`People`] of the lowest units of a day.
//! Holds: the census is carried along the transfers and its sum is the same on every day; where a part is
//!        not known, equal parts are taken and the weight says that it is uncertain. A weight never stands
//!        in for a reported denominator.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::transfers::Part;
use super::{REFORM, Register, UnitId};
use crate::lang::Lang;
use crate::period::Day;

/// Day of the census.
pub const CENSUS: Day = Day::new(2019, 4, 1);

/// Where the people of a report's units are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    Census,
    /// Totals published for the units of 1 July 2025.
    Published,
}

impl Source {
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Source::Census => lang.pick("tổng điều tra 1/4/2019", "census of 1 April 2019"),
            Source::Published => lang.pick(
                "dân số công bố cho đơn vị 1/7/2025",
                "totals published for the units of 1 July 2025",
            ),
        }
    }

    /// Stable code for tidy data.
    pub fn code(self) -> &'static str {
        match self {
            Source::Census => "census-2019",
            Source::Published => "published-2025",
        }
    }
}

/// People of the lowest units of a report, all from one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleOf {
    pub source: Source,
    pub by_unit: BTreeMap<UnitId, People>,
}

/// People of a unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct People {
    pub count: u64,
    /// A part of it was divided without a known share, or the source itself is suspect.
    pub uncertain: bool,
}

/// The table as text until somebody asks.
#[derive(Debug, Default)]
pub(super) struct Lazy {
    csv: String,
    read: OnceLock<Result<Stated, String>>,
}

/// What the table states, by day and unit.
type Stated = BTreeMap<Day, BTreeMap<UnitId, People>>;

const HEADING: &str = "day,code,people,doubt";

impl Register {
    /// Joins the table of people to the register; it is read when first asked for.
    #[must_use]
    pub fn with_population(mut self, csv: &str) -> Register {
        self.population = std::sync::Arc::new(Lazy {
            csv: csv.to_owned(),
            read: OnceLock::new(),
        });
        self
    }

    /// The counts stated for units of a day, without any reckoning; faults of the table are told by line.
    pub fn stated_people(&self, day: Day) -> Result<BTreeMap<UnitId, People>, String> {
        let read = self.population.read.get_or_init(|| self.read_people());
        let read = read.as_ref().map_err(Clone::clone)?;
        Ok(read.get(&day).cloned().unwrap_or_default())
    }

    /// The census of 2019 on the lowest units of a later day.
    pub fn census_on(&self, day: Day) -> Result<BTreeMap<UnitId, People>, String> {
        let census = self.stated_people(CENSUS)?;
        let transfers = self.transfers()?;
        let mut out: BTreeMap<UnitId, People> = BTreeMap::new();
        for (unit, people) in census {
            let ends = transfers.destinations(self, unit, self.day_in_force(unit, CENSUS), day);
            let parts: Vec<Part> = ends.iter().map(|end| end.part).collect();
            let doubt = parts.contains(&Part::Unknown);
            for (end, count) in ends.iter().zip(divided(people.count, &parts)) {
                let sum = out.entry(end.unit).or_default();
                sum.count += count;
                sum.uncertain |= people.uncertain || doubt && end.part != Part::NONE;
            }
        }
        Ok(out)
    }

    /// The people of these lowest units of a day: the published totals if every one has a count that is not
    /// suspect, else the census, in which a unit without people stands with none; nothing if no unit has either. A fault of the tables is told by
    /// [`Register::stated_people`]; a weight is no reason to stop.
    pub fn weights_of(&self, units: &[UnitId], day: Day) -> Option<PeopleOf> {
        let published = self.stated_people(REFORM).unwrap_or_default();
        let published: Option<BTreeMap<UnitId, People>> = units
            .iter()
            .map(|unit| {
                // A unit that was only renamed since has the same people.
                let then = self.same_on(*unit, REFORM).filter(|_| day >= REFORM)?;
                let people = published.get(&then).filter(|p| !p.uncertain)?;
                Some((*unit, *people))
            })
            .collect();
        if let Some(by_unit) = published {
            let source = Source::Published;
            return Some(PeopleOf { source, by_unit });
        }
        let census = self.census_on(day).ok()?;
        // The census counted nobody on Hoàng Sa, which is no reason to know nothing of a province.
        let nobody = People {
            count: 0,
            uncertain: true,
        };
        let count_of = |unit: &UnitId| census.get(unit).copied().unwrap_or(nobody);
        let counted = units.iter().any(|unit| census.contains_key(unit));
        counted.then(|| PeopleOf {
            source: Source::Census,
            by_unit: units.iter().map(|unit| (*unit, count_of(unit))).collect(),
        })
    }

    fn read_people(&self) -> Result<Stated, String> {
        let mut lines = self
            .population
            .csv
            .trim_start_matches('\u{FEFF}')
            .lines()
            .enumerate();
        match lines.next() {
            Some((_, first)) if first.trim_end() == HEADING => {}
            Some((_, first)) => {
                return Err(format!(
                    "population.csv: the heading is “{first}”, “{HEADING}” is expected"
                ));
            }
            None => return Ok(BTreeMap::new()),
        }
        let mut out = Stated::new();
        for (index, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let (day, unit, people) = self
                .people_of(line.trim_end())
                .map_err(|why| format!("population.csv:{}: {why}", index + 1))?;
            out.entry(day).or_default().insert(unit, people);
        }
        Ok(out)
    }

    fn people_of(&self, line: &str) -> Result<(Day, UnitId, People), String> {
        let fields: Vec<&str> = line.split(',').collect();
        let [day, code, people, doubt] = fields.as_slice() else {
            return Err(format!("4 fields are expected, {} found", fields.len()));
        };
        let day = Day::parse(day).ok_or_else(|| format!("“{day}” is not a day such as 2019-04-01"))?;
        let mut states = self.states(code).iter().copied();
        // The census still counted one commune that had just been merged: the last that had the code.
        let unit = states
            .rfind(|id| self.unit(*id).from.is_none_or(|from| from <= day))
            .ok_or_else(|| format!("units.csv has no unit {code} on {day}"))?;
        // Far above any country: sums of such counts cannot overflow.
        let count = people
            .parse::<u64>()
            .ok()
            .filter(|n| *n < 10_000_000_000)
            .ok_or_else(|| format!("“{people}” is not a count"))?;
        let uncertain = match *doubt {
            "" => false,
            "suspect" => true,
            other => return Err(format!("“{other}” is not a kind of doubt")),
        };
        Ok((day, unit, People { count, uncertain }))
    }
}

/// A count in parts, whose sum it is: known shares cut to whole people, the rest to the parts that are not
/// known in equal pieces, what is left over to the first that got any.
fn divided(count: u64, parts: &[Part]) -> Vec<u64> {
    let share = |part: &Part| match part {
        Part::Whole => count,
        Part::Share(share) => {
            let exact =
                u128::from(count) * u128::from(share.numerator) / u128::from(share.denominator.max(1));
            u64::try_from(exact).unwrap_or(count)
        }
        Part::Unknown => 0,
    };
    let mut out: Vec<u64> = parts.iter().map(share).collect();
    let rest = count.saturating_sub(out.iter().sum());
    let unknown = parts.iter().filter(|p| **p == Part::Unknown).count() as u64;
    let mut left = rest;
    if let Some(equal) = rest.checked_div(unknown) {
        for (piece, _) in out.iter_mut().zip(parts).filter(|(_, p)| **p == Part::Unknown) {
            *piece = equal;
            left -= equal;
        }
    }
    if let Some((piece, _)) = out.iter_mut().zip(parts).find(|(_, p)| **p != Part::NONE) {
        *piece += left;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classification::locality::resolve::register_of_tests as register;
    use crate::classification::locality::transfers::Share;

    #[test]
    fn the_census_is_the_published_total_on_every_day() {
        let r = register();
        for day in [
            CENSUS,
            Day::new(2021, 12, 31),
            Day::new(2025, 6, 30),
            Day::new(2025, 7, 1),
            Day::new(2026, 11, 22),
        ] {
            let people = r.census_on(day).unwrap();
            assert_eq!(people.values().map(|p| p.count).sum::<u64>(), 96_208_984, "{day}");
            for unit in people.keys() {
                assert!(r.is_lowest(*unit, day), "{}", r.path(*unit, day));
            }
        }
        // Carried by another computation.
        let old = Day::new(2025, 6, 30);
        let people = r.census_on(old).unwrap();
        for (code, count) in [
            ("00001", 21_946),
            ("00004", 14_770),
            ("00247", 11_303),
            ("04825", 3_030),
            ("19519", 5_174),
        ] {
            let found = people[&r.by_code(code, old).unwrap()];
            assert!(
                found.count.abs_diff(count) <= 1 && !found.uncertain,
                "{code} {found:?}"
            );
        }
        let uncertain = people.values().filter(|p| p.uncertain).count();
        assert!((10..40).contains(&uncertain), "{uncertain}");
    }

    #[test]
    fn the_people_of_a_report_are_from_one_source() {
        let r = register();
        let sum = |people: &PeopleOf| people.by_unit.values().map(|p| p.count).sum::<u64>();
        let of = |code: &str, day: Day| r.weights_of(&r.lowest(r.by_code(code, day).unwrap(), day), day);
        let old = Day::new(2024, 12, 31);
        let district = of("585", old).unwrap();
        assert_eq!(district.source, Source::Census);
        assert!(district.by_unit.values().all(|p| p.count > 0 && !p.uncertain));
        // Not every unit of the nation has a published count that is not suspect; its census is the published one.
        let nation = of("VN", Day::new(2025, 7, 1)).unwrap();
        assert_eq!((nation.source, sum(&nation)), (Source::Census, 96_208_984));
        let day = Day::new(2026, 12, 31);
        let sources: Vec<Source> = r
            .children(r.roots()[0], day)
            .into_iter()
            .filter_map(|p| r.weights_of(&r.lowest(p, day), day))
            .map(|p| p.source)
            .collect();
        assert_eq!(sources.len(), 34);
        assert!(sources.contains(&Source::Published) || sources.iter().all(|s| *s == Source::Census));
    }

    #[test]
    fn parts_of_a_count_are_the_count() {
        let share = |text| Part::Share(Share::parse(text).unwrap());
        assert_eq!(divided(10, &[Part::Whole]), [10]);
        assert_eq!(
            divided(10, &[Part::Unknown, Part::NONE, Part::Unknown, Part::Unknown]),
            [4, 0, 3, 3]
        );
        assert_eq!(divided(1000, &[share("0.4936"), share("0.5064")]), [494, 506]);
        assert_eq!(divided(10, &[share("0.25"), Part::Unknown]), [2, 8]);
        assert_eq!(divided(0, &[Part::Unknown, Part::Unknown]), [0, 0]);
    }

    #[test]
    fn a_table_at_fault_is_told_with_its_line() {
        let units =
            "code,name,type,parent_code,level,valid_from,valid_to,continues\nVN,V,quốc gia,,nation,,,\n";
        let register = |line: &str| {
            let register = Register::parse(units, "code,name,source\n").unwrap();
            register.with_population(&format!("{HEADING}\n{line}\n"))
        };
        for (line, told) in [
            ("2019-04-01,VN", "4 fields"),
            ("2019-04-99,VN,1,", "not a day"),
            ("2019-04-01,01,1,", "no unit 01"),
            ("2019-04-01,VN,-1,", "“-1” is not a count"),
            ("2019-04-01,VN,99999999999999999999,", "is not a count"),
            ("2019-04-01,VN,1,x", "“x” is not"),
        ] {
            let why = register(line).stated_people(CENSUS).unwrap_err();
            assert!(why.contains(told) && why.contains("population.csv:2"), "{why}");
        }
        assert_eq!(
            register("2019-04-01,VN,7,").stated_people(CENSUS).unwrap().len(),
            1
        );
    }
}
