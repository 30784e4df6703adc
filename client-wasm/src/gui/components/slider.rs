//! Sliders.

use leptos::prelude::*;

use super::row::row;
use crate::gui::element::{Element, number, prop, value};

pub(super) fn view(element: Element) -> AnyView {
    let edited = move |event| {
        if let Some(value) = crate::url_params::number(&event_target_value(&event)) {
            element.edit(number(value));
        }
    };
    let input = view! {
        <input
            type="range"
            id=element.id("input")
            min=move || prop!(element, Slider.min)
            max=move || prop!(element, Slider.max)
            step=move || prop!(element, Slider.step)
            disabled=move || element.is_disabled()
            prop:value=move || value!(element, Slider)
            on:input=edited
            on:pointerdown=move |_| element.hold(true)
            on:pointerup=move |_| element.hold(false)
            on:pointercancel=move |_| element.hold(false)
            on:keydown=move |_| element.touch()
        />
    };
    row(element, input.into_any())
}
