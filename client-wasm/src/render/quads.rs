//! Pictures on rectangles: one draw call each.

use std::rc::Rc;

use glam::Mat4;
use three_d::core::{Context, CoreError, Cull, ElementBuffer, Program, RenderStates, VertexBuffer};

use super::images::Picture;
use super::pass::{Pass, casting, transparent};
use super::pose::uniform;

/// A picture on the unit square around its own origin, its top at negative y.
pub(crate) struct Quad {
    pub(crate) picture: Rc<Picture>,
    /// It lies on the outside of a face in the same plane: seen from its negative z it is behind
    /// that face, seen from the other side in front of it.
    pub(crate) is_outside: bool,
    pub(crate) casts: bool,
}

/// How far off the plane that is drawn: about ten steps of a depth buffer of 24 bits.
const LIFT: f32 = 1e-6;

/// The square that every picture is drawn on.
pub(crate) struct QuadLayer {
    corners: VertexBuffer<[f32; 2]>,
    elements: ElementBuffer<u8>,
}

impl QuadLayer {
    pub(crate) fn new(context: &Context) -> Self {
        let corners = [[-0.5, -0.5], [0.5, -0.5], [-0.5, 0.5], [0.5, 0.5]];
        Self {
            corners: VertexBuffer::new_with_data(context, &corners),
            elements: ElementBuffer::new_with_data(context, &[0, 1, 2, 2, 1, 3]),
        }
    }

    /// Draws a picture, from both sides and in its exact colours; nothing while it is on its way.
    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        quad: &Quad,
        world_from_quad: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.picture()?;
        if !quad.picture.bind(program, "picture") {
            return Ok(());
        }
        pass.frame.bind(program);
        program.use_uniform("world_from_quad", uniform(world_from_quad));
        program.use_uniform("lift", if quad.is_outside { LIFT } else { 0.0 });
        self.fill(pass, program, transparent(Cull::None, true));
        Ok(())
    }

    /// Draws the square that a picture is on as a light sees it.
    pub(crate) fn cast(&self, pass: &mut Pass<'_>, clip_from_quad: &Mat4) -> Result<(), CoreError> {
        let program = pass.programs.quad_caster()?;
        program.use_uniform("clip_from_quad", uniform(clip_from_quad));
        self.fill(pass, program, casting(Cull::None));
        Ok(())
    }

    /// Draws the square with any program, which takes its corners as `position`.
    pub(crate) fn fill(&self, pass: &mut Pass<'_>, program: &Program, states: RenderStates) {
        program.use_vertex_attribute("position", &self.corners);
        pass.count(1);
        program.draw_elements(states, pass.area(), &self.elements);
    }
}
