//! Tabs.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::container;
use crate::gui::dock;
use crate::gui::element::{Element, prop};
use crate::gui::icon::icon;

pub(super) fn view(element: Element) -> View {
    // In panels, tabs can be dragged out.
    dock::area::view(element).unwrap_or_else(|| fixed(element))
}

/// Tabs that stay where they are, as in dialogs.
fn fixed(element: Element) -> View {
    let ids = Memo::new(move || prop!(element, TabGroup.tab_container_ids));
    let chosen = RwSignal::new(None::<String>);
    // The chosen tab while it is there, else the first.
    let active = Memo::new(move || {
        let ids = ids.get();
        let chosen = chosen.get().filter(|chosen| ids.contains(chosen));
        chosen.or_else(|| ids.first().cloned())
    });
    let strip = NodeRef::<web_sys::HtmlElement>::new();
    let key = move |event: KeyboardEvent| {
        let ids = ids.get_untracked();
        let at = ids
            .iter()
            .position(|id| active.get_untracked().as_ref() == Some(id));
        let (Some(at), count) = (at, ids.len()) else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" => (at + 1) % count,
            "ArrowLeft" => (at + count - 1) % count,
            "Home" => 0,
            "End" => count - 1,
            _ => return,
        };
        event.prevent_default();
        chosen.set(ids.get(next).cloned());
        focus_tab(strip, next as u32);
    };
    let tab = move |id: String| {
        let (own, container_id) = (id.clone(), id.clone());
        let at = Memo::new(move || ids.get().iter().position(|other| *other == own));
        let label = move || prop!(element, TabGroup.tab_labels).get(at.get()?).cloned();
        let svg = Memo::new(move || {
            let icons = prop!(element, TabGroup.tab_icons_html);
            icons.get(at.get()?).cloned().flatten()
        });
        let own = id.clone();
        let is_active = Memo::new(move || active.get().as_ref() == Some(&own));
        view! {
            <button
                type="button"
                role="tab"
                class="tab"
                id=element.id(&format!("tab-{container_id}"))
                aria-controls=element.id(&format!("tab-panel-{container_id}"))
                aria-selected=move || if is_active.get() { "true" } else { "false" }
                tabindex=move || if is_active.get() { "0" } else { "-1" }
                on:click=move |_| chosen.set(Some(id.clone()))
            >
                {icon(move || svg.get())}
                {label}
            </button>
        }
    };
    let content = move |id: String| {
        let own = id.clone();
        view! {
            <div
                role="tabpanel"
                class="tab-panel"
                id=element.id(&format!("tab-panel-{id}"))
                aria-labelledby=element.id(&format!("tab-{id}"))
                hidden=move || active.get().as_ref() != Some(&own)
            >
                {container(&id, element.depth)}
            </div>
        }
    };
    view! {
        <div class="tabs">
            <div class="tab-strip" role="tablist" node_ref=strip on:keydown=key>
                {keyed(move || ids.get(), |id| id.clone(), tab)}
            </div>
            {keyed(move || ids.get(), |id| id.clone(), content)}
        </div>
    }
}

fn focus_tab(strip: NodeRef<web_sys::HtmlElement>, index: u32) {
    let tabs = strip.get_untracked().map(|strip| strip.children());
    let tab = tabs.and_then(|tabs| tabs.item(index));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // What is in the page can have the keyboard.
        let _ = tab.focus();
    }
}
