//! A file of the cache: for whom it was made, then entries one after the other, each with its digest.
//!
//! Holds: an entry that is not exactly what was written is passed over, with all that follows it.

use std::ops::Range;

use sha2::{Digest, Sha256};

/// The first bytes. The number goes up when anything here or in what is carried changes its meaning.
const MAGIC: &[u8; 16] = b"bdg-cache 2\n\0\0\0\0";
/// Bytes of an entry before its content: key, length, digest.
const HEAD: usize = 32 + 4 + 8;

/// SHA-256.
pub(super) type Digest32 = [u8; 32];

/// For whom entries are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    /// Program and catalogue.
    pub program: Digest32,
    /// Place and period that were taken for granted.
    pub settings: Digest32,
}

pub(super) fn digest(parts: &[&[u8]]) -> Digest32 {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn seal(key: &Digest32, content: &[u8]) -> [u8; 8] {
    let mut sealed = [0; 8];
    sealed.copy_from_slice(&digest(&[key, content])[..8]);
    sealed
}

/// A segment without entries.
pub(super) fn begin(identity: &Identity) -> Vec<u8> {
    [MAGIC.as_slice(), &identity.program, &identity.settings].concat()
}

/// Appends an entry; false if it is too long for one.
pub(super) fn append(segment: &mut Vec<u8>, key: &Digest32, content: &[u8]) -> bool {
    let Ok(length) = u32::try_from(content.len()) else {
        return false;
    };
    segment.extend(key);
    segment.extend(length.to_le_bytes());
    segment.extend(seal(key, content));
    segment.extend(content);
    true
}

/// A segment as it was found.
#[derive(Debug)]
pub(super) struct Segment {
    pub identity: Identity,
    pub entries: Vec<(Digest32, Range<usize>)>,
    /// Bytes that are no entries.
    pub damaged: usize,
}

/// None if it is no segment of this format.
pub(super) fn read(bytes: &[u8]) -> Option<Segment> {
    let (magic, rest) = bytes.split_first_chunk::<16>()?;
    let (program, rest) = rest.split_first_chunk::<32>()?;
    let (settings, _) = rest.split_first_chunk::<32>()?;
    if magic != MAGIC {
        return None;
    }
    let mut segment = Segment {
        identity: Identity {
            program: *program,
            settings: *settings,
        },
        entries: Vec::new(),
        damaged: 0,
    };
    let mut at = 16 + 32 + 32;
    while at < bytes.len() {
        let Some((key, range)) = entry(bytes, at) else {
            segment.damaged = bytes.len() - at;
            break;
        };
        at = range.end;
        segment.entries.push((key, range));
    }
    Some(segment)
}

/// The entry that begins here, if it is whole.
fn entry(bytes: &[u8], at: usize) -> Option<(Digest32, Range<usize>)> {
    let head = bytes.get(at..at.checked_add(HEAD)?)?;
    let (key, rest) = head.split_first_chunk::<32>()?;
    let (length, rest) = rest.split_first_chunk::<4>()?;
    let from = at + HEAD;
    let range = from..from.checked_add(u32::from_le_bytes(*length) as usize)?;
    let content = bytes.get(range.clone())?;
    (seal(key, content) == *rest).then_some((*key, range))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        let identity = Identity {
            program: [1; 32],
            settings: [2; 32],
        };
        let mut segment = begin(&identity);
        assert!(append(&mut segment, &[3; 32], b"ba"));
        assert!(append(&mut segment, &[4; 32], b""));
        assert!(append(&mut segment, &[5; 32], b"nam"));
        segment
    }

    #[test]
    fn entries_are_found_again() {
        let bytes = sample();
        let segment = read(&bytes).unwrap();
        let found: Vec<(u8, &[u8])> = segment
            .entries
            .iter()
            .map(|(k, r)| (k[0], &bytes[r.clone()]))
            .collect();
        assert_eq!(found, [(3, b"ba".as_slice()), (4, b""), (5, b"nam")]);
        assert_eq!(segment.damaged, 0);
    }

    #[test]
    fn cut_or_changed_anywhere_it_never_gives_another_entry() {
        let whole = sample();
        let good: Vec<(Digest32, Vec<u8>)> = read(&whole)
            .unwrap()
            .entries
            .into_iter()
            .map(|(k, r)| (k, whole[r].to_vec()))
            .collect();
        let is_prefix = |bytes: &[u8]| {
            let entries = read(bytes).map_or_else(Vec::new, |s| s.entries);
            let found: Vec<_> = entries.into_iter().map(|(k, r)| (k, bytes[r].to_vec())).collect();
            assert!(good.starts_with(&found), "{found:?}");
        };
        for at in 0..whole.len() {
            is_prefix(&whole[..at]);
            let mut changed = whole.clone();
            changed[at] ^= 0x40;
            is_prefix(&changed);
        }
    }
}
