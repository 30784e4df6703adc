//! Point clouds: one draw call each.

use std::rc::Rc;

use glam::Mat4;
use scenecast_protocol::scene::{self, PointShading, PointShape};
use three_d::core::{Context, CoreError, Cull, Program, VertexBuffer, f16};

use super::pass::{Pass, opaque};
use super::pose::uniform;

/// The points of one cloud on the GPU.
pub(crate) struct Points {
    pub(crate) positions: Rc<PointPositions>,
    pub(crate) colors: PointColors,
    pub(crate) style: PointStyle,
}

/// How points are drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct PointStyle {
    /// Radius in scene units, the node's scale included.
    pub(crate) size: f32,
    pub(crate) shape: PointShape,
    pub(crate) shading: PointShading,
}

/// Positions of points on the GPU.
pub(crate) enum PointPositions {
    F16(VertexBuffer<[f16; 3]>),
    F32(VertexBuffer<[f32; 3]>),
}

/// Colours of points.
#[derive(Clone)]
pub(crate) enum PointColors {
    /// One for all, 0 to 1.
    Uniform([f32; 3]),
    /// One for each, 0 to 255.
    PerPoint(Rc<VertexBuffer<[u8; 3]>>),
}

impl PointPositions {
    pub(crate) fn new(context: &Context, points: &scene::Points) -> Self {
        match points {
            scene::Points::F16(p) => Self::F16(VertexBuffer::new_with_data(context, &p.as_slice())),
            scene::Points::F32(p) => Self::F32(VertexBuffer::new_with_data(context, &p.as_slice())),
        }
    }

    fn len(&self) -> u32 {
        match self {
            Self::F16(positions) => positions.vertex_count(),
            Self::F32(positions) => positions.vertex_count(),
        }
    }
}

impl Points {
    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let count = self.positions.len();
        if count == 0 {
            return Ok(());
        }
        let program: &Program = match &self.colors {
            PointColors::Uniform(rgb) => {
                let program = pass.programs.points()?;
                program.use_uniform("color", three_d::core::Vec3::from(*rgb));
                program
            }
            PointColors::PerPoint(colors) => {
                let program = pass.programs.colored_points()?;
                program.use_vertex_attribute("color", colors);
                program
            }
        };
        match &*self.positions {
            PointPositions::F16(p) => program.use_vertex_attribute("position", p),
            PointPositions::F32(p) => program.use_vertex_attribute("position", p),
        }
        pass.frame.bind(program);
        program.use_uniform("world_from_node", uniform(world_from_node));
        let per_unit = pass.viewport.height as f32 / (pass.camera.fov_y / 2.0).tan();
        program.use_uniform("pixels_at_unit_depth", self.style.size * per_unit);
        let exponent: f32 = match self.style.shape {
            PointShape::Square => 0.0,
            PointShape::Diamond => 1.0,
            PointShape::Circle => 2.0,
            PointShape::Rounded => 3.0,
            PointShape::Sparkle => 0.6,
        };
        program.use_uniform("exponent", exponent);
        let shading: f32 = match self.style.shading {
            PointShading::Flat => 0.0,
            PointShading::Gradient => 1.0,
        };
        program.use_uniform("shading", shading);
        pass.count(1);
        scenecast_gl::draw_points(
            pass.context,
            program,
            opaque(Cull::None),
            pass.area(),
            count,
        );
        Ok(())
    }
}
