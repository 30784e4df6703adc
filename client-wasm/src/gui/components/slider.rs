//! Sliders.

use scenecast_dom::*;
use scenecast_protocol::gui::SliderMark;

use super::number_box::{NumberBox, number_box};
use super::row::{described_by, row};
use crate::gui::calm::calm;
use crate::gui::element::{Element, number, prop, value};
use crate::gui::number_text;

pub(super) fn view(element: Element) -> View {
    let edited = move |event| {
        if let Some(value) = crate::url_params::number(&event_target_value(&event)) {
            element.edit(number(value));
        }
    };
    let min = Signal::derive(move || prop!(element, Slider.min));
    let max = Signal::derive(move || prop!(element, Slider.max));
    let decimals = Signal::derive(move || prop!(element, Slider.precision).max(0) as usize);
    let value = Signal::derive(move || value!(element, Slider));
    let shown = calm(element, value);
    let share = move || share(value.get(), min.get(), max.get());
    let is_held = RwSignal::new(false);
    let hold = move |event| is_held.set(element.grab(&event));
    let let_go = move |_| {
        is_held.set(false);
        element.hold(false);
    };
    let node = NodeRef::<web_sys::HtmlInputElement>::new();
    // After the bounds: the browser keeps the value between those that it knows.
    effect(move || {
        let (value, ..) = (
            shown.get(),
            min.get(),
            max.get(),
            prop!(element, Slider.step),
        );
        if let Some(input) = node.get() {
            input.set_value_as_number(value);
        }
    });
    let [fill, shift] = [(); 2].map(|()| NodeRef::<web_sys::HtmlElement>::new());
    // One effect for both: fifty sliders may move with every picture.
    effect(move || {
        let share = share();
        let transforms = [
            (fill, format!("scaleX({share:.4})")),
            (shift, format!("translateX({:.2}%)", 100.0 * share)),
        ];
        for (node, transform) in transforms {
            if let Some(node) = node.get_untracked() {
                // A style can always be set.
                let _ = node.style().set_property("transform", &transform);
            }
        }
    });
    let bubble = move || {
        let place = move || format!("calc({:.4} * (100% - var(--thumb)))", share());
        let text = move || number_text::format(value.get(), decimals.get());
        view! { <output class="thumb-value" aria-hidden="true" style:left=place>{text}</output> }
    };
    // The input lies over what is drawn: its own thumb, which the browser can only move by laying
    // out the page again, is not seen.
    let track = view! {
        <div class="slider" class:refused=move || element.is_disabled()>
            <div class="fill" node_ref=fill />
            {marks(move || (prop!(element, Slider.marks), min.get(), max.get()), Some(shown))}
            <div class="shift" node_ref=shift />
            <input
                type="range"
                id=element.id("input")
                node_ref=node
                aria-describedby=described_by(element)
                min=move || min.get()
                max=move || max.get()
                step=move || prop!(element, Slider.step)
                disabled=move || element.is_disabled()
                on:input=edited
                on:pointerdown=hold
                on:lostpointercapture=let_go
                on:keydown=move |_| element.touch()
            />
            {move || is_held.get().then(bubble)}
        </div>
    };
    let companion = number_box(NumberBox {
        element,
        id: None,
        name: Signal::derive(move || Some(format!("Value of {}", element.label()))),
        has_steppers: false,
        value,
        shown,
        decimals,
        step: Signal::derive(move || prop!(element, Slider.step)),
        min: Signal::derive(move || Some(min.get())),
        max: Signal::derive(move || Some(max.get())),
        is_disabled: Signal::derive(|| false),
        described_by: Signal::derive(|| None),
        edited: Callback::new(move |value| element.edit(number(value))),
    });
    let parts = view! { {track} <span class="companion">{companion}</span> };
    row(element, parts)
}

/// How far along a track a value is, between 0 and 1.
pub(super) fn share(value: f64, min: f64, max: f64) -> f64 {
    match max > min {
        true => ((value - min) / (max - min)).clamp(0.0, 1.0),
        false => 0.0,
    }
}

/// Marks on a track from a least to a greatest value; without any, at both ends. They show which
/// of them the value has passed, if there is one.
pub(super) fn marks(
    read: impl Fn() -> (Option<Vec<SliderMark>>, f64, f64) + 'static,
    value: Option<Signal<f64>>,
) -> View {
    let what = Memo::new(read);
    let marks = move || {
        let (marks, min, max) = what.get();
        let marks = marks.unwrap_or_else(|| {
            let mark = |value| SliderMark {
                value,
                label: Some(number_text::format(value, 6)),
            };
            vec![mark(min), mark(max)]
        });
        let shown = marks
            .into_iter()
            .filter(|mark| (min..=max).contains(&mark.value));
        let mark = |mark: SliderMark| {
            let style = format!("--at:{:.4}", share(mark.value, min, max));
            let is_passed = move || value.is_some_and(|value| mark.value <= value.get());
            view! { <span class="mark" class:passed=is_passed style=style>{mark.label}</span> }
        };
        shown.map(mark).collect::<Vec<_>>()
    };
    view! { <div class="marks" aria-hidden="true">{marks}</div> }
}
