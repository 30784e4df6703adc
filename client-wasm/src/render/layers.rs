//! Everything that is shown, by how it is drawn.

use glam::{Mat4, Vec3};
use scenecast_protocol::sort;
use three_d::core::{Context, CoreError};

use super::axes::AxesLayer;
use super::background::Background;
use super::grids::{self, GridQuad};
use super::images::{ImageSource, Pictures};
use super::lights::Lights;
use super::lines::LineLayer;
use super::marks::{self, Mark};
use super::models::ModelLayer;
use super::outline::Outline;
use super::parts::Single;
use super::pass::Pass;
use super::points::{self, Points};
use super::pose::depth;
use super::quads::QuadLayer;
use super::splats::SplatLayer;
use super::surfaces::{SurfaceLayer, Transparent};
use super::text::{GlyphSource, TextLayer};

/// Everything that is shown.
pub(crate) struct Layers {
    pub(crate) context: Context,
    pub(crate) axes: AxesLayer,
    pub(crate) surfaces: SurfaceLayer,
    pub(crate) singles: Singles,
    pub(crate) text: TextLayer,
    pub(crate) lines: LineLayer,
    pub(crate) lights: Lights,
    pub(crate) pictures: Pictures,
    pub(crate) background: Option<Background>,
    pub(crate) splats: SplatLayer,
    /// There are surfaces that mirror what is around.
    pub(crate) has_mirrors: bool,
    quads: QuadLayer,
    models: ModelLayer,
    grid_quad: GridQuad,
}

/// Things with a draw call of their own and their poses in the world.
#[derive(Default)]
pub(crate) struct Singles {
    shown: Vec<Option<(Single, Mat4)>>,
    free: Vec<u32>,
}

/// Something that is blended over what is behind it.
enum Blended<'a> {
    Surface(&'a Transparent),
    Single(&'a Single, &'a Mat4),
}

impl Layers {
    pub(crate) fn new(
        context: &Context,
        glyphs: Box<dyn GlyphSource>,
        images: Box<dyn ImageSource>,
    ) -> Self {
        Self {
            context: context.clone(),
            text: TextLayer::new(context, glyphs),
            axes: AxesLayer::new(context),
            surfaces: SurfaceLayer::new(context),
            singles: Singles::default(),
            lines: LineLayer::new(context),
            lights: Lights::new(),
            pictures: Pictures::new(context, images),
            background: None,
            splats: SplatLayer::new(context),
            has_mirrors: false,
            quads: QuadLayer::new(context),
            models: ModelLayer::new(context),
            grid_quad: GridQuad::new(context),
        }
    }

    /// Draws everything, with the outline of a node at its pose and marks over it.
    pub(crate) fn draw(
        &mut self,
        pass: &mut Pass<'_>,
        outline: Option<(&Outline, &Mat4)>,
        marks: &[Mark],
    ) -> Result<(), CoreError> {
        pass.environment.draw_sky(pass, &self.quads)?;
        if let Some(background) = &self.background {
            background.draw(pass, &self.quads)?;
        }
        self.surfaces.draw_opaque(pass)?;
        self.axes.draw(pass)?;
        self.lines.draw_cores(pass)?;
        points::thin(pass, self.singles.clouds());
        for (single, pose) in self.singles.iter() {
            match single {
                Single::Points(points, _) => points.draw(pass, pose)?,
                Single::Lines(lines, _) => self.lines.draw_own_core(pass, lines, pose)?,
                Single::Batch(batch, _) if batch.blended_center().is_none() => {
                    batch.draw(pass, &self.models, pose)?;
                }
                Single::Skinned(skinned, _) if skinned.blended_center().is_none() => {
                    skinned.draw(pass, pose)?;
                }
                Single::Primitive(primitive, _) if primitive.blended_center().is_none() => {
                    self.models.draw(pass, primitive, pose)?;
                }
                Single::Grid(..)
                | Single::Quad(..)
                | Single::Batch(..)
                | Single::Skinned(..)
                | Single::Primitive(..) => {}
            }
        }
        marks::draw(pass, marks, false)?;
        if let Some((outline, world_from_node)) = outline {
            outline.draw(pass, world_from_node)?;
        }
        self.draw_blended(pass)?;
        // Last, since rims do not hide what is behind them, but glass in front hides rims.
        self.lines.draw_fringes(pass)?;
        marks::draw(pass, marks, true)?;
        self.splats.draw(pass)?;
        self.text.draw(pass)
    }

    /// Whether anything casts shadows.
    pub(crate) fn has_casters(&self) -> bool {
        self.surfaces.has_casters() || self.singles.iter().any(|(single, _)| single.casts())
    }

