//! Making parts larger and smaller.

use super::arrange::{
    MIN_CANVAS, MIN_HEIGHT, MIN_WIDTH, RAIL, drawn_width, region_width, share, window_height,
};
use super::frames::{Arrangement, Bounds, Form, Natural, Rect, Splitter};
use super::layout::{Layout, Place, Side, Spot, Stack, StackId};

/// A height this close to that of the content becomes it.
pub const SNAP: f64 = 12.0;

/// Which edges of a window are moved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Edges {
    /// The left one.
    pub left: bool,
    /// The right one.
    pub right: bool,
    /// The upper one.
    pub top: bool,
    /// The lower one.
    pub bottom: bool,
}

impl Edges {
    /// These edges.
    pub const fn new(left: bool, right: bool, top: bool, bottom: bool) -> Self {
        Self {
            left,
            right,
            top,
            bottom,
        }
    }
}

/// What sizes depend on.
#[derive(Clone, Copy)]
pub struct Room<'a> {
    /// The page.
    pub bounds: &'a Bounds,
    /// Where everything is.
    pub arrangement: &'a Arrangement,
    /// How high content is.
    pub natural: Natural<'a>,
}

impl Layout {
    /// Gives the columns of a region a width together, dividers not counted. Folded columns keep
    /// theirs, unless all are folded: then it is what they unfold to.
    pub fn set_region_width(&mut self, side: Side, width: f64) {
        let region = self.region_mut(side);
        let is_all_folded = region.iter().all(|column| column.is_folded);
        let folded = region.iter().filter(|column| column.is_folded).count();
        let rails = if is_all_folded { 0 } else { folded };
        let width = width - rails as f64 * RAIL;
        let mut columns: Vec<&mut Stack> = region
            .iter_mut()
            .filter(|column| is_all_folded || !column.is_folded)
            .collect();
        let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
        let width = width.max(MIN_WIDTH * columns.len() as f64);
        let shares = share(&widths, width, MIN_WIDTH);
        for (column, width) in columns.iter_mut().zip(shares) {
            column.width = width;
        }
    }

    /// Moves a splitter by a number of pixels, as far as there is room. A cell's height close to
    /// its content's becomes it.
    pub fn move_splitter(&mut self, splitter: Splitter, delta: f64, room: Room<'_>) {
        match splitter {
            Splitter::Region(side) => self.widen_region(side, delta, room),
            Splitter::Columns(side, index) => {
                if let [a, b, ..] = &mut self.region_mut(side)[index..] {
                    let both = a.width + b.width;
                    a.width = clamp(a.width + delta, MIN_WIDTH, both - MIN_WIDTH);
                    b.width = (both - a.width).max(MIN_WIDTH);
                }
            }
            Splitter::Cells(id, index) => self.trade_heights(id, index, delta, room),
        }
    }

    fn widen_region(&mut self, side: Side, delta: f64, room: Room<'_>) {
        let region = self.region(side);
        let drawn: f64 = region.iter().map(drawn_width).sum();
        let chrome = region_width(region) - drawn;
        let other =
            room.arrangement.left + room.arrangement.right - room.arrangement.reserved(side);
        let most = room.bounds.width - MIN_CANVAS - other - chrome;
        let grown = match side {
            Side::Left => delta,
            Side::Right => -delta,
        };
        let width = room.arrangement.reserved(side) - chrome + grown;
        self.set_region_width(side, width.min(most));
    }

    fn trade_heights(&mut self, id: StackId, index: usize, delta: f64, room: Room<'_>) {
        let Some(place) = self.place(id) else { return };
        let Some(stack) = self.stack_mut(id) else {
            return;
        };
        let frames: Vec<_> = room
            .arrangement
            .cells
            .iter()
            .filter(|f| f.stack == id)
            .collect();
        let (Some(a), Some(b)) = (frames.get(index), frames.get(index + 1)) else {
            return;
        };
        let (a_height, b_height) = (a.rect.height, b.rect.height);
        let mut delta = delta;
        let stops = [
            (room.natural)(a.id, Form::Open) - a_height,
            b_height - (room.natural)(b.id, Form::Open),
        ];
        let near = |stop: &&f64| (**stop - delta).abs() <= SNAP;
        let nearest = stops
            .iter()
            .filter(near)
            .min_by(|p, q| (*p - delta).abs().total_cmp(&(*q - delta).abs()));
        if let Some(stop) = nearest {
            delta = *stop;
        }
        let delta = clamp(delta, MIN_HEIGHT - a_height, b_height - MIN_HEIGHT);
        for (cell, frame) in stack.cells.iter_mut().zip(&frames) {
            cell.weight = frame.rect.height.max(1.0);
        }
        stack.cells[index].weight = (a_height + delta).max(1.0);
        stack.cells[index + 1].weight = (b_height - delta).max(1.0);
        // What is as high as its content cannot be divided otherwise.
        if let Place::Floating(_) = place
            && let Some(frame) = room.arrangement.stack(id)
        {
            stack.height = Some(frame.rect.height);
        }
    }

    /// Moves edges of a window whose rectangle was `start` when that began. A height close to that
    /// of the content becomes it, and stays it when the content changes.
    pub fn resize_window(
        &mut self,
        id: StackId,
        edges: Edges,
        start: Rect,
        by: (f64, f64),
        room: Room<'_>,
    ) {
        let Some(Place::Floating(index)) = self.place(id) else {
            return;
        };
        let (dx, dy) = by;
        let mut rect = start;
        if edges.right {
            rect.width = (start.width + dx).max(MIN_WIDTH);
        } else if edges.left {
            rect.width = (start.width - dx).max(MIN_WIDTH);
            rect.x = start.right() - rect.width;
        }
        let stack = &mut self.windows[index].stack;
        if (edges.top || edges.bottom) && !stack.is_folded {
            let wanted = if edges.bottom {
                start.height + dy
            } else {
                start.height - dy
            };
            let auto = Stack {
                height: None,
                ..stack.clone()
            };
            let content = window_height(&auto, room.bounds, room.natural);
            let is_near = (wanted - content).abs() <= SNAP;
            rect.height = if is_near {
                content
            } else {
                wanted.max(MIN_HEIGHT)
            };
            stack.height = (!is_near).then_some(rect.height);
            if edges.top {
                rect.y = start.bottom() - rect.height;
            }
        }
        stack.width = rect.width;
        self.put_window(id, rect, room);
    }

    /// Puts a window at a place on the page, where it keeps its distance to the nearer side.
    pub fn put_window(&mut self, id: StackId, rect: Rect, room: Room<'_>) {
        let (left, right) = (
            room.arrangement.left,
            room.bounds.width - room.arrangement.right,
        );
        if let Some(Place::Floating(index)) = self.place(id) {
            self.windows[index].spot = spot_at(rect, left, right);
        }
    }
}

/// The spot of a rectangle on a page whose scene is between two abscissas.
pub fn spot_at(rect: Rect, left: f64, right: f64) -> Spot {
    let from_right = right - rect.right() < rect.x - left;
    Spot {
        x: if from_right {
            right - rect.right()
        } else {
            rect.x - left
        },
        from_right,
        y: rect.y,
        from_bottom: false,
        is_inside: false,
    }
}

/// Like `f64::clamp`, but the lower limit wins where the limits cross.
pub(super) fn clamp(value: f64, least: f64, most: f64) -> f64 {
    value.min(most).max(least)
}
