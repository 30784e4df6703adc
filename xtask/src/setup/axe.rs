//! axe-core, which looks for what keeps people out of pages.

use super::{apt, npm};
use crate::{paths, progress::Step};
use anyhow::{Result, ensure};
use std::path::PathBuf;

const PACKAGE: &str = "axe-core";

const VERSION: &str = "4.14.1";

/// The pinned script.
///
/// # Errors
/// Neither this machine nor Debian's packages have npm, or it cannot install the script.
pub(crate) fn ensure(step: &Step) -> Result<PathBuf> {
    let folder = paths::own()
        .join(PACKAGE)
        .join("node_modules")
        .join(PACKAGE);
    let script = folder.join("axe.min.js");
    let is_pinned = || {
        let package = std::fs::read_to_string(folder.join("package.json")).unwrap_or_default();
        script.is_file() && package.contains(&format!("\"version\": \"{VERSION}\""))
    };
    if is_pinned() {
        step.set_up_to_date();
        return Ok(script);
    }
    if !npm::is_here() {
        apt::ensure(step, &["npm"])?;
    }
    npm::install(step, PACKAGE, VERSION)?;
    ensure!(is_pinned(), "npm installed another axe-core than {VERSION}");
    Ok(script)
}
