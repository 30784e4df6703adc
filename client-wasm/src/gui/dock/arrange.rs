//! Where everything is in pixels.

use super::frames::{
    Arrangement, Bounds, CellFrame, Form, Natural, Rect, Splitter, SplitterFrame, StackFrame,
};
use super::layout::{Cell, Layout, Place, Side, Spot, Stack};

/// Width of a panel that never had one.
pub const DEFAULT_WIDTH: f64 = 300.0;
/// No panel is made narrower.
pub const MIN_WIDTH: f64 = 96.0;
/// No cell and no window is made lower.
pub const MIN_HEIGHT: f64 = 50.0;
/// Docked panels leave the scene this width.
pub const MIN_CANVAS: f64 = 120.0;
/// This much of a window stays on the page.
pub const MIN_VISIBLE: f64 = 40.0;
/// Between windows and the edges of the scene, unless something else is asked for.
pub const MARGIN: f64 = 15.0;
/// Width of a folded column.
pub const RAIL: f64 = 36.0;
/// Height of a folded window's cell.
pub const BAR: f64 = 26.0;
/// Between columns and between cells.
pub const DIVIDER: f64 = 5.0;
/// Between a region's columns and its edges.
const GUTTER: f64 = 2.0;
/// Kept free above and below windows, when they are as high as the page.
const WINDOW_GAP: f64 = 8.0;
/// Height of the control panel's header in ems, folded too, and of other panels' tabs.
const HEADER_EMS: f64 = 2.75;
const TABS_EMS: f64 = 2.94;

/// The width that a region wants.
pub(super) fn region_width(columns: &[Stack]) -> f64 {
    if columns.is_empty() {
        return 0.0;
    }
    let drawn = columns.iter().map(drawn_width).sum::<f64>();
    drawn + DIVIDER * (columns.len() - 1) as f64 + 2.0 * GUTTER
}

pub(super) fn drawn_width(column: &Stack) -> f64 {
    if column.is_folded { RAIL } else { column.width }
}

/// Puts a layout into pixels.
pub fn arrange(layout: &Layout, bounds: &Bounds, natural: Natural<'_>) -> Arrangement {
    let mut result = Arrangement::default();
    let [left, right] = Side::BOTH.map(|side| region_width(layout.region(side)));
    let available = (bounds.width - MIN_CANVAS).max(0.0);
    let scale = if left + right > available {
        available / (left + right)
    } else {
        1.0
    };
    result.left = left * scale;
    result.right = right * scale;
    for side in Side::BOTH {
        result.arrange_region(layout, side, scale, bounds, natural);
    }
    for (index, window) in layout.windows.iter().enumerate() {
        let rect = result.window_rect(&window.stack, &window.spot, bounds, natural);
        let place = Place::Floating(index);
        result.arrange_stack(&window.stack, place, rect, bounds, natural);
    }
    result
}

impl Arrangement {
    fn arrange_region(
        &mut self,
        layout: &Layout,
        side: Side,
        scale: f64,
        bounds: &Bounds,
        natural: Natural<'_>,
    ) {
        let columns = layout.region(side);
        if columns.is_empty() {
            return;
        }
        let width = self.reserved(side);
        let start = match side {
            Side::Left => 0.0,
            Side::Right => bounds.width - width,
        };
        let mut x = start + GUTTER * scale;
        for (index, column) in columns.iter().enumerate() {
            let column_width = drawn_width(column) * scale;
            let rect = Rect::new(x, 0.0, column_width, bounds.height);
            self.arrange_stack(column, Place::Docked(side, index), rect, bounds, natural);
            x = rect.right();
            if let Some(next) = columns.get(index + 1) {
                self.splitters.push(SplitterFrame {
                    splitter: Splitter::Columns(side, index),
                    rect: Rect::new(x, 0.0, DIVIDER * scale, bounds.height),
                    is_live: !column.is_folded && !next.is_folded,
                });
                x += DIVIDER * scale;
            }
        }
        let edge = match side {
            Side::Left => width - GUTTER,
            Side::Right => start,
        };
        self.splitters.push(SplitterFrame {
            splitter: Splitter::Region(side),
            rect: Rect::new(edge, 0.0, GUTTER, bounds.height),
            is_live: columns.iter().any(|column| !column.is_folded),
        });
    }

    fn window_rect(
        &self,
        stack: &Stack,
        spot: &Spot,
        bounds: &Bounds,
        natural: Natural<'_>,
    ) -> Rect {
        let width = stack.width.min((bounds.width - 2.0 * MARGIN).max(160.0));
        let most = (bounds.height - WINDOW_GAP).max(MIN_HEIGHT);
        let height = window_height(stack, bounds, natural).min(most);
        let (left, right) = (self.left, bounds.width - self.right);
        let x = if spot.from_right {
            right - width - spot.x
        } else {
            left + spot.x
        };
        let y = if spot.from_bottom {
            bounds.height - height - spot.y
        } else {
            spot.y
        };
        let (x, y) = if spot.is_inside {
            let x = x.min(right - width).max(left);
            (x, y.min(bounds.height - height).max(0.0))
        } else {
            let x = x.min(bounds.width - MIN_VISIBLE).max(0.0);
            (x, y.min(bounds.height - MIN_VISIBLE).max(0.0))
        };
        Rect::new(x, y, width, height)
    }

