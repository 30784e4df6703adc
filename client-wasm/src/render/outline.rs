//! The outline of the node under the pointer: its back faces, pushed outwards on the screen.

use std::collections::HashMap;
use std::rc::Rc;

use glam::{Mat3, Mat4, Quat, Vec3};
use three_d::core::{Context, CoreError, Cull, ElementBuffer, VertexBuffer};

use super::axes::AxesSize;
use super::geometry::{self, Geometry, from_mesh};
use super::parts::{Part, Single};
use super::pass::{Pass, transparent};
use super::pose::{is_mirrored, uniform};
use super::surfaces::Shape;

/// Meshes with fewer vertices have closed outlines; others go by the normals they are shaded with.
const MAX_CLOSED_VERTICES: usize = 1024;

/// Which node is outlined, and which instance of it; `None` for all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outlined {
    /// The node.
    pub id: u32,
    /// The instance.
    pub instance: Option<u32>,
}

/// The outlined node's geometry on the GPU.
pub(crate) struct Outline {
    hull: Option<Hull>,
    /// Large ones as they are drawn anyway, and where in the node's frame.
    shapes: Vec<(Rc<Shape>, Mat4)>,
}

/// Geometry in the node's frame.
struct Hull {
    positions: VertexBuffer<[f32; 3]>,
    normals: VertexBuffer<[f32; 3]>,
    elements: ElementBuffer<u32>,
}

/// What an outline is made of.
#[derive(Default)]
struct Pieces {
    hull: Geometry,
    shapes: Vec<(Rc<Shape>, Mat4)>,
}

impl Outline {
    /// The outline of what a node is drawn with; `None` if there is nothing to go around.
    pub(super) fn new(context: &Context, parts: &[Part], instance: Option<u32>) -> Option<Self> {
        let mut pieces = Pieces::default();
        for part in parts {
            pieces.add_part(part, instance.map(|i| i as usize));
        }
        let Pieces { hull, shapes } = pieces;
        let hull = (!hull.indices.is_empty()).then(|| Hull {
            positions: VertexBuffer::new_with_data(context, &hull.positions),
            normals: VertexBuffer::new_with_data(context, &hull.normals),
            elements: ElementBuffer::new_with_data(context, &hull.indices),
        });
        (hull.is_some() || !shapes.is_empty()).then_some(Self { hull, shapes })
    }

    pub(super) fn draw(
        &self,
        pass: &mut Pass<'_>,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.outline()?;
        pass.frame.bind(program);
        let place = |pose: &Mat4| {
            program.use_uniform("world_from_node", uniform(pose));
            let cull = match is_mirrored(pose) {
                true => Cull::Back,
                false => Cull::Front,
            };
            transparent(cull, true)
        };
        if let Some(hull) = &self.hull {
            let states = place(world_from_node);
            program.use_vertex_attribute("position", &hull.positions);
            program.use_vertex_attribute("normal", &hull.normals);
            program.draw_elements(states, pass.area(), &hull.elements);
            pass.count(1);
        }
        for (shape, node_from_shape) in &self.shapes {
            let states = place(&(*world_from_node * *node_from_shape));
            shape.draw_once(pass, program, states);
        }
        Ok(())
    }
}

impl Pieces {
    /// Adds a shape: closed where it is small, as it is drawn where it is large.
    fn add_shape(&mut self, shape: &Rc<Shape>, poses: impl Iterator<Item = Mat4>, closes: bool) {
        let is_large = |vertices| vertices >= MAX_CLOSED_VERTICES;
        if shape.smooth_vertices().is_some_and(is_large) {
            let shapes = poses.map(|pose| (shape.clone(), pose));
            self.shapes.extend(shapes);
            return;
        }
        let whole = shape.triangles().geometry();
        let whole = if closes { outlined(whole) } else { whole };
        poses.for_each(|pose| add(&mut self.hull, &whole, &pose));
    }

    /// Adds what is outlined of a part.
    fn add_part(&mut self, part: &Part, instance: Option<usize>) {
        let hull = &mut self.hull;
        match part {
            Part::Triads {
                node_from_triads,
                size,
                ..
            } => {
                let cylinder = axis(*size);
                for pose in wanted(node_from_triads, instance) {
                    for direction in [Vec3::X, Vec3::Y, Vec3::Z] {
                        let turn = Mat4::from_quat(Quat::from_rotation_arc(Vec3::Z, direction));
                        add(hull, &cylinder, &(*pose * turn));
                    }
                }
            }
            Part::Origin {
                node_from_origin, ..
            } => add(hull, &geometry::icosphere(3), node_from_origin),
            Part::Surfaces {
                shape, instances, ..
            } => {
                let poses = wanted(instances, instance).iter().map(|(pose, _)| *pose);
                self.add_shape(shape, poses, true);
            }
            Part::Model(model) => {
                for (piece, pose) in model.pieces() {
                    match piece {
                        Ok(moved) => add(&mut self.hull, &moved, &pose),
                        Err(shape) => self.add_shape(shape, std::iter::once(pose), false),
                    }
                }
            }
            Part::Single(single, _) => match single {
                Single::Batch(batch, pose) => {
                    if let Some(instance) = instance.and_then(|i| batch.pose(i)) {
                        let pose = std::iter::once(*pose * instance);
                        self.add_shape(batch.shape(), pose, false);
                    }
                }
                Single::Skinned(skinned, _) => {
                    let whole = outlined(skinned.moved().geometry());
                    add(hull, &whole, &Mat4::IDENTITY);
                }
                // Flat things have no back that could stand out.
                Single::Points(..) | Single::Lines(..) | Single::Grid(..) | Single::Quad(..) => {}
                Single::Primitive(..) => {}
            },
            Part::Lines { .. } | Part::Label { .. } | Part::Light { .. } | Part::Splats { .. } => {}
        }
    }
}

