//! What the server of the page lets it do. It never comes in a message: the page asks for the file
//! `page.json` beside it, when something is to be shown that depends on it.

use std::cell::RefCell;

use js_sys::futures::spawn_local;
use js_sys::{JSON, Reflect};
use scenecast_dom::*;
use wasm_bindgen::prelude::*;

use crate::app::inquiry::get;

const FILE: &str = "./page.json";

/// The settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PageSettings {
    /// HTML of the server that serves the page is shown as it is.
    pub(crate) trusts_html: bool,
    /// Where Plotly is, beside the page.
    pub(crate) plotly: Option<String>,
}

thread_local! {
    static SETTINGS: RefCell<Option<RcSignal<Option<PageSettings>>>> = const { RefCell::new(None) };
}

/// The settings; `None` until they are there. Whoever calls it hears of them.
pub(crate) fn page_settings() -> Option<PageSettings> {
    let settings = SETTINGS.with_borrow_mut(|known| {
        known
            .get_or_insert_with(|| {
                let settings = RcSignal::new(None);
                let there = settings.clone();
                // Without the file nothing is allowed.
                spawn_local(async move { there.set(Some(ask().await.unwrap_or_default())) });
                settings
            })
            .clone()
    });
    settings.get()
}

async fn ask() -> Result<PageSettings, JsValue> {
    let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
    let (status, text) = get(&window, FILE).await?;
    if status != 200 {
        return Ok(PageSettings::default());
    }
    let settings = JSON::parse(&text)?;
    let setting = |name: &str| Reflect::get(&settings, &name.into());
    Ok(PageSettings {
        trusts_html: setting("trustHtml")?.as_bool() == Some(true),
        plotly: setting("plotly")?.as_string(),
    })
}
