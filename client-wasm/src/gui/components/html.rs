//! HTML: what is harmless of it, unless the server of the page is trusted with all of it.

use scenecast_dom::*;

use crate::gui::element::{Element, prop};
use crate::gui::page_settings::page_settings;
use crate::gui::safe_html;

pub(super) fn view(element: Element) -> View {
    let place = NodeRef::<web_sys::HtmlElement>::new();
    let is_trusted = RwSignal::new(false);
    effect(move || {
        if page_settings().is_some_and(|settings| settings.trusts_html) {
            // Only what comes from the server that serves the page is its own.
            let actions = element.actions;
            actions.ask(move |app| is_trusted.set(app.is_server_of_page()));
        }
    });
    let content = Memo::new(move || prop!(element, Html.content));
    effect(move || {
        let content = content.get();
        let Some(place) = place.get() else {
            return;
        };
        if is_trusted.get() {
            // Scripts that are put in like this are not run.
            place.set_inner_html(&content);
        } else {
            safe_html::show(&place, &content);
        }
    });
    let class = move || {
        if is_trusted.get() {
            "html"
        } else {
            "foreign html"
        }
    };
    view! { <div class=class node_ref=place></div> }
}
