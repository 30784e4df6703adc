//! Colours that depend on the direction of view, as viewers take them.

use super::Splats;
use half::f16;

/// A row of `GaussianSplats::harmonics`.
type Packed = [u32; 14];

/// Coefficients of a row: those of degree 1 to 3.
const COEFFICIENTS: usize = 15;

/// What is to be added to colours in 8 bits, and the harmonics: each splat's in 8 bits of its
/// largest coefficient. Nothing where there are none.
pub(super) fn packed(splats: &Splats, rgbs: &[[u8; 3]]) -> Vec<Packed> {
    let Some(harmonics) = &splats.harmonics else {
        return Vec::new();
    };
    let rows = harmonics.coefficients.chunks_exact(harmonics.per_splat());
    let colors = splats.colors.iter().zip(rgbs);
    rows.zip(colors)
        .map(|(row, (color, rgb))| packed_row(row, *color, *rgb))
        .collect()
}

fn packed_row(coefficients: &[[f32; 3]], color: [f32; 3], rgb: [u8; 3]) -> Packed {
    let largest = coefficients.as_flattened().iter();
    let largest = largest.fold(0.0f32, |largest, number| largest.max(number.abs()));
    let factor = f16::from_f32(largest.min(f16::MAX.to_f32()));
    let lacks: [f32; 3] = std::array::from_fn(|i| color[i] - f32::from(rgb[i]) / 255.0);
    let halves = [lacks[0], lacks[1], lacks[2], factor.to_f32()];

    let mut bytes = [0; 56];
    for (place, half) in bytes.as_chunks_mut().0.iter_mut().zip(halves) {
        *place = f16::from_f32(half).to_le_bytes();
    }
    let per_step = factor.to_f32() / 127.0;
    let rest = &coefficients[..coefficients.len().min(COEFFICIENTS)];
    for (place, number) in bytes[8..].iter_mut().zip(rest.as_flattened()) {
        // Where all are zero so is the factor, and a quotient that is no number becomes zero.
        *place = (number / per_step).round() as i8 as u8;
    }
    let (words, _) = bytes.as_chunks();
    std::array::from_fn(|i| u32::from_le_bytes(words[i]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loaders::Harmonics;

    #[test]
    fn rows_are_read_as_they_were_meant() {
        let splats = Splats {
            colors: vec![[1.25, 0.5, -0.125]; 2],
            harmonics: Some(Harmonics {
                degree: 1,
                coefficients: vec![
                    [0.5, -0.25, 0.0],
                    [-0.5, 0.125, 0.01],
                    [0.0, 0.0, 0.1],
                    [0.0; 3],
                    [0.0; 3],
                    [0.0; 3],
                ],
            }),
            ..Splats::default()
        };
        let rows = packed(&splats, &[[255, 127, 0]; 2]);
        let [first, second] = rows[..] else {
            panic!("{rows:?}")
        };
        let bytes: Vec<u8> = first.iter().flat_map(|word| word.to_le_bytes()).collect();
        let half = |i: usize| f16::from_le_bytes([bytes[2 * i], bytes[2 * i + 1]]).to_f32();
        assert_eq!([half(0), half(2), half(3)], [0.25, -0.125, 0.5]);
        assert!((half(1) - (0.5 - 127.0 / 255.0)).abs() < 1e-5);
        let numbers: Vec<i8> = bytes[8..].iter().map(|byte| *byte as i8).collect();
        assert_eq!(numbers[..9], [127, -64, 0, -127, 32, 3, 0, 0, 25]);
        assert_eq!(numbers[9..], [0; 39]);
        assert_eq!(second[2..], [0; 12]);
        assert_eq!(second[1] >> 16, 0, "the factor");
    }
}
