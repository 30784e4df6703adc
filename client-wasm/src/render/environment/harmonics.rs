//! Real spherical harmonics, orthonormal on the sphere, with y as polar axis.

use std::f32::consts::{PI, SQRT_2};

use glam::Vec3;

/// How many bands are kept. The next one would be blurred to 0.2 % of its strength.
pub const BANDS: usize = 6;

/// Coefficients in all bands: band `l` has `2 l + 1`, from order `-l` to `l`.
pub const COEFFICIENTS: usize = BANDS * BANDS;

/// The functions' values in a direction of unit length.
pub fn basis(direction: Vec3) -> [f32; COEFFICIENTS] {
    let mut values = [0.0; COEFFICIENTS];
    let y = direction.y;
    // Real and imaginary part of (x + iz)^m, which carry the azimuth.
    let (mut cos, mut sin) = (1.0, 0.0);
    // (2 m - 1)!!, the associated Legendre function of degree and order m, but for the azimuth.
    let mut diagonal = 1.0;
    for order in 0..BANDS {
        let (mut previous, mut legendre) = (0.0, diagonal);
        for band in order..BANDS {
            let value = normalization(band, order) * legendre;
            let middle = band * band + band;
            if order == 0 {
                values[middle] = value;
            } else {
                values[middle + order] = SQRT_2 * value * cos;
                values[middle - order] = SQRT_2 * value * sin;
            }
            let (l, m) = (band as f32, order as f32);
            let next = ((2.0 * l + 1.0) * y * legendre - (l + m) * previous) / (l - m + 1.0);
            (previous, legendre) = (legendre, next);
        }
        diagonal *= 2.0 * order as f32 + 1.0;
        (cos, sin) = (
            cos * direction.x - sin * direction.z,
            sin * direction.x + cos * direction.z,
        );
    }
    values
}

/// Makes the function of this band and order of unit length.
fn normalization(band: usize, order: usize) -> f32 {
    // (l - m)! / (l + m)!
    let ratio: f32 = (band - order + 1..=band + order)
        .map(|k| 1.0 / k as f32)
        .product();
    ((2.0 * band as f32 + 1.0) / (4.0 * PI) * ratio).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_basis_is_orthonormal() {
        let (rows, columns) = (64, 128);
        let mut products = [[0.0f64; COEFFICIENTS]; COEFFICIENTS];
        for row in 0..rows {
            let polar = PI * (row as f32 + 0.5) / rows as f32;
            for column in 0..columns {
                let azimuth = 2.0 * PI * (column as f32 + 0.5) / columns as f32;
                let direction = Vec3::new(
                    polar.sin() * azimuth.cos(),
                    polar.cos(),
                    polar.sin() * azimuth.sin(),
                );
                let area = polar.sin() * PI / rows as f32 * 2.0 * PI / columns as f32;
                let values = basis(direction);
                for (sums, a) in products.iter_mut().zip(values) {
                    for (sum, b) in sums.iter_mut().zip(values) {
                        *sum += f64::from(a * b * area);
                    }
                }
            }
        }
        for (i, row) in products.iter().enumerate() {
            for (j, product) in row.iter().enumerate() {
                let expected = if i == j { 1.0 } else { 0.0 };
                assert!((product - expected).abs() < 2e-3, "{i} {j}: {product}");
            }
        }
    }
}
