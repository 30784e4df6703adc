//! The Python environment of the browser tests and of the benchmark's rival.

use super::apt;
use crate::{digest::Digest, paths, process, progress::Step};
use anyhow::{Context, Result};
use std::path::Path;

/// A virtual environment in the target folder with exactly the packages of
/// `tests/requirements.txt` and `tests/requirements-without-dependencies.txt`, and beside it a folder
/// with that of `tests/requirements-numpy-1.txt`.
pub(crate) fn ensure(step: &Step) -> Result<()> {
    let requirements = paths::root().join("tests/requirements.txt");
    let bare = paths::root().join("tests/requirements-without-dependencies.txt");
    let old_numpy = paths::root().join("tests/requirements-numpy-1.txt");
    let version = process::output(process::command("python3").arg("--version"))
        .context("python3 is missing")?;
    let digest = Digest::default()
        .text(&version)
        .file(&requirements)?
        .file(&bare)?
        .file(&old_numpy)?;
    let venv = paths::venv();
    if digest.is_current("venv") && venv.join("bin/python").exists() {
        step.set_up_to_date();
        return Ok(());
    }

    let create = || {
        let mut command = process::command("python3");
        command.args(["-m", "venv", "--clear"]).arg(&venv);
        command
    };
    if process::run(step, "venv", &mut create()).is_err() {
        // Debian ships Python without the part that puts pip into an environment.
        apt::ensure(step, &["python3-venv"])?;
        process::run(step, "venv", &mut create())?;
    }
    let install = |requirements: &Path| {
        let mut command = process::command(venv.join("bin/python"));
        command
            .args(["-m", "pip", "install", "--no-input"])
            .args(["--disable-pip-version-check", "--requirement"])
            .arg(requirements);
        command
    };
    process::run(step, "pip", &mut install(&requirements))?;
    process::run(step, "pip", install(&bare).arg("--no-deps"))?;
    if has_numpy_1(&version) {
        let mut into_folder = install(&old_numpy);
        into_folder
            .args([
                "--no-deps",
                "--only-binary",
                ":all:",
                "--upgrade",
                "--target",
            ])
            .arg(paths::numpy_1());
        process::run(step, "pip", &mut into_folder)?;
    }
    digest.remember("venv")
}

/// Whether there is a NumPy 1 for this Python, of which `version` is what it says: `Python 3.12.1`.
fn has_numpy_1(version: &str) -> bool {
    let minor = version
        .split('.')
        .nth(1)
        .and_then(|minor| minor.parse().ok());
    minor.is_none_or(|minor: u32| minor < 13)
}
