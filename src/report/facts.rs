//! The reported figures of a release for engines of other machines: one part for each year and province, and
//! the units on which they are added up.
//!
//! Holds: codes and whole numbers only, the same in both languages; every row has its file, sheet and cell,
//! and says whether the sources contradict each other on it. A figure below 0 is there as contradicted: it was
//! sent, and nothing else may be put in its place.

use std::collections::BTreeMap;

use crate::classification::locality::{Level, UnitId};
use crate::definition::Catalogue;
use crate::disclosure::{Content, Grounds, Hierarchy, Release};
use crate::fact::Fact;
use crate::lang::Lang;
use crate::period::Period;
use crate::report::fact_columns::{FactColumn, fact_columns, unit_columns};
use crate::report::frame::{Builder, Frame, Holds};
use crate::report::view::View;

/// Figures of one calendar year and one province. Only this room can make one.
#[derive(Debug, Clone, PartialEq)]
pub struct FactPart {
    folder: String,
    frame: Frame,
    banner: &'static str,
}

impl FactPart {
    /// `year=2024/province=58`: what other engines take for two more columns.
    pub fn folder(&self) -> &str {
        &self.folder
    }

    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The line that goes with all figures that are not protected; may be empty.
    pub fn banner(&self) -> &'static str {
        self.banner
    }
}

/// The folder of the units. Engines that read the parts as one table pass over names that begin so.
const UNITS: &str = "_units";

/// The folders of all parts, in order.
pub fn fact_folders(release: &Release, catalogue: &Catalogue) -> Vec<String> {
    let mut folders: Vec<String> = by_folder(release, catalogue).into_keys().collect();
    folders.extend(release.content().grounds.iter().map(|_| UNITS.to_owned()));
    folders
}

/// All parts, each made when it is asked for, in the order of their folders.
pub fn fact_parts<'r>(
    release: &'r Release,
    catalogue: &'r Catalogue,
) -> impl Iterator<Item = FactPart> + use<'r> {
    let view = View::new(release, catalogue, Lang::En);
    let banner = release.banner(Lang::En).unwrap_or_default();
    let part = move |folder, frame| FactPart {
        folder,
        frame,
        banner,
    };
    let grounds = release.content().grounds.as_ref();
    let units = grounds.map(|g| {
        part(
            UNITS.to_owned(),
            units(&View::new(release, catalogue, Lang::En), g),
        )
    });
    let parts = by_folder(release, catalogue).into_iter();
    parts
        .map(move |(folder, rows)| part(folder, frame(&view, &rows)))
        .chain(units)
}

/// Indices of the figures of each part.
fn by_folder(release: &Release, catalogue: &Catalogue) -> BTreeMap<String, Vec<usize>> {
    let mut folders: BTreeMap<(UnitId, Period), String> = BTreeMap::new();
    let mut parts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, fact) in sent(release.content()).enumerate() {
        let folder = folders
            .entry((fact.place, fact.period))
            .or_insert_with(|| folder(catalogue, fact.place, fact.period));
        match parts.get_mut(folder.as_str()) {
            Some(part) => part.push(i),
            None => {
                parts.insert(folder.clone(), vec![i]);
            }
        }
    }
    parts
}

/// The facts, and after them what was refused.
fn sent(content: &Content) -> impl Iterator<Item = &Fact> {
    let refused = content.grounds.iter().flat_map(|g| &g.refused);
    content.facts.iter().chain(refused)
}

/// The figure of an index, and whether it is not to be computed with.
fn nth(content: &Content, index: usize) -> Option<(&Fact, bool)> {
    if let Some(fact) = content.facts.get(index) {
        let contradicted = content.contradicted.get(index).copied();
        return Some((fact, contradicted.unwrap_or(false)));
    }
    let refused = content
        .grounds
        .as_ref()?
        .refused
        .get(index - content.facts.len())?;
    Some((refused, true))
}

