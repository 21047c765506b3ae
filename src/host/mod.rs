//! All that the program may ask of the machine: list, read, replace, remove a file, today's date.
//!
//! [`Disk`] is the real one. A test may hand the engine a [`Memory`] instead.
//! Holds: a file is written beside its target and renamed, so an output is old or new, never torn.

mod fault;
mod memory;

pub use fault::in_words;
pub use memory::Memory;

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::lang::Words;
use crate::period::Day;

/// Bytes of the largest file that is read: no report comes near, and a disk image should not fill
/// the memory.
pub const LARGEST_FILE: u64 = 256 << 20;

pub trait Host: Sync {
    /// Everything below `root`, sorted by name.
    fn list(&self, root: &Path) -> io::Result<Listing>;
    /// The bytes of an ordinary file up to [`LARGEST_FILE`].
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    fn is_folder(&self, path: &Path) -> bool;
    fn exists(&self, path: &Path) -> bool;
    /// Whether two paths lead to one file; not if either leads nowhere.
    fn same(&self, one: &Path, other: &Path) -> bool;
    /// Writes beside `path` and renames. Makes missing folders. If another program holds the file
    /// (Excel on Windows), a free name beside it is used. What holds these bytes already stays untouched.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced>;
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes the unfinished copies that killed runs left in a folder, if so much time has passed that
    /// nobody writes them any more. What cannot be removed stays, and is never read.
    fn sweep(&self, _folder: &Path) {}
    fn today(&self) -> Day;
}

/// What is below a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    pub files: Vec<Found>,
    /// What stands there but cannot be read as a file, and what it is: a link, a pipe, a folder that
    /// may not be opened. Names as in [`Found`].
    pub passed_over: Vec<(String, Words)>,
}

