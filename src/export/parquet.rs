//! The tidy data as Parquet: typed columns, zstd, nothing that varies between runs.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray,
};
use arrow::datatypes::{DataType, Field, Int32Type, Schema};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use super::ExportError;
use crate::report::{FactPart, Frame, Report, Values};

pub fn write(report: &Report) -> Result<Vec<u8>, ExportError> {
    let frame = report
        .data()
        .ok_or_else(|| ExportError::new("parquet", "the report has no tidy table"))?;
    let record = report.record();
    let metadata = [
        ("program_version", record.program_version.as_str()),
        ("catalogue_version", &record.catalogue_version),
        ("locality", &record.locality),
        ("period", &record.period),
        ("edition", record.edition),
        ("banner", report.banner().unwrap_or_default()),
    ];
    file(frame, &metadata)
}

/// One part of the reported figures.
pub fn facts(part: &FactPart) -> Result<Vec<u8>, ExportError> {
    let version = ("program_version", env!("CARGO_PKG_VERSION"));
    file(part.frame(), &[version, ("banner", part.banner())])
}

/// Reported figures kept with a run, piece by piece: each is a row group of its own.
pub fn kept(pieces: impl Iterator<Item = Frame>, banner: &str) -> Result<Vec<u8>, ExportError> {
    let version = ("program_version", env!("CARGO_PKG_VERSION"));
    pieces_of(pieces, &[version, ("banner", banner)])
}

fn file(frame: &Frame, metadata: &[(&str, &str)]) -> Result<Vec<u8>, ExportError> {
    let batch = batch(frame)?;
    let mut writer = writer(&batch, metadata)?;
    writer.write(&batch).map_err(failed)?;
    writer.into_inner().map_err(failed)
}

fn pieces_of(pieces: impl Iterator<Item = Frame>, metadata: &[(&str, &str)]) -> Result<Vec<u8>, ExportError> {
    let mut open: Option<ArrowWriter<Vec<u8>>> = None;
    for piece in pieces {
        let batch = batch(&piece)?;
        let mut writer = match open.take() {
            Some(writer) => writer,
            None => writer(&batch, metadata)?,
        };
        writer
            .write(&batch)
            .and_then(|()| writer.flush())
            .map_err(failed)?;
        open = Some(writer);
    }
    open.map_or(Ok(Vec::new()), |writer| writer.into_inner().map_err(failed))
}

fn failed(error: parquet::errors::ParquetError) -> ExportError {
    ExportError::new("parquet", error)
}

fn writer(batch: &RecordBatch, metadata: &[(&str, &str)]) -> Result<ArrowWriter<Vec<u8>>, ExportError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_created_by("bdg".to_owned())
        .set_key_value_metadata(Some(
            metadata
                .iter()
                .map(|(key, value)| KeyValue::new((*key).to_owned(), (*value).to_owned()))
                .collect(),
        ))
        .build();
    ArrowWriter::try_new(Vec::new(), batch.schema(), Some(properties)).map_err(failed)
}

fn batch(frame: &Frame) -> Result<RecordBatch, ExportError> {
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    for column in &frame.columns {
        let array: ArrayRef = match &column.values {
            Values::Text { texts, index } => {
                let keys: Int32Array = index
                    .iter()
                    .map(|i| i.and_then(|i| i32::try_from(i).ok()))
                    .collect();
                let texts = Arc::new(StringArray::from_iter_values(texts));
                Arc::new(
                    DictionaryArray::<Int32Type>::try_new(keys, texts)
                        .map_err(|e| ExportError::new("parquet", e))?,
                )
            }
            Values::Integer(values) => Arc::new(values.iter().copied().collect::<Int64Array>()),
            Values::Decimal(values) => Arc::new(
                values
                    .iter()
                    .map(|v| v.map(|v| v.to_f64()))
                    .collect::<Float64Array>(),
            ),
            Values::YesNo(values) => Arc::new(BooleanArray::from(values.clone())),
        };
        let kind: DataType = array.data_type().clone();
        fields.push(Field::new(column.id, kind, true));
        columns.push(array);
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(|e| ExportError::new("parquet", e))
}
