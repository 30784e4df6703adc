//! Thick lines with round ends: an opaque core and, if the thickness is in scene units, a smooth
//! rim.
//!
//! Nodes with few segments share one draw call for all cores and one for all rims: their segments
//! are kept in the world's frame. A node with many has draw calls of its own, so that moving it
//! changes one matrix.

use std::cell::RefCell;

use glam::{Mat4, Vec3};
use scenecast_protocol::scene::ThicknessUnits;
use three_d::core::{Context, CoreError, Cull, Program};

use super::instances::{InstanceTable, Row, Slot};
use super::pass::{Pass, opaque, transparent};
use super::picking::{self, Hit, Lens, Ray, Segment};
use super::pose::uniform;
use super::stamp::{Primitive, Stamp};

/// Up to how many segments share draw calls.
const MAX_SHARED: usize = 256;

/// Both ends with their colours; then thickness, and 1 if the colours are encoded.
const COLUMNS: usize = 3;

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
pub(crate) enum Lines {
    /// Few.
    Shared(SharedLines),
    /// Many.
    Own(OwnLines),
}

/// Lines that share draw calls with others.
pub(crate) struct SharedLines {
    units: ThicknessUnits,
    /// In the node's frame.
    rows: Vec<Row<COLUMNS>>,
}

/// Lines with draw calls of their own.
pub(crate) struct OwnLines {
    units: ThicknessUnits,
    /// In the node's frame. Uploaded while drawing, which is why it is in a cell.
    table: RefCell<InstanceTable<COLUMNS>>,
    /// Middle of the bounding box in the node's frame.
    center: Vec3,
}

/// Where shared lines are while they are shown.
pub(crate) struct LineSlots(ThicknessUnits, Vec<Slot>);

/// All lines that share draw calls, and the strip of quads that every segment is drawn with.
pub(crate) struct LineLayer {
    strip: Stamp<[f32; 2]>,
    world: InstanceTable<COLUMNS>,
    screen: InstanceTable<COLUMNS>,
}

impl Lines {
    pub(crate) fn new(segments: &Segments<'_>) -> Self {
        let color = |end: usize| match segments.colors {
            LineColors::Uniform(rgb) => rgb,
            LineColors::PerEnd(colors) => colors.get(end).copied().unwrap_or_default(),
        };
        let is_encoded = matches!(segments.colors, LineColors::Uniform(_));
        let look = [
            segments.thickness,
            if is_encoded { 1.0 } else { 0.0 },
            0.0,
            0.0,
        ];
        let rows = segments
            .ends
            .iter()
            .enumerate()
            .map(|(i, [[a, b, c], [d, e, f]])| {
                [
                    [*a, *b, *c, packed(color(2 * i))],
                    [*d, *e, *f, packed(color(2 * i + 1))],
                    look,
                ]
            });
        let units = segments.units;
        if segments.ends.len() <= MAX_SHARED {
            return Self::Shared(SharedLines {
                units,
                rows: rows.collect(),
            });
        }
        let mut table = InstanceTable::new();
        table.replace(rows);
        let (mut low, mut high) = (Vec3::INFINITY, Vec3::NEG_INFINITY);
        for end in segments.ends.iter().flatten().map(|p| Vec3::from(*p)) {
            low = low.min(end);
            high = high.max(end);
        }
        let center = low.midpoint(high);
        let center = if center.is_finite() {
            center
        } else {
            Vec3::ZERO
        };
        Self::Own(OwnLines {
            units,
            table: RefCell::new(table),
            center,
        })
    }
}

impl OwnLines {
    /// Where a ray meets a line first.
    pub(crate) fn pick(&self, ray: &Ray, lens: &Lens, pose: &Mat4, nearest: &mut Option<Hit>) {
        let table = self.table.borrow();
        let segments = table.rows().map(|row| segment(&row, pose));
        picking::segments(ray, lens, self.units, segments, nearest);
    }

    /// The ends of all segments, in the node's frame.
    pub(crate) fn ends(&self) -> impl ExactSizeIterator<Item = [f32; 3]> {
        ends(self.table.borrow().rows())
    }

    /// What the rim is sorted by among transparent objects, if there is one.
    pub(crate) fn blended_center(&self) -> Option<Vec3> {
        (self.units == ThicknessUnits::World).then_some(self.center)
    }
}

impl SharedLines {
    /// Where a ray meets a line first.
    pub(crate) fn pick(&self, ray: &Ray, lens: &Lens, pose: &Mat4, nearest: &mut Option<Hit>) {
        let segments = self.rows.iter().map(|row| segment(row, pose));
        picking::segments(ray, lens, self.units, segments, nearest);
    }

    /// The ends of all segments, in the node's frame.
    pub(crate) fn ends(&self) -> impl ExactSizeIterator<Item = [f32; 3]> {
        ends(self.rows.iter().copied())
    }

