//! Images.

use std::sync::Arc;

use js_sys::{Array, Uint8Array};
use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlImageElement, Url};

use crate::gui::element::{Element, prop};
use crate::gui::zoom::zoomable;

/// The dialog is as wide as the image, at least this wide, and at most nine tenths of the page.
const MIN_DIALOG_PX: u32 = 880;

pub(super) fn view(element: Element) -> View {
    let address = RwSignal::new(String::new());
    let width = RwSignal::new(0);
    let encoded = Memo::new(move || (prop!(element, Image.data), prop!(element, Image.format)));
    effect(move || {
        let (data, format) = encoded.get();
        let next = data.and_then(|data| object_url(&data, format.as_str()));
        revoke(&address.get_untracked());
        address.set(next.unwrap_or_default());
    });
    on_cleanup(move || revoke(&address.get_untracked()));
    let label = move || prop!(element, Image.label).unwrap_or_default();
    let figure = move || {
        view! {
            <img
                src=move || address.get()
                alt=label
                on:load=move |event| width.set(natural_width(&event))
            />
        }
    };
    let style =
        Signal::derive(move || format!("width: min(90vw, {}px)", width.get().max(MIN_DIALOG_PX)));
    let shown = zoomable(label, style, Arc::new(figure));
    view! {
        <div class="image" hidden=move || address.with(String::is_empty)>
            <p hidden=move || label().is_empty()>{label}</p>
            {shown}
        </div>
    }
}

fn natural_width(event: &web_sys::Event) -> u32 {
    let image = event
        .current_target()
        .and_then(|image| image.dyn_into::<HtmlImageElement>().ok());
    image.map_or(0, |image| image.natural_width())
}

/// An address for bytes in the browser's memory.
fn object_url(bytes: &[u8], format: &str) -> Option<String> {
    let options = BlobPropertyBag::new();
    options.set_type(&format!("image/{format}"));
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Url::create_object_url_with_blob(&blob).ok()
}

fn revoke(address: &str) {
    if !address.is_empty() {
        // It cannot fail: the address is one of ours.
        let _ = Url::revoke_object_url(address);
    }
}
