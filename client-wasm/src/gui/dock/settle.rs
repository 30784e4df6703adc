//! Putting panels where servers want them.

use scenecast_protocol::gui::panel::{PanelEdge, PanelSide, Placement as Position};

use super::arrange::{DEFAULT_WIDTH, MARGIN, MIN_HEIGHT, MIN_WIDTH};
use super::desk::{Contents, Desk, PanelTabs};
use super::layout::{CellId, Place, Side, Spot, StackId, Window, keep};
use super::moves::{Piece, Target};
use super::placement::Orders;
use super::{MAIN, TabId};

impl Desk {
    /// Applies what servers want, those panels last that are to be beside others. Whether all are
    /// where they belong.
    pub(super) fn place_all(&mut self, panels: &[&PanelTabs], contents: &Contents) -> bool {
        let mut waiting: Vec<(&PanelTabs, Orders)> = Vec::new();
        for panel in panels.iter().filter(|panel| !panel.tabs.is_empty()) {
            let is_placed = panel
                .tabs
                .iter()
                .any(|tab| self.layout.cell_of(tab).is_some());
            let mut placements = contents.placements.iter();
            let placement = placements.find(|(uuid, _)| *uuid == panel.uuid);
            let orders = placement.map_or(Orders::default(), |(_, placement)| {
                Orders::new(&panel.uuid, placement, &self.marks, is_placed)
            });
            if !is_placed || !orders.is_empty() {
                waiting.push((panel, orders));
            }
        }
        loop {
            let next = waiting.iter().position(|(panel, orders)| {
                let is_own = |other: &(&PanelTabs, Orders)| other.0.uuid == panel.uuid;
                let anchor = orders.anchor();
                anchor.is_none_or(|anchor| match self.docked_cell(anchor, panels) {
                    Some(_) => true,
                    None => {
                        let is_coming = waiting.iter().any(|other| {
                            *other.0.uuid == *anchor && !is_own(other) && other.1.docks()
                        });
                        !is_coming && contents.is_complete
                    }
                })
            });
            // A circle: somebody has to be first.
            let next = next.or((contents.is_complete && !waiting.is_empty()).then_some(0));
            let Some(next) = next else { break };
            let (panel, orders) = waiting.remove(next);
            self.place(panel, &orders, panels, contents);
        }
        waiting.is_empty()
    }

    /// Where a panel is docked.
    fn docked_cell(&self, uuid: &str, panels: &[&PanelTabs]) -> Option<CellId> {
        let panel = panels.iter().find(|panel| *panel.uuid == *uuid)?;
        let cell = self.home(&panel.tabs)?;
        let place = self.layout.place(self.layout.stack_of(cell)?.id)?;
        matches!(place, Place::Docked(..)).then_some(cell)
    }

    fn place(
        &mut self,
        panel: &PanelTabs,
        orders: &Orders,
        panels: &[&PanelTabs],
        contents: &Contents,
    ) {
        let is_main = &*panel.uuid == MAIN;
        let width = if is_main {
            contents.main_width
        } else {
            DEFAULT_WIDTH
        };
        let spot = Spot::requested(if is_main { -MARGIN } else { MARGIN }, MARGIN);
        orders.note(&panel.uuid, &mut self.marks);
        if let Some(folding) = &orders.folding {
            self.foldings.push(folding.clone());
        }
        let is_placed = panel
            .tabs
            .iter()
            .any(|tab| self.layout.cell_of(tab).is_some());
        let home = self.home(&panel.tabs);
        if home.is_none() && is_placed && orders.position.is_none() {
            // Its tabs are in areas, as the user wants it.
            return;
        }
        let home = home.unwrap_or_else(|| {
            let cell = self.layout.new_cell(Vec::new());
            let id = cell.id;
            let stack = self.layout.new_stack(cell, width);
            self.layout.windows.push(Window { stack, spot });
            id
        });
        let is_new = self
            .layout
            .cell(home)
            .is_some_and(|cell| cell.tabs.is_empty());
        if is_new || orders.position.is_some() {
            self.gather(home, &panel.tabs);
        }
        if let Some(message) = &orders.position {
            self.put(home, &message.position, (width, spot), panels);
        }
        self.size(home, orders, width);
    }

