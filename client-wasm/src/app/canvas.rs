//! The canvas and the renderer that draws on it.

use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::Arc;

use glam::DVec2;
use js_sys::{Object, Reflect};
use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{Changes, NodeId, SceneTree, ViewerState};
use three_d::core::Context;
use wasm_bindgen::JsCast;
use web_sys::{HtmlCanvasElement, WebGl2RenderingContext, Window};

use super::Handle;
use super::journal::Journal;
use crate::camera;
use crate::pixel_ratio::PixelRatio;
use crate::render::images::BrowserImages;
use crate::render::picking::{Hit, Lens, Ray};
use crate::render::splats::BrowserSorter;
use crate::render::text::CanvasGlyphs;
use crate::render::{
    Camera, DrawStats, Extent, Mark, Outlined, Renderer, Snapshot, Target, Viewport,
};

/// Why there is nothing to draw with.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CanvasError {
    /// The page is not ours.
    #[error("The page has no element <canvas id=\"view\">")]
    Missing,
    /// The browser or the graphics driver is too old, or graphics are turned off.
    #[error(
        "This browser offers no WebGL 2. Turn on hardware acceleration, or use a newer browser"
    )]
    NoWebGl2,
    /// Something else.
    #[error("The renderer could not start: {0}")]
    Renderer(String),
}

/// The canvas.
pub(crate) struct Canvas {
    window: Window,
    element: HtmlCanvasElement,
    /// Width and height in CSS pixels when they were measured last.
    size: DVec2,
    fixed_dpr: Option<f64>,
    /// Where to say that an image is ready.
    app: Rc<OnceCell<Handle>>,
    /// Nothing while the browser has taken the graphics context away.
    renderer: Option<Renderer>,
    drawn: Option<(Camera, Viewport)>,
    pixel_ratio: PixelRatio,
    /// The share of the full pixel ratio in the last picture.
    share: f64,
    pub(crate) frames: u32,
    pub(crate) stats: DrawStats,
}

impl Canvas {
    pub(crate) fn new(
        window: &Window,
        element: HtmlCanvasElement,
        fixed_dpr: Option<f64>,
    ) -> Result<Self, CanvasError> {
        let app = Rc::default();
        let renderer = Some(renderer(&element, &app)?);
        Ok(Self {
            app,
            window: window.clone(),
            size: size(&element),
            element,
            fixed_dpr,
            renderer,
            drawn: None,
            pixel_ratio: PixelRatio::default(),
            share: 1.0,
            frames: 0,
            stats: DrawStats::default(),
        })
    }

    /// Tells whom to ask for a frame when an image is ready.
    pub(crate) fn belongs_to(&self, app: &Handle) {
        // There is one app only.
        let _ = self.app.set(app.clone());
    }

    /// The graphics context is gone, and with it everything that was on it.
    pub(crate) fn lose(&mut self) {
        self.renderer = None;
        self.share = 1.0;
    }

    /// There is a new graphics context: all nodes are to be inserted again.
    pub(crate) fn restore(&mut self) -> Result<(), CanvasError> {
        self.renderer = Some(renderer(&self.element, &self.app)?);
        self.drawn = None;
        Ok(())
    }

    /// Sets the pixels for each CSS pixel; `None` for what the screen has, while pictures are
    /// fast.
    pub(crate) fn set_pixel_ratio(&mut self, ratio: Option<f64>) {
        self.fixed_dpr = ratio;
        self.pixel_ratio = PixelRatio::default();
        self.share = 1.0;
    }

    /// A turn to draw has come.
    pub(crate) fn frame_began(&mut self, now_ms: f64) {
        self.pixel_ratio.turn(now_ms);
    }

    /// Lets the next picture be drawn whether or not something has changed.
    pub(crate) fn redraw(&mut self) {
        self.drawn = None;
    }

    /// What draws, as the browser calls it: a graphics card, or a program in its place.
    pub(crate) fn graphics(&self) -> Option<String> {
        /// Of the extension.
        const UNMASKED_RENDERER_WEBGL: u32 = 0x9246;
        let context = self.element.get_context("webgl2").ok()??;
        let context: WebGl2RenderingContext = context.unchecked_into();
        context.get_extension("WEBGL_debug_renderer_info").ok()??;
        context
            .get_parameter(UNMASKED_RENDERER_WEBGL)
            .ok()?
            .as_string()
    }