    /// In the world's frame.
    fn placed(&self, world_from_node: &Mat4) -> impl Iterator<Item = Row<COLUMNS>> {
        self.rows.iter().map(|[start, end, look]| {
            let placed = |&[x, y, z, color]: &[f32; 4]| {
                world_from_node
                    .transform_point3(Vec3::new(x, y, z))
                    .extend(color)
                    .to_array()
            };
            [placed(start), placed(end), *look]
        })
    }
}

impl LineLayer {
    pub(crate) fn new(context: &Context) -> Self {
        let corners: Vec<[f32; 2]> = [-1.0, 0.0, 1.0, 2.0]
            .iter()
            .flat_map(|y| [[-1.0, *y], [1.0, *y]])
            .collect();
        let quads: Vec<u32> = (0..3)
            .flat_map(|quad| [0, 1, 2, 2, 1, 3].map(|i| 2 * quad + i))
            .collect();
        Self {
            strip: Stamp::new(context, Primitive::Triangles, &corners, &[], &quads),
            world: InstanceTable::new(),
            screen: InstanceTable::new(),
        }
    }

    pub(crate) fn insert(&mut self, lines: &SharedLines, world_from_node: &Mat4) -> LineSlots {
        let table = self.table(lines.units);
        let slots = lines
            .placed(world_from_node)
            .map(|row| table.insert(row))
            .collect();
        LineSlots(lines.units, slots)
    }

    pub(crate) fn place(
        &mut self,
        LineSlots(units, slots): &LineSlots,
        lines: &SharedLines,
        world_from_node: &Mat4,
    ) {
        let table = self.table(*units);
        for (slot, [start, end, _]) in slots.iter().zip(lines.placed(world_from_node)) {
            table.set(*slot, 0, &[start, end]);
        }
    }

    pub(crate) fn remove(&mut self, LineSlots(units, slots): LineSlots) {
        let table = self.table(units);
        slots.into_iter().for_each(|slot| table.remove(slot));
    }

    /// Draws the cores of shared lines.
    pub(crate) fn draw_cores(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        let states = opaque(Cull::None);
        if !self.world.is_empty() {
            let program = pass.programs.world_lines()?;
            use_uniforms(pass, program, &Mat4::IDENTITY);
            self.strip
                .draw(pass, program, states, &mut self.world, None)?;
        }
        if !self.screen.is_empty() {
            let program = pass.programs.screen_lines()?;
            use_uniforms(pass, program, &Mat4::IDENTITY);
            self.strip
                .draw(pass, program, states, &mut self.screen, None)?;
        }
        Ok(())
    }

    /// Draws the rims of shared lines.
    pub(crate) fn draw_fringes(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        if self.world.is_empty() {
            return Ok(());
        }
        let program = pass.programs.line_fringes()?;
        use_uniforms(pass, program, &Mat4::IDENTITY);
        self.strip.draw(
            pass,
            program,
            transparent(Cull::None, false),
            &mut self.world,
            None,
        )
    }

    /// Draws the cores of one node.
    pub(crate) fn draw_own_core(
        &self,
        pass: &mut Pass<'_>,
        lines: &OwnLines,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = match lines.units {
            ThicknessUnits::World => pass.programs.world_lines()?,
            ThicknessUnits::Screen => pass.programs.screen_lines()?,
        };
        use_uniforms(pass, program, world_from_node);
        self.strip.draw(
            pass,
            program,
            opaque(Cull::None),
            &mut *lines.table.borrow_mut(),
            None,
        )
    }

    /// Draws the rims of one node.
    pub(crate) fn draw_own_fringe(
        &self,
        pass: &mut Pass<'_>,
        lines: &OwnLines,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        let program = pass.programs.line_fringes()?;
        use_uniforms(pass, program, world_from_node);
        let states = transparent(Cull::None, false);
        self.strip
            .draw(pass, program, states, &mut *lines.table.borrow_mut(), None)
    }

    fn table(&mut self, units: ThicknessUnits) -> &mut InstanceTable<COLUMNS> {
        match units {
            ThicknessUnits::World => &mut self.world,
            ThicknessUnits::Screen => &mut self.screen,
        }
    }
}

/// A row in the frame that `pose` leads to.
fn ends(rows: impl Iterator<Item = Row<COLUMNS>>) -> std::vec::IntoIter<[f32; 3]> {
    let ends = rows.flat_map(|[start, end, _]| [start, end].map(|[x, y, z, _]| [x, y, z]));
    ends.collect::<Vec<_>>().into_iter()
}

fn segment([start, end, look]: &Row<COLUMNS>, pose: &Mat4) -> Segment {
    let ends = [start, end].map(|end| pose.transform_point3(Vec3::new(end[0], end[1], end[2])));
    Segment {
        ends,
        thickness: look[0],
    }
}

fn use_uniforms(pass: &Pass<'_>, program: &Program, world_from_node: &Mat4) {
    program.use_uniform("world_from_node", uniform(world_from_node));
    program.use_uniform("near", pass.camera.near);
}

/// A colour as one number, which a float holds exactly.
fn packed([r, g, b]: [u8; 3]) -> f32 {
    (u32::from(r) | u32::from(g) << 8 | u32::from(b) << 16) as f32
}
