//! Point clouds: one draw call each, unless they are thinned.

use std::cell::RefCell;
use std::rc::Rc;

use glam::Mat4;
use scenecast_gl::{PointBuffer, PointRange};
use scenecast_protocol::scene::{self, PointShading, PointShape};
use three_d::core::{Context, CoreError, Cull, Program};

use super::pass::{Pass, opaque};
use super::pose::uniform;

mod thinning;

use thinning::Chunk;

/// The points of one cloud on the GPU.
pub(crate) struct Points {
    pub(crate) positions: Rc<PointPositions>,
    pub(crate) colors: PointColors,
    pub(crate) style: PointStyle,
    /// What to draw of it; empty for all.
    pub(crate) thinned: RefCell<Vec<PointRange>>,
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
pub(crate) struct PointPositions {
    buffer: PointBuffer,
    chunks: Vec<Chunk>,
}

/// Colours of points.
#[derive(Clone)]
pub(crate) enum PointColors {
    /// One for all, 0 to 1.
    Uniform([f32; 3]),
    /// One for each, 0 to 255.
    PerPoint(Rc<PointBuffer>),
}

impl PointPositions {
    pub(crate) fn new(context: &Context, points: &scene::Points) -> Result<Self, CoreError> {
        let buffer = match points {
            scene::Points::F16(p) => PointBuffer::half(context, p.as_bytes()),
            scene::Points::F32(p) => PointBuffer::single(context, p.as_bytes()),
        }?;
        let chunks = thinning::chunks(points);
        Ok(Self { buffer, chunks })
    }
}

/// Decides what is drawn of clouds: of many points while the camera moves, those that are large.
pub(crate) fn thin<'a>(
    pass: &mut Pass<'_>,
    clouds: impl Iterator<Item = (&'a Points, &'a Mat4)> + Clone,
) {
    let points: u64 = clouds
        .clone()
        .map(|(cloud, _)| u64::from(cloud.len()))
        .sum();
    pass.stats.is_thinned = pass.thins && points > thinning::BUDGET.into();
    if !pass.stats.is_thinned {
        clouds.for_each(|(cloud, _)| cloud.thinned.borrow_mut().clear());
        return;
    }
    let eye = pass.camera.position();
    let seen = clouds.clone().flat_map(|(cloud, pose)| {
        let near = move |chunk: &Chunk| (chunk.nearness(pose, eye, cloud.style.size), *chunk);
        cloud.positions.chunks.iter().map(near)
    });
    let seen: Vec<(f32, Chunk)> = seen.collect();
    let mut ranges = thinning::thinned(&seen, thinning::BUDGET).into_iter();
    for (cloud, _) in clouds {
        let own = ranges.by_ref().take(cloud.positions.chunks.len());
        *cloud.thinned.borrow_mut() = own.collect();
    }
}

impl Points {
    fn len(&self) -> u32 {
        self.positions.buffer.len()
    }

    pub(crate) fn draw(
        &self,
        pass: &mut Pass<'_>,
        world_from_node: &Mat4,
    ) -> Result<(), CoreError> {
        if self.len() == 0 {
            return Ok(());
        }
        let (program, colors): (&Program, _) = match &self.colors {
            PointColors::Uniform(rgb) => {
                let program = pass.programs.points()?;
                program.use_uniform("color", three_d::core::Vec3::from(*rgb));
                (program, None)
            }
            PointColors::PerPoint(colors) => (pass.programs.colored_points()?, Some(&**colors)),
        };
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
        let all = [PointRange {
            first: 0,
            count: self.len(),
            step: 1,
        }];
        let thinned = self.thinned.borrow();
        let ranges = if thinned.is_empty() {
            &all
        } else {
            &thinned[..]
        };
        ranges.iter().for_each(|_| pass.count(1));
        scenecast_gl::draw_points(
            program,
            opaque(Cull::None),
            pass.area(),
            &self.positions.buffer,
            colors,
            ranges,
        )
    }
}
