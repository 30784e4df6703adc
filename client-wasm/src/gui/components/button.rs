//! Buttons.

use std::time::Duration;

use scenecast_dom::*;
use scenecast_protocol::Value;
use scenecast_protocol::gui::GuiButtonHold;
use web_sys::PointerEvent;

use crate::gui::color;
use crate::gui::element::{Element, capture, prop};
use crate::gui::icon::icon;

pub(super) fn view(element: Element) -> View {
    let holds: StoredValue<Vec<Interval>> = StoredValue::new(Vec::new());
    let release = move || {
        holds.set_value(Vec::new());
    };
    let press = move |event: PointerEvent| {
        if event.button() == 0 && !element.is_disabled() {
            release();
            capture(&event);
            holds.set_value(hold(element));
        }
    };
    // Nobody holds a button that can not be pressed any more, or that is gone.
    effect(move || {
        if element.is_disabled() {
            release();
        }
    });
    on_cleanup(release);
    let style = move || {
        prop!(element, Button.color).map(|color| {
            let (back, text) = color::filled(color);
            format!("--fill:{};--on-fill:{}", color::hex(back), color::hex(text))
        })
    };
    view! {
        <div class="row">
            <button
                type="button"
                class="button"
                style=style
                disabled=move || element.is_disabled()
                on:click=move |_| element.actions.click(&element.uuid(), Value::Bool(true))
                on:pointerdown=press
                on:lostpointercapture=move |_| release()
            >
                {icon(move || prop!(element, Button.icon_html))}
                {move || element.label()}
            </button>
        </div>
    }
}

/// Tells the server at once, and from then on at each rate that it wants, that the button is held.
fn hold(element: Element) -> Vec<Interval> {
    let rates = element.component();
    let rates = match &*rates {
        scenecast_protocol::gui::Component::Button(props, _) => &props.hold_callback_freqs,
        _ => return Vec::new(),
    };
    let valid = rates.iter().filter(|rate| rate.is_finite() && **rate > 0.0);
    let start = |&frequency: &f64| {
        let uuid = element.uuid();
        let tell = move || {
            let uuid = uuid.clone();
            element.actions.send(&GuiButtonHold { uuid, frequency });
        };
        tell();
        every(Duration::from_secs_f64(1.0 / frequency), tell)
    };
    valid.map(start).collect()
}
