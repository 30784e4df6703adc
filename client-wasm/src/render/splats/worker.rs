//! Sorting in a worker of the browser.
//!
//! The worker runs the page's own module, with a memory of its own and without any of the page's
//! functions: of everything in the module it calls only those in [`desk`], which need none. So there is
//! nothing else to be downloaded, and it works in pages without a server.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Float32Array, Float64Array, Object, Reflect, Uint32Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, MessageEvent, Url, Worker};

use super::{Outcome, Run, SplatSorter};

mod desk;

/// Numbers that a run is sent as: first, count, and four of its depth.
const NUMBERS: usize = 6;

/// Sorts splats in a worker, which starts when it is first needed.
pub struct BrowserSorter {
    /// Called when there is an order to take, or none will come.
    wake: Rc<dyn Fn()>,
    state: Option<State>,
    has_failed: Rc<Cell<bool>>,
}

struct State {
    worker: Worker,
    /// The order that has come, and once read the memory for the next one.
    order: Rc<RefCell<Option<Uint32Array>>>,
    has_come: Rc<Cell<bool>>,
    _callbacks: [Closure<dyn FnMut(MessageEvent)>; 2],
}

impl BrowserSorter {
    /// `wake` is called each time that there is something to take.
    pub fn new(wake: Rc<dyn Fn()>) -> Self {
        Self {
            wake,
            state: None,
            has_failed: Rc::default(),
        }
    }

    fn start(&self) -> Result<State, JsValue> {
        let kind = BlobPropertyBag::new();
        kind.set_type("text/javascript");
        let text = Array::of1(&include_str!("worker.js").into());
        let blob = Blob::new_with_str_sequence_and_options(&text, &kind)?;
        let address = Url::create_object_url_with_blob(&blob)?;
        let worker = Worker::new(&address);
        Url::revoke_object_url(&address)?;
        let worker = worker?;
        worker.post_message(&wasm_bindgen::module())?;

        let order: Rc<RefCell<Option<Uint32Array>>> = Rc::default();
        let has_come: Rc<Cell<bool>> = Rc::default();
        let (came, to, wake) = (has_come.clone(), order.clone(), self.wake.clone());
        let on_message = Closure::new(move |event: MessageEvent| {
            *to.borrow_mut() = event.data().dyn_into().ok();
            came.set(true);
            wake();
        });
        let (failed, wake) = (self.has_failed.clone(), self.wake.clone());
        let on_error = Closure::new(move |_: MessageEvent| {
            failed.set(true);
            wake();
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(State {
            worker,
            order,
            has_come,
            _callbacks: [on_message, on_error],
        })
    }

    /// Sends numbers, with their memory.
    fn post(&mut self, entries: &[(&str, &JsValue)], given: &[&Object]) -> Result<(), JsValue> {
        let state = match self.state.take() {
            Some(state) => state,
            None => self.start()?,
        };
        let message = Object::new();
        for (name, value) in entries {
            Reflect::set(&message, &(*name).into(), value)?;
        }
        let given: Array = given.iter().copied().collect();
        let sent = state.worker.post_message_with_transfer(&message, &given);
        self.state = Some(state);
        sent
    }

    fn note(&mut self, sent: Result<(), JsValue>) {
        if sent.is_err() {
            self.has_failed.set(true);
            (self.wake)();
        }
    }
}

impl SplatSorter for BrowserSorter {
    fn put(&mut self, first: u32, centers: &[[f32; 3]]) {
        let centers = Float32Array::from(centers.as_flattened());
        let entries = [("first", &first.into()), ("centers", centers.as_ref())];
        let sent = self.post(&entries, &[&centers.buffer()]);
        self.note(sent);
    }

    fn sort(&mut self, runs: &[Run]) {
        let mut numbers = Vec::with_capacity(NUMBERS * runs.len());
        for run in runs {
            numbers.extend([run.first, run.count].map(f64::from));
            numbers.extend(run.depth.map(f64::from));
        }
        let numbers = Float64Array::from(&*numbers);
        let state = self.state.as_ref();
        let spare = state.and_then(|state| state.order.borrow_mut().take());
        let buffer = spare.as_ref().map(Uint32Array::buffer);
        let spare = spare.map_or(JsValue::UNDEFINED, JsValue::from);
        let mut given: Vec<&Object> = vec![];
        given.extend(buffer.as_deref());
        let entries = [("runs", numbers.as_ref()), ("spare", &spare)];
        let sent = self.post(&entries, &given);
        self.note(sent);
    }

    fn poll(&mut self) -> Outcome {
        if self.has_failed.get() {
            return Outcome::Failed;
        }
        let Some(state) = self.state.as_ref().filter(|state| state.has_come.take()) else {
            return Outcome::UnderWay;
        };
        match &*state.order.borrow() {
            Some(order) => Outcome::Sorted(order.length() as usize),
            None => Outcome::Failed,
        }
    }

    fn read(&mut self, first: usize, part: &mut [u32]) {
        let order = self.state.as_ref().map(|state| state.order.borrow());
        if let Some(Some(order)) = order.as_deref() {
            let end = first + part.len();
            order.subarray(first as u32, end as u32).copy_to(part);
        }
    }
}

impl Drop for BrowserSorter {
    fn drop(&mut self) {
        if let Some(state) = &self.state {
            state.worker.terminate();
        }
    }
}
