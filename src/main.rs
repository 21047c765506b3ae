use std::process::ExitCode;

fn main() -> ExitCode {
    bdg::cli::main()
}
