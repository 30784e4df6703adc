//! Shadows: for each light that casts some, maps of what it sees. They are drawn again where what
//! casts shadows has moved, or what they look at.

use glam::{Mat4, Vec3};
use scenecast_gl::DepthMaps;
use three_d::core::{Context, CoreError, Program, UniformBuffer};

use super::Renderer;
use super::camera::{Camera, Viewport};
use super::pass::{DrawStats, Pass};

mod views;

pub(crate) use views::Caster;

/// Pixels along a side of a map.
const MAP_SIZE: u32 = 1024;

/// Maps, at most: 4 MB each on the graphics card. A light whose maps would be more casts no
/// shadows. A directional light takes 3 maps, a point light 6, a spot light 1.
pub const MAX_SHADOW_MAPS: usize = 64;

/// What a surface has to do with shadows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shadowing {
    pub(crate) casts: bool,
    pub(crate) receives: Receives,
}

/// What shadows do to a surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Receives {
    Nothing,
    /// The light that makes them is missing.
    LessLight,
    /// They are painted on it, this opaque, 0 to 1.
    Paint(f32),
}

impl Shadowing {
    pub(crate) const NONE: Self = Self {
        casts: false,
        receives: Receives::Nothing,
    };

    /// As shaders take it.
    pub(crate) fn packed(self) -> f32 {
        let receives = match self.receives {
            Receives::Nothing => 0.0,
            Receives::LessLight => 2.0,
            Receives::Paint(opacity) => opacity.clamp(0.0, 1.0),
        };
        receives + if self.casts { CASTS } else { 0.0 }
    }
}

/// What `packed` adds for what casts shadows.
pub(crate) const CASTS: f32 = 4.0;

/// The maps that a light has: the first, and how many.
pub(crate) type MapsOfLight = [usize; 2];

/// The shadows of a scene.
pub(crate) struct Shadows {
    context: Context,
    maps: Option<DepthMaps>,
    /// Where points of the world are on the maps.
    block: UniformBuffer,
    /// What the maps show, `clip_from_world`, as far as they are drawn.
    drawn: Vec<Mat4>,
    wanted: Vec<Mat4>,
    /// Something moved that casts shadows.
    is_stale: bool,
    has_casters: bool,
}

impl Shadows {
    pub(crate) fn new(context: &Context) -> Self {
        Self {
            context: context.clone(),
            maps: None,
            block: UniformBuffer::new(context, &[16 * MAX_SHADOW_MAPS as u32]),
            drawn: Vec::new(),
            wanted: Vec::new(),
            is_stale: true,
            has_casters: false,
        }
    }

    /// Notes that something moved, came or went, if it casts shadows.
    pub(crate) fn renew_if(&mut self, casts: bool) {
        self.is_stale |= casts;
    }

    /// Finds out which maps the lights take. `has_casters` is asked when something moved.
    pub(crate) fn plan(
        &mut self,
        lights: impl Iterator<Item = Option<Caster>>,
        camera: &Camera,
        viewport: Viewport,
        has_casters: impl FnOnce() -> bool,
    ) -> Vec<MapsOfLight> {
        if self.is_stale {
            self.has_casters = has_casters();
        }
        let has_casters = self.has_casters;
        self.wanted.clear();
        let maps = lights.map(|caster| {
            let first = self.wanted.len();
            let room = MAX_SHADOW_MAPS - first;
            // Without casters all light arrives.
            if let Some(caster) = caster.filter(|caster| has_casters && caster.maps() <= room) {
                self.wanted.extend(caster.views(camera, viewport));
            }
            [first, self.wanted.len() - first]
        });
        maps.collect()
    }

    /// Draws the maps that show something else by now; `draw` draws what casts shadows.
    pub(crate) fn draw(
        &mut self,
        mut draw: impl FnMut(&Mat4) -> Result<(), CoreError>,
    ) -> Result<(), CoreError> {
        let needed = self.wanted.len().max(1) as u32;
        // Shaders want a map even where there are none.
        let size = if self.wanted.is_empty() { 1 } else { MAP_SIZE };
        let fits = |maps: &DepthMaps| maps.layers() >= needed && maps.size() >= size;
        let maps = match self.maps.take().filter(fits) {
            Some(maps) => maps,
            None => {
                self.drawn.clear();
                DepthMaps::new(&self.context, size, needed)?
            }
        };
        let maps = self.maps.insert(maps);
        if std::mem::take(&mut self.is_stale) {
            self.drawn.clear();
        }
        if self.drawn == self.wanted {
            return Ok(());
        }
        for (layer, view) in self.wanted.iter().enumerate() {
            if self.drawn.get(layer) != Some(view) {
                maps.draw_into(layer as u32, || draw(view))?;
            }
        }
        self.drawn.clone_from(&self.wanted);
        let to_map = Mat4::from_translation(Vec3::splat(0.5)) * Mat4::from_scale(Vec3::splat(0.5));
        let mut floats = [0.0; 16 * MAX_SHADOW_MAPS];
        for (place, view) in floats.chunks_exact_mut(16).zip(&self.wanted) {
            place.copy_from_slice(&(to_map * *view).to_cols_array());
        }
        self.block.update(0, &floats);
        Ok(())
    }

    /// Gives the maps to a program that draws what is lit, if it looks at them.
    pub(crate) fn bind(&self, program: &Program) {
        if !program.requires_uniform("shadow_maps") {
            return;
        }
        program.use_uniform_block("Shadows", &self.block);
        if let Some(maps) = &self.maps {
            maps.bind(program, "shadow_maps");
        }
    }
}

impl Renderer {
    /// Brings lights and maps of shadows up to date. Returns how many draw calls that took.
    pub(super) fn draw_shadows(
        &mut self,
        camera: &Camera,
        viewport: Viewport,
    ) -> Result<u32, CoreError> {
        let layers = &mut self.layers;
        let lights = layers.lights.local().map(|light| light.caster);
        let maps = self
            .shadows
            .plan(lights, camera, viewport, || layers.has_casters());
        let lighting = self
            .frame
            .update(camera, viewport, self.fog, &layers.lights, &maps);
        self.programs.light(lighting);
        let mut stats = DrawStats::default();
        let side = MAP_SIZE;
        let mut pass = Pass {
            context: &self.context,
            programs: &self.programs,
            frame: &self.frame,
            environment: &self.environment,
            shadows: None,
            camera,
            clip_from_world: Mat4::IDENTITY,
            viewport: Viewport {
                width: side,
                height: side,
                pixel_ratio: 1.0,
            },
            thins: false,
            stats: &mut stats,
        };
        self.shadows.draw(|view| layers.cast(&mut pass, view))?;
        Ok(stats.draw_calls)
    }
}
