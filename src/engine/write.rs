//! Outputs: workbooks, tidy data, and the record of the run.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::belonging::Belonging;
use super::{Computed, Failure, Progress, Request, Stage, content, facts, files};
use crate::definition::{Catalogue, identified};
use crate::disclosure::{Content, Release};
use crate::export::json::OutputFile;
use crate::host::{Host, Replaced, in_words};
use crate::intake::sha256;
use crate::lang::{Lang, Words};
use crate::origin::Sources;
use crate::period::Day;
use crate::problem::{Kind, Place, Problem};
use crate::{export, report};

/// Bytes for a file in the output folder.
struct Output {
    name: String,
    bytes: Vec<u8>,
}

/// Writes everything asked for. Returns what was written, that of the whole scope first, and files that
/// were held. Takes everything computed and lets go of what is no longer needed on the way.
pub(super) fn outputs(
    host: &dyn Host,
    request: &Request,
    computed: Computed,
    progress: &dyn Progress,
) -> Result<(Vec<PathBuf>, Vec<Problem>), Failure> {
    let made_on = request.date.unwrap_or_else(|| host.today());
    let mut writer = Writer::new(host, request, &computed.intake.sources);
    let nodes = &computed.tree.nodes;
    let level_of = |n: usize| request.catalogue.localities.unit(nodes[n].unit).level;
    let each = (1..nodes.len()).filter(|n| request.each == Some(level_of(*n)));
    let each: Vec<usize> = each.collect();
    // A few at a time: a nation of workbooks is never held in memory at once.
    let belonging = match each.is_empty() {
        true => Belonging::default(),
        false => Belonging::new(request, &computed),
    };
    if !each.is_empty() {
        progress.workbooks(each.len());
    }
    for some in each.chunks(64) {
        let books: Vec<Result<Output, Failure>> = some
            .par_iter()
            .map(|node| workbook(request, &computed, &belonging, *node, made_on))
            .collect();
        for book in books {
            let book = book?;
            let name = book.name.clone();
            writer.put(book)?;
            progress.workbook_written(&name);
        }
    }
    if !each.is_empty() {
        // What is left is one long work, not one more of many.
        progress.stage(Stage::Writing);
    }
    let of_units = std::mem::take(&mut writer.written);
    let stem = request.workbook.as_deref().map_or_else(
        || stem(request, &computed, 0),
        |name| name.trim_end_matches(".xlsx").to_owned(),
    );
    let of_facts;
    let report = {
        let release = release(request, content::whole(request, computed, made_on))?;
        if let Some(folder) = &request.facts {
            facts::write(&mut writer, request, &release, folder)?;
        }
        of_facts = std::mem::take(&mut writer.written);
        keep(&mut writer, &release, &request.catalogue)?;
        report::build(&release, &request.catalogue, request.lang)
    };
    let kept = std::mem::take(&mut writer.written);
    whole_scope(&mut writer, &stem, &report)?;
    let figures = writer.written.last().map(|path| file_name(path));
    writer.written.extend(kept.iter().cloned());
    writer.written.extend(of_units);
    let left = export::json::Left {
        files: writer.ours(),
        outputs: writer.outputs(),
        figures: figures.unwrap_or_default(),
        facts: kept.iter().map(|path| file_name(path)).collect(),
        definitions: identified(&request.catalogue.made_of),
    };
    writer.put(Output {
        name: files::RUN_RECORD.to_owned(),
        bytes: export::json::run_record(&report, &left).map_err(Failure::internal)?,
    })?;
    writer.written.extend(of_facts);
    Ok((writer.written, writer.held))
}

/// The reported figures behind everything, for comparing this run with another.
fn keep(writer: &mut Writer<'_>, release: &Release, catalogue: &Catalogue) -> Result<(), Failure> {
    let banner = release.banner(Lang::En).unwrap_or_default();
    for nth in 0..report::kept_files(release) {
        let pieces = report::kept_facts(release, catalogue, nth);
        let name = match nth {
            0 => format!("{}.parquet", files::KEPT_FACTS),
            nth => format!("{}-{}.parquet", files::KEPT_FACTS, nth + 1),
        };
        let bytes = export::parquet::kept(pieces, banner).map_err(Failure::internal)?;
        writer.put(Output { name, bytes })?;
    }
    Ok(())
}

/// Puts files into the output folder.
pub(super) struct Writer<'a> {
    pub host: &'a dyn Host,
    request: &'a Request,
    /// Names of the files that were read.
    inputs: BTreeSet<String>,
    pub written: Vec<PathBuf>,
    outputs: Vec<OutputFile>,
    held: Vec<Problem>,
    /// Folders in which nothing of killed runs is left.
    swept: BTreeSet<PathBuf>,
}

