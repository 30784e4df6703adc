//! The menu of a panel: everything that dragging can do, for those who do not drag.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent};

use super::handle::Dock;
use super::part::{self, Part, Text};
use crate::gui::dock::layout::{Place, Side};
use crate::gui::dock::moves::{Piece, Target};
use crate::gui::dock::offers::Offer;

/// An open menu.
#[derive(Clone)]
pub(crate) struct Menu {
    piece: Piece,
    at: (f64, f64),
    /// What had the keyboard before.
    before: Option<Element>,
}

/// The mark on what a piece is moved by: with the keyboard, a button that opens its menu.
pub(super) fn mark(dock: Dock, piece: Piece) -> View {
    let fixed = [
        ("type", "button"),
        ("class", "move"),
        ("aria-haspopup", "menu"),
    ];
    part::make(dock, Part::Mark(piece), "button", &fixed, MARK).into()
}

const MARK: part::Attributes = &[("aria-label", |dock, part| {
    let Part::Mark(piece) = part else { return None };
    let name = match piece {
        Piece::Tab(tab) => dock.label(tab),
        Piece::Cell(id) => {
            let tabs = dock.desk().layout.cell(id)?.tabs.clone();
            dock.labels(&tabs, ", ")
        }
        Piece::Stack(id) => match dock.stack(id)?.place {
            Place::Docked(..) => "column".to_owned(),
            Place::Floating(_) => "panels".to_owned(),
        },
    };
    Some(["Move", &name].join(" ").into())
})];

/// Opens the menu of a piece where an event was.
pub(super) fn open(dock: Dock, piece: Piece, element: &Element, event: &MouseEvent) {
    event.prevent_default();
    event.stop_propagation();
    let (mut x, mut y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    if event.detail() == 0 {
        // Not with a pointer.
        let rect = element.get_bounding_client_rect();
        (x, y) = (rect.left(), rect.bottom());
    }
    let (left, top) = dock.origin();
    dock.set_menu(Some(Menu {
        piece,
        at: (x - left, y - top),
        before: document().active_element(),
    }));
}

/// Closes it. What had the keyboard has it again.
fn close(dock: Dock) {
    let before = dock.menu().and_then(|menu| menu.before);
    dock.set_menu(None);
    focus(before);
}

/// The menu, while one is open.
pub(super) fn view(dock: Dock) -> View {
    let shown = move || {
        let menu = dock.menu();
        menu.map(|menu| untrack(|| list(dock, &menu)))
    };
    shown.into_view()
}

fn list(dock: Dock, menu: &Menu) -> View {
    // Not beyond the page.
    let bounds = dock.bounds();
    let x = menu.at.0.min(bounds.width - 250.0).max(0.0).round();
    let room = (bounds.height - menu.at.1 - 8.0).max(120.0).round();
    let y = menu.at.1.min(bounds.height - room.min(160.0));
    let y = y.max(0.0).round();
    let fixed = [
        ("class", "menu"),
        ("role", "menu"),
        ("aria-label", "Move the panel"),
        (
            "style",
            &*format!("left:{x}px;top:{y}px;max-height:{room}px"),
        ),
    ];
    let list = element::html("div", &fixed);
    let add = |offer, tab| {
        let part = Part::Choice(menu.piece, offer, tab);
        let fixed = [("type", "button"), ("role", "menuitem"), ("tabindex", "-1")];
        let choice = part::make(dock, part, "button", &fixed, CHOICE);
        element::child(&list, View::from(choice));
    };
    let offers = dock.desk().layout.offers(menu.piece);
    for (offer, tab) in offers {
        add(Some(offer), tab);
    }
    add(None, None);
    let node = list.clone();
    event::focusout(&list, move |event: FocusEvent| {
        let to = event.related_target();
        let to = to.and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        if !node.contains(to.as_ref()) {
            dock.set_menu(None);
        }
    });
    let first = list.first_element_child();
    effect(move || focus(first.clone()));
    list.into()
}

const CHOICE: part::Attributes = &[("", label)];

fn label(dock: Dock, part: Part) -> Text {
    let Part::Choice(_, offer, tab) = part else {
        return None;
    };
    let verb = match offer {
        None => "Reset panel layout",
        Some(Offer::Fold(_, true)) => "Minimize",
        Some(Offer::Fold(_, false)) => "Expand",
        Some(Offer::Move(target)) => match target {
            Target::Column(Side::Left, _) => "Dock left",
            Target::Column(Side::Right, _) => "Dock right",
            Target::Window(_) => "Float",
            Target::Above(_) => "Above",
            Target::Below(_) => "Below",
            Target::Tabs(..) => "Join",
        },
    };
    Some(match tab {
        Some(tab) => [verb, " “", &dock.label(tab), "”"].concat().into(),
        None => verb.into(),
    })
}

/// An entry is chosen.
pub(super) fn choose(dock: Dock, piece: Piece, offer: Option<Offer>) {
    close(dock);
    match offer {
        Some(Offer::Fold(id, is_folded)) => dock.fold(id, is_folded),
        Some(Offer::Move(target)) => dock.move_to(piece, target),
        None => dock.reset(),
    }
}

/// A key goes down on an entry.
pub(super) fn key(dock: Dock, here: &Element, event: &KeyboardEvent) {
    event.stop_propagation();
    let key = event.key();
    if key == "Escape" || key == "Tab" {
        event.prevent_default();
        close(dock);
    } else {
        step(event, here, "ArrowUp", "ArrowDown");
    }
}

/// Lets keys go from an element to those beside it, around the ends. Returns where they go.
pub(super) fn step(
    event: &KeyboardEvent,
    here: &Element,
    back: &str,
    forth: &str,
) -> Option<Element> {
    let list = here.parent_element()?;
    let (first, last) = (list.first_element_child(), list.last_element_child());
    let next = match event.key().as_str() {
        key if key == forth => here.next_element_sibling().or(first),
        key if key == back => here.previous_element_sibling().or(last),
        "Home" => first,
        "End" => last,
        _ => return None,
    };
    event.prevent_default();
    focus(next.clone());
    next
}

fn focus(element: Option<Element>) {
    if let Some(element) = element {
        // What is gone, or cannot have the keyboard, does not get it.
        let _ = element.unchecked_ref::<HtmlElement>().focus();
    }
}
