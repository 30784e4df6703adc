//! How the page begins, and what it says if it cannot.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Reflect;
use js_sys::WebAssembly::RuntimeError;
use scenecast_dom::listen;
use scenecast_protocol::Limits;
use scenecast_protocol::state::{Changes, ViewerState};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, ErrorEvent, Event, HtmlCanvasElement, Window};

use super::anchors::Anchors;
use super::api::Api;
use super::canvas::{Canvas, CanvasError};
use super::downloads::Downloads;
use super::highlight::Highlight;
use super::journal::Journal;
use super::overlay::Overlay;
use super::playback::{self, Embedded, Playback};
use super::pointing::Pointing;
use super::schedule::Schedule;
use super::{App, Handle, REPORT_MS, embedding, hook};
use crate::camera::Camera;
use crate::connection::Dialer;
use crate::connection::throttle::Throttle;
use crate::gui::mount::Gui;
use crate::input::Gestures;
use crate::input::keys::HeldKeys;
use crate::input::listeners;
use crate::interaction::Interaction;
use crate::interaction::roster::Roster;
use crate::playback::source::Source;
use crate::sequence::{self, Sequences};
use crate::url_params::UrlParams;

/// Starts the app in the page.
pub(crate) fn start() {
    let Some((window, document)) = web_sys::window().and_then(|w| Some((w.clone(), w.document()?)))
    else {
        return;
    };
    announce_traps(&window, &document);
    if let Err(error) = run(&window, &document) {
        notify(&document, &format!("{error}."));
    }
}

fn run(window: &Window, document: &Document) -> Result<(), CanvasError> {
    let mut params = UrlParams::parse(&window.location().href().unwrap_or_default());
    let embedded = Embedded::find(window);
    params.dark |= embedded.as_ref().is_some_and(|embedded| embedded.is_dark);
    let element = document
        .get_element_by_id("view")
        .and_then(|element| element.dyn_into::<HtmlCanvasElement>().ok())
        .ok_or(CanvasError::Missing)?;
    let canvas = Canvas::new(window, element.clone(), params.fixed_dpr)?;

    let memory = Reflect::get(&window.navigator(), &"deviceMemory".into());
    let memory = memory.ok().and_then(|gibibytes| gibibytes.as_f64());
    let of_device = || sequence::bytes_of_device(memory);
    let sequence_bytes = params.sequence_bytes.unwrap_or_else(of_device);
    let app = Rc::new_cyclic(|weak| {
        let handle = Handle(weak.clone());
        RefCell::new(App {
            window: window.clone(),
            document: document.clone(),
            schedule: Schedule::new(window.clone(), &handle),
            handle: handle.clone(),
            journal: Journal::new(document),
            canvas,
            overlay: params.show_stats.then(|| Overlay::new(document)).flatten(),
            dialer: Dialer::default(),
            socket: None,
            inbox: None,
            limits: Limits::default(),
            playback: Playback::new(document, &handle, embedded.is_some()),
            sequences: Sequences::new(sequence_bytes),
            api: Api::new(),
            state: ViewerState::new(),
            changes: Changes::default(),
            has_scene: false,
            messages: 0,
            camera: Camera::new(&params.camera),
            gestures: Gestures::default(),
            keys: HeldKeys::default(),
            interaction: Interaction::default(),
            roster: Roster::default(),
            readiness: Default::default(),
            pointing: Pointing::new(document),
            highlight: Highlight::default(),
            anchors: Anchors::new(document),
            nodes: Default::default(),
            downloads: Downloads::new(document),
            uploads: Default::default(),
            gui: Gui::new(&handle, &params),
            outbox: Default::default(),
            awaited: None,
            reports: Throttle::new(REPORT_MS),
            last_report: None,
            connected_ms: 0.0,
            replay_picture_ms: 0.0,
            shows_crosshair: true,
            has_kept_edits: false,
            last_frame_ms: None,
            params,
        })
    });
    let handle = Handle(Rc::downgrade(&app));
    // The page owns the app for as long as it lives.
    std::mem::forget(app);

    handle.with(|app| app.canvas.belongs_to(&handle));
    handle.with(|app| {
        if app.params.show_orbit_tool {
            app.interaction.show_orbit_tool(true);
        }
    });
    watch_graphics(document, &element, &handle);
    watch_page(window, document, &element, &handle);
    listeners::attach(window, &element, &handle);
    hook::install(window, &handle);
    playback::attach(window, document, &handle);
    handle.with(|app| {
        app.api.install(window, &handle);
        app.gui.mount_around(document);
        // A page that holds a recording never has a server to put anything there.
        if embedded.is_none() {
            app.gui.mount(document);
        }
        let recording = embedded.map(|embedded| embedded.source);
        let recording = recording.or_else(|| app.params.playback.clone().map(Source::Url));
        if let Some(source) = recording {
            app.playback.turn_on();
            app.open_recording(source, None);
        }
        app.show_player();
        app.attention_changed();
    });
    embedding::attach(window, &handle);
    Ok(())
}

/// The browser may take the graphics context away at any time, and gives it back later.
fn watch_graphics(document: &Document, element: &HtmlCanvasElement, app: &Handle) {
    let handle = app.clone();
    listen(element, "webglcontextlost", move |event: Event| {
        // Without this it is not given back.
        event.prevent_default();
        handle.with(|app| app.canvas.lose());
    })
    .forget();
    let (handle, document) = (app.clone(), document.clone());
    listen(element, "webglcontextrestored", move |_: Event| {
        handle.with(|app| match app.canvas.restore() {
            Ok(()) => {
                app.state.scene.mark_all();
                app.state.environment.mark_all();
                app.request_frame();
            }
            Err(error) => notify(&document, &format!("{error}.")),
        });
    })
    .forget();
}

/// Size, visibility and keyboard focus of the page.
fn watch_page(window: &Window, document: &Document, element: &HtmlCanvasElement, app: &Handle) {
    let handle = app.clone();
    // Drawn at once: the browser is about to show the canvas at its new size.
    let resized = Closure::<dyn FnMut()>::new(move || handle.with(App::resized)).into_js_value();
    if let Ok(observer) = web_sys::ResizeObserver::new(resized.unchecked_ref()) {
        observer.observe(element);
    }
    let handle = app.clone();
    listen(window, "resize", move |_: Event| {
        handle.with(App::request_frame)
    })
    .forget();
    for (target, name) in [
        (window.unchecked_ref::<web_sys::EventTarget>(), "focus"),
        (window.unchecked_ref(), "blur"),
        (document.unchecked_ref(), "visibilitychange"),
    ] {
        let handle = app.clone();
        listen(target, name, move |_: Event| {
            handle.with(App::attention_changed)
        })
        .forget();
    }
}

/// Says on the page that a bug has ended it. The console has what is known of it: the place in the
/// module always, the panic's text where the page was made with it.
fn announce_traps(window: &Window, document: &Document) {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
    }));
    let document = document.clone();
    listen(window, "error", move |event: ErrorEvent| {
        if event.error().is_instance_of::<RuntimeError>() {
            let text = "The viewer stopped because of a bug. Reload the page to go on.";
            notify(&document, text);
        }
    })
    .forget();
}

/// Shows a text over everything else.
fn notify(document: &Document, text: &str) {
    if let Some(notice) = document.get_element_by_id("notice") {
        notice.set_text_content(Some(text));
        // An element's attributes can always be removed.
        let _ = notice.remove_attribute("hidden");
    }
}
