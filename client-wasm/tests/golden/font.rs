//! The font that the reference pictures show.

use std::error::Error;

use scenecast_client::render::text::SystemGlyphs;

/// Liberation Sans.
pub(crate) fn liberation_sans() -> Result<Box<SystemGlyphs>, Box<dyn Error>> {
    Ok(Box::new(SystemGlyphs::of(&["Liberation Sans"])?))
}
