//! A column or window in the page: what is behind its cells, and what it is moved, folded and
//! resized by.

use scenecast_dom::*;

use super::fold;
use super::handle::Dock;
use super::measure::{placed, rounded, z_index};
use super::menu;
use super::part::{self, Part, Text, flag};
use crate::gui::dock::moves::Piece;
use crate::gui::dock::resize::Edges;

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

/// An edge or corner by its index.
pub(super) fn edges(index: usize) -> Edges {
    EDGES
        .get(index)
        .map_or(Edges::default(), |(_, edges)| *edges)
}

/// The view of a stack, its cells aside.
pub(super) fn view(dock: Dock, part: Part) -> View {
    let Part::Stack(id) = part else {
        return View::empty();
    };
    let stack = part::make(dock, part, "div", &[], STACK);
    // What a stack of several cells, or a column, is moved and folded by.
    let piece = Piece::Stack(id);
    let fixed = [("class", "handle")];
    let handle = part::make(dock, Part::Handle(piece), "div", &fixed, HANDLE);
    element::child(&handle, menu::mark(dock, piece));
    element::child(&handle, fold::button(dock, Some(piece)));
    element::child(&stack, View::from(handle));
    for (index, (class, edges)) in EDGES.into_iter().enumerate() {
        // Two of the edges have the keyboard as well.
        let (orientation, label) = match index {
            1 => ("vertical", "Width of the window"),
            _ => ("horizontal", "Height of the window"),
        };
        let fixed = [
            ("class", class),
            ("role", "separator"),
            ("tabindex", "0"),
            ("aria-label", label),
            ("aria-orientation", orientation),
            ("aria-valuemin", "50"),
            ("aria-valuemax", "4000"),
        ];
        let (fixed, following) = match edges == EDGES[1].1 || edges == EDGES[3].1 {
            true => (&fixed[..], EDGE),
            false => (&fixed[..1], &[][..]),
        };
        let edge = part::make(dock, Part::Edge(id, index), "div", fixed, following);
        element::child(&stack, View::from(edge));
    }
    stack.into()
}

const STACK: part::Attributes = &[
    ("class", |dock, part| {
        let id = part.stack(dock)?;
        let frame = dock.stack(id)?;
        let window = if frame.side().is_none() {
            " window"
        } else {
            ""
        };
        let folded = if frame.is_folded { " folded" } else { "" };
        let dragged = dragged(dock, part);
        Some(["stack", window, folded, dragged].concat().into())
    }),
    ("style", |dock, part| {
        let frame = dock.stack(part.stack(dock)?)?;
        Some(placed(frame.rect, z_index(frame.place)).into())
    }),
];

const HANDLE: part::Attributes = &[("hidden", |dock, part| {
    let Part::Handle(Piece::Stack(id)) = part else {
        return None;
    };
    flag(dock.stack(id).is_none_or(|frame| frame.handle.is_none()))
})];

const EDGE: part::Attributes = &[("aria-valuenow", size)];

/// The size that is changed with keys.
fn size(dock: Dock, part: Part) -> Text {
    let rect = dock.stack(part.stack(dock)?)?.rect;
    match part {
        Part::Edge(_, 1) => rounded(rect.width),
        _ => rounded(rect.height),
    }
}

/// The class of what is dragged.
pub(super) fn dragged(dock: Dock, part: Part) -> &'static str {
    let window = dock.dragged().window;
    match window.is_some() && window == part.stack(dock) {
        true => " dragged",
        false => "",
    }
}
