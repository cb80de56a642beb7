//! Tauri's code generation, told where the shell's folders lie (the manifest is at the root, they are not).

fn main() {
    // The page is compiled into the binary; a checkout that has not built it yet still compiles.
    let page = std::path::Path::new("ui/dist");
    if !page.join("index.html").exists() {
        let _ = std::fs::create_dir_all(page);
        let _ = std::fs::write(
            page.join("index.html"),
            "<!doctype html><p>Run `cargo xtask demo`: the page is not built yet.</p>",
        );
    }
    let attributes = tauri_build::Attributes::new().capabilities_path_pattern("./src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("tauri-build: {error:#}");
    }
}
