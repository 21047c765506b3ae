//! The run record as JSON: keys and codes are never translated.

use serde_json::{Map, Value, json};

use super::ExportError;
use crate::classification::locality::Level;
use crate::definition::MadeOf;
use crate::disclosure::Asked;
use crate::intake::sha256;
use crate::recast::Boundaries;
use crate::report::{FactColumn, Report, fact_columns, unit_columns};

/// Version of the shape of the record of a folder of figures; raised when a key changes its meaning.
const VERSION: u32 = 1;
/// The same of the record of a run. Since 2 it says all that its figures depend on and where they are kept.
pub const RUN_VERSION: u32 = 2;

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

/// What a run has written beside its record.
#[derive(Debug, Clone, Default)]
pub struct Left {
    /// Names of all files of ours in the folder, those of earlier runs too: none is read as a report.
    pub files: Vec<String>,
    /// Those written now.
    pub outputs: Vec<OutputFile>,
    /// Name of the file with all figures.
    pub figures: String,
    /// Names of the files with the reported figures behind them.
    pub facts: Vec<String>,
    pub definitions: Vec<MadeOf>,
}

/// A file as it was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutputFile {
    pub name: String,
    pub bytes: u64,
    /// In lower-case hexadecimal digits.
    pub sha256: String,
}

/// Everything that the figures of a run depend on, what came of it, and where what was computed is kept.
pub fn run_record(report: &Report, left: &Left) -> Result<Vec<u8>, ExportError> {
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
                "provisional": c.provisional, "if_all_report": c.if_all_report,
            })
        })
        .collect();
    let targets: Vec<Value> = r
        .targets
        .iter()
        .map(|t| json!({ "target": t.target, "verdict": t.verdict, "provisional": t.provisional }))
        .collect();
    let definitions = left.definitions.iter().map(|d| {
        let mut file = json!({ "file": d.path, "sha256": d.sha256 });
        if let (Some(text), Some(file)) = (&d.text, file.as_object_mut()) {
            file.insert("text".to_owned(), json!(text));
        }
        file
    });
    let outputs = left.outputs.iter();
    let outputs = outputs.map(|o| json!({ "name": o.name, "bytes": o.bytes, "sha256": o.sha256 }));
    let record = json!({
        "record_version": RUN_VERSION,
        "program_version": r.program_version,
        "catalogue_version": r.catalogue_version,
        "catalogue_sha256": digest(&left.definitions),
        "asked": asked(&r.asked),
        "boundaries_on": r.boundaries_on,
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
        "definitions": definitions.collect::<Vec<_>>(),
        "outputs": outputs.collect::<Vec<_>>(),
        "kept": { "figures": left.figures, "facts": left.facts },
        "files": left.files,
    });
    bytes(&record)
}

fn asked(asked: &Asked) -> Value {
    let boundaries = match asked.boundaries {
        Boundaries::OfThePeriod => "of-the-period".to_owned(),
        Boundaries::AsReported => "as-reported".to_owned(),
        Boundaries::On(day) => day.to_string(),
    };
    let variants = asked.variants.iter();
    let variants: Map<String, Value> = variants.map(|(i, v)| (i.clone(), json!(v))).collect();
    let plan = asked.plan.as_ref();
    json!({
        "locality": asked.locality,
        "boundaries": boundaries,
        "programmes": asked.programmes,
        "variants": variants,
        "tolerance_tenths": asked.tolerance_tenths,
        "minimum_coverage_percent": asked.minimum_coverage_percent,
        "coverage_of": asked.coverage_of,
        "each": asked.each.map(Level::code),
        "plan": plan.map(|(id, text)| json!({ "id": id, "sha256": sha256(text.as_bytes()), "text": text })),
        "received_log_sha256": asked.log,
    })
}

/// One digest for the whole catalogue: of the paths and digests of its files, in their order.
fn digest(definitions: &[MadeOf]) -> String {
    let lines = definitions.iter().map(|d| format!("{} {}\n", d.sha256, d.path));
    sha256(lines.collect::<String>().as_bytes())
}

fn bytes(record: &Value) -> Result<Vec<u8>, ExportError> {
    let mut bytes = serde_json::to_vec_pretty(record).map_err(|e| ExportError::new("json", e))?;
    bytes.push(b'\n');
    Ok(bytes)
}
