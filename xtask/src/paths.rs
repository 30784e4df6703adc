//! Where things lie.

use std::path::{Path, PathBuf};

/// The project's root folder.
pub(crate) fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here)
}

/// Cargo's target folder for this project.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The folder for what these commands make and keep: tools, logs, stamps.
pub(crate) fn own() -> PathBuf {
    target().join("xtask")
}

/// The Python environment of tests and benchmarks.
pub(crate) fn venv() -> PathBuf {
    target().join("venv")
}

/// The folder of the last NumPy before 2, for the tests that want it.
pub(crate) fn numpy_1() -> PathBuf {
    target().join("numpy-1")
}

/// The bundle, ready for any static server.
pub(crate) fn dist() -> PathBuf {
    root().join("dist")
}

/// The bundle's copy that the server embeds and that its package carries.
pub(crate) fn server_dist() -> PathBuf {
    root().join("server/dist")
}
