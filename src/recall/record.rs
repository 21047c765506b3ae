//! `bdg-run.json`, read back.

use serde_json::Value;

use super::Unreadable;
use crate::classification::locality::Level;
use crate::definition::MadeOf;
use crate::disclosure::Asked;
use crate::export::json::RUN_VERSION;
use crate::origin::FileOutcome;
use crate::period::{Day, Period};
use crate::recast::Boundaries;

pub use crate::export::json::OutputFile;

/// The record of a run.
#[derive(Debug, Clone)]
pub struct Record {
    pub program_version: String,
    pub catalogue_version: String,
    pub catalogue_sha256: String,
    pub asked: Asked,
    /// Code of the place reported on.
    pub locality: String,
    pub period: Period,
    pub boundaries_on: Day,
    pub made_on: String,
    pub inputs: Vec<Input>,
    pub definitions: Vec<MadeOf>,
    pub outputs: Vec<OutputFile>,
    /// Name of the file with all figures.
    pub figures: String,
    /// Names of the files with the reported figures behind them.
    pub facts: Vec<String>,
}

/// A file that the run read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    pub name: String,
    pub sha256: String,
    pub outcome: FileOutcome,
}

impl Record {
    /// How the run wrote a file.
    pub fn output(&self, name: &str) -> Option<&OutputFile> {
        self.outputs.iter().find(|output| output.name == name)
    }
}

/// Reads a record. `Err` says whether it is damaged, foreign, older or newer.
pub fn record(bytes: &[u8]) -> Result<Record, Unreadable> {
    let record: Value = serde_json::from_slice(bytes).map_err(|_| {
        Unreadable::new(
            "tệp bị hỏng, không phải là JSON; hãy chạy lại bdg report",
            "the file is damaged, it is no JSON; run bdg report again",
        )
    })?;
    let program = text(&record, "program_version").unwrap_or_default();
    let version = record.get("record_version").and_then(Value::as_u64);
    if record.get("columns").is_some() {
        return Err(Unreadable::new(
            "là bản ghi của report --facts, không phải của một lần lập báo cáo; hãy chỉ thư mục ghi báo cáo (-o)",
            "it is the record of report --facts, not of a report; name the folder that the report was written to (-o)",
        ));
    }
    match version {
        None => {
            return Err(Unreadable::new(
                "không phải là bản ghi của bdg report",
                "it is not a record of bdg report",
            ));
        }
        Some(version) if version < u64::from(RUN_VERSION) => {
            return Err(Unreadable::new(
                format!(
                    "do bdg {program} ghi (bản ghi loại {version}), chưa kèm số liệu đã đọc; hãy chạy lại bdg report bằng phiên bản này"
                ),
                format!(
                    "it was written by bdg {program} (record version {version}), without the figures behind it; run bdg report again with this version"
                ),
            ));
        }
        Some(version) if version > u64::from(RUN_VERSION) => {
            return Err(Unreadable::new(
                format!(
                    "do bdg {program} ghi (bản ghi loại {version}), mới hơn chương trình này; hãy dùng phiên bản đó"
                ),
                format!(
                    "it was written by bdg {program} (record version {version}), newer than this program; use that version"
                ),
            ));
        }
        Some(_) => {}
    }
    whole(&record).ok_or_else(Unreadable::damaged)
}

fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key)?.as_str().map(str::to_owned)
}

fn list<'v>(value: &'v Value, key: &str) -> Option<&'v Vec<Value>> {
    value.get(key)?.as_array()
}

fn texts(value: &Value, key: &str) -> Option<Vec<String>> {
    let all = list(value, key)?.iter();
    all.map(|v| v.as_str().map(str::to_owned)).collect()
}

fn whole(record: &Value) -> Option<Record> {
    let inputs = list(record, "inputs")?.iter().map(|input| {
        Some(Input {
            name: text(input, "name")?,
            sha256: text(input, "sha256")?,
            outcome: FileOutcome::parse(&text(input, "outcome")?)?,
        })
    });
    let definitions = list(record, "definitions")?.iter().map(|file| {
        Some(MadeOf {
            path: text(file, "file")?,
            sha256: text(file, "sha256")?,
            text: text(file, "text"),
        })
    });
    let outputs = list(record, "outputs")?.iter().map(|output| {
        Some(OutputFile {
            name: text(output, "name").filter(|name| is_plain(name))?,
            bytes: output.get("bytes")?.as_u64()?,
            sha256: text(output, "sha256")?,
        })
    });
    let kept = record.get("kept")?;
    Some(Record {
        program_version: text(record, "program_version")?,
        catalogue_version: text(record, "catalogue_version")?,
        catalogue_sha256: text(record, "catalogue_sha256")?,
        asked: asked(record.get("asked")?)?,
        locality: text(record, "locality")?,
        period: Period::parse(&text(record, "period")?)?,
        boundaries_on: Day::parse(&text(record, "boundaries_on")?)?,
        made_on: text(record, "made_on")?,
        inputs: inputs.collect::<Option<_>>()?,
        definitions: definitions.collect::<Option<_>>()?,
        outputs: outputs.collect::<Option<_>>()?,
        figures: text(kept, "figures")?,
        facts: texts(kept, "facts")?,
    })
}

/// A name in the folder of the record, nothing that leads elsewhere.
fn is_plain(name: &str) -> bool {
    !name.is_empty() && name != ".." && !name.contains(['/', '\\', ':'])
}

fn asked(asked: &Value) -> Option<Asked> {
    let variants = asked.get("variants")?.as_object()?.iter();
    let plan = match asked.get("plan")? {
        Value::Null => None,
        plan => Some((text(plan, "id")?, text(plan, "text")?)),
    };
    Some(Asked {
        locality: text(asked, "locality"),
        boundaries: match text(asked, "boundaries")?.as_str() {
            "of-the-period" => Boundaries::OfThePeriod,
            other => Boundaries::parse(other)?,
        },
        programmes: texts(asked, "programmes")?,
        variants: variants
            .map(|(i, v)| Some((i.clone(), v.as_str()?.to_owned())))
            .collect::<Option<_>>()?,
        tolerance_tenths: asked.get("tolerance_tenths")?.as_i64()?,
        minimum_coverage_percent: u8::try_from(asked.get("minimum_coverage_percent")?.as_u64()?).ok()?,
        coverage_of: match asked.get("coverage_of") {
            None => Default::default(),
            Some(own) => own
                .as_object()?
                .iter()
                .map(|(id, percent)| Some((id.clone(), u8::try_from(percent.as_u64()?).ok()?)))
                .collect::<Option<_>>()?,
        },
        each: text(asked, "each").and_then(|code| Level::parse(&code)),
        plan,
        log: text(asked, "received_log_sha256"),
    })
}
