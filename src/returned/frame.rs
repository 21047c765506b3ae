//! The parts around the sheets: the workbook's list of them, relations, content types, titles in the properties.
//!
//! Holds: what names a sheet by its place in the list still names the same sheet.
//! Law: ECMA-376 part 1, 12.3, 18.2; part 2, 10.

use super::Unfit;
use super::package::{DECLARATION, Package};
use super::splice::{Seen, Splice, Whole, each, each_start, escaped};
use crate::intake::open::{find_workbook, relations, sheet_list, target};

const TYPES: &str = "[Content_Types].xml";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// What kind of part a new one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Sheet,
    Styles,
    Comments,
    Drawing,
}

impl Role {
    /// How relations to it end.
    fn relation(self) -> &'static str {
        match self {
            Role::Sheet => "worksheet",
            Role::Styles => "styles",
            Role::Comments => "comments",
            Role::Drawing => "vmlDrawing",
        }
    }

    fn content_type(self) -> &'static str {
        match self {
            Role::Sheet => "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
            Role::Styles => "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml",
            Role::Comments => "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
            Role::Drawing => "application/vnd.openxmlformats-officedocument.vmlDrawing",
        }
    }
}

/// One sheet that holds cells.
pub(super) struct SheetPart {
    pub name: String,
    pub part: String,
    pub comments: Option<String>,
    pub drawing: Option<String>,
}

/// How the workbook is put together.
pub(super) struct Frame {
    pub workbook: String,
    pub sheets: Vec<SheetPart>,
    /// Names of all sheets, charts among them, in their order.
    pub names: Vec<String>,
    pub styles: Option<String>,
    /// Namespace of sheets and styles.
    pub main: String,
    /// Namespace of relations.
    pub relations: String,
}

impl Frame {
    pub fn read(package: &Package<'_>) -> Result<Frame, Unfit> {
        if !package.has(TYPES) {
            return Err(Unfit);
        }
        let archive = package.archive();
        let workbook = find_workbook(archive, "workbook.xml").map_err(|_| Unfit)?;
        let (listed, _) = sheet_list(archive, &workbook).map_err(|_| Unfit)?;
        let of_book = relations(archive, &workbook).map_err(|_| Unfit)?;
        let mut sheets = Vec::new();
        for sheet in &listed {
            let found = of_book.iter().find(|r| r.id == sheet.relation);
            let Some(relation) = found.filter(|r| r.kind.ends_with("/worksheet")) else {
                continue;
            };
            let own = match package.has(&relations_of(&relation.target)) {
                true => relations(archive, &relation.target).map_err(|_| Unfit)?,
                false => Vec::new(),
            };
            let there = |role: &str| {
                target(&own, role)
                    .filter(|part| package.has(part))
                    .map(str::to_owned)
            };
            sheets.push(SheetPart {
                name: sheet.name.clone(),
                part: relation.target.clone(),
                comments: there("/comments"),
                drawing: there("/vmlDrawing"),
            });
        }
        let text = package.text(&workbook)?;
        let mut main = None;
        each_start(&text, |whole| {
            if whole.depth == 0 {
                let name = match whole.prefix() {
                    "" => "xmlns",
                    prefix => prefix.trim_end_matches(':'),
                };
                main = whole.tag.attribute(name.as_bytes());
            }
        })?;
        let main = main.unwrap_or_else(|| TRANSITIONAL.to_owned());
        let relations = match main.contains("purl.oclc.org") {
            true => "http://purl.oclc.org/ooxml/officeDocument/relationships",
            false => "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        };
        Ok(Frame {
            styles: target(&of_book, "/styles")
                .filter(|part| package.has(part))
                .map(str::to_owned),
            names: listed.into_iter().map(|sheet| sheet.name).collect(),
            workbook,
            sheets,
            main,
            relations: relations.to_owned(),
        })
    }

    /// A name for a new part beside the workbook.
    pub fn beside(&self, name: &str) -> String {
        match self.workbook.rsplit_once('/') {
            Some((folder, _)) => format!("{folder}/{name}"),
            None => name.to_owned(),
        }
    }

    /// Adds a part that another one refers to. Gives the id of the relation.
    pub fn add(
        &self,
        package: &mut Package<'_>,
        from: &str,
        role: Role,
        part: &str,
        text: String,
    ) -> Result<String, Unfit> {
        package.put(part, text);
        declare(package, part, role)?;
        let place = relations_of(from);
        let text = match package.has(&place) {
            true => package.text(&place)?,
            false => format!(
                "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>"
            ),
        };
        let ids = (1..).map(|n| format!("bdg{n}"));
        let id = ids
            .take(10_000)
            .find(|id| !text.contains(&format!("\"{id}\"")) && !text.contains(&format!("'{id}'")));
        let id = id.ok_or(Unfit)?;
        let kind = format!("{}/{}", self.relations, role.relation());
        let text = with_last(&text, |p| {
            format!(
                "<{p}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"/{}\"/>",
                escaped(part)
            )
        })?;
        package.put(&place, text);
        Ok(id)
    }

    /// Takes out a part that another refers to.
    pub fn remove(&self, package: &mut Package<'_>, from: &str, part: &str) -> Result<(), Unfit> {
        let own = relations(package.archive(), from).map_err(|_| Unfit)?;
        let gone: Vec<&str> = own
            .iter()
            .filter(|r| r.target == part)
            .map(|r| r.id.as_str())
            .collect();
        let place = relations_of(from);
        let text = package.text(&place)?;
        let mut splice = Splice::default();
        each_start(&text, |whole| {
            let id = whole.tag.attribute(b"Id").unwrap_or_default();
            if whole.is("Relationship") && whole.tag.empty && gone.contains(&id.as_str()) {
                splice.replace(whole.span, "");
            }
        })?;
        package.put(&place, splice.apply(&text)?);
        let types = package.text(TYPES)?;
        let mut splice = Splice::default();
        each_start(&types, |whole| {
            let named = whole.tag.attribute(b"PartName").unwrap_or_default();
            if whole.is("Override") && whole.tag.empty && named.trim_start_matches('/') == part {
                splice.replace(whole.span, "");
            }
        })?;
        package.put(TYPES, splice.apply(&types)?);
        package.remove(part);
        if package.has(&relations_of(part)) {
            package.remove(&relations_of(part));
        }
        Ok(())
    }
}

/// `xl/worksheets/sheet1.xml` → `xl/worksheets/_rels/sheet1.xml.rels`
fn relations_of(part: &str) -> String {
    match part.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{part}.rels"),
    }
}

