//! The control panel.

use scenecast_dom::*;

use super::chrome::{body, header};

/// What is in its header, from the left.
pub(super) fn header() -> View {
    header::view()
}

/// What is below its header.
pub(super) fn contents() -> View {
    body::view()
}
