//! Where things lie: the checkout, the cache beside it, and what is made.

use std::path::{Path, PathBuf};

/// The checkout.
pub(crate) fn root() -> PathBuf {
    // Of the checkout this program was built from; it is not installed anywhere else.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .unwrap_or(Path::new("."))
        .to_owned()
}

/// `$GREENROOM_CACHE`, else `greenroom` in the user's cache folder. The same rule stands in the crate `local-stack`.
pub(crate) fn cache() -> PathBuf {
    let set = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    set("GREENROOM_CACHE")
        .or_else(|| set("XDG_CACHE_HOME").map(|folder| folder.join("greenroom")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/greenroom")))
        .unwrap_or_else(|| std::env::temp_dir().join("greenroom"))
}

/// Server programs: `servers/<name>-<version>/bin`.
pub(crate) fn servers() -> PathBuf {
    cache().join("servers")
}

/// Tools of ours: `tools/bin`.
pub(crate) fn tools() -> PathBuf {
    cache().join("tools")
}

/// Compiled code, outside the checkout so that it outlives it.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .filter(|value| !value.is_empty())
        .map_or_else(|| cache().join("target"), PathBuf::from)
}

/// Screenshots, packages and figures.
pub(crate) fn artifacts() -> PathBuf {
    root().join("artifacts")
}

/// The stack that is meant where none is named; the same rule stands in the crate `local-stack`.
pub(crate) fn stack() -> PathBuf {
    std::env::var_os("GREENROOM_STACK")
        .filter(|value| !value.is_empty())
        .map_or_else(|| cache().join("stack"), PathBuf::from)
}
