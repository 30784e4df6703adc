//! Moving tabs, cells and stacks.

use super::layout::{Cell, CellId, Layout, Place, Side, Spot, Stack, StackId, Window, keep};
use super::{MAIN, TabId};

/// What is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// One tab.
    Tab(TabId),
    /// All tabs of a cell.
    Cell(CellId),
    /// A column or window.
    Stack(StackId),
}

/// Where it is moved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// A column of its own, before the one with this index.
    Column(Side, usize),
    /// The stack of a cell, above it.
    Above(CellId),
    /// The stack of a cell, below it.
    Below(CellId),
    /// The tabs of a cell, before the one with this index.
    Tabs(CellId, usize),
    /// A window of its own.
    Window(Spot),
}

impl Layout {
    /// Moves a piece. Its folding moves with it to a place of its own; where it joins others it is
    /// as they are. Nothing happens, and `false` comes back, where that is impossible: the control
    /// panel shares its tabs with nobody, areas stay in their tab, and nothing goes into itself.
    pub fn move_to(&mut self, piece: Piece, target: Target) -> bool {
        if !self.can_move(piece, target) || self.is_there(piece, target) {
            return false;
        }
        // Taking the piece out moves what is behind it.
        let place = match (target, piece) {
            (Target::Column(side, index), _) => {
                let place = self.whole_place(piece);
                let is_before =
                    matches!(place, Some(Place::Docked(s, i)) if s == side && i < index);
                index - usize::from(is_before)
            }
            (Target::Tabs(id, index), Piece::Tab(tab)) => {
                let before = self.cell(id).and_then(|cell| cell.tabs.get(..index));
                index - usize::from(before.is_some_and(|before| before.contains(&tab)))
            }
            (Target::Tabs(_, index), _) => index,
            _ => 0,
        };
        let Some(stack) = self.take(piece) else {
            return false;
        };
        match target {
            Target::Column(side, _) => {
                let region = self.region_mut(side);
                region.insert(place.min(region.len()), stack);
            }
            Target::Above(id) => self.split(stack, id, 0),
            Target::Below(id) => self.split(stack, id, 1),
            Target::Tabs(id, _) => {
                if let Some(cell) = self.cell_mut(id) {
                    let mut place = place.min(cell.tabs.len());
                    cell.chosen = stack.cells.first().and_then(Cell::shown);
                    for joining in stack.cells {
                        for tab in joining.tabs {
                            cell.tabs.insert(place, tab);
                            place += 1;
                        }
                    }
                }
            }
            Target::Window(spot) => self.windows.push(Window { stack, spot }),
        }
        true
    }

    /// The cell of a piece, or its first one.
    pub fn cell_with(&self, piece: Piece) -> Option<&Cell> {
        match piece {
            Piece::Tab(tab) => self.cell_of(tab),
            Piece::Cell(id) => self.cell(id),
            Piece::Stack(id) => self.stack(id)?.cells.first(),
        }
    }

    /// What a piece is in.
    pub fn stack_with(&self, piece: Piece) -> Option<StackId> {
        let cell = self.cell_with(piece)?;
        Some(self.stack_of(cell.id)?.id)
    }

    /// The stack that a piece is the whole of.
    fn whole_stack(&self, piece: Piece) -> Option<StackId> {
        let cell = self.cell_with(piece)?;
        let stack = self.stack_of(cell.id)?;
        let is_whole = match piece {
            Piece::Tab(_) => stack.cells.len() == 1 && cell.tabs.len() == 1,
            Piece::Cell(_) => stack.cells.len() == 1,
            Piece::Stack(_) => true,
        };
        is_whole.then_some(stack.id)
    }

    /// Where a piece is, if it is all that is there.
    pub fn whole_place(&self, piece: Piece) -> Option<Place> {
        self.place(self.whole_stack(piece)?)
    }

    /// The window that a piece is the whole of.
    pub fn whole_window(&self, piece: Piece) -> Option<StackId> {
        let id = self.whole_stack(piece)?;
        matches!(self.place(id), Some(Place::Floating(_))).then_some(id)
    }

    /// Whether a piece may be moved to a place.
    pub fn can_move(&self, piece: Piece, target: Target) -> bool {
        let moved: Vec<&Cell> = match piece {
            Piece::Tab(tab) => self.cell_of(tab).into_iter().collect(),
            Piece::Cell(id) if self.is_area(id) => return false,
            Piece::Cell(id) => self.cell(id).into_iter().collect(),
            Piece::Stack(id) => self
                .stack(id)
                .map_or(Vec::new(), |s| s.cells.iter().collect()),
        };
        let tabs: Vec<TabId> = match piece {
            Piece::Tab(tab) => vec![tab],
            _ => moved.iter().flat_map(|c| &c.tabs).copied().collect(),
        };
        if moved.is_empty() || tabs.is_empty() {
            return false;
        }
        let is_whole = !matches!(piece, Piece::Tab(_)) || moved.iter().all(|c| c.tabs.len() == 1);
        match target {
            Target::Column(..) | Target::Window(_) => true,
            Target::Above(id) | Target::Below(id) => {
                let is_own = is_whole && moved.iter().any(|cell| cell.id == id);
                !is_own && self.stack_of(id).is_some()
            }
            Target::Tabs(id, _) => self.cell(id).is_some_and(|cell| {
                let is_whole = is_whole && !self.is_area(id);
                let is_own = is_whole && moved.iter().any(|c| c.id == id);
                let is_lonely = cell.is_main() || tabs.contains(&MAIN);
                let is_within = tabs.iter().any(|tab| self.is_within(id, *tab));
                !is_own && !is_lonely && !is_within
            }),
        }
    }

