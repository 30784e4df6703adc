//! Strips of tabs.

use std::sync::Arc;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};

use super::TabId;
use super::follow::{act, of, whether};
use super::frames::Form;
use super::handle::Dock;
use super::layout::{Cell, CellId};
use super::moves::Piece;
use super::panes::TabName;
use super::{gesture, menu};
use crate::gui::icon::icon;

/// Tabs of which one is shown.
#[derive(Clone)]
pub(super) enum Group {
    /// Those of a cell.
    Cell(CellId),
    /// Those of a tab group.
    Area(Arc<str>),
    /// Those of a panel in the sheet.
    Section(Arc<str>),
}

impl Group {
    /// Its tabs.
    pub(super) fn cell(&self, dock: Dock) -> Option<Cell> {
        let desk = dock.desk();
        let mut cell = match self {
            Self::Cell(id) => return desk.layout.cell(*id).cloned(),
            Self::Area(uuid) => {
                let areas = &desk.layout.areas;
                let area = areas.iter().find(|area| area.uuid == *uuid)?;
                let mut cell = area.cell.clone();
                if !dock.is_narrow() {
                    return Some(cell);
                }
                // Without windows, all of its tabs are in it.
                cell.tabs = dock.area_tabs(uuid);
                cell
            }
            Self::Section(uuid) => Cell {
                id: CellId(0),
                tabs: dock.panel_tabs(uuid),
                chosen: None,
                weight: 1.0,
            },
        };
        cell.chosen = dock.sheet().shown(&cell.tabs).cloned();
        Some(cell)
    }

    /// Whether contents are shown.
    pub(super) fn is_open(&self, dock: Dock) -> bool {
        match self {
            Self::Cell(id) => dock.cell(*id).is_some_and(|frame| frame.form == Form::Open),
            Self::Area(_) => true,
            Self::Section(uuid) => dock.sheet().is_open(uuid),
        }
    }
}

/// The tabs of a group.
pub(super) fn strip(dock: Dock, group: &Group) -> View {
    let shown = group.clone();
    let tabs = move || shown.cell(dock).map_or(Vec::new(), |cell| cell.tabs);
    let of_group = group.clone();
    let tab = move |tab| one(dock, of_group.clone(), tab);
    view! {
        <div
            class="strip"
            role="tablist"
            data-cell=of(dock, group, |dock, group| {
                group.cell(dock).map(|cell| cell.id.0.to_string().into())
            })
            aria-orientation=of(dock, group, |dock, group| {
                let is_upright = match group {
                    Group::Cell(id) => dock.cell(*id).is_some_and(|f| f.form == Form::Rail),
                    _ => false,
                };
                Some(if is_upright { "vertical" } else { "horizontal" }.into())
            })
        >
            {keyed(tabs, TabId::clone, tab)}
        </div>
    }
}

fn one(dock: Dock, group: Group, tab: TabId) -> View {
    let serial = dock.panes().serial(&tab);
    let id = (group, tab.clone());
    view! {
        <button
            type="button"
            role="tab"
            class="tab"
            id=format!("tab-{serial}")
            aria-controls=format!("pane-{serial}")
            aria-selected=of(dock, &id, |dock, id| whether(is_shown(dock, id)))
            tabindex=of(dock, &id, |dock, id| {
                Some(if is_shown(dock, id) { "0" } else { "-1" }.into())
            })
            on:click=act(dock, &id, |dock, (_, tab), _: &MouseEvent| dock.show(tab))
            on:pointerdown=act(dock, &id, |dock, (_, tab), event: &PointerEvent| {
                gesture::grasp(dock, Piece::Tab(tab.clone()), event);
            })
            on:contextmenu=act(dock, &id, |dock, (_, tab), event: &MouseEvent| {
                menu::open(dock, Piece::Tab(tab.clone()), event);
            })
            on:keydown=act(dock, &id, |_, _, event: &KeyboardEvent| key(event))
        >
            {icon(move || TabName::find(&dock.names(), &tab)?.icon.clone())}
            {of(dock, &id, |dock, (_, tab)| Some(dock.label(tab).into()))}
        </button>
    }
}

fn is_shown(dock: Dock, (group, tab): &(Group, TabId)) -> bool {
    let cell = group.cell(dock);
    cell.is_some_and(|cell| cell.shown() == Some(tab))
}

/// Arrow keys go from tab to tab.
fn key(event: &KeyboardEvent) {
    let Some(here) = event.current_target() else {
        return;
    };
    let here: Element = here.unchecked_into();
    let is_upright = here.closest("[aria-orientation=vertical]").ok().flatten();
    let (back, forth) = match is_upright {
        Some(_) => ("ArrowUp", "ArrowDown"),
        None => ("ArrowLeft", "ArrowRight"),
    };
    let Some(next) = menu::step(event, &here, back, forth) else {
        return;
    };
    // The camera has these keys as well.
    event.stop_propagation();
    let is_folded = here.closest(".bar, .rail").ok().flatten().is_some();
    if !is_folded {
        next.unchecked_ref::<HtmlElement>().click();
    }
}
