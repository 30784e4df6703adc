//! Images that the browser decodes, on threads of its own.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use scenecast_gl::Pixels;
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, ColorSpaceConversion, ImageBitmap, ImageBitmapOptions, PremultiplyAlpha, ResizeQuality,
};

use super::{Compressed, ImageSource, Outcome};

/// Decodes images with `createImageBitmap`.
pub struct BrowserImages {
    outcomes: Rc<RefCell<Vec<Outcome>>>,
    /// Called when there is something to take.
    wake: Rc<dyn Fn()>,
    under_way: Vec<UnderWay>,
}

/// The callbacks of one job.
struct UnderWay {
    job: u32,
    done: [Closure<dyn FnMut(JsValue)>; 2],
}

impl BrowserImages {
    /// `wake` is called each time that an image is ready to be taken.
    pub fn new(wake: Rc<dyn Fn()>) -> Self {
        Self {
            outcomes: Rc::default(),
            wake,
            under_way: Vec::new(),
        }
    }

    fn decode(&mut self, job: u32, image: &Compressed) -> Result<(), JsValue> {
        let options = ImageBitmapOptions::new();
        // Numbers as they are in the file: colours are not blended with alpha, which depth images
        // have none of, and not adapted to the screen.
        options.set_premultiply_alpha(PremultiplyAlpha::None);
        options.set_color_space_conversion(ColorSpaceConversion::None);
        if image.fit != image.size {
            options.set_resize_width(image.fit[0]);
            options.set_resize_height(image.fit[1]);
            options.set_resize_quality(ResizeQuality::Medium);
        }
        let parts = Array::of1(&Uint8Array::from(&*image.bytes));
        let blob = Blob::new_with_u8_array_sequence(&parts)?;
        let window = web_sys::window().ok_or("no window")?;
        let promise =
            window.create_image_bitmap_with_blob_and_image_bitmap_options(&blob, &options)?;

        let callback = |outcome: fn(JsValue) -> Result<Pixels, String>| {
            let (outcomes, wake) = (self.outcomes.clone(), self.wake.clone());
            Closure::new(move |value| {
                outcomes.borrow_mut().push((job, outcome(value)));
                wake();
            })
        };
        let done = [
            callback(|bitmap| Ok(Pixels::Bitmap(bitmap.unchecked_into::<ImageBitmap>()))),
            callback(|error| Err(describe(&error))),
        ];
        let [resolved, rejected] = &done;
        // What comes of the callbacks is of no interest.
        let _ = promise.then2(resolved, rejected);
        self.under_way.push(UnderWay { job, done });
        Ok(())
    }
}

impl ImageSource for BrowserImages {
    fn begin(&mut self, job: u32, image: Compressed) {
        if let Err(error) = self.decode(job, &image) {
            self.outcomes
                .borrow_mut()
                .push((job, Err(describe(&error))));
        }
    }

    fn take(&mut self) -> Vec<Outcome> {
        let outcomes = std::mem::take(&mut *self.outcomes.borrow_mut());
        self.under_way
            .retain(|under_way| outcomes.iter().all(|(job, _)| *job != under_way.job));
        outcomes
    }
}

impl Drop for BrowserImages {
    /// The browser will still call back.
    fn drop(&mut self) {
        for UnderWay { done, .. } in self.under_way.drain(..) {
            done.into_iter().for_each(Closure::forget);
        }
    }
}

fn describe(error: &JsValue) -> String {
    match error.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => js_sys::Reflect::get(error, &"message".into())
            .ok()
            .and_then(|message| message.as_string())
            .unwrap_or_else(|| format!("{error:?}")),
    }
}
