//! Triangle meshes: in one colour, in several, in many copies.

use super::{
    Prop, Suffix, placements,
    pose::{self, Linear},
    tint,
};
use crate::scene::{BatchedMeshes, Glb, GlbMesh, Mesh, Node, Side};
use glam::{Mat3, Mat4, Quat, Vec3};
use scenecast_protocol::{Array, Rgb, Wire, types::ImageFormat};
use scenecast_remote::{
    Renderable, Sequence,
    renderable::{Color, Meshes, Shown},
};
use std::sync::Arc;

/// What shows a mesh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum MeshLook {
    /// A mesh in one colour.
    Plain,
    /// Instances of a mesh in one colour, each turned, moved and stretched.
    Instances,
    /// A glTF file for each frame, which has the copies in it: several colours, or copies that
    /// are sheared.
    File,
}

impl MeshLook {
    pub(super) fn of(meshes: &Meshes) -> Self {
        let has_colors = meshes.face_colors.is_some() || meshes.vertex_colors.is_some();
        let is_colored = has_colors && one_color(meshes).is_none();
        if is_colored || meshes.texture.is_some() || has_normals(meshes) {
            return Self::File;
        }
        let Some(transforms) = &meshes.instance_transforms else {
            return Self::Plain;
        };
        let frames = (0..transforms.len()).filter_map(|frame| transforms.at(frame));
        let mut copies = frames.flat_map(|frame| matrices(frame));
        match copies.all(|copy| Placed::of(copy).is_some()) {
            true => Self::Instances,
            false => Self::File,
        }
    }

    pub(super) fn parts(self, node: &Renderable, meshes: &Meshes) -> Vec<(Suffix, Node)> {
        let color = one_color(meshes).unwrap_or(node.color);
        let faces: Array<[u32; 3]> = Array::from_shared(Arc::clone(&meshes.faces));
        let part: Node = match self {
            Self::Plain => Mesh::default()
                .faces(faces.clone())
                .color(tint::rgb(color))
                .opacity(tint::opacity(color))
                .flat_shading(meshes.flat_shading)
                .side(Side::Double)
                .cast_shadow(meshes.cast_shadow)
                .into(),
            Self::Instances => BatchedMeshes::default()
                .faces(faces.clone())
                .batched_colors([tint::linear_rgb(color)])
                .opacity(tint::opacity(color))
                .flat_shading(meshes.flat_shading)
                .side(Side::Double)
                .cast_shadow(meshes.cast_shadow)
                .into(),
            Self::File => Glb::default().cast_shadow(meshes.cast_shadow).into(),
        };
        let mut parts = vec![("", part)];
        let black = Mesh::default()
            .faces(faces)
            .color(Rgb([0; 3]))
            .cast_shadow(false);
        if has_lines(meshes, meshes.draw_edges) {
            parts.push((EDGES, black.clone().wireframe(true).into()));
        }
        if has_lines(meshes, meshes.draw_outline) {
            // What is behind a slightly larger mesh is seen around it.
            parts.push((OUTLINE, black.side(Side::Back).into()));
        }
        parts
    }

    /// The vertices and normals of a frame, where those are all that is other than in a file of
    /// another frame.
    pub(super) fn moved(
        self,
        shown: &Shown,
        meshes: &Meshes,
        linear: Option<Linear>,
    ) -> Option<Vec<Prop>> {
        let has_one = |colors: &Option<Sequence>| colors.as_ref().is_none_or(|c| c.len() == 1);
        let is_file = self == Self::File;
        if !(is_file && has_one(&meshes.vertex_colors) && has_one(&meshes.face_colors)) {
            return None;
        }
        let mesh = assembled(shown.node, meshes, shown.frame, linear)?;
        // Of others there is no file either.
        let is_place = |part: &f32| part.abs() < 1e37;
        mesh.vertices.iter().flatten().all(is_place).then(|| {
            let [vertices, normals] = [mesh.vertices, mesh.normals].map(Array::from);
            vec![
                ("vertices", vertices.to_value()),
                ("normals", normals.to_value()),
            ]
        })
    }

