//! Compressed images on their way to the GPU.
//!
//! Images decode outside of the renderer, in the browser on other threads, and come in when they
//! are ready. Until then, and while a newer image of the same picture is under way, what was
//! there before stays.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};

use bytes::Bytes;
use scenecast_gl::{Filter, ImageTexture, Pixels, Sampling, Wrap};
use three_d::core::{Context, Program};

#[cfg(target_arch = "wasm32")]
mod browser;
mod header;
#[cfg(not(target_arch = "wasm32"))]
mod native;

#[cfg(target_arch = "wasm32")]
pub use browser::BrowserImages;
pub use header::pixel_size;
#[cfg(not(target_arch = "wasm32"))]
pub use native::NativeImages;

/// The most pixels of an image that is decoded, and of all images that decode at one time: 256 MB
/// each as RGBA.
pub const MAX_PIXELS: u64 = 1 << 26;

/// Decodes PNG and JPEG.
pub trait ImageSource {
    /// Begins to decode an image; the outcome comes out of [`take`](Self::take), at once or later.
    fn begin(&mut self, job: u32, image: Compressed);

    /// What has been decoded since the last call, with straight alpha.
    fn take(&mut self) -> Vec<Outcome>;
}

/// A job, and the image's pixels or why there are none.
pub type Outcome = (u32, Result<Pixels, String>);

/// A compressed image.
#[derive(Clone, Debug)]
pub struct Compressed {
    /// PNG or JPEG.
    pub bytes: Bytes,
    /// Width and height that its header says.
    pub size: [u32; 2],
    /// Width and height that it is to be decoded to: smaller where the device cannot do as many.
    pub fit: [u32; 2],
}

/// Why an image is not shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// The bytes are nothing that is decoded.
    #[error("the image ({bytes} bytes) begins neither like a PNG nor like a JPEG")]
    Unknown {
        /// How many there are.
        bytes: usize,
    },
    /// No pixels.
    #[error("the image has no pixels: {width} by {height}")]
    Empty {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// Too many pixels.
    #[error("the image has {width} by {height} pixels; at most {MAX_PIXELS} in all are decoded")]
    TooLarge {
        /// Its width.
        width: u32,
        /// Its height.
        height: u32,
    },
    /// The decoder refused.
    #[error("the image cannot be decoded: {0}")]
    Broken(String),
    /// The graphics device refused.
    #[error("the graphics device does not take the image: {0}")]
    Device(String),
}

/// An image that could not be shown.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Whose picture it is, as [`Pictures::picture`] was told.
    pub(crate) owner: Option<u32>,
    pub(crate) error: ImageError,
}

/// Colours as pages and photographs have them, for things that may be far away.
pub(crate) const COLORS: Sampling = Sampling {
    is_srgb: true,
    filter: Filter::Mipmaps,
    wrap_s: Wrap::Clamp,
    wrap_t: Wrap::Clamp,
};

/// A picture on the GPU, or on its way there.
pub(crate) struct Picture {
    owner: Option<u32>,
    sampling: Sampling,
    texture: RefCell<Option<ImageTexture>>,
    /// What to decode next: of several images, only the last one counts.
    wanted: RefCell<Option<Bytes>>,
    is_under_way: Cell<bool>,
}

impl Picture {
    /// Gives it to `program` as the sampler `name`; returns whether there is anything yet.
    pub(crate) fn bind(&self, program: &Program, name: &str) -> bool {
        let texture = self.texture.borrow();
        if let Some(texture) = &*texture {
            texture.bind(program, name);
        }
        texture.is_some()
    }

    pub(crate) fn is_here(&self) -> bool {
        self.texture.borrow().is_some()
    }

    /// Whether all images so far are here or have failed.
    pub(crate) fn is_settled(&self) -> bool {
        !self.is_under_way.get()
    }
}

/// All pictures.
pub(crate) struct Pictures {
    context: Context,
    source: Box<dyn ImageSource>,
    max_size: u32,
    queue: VecDeque<Weak<Picture>>,
    in_flight: Vec<Job>,
    next_job: u32,
    failures: Vec<Failure>,
}

struct Job {
    id: u32,
    picture: Weak<Picture>,
    pixels: u64,
}

impl Pictures {
    pub(crate) fn new(context: &Context, source: Box<dyn ImageSource>) -> Self {
        Self {
            context: context.clone(),
            source,
            max_size: ImageTexture::max_size(context),
            queue: VecDeque::new(),
            in_flight: Vec::new(),
            next_job: 0,
            failures: Vec::new(),
        }
    }

    /// A picture that shows this image as soon as it is decoded. `owner` comes back with failures.
    pub(crate) fn picture(
        &mut self,
        image: &Bytes,
        sampling: Sampling,
        owner: Option<u32>,
    ) -> Rc<Picture> {
        let picture = Rc::new(Picture {
            owner,
            sampling,
            texture: RefCell::new(None),
            wanted: RefCell::new(None),
            is_under_way: Cell::new(false),
        });
        self.show(&picture, image);
        picture
    }

