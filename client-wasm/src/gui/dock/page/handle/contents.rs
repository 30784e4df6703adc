//! What panels, tab groups and tabs there are, and what they are called.

use std::rc::Rc;

use scenecast_protocol::gui::theme::ControlWidth;

use super::{AreaNames, Dock};
use crate::gui::dock::desk::{AreaTabs, Contents, PanelTabs};
use crate::gui::dock::name::Name;
use crate::gui::dock::page::panes::TabName;
use crate::gui::dock::placement::Command;
use crate::gui::dock::{MAIN, TabId};

impl Dock {
    /// The names of all tabs.
    pub(in crate::gui::dock::page) fn names(self) -> Rc<Vec<TabName>> {
        self.names.get()
    }

    /// The label of a tab.
    pub(in crate::gui::dock::page) fn label(self, tab: TabId) -> String {
        if tab == MAIN {
            let label = self.store.label.get().filter(|label| !label.is_empty());
            return label.unwrap_or_else(|| "Control panel".to_owned());
        }
        let names = self.names();
        let name = TabName::find(&names, tab);
        name.map_or(String::new(), |name| name.label.clone())
    }

    /// The labels of some tabs.
    pub(in crate::gui::dock::page) fn labels(self, tabs: &[TabId], between: &str) -> String {
        let labels: Vec<String> = tabs.iter().map(|tab| self.label(*tab)).collect();
        labels.join(between)
    }

    /// A tab group is in the page, within a tab or else in a dialog.
    pub(in crate::gui::dock::page) fn set_area(
        self,
        uuid: Name,
        host: Option<TabId>,
        names: Vec<TabName>,
    ) {
        let mut areas = self.state.areas.write();
        areas.retain(|area| area.0 != uuid);
        areas.push(AreaNames(uuid, host, names));
    }

    /// It no longer is.
    pub(in crate::gui::dock::page) fn forget_area(self, uuid: Name) {
        self.state.areas.write().retain(|area| area.0 != uuid);
    }

    /// All tabs of a tab group, wherever they are.
    pub(in crate::gui::dock::page) fn area_tabs(self, uuid: Name) -> Vec<TabId> {
        let areas = self.state.areas.read();
        let area = areas.iter().filter(|area| area.0 == uuid);
        area.flat_map(|area| &area.2).map(|name| name.tab).collect()
    }

    /// All tabs of a panel, wherever they are.
    pub(in crate::gui::dock::page) fn panel_tabs(self, uuid: Name) -> Vec<TabId> {
        self.store.panels.with(|panels| {
            let panel = panels.iter().filter(|(known, _)| Name::new(known) == uuid);
            let ids = panel.flat_map(|(_, panel)| &panel.tab_container_ids);
            ids.map(|id| Name::new(id)).collect()
        })
    }

    /// Everything there is to be laid out.
    pub(in crate::gui::dock::page) fn everything(self) -> Contents {
        let store = self.store;
        let mut contents = Contents {
            is_complete: store.is_complete.get(),
            ..Contents::default()
        };
        store.panels.with(|panels| {
            for (uuid, panel) in panels {
                let ids = panel.tab_container_ids.iter().filter(|_| panel.visible);
                contents.panels.push(PanelTabs {
                    uuid: Name::new(uuid),
                    tabs: ids.map(|id| Name::new(id)).collect(),
                });
            }
        });
        for AreaNames(uuid, host, names) in &*self.state.areas.read() {
            if let Some(host) = *host {
                contents.areas.push(AreaTabs {
                    uuid: *uuid,
                    host,
                    tabs: names.iter().map(|name| name.tab).collect(),
                });
            }
        }
        store.placements.with(|placements| {
            for (panel, placement) in placements {
                Command::read(panel, placement, &mut contents.commands);
            }
        });
        contents.main_width = self.main_ems() * 16.0;
        contents
    }

    /// The width of the control panel in ems, as the theme wants it.
    pub(in crate::gui::dock::page) fn main_ems(self) -> f64 {
        let theme = self.store.theme;
        let width = theme.with(|theme| theme.as_ref().map(|theme| theme.control_width));
        match width.unwrap_or(ControlWidth::Medium) {
            ControlWidth::Small => 16.0,
            ControlWidth::Medium => 20.0,
            ControlWidth::Large => 24.0,
        }
    }
}
