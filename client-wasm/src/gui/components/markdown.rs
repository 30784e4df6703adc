//! Formatted text.

use scenecast_dom::*;

use crate::gui::element::{Element, prop};
use crate::gui::safe_html;
use crate::markdown;

pub(super) fn view(element: Element) -> View {
    let place = NodeRef::<web_sys::HtmlElement>::new();
    let text = Memo::new(move || prop!(element, Markdown.markdown));
    effect(move || {
        if let Some(place) = place.get() {
            text.with(|text| safe_html::show(&place, &markdown::to_html(text)));
        }
    });
    view! { <div class="foreign markdown" node_ref=place></div> }
}
