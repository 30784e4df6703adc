//! Thick lines with round ends: one draw call for each node, two if the thickness is in scene
//! units (an opaque core, then a smooth rim).

use std::cell::RefCell;

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::ThicknessUnits;
use three_d::core::{Context, CoreError, Cull, Program};

use super::instances::InstanceTable;
use super::pass::{Pass, opaque, transparent};
use super::pose::uniform;
use super::stamp::{Primitive, Stamp};

/// What a node's lines are made of.
pub(crate) struct Segments<'a> {
    /// Ends in the node's frame.
    pub(crate) ends: &'a [[[f32; 3]; 2]],
    pub(crate) colors: LineColors<'a>,
    pub(crate) thickness: f32,
    pub(crate) units: ThicknessUnits,
}

/// Colours of lines.
#[derive(Clone, Copy)]
pub(crate) enum LineColors<'a> {
    /// One for all, sRGB.
    Uniform([u8; 3]),
    /// One for each end of each segment, taken as linear light.
    PerEnd(&'a [[u8; 3]]),
}

/// The lines of one node.
pub(crate) struct Lines {
    /// Ends and their colours. Uploaded while drawing, which is why it is in a cell.
    segments: RefCell<InstanceTable<2>>,
    is_encoded: bool,
    thickness: f32,
    units: ThicknessUnits,
    /// Middle of the bounding box in the node's frame.
    center: Vec3,
}

/// The strip of quads that every segment is drawn with.
pub(crate) struct LineStrip(Stamp<[f32; 2]>);

impl LineStrip {
    pub(crate) fn new(context: &Context) -> Self {
        let corners: Vec<[f32; 2]> = [-1.0, 0.0, 1.0, 2.0]
            .iter()
            .flat_map(|y| [[-1.0, *y], [1.0, *y]])
            .collect();
        let quads: Vec<u32> = (0..3)
            .flat_map(|quad| [0, 1, 2, 2, 1, 3].map(|i| 2 * quad + i))
            .collect();
        Self(Stamp::new(
            context,
            Primitive::Triangles,
            &corners,
            &[],
            &quads,
        ))
    }
}

impl Lines {
    pub(crate) fn new(segments: &Segments<'_>) -> Self {
        let color = |end: usize| match segments.colors {
            LineColors::Uniform(rgb) => rgb,
            LineColors::PerEnd(colors) => colors.get(end).copied().unwrap_or_default(),
        };
        let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for end in segments.ends.iter().flatten().map(|p| Vec3::from(*p)) {
            low = low.min(end);
            high = high.max(end);
        }
        let mut table = InstanceTable::new();
        table.replace(
            segments
                .ends
                .iter()
                .enumerate()
                .map(|(i, [[a, b, c], [d, e, f]])| {
                    [
                        [*a, *b, *c, packed(color(2 * i))],
                        [*d, *e, *f, packed(color(2 * i + 1))],
                    ]
                }),
        );
        let center = low.midpoint(high);
        Self {
            segments: RefCell::new(table),
            is_encoded: matches!(segments.colors, LineColors::Uniform(_)),
            thickness: segments.thickness,
            units: segments.units,
            center: if center.is_finite() {
                center
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
        self.use_uniforms(pass, program, world_from_node);
        let mut segments = self.segments.borrow_mut();
        strip
            .0
            .draw(pass, program, opaque(Cull::None), &mut segments)
    }

    pub(crate) fn draw_fringe(
        &self,
        pass: &mut Pass<'_>,
        strip: &LineStrip,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.line_fringes()?;
        self.use_uniforms(pass, program, world_from_node);
        let mut segments = self.segments.borrow_mut();
        strip
            .0
            .draw(pass, program, transparent(Cull::None, false), &mut segments)
    }

    fn use_uniforms(&self, pass: &Pass<'_>, program: &Program, world_from_node: &Mat4) {
        program.use_uniform("world_from_node", uniform(world_from_node));
        program.use_uniform("thickness", self.thickness);
        program.use_uniform("near", pass.camera.near);
        program.use_uniform("is_encoded", if self.is_encoded { 1.0f32 } else { 0.0 });
    }
}

/// A colour as one number, which a float holds exactly.
fn packed([r, g, b]: [u8; 3]) -> f32 {
    (u32::from(r) | u32::from(g) << 8 | u32::from(b) << 16) as f32
}
