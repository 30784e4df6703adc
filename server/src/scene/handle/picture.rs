//! The image that a node shows.

use super::Handle;
use crate::{
    error::Result,
    scene::{CameraFrustum, Encoding, Picture, ShowsPicture},
};

impl<N: ShowsPicture> Handle<N> {
    /// The image, as it was set; `None` if there is none, or it was given in compressed form.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn image(&self) -> Result<Option<Picture>> {
        self.node.read(|state| state.picture.clone())
    }

    /// Shows another image. It is compressed as the one before, unless it says otherwise.
    ///
    /// # Errors
    /// The node has been removed, or the image has no pixels or too many for its format.
    pub fn set_image(&self, picture: impl Into<Picture>) -> Result<()> {
        let picture = picture.into().after(self.image()?.as_ref());
        let compressed = picture.encode()?;
        self.update(|node| node.put(Some(compressed)))?;
        self.node.set_picture(Some(picture))
    }

    /// How the image is compressed.
    ///
    /// # Errors
    /// The node has been removed.
    #[doc(alias = "format")]
    pub fn encoding(&self) -> Result<Encoding> {
        Ok(self.image()?.map_or(Encoding::Auto, |p| p.chosen()))
    }

    /// Compresses the image in another way.
    ///
    /// # Errors
    /// The node has been removed, or the image has too many pixels for the format.
    pub fn set_encoding(&self, encoding: Encoding) -> Result<()> {
        match self.image()? {
            Some(picture) if picture.chosen() != encoding => {
                self.set_image(picture.encoding(encoding))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl Handle<CameraFrustum> {
    /// Shows no image.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn clear_image(&self) -> Result<()> {
        self.update(|frustum| frustum.put(None))?;
        self.node.set_picture(None)
    }

    /// Width, height and depth of the frustum if its scale were 1, `[x, y, z]`. They follow from
    /// field of view and aspect, such that its volume is always the same. For an image plane at a
    /// distance of 1, scale by `1.0 / z`.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn compute_canonical_frustum_size(&self) -> Result<[f64; 3]> {
        let frustum = self.props()?;
        let y = (frustum.fov / 2.0).tan();
        let x = y * frustum.aspect;
        // A pyramid of this width, height and depth 1 has the volume x y / 3, up to a factor that
        // is left out on both ends.
        let z = 1.0 / (x * y / 3.0).cbrt();
        Ok([2.0 * x, 2.0 * y, z])
    }
}
