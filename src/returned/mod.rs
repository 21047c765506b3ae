//! A unit's own workbook, unchanged but for marks: what goes back to whoever sent it.
//!
//! In:  the bytes of an xlsx or xlsm, and a [`Notice`] in words. Out: the same workbook with coloured cells, comments on them, and a
//!      first sheet that lists every point with a link.
//! Holds: formulas, styles, merged cells, hidden sheets, pictures and whatever else the workbook has stay as they are:
//!        parts that hold no mark are copied with their packed bytes. Marks of an earlier return are taken away before
//!        new ones are made. Nothing is written here that the notice does not say.
//! Leaves to others: which points there are and how they are worded for the unit (`engine`); files that are no xlsx,
//!        which come as a plain workbook of their values (`export`).

mod absent;
mod comments;
mod frame;
mod list;
mod package;
mod sheet;
mod splice;
mod styles;
mod titles;

pub use list::{BEFORE, CELL, SHEET};

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::origin::CellAddress;
use crate::problem::Severity;
use frame::{Frame, Role};
use package::Package;
use styles::{Colour, Styles};

/// What is said to the unit.
#[derive(Debug, Clone)]
pub struct Notice {
    pub lang: Lang,
    /// Lines above the list.
    pub lines: Vec<String>,
    /// In the order in which they are to be mended.
    pub points: Vec<Point>,
}

/// One thing to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    pub severity: Severity,
    /// None: the file as a whole.
    pub sheet: Option<String>,
    /// Where it was met; none: the sheet or file as a whole.
    pub at: Option<CellAddress>,
    /// The cells that get a mark.
    pub cells: Vec<CellAddress>,
    pub title: String,
    pub found: String,
    pub expected: String,
    /// The value that an identity of the figures implies, and from which cells; may be empty, as may the others below.
    pub suggested: String,
    /// How what is published would change.
    pub effect: String,
    pub remedy: String,
}

/// The package is not put together as an office program does it: nothing can be marked in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfit;

/// What an earlier return left in a workbook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Earlier {
    /// Names of its lists among the sheets.
    pub lists: Vec<String>,
    /// Fills that marked cells had, by sheet and cell.
    pub fills: BTreeMap<(String, CellAddress), String>,
}

/// The workbook with the marks.
pub fn mark(bytes: &[u8], notice: &Notice, earlier: &Earlier) -> Result<Vec<u8>, Unfit> {
    if earlier.lists.is_empty() {
        return marked(bytes, notice);
    }
    let cleaned = without_marks(bytes, earlier)?;
    marked(&cleaned, notice)
}

fn marked(bytes: &[u8], notice: &Notice) -> Result<Vec<u8>, Unfit> {
    let mut package = Package::open(bytes)?;
    let frame = Frame::read(&package)?;
    let styles_part = frame.styles.clone().unwrap_or_else(|| frame.beside("styles.xml"));
    if frame.styles.is_none() {
        let text = styles::LEAST.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            &frame.main,
        );
        frame.add(&mut package, &frame.workbook, Role::Styles, &styles_part, text)?;
    }
    let mut styles = Styles::read(package.text(&styles_part)?)?;
    let mut fills = BTreeMap::new();
    for (n, sheet) in frame.sheets.iter().enumerate() {
        // Of two sheets with one name only the first can be meant.
        let is_first = frame.sheets.iter().take(n).all(|other| other.name != sheet.name);
        let marks = match is_first {
            true => Marks::of(notice, &sheet.name),
            false => Marks::default(),
        };
        if let Some(text) = sheet::not_chosen(&package.text(&sheet.part)?)? {
            package.put(&sheet.part, text);
        }
        if !marks.colours.is_empty() {
            let (text, before) = sheet::mark(&package.text(&sheet.part)?, &marks.colours, &mut styles)?;
            package.put(&sheet.part, text);
            fills.extend(
                before
                    .into_iter()
                    .map(|(at, fill)| ((sheet.name.clone(), at), fill)),
            );
            comment(&mut package, &frame, n, &marks.texts)?;
        }
    }
    let name = list::name(&frame.names, notice.lang);
    let text = list::write(notice, &frame.main, &mut styles, &fills);
    package.put(&styles_part, styles.write()?);
    let part = free(&package, |n| frame.beside(&format!("worksheets/bdg-list{n}.xml")))?;
    let relation = frame.add(&mut package, &frame.workbook, Role::Sheet, &part, text)?;
    let book = package.text(&frame.workbook)?;
    package.put(
        &frame.workbook,
        frame::with_first_sheet(&frame, &book, &name, &relation)?,
    );
    retitle(&mut package, &frame, &name, true)?;
    package.write()
}

/// Colours and comments of one sheet.
#[derive(Default)]
struct Marks {
    colours: BTreeMap<CellAddress, Colour>,
    texts: BTreeMap<CellAddress, String>,
}

impl Marks {
    fn of(notice: &Notice, sheet: &str) -> Marks {
        let mut marks = Marks::default();
        for point in notice.points.iter().filter(|p| p.sheet.as_deref() == Some(sheet)) {
            let colour = match point.severity {
                Severity::Error => Colour::Error,
                Severity::Warning | Severity::Note => Colour::Warning,
            };
            for at in &point.cells {
                let own = marks.colours.entry(*at).or_insert(colour);
                *own = colour.min(*own);
                let text = marks.texts.entry(*at).or_default();
                if !text.is_empty() {
                    text.push_str("\n\n");
                }
                text.push_str(&said(point, *at, notice.lang));
            }
        }
        marks
    }
}

