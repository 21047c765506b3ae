//! Columns of a Parquet file of ours.

use arrow::array::{Array, AsArray, BooleanArray, Float64Array, Int64Array};
use arrow::datatypes::Int32Type;
use arrow::record_batch::RecordBatch;
use bytes::Bytes;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::Unreadable;

/// Rows read at once.
const ROWS: usize = 1 << 16;

/// The file, some rows at a time.
pub(super) fn batches(
    bytes: Vec<u8>,
) -> Result<impl Iterator<Item = Result<RecordBatch, Unreadable>>, Unreadable> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes))
        .and_then(|builder| builder.with_batch_size(ROWS).build())
        .map_err(|_| Unreadable::damaged())?;
    Ok(reader.map(|batch| batch.map_err(|_| Unreadable::damaged())))
}

/// A column of texts, each kept once.
pub(super) struct Texts<'b> {
    keys: &'b arrow::array::PrimitiveArray<Int32Type>,
    texts: &'b arrow::array::StringArray,
}

impl<'b> Texts<'b> {
    /// The number of the text of a row.
    pub fn number(&self, row: usize) -> Option<usize> {
        (!self.keys.is_null(row)).then(|| usize::try_from(self.keys.value(row)).ok())?
    }

    /// The text of a row; empty where there is none.
    pub fn at(&self, row: usize) -> &'b str {
        self.number(row).map_or("", |n| self.texts.value(n))
    }

    /// All texts by number.
    pub fn all(&self) -> impl Iterator<Item = &'b str> + use<'b> {
        self.texts.iter().map(Option::unwrap_or_default)
    }
}

pub(super) fn texts<'b>(batch: &'b RecordBatch, name: &str) -> Result<Texts<'b>, Unreadable> {
    let column = batch.column_by_name(name).ok_or_else(Unreadable::damaged)?;
    let dictionary = column
        .as_dictionary_opt::<Int32Type>()
        .ok_or_else(Unreadable::damaged)?;
    let texts = dictionary
        .values()
        .as_string_opt::<i32>()
        .ok_or_else(Unreadable::damaged)?;
    let texts = Texts {
        keys: dictionary.keys(),
        texts,
    };
    Ok(texts)
}

pub(super) fn integers<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b Int64Array, Unreadable> {
    let column = batch.column_by_name(name).ok_or_else(Unreadable::damaged)?;
    column.as_primitive_opt().ok_or_else(Unreadable::damaged)
}

pub(super) fn decimals<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b Float64Array, Unreadable> {
    let column = batch.column_by_name(name).ok_or_else(Unreadable::damaged)?;
    column.as_primitive_opt().ok_or_else(Unreadable::damaged)
}

pub(super) fn yes_no<'b>(batch: &'b RecordBatch, name: &str) -> Result<&'b BooleanArray, Unreadable> {
    let column = batch.column_by_name(name).ok_or_else(Unreadable::damaged)?;
    column.as_boolean_opt().ok_or_else(Unreadable::damaged)
}
