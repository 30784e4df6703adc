//! Putting panels where servers want them.

use super::arrange::{DEFAULT_WIDTH, MARGIN, MIN_HEIGHT, MIN_WIDTH};
use super::desk::{Contents, Desk, PanelTabs};
use super::layout::{CellId, Place, Side, Spot, Window, keep};
use super::moves::{Piece, Target};
use super::name::Name;
use super::placement::{Axis, Command, Wish};
use super::{MAIN, TabId};

/// A panel with the commands that apply to it.
type Ordered<'a> = (&'a PanelTabs, Vec<Command>);

/// The one about where it is to be.
fn position(commands: &[Command]) -> Option<Wish> {
    let mut commands = commands.iter();
    let command = commands.find(|command| command.axis() == Axis::Position);
    command.map(|command| command.wish)
}

impl Desk {
    /// Applies what servers want, those panels last that are to be beside others. Whether all are
    /// where they belong.
    pub(super) fn place_all(&mut self, panels: &[&PanelTabs], contents: &Contents) -> bool {
        let mut waiting: Vec<Ordered> = Vec::new();
        for &panel in panels {
            let is_placed = self.is_placed(&panel.tabs);
            // To a panel that is nowhere everything applies: there is nothing to disturb.
            let applies = |command: &&Command| {
                command.panel == panel.uuid && (!is_placed || self.marks.is_new(command))
            };
            let commands: Vec<Command> =
                contents.commands.iter().filter(applies).copied().collect();
            if !(panel.tabs.is_empty() || is_placed && commands.is_empty()) {
                waiting.push((panel, commands));
            }
        }
        loop {
            let is_ready = |(panel, commands): &Ordered| {
                let Some(Wish::Beside { anchor, .. }) = position(commands) else {
                    return true;
                };
                let docks = |(other, commands): &Ordered| {
                    let wish = position(commands);
                    let docks = matches!(wish, Some(Wish::Edge(_) | Wish::Beside { .. }));
                    other.uuid == anchor && other.uuid != panel.uuid && docks
                };
                self.docked_cell(anchor, panels).is_some()
                    || contents.is_complete && !waiting.iter().any(docks)
            };
            let next = waiting.iter().position(is_ready);
            // A circle: somebody has to be first.
            let next = next.or((contents.is_complete && !waiting.is_empty()).then_some(0));
            let Some(next) = next else { break };
            let (panel, commands) = waiting.remove(next);
            self.place(panel, &commands, panels, contents);
        }
        waiting.is_empty()
    }

    fn is_placed(&self, tabs: &[TabId]) -> bool {
        tabs.iter().any(|tab| self.layout.cell_of(*tab).is_some())
    }

    /// Where a panel is docked.
    fn docked_cell(&self, uuid: Name, panels: &[&PanelTabs]) -> Option<CellId> {
        let panel = panels.iter().find(|panel| panel.uuid == uuid)?;
        let cell = self.home(&panel.tabs)?;
        let place = self.layout.place(self.layout.stack_of(cell)?.id)?;
        matches!(place, Place::Docked(..)).then_some(cell)
    }

    fn place(
        &mut self,
        panel: &PanelTabs,
        commands: &[Command],
        panels: &[&PanelTabs],
        contents: &Contents,
    ) {
        let is_main = panel.uuid == MAIN;
        let width = if is_main {
            contents.main_width
        } else {
            DEFAULT_WIDTH
        };
        let x = if is_main { -MARGIN } else { MARGIN };
        let position = position(commands);
        for command in commands {
            self.marks.note(command);
            if command.axis() == Axis::Folding {
                self.foldings.push(*command);
            }
        }
        let home = self.home(&panel.tabs);
        if home.is_none() && position.is_none() && self.is_placed(&panel.tabs) {
            // Its tabs are in areas, as the user wants it.
            return;
        }
        let is_new = home.is_none();
        let home = home.unwrap_or_else(|| {
            let cell = self.layout.new_cell(Vec::new());
            let id = cell.id;
            let stack = self.layout.new_stack(cell, width);
            let spot = Spot::requested(x, MARGIN);
            self.layout.windows.push(Window { stack, spot });
            id
        });
        if is_new || position.is_some() {
            self.gather(home, &panel.tabs);
        }
        if let Some(wish) = position {
            self.put(home, wish, (width, x), panels);
        }
        for command in commands {
            self.size(home, command.wish, width);
        }
    }

