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
    ours {
        /// How colours depend on the direction of view, `[N, 14]`, or none. viser's client does not
        /// read it: it shows the colours in `buffer`.
        ///
        /// Each row: four f16, namely what is to be added to red, green and blue whatever the
        /// direction, and a factor; then 48 i8 of which 127 stands for the factor: red, green and
        /// blue of the coefficients of the 15 real spherical harmonics of degree 1 to 3, by degree
        /// and then by order, and three zeros. Directions are those from the camera, in the node's
        /// own frame.
        harmonics: Array<[u32; 14]> = Array::default(),
    }
}
