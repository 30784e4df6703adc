//! Folders and forms.

use scenecast_dom::*;
use scenecast_protocol::gui::{Component, GuiFormSubmit};

use super::container;
use crate::gui::element::Element;
use crate::gui::popup::tooltip;
use crate::gui::store::Store;

pub(super) fn folder(element: Element) -> View {
    frame(element, container(&element.uuid(), element.depth + 1))
}

/// A form. Enter in a field submits it; edits make it dirty, which the app finds by itself.
pub(super) fn form(element: Element) -> View {
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let uuid = element.uuid();
        element.actions.send(&GuiFormSubmit { uuid });
    };
    // Without a button to submit with, browsers submit forms with a single field only.
    let content = view! {
        <form on:submit=submit>
            {container(&element.uuid(), element.depth + 1)}
            <button type="submit" hidden tabindex="-1" />
        </form>
    };
    frame(element, content)
}

/// The frame around what is in a folder. What is in a closed one stays in the page.
fn frame(element: Element, content: View) -> View {
    let props = move |component: &Component| match component {
        Component::Folder(props) | Component::Form(props) => props.clone(),
        _ => Default::default(),
    };
    let label = Memo::new(move || element.read("label", props).label);
    let is_open = RwSignal::new(props(&element.component()).expand_by_default);
    let children = expect_context::<Store>().children(&element.uuid());
    let is_empty = Memo::new(move || children.with(|value| value.is_empty()));
    let has_frame = move || label.get().is_some();
    let mark = move || {
        element.is_dirty().then(|| {
            let text = || Some("Contains unsubmitted changes.".to_owned());
            view! {
                <span class="dirty hinted">
                    <span aria-hidden="true">" *"</span>
                    <span class="hidden">"Unsubmitted changes"</span>
                    {tooltip(element.id("dirty"), text)}
                </span>
            }
        })
    };
    let heading = view! {
        <div class="folder-heading" hidden=move || !has_frame()>
            <button
                type="button"
                id=element.id("heading")
                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                aria-controls=element.id("content")
                class:empty=move || is_empty.get()
                on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
            >
                {move || label.get()}
            </button>
            {mark}
        </div>
    };
    view! {
        <div
            role="group"
            aria-labelledby=move || has_frame().then(|| element.id("heading"))
            class:folder=has_frame
        >
            {heading}
            <div
                id=element.id("content")
                class="folder-content"
                hidden=move || has_frame() && !is_open.get()
            >
                {content}
            </div>
        </div>
    }
}
