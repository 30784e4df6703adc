//! Draws a scene with OpenGL: WebGL 2 in the browser, OpenGL 3.3 natively.
//!
//! The renderer takes a context, not a canvas. Like things are drawn together: all coordinate
//! frames of a scene are two draw calls, all boxes of one kind another. What a node is drawn with
//! lives in flat arrays on the CPU and the GPU; a change uploads only what changed, and a scene
//! that does not change costs nothing but its draw calls.

use std::convert::Infallible;

use glam::{DQuat, Mat4, Quat};
use scenecast_protocol::Wxyz;
use scenecast_protocol::scene::{BackgroundImage, EnvironmentMap, Node};
use three_d::core::{ClearState, Context, CoreError, RenderTarget, RenderTargetMultisample, f24};

mod aabb;
mod axes;
mod background;
mod batches;
mod camera;
pub(crate) mod color;
mod deform;
mod detail;
pub mod environment;
mod extent;
mod frame_uniforms;
pub mod geometry;
mod grids;
pub mod images;
mod instances;
mod layers;
mod levels;
mod lighting;
mod lights;
mod lines;
mod marks;
mod models;
mod motion;
mod outline;
mod parts;
mod pass;
pub mod picking;
mod points;
mod pose;
mod programs;
mod quads;
mod shadows;
mod skins;
mod snapshot;
pub mod splats;
mod stamp;
mod surfaces;
mod sync;
pub mod text;

pub use camera::{Camera, Viewport};
pub use extent::Extent;
pub use lights::MAX_LIGHTS;
pub use marks::{Mark, MarkShape};
pub use outline::Outlined;
pub use pass::DrawStats;
pub use shadows::MAX_SHADOW_MAPS;
pub use snapshot::{MAX_PIXELS, Snapshot};

pub(crate) use axes::AxesSize;
pub(crate) use batches::Batch;
pub(crate) use grids::node_from_grid;
pub(crate) use images::{COLORS, Picture};
pub(crate) use layers::Layers;
pub(crate) use levels::Levels;
pub(crate) use lights::{Light, Reach};
pub(crate) use lines::{LineColors, Lines, Segments};
pub(crate) use models::{Awaited, PlayingModel, Primitive, Surface as ModelSurface};
pub(crate) use parts::{Part, Single};
pub(crate) use picking::Triangles;
pub(crate) use points::{PointColors, PointPositions, PointStyle, Points};
pub(crate) use quads::Quad;
pub(crate) use scenecast_gl::Sampling;
pub(crate) use shadows::{Receives, Shadowing};
pub(crate) use skins::{Bones, Skinned, Weights};
pub(crate) use splats::Splats;
pub(crate) use stamp::Attribute;
pub(crate) use surfaces::{Look, Normals, Shading, Shape};
pub(crate) use text::{LabelQuads, LabelSize};

use crate::nodes::{self, NodeError, Update};
use background::Background;
use environment::{EnvironmentMaps, Sky};
use frame_uniforms::{Fog, FrameUniforms};
use images::ImageSource;
use motion::Motion;
use outline::Outline;
use pass::Pass;
use picking::{Hit, Lens, Ray};
use programs::Programs;
use shadows::Shadows;
use splats::SplatSorter;
use text::GlyphSource;

/// Draws a scene.
pub struct Renderer {
    context: Context,
    programs: Programs,
    frame: FrameUniforms,
    environment: EnvironmentMaps,
    shadows: Shadows,
    fog: Option<Fog>,
    shapes: nodes::Shapes,
    layers: Layers,
    views: Vec<Option<View>>,
    /// Nodes that move by themselves.
    animated: Vec<u32>,
    motion: Motion,
    marks: Vec<Mark>,
    outlined: Option<Outlined>,
    /// Of what is outlined; nothing while it is to be made anew.
    outline: Option<Outline>,
    needs_redraw: bool,
}

/// What the renderer knows about a node.
struct View {
    parts: Vec<Part>,
    world_from_node: Mat4,
    visible: bool,
}

/// Where a picture goes.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// The canvas.
    Screen,
    /// A target with several samples for each pixel.
    Multisampled(&'a RenderTargetMultisample<[u8; 4], f24>),
}

/// Why nothing could be drawn.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// The graphics driver refused.
    #[error("the graphics driver refused to draw: {0}")]
    Graphics(#[from] CoreError),
    /// There are no pictures of that size.
    #[error(
        "a picture of {width} by {height} pixels; at least 1 and at most {MAX_PIXELS} pixels, \
         {max_side} along a side, can be drawn"
    )]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
        /// The most that this device can do.
        max_side: u32,
    },
}

