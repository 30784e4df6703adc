//! Tab groups. Where they are within the content of a tab, their tabs can be dragged out and back.

use scenecast_dom::*;

use super::events;
use super::handle::Dock;
use super::panes::{self, Host, TabName};
use super::part::{self, Part, Text, flag};
use super::tabs::{self, Group};
use crate::gui::dock::name::Name;
use crate::gui::element::{Element, prop};

/// The view of a tab group.
pub(crate) fn view(element: Element) -> View {
    let dock = expect_context::<Dock>();
    let host = use_context::<Host>().map(|Host(host)| host);
    let uuid = Name::new(&element.uuid());
    effect(move || {
        let ids = prop!(element, TabGroup.tab_container_ids);
        let labels = prop!(element, TabGroup.tab_labels);
        let names = TabName::zip(&ids, &labels, &prop!(element, TabGroup.tab_icons_html));
        dock.set_area(uuid, host, names);
    });
    on_cleanup(move || dock.forget_area(uuid));
    let group = Group::Area(uuid);
    let body = element::html("div", &[("class", "area-body")]);
    panes::follow(dock, group, &body);
    let attributes: part::Attributes = &[("hidden", has_tabs)];
    let fixed = [("class", "empty")];
    let empty = part::make(dock, Part::Strip(group), "p", &fixed, attributes);
    element::text(&empty, "Its tabs are elsewhere.");
    let area = element::html("div", &[("class", "area")]);
    for view in [tabs::strip(dock, group), body.into(), empty.into()] {
        element::child(&area, view);
    }
    if host.is_none() {
        // In dialogs and in the scene.
        events::listen(dock, &area);
    }
    area.into()
}

fn has_tabs(dock: Dock, part: Part) -> Text {
    flag(!tabs::of(dock, part).is_empty())
}
