//! Which offices there are in a year, and their communes: real ones, from the register.

use bdg::classification::locality::{Level, Register, UnitId};
use bdg::period::Day;

use super::random::Random;

/// A commune, or the office's own unit, as people write it.
#[derive(Debug, Clone)]
pub struct Place {
    pub unit: UnitId,
    pub code: String,
    /// `xã`, `phường`, `thị trấn`, `huyện`, `tỉnh`, ….
    pub kind: String,
    pub name: String,
}

impl Place {
    /// `Xã Tân Sơn`
    pub fn title(&self) -> String {
        let lower = self.lower();
        let mut letters = lower.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// `xã Tân Sơn`
    pub fn lower(&self) -> String {
        let kind = match self.kind.as_str() {
            "thành phố trung ương" => "thành phố",
            kind => kind,
        };
        format!("{kind} {}", self.name)
    }
}

/// An office that receives the reports of its communes: of a district until 2024, of a province since.
#[derive(Debug, Clone)]
pub struct Office {
    pub own: Place,
    /// The province of a district.
    pub above: Option<Place>,
    pub communes: Vec<Place>,
    pub year: i16,
}

impl Office {
    /// `huyện Ninh Sơn, tỉnh Ninh Thuận`: many districts share a name.
    pub fn full_name(&self) -> String {
        match &self.above {
            Some(above) => format!("{}, {}", self.own.lower(), above.lower()),
            None => self.own.lower(),
        }
    }

    pub fn is_province(&self) -> bool {
        self.above.is_none()
    }
}

/// All offices of a year that have communes, in an order that depends on the seed only.
pub fn offices(register: &Register, year: i16, seed: u64) -> Vec<Office> {
    let day = Day::new(year, 12, 31);
    let has_districts = register.levels(day).contains(&Level::District);
    let level = if has_districts {
        Level::District
    } else {
        Level::Province
    };
    let mut all: Vec<Office> = register
        .roots()
        .into_iter()
        .flat_map(|root| register.descendants(root, day, level))
        .map(|unit| Office {
            own: place(register, unit),
            above: has_districts
                .then(|| register.parent(unit, day).map(|up| place(register, up)))
                .flatten(),
            communes: register
                .descendants(unit, day, Level::Commune)
                .into_iter()
                .map(|c| place(register, c))
                .collect(),
            year,
        })
        .filter(|office| !office.communes.is_empty())
        .collect();
    Random::of(seed, &["offices", &year.to_string()]).shuffle(&mut all);
    all
}

fn place(register: &Register, unit: UnitId) -> Place {
    let row = register.unit(unit);
    Place {
        unit,
        code: row.code.clone(),
        kind: row.kind.clone(),
        name: row.name.clone(),
    }
}

/// `xa-tan-son`, for file names.
pub fn slug(text: &str) -> String {
    let folded = bdg::text::folded(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    words.join("-")
}
