//! Tab groups within the content of a tab. Their tabs can be dragged out and back.

use scenecast_dom::*;
use web_sys::HtmlElement;

use super::follow::{flag, of};
use super::handle::Dock;
use super::panes::{self, Host, TabName};
use super::tabs::{self, Group};
use crate::gui::element::{Element, prop};

/// The view of a tab group; none where it is not within a tab, as in dialogs.
pub(crate) fn view(element: Element) -> Option<View> {
    let dock = use_context::<Dock>()?;
    let Host(host) = use_context::<Host>()?;
    let uuid = element.uuid();
    let area = uuid.clone();
    effect(move || {
        let ids = prop!(element, TabGroup.tab_container_ids);
        let labels = prop!(element, TabGroup.tab_labels);
        let names = TabName::zip(&ids, &labels, &prop!(element, TabGroup.tab_icons_html));
        dock.set_area(&area, Some((host.clone(), names)));
    });
    let area = uuid.clone();
    on_cleanup(move || dock.set_area(&area, None));
    let group = Group::Area(uuid);
    let body = NodeRef::<HtmlElement>::new();
    panes::follow(dock, &group, body);
    let has_tabs = |dock: Dock, group: &Group| {
        let cell = group.cell(dock);
        flag(cell.is_none_or(|cell| !cell.tabs.is_empty()))
    };
    Some(view! {
        <div class="area">
            {tabs::strip(dock, &group)}
            <div class="area-body" node_ref=body></div>
            <p class="empty" hidden=of(dock, &group, has_tabs)>"Its tabs are elsewhere."</p>
        </div>
    })
}
