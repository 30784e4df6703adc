//! Figures of Plotly's, where the page has Plotly.

use std::sync::Arc;

use js_sys::{JSON, Promise, Reflect};
use scenecast_dom::*;
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use super::measured::measured;
use crate::gui::element::{Element, prop};
use crate::gui::page_settings::page_settings;
use crate::gui::script::{Loading, script};
use crate::gui::zoom::zoomable;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Plotly, js_name = react, catch)]
    fn react(
        place: &HtmlElement,
        data: &JsValue,
        layout: &JsValue,
        config: &JsValue,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Plotly, js_name = purge, catch)]
    fn purge(place: &HtmlElement) -> Result<(), JsValue>;
}

/// What the place of a figure says.
const MISSING: &str = "This figure needs Plotly, which this page does not have. A server of \
    Scenecast's hands it out when it is told where it is: Builder::plotly_js(\"plotly.min.js\").";

pub(super) fn view(element: Element) -> View {
    let style = Signal::stored("width: min(90vw, 880px)".to_owned());
    zoomable(String::new, style, Arc::new(move || figure(element)))
}

fn figure(element: Element) -> View {
    let place = NodeRef::<web_sys::HtmlElement>::new();
    let width = measured(place);
    let trouble = RwSignal::new(None::<String>);
    let drawn = StoredValue::new(None::<HtmlElement>);
    effect(move || {
        let text = prop!(element, Plotly.plotly_json_str);
        let aspect = prop!(element, Plotly.aspect);
        let (width, Some(place)) = (width.get(), place.get()) else {
            return;
        };
        if text.is_empty() || width < 1.0 {
            return;
        }
        let said = match page_settings() {
            None => None,
            Some(settings) => match settings.plotly.map(|address| script(&address)) {
                None => Some(MISSING.to_owned()),
                Some(Loading::Begun) => None,
                Some(Loading::Failed) => Some("Plotly could not be loaded.".to_owned()),
                Some(Loading::Done) => {
                    let place: HtmlElement = (*place).clone().unchecked_into();
                    drawn.set_value(Some(place.clone()));
                    let outcome = draw(&place, &text, width, width * aspect);
                    let why = outcome.err().map(|error| crate::app::describe(&error));
                    why.map(|why| format!("This figure cannot be drawn: {why}"))
                }
            },
        };
        trouble.set(said);
    });
    on_cleanup(move || {
        // Plotly would keep its listeners and contexts.
        if let Some(place) = drawn.try_update_value(Option::take).flatten() {
            let _ = purge(&place);
        }
    });
    view! {
        <div class="plot" node_ref=place></div>
        <p class="trouble" role="note" hidden=move || trouble.with(Option::is_none)>
            {move || trouble.get()}
        </p>
    }
}

fn draw(place: &HtmlElement, text: &str, width: f64, height: f64) -> Result<(), JsValue> {
    let figure = JSON::parse(text)?;
    let get = |name: &str| Reflect::get(&figure, &name.into());
    let layout = match get("layout")? {
        layout if layout.is_object() => layout,
        _ => js_sys::Object::new().into(),
    };
    let set = |name: &str, value: JsValue| Reflect::set(&layout, &name.into(), &value);
    // Where the user looks stays while data comes.
    set("uirevision", "true".into())?;
    set("width", width.into())?;
    set("height", height.into())?;
    let promise = react(place, &get("data")?, &layout, &get("config")?)?;
    if let Ok(promise) = promise.dyn_into::<Promise>() {
        // What goes wrong later is Plotly's to say, and no reason to end the page.
        let ignore = Closure::once_into_js(|_: JsValue| ());
        let _ = Reflect::get(&promise, &"catch".into())?
            .dyn_into::<js_sys::Function>()?
            .call1(&promise, &ignore)?;
    }
    Ok(())
}
