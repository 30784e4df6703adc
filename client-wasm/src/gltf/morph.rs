//! Morph targets: other shapes that a mesh partly takes.

use glam::Vec3;

use super::GltfError;
use super::json::{self, Document};
use super::value::Value;
use crate::render::geometry::Geometry;

/// Targets of a mesh that are read; more than a graphics card has to be able to keep.
const MAX_TARGETS: usize = 256;

/// How much of each target a node's mesh takes: what the node says, or else the mesh.
pub(super) fn weights(node: &Value, mesh: &Value) -> Vec<f32> {
    let own = |value: &Value| {
        let weights = json::list(value, "weights").iter().take(MAX_TARGETS);
        let weights = weights.map(|weight| weight.as_f64().unwrap_or(0.0) as f32);
        weights.collect::<Vec<_>>()
    };
    match own(node) {
        weights if weights.is_empty() => own(mesh),
        weights => weights,
    }
}

/// Moves the vertices of a primitive by a share of each of its targets. Normals are not made anew:
/// they turn as far as the targets say.
pub(super) fn apply(
    document: &Document<'_>,
    primitive: &Value,
    weights: &[f32],
    geometry: &mut Geometry,
) -> Result<(), GltfError> {
    let shares = json::list(primitive, "targets").iter().zip(weights);
    for (target, weight) in shares.filter(|(_, weight)| **weight != 0.0) {
        if let Some(offsets) = json::index(target, "POSITION") {
            let offsets = document.floats::<3>(offsets)?;
            add(&mut geometry.positions, &offsets, *weight)?;
        }
        if let Some(offsets) = json::index(target, "NORMAL") {
            let offsets = document.floats::<3>(offsets)?;
            add(&mut geometry.normals, &offsets, *weight)?;
        }
    }
    for normal in &mut geometry.normals {
        *normal = Vec3::from(*normal).normalize_or_zero().to_array();
    }
    Ok(())
}

fn add(values: &mut [[f32; 3]], offsets: &[[f32; 3]], weight: f32) -> Result<(), GltfError> {
    if offsets.len() != values.len() {
        let (found, expected) = (offsets.len(), values.len());
        let problem = format!("{found} values of a morph target for {expected} vertices");
        return Err(GltfError::Content(problem));
    }
    for (value, offset) in values.iter_mut().zip(offsets) {
        let moved = Vec3::from(*value) + weight * Vec3::from(*offset);
        if moved.is_finite() {
            *value = moved.to_array();
        }
    }
    Ok(())
}
