//! Textures that carry pictures.

use three_d::context::{self, HasContext};
use three_d::core::{Context, CoreError, Program};

use crate::data_texture::UPLOAD_UNIT;

/// What a picture's numbers mean and how it is read between its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sampling {
    /// Whether colours are sRGB, which shaders then read as linear light. Alpha is always linear.
    pub is_srgb: bool,
    /// How it is read between its pixels.
    pub filter: Filter,
    /// Beyond its left and right edge.
    pub wrap_s: Wrap,
    /// Beyond its upper and lower edge.
    pub wrap_t: Wrap,
}

/// How a picture is read between its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Filter {
    /// The nearest pixel.
    Nearest,
    /// Mixed from neighbours.
    Linear,
    /// Mixed from neighbours, and from smaller copies where it is drawn small.
    Mipmaps,
}

/// What is beyond a picture's edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wrap {
    /// The edge's own pixels.
    Clamp,
    /// The picture again.
    Repeat,
    /// The picture again, mirrored.
    Mirror,
}

/// The pixels of a picture.
pub enum Pixels {
    /// Rows of RGBA with straight alpha, from the top down.
    Rgba {
        /// Pixels in a row.
        width: u32,
        /// Rows.
        height: u32,
        /// Four for each pixel.
        bytes: Vec<u8>,
    },
    /// A picture that the browser has decoded, perhaps on the GPU already.
    #[cfg(target_arch = "wasm32")]
    Bitmap(web_sys::ImageBitmap),
}

impl Pixels {
    /// Width and height.
    pub fn size(&self) -> [u32; 2] {
        match self {
            Self::Rgba { width, height, .. } => [*width, *height],
            #[cfg(target_arch = "wasm32")]
            Self::Bitmap(bitmap) => [bitmap.width(), bitmap.height()],
        }
    }

    /// Gives the memory back now, instead of when the browser next looks for what is unused.
    pub fn release(self) {
        #[cfg(target_arch = "wasm32")]
        if let Self::Bitmap(bitmap) = self {
            bitmap.close();
        }
    }
}

/// A picture on the GPU. Its first row is at the texture's lower edge (`v` = 0), so that `v` runs
/// downwards in the picture, as in glTF.
pub struct ImageTexture {
    context: Context,
    id: context::Texture,
    size: [u32; 2],
    levels: u32,
}

impl ImageTexture {
    /// Uploads a picture; `None` if it has no pixels or is larger than the device can do.
    ///
    /// # Errors
    /// The device has no memory left, or lost its context.
    pub fn new(
        context: &Context,
        pixels: &Pixels,
        sampling: Sampling,
    ) -> Result<Option<Self>, CoreError> {
        let size = pixels.size();
        let [width, height] = size;
        if !(1..=Self::max_size(context)).contains(&width.max(height)) || width.min(height) == 0 {
            return Ok(None);
        }
        let levels = match sampling.filter {
            Filter::Mipmaps => width.max(height).ilog2() + 1,
            Filter::Nearest | Filter::Linear => 1,
        };
        let format = if sampling.is_srgb {
            context::SRGB8_ALPHA8
        } else {
            context::RGBA8
        };
        let (min, mag) = match sampling.filter {
            Filter::Nearest => (context::NEAREST, context::NEAREST),
            Filter::Linear => (context::LINEAR, context::LINEAR),
            Filter::Mipmaps => (context::LINEAR_MIPMAP_LINEAR, context::LINEAR),
        };
        // SAFETY: None of these calls takes a pointer. The size is one that the device can do.
        #[allow(unsafe_code)]
        let id = unsafe {
            let id = context.create_texture().map_err(CoreError::ContextError)?;
            context.active_texture(UPLOAD_UNIT);
            context.bind_texture(context::TEXTURE_2D, Some(id));
            context.tex_storage_2d(
                context::TEXTURE_2D,
                levels as i32,
                format,
                width as i32,
                height as i32,
            );
            for (name, value) in [
                (context::TEXTURE_MIN_FILTER, min),
                (context::TEXTURE_MAG_FILTER, mag),
                (context::TEXTURE_WRAP_S, sampling.wrap_s.name()),
                (context::TEXTURE_WRAP_T, sampling.wrap_t.name()),
            ] {
                context.tex_parameter_i32(context::TEXTURE_2D, name, value as i32);
            }
            id
        };
        let texture = Self {
            context: context.clone(),
            id,
            size,
            levels,
        };
        texture.write(pixels);
        Ok(Some(texture))
    }

    /// The most pixels along an edge that the device can do.
    pub fn max_size(context: &Context) -> u32 {
        // SAFETY: The call takes no pointers.
        #[allow(unsafe_code)]
        let size = unsafe { context.get_parameter_i32(context::MAX_TEXTURE_SIZE) };
        size.max(0) as u32
    }

    /// Width and height.
    pub fn size(&self) -> [u32; 2] {
        self.size
    }

    /// Replaces the picture by another of the same size; returns whether it was.
    pub fn write(&self, pixels: &Pixels) -> bool {
        if pixels.size() != self.size {
            return false;
        }
        let [width, height] = self.size.map(|edge| edge as i32);
        // SAFETY: None of these calls takes a pointer.
        #[allow(unsafe_code)]
        unsafe {
            self.context.active_texture(UPLOAD_UNIT);
            self.context
                .bind_texture(context::TEXTURE_2D, Some(self.id));
        }
        match pixels {
            Pixels::Rgba { bytes, .. } => {
                if bytes.len() as u64 != 4 * width as u64 * height as u64 {
                    return false;
                }
                // SAFETY: The slice holds exactly the pixels that the other arguments name.
                #[allow(unsafe_code)]
                unsafe {
                    self.context.tex_sub_image_2d(
                        context::TEXTURE_2D,
                        0,
                        0,
                        0,
                        width,
                        height,
                        context::RGBA,
                        context::UNSIGNED_BYTE,
                        context::PixelUnpackData::Slice(Some(bytes)),
                    );
                }
            }
            #[cfg(target_arch = "wasm32")]
            Pixels::Bitmap(bitmap) => {
                // SAFETY: The call takes no pointers.
                #[allow(unsafe_code)]
                unsafe {
                    self.context.tex_sub_image_2d_with_image_bitmap(
                        context::TEXTURE_2D,
                        0,
                        0,
                        0,
                        context::RGBA,
                        context::UNSIGNED_BYTE,
                        bitmap,
                    );
                }
            }
        }
        if self.levels > 1 {
            // SAFETY: The call takes no pointers.
            #[allow(unsafe_code)]
            unsafe {
                self.context.generate_mipmap(context::TEXTURE_2D);
            }
        }
        true
    }

    /// Gives the texture to `program` as the sampler `name`.
    pub fn bind(&self, program: &Program, name: &str) {
        // Deprecated in favour of three-d's own textures, which know no sRGB and no bitmaps.
        #[allow(deprecated)]
        program.use_raw_texture(name, context::TEXTURE_2D, self.id);
    }
}

impl Wrap {
    fn name(self) -> u32 {
        match self {
            Self::Clamp => context::CLAMP_TO_EDGE,
            Self::Repeat => context::REPEAT,
            Self::Mirror => context::MIRRORED_REPEAT,
        }
    }
}

impl Drop for ImageTexture {
    fn drop(&mut self) {
        // SAFETY: The call takes no pointers; the texture is this value's own.
        #[allow(unsafe_code)]
        unsafe {
            self.context.delete_texture(self.id);
        }
    }
}
