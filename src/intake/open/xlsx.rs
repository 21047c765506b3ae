//! xlsx: the parts of the archive around the sheets.
//!
//! Read here and not by the library that reads xlsb, because one bad cell, an odd `dimension` or
//! two sheets of one name would cost a whole sheet there, and because it tells neither percentages
//! nor formulas without a result.
//! Law: ECMA-376 part 1 (also its strict form, and files whose elements carry a prefix).

use super::archive::Archive;
use super::formats::{self, Format};
use super::markup::{self, Broken, Markup, Piece, Tag};
use super::xml::malformed;
use super::{Gathered, Trouble, damaged, limits, strings, xlsx_sheet};
use crate::origin::MADE_SUMMARY;
use crate::text::legacy::Font;

pub(super) fn read(bytes: &[u8], out: &mut Gathered<'_>) -> Result<(), Trouble> {
    let archive = Archive::open(bytes)?;
    if is_own_summary(&archive, "docProps/custom.xml", b"property", b"name") {
        return Err(Trouble::OwnSummary);
    }
    let workbook = find_workbook(&archive, "workbook.xml")?;
    let (sheets, from_1904) = sheet_list(&archive, &workbook)?;
    let relations = relations(&archive, &workbook)?;
    let styles = match target(&relations, "/styles") {
        Some(part) if archive.has(part) => {
            styles_of_cells(&archive.part(part)?).map_err(|Broken| malformed(part))?
        }
        _ => Vec::new(),
    };
    let texts = match target(&relations, "/sharedStrings") {
        Some(part) if archive.has(part) => strings::shared(&archive.part(part)?, part, &mut out.budget)?,
        _ => strings::Texts::default(),
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
        let read = archive.part(part).and_then(|bytes| {
            xlsx_sheet::read(
                &bytes,
                &context,
                sheet.name.clone(),
                sheet.hidden,
                &mut out.budget,
            )
        });
        out.sheet(&sheet.name, read)?;
    }
    Ok(())
}

/// What a cell style says that matters here.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Style {
    pub format: Format,
    pub font: Font,
}

/// One line of a relationships part.
pub(crate) struct Relation {
    pub id: String,
    pub kind: String,
    /// Name of the part in the archive.
    pub target: String,
}

/// The part that plays a role: the styles, the shared texts.
pub(crate) fn target<'r>(relations: &'r [Relation], role: &str) -> Option<&'r str> {
    let found = relations.iter().find(|r| r.kind.ends_with(role));
    found.map(|r| r.target.as_str())
}

pub(crate) struct SheetEntry {
    pub name: String,
    hidden: bool,
    pub relation: String,
}