    pub(super) fn contents(
        self,
        node: &Renderable,
        meshes: &Meshes,
        frame: usize,
        linear: Option<Linear>,
    ) -> Vec<(Suffix, Vec<Prop>)> {
        match self {
            Self::Plain => {
                let vertices = pose::points(meshes.vertices.at(frame), linear).to_value();
                vec![("", vec![("vertices", vertices)])]
            }
            Self::Instances => {
                let vertices = pose::points(meshes.vertices.at(frame), None);
                let mut props = vec![("vertices", vertices.to_value())];
                props.extend(instances(meshes, frame, linear));
                vec![("", props)]
            }
            Self::File => {
                // A frame that no file can show leaves the last one.
                let file = file(node, meshes, frame, linear);
                file.map(|glb| ("", vec![("glb_data", glb.glb_data.to_value())]))
                    .into_iter()
                    .collect()
            }
        }
    }
}

const EDGES: Suffix = "/edges";
const OUTLINE: Suffix = "/outline";

/// How wide outlines are, as a part of the mesh's size.
const OUTLINE_WIDTH: f32 = 0.004;

/// Whether lines that are wanted are drawn: of copies they are not.
fn has_lines(meshes: &Meshes, are_wanted: bool) -> bool {
    are_wanted && meshes.instance_transforms.is_none()
}

/// Edges and outline in a frame.
pub(super) fn lines(
    meshes: &Meshes,
    frame: usize,
    linear: Option<Linear>,
) -> Vec<(Suffix, Vec<Prop>)> {
    let vertices = pose::points(meshes.vertices.at(frame), linear);
    let mut lines = Vec::new();
    if has_lines(meshes, meshes.draw_edges) {
        lines.push((EDGES, vec![("vertices", vertices.to_value())]));
    }
    if has_lines(meshes, meshes.draw_outline) {
        let vertices: Vec<Vec3> = vertices.iter().map(Vec3::from).collect();
        let finite = || vertices.iter().copied().filter(|vertex| vertex.is_finite());
        let low = finite().reduce(Vec3::min).unwrap_or_default();
        let high = finite().reduce(Vec3::max).unwrap_or_default();
        let width = OUTLINE_WIDTH * low.distance(high);
        let normals = smooth_normals(&vertices, meshes.faces.as_chunks::<3>().0);
        let larger = vertices.iter().zip(normals);
        let larger: Vec<[f32; 3]> = larger
            .map(|(vertex, normal)| (*vertex + width * normal).to_array())
            .collect();
        let larger = Array::from(larger).to_value();
        lines.push((OUTLINE, vec![("vertices", larger)]));
    }
    lines
}

/// Whether a publisher's normals are others than follow from the faces, by more than 5 degrees.
fn has_normals(meshes: &Meshes) -> bool {
    let given = meshes.vertex_normals.as_ref();
    let (Some(given), Some(vertices)) = (given.and_then(|n| n.at(0)), meshes.vertices.at(0)) else {
        return false;
    };
    let vertices = vertices.as_chunks::<3>().0.iter();
    let vertices: Vec<Vec3> = vertices.map(|vertex| Vec3::from(*vertex)).collect();
    let own = smooth_normals(&vertices, meshes.faces.as_chunks::<3>().0);
    let given = given.as_chunks::<3>().0.iter();
    own.iter()
        .zip(given)
        .any(|(own, given)| Vec3::from(*given).normalize_or_zero().dot(*own) < 0.996)
}

/// The colour of all faces or vertices in all frames, if they have colours, and only one.
fn one_color(meshes: &Meshes) -> Option<Color> {
    let colors = meshes
        .face_colors
        .as_ref()
        .or(meshes.vertex_colors.as_ref())?;
    let first: Color = *colors.at(0)?.as_chunks::<4>().0.first()?;
    let mut frames = (0..colors.len()).filter_map(|frame| colors.at(frame));
    let same = |color: &Color| *color == first;
    frames
        .all(|frame| frame.as_chunks::<4>().0.iter().all(same))
        .then_some(first)
}

