//! One slip for each unit, for those who print: to whom, which files, each point in words, by when.
//!
//! Holds: files go on one slip only if their sheets name the same sender in the same place; a file whose sender is not
//!        known has a slip of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::points::Reading;
use super::{Material, Told, due, record};
use crate::classification::locality::{Register, UnitId};
use crate::engine::write::Writer;
use crate::engine::{Failure, Request};
use crate::export::xlsx::{self, Slip, SlipFile, SlipPoint};
use crate::intake::sha256;
use crate::lang::Lang;
use crate::returned::Point;
use crate::text::folded;

/// Who is named on the sheets of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Addressee {
    sender: Option<String>,
    place: Option<UnitId>,
}

impl Addressee {
    /// None: the sheets name neither, or several.
    pub fn of(reading: &Reading) -> Option<Addressee> {
        let tables = || reading.sheets.iter().flat_map(|s| &s.tables);
        let senders: BTreeSet<&String> = tables().filter_map(|t| Some(&t.sender.as_ref()?.value)).collect();
        let places: BTreeSet<UnitId> = tables().filter_map(|t| Some(t.place.as_ref()?.value)).collect();
        let alone = senders.len() <= 1 && places.len() <= 1;
        let found = Addressee {
            sender: senders.first().map(|s| (*s).clone()),
            place: places.first().copied(),
        };
        (alone && (found.sender.is_some() || found.place.is_some())).then_some(found)
    }

    fn words(&self, register: &Register, lang: Lang) -> String {
        let place = self.place.map(|id| register.unit(id).name_in(lang));
        match (&self.sender, place) {
            (Some(sender), Some(place)) if !folded(sender).contains(&folded(&place)) => {
                format!("{sender}, {place}")
            }
            (Some(sender), _) => sender.clone(),
            (None, Some(place)) => lang.pick(
                format!("đơn vị gửi báo cáo của {place}"),
                format!("the unit that reported on {place}"),
            ),
            (None, None) => String::new(),
        }
    }
}

/// Files of one unit: (name, points, due days).
type Files = Vec<(String, Vec<Point>, Vec<String>)>;

/// Writes the slips. `unread`: files that could not be opened, with what is said of them.
pub(super) fn write(
    writer: &mut Writer<'_>,
    request: &Request,
    material: Material<'_>,
    told: &[Told<'_>],
    unread: Vec<(String, Vec<Point>)>,
    folder: &Path,
) -> Result<Vec<PathBuf>, Failure> {
    let lang = request.lang;
    let register = &request.catalogue.localities;
    let mut units: BTreeMap<(String, Option<UnitId>), (String, Files)> = BTreeMap::new();
    let of_file = |name: &str| {
        let to = lang.pick(
            format!("đơn vị gửi tệp {name}"),
            format!("the unit that sent {name}"),
        );
        // No sender's name has a line end in it.
        ((format!("\n{name}"), None), to)
    };
    for Told { job, points, to } in told {
        let (key, to) = match to {
            Some(who) if who.sender.is_some() => {
                let sender = who.sender.as_deref().map(folded).unwrap_or_default();
                ((sender, who.place), who.words(register, lang))
            }
            Some(who) => (of_file(job.name).0, who.words(register, lang)),
            None => of_file(job.name),
        };
        let unit = units.entry(key).or_insert_with(|| (to, Files::new()));
        unit.1
            .push((job.name.to_owned(), points.clone(), due(material, job.name, lang)));
    }
    for (name, points) in unread {
        let (key, to) = of_file(&name);
        let unit = units.entry(key).or_insert_with(|| (to, Files::new()));
        unit.1.push((name, points, Vec::new()));
    }
    let made_on = request.date.unwrap_or_else(|| writer.host.today());
    let period = material.computed.map(|c| c.period).or(request.period);
    let period = period.map_or_else(String::new, |p| {
        lang.pick(
            format!("Kỳ báo cáo: {}", p.words(lang)),
            format!("Period: {}", p.words(lang)),
        )
    });
    let mut written = Vec::new();
    let mut digests = BTreeMap::new();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for (to, files) in units.into_values() {
        let mut days: Vec<String> = files.iter().flat_map(|(.., due)| due.clone()).collect();
        days.sort();
        days.dedup();
        let first = files.first().map(|(name, ..)| name.clone()).unwrap_or_default();
        let slip = Slip {
            lang,
            superior: request.office.superior.clone(),
            office: request.office.name.clone(),
            made_on,
            to,
            period: period.clone(),
            due: days,
            files: files
                .into_iter()
                .map(|(name, points, _)| file(name, &points, lang))
                .collect(),
        };
        let bytes = xlsx::slip(&slip).map_err(Failure::internal)?;
        let path = writer.replace(&folder.join(name_of(&first, &mut names, lang)), &bytes)?;
        digests.extend(record::below(folder, &path).map(|name| (name, sha256(&bytes))));
        written.push(path);
    }
    record::note(writer, folder, &digests)?;
    Ok(written)
}

fn file(name: String, points: &[Point], lang: Lang) -> SlipFile {
    let points = points.iter().map(|p| point(p, lang)).collect();
    SlipFile { name, points }
}

fn point(point: &Point, lang: Lang) -> SlipPoint {
    /// Cells that are named one by one.
    const NAMED: usize = 6;
    let cells: Vec<String> = point.cells.iter().take(NAMED).map(ToString::to_string).collect();
    let more = point.cells.len().saturating_sub(NAMED);
    let cells = match more {
        0 => cells.join(", "),
        more => lang.pick(
            format!("{} và {more} ô nữa", cells.join(", ")),
            format!("{} and {more} more", cells.join(", ")),
        ),
    };
    let place: Vec<&str> = [point.sheet.as_deref().unwrap_or_default(), &cells]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let mut what = vec![format!("{}: {}", point.severity.words(lang), point.title)];
    what.extend(
        [&point.found]
            .into_iter()
            .filter(|text| !text.is_empty())
            .cloned(),
    );
    let mut remedy = Vec::new();
    if !point.suggested.is_empty() {
        remedy.push(lang.pick(
            format!("Gợi ý: {}", point.suggested),
            format!("Suggested: {}", point.suggested),
        ));
    }
    remedy.push(point.remedy.clone());
    SlipPoint {
        place: place.join("\n"),
        what: what.join("\n"),
        remedy: remedy.join("\n"),
    }
}

/// A name after the first file of the unit, without diacritics.
fn name_of(file: &str, taken: &mut BTreeSet<String>, lang: Lang) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let plain = folded(stem);
    let words: Vec<&str> = plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect();
    let stem: String = words.join("-").chars().take(80).collect();
    let stem = format!("{}-{stem}", lang.pick("phieu", "slip"));
    let others = (2..).map(|n| format!("{stem}-{n}.xlsx"));
    let mut names = std::iter::once(format!("{stem}.xlsx")).chain(others.take(1_000_000));
    let name = names.find(|name| taken.insert(name.clone()));
    name.unwrap_or(stem)
}
