//! Strips of tabs.

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::handle::Dock;
use super::menu;
use super::panes::TabName;
use super::part::{self, Part, Text, whether};
use crate::gui::dock::TabId;
use crate::gui::dock::frames::Form;
use crate::gui::dock::layout::{Cell, CellId};
use crate::gui::dock::name::Name;
use crate::gui::icon::icon;

/// Tabs of which one is shown.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Group {
    /// Those of a cell.
    Cell(CellId),
    /// Those of a tab group.
    Area(Name),
    /// Those of a panel in the sheet.
    Section(Name),
}

impl Group {
    /// Its tabs.
    pub(super) fn cell(self, dock: Dock) -> Option<Cell> {
        let tabs = {
            let desk = dock.desk();
            match self {
                Self::Cell(id) => return desk.layout.cell(id).cloned(),
                Self::Area(uuid) => {
                    let mut areas = desk.layout.areas.iter();
                    let area = areas.find(|area| area.uuid == uuid);
                    if let Some(area) = area
                        && !dock.is_narrow()
                    {
                        return Some(area.cell.clone());
                    }
                    // Without windows, and in dialogs, all of its tabs are in it.
                    dock.area_tabs(uuid)
                }
                Self::Section(uuid) => dock.panel_tabs(uuid),
            }
        };
        let chosen = dock.sheet().shown(&tabs);
        Some(Cell {
            id: CellId(0),
            tabs,
            chosen,
            weight: 1.0,
        })
    }

    /// Whether contents are shown.
    pub(super) fn is_open(self, dock: Dock) -> bool {
        match self {
            Self::Cell(id) => dock.cell(id).is_some_and(|frame| frame.form == Form::Open),
            Self::Area(_) => true,
            Self::Section(uuid) => dock.sheet().is_open(uuid),
        }
    }
}

/// The tabs of a part that is a group.
pub(super) fn of(dock: Dock, part: Part) -> Vec<TabId> {
    match part {
        Part::Strip(group) => group.cell(dock).map_or(Vec::new(), |cell| cell.tabs),
        _ => Vec::new(),
    }
}

/// The tabs of a group.
pub(super) fn strip(dock: Dock, group: Group) -> View {
    let part = Part::Strip(group);
    let fixed = [("class", "strip"), ("role", "tablist")];
    let attributes: part::Attributes = &[("aria-orientation", orientation)];
    let strip = part::make(dock, part, "div", &fixed, attributes);
    let read = |dock, part| {
        let Part::Strip(group) = part else {
            return Vec::new();
        };
        let tabs = of(dock, part).into_iter();
        tabs.map(|tab| Part::Tab(group, tab)).collect()
    };
    element::child(&strip, part::list(dock, part, read, tab));
    strip.into()
}

fn orientation(dock: Dock, part: Part) -> Text {
    let is_upright = match part {
        Part::Strip(Group::Cell(id)) => dock.cell(id).is_some_and(|f| f.form == Form::Rail),
        _ => false,
    };
    Some(if is_upright { "vertical" } else { "horizontal" }.into())
}

fn tab(dock: Dock, part: Part) -> View {
    let Part::Tab(_, name) = part else {
        return View::empty();
    };
    let number = name.number();
    let fixed = [
        ("type", "button"),
        ("role", "tab"),
        ("class", "tab"),
        ("id", &*format!("tab-{number}")),
        ("aria-controls", &*format!("pane-{number}")),
    ];
    let attributes: part::Attributes = &[
        ("aria-selected", |dock, part| whether(is_shown(dock, part))),
        ("tabindex", |dock, part| {
            Some(if is_shown(dock, part) { "0" } else { "-1" }.into())
        }),
    ];
    let tab = part::make(dock, part, "button", &fixed, attributes);
    element::child(
        &tab,
        icon(move || TabName::find(&dock.names(), name)?.icon.clone()),
    );
    element::child(&tab, move || dock.label(name));
    tab.into()
}

fn is_shown(dock: Dock, part: Part) -> bool {
    let Part::Tab(group, tab) = part else {
        return false;
    };
    let cell = group.cell(dock);
    cell.is_some_and(|cell| cell.shown() == Some(tab))
}

/// Arrow keys go from tab to tab.
pub(super) fn key(here: &Element, event: &KeyboardEvent) {
    let is_upright = here.closest("[aria-orientation=vertical]").ok().flatten();
    let (back, forth) = match is_upright {
        Some(_) => ("ArrowUp", "ArrowDown"),
        None => ("ArrowLeft", "ArrowRight"),
    };
    let Some(next) = menu::step(event, here, back, forth) else {
        return;
    };
    // The camera has these keys as well.
    event.stop_propagation();
    let is_folded = here.closest(".bar, .rail").ok().flatten().is_some();
    if !is_folded {
        next.unchecked_ref::<HtmlElement>().click();
    }
}