    /// Lets a picture show another image, as soon as that is decoded.
    pub(crate) fn show(&mut self, picture: &Rc<Picture>, image: &Bytes) {
        *picture.wanted.borrow_mut() = Some(image.clone());
        if !picture.is_under_way.replace(true) {
            self.queue.push_back(Rc::downgrade(picture));
        }
    }

    /// Takes in what has been decoded; returns whether any picture changed.
    pub(crate) fn receive(&mut self) -> bool {
        let mut changed = false;
        loop {
            self.begin_jobs();
            let outcomes = self.source.take();
            if outcomes.is_empty() {
                return changed;
            }
            for (id, outcome) in outcomes {
                let Some(at) = self.in_flight.iter().position(|job| job.id == id) else {
                    continue;
                };
                let job = self.in_flight.swap_remove(at);
                if let Some(picture) = job.picture.upgrade() {
                    changed = true;
                    self.finish(&picture, outcome);
                } else if let Ok(pixels) = outcome {
                    pixels.release();
                }
            }
        }
    }

    /// Whether any picture is still on its way.
    pub(crate) fn are_under_way(&self) -> bool {
        !self.in_flight.is_empty() || !self.queue.is_empty()
    }

    /// What has failed since the last call.
    pub(crate) fn take_failures(&mut self) -> Vec<Failure> {
        std::mem::take(&mut self.failures)
    }

    fn begin_jobs(&mut self) {
        while let Some(next) = self.queue.pop_front() {
            // Nobody may need it any more.
            let Some(picture) = next.upgrade() else {
                continue;
            };
            let Some(bytes) = picture.wanted.borrow_mut().take() else {
                continue;
            };
            let size = match checked_size(&bytes) {
                Ok(size) => size,
                Err(error) => {
                    self.fail(&picture, error);
                    continue;
                }
            };
            let pixels = u64::from(size[0]) * u64::from(size[1]);
            let busy: u64 = self.in_flight.iter().map(|job| job.pixels).sum();
            if busy > 0 && busy + pixels > MAX_PIXELS {
                picture.wanted.borrow_mut().get_or_insert(bytes);
                self.queue.push_front(next);
                return;
            }
            let id = self.next_job;
            self.next_job = self.next_job.wrapping_add(1);
            self.in_flight.push(Job {
                id,
                picture: next,
                pixels,
            });
            let fit = size.map(|edge| edge.min(self.max_size));
            self.source.begin(id, Compressed { bytes, size, fit });
        }
    }

    fn finish(&mut self, picture: &Rc<Picture>, outcome: Result<Pixels, String>) {
        let outcome = outcome.map_err(ImageError::Broken).and_then(|pixels| {
            let uploaded = self.upload(picture, &pixels);
            pixels.release();
            uploaded
        });
        if let Err(error) = outcome {
            self.fail(picture, error);
        } else {
            self.go_on(picture);
        }
    }

    fn upload(&self, picture: &Picture, pixels: &Pixels) -> Result<(), ImageError> {
        let mut texture = picture.texture.borrow_mut();
        if texture.as_ref().is_some_and(|old| old.write(pixels)) {
            return Ok(());
        }
        let new = ImageTexture::new(&self.context, pixels, picture.sampling);
        *texture = new.map_err(|error| ImageError::Device(error.to_string()))?;
        Ok(())
    }

    fn fail(&mut self, picture: &Rc<Picture>, error: ImageError) {
        self.failures.push(Failure {
            owner: picture.owner,
            error,
        });
        self.go_on(picture);
    }

    /// Another image may have come while this one was decoded.
    fn go_on(&mut self, picture: &Rc<Picture>) {
        if picture.wanted.borrow().is_some() {
            self.queue.push_back(Rc::downgrade(picture));
        } else {
            picture.is_under_way.set(false);
        }
    }
}

fn checked_size(bytes: &[u8]) -> Result<[u32; 2], ImageError> {
    let size = pixel_size(bytes).ok_or(ImageError::Unknown { bytes: bytes.len() })?;
    let [width, height] = size;
    match u64::from(width) * u64::from(height) {
        0 => Err(ImageError::Empty { width, height }),
        1..=MAX_PIXELS => Ok(size),
        _ => Err(ImageError::TooLarge { width, height }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_checked_before_decoding() {
        let png = |width: u32, height: u32| {
            let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
            bytes.extend(width.to_be_bytes());
            bytes.extend(height.to_be_bytes());
            bytes
        };
        assert_eq!(checked_size(&png(8192, 8192)), Ok([8192, 8192]));
        let too_large = ImageError::TooLarge {
            width: u32::MAX,
            height: u32::MAX,
        };
        assert_eq!(checked_size(&png(u32::MAX, u32::MAX)), Err(too_large));
        let empty = ImageError::Empty {
            width: 3,
            height: 0,
        };
        assert_eq!(checked_size(&png(3, 0)), Err(empty));
        assert_eq!(checked_size(b""), Err(ImageError::Unknown { bytes: 0 }));
    }
}
