//! All that the program may ask of the machine: list, read, replace a file, today's date.
//!
//! [`Disk`] is the real one. A test may hand the engine a [`Memory`] instead.
//! Holds: a file is written beside its target and renamed, so an output is old or new, never torn.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::period::Day;

pub trait Host: Sync {
    /// All files below `root`, relative with `/`, sorted by name. Not followed: links out of `root`.
    fn list(&self, root: &Path) -> io::Result<Vec<String>>;
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    fn is_folder(&self, path: &Path) -> bool;
    fn exists(&self, path: &Path) -> bool;
    /// Writes beside `path` and renames. Makes missing folders. If another program holds the file
    /// (Excel on Windows), a free name beside it is used.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced>;
    fn today(&self) -> Day;
}

/// Under which name a file was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replaced {
    AsAsked,
    /// The file was held; this one was written instead.
    Instead(PathBuf),
}

/// Whether a file of a folder is to be read: not an owner file of Excel (`~$…`), not hidden, not
/// what systems put into every folder, not the configuration, the office's own catalogue, the record
/// of a run or an unfinished copy of ours.
pub fn is_candidate(name: &str) -> bool {
    let mut parts = name.split('/');
    let file = parts.next_back().unwrap_or_default();
    let owner = file.starts_with("~$") || file.starts_with(".~lock.");
    let system =
        matches!(file, "Thumbs.db" | "desktop.ini") || name.split('/').any(|part| part == "__MACOSX");
    let own = matches!(file, "bdg.toml" | "bdg-run.json")
        || file.ends_with(".part")
        || name.starts_with("indicators/")
        || name.contains("/indicators/");
    !file.is_empty()
        && !owner
        && !system
        && !own
        && !file.starts_with('.')
        && !parts.any(|folder| folder.starts_with('.'))
}

/// The machine itself.
#[derive(Debug, Default)]
pub struct Disk;

impl Host for Disk {
    fn list(&self, root: &Path) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(root.join(&folder))? {
                let entry = entry?;
                let below = folder.join(entry.file_name());
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(below);
                } else if kind.is_file() {
                    let parts: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
                    found.push(parts.join("/"));
                }
            }
        }
        found.sort();
        Ok(found)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        std::fs::read(path)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder)?;
        }
        let held = match write_and_rename(path, bytes) {
            Ok(()) => return Ok(Replaced::AsAsked),
            Err(error) if is_held(&error) && path.is_file() => error,
            Err(error) => return Err(error),
        };
        let name = |part: Option<&std::ffi::OsStr>| part.map(|p| p.to_string_lossy().into_owned());
        let stem = name(path.file_stem()).unwrap_or_default();
        let end = name(path.extension())
            .map(|e| format!(".{e}"))
            .unwrap_or_default();
        (2..=99)
            .map(|n| path.with_file_name(format!("{stem} ({n}){end}")))
            .find(|other| write_and_rename(other, bytes).is_ok())
            .map(Replaced::Instead)
            .ok_or(held)
    }

    fn today(&self) -> Day {
        let now = jiff::Zoned::now();
        Day::new(now.year(), now.month() as u8, now.day() as u8)
    }
}

fn write_and_rename(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path
        .file_name()
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "no file name"))?;
    let beside = path.with_file_name(format!(".{}.{}.part", name.to_string_lossy(), std::process::id()));
    let written = std::fs::File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written
        .and_then(|()| std::fs::rename(&beside, path))
        .inspect_err(|_| {
            // The unfinished copy is of no use to anybody; if it cannot go, the error says more.
            let _ = std::fs::remove_file(&beside);
        })
}

/// Windows: sharing violation (32), lock violation (33), access denied while another has it open.
fn is_held(error: &io::Error) -> bool {
    matches!(error.raw_os_error(), Some(32 | 33)) || error.kind() == io::ErrorKind::PermissionDenied
}

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
    fn list(&self, root: &Path) -> io::Result<Vec<String>> {
        let files = self.locked();
        Ok(files
            .keys()
            .filter_map(|path| path.strip_prefix(root).ok())
            .map(|path| path.to_string_lossy().replace('\\', "/"))
            .collect())
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

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
        self.locked().insert(path.to_path_buf(), bytes.to_vec());
        Ok(Replaced::AsAsked)
    }

    fn today(&self) -> Day {
        self.day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn owner_files_configuration_and_own_catalogue_are_not_data() {
        for (name, is) in [
            ("xa-a/bieu 1.xlsx", true),
            ("~$bieu 1.xlsx", false),
            ("xa-a/~$bieu 1.xlsx", false),
            ("bdg.toml", false),
            ("indicators/targets.csv", false),
            (".cache/x.xlsx", false),
            ("ket-qua/bdg-run.json", false),
            ("xa-a/Thumbs.db", false),
            ("__MACOSX/x.xlsx", false),
            ("", false),
        ] {
            assert_eq!(is_candidate(name), is, "{name}");
        }
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.xlsx");
        assert_eq!(Disk.replace(&path, b"old").unwrap(), Replaced::AsAsked);
        Disk.replace(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        assert_eq!(Disk.list(folder.path()).unwrap(), ["a/b.xlsx"]);
    }
}
