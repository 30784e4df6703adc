//! One primitive: its positions, colours and triangles.

use super::{
    accessor::Numbers,
    buffers::Buffers,
    document::{Document, Primitive},
};
use crate::loaders::{
    Geometry, Mesh, Points,
    color::linear_to_byte,
    geometry::{push_polygon, push_strip, turn_around},
};
use glam::{Affine3A, Vec3};

const POINTS: u32 = 0;
const TRIANGLES: u32 = 4;
const TRIANGLE_STRIP: u32 = 5;
const TRIANGLE_FAN: u32 = 6;

/// The bytes that a primitive takes at most. Accessors that do not exist, or name more elements than
/// `bytes_read` could hold, count no more than that: reading them is an error.
pub(super) fn cost(document: &Document, primitive: &Primitive, bytes_read: u64) -> u64 {
    let count = |accessor: Option<u32>| {
        let accessor = document.accessors.get(accessor? as usize);
        accessor.map(|accessor| accessor.count.min(bytes_read))
    };
    let vertices = count(primitive.attributes.position).unwrap_or(0);
    let corners = count(primitive.indices).unwrap_or(vertices);
    // A vertex takes 15 bytes with its colour, a corner 4 as index and up to 12 as face, and the
    // item itself has a size too.
    256_u64
        .saturating_add(vertices.saturating_mul(15))
        .saturating_add(corners.saturating_mul(16))
}

/// Reads a primitive into the coordinates of the whole file; `None` for lines and for what has no
/// positions.
pub(super) fn read(
    document: &Document,
    buffers: &Buffers,
    primitive: &Primitive,
    world_from_node: Affine3A,
) -> Result<Option<Geometry>, String> {
    let Some(position) = primitive.attributes.position else {
        return Ok(None);
    };
    if !matches!(
        primitive.mode,
        POINTS | TRIANGLES | TRIANGLE_STRIP | TRIANGLE_FAN
    ) {
        return Ok(None);
    }
    let numbers = Numbers::find(document, buffers, position, &["VEC3"])?;
    let count = numbers.len();
    let indices = primitive
        .indices
        .map(|index| Numbers::find(document, buffers, index, &["SCALAR"]))
        .transpose()?;
    let vertices: Vec<[f32; 3]> = numbers
        .iter()
        .map(|[x, y, z, _]| Vec3::new(x as f32, y as f32, z as f32))
        .map(|p| world_from_node.transform_point3(p).to_array())
        .collect();
    let base = base_color(document, primitive)?;
    let colors = vertex_colors(document, buffers, primitive, base, count)?;
    if primitive.mode == POINTS {
        let colors = colors.or_else(|| Some(vec![to_bytes(base?); count]));
        return Ok(Some(Geometry::Points(Points::new(vertices, colors))));
    }
    let indices = match indices {
        Some(indices) => checked_indices(&indices, count)?,
        None => (0..count as u32).collect(),
    };
    let mut faces = triangulate(primitive.mode, &indices);
    if world_from_node.matrix3.determinant() < 0.0 {
        turn_around(&mut faces);
    }
    Ok(Some(Geometry::Mesh(Mesh {
        vertices,
        faces,
        color: base.filter(|_| colors.is_none()).map(to_bytes),
        vertex_colors: colors,
        flat: primitive.attributes.normal.is_none(),
        texture: None,
    })))
}

fn triangulate(mode: u32, indices: &[u32]) -> Vec<[u32; 3]> {
    let mut faces = Vec::new();
    match mode {
        TRIANGLE_STRIP => push_strip(&mut faces, indices),
        TRIANGLE_FAN => push_polygon(&mut faces, indices),
        _ => faces.extend(indices.chunks_exact(3).map(|c| [c[0], c[1], c[2]])),
    }
    faces
}

fn checked_indices(numbers: &Numbers, count: usize) -> Result<Vec<u32>, String> {
    let checked = |index: f64| {
        let inside = (0.0..count as f64).contains(&index);
        inside
            .then_some(index as u32)
            .ok_or_else(|| format!("a face names vertex {index} of {count}"))
    };
    numbers.iter().map(|[index, ..]| checked(index)).collect()
}

/// The material's linear colour; `None` without a material.
fn base_color(document: &Document, primitive: &Primitive) -> Result<Option<[f64; 3]>, String> {
    let Some(index) = primitive.material else {
        return Ok(None);
    };
    let material = document.materials.get(index as usize);
    let material = material.ok_or_else(|| format!("material {index} does not exist"))?;
    let [r, g, b, _] = material
        .pbr_metallic_roughness
        .base_color_factor
        .map(f64::from);
    Ok(Some([r, g, b]))
}

/// The vertices' own colours, multiplied with the material's.
fn vertex_colors(
    document: &Document,
    buffers: &Buffers,
    primitive: &Primitive,
    base: Option<[f64; 3]>,
    count: usize,
) -> Result<Option<Vec<[u8; 3]>>, String> {
    let Some(index) = primitive.attributes.color else {
        return Ok(None);
    };
    let numbers = Numbers::find(document, buffers, index, &["VEC3", "VEC4"])?;
    if numbers.len() != count {
        return Err(format!("{} colours for {count} positions", numbers.len()));
    }
    let base = base.unwrap_or([1.0; 3]);
    let tinted = |[r, g, b, _]: [f64; 4]| to_bytes([r * base[0], g * base[1], b * base[2]]);
    Ok(Some(numbers.iter().map(tinted).collect()))
}

fn to_bytes(color: [f64; 3]) -> [u8; 3] {
    color.map(linear_to_byte)
}
