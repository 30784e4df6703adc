//! What every layer needs to draw itself.

use glam::Mat4;
use three_d::core::{
    Blend, BlendEquationType, BlendMultiplierType, Context, Cull, DepthTest, Program, RenderStates,
    WriteMask,
};

use super::camera::{Camera, Viewport};
use super::environment::EnvironmentMaps;
use super::frame_uniforms::FrameUniforms;
use super::programs::Programs;
use super::shadows::Shadows;

/// One picture being drawn.
pub(crate) struct Pass<'a> {
    pub(crate) context: &'a Context,
    pub(crate) programs: &'a Programs,
    pub(crate) frame: &'a FrameUniforms,
    pub(crate) environment: &'a EnvironmentMaps,
    /// `None` while their maps are drawn.
    pub(crate) shadows: Option<&'a Shadows>,
    pub(crate) camera: &'a Camera,
    pub(crate) clip_from_world: Mat4,
    pub(crate) viewport: Viewport,
    /// Large clouds may lack points.
    pub(crate) thins: bool,
    pub(crate) stats: &'a mut DrawStats,
}

/// How much work a picture was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrawStats {
    /// Draw calls.
    pub draw_calls: u32,
    /// Instances in all draw calls.
    pub instances: u32,
    /// Draw calls for maps of shadows, which are not among the others.
    pub shadow_draw_calls: u32,
    /// Large clouds lack points, since the camera moves.
    pub is_thinned: bool,
}

impl Pass<'_> {
    pub(crate) fn area(&self) -> three_d::core::Viewport {
        three_d::core::Viewport::new_at_origo(self.viewport.width, self.viewport.height)
    }

    /// Gives the maps of shadows to a program that draws what is lit.
    pub(crate) fn bind_shadows(&self, program: &Program) {
        if let Some(shadows) = self.shadows {
            shadows.bind(program);
        }
    }

    pub(crate) fn count(&mut self, instances: usize) {
        self.stats.draw_calls += 1;
        self.stats.instances += instances as u32;
    }
}

/// For what hides everything behind it.
pub(crate) fn opaque(cull: Cull) -> RenderStates {
    RenderStates {
        depth_test: DepthTest::LessOrEqual,
        cull,
        ..RenderStates::default()
    }
}

/// For what casts shadows: the sides of it that are not seen, so that what is seen is not in its own
/// shadow.
pub(crate) fn casting(culled_when_seen: Cull) -> RenderStates {
    RenderStates {
        write_mask: WriteMask::DEPTH,
        depth_test: DepthTest::LessOrEqual,
        cull: match culled_when_seen {
            Cull::Back => Cull::Front,
            Cull::Front => Cull::Back,
            both => both,
        },
        ..RenderStates::default()
    }
}

/// For what is blended over everything behind it: colours with straight alpha, into a canvas with
/// premultiplied alpha.
pub(crate) fn transparent(cull: Cull, writes_depth: bool) -> RenderStates {
    RenderStates {
        write_mask: WriteMask {
            depth: writes_depth,
            ..WriteMask::COLOR
        },
        depth_test: DepthTest::LessOrEqual,
        blend: Blend::Enabled {
            source_rgb_multiplier: BlendMultiplierType::SrcAlpha,
            source_alpha_multiplier: BlendMultiplierType::One,
            destination_rgb_multiplier: BlendMultiplierType::OneMinusSrcAlpha,
            destination_alpha_multiplier: BlendMultiplierType::OneMinusSrcAlpha,
            rgb_equation: BlendEquationType::Add,
            alpha_equation: BlendEquationType::Add,
        },
        cull,
    }
}
