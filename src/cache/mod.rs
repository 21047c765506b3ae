//! What reading each file gave, kept beside the data, so that the next run reads only what has changed.
//!
//! In:  a file's name and bytes. Out: the [`FileReading`] that reading it gave, if exactly this file was
//!      read before by this program with this catalogue and these settings.
//! Holds: a result with the cache is the result without it. An entry that is damaged, old, or of another
//!        program is as if it were not there. Nothing is kept of files about single persons, and nothing of
//!        a file but figures, counts and problems. Failing to keep something is no problem of the run.
//!        Files of the cache are written aside and renamed and never changed, so runs at the same time,
//!        and runs that were killed, leave each other's entries whole.

mod codec;
mod segment;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::host::Host;
use crate::intake::{FileReading, sha256};
use segment::{Digest32, Identity, digest};

/// The folder inside that of the data. No reader of data looks into folders whose name begins so.
pub const FOLDER: &str = ".bdg-cache";
const ENDING: &str = ".bdgc";

/// An unfinished segment is written when it holds so much: a run that is killed loses no more.
const SEGMENT_BYTES: usize = 4 << 20;
const SEGMENT_FILES: usize = 500;
/// One segment for each rerun would become many.
const MANY_SEGMENTS: usize = 64;

/// The cache of one folder of data, during one run.
pub struct Cache<'h> {
    host: &'h dyn Host,
    folder: PathBuf,
    identity: Identity,
    /// Segments as found when the run began.
    segments: Vec<Found>,
    entries: BTreeMap<Digest32, (usize, Range<usize>)>,
    state: Mutex<State>,
}

struct Found {
    path: PathBuf,
    /// Empty if it was made by another program or for other settings.
    bytes: Vec<u8>,
    program: Option<Digest32>,
}

#[derive(Default)]
struct State {
    used: BTreeSet<Digest32>,
    /// Files of a segment to be written, and how many.
    pending: Vec<u8>,
    files: usize,
}

