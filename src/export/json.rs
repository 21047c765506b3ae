//! The run record as JSON: keys and codes are never translated.

use serde_json::{Value, json};

use super::ExportError;
use crate::report::{FactColumn, Report, fact_columns, unit_columns};

/// Version of the record's shape; raised when a key changes its meaning.
const VERSION: u32 = 1;

/// The record of a folder of reported figures: its files, and what their columns mean.
pub fn facts_record<'n>(
    files: impl IntoIterator<Item = &'n String>,
    complete: bool,
) -> Result<Vec<u8>, ExportError> {
    let described = |columns: Vec<FactColumn>| -> Vec<Value> {
        let columns = columns.into_iter();
        columns
            .map(|(name, kind, words)| json!({ "name": name, "type": kind, "vi": words.vi, "en": words.en }))
            .collect()
    };
    let record = json!({
        "record_version": VERSION,
        "program_version": env!("CARGO_PKG_VERSION"),
        "complete": complete,
        "columns": described(fact_columns()),
        "unit_columns": described(unit_columns()),
        "files": files.into_iter().collect::<Vec<_>>(),
    });
    bytes(&record)
}

/// `files` are the names written beside the record, in the order they were written.
pub fn run_record(report: &Report, files: &[String]) -> Result<Vec<u8>, ExportError> {
    let r = report.record();
    let inputs: Vec<Value> = r
        .inputs
        .iter()
        .map(|i| {
            json!({
                "name": i.name, "kind": i.kind, "bytes": i.bytes, "sha256": i.sha256, "outcome": i.outcome,
            })
        })
        .collect();
    let problems: Vec<Value> = r
        .problems
        .iter()
        .map(|p| {
            json!({
                "name": p.name, "severity": p.severity, "count": p.count, "figures_left_out": p.left_out,
            })
        })
        .collect();
    let coverage: Vec<Value> = r
        .coverage
        .iter()
        .map(|c| {
            json!({
                "indicator": c.indicator, "reported": c.reported, "expected": c.expected, "verdict": c.verdict,
            })
        })
        .collect();
    let targets: Vec<Value> = r
        .targets
        .iter()
        .map(|(target, verdict)| json!({ "target": target, "verdict": verdict }))
        .collect();
    let record = json!({
        "record_version": VERSION,
        "program_version": r.program_version,
        "catalogue_version": r.catalogue_version,
        "language": r.language,
        "edition": r.edition,
        "locality": r.locality,
        "period": r.period,
        "made_on": r.made_on,
        "provisional": r.provisional,
        "figures": r.figures,
        "facts": r.facts,
        "inputs": inputs,
        "problems": problems,
        "coverage": coverage,
        "targets": targets,
        "files": files,
    });
    bytes(&record)
}

fn bytes(record: &Value) -> Result<Vec<u8>, ExportError> {
    let mut bytes = serde_json::to_vec_pretty(record).map_err(|e| ExportError::new("json", e))?;
    bytes.push(b'\n');
    Ok(bytes)
}
