//! `bdg list`: what the program knows, as a table or as JSON lines.
//!
//! In:  the catalogue. Out: rows. Holds: codes and JSON keys are the same in both languages.

use serde_json::{Map, Value};

use super::args::{Format, Listed};
use super::console::{Console, bold, table};
use super::problems::{JSON_VERSION, to_json};
use crate::classification::locality::{Level, UnitId};
use crate::classification::{Dimension, Flow};
use crate::definition::reader::Source;
use crate::definition::target::When;
use crate::definition::{Catalogue, Relation};
use crate::lang::{Lang, Words};
use crate::period::Day;
use crate::problem::Kind;
use crate::quantity::print_plain;
use crate::text::folded;

/// Rows with the keys of their columns and headings.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    pub keys: Vec<&'static str>,
    pub heads: Vec<&'static str>,
    pub rows: Vec<Vec<Cell>>,
}

/// What people see and what programs get: codes stay as they are in every language.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    shown: String,
    data: Value,
}

impl Cell {
    fn coded(shown: impl Into<String>, data: impl Into<Value>) -> Cell {
        Cell {
            shown: shown.into(),
            data: data.into(),
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell {
            data: Value::from(text.as_str()),
            shown: text,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::from(text.to_owned())
    }
}

/// What is asked of the list of localities.
#[derive(Debug, Clone, Copy)]
pub struct About {
    pub day: Day,
    pub below: Option<UnitId>,
}

/// All rows of a list, before any choice by text.
pub fn listing(what: Listed, catalogue: &Catalogue, about: About, everything: bool, lang: Lang) -> Listing {
    match what {
        Listed::Indicators => indicators(catalogue, lang),
        Listed::Targets => targets(catalogue, about.day, lang),
        Listed::Localities => localities(catalogue, about, everything, lang),
        Listed::Checks => checks(catalogue, lang),
        Listed::Problems => problems(lang),
        Listed::Measures => measures(catalogue, lang),
        Listed::Forms => forms(catalogue, lang),
        Listed::Programmes => programmes(catalogue, lang),
        Listed::Plans => plans(catalogue, lang),
    }
}

/// Prints the rows that contain the text (with or without marks), and says how many there are.
pub fn print(console: &Console, listing: &Listing, containing: Option<&str>, format: Format) {
    let wanted = containing.map(folded);
    let text = |row: &[Cell]| row.iter().map(|c| c.shown.as_str()).collect::<Vec<_>>().join(" ");
    let rows: Vec<&Vec<Cell>> = listing
        .rows
        .iter()
        .filter(|row| {
            wanted
                .as_ref()
                .is_none_or(|w| folded(&text(row)).contains(w.as_str()))
        })
        .collect();
    if format == Format::Json {
        for row in &rows {
            let mut object = Map::new();
            object.insert("v".to_owned(), Value::from(JSON_VERSION));
            for (key, cell) in listing.keys.iter().zip(row.iter()) {
                object.insert((*key).to_owned(), cell.data.clone());
            }
            console.result_line(&to_json(&object));
        }
        return;
    }
    let mut lines = vec![listing.heads.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>()];
    lines.extend(
        rows.iter()
            .map(|row| row.iter().map(|c| c.shown.clone()).collect()),
    );
    let text = table(&lines);
    let (head, body) = text.split_once('\n').unwrap_or((&text, ""));
    console.result_line(&bold(head));
    console.result(body);
    let n = rows.len();
    console.aside(&console.lang.pick(format!("{n} dòng"), format!("{n} rows")));
}

fn indicators(catalogue: &Catalogue, lang: Lang) -> Listing {
    let rows = catalogue.indicators.iter().map(|i| {
        let levels: Vec<&str> = i.levels.iter().map(|l| l.words(lang)).collect();
        vec![
            Cell::from(i.id.as_str()),
            Cell::coded(i.unit.words(lang), i.unit.code()),
            Cell::coded(
                levels.join(", "),
                i.levels.iter().map(|l| l.code()).collect::<Vec<_>>(),
            ),
            yes_no(i.verified, lang),
            i.name.get(lang).into(),
        ]
    });
    Listing {
        keys: vec!["id", "unit", "levels", "verified", "name"],
        heads: lang.pick(
            vec!["Mã", "Đơn vị", "Cấp", "Đã đối chiếu", "Tên"],
            vec!["Id", "Unit", "Levels", "Verified", "Name"],
        ),
        rows: rows.collect(),
    }
}

fn targets(catalogue: &Catalogue, day: Day, lang: Lang) -> Listing {
    let rows = catalogue.targets.iter().map(|t| {
        let place = catalogue.localities.by_code(&t.locality, day);
        let states = catalogue.localities.states(&t.locality);
        let place = place.or_else(|| states.last().copied());
        let name = place.map(|id| catalogue.localities.unit(id).name_in(lang));
        let (when, code) = match t.when {
            When::By(year) => (lang.pick(format!("đến {year}"), format!("by {year}")), "by"),
            When::EveryYearFrom(year) => (
                lang.pick(format!("hằng năm từ {year}"), format!("every year from {year}")),
                "every-year-from",
            ),
        };
        let value = super::trace::tenths(t.value_tenths, lang);
        vec![
            Cell::from(t.indicator.as_str()),
            t.locality.as_str().into(),
            name.unwrap_or_default().into(),
            Cell::coded(when, format!("{code} {}", t.when.year())),
            Cell::coded(
                format!("{} {value}", t.comparator.sign()),
                format!("{} {}", t.comparator.sign(), print_plain(t.value_tenths, 1)),
            ),
            yes_no(t.verified, lang),
            catalogue.programme(t.programme).map_or("", |p| &p.id).into(),
            t.act.as_str().into(),
            format!("{}:{}", t.file, t.row).into(),
        ]
    });
    Listing {
        keys: vec![
            "indicator",
            "locality",
            "name",
            "when",
            "target",
            "verified",
            "programme",
            "act",
            "row",
        ],
        heads: lang.pick(
            vec![
                "Chỉ tiêu",
                "Mã ĐVHC",
                "Địa phương",
                "Khi",
                "Mục tiêu",
                "Đã đối chiếu",
                "Chương trình",
                "Văn bản",
                "Dòng",
            ],
            vec![
                "Indicator",
                "Code",
                "Locality",
                "When",
                "Target",
                "Verified",
                "Programme",
                "Act",
                "Row",
            ],
        ),
        rows: rows.collect(),
    }
}

/// The unit asked for and what lies directly below it; with a text to look for, everything below it.
fn localities(catalogue: &Catalogue, about: About, everything: bool, lang: Lang) -> Listing {
    let register = &catalogue.localities;
    let tops = about.below.map_or_else(|| register.roots(), |id| vec![id]);
    let mut ids = Vec::new();
    for top in tops {
        ids.push(top);
        let below = |of: UnitId| match everything {
            true => [Level::Province, Level::District, Level::Commune]
                .into_iter()
                .flat_map(|level| register.descendants(of, about.day, level))
                .collect(),
            false => register.children(of, about.day),
        };
        match register.members(top, about.day) {
            None => ids.extend(below(top)),
            Some(members) if everything => ids.extend(members.units.into_iter().flat_map(below)),
            Some(members) => ids.extend(members.units),
        }
    }
    ids.dedup();
    let rows = ids.into_iter().map(|id| {
        let unit = register.unit(id);
        let day = |d: Option<Day>| d.map(|d| d.to_string()).unwrap_or_default();
        vec![
            Cell::from(unit.code.as_str()),
            Cell::coded(unit.level_words(lang), unit.level_code()),
            day(unit.from).into(),
            day(unit.until).into(),
            register.path_in(id, about.day, lang).into(),
        ]
    });
    Listing {
        keys: vec!["code", "level", "from", "until", "name"],
        heads: lang.pick(
            vec!["Mã", "Cấp", "Có từ", "Đến trước", "Tên"],
            vec!["Code", "Level", "From", "Until", "Name"],
        ),
        rows: rows.collect(),
    }
}

fn checks(catalogue: &Catalogue, lang: Lang) -> Listing {
    let rows = catalogue.checks.iter().map(|c| {
        let relation = match c.relation {
            Relation::AtMost => "≤",
            Relation::Equals => "=",
        };
        let effect = match c.fatal {
            true => lang.pick("số liệu mâu thuẫn, không dùng", "contradictory, not used"),
            false => lang.pick("cảnh báo", "warning"),
        };
        let terms = |terms| super::explain::sum_in_words(catalogue, terms, lang);
        vec![
            Cell::from(c.id.as_str()),
            Cell::coded(effect, if c.fatal { "error" } else { "warning" }),
            format!("{} {relation} {}", terms(&c.left), terms(&c.right)).into(),
            c.name.get(lang).into(),
        ]
    });
    Listing {
        keys: vec!["id", "effect", "rule", "name"],
        heads: lang.pick(
            vec!["Mã", "Khi sai", "Quy tắc", "Tên"],
            vec!["Id", "If broken", "Rule", "Name"],
        ),
        rows: rows.collect(),
    }
}

fn problems(lang: Lang) -> Listing {
    let rows = Kind::NAMES.iter().filter_map(|name| {
        let severity = Kind::severity_of(name)?;
        let wording = Kind::described(name, lang)?;
        Some(vec![
            Cell::from(*name),
            Cell::coded(severity.words(lang), severity.code()),
            wording.title.into(),
        ])
    });
    Listing {
        keys: vec!["name", "severity", "title"],
        heads: lang.pick(vec!["Tên", "Mức", "Nghĩa"], vec!["Name", "Severity", "Meaning"]),
        rows: rows.collect(),
    }
}

fn measures(catalogue: &Catalogue, lang: Lang) -> Listing {
    let rows = catalogue.measures.all.iter().map(|m| {
        let flow = match m.flow {
            Flow::Flow => Cell::coded(lang.pick("trong kỳ", "over the period"), "flow"),
            Flow::Stock => Cell::coded(lang.pick("tại thời điểm", "on a day"), "stock"),
        };
        let mut codes: Vec<&str> = m.dimensions.iter().map(|d| d.code()).collect();
        codes.extend(m.items.map(|id| catalogue.lists.list(id).id.as_str()));
        vec![
            Cell::from(m.id.as_str()),
            Cell::coded(m.unit.words(lang), m.unit.code()),
            flow,
            Cell::coded(splits(catalogue, m, lang).join(", "), codes),
            m.name.get(lang).into(),
        ]
    });
    Listing {
        keys: vec!["id", "unit", "flow", "splits", "name"],
        heads: lang.pick(
            vec!["Mã", "Đơn vị", "Tính", "Chia theo", "Tên"],
            vec!["Id", "Unit", "Counted", "Split by", "Name"],
        ),
        rows: rows.collect(),
    }
}

/// Names of the ways in which a measure may be split.
pub fn splits(catalogue: &Catalogue, measure: &crate::classification::Measure, lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = measure
        .dimensions
        .iter()
        .filter(|d| **d != Dimension::Item)
        .map(|d| dimension_name(catalogue, *d, lang))
        .collect();
    let items = measure
        .items
        .map(|id| catalogue.lists.list(id).name.get(lang).to_owned());
    names.extend(items);
    names
}

pub fn dimension_name(catalogue: &Catalogue, dimension: Dimension, lang: Lang) -> String {
    let list = catalogue.lists.list_named(dimension.code());
    list.map_or_else(
        || dimension.code().to_owned(),
        |id| catalogue.lists.list(id).name.get(lang).to_owned(),
    )
}

fn forms(catalogue: &Catalogue, lang: Lang) -> Listing {
    let rows = catalogue.forms.iter().map(|file| {
        // Only the two keys shown are read here; the form itself was proved when it was loaded.
        let mut faults = Vec::new();
        let (id, name) = Source::new(&file.path, &file.text).read(&mut faults, |t| {
            let id = t.text_if("id").map(|spot| spot.value);
            let name: Option<Words> = t.words_if("name");
            (id, name)
        });
        vec![
            Cell::from(id.unwrap_or_default()),
            file.path.as_str().into(),
            name.map(|n| n.get(lang).to_owned()).unwrap_or_default().into(),
        ]
    });
    Listing {
        keys: vec!["id", "file", "name"],
        heads: lang.pick(vec!["Mã", "Tệp", "Tên"], vec!["Id", "File", "Name"]),
        rows: rows.collect(),
    }
}

fn programmes(catalogue: &Catalogue, lang: Lang) -> Listing {
    let rows = catalogue.judging().map(|(_, p)| {
        let targets = p.targets.len();
        vec![
            Cell::from(p.id.as_str()),
            format!("{}-{}", p.years.0, p.years.1).into(),
            Cell::coded(targets.to_string(), targets),
            p.name.get(lang).into(),
            p.act.as_str().into(),
        ]
    });
    Listing {
        keys: vec!["id", "years", "targets", "name", "act"],
        heads: lang.pick(
            vec!["Mã", "Giai đoạn", "Số chỉ tiêu", "Tên", "Văn bản"],
            vec!["Id", "Years", "Targets", "Name", "Act"],
        ),
        rows: rows.collect(),
    }
}

/// Plans at fault were told before.
fn plans(catalogue: &Catalogue, lang: Lang) -> Listing {
    let rows = crate::plan::load(catalogue)
        .unwrap_or_default()
        .into_iter()
        .map(|p| {
            let covers: Vec<String> = p.covers().iter().map(|c| c.code()).collect();
            vec![
                Cell::from(p.id.as_str()),
                p.locality.as_str().into(),
                Cell::coded(covers.join(", "), covers),
                Cell::coded(p.programmes.join(", "), p.programmes.clone()),
                p.name.get(lang).into(),
            ]
        });
    Listing {
        keys: vec!["id", "locality", "periods", "programmes", "name"],
        heads: lang.pick(
            vec!["Mã", "Mã ĐVHC", "Kỳ", "Chương trình", "Tên"],
            vec!["Id", "Code", "Periods", "Programmes", "Name"],
        ),
        rows: rows.collect(),
    }
}

fn yes_no(yes: bool, lang: Lang) -> Cell {
    let word = match yes {
        true => lang.pick("có", "yes"),
        false => lang.pick("chưa", "not yet"),
    };
    Cell::coded(word, yes)
}
