//! xlsx: the parts of the archive around the sheets.
//!
//! Read here and not by the library that reads xlsb, because one bad cell, an odd `dimension` or
//! two sheets of one name would cost a whole sheet there, and because it tells neither percentages
//! nor formulas without a result.
//! Law: ECMA-376 part 1 (also its strict form, and files whose elements carry a prefix).

use std::io::BufRead;

use quick_xml::events::Event;

use super::archive::Archive;
use super::formats::{self, Format};
use super::xml::{self, Xml, attributes, malformed};
use super::{Gathered, Trouble, damaged, limits, strings, xlsx_sheet};

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let mut archive = Archive::open(bytes)?;
    let workbook = find_workbook(&mut archive, "workbook.xml")?;
    let (sheets, from_1904) = sheet_list(&mut archive, &workbook)?;
    let relations = relations(&mut archive, &workbook)?;
    let styles = match target(&relations, "/styles") {
        Some(part) if archive.has(part) => formats_of_cells(archive.part(part)?, part)?,
        _ => Vec::new(),
    };
    let texts = match target(&relations, "/sharedStrings") {
        Some(part) if archive.has(part) => strings::shared(archive.part(part)?, part, &mut out.budget)?,
        _ => Vec::new(),
    };
    if sheets.is_empty() {
        return Err(damaged("không có trang tính nào", "it has no sheet"));
    }
    for sheet in &sheets {
        let relation = relations.iter().find(|r| r.id == sheet.relation);
        // A chart, a dialogue or macros on a sheet of their own hold no cells.
        if relation.is_some_and(|r| !r.kind.ends_with("/worksheet")) {
            continue;
        }
        let part = relation.map_or("", |r| r.target.as_str());
        let context = xlsx_sheet::Context {
            part,
            styles: &styles,
            texts: &texts,
            from_1904,
        };
        let read = match archive.part(part) {
            Ok(source) => xlsx_sheet::read(
                source,
                &context,
                sheet.name.clone(),
                sheet.hidden,
                &mut out.budget,
            ),
            Err(trouble) => Err(trouble),
        };
        out.sheet(&sheet.name, read)?;
    }
    Ok(())
}

/// One line of a relationships part.
pub(super) struct Relation {
    pub id: String,
    pub kind: String,
    /// Name of the part in the archive.
    pub target: String,
}

/// The part that plays a role: the styles, the shared texts.
pub(super) fn target<'r>(relations: &'r [Relation], role: &str) -> Option<&'r str> {
    let found = relations.iter().find(|r| r.kind.ends_with(role));
    found.map(|r| r.target.as_str())
}

struct SheetEntry {
    name: String,
    hidden: bool,
    relation: String,
}

/// The part that lists the sheets: as the package says, else by its usual name.
pub(super) fn find_workbook(archive: &mut Archive<'_>, usual: &str) -> Result<String, Trouble> {
    if archive.has("_rels/.rels") {
        let found = relations_of(archive, "_rels/.rels", "")?
            .into_iter()
            .find(|r| r.kind.ends_with("/officeDocument"));
        if let Some(relation) = found
            && archive.has(&relation.target)
        {
            return Ok(relation.target);
        }
    }
    let found = archive
        .names()
        .find(|name| name.rsplit('/').next() == Some(usual));
    found
        .map(str::to_owned)
        .ok_or_else(|| super::archive::missing(usual))
}

fn sheet_list(archive: &mut Archive<'_>, part: &str) -> Result<(Vec<SheetEntry>, bool), Trouble> {
    let mut xml = Xml::new(archive.part(part)?, part);
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    let mut root_seen = false;
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "workbook" => root_seen = true,
                "workbookPr" => {
                    let [date1904] = attributes(&start, ["date1904"]);
                    from_1904 = xml::is_true(date1904.as_deref());
                }
                "sheet" => {
                    let [name, state, relation] = attributes(&start, ["name", "state", "id"]);
                    if sheets.len() >= limits::SHEETS {
                        return Err(too_many_sheets());
                    }
                    sheets.push(SheetEntry {
                        name: name.unwrap_or_default(),
                        hidden: state.is_some_and(|s| s != "visible"),
                        relation: relation.unwrap_or_default(),
                    });
                }
                _ => {}
            },
            Event::Eof if root_seen => return Ok((sheets, from_1904)),
            Event::Eof => return Err(malformed(part)),
            _ => {}
        }
    }
}

pub(super) fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, Trouble> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    relations_of(archive, &rels, folder)
}

fn relations_of(archive: &mut Archive<'_>, part: &str, folder: &str) -> Result<Vec<Relation>, Trouble> {
    let mut xml = Xml::new(archive.part(part)?, part);
    let mut relations = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(start) if start.local_name().as_ref() == "Relationship" => {
                let [id, kind, target, mode] = attributes(&start, ["Id", "Type", "Target", "TargetMode"]);
                if mode.as_deref() == Some("External") || relations.len() >= limits::ENTRIES {
                    continue;
                }
                relations.push(Relation {
                    id: id.unwrap_or_default(),
                    kind: kind.unwrap_or_default(),
                    target: resolved(folder, &target.unwrap_or_default()),
                });
            }
            Event::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// A target against the folder of the part that names it: `../media/x`, `/xl/x` and `x` all occur.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for piece in target.split('/') {
        match piece {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            piece => parts.push(piece),
        }
    }
    parts.retain(|p| !p.is_empty());
    parts.join("/")
}

/// The format of each cell style, by its index.
fn formats_of_cells(source: impl BufRead, part: &str) -> Result<Vec<Format>, Trouble> {
    let mut xml = Xml::new(source, part);
    let mut own: Vec<(u32, Format)> = Vec::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    loop {
        match xml.next()? {
            Event::Start(start) => match start.local_name().as_ref() {
                "numFmt" => {
                    let [id, code] = attributes(&start, ["numFmtId", "formatCode"]);
                    let id = id.and_then(|id| id.parse().ok());
                    if let (Some(id), Some(code)) = (id, code) {
                        own.push((id, formats::by_code(&code)));
                    }
                }
                "cellXfs" => {
                    own.sort_by_key(|(id, _)| *id);
                    in_cell_styles = true;
                }
                "xf" if in_cell_styles && styles.len() < limits::CELLS => {
                    let [id] = attributes(&start, ["numFmtId"]);
                    let id: u32 = id.and_then(|id| id.parse().ok()).unwrap_or(0);
                    let declared = own.binary_search_by_key(&id, |(id, _)| *id);
                    styles.push(match declared {
                        Ok(at) => own[at].1,
                        Err(_) => formats::built_in(id),
                    });
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "cellXfs" => return Ok(styles),
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

pub(super) fn too_many_sheets() -> Trouble {
    let words = |n: usize, more: (&str, &str)| {
        crate::lang::Words::new(
            format!("{}{n} trang tính", more.0),
            format!("{}{n} sheets", more.1),
        )
    };
    Trouble::TooLarge {
        found: words(limits::SHEETS, ("hơn ", "more than ")),
        limit: words(limits::SHEETS, ("", "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_found_however_they_are_written() {
        for (folder, target, expected) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "..\\a\\b.xml", "a/b.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl", "../../../x", "x"),
        ] {
            assert_eq!(resolved(folder, target), expected);
        }
    }
}
