//! Outputs: workbooks, tidy data, and the record of the run.

use std::path::PathBuf;

use rayon::prelude::*;

use super::{Computed, Failure, Request, content, scope};
use crate::disclosure::Release;
use crate::host::{Host, Replaced};
use crate::lang::Words;
use crate::problem::{Kind, Place, Problem};
use crate::{export, report};

/// Bytes for a file in the output folder.
struct Output {
    name: String,
    bytes: Vec<u8>,
}

/// Writes everything asked for. Returns what was written, in order, and files that were held.
pub(super) fn outputs(
    host: &dyn Host,
    request: &Request,
    computed: &Computed,
) -> Result<(Vec<PathBuf>, Vec<Problem>), Failure> {
    let nodes = &computed.tree.nodes;
    let level_of = |n: usize| request.catalogue.localities.units[nodes[n].unit.0 as usize].level;
    let each = (1..nodes.len()).filter(|n| request.each == Some(level_of(*n)));
    let mut written = Vec::new();
    let mut held = Vec::new();
    let mut put = |output: Output| -> Result<(), Failure> {
        let path = request.output.join(&output.name);
        match host.replace(&path, &output.bytes) {
            Ok(Replaced::AsAsked) => written.push(path),
            Ok(Replaced::Instead(other)) => {
                let shown = |p: &PathBuf| {
                    p.file_name()
                        .map(|n| n.to_string_lossy().into_owned())
                        .unwrap_or_default()
                };
                let kind = Kind::OutputHeld {
                    path: shown(&path),
                    instead: shown(&other),
                };
                held.push(Problem::new(Place::default(), kind));
                written.push(other);
            }
            Err(error) => {
                let shown = path.display();
                return Err(Failure(Words::new(
                    format!("không ghi được {shown}: {error}"),
                    format!("cannot write {shown}: {error}"),
                )));
            }
        }
        Ok(())
    };
    for output in whole_scope(host, request, computed)? {
        put(output)?;
    }
    let nodes: Vec<usize> = each.collect();
    // A few at a time: a nation of workbooks is never held in memory at once.
    for some in nodes.chunks(64) {
        let books: Vec<Result<Output, Failure>> = some
            .par_iter()
            .map(|node| workbook(host, request, computed, *node, None))
            .collect();
        for book in books {
            put(book?)?;
        }
    }
    Ok((written, held))
}

/// The workbook of the scope, its tidy data, and the run record.
fn whole_scope(host: &dyn Host, request: &Request, computed: &Computed) -> Result<Vec<Output>, Failure> {
    let release = release(host, request, computed, 0)?;
    let report = report::build(&release, &request.catalogue, request.lang);
    let stem = request.workbook.as_deref().map_or_else(
        || stem(request, computed, 0),
        |name| name.trim_end_matches(".xlsx").to_owned(),
    );
    let xlsx = export::xlsx::write(&report).map_err(Failure::internal)?;
    let parquet = export::parquet::write(&report).map_err(Failure::internal)?;
    let mut outputs = vec![
        Output {
            name: format!("{stem}.xlsx"),
            bytes: xlsx,
        },
        Output {
            name: format!("{stem}.csv"),
            bytes: export::csv::write(&report),
        },
        Output {
            name: format!("{stem}.parquet"),
            bytes: parquet,
        },
    ];
    let names: Vec<String> = outputs.iter().map(|o| o.name.clone()).collect();
    outputs.push(Output {
        name: scope::RUN_RECORD.to_owned(),
        bytes: export::json::run_record(&report, &names).map_err(Failure::internal)?,
    });
    Ok(outputs)
}

fn workbook(
    host: &dyn Host,
    request: &Request,
    computed: &Computed,
    node: usize,
    name: Option<String>,
) -> Result<Output, Failure> {
    let release = release(host, request, computed, node)?;
    let report = report::build(&release, &request.catalogue, request.lang);
    let bytes = export::xlsx::write(&report).map_err(Failure::internal)?;
    let name = name.unwrap_or_else(|| format!("{}.xlsx", stem(request, computed, node)));
    Ok(Output { name, bytes })
}

fn release(host: &dyn Host, request: &Request, computed: &Computed, node: usize) -> Result<Release, Failure> {
    let made_on = request.date.unwrap_or_else(|| host.today());
    Release::make(content(request, computed, node, made_on), request.edition).map_err(|r| Failure(r.0))
}

/// `bao-cao-585-2024`: no diacritics in names we create.
fn stem(request: &Request, computed: &Computed, node: usize) -> String {
    let unit = &request.catalogue.localities.units[computed.tree.nodes[node].unit.0 as usize];
    let word = request.lang.pick("bao-cao", "report");
    format!("{word}-{}-{}", unit.code, computed.period.code())
}
