//! Formatted text.

use leptos::prelude::*;

use crate::gui::element::{Element, prop};
use crate::gui::safe_html;
use crate::markdown;

pub(super) fn view(element: Element) -> AnyView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        let text = prop!(element, Markdown.markdown);
        if let Some(place) = place.get() {
            safe_html::show(&place, &markdown::to_html(&text));
        }
    });
    view! { <div class="foreign markdown" node_ref=place></div> }.into_any()
}
