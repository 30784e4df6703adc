//! Depth, drawn to be compared with.

use three_d::context::{self, HasContext};
use three_d::core::{Context, CoreError, Program};

use crate::data_texture::UPLOAD_UNIT;

/// Square maps of how far away the nearest thing is, one above the other in one texture. Shaders
/// read them as a `sampler2DArrayShadow`: what share of four neighbours is no nearer than a given
/// depth.
pub struct DepthMaps {
    context: Context,
    texture: context::Texture,
    framebuffer: context::Framebuffer,
    size: u32,
    layers: u32,
}

impl DepthMaps {
    /// Maps of `size` by `size` pixels, four bytes each; what is in them is not defined.
    ///
    /// # Errors
    /// The device has no memory left, or lost its context.
    pub fn new(context: &Context, size: u32, layers: u32) -> Result<Self, CoreError> {
        const TARGET: u32 = context::TEXTURE_2D_ARRAY;
        // SAFETY: None of these calls takes a pointer.
        #[allow(unsafe_code)]
        let (texture, framebuffer) = unsafe {
            let texture = context.create_texture().map_err(CoreError::ContextError)?;
            context.active_texture(UPLOAD_UNIT);
            context.bind_texture(TARGET, Some(texture));
            context.tex_storage_3d(
                TARGET,
                1,
                context::DEPTH_COMPONENT24,
                size as i32,
                size as i32,
                layers as i32,
            );
            for (name, value) in [
                (context::TEXTURE_MIN_FILTER, context::LINEAR),
                (context::TEXTURE_MAG_FILTER, context::LINEAR),
                (context::TEXTURE_WRAP_S, context::CLAMP_TO_EDGE),
                (context::TEXTURE_WRAP_T, context::CLAMP_TO_EDGE),
                (
                    context::TEXTURE_COMPARE_MODE,
                    context::COMPARE_REF_TO_TEXTURE,
                ),
                (context::TEXTURE_COMPARE_FUNC, context::LEQUAL),
            ] {
                context.tex_parameter_i32(TARGET, name, value as i32);
            }
            let framebuffer = context.create_framebuffer();
            (texture, framebuffer.map_err(CoreError::ContextError)?)
        };
        Ok(Self {
            context: context.clone(),
            texture,
            framebuffer,
            size,
            layers,
        })
    }

    /// How many maps there are.
    pub fn layers(&self) -> u32 {
        self.layers
    }

    /// Pixels along a side.
    pub fn size(&self) -> u32 {
        self.size
    }

    /// Clears a map and lets `draw` draw into it. What is drawn after that without a target of its
    /// own goes there, too.
    pub fn draw_into<T>(&self, layer: u32, draw: impl FnOnce() -> T) -> T {
        // SAFETY: None of these calls takes a pointer.
        #[allow(unsafe_code)]
        unsafe {
            let gl = &self.context;
            gl.bind_framebuffer(context::DRAW_FRAMEBUFFER, Some(self.framebuffer));
            gl.framebuffer_texture_layer(
                context::DRAW_FRAMEBUFFER,
                context::DEPTH_ATTACHMENT,
                Some(self.texture),
                0,
                layer.min(self.layers.saturating_sub(1)) as i32,
            );
            gl.draw_buffers(&[context::NONE]);
            gl.viewport(0, 0, self.size as i32, self.size as i32);
            gl.disable(context::SCISSOR_TEST);
            gl.depth_mask(true);
            gl.clear_depth_f32(1.0);
            gl.clear(context::DEPTH_BUFFER_BIT);
        }
        draw()
    }

    /// Gives the maps to `program` as the sampler `name`.
    pub fn bind(&self, program: &Program, name: &str) {
        // Deprecated in favour of three-d's own textures, which do not compare.
        #[allow(deprecated)]
        program.use_raw_texture(name, context::TEXTURE_2D_ARRAY, self.texture);
    }
}

impl Drop for DepthMaps {
    fn drop(&mut self) {
        // SAFETY: The calls take no pointers; both objects are this value's own.
        #[allow(unsafe_code)]
        unsafe {
            self.context.delete_framebuffer(self.framebuffer);
            self.context.delete_texture(self.texture);
        }
    }
}