impl<'h> Cache<'h> {
    /// `program` and `settings` say all that a reading depends on besides the file.
    pub fn open(host: &'h dyn Host, data: &Path, program: &str, settings: &str) -> Cache<'h> {
        let identity = Identity {
            program: digest(&[program.as_bytes()]),
            settings: digest(&[settings.as_bytes()]),
        };
        let folder = data.join(FOLDER);
        let mut segments = Vec::new();
        let mut entries = BTreeMap::new();
        for path in files(host, &folder) {
            let mut bytes = host.read(&path).unwrap_or_default();
            let found = segment::read(&bytes);
            let program = found.as_ref().map(|s| s.identity.program);
            match found.filter(|s| s.identity == identity) {
                Some(found) => {
                    let places = found.entries.into_iter();
                    entries.extend(places.map(|(key, range)| (key, (segments.len(), range))));
                }
                None => bytes = Vec::new(),
            }
            segments.push(Found { path, bytes, program });
        }
        Cache {
            host,
            folder,
            identity,
            segments,
            entries,
            state: Mutex::default(),
        }
    }

    /// What reading this file gave before.
    pub fn find(&self, name: &str, bytes: &[u8]) -> Option<FileReading> {
        // Nothing to look for: the digest can wait until the file is read.
        if self.entries.is_empty() {
            return None;
        }
        let sha256 = sha256(bytes);
        let key = key(name, &sha256);
        let (segment, range) = self.entries.get(&key)?;
        let content = self.segments.get(*segment)?.bytes.get(range.clone())?;
        let reading = codec::decode(content, name, &sha256)?;
        self.state().used.insert(key);
        Some(reading)
    }

    /// Keeps what reading a file gave.
    pub fn keep(&self, reading: &FileReading) {
        let Some(content) = codec::encode(reading) else {
            return;
        };
        let key = key(&reading.name, &reading.sha256);
        let mut state = self.state();
        if state.pending.is_empty() {
            state.pending = segment::begin(&self.identity);
        }
        if segment::append(&mut state.pending, &key, &content) {
            state.used.insert(key);
            state.files += 1;
        }
        if state.pending.len() >= SEGMENT_BYTES || state.files >= SEGMENT_FILES {
            let full = std::mem::take(&mut state.pending);
            state.files = 0;
            drop(state);
            self.write(&full);
        }
    }

    /// Writes what is left, and throws away what no run will ask for again.
    pub fn close(self) {
        let mut state = self.state();
        let pending = std::mem::take(&mut state.pending);
        if state.files > 0 {
            self.write(&pending);
        }
        let ours: Vec<&Found> = self.segments.iter().filter(|s| !s.bytes.is_empty()).collect();
        let live = self.entries.iter().filter(|(key, _)| state.used.contains(*key));
        let live: Vec<_> = live.collect();
        if live.len() * 2 < self.entries.len() || ours.len() > MANY_SEGMENTS {
            self.write_anew(&live);
            self.remove(ours.into_iter());
        }
        // Of this program but other settings: the next run may ask for them again.
        let foreign = |s: &&Found| s.program != Some(self.identity.program);
        self.remove(self.segments.iter().filter(foreign));
        self.host.sweep(&self.folder);
    }

    fn write_anew(&self, live: &[(&Digest32, &(usize, Range<usize>))]) {
        let mut anew = segment::begin(&self.identity);
        for (key, (segment, range)) in live {
            let bytes = self
                .segments
                .get(*segment)
                .and_then(|s| s.bytes.get(range.clone()));
            segment::append(&mut anew, key, bytes.unwrap_or_default());
            if anew.len() >= 8 * SEGMENT_BYTES {
                self.write(&std::mem::replace(&mut anew, segment::begin(&self.identity)));
            }
        }
        self.write(&anew);
    }

    /// A name that says the content: what stands there already is the same.
    fn write(&self, segment: &[u8]) {
        let name: String = digest(&[segment])[..10]
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        // A folder that may not be written to has no cache; nothing else is lost.
        let _ = self.host.replace(&self.folder.join(name + ENDING), segment);
    }

    fn remove<'s>(&self, segments: impl Iterator<Item = &'s Found>) {
        for segment in segments {
            // Another run may have removed it.
            let _ = self.host.remove(&segment.path);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(name: &str, sha256: &str) -> Digest32 {
    digest(&[name.as_bytes(), sha256.as_bytes()])
}

/// Segments in the folder, by name.
fn files(host: &dyn Host, folder: &Path) -> Vec<PathBuf> {
    let listing = host.list(folder).unwrap_or_default();
    let ours = listing.files.into_iter().filter(|f| f.name.ends_with(ENDING));
    ours.map(|f| f.path).collect()
}

/// What a cache holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Holdings {
    pub files: usize,
    pub bytes: u64,
    /// Readings that can be used by some run.
    pub readings: usize,
    /// Bytes that cannot.
    pub damaged: u64,
}

/// Looks through the cache of a folder of data.
pub fn holdings(host: &dyn Host, data: &Path) -> Holdings {
    let mut holdings = Holdings::default();
    for path in files(host, &data.join(FOLDER)) {
        let bytes = host.read(&path).unwrap_or_default();
        holdings.files += 1;
        holdings.bytes += bytes.len() as u64;
        match segment::read(&bytes) {
            Some(segment) => {
                holdings.readings += segment.entries.len();
                holdings.damaged += segment.damaged as u64;
            }
            None => holdings.damaged += bytes.len() as u64,
        }
    }
    holdings
}

/// Removes the cache of a folder of data, with what a killed run left unfinished there.
pub fn clear(host: &dyn Host, data: &Path) -> std::io::Result<()> {
    let listing = host.list(&data.join(FOLDER)).unwrap_or_default();
    for file in listing.files {
        if file.name.ends_with(ENDING) || file.name.ends_with(".part") {
            host.remove(&file.path)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
