//! Textures that carry numbers instead of pictures.

use std::marker::PhantomData;

use three_d::context::{self, HasContext};
use three_d::core::{Context, CoreError, Program};

/// The texture unit that uploads go through: the last one that every device has, so that textures
/// which a program was given before stay in their units.
pub(crate) const UPLOAD_UNIT: u32 = context::TEXTURE0 + 15;

/// A texture of four floats a texel.
pub type DataTexture = NumberTexture<[f32; 4]>;

/// A texture of numbers, for shaders to read with `texelFetch`.
pub struct NumberTexture<T: Texel> {
    context: Context,
    id: context::Texture,
    rows: u32,
    texel: PhantomData<T>,
}

/// The numbers in a texel.
pub trait Texel: bytemuck::Pod {
    /// How the device keeps them.
    const INTERNAL: u32;
    /// Which there are.
    const FORMAT: u32;
    /// Of which type they are.
    const TYPE: u32;
}

impl Texel for [f32; 4] {
    const INTERNAL: u32 = context::RGBA32F;
    const FORMAT: u32 = context::RGBA;
    const TYPE: u32 = context::FLOAT;
}

impl Texel for [u32; 4] {
    const INTERNAL: u32 = context::RGBA32UI;
    const FORMAT: u32 = context::RGBA_INTEGER;
    const TYPE: u32 = context::UNSIGNED_INT;
}

impl Texel for u32 {
    const INTERNAL: u32 = context::R32UI;
    const FORMAT: u32 = context::RED_INTEGER;
    const TYPE: u32 = context::UNSIGNED_INT;
}

impl<T: Texel> NumberTexture<T> {
    /// Texels in a row, which every WebGL 2 device can do.
    pub const WIDTH: usize = 2048;

    /// A texture with this many rows; what is in them is not defined.
    ///
    /// # Errors
    /// The device has no memory left, or lost its context.
    pub fn new(context: &Context, rows: u32) -> Result<Self, CoreError> {
        // SAFETY: None of these calls takes a pointer.
        #[allow(unsafe_code)]
        let id = unsafe {
            let id = context.create_texture().map_err(CoreError::ContextError)?;
            context.active_texture(UPLOAD_UNIT);
            context.bind_texture(context::TEXTURE_2D, Some(id));
            context.tex_storage_2d(
                context::TEXTURE_2D,
                1,
                T::INTERNAL,
                Self::WIDTH as i32,
                rows.min(i32::MAX as u32) as i32,
            );
            for filter in [context::TEXTURE_MIN_FILTER, context::TEXTURE_MAG_FILTER] {
                let nearest = context::NEAREST as i32;
                context.tex_parameter_i32(context::TEXTURE_2D, filter, nearest);
            }
            id
        };
        Ok(Self {
            context: context.clone(),
            id,
            rows,
            texel: PhantomData,
        })
    }

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        self.rows
    }

    /// The most rows that the device can do.
    pub fn max_rows(context: &Context) -> u32 {
        // SAFETY: The call takes no pointers.
        #[allow(unsafe_code)]
        let size = unsafe { context.get_parameter_i32(context::MAX_TEXTURE_SIZE) };
        size.max(0) as u32
    }

    /// Overwrites whole rows, from row `first` on. What goes past the end of `texels` or of the
    /// texture is left out.
    pub fn write_rows(&self, first: u32, texels: &[T]) {
        let rows = (texels.len() / Self::WIDTH).min(self.rows.saturating_sub(first) as usize);
        let bytes = &texels[..rows * Self::WIDTH];
        // SAFETY: The slice holds exactly the texels that the other arguments name.
        #[allow(unsafe_code)]
        unsafe {
            self.context.active_texture(UPLOAD_UNIT);
            self.context
                .bind_texture(context::TEXTURE_2D, Some(self.id));
            self.context.tex_sub_image_2d(
                context::TEXTURE_2D,
                0,
                0,
                first as i32,
                Self::WIDTH as i32,
                rows as i32,
                T::FORMAT,
                T::TYPE,
                context::PixelUnpackData::Slice(Some(bytemuck::cast_slice(bytes))),
            );
        }
    }

    /// Gives the texture to `program` as the sampler `name`.
    pub fn bind(&self, program: &Program, name: &str) {
        // Deprecated in favour of three-d's own textures, which cannot be filled in part.
        #[allow(deprecated)]
        program.use_raw_texture(name, context::TEXTURE_2D, self.id);
    }
}

impl<T: Texel> Drop for NumberTexture<T> {
    fn drop(&mut self) {
        // SAFETY: The call takes no pointers; the texture is this value's own.
        #[allow(unsafe_code)]
        unsafe {
            self.context.delete_texture(self.id);
        }
    }
}
