//! What users set about the page itself.

use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, Url, Window};

use scenecast_protocol::Message;

use super::App;
use super::downloads::link_to;
use super::overlay::Overlay;
use crate::camera::Motion;
use crate::url_params::{page_for_server, typed_server, without_token};

/// The name of a saved picture.
const PICTURE: &str = "render.png";

impl App {
    /// Connects to another server, and lets the page's address say so.
    pub(crate) fn set_server(&mut self, typed: &str) {
        let server = typed_server(typed);
        // What is shown has no token: who only looked at it keeps it.
        if server == without_token(&self.params.server) {
            return;
        }
        self.params.server = server;
        let href = self.window.location().href().unwrap_or_default();
        let address = page_for_server(&href, &self.params.server);
        if let Ok(history) = self.window.history() {
            // Pages without an address of their own, such as `about:srcdoc`, refuse it.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
        self.redial();
    }

    /// Connects anew, at once.
    pub(crate) fn redial(&mut self) {
        let abandoned = self.dialer.redial();
        let now_ms = self.now_ms();
        self.hang_up(now_ms);
        self.perform(abandoned);
        let page = self.gui.store.page;
        page.server.set(without_token(&self.params.server));
        self.dial(now_ms);
        self.plan(now_ms);
    }

    /// Where this page is, and its server.
    pub(crate) fn whereabouts(&self) -> (Window, String) {
        (self.window.clone(), self.params.server.clone())
    }

    /// What draws, as the browser calls it.
    pub(crate) fn graphics(&self) -> Option<String> {
        self.canvas.graphics()
    }

    /// Changes what is known of the GUI as the server does it.
    pub(crate) fn tell_gui(&mut self, message: &Message) {
        if let Err(error) = self.state.apply(message) {
            self.journal.warn(&error.to_string());
        }
        self.request_frame();
    }

    /// Saves what the canvas shows, with nothing behind it.
    pub(crate) fn save_canvas(&mut self) {
        let document = self.document.clone();
        let handle = self.handle.clone();
        let done = Closure::once_into_js(move |blob: Option<Blob>| {
            let saved = blob
                .ok_or(JsValue::NULL)
                .and_then(|blob| save(&document, &blob));
            if saved.is_err() {
                handle.ask(|app| app.journal.complain("the canvas could not be saved"));
            }
        });
        let now_ms = self.now_ms();
        // Browsers empty the canvas after it was shown: it is read in the turn that draws it.
        self.canvas.redraw();
        self.draw(now_ms);
        if let Err(error) = self.canvas.to_blob(done.unchecked_ref::<Function>()) {
            self.journal.complain(&super::describe(&error));
        }
    }

    /// Lets the camera go to its start.
    pub(crate) fn reset_view(&mut self) {
        self.camera.reset(Motion::Eased);
        self.request_frame();
    }

    /// Shows or hides the gizmo at the point that the camera orbits.
    pub(crate) fn show_orbit_tool(&mut self, is_shown: bool) {
        self.interaction.show_orbit_tool(is_shown);
        self.gui.store.page.shows_orbit_tool.set(is_shown);
        self.redraw();
    }

    /// Marks that point while it moves, or does not.
    pub(crate) fn show_crosshair(&mut self, is_shown: bool) {
        self.shows_crosshair = is_shown;
        self.gui.store.page.shows_crosshair.set(is_shown);
        self.redraw();
    }

    /// Shows or hides numbers about drawing.
    pub(crate) fn show_stats(&mut self, is_shown: bool) {
        match is_shown {
            true => self.overlay = Overlay::new(&self.document),
            false => self.overlay.take().into_iter().for_each(Overlay::hide),
        }
        self.gui.store.page.shows_stats.set(is_shown);
        self.redraw();
    }

    /// Writes the camera to the console when it moves, or does not.
    pub(crate) fn log_camera(&mut self, is_logged: bool) {
        self.params.log_camera = is_logged;
        self.gui.store.page.logs_camera.set(is_logged);
        self.last_report = None;
        self.request_frame();
    }

    /// Sets the pixels of the canvas for each CSS pixel; `None` for what the screen has.
    pub(crate) fn set_pixel_ratio(&mut self, ratio: Option<f64>) {
        self.canvas.set_pixel_ratio(ratio);
        self.gui.store.page.fixed_dpr.set(ratio);
        self.redraw();
    }

    fn redraw(&mut self) {
        self.canvas.redraw();
        self.request_frame();
    }
}

/// Lets the browser save a picture.
fn save(document: &web_sys::Document, blob: &Blob) -> Result<(), JsValue> {
    let (link, url) = link_to(document, blob, PICTURE)?;
    link.click();
    Url::revoke_object_url(&url)
}
