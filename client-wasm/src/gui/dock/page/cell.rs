//! A cell in the page: a handle, tabs and the content of one of them.

use scenecast_dom::*;

use super::handle::Dock;
use super::measure::{placed, z_index};
use super::part::{self, Part};
use super::tabs::{self, Group};
use super::{fold, menu, panes, stack};
use crate::gui::chrome::header;
use crate::gui::dock::frames::Form;
use crate::gui::dock::layout::Cell;
use crate::gui::dock::moves::Piece;

/// The view of a cell.
pub(super) fn view(dock: Dock, part: Part) -> View {
    let Part::Cell(id) = part else {
        return View::empty();
    };
    let is_main = dock.desk().layout.cell(id).is_some_and(Cell::is_main);
    let (group, piece) = (Group::Cell(id), Piece::Cell(id));
    let cell = part::make(dock, part, "section", &[], CELL);
    let fixed = [("class", "head")];
    let head = part::make(dock, Part::Handle(piece), "div", &fixed, &[]);
    part::observe(dock, part, &head, |dock, part, [_, height]| {
        dock.head_is(part, height);
    });
    let class = if is_main { "header" } else { "grip" };
    let handle = element::html("div", &[("class", class)]);
    if is_main {
        element::child(&handle, header::view());
    }
    element::child(&handle, menu::mark(dock, piece));
    element::child(&handle, fold::button(dock, Some(piece)));
    element::child(&head, View::from(handle));
    if !is_main {
        element::child(&head, tabs::strip(dock, group));
    }
    let body = element::html("div", &[("class", "body")]);
    panes::follow(dock, group, &body);
    for part in [head, body] {
        element::child(&cell, View::from(part));
    }
    cell.into()
}

const CELL: part::Attributes = &[
    ("class", |dock, part| {
        let Part::Cell(id) = part else { return None };
        let frame = dock.cell(id)?;
        let class = match (frame.form, frame.is_window) {
            (Form::Open, false) => "cell open",
            (Form::Open, true) => "cell open alone",
            (Form::Bar, false) => "cell bar",
            (Form::Bar, true) => "cell bar alone",
            (Form::Rail, _) => "cell rail",
        };
        Some([class, stack::dragged(dock, part)].concat().into())
    }),
    ("style", |dock, part| {
        let Part::Cell(id) = part else { return None };
        let frame = dock.cell(id)?;
        let place = dock.stack(frame.stack)?.place;
        Some(placed(frame.rect, z_index(place) + 1).into())
    }),
    ("aria-label", |dock, part| {
        let Part::Cell(id) = part else { return None };
        let tabs = dock.desk().layout.cell(id)?.tabs.clone();
        Some(dock.labels(&tabs, ", ").into())
    }),
];
