//! Writes generated workbooks into a folder: `cargo bench --bench generate -- DIR COUNT SEED`.
//!
//! Cargo runs it in the package's folder; a relative DIR is meant from there.

mod generator;

use std::path::Path;
use std::process::ExitCode;

use rayon::prelude::*;

fn main() -> ExitCode {
    // Cargo adds `--bench`.
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let [folder, count, seed] = words.as_slice() else {
        eprintln!("usage: cargo bench --bench generate -- DIR COUNT SEED");
        // A plain `cargo bench` runs every bench: nothing to do is no failure.
        return if words.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::from(2)
        };
    };
    let (Ok(count), Ok(seed)) = (count.parse(), seed.parse()) else {
        eprintln!("COUNT and SEED are whole numbers");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), count, seed) {
        Ok(bytes) => {
            println!("{count} workbooks, {bytes} bytes, in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns the bytes written. Workbooks are made and written one by one, so memory stays small.
fn write(folder: &Path, count: usize, seed: u64) -> std::io::Result<usize> {
    let catalogue = bdg::definition::load(bdg::definition::embedded())
        .map_err(|faults| std::io::Error::other(format!("{} faults in the catalogue", faults.len())))?;
    let plans: Vec<generator::Plan> = generator::plans(&catalogue.localities, seed)
        .take(count)
        .collect();
    let sizes: Vec<std::io::Result<usize>> = plans
        .par_iter()
        .map(|plan| {
            let made = plan.make(generator::Kind::Mixed);
            let path = folder.join(&made.name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(&path, &made.bytes)?;
            Ok(made.bytes.len())
        })
        .collect();
    sizes.into_iter().sum()
}
