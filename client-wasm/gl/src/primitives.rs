//! Lines.

use three_d::context::{self, HasContext};
use three_d::core::{Context, ElementBuffer, Program, RenderStates, Viewport};

/// Draws the pairs of vertices in `elements` as lines of one pixel, `instances` times.
///
/// Attributes and uniforms must have been given to `program` before, as for its own drawing
/// methods.
pub fn draw_lines_instanced(
    context: &Context,
    program: &Program,
    states: RenderStates,
    viewport: Viewport,
    elements: &ElementBuffer<u32>,
    instances: u32,
) {
    let count = elements.count().min(i32::MAX as u32) as i32;
    let instances = instances.min(i32::MAX as u32) as i32;
    program.draw_elements_with(states, viewport, elements, || {
        // SAFETY: The last argument is an offset into the bound element buffer, which holds
        // `count` indices. Accesses to attributes are bounded by the implementation: see
        // `draw_points`.
        #[allow(unsafe_code)]
        unsafe {
            context.draw_elements_instanced(
                context::LINES,
                count,
                context::UNSIGNED_INT,
                0,
                instances,
            );
        }
    });
}
