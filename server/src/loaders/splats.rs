//! Gaussian splats as files hold them, and the node that shows them.

mod harmonics;
pub(super) mod splat;

use crate::scene::{GaussianSplats, Gaussians};
use glam::{DMat3, DQuat, DVec3};

/// Gaussian splats, a row for each. All numbers are finite; rows with others are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Splats {
    /// Positions, `[N, 3]`.
    pub centers: Vec<[f32; 3]>,
    /// Standard deviations along each splat's own axes, `[N, 3]`.
    pub scales: Vec<[f32; 3]>,
    /// Rotations of those axes, quaternions of unit length, `[N, 4]`.
    pub wxyzs: Vec<[f32; 4]>,
    /// sRGB from 0 to 1, `[N, 3]`: the mean over all directions. Where
    /// [`harmonics`](Self::harmonics) are to be added, it may lie outside.
    pub colors: Vec<[f32; 3]>,
    /// Opacities from 0 to 1, `[N]`.
    pub opacities: Vec<f32>,
    /// How colours depend on the direction of view; `None` if they do not.
    pub harmonics: Option<Harmonics>,
}

/// Spherical harmonics above degree 0, as 3D Gaussian splatting (Kerbl and others, 2023) has them.
#[derive(Debug, Clone, PartialEq)]
pub struct Harmonics {
    /// The highest degree, 1 to 3.
    pub degree: u8,
    /// `[N, (degree + 1)² - 1, 3]`, splat by splat: red, green and blue of each coefficient, by
    /// degree and then by order.
    pub coefficients: Vec<[f32; 3]>,
}

impl Harmonics {
    /// Coefficients of each splat: 3, 8 or 15.
    pub fn per_splat(&self) -> usize {
        per_splat(self.degree)
    }
}

/// Coefficients above degree 0, up to this one.
pub(super) fn per_splat(degree: u8) -> usize {
    let side = usize::from(degree) + 1;
    side * side - 1
}

impl Splats {
    /// Room for this many.
    pub(super) fn with_capacity(splats: usize, degree: u8) -> Self {
        Self {
            centers: Vec::with_capacity(splats),
            scales: Vec::with_capacity(splats),
            wxyzs: Vec::with_capacity(splats),
            colors: Vec::with_capacity(splats),
            opacities: Vec::with_capacity(splats),
            harmonics: (degree > 0).then(|| Harmonics {
                degree,
                coefficients: Vec::with_capacity(splats * per_splat(degree)),
            }),
        }
    }

    /// Appends a splat without its harmonics. `false` if it is left out, since something about it
    /// is not finite or its rotation has no length.
    pub(super) fn push(&mut self, splat: Splat) -> bool {
        let rotation = DQuat::from_xyzw(
            splat.wxyz[1].into(),
            splat.wxyz[2].into(),
            splat.wxyz[3].into(),
            splat.wxyz[0].into(),
        );
        let length = rotation.length();
        let finite = |row: &[f32]| row.iter().all(|number| number.is_finite());
        let whole = finite(&splat.center)
            && finite(&splat.scale)
            && finite(&splat.color)
            && splat.opacity.is_finite()
            && length.is_finite()
            && length > 0.0;
        if whole {
            let unit = rotation / length;
            self.centers.push(splat.center);
            self.scales.push(splat.scale);
            self.wxyzs
                .push([unit.w, unit.x, unit.y, unit.z].map(|part| part as f32));
            self.colors.push(splat.color);
            self.opacities.push(splat.opacity.clamp(0.0, 1.0));
        }
        whole
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.centers.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.centers.is_empty()
    }

    /// Covariances, `[N, 3, 3]`: the scales' squares along the rotated axes.
    pub fn covariances(&self) -> Vec<[[f32; 3]; 3]> {
        let rows = self.scales.iter().zip(&self.wxyzs);
        rows.map(|(scale, wxyz)| covariance(*scale, *wxyz))
            .collect()
    }

    /// Colours in 8 bits, `[N, 3]`. Fractions are cut off, as viser does.
    pub fn rgbs(&self) -> Vec<[u8; 3]> {
        let byte = |unit: f32| (unit * 255.0).clamp(0.0, 255.0) as u8;
        self.colors.iter().map(|color| color.map(byte)).collect()
    }

    /// The node that shows them. Harmonics travel in 8 bits, as fractions of each splat's largest
    /// coefficient; viser's client shows the means over all directions instead.
    ///
    /// # Errors
    /// Rows were taken from some of the lists only.
    pub fn to_node(&self) -> crate::Result<GaussianSplats> {
        let rgbs = self.rgbs();
        let node = Gaussians {
            centers: &self.centers,
            covariances: &self.covariances(),
            rgbs: &rgbs,
            opacities: &self.opacities,
        }
        .pack()?;
        Ok(node.harmonics(harmonics::packed(self, &rgbs)))
    }
}

/// One of them; its rotation need not be of unit length.
pub(super) struct Splat {
    pub(super) center: [f32; 3],
    pub(super) scale: [f32; 3],
    pub(super) wxyz: [f32; 4],
    pub(super) color: [f32; 3],
    pub(super) opacity: f32,
}

/// `R S² Rᵀ`, with the rotation R and the scales S.
fn covariance(scale: [f32; 3], [w, x, y, z]: [f32; 4]) -> [[f32; 3]; 3] {
    let rotation = DQuat::from_xyzw(x.into(), y.into(), z.into(), w.into()).normalize();
    let axes =
        DMat3::from_quat(rotation) * DMat3::from_diagonal(DVec3::from_array(scale.map(f64::from)));
    let covariance = axes * axes.transpose();
    covariance
        .to_cols_array_2d()
        .map(|column| column.map(|number| number as f32))
}
