//! The browser of the tests.

use super::apt;
use crate::{process, progress::Step};
use anyhow::{Context, Result};
use std::path::PathBuf;

const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// A Chromium on `PATH`, or else Debian's.
pub(crate) fn ensure(step: &Step) -> Result<PathBuf> {
    if let Some(found) = NAMES.iter().find_map(|name| process::find(name)) {
        step.set_up_to_date();
        return Ok(found);
    }
    apt::ensure(step, &["chromium"])?;
    process::find("chromium").context("apt installed chromium, but it is not on PATH")
}
