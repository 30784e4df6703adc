//! What pictures need besides a browser: OpenGL without a window, and the font of the references.

use super::apt;
use crate::progress::Step;
use anyhow::Result;

const PACKAGES: [&str; 3] = ["libegl1", "libgl1-mesa-dri", "fonts-liberation"];

/// Debian's packages. Elsewhere the tests say what they miss.
pub(crate) fn ensure(step: &Step) -> Result<()> {
    if apt::is_here() {
        apt::ensure(step, &PACKAGES)?;
    }
    Ok(())
}
