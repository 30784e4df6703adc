//! Images in the scene.

use crate::types::{ImageFormat, ReceiveShadow, Scale};
use bytes::Bytes;

props! {
    /// An image on a rectangle in the node's xy plane, its top at negative y.
    pub struct Image as "ImageProps" {
        /// How `data` is compressed.
        format ("_format"): ImageFormat = ImageFormat::default(),
        /// The compressed image.
        data ("_data"): Bytes = Bytes::new(),
        /// Width in the scene.
        render_width: f64 = 1.0,
        /// Height in the scene.
        render_height: f64 = 1.0,
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the node.
        receive_shadow: ReceiveShadow = ReceiveShadow::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}

impl Image {
    /// A rectangle of this size in the scene, without an image yet.
    pub fn new(render_width: impl Into<f64>, render_height: impl Into<f64>) -> Self {
        Self {
            render_width: render_width.into(),
            render_height: render_height.into(),
            ..Self::default()
        }
    }
}