/// Matrices by rows.
fn matrices(frame: &[f32]) -> impl Iterator<Item = Mat4> {
    let matrices = frame.as_chunks::<16>().0.iter();
    matrices.map(|rows| Mat4::from_cols_array(rows).transpose())
}

/// The pose of an instance.
struct Placed {
    position: Vec3,
    turned: Quat,
    scale: Vec3,
}

impl Placed {
    /// The pose that a matrix is, unless it shears.
    fn of(matrix: Mat4) -> Option<Self> {
        let linear = Mat3::from_mat4(matrix);
        let mut scale = Vec3::new(
            linear.x_axis.length(),
            linear.y_axis.length(),
            linear.z_axis.length(),
        );
        if linear.determinant() < 0.0 {
            scale.x = -scale.x;
        }
        let axes = Mat3::from_cols(
            linear.x_axis / scale.x,
            linear.y_axis / scale.y,
            linear.z_axis / scale.z,
        );
        let is_rotation = (axes * axes.transpose()).abs_diff_eq(Mat3::IDENTITY, 1e-3);
        is_rotation.then(|| Self {
            position: matrix.w_axis.truncate(),
            turned: Quat::from_mat3(&axes).normalize(),
            scale,
        })
    }
}

fn instances(meshes: &Meshes, frame: usize, linear: Option<Linear>) -> Vec<Prop> {
    let (mut positions, mut wxyzs, mut scales) = (Vec::new(), Vec::new(), Vec::new());
    let transforms = meshes.instance_transforms.as_ref();
    let transforms = transforms.and_then(|transforms| transforms.at(frame));
    let copies = transforms.map(|frame| matrices(frame).collect::<Vec<_>>());
    for copy in copies.unwrap_or_default() {
        let copy = linear.map_or(copy, |linear| linear.matrix() * copy);
        // Only an odd pose around a stretched copy shears; nobody has such.
        let Some(placed) = Placed::of(copy) else {
            continue;
        };
        positions.push(placed.position.to_array());
        wxyzs.push([
            placed.turned.w,
            placed.turned.x,
            placed.turned.y,
            placed.turned.z,
        ]);
        scales.extend(placed.scale.to_array());
    }
    placements(wxyzs, positions, scales)
}

/// The mesh in one frame with all its copies and colours.
fn file(node: &Renderable, meshes: &Meshes, frame: usize, linear: Option<Linear>) -> Option<Glb> {
    let mesh = assembled(node, meshes, frame, linear)?;
    let glb = GlbMesh::new(mesh.vertices, mesh.triangles)
        .vertex_normals(mesh.normals)
        .double_sided(true);
    let glb = match (&meshes.texture, &meshes.uv_coords) {
        (Some(file), Some(uvs)) => {
            // Their origin is at the bottom left.
            let row = |uv: &[f32; 2]| [uv[0], 1.0 - uv[1]];
            let uvs: Vec<[f32; 2]> = uvs.as_chunks::<2>().0.iter().map(row).collect();
            let uvs: Vec<[f32; 2]> = mesh.origins.iter().map(|v| uvs[*v as usize]).collect();
            let format = match file.is_png {
                true => ImageFormat::Png,
                false => ImageFormat::Jpeg,
            };
            glb.texture_file(uvs.into(), format, file.bytes.clone())
        }
        _ => glb.vertex_colors(mesh.colors),
    };
    glb.to_glb()
        .inspect_err(|error| tracing::debug!("{}: {error}", node.name))
        .ok()
}

/// What a file holds.
struct Assembled {
    /// Of which of the mesh's vertices each one is.
    origins: Vec<u32>,
    vertices: Vec<[f32; 3]>,
    normals: Vec<[f32; 3]>,
    colors: Vec<[u8; 4]>,
    triangles: Vec<[u32; 3]>,
}

