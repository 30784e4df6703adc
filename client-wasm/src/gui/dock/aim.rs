//! What letting go of a dragged window would do.

use super::arrange::DIVIDER;
use super::frames::{Arrangement, Bounds, CellFrame, Form, Rect, StackFrame};
use super::layout::{CellId, Layout, Place, Side, StackId};
use super::moves::{Piece, Target};

/// Depth of the zone at an edge without panels.
const EDGE: f64 = 48.0;
/// Depth of the zones beside all columns of a region.
const BESIDE: f64 = 40.0;
/// Depth of the zones at the sides and ends of rails.
const SLIVER: f64 = 8.0;
/// Depth of the zones at the upper and lower edges of bars, at most.
const BAR_EDGE: f64 = 10.0;
/// Thickness of the line that marks where something is inserted.
const LINE: f64 = 3.0;

/// What the page knows of a cell and the layout does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// The cell with its tabs.
    pub cell: Option<CellId>,
    /// Its whole rectangle, which the arrangement does not know of areas.
    pub rect: Rect,
    /// The strip of its tabs, or its header.
    pub strip: Rect,
    /// Its tabs, in their order.
    pub tabs: Vec<Rect>,
}

/// How a target is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A line where something is inserted.
    Line,
    /// What is joined, or the place that is taken.
    Fill,
}

/// Where something lands, and how that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Aim {
    /// Where it lands.
    pub target: Target,
    /// What is marked.
    pub rect: Rect,
    /// How.
    pub mark: Mark,
}

/// What a pointer that drags a window may hit.
#[derive(Clone, Copy)]
pub struct Aiming<'a> {
    /// Where everything is.
    pub layout: &'a Layout,
    /// The same in pixels.
    pub arrangement: &'a Arrangement,
    /// The page.
    pub bounds: &'a Bounds,
    /// What the page shows of each cell.
    pub shown: &'a [Shown],
    /// The window that is dragged, which is no target.
    pub dragged: StackId,
}

