//! What one file gave, as bytes: as it crosses between processes.
//!
//! Holds: a list of persons is never kept; what is not exactly the reading asked for is no reading.

use crate::intake::FileReading;
use crate::problem::carried::{Carried, taken};
use crate::problem::{Kind, Problem};

/// None if it cannot be kept: the file was not opened, or is about single persons.
pub(super) fn encode(reading: &FileReading) -> Option<Vec<u8>> {
    let about_persons = |p: &Problem| {
        matches!(
            p.kind,
            Kind::ListOfPersons { .. } | Kind::ListNotCounted { .. } | Kind::PersonsInTwoFiles { .. }
        )
    };
    let persons = reading.sheets.iter().any(|s| !s.persons.is_empty());
    if !reading.opened || persons || reading.problems.iter().any(about_persons) {
        return None;
    }
    let mut out = Vec::new();
    reading.put(&mut out);
    Some(out)
}

/// The reading of the file of this name and digest.
pub(super) fn decode(bytes: &[u8], name: &str, sha256: &str) -> Option<FileReading> {
    taken::<FileReading>(bytes).filter(|reading| reading.name == name && reading.sha256 == sha256)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever stands in a damaged file: it is no reading of the one that was asked for, and no failure.
        #[test]
        fn other_bytes_are_no_reading(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(decode(&bytes, "a.xlsx", "digest").is_none());
        }
    }
}
