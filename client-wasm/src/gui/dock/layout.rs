//! Which tab is where.
//!
//! Tabs are in *cells*, of which one tab is shown; cells are above each other in *stacks*. A stack
//! is a *column* of a *region* at the left or right edge, or a floating *window*. There are no
//! further levels, so that what looks the same is the same. An *area* is a cell within the content
//! of a tab: a tab group, whose tabs can be dragged out of it and back.

use super::name::Name;
use super::{MAIN, TabId};

/// Names a cell, wherever it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub(super) u32);

/// Names a stack, wherever it is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StackId(pub(super) u32);

/// An edge of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The left edge.
    Left,
    /// The right edge.
    Right,
}

impl Side {
    /// Both.
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];
}

/// Tabs that share a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its name.
    pub id: CellId,
    /// Its tabs, from left to right. Only areas may be without.
    pub tabs: Vec<TabId>,
    /// The tab that was asked for last.
    pub chosen: Option<TabId>,
    /// Its share of the stack's height.
    pub weight: f64,
}

impl Cell {
    /// The tab that is shown: the chosen one, or else the first.
    pub fn shown(&self) -> Option<TabId> {
        let chosen = self.chosen.filter(|chosen| self.tabs.contains(chosen));
        chosen.or(self.tabs.first().copied())
    }

    /// Whether it is the control panel's, which shares its cell with no other tab.
    pub fn is_main(&self) -> bool {
        self.tabs.contains(&MAIN)
    }
}

/// Drops tabs, or other names, that do not stay.
pub(super) fn keep(names: &mut Vec<Name>, stays: &dyn Fn(Name) -> bool) {
    names.retain(|name| stays(*name));
}

/// Cells above each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Stack {
    /// Its name.
    pub id: StackId,
    /// Its cells, from top to bottom: at least one.
    pub cells: Vec<Cell>,
    /// Pixels, while it is not folded.
    pub width: f64,
    /// Pixels, where it floats; without it is as high as its content.
    pub height: Option<f64>,
    /// Folded: to a bar where it floats, to a rail where it is docked.
    pub is_folded: bool,
}

impl Stack {
    /// Removes cells without tabs.
    pub(super) fn sweep(&mut self) {
        self.cells.retain(|cell| !cell.tabs.is_empty());
    }
}

/// Where a window is, relative to a corner of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Pixels from the edge named next, inwards.
    pub x: f64,
    /// Whether from the right edge instead of the left one.
    pub from_right: bool,
    /// Pixels from the edge named next, inwards.
    pub y: f64,
    /// Whether from the lower edge instead of the upper one.
    pub from_bottom: bool,
    /// Whether it must be within the scene, as where servers put it; users may also put it partly
    /// outside or above docked panels.
    pub is_inside: bool,
}

impl Spot {
    /// Where a server wants it: negative numbers are gaps to the far edges.
    pub fn requested(x: f64, y: f64) -> Self {
        Self {
            x: x.abs(),
            from_right: x < 0.0,
            y: y.abs(),
            from_bottom: y < 0.0,
            is_inside: true,
        }
    }
}

/// A floating window.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// What is in it.
    pub stack: Stack,
    /// Where it is.
    pub spot: Spot,
}

/// A cell within the content of a tab.
#[derive(Clone, Debug, PartialEq)]
pub struct Area {
    /// The tab group.
    pub uuid: Name,
    /// The tab in whose content it is.
    pub host: TabId,
    /// Its tabs.
    pub cell: Cell,
}

/// Where a stack is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The column of a region with this index.
    Docked(Side, usize),
    /// The window with this index.
    Floating(usize),
}

/// Where everything is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Columns at the left edge, from left to right.
    pub left: Vec<Stack>,
    /// Columns at the right edge, from left to right.
    pub right: Vec<Stack>,
    /// Windows; later ones cover earlier ones.
    pub windows: Vec<Window>,
    /// Areas, in the order of their appearance.
    pub areas: Vec<Area>,
    last_id: u32,
}

impl Layout {
    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// A new cell, which is nowhere yet.
    pub(super) fn new_cell(&mut self, tabs: Vec<TabId>) -> Cell {
        Cell {
            id: CellId(self.next_id()),
            tabs,
            chosen: None,
            weight: 1.0,
        }
    }

    /// A new stack of one cell, which is nowhere yet.
    pub(super) fn new_stack(&mut self, cell: Cell, width: f64) -> Stack {
        Stack {
            id: StackId(self.next_id()),
            cells: vec![cell],
            width,
            height: None,
            is_folded: false,
        }
    }

    /// The columns at an edge, from left to right.
    pub fn region(&self, side: Side) -> &[Stack] {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// The columns at an edge, to be changed.
    pub(super) fn region_mut(&mut self, side: Side) -> &mut Vec<Stack> {
        match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        }
    }

