//! Pictures of scenes without a browser, a window or a screen.

use glam::DVec2;
use scenecast_gl::Headless;
pub use scenecast_gl::HeadlessError;
use scenecast_protocol::scene::Node;
use scenecast_protocol::state::{Changes, NodeId, ViewerState};

use crate::camera::Viewpoint;
use crate::interaction::Interaction;
use crate::interaction::roster::Roster;
use crate::interaction::view::View;
use crate::render::images::NativeImages;
use crate::render::text::{FontMetrics, GlyphBitmap, GlyphSource, NoFont, SystemGlyphs};
use crate::render::{RenderError, Renderer, Snapshot};

/// Draws one scene as viewers see it, on the thread that made it.
pub struct Studio {
    // Goes before the context that it draws with.
    renderer: Renderer,
    _gl: Headless,
    changes: Changes,
    roster: Roster,
    no_font: Option<NoFont>,
}

impl Studio {
    /// Makes an OpenGL context and looks for a font.
    ///
    /// # Errors
    /// EGL or an OpenGL driver is missing or too old. Mesa's software driver will do.
    pub fn new() -> Result<Self, HeadlessError> {
        let gl = Headless::new()?;
        let (glyphs, no_font): (Box<dyn GlyphSource>, _) = match SystemGlyphs::new() {
            Ok(glyphs) => (Box::new(glyphs), None),
            Err(no_font) => (Box::new(Blank), Some(no_font)),
        };
        Ok(Self {
            renderer: Renderer::new(gl.context(), glyphs, Box::new(NativeImages::default())),
            _gl: gl,
            changes: Changes::default(),
            roster: Roster::default(),
            no_font,
        })
    }

    /// Shows a state, always the same one, as it is at a time of any clock: what moves by itself
    /// begins when it is first shown. Returns what is not shown, or not all of it, and why; each
    /// change is complained about once.
    pub fn show(&mut self, state: &mut ViewerState, now_secs: f64) -> Vec<String> {
        let mut complaints = Vec::new();
        let mut report = |name: &str, error| complaints.push(format!("{name}: {error}"));
        state.scene.settle(&mut self.changes);
        self.renderer.sync(state, &self.changes, &mut report);
        self.renderer.catch_up(now_secs, &state.scene, &mut report);
        self.roster.note(&self.changes);
        let is_label = |id: &NodeId| matches!(state.scene.node(*id), Some(Node::Label(_)));
        if self.changes.added.iter().any(is_label)
            && let Some(no_font) = self.no_font.take()
        {
            complaints.push(no_font.to_string());
        }
        complaints
    }

    /// A picture of what is shown; `state` is what was given to [`show`](Self::show) last.
    ///
    /// # Errors
    /// The size is zero or too large, or the graphics driver refuses.
    pub fn picture(
        &mut self,
        state: &ViewerState,
        viewpoint: &Viewpoint,
        [width, height]: [u32; 2],
    ) -> Result<Snapshot, RenderError> {
        let camera = viewpoint.camera(state);
        let view = View {
            render_from_camera: camera.world_from_camera.as_dmat4(),
            fov: camera.fov_y.into(),
            size: DVec2::new(width.into(), height.into()),
            render_from_scene: state.scene.pose(NodeId::ROOT).to_affine(),
        };
        self.roster.refresh(&state.scene);
        let gizmos = Interaction::default().gizmo_marks(&state.scene, &self.roster, &view);
        self.renderer.set_marks(gizmos);
        self.renderer.snapshot(&camera, width, height)
    }
}

/// Draws nothing, where there is no font.
struct Blank;

impl GlyphSource for Blank {
    fn metrics(&mut self, _: f32) -> FontMetrics {
        FontMetrics {
            ascent: 0.0,
            descent: 0.0,
        }
    }

    fn advance(&mut self, _: &str) -> f32 {
        0.0
    }

    fn rasterize(&mut self, _: &str) -> Option<GlyphBitmap> {
        None
    }
}