/// A file in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Relative to the folder, with `/`; letters that are no text are replaced.
    pub name: String,
    pub path: PathBuf,
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
    fn list(&self, root: &Path) -> io::Result<Listing> {
        let mut listing = Listing::default();
        let mut folders = vec![PathBuf::new()];
        while let Some(folder) = folders.pop() {
            let shown = shown(&folder);
            let entries = match std::fs::read_dir(root.join(&folder)) {
                Ok(entries) => entries,
                Err(error) if folder.as_os_str().is_empty() => return Err(error),
                Err(error) => {
                    listing.passed_over.push((shown, in_words(&error)));
                    continue;
                }
            };
            for entry in entries {
                match entry.and_then(|entry| Ok((folder.join(entry.file_name()), entry.file_type()?))) {
                    Ok((below, kind)) => listing.add(root, below, kind, &mut folders),
                    Err(error) => listing.passed_over.push((shown.clone(), in_words(&error))),
                }
            }
        }
        listing.files.sort();
        listing.passed_over.sort();
        Ok(listing)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        // A pipe would wait for ever, a device never end.
        let about = std::fs::metadata(path)?;
        if about.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if !about.is_file() {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(about.len().min(LARGEST_FILE)).unwrap_or(0));
        let file = std::fs::File::open(path)?;
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        Ok(bytes)
    }

    fn is_folder(&self, path: &Path) -> bool {
        path.is_dir()
    }

    fn exists(&self, path: &Path) -> bool {
        path.exists()
    }

    fn same(&self, one: &Path, other: &Path) -> bool {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        real(one).is_some_and(|one| real(other) == Some(one))
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty());
        if let Some(folder) = folder {
            std::fs::create_dir_all(folder)?;
        }
        if holds(path, bytes).unwrap_or(false) {
            return Ok(Replaced::AsAsked);
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

    fn remove(&self, path: &Path) -> io::Result<()> {
        std::fs::remove_file(path)
    }

    fn sweep(&self, folder: &Path) {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        for entry in entries.filter(|e| is_unfinished(&e.file_name().to_string_lossy())) {
            let written = entry.metadata().and_then(|about| about.modified());
            let age = written.ok().and_then(|then| then.elapsed().ok());
            if age.is_some_and(|age| age > UNFINISHED_FOR) {
                // Another run may have removed it.
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn today(&self) -> Day {
        let now = jiff::Zoned::now();
        Day::new(now.year(), now.month() as u8, now.day() as u8)
    }
}

impl Listing {
    fn add(&mut self, root: &Path, below: PathBuf, kind: std::fs::FileType, folders: &mut Vec<PathBuf>) {
        let name = shown(&below);
        let mut pass_over = |vi: &str, en: &str| self.passed_over.push((name.clone(), Words::new(vi, en)));
        if kind.is_dir() {
            let ending = below.extension().map(|e| e.to_string_lossy().to_lowercase());
            if let Some("xlsx" | "xlsm" | "xlsb" | "xls" | "ods" | "csv") = ending.as_deref() {
                pass_over(
                    "một thư mục mang tên như tệp; các tệp bên trong vẫn được đọc",
                    "a folder named like a file; the files inside are read",
                );
            }
            folders.push(below);
        } else if kind.is_file() {
            let path = root.join(&below);
            self.files.push(Found { name, path });
        } else if kind.is_symlink() {
            match root.join(&below).exists() {
                true => pass_over("một liên kết đến nơi khác", "a link to another place"),
                false => pass_over(
                    "một liên kết hỏng, không dẫn đến tệp nào",
                    "a broken link, it leads to no file",
                ),
            }
        } else {
            pass_over(
                "một ống dẫn, ổ cắm hoặc thiết bị của hệ thống",
                "a pipe, a socket or a device of the system",
            );
        }
    }
}

/// `a/b.xlsx`, whatever the system writes between folders.
fn shown(below: &Path) -> String {
    let parts: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
    parts.join("/")
}

/// Long after the slowest disk has taken the largest output.
const UNFINISHED_FOR: std::time::Duration = std::time::Duration::from_secs(3600);

/// The name of a copy that is still being written, or never was finished: see [`write_and_rename`].
fn is_unfinished(name: &str) -> bool {
    let inside = name.strip_prefix('.').and_then(|n| n.strip_suffix(".part"));
    let process = inside
        .and_then(|n| n.rsplit_once('.'))
        .map(|(_, process)| process);
    process.is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether an ordinary file holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    let about = std::fs::symlink_metadata(path)?;
    if !about.is_file() || about.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut file = std::fs::File::open(path)?;
    let mut piece = vec![0; 1 << 16];
    let mut rest = bytes;
    loop {
        let read = file.read(&mut piece)?;
        match rest.split_at_checked(read) {
            Some((same, after)) if read > 0 && *same == piece[..read] => rest = after,
            _ => return Ok(read == 0 && rest.is_empty()),
        }
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
        let listing = Disk.list(folder.path()).unwrap();
        let names: Vec<String> = listing.files.into_iter().map(|f| f.name).collect();
        assert_eq!(names, ["a/b.xlsx"]);
    }

    #[test]
    fn a_file_that_holds_the_bytes_already_stays_untouched() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("b.csv");
        let long: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
        let then = std::time::SystemTime::now() - std::time::Duration::from_secs(86_400);
        for (bytes, stays) in [(&long[..], true), (&long[..150_000], false), (b"", false)] {
            Disk.replace(&path, &long).unwrap();
            std::fs::File::options()
                .write(true)
                .open(&path)
                .unwrap()
                .set_modified(then)
                .unwrap();
            Disk.replace(&path, bytes).unwrap();
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
            let age = std::fs::metadata(&path)
                .unwrap()
                .modified()
                .unwrap()
                .elapsed()
                .unwrap();
            assert_eq!(age.as_secs() > 3_600, stays);
        }
        // As long, but different at the end.
        let mut other = long.clone();
        other[199_999] ^= 1;
        Disk.replace(&path, &long).unwrap();
        Disk.replace(&path, &other).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), other);
    }

    #[test]
    fn copies_of_ours_are_known_by_name() {
        for (name, is) in [
            (".a.xlsx.4711.part", true),
            (".bao-cao.2024.csv.1.part", true),
            ("a.xlsx.4711.part", false),
            (".a.xlsx.part", false),
            (".a.xlsx..part", false),
            (".a.xlsx.4711", false),
            (".part", false),
        ] {
            assert_eq!(is_unfinished(name), is, "{name}");
        }
    }
}
