//! What pointers and keys do to panels.
//!
//! A pointer that goes down on a handle may click or drag: it drags once it has moved a little.
//! From then on the element of all panels has it, which stays whatever becomes of the handle. What
//! is dragged is a window at once, and Escape puts everything back.

use std::rc::Rc;

use scenecast_dom::*;
use web_sys::{KeyboardEvent, PointerEvent};

use super::drag;
use super::handle::{Dock, Dragged};
use crate::gui::dock::frames::{Arrangement, Splitter};
use crate::gui::dock::layout::{Layout, StackId};
use crate::gui::dock::moves::Piece;
use crate::gui::dock::resize::{Edges, Room};

/// A pointer that moves further drags.
const THRESHOLD: f64 = 3.0;

/// What a pointer is doing.
pub(crate) struct Gesture {
    pointer: i32,
    pub(super) start: (f64, f64),
    /// Everything as it was.
    before: Layout,
    pub(super) arrangement: Rc<Arrangement>,
    kind: Kind,
    has_begun: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Holds a handle or tab.
    Held(Piece),
    /// Moves a window, of which it has a point.
    Moves(StackId, (f64, f64)),
    /// Moves a splitter.
    Splits(Splitter),
    /// Moves edges of a window.
    Resizes(StackId, Edges),
}

/// A pointer goes down on a handle or tab.
pub(super) fn grasp(dock: Dock, piece: Piece, event: &PointerEvent) {
    let cell = match piece {
        // The only tab of a cell is moved by moving the cell.
        Piece::Tab(tab) => dock.desk().layout.alone(tab),
        _ => None,
    };
    let piece = cell.map_or(piece, Piece::Cell);
    begin(dock, Kind::Held(piece), event);
}

pub(super) fn begin(dock: Dock, kind: Kind, event: &PointerEvent) {
    let is_busy = dock.gesture().is_some();
    if event.button() != 0 || is_busy {
        return;
    }
    event.stop_propagation();
    let gesture = Gesture {
        pointer: event.pointer_id(),
        start: at(dock, event),
        before: dock.desk().layout.clone(),
        arrangement: dock.arrangement(),
        kind,
        has_begun: false,
    };
    *dock.gesture() = Some(gesture);
}

/// Where a pointer is, from the corner of the panels' area.
fn at(dock: Dock, event: &PointerEvent) -> (f64, f64) {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let (left, top) = dock.origin();
    (x - left, y - top)
}

/// Listens for the rest of what pointers do, wherever they are.
pub(super) fn listen(dock: Dock) {
    let on_pointer = |name, run: fn(Dock, &PointerEvent)| {
        let window = window();
        let listener = scenecast_dom::listen(&window, name, move |event: PointerEvent| {
            run(dock, &event);
        });
        on_cleanup(move || drop(listener));
    };
    on_pointer("pointermove", |dock, event| {
        if is_ours(dock, event) {
            moved(dock, event);
        }
    });
    on_pointer("pointerup", |dock, event| {
        if is_ours(dock, event) {
            released(dock);
        }
    });
    on_pointer("pointercancel", |dock, event| {
        if is_ours(dock, event) {
            cancel(dock);
        }
    });
    let escaped = scenecast_dom::listen(&window(), "keydown", move |event: KeyboardEvent| {
        let key = event.key();
        let has_begun = dock.gesture().as_ref().is_some_and(|g| g.has_begun);
        if key == "Escape" && has_begun {
            event.prevent_default();
            cancel(dock);
        }
    });
    on_cleanup(move || drop(escaped));
}

fn is_ours(dock: Dock, event: &PointerEvent) -> bool {
    let gesture = dock.gesture();
    gesture
        .as_ref()
        .is_some_and(|g| g.pointer == event.pointer_id())
}

fn moved(dock: Dock, event: &PointerEvent) {
    let (x, y) = at(dock, event);
    let Some(mut gesture) = dock.gesture().take() else {
        return;
    };
    let (dx, dy) = (x - gesture.start.0, y - gesture.start.1);
    if !gesture.has_begun && dx * dx + dy * dy > THRESHOLD * THRESHOLD {
        gesture.has_begun = true;
        // A pointer that is gone already cannot be captured; it moves nothing either.
        let _ = dock.root.set_pointer_capture(event.pointer_id());
        // An element's attributes can always be set.
        let _ = dock.root.set_attribute("data-dragging", "");
    }
    if gesture.has_begun {
        event.prevent_default();
        match gesture.kind {
            Kind::Held(piece) => gesture.kind = drag::pull(dock, &gesture, piece, (x, y)),
            Kind::Moves(..) => {}
            Kind::Splits(splitter) => {
                let delta = if splitter.is_upright() { dx } else { dy };
                redo(dock, &gesture, &|layout, room| {
                    layout.move_splitter(splitter, delta, room);
                });
            }
            Kind::Resizes(id, edges) => {
                let start = gesture.arrangement.stack(id).map(|frame| frame.rect);
                if let Some(start) = start {
                    redo(dock, &gesture, &|layout, room| {
                        layout.resize_window(id, edges, start, (dx, dy), room);
                    });
                }
            }
        }
        if let Kind::Moves(id, grab) = gesture.kind {
            drag::follow(dock, id, grab, (x, y));
        }
    }
    *dock.gesture() = Some(gesture);
}

/// Something that is done to a layout.
type Change<'a> = &'a dyn Fn(&mut Layout, Room<'_>);

/// Changes the layout as it was when the gesture began.
fn redo(dock: Dock, gesture: &Gesture, change: Change<'_>) {
    changed(dock, gesture.before.clone(), &gesture.arrangement, change);
}

/// Changes the layout as it is.
pub(super) fn with_room(dock: Dock, change: Change<'_>) {
    let layout = dock.desk().layout.clone();
    changed(dock, layout, &dock.arrangement(), change);
}

fn changed(dock: Dock, mut layout: Layout, arrangement: &Arrangement, change: Change<'_>) {
    {
        let (desk, heights) = (dock.desk(), dock.heights());
        let natural = |id, form| heights.natural(&desk.layout, id, form);
        let room = Room {
            bounds: &dock.bounds(),
            arrangement,
            natural: &natural,
        };
        change(&mut layout, room);
    }
    dock.desk_mut().layout = layout;
}

fn released(dock: Dock) {
    let aim = dock.dragged().aim;
    let gesture = end(dock);
    let Some(gesture) = gesture.filter(|gesture| gesture.has_begun) else {
        return;
    };
    if let (Kind::Moves(id, _), Some(aim)) = (gesture.kind, aim) {
        dock.move_to(Piece::Stack(id), aim.target);
    }
}

/// Puts everything back.
fn cancel(dock: Dock) {
    if let Some(gesture) = end(dock).filter(|gesture| gesture.has_begun) {
        dock.change().layout = gesture.before;
    }
}

fn end(dock: Dock) -> Option<Gesture> {
    let gesture = dock.gesture().take();
    if let Some(gesture) = &gesture {
        // It fails for pointers that are not captured, and for attributes never.
        let _ = dock.root.release_pointer_capture(gesture.pointer);
        let _ = dock.root.remove_attribute("data-dragging");
    }
    dock.set_dragged(Dragged::default());
    gesture
}
