//! A cell in the page: a handle, tabs and the content of one of them.

use scenecast_dom::*;
use web_sys::{HtmlElement, MouseEvent, PointerEvent};

use super::fold::{self, Fold, Folding};
use super::follow::{Text, act, flag, of};
use super::frames::Form;
use super::handle::Dock;
use super::layout::{Cell, CellId};
use super::measure::{observe_size, placed, z_index};
use super::moves::Piece;
use super::tabs::Group;
use super::{gesture, menu, panes, tabs};
use crate::gui::panel;

const FOLDING: Folding<CellId> = Folding {
    read: |dock, id| {
        let frame = dock.cell(*id).filter(|frame| frame.is_window);
        frame.map(|frame| Fold {
            is_folded: frame.form == Form::Bar,
            what: "panel",
            sign: None,
        })
    },
    toggle: |dock, id| {
        if let Some(frame) = dock.cell(*id) {
            dock.toggle(frame.stack);
        }
    },
};

/// The view of a cell.
pub(super) fn view(dock: Dock, id: CellId) -> View {
    let is_main = untrack(|| dock.desk().layout.cell(id).is_some_and(Cell::is_main));
    let group = Group::Cell(id);
    let head = NodeRef::<HtmlElement>::new();
    observe_size(head, move |_, height| dock.head_is(id, height));
    let body = NodeRef::<HtmlElement>::new();
    panes::follow(dock, &group, body);
    let handle = view! {
        {menu::handle(dock, Piece::Cell(id))}
        {fold::button(dock, &id, FOLDING)}
    };
    let head_view = if is_main {
        view! { <div class="header">{panel::header()}{handle}</div> }
    } else {
        view! {
            <div class="grip">{handle}</div>
            {tabs::strip(dock, &group)}
        }
    };
    view! {
        <section
            class=of(dock, &id, class)
            class:dragged=of(dock, &id, |dock, id| {
                let window = dock.dragged().window;
                flag(window.is_some() && window == dock.cell(*id).map(|frame| frame.stack))
            })
            style=of(dock, &id, style)
            data-stack=of(dock, &id, |dock, id| {
                dock.cell(*id).map(|frame| frame.stack.0.to_string().into())
            })
            aria-label=of(dock, &id, |dock, id| {
                let desk = dock.desk();
                let tabs = &desk.layout.cell(*id)?.tabs;
                Some(dock.labels(tabs, ", ").into())
            })
        >
            <div
                class="head"
                node_ref=head
                data-head=id.0
                on:pointerdown=act(dock, &id, |dock, id, event: &PointerEvent| {
                    if !gesture::is_on_control(event) {
                        gesture::grasp(dock, Piece::Cell(*id), event);
                    }
                })
                on:click=act(dock, &id, clicked)
                on:contextmenu=act(dock, &id, |dock, id, event: &MouseEvent| {
                    menu::open(dock, Piece::Cell(*id), event);
                })
            >
                {head_view}
            </div>
            <div class="body" node_ref=body></div>
        </section>
    }
}

/// A click beside the buttons folds what is a window, or unfolds what is in a folded one.
fn clicked(dock: Dock, id: &CellId, event: &MouseEvent) {
    if let Some(frame) = dock.cell(*id)
        && (frame.is_window || frame.form == Form::Bar)
        && !gesture::is_on_control(event)
    {
        dock.toggle(frame.stack);
    }
}

fn class(dock: Dock, id: &CellId) -> Text {
    let frame = dock.cell(*id)?;
    let class = match (frame.form, frame.is_window) {
        (Form::Open, false) => "cell open",
        (Form::Open, true) => "cell open alone",
        (Form::Bar, false) => "cell bar",
        (Form::Bar, true) => "cell bar alone",
        (Form::Rail, _) => "cell rail",
    };
    Some(class.into())
}

fn style(dock: Dock, id: &CellId) -> Text {
    let frame = dock.cell(*id)?;
    let stack = dock.stack(frame.stack)?;
    Some(placed(frame.rect, z_index(stack.place) + 1).into())
}
