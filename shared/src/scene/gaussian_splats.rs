//! Gaussian splats.

use crate::array::Array;
use crate::types::Scale;

props! {
    /// Gaussian splats, blended back to front.
    pub struct GaussianSplats as "GaussianSplatsProps" {
        /// Packed splats, `[N, 8]`: three words of position (f32), one reserved, three of
        /// covariance (six f16), one of RGBA (u8).
        buffer: Array<[u32; 8]> = Array::default(),
        /// Scale of the node's own geometry.
        scale: Scale = Scale::default(),
    }
}
