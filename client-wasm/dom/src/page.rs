//! The page: its document, timers and events.

use std::time::Duration;

use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, Event, EventTarget, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = window)]
    static WINDOW: Window;

    #[wasm_bindgen(thread_local_v2, js_name = document)]
    static DOCUMENT: Document;

    /// It fails for names only that are none, which the program's text would have to have.
    #[wasm_bindgen(js_namespace = document, js_name = createElement)]
    pub(crate) fn create_element(tag: &str) -> Element;

    #[wasm_bindgen(js_namespace = document, js_name = createElementNS)]
    pub(crate) fn create_element_ns(space: &str, tag: &str) -> Element;

    #[wasm_bindgen(js_name = queueMicrotask)]
    fn queue_microtask(task: &JsValue);

    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(task: &JsValue, delay_ms: i32) -> i32;

    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(handle: i32);

    #[wasm_bindgen(js_name = setInterval)]
    fn set_interval(task: &JsValue, delay_ms: i32) -> i32;

    #[wasm_bindgen(js_name = clearInterval)]
    fn clear_interval(handle: i32);
}

/// The browser's window. There is one in pages, not in workers.
#[must_use]
pub fn window() -> Window {
    WINDOW.with(Window::clone)
}

/// The page's document.
#[must_use]
pub fn document() -> Document {
    DOCUMENT.with(Document::clone)
}

/// Runs a function as soon as what runs now has returned.
pub(crate) fn soon(run: fn()) {
    queue_microtask(&Closure::once_into_js(run));
}

/// Runs a function before the next picture, once.
pub fn next_picture(run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    // Only a page that is being left has no next picture.
    let _ = window().request_animation_frame(run.unchecked_ref());
}

/// A call to come, unless it is cancelled.
#[derive(Clone, Copy, Debug)]
pub struct Timeout(i32);

impl Timeout {
    /// It does not come.
    pub fn cancel(self) {
        clear_timeout(self.0);
    }
}

/// Runs a function later, once.
pub fn after(delay: Duration, run: impl FnOnce() + 'static) -> Timeout {
    let task = Closure::once_into_js(run);
    Timeout(set_timeout(&task, millis(delay)))
}

/// Calls to come, until they are cancelled or this is dropped.
#[derive(Debug)]
pub struct Interval {
    handle: i32,
    _run: Closure<dyn FnMut()>,
}

impl Drop for Interval {
    fn drop(&mut self) {
        clear_interval(self.handle);
    }
}

/// Runs a function again and again.
#[must_use]
pub fn every(period: Duration, run: impl FnMut() + 'static) -> Interval {
    let run = Closure::new(run);
    Interval {
        handle: set_interval(run.as_ref(), millis(period)),
        _run: run,
    }
}

fn millis(duration: Duration) -> i32 {
    i32::try_from(duration.as_millis()).unwrap_or(i32::MAX)
}

/// A function that is called at events, until this is dropped.
#[derive(Debug)]
pub struct Listener {
    target: EventTarget,
    name: &'static str,
    run: Closure<dyn FnMut(Event)>,
}

impl Drop for Listener {
    fn drop(&mut self) {
        let run = self.run.as_ref().unchecked_ref();
        // It is there, so that it can be removed.
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, run);
    }
}

impl Listener {
    /// Lets the function be called for as long as the page lives.
    pub fn forget(self) {
        std::mem::forget(self);
    }
}

/// Calls a function at each event of this name, whose events are of this type.
#[must_use]
pub fn listen<E: JsCast>(
    target: &EventTarget,
    name: &'static str,
    mut run: impl FnMut(E) + 'static,
) -> Listener {
    let run = move |event: Event| run(event.unchecked_into());
    listen_boxed(target.clone(), name, Box::new(run))
}

pub(crate) fn listen_boxed(
    target: EventTarget,
    name: &'static str,
    run: Box<dyn FnMut(Event)>,
) -> Listener {
    let run = Closure::wrap(run);
    // It fails for nothing that is a target and a function.
    let _ = target.add_event_listener_with_callback(name, run.as_ref().unchecked_ref());
    Listener { target, name, run }
}

/// What is in the input that an event is of.
#[must_use]
pub fn event_target_value(event: &Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    // Inputs, text areas and lists all have it.
    target.unchecked_ref::<web_sys::HtmlInputElement>().value()
}

/// Whether the check box that an event is of is ticked.
#[must_use]
pub fn event_target_checked(event: &Event) -> bool {
    let target = event.target();
    target.is_some_and(|target| {
        target
            .unchecked_ref::<web_sys::HtmlInputElement>()
            .checked()
    })
}
