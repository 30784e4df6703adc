//! How far nodes extend, for a camera that is to see all of them.

use glam::{Mat4, Quat, Vec3};
use scenecast_protocol::Scale;
use scenecast_protocol::scene::{Node, Points};

use super::Renderer;
use super::aabb::Aabb;
use super::parts::{Part, Single};
use super::picking::Triangles;

/// The most points that a part adds; of more, the corners of a box around them stand for them.
const MAX_POINTS: usize = 1 << 16;

/// Points that hold all of some nodes between them.
pub struct Extent {
    frame_from_world: Mat4,
    points: Vec<Vec3>,
}

impl Extent {
    /// Nothing yet. Points will be in a frame of the caller's choice.
    pub fn new(frame_from_world: Mat4) -> Self {
        Self {
            frame_from_world,
            points: Vec::new(),
        }
    }

    /// The points, all of them finite.
    pub fn points(&self) -> &[Vec3] {
        &self.points
    }

    fn add(&mut self, points: impl Iterator<Item = Vec3>) {
        self.points.extend(points.filter(|p| p.is_finite()));
    }

    fn add_box(&mut self, bounds: Aabb, frame_from_box: &Mat4) {
        self.add(bounds.corners(frame_from_box));
    }

    fn add_points(&mut self, points: &mut dyn ExactSizeIterator<Item = [f32; 3]>, pose: &Mat4) {
        if points.len() > MAX_POINTS {
            self.add_box(Aabb::around_all(points), pose);
        } else {
            self.add(points.map(|p| pose.transform_point3(p.into())));
        }
    }

    /// Many of the same triangles.
    fn add_triangles(&mut self, triangles: &Triangles, poses: impl ExactSizeIterator<Item = Mat4>) {
        let vertices = triangles.arrays().0;
        if vertices.len().saturating_mul(poses.len()) > MAX_POINTS {
            return poses.for_each(|pose| self.add_box(*triangles.bounds(), &pose));
        }
        poses.for_each(|pose| self.add_points(&mut vertices.iter(), &pose));
    }
}

impl Renderer {
    /// Adds a node, hidden or not. Labels, lights and nodes without anything to draw add nothing.
    pub fn add_extent(&self, id: u32, node: &Node, extent: &mut Extent) {
        let Some(Some(view)) = self.views.get(id as usize) else {
            return;
        };
        let pose = extent.frame_from_world * view.world_from_node;
        let scaled =
            |scale: Scale| pose * Mat4::from_scale(Vec3::from(scale.xyz().map(|s| s as f32)));
        match node {
            // These are nowhere but on the GPU and in the scene.
            Node::PointCloud(cloud) => {
                let pose = scaled(cloud.scale);
                match &cloud.points {
                    Points::F16(points) => {
                        extent.add_points(&mut points.iter().map(|p| p.map(f32::from)), &pose);
                    }
                    Points::F32(points) => extent.add_points(&mut points.iter(), &pose),
                }
            }
            Node::GaussianSplats(splats) => {
                let center = |[x, y, z, ..]: [u32; 8]| [x, y, z].map(f32::from_bits);
                let mut centers = splats.buffer.iter().map(center);
                extent.add_points(&mut centers, &scaled(splats.scale));
            }
            _ => view
                .parts
                .iter()
                .for_each(|part| part.extent(&pose, extent)),
        }
    }
}

impl Part {
    fn extent(&self, pose: &Mat4, extent: &mut Extent) {
        match self {
            Part::Triads {
                node_from_triads,
                size,
                ..
            } => {
                let ends = [Vec3::X, Vec3::Y, Vec3::Z].map(|axis| axis * size.length);
                for local in node_from_triads {
                    let pose = *pose * *local;
                    let ends = ends.iter().chain([&Vec3::ZERO]);
                    extent.add(ends.map(|end| pose.transform_point3(*end)));
                }
            }
            Part::Origin {
                node_from_origin, ..
            } => extent.add_box(BALL, &(*pose * *node_from_origin)),
            Part::Surfaces {
                shape, instances, ..
            } => {
                let poses = instances.iter().map(|(local, _)| *pose * *local);
                extent.add_triangles(&shape.triangles(), poses);
            }
            Part::Lines {
                lines,
                node_from_lines,
                ..
            } => extent.add_points(&mut lines.ends(), &(*pose * *node_from_lines)),
            Part::Model(model) => {
                for (piece, local) in model.pieces() {
                    let pose = *pose * local;
                    match piece {
                        Ok(moved) => extent.add_points(&mut moved.positions.iter().copied(), &pose),
                        Err(shape) => {
                            extent.add_triangles(&shape.triangles(), std::iter::once(pose));
                        }
                    }
                }
            }
            // The scene knows where splats are.
            Part::Label { .. } | Part::Light { .. } | Part::Splats { .. } => {}
            Part::Single(single, _) => single.extent(pose, extent),
        }
    }
}

impl Single {
    fn extent(&self, pose: &Mat4, extent: &mut Extent) {
        match self {
            // The scene knows where they are; primitives are parts of models.
            Single::Points(..) | Single::Primitive(..) => {}
            Single::Lines(lines, local) => extent.add_points(&mut lines.ends(), &(*pose * *local)),
            Single::Grid(grid, local) => {
                let turned = Mat4::from_quat(Quat::from_rotation_x(std::f32::consts::FRAC_PI_2));
                let size = Vec3::new(grid.width as f32, grid.height as f32, 1.0);
                let pose = *pose * *local * turned * Mat4::from_scale(size);
                extent.add_box(SQUARE, &pose);
            }
            Single::Quad(_, local) => extent.add_box(SQUARE, &(*pose * *local)),
            Single::Batch(batch, local) => {
                let pose = *pose * *local;
                let poses = batch.poses().into_iter().map(|instance| pose * instance);
                extent.add_triangles(&batch.shape().triangles(), poses);
            }
            Single::Skinned(skinned, local) => {
                let moved = skinned.moved().geometry();
                extent.add_points(&mut moved.positions.iter().copied(), &(*pose * *local));
            }
        }
    }
}

const BALL: Aabb = Aabb {
    low: Vec3::NEG_ONE,
    high: Vec3::ONE,
};

/// The unit square around the origin in the plane z = 0.
const SQUARE: Aabb = Aabb {
    low: Vec3::new(-0.5, -0.5, 0.0),
    high: Vec3::new(0.5, 0.5, 0.0),
};
