//! The catalogue under `indicators/` is built into the program. Cargo does not notice a file that is
//! added there unless it is told to look.
//!
//! What reading a file gives depends on the sources and on the catalogue: a fingerprint of both lets a
//! program know its own cached readings from those of another.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=indicators");
    println!("cargo::rerun-if-changed=src");
    println!("cargo::rerun-if-changed=Cargo.lock");
    let mut files = vec![PathBuf::from("Cargo.lock")];
    add(Path::new("indicators"), &mut files);
    add(Path::new("src"), &mut files);
    let mut hash = DefaultHasher::new();
    for file in files {
        hash.write(file.to_string_lossy().replace('\\', "/").as_bytes());
        // What cannot be read here will stop the compiler later.
        hash.write(&std::fs::read(&file).unwrap_or_default());
    }
    println!("cargo::rustc-env=BDG_SOURCES={:016x}", hash.finish());
}

/// All files below a folder, by name.
fn add(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut below: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    below.sort();
    for path in below {
        match path.is_dir() {
            true => add(&path, files),
            false => files.push(path),
        }
    }
}
