//! Triangle meshes.

use std::sync::Arc;

use bytes::Bytes;

use super::frames::Frames;
use crate::NdArray;
use crate::arguments::Arguments;
use crate::refused::Refused;
use crate::sequence::{Frame, Sequence};

/// The order of arguments by position.
pub(super) const ARGUMENTS: [&str; 16] = [
    "vertices",
    "faces",
    "vertex_normals",
    "face_normals",
    "vertex_colors",
    "face_colors",
    "uv_coords",
    "path_to_texture",
    "cast_shadow",
    "pickable",
    "flat_shading",
    "draw_edges",
    "draw_outline",
    "instance_transforms",
    "z_up",
    "icon",
];

/// A compressed image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextureFile {
    /// The whole file.
    pub bytes: Bytes,
    /// Whether it is PNG; else it is JPEG.
    pub is_png: bool,
}

/// Triangles whose vertices move. Everything with frames may also have one for all.
#[derive(Clone, Debug)]
pub struct Meshes {
    /// `[V, 3]` in each frame.
    pub vertices: Sequence,
    /// `[T, 3]`: three vertices for each triangle, the same in all frames.
    pub faces: Arc<[u32]>,
    /// `[V, 3]`, as the publisher gave them; gone once vertices change.
    pub vertex_normals: Option<Sequence>,
    /// `[T, 3]`, likewise.
    pub face_normals: Option<Sequence>,
    /// `[V, 4]` RGBA.
    pub vertex_colors: Option<Sequence>,
    /// `[T, 4]` RGBA, which go before those of vertices.
    pub face_colors: Option<Sequence>,
    /// `[V, 2]` places in the texture.
    pub uv_coords: Option<Frame>,
    /// The texture's file, on the machine of the viewer.
    pub path_to_texture: Option<Arc<str>>,
    /// What that file holds, once whoever shows the mesh has read it: it decides which files may
    /// be.
    pub texture: Option<TextureFile>,
    /// Whether it casts a shadow. Default true.
    pub cast_shadow: bool,
    /// Whether clicks select it. Default true.
    pub pickable: bool,
    /// Whether each triangle has one shade. Default false.
    pub flat_shading: bool,
    /// Whether edges of triangles are drawn. Default false.
    pub draw_edges: bool,
    /// Whether an outline is drawn. Default false.
    pub draw_outline: bool,
    /// `[I, 4, 4]` matrices by rows: one copy of the mesh for each.
    pub instance_transforms: Option<Sequence>,
}

impl Meshes {
    pub(super) fn new(arguments: &mut Arguments) -> Result<Self, Refused> {
        let vertices = Sequence::new("vertices", &*arguments.array("vertices")?, 2)?;
        let vertices = vertices.expect(&[None, Some(3)])?;
        let count = vertices.shape()[0];
        let faces = arguments.array("faces")?;
        // Polygons of more corners become more triangles, which have the polygon's colour.
        let corners = faces.shape().last().copied().unwrap_or(0);
        let triangles_each = corners.saturating_sub(2);
        let polygons = faces.shape().first().copied().unwrap_or(0);
        let faces = triangles(&faces, count)?;
        let mut sequence = |name, rank, expected: &[Option<usize>]| {
            let array = arguments.optional_array(name)?;
            let sequence = array.map(|array| Sequence::new(name, &array, rank)?.expect(expected));
            sequence.transpose()
        };
        let face_colors = sequence("face_colors", 2, &[Some(polygons), Some(4)])?;
        let face_normals = sequence("face_normals", 2, &[Some(polygons), Some(3)])?;
        let per_triangle = |mut sequence: Sequence| {
            sequence.repeat_rows(triangles_each);
            sequence
        };
        let uv_coords = sequence("uv_coords", 2, &[Some(count), Some(2)])?;
        let matrices = [None, Some(4), Some(4)];
        let instance_transforms = sequence("instance_transforms", 3, &matrices)?;
        if let Some(transforms) = &instance_transforms
            && ![1, vertices.len()].contains(&transforms.len())
            && vertices.len() != 1
        {
            return Err(Refused::new(format!(
                "`instance_transforms` has {} frames, but must have 1 or the mesh's {}",
                transforms.len(),
                vertices.len()
            )));
        }
        Ok(Self {
            vertex_normals: sequence("vertex_normals", 2, &[Some(count), Some(3)])?,
            face_normals: face_normals.map(per_triangle),
            vertex_colors: sequence("vertex_colors", 2, &[Some(count), Some(4)])?,
            face_colors: face_colors.map(per_triangle),
            uv_coords: uv_coords.and_then(|sequence| sequence.at(0).cloned()),
            instance_transforms,
            texture: None,
            path_to_texture: arguments.text("path_to_texture")?,
            cast_shadow: arguments.bool("cast_shadow", true)?,
            pickable: arguments.bool("pickable", true)?,
            flat_shading: arguments.bool("flat_shading", false)?,
            draw_edges: arguments.bool("draw_edges", false)?,
            draw_outline: arguments.bool("draw_outline", false)?,
            vertices,
            faces,
        })
    }

    /// Frames that differ: of the vertices or, where these stand still, of the copies.
    pub(super) fn frame_count(&self) -> usize {
        match (self.vertices.len(), &self.instance_transforms) {
            (1, Some(transforms)) => transforms.len(),
            (frames, _) => frames,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        let parts = [
            &self.vertex_normals,
            &self.face_normals,
            &self.vertex_colors,
            &self.face_colors,
            &self.instance_transforms,
        ];
        let parts = parts.into_iter().flatten().map(Sequence::bytes);
        let uv = self.uv_coords.as_ref().map_or(0, |uv| 4 * uv.len());
        let texture = self.texture.as_ref().map_or(0, |file| file.bytes.len());
        self.vertices.bytes() + 4 * self.faces.len() + uv + texture + parts.sum::<usize>()
    }
}

impl Frames for Meshes {
    fn names(&self) -> &'static [&'static str] {
        &["vertices"]
    }

    fn sequences(&mut self) -> Vec<&mut Sequence> {
        vec![&mut self.vertices]
    }

    fn changed(&mut self) {
        self.vertex_normals = None;
        self.face_normals = None;
    }
}

/// The triangles of polygons with the same number of corners.
fn triangles(faces: &NdArray, vertices: usize) -> Result<Arc<[u32]>, Refused> {
    let &[_, corners @ 3..=64] = faces.shape() else {
        return Err(Refused::new(format!(
            "`faces` must have the shape [T, 3], not {:?}",
            faces.shape()
        )));
    };
    let indices: Vec<f64> = faces.to_f64();
    if let Some(index) = indices
        .iter()
        .find(|index| !(**index >= 0.0 && **index < vertices as f64))
    {
        return Err(Refused::new(format!(
            "`faces` refers to vertex {index}, but there are {vertices}"
        )));
    }
    let mut triangles = Vec::with_capacity(indices.len());
    for polygon in indices.chunks_exact(corners) {
        for pair in polygon[1..].windows(2) {
            triangles.extend([polygon[0], pair[0], pair[1]].map(|index| index as u32));
        }
    }
    Ok(triangles.into())
}