impl Aiming<'_> {
    /// What is hit; nothing if the window just stays where it is.
    pub fn at(&self, x: f64, y: f64) -> Option<Aim> {
        let aim = self.find(x, y)?;
        let piece = Piece::Stack(self.dragged);
        self.layout.can_move(piece, aim.target).then_some(aim)
    }

    fn find(&self, x: f64, y: f64) -> Option<Aim> {
        let windows = self.arrangement.stacks.iter().rev();
        let mut windows = windows.filter(|frame| matches!(frame.place, Place::Floating(_)));
        let window = windows.find(|frame| frame.id != self.dragged && frame.rect.contains(x, y));
        if let Some(window) = window {
            return self.in_window(window, x, y);
        }
        Side::BOTH
            .into_iter()
            .find_map(|side| self.in_region(side, x, y))
    }

    fn in_window(&self, window: &StackFrame, x: f64, y: f64) -> Option<Aim> {
        let cell = self.nearest_cell(window.id, y)?;
        self.in_area(cell, x, y)
            .or_else(|| self.in_cell(cell, x, y))
    }

    /// The cell of a stack that is level with a pointer, or the nearest.
    fn nearest_cell(&self, stack: StackId, y: f64) -> Option<&CellFrame> {
        let cells = self
            .arrangement
            .cells
            .iter()
            .filter(|frame| frame.stack == stack);
        let distance = |frame: &CellFrame| (frame.rect.y - y).max(y - frame.rect.bottom()).max(0.0);
        cells.min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    fn in_region(&self, side: Side, x: f64, y: f64) -> Option<Aim> {
        let Bounds { width, height, .. } = *self.bounds;
        let reserved = self.arrangement.reserved(side);
        // Distance from the edge of the page.
        let depth = match side {
            Side::Left => x,
            Side::Right => width - x,
        };
        let columns = self.layout.region(side);
        if columns.is_empty() {
            let dragged = self.arrangement.stack(self.dragged);
            let taken = dragged.map_or(EDGE, |frame| frame.rect.width);
            let left = if side == Side::Left {
                0.0
            } else {
                width - taken
            };
            return (depth < EDGE).then(|| Aim {
                target: Target::Column(side, 0),
                rect: Rect::new(left, 0.0, taken, height),
                mark: Mark::Fill,
            });
        }
        if depth > reserved {
            return None;
        }
        let frames = self
            .arrangement
            .stacks
            .iter()
            .filter(|frame| matches!(frame.place, Place::Docked(s, _) if s == side));
        let frames: Vec<&StackFrame> = frames.collect();
        // The gap right of a column is a place between columns.
        let last = frames.len() - 1;
        let index = frames
            .iter()
            .position(|frame| x <= frame.rect.right())
            .unwrap_or(last);
        let column = frames[index];
        if index > 0 && x < column.rect.x {
            return Some(self.column(side, index));
        }
        let cell = self.nearest_cell(column.id, y)?;
        let is_single = frames.len() == 1 && columns[0].cells.len() == 1;
        let is_in_strip = self
            .shown(cell.id)
            .is_some_and(|shown| shown.strip.contains(x, y));
        if !is_single && !is_in_strip && cell.form == Form::Open {
            let start = frames[0].rect.x;
            let band = BESIDE.min(reserved / 3.0);
            if x < start + band {
                return Some(self.column(side, 0));
            }
            if x > frames[last].rect.right() - band {
                return Some(self.column(side, frames.len()));
            }
        }
        self.in_area(cell, x, y)
            .or_else(|| self.in_cell(cell, x, y))
    }

    /// A place between two columns, marked in the gap.
    fn column(&self, side: Side, index: usize) -> Aim {
        let column = |index| self.arrangement.at(Place::Docked(side, index));
        let x = match index {
            0 => column(0).map(|frame| frame.rect.x),
            _ => column(index - 1).map(|frame| frame.rect.right() + DIVIDER / 2.0),
        };
        let x = x.unwrap_or_default() - LINE / 2.0;
        let x = x.min(self.bounds.width - LINE).max(0.0);
        Aim {
            target: Target::Column(side, index),
            rect: Rect::new(x, 0.0, LINE, self.bounds.height),
            mark: Mark::Line,
        }
    }

    fn shown(&self, id: CellId) -> Option<&Shown> {
        self.shown.iter().find(|shown| shown.cell == Some(id))
    }

    /// An area within a cell; its sides and lower end are left to the cell.
    fn in_area(&self, host: &CellFrame, x: f64, y: f64) -> Option<Aim> {
        if host.form != Form::Open {
            return None;
        }
        let cell = self.layout.cell(host.id)?;
        let areas = self
            .layout
            .areas
            .iter()
            .filter(|area| cell.shown() == Some(area.host));
        let areas = areas.filter_map(|area| self.shown(area.cell.id));
        let frame = Rect::new(
            host.rect.x + BESIDE,
            host.rect.y,
            host.rect.width - 2.0 * BESIDE,
            host.rect.height - BESIDE,
        );
        let mut areas = areas.filter(|shown| {
            shown.strip.contains(x, y) || shown.rect.contains(x, y) && frame.contains(x, y)
        });
        let shown = areas.next_back()?;
        let id = shown.cell?;
        if shown.strip.contains(x, y) {
            return Some(self.among_tabs(id, shown, x, y));
        }
        let rect = if cell.is_main() {
            host.rect
        } else {
            shown.rect
        };
        Some(self.join(id, rect))
    }

    fn in_cell(&self, frame: &CellFrame, x: f64, y: f64) -> Option<Aim> {
        let cell = self.layout.cell(frame.id)?;
        let rect = frame.rect;
        let place = self.layout.place(frame.stack)?;
        match frame.form {
            Form::Rail => {
                if let Place::Docked(side, index) = place {
                    if x < rect.x + SLIVER {
                        return Some(self.column(side, index));
                    }
                    if x > rect.right() - SLIVER {
                        return Some(self.column(side, index + 1));
                    }
                }
                self.at_end(frame, SLIVER, y)
                    .or_else(|| self.into(frame, x, y))
            }
            Form::Bar => {
                let depth = BAR_EDGE.min(rect.height / 3.0);
                self.at_end(frame, depth, y)
                    .or_else(|| self.into(frame, x, y))
            }
            Form::Open => {
                let shown = self.shown(frame.id);
                let strip = shown.map_or(Rect::new(rect.x, rect.y, rect.width, 0.0), |s| s.strip);
                let dragged = self.layout.stack(self.dragged);
                let is_main = dragged.is_some_and(|stack| stack.cells.iter().any(|c| c.is_main()));
                let is_lonely = cell.is_main() || is_main;
                if y < strip.y || y <= strip.bottom() && is_lonely {
                    return Some(self.above(frame));
                }
                if y <= strip.bottom()
                    && let Some(shown) = shown
                {
                    return Some(self.among_tabs(frame.id, shown, x, y));
                }
                let content = rect.bottom() - strip.bottom();
                let beside = (rect.width * 0.3).min(120.0);
                let end = if content * 0.25 < SLIVER {
                    0.0
                } else {
                    (content * 0.25).min(100.0)
                };
                if let Place::Docked(side, index) = place {
                    if x < rect.x + beside {
                        return Some(self.column(side, index));
                    }
                    if x > rect.right() - beside {
                        return Some(self.column(side, index + 1));
                    }
                    if is_lonely && y < strip.bottom() + end {
                        return Some(self.above(frame));
                    }
                }
                if y > rect.bottom() - end {
                    return Some(self.below(frame));
                }
                self.into(frame, x, y)
            }
        }
    }

    /// The upper or lower end of what is folded.
    fn at_end(&self, frame: &CellFrame, depth: f64, y: f64) -> Option<Aim> {
        if y < frame.rect.y + depth {
            Some(self.above(frame))
        } else if y > frame.rect.bottom() - depth {
            Some(self.below(frame))
        } else {
            None
        }
    }

    /// Joining a cell, between its tabs where those are hit. What joins the control panel goes to
    /// an area in it.
    fn into(&self, frame: &CellFrame, x: f64, y: f64) -> Option<Aim> {
        let cell = self.layout.cell(frame.id)?;
        if cell.is_main() {
            let mut areas = self.layout.areas.iter();
            let area = areas.rfind(|area| cell.shown() == Some(area.host))?;
            return Some(self.join(area.cell.id, frame.rect));
        }
        let shown = self.shown(frame.id);
        let shown = shown.filter(|shown| frame.form != Form::Open && is_near_tabs(shown, x, y));
        Some(match shown {
            Some(shown) => self.among_tabs(frame.id, shown, x, y),
            None => self.join(frame.id, frame.rect),
        })
    }

    fn join(&self, id: CellId, rect: Rect) -> Aim {
        let count = self.layout.cell(id).map_or(0, |cell| cell.tabs.len());
        Aim {
            target: Target::Tabs(id, count),
            rect,
            mark: Mark::Fill,
        }
    }

    fn above(&self, frame: &CellFrame) -> Aim {
        let Rect { x, y, width, .. } = frame.rect;
        Aim {
            target: Target::Above(frame.id),
            rect: Rect::new(x, (y - LINE / 2.0).max(0.0), width, LINE),
            mark: Mark::Line,
        }
    }

    fn below(&self, frame: &CellFrame) -> Aim {
        let Rect { x, width, .. } = frame.rect;
        let y = (frame.rect.bottom() - LINE / 2.0).min(self.bounds.height - LINE);
        Aim {
            target: Target::Below(frame.id),
            rect: Rect::new(x, y, width, LINE),
            mark: Mark::Line,
        }
    }

    /// Between two tabs: beside the nearest one in the row that is hit.
    fn among_tabs(&self, id: CellId, shown: &Shown, x: f64, y: f64) -> Aim {
        let is_upright = self
            .arrangement
            .cell(id)
            .is_some_and(|frame| frame.form == Form::Rail);
        let (index, rect) = tab_gap(&shown.tabs, is_upright, x, y).unwrap_or((0, shown.strip));
        Aim {
            target: Target::Tabs(id, index),
            rect,
            mark: Mark::Line,
        }
    }
}

