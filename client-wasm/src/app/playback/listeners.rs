//! What the browser reports to the player.

use js_sys::Array;
use scenecast_dom::listen;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Document, DragEvent, KeyboardEvent, Window};

use crate::app::Handle;
use crate::playback::bar;
use crate::playback::source::Source;

/// The player's keys, and files that are dropped on the page.
pub(crate) fn attach(window: &Window, document: &Document, app: &Handle) {
    let handle = app.clone();
    let on_key = Closure::<dyn FnMut(KeyboardEvent)>::new(move |event: KeyboardEvent| {
        if let Some(command) = bar::command_of(&event) {
            handle.with(|app| {
                let player = app.playback.player.as_ref();
                if app.has_timeline() || player.is_some_and(|player| !player.clock.is_static()) {
                    // The arrows would turn the camera.
                    event.prevent_default();
                    event.stop_propagation();
                    app.command(command);
                }
            });
        }
    });
    let on_key = on_key.into_js_value();
    // Before anything else hears of the key. It fails for things that are no event targets only.
    let _ =
        window.add_event_listener_with_callback_and_bool("keydown", on_key.unchecked_ref(), true);

    let Some(root) = document.document_element() else {
        return;
    };
    for name in ["dragenter", "dragover"] {
        let root = root.clone();
        listen(window, name, move |event: DragEvent| {
            if brings_files(&event) {
                event.prevent_default();
                // An element's attributes can always be set and removed.
                let _ = root.set_attribute("data-drop", "");
            }
        })
        .forget();
    }
    let left = root.clone();
    listen(window, "dragleave", move |event: DragEvent| {
        // From one part of the page to another it only seems to leave.
        if event.related_target().is_none() {
            let _ = left.remove_attribute("data-drop");
        }
    })
    .forget();
    let handle = app.clone();
    listen(window, "drop", move |event: DragEvent| {
        let _ = root.remove_attribute("data-drop");
        if !brings_files(&event) {
            return;
        }
        event.prevent_default();
        let files = event.data_transfer().and_then(|data| data.files());
        if let Some(file) = files.and_then(|files| files.get(0)) {
            handle.with(|app| app.open_recording(Source::Blob(file.into()), None));
        }
    })
    .forget();
}

fn brings_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|data| data.types());
    types.is_some_and(|types: Array| types.includes(&"Files".into(), 0))
}
