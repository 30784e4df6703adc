//! Light from the surroundings: of a photograph, or the default ones, reduced to what a fully rough
//! surface can tell apart.
//!
//! Such a surface blurs its surroundings so much that the first few bands of spherical harmonics
//! describe them, so no image is shipped or filtered: coefficients become a small cube map of
//! blurred light at start.

use glam::Vec3;
use three_d::core::{
    Context, CpuTexture, Interpolation, TextureCubeMap, TextureData, Wrapping, f16,
};

mod city;
mod gain_map;
mod harmonics;
mod maps;

pub use city::CITY;
pub use harmonics::{BANDS, COEFFICIENTS, basis};
pub(crate) use maps::{EnvironmentMaps, Sky};

/// Pixels along an edge of the cube map: its light varies no faster than the last band.
const CUBE_SIZE: u32 = 16;

/// Each face of a cube map: the direction at its middle, and along rising columns and rows. three-d
/// calls the one towards +z front.
const FACES: [[Vec3; 3]; 6] = [
    [Vec3::X, Vec3::NEG_Z, Vec3::NEG_Y],
    [Vec3::NEG_X, Vec3::Z, Vec3::NEG_Y],
    [Vec3::Y, Vec3::X, Vec3::Z],
    [Vec3::NEG_Y, Vec3::X, Vec3::NEG_Z],
    [Vec3::Z, Vec3::X, Vec3::NEG_Y],
    [Vec3::NEG_Z, Vec3::NEG_X, Vec3::NEG_Y],
];

/// How much of each band is left after the blur of a fully rough surface. These are the weights
/// of the prefiltering chain that the reference client builds (ten passes of importance-sampled
/// GGX), which is close to the cosine lobe's 1, 2/3, 1/4, 0, -1/24.
const BAND_WEIGHTS: [f32; BANDS] = [1.0, 0.635, 0.2703, 0.0857, 0.0233, 0.0061];

/// How much of each band a mirror shows: less of the last ones, which ring where the light has
/// edges.
const MIRROR_WEIGHTS: [f32; BANDS] = [1.0, 0.98, 0.93, 0.85, 0.75, 0.62];

/// Radiance from all directions as coefficients of real spherical harmonics, linear RGB.
pub type Radiance = [[f32; 3]; COEFFICIENTS];

/// The light that a fully rough surface with this normal (unit length, three world) gathers,
/// divided by pi.
pub fn blurred(radiance: &Radiance, normal: Vec3) -> Vec3 {
    weighted(radiance, normal, BAND_WEIGHTS)
}

fn weighted(radiance: &Radiance, normal: Vec3, weights: [f32; BANDS]) -> Vec3 {
    let basis = basis(normal);
    let mut light = Vec3::ZERO;
    for (index, (value, coefficient)) in basis.iter().zip(radiance).enumerate() {
        light += Vec3::from(*coefficient) * *value * weights[index.isqrt()];
    }
    light.max(Vec3::ZERO)
}

/// The blurred light as a cube map, indexed by normal.
pub(crate) fn cube_map(context: &Context, radiance: &Radiance) -> TextureCubeMap {
    weighted_cube_map(context, radiance, BAND_WEIGHTS)
}

/// The light that a mirror shows as a cube map, as far as the bands know it.
pub(crate) fn mirrored_cube_map(context: &Context, radiance: &Radiance) -> TextureCubeMap {
    weighted_cube_map(context, radiance, MIRROR_WEIGHTS)
}

fn weighted_cube_map(
    context: &Context,
    radiance: &Radiance,
    weights: [f32; BANDS],
) -> TextureCubeMap {
    let [right, left, top, bottom, front, back] = FACES.map(|[middle, column, row]| {
        let along = |i: u32| (i as f32 + 0.5) / CUBE_SIZE as f32 * 2.0 - 1.0;
        let texels = (0..CUBE_SIZE)
            .flat_map(|y| (0..CUBE_SIZE).map(move |x| (x, y)))
            .map(|(x, y)| {
                let normal = (middle + column * along(x) + row * along(y)).normalize();
                let light = weighted(radiance, normal, weights);
                light.extend(1.0).to_array().map(f16::from_f32)
            })
            .collect();
        CpuTexture {
            data: TextureData::RgbaF16(texels),
            width: CUBE_SIZE,
            height: CUBE_SIZE,
            min_filter: Interpolation::Linear,
            mag_filter: Interpolation::Linear,
            mipmap: None,
            wrap_s: Wrapping::ClampToEdge,
            wrap_t: Wrapping::ClampToEdge,
            ..CpuTexture::default()
        }
    });
    TextureCubeMap::new(context, &right, &left, &top, &bottom, &front, &back)
}