fn folder(catalogue: &Catalogue, place: UnitId, period: Period) -> String {
    let register = &catalogue.localities;
    let mut line = register.ancestors(place, period.last_day());
    line.push(place);
    let province = line
        .into_iter()
        .find(|u| register.unit(*u).level == Level::Province);
    let province = province.map_or("VN", |u| &register.unit(u).code);
    format!("year={}/province={province}", period.year)
}

/// A frame without rows.
fn builder(name: &'static str, columns: Vec<FactColumn>) -> Builder {
    let columns = columns.iter().filter(|(_, kind, _)| !kind.contains("folder"));
    let columns: Vec<_> = columns
        .map(|(name, kind, _)| {
            let holds = match *kind {
                "int64" => Holds::Integer,
                "bool" => Holds::YesNo,
                _ => Holds::Text,
            };
            (*name, *name, 0, holds)
        })
        .collect();
    Builder::new(name, &columns)
}

fn frame(view: &View<'_>, indices: &[usize]) -> Frame {
    let mut to = builder("Facts", fact_columns());
    let content = view.content;
    let grounds = content.grounds.as_ref();
    for i in indices {
        let Some((fact, contradicted)) = nth(content, *i) else {
            continue;
        };
        let measure = view.catalogue.measures.get(fact.measure);
        let sheet = content.sources.sheet(fact.origin.sheet);
        let b = fact.breakdown;
        let sender = content.senders.get(fact.sender.0 as usize);
        let stands = grounds.and_then(|g| {
            let (hierarchy, unit) = g.standing.get(&(fact.place, fact.period))?;
            let hierarchy = g.hierarchies.get(*hierarchy)?;
            Some((hierarchy.day.to_string(), code_on(view, hierarchy, *unit)))
        });
        to.text(&measure.id)
            .text(view.category_code(b.sex))
            .text(view.category_code(b.age))
            .text(view.category_code(b.ethnicity))
            .text(view.category_code(b.item))
            .text(view.code(fact.place))
            .text(view.level(fact.place).code())
            .text(stands.as_ref().map_or("", |(day, _)| day))
            .text(stands.as_ref().map_or("", |(_, code)| code))
            .text(&fact.period.code())
            .integer(Some(fact.value))
            .integer(Some(i64::from(measure.decimals)))
            .text(fact.senders.word())
            .yes_no(contradicted)
            .text(sender.map_or("", String::as_str))
            .text(&content.sources.file(sheet.file).name)
            .text(&sheet.name)
            .text(&fact.origin.cell.to_string());
        to.end_row();
    }
    to.finish()
}

/// The code of a unit among those of a day. A root that only joins others may have the code of one of them:
/// the province of today and the one of its name before.
fn code_on(view: &View<'_>, hierarchy: &Hierarchy, unit: UnitId) -> String {
    let root = hierarchy.units.first();
    let joins = root.is_some_and(|root| root.place == unit && root.joins && !hierarchy.is_base);
    let code = view.code(unit);
    if joins {
        format!("joined-{code}")
    } else {
        code.to_owned()
    }
}

/// Every unit of every hierarchy.
fn units(view: &View<'_>, grounds: &Grounds) -> Frame {
    let mut to = builder("Units", unit_columns());
    for hierarchy in &grounds.hierarchies {
        let day = hierarchy.day.to_string();
        for unit in &hierarchy.units {
            to.text(&day)
                .text(&code_on(view, hierarchy, unit.place))
                .text(
                    &unit
                        .parent
                        .map(|p| code_on(view, hierarchy, p))
                        .unwrap_or_default(),
                )
                .integer(Some(i64::from(unit.depth)))
                .text(view.level(unit.place).code())
                .integer(Some(i64::from(unit.children)))
                .integer(Some(i64::from(unit.lowest)))
                .integer(Some(i64::from(unit.bodies)))
                .yes_no(unit.joins)
                .yes_no(hierarchy.is_base);
            to.end_row();
        }
    }
    to.finish()
}
