//! Triangles and what is at their corners.

use super::GltfError;
use super::json::{self, Document};
use super::morph;
use super::value::Value;
use crate::render::geometry::{self, Geometry};

const TRIANGLES: usize = 4;
const TRIANGLE_STRIP: usize = 5;
const TRIANGLE_FAN: usize = 6;

/// Triangles of one material.
#[derive(Clone, Debug, PartialEq)]
pub struct Primitive {
    /// Normals are made from the triangles: those of the file are not used.
    pub geometry: Geometry,
    /// Each triangle has its own normal: the file has none.
    pub is_flat: bool,
    /// Places in textures, of both sets: `[V, 2]`.
    pub uvs: [Option<Vec<[f32; 2]>>; 2],
    /// Linear, `[V, 4]`.
    pub colors: Option<Vec<[f32; 4]>>,
    /// What moves each vertex.
    pub skin: Option<Influences>,
    /// In [`Asset::materials`](super::Asset::materials).
    pub material: Option<usize>,
}

/// The joints that move each vertex.
#[derive(Clone, Debug, PartialEq)]
pub struct Influences {
    /// In [`Skin::joints`](super::Skin::joints), `[V, 4]`.
    pub joints: Vec<[u16; 4]>,
    /// `[V, 4]`.
    pub weights: Vec<[f32; 4]>,
}

impl Primitive {
    /// Joints that do not exist must have no weight.
    pub(super) fn check_joints(&mut self, count: usize) -> Result<(), GltfError> {
        let Some(Influences { joints, weights }) = &mut self.skin else {
            return Ok(());
        };
        for (joint, weight) in joints.iter_mut().flatten().zip(weights.iter().flatten()) {
            if usize::from(*joint) >= count {
                if *weight != 0.0 {
                    let problem = format!("a vertex follows joint {joint} of {count}");
                    return Err(GltfError::Content(problem));
                }
                *joint = 0;
            }
        }
        Ok(())
    }
}

/// Reads a primitive, in the shape that its morph targets have with those weights; `None` for
/// points, lines and what has no positions.
pub(super) fn read(
    document: &Document<'_>,
    json: &Value,
    weights: &[f32],
    materials: usize,
) -> Result<Option<Primitive>, GltfError> {
    let attribute = |name: &str| json::index(json.get("attributes")?, name);
    let mode = json::index(json, "mode").unwrap_or(TRIANGLES);
    let Some(positions) = attribute("POSITION") else {
        return Ok(None);
    };
    if !(TRIANGLES..=TRIANGLE_FAN).contains(&mode) {
        return Ok(None);
    }
    let positions = document.floats::<3>(positions)?;
    let count = positions.len();
    let indices = match json::index(json, "indices") {
        Some(indices) => document.whole(indices)?,
        None => (0..count as u32).collect(),
    };
    let mut geometry = geometry::from_mesh(&positions, &triangles(mode, &indices))
        .map_err(|error| GltfError::Content(error.to_string()))?;
    morph::apply(document, json, weights, &mut geometry)?;

    let material = json::index(json, "material");
    if let Some(index) = material.filter(|index| *index >= materials) {
        let what = "material";
        return Err(GltfError::Missing { what, index });
    }
    let uvs = ["TEXCOORD_0", "TEXCOORD_1"].map(|name| match attribute(name) {
        Some(index) => each(name, document.floats::<2>(index)?, count).map(Some),
        None => Ok(None),
    });
    let [uv0, uv1] = uvs;
    let colors = match attribute("COLOR_0") {
        Some(index) => Some(each("COLOR_0", document.colors(index)?, count)?),
        None => None,
    };
    let skin = match (attribute("JOINTS_0"), attribute("WEIGHTS_0")) {
        (Some(joints), Some(weights)) => Some(Influences {
            joints: each("JOINTS_0", document.joints(joints)?, count)?,
            weights: each("WEIGHTS_0", document.floats::<4>(weights)?, count)?,
        }),
        _ => None,
    };
    Ok(Some(Primitive {
        geometry,
        is_flat: attribute("NORMAL").is_none(),
        uvs: [uv0?, uv1?],
        colors,
        skin,
        material,
    }))
}

/// There must be one for each vertex.
fn each<T>(name: &str, values: Vec<T>, count: usize) -> Result<Vec<T>, GltfError> {
    if values.len() == count {
        return Ok(values);
    }
    let found = values.len();
    let problem = format!("{found} values of {name} for {count} vertices");
    Err(GltfError::Content(problem))
}

fn triangles(mode: usize, indices: &[u32]) -> Vec<[u32; 3]> {
    match mode {
        TRIANGLE_STRIP => (0..indices.len().saturating_sub(2))
            .map(|i| {
                let [a, b, c] = [i, i + 1, i + 2].map(|i| indices[i]);
                if i % 2 == 0 { [a, b, c] } else { [a, c, b] }
            })
            .collect(),
        TRIANGLE_FAN => (2..indices.len())
            .map(|i| [indices[0], indices[i - 1], indices[i]])
            .collect(),
        _ => indices.as_chunks().0.to_vec(),
    }
}
