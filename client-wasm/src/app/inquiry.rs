//! Asking a server by HTTP: why it refused a connection, and which version it is.

use js_sys::futures::{JsFuture, spawn_local};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{RequestInit, RequestMode, Response, Window};

use super::App;
use crate::connection::Explanation;
use crate::url_params::{about_server, serves_page, with_token};

/// What is said where a server answers, but not to pages from here.
const NOT_FROM_HERE: &str = "The server is there, but does not let pages of this address connect; \
                             allow them with --allow-origin or Builder::allow_origin.";

/// What is read of an answer, characters.
const MAX_ANSWER: u32 = 2000;

impl App {
    /// Asks why the attempt to connect of this generation failed.
    pub(super) fn inquire(&mut self, generation: u32) {
        let (handle, window) = (self.handle.clone(), self.window.clone());
        let address = about_server(&self.params.server);
        spawn_local(async move {
            let explanation = match get(&window, &address).await {
                Ok((status, text)) => Explanation::of(status, &text),
                Err(_) if is_there(&window, &address).await => {
                    Explanation::Refused(NOT_FROM_HERE.to_owned())
                }
                Err(_) => Explanation::None,
            };
            handle.ask(move |app| {
                app.dialer.explained(generation, explanation);
                let now_ms = app.now_ms();
                app.dial(now_ms);
                app.plan(now_ms);
            });
        });
    }

    /// Connects with this token. Where the server serves this page, the browser keeps it in a
    /// cookie, for the next time that the page is opened.
    pub(crate) fn enter_token(&mut self, token: &str) {
        self.params.server = with_token(&self.params.server, token);
        let href = self.window.location().href().unwrap_or_default();
        if serves_page(&href, &self.params.server) {
            let (window, server) = self.whereabouts();
            let page = format!("./{}", with_token("", token));
            spawn_local(async move {
                // Only with the right one: for a wrong one the browser would ask itself.
                if about(&window, &server).await.is_ok() {
                    // Where it fails, the token is asked for again, next time.
                    let _ = get(&window, &page).await;
                }
            });
        }
        self.redial();
    }
}

/// The JSON text in which a server says what it is.
///
/// # Errors
/// It does not say so, as viser's servers do not.
pub(crate) async fn about(window: &Window, server: &str) -> Result<String, JsValue> {
    match get(window, &about_server(server)).await? {
        (200, text) => Ok(text),
        _ => Err(JsValue::NULL),
    }
}

/// Whether something answers at an address, whatever it says.
async fn is_there(window: &Window, address: &str) -> bool {
    let options = RequestInit::new();
    options.set_mode(RequestMode::NoCors);
    let answer = window.fetch_with_str_and_init(address, &options);
    JsFuture::from(answer).await.is_ok()
}

/// Status code and text of what is at an address.
pub(crate) async fn get(window: &Window, address: &str) -> Result<(u16, String), JsValue> {
    let response = JsFuture::from(window.fetch_with_str(address)).await?;
    let response: Response = response.unchecked_into();
    let text = JsFuture::from(response.text()?).await?;
    let text: js_sys::JsString = text.unchecked_into();
    Ok((response.status(), text.slice(0, MAX_ANSWER).into()))
}
