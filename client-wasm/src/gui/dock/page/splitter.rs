//! What can be dragged, or moved with arrow keys, between columns and between cells.

use scenecast_dom::*;

use super::handle::Dock;
use super::measure::{placed, rounded, z_index};
use super::part::{self, Part, Text};
use crate::gui::dock::arrange::{MIN_HEIGHT, MIN_WIDTH};
use crate::gui::dock::frames::{Rect, Splitter, SplitterFrame};
use crate::gui::dock::layout::Side;

/// Splitters can be hit this far around their middle, pixels.
const GRAB: f64 = 6.0;

/// The view of a splitter.
pub(super) fn view(dock: Dock, part: Part) -> View {
    let Part::Splitter(splitter) = part else {
        return View::empty();
    };
    let label = match splitter {
        Splitter::Region(Side::Left) => "Width of the panels on the left",
        Splitter::Region(Side::Right) => "Width of the panels on the right",
        Splitter::Columns(..) => "Width of the column before this",
        Splitter::Cells(..) => "Height of the panel above",
    };
    let orientation = match splitter.is_upright() {
        true => "vertical",
        false => "horizontal",
    };
    let fixed = [
        ("role", "separator"),
        ("aria-label", label),
        ("aria-orientation", orientation),
    ];
    part::make(dock, part, "div", &fixed, ATTRIBUTES).into()
}

const ATTRIBUTES: part::Attributes = &[
    ("class", |dock, part| {
        let frame = frame(dock, part)?;
        let class = match frame.splitter {
            Splitter::Region(_) => "splitter upright region-edge",
            Splitter::Columns(..) => "splitter upright",
            Splitter::Cells(..) => "splitter level",
        };
        let inert = if frame.is_live { "" } else { " inert" };
        Some([class, inert].concat().into())
    }),
    ("style", style),
    ("tabindex", |dock, part| {
        Some(if is_live(dock, part) { "0" } else { "-1" }.into())
    }),
    ("aria-valuenow", |dock, part| {
        rounded(dock.arrangement().sizes_at(frame(dock, part)?.splitter).0)
    }),
    ("aria-valuemin", |dock, part| {
        let is_upright = frame(dock, part)?.splitter.is_upright();
        rounded(if is_upright { MIN_WIDTH } else { MIN_HEIGHT })
    }),
    ("aria-valuemax", |dock, part| {
        rounded(dock.arrangement().sizes_at(frame(dock, part)?.splitter).1)
    }),
];

fn frame(dock: Dock, part: Part) -> Option<SplitterFrame> {
    match part {
        Part::Splitter(splitter) => dock.arrangement().splitter(splitter).copied(),
        _ => None,
    }
}

/// Whether it can be moved.
pub(super) fn is_live(dock: Dock, part: Part) -> bool {
    frame(dock, part).is_some_and(|frame| frame.is_live)
}

fn style(dock: Dock, part: Part) -> Text {
    let SplitterFrame { splitter, rect, .. } = frame(dock, part)?;
    let z = match splitter {
        Splitter::Cells(stack, _) => z_index(dock.stack(stack)?.place) + 1,
        // Windows that are over it leave it within reach.
        Splitter::Region(_) => 5000,
        Splitter::Columns(..) => 6,
    };
    let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    let rect = if splitter.is_upright() {
        Rect::new(x - GRAB, rect.y, 2.0 * GRAB, rect.height)
    } else {
        Rect::new(rect.x, y - GRAB, rect.width, 2.0 * GRAB)
    };
    Some(placed(rect, z).into())
}