fn declare(package: &mut Package<'_>, part: &str, role: Role) -> Result<(), Unfit> {
    let text = package.text(TYPES)?;
    let kind = role.content_type();
    let text = with_last(&text, |p| {
        format!(
            "<{p}Override PartName=\"/{}\" ContentType=\"{kind}\"/>",
            escaped(part)
        )
    })?;
    package.put(TYPES, text);
    Ok(())
}

/// The text with one more element at the end of its root.
fn with_last(text: &str, element: impl Fn(&str) -> String) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    let mut prefix = String::new();
    each(text, |seen| match seen {
        Seen::Start(whole) if whole.depth == 0 => {
            prefix = whole.prefix().to_owned();
            if whole.tag.empty {
                whole.fill(&mut splice, &element(&prefix));
            }
        }
        Seen::End(_, span, 0) => splice.insert(span.start, element(&prefix)),
        _ => {}
    })?;
    splice.apply(text)
}

/// The workbook with one sheet more before all others, which is shown first.
pub(super) fn with_first_sheet(
    frame: &Frame,
    text: &str,
    name: &str,
    relation: &str,
) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    let mut ids: Vec<u32> = Vec::new();
    let mut declared = false;
    let mut sheets: Option<Whole<'_>> = None;
    each_start(text, |whole| {
        if whole.depth == 0 {
            let root = text.get(whole.span.clone()).unwrap_or_default();
            declared = root.contains(&format!("xmlns:r=\"{}\"", frame.relations));
        } else if whole.is("sheets") && whole.depth == 1 {
            sheets = Some(whole);
        } else if whole.is("sheet") && whole.depth == 2 {
            ids.extend(whole.tag.number::<u32>(b"sheetId"));
        } else if whole.is("workbookView") {
            splice.attribute(&whole, "activeTab", None);
            splice.attribute(&whole, "firstSheet", None);
        } else if whole.is("definedName")
            && let Some(local) = whole.tag.number::<u32>(b"localSheetId")
        {
            let moved = local.saturating_add(1).to_string();
            splice.attribute(&whole, "localSheetId", Some(&moved));
        }
    })?;
    let sheets = sheets.ok_or(Unfit)?;
    let id = (1..=65_534).find(|id| !ids.contains(id)).ok_or(Unfit)?;
    let p = sheets.prefix();
    let namespace = match declared {
        true => String::new(),
        false => format!(" xmlns:r=\"{}\"", frame.relations),
    };
    let sheet = format!(
        "<{p}sheet{namespace} name=\"{}\" sheetId=\"{id}\" r:id=\"{relation}\"/>",
        escaped(name)
    );
    sheets.fill(&mut splice, &sheet);
    splice.apply(text)
}

/// The workbook without one of its sheets, given by its place.
pub(super) fn without_sheet(text: &str, place: usize) -> Result<String, Unfit> {
    let mut splice = Splice::default();
    let mut at = 0;
    let mut names: Vec<(Whole<'_>, usize)> = Vec::new();
    each(text, |seen| match seen {
        Seen::Start(whole) if whole.is("sheet") && whole.depth == 2 => {
            if at == place && whole.tag.empty {
                splice.replace(whole.span, "");
            }
            at += 1;
        }
        Seen::Start(whole) if whole.is("workbookView") => {
            splice.attribute(&whole, "activeTab", None);
            splice.attribute(&whole, "firstSheet", None);
        }
        Seen::Start(whole) if whole.is("definedName") => {
            let end = whole.span.end;
            names.push((whole, end));
        }
        Seen::End(b"definedName", span, _) => {
            if let Some((_, end)) = names.last_mut() {
                *end = span.end;
            }
        }
        _ => {}
    })?;
    for (whole, end) in &names {
        match whole.tag.number::<usize>(b"localSheetId") {
            Some(local) if local == place => splice.replace(whole.span.start..*end, ""),
            Some(local) if local > place => {
                splice.attribute(whole, "localSheetId", Some(&(local - 1).to_string()));
            }
            _ => {}
        }
    }
    splice.apply(text)
}
