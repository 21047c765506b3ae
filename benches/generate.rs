//! Writes generated workbooks into a folder: `cargo bench --bench generate -- DIR COUNT SEED [YEAR]`.
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
    let (folder, count, seed, year) = match words.as_slice() {
        [folder, count, seed] => (folder, count, seed, None),
        [folder, count, seed, year] => (folder, count, seed, Some(year)),
        _ => {
            eprintln!("usage: cargo bench --bench generate -- DIR COUNT SEED [YEAR]");
            // A plain `cargo bench` runs every bench: nothing to do is no failure.
            return if words.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(2)
            };
        }
    };
    let year = year.map(|y| y.parse::<i16>()).transpose();
    let (Ok(count), Ok(seed), Ok(year)) = (count.parse(), seed.parse(), year) else {
        eprintln!("COUNT, SEED and YEAR are whole numbers");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), count, seed, year) {
        Ok((made, bytes)) => {
            println!("{made} workbooks, {bytes} bytes, in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns how many were written (a year has an end), and their bytes.
/// Each is written as soon as it is made, so memory stays small.
fn write(folder: &Path, count: usize, seed: u64, year: Option<i16>) -> std::io::Result<(usize, usize)> {
    let catalogue = bdg::definition::load(bdg::definition::embedded())
        .map_err(|faults| std::io::Error::other(format!("{} faults in the catalogue", faults.len())))?;
    let register = &catalogue.localities;
    let plans: Vec<generator::Plan> = match year {
        Some(year) => generator::plans_of_year(register, seed, year)
            .take(count)
            .collect(),
        None => generator::plans(register, seed).take(count).collect(),
    };
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
    let made = sizes.len();
    let bytes: std::io::Result<usize> = sizes.into_iter().sum();
    Ok((made, bytes?))
}
