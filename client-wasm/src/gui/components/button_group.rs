//! Buttons in a row.

use scenecast_dom::*;
use scenecast_protocol::Value;

use super::row::group_row;
use crate::gui::element::{Element, prop};

pub(super) fn view(element: Element) -> View {
    let button = move |option: String| {
        let text = option.clone();
        let click = move |_| {
            let option = Value::Str(option.clone().into());
            element.actions.click(&element.uuid(), option);
        };
        view! {
            <button
                type="button"
                class="option"
                disabled=move || element.is_disabled()
                on:click=click
            >
                {text}
            </button>
        }
    };
    let options = Memo::new(move || prop!(element, ButtonGroup.options));
    let buttons = move || options.get().into_iter().map(button).collect::<Vec<_>>();
    group_row(element, view! { <div class="options">{buttons}</div> })
}