/// One instance, or all.
fn wanted<T>(items: &[T], instance: Option<usize>) -> &[T] {
    match instance {
        Some(i) => items.get(i..=i).unwrap_or_default(),
        None => items,
    }
}

/// An axis of a coordinate frame: a cylinder from the origin along z.
fn axis(size: AxesSize) -> Geometry {
    let mut cylinder = geometry::cylinder(16);
    for [x, y, z] in &mut cylinder.positions {
        *x *= size.radius;
        *y *= size.radius;
        *z = (*z + 0.5) * size.length;
    }
    closed(&cylinder)
}

fn outlined(geometry: Geometry) -> Geometry {
    match geometry.positions.len() < MAX_CLOSED_VERTICES {
        true => closed(&geometry),
        false => geometry,
    }
}

/// The same surface with one normal wherever vertices coincide: the mean of those of the faces that
/// meet there. Pushed along these, it stays closed.
fn closed(geometry: &Geometry) -> Geometry {
    let key = |position: [f32; 3]| position.map(f32::to_bits);
    let mut sums: HashMap<[u32; 3], Vec3> = HashMap::new();
    let position = |i: u32| Vec3::from(geometry.positions[i as usize]);
    for &[a, b, c] in geometry.indices.as_chunks::<3>().0 {
        let normal = (position(b) - position(a))
            .cross(position(c) - position(a))
            .normalize_or_zero();
        for corner in [a, b, c] {
            *sums
                .entry(key(geometry.positions[corner as usize]))
                .or_default() += normal;
        }
    }
    let normals = geometry.positions.iter().map(|position| {
        let sum = sums.get(&key(*position)).copied().unwrap_or_default();
        sum.normalize_or_zero().to_array()
    });
    Geometry {
        normals: normals.collect(),
        ..geometry.clone()
    }
}

fn add(hull: &mut Geometry, geometry: &Geometry, pose: &Mat4) {
    let first = hull.positions.len() as u32;
    let linear = Mat3::from_mat4(*pose);
    let positions = geometry.positions.iter();
    hull.positions
        .extend(positions.map(|p| pose.transform_point3(Vec3::from(*p)).to_array()));
    let normals = geometry.normals.iter();
    hull.normals
        .extend(normals.map(|n| (linear * Vec3::from(*n)).to_array()));
    let mirrored = is_mirrored(pose);
    let faces = geometry.indices.as_chunks::<3>().0.iter();
    hull.indices.extend(faces.flat_map(|[a, b, c]| {
        let face = if mirrored { [a, c, b] } else { [a, b, c] };
        face.map(|i| first + i)
    }));
}

impl super::Triangles {
    /// The triangles with normals to shade them by; none where they are broken.
    pub(super) fn geometry(&self) -> Geometry {
        let (vertices, faces) = self.arrays();
        from_mesh(&vertices.as_slice(), &faces.as_slice()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_pushed_outwards_together() {
        let hull = closed(&geometry::cuboid());
        for (position, normal) in hull.positions.iter().zip(&hull.normals) {
            let (position, normal) = (Vec3::from(*position), Vec3::from(*normal));
            assert!(
                normal.cmpgt(Vec3::splat(-1e-6)).bitmask() == position.cmpgt(Vec3::ZERO).bitmask()
            );
            let twins = hull.positions.iter().zip(&hull.normals);
            for (_, other) in twins.filter(|(other, _)| Vec3::from(**other) == position) {
                assert_eq!(Vec3::from(*other), normal);
            }
        }
    }

    #[test]
    fn mirrored_instances_keep_their_outside() {
        let mut hull = Geometry::default();
        let flip = Mat4::from_scale(Vec3::new(-2.0, 1.0, 1.0));
        add(&mut hull, &closed(&geometry::cuboid()), &flip);
        let vertex = |i: u32| Vec3::from(hull.positions[i as usize]);
        for &[a, b, c] in hull.indices.as_chunks::<3>().0 {
            let normal = (vertex(b) - vertex(a)).cross(vertex(c) - vertex(a));
            assert!(normal.dot(vertex(a) + vertex(b) + vertex(c)) > 0.0);
        }
    }

    #[test]
    fn axes_are_pushed_outwards_however_thin_they_are() {
        let size = AxesSize {
            length: 2.0,
            radius: 0.01,
        };
        let axis = axis(size);
        for (position, normal) in axis.positions.iter().zip(&axis.normals) {
            let [x, y, z] = *position;
            assert!((0.0..=2.0).contains(&z));
            let is_rim = x * x + y * y > 1e-6;
            let sideways = normal[0] * x + normal[1] * y;
            assert!(
                !is_rim || sideways > 0.5 * size.radius,
                "{position:?}: {normal:?}"
            );
        }
    }
}
