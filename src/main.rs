//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    loosetight::cli::run(std::env::args_os()).into()
}
