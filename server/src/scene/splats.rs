//! Gaussian splats, from what describes them to what viewers take.

use super::{Handle, checks::count, kind::Check};
use crate::error::{Error, Result};
use half::f16;
use scenecast_protocol::{Array, scene::GaussianSplats};

/// Words of a packed splat: position, one reserved, covariance, colour.
type Packed = [u32; 8];

/// What describes Gaussian splats: a row for each.
///
/// ```
/// # fn main() -> scenecast::Result<()> {
/// use scenecast::scene::Gaussians;
/// # let server = scenecast::Server::builder().port(0).start()?;
/// let ball = Gaussians {
///     centers: &[[0.0, 0.0, 1.0]],
///     covariances: &[[[0.01, 0.0, 0.0], [0.0, 0.01, 0.0], [0.0, 0.0, 0.01]]],
///     rgbs: &[[255, 80, 40]],
///     opacities: &[0.9],
/// };
/// let splats = server.scene().add("/splats", ball.pack()?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Gaussians<'a> {
    /// Positions, `[N, 3]`.
    pub centers: &'a [[f32; 3]],
    /// Symmetric covariances, `[N, 3, 3]`. They travel in half precision.
    pub covariances: &'a [[[f32; 3]; 3]],
    /// Colours, `[N, 3]`.
    pub rgbs: &'a [[u8; 3]],
    /// Opacities, `[N]`, 0 to 1. They travel in 8 bits.
    pub opacities: &'a [f32],
}

impl Gaussians<'_> {
    /// The node that shows them.
    ///
    /// # Errors
    /// The arrays differ in length.
    #[doc(alias = "add_gaussian_splats")]
    pub fn pack(&self) -> Result<GaussianSplats> {
        let splats = self.centers.len();
        let check = || -> Check {
            count("covariances", self.covariances.len(), splats)?;
            count("rgbs", self.rgbs.len(), splats)?;
            count("opacities", self.opacities.len(), splats)
        };
        check().map_err(invalid)?;
        let mut buffer = vec![[0; 8]; splats];
        put_centers(&mut buffer, self.centers);
        put_covariances(&mut buffer, self.covariances);
        put_rgbs(&mut buffer, self.rgbs);
        put_opacities(&mut buffer, self.opacities);
        Ok(GaussianSplats::default().buffer(buffer))
    }
}

fn invalid(reason: String) -> Error {
    let what = "splats";
    Error::InvalidValue { what, reason }
}

fn put_centers(buffer: &mut [Packed], centers: &[[f32; 3]]) {
    for (splat, center) in buffer.iter_mut().zip(centers) {
        splat[..3].copy_from_slice(&center.map(f32::to_bits));
    }
}

/// The upper triangle of each matrix, row by row, in half precision.
fn put_covariances(buffer: &mut [Packed], covariances: &[[[f32; 3]; 3]]) {
    for (splat, [[xx, xy, xz], [_, yy, yz], [_, _, zz]]) in buffer.iter_mut().zip(covariances) {
        let pair = |low: &f32, high: &f32| {
            let [low, high] = [low, high].map(|number| u32::from(f16::from_f32(*number).to_bits()));
            low | high << 16
        };
        splat[4..7].copy_from_slice(&[pair(xx, xy), pair(xz, yy), pair(yz, zz)]);
    }
}

fn put_rgbs(buffer: &mut [Packed], rgbs: &[[u8; 3]]) {
    for (splat, [r, g, b]) in buffer.iter_mut().zip(rgbs) {
        let [_, _, _, a] = splat[7].to_le_bytes();
        splat[7] = u32::from_le_bytes([*r, *g, *b, a]);
    }
}

/// Fractions of 1/255 are cut off, as viser does.
fn put_opacities(buffer: &mut [Packed], opacities: &[f32]) {
    for (splat, opacity) in buffer.iter_mut().zip(opacities) {
        let [r, g, b, _] = splat[7].to_le_bytes();
        splat[7] = u32::from_le_bytes([r, g, b, (opacity * 255.0).clamp(0.0, 255.0) as u8]);
    }
}

impl Handle<GaussianSplats> {
    /// Replaces all splats; their number may change, and their colours are the same from
    /// everywhere.
    ///
    /// # Errors
    /// The node has been removed, or the arrays differ in length.
    pub fn set_gaussians(&self, gaussians: &Gaussians<'_>) -> Result<()> {
        let packed = gaussians.pack()?;
        self.update(|splats| *splats = packed.scale(splats.scale))
    }

