//! The desktop shell: composition root, windows and typed commands. No business logic: that is `operations`.

pub mod bindings;
pub mod commands;
pub mod events;

/// What every command starts from.
#[derive(Debug, Default)]
pub struct Greenroom;