fn assembled(
    node: &Renderable,
    meshes: &Meshes,
    frame: usize,
    linear: Option<Linear>,
) -> Option<Assembled> {
    let own = pose::points(meshes.vertices.at(frame), None);
    let faces = meshes.faces.as_chunks::<3>().0;
    let row = |colors: &Option<Sequence>| colors.as_ref()?.at(frame).cloned();
    let face_colors = row(&meshes.face_colors);
    let vertex_colors = row(&meshes.vertex_colors);
    let copies = match &meshes.instance_transforms {
        None => vec![Mat4::IDENTITY],
        Some(transforms) => matrices(transforms.at(frame)?).collect(),
    };
    let (mut vertices, mut triangles) = (Vec::new(), Vec::new());
    let (mut normals, mut colors) = (Vec::new(), Vec::new());
    let mut origins = Vec::new();
    for copy in copies {
        let copy = linear.map_or(copy, |linear| linear.matrix() * copy);
        let placed: Vec<Vec3> = own
            .iter()
            .map(|v| copy.transform_point3(v.into()))
            .collect();
        let smooth = match meshes.vertex_normals.as_ref().and_then(|n| n.at(frame)) {
            Some(given) => turned(given, copy),
            None => smooth_normals(&placed, faces),
        };
        let color_of = |vertex: u32| {
            let color = vertex_colors
                .as_ref()
                .and_then(|c| c.as_chunks::<4>().0.get(vertex as usize));
            tint::rgba(color.copied().unwrap_or(node.color))
        };
        if face_colors.is_none() && !meshes.flat_shading {
            let start = vertices.len() as u32;
            triangles.extend(faces.iter().map(|face| face.map(|vertex| vertex + start)));
            vertices.extend(placed.iter().map(Vec3::to_array));
            normals.extend(smooth.iter().map(Vec3::to_array));
            colors.extend((0..placed.len() as u32).map(color_of));
            origins.extend(0..placed.len() as u32);
            continue;
        }
        // Triangles that share a vertex differ there.
        for (index, face) in faces.iter().enumerate() {
            let corners = face.map(|vertex| placed[vertex as usize]);
            let flat = normal(corners);
            let face_color = face_colors
                .as_ref()
                .and_then(|c| c.as_chunks::<4>().0.get(index));
            let start = vertices.len() as u32;
            triangles.push([start, start + 1, start + 2]);
            for (vertex, corner) in face.iter().zip(corners) {
                vertices.push(corner.to_array());
                origins.push(*vertex);
                normals.push(match meshes.flat_shading {
                    true => flat.to_array(),
                    false => smooth[*vertex as usize].to_array(),
                });
                colors.push(face_color.map_or_else(|| color_of(*vertex), |c| tint::rgba(*c)));
            }
        }
    }
    Some(Assembled {
        origins,
        vertices,
        normals,
        colors,
        triangles,
    })
}

/// Normals of a copy.
fn turned(normals: &[f32], copy: Mat4) -> Vec<Vec3> {
    let turn = Mat3::from_mat4(copy).inverse().transpose();
    let normals = normals.as_chunks::<3>().0.iter();
    normals
        .map(|normal| (turn * Vec3::from(*normal)).normalize_or(Vec3::Y))
        .collect()
}

fn normal([a, b, c]: [Vec3; 3]) -> Vec3 {
    (b - a).cross(c - a).normalize_or(Vec3::Y)
}

/// The mean of the normals of the triangles at each vertex.
fn smooth_normals(vertices: &[Vec3], faces: &[[u32; 3]]) -> Vec<Vec3> {
    let mut sums = vec![Vec3::ZERO; vertices.len()];
    for face in faces {
        let normal = normal(face.map(|vertex| vertices[vertex as usize]));
        for vertex in face {
            sums[*vertex as usize] += normal;
        }
    }
    sums.into_iter()
        .map(|sum| sum.normalize_or(Vec3::Y))
        .collect()
}
