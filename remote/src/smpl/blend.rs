//! Blend shapes: a sum of displacements, each scaled by a coefficient.

use crate::NdArray;

/// Floats that are summed at once, for as many processors as possible.
const LANES: usize = 8;

/// Displacements of every coordinate by every coefficient.
///
/// Laid out in tiles: for each run of [`LANES`] coordinates, the displacements by all
/// coefficients follow each other, so that a sum reads memory once from start to end and stays
/// in registers.
pub(super) struct Blend {
    coefficients: usize,
    tiles: Vec<[f32; LANES]>,
}

impl Blend {
    /// From `directions` of shape `[…, coefficients]`, of which those in `range` are used.
    pub(super) fn new(directions: &NdArray, range: std::ops::Range<usize>) -> Self {
        let columns = directions.shape().last().copied().unwrap_or(0);
        let values = directions.to_f32();
        let coordinates = values.len().checked_div(columns).unwrap_or(0);
        let mut tiles = Vec::with_capacity(coordinates.div_ceil(LANES) * range.len());
        for first in (0..coordinates).step_by(LANES) {
            for column in range.clone() {
                let value = |lane: usize| {
                    let coordinate = first + lane;
                    let place = coordinate * columns + column;
                    values
                        .get(place)
                        .copied()
                        .filter(|_| coordinate < coordinates)
                };
                tiles.push(std::array::from_fn(|lane| value(lane).unwrap_or(0.0)));
            }
        }
        Self {
            coefficients: range.len(),
            tiles,
        }
    }

    pub(super) fn coefficients(&self) -> usize {
        self.coefficients
    }

    /// Adds the displacements by `coefficients` to `coordinates`. There may be fewer coefficients
    /// than displacements: those that are missing are 0.
    pub(super) fn add(&self, coefficients: &[f32], coordinates: &mut [f32]) {
        if self.coefficients == 0 {
            return;
        }
        let tiles = self.tiles.chunks_exact(self.coefficients);
        for (tile, coordinates) in tiles.zip(coordinates.chunks_mut(LANES)) {
            let mut sums = [0.0_f32; LANES];
            for (displacements, scale) in tile.iter().zip(coefficients) {
                for (sum, displacement) in sums.iter_mut().zip(displacements) {
                    *sum += scale * displacement;
                }
            }
            for (coordinate, sum) in coordinates.iter_mut().zip(sums) {
                *coordinate += sum;
            }
        }
    }
}
