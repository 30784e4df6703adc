//! A field for one number.

use std::time::Duration;

use scenecast_dom::*;
use web_sys::{HtmlInputElement, KeyboardEvent, PointerEvent};

use crate::gui::element::Element;
use crate::gui::number_text;
use crate::url_params::number;

/// What a field shows and does.
#[derive(Clone)]
pub(super) struct NumberBox {
    /// What it is part of.
    pub(super) element: Element,
    /// Its identifier, for a label.
    pub(super) id: Option<String>,
    /// Its name, where no label gives one.
    pub(super) name: Signal<Option<String>>,
    /// It has buttons that step up and down.
    pub(super) has_steppers: bool,
    pub(super) value: Signal<f64>,
    /// The same, [calm](crate::gui::calm): what stands in it.
    pub(super) shown: Signal<f64>,
    pub(super) decimals: Signal<usize>,
    pub(super) step: Signal<f64>,
    pub(super) min: Signal<Option<f64>>,
    pub(super) max: Signal<Option<f64>>,
    pub(super) is_disabled: Signal<bool>,
    /// The identifier of what describes it.
    pub(super) described_by: Signal<Option<String>>,
    /// The user has put in another value, within the bounds.
    pub(super) edited: Callback<f64>,
}

/// The parts that its event handlers need, to be copied into them.
#[derive(Clone, Copy)]
struct Field {
    element: Element,
    node: NodeRef<web_sys::HtmlInputElement>,
    value: Signal<f64>,
    shown: Signal<f64>,
    decimals: Signal<usize>,
    step: Signal<f64>,
    min: Signal<Option<f64>>,
    max: Signal<Option<f64>>,
    edited: Callback<f64>,
    /// The timer of a stepper that is held.
    stepping: StoredValue<Option<Timeout>>,
    /// What stands in the field is no value, or none that is allowed, but may become one.
    is_unfinished: StoredValue<bool>,
}

/// A text field that takes only what may become a number. What is no number yet, or outside of
/// the bounds, is not sent; when the user leaves the field it becomes the closest that is.
pub(super) fn number_box(what: NumberBox) -> View {
    let field = Field {
        element: what.element,
        node: NodeRef::new(),
        value: what.value,
        shown: what.shown,
        decimals: what.decimals,
        step: what.step,
        min: what.min,
        max: what.max,
        edited: what.edited,
        stepping: StoredValue::new(None),
        is_unfinished: StoredValue::new(false),
    };
    let is_disabled = what.is_disabled;
    effect(move || field.show());
    effect(move || {
        if is_disabled.get() {
            field.stop();
        }
    });
    on_cleanup(move || field.stop());
    let stepper = move |is_up: bool| {
        let press = move |event: PointerEvent| {
            // The field keeps the keyboard.
            event.prevent_default();
            if event.button() == 0 {
                field.step_and_go_on(is_up, 0);
            }
        };
        view! {
            <button
                type="button"
                tabindex="-1"
                aria-hidden="true"
                class=if is_up { "up" } else { "down" }
                disabled=move || is_disabled.get()
                on:pointerdown=press
                on:pointerup=move |_| field.stop()
                on:pointerleave=move |_| field.stop()
                on:pointercancel=move |_| field.stop()
            />
        }
    };
    let steppers = what.has_steppers.then(|| {
        view! { <span class="steppers">{stepper(true)}{stepper(false)}</span> }
    });
    view! {
        <span class="number">
            <input
                type="text"
                inputmode="decimal"
                role="spinbutton"
                class="field"
                autocomplete="off"
                id=what.id
                node_ref=field.node
                aria-label=move || what.name.get()
                aria-describedby=move || what.described_by.get()
                aria-valuenow=field.shown
                aria-valuemin=move || field.min.get()
                aria-valuemax=move || field.max.get()
                disabled=move || is_disabled.get()
                on:input=move |_| field.typed()
                on:keydown=move |event| field.key(&event)
                on:blur=move |_| field.commit()
            />
            {steppers}
        </span>
    }
}

impl Field {
    /// Writes the value into the field, unless what stands there means it already.
    fn show(self) {
        let (value, decimals) = (self.shown.get(), self.decimals.get());
        if let Some(input) = self.node.get()
            && !self.is_unfinished.get_value()
        {
            let text = number_text::format(value, decimals);
            if input.value() != text
                && !(is_focused(&input) && number(&input.value()) == Some(value))
            {
                input.set_value(&text);
            }
        }
    }

    fn typed(self) {
        let Some(input) = self.node.get_untracked() else {
            return;
        };
        let text = input.value();
        let clean = number_text::clean(&text, self.decimals.get_untracked());
        if clean != text {
            input.set_value(&clean);
        }
        match number(&clean) {
            Some(value) if self.within(value) == value => {
                self.let_go();
                self.edited.run(value);
            }
            _ => {
                self.is_unfinished.set_value(true);
                self.element.hold(true);
            }
        }
    }

    fn key(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowUp" => self.step_once(true),
            "ArrowDown" => self.step_once(false),
            "Enter" => return self.commit(),
            _ => return self.element.touch(),
        }
        event.prevent_default();
    }

    /// What is in the field becomes the value.
    fn commit(self) {
        if !self.element.is_there() {
            return;
        }
        let Some(input) = self.node.get_untracked() else {
            return;
        };
        let known = self.value.get_untracked();
        let decimals = self.decimals.get_untracked();
        let text = input.value();
        let mut value = known;
        if text != number_text::format(known, decimals)
            && let Some(typed) = number(&text)
        {
            value = self.within(typed);
            if value != known {
                self.edited.run(value);
            }
        }
        self.let_go();
        input.set_value(&number_text::format(value, decimals));
    }

    fn let_go(self) {
        self.is_unfinished.set_value(false);
        self.element.hold(false);
    }

    fn within(self, value: f64) -> f64 {
        number_text::clamp(value, self.min.get_untracked(), self.max.get_untracked())
    }

    fn step_once(self, is_up: bool) {
        let Some(input) = self.node.get_untracked() else {
            return;
        };
        let from = number(&input.value()).unwrap_or(self.value.get_untracked());
        let step = self.step.get_untracked();
        let decimals = self.decimals.get_untracked();
        let to = number_text::round(from + if is_up { step } else { -step }, decimals);
        let value = self.within(to);
        self.let_go();
        if value != self.value.get_untracked() {
            self.edited.run(value);
        }
        input.set_value(&number_text::format(value, decimals));
    }

    /// Steps, and goes on faster and faster until it is told to stop.
    fn step_and_go_on(self, is_up: bool, steps: u32) {
        self.step_once(is_up);
        let delay_ms = match steps {
            0 => 500,
            steps => (1000 / (steps * steps)).max(25),
        };
        let again = move || self.step_and_go_on(is_up, steps.saturating_add(1).min(100));
        let timer = after(Duration::from_millis(delay_ms.into()), again);
        self.stepping.set_value(Some(timer));
    }

    fn stop(self) {
        if let Some(timer) = self.stepping.try_update_value(Option::take).flatten() {
            timer.cancel();
        }
    }
}

fn is_focused(input: &HtmlInputElement) -> bool {
    document()
        .active_element()
        .is_some_and(|active| active == ***input)
}
