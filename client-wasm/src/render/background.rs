//! An image behind the scene, or, where it comes with depth, in it.

use std::rc::Rc;

use scenecast_gl::{Filter, Sampling};
use scenecast_protocol::scene::BackgroundImage;
use three_d::core::{CoreError, Cull, DepthTest, RenderStates, WriteMask, vec2};

use super::images::{COLORS, Picture, Pictures};
use super::pass::Pass;
use super::quads::QuadLayer;

/// Colours as they are in the file.
const RGB: Sampling = Sampling {
    is_srgb: false,
    filter: Filter::Mipmaps,
    ..COLORS
};

/// Depths are packed into bytes, which must not be mixed.
const DEPTH: Sampling = Sampling {
    filter: Filter::Nearest,
    ..RGB
};

/// An image that fills the picture, whatever its aspect.
pub(crate) struct Background {
    rgb: Rc<Picture>,
    depth: Option<Rc<Picture>>,
}

impl Background {
    /// The background that a message asks for. What `old` shows stays until its images are there.
    pub(crate) fn new(
        message: &BackgroundImage,
        old: Option<&Self>,
        pictures: &mut Pictures,
    ) -> Option<Self> {
        let mut shown = |image, old: Option<&Rc<Picture>>, sampling| match old {
            Some(picture) => {
                pictures.show(picture, image);
                picture.clone()
            }
            None => pictures.picture(image, sampling, None),
        };
        let rgb = message.rgb_data.as_ref()?;
        Some(Self {
            rgb: shown(rgb, old.map(|old| &old.rgb), RGB),
            depth: message
                .depth_data
                .as_ref()
                .map(|depth| shown(depth, old.and_then(|old| old.depth.as_ref()), DEPTH)),
        })
    }

    /// Draws it over everything, which is why it comes first; nothing while it is on its way.
    pub(crate) fn draw(&self, pass: &mut Pass<'_>, quads: &QuadLayer) -> Result<(), CoreError> {
        let depth = self.depth.as_ref().filter(|depth| depth.is_here());
        let program = match depth {
            Some(_) => pass.programs.background_with_depth()?,
            None => pass.programs.background()?,
        };
        if !self.rgb.bind(program, "rgb") {
            return Ok(());
        }
        if let Some(depth) = depth {
            depth.bind(program, "packed_depth");
            let range = vec2(pass.camera.near, pass.camera.far);
            program.use_uniform("depth_range", range);
        }
        let states = RenderStates {
            depth_test: DepthTest::Always,
            write_mask: WriteMask::COLOR_AND_DEPTH,
            cull: Cull::None,
            ..RenderStates::default()
        };
        quads.fill(pass, program, states);
        Ok(())
    }
}
