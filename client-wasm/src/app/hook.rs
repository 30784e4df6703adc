//! `window.__scenecast`: what tests may know.
//!
//! * `digest()`: the state's digest, as 16 hexadecimal digits.
//! * `stats()`: an object with `status` (title and detail of the notice), `connected`, `version`,
//!   `nodes`, `frames` (pictures drawn so far), `drawCalls`, `instances`, `messages` (applied so
//!   far), `frameBytes` (what frames of sequences take), `lateTracks` (nodes whose frame is not here
//!   yet), `lastError`, and `camera` (`position`, `lookAt`, `up`, `wxyz`, `fov`, all in the
//!   scene's world).
//!
//! Nothing here changes anything. It is no interface for programs: it may change at any time.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::Window;

use super::{App, Handle};

pub(super) fn install(window: &Window, app: &Handle) {
    let hook = Object::new();
    let handle = app.clone();
    let digest = Closure::<dyn FnMut() -> JsValue>::new(move || {
        handle.read(|app| format!("{:016x}", app.state.digest()).into())
    });
    set(&hook, "digest", digest.into_js_value());
    let handle = app.clone();
    let stats = Closure::<dyn FnMut() -> JsValue>::new(move || handle.read(stats));
    set(&hook, "stats", stats.into_js_value());
    set(window, "__scenecast", hook);
}

fn stats(app: &App) -> JsValue {
    let notice = app.notice();
    let stats = Object::new();
    set(
        &stats,
        "status",
        format!("{} {}", notice.title, notice.detail).trim_end(),
    );
    set(&stats, "connected", app.dialer.is_open());
    set(&stats, "version", env!("CARGO_PKG_VERSION"));
    set(&stats, "nodes", app.state.scene.len() as u32);
    set(&stats, "frames", app.canvas.frames);
    set(&stats, "drawCalls", app.canvas.stats.draw_calls);
    set(&stats, "instances", app.canvas.stats.instances);
    set(&stats, "messages", app.messages as f64);
    set(&stats, "frameBytes", app.sequences.used_bytes() as f64);
    set(&stats, "lateTracks", app.sequences.late_tracks() as u32);
    set(&stats, "lastError", app.journal.last.as_str());
    set(&stats, "camera", camera_report(app));
    stats.into()
}

/// The camera in the scene's world, as programs see it.
pub(super) fn camera_report(app: &App) -> JsValue {
    let viewport = app.canvas.viewport();
    let report = app.camera.report(viewport.width, viewport.height);
    let camera = Object::new();
    set(&camera, "position", list(&report.position));
    set(&camera, "lookAt", list(&report.look_at));
    set(&camera, "up", list(&report.up_direction));
    set(&camera, "wxyz", list(&report.wxyz.0));
    set(&camera, "fov", report.fov);
    set(&camera, "near", report.near);
    set(&camera, "far", report.far);
    camera.into()
}

fn list(numbers: &[f64]) -> Array {
    numbers
        .iter()
        .map(|number| JsValue::from(*number))
        .collect()
}

pub(super) fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    // Plain objects and the window take any property.
    let _ = Reflect::set(object, &name.into(), &value.into());
}
