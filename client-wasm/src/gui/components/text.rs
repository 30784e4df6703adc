//! Text fields.

use scenecast_dom::*;
use scenecast_protocol::Value;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, HtmlTextAreaElement, KeyboardEvent};

use super::row::{described_by, row};
use crate::gui::element::{Element, prop, value};

pub(super) fn view(element: Element) -> View {
    let is_multiline = Memo::new(move || prop!(element, Text.multiline));
    let field = move || match is_multiline.get() {
        true => area(element),
        false => line(element),
    };
    row(element, field.into_view())
}

fn line(element: Element) -> View {
    let node = NodeRef::<web_sys::HtmlInputElement>::new();
    show(element, move || node.get().map(JsCast::unchecked_into));
    view! {
        <input
            type="text"
            class="field"
            autocomplete="off"
            id=element.id("input")
            node_ref=node
            aria-describedby=described_by(element)
            disabled=move || element.is_disabled()
            on:input=move |event| edit(element, event_target_value(&event))
        />
    }
}

fn area(element: Element) -> View {
    let node = NodeRef::<web_sys::HtmlTextAreaElement>::new();
    show(element, move || node.get().map(JsCast::unchecked_into));
    // Enter makes a line here; with Ctrl or Cmd it submits, as it does in other fields.
    let submit = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            let area: Option<HtmlTextAreaElement> = event.target().and_then(|t| t.dyn_into().ok());
            if let Some(form) = area.and_then(|area| area.form()) {
                // It fails for forms that are not in the page only.
                let _ = form.request_submit();
            }
        }
    };
    view! {
        <textarea
            class="field"
            rows="2"
            id=element.id("input")
            node_ref=node
            aria-describedby=described_by(element)
            disabled=move || element.is_disabled()
            on:input=move |event| edit(element, event_target_value(&event))
            on:keydown=submit
        />
    }
}

fn edit(element: Element, text: String) {
    element.edit(Value::Str(text.into()));
}

/// Writes the value into a field, unless it stands there already: writing moves the caret.
fn show(element: Element, node: impl Fn() -> Option<HtmlElement> + 'static) {
    effect(move || {
        let text = value!(element, Text);
        let Some(node) = node() else {
            return;
        };
        if let Some(area) = node.dyn_ref::<HtmlTextAreaElement>() {
            if area.value() != text {
                area.set_value(&text);
            }
        } else {
            let input: &HtmlInputElement = node.unchecked_ref();
            if input.value() != text {
                input.set_value(&text);
            }
        }
    });
}
