//! The reported figures as parts for other engines, in a folder of their own.
//!
//! Holds: every file of ours in the folder is named by its record before it is there, so that a run over a
//!        folder that holds it never takes one for a report; the record says `complete` once all are whole.

use std::collections::BTreeSet;
use std::path::Path;

use super::files::{RUN_RECORD, recorded};
use super::write::Writer;
use super::{Failure, Request};
use crate::disclosure::Release;
use crate::{export, report};

/// Name of the file of each part.
const PART: &str = "bdg.parquet";

pub(super) fn write(
    writer: &mut Writer<'_>,
    request: &Request,
    release: &Release,
    folder: &Path,
) -> Result<(), Failure> {
    let record = folder.join(RUN_RECORD);
    let earlier = recorded(&writer.host.read(&record).unwrap_or_default());
    let name = |part: &report::FactPart| format!("{}/{PART}", part.folder());
    let now: BTreeSet<String> = report::fact_folders(release, &request.catalogue)
        .into_iter()
        .map(|folder| format!("{folder}/{PART}"))
        .collect();
    let all: BTreeSet<String> = earlier.iter().chain(&now).cloned().collect();
    let say = |names: &BTreeSet<String>, complete: bool| {
        export::json::facts_record(names, complete).map_err(Failure::internal)
    };
    writer.replace(&record, &say(&all, false)?)?;
    for part in report::fact_parts(release, &request.catalogue) {
        let bytes = export::parquet::facts(&part).map_err(Failure::internal)?;
        writer.replace(&folder.join(name(&part)), &bytes)?;
    }
    // Parts of an earlier run that this one has no figures for would be counted as if it had.
    let stale = earlier.iter().filter(|n| n.ends_with(PART) && !now.contains(*n));
    for name in stale {
        // Already gone is as good.
        let _ = writer.host.remove(&folder.join(name));
    }
    let kept = all.into_iter().filter(|n| now.contains(n) || !n.ends_with(PART));
    writer.replace(&record, &say(&kept.collect(), true)?)?;
    writer.written.push(record);
    Ok(())
}
