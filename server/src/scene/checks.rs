//! Checks that the properties of nodes share.

use super::kind::Check;
use scenecast_protocol::{Array, Scale};

/// An array must have this many rows.
pub(crate) fn count(name: &str, rows: usize, expected: usize) -> Check {
    if rows == expected {
        return Ok(());
    }
    Err(format!("{name} has {rows} rows, expected {expected}"))
}

/// An array must have one row, or this many.
pub(crate) fn one_or_each(name: &str, rows: usize, expected: usize) -> Check {
    if rows == 1 || rows == expected {
        return Ok(());
    }
    Err(format!(
        "{name} has {rows} rows, expected {expected}, or 1 for all"
    ))
}

/// Scales of instances: one number each, or three.
pub(crate) fn batched_scales(scales: Option<&Array<f32>>, instances: usize) -> Check {
    let Some(numbers) = scales.map(Array::len) else {
        return Ok(());
    };
    if numbers == instances || numbers == 3 * instances {
        return Ok(());
    }
    Err(format!(
        "batched_scales has {numbers} numbers, expected {instances} or {}",
        3 * instances
    ))
}

/// Triangles must only name vertices that there are.
pub(crate) fn faces_in_range(faces: &Array<[u32; 3]>, vertices: usize) -> Check {
    let largest = faces.iter().flatten().max();
    match largest {
        Some(index) if index as usize >= vertices => Err(format!(
            "faces name vertex {index}, but there are {vertices} vertices"
        )),
        Some(_) | None => Ok(()),
    }
}

/// The node's scale must be a number.
pub(crate) fn finite_scale(scale: &Scale) -> Check {
    finite_all("scale", &scale.xyz())
}

/// Numbers must be finite.
pub(crate) fn finite_all(name: &str, numbers: &[f64]) -> Check {
    numbers.iter().try_for_each(|n| finite(name, *n))
}

/// A number must be finite.
pub(crate) fn finite(name: &str, number: f64) -> Check {
    if number.is_finite() {
        return Ok(());
    }
    Err(format!("{name} is {number}, expected a finite number"))
}

/// An optional number must be from 0 to 1.
pub(crate) fn within_unit(name: &str, number: Option<f64>) -> Check {
    match number {
        Some(n) if !(0.0..=1.0).contains(&n) => Err(format!("{name} is {n}, expected 0 to 1")),
        Some(_) | None => Ok(()),
    }
}