    /// Hands the picture that was just drawn to a function, as a PNG file.
    pub(crate) fn to_blob(&self, done: &js_sys::Function) -> Result<(), wasm_bindgen::JsValue> {
        self.element.to_blob(done)
    }

    /// Forgets all nodes of a scene.
    pub(crate) fn clear(&mut self, scene: &SceneTree) {
        if let Some(renderer) = &mut self.renderer {
            scene.ids().for_each(|id| renderer.remove(id.index()));
        }
    }

    /// Brings the renderer up to date with a state, whose scene has changed in this.
    pub(crate) fn sync(
        &mut self,
        state: &mut ViewerState,
        changes: &Changes,
        journal: &mut Journal,
    ) {
        if let Some(renderer) = &mut self.renderer {
            renderer.sync(state, changes, &mut |name, error| {
                journal.report(name, &error);
            });
        }
    }

    /// Whether something in the scene moves by itself.
    pub(crate) fn is_animated(&self) -> bool {
        self.renderer.as_ref().is_some_and(Renderer::is_animated)
    }

    /// Takes in images that are ready, and moves what moves by itself.
    pub(crate) fn advance(&mut self, now_ms: f64, scene: &SceneTree, journal: &mut Journal) {
        if let Some(renderer) = &mut self.renderer {
            renderer.catch_up(now_ms / 1e3, scene, &mut |name, error| {
                journal.report(name, &error);
            });
        }
    }

    /// Whether a picture soon shows more than the last one, even if nothing happens; or the next
    /// turn tells how long that one took.
    pub(crate) fn is_unfinished(&self) -> bool {
        let is_measuring = self.fixed_dpr.is_none() && self.pixel_ratio.is_measuring();
        let renderer = self.renderer.as_ref();
        self.share < 1.0 || is_measuring || renderer.is_some_and(Renderer::is_unfinished)
    }

    /// Whether images of the scene are still on their way.
    pub(crate) fn awaits_images(&self) -> bool {
        self.renderer.as_ref().is_some_and(Renderer::awaits_images)
    }

    /// The first of some nodes that a ray meets.
    pub(crate) fn pick(&self, ray: &Ray, lens: &Lens, ids: &[u32]) -> Option<(u32, Hit)> {
        let renderer = self.renderer.as_ref()?;
        renderer.pick(ray, lens, ids.iter().copied())
    }

    /// Adds how far a node reaches.
    pub(crate) fn add_extent(&self, id: NodeId, node: &Node, extent: &mut Extent) {
        if let Some(renderer) = &self.renderer {
            renderer.add_extent(id.index(), node, extent);
        }
    }

    /// Makes nodes ready to be met by rays while `has_time`; whether nothing is left to do.
    pub(crate) fn prepare(
        &self,
        ids: impl Iterator<Item = u32>,
        has_time: &mut dyn FnMut() -> bool,
    ) -> bool {
        let renderer = self.renderer.as_ref();
        renderer.is_none_or(|renderer| renderer.prepare(ids, has_time))
    }

    /// Draws a frustum in other colours than the scene has it.
    pub(crate) fn update_node(
        &mut self,
        scene: &SceneTree,
        id: NodeId,
        node: &Node,
        journal: &mut Journal,
    ) {
        if let Some(renderer) = &mut self.renderer
            && let Err(error) = renderer.update(id.index(), node, &["color", "thickness"])
        {
            journal.warn(&format!("{}: {error}", scene.name(id)));
        }
    }

    /// Outlines a node, or none.
    pub(crate) fn set_outlined(&mut self, outlined: Option<Outlined>) {
        if let Some(renderer) = &mut self.renderer {
            renderer.set_outlined(outlined);
        }
    }

    /// Replaces the marks over the scene.
    pub(crate) fn set_marks(&mut self, marks: Vec<Mark>) {
        if let Some(renderer) = &mut self.renderer {
            renderer.set_marks(marks);
        }
    }

    /// Sets the shape of the mouse cursor.
    pub(crate) fn set_cursor(&self, cursor: &str) {
        // A style can always be set.
        let _ = self.element.style().set_property("cursor", cursor);
    }

    /// Takes note of a new size. Whoever asks an element for it in between makes the browser lay
    /// the page out.
    pub(crate) fn measure(&mut self) {
        self.size = size(&self.element);
    }

