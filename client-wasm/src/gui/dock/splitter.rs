//! What can be dragged, or moved with arrow keys, between columns and between cells.

use scenecast_dom::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::arrange::{MIN_HEIGHT, MIN_WIDTH};
use super::follow::{Text, act, flag, of};
use super::frames::{Rect, Splitter};
use super::handle::Dock;
use super::layout::Side;
use super::measure::{placed, rounded, z_index};
use super::{gesture, keys};

/// Splitters can be hit this far around their middle, pixels.
const GRAB: f64 = 6.0;

/// The view of a splitter.
pub(super) fn view(dock: Dock, id: Splitter) -> View {
    let is_upright = id.is_upright();
    let (class, label) = match id {
        Splitter::Region(Side::Left) => (
            "splitter upright region-edge",
            "Width of the panels on the left",
        ),
        Splitter::Region(Side::Right) => (
            "splitter upright region-edge",
            "Width of the panels on the right",
        ),
        Splitter::Columns(..) => ("splitter upright", "Width of the column before this"),
        Splitter::Cells(..) => ("splitter level", "Height of the panel above"),
    };
    view! {
        <div
            class=class
            class:inert=of(dock, &id, |dock, id| flag(!is_live(dock, id)))
            style=of(dock, &id, style)
            role="separator"
            tabindex=of(dock, &id, |dock, id| {
                Some(if is_live(dock, id) { "0" } else { "-1" }.into())
            })
            aria-label=label
            aria-orientation=if is_upright { "vertical" } else { "horizontal" }
            aria-valuenow=of(dock, &id, |dock, id| rounded(dock.arrangement().sizes_at(*id).0))
            aria-valuemin=if is_upright { MIN_WIDTH } else { MIN_HEIGHT }
            aria-valuemax=of(dock, &id, |dock, id| rounded(dock.arrangement().sizes_at(*id).1))
            on:pointerdown=act(dock, &id, |dock, id, event: &PointerEvent| {
                if is_live(dock, id) {
                    gesture::split(dock, *id, event);
                }
            })
            on:keydown=act(dock, &id, |dock, id, event: &KeyboardEvent| {
                if is_live(dock, id) {
                    keys::split(dock, *id, event);
                }
            })
        ></div>
    }
}

fn is_live(dock: Dock, id: &Splitter) -> bool {
    let arrangement = dock.arrangement();
    arrangement.splitter(*id).is_some_and(|frame| frame.is_live)
}

fn style(dock: Dock, id: &Splitter) -> Text {
    let arrangement = dock.arrangement();
    let rect = arrangement.splitter(*id)?.rect;
    let z = match *id {
        Splitter::Cells(stack, _) => z_index(arrangement.stack(stack)?.place) + 1,
        // Windows that are over it leave it within reach.
        Splitter::Region(_) => 5000,
        Splitter::Columns(..) => 6,
    };
    let (x, y) = (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0);
    let rect = if id.is_upright() {
        Rect::new(x - GRAB, rect.y, 2.0 * GRAB, rect.height)
    } else {
        Rect::new(rect.x, y - GRAB, rect.width, 2.0 * GRAB)
    };
    Some(placed(rect, z).into())
}
