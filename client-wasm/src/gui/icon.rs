//! Icons that servers send.

use leptos::prelude::*;

use super::safe_html;

/// An icon beside a label, one em in size and in the colour of the text; nothing where there is
/// none. What is not harmless in it is left out.
pub(crate) fn icon(svg: impl Fn() -> Option<String> + 'static) -> AnyView {
    let place = NodeRef::<leptos::html::Span>::new();
    Effect::new(move |_| {
        let svg = svg();
        if let Some(place) = place.get() {
            place.set_hidden(svg.is_none());
            safe_html::show(&place, svg.as_deref().unwrap_or_default());
        }
    });
    view! { <span class="glyph" aria-hidden="true" hidden node_ref=place></span> }.into_any()
}
