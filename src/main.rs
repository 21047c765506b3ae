use std::process::ExitCode;

/// Counts only in a process that reads files; see [`bdg::intake::worker`].
#[global_allocator]
static MEMORY: bdg::intake::worker::CountingAlloc = bdg::intake::worker::CountingAlloc;

fn main() -> ExitCode {
    bdg::cli::main()
}
