//! Checkboxes.

use scenecast_dom::*;
use scenecast_protocol::Value;

use super::row::{described_by, row};
use crate::gui::element::{Element, value};

pub(super) fn view(element: Element) -> View {
    let input = view! {
        <input
            type="checkbox"
            id=element.id("input")
            aria-describedby=described_by(element)
            disabled=move || element.is_disabled()
            prop:checked=move || value!(element, Checkbox)
            on:change=move |event| element.edit(Value::Bool(event_target_checked(&event)))
        />
    };
    row(element, input)
}
