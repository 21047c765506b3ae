//! The marked workbook of each file: its own package where that can be marked, else a copy of its values.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::{Material, Returned, Told, due, points, record};
use crate::engine::write::Writer;
use crate::engine::{Failure, Request};
use crate::export;
use crate::host::Host;
use crate::intake::grid::{Grid, Value};
use crate::intake::{self, FileReader};
use crate::lang::Words;
use crate::origin::CellAddress;
use crate::returned::{self, BEFORE, CELL, Earlier, Notice, Point, SHEET};

/// Files whose workbooks are in memory at a time.
const AT_A_TIME: usize = 32;

/// Writes the marked workbooks, a few at a time.
pub(super) fn write(
    writer: &mut Writer<'_>,
    request: &Request,
    material: Material<'_>,
    reader: &dyn FileReader,
    told: &[Told<'_>],
    folder: &Path,
) -> Result<Vec<Returned>, Failure> {
    let host = writer.host;
    let mut back = Vec::new();
    let mut written: BTreeMap<String, String> = BTreeMap::new();
    for some in told.chunks(AT_A_TIME) {
        let books: Vec<Result<Vec<u8>, Words>> = some
            .par_iter()
            .map(|told| workbook(host, request, material, reader, told))
            .collect();
        for (Told { job, points, .. }, book) in some.iter().zip(books) {
            let put = |bytes: Vec<u8>| {
                let path = folder.join(output_name(job.name));
                let path = writer.replace(&path, &bytes).map_err(|Failure(why)| why)?;
                written.extend(record::below(folder, &path).map(|name| (name, intake::sha256(&bytes))));
                Ok(path)
            };
            back.push(Returned {
                file: job.name.to_owned(),
                points: points.len(),
                written: book.and_then(put),
            });
        }
    }
    record::note(writer, folder, &written)?;
    Ok(back)
}

/// The marked workbook of one file.
fn workbook(
    host: &dyn Host,
    request: &Request,
    material: Material<'_>,
    reader: &dyn FileReader,
    Told { job, points, .. }: &Told<'_>,
) -> Result<Vec<u8>, Words> {
    let unable = || Words::new("không ghi dấu được vào tệp", "the file cannot be marked");
    let bytes = host.read(job.path).map_err(|_| unable())?;
    let kind = material.sources.file(job.id).kind;
    let due = due(material, job.name, request.lang);
    let notice = |points: &[Point], copied: Option<&str>| Notice {
        lang: request.lang,
        lines: points::lines(job.name, points, copied, &due, request.lang),
        points: points.to_vec(),
    };
    let mut grids: Option<Vec<Grid>> = None;
    if kind == "xlsx" {
        let mut earlier = Earlier::default();
        if job.has_list {
            let sheets = grids.insert(opened(reader, job.name, &bytes));
            earlier = left_before(sheets);
        }
        if let Ok(marked) = returned::mark(&bytes, &notice(points, None), &earlier) {
            return Ok(marked);
        }
    }
    // What cannot be marked as it is goes back as a copy of its values.
    let mut grids = grids.unwrap_or_else(|| opened(reader, job.name, &bytes));
    grids.retain(|grid| !grid.is_mending_list());
    if grids.is_empty() {
        return Err(unable());
    }
    let (copy, names) = export::xlsx::values(&grids).map_err(|_| unable())?;
    let mut points = points.clone();
    for point in &mut points {
        let at = grids
            .iter()
            .position(|grid| Some(&grid.name) == point.sheet.as_ref());
        point.sheet = at.and_then(|at| names.get(at)).cloned();
    }
    returned::mark(&copy, &notice(&points, Some(kind)), &Earlier::default()).map_err(|_| unable())
}

fn opened(reader: &dyn FileReader, name: &str, bytes: &[u8]) -> Vec<Grid> {
    reader
        .open(name, bytes)
        .0
        .map_or_else(Vec::new, |book| book.sheets)
}

/// What the lists of an earlier return say of the cells that they marked.
fn left_before(grids: &[Grid]) -> Earlier {
    let mut earlier = Earlier::default();
    for grid in grids.iter().filter(|grid| grid.is_mending_list()) {
        earlier.lists.push(grid.name.clone());
        let text = |row: u32, column: u32| match grid.get(row, column).map(|cell| &cell.value) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        for cell in grid.cells.iter().filter(|cell| cell.at.column == BEFORE) {
            let row = cell.at.row;
            let at = text(row, CELL).and_then(|at| intake::open::parse_address(at.as_bytes()));
            if let (Some(sheet), Some(at), Some(fill)) = (text(row, SHEET), at, text(row, BEFORE)) {
                let key: (String, CellAddress) = (sheet.to_owned(), at);
                earlier.fills.insert(key, fill.to_owned());
            }
        }
    }
    earlier
}

/// A workbook keeps its name; what comes as another kind gets one that says so.
fn output_name(name: &str) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    match ending.as_deref() {
        Some("xlsx" | "xlsm") => name.to_owned(),
        _ => format!("{name}.xlsx"),
    }
}
