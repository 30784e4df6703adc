//! A column or window in the page: what is behind its cells, and what it is moved, folded and
//! resized by.

use scenecast_dom::*;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};

use super::fold::{self, Fold, Folding};
use super::follow::{Text, act, flag, of};
use super::handle::Dock;
use super::layout::{Place, Side, StackId};
use super::measure::{placed, rounded, z_index};
use super::moves::Piece;
use super::resize::Edges;
use super::{gesture, keys, menu};

/// The edges and corners of a window, by class.
const EDGES: [(&str, Edges); 8] = [
    ("edge left", Edges::new(true, false, false, false)),
    ("edge right", Edges::new(false, true, false, false)),
    ("edge top", Edges::new(false, false, true, false)),
    ("edge bottom", Edges::new(false, false, false, true)),
    ("edge top left", Edges::new(true, false, true, false)),
    ("edge top right", Edges::new(false, true, true, false)),
    ("edge bottom left", Edges::new(true, false, false, true)),
    ("edge bottom right", Edges::new(false, true, false, true)),
];

const FOLDING: Folding<StackId> = Folding {
    read: |dock, id| {
        let frame = dock.stack(*id)?;
        let (what, sign) = match frame.place {
            Place::Docked(Side::Left, _) => ("column", Some("«")),
            Place::Docked(Side::Right, _) => ("column", Some("»")),
            Place::Floating(_) => ("panels", None),
        };
        Some(Fold {
            is_folded: frame.is_folded,
            what,
            sign,
        })
    },
    toggle: |dock, id| dock.toggle(*id),
};

/// The view of a stack, its cells aside.
pub(super) fn view(dock: Dock, id: StackId) -> View {
    let grips = EDGES
        .into_iter()
        .map(|(class, edges)| grip(dock, id, class, edges));
    let grips: Vec<View> = grips.collect();
    view! {
        <div
            class="stack"
            class:window=of(dock, &id, |dock, id| {
                flag(dock.stack(*id).is_some_and(|frame| frame.side().is_none()))
            })
            class:folded=of(dock, &id, |dock, id| {
                flag(dock.stack(*id).is_some_and(|frame| frame.is_folded))
            })
            class:dragged=of(dock, &id, |dock, id| flag(dock.dragged().window == Some(*id)))
            style=of(dock, &id, |dock, id| {
                let frame = dock.stack(*id)?;
                Some(placed(frame.rect, z_index(frame.place)).into())
            })
            data-stack=id.0
        >
            {handle(dock, id)}
            {grips}
        </div>
    }
}

/// What a stack of several cells, or a column, is moved and folded by.
fn handle(dock: Dock, id: StackId) -> View {
    view! {
        <div
            class="handle"
            hidden=of(dock, &id, |dock, id| {
                flag(dock.stack(*id).is_none_or(|frame| frame.handle.is_none()))
            })
            on:pointerdown=act(dock, &id, |dock, id, event: &PointerEvent| {
                if !gesture::is_on_control(event) {
                    gesture::grasp(dock, Piece::Stack(*id), event);
                }
            })
            on:click=act(dock, &id, |dock, id, event: &MouseEvent| {
                if !gesture::is_on_control(event) {
                    dock.toggle(*id);
                }
            })
            on:contextmenu=act(dock, &id, |dock, id, event: &MouseEvent| {
                menu::open(dock, Piece::Stack(*id), event);
            })
        >
            {menu::handle(dock, Piece::Stack(id))}
            {fold::button(dock, &id, FOLDING)}
        </div>
    }
}

/// What a window is resized by. Two of the edges have the keyboard as well.
fn grip(dock: Dock, id: StackId, class: &'static str, edges: Edges) -> View {
    let label = match class {
        "edge right" => Some("Width of the window"),
        "edge bottom" => Some("Height of the window"),
        _ => None,
    };
    let has_keys = |value: &'static str| label.and(Some(value));
    let orientation = if edges.right {
        "vertical"
    } else {
        "horizontal"
    };
    let part = (id, edges);
    view! {
        <div
            class=class
            role=has_keys("separator")
            tabindex=has_keys("0")
            aria-label=label
            aria-orientation=has_keys(orientation)
            aria-valuemin=has_keys("50")
            aria-valuemax=has_keys("4000")
            aria-valuenow=of(dock, &part, size)
            on:pointerdown=act(dock, &part, |dock, (id, edges), event: &PointerEvent| {
                gesture::resize(dock, *id, *edges, event);
            })
            on:keydown=act(dock, &part, |dock, (id, edges), event: &KeyboardEvent| {
                keys::resize(dock, *id, *edges, event);
            })
        ></div>
    }
}

/// The size that is changed with keys.
fn size(dock: Dock, (id, edges): &(StackId, Edges)) -> Text {
    let rect = dock.stack(*id)?.rect;
    match (edges.right, edges.bottom, edges.left || edges.top) {
        (true, false, false) => rounded(rect.width),
        (false, true, false) => rounded(rect.height),
        _ => None,
    }
}
