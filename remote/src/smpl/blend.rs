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
    coordinates: usize,
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
            coordinates,
            tiles,
        }
    }

    pub(super) fn coefficients(&self) -> usize {
        self.coefficients
    }

    /// Adds to each of `N` rows of coordinates the displacements by its coefficients. A row of
    /// coefficients may be shorter than the displacements: what is missing is 0.
    pub(super) fn add<const N: usize>(&self, coefficients: [&[f32]; N], rows: [&mut [f32]; N]) {
        let mut padded = vec![[0.0; N]; self.coefficients];
        for (n, row) in coefficients.into_iter().enumerate() {
            for (place, &value) in padded.iter_mut().zip(row) {
                place[n] = value;
            }
        }
        let mut rows = rows;
        if self.coefficients == 0 {
            return;
        }
        let tiles = self.tiles.chunks_exact(self.coefficients);
        for (tile, first) in tiles.zip((0..self.coordinates).step_by(LANES)) {
            let mut sums = [[0.0_f32; LANES]; N];
            for (displacements, scales) in tile.iter().zip(&padded) {
                for (sum, &scale) in sums.iter_mut().zip(scales) {
                    for (lane, displacement) in sum.iter_mut().zip(displacements) {
                        *lane += scale * displacement;
                    }
                }
            }
            for (row, sum) in rows.iter_mut().zip(&sums) {
                let last = (first + LANES).min(row.len());
                for (value, lane) in row[first..last].iter_mut().zip(sum) {
                    *value += lane;
                }
            }
        }
    }
}
