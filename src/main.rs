use std::process::ExitCode;

use bdg::intake::worker::CountingAlloc;

/// Counts only in a process that opens files, which ends when it has asked for too much.
#[global_allocator]
static MEMORY: CountingAlloc = CountingAlloc;

fn main() -> ExitCode {
    bdg::cli::main()
}
