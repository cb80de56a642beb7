//! The page's view of the commands, as TypeScript. `GREENROOM_WRITE_BINDINGS=1 cargo test bindings` rewrites the file.

use specta_typescript::Typescript;

/// Where the generated file lies, from the root of the checkout.
pub const PATH: &str = "ui/src/ipc/bindings.ts";

const HEADER: &str = "// Generated from src-tauri/src/commands by tauri-specta. Do not edit:\n\
    // `GREENROOM_WRITE_BINDINGS=1 cargo test -p greenroom-desktop bindings` rewrites it, and CI compares.\n";

/// Writes the TypeScript of every command, event and type to `path`.
///
/// # Errors
/// Where a type cannot cross (a 64-bit integer, say) or the file cannot be written.
pub fn write(path: &std::path::Path) -> Result<(), specta_typescript::Error> {
    crate::commands::builder::<tauri::Wry>().export(Typescript::default().header(HEADER), path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bindings_are_up_to_date() {
        let checked_in = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
        if std::env::var_os("GREENROOM_WRITE_BINDINGS").is_some() {
            write(&checked_in).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let fresh = folder.path().join("bindings.ts");
        write(&fresh).unwrap();
        assert!(
            std::fs::read_to_string(&fresh).unwrap() == std::fs::read_to_string(&checked_in).unwrap_or_default(),
            "{PATH} is not what the commands say: run GREENROOM_WRITE_BINDINGS=1 cargo test -p greenroom-desktop bindings"
        );
    }
}
