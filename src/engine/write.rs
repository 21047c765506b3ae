//! Outputs: workbooks, tidy data, and the record of the run.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::content::content;
use super::{Computed, Failure, Request, files};
use crate::disclosure::Release;
use crate::host::{Host, Replaced, in_words};
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
    let mut writer = Writer {
        host,
        request,
        computed,
        written: Vec::new(),
        held: Vec::new(),
    };
    let release = release(host, request, computed, 0)?;
    let report = report::build(&release, &request.catalogue, request.lang);
    for output in whole_scope(request, computed, &report)? {
        writer.put(output)?;
    }
    let nodes: Vec<usize> = each.collect();
    // A few at a time: a nation of workbooks is never held in memory at once.
    for some in nodes.chunks(64) {
        let books: Vec<Result<Output, Failure>> = some
            .par_iter()
            .map(|node| workbook(host, request, computed, *node))
            .collect();
        for book in books {
            writer.put(book?)?;
        }
    }
    let names = writer.ours();
    writer.put(Output {
        name: files::RUN_RECORD.to_owned(),
        bytes: export::json::run_record(&report, &names).map_err(Failure::internal)?,
    })?;
    Ok((writer.written, writer.held))
}

/// Puts files into the output folder.
struct Writer<'a> {
    host: &'a dyn Host,
    request: &'a Request,
    computed: &'a Computed,
    written: Vec<PathBuf>,
    held: Vec<Problem>,
}

impl Writer<'_> {
    fn put(&mut self, output: Output) -> Result<(), Failure> {
        let path = self.request.output.join(&output.name);
        if self.is_input(&path) {
            let shown = path.display();
            return Err(Failure(Words::new(
                format!("không ghi đè báo cáo đã nhận {shown}; hãy chọn tên khác với -o"),
                format!("a received report is not overwritten: {shown}; choose another name with -o"),
            )));
        }
        match self.host.replace(&path, &output.bytes) {
            Ok(Replaced::AsAsked) => self.written.push(path),
            Ok(Replaced::Instead(other)) => {
                let kind = Kind::OutputHeld {
                    path: file_name(&path),
                    instead: file_name(&other),
                };
                self.held.push(Problem::new(Place::default(), kind));
                self.written.push(other);
            }
            Err(error) => {
                let (shown, why) = (path.display(), in_words(&error));
                return Err(Failure(Words::new(
                    format!("không ghi được {shown}: {}", why.vi),
                    format!("cannot write {shown}: {}", why.en),
                )));
            }
        }
        Ok(())
    }

    /// One of the files that were read.
    fn is_input(&self, path: &Path) -> bool {
        let whole = |p: &Path| std::path::absolute(p).unwrap_or_else(|_| p.to_path_buf());
        let path = whole(path);
        let roots = &self.request.roots;
        roots.iter().any(|root| {
            let files = &self.computed.intake.sources.files;
            whole(root) == path || files.iter().any(|f| whole(&root.join(&f.name)) == path)
        })
    }

    /// Names of all files of ours in the folder: those written now, and those of earlier runs that
    /// are still there. The next run does not take them for reports that were sent in.
    fn ours(&self) -> Vec<String> {
        let folder = &self.request.output;
        let mut names: Vec<String> = self.written.iter().map(|p| file_name(p)).collect();
        let earlier = self
            .host
            .read(&folder.join(files::RUN_RECORD))
            .unwrap_or_default();
        names.extend(
            files::recorded(&earlier)
                .into_iter()
                .filter(|n| self.host.exists(&folder.join(n))),
        );
        names.sort();
        names.dedup();
        names
    }
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    name.unwrap_or_default()
}

/// The workbook of the scope and its tidy data.
fn whole_scope(
    request: &Request,
    computed: &Computed,
    report: &report::Report,
) -> Result<Vec<Output>, Failure> {
    let stem = request.workbook.as_deref().map_or_else(
        || stem(request, computed, 0),
        |name| name.trim_end_matches(".xlsx").to_owned(),
    );
    let xlsx = export::xlsx::write(report).map_err(Failure::internal)?;
    let parquet = export::parquet::write(report).map_err(Failure::internal)?;
    Ok(vec![
        Output {
            name: format!("{stem}.xlsx"),
            bytes: xlsx,
        },
        Output {
            name: format!("{stem}.csv"),
            bytes: export::csv::write(report),
        },
        Output {
            name: format!("{stem}.parquet"),
            bytes: parquet,
        },
    ])
}

fn workbook(host: &dyn Host, request: &Request, computed: &Computed, node: usize) -> Result<Output, Failure> {
    let release = release(host, request, computed, node)?;
    let report = report::build(&release, &request.catalogue, request.lang);
    let bytes = export::xlsx::write(&report).map_err(Failure::internal)?;
    let name = format!("{}.xlsx", stem(request, computed, node));
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
