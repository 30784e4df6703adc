//! Icons that servers send.

use scenecast_dom::*;

use super::safe_html;

/// An icon beside a label, one em in size and in the colour of the text; nothing where there is
/// none. What is not harmless in it is left out.
pub(crate) fn icon(svg: impl Fn() -> Option<String> + 'static) -> View {
    let place = NodeRef::<web_sys::HtmlElement>::new();
    effect(move || {
        let svg = svg();
        if let Some(place) = place.get() {
            place.set_hidden(svg.is_none());
            safe_html::show(&place, svg.as_deref().unwrap_or_default());
        }
    });
    view! { <span class="glyph" aria-hidden="true" hidden node_ref=place></span> }
}
