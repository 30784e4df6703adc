//! Folders and forms.

use leptos::prelude::*;

use super::container;
use crate::gui::element::{Element, prop};

pub(super) fn view(element: Element) -> AnyView {
    let label = move || prop!(element, Folder.label);
    view! {
        <fieldset class="folder">
            <legend>{label}{move || element.is_dirty().then_some(" *")}</legend>
            {container(&element.uuid(), element.depth + 1)}
        </fieldset>
    }
    .into_any()
}