    fn arrange_stack(
        &mut self,
        stack: &Stack,
        place: Place,
        rect: Rect,
        bounds: &Bounds,
        natural: Natural<'_>,
    ) {
        let is_docked = matches!(place, Place::Docked(..));
        let count = stack.cells.len();
        let has_handle = is_docked || count > 1;
        let handle_height = if has_handle { bounds.em } else { 0.0 };
        let handle = has_handle.then(|| Rect::new(rect.x, rect.y, rect.width, handle_height));
        self.stacks.push(StackFrame {
            id: stack.id,
            place,
            rect,
            handle,
            is_folded: stack.is_folded,
            is_auto: stack.height.is_none(),
        });
        let form = match (stack.is_folded, is_docked) {
            (false, _) => Form::Open,
            (true, true) => Form::Rail,
            (true, false) => Form::Bar,
        };
        let gaps = DIVIDER * (count - 1) as f64;
        let room = (rect.height - handle_height - gaps).max(0.0);
        let heights: Vec<f64> = match form {
            Form::Bar => stack.cells.iter().map(|c| bar_height(c, bounds)).collect(),
            Form::Rail => rail_heights(stack, room, natural),
            Form::Open if !is_docked && stack.height.is_none() => {
                let wanted = stack
                    .cells
                    .iter()
                    .map(|cell| natural(cell.id, Form::Open).max(1.0));
                share(&wanted.collect::<Vec<_>>(), room, MIN_HEIGHT)
            }
            Form::Open => share(
                &stack.cells.iter().map(|c| c.weight).collect::<Vec<_>>(),
                room,
                MIN_HEIGHT,
            ),
        };
        let mut y = rect.y + handle_height;
        for (index, (cell, height)) in stack.cells.iter().zip(heights).enumerate() {
            self.cells.push(CellFrame {
                id: cell.id,
                stack: stack.id,
                rect: Rect::new(rect.x, y, rect.width, height),
                form,
                is_window: !is_docked && count == 1,
            });
            y += height;
            if index + 1 < count {
                self.splitters.push(SplitterFrame {
                    splitter: Splitter::Cells(stack.id, index),
                    rect: Rect::new(rect.x, y, rect.width, DIVIDER),
                    is_live: form == Form::Open,
                });
                y += DIVIDER;
            }
        }
    }
}

/// The height of a window without what the page leaves it.
pub(super) fn window_height(stack: &Stack, bounds: &Bounds, natural: Natural<'_>) -> f64 {
    let count = stack.cells.len();
    let handle = if count > 1 { bounds.em } else { 0.0 };
    let around = handle + DIVIDER * (count - 1) as f64;
    match (stack.is_folded, stack.height) {
        (true, _) => {
            let bars = stack.cells.iter().map(|cell| bar_height(cell, bounds));
            around + bars.sum::<f64>()
        }
        (false, Some(height)) => height.max(MIN_HEIGHT),
        (false, None) => {
            around
                + stack
                    .cells
                    .iter()
                    .map(|c| natural(c.id, Form::Open).min(highest(c, bounds)))
                    .sum::<f64>()
        }
    }
}

/// How high a cell gets by its content alone: that leaves margins, which scale with the text.
fn highest(cell: &Cell, bounds: &Bounds) -> f64 {
    let head = if cell.is_main() { HEADER_EMS } else { TABS_EMS };
    (head + (bounds.height - 2.0 * MARGIN) / 16.0) * bounds.em
}

fn bar_height(cell: &Cell, bounds: &Bounds) -> f64 {
    if cell.is_main() {
        HEADER_EMS * bounds.em
    } else {
        BAR
    }
}

/// Each cell as high as its names, the last one with what is left.
fn rail_heights(stack: &Stack, room: f64, natural: Natural<'_>) -> Vec<f64> {
    let last = stack.cells.len() - 1;
    let mut left = room;
    let mut heights = Vec::with_capacity(last + 1);
    for (index, cell) in stack.cells.iter().enumerate() {
        let even = left / (last - index + 1) as f64;
        let height = if index == last {
            left
        } else {
            natural(cell.id, Form::Rail).min(even)
        };
        left -= height;
        heights.push(height);
    }
    heights
}

/// Divides a length in proportion to weights, so that each part has at least this much where there
/// is room for that.
pub(super) fn share(weights: &[f64], length: f64, least: f64) -> Vec<f64> {
    let least = least.min(length / weights.len().max(1) as f64);
    let mut is_least = vec![false; weights.len()];
    loop {
        let taken = is_least.iter().filter(|is| **is).count() as f64 * least;
        let parts = weights.iter().zip(&is_least);
        let total: f64 = parts
            .filter(|(_, is)| !**is)
            .map(|(weight, _)| weight)
            .sum();
        let unit = if total > 0.0 {
            (length - taken).max(0.0) / total
        } else {
            0.0
        };
        let mut is_done = true;
        for (weight, is) in weights.iter().zip(&mut is_least) {
            if !*is && weight * unit < least - 1e-9 {
                *is = true;
                is_done = false;
            }
        }
        if is_done {
            // Those that get the least have a share that is smaller.
            let part = |weight: &f64| (weight * unit).max(least);
            return weights.iter().map(part).collect();
        }
    }
}