    /// Brings all tabs of a panel together.
    fn gather(&mut self, home: CellId, tabs: &[TabId]) {
        for tab in tabs {
            if self.layout.cell_of(tab).is_some_and(|cell| cell.id == home) {
                continue;
            }
            // Added first, so that the cell is not without tabs and gone.
            self.layout.change_cells(&mut |cell| {
                if cell.id == home {
                    cell.tabs.push(tab.clone());
                } else {
                    keep(&mut cell.tabs, &|other| other != tab);
                }
            });
        }
        self.layout.sweep();
        self.order_tabs(home, tabs);
    }

    fn put(
        &mut self,
        home: CellId,
        position: &Position,
        default: (f64, Spot),
        panels: &[&PanelTabs],
    ) {
        let piece = Piece::Cell(home);
        match position {
            Position::Edge(placement) => {
                let side = match placement.edge {
                    PanelEdge::Left => Side::Left,
                    PanelEdge::Right => Side::Right,
                };
                self.dock(home, side);
            }
            Position::Split(placement) => match self.docked_cell(&placement.anchor_uuid, panels) {
                Some(anchor) => {
                    let target = match placement.side {
                        PanelSide::Above => Target::Above(anchor),
                        PanelSide::Below => Target::Below(anchor),
                    };
                    self.layout.move_to(&piece, target);
                }
                // There is nothing to be beside of.
                None => self.dock(home, Side::Right),
            },
            Position::Float(placement) => {
                let (width, spot) = default;
                let is_asked = placement.x.is_some() || placement.y.is_some();
                let width = if is_asked { DEFAULT_WIDTH } else { width };
                let at = |asked: Option<f64>, default: f64| {
                    asked.filter(|v| v.is_finite()).unwrap_or(default)
                };
                let signed = |value: f64, is_far: bool| if is_far { -value } else { value };
                let spot = Spot::requested(
                    at(placement.x, signed(spot.x, spot.from_right)),
                    at(placement.y, signed(spot.y, spot.from_bottom)),
                );
                if let Some((window, _)) = self.own_window(home) {
                    window.spot = spot;
                } else if self.layout.move_to(&piece, Target::Window(spot))
                    && let Some((window, _)) = self.own_window(home)
                {
                    window.stack.width = width;
                    window.stack.height = None;
                }
            }
        }
    }

    /// At the edge of the page, beyond all panels that are there; where it is already docked on
    /// that side it stays.
    fn dock(&mut self, home: CellId, side: Side) {
        let stack = self.layout.stack_of(home).map(|stack| stack.id);
        let place = stack.and_then(|stack| self.layout.place(stack));
        if !matches!(place, Some(Place::Docked(docked, _)) if docked == side) {
            let index = match side {
                Side::Left => 0,
                Side::Right => self.layout.right.len(),
            };
            self.layout
                .move_to(&Piece::Cell(home), Target::Column(side, index));
        }
    }

    /// The window in which a cell is alone.
    fn own_window(&mut self, id: CellId) -> Option<(&mut Window, StackId)> {
        let stack = self.layout.stack_of(id)?;
        let id = stack.id;
        match (stack.cells.len(), self.layout.place(id)?) {
            (1, Place::Floating(index)) => Some((self.layout.windows.get_mut(index)?, id)),
            _ => None,
        }
    }

    fn size(&mut self, home: CellId, orders: &Orders, default: f64) {
        let Some(stack) = self.layout.stack_of(home).map(|stack| stack.id) else {
            return;
        };
        let Some(place) = self.layout.place(stack) else {
            return;
        };
        let width = orders.width.as_ref().map(|message| message.width);
        match (place, width) {
            (Place::Docked(side, _), Some(Some(width))) if width.is_finite() => {
                self.layout.set_region_width(side, width);
            }
            (Place::Floating(index), Some(width)) => {
                let width = width.filter(|width| width.is_finite()).unwrap_or(default);
                self.layout.windows[index].stack.width = width.max(MIN_WIDTH);
            }
            _ => {}
        }
        if let (Place::Floating(index), Some(message)) = (place, &orders.height) {
            let height = message.height.filter(|height| height.is_finite());
            self.layout.windows[index].stack.height = height.map(|height| height.max(MIN_HEIGHT));
        }
    }

    /// The theme's width is that of the floating control panel, unless a command has set it.
    pub(super) fn follow_main_width(&mut self, contents: &Contents) {
        let is_set = contents.placements.iter().any(|(uuid, placement)| {
            &**uuid == MAIN && placement.width.as_ref().is_some_and(|m| m.width.is_some())
        });
        if self.known.main_width != contents.main_width
            && !is_set
            && let Some(home) = self.home(&[MAIN.into()])
            && let Some((window, _)) = self.own_window(home)
        {
            window.stack.width = contents.main_width;
        }
    }
}