fn is_near_tabs(shown: &Shown, x: f64, y: f64) -> bool {
    let near = |tab: &Rect| {
        Rect::new(
            tab.x - SLIVER,
            tab.y - SLIVER,
            tab.width + 2.0 * SLIVER,
            tab.height + 2.0 * SLIVER,
        )
        .contains(x, y)
    };
    shown.tabs.iter().any(near)
}

/// Before which tab something is inserted at a point, and the line that shows it. `is_upright`:
/// the tabs are one below the other.
pub fn tab_gap(tabs: &[Rect], is_upright: bool, x: f64, y: f64) -> Option<(usize, Rect)> {
    let middle = |tab: &Rect| (tab.x + tab.width / 2.0, tab.y + tab.height / 2.0);
    // Rows first: in wrapped strips the nearest tab may be in another row.
    let key = |tab: &Rect| {
        let (mx, my) = middle(tab);
        if is_upright {
            (0.0, (y - my).abs())
        } else {
            let is_level = (tab.y..=tab.bottom()).contains(&y);
            (if is_level { 0.0 } else { (y - my).abs() }, (x - mx).abs())
        }
    };
    let (index, tab) = tabs.iter().enumerate().min_by(|(_, a), (_, b)| {
        let ((a0, a1), (b0, b1)) = (key(a), key(b));
        a0.total_cmp(&b0).then(a1.total_cmp(&b1))
    })?;
    let (mx, my) = middle(tab);
    let is_after = if is_upright { y > my } else { x > mx };
    let rect = if is_upright {
        let at = if is_after { tab.bottom() } else { tab.y };
        Rect::new(tab.x, at - 1.0, tab.width, 2.0)
    } else {
        let at = if is_after { tab.right() } else { tab.x + 1.0 };
        Rect::new(at - 1.0, tab.y + tab.height * 0.2, 2.0, tab.height * 0.6)
    };
    Some((index + usize::from(is_after), rect))
}