    /// All stacks with their places: columns, then windows.
    pub fn stacks(&self) -> Vec<(Place, &Stack)> {
        let mut stacks = Vec::new();
        for side in Side::BOTH {
            for (index, stack) in self.region(side).iter().enumerate() {
                stacks.push((Place::Docked(side, index), stack));
            }
        }
        for (index, window) in self.windows.iter().enumerate() {
            stacks.push((Place::Floating(index), &window.stack));
        }
        stacks
    }

    /// All cells: those of stacks, then areas.
    pub fn cells(&self) -> Vec<&Cell> {
        let mut cells = Vec::new();
        for (_, stack) in self.stacks() {
            cells.extend(&stack.cells);
        }
        cells.extend(self.areas.iter().map(|area| &area.cell));
        cells
    }

    /// Calls a function with each cell, to be changed.
    pub(super) fn change_cells(&mut self, change: &mut dyn FnMut(&mut Cell)) {
        let windows = self.windows.iter_mut().map(|window| &mut window.stack);
        for stack in self.left.iter_mut().chain(&mut self.right).chain(windows) {
            for cell in &mut stack.cells {
                change(cell);
            }
        }
        for area in &mut self.areas {
            change(&mut area.cell);
        }
    }

    fn find_cell(&self, is_it: &dyn Fn(&Cell) -> bool) -> Option<&Cell> {
        let cells = self.cells();
        cells.iter().copied().find(|cell| is_it(cell))
    }

    fn find_stack(&self, is_it: &dyn Fn(&Stack) -> bool) -> Option<(Place, &Stack)> {
        let stacks = self.stacks();
        stacks.iter().copied().find(|(_, stack)| is_it(stack))
    }

    /// A cell by its name.
    pub fn cell(&self, id: CellId) -> Option<&Cell> {
        self.find_cell(&|cell| cell.id == id)
    }

    /// A cell by its name, to be changed.
    pub(super) fn cell_mut(&mut self, id: CellId) -> Option<&mut Cell> {
        if let Some(index) = self.areas.iter().position(|area| area.cell.id == id) {
            return Some(&mut self.areas[index].cell);
        }
        let stack = self.stack_of(id)?.id;
        let cells = &mut self.stack_mut(stack)?.cells;
        cells.iter_mut().find(|cell| cell.id == id)
    }

    /// A stack by its name.
    pub fn stack(&self, id: StackId) -> Option<&Stack> {
        Some(self.find_stack(&|stack| stack.id == id)?.1)
    }

    /// A stack by its name, to be changed.
    pub(super) fn stack_mut(&mut self, id: StackId) -> Option<&mut Stack> {
        match self.place(id)? {
            Place::Docked(side, index) => self.region_mut(side).get_mut(index),
            Place::Floating(index) => Some(&mut self.windows.get_mut(index)?.stack),
        }
    }

    /// Where a stack is.
    pub fn place(&self, id: StackId) -> Option<Place> {
        Some(self.find_stack(&|stack| stack.id == id)?.0)
    }

    /// The cell of a tab.
    pub fn cell_of(&self, tab: TabId) -> Option<&Cell> {
        self.find_cell(&|cell| cell.tabs.contains(&tab))
    }

    /// The stack of a cell; none for areas.
    pub fn stack_of(&self, id: CellId) -> Option<&Stack> {
        let has_cell = |stack: &Stack| stack.cells.iter().any(|cell| cell.id == id);
        Some(self.find_stack(&has_cell)?.1)
    }

    /// Whether a tab is in something folded.
    pub fn is_folded(&self, tab: TabId) -> bool {
        let cell = self.cell_of(tab);
        let stack = cell.and_then(|cell| self.stack_of(cell.id));
        stack.is_some_and(|stack| stack.is_folded)
    }

    /// The cell of a tab, if it has no other and is no area.
    pub fn alone(&self, tab: TabId) -> Option<CellId> {
        let cell = self.cell_of(tab).filter(|cell| cell.tabs.len() == 1)?;
        (!self.is_area(cell.id)).then_some(cell.id)
    }

    /// All windows but the foremost.
    pub fn windows_behind(&self) -> Vec<StackId> {
        let windows = self.windows.iter().rev().skip(1);
        windows.map(|window| window.stack.id).collect()
    }

    /// Whether a cell is an area.
    pub fn is_area(&self, id: CellId) -> bool {
        self.areas.iter().any(|area| area.cell.id == id)
    }

    /// Whether a cell is within the content of a tab, at any depth.
    pub fn is_within(&self, id: CellId, tab: TabId) -> bool {
        let mut at = id;
        // No deeper than there are areas, whatever a server says.
        for _ in 0..=self.areas.len() {
            let Some(area) = self.areas.iter().find(|area| area.cell.id == at) else {
                return false;
            };
            if area.host == tab {
                return true;
            }
            match self.cell_of(area.host) {
                Some(cell) => at = cell.id,
                None => return false,
            }
        }
        true
    }
}
