//! Coordinate frames: all axes of the scene in two draw calls, all origins in two others.

use std::f32::consts::TAU;

use glam::Mat4;
use three_d::core::{Context, CoreError, Cull};

use super::detail::{DetailId, Detailed};
use super::pass::{Pass, opaque};
use super::pose::rows;
use super::stamp::{Primitive, Stamp};

/// Length and radius of the axes of a coordinate frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AxesSize {
    pub(crate) length: f32,
    pub(crate) radius: f32,
}

/// All coordinate frames.
pub(crate) struct AxesLayer {
    triads: Detailed<[f32; 4]>,
    origins: Detailed<[f32; 3]>,
}

impl AxesLayer {
    pub(crate) fn new(context: &Context) -> Self {
        let across = [-1.0, -0.5, 0.0, 0.5, 1.0];
        // From afar, an axis is a flat bar with a square end, and an origin a hexagon.
        let (near, far) = (triad(context, &across, 24), triad(context, &[-1.0, 1.0], 4));
        let triads = Detailed::new(near, far, 1.0);
        let (near, far) = (dome(context, &[0.5, 1.0], 24), dome(context, &[1.0], 6));
        Self {
            triads,
            origins: Detailed::new(near, far, 2.0),
        }
    }

    pub(crate) fn insert_triad(&mut self, pose: &Mat4, size: AxesSize) -> DetailId {
        let [a, b, c] = rows(pose);
        self.triads
            .insert([a, b, c, [size.length, size.radius, 0.0, 0.0]], size.radius)
    }

    pub(crate) fn place_triad(&mut self, id: DetailId, pose: &Mat4) {
        self.triads.place(id, rows(pose));
    }

    pub(crate) fn remove_triad(&mut self, id: DetailId) {
        self.triads.remove(id);
    }

    /// A ball; `pose` scales a radius of 1.
    pub(crate) fn insert_origin(&mut self, pose: &Mat4, [r, g, b]: [f32; 3]) -> DetailId {
        let [x, y, z] = rows(pose);
        self.origins.insert([x, y, z, [r, g, b, 1.0]], 1.0)
    }

    pub(crate) fn place_origin(&mut self, id: DetailId, pose: &Mat4) {
        self.origins.place(id, rows(pose));
    }

    pub(crate) fn remove_origin(&mut self, id: DetailId) {
        self.origins.remove(id);
    }

    pub(crate) fn draw(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        if !self.triads.is_empty() {
            let program = pass.programs.triad()?;
            self.triads.draw(pass, program, opaque(Cull::None))?;
        }
        if !self.origins.is_empty() {
            let program = pass.programs.ball()?;
            self.origins.draw(pass, program, opaque(Cull::None))?;
        }
        Ok(())
    }
}

/// Three cylinders, as `shaders/triad.vert` takes them: lines along the side at `across`, and
/// ends with this many corners.
fn triad(context: &Context, across: &[f32], corners: u32) -> Stamp<[f32; 4]> {
    let (mut positions, mut indices) = (Vec::new(), Vec::new());
    for axis in [0.0, 1.0, 2.0] {
        let first = positions.len() as u32;
        positions.extend(
            across
                .iter()
                .flat_map(|x| [[*x, 0.0, 0.0, axis], [*x, 0.0, 1.0, axis]]),
        );
        for quad in 0..across.len() as u32 - 1 {
            indices.extend([0, 1, 2, 2, 1, 3].map(|i| first + 2 * quad + i));
        }
        let end = positions.len() as u32;
        positions.extend(around(corners).map(|[x, y]| [x, y, 0.0, axis + 3.0]));
        indices.extend(polygon(end, corners));
    }
    Stamp::new(context, Primitive::Triangles, &positions, &[], &indices)
}

/// A dome, as `shaders/ball.vert` takes it: rings between its middle (0) and the outline (1).
fn dome(context: &Context, rings: &[f32], corners: u32) -> Stamp<[f32; 3]> {
    let ring = |at: f32| around(corners).map(move |[x, y]| [x, y, at]);
    let positions: Vec<[f32; 3]> = rings.iter().flat_map(|at| ring(*at)).collect();
    let mut indices: Vec<u32> = polygon(0, corners).collect();
    for inner in (0..rings.len() as u32 - 1).map(|ring| ring * corners) {
        for corner in 0..corners {
            let (a, b) = (inner + corner, inner + (corner + 1) % corners);
            indices.extend([a, a + corners, b, b, a + corners, b + corners]);
        }
    }
    Stamp::new(context, Primitive::Triangles, &positions, &[], &indices)
}

/// Directions once around.
fn around(corners: u32) -> impl Iterator<Item = [f32; 2]> {
    (0..corners).map(move |i| {
        let (sin, cos) = (TAU * i as f32 / corners as f32).sin_cos();
        [cos, sin]
    })
}

/// Triangles that fill a convex polygon.
fn polygon(first: u32, corners: u32) -> impl Iterator<Item = u32> {
    (2..corners).flat_map(move |corner| [first, first + corner - 1, first + corner])
}