impl From<Infallible> for RenderError {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl Renderer {
    /// A renderer without nodes, with the default lights.
    ///
    /// `glyphs` draws the characters of labels, `images` decodes what is compressed.
    pub fn new(
        context: &Context,
        glyphs: Box<dyn GlyphSource>,
        images: Box<dyn ImageSource>,
    ) -> Self {
        Self {
            context: context.clone(),
            programs: Programs::new(context),
            frame: FrameUniforms::new(context),
            environment: EnvironmentMaps::new(context),
            shadows: Shadows::new(context),
            fog: None,
            shapes: nodes::Shapes::default(),
            layers: Layers::new(context, glyphs, images),
            views: Vec::new(),
            animated: Vec::new(),
            motion: Motion::default(),
            marks: Vec::new(),
            outlined: None,
            outline: None,
            needs_redraw: true,
        }
    }

    /// Shows a node; what `id` stood for before is replaced. It is visible, at the origin.
    ///
    /// Ids are small numbers of the caller's choice: the renderer keeps an array of them.
    ///
    /// # Errors
    /// The node's properties make no sense, or its kind is not drawn, or not all of it. It stays in
    /// the scene, and shows nothing, or less than it should.
    pub fn insert(&mut self, id: u32, node: &Node) -> Result<(), NodeError> {
        self.remove(id);
        let at = id as usize;
        if at >= self.views.len() {
            self.views.resize_with(at + 1, || None);
        }
        self.views[at] = Some(View {
            parts: Vec::new(),
            world_from_node: Mat4::IDENTITY,
            visible: true,
        });
        self.build(id, node, None)
    }

    /// Changes a node's properties. `changed` names the ones that differ, as on the wire.
    ///
    /// # Errors
    /// As for [`insert`](Self::insert).
    pub fn update(&mut self, id: u32, node: &Node, changed: &[&str]) -> Result<(), NodeError> {
        if changed.is_empty() {
            Ok(())
        } else {
            self.build(id, node, Some(changed))
        }
    }

    /// Moves a node: its pose in the renderer's world (y up), scale not included.
    pub fn set_world(&mut self, id: u32, world_from_node: Mat4) {
        if let Some(Some(view)) = self.views.get_mut(id as usize)
            && view.world_from_node != world_from_node
        {
            view.world_from_node = world_from_node;
            if view.visible {
                self.needs_redraw |= !view.parts.is_empty();
                self.shadows.renew_if(view.casts());
                view.place(&mut self.layers);
            }
        }
    }

    /// Shows or hides a node. Effective visibility: parents are the caller's business.
    pub fn set_visible(&mut self, id: u32, visible: bool) {
        if let Some(Some(view)) = self.views.get_mut(id as usize)
            && view.visible != visible
        {
            view.visible = visible;
            self.needs_redraw |= !view.parts.is_empty();
            self.shadows.renew_if(view.casts());
            view.place(&mut self.layers);
        }
    }

    /// Moves what moves by itself on to a time. Hidden nodes catch up when they are shown.
    pub fn advance(&mut self, now_secs: f64) {
        for id in &self.animated {
            let view = self.views.get_mut(*id as usize);
            if let Some(view) = view.and_then(Option::as_mut)
                && view.visible
            {
                for part in &mut view.parts {
                    if let Part::Model(model) = part {
                        model.advance(now_secs);
                    }
                }
                view.place(&mut self.layers);
                self.shadows.renew_if(view.casts());
                self.needs_redraw = true;
                // An outline is where the node was.
                if self.outlined.is_some_and(|outlined| outlined.id == *id) {
                    self.outline = None;
                }
            }
        }
    }

    /// Whether something that is shown moves by itself, so that there is no last picture.
    pub fn is_animated(&self) -> bool {
        let view = |id: &u32| self.views.get(*id as usize).and_then(Option::as_ref);
        let mut views = self.animated.iter().filter_map(view);
        views.any(|view| view.visible)
    }

    /// Forgets a node.
    pub fn remove(&mut self, id: u32) {
        self.animated.retain(|animated| *animated != id);
        if let Some(mut view) = self.views.get_mut(id as usize).and_then(Option::take) {
            self.needs_redraw |= view.visible && !view.parts.is_empty();
            self.shadows.renew_if(view.visible && view.casts());
            view.visible = false;
            view.place(&mut self.layers);
        }
    }

    /// The first of some nodes that a ray in the renderer's world meets, and where. Hidden nodes
    /// are not met, nor are labels and points. The lens is that of the view with the ray in it.
    pub fn pick(
        &self,
        ray: &Ray,
        lens: &Lens,
        ids: impl IntoIterator<Item = u32>,
    ) -> Option<(u32, Hit)> {
        let mut nearest = None;
        let mut nearest_id = 0;
        for id in ids {
            let Some(Some(view)) = self.views.get(id as usize) else {
                continue;
            };
            if view.visible && !view.parts.is_empty() {
                let before = nearest;
                let ray = ray.within(&view.world_from_node);
                let lens = lens.within(&view.world_from_node);
                view.parts
                    .iter()
                    .for_each(|part| part.pick(&ray, &lens, &mut nearest));
                if nearest != before {
                    nearest_id = id;
                }
            }
        }
        Some((nearest_id, nearest?))
    }

