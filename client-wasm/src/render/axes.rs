//! Coordinate frames: all axes of the scene in one draw call, all origins in another.

use std::f32::consts::TAU;

use glam::Mat4;
use three_d::core::{Context, CoreError, Cull};

use super::instances::{InstanceTable, Slot};
use super::pass::{Pass, opaque};
use super::pose::rows;
use super::stamp::{Primitive, Stamp};

/// Corners of the outline of a ball and of the end of an axis.
const CORNERS: u32 = 24;

/// Length and radius of the axes of a coordinate frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AxesSize {
    pub(crate) length: f32,
    pub(crate) radius: f32,
}

/// All coordinate frames.
pub(crate) struct AxesLayer {
    triads: InstanceTable<4>,
    triad: Stamp<[f32; 4]>,
    origins: InstanceTable<4>,
    origin: Stamp<[f32; 3]>,
}

impl AxesLayer {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            triads: InstanceTable::new(),
            triad: triad(context),
            origins: InstanceTable::new(),
            origin: dome(context),
        }
    }

    pub(crate) fn insert_triad(&mut self, pose: &Mat4, size: AxesSize) -> Slot {
        let [a, b, c] = rows(pose);
        self.triads
            .insert([a, b, c, [size.length, size.radius, 0.0, 0.0]])
    }

    pub(crate) fn place_triad(&mut self, slot: Slot, pose: &Mat4) {
        self.triads.set(slot, 0, &rows(pose));
    }

    pub(crate) fn remove_triad(&mut self, slot: Slot) {
        self.triads.remove(slot);
    }

    /// A sphere; `pose` scales a radius of 1.
    pub(crate) fn insert_origin(&mut self, pose: &Mat4, [r, g, b]: [f32; 3]) -> Slot {
        let [x, y, z] = rows(pose);
        self.origins.insert([x, y, z, [r, g, b, 1.0]])
    }

    pub(crate) fn place_origin(&mut self, slot: Slot, pose: &Mat4) {
        self.origins.set(slot, 0, &rows(pose));
    }

    pub(crate) fn remove_origin(&mut self, slot: Slot) {
        self.origins.remove(slot);
    }

    pub(crate) fn draw(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        if !self.triads.is_empty() {
            let program = pass.programs.triad()?;
            self.triad
                .draw(pass, program, opaque(Cull::None), &mut self.triads)?;
        }
        if !self.origins.is_empty() {
            let program = pass.programs.ball()?;
            self.origin
                .draw(pass, program, opaque(Cull::None), &mut self.origins)?;
        }
        Ok(())
    }
}

/// Three cylinders, as `shaders/triad.vert` takes them.
fn triad(context: &Context) -> Stamp<[f32; 4]> {
    let (mut positions, mut indices) = (Vec::new(), Vec::new());
    for axis in [0.0, 1.0, 2.0] {
        let first = positions.len() as u32;
        let across = [-1.0, -0.5, 0.0, 0.5, 1.0];
        positions.extend(
            across
                .iter()
                .flat_map(|x| [[*x, 0.0, 0.0, axis], [*x, 0.0, 1.0, axis]]),
        );
        for quad in 0..across.len() as u32 - 1 {
            indices.extend([0, 1, 2, 2, 1, 3].map(|i| first + 2 * quad + i));
        }
        let middle = positions.len() as u32;
        positions.push([0.0, 0.0, 0.0, axis + 3.0]);
        positions.extend(around().map(|[x, y]| [x, y, 0.0, axis + 3.0]));
        for corner in 0..CORNERS {
            indices.extend([
                middle,
                middle + 1 + corner,
                middle + 1 + (corner + 1) % CORNERS,
            ]);
        }
    }
    Stamp::new(context, Primitive::Triangles, &positions, &[], &indices)
}

/// A dome, as `shaders/ball.vert` takes it: its middle, a ring half way and one at the outline.
fn dome(context: &Context) -> Stamp<[f32; 3]> {
    let mut positions = vec![[0.0; 3]];
    positions.extend(
        [0.5, 1.0]
            .iter()
            .flat_map(|ring| around().map(|[x, y]| [x, y, *ring])),
    );
    let mut indices = Vec::new();
    for corner in 0..CORNERS {
        let (a, b) = (1 + corner, 1 + (corner + 1) % CORNERS);
        let (c, d) = (a + CORNERS, b + CORNERS);
        indices.extend([0, a, b, a, c, b, b, c, d]);
    }
    Stamp::new(context, Primitive::Triangles, &positions, &[], &indices)
}

fn around() -> impl Iterator<Item = [f32; 2]> {
    (0..CORNERS).map(|i| {
        let (sin, cos) = (TAU * i as f32 / CORNERS as f32).sin_cos();
        [cos, sin]
    })
}