    /// Draws what casts shadows as a light sees it.
    pub(crate) fn cast(
        &mut self,
        pass: &mut Pass<'_>,
        clip_from_world: &Mat4,
    ) -> Result<(), CoreError> {
        self.surfaces.cast(pass, clip_from_world)?;
        for (single, pose) in self.singles.iter().filter(|(single, _)| single.casts()) {
            match single {
                Single::Batch(batch, _) => batch.cast(pass, &self.models, clip_from_world, pose)?,
                Single::Skinned(skinned, _) => skinned.cast(pass, clip_from_world, pose)?,
                Single::Primitive(primitive, _) => {
                    self.models.cast(pass, primitive, clip_from_world, pose)?;
                }
                Single::Quad(..) => self.quads.cast(pass, &(*clip_from_world * *pose))?,
                Single::Points(..) | Single::Lines(..) | Single::Grid(..) => {}
            }
        }
        Ok(())
    }

    /// Draws what is not opaque, from back to front.
    fn draw_blended(&mut self, pass: &mut Pass<'_>) -> Result<(), CoreError> {
        let surfaces = self.surfaces.transparent(&pass.clip_from_world);
        let mut blended: Vec<(f32, Blended<'_>)> = surfaces
            .iter()
            .map(|surface| (surface.depth, Blended::Surface(surface)))
            .collect();
        for (single, pose) in self.singles.iter() {
            if let Some(center) = single.blended_center() {
                let depth = depth(&pass.clip_from_world, pose.transform_point3(center));
                blended.push((depth, Blended::Single(single, pose)));
            }
        }
        sort::by(&mut blended, |(a, _), (b, _)| b.total_cmp(a));

        let both_surfaces = |a: &(f32, Blended<'_>), b: &(f32, Blended<'_>)| {
            matches!((&a.1, &b.1), (Blended::Surface(_), Blended::Surface(_)))
        };
        for run in blended.chunk_by(both_surfaces) {
            match &run[0].1 {
                Blended::Surface(_) => {
                    let run: Vec<&Transparent> = run
                        .iter()
                        .filter_map(|(_, item)| match item {
                            Blended::Surface(surface) => Some(*surface),
                            Blended::Single(..) => None,
                        })
                        .collect();
                    self.surfaces.draw_transparent(pass, &run)?;
                }
                Blended::Single(Single::Lines(lines, _), pose) => {
                    self.lines.draw_own_fringe(pass, lines, pose)?;
                }
                Blended::Single(Single::Grid(grid, _), pose) => {
                    grids::draw(pass, &self.grid_quad, grid, pose)?;
                }
                Blended::Single(Single::Quad(quad, _), pose) => {
                    self.quads.draw(pass, quad, pose)?;
                }
                Blended::Single(Single::Batch(batch, _), pose) => {
                    batch.draw(pass, &self.models, pose)?;
                }
                Blended::Single(Single::Primitive(primitive, _), pose) => {
                    self.models.draw(pass, primitive, pose)?;
                }
                Blended::Single(Single::Skinned(skinned, _), pose) => skinned.draw(pass, pose)?,
                Blended::Single(Single::Points(..), _) => {}
            }
        }
        Ok(())
    }
}

impl Single {
    /// Whether it casts shadows.
    pub(crate) fn casts(&self) -> bool {
        match self {
            Single::Batch(batch, _) => batch.casts,
            Single::Skinned(skinned, _) => skinned.look.shadows.casts,
            Single::Primitive(primitive, _) => primitive.shadows.casts,
            // Nothing is there before the picture is.
            Single::Quad(quad, _) => quad.casts && quad.picture.is_here(),
            Single::Points(..) | Single::Lines(..) | Single::Grid(..) => false,
        }
    }

    /// The point that it is sorted by, in its own frame, if any of it is blended.
    fn blended_center(&self) -> Option<Vec3> {
        match self {
            Single::Points(..) => None,
            Single::Lines(lines, _) => lines.blended_center(),
            Single::Grid(..) | Single::Quad(..) => Some(Vec3::ZERO),
            Single::Batch(batch, _) => batch.blended_center(),
            Single::Skinned(skinned, _) => skinned.blended_center(),
            Single::Primitive(primitive, _) => primitive.blended_center(),
        }
    }
}

impl Singles {
    pub(crate) fn insert(&mut self, single: Single, pose: Mat4) -> u32 {
        let at = self.free.pop().unwrap_or_else(|| {
            self.shown.push(None);
            self.shown.len() as u32 - 1
        });
        self.shown[at as usize] = Some((single, pose));
        at
    }

    pub(crate) fn place(&mut self, at: u32, pose: Mat4) {
        if let Some((_, shown)) = &mut self.shown[at as usize] {
            *shown = pose;
        }
    }

    pub(crate) fn remove(&mut self, at: u32) {
        if self.shown[at as usize].take().is_some() {
            self.free.push(at);
        }
    }

    fn clouds(&self) -> impl Iterator<Item = (&Points, &Mat4)> + Clone {
        let shown = self.shown.iter().flatten();
        shown.filter_map(|(single, pose)| match single {
            Single::Points(points, _) => Some((&**points, pose)),
            _ => None,
        })
    }

    fn iter(&self) -> impl Iterator<Item = (&Single, &Mat4)> {
        self.shown
            .iter()
            .flatten()
            .map(|(single, pose)| (single, pose))
    }
}
