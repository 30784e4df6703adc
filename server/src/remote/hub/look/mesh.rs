//! Triangle meshes: in one colour, in several, in many copies.

use super::{
    Prop, Suffix, placements,
    pose::{self, Linear},
    tint,
};
use crate::scene::{BatchedMeshes, Glb, GlbMesh, Lod, Mesh, Node, Side};
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
                .lod(Lod::Off)
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

    /// The vertices of a frame, and normals that do not follow from the faces, where those are all
    /// that is other than in a file of another frame.
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
        let is_split = meshes.face_colors.is_some() && !meshes.flat_shading;
        let has_normals = is_split || meshes.vertex_normals.is_some();
        let mesh = assembled(meshes, shown.frame, linear, has_normals)?;
        // Of others there is no file either.
        let is_place = |part: &f32| part.abs() < 1e37;
        mesh.vertices.iter().flatten().all(is_place).then(|| {
            let mut moved = vec![("vertices", Array::from(mesh.vertices).to_value())];
            if has_normals {
                moved.push(("normals", Array::from(mesh.normals).to_value()));
            }
            moved
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
    let mesh = assembled(meshes, frame, linear, true)?;
    let colors = colors(node, meshes, frame, &mesh.origins);
    let triangles = triangles(meshes, frame, mesh.vertices.len());
    let glb = GlbMesh::new(mesh.vertices, triangles)
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
            glb.texture_file(uvs, format, file.bytes.clone())
        }
        _ => glb.vertex_colors(colors),
    };
    glb.to_glb()
        .inspect_err(|error| tracing::debug!("{}: {error}", node.name))
        .ok()
}

/// What a file holds, but triangles and colours.
struct Assembled {
    /// Of which of the mesh's vertices each one is.
    origins: Vec<u32>,
    vertices: Vec<[f32; 3]>,
    normals: Vec<[f32; 3]>,
}

/// The copies of a mesh in one frame, without normals where those are not wanted.
fn assembled(
    meshes: &Meshes,
    frame: usize,
    linear: Option<Linear>,
    has_normals: bool,
) -> Option<Assembled> {
    let own = pose::points(meshes.vertices.at(frame), None);
    let faces = meshes.faces.as_chunks::<3>().0;
    let copies = match &meshes.instance_transforms {
        None => vec![Mat4::IDENTITY],
        Some(transforms) => matrices(transforms.at(frame)?).collect(),
    };
    let (mut origins, mut vertices, mut normals) = (Vec::new(), Vec::new(), Vec::new());
    for copy in copies {
        let copy = linear.map_or(copy, |linear| linear.matrix() * copy);
        let placed: Vec<Vec3> = own
            .iter()
            .map(|v| copy.transform_point3(v.into()))
            .collect();
        let given = meshes.vertex_normals.as_ref().and_then(|n| n.at(frame));
        let smooth = match (has_normals, given) {
            (false, _) => Vec::new(),
            (true, Some(given)) => turned(given, copy),
            (true, None) => smooth_normals(&placed, faces),
        };
        if !is_split(meshes) {
            vertices.extend(placed.iter().map(Vec3::to_array));
            normals.extend(smooth.iter().map(Vec3::to_array));
            origins.extend(0..placed.len() as u32);
            continue;
        }
        for face in faces {
            let corners = face.map(|vertex| placed[vertex as usize]);
            vertices.extend(corners.map(|corner| corner.to_array()));
            origins.extend(face);
            if has_normals {
                let flat = meshes.flat_shading.then(|| normal(corners));
                let normal = |vertex: u32| flat.unwrap_or_else(|| smooth[vertex as usize]);
                normals.extend(face.map(|vertex| normal(vertex).to_array()));
            }
        }
    }
    Some(Assembled {
        origins,
        vertices,
        normals,
    })
}

/// Whether triangles that share a vertex differ there, so that each has vertices of its own.
fn is_split(meshes: &Meshes) -> bool {
    meshes.face_colors.is_some() || meshes.flat_shading
}

/// The triangles of so many vertices that were assembled.
fn triangles(meshes: &Meshes, frame: usize, vertices: usize) -> Vec<[u32; 3]> {
    let starts = 0..vertices as u32;
    if is_split(meshes) {
        return starts.step_by(3).map(|i| [i, i + 1, i + 2]).collect();
    }
    let own = meshes.vertices.at(frame).map_or(0, |row| row.len() / 3);
    let faces = meshes.faces.as_chunks::<3>().0;
    let copies = starts.step_by(own.max(1));
    copies
        .flat_map(|start| faces.iter().map(move |face| face.map(|i| i + start)))
        .collect()
}

/// The colours of vertices, by which of the mesh's vertices each one is.
fn colors(node: &Renderable, meshes: &Meshes, frame: usize, origins: &[u32]) -> Vec<[u8; 4]> {
    let row = |colors: &Option<Sequence>| colors.as_ref()?.at(frame).cloned();
    let of_faces = row(&meshes.face_colors);
    let of_vertices = row(&meshes.vertex_colors);
    let faces = meshes.faces.len() / 3;
    let color = |(index, origin): (usize, &u32)| {
        let (colors, at) = match &of_faces {
            Some(colors) => (Some(colors), index / 3 % faces),
            None => (of_vertices.as_ref(), *origin as usize),
        };
        let color = colors.and_then(|colors| colors.as_chunks::<4>().0.get(at));
        tint::rgba(color.copied().unwrap_or(node.color))
    };
    origins.iter().enumerate().map(color).collect()
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