    /// Width and height in CSS pixels.
    pub(crate) fn css_size(&self) -> DVec2 {
        self.size
    }

    /// The size of the drawing, pixels.
    pub(crate) fn viewport(&self) -> Viewport {
        self.viewport_with(self.share)
    }

    /// The same with a share of the full pixel ratio.
    fn viewport_with(&self, share: f64) -> Viewport {
        let dpr = self
            .fixed_dpr
            .unwrap_or_else(|| self.window.device_pixel_ratio().clamp(1.0, 2.0) * share);
        let pixels = |css: f64| (css.max(1.0) * dpr).round() as u32;
        Viewport {
            width: pixels(self.size.x),
            height: pixels(self.size.y),
            pixel_ratio: dpr as f32,
        }
    }

    /// Draws a picture beside the canvas.
    pub(crate) fn snapshot(
        &mut self,
        camera: &Camera,
        width: u32,
        height: u32,
    ) -> Result<Snapshot, String> {
        let renderer = self.renderer.as_mut().ok_or("there are no graphics")?;
        let snapshot = renderer.snapshot(camera, width, height);
        snapshot.map_err(|error| error.to_string())
    }

    /// Draws, if the picture would be another than the last one. Returns whether it did.
    pub(crate) fn draw(
        &mut self,
        camera: &camera::Camera,
        now_ms: f64,
        journal: &mut Journal,
    ) -> bool {
        let camera = Camera {
            world_from_camera: camera.render_from_camera().as_mat4(),
            fov_y: camera.fov() as f32,
            near: camera.near() as f32,
            far: camera.far() as f32,
        };
        let is_like_last = self.drawn == Some((camera, self.viewport()));
        let share = match self.fixed_dpr {
            Some(_) => 1.0,
            None => self.pixel_ratio.share(now_ms),
        };
        let viewport = self.viewport_with(share);
        let Some(renderer) = &mut self.renderer else {
            return false;
        };
        // The last picture gets the pixels that it lacks, but loses none.
        if !renderer.needs_redraw() && is_like_last && share <= self.share {
            return false;
        }
        self.share = share;
        self.pixel_ratio.drawn(now_ms);
        // Setting the size empties the canvas.
        if (self.element.width(), self.element.height()) != (viewport.width, viewport.height) {
            self.element.set_width(viewport.width);
            self.element.set_height(viewport.height);
        }
        self.drawn = Some((camera, viewport));
        match renderer.draw(Target::Screen, &camera, viewport) {
            Ok(stats) => {
                self.stats = stats;
                self.frames += 1;
            }
            Err(error) => journal.warn(&error.to_string()),
        }
        true
    }
}

fn size(element: &HtmlCanvasElement) -> DVec2 {
    DVec2::new(
        element.client_width().into(),
        element.client_height().into(),
    )
}

fn renderer(
    element: &HtmlCanvasElement,
    app: &Rc<OnceCell<Handle>>,
) -> Result<Renderer, CanvasError> {
    let options = Object::new();
    for (name, value) in [("antialias", true), ("alpha", true), ("depth", true)] {
        // A plain object takes any property.
        let _ = Reflect::set(&options, &name.into(), &value.into());
    }
    let context = element
        .get_context_with_context_options("webgl2", &options)
        .ok()
        .flatten()
        .and_then(|context| context.dyn_into::<WebGl2RenderingContext>().ok())
        .filter(|context| !context.is_context_lost())
        .ok_or(CanvasError::NoWebGl2)?;
    let gl = three_d::context::Context::from_webgl2_context(context);
    #[allow(clippy::arc_with_non_send_sync, reason = "three-d wants an Arc")]
    let gl = Arc::new(gl);
    let context = Context::from_gl_context(gl).map_err(failed)?;
    let glyphs = CanvasGlyphs::new().map_err(|error| failed(super::describe(&error)))?;
    let app = app.clone();
    let wake: Rc<dyn Fn()> = Rc::new(move || {
        if let Some(app) = app.get() {
            app.with(super::App::request_frame);
        }
    });
    let images = BrowserImages::new(wake.clone());
    let mut renderer = Renderer::new(&context, Box::new(glyphs), Box::new(images));
    renderer.sort_splats_with(Box::new(BrowserSorter::new(wake)));
    Ok(renderer)
}

fn failed(error: impl std::fmt::Display) -> CanvasError {
    CanvasError::Renderer(error.to_string())
}
