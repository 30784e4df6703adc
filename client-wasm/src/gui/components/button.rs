//! Buttons.

use leptos::prelude::*;
use scenecast_protocol::Value;

use crate::gui::element::Element;

pub(super) fn view(element: Element) -> AnyView {
    view! {
        <div class="row">
            <button
                type="button"
                class="button"
                disabled=move || element.is_disabled()
                on:click=move |_| element.actions.click(&element.uuid(), Value::Bool(true))
            >
                {move || element.label()}
            </button>
        </div>
    }
    .into_any()
}
