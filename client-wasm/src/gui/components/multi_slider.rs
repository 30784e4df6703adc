//! Sliders with several thumbs.

use scenecast_dom::*;
use scenecast_protocol::Value;
use scenecast_protocol::gui::Component;
use web_sys::{KeyboardEvent, PointerEvent};

use super::row::group_row;
use super::slider::{marks, share};
use crate::gui::element::{Element, number, prop, value};
use crate::gui::multi_slider::Rules;
use crate::gui::number_text;

pub(super) fn view(element: Element) -> View {
    let track = NodeRef::<web_sys::HtmlElement>::new();
    // The thumb that a pointer has taken.
    let taken = RwSignal::new(None::<usize>);
    let value_at = move |event: &PointerEvent| {
        let place = track.get_untracked()?.get_bounding_client_rect();
        let rules = rules(&element.component());
        let share = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
        Some(rules.min + share.clamp(0.0, 1.0) * (rules.max - rules.min))
    };
    let set = move |index: usize, to: f64| {
        let component = element.component();
        let values = values(&component);
        let moved = rules(&component).moved(&values, index, to);
        if moved != values {
            element.edit(Value::List(moved.into_iter().map(number).collect()));
        }
    };
    let press = move |event: PointerEvent| {
        let component = element.component();
        let is_refused = component.input().is_some_and(|input| input.disabled);
        if event.button() != 0 || is_refused {
            return;
        }
        event.prevent_default();
        let (Some(node), Some(to)) = (track.get_untracked(), value_at(&event)) else {
            return;
        };
        if let Some(index) = rules(&component).closest(&values(&component), to) {
            element.grab(&event);
            taken.set(Some(index));
            focus_thumb(&node, index);
            set(index, to);
        }
    };
    let drag = move |event: PointerEvent| {
        if let (Some(index), Some(to)) = (taken.get_untracked(), value_at(&event)) {
            set(index, to);
        }
    };
    let drop = move |_| {
        if element.is_there() {
            taken.set(None);
            element.hold(false);
        }
    };
    let count = Memo::new(move || value!(element, MultiSlider).len());
    let thumb = move |index: usize| {
        let at = move || {
            value!(element, MultiSlider)
                .get(index)
                .copied()
                .unwrap_or_default()
        };
        let min = move || prop!(element, MultiSlider.min);
        let max = move || prop!(element, MultiSlider.max);
        let is_taken = move || taken.get() == Some(index);
        let bubble = move || {
            let decimals = move || prop!(element, MultiSlider.precision).max(0) as usize;
            let text = move || number_text::format(at(), decimals());
            view! { <output class="thumb-value" aria-hidden="true">{text}</output> }
        };
        let place = move || {
            let share = share(at(), min(), max());
            format!("calc({share:.4} * (100% - var(--thumb)))")
        };
        let key = move |event: KeyboardEvent| {
            let component = element.component();
            let Rules { min, max, step, .. } = rules(&component);
            let value = values(&component).get(index).copied().unwrap_or_default();
            let to = match event.key().as_str() {
                "ArrowRight" | "ArrowUp" => value + step,
                "ArrowLeft" | "ArrowDown" => value - step,
                "PageUp" => value + step * 10.0,
                "PageDown" => value - step * 10.0,
                "Home" => min,
                "End" => max,
                _ => return,
            };
            event.prevent_default();
            if !component.input().is_some_and(|input| input.disabled) {
                set(index, to);
            }
        };
        view! {
            <div
                class="thumb"
                role="slider"
                tabindex=move || if element.is_disabled() { "-1" } else { "0" }
                aria-label=format!("Thumb {}", index + 1)
                aria-valuenow=at
                aria-valuemin=min
                aria-valuemax=max
                aria-disabled=move || element.is_disabled().then_some("true")
                style:left=place
                on:keydown=key
            >
                {move || is_taken().then(bubble)}
            </div>
        }
    };
    let read_marks = move || {
        let min = prop!(element, MultiSlider.min);
        let max = prop!(element, MultiSlider.max);
        (prop!(element, MultiSlider.marks), min, max)
    };
    let slider = view! {
        <div
            class="slider multi"
            class:refused=move || element.is_disabled()
            node_ref=track
            on:pointerdown=press
            on:pointermove=drag
            on:lostpointercapture=drop
        >
            {move || (0..count.get()).map(thumb).collect::<Vec<_>>()}
            {marks(read_marks, None)}
        </div>
    };
    group_row(element, slider)
}

fn rules(component: &Component) -> Rules {
    match component {
        Component::MultiSlider(props, _) => Rules {
            min: props.min,
            max: props.max,
            step: props.step,
            min_range: props.min_range.unwrap_or(props.step),
            has_fixed_ends: props.fixed_endpoints,
        },
        _ => Rules::default(),
    }
}

fn values(component: &Component) -> Vec<f64> {
    match component {
        Component::MultiSlider(_, values) => values.clone(),
        _ => Vec::new(),
    }
}

fn focus_thumb(track: &web_sys::HtmlElement, index: usize) {
    use wasm_bindgen::JsCast;
    let thumb = track.children().item(index as u32);
    if let Some(thumb) = thumb.and_then(|thumb| thumb.dyn_into::<web_sys::HtmlElement>().ok()) {
        // What is in the page can have the keyboard.
        let _ = thumb.focus();
    }
}
