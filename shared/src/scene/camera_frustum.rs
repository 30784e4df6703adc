//! Camera frustums.

use crate::scene::ThicknessUnits;
use crate::types::{ImageFormat, ReceiveShadow, Rgb, Scale};
use bytes::Bytes;

props! {
    /// A camera drawn as a frustum. The camera looks along the node's z axis, x is right, y is
    /// down.
    pub struct CameraFrustum as "CameraFrustumProps" {
        /// Vertical field of view, radians.
        fov: f64 = 1.0,
        /// Width divided by height.
        aspect: f64 = 1.0,
        /// Line thickness, in `thickness_units`.
        thickness: f64 = 0.02,
        /// Colour.
        color: Rgb = Rgb([20, 20, 20]),
        /// How `image_data` is compressed.
        format ("_format"): ImageFormat = ImageFormat::Png,
        /// Compressed image shown on the far plane.
        image_data ("_image_data"): Option<Bytes> = None,
        /// Whether the node throws shadows.
        cast_shadow: bool = true,
        /// Whether shadows fall on the node.
        receive_shadow: ReceiveShadow = ReceiveShadow::default(),
        /// Lines only, or filled faces too.
        variant: FrustumVariant = FrustumVariant::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::Uniform(0.3),
        /// Whether lines keep their thickness in the scene or on the screen.
        thickness_units: ThicknessUnits = ThicknessUnits::World,
    }
}

impl CameraFrustum {
    /// A camera with this vertical field of view (radians) and aspect (width by height).
    pub fn new(fov: impl Into<f64>, aspect: impl Into<f64>) -> Self {
        Self {
            fov: fov.into(),
            aspect: aspect.into(),
            ..Self::default()
        }
    }
}

literal! {
    /// How a frustum is drawn.
    #[derive(Default)]
    FrustumVariant {
        /// Lines.
        #[default]
        Wireframe = "wireframe",
        /// Lines and translucent faces.
        Filled = "filled",
    }
}
