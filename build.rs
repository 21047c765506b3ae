//! The catalogue under `indicators/` is built into the program. Cargo does not notice a file that is
//! added there unless it is told to look.

fn main() {
    println!("cargo::rerun-if-changed=indicators");
}
