//! The same interface for a page that shows this one in a frame, or opened it: by `postMessage`.
//! The messages, and who is trusted with what, are documented in `docs/embedding.md`.

use js_sys::futures::{JsFuture, spawn_local};
use js_sys::{Array, Object, Promise};
use scenecast_dom::listen;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Window};

use super::api::{call, property};
use super::hook::set;
use super::{Handle, describe};

/// Who wants to hear of events.
#[derive(Default)]
pub(super) struct Peers(Vec<(Peer, &'static str)>);

/// A window that has sent us something, and its origin.
#[derive(Clone)]
pub(super) struct Peer {
    window: Window,
    origin: String,
}

/// Events that one can listen to.
const EVENTS: [&str; 2] = ["state", "time"];

impl Peers {
    pub(super) fn listening_to(&self, event: &str) -> Vec<Peer> {
        let listening = self.0.iter().filter(|(_, name)| *name == event);
        listening.map(|(peer, _)| peer.clone()).collect()
    }

    fn change(&mut self, peer: &Peer, event: &'static str, is_on: bool) {
        // There are two at most: who frames us, and who opened us.
        self.0
            .retain(|(old, name)| !(Object::is(&old.window, &peer.window) && *name == event));
        if is_on {
            self.0.push((peer.clone(), event));
        }
    }
}

impl Peer {
    pub(super) fn tell(&self, event: &str, detail: &JsValue) {
        let message = Object::new();
        set(&message, "scenecast", "event");
        set(&message, "event", event);
        set(&message, "detail", detail);
        self.post(&message);
    }

    fn post(&self, message: &Object) {
        // Files and pages without an address have no origin that could be named.
        let origin = match self.origin.as_str() {
            "null" | "" => "*",
            origin => origin,
        };
        // It fails where the other page is another by now, and then it is not meant.
        let _ = self.window.post_message(message, origin);
    }

    fn reply(&self, id: &JsValue, outcome: Result<JsValue, JsValue>) {
        let message = Object::new();
        set(&message, "scenecast", "reply");
        set(&message, "id", id);
        match outcome {
            Ok(result) => set(&message, "result", result),
            Err(error) => set(&message, "error", describe(&error)),
        }
        self.post(&message);
    }
}

/// Answers whoever frames or opened this page, and tells them that it is there.
pub(super) fn attach(window: &Window, app: &Handle) {
    let parent = window.parent().ok().flatten();
    let parent = parent.filter(|parent| !Object::is(parent, window));
    let opener = window.opener().ok().filter(|opener| opener.is_object());
    let opener = opener.map(|opener| opener.unchecked_into::<Window>());
    let known: Vec<Window> = parent.into_iter().chain(opener).collect();
    if known.is_empty() {
        return;
    }
    let (handle, expected) = (app.clone(), known.clone());
    listen(window, "message", move |event: MessageEvent| {
        let source = event.source();
        let source = source.filter(|s| expected.iter().any(|known| Object::is(known, s)));
        if let Some(window) = source
            && property(&event.data(), "scenecast").as_string().as_deref() == Some("call")
        {
            let peer = Peer {
                window: window.unchecked_into(),
                origin: event.origin(),
            };
            answer(&handle, peer, &event.data());
        }
    })
    .forget();
    let ready = Object::new();
    set(&ready, "scenecast", "ready");
    set(&ready, "version", env!("CARGO_PKG_VERSION"));
    for window in known {
        // It says nothing that is not for everybody.
        let _ = window.post_message(&ready, "*");
    }
}

fn answer(app: &Handle, peer: Peer, request: &JsValue) {
    let id = property(request, "id");
    let method = property(request, "method").as_string().unwrap_or_default();
    let arguments = property(request, "args");
    let argument = match arguments.dyn_ref::<Array>() {
        Some(arguments) => arguments.get(0),
        None => JsValue::UNDEFINED,
    };
    let outcome = match method.as_str() {
        "on" | "off" => {
            let name = argument.as_string().unwrap_or_default();
            match EVENTS.iter().find(|event| **event == name) {
                Some(event) => {
                    app.with(|app| app.api.peers.change(&peer, event, method == "on"));
                    Ok(JsValue::UNDEFINED)
                }
                None => Err(js_sys::Error::new(&format!("there is no event {name:?}")).into()),
            }
        }
        "state" => Ok(app.read(super::App::api_state)),
        "camera" => Ok(app.read(super::hook::camera_report)),
        method => call(app, method, &argument),
    };
    spawn_local(async move {
        let outcome = match outcome {
            Ok(result) if result.is_instance_of::<Promise>() => {
                JsFuture::from(result.unchecked_into::<Promise>()).await
            }
            outcome => outcome,
        };
        peer.reply(&id, outcome);
    });
}
