//! What is done to panels with pointers and keys, by the parts that it is done to.

use scenecast_dom::*;
use web_sys::{Element, KeyboardEvent, MouseEvent, PointerEvent};

use super::gesture::{self, Kind};
use super::handle::Dock;
use super::part::{self, Part};
use super::{bottom, keys, menu, splitter, stack, tabs};
use crate::gui::dock::frames::Form;
use crate::gui::dock::moves::Piece;

/// Listens to everything within an element: that of all panels, or a tab group elsewhere.
pub(super) fn listen(dock: Dock, root: &Element) {
    event::pointerdown(root, move |event| pressed(dock, &event));
    event::pointerup(root, move |event| {
        if let Some((_, Part::Header)) = part::hit(dock, &event) {
            bottom::release(dock, &event);
        }
    });
    event::click(root, move |event| clicked(dock, &event));
    event::contextmenu(root, move |event| {
        if let Some((element, part)) = part::hit(dock, &event)
            && let Some(piece) = piece(part)
        {
            menu::open(dock, piece, &element, &event);
        }
    });
    event::keydown(root, move |event| typed(dock, &event));
}

/// What is moved by a part.
fn piece(part: Part) -> Option<Piece> {
    match part {
        Part::Tab(_, tab) => Some(Piece::Tab(tab)),
        Part::Handle(piece) | Part::Mark(piece) => Some(piece),
        _ => None,
    }
}

fn pressed(dock: Dock, event: &PointerEvent) {
    // Any press on a window puts it in front.
    let pressed = part::stack_at(dock, event);
    let behind = dock.desk().layout.windows_behind();
    if let Some(id) = pressed.filter(|id| behind.contains(id)) {
        dock.desk_mut().layout.raise(id);
    }
    let Some((element, part)) = part::hit(dock, event) else {
        return;
    };
    match part {
        Part::Splitter(splitter) if splitter::is_live(dock, part) => {
            gesture::begin(dock, Kind::Splits(splitter), event);
        }
        Part::Edge(id, index) => {
            gesture::begin(dock, Kind::Resizes(id, stack::edges(index)), event);
        }
        Part::Header => bottom::press(dock, &element, event),
        _ => {
            if let Some(piece) = piece(part) {
                gesture::grasp(dock, piece, event);
            }
        }
    }
}

fn clicked(dock: Dock, event: &MouseEvent) {
    let Some((element, part)) = part::hit(dock, event) else {
        return;
    };
    match part {
        Part::Tab(_, tab) => dock.show(tab),
        // With a pointer, everything around it is one button.
        Part::Mark(piece) if event.detail() == 0 => menu::open(dock, piece, &element, event),
        Part::Mark(piece) | Part::Handle(piece) => toggle(dock, piece),
        Part::Fold(Some(piece)) => toggle(dock, piece),
        Part::Fold(None) => {
            let is_folded = dock.sheet().is_folded;
            dock.sheet_mut().is_folded = !is_folded;
        }
        Part::Title(uuid) => {
            let is_open = dock.sheet().is_open(uuid);
            dock.sheet_mut().set_open(uuid, !is_open);
        }
        Part::Choice(piece, offer, _) => menu::choose(dock, piece, offer),
        _ => {}
    }
}

/// Folds or unfolds a column or window; by a cell only where that is all of it, or folded.
fn toggle(dock: Dock, piece: Piece) {
    let id = match piece {
        Piece::Cell(id) => {
            let frame = dock.cell(id);
            let frame = frame.filter(|f| f.is_window || f.form == Form::Bar);
            frame.map(|frame| frame.stack)
        }
        Piece::Stack(id) => Some(id),
        Piece::Tab(_) => None,
    };
    if let Some(frame) = id.and_then(|id| dock.stack(id)) {
        dock.fold(frame.id, !frame.is_folded);
    }
}

fn typed(dock: Dock, event: &KeyboardEvent) {
    let Some((element, part)) = part::hit(dock, event) else {
        return;
    };
    match part {
        Part::Tab(..) => tabs::key(&element, event),
        Part::Mark(piece) => keys::move_window(dock, piece, event),
        Part::Splitter(splitter) if splitter::is_live(dock, part) => {
            keys::split(dock, splitter, event);
        }
        Part::Edge(id, index) => keys::resize(dock, id, stack::edges(index), event),
        Part::Choice(..) => menu::key(dock, &element, event),
        _ => {}
    }
}