impl<'a> Writer<'a> {
    pub fn new(host: &'a dyn Host, request: &'a Request, sources: &Sources) -> Writer<'a> {
        Writer {
            host,
            request,
            inputs: sources.files.iter().map(|f| f.name.clone()).collect(),
            written: Vec::new(),
            outputs: Vec::new(),
            held: Vec::new(),
            swept: BTreeSet::new(),
        }
    }

    /// Outputs that were held by another program and stand under another name.
    pub fn held(self) -> Vec<Problem> {
        self.held
    }

    fn put(&mut self, output: Output) -> Result<(), Failure> {
        let path = self.request.output.join(&output.name);
        let path = self.replace(&path, &output.bytes)?;
        self.outputs.push(OutputFile {
            name: file_name(&path),
            bytes: output.bytes.len() as u64,
            sha256: sha256(&output.bytes),
        });
        self.written.push(path);
        Ok(())
    }

    /// What was put into the output folder, by name.
    fn outputs(&self) -> Vec<OutputFile> {
        let mut outputs = self.outputs.clone();
        outputs.sort();
        outputs
    }

    /// Writes a file; returns under which name. Never one that was read.
    pub fn replace(&mut self, path: &Path, bytes: &[u8]) -> Result<PathBuf, Failure> {
        if self.is_input(path) {
            let shown = path.display();
            return Err(Failure(Words::new(
                format!("không ghi đè báo cáo đã nhận {shown}; hãy ghi vào nơi khác"),
                format!("a received report is not overwritten: {shown}; write to another place"),
            )));
        }
        if let Some(folder) = path.parent().filter(|f| !self.swept.contains(*f)) {
            self.host.sweep(folder);
            self.swept.insert(folder.to_path_buf());
        }
        match self.host.replace(path, bytes) {
            Ok(Replaced::AsAsked) => Ok(path.to_path_buf()),
            Ok(Replaced::Instead(other)) => {
                let kind = Kind::OutputHeld {
                    path: file_name(path),
                    instead: file_name(&other),
                };
                self.held.push(Problem::new(Place::default(), kind));
                Ok(other)
            }
            Err(error) => {
                let (shown, why) = (path.display(), in_words(&error));
                Err(Failure(Words::new(
                    format!("không ghi được {shown}: {}", why.vi),
                    format!("cannot write {shown}: {}", why.en),
                )))
            }
        }
    }

    /// One of the files that were read.
    fn is_input(&self, path: &Path) -> bool {
        let whole = |p: &Path| std::path::absolute(p).unwrap_or_else(|_| p.to_path_buf());
        let path = whole(path);
        let roots = &self.request.roots;
        roots.iter().any(|root| {
            let root = whole(root);
            let below = path.strip_prefix(&root).ok();
            let name = below.map(|p| p.to_string_lossy().replace('\\', "/"));
            root == path || name.is_some_and(|name| self.inputs.contains(&name))
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

/// The workbook of the scope and its tidy data, one after the other.
fn whole_scope(writer: &mut Writer<'_>, stem: &str, report: &report::Report) -> Result<(), Failure> {
    writer.put(Output {
        name: format!("{stem}.xlsx"),
        bytes: export::xlsx::write(report).map_err(Failure::internal)?,
    })?;
    writer.put(Output {
        name: format!("{stem}.csv"),
        bytes: export::csv::write(report),
    })?;
    writer.put(Output {
        name: format!("{stem}.parquet"),
        bytes: export::parquet::write(report).map_err(Failure::internal)?,
    })
}

fn workbook(
    request: &Request,
    computed: &Computed,
    belonging: &Belonging,
    node: usize,
    made_on: Day,
) -> Result<Output, Failure> {
    let content = content::of_unit(request, computed, belonging, node, made_on);
    let release = release(request, content)?;
    let report = report::build(&release, &request.catalogue, request.lang);
    let bytes = export::xlsx::write(&report).map_err(Failure::internal)?;
    let name = format!("{}.xlsx", stem(request, computed, node));
    Ok(Output { name, bytes })
}

fn release(request: &Request, content: Content) -> Result<Release, Failure> {
    Release::make(content, request.edition).map_err(|r| Failure(r.0))
}

/// `bao-cao-585-2024`: no diacritics in names we create.
fn stem(request: &Request, computed: &Computed, node: usize) -> String {
    let unit = &request.catalogue.localities.units[computed.tree.nodes[node].unit.0 as usize];
    let word = request.lang.pick("bao-cao", "report");
    format!("{word}-{}-{}", unit.code, computed.period.code())
}
