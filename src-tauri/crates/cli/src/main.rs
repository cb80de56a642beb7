//! The `greenroom` command.
fn main() {}
