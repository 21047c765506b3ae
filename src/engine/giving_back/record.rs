//! Which files of a folder went back to units: the next run does not read them as reports, unless somebody mended one.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value, json};

use super::super::files::RUN_RECORD;
use super::super::write::Writer;
use super::Failure;

/// The name of a file below a folder, with `/`.
pub(super) fn below(folder: &Path, path: &Path) -> Option<String> {
    let below = path.strip_prefix(folder).ok()?;
    let parts: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
    Some(parts.join("/"))
}

/// Adds the files to the record of the folder, each with the digest of its bytes.
pub(super) fn note(
    writer: &mut Writer<'_>,
    folder: &Path,
    written: &BTreeMap<String, String>,
) -> Result<(), Failure> {
    if written.is_empty() {
        return Ok(());
    }
    let path = folder.join(RUN_RECORD);
    let before = writer.host.read(&path).unwrap_or_default();
    let mut record: Map<String, Value> = serde_json::from_slice(&before).unwrap_or_default();
    let mut all: BTreeMap<String, String> = returned(&before).into_iter().collect();
    all.extend(written.clone());
    let all: Vec<Value> = all
        .into_iter()
        .map(|(name, sha256)| json!({ "name": name, "sha256": sha256 }))
        .collect();
    record.insert("returned".to_owned(), Value::Array(all));
    let mut bytes = serde_json::to_vec_pretty(&record).map_err(Failure::internal)?;
    bytes.push(b'\n');
    writer.replace(&path, &bytes).map(|_| ())
}

/// Name and digest of each file that a record names as returned.
fn returned(record: &[u8]) -> Vec<(String, String)> {
    let record: Value = serde_json::from_slice(record).unwrap_or_default();
    let files = record.get("returned").and_then(Value::as_array);
    let text = |file: &Value, key: &str| file.get(key).and_then(Value::as_str).map(str::to_owned);
    let files = files.into_iter().flatten();
    files
        .filter_map(|file| Some((text(file, "name")?, text(file, "sha256")?)))
        .collect()
}

/// The files that are still as they went back. `digest`: that of a file of the record's folder, if it is there.
pub fn untouched(record: &[u8], digest: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let unchanged = |(name, sha256): &(String, String)| digest(name).as_deref() == Some(sha256);
    let all = returned(record).into_iter().filter(unchanged);
    all.map(|(name, _)| name).collect()
}