/// The part that lists the sheets: as the package says, else by its usual name.
pub(crate) fn find_workbook(archive: &Archive<'_>, usual: &str) -> Result<String, Trouble> {
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

/// The sheets in their order, and whether days are counted from 1904.
pub(crate) fn sheet_list(archive: &Archive<'_>, part: &str) -> Result<(Vec<SheetEntry>, bool), Trouble> {
    let mut sheets = Vec::new();
    let mut from_1904 = false;
    let mut root_seen = false;
    each_tag(archive, part, |tag| {
        match tag.name {
            b"workbook" => root_seen = true,
            b"workbookPr" => from_1904 = tag.is_true(b"date1904"),
            // One more than allowed tells that there are too many.
            b"sheet" if sheets.len() <= limits::SHEETS => sheets.push(SheetEntry {
                name: tag.attribute(b"name").unwrap_or_default(),
                hidden: tag.raw(b"state").is_some_and(|state| state != b"visible"),
                relation: tag.attribute(b"id").unwrap_or_default(),
            }),
            _ => {}
        }
    })?;
    if sheets.len() > limits::SHEETS {
        return Err(too_many_sheets());
    }
    root_seen
        .then_some((sheets, from_1904))
        .ok_or_else(|| malformed(part))
}

pub(crate) fn relations(archive: &Archive<'_>, part: &str) -> Result<Vec<Relation>, Trouble> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let rels = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    relations_of(archive, &rels, folder)
}

fn relations_of(archive: &Archive<'_>, part: &str, folder: &str) -> Result<Vec<Relation>, Trouble> {
    let mut relations = Vec::new();
    each_tag(archive, part, |tag| {
        let external = tag.raw(b"TargetMode") == Some(b"External");
        if tag.name == b"Relationship" && !external && relations.len() < limits::ENTRIES {
            relations.push(Relation {
                id: tag.attribute(b"Id").unwrap_or_default(),
                kind: tag.attribute(b"Type").unwrap_or_default(),
                target: resolved(folder, &tag.attribute(b"Target").unwrap_or_default()),
            });
        }
    })?;
    Ok(relations)
}

/// Whether a part with the workbook's own properties says that this program made it. A part that cannot be read
/// says nothing.
pub(super) fn is_own_summary(archive: &Archive<'_>, part: &str, element: &[u8], name: &[u8]) -> bool {
    let mut found = false;
    archive.has(part)
        && each_tag(archive, part, |tag| {
            found |= tag.name == element && tag.attribute(name).as_deref() == Some(MADE_SUMMARY);
        })
        .is_ok()
        && found
}

/// All opening tags of a part.
fn each_tag(archive: &Archive<'_>, part: &str, mut take: impl FnMut(&Tag<'_>)) -> Result<(), Trouble> {
    let bytes = archive.part(part)?;
    let bytes = markup::in_utf8(&bytes);
    let mut markup = Markup::new(&bytes);
    while let Some(piece) = markup.next().map_err(|Broken| malformed(part))? {
        if let Piece::Start(tag) = piece {
            take(&tag);
        }
    }
    Ok(())
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

/// Format and font of each cell style, by its index.
fn styles_of_cells(bytes: &[u8]) -> Result<Vec<Style>, Broken> {
    let bytes = markup::in_utf8(bytes);
    let mut markup = Markup::new(&bytes);
    let mut own: Vec<(u32, Format)> = Vec::new();
    let mut fonts: Vec<Font> = Vec::new();
    let mut styles = Vec::new();
    let (mut in_cell_styles, mut in_fonts) = (false, false);
    while let Some(piece) = markup.next()? {
        match piece {
            Piece::Start(tag) => match tag.name {
                b"numFmt" => {
                    let code = tag.attribute(b"formatCode");
                    if let (Some(id), Some(code)) = (tag.number(b"numFmtId"), code) {
                        own.push((id, formats::by_code(&code)));
                    }
                }
                b"fonts" => in_fonts = !tag.empty,
                b"font" if in_fonts && fonts.len() < limits::CELLS => fonts.push(Font::Any),
                b"name" if in_fonts => {
                    if let (Some(font), Some(name)) = (fonts.last_mut(), tag.attribute(b"val")) {
                        *font = Font::named(&name);
                    }
                }
                b"cellXfs" => {
                    own.sort_by_key(|(id, _)| *id);
                    in_cell_styles = !tag.empty;
                }
                b"xf" if in_cell_styles && styles.len() < limits::CELLS => {
                    let id: u32 = tag.number(b"numFmtId").unwrap_or(0);
                    let declared = own.binary_search_by_key(&id, |(id, _)| *id);
                    let font = tag.number::<usize>(b"fontId").and_then(|id| fonts.get(id));
                    styles.push(Style {
                        format: declared.map_or_else(|_| formats::built_in(id), |at| own[at].1),
                        font: font.copied().unwrap_or_default(),
                    });
                }
                _ => {}
            },
            Piece::End(b"fonts") => in_fonts = false,
            // What follows is of no use here; that it is whole does not matter either.
            Piece::End(b"cellXfs") => break,
            _ => {}
        }
    }
    Ok(styles)
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
