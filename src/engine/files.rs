//! Which files a run reads.
//!
//! Holds: whatever stands in a folder of the run is read, is known not to be data (outputs of ours,
//!        owner files, configuration, the office's own plan and log), or is told.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::giving_back::untouched;
use super::{Failure, Request};
use crate::host::{Found, Host, LARGEST_FILE, in_words, is_candidate};
use crate::intake::sha256;
use crate::lang::Words;
use crate::problem::{Kind, Place, Problem};

/// Written beside outputs; it names the files of ours in its folder, which are not read as data.
pub(super) const RUN_RECORD: &str = "bdg-run.json";

/// The reported figures behind a run, beside its record; further files have a number behind it.
pub(super) const KEPT_FACTS: &str = "bdg-facts";

/// Every file to read, sorted by name, and what stands among them but is no file.
pub(super) fn files(host: &dyn Host, request: &Request) -> Result<(Vec<Found>, Vec<Problem>), Failure> {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let aside = set_aside(request);
    for root in &request.roots {
        if host.is_folder(root) {
            let listing = host.list(root).map_err(|e| unreadable(root, in_words(&e)))?;
            let ours = written_by_us(host, &listing.files);
            let odd = listing
                .passed_over
                .into_iter()
                .filter(|(name, _)| is_candidate(name));
            problems.extend(odd.map(|(name, what)| Problem::new(Place::file(name), Kind::NotAFile { what })));
            let mut read = listing.files;
            read.retain(|f| is_candidate(&f.name) && !ours.contains(&f.name));
            // Names are looked at first: to ask the machine about every file would take long.
            let is_named = |f: &Found, path: &Path| path.file_name() == f.path.file_name();
            read.retain(|f| {
                !aside
                    .iter()
                    .any(|path| is_named(f, path) && host.same(path, &f.path))
            });
            found.extend(read);
        } else if host.exists(root) {
            let name = root
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            let path = root.clone();
            found.push(Found { name, path });
        } else {
            return Err(unreadable(root, in_words(&std::io::ErrorKind::NotFound.into())));
        }
    }
    found.sort();
    found.dedup();
    Ok((found, problems))
}

/// Files that the office named for another purpose: its plan, its log of received reports.
fn set_aside(request: &Request) -> Vec<PathBuf> {
    let plan = request.plan.iter().map(|plan| plan.file.as_str());
    let log = request.log.iter().map(|log| log.name.as_str());
    plan.chain(log).map(PathBuf::from).collect()
}

/// Files below the root that records of earlier runs name as outputs. A folder may hold both outputs
/// and reports that were sent in: only the former are passed over.
fn written_by_us(host: &dyn Host, files: &[Found]) -> BTreeSet<String> {
    let mut ours = BTreeSet::new();
    for file in files {
        let Some(folder) = file.name.strip_suffix(RUN_RECORD) else {
            continue;
        };
        if folder.is_empty() || folder.ends_with('/') {
            let record = host.read(&file.path).unwrap_or_default();
            let digest = |name: &str| {
                let below = format!("{folder}{name}");
                let file = files.iter().find(|f| f.name == below)?;
                Some(sha256(&host.read(&file.path).ok()?))
            };
            let names = recorded(&record).into_iter().chain(untouched(&record, digest));
            ours.extend(names.map(|n| format!("{folder}{n}")));
        }
    }
    ours
}

/// The outputs that a run record names; none if it is not one.
pub(super) fn recorded(record: &[u8]) -> Vec<String> {
    let record: serde_json::Value = serde_json::from_slice(record).unwrap_or_default();
    let files = record.get("files").and_then(|f| f.as_array());
    files
        .into_iter()
        .flatten()
        .filter_map(|f| f.as_str().map(str::to_owned))
        .collect()
}

pub(super) fn unreadable(path: &Path, reason: Words) -> Failure {
    let shown = path.display();
    Failure(Words::new(
        format!("không đọc được {shown}: {}", reason.vi),
        format!("cannot read {shown}: {}", reason.en),
    ))
}

/// A file that the machine does not give us.
pub(super) fn not_given(error: &std::io::Error) -> Kind {
    if error.kind() != std::io::ErrorKind::FileTooLarge {
        return Kind::FileUnreadable {
            reason: in_words(error),
        };
    }
    let megabytes = LARGEST_FILE >> 20;
    Kind::FileTooLarge {
        found: Words::new(format!("hơn {megabytes} MB"), format!("more than {megabytes} MB")),
        limit: Words::new(format!("{megabytes} MB"), format!("{megabytes} MB")),
    }
}