    /// Positions, `[N, 3]`.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn centers(&self) -> Result<Vec<[f32; 3]>> {
        let buffer = self.props()?.buffer;
        let centers = buffer
            .iter()
            .map(|[x, y, z, ..]| [x, y, z].map(f32::from_bits));
        Ok(centers.collect())
    }

    /// Moves the splats.
    ///
    /// # Errors
    /// The node has been removed, or there are not as many positions as splats.
    pub fn set_centers(&self, centers: &[[f32; 3]]) -> Result<()> {
        self.repack("centers", centers, put_centers)
    }

    /// Covariances, `[N, 3, 3]`.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn covariances(&self) -> Result<Vec<[[f32; 3]; 3]>> {
        let buffer = self.props()?.buffer;
        let covariances = buffer.iter().map(|splat| {
            let half = |word: u32| f32::from(f16::from_bits(word as u16));
            let [[xx, xy], [xz, yy], [yz, zz]] =
                [splat[4], splat[5], splat[6]].map(|word| [half(word), half(word >> 16)]);
            [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]
        });
        Ok(covariances.collect())
    }

    /// Sets the covariances, `[N, 3, 3]`.
    ///
    /// # Errors
    /// The node has been removed, or there are not as many covariances as splats.
    pub fn set_covariances(&self, covariances: &[[[f32; 3]; 3]]) -> Result<()> {
        self.repack("covariances", covariances, put_covariances)
    }

    /// Colours, `[N, 3]`.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn rgbs(&self) -> Result<Vec<[u8; 3]>> {
        let buffer = self.props()?.buffer;
        let colors = buffer.iter().map(|splat| {
            let [r, g, b, _] = splat[7].to_le_bytes();
            [r, g, b]
        });
        Ok(colors.collect())
    }

    /// Sets the colours, `[N, 3]`.
    ///
    /// # Errors
    /// The node has been removed, or there are not as many colours as splats.
    pub fn set_rgbs(&self, rgbs: &[[u8; 3]]) -> Result<()> {
        self.repack("rgbs", rgbs, put_rgbs)
    }

    /// Opacities, `[N]`, 0 to 1.
    ///
    /// # Errors
    /// The node has been removed.
    pub fn opacities(&self) -> Result<Vec<f32>> {
        let buffer = self.props()?.buffer;
        let opacities = buffer.iter().map(|splat| {
            let [_, _, _, a] = splat[7].to_le_bytes();
            f32::from(a) / 255.0
        });
        Ok(opacities.collect())
    }

    /// Sets the opacities, `[N]`, 0 to 1.
    ///
    /// # Errors
    /// The node has been removed, or there are not as many opacities as splats.
    pub fn set_opacities(&self, opacities: &[f32]) -> Result<()> {
        self.repack("opacities", opacities, put_opacities)
    }

    /// Packs one attribute anew.
    fn repack<T>(
        &self,
        what: &str,
        rows: &[T],
        put: impl FnOnce(&mut [Packed], &[T]),
    ) -> Result<()> {
        let mut buffer = self.props()?.buffer.to_vec();
        count(what, rows.len(), buffer.len()).map_err(invalid)?;
        put(&mut buffer, rows);
        self.update(|splats| splats.buffer = Array::from(buffer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splats_are_packed_as_viser_packs_them() {
        let gaussians = Gaussians {
            centers: &[[1.0, 2.0, 3.0]],
            covariances: &[[[1.0, 2.0, 3.0], [2.0, 4.0, 5.0], [3.0, 5.0, 6.0]]],
            rgbs: &[[10, 20, 30]],
            opacities: &[0.5],
        };
        let buffer = gaussians.pack().unwrap().buffer;
        let h = |number: f32| u32::from(f16::from_f32(number).to_bits());
        let expected: Packed = [
            1.0_f32.to_bits(),
            2.0_f32.to_bits(),
            3.0_f32.to_bits(),
            0,
            h(1.0) | h(2.0) << 16,
            h(3.0) | h(4.0) << 16,
            h(5.0) | h(6.0) << 16,
            u32::from_le_bytes([10, 20, 30, 127]),
        ];
        assert_eq!(buffer.to_vec(), [expected]);
        let short = Gaussians {
            opacities: &[],
            ..gaussians
        };
        assert_eq!(
            short.pack().unwrap_err().to_string(),
            "splats: opacities has 0 rows, expected 1"
        );
    }
}
