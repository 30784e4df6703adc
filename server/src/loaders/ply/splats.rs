//! Gaussian splats in PLY files, as the programs that train them write them.

use super::{
    SPLAT_NAMES,
    header::{Element, Header},
    row::{Row, RowReader},
};
use crate::loaders::{
    LoadError,
    input::Input,
    splats::{Splat, Splats, per_splat},
};

/// The constant spherical-harmonics function, 1 / (2 √π).
pub(super) const SH_CONSTANT: f64 = 0.282_094_791_773_878_14;

/// Where a splat's numbers stand.
pub(super) struct SplatColumns {
    xyz: [usize; 3],
    /// Logarithms of scales.
    scales: [usize; 3],
    wxyz: [usize; 4],
    /// The constant part of the colour.
    dc: [usize; 3],
    /// The logit.
    opacity: usize,
    degree: u8,
    /// Red, green and blue of each harmonic above degree 0.
    rest: Vec<[usize; 3]>,
}

impl SplatColumns {
    /// The columns, if all that make a splat are there.
    pub(super) fn find(element: &Element) -> Option<SplatColumns> {
        let [opacity] = element.columns(["opacity"])?;
        let (degree, rest) = harmonics(element);
        Some(SplatColumns {
            xyz: element.columns(["x", "y", "z"])?,
            scales: element.columns(["scale_0", "scale_1", "scale_2"])?,
            wxyz: element.columns(["rot_0", "rot_1", "rot_2", "rot_3"])?,
            dc: element.columns(SPLAT_NAMES)?,
            opacity,
            degree,
            rest,
        })
    }

    fn splat(&self, row: &Row) -> Splat {
        let number = |column: usize| row.scalar(column) as f32;
        Splat {
            center: self.xyz.map(number),
            scale: self.scales.map(|column| row.scalar(column).exp() as f32),
            wxyz: self.wxyz.map(number),
            color: self
                .dc
                .map(|column| (0.5 + SH_CONSTANT * row.scalar(column)) as f32),
            opacity: (1.0 / (1.0 + (-row.scalar(self.opacity)).exp())) as f32,
        }
    }
}

/// The harmonics of the highest degree whose columns are all there. All of red come first, then all
/// of green, then all of blue.
fn harmonics(element: &Element) -> (u8, Vec<[usize; 3]>) {
    let of_degree = |degree: u8| {
        let count = per_splat(degree);
        let columns = (0..count).map(|coefficient| {
            let name = |channel: usize| format!("f_rest_{}", channel * count + coefficient);
            let [red, green, blue] = [0, 1, 2].map(name);
            element.columns([red.as_str(), green.as_str(), blue.as_str()])
        });
        Some((degree, columns.collect::<Option<Vec<_>>>()?))
    };
    [3, 2, 1]
        .into_iter()
        .find_map(of_degree)
        .unwrap_or_default()
}

/// Reads the rows.
pub(super) fn read(
    input: &mut Input,
    header: &Header,
    element: &Element,
    columns: &SplatColumns,
) -> Result<Splats, LoadError> {
    let mut rows = RowReader::new(input, header, element)?;
    let mut splats = Splats::with_capacity(rows.capacity(), columns.degree);
    while let Some(row) = rows.next(input)? {
        if splats.push(columns.splat(&row))
            && let Some(harmonics) = &mut splats.harmonics
        {
            // A coefficient that is not finite would spoil a splat that is otherwise fine.
            let number = |column: usize| match row.scalar(column) as f32 {
                number if number.is_finite() => number,
                _ => 0.0,
            };
            let coefficients = columns.rest.iter().map(|rgb| rgb.map(number));
            harmonics.coefficients.extend(coefficients);
        }
    }
    Ok(splats)
}
