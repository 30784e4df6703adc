//! Images in the GUI.

use crate::types::ImageFormat;
use bytes::Bytes;

props! {
    /// An image.
    pub struct Image as "GuiImageProps" {
        /// Position among its siblings, ascending.
        order: f64 = 0.0,
        /// Text above the image.
        label: Option<String> = None,
        /// The compressed image.
        data ("_data"): Option<Bytes> = None,
        /// How `data` is compressed.
        format ("_format"): ImageFormat = ImageFormat::default(),
        /// Whether it is shown.
        visible: bool = true,
    }
}
