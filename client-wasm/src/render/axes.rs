//! Coordinate frames: all axes of the scene in one draw call, all origins in another.

use glam::Mat4;
use three_d::core::{Context, CoreError, Cull, ElementBuffer, VertexBuffer};

use super::geometry;
use super::instances::{InstanceTable, Slot};
use super::pass::{Pass, opaque};
use super::pose::rows;
use super::programs::use_frame;

/// Sides of an axis.
const SIDES: u32 = 16;

/// Length and radius of the axes of a coordinate frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct AxesSize {
    pub(crate) length: f32,
    pub(crate) radius: f32,
}

/// All coordinate frames.
pub(crate) struct AxesLayer {
    triads: InstanceTable<4>,
    triad: Solid<[f32; 4]>,
    origins: InstanceTable<4>,
    origin: Solid<[f32; 3]>,
}

struct Solid<T: three_d::core::BufferDataType> {
    positions: VertexBuffer<T>,
    elements: ElementBuffer<u32>,
}

impl AxesLayer {
    pub(crate) fn new(context: &Context) -> Self {
        let axis = geometry::cylinder(SIDES);
        let mut positions = Vec::new();
        let mut indices = Vec::new();
        for number in 0..3u8 {
            let first = positions.len() as u32;
            positions.extend(axis.positions.iter().map(|[x, y, z]| [*x, *y, z + 0.5, number.into()]));
            indices.extend(axis.indices.iter().map(|i| first + i));
        }
        let sphere = geometry::sphere(32, 16);
        Self {
            triads: InstanceTable::new(),
            triad: Solid {
                positions: VertexBuffer::new_with_data(context, &positions),
                elements: ElementBuffer::new_with_data(context, &indices),
            },
            origins: InstanceTable::new(),
            origin: Solid {
                positions: VertexBuffer::new_with_data(context, &sphere.positions),
                elements: ElementBuffer::new_with_data(context, &sphere.indices),
            },
        }
    }

    pub(crate) fn insert_triad(&mut self, pose: &Mat4, size: AxesSize) -> Slot {
        let [a, b, c] = rows(pose);
        self.triads.insert([a, b, c, [size.length, size.radius, 0.0, 0.0]])
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
            use_frame(program, pass.frame);
            program.use_vertex_attribute("position", &self.triad.positions);
            self.triads.bind(pass.context, program, ["row0", "row1", "row2", "size"]);
            pass.count(self.triads.len());
            program.draw_elements_instanced(
                opaque(Cull::Back),
                pass.area(),
                &self.triad.elements,
                self.triads.len() as u32,
            );
        }
        if !self.origins.is_empty() {
            let program = pass.programs.unlit()?;
            use_frame(program, pass.frame);
            program.use_vertex_attribute("position", &self.origin.positions);
            self.origins.bind(pass.context, program, ["row0", "row1", "row2", "color"]);
            pass.count(self.origins.len());
            program.draw_elements_instanced(
                opaque(Cull::Back),
                pass.area(),
                &self.origin.elements,
                self.origins.len() as u32,
            );
        }
        Ok(())
    }
}
