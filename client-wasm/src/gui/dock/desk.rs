//! The panels of a page: keeps the layout in step with which panels there are and with what
//! servers command.

use super::layout::{Area, CellId, Layout, keep};
use super::name::Name;
use super::placement::{Command, Foldings, Marks, Wish};
use super::{MAIN, TabId};

/// A panel, as far as the layout is concerned.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelTabs {
    /// The panel.
    pub uuid: Name,
    /// Its tabs in their order; none while it is hidden.
    pub tabs: Vec<TabId>,
}

/// A tab group within the content of a tab.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaTabs {
    /// The tab group.
    pub uuid: Name,
    /// The tab in whose content it is.
    pub host: TabId,
    /// Its tabs in their order.
    pub tabs: Vec<TabId>,
}

/// Everything there is to be laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Standalone panels, in the order in which they came.
    pub panels: Vec<PanelTabs>,
    /// Tab groups.
    pub areas: Vec<AreaTabs>,
    /// Where servers want panels.
    pub commands: Vec<Command>,
    /// The width of the control panel, if no command says otherwise.
    pub main_width: f64,
    /// Nothing is missing, as it may be in the midst of a replay.
    pub is_complete: bool,
}

/// The layout, and what was known when it was made.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// Where everything is.
    pub layout: Layout,
    pub(super) marks: Marks,
    pub(super) foldings: Foldings,
    pub(super) known: Contents,
}

impl Desk {
    /// Puts everything where servers want it, as if nobody had moved anything.
    pub fn reset(&mut self) {
        let known = std::mem::take(&mut self.known);
        *self = Self::default();
        self.sync(known);
    }

    /// Takes over what there is now.
    pub fn sync(&mut self, mut contents: Contents) {
        if !contents.is_complete {
            self.remember(&mut contents);
        }
        let main = PanelTabs {
            uuid: MAIN,
            tabs: vec![MAIN],
        };
        let panels: Vec<&PanelTabs> = [&main].into_iter().chain(&contents.panels).collect();
        for panel in &contents.panels {
            self.take_in(panel);
        }
        self.take_in_areas(&contents);
        if contents.is_complete {
            self.forget(&panels, &contents.areas);
            self.marks
                .retain(&|uuid| panels.iter().any(|panel| panel.uuid == uuid));
        }
        let is_settled = self.place_all(&panels, &contents);
        if is_settled {
            for folding in self.foldings.take() {
                let panel = panels.iter().find(|panel| panel.uuid == folding.panel);
                let home = panel.and_then(|panel| self.home(&panel.tabs));
                if let Some(stack) = home.and_then(|cell| self.layout.stack_of(cell)) {
                    let id = stack.id;
                    self.layout.fold(id, folding.wish == Wish::Folded(true));
                }
            }
        }
        self.follow_main_width(&contents);
        self.known = contents;
    }

    /// Adds to the first part of a replay what was there before it.
    fn remember(&self, contents: &mut Contents) {
        for panel in &self.known.panels {
            if !contents.panels.iter().any(|known| known.uuid == panel.uuid) {
                contents.panels.push(panel.clone());
            }
        }
        for area in &self.known.areas {
            if !contents.areas.iter().any(|known| known.uuid == area.uuid) {
                contents.areas.push(area.clone());
            }
        }
        if self.known.main_width > 0.0 {
            contents.main_width = self.known.main_width;
        }
    }

    /// The cell in which a panel is: that of its first tab that is in no area.
    pub(super) fn home(&self, tabs: &[TabId]) -> Option<CellId> {
        let mut cells = tabs.iter().filter_map(|tab| self.layout.cell_of(*tab));
        cells
            .find(|cell| !self.layout.is_area(cell.id))
            .map(|cell| cell.id)
    }

    /// Adds tabs that a panel has got since, and orders them anew if it did.
    fn take_in(&mut self, panel: &PanelTabs) {
        let known = self
            .known
            .panels
            .iter()
            .find(|known| known.uuid == panel.uuid);
        let before = known.map_or(Vec::new(), |known| known.tabs.clone());
        if before == panel.tabs {
            return;
        }
        let Some(home) = self.home(&panel.tabs).or_else(|| self.home(&before)) else {
            return;
        };
        for &tab in &panel.tabs {
            if self.layout.cell_of(tab).is_none()
                && let Some(cell) = self.layout.cell_mut(home)
            {
                cell.tabs.push(tab);
            }
        }
        self.order_tabs(home, &panel.tabs);
    }

    /// Orders some tabs of a cell, before all others of it.
    pub(super) fn order_tabs(&mut self, id: CellId, tabs: &[TabId]) {
        if let Some(cell) = self.layout.cell_mut(id) {
            let mut ordered = tabs.to_vec();
            keep(&mut ordered, &|tab| cell.tabs.contains(&tab));
            keep(&mut cell.tabs, &|tab| !tabs.contains(&tab));
            ordered.append(&mut cell.tabs);
            cell.tabs = ordered;
        }
    }

    fn take_in_areas(&mut self, contents: &Contents) {
        let areas = &contents.areas;
        let is_there = |area: &Area| areas.iter().any(|known| known.uuid == area.uuid);
        self.layout
            .areas
            .retain(|area| !contents.is_complete || is_there(area));
        for area in areas {
            let layout = &mut self.layout;
            let index = layout
                .areas
                .iter()
                .position(|known| known.uuid == area.uuid);
            let index = index.unwrap_or_else(|| {
                let cell = layout.new_cell(Vec::new());
                let (uuid, host) = (area.uuid, area.host);
                layout.areas.push(Area { uuid, host, cell });
                layout.areas.len() - 1
            });
            let id = layout.areas[index].cell.id;
            layout.areas[index].host = area.host;
            let known = self
                .known
                .areas
                .iter()
                .find(|known| known.uuid == area.uuid);
            if known.is_some_and(|known| known.tabs == area.tabs) {
                continue;
            }
            for &tab in &area.tabs {
                if layout.cell_of(tab).is_none() {
                    layout.areas[index].cell.tabs.push(tab);
                }
            }
            self.order_tabs(id, &area.tabs);
        }
    }

    /// Removes tabs that are no more.
    fn forget(&mut self, panels: &[&PanelTabs], areas: &[AreaTabs]) {
        let of_panels = panels.iter().flat_map(|panel| &panel.tabs);
        let of_areas = areas.iter().flat_map(|area| &area.tabs);
        let tabs: Vec<TabId> = of_panels.chain(of_areas).copied().collect();
        self.layout
            .change_cells(&mut |cell| keep(&mut cell.tabs, &|tab| tabs.contains(&tab)));
        self.layout.sweep();
    }
}
