//! An input with its label beside it.

use leptos::prelude::*;

use crate::gui::element::Element;

/// Width of labels outside of folders, in em, and what each folder takes of it.
const LABEL_EM: f64 = 7.25;
const FOLDER_EM: f64 = 0.6375;

/// The row of an input whose element has the identifier `element.id("input")`.
pub(super) fn row(element: Element, input: AnyView) -> AnyView {
    let width = (LABEL_EM - FOLDER_EM * f64::from(element.depth)).max(2.0);
    view! {
        <div class="row" title=move || element.hint()>
            <label for=element.id("input") style=format!("width: {width}em")>
                {move || element.label()}
            </label>
            <div class="control">{input}</div>
        </div>
    }
    .into_any()
}
