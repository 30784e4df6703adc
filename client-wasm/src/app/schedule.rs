//! When the page's code runs next: at the next frame, at a time, or not until something happens.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::Handle;

/// At most one frame and one timer, requested when there is something to do. A scene at rest uses
/// no processor time.
pub(super) struct Schedule {
    window: Window,
    on_frame: Closure<dyn FnMut(f64)>,
    is_frame_requested: bool,
    on_timer: Closure<dyn FnMut()>,
    timer: Option<Timer>,
}

struct Timer {
    id: i32,
    at_ms: f64,
}

impl Schedule {
    pub(super) fn new(window: Window, app: &Handle) -> Self {
        let handle = app.clone();
        let on_frame = Closure::new(move |at_ms| handle.with(|app| app.frame(at_ms)));
        let handle = app.clone();
        let on_timer = Closure::new(move || handle.with(super::App::timer));
        Self {
            window,
            on_frame,
            is_frame_requested: false,
            on_timer,
            timer: None,
        }
    }

    /// Runs `App::frame` before the next picture.
    pub(super) fn request_frame(&mut self) {
        if !self.is_frame_requested {
            let callback = self.on_frame.as_ref().unchecked_ref();
            self.is_frame_requested = self.window.request_animation_frame(callback).is_ok();
        }
    }

    /// The requested frame is here.
    pub(super) fn frame_began(&mut self) {
        self.is_frame_requested = false;
    }

    /// Runs `App::timer` at that time, in place of any other.
    pub(super) fn set_timer(&mut self, at_ms: Option<f64>, now_ms: f64) {
        if self.timer.as_ref().map(|timer| timer.at_ms) == at_ms {
            return;
        }
        if let Some(timer) = self.timer.take() {
            self.window.clear_timeout_with_handle(timer.id);
        }
        if let Some(at_ms) = at_ms {
            let callback = self.on_timer.as_ref().unchecked_ref();
            // Rounded up: a timer that runs too early would find nothing to do.
            let delay_ms = (at_ms - now_ms).max(0.0).ceil() as i32;
            let set = self
                .window
                .set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay_ms);
            self.timer = set.ok().map(|id| Timer { id, at_ms });
        }
    }

    /// The timer is here.
    pub(super) fn timer_ran(&mut self) {
        self.timer = None;
    }
}