    /// Makes nodes ready for [`pick`](Self::pick) while `has_time`; otherwise the first ray that
    /// comes near a node takes the time. Returns whether nothing is left to do.
    pub fn prepare(
        &self,
        ids: impl IntoIterator<Item = u32>,
        has_time: &mut dyn FnMut() -> bool,
    ) -> bool {
        let mut views = ids
            .into_iter()
            .filter_map(|id| self.views.get(id as usize)?.as_ref());
        let mut parts = views.by_ref().flat_map(|view| &view.parts);
        parts.all(|part| part.prepare(has_time))
    }

    /// Turns the default lights on or off, and their shadows.
    pub fn set_default_lights(&mut self, enabled: bool, cast_shadow: bool) {
        self.layers.lights.set_default_lights(enabled, cast_shadow);
        self.needs_redraw = true;
    }

    /// Sets the fog, or removes it.
    pub fn set_fog(&mut self, fog: &scenecast_protocol::scene::Fog) {
        self.fog = fog.enabled.then(|| Fog {
            // Fog colours are taken as linear light.
            color: color::encode(color::unit(fog.color.0)),
            near: fog.near as f32,
            far: fog.far as f32,
        });
        self.needs_redraw = true;
    }

    /// Sets the light of the surroundings; `None` for the renderer's own. A photograph is shown as
    /// soon as it is decoded.
    ///
    /// # Errors
    /// The photograph is no JPEG with a gain map; the surroundings stay as they were.
    pub fn set_environment(
        &mut self,
        map: Option<&EnvironmentMap>,
        world_from_scene: Quat,
    ) -> Result<(), NodeError> {
        let lights = &mut self.layers.lights;
        lights.environment_intensity = match map {
            None => 1.0,
            Some(map) if map.hdri_data.is_none() => 0.0,
            Some(map) => map.environment_intensity as f32,
        };
        let turned = |wxyz: Wxyz| {
            let [w, x, y, z] = wxyz.0;
            let turned = DQuat::from_xyzw(x, y, z, w).as_quat();
            world_from_scene * turned * world_from_scene.inverse()
        };
        lights.environment_rotation =
            turned(map.map_or(Wxyz::IDENTITY, |map| map.environment_wxyz));
        let shown = map.filter(|map| map.background && map.hdri_data.is_some());
        self.environment.sky = shown.map(|map| Sky {
            blurriness: map.background_blurriness.clamp(0.0, 1.0) as f32,
            intensity: map.background_intensity as f32,
            rotation: turned(map.background_wxyz),
        });
        self.needs_redraw = true;
        let is_known = match map.map(|map| map.hdri_data.as_ref()) {
            Some(Some(file)) => self.environment.show(Some(file), &mut self.layers.pictures),
            // Without surroundings there is no light of theirs: whose it is does not matter.
            Some(None) => true,
            None => self.environment.show(None, &mut self.layers.pictures),
        };
        match is_known {
            true => Ok(()),
            false => Err(NodeError::NoGainMap),
        }
    }

    /// Sets the image behind the scene; `None`, or one without colours, removes it.
    pub fn set_background(&mut self, image: Option<&BackgroundImage>) {
        let old = self.layers.background.take();
        let pictures = &mut self.layers.pictures;
        self.layers.background =
            image.and_then(|image| Background::new(image, old.as_ref(), pictures));
        self.needs_redraw = true;
    }

    /// Takes in images that have been decoded. Returns what went wrong with them, by node; `None`
    /// is the background.
    pub fn receive_images(&mut self) -> Vec<(Option<u32>, NodeError)> {
        let layers = &mut self.layers;
        if layers.has_mirrors && layers.lights.environment_intensity > 0.0 {
            self.environment.mirror_default(&mut layers.pictures);
        }
        let came = self.layers.pictures.receive();
        self.needs_redraw |= came;
        // What shows them may cast shadows only now.
        self.shadows.renew_if(came);
        let failures = self.layers.pictures.take_failures();
        let failures = failures.into_iter();
        failures
            .map(|failure| (failure.owner, failure.error.into()))
            .collect()
    }

    /// Lets many splats be sorted while pictures are drawn, with the last order that there is.
    /// Pictures to keep are in order all the same.
    pub fn sort_splats_with(&mut self, sorter: Box<dyn SplatSorter>) {
        self.layers.splats.sort_with(sorter);
    }

    /// Whether images of the scene are still on their way.
    pub fn awaits_images(&self) -> bool {
        self.layers.pictures.are_under_way()
    }

