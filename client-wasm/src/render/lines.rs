//! Thick lines with round ends: one draw call for each node, two if the thickness is in scene
//! units (an opaque core, then a smooth rim).

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::ThicknessUnits;
use three_d::core::{
    Context, CoreError, Cull, ElementBuffer, InstanceBuffer, Program, VertexBuffer,
};

use super::pass::{Pass, opaque, transparent};
use super::pose::uniform;
use super::programs::use_frame;

/// What a node's lines are made of.
pub(crate) struct Segments<'a> {
    /// Ends in the node's frame.
    pub(crate) ends: &'a [[[f32; 3]; 2]],
    /// Colours at the ends, linear: as many as segments, or one for all.
    pub(crate) colors: &'a [[[f32; 3]; 2]],
    pub(crate) thickness: f32,
    pub(crate) units: ThicknessUnits,
}

/// The lines of one node on the GPU.
pub(crate) struct Lines {
    starts: InstanceBuffer<[f32; 3]>,
    ends: InstanceBuffer<[f32; 3]>,
    start_colors: InstanceBuffer<[f32; 3]>,
    end_colors: InstanceBuffer<[f32; 3]>,
    count: u32,
    thickness: f32,
    units: ThicknessUnits,
    /// Middle of the bounding box in the node's frame.
    center: Vec3,
}

/// The strip of quads that every segment is drawn with.
pub(crate) struct LineStrip {
    corners: VertexBuffer<[f32; 2]>,
    elements: ElementBuffer<u32>,
}

impl LineStrip {
    pub(crate) fn new(context: &Context) -> Self {
        let corners: Vec<[f32; 2]> = [-1.0, 0.0, 1.0, 2.0]
            .iter()
            .flat_map(|y| [[-1.0, *y], [1.0, *y]])
            .collect();
        let quads: Vec<u32> = (0..3)
            .flat_map(|quad| [0, 1, 2, 2, 1, 3].map(|i| 2 * quad + i))
            .collect();
        Self {
            corners: VertexBuffer::new_with_data(context, &corners),
            elements: ElementBuffer::new_with_data(context, &quads),
        }
    }
}

impl Lines {
    pub(crate) fn new(context: &Context, segments: &Segments<'_>) -> Self {
        let buffer = |values: Vec<[f32; 3]>| InstanceBuffer::new_with_data(context, &values);
        let count = segments.ends.len();
        let color = |i: usize, end: usize| {
            segments
                .colors
                .get(i)
                .or(segments.colors.first())
                .map_or([0.0; 3], |c| c[end])
        };
        let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for end in segments.ends.iter().flatten().map(|p| Vec3::from(*p)) {
            low = low.min(end);
            high = high.max(end);
        }
        Self {
            starts: buffer(segments.ends.iter().map(|[start, _]| *start).collect()),
            ends: buffer(segments.ends.iter().map(|[_, end]| *end).collect()),
            start_colors: buffer((0..count).map(|i| color(i, 0)).collect()),
            end_colors: buffer((0..count).map(|i| color(i, 1)).collect()),
            count: count as u32,
            thickness: segments.thickness,
            units: segments.units,
            center: if count > 0 {
                low.midpoint(high)
            } else {
                Vec3::ZERO
            },
        }
    }

    /// What the rim is sorted by among transparent objects.
    pub(crate) fn center(&self) -> Vec3 {
        self.center
    }

    pub(crate) fn has_fringe(&self) -> bool {
        self.units == ThicknessUnits::World
    }

    pub(crate) fn draw_core(
        &self,
        pass: &mut Pass<'_>,
        strip: &LineStrip,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = match self.units {
            ThicknessUnits::World => pass.programs.world_lines()?,
            ThicknessUnits::Screen => pass.programs.screen_lines()?,
        };
        self.draw(pass, strip, world_from_node, program, false);
        Ok(())
    }

    pub(crate) fn draw_fringe(
        &self,
        pass: &mut Pass<'_>,
        strip: &LineStrip,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.line_fringes()?;
        self.draw(pass, strip, world_from_node, program, true);
        Ok(())
    }

    fn draw(
        &self,
        pass: &mut Pass<'_>,
        strip: &LineStrip,
        world_from_node: &Mat4,
        program: &Program,
        fringe: bool,
    ) {
        if self.count == 0 {
            return;
        }
        use_frame(program, pass.frame);
        program.use_vertex_attribute("corner", &strip.corners);
        program.use_instance_attribute("start", &self.starts);
        program.use_instance_attribute("end", &self.ends);
        program.use_instance_attribute("start_color", &self.start_colors);
        program.use_instance_attribute("end_color", &self.end_colors);
        program.use_uniform("world_from_node", uniform(world_from_node));
        program.use_uniform("thickness", self.thickness);
        program.use_uniform("near", pass.camera.near);
        pass.count(self.count as usize);
        let states = if fringe {
            transparent(Cull::None, false)
        } else {
            opaque(Cull::None)
        };
        program.draw_elements_instanced(states, pass.area(), &strip.elements, self.count);
    }
}
