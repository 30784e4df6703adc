//! The second browser of the tests: exported pages are to open in it, too.

use super::apt;
use crate::{process, progress::Step};
use anyhow::{Context, Result};
use std::path::PathBuf;

const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// A Firefox on `PATH`, or else Debian's, and a screen for it that nobody sees: without any it
/// draws nothing.
pub(crate) fn ensure(step: &Step) -> Result<PathBuf> {
    let found = || NAMES.iter().find_map(|name| process::find(name));
    if let Some(firefox) = found()
        && process::find("Xvfb").is_some()
    {
        step.set_up_to_date();
        return Ok(firefox);
    }
    if process::find("Xvfb").is_none() {
        apt::ensure(step, &["xvfb"])?;
    }
    if found().is_none() {
        apt::ensure(step, &["firefox-esr"])?;
    }
    found().context("apt installed firefox-esr, but it is not on PATH")
}
