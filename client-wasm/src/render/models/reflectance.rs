//! How much of the light from all around a rough surface reflects.

use std::f32::consts::TAU;

use glam::{Vec2, Vec3};
use three_d::core::{Context, CpuTexture, Interpolation, Texture2D, TextureData, Wrapping};

/// Steps of angle and of roughness: between them the numbers hardly bend.
const SIZE: u32 = 16;

/// Directions that are summed up for each number.
const SAMPLES: u32 = 256;

/// The share of light that is reflected as a factor of the reflectance seen head-on, and a summand
/// to that: by the cosine of the angle of view (to the right) and by roughness (upwards).
///
/// Karis, "Real shading in Unreal Engine 4" (2013), with height-correlated masking.
pub(super) fn table(context: &Context) -> Texture2D {
    let at = |i: u32| (i as f32 + 0.5) / SIZE as f32;
    // Textures begin at the bottom, data at the top.
    let rows = (0..SIZE).rev();
    let texels = rows.flat_map(|y| (0..SIZE).map(move |x| share(at(x), at(y)).to_array()));
    let texture = CpuTexture {
        data: TextureData::RgF16(
            texels
                .map(|t| t.map(three_d::core::f16::from_f32))
                .collect(),
        ),
        width: SIZE,
        height: SIZE,
        min_filter: Interpolation::Linear,
        mag_filter: Interpolation::Linear,
        mipmap: None,
        wrap_s: Wrapping::ClampToEdge,
        wrap_t: Wrapping::ClampToEdge,
        ..CpuTexture::default()
    };
    Texture2D::new(context, &texture)
}

/// The integral over microfacets (GGX), which are sampled by how many there are of each direction.
fn share(n_v: f32, roughness: f32) -> Vec2 {
    let alpha = roughness * roughness;
    let square = alpha * alpha;
    let v = Vec3::new((1.0 - n_v * n_v).sqrt(), 0.0, n_v);
    let mut sum = Vec2::ZERO;
    for i in 0..SAMPLES {
        let (part, angle) = ((i as f32 + 0.5) / SAMPLES as f32, TAU * radical_inverse(i));
        let cos = ((1.0 - part) / (1.0 + (square - 1.0) * part)).sqrt();
        let sin = (1.0 - cos * cos).max(0.0).sqrt();
        let h = Vec3::new(sin * angle.cos(), sin * angle.sin(), cos);
        let v_h = v.dot(h);
        let n_l = 2.0 * v_h * h.z - v.z;
        if n_l <= 0.0 || v_h <= 0.0 {
            continue;
        }
        let masked = |a: f32, b: f32| a * (square + (1.0 - square) * b * b).sqrt();
        let visibility = 0.5 / (masked(n_l, n_v) + masked(n_v, n_l));
        let weight = visibility * 4.0 * n_l * v_h / h.z.max(1e-6);
        let fresnel = (1.0 - v_h).powi(5);
        sum += Vec2::new(1.0 - fresnel, fresnel) * weight;
    }
    sum / SAMPLES as f32
}

/// The binary digits of `i` mirrored at the point (van der Corput): 1, 2, 3 become 1/2, 1/4, 3/4.
fn radical_inverse(i: u32) -> f32 {
    i.reverse_bits() as f32 / 2f32.powi(32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_surfaces_reflect_everything_at_grazing_angles() {
        let mirror = share(0.5, 0.05);
        let fresnel = 0.5f32.powi(5);
        assert!((mirror - Vec2::new(1.0 - fresnel, fresnel)).length() < 0.01);
    }

    #[test]
    fn the_roughest_surfaces_have_the_integral_in_closed_form() {
        // Seen head-on: the integral of c / (1 + c) over cosines from 0 to 1.
        let head_on = share(1.0, 1.0);
        assert!(
            (head_on.x + head_on.y - (1.0 - 2f32.ln())).abs() < 1e-3,
            "{head_on}"
        );
    }

    #[test]
    fn rough_surfaces_agree_with_the_polynomials_of_the_shader() {
        // Those of surface.frag.
        let factor = [0.91795, -2.12549, 5.08827, -7.97408, 6.57194, -2.14267];
        let summand = [0.04631, -0.26110, 0.72518, -1.13348, 0.91832, -0.29566];
        for n_v in [0.3, 0.5, 0.7] {
            let polynomial = |c: [f32; 6]| c.iter().rev().fold(0.0, |sum, c| sum * n_v + c);
            let expected = Vec2::new(polynomial(factor), polynomial(summand));
            let found = share(n_v, 1.0);
            assert!(
                (found - expected).length() < 0.04,
                "{n_v}: {found} {expected}"
            );
        }
    }
}
