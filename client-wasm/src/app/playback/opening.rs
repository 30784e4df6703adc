//! From a file, an address or the page itself to a recording that can be played.

use bytes::Bytes;
use js_sys::{Function, Promise};
use scenecast_protocol::timeline::Loading;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::Window;

use crate::app::App;
use crate::playback::source::Source;

/// For how long reading a file may keep the page from doing anything else, milliseconds.
const READ_MS: f64 = 12.0;
/// The same while nobody sees the page.
const READ_HIDDEN_MS: f64 = 200.0;
/// The same for preparing jumps, and the rest after it.
const PREPARE_MS: f64 = 4.0;
pub(super) const PREPARE_REST_MS: f64 = 30.0;

/// A recording that is being opened.
pub(super) struct Opening {
    pub(super) generation: u32,
    pub(super) name: String,
    pub(super) progress: Option<f64>,
    pub(super) loading: Option<Loading>,
    pub(super) promised: Option<Promised>,
}

/// Who waits for a recording to be opened.
pub(crate) struct Promised {
    resolve: Function,
    reject: Function,
}

impl Promised {
    /// A promise, and the way to keep it.
    pub(crate) fn new() -> (Promise, Option<Self>) {
        let mut promised = None;
        let promise = Promise::new(&mut |resolve, reject| {
            promised = Some(Self { resolve, reject });
        });
        (promise.unchecked_into(), promised)
    }

    // The functions of a promise take any value.

    pub(super) fn keep(self) {
        let _ = self.resolve.call0(&JsValue::NULL);
    }

    pub(super) fn refuse(self, reason: &str) {
        let _ = self
            .reject
            .call1(&JsValue::NULL, &js_sys::Error::new(reason).into());
    }
}

/// A recording that the page brings along.
pub(crate) struct Embedded {
    pub(crate) source: Source,
    pub(crate) is_dark: bool,
}

impl Embedded {
    /// What the page's globals say.
    pub(crate) fn find(window: &Window) -> Option<Self> {
        let global = |name: &str| js_sys::Reflect::get(window, &name.into()).ok();
        let data = global("__VISER_EMBED_DATA__")?;
        let config = global("__VISER_EMBED_CONFIG__").unwrap_or_default();
        let dark = js_sys::Reflect::get(&config, &"darkMode".into());
        Some(Self {
            source: Source::Embedded(data.dyn_into().ok()?),
            is_dark: dark.is_ok_and(|dark| dark.is_truthy()),
        })
    }
}

impl App {
    /// Opens a recording. What is shown stays until it can be played.
    pub(crate) fn open_recording(&mut self, source: Source, promised: Option<Promised>) {
        self.end_opening("another recording was opened");
        self.playback.notice.hide();
        self.playback.generation += 1;
        let generation = self.playback.generation;
        self.playback.opening = Some(Opening {
            generation,
            name: source.name(),
            progress: None,
            loading: None,
            promised,
        });
        let (handle, window) = (self.handle.clone(), self.window.clone());
        js_sys::futures::spawn_local(async move {
            let progress = |received: f64, total: Option<f64>| {
                // Reading what has come is the other half of the work.
                let part = total.map(|total| (received / total.max(1.0)).min(1.0) / 2.0);
                handle.with(|app| app.opening_goes_on(generation, part));
            };
            let file = source.read(&window, progress).await;
            handle.with(|app| app.file_came(generation, file));
        });
        self.show_player();
    }

    fn opening_goes_on(&mut self, generation: u32, progress: Option<f64>) {
        let opening = self.playback.opening.as_mut();
        if let Some(opening) = opening.filter(|opening| opening.generation == generation) {
            opening.progress = progress;
            self.show_player();
        }
    }

    fn file_came(&mut self, generation: u32, file: Result<Bytes, String>) {
        let opening = self.playback.opening.as_mut();
        let Some(opening) = opening.filter(|opening| opening.generation == generation) else {
            return;
        };
        let loading = file.and_then(|file| Loading::new(file).map_err(|error| error.to_string()));
        match loading {
            Ok(loading) => opening.loading = Some(loading),
            Err(error) => self.opening_failed(&error),
        }
        self.plan(self.now_ms());
    }

    /// The timer's turn: reads on, or prepares jumps.
    pub(crate) fn work_on_recording(&mut self, now_ms: f64) {
        let slice_ms = match self.document.hidden() {
            true => READ_HIDDEN_MS,
            false => READ_MS,
        };
        let clock = self.window.performance();
        let until = |end_ms: f64| {
            let clock = clock.clone();
            move || clock.as_ref().is_none_or(|clock| clock.now() < end_ms)
        };
        if let Some(opening) = &mut self.playback.opening
            && let Some(loading) = &mut opening.loading
        {
            let outcome = loading.run(until(now_ms + slice_ms));
            opening.progress = Some(0.5 + loading.progress() / 2.0);
            match outcome {
                Ok(None) => self.show_player(),
                Ok(Some(timeline)) => self.start_player(timeline, now_ms),
                Err(error) => self.opening_failed(&error.to_string()),
            }
        } else if let Some(player) = &mut self.playback.player
            && !player.is_prepared
            && now_ms >= self.playback.prepare_ms
        {
            player.is_prepared = !player.timeline.prepare(until(now_ms + PREPARE_MS));
            self.playback.prepare_ms = now_ms + PREPARE_MS + PREPARE_REST_MS;
        }
    }

    fn opening_failed(&mut self, reason: &str) {
        if let Some(opening) = &self.playback.opening {
            let error = format!("Cannot play {}: {reason}.", opening.name);
            self.journal.warn(&error);
            self.playback.notice.show(&error, true);
            self.end_opening(&error);
        }
        self.show_player();
    }

    /// Tells who waits that this opening came to nothing.
    pub(super) fn end_opening(&mut self, reason: &str) {
        if let Some(opening) = self.playback.opening.take()
            && let Some(promised) = opening.promised
        {
            promised.refuse(reason);
        }
    }
}