    /// Replaces the marks over the scene.
    pub fn set_marks(&mut self, marks: Vec<Mark>) {
        if self.marks != marks {
            self.marks = marks;
            self.needs_redraw = true;
        }
    }

    /// Outlines a node, or none.
    pub fn set_outlined(&mut self, outlined: Option<Outlined>) {
        if self.outlined != outlined {
            self.outlined = outlined;
            self.outline = None;
            self.needs_redraw = true;
        }
    }

    /// Whether anything changed since the last picture.
    pub fn needs_redraw(&self) -> bool {
        self.needs_redraw
    }

    /// Draws a picture over a transparent background.
    ///
    /// # Errors
    /// The graphics driver does not take a shader.
    pub fn draw(
        &mut self,
        target: Target<'_>,
        camera: &Camera,
        viewport: Viewport,
    ) -> Result<DrawStats, RenderError> {
        let clear = ClearState::color_and_depth(0.0, 0.0, 0.0, 0.0, 1.0);
        self.needs_redraw = false;
        self.environment.receive(&self.programs)?;
        let mut stats = DrawStats {
            shadow_draw_calls: self.draw_shadows(camera, viewport)?,
            ..DrawStats::default()
        };
        match target {
            Target::Screen => {
                let screen = RenderTarget::screen(&self.context, viewport.width, viewport.height);
                let thins = self.motion.watch(camera);
                screen
                    .clear(clear)
                    .write(|| self.draw_layers(camera, viewport, thins, &mut stats))?;
                self.motion.is_thinned = stats.is_thinned;
                Ok(stats)
            }
            Target::Multisampled(target) => {
                target
                    .clear(clear)
                    .write(|| self.draw_layers(camera, viewport, false, &mut stats))?;
                Ok(stats)
            }
        }
    }

    /// Compiles every shader now, instead of each when it is first needed.
    ///
    /// # Errors
    /// The graphics driver does not take a shader.
    pub fn compile_shaders(&self) -> Result<(), RenderError> {
        Ok(self.programs.compile_all()?)
    }

    fn draw_layers(
        &mut self,
        camera: &Camera,
        viewport: Viewport,
        thins: bool,
        stats: &mut DrawStats,
    ) -> Result<(), CoreError> {
        let mut pass = Pass {
            context: &self.context,
            programs: &self.programs,
            frame: &self.frame,
            environment: &self.environment,
            shadows: Some(&self.shadows),
            camera,
            clip_from_world: camera.clip_from_view(viewport) * camera.view_from_world(),
            viewport,
            thins,
            stats,
        };
        let outlined = self.outlined.and_then(|outlined| {
            let view = self.views.get(outlined.id as usize)?.as_ref()?;
            let instance = outlined.instance;
            let outline = match self.outline.take().filter(|_| view.visible) {
                Some(outline) => outline,
                None => Outline::new(&self.context, &view.parts, instance)?,
            };
            Some((&*self.outline.insert(outline), &view.world_from_node))
        });
        self.layers.draw(&mut pass, outlined, &self.marks)?;
        self.needs_redraw |= self.layers.splats.is_uploading();
        Ok(())
    }

    /// What the node looks like has changed.
    fn forget_outline(&mut self, id: u32) {
        if self.outlined.is_some_and(|outlined| outlined.id == id) {
            self.outline = None;
        }
    }

    fn build(&mut self, id: u32, node: &Node, changed: Option<&[&str]>) -> Result<(), NodeError> {
        self.forget_outline(id);
        let Some(Some(view)) = self.views.get_mut(id as usize) else {
            return Ok(());
        };
        self.needs_redraw |= view.visible;
        let cast = view.visible && view.casts();
        let update = changed.map(|changed| Update {
            old: &view.parts,
            changed,
        });
        if let Some(update) = &update
            && nodes::renewed(node, update)
        {
            self.shadows.renew_if(cast);
            return Ok(());
        }
        let (layers, shapes) = (&mut self.layers, &mut self.shapes);
        let (parts, outcome) = nodes::parts(id, node, update, layers, shapes);
        let is_animated = |part: &Part| matches!(part, Part::Model(model) if model.is_animated());
        self.animated.retain(|animated| *animated != id);
        if parts.iter().any(is_animated) {
            self.animated.push(id);
        }
        for mut old in std::mem::replace(&mut view.parts, parts) {
            old.place(&mut self.layers, None);
        }
        view.place(&mut self.layers);
        self.shadows.renew_if(cast || view.visible && view.casts());
        outcome
    }
}

impl View {
    /// Whether any of it may cast shadows.
    fn casts(&self) -> bool {
        self.parts.iter().any(Part::may_cast)
    }

    fn place(&mut self, layers: &mut Layers) {
        let pose = self.visible.then_some(&self.world_from_node);
        for part in &mut self.parts {
            part.place(layers, pose);
        }
    }
}