    /// Brings all tabs of a panel together.
    fn gather(&mut self, home: CellId, tabs: &[TabId]) {
        for &tab in tabs {
            if self.layout.cell_of(tab).is_some_and(|cell| cell.id == home) {
                continue;
            }
            // Added first, so that the cell is not without tabs and gone.
            self.layout.change_cells(&mut |cell| {
                if cell.id == home {
                    cell.tabs.push(tab);
                } else {
                    keep(&mut cell.tabs, &|other| other != tab);
                }
            });
        }
        self.layout.sweep();
        self.order_tabs(home, tabs);
    }

    fn put(&mut self, home: CellId, wish: Wish, default: (f64, f64), panels: &[&PanelTabs]) {
        match wish {
            Wish::Edge(side) => self.dock(home, side),
            Wish::Beside { anchor, is_below } => match self.docked_cell(anchor, panels) {
                Some(anchor) => {
                    let target = match is_below {
                        false => Target::Above(anchor),
                        true => Target::Below(anchor),
                    };
                    self.layout.move_to(Piece::Cell(home), target);
                }
                // There is nothing to be beside of.
                None => self.dock(home, Side::Right),
            },
            Wish::Float { x, y } => {
                let is_asked = x.is_some() || y.is_some();
                let width = if is_asked { DEFAULT_WIDTH } else { default.0 };
                let spot = Spot::requested(x.unwrap_or(default.1), y.unwrap_or(MARGIN));
                if let Some(window) = self.own_window(home) {
                    window.spot = spot;
                } else if self.layout.move_to(Piece::Cell(home), Target::Window(spot))
                    && let Some(window) = self.own_window(home)
                {
                    window.stack.width = width;
                    window.stack.height = None;
                }
            }
            _ => {}
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
                .move_to(Piece::Cell(home), Target::Column(side, index));
        }
    }

    /// The window in which a cell is alone.
    fn own_window(&mut self, id: CellId) -> Option<&mut Window> {
        let stack = self.layout.stack_of(id)?;
        match (stack.cells.len(), self.layout.place(stack.id)?) {
            (1, Place::Floating(index)) => self.layout.windows.get_mut(index),
            _ => None,
        }
    }

    fn size(&mut self, home: CellId, wish: Wish, default: f64) {
        let stack = self.layout.stack_of(home).map(|stack| stack.id);
        let place = stack.and_then(|stack| self.layout.place(stack));
        match (place, wish) {
            (Some(Place::Docked(side, _)), Wish::Width(Some(width))) => {
                self.layout.set_region_width(side, width);
            }
            (Some(Place::Floating(index)), Wish::Width(width)) => {
                let width = width.unwrap_or(default).max(MIN_WIDTH);
                self.layout.windows[index].stack.width = width;
            }
            (Some(Place::Floating(index)), Wish::Height(height)) => {
                let height = height.map(|height| height.max(MIN_HEIGHT));
                self.layout.windows[index].stack.height = height;
            }
            _ => {}
        }
    }

    /// The theme's width is that of the floating control panel, unless a command has set it.
    pub(super) fn follow_main_width(&mut self, contents: &Contents) {
        let mut commands = contents.commands.iter();
        let is_set = commands.any(|c| c.panel == MAIN && matches!(c.wish, Wish::Width(Some(_))));
        if self.known.main_width != contents.main_width
            && !is_set
            && let Some(home) = self.home(&[MAIN])
            && let Some(window) = self.own_window(home)
        {
            window.stack.width = contents.main_width;
        }
    }
}
