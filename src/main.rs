//! The `practicum` binary: everything stands in the library.

fn main() -> std::process::ExitCode {
    practicum::interface::main()
}