/// What a comment says of a point.
fn said(point: &Point, at: CellAddress, lang: Lang) -> String {
    let mut lines = vec![format!("{}: {}", point.severity.words(lang), point.title)];
    let labels = lang.pick(
        ["Tìm thấy", "Cần có", "Gợi ý", "Cách sửa"],
        ["Found", "Expected", "Suggested", "What to do"],
    );
    let is_own = point.at == Some(at);
    let found = if is_own { point.found.as_str() } else { "" };
    let texts = [found, &point.expected, &point.suggested, &point.remedy];
    let labelled = labels.iter().zip(texts).filter(|(_, text)| !text.is_empty());
    lines.extend(labelled.map(|(label, text)| format!("{label}: {text}")));
    lines.join("\n")
}

/// Puts comments on cells of a sheet, into the parts it has for them or into new ones.
fn comment(
    package: &mut Package<'_>,
    frame: &Frame,
    n: usize,
    texts: &BTreeMap<CellAddress, String>,
) -> Result<(), Unfit> {
    let sheet = frame.sheets.get(n).ok_or(Unfit)?;
    let block = n + 1;
    let own = match &sheet.comments {
        Some(part) => package.text(part)?,
        None => comments::none(&frame.main),
    };
    let (text, added) = comments::add(&own, texts)?;
    match &sheet.comments {
        Some(part) => package.put(part, text),
        None => {
            let part = free(package, |n| frame.beside(&format!("bdg-comments{n}.xml")))?;
            frame.add(package, &sheet.part, Role::Comments, &part, text)?;
        }
    }
    match &sheet.drawing {
        Some(part) => {
            let drawing = package.text(part)?;
            package.put(part, comments::add_shapes(&drawing, &added, block)?);
        }
        None => {
            let shapes: Vec<CellAddress> = texts.keys().copied().collect();
            let drawing = comments::add_shapes(&comments::no_shapes(block), &shapes, block)?;
            let part = free(package, |n| frame.beside(&format!("drawings/bdg-notes{n}.vml")))?;
            let relation = frame.add(package, &sheet.part, Role::Drawing, &part, drawing)?;
            let text = package.text(&sheet.part)?;
            package.put(
                &sheet.part,
                sheet::with_drawing(&text, &relation, &frame.relations)?,
            );
        }
    }
    Ok(())
}

/// The name of a part that is not there yet.
fn free(package: &Package<'_>, name: impl Fn(usize) -> String) -> Result<String, Unfit> {
    (1..10_000).map(name).find(|name| !package.has(name)).ok_or(Unfit)
}

fn retitle(package: &mut Package<'_>, frame: &Frame, name: &str, added: bool) -> Result<(), Unfit> {
    const PROPERTIES: &str = "docProps/app.xml";
    if package.has(PROPERTIES) {
        let text = package.text(PROPERTIES)?;
        // They are for show: where they cannot be read they stay.
        if let Ok(text) = titles::retitled(&text, frame.names.len(), name, added) {
            package.put(PROPERTIES, text);
        }
    }
    Ok(())
}

/// Takes away what an earlier return added: its list, its colours, its comments.
fn without_marks(bytes: &[u8], earlier: &Earlier) -> Result<Vec<u8>, Unfit> {
    let mut package = Package::open(bytes)?;
    let frame = Frame::read(&package)?;
    let styles_part = frame.styles.clone().ok_or(Unfit)?;
    let mut styles = Styles::read(package.text(&styles_part)?)?;
    let mut book = package.text(&frame.workbook)?;
    // From the last to the first: the places of those before it stay what they are.
    let places = frame.names.iter().enumerate().rev();
    for (place, name) in places.filter(|(_, name)| earlier.lists.contains(name)) {
        let list = frame
            .sheets
            .iter()
            .find(|sheet| sheet.name == *name)
            .ok_or(Unfit)?;
        book = frame::without_sheet(&book, place)?;
        frame.remove(&mut package, &frame.workbook, &list.part)?;
        retitle(&mut package, &frame, name, false)?;
    }
    package.put(&frame.workbook, book);
    for sheet in frame
        .sheets
        .iter()
        .filter(|sheet| !earlier.lists.contains(&sheet.name))
    {
        let of_sheet = earlier.fills.iter().filter(|((name, _), _)| *name == sheet.name);
        let before = of_sheet.map(|((_, at), fill)| (*at, fill.clone())).collect();
        let mut text = sheet::unmark(&package.text(&sheet.part)?, &before, &mut styles)?;
        if let Some(part) = &sheet.comments {
            let (comments, stay, gone) = comments::remove(&package.text(part)?)?;
            let drawing = match &sheet.drawing {
                Some(drawing) => Some((drawing, package.text(drawing)?)),
                None => None,
            };
            // A drawing that is no XML, as Excel sometimes leaves it, keeps its empty notes.
            let drawing = drawing.map(|(part, text)| {
                let left = comments::remove_shapes(&text, &gone);
                (part, left.unwrap_or(text))
            });
            match drawing {
                Some((of_shapes, left)) if stay == 0 && !comments::has_shapes(&left) => {
                    frame.remove(&mut package, &sheet.part, part)?;
                    frame.remove(&mut package, &sheet.part, of_shapes)?;
                    text = sheet::without_drawing(&text)?;
                }
                drawing => {
                    package.put(part, comments);
                    if let Some((part, left)) = drawing {
                        package.put(part, left);
                    }
                }
            }
        }
        package.put(&sheet.part, text);
    }
    package.put(&styles_part, styles.write()?);
    package.write()
}
