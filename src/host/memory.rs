//! A machine that is only remembered: for tests and benches.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{Found, Host, Listing, Replaced};
use crate::period::Day;

/// Files in memory and a fixed date, for tests and benches.
#[derive(Debug)]
pub struct Memory {
    pub files: Mutex<BTreeMap<PathBuf, Vec<u8>>>,
    pub day: Day,
}

impl Memory {
    pub fn new(day: Day) -> Self {
        Memory {
            files: Mutex::default(),
            day,
        }
    }

    fn locked(&self) -> std::sync::MutexGuard<'_, BTreeMap<PathBuf, Vec<u8>>> {
        self.files
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Host for Memory {
    fn list(&self, root: &Path) -> io::Result<Listing> {
        let files = self.locked();
        let found = files.keys().filter_map(|path| {
            let below = path.strip_prefix(root).ok()?;
            Some(Found {
                name: below.to_string_lossy().replace('\\', "/"),
                path: path.clone(),
            })
        });
        Ok(Listing {
            files: found.collect(),
            passed_over: Vec::new(),
        })
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.locked()
            .get(path)
            .cloned()
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn is_folder(&self, path: &Path) -> bool {
        self.locked()
            .keys()
            .any(|file| file != path && file.starts_with(path))
    }

    fn exists(&self, path: &Path) -> bool {
        self.locked().keys().any(|file| file.starts_with(path))
    }

    fn same(&self, one: &Path, other: &Path) -> bool {
        one == other && self.locked().contains_key(one)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
        self.locked().insert(path.to_path_buf(), bytes.to_vec());
        Ok(Replaced::AsAsked)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let gone = self.locked().remove(path);
        gone.map(|_| ()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn today(&self) -> Day {
        self.day
    }
}
