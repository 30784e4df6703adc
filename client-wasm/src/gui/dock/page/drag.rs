//! Dragging: tabs within their strip, everything else as a window.

use web_sys::Element;

use super::gesture::{Gesture, Kind, with_room};
use super::handle::{Dock, Dragged};
use super::part::Part;
use super::tabs::Group;
use crate::gui::dock::TabId;
use crate::gui::dock::aim::{Aiming, Shown, tab_gap};
use crate::gui::dock::frames::{Form, Rect};
use crate::gui::dock::layout::{Cell, CellId, StackId};
use crate::gui::dock::moves::{Piece, Target};
use crate::gui::dock::resize::spot_at;

/// A tab that is dragged this far out of its strip leaves it.
const TEAR: f64 = 30.0;
/// How much of a window is left of the pointer at most, when it is narrower than what was held.
const MAX_GRAB: f64 = 40.0;

/// What is held follows the pointer; it may become a window.
pub(super) fn pull(dock: Dock, gesture: &Gesture, piece: Piece, at: (f64, f64)) -> Kind {
    if let Piece::Tab(tab) = piece {
        let cell = dock.desk().layout.cell_of(tab).map(|cell| cell.id);
        let shown = cell.and_then(|cell| shown(dock).into_iter().find(|s| s.cell == Some(cell)));
        let frame = cell.and_then(|cell| dock.cell(cell));
        let is_open = frame.is_none_or(|frame| frame.form == Form::Open);
        if let (Some(cell), Some(shown), true) = (cell, shown, is_open) {
            let Rect {
                x,
                y,
                width,
                height,
            } = shown.strip;
            let around = Rect::new(x - TEAR, y - TEAR, width + 2.0 * TEAR, height + 2.0 * TEAR);
            if around.contains(at.0, at.1) {
                reorder(dock, cell, tab, &shown, at);
                return Kind::Held(piece);
            }
        }
    }
    match undock(dock, gesture, piece) {
        Some((id, grab)) => {
            dock.set_dragged(Dragged {
                window: Some(id),
                aim: None,
            });
            Kind::Moves(id, grab)
        }
        None => Kind::Held(piece),
    }
}

/// Puts a tab before the one that a pointer is over.
fn reorder(dock: Dock, cell: CellId, tab: TabId, shown: &Shown, at: (f64, f64)) {
    let index_of = |cell: &Cell| cell.tabs.iter().position(|other| *other == tab);
    let Some(own) = dock.desk().layout.cell(cell).and_then(index_of) else {
        return;
    };
    let Some((index, _)) = tab_gap(
        &shown.tabs,
        false,
        at.0,
        shown.strip.y + shown.strip.height / 2.0,
    ) else {
        return;
    };
    if index != own && index != own + 1 {
        let target = Target::Tabs(cell, index);
        dock.change().layout.move_to(Piece::Tab(tab), target);
    }
}

/// Makes a window of a piece. Returns it with the point that the pointer has of it.
fn undock(dock: Dock, gesture: &Gesture, piece: Piece) -> Option<(StackId, (f64, f64))> {
    let (cell, window) = {
        let layout = &dock.desk().layout;
        (layout.cell_with(piece)?.id, layout.whole_window(piece))
    };
    let arrangement = &gesture.arrangement;
    let start = gesture.start;
    if let Some(frame) = window.and_then(|id| arrangement.stack(id)) {
        return Some((frame.id, (start.0 - frame.rect.x, start.1 - frame.rect.y)));
    }
    let rect = match piece {
        Piece::Stack(id) => arrangement.stack(id).map(|frame| frame.rect),
        _ => arrangement.cell(cell).map(|frame| frame.rect),
    };
    let rect = rect.unwrap_or(Rect::new(start.0 - MAX_GRAB, start.1 - TEAR, 300.0, 100.0));
    let right = dock.bounds().width - arrangement.right;
    let target = Target::Window(spot_at(rect, arrangement.left, right));
    dock.change().layout.move_to(piece, target);
    let (id, width) = {
        let desk = dock.desk();
        let window = desk.layout.windows.last()?;
        (window.stack.id, window.stack.width)
    };
    let grab_x = match piece {
        Piece::Tab(_) => MAX_GRAB,
        _ => (start.0 - rect.x)
            .min(width - MAX_GRAB)
            .max(MAX_GRAB.min(width / 2.0)),
    };
    let grab_y = match piece {
        Piece::Tab(_) => TEAR / 2.0,
        _ => (start.1 - rect.y).clamp(0.0, MAX_GRAB),
    };
    Some((id, (grab_x, grab_y)))
}

/// A window follows the pointer, and shows where it would land.
pub(super) fn follow(dock: Dock, id: StackId, grab: (f64, f64), at: (f64, f64)) {
    let Some(size) = dock.stack(id).map(|frame| frame.rect) else {
        return;
    };
    let rect = Rect::new(at.0 - grab.0, at.1 - grab.1, size.width, size.height);
    with_room(dock, &|layout, room| layout.put_window(id, rect, room));
    let shown = shown(dock);
    let aiming = Aiming {
        layout: &dock.desk().layout,
        arrangement: &dock.arrangement(),
        bounds: &dock.bounds(),
        shown: &shown,
        dragged: id,
    };
    let aim = aiming.at(at.0, at.1);
    if dock.dragged().aim != aim {
        let window = Some(id);
        dock.set_dragged(Dragged { window, aim });
    }
}

/// Where strips and tabs are in the page.
fn shown(dock: Dock) -> Vec<Shown> {
    let (left, top) = dock.origin();
    let place = |element: &Element| {
        let rect = element.get_bounding_client_rect();
        let (x, y) = (rect.left() - left, rect.top() - top);
        Rect::new(x, y, rect.width(), rect.height())
    };
    let mut strips: Vec<(CellId, Element)> = Vec::new();
    {
        let desk = dock.desk();
        dock.parts().each(&mut |element, part| {
            let cell = match part {
                Part::Strip(Group::Cell(id)) => Some(id),
                Part::Strip(Group::Area(uuid)) => {
                    let mut areas = desk.layout.areas.iter();
                    let area = areas.find(|area| area.uuid == uuid);
                    area.map(|area| area.cell.id)
                }
                Part::Handle(Piece::Cell(id)) => Some(id),
                _ => None,
            };
            strips.extend(cell.map(|cell| (cell, element.clone())));
        });
    }
    let mut shown = Vec::new();
    for (cell, element) in strips {
        // Of the control panel it is the header.
        let strip = element.query_selector(".header").ok().flatten();
        let strip = strip.unwrap_or(element);
        let around = strip.closest(".area, .cell").ok().flatten();
        let around = around.map_or(Rect::default(), |around| place(&around));
        if !strip.matches(".strip, .header").unwrap_or(false) || around.height == 0.0 {
            continue;
        }
        let children = strip.children();
        let tabs = (0..children.length()).filter_map(|index| children.item(index));
        let tabs = tabs.filter(|tab| tab.class_list().contains("tab"));
        shown.push(Shown {
            cell: Some(cell),
            rect: around,
            strip: place(&strip),
            tabs: tabs.map(|tab| place(&tab)).collect(),
        });
    }
    shown
}