    /// Whether a move would change nothing.
    fn is_there(&self, piece: Piece, target: Target) -> bool {
        let Target::Column(side, index) = target else {
            return false;
        };
        let place = self.whole_place(piece);
        matches!(place, Some(Place::Docked(s, i)) if s == side && (index == i || index == i + 1))
    }

    /// Takes a piece out, as a stack. What it leaves empty is gone, except areas.
    fn take(&mut self, piece: Piece) -> Option<Stack> {
        match piece {
            Piece::Tab(tab) => {
                let cell = self.cell_of(tab)?;
                let (id, is_alone) = (cell.id, cell.tabs.len() == 1);
                let stack = self.stack_of(id);
                if is_alone && stack.is_some() {
                    return self.take(Piece::Cell(id));
                }
                let width = stack.map_or(super::arrange::DEFAULT_WIDTH, |stack| stack.width);
                let is_folded = stack.is_some_and(|stack| stack.is_folded);
                self.forget_tab(tab);
                let cell = self.new_cell(vec![tab]);
                let mut stack = self.new_stack(cell, width);
                stack.is_folded = is_folded;
                Some(stack)
            }
            Piece::Cell(id) => {
                let stack = self.stack_of(id)?;
                if stack.cells.len() == 1 {
                    return self.take(Piece::Stack(stack.id));
                }
                let (width, is_folded) = (stack.width, stack.is_folded);
                let stack = self.stack_mut(stack.id)?;
                let index = stack.cells.iter().position(|cell| cell.id == id)?;
                let cell = stack.cells.remove(index);
                let mut stack = self.new_stack(cell, width);
                stack.is_folded = is_folded;
                Some(stack)
            }
            Piece::Stack(id) => match self.place(id)? {
                Place::Docked(side, index) => Some(self.region_mut(side).remove(index)),
                Place::Floating(index) => Some(self.windows.remove(index).stack),
            },
        }
    }

    /// Puts the cells of a stack beside a cell, whose height they share by halves.
    fn split(&mut self, stack: Stack, id: CellId, offset: usize) {
        let Some(target) = self.stack_of(id).map(|target| target.id) else {
            return;
        };
        let Some(target) = self.stack_mut(target) else {
            return;
        };
        let Some(index) = target.cells.iter().position(|cell| cell.id == id) else {
            return;
        };
        let half = target.cells[index].weight / 2.0;
        target.cells[index].weight = half;
        let total: f64 = stack.cells.iter().map(|cell| cell.weight).sum();
        for mut cell in stack.cells.into_iter().rev() {
            cell.weight *= half / total;
            target.cells.insert(index + offset, cell);
        }
    }

    /// Removes a tab, and what it leaves empty.
    pub fn forget_tab(&mut self, tab: TabId) {
        self.change_cells(&mut |cell| keep(&mut cell.tabs, &|other| other != tab));
        self.sweep();
    }

    /// Removes cells without tabs and stacks without cells.
    pub(super) fn sweep(&mut self) {
        for side in Side::BOTH {
            let region = self.region_mut(side);
            region.iter_mut().for_each(Stack::sweep);
            region.retain(|stack| !stack.cells.is_empty());
        }
        self.windows.retain_mut(|window| {
            window.stack.sweep();
            !window.stack.cells.is_empty()
        });
    }

    /// Shows a tab of its cell, folded as that may be.
    pub fn choose(&mut self, tab: TabId) {
        let id = self.cell_of(tab).map(|cell| cell.id);
        if let Some(cell) = id.and_then(|id| self.cell_mut(id)) {
            cell.chosen = Some(tab);
        }
    }

    /// Shows a tab, and unfolds what it is in.
    pub fn show(&mut self, tab: TabId) {
        self.choose(tab);
        let cell = self.cell_of(tab).map(|cell| cell.id);
        let stack = cell.and_then(|cell| self.stack_of(cell));
        if let Some(stack) = stack.map(|stack| stack.id) {
            self.fold(stack, false);
        }
    }

    /// Folds or unfolds a column or window.
    pub fn fold(&mut self, id: StackId, is_folded: bool) {
        if let Some(stack) = self.stack_mut(id) {
            stack.is_folded = is_folded;
        }
    }

    /// Puts a window before all others.
    pub fn raise(&mut self, id: StackId) {
        if let Some(Place::Floating(index)) = self.place(id) {
            let window = self.windows.remove(index);
            self.windows.push(window);
        }
    }
}
