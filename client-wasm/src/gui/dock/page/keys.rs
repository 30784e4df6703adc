//! What keys do to sizes, and to where windows are.

use web_sys::KeyboardEvent;

use super::gesture::with_room;
use super::handle::Dock;
use crate::gui::dock::frames::{Rect, Splitter};
use crate::gui::dock::layout::StackId;
use crate::gui::dock::moves::Piece;
use crate::gui::dock::resize::Edges;

/// A window moves this far with an arrow key, and five times as far with Shift.
const MOVE_STEP: f64 = 10.0;
/// Steps of sizes, more than what snaps; four times as much with Shift.
const SIZE_STEP: f64 = 16.0;

/// A key goes down on what a piece is moved by: it moves the window that it is in.
pub(super) fn move_window(dock: Dock, piece: Piece, event: &KeyboardEvent) {
    let step = match event.shift_key() {
        true => 5.0 * MOVE_STEP,
        false => MOVE_STEP,
    };
    let (dx, dy) = match event.key().as_str() {
        "ArrowLeft" => (-step, 0.0),
        "ArrowRight" => (step, 0.0),
        "ArrowUp" => (0.0, -step),
        "ArrowDown" => (0.0, step),
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let id = dock.desk().layout.stack_with(piece);
    if let Some(frame) = id.and_then(|id| dock.stack(id)) {
        let Rect {
            x,
            y,
            width,
            height,
        } = frame.rect;
        let rect = Rect::new(x + dx, y + dy, width, height);
        with_room(dock, &|layout, room| {
            layout.put_window(frame.id, rect, room);
        });
    }
}

/// How far an arrow key moves things to the right or down.
fn key_delta(event: &KeyboardEvent, is_upright: bool) -> Option<f64> {
    let step = match event.shift_key() {
        true => 4.0 * SIZE_STEP,
        false => SIZE_STEP,
    };
    let delta = match (event.key().as_str(), is_upright) {
        ("ArrowLeft", true) | ("ArrowUp", false) => -step,
        ("ArrowRight", true) | ("ArrowDown", false) => step,
        ("Home", _) => -1e6,
        ("End", _) => 1e6,
        _ => return None,
    };
    event.prevent_default();
    event.stop_propagation();
    Some(delta)
}

/// A key goes down on a splitter.
pub(super) fn split(dock: Dock, splitter: Splitter, event: &KeyboardEvent) {
    if let Some(delta) = key_delta(event, splitter.is_upright()) {
        with_room(dock, &|layout, room| {
            layout.move_splitter(splitter, delta, room);
        });
    }
}

/// A key goes down on the edge of a window.
pub(super) fn resize(dock: Dock, id: StackId, edges: Edges, event: &KeyboardEvent) {
    let Some(frame) = dock.stack(id) else { return };
    if let Some(delta) = key_delta(event, edges.right) {
        let delta = delta.clamp(-4000.0, 4000.0);
        let by = match edges.right {
            true => (delta, 0.0),
            false => (0.0, delta),
        };
        with_room(dock, &|layout, room| {
            layout.resize_window(id, edges, frame.rect, by, room);
        });
    }
}
