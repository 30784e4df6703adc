//! The menu of a panel: everything that dragging can do, for those who do not drag.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, KeyboardEvent, MouseEvent};

use super::follow::{act, of};
use super::handle::Dock;
use super::keys;
use super::layout::{Place, Side};
use super::moves::{Piece, Target};
use super::offers::{Offer, Offered};

/// An open menu.
#[derive(Clone, Debug)]
pub(crate) struct Menu {
    piece: Piece,
    at: (f64, f64),
}

/// The mark on what a piece is moved by: with the keyboard, a button that opens its menu.
pub(super) fn handle(dock: Dock, piece: Piece) -> View {
    view! {
        <button
            type="button"
            class="move"
            aria-haspopup="menu"
            aria-label=of(dock, &piece, |dock, piece| {
                let desk = dock.desk();
                let name = match piece {
                    Piece::Tab(tab) => dock.label(tab),
                    Piece::Cell(id) => dock.labels(&desk.layout.cell(*id)?.tabs, ", "),
                    Piece::Stack(id) => match desk.layout.place(*id)? {
                        Place::Docked(..) => "column".to_owned(),
                        Place::Floating(_) => "panels".to_owned(),
                    },
                };
                Some(["Move", &name].join(" ").into())
            })
            on:click=act(dock, &piece, |dock, piece, event: &MouseEvent| {
                // With a pointer, everything around it is one button.
                if event.detail() == 0 {
                    open(dock, piece.clone(), event);
                    event.stop_propagation();
                }
            })
            on:keydown=act(dock, &piece, keys::move_window)
        ></button>
    }
}

/// Opens the menu of a piece where an event was.
pub(super) fn open(dock: Dock, piece: Piece, event: &MouseEvent) {
    event.prevent_default();
    event.stop_propagation();
    let root = dock.root.get_untracked();
    let root = root.map(|root| root.get_bounding_client_rect());
    let (left, top) = root.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
    let (mut x, mut y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    if event.detail() == 0
        && let Some(target) = event.current_target()
    {
        // Not with a pointer.
        let rect = target.unchecked_ref::<Element>().get_bounding_client_rect();
        (x, y) = (rect.left(), rect.bottom());
    }
    dock.set_menu(Some(Menu {
        piece,
        at: (x - left, y - top),
    }));
}

/// The menu, while one is open.
pub(super) fn view(dock: Dock) -> View {
    let shown = move || {
        let menu = dock.menu();
        menu.map(|menu| untrack(|| list(dock, menu)))
    };
    shown.into_view()
}

fn list(dock: Dock, menu: Menu) -> View {
    let node = NodeRef::<HtmlElement>::new();
    let before = StoredValue::new(document().active_element());
    let close = Callback::new(move |()| {
        dock.set_menu(None);
        focus(before.try_with_value(Clone::clone).flatten());
    });
    node.on_load(|node| focus(node.first_element_child()));
    let offers = dock.desk().layout.offers(&menu.piece);
    let mut items: Vec<View> = Vec::with_capacity(offers.len() + 1);
    for offered in offers {
        let (piece, label) = (menu.piece.clone(), label(dock, &offered));
        let take = move || match offered.0 {
            Offer::Fold(id, is_folded) => dock.fold(id, is_folded),
            Offer::Move(target) => dock.move_to(&piece, target),
        };
        items.push(item(label, close, Box::new(take)));
    }
    let reset = "Reset panel layout".to_owned();
    items.push(item(reset, close, Box::new(move || dock.reset())));
    // Not beyond the page.
    let bounds = dock.bounds();
    let x = menu.at.0.min(bounds.width - 250.0).max(0.0).round();
    let room = (bounds.height - menu.at.1 - 8.0).max(120.0).round();
    let y = menu.at.1.min(bounds.height - room.min(160.0));
    let y = y.max(0.0).round();
    let left = move |event: FocusEvent| {
        let to = event
            .related_target()
            .and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let node = node.get_untracked();
        if !node.is_some_and(|node| node.contains(to.as_ref())) {
            dock.set_menu(None);
        }
    };
    view! {
        <div
            class="menu"
            role="menu"
            aria-label="Move the panel"
            style=format!("left:{x}px;top:{y}px;max-height:{room}px")
            node_ref=node
            on:keydown=move |event: KeyboardEvent| key(&event, close)
            on:focusout=left
        >
            {items}
        </div>
    }
}

fn item(label: String, close: Callback<()>, run: Box<dyn Fn()>) -> View {
    let chosen = move |_: MouseEvent| {
        close.run(());
        run();
    };
    view! { <button type="button" role="menuitem" tabindex="-1" on:click=chosen>{label}</button> }
}

fn label(dock: Dock, (offer, tab): &Offered) -> String {
    let verb = match offer {
        Offer::Fold(_, true) => "Minimize",
        Offer::Fold(_, false) => "Expand",
        Offer::Move(Target::Column(Side::Left, _)) => "Dock left",
        Offer::Move(Target::Column(Side::Right, _)) => "Dock right",
        Offer::Move(Target::Window(_)) => "Float",
        Offer::Move(Target::Above(_)) => "Above",
        Offer::Move(Target::Below(_)) => "Below",
        Offer::Move(Target::Tabs(..)) => "Join",
    };
    match tab {
        Some(tab) => [verb, " “", &dock.label(tab), "”"].concat(),
        None => verb.to_owned(),
    }
}

fn key(event: &KeyboardEvent, close: Callback<()>) {
    event.stop_propagation();
    let key = event.key();
    if key == "Escape" || key == "Tab" {
        event.prevent_default();
        close.run(());
    } else if let Some(here) = document().active_element() {
        step(event, &here, "ArrowUp", "ArrowDown");
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
