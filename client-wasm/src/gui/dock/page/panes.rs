//! What tabs show: one element for each, which is handed from place to place.

use std::rc::Rc;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::handle::Dock;
use super::part::{self, Part};
use super::tabs::Group;
use crate::gui::chrome::body;
use crate::gui::components;
use crate::gui::dock::name::Name;
use crate::gui::dock::{MAIN, TabId};

/// The tab within which a view is, in its context.
#[derive(Clone, Copy)]
pub(crate) struct Host(pub(crate) TabId);

/// The elements of all tabs.
pub(super) struct Panes {
    all: Vec<Pane>,
    /// What is in them sees its context.
    owner: Rc<Owner>,
}

/// The element of a tab, which goes with it.
pub(super) struct Pane {
    tab: TabId,
    element: HtmlElement,
    /// Keeps what is in it.
    _content: Mounted,
}

impl Drop for Pane {
    fn drop(&mut self) {
        self.element.remove();
    }
}

impl Default for Panes {
    /// Their contents see the context of the current owner.
    fn default() -> Self {
        Self {
            all: Vec::new(),
            owner: Rc::new(Owner::new()),
        }
    }
}

impl Panes {
    fn of(&self, tab: TabId) -> Option<HtmlElement> {
        let pane = self.all.iter().find(|pane| pane.tab == tab);
        pane.map(|pane| pane.element.clone())
    }

    /// Takes out those of tabs that are gone.
    pub(super) fn take_gone(&mut self, is_there: &dyn Fn(TabId) -> bool) -> Vec<Pane> {
        let mut gone = Vec::new();
        while let Some(index) = self.all.iter().position(|pane| !is_there(pane.tab)) {
            gone.push(self.all.remove(index));
        }
        gone
    }
}

/// Puts the contents of a group's tabs into an element, one of which is shown unless the group is
/// folded.
pub(super) fn follow(dock: Dock, group: Group, body: &Element) {
    let body = body.clone();
    effect(move || {
        if let Some(cell) = group.cell(dock) {
            let is_open = group.is_open(dock);
            for &tab in &cell.tabs {
                // What is folded from the start is not made yet.
                put(dock, tab, &body, is_open && cell.shown() == Some(tab));
            }
        }
    });
}

/// Puts the content of a tab into an element, where it is shown or hidden. It is made when it is
/// shown for the first time.
pub(super) fn put(dock: Dock, tab: TabId, parent: &Element, is_shown: bool) {
    let known = dock.panes().of(tab);
    let made = || is_shown.then(|| untrack(|| make(dock, tab)));
    let Some(element) = known.or_else(made) else {
        return;
    };
    if element.parent_element().as_ref() != Some(parent) {
        let scrolled = element.scroll_top();
        // Appending moves it. It fails for ancestors only, which the layout rules out.
        let _ = parent.append_child(&element);
        element.set_scroll_top(scrolled);
    }
    element.set_hidden(!is_shown);
}

fn make(dock: Dock, tab: TabId) -> HtmlElement {
    let is_main = tab == MAIN;
    let number = tab.number();
    let fixed = [
        ("class", if is_main { "pane main" } else { "pane" }),
        ("id", &*format!("pane-{number}")),
        ("role", "tabpanel"),
        // So that keys scroll it.
        ("tabindex", "0"),
        ("aria-labelledby", &*format!("tab-{number}")),
    ];
    // The control panel has no tab, but a heading.
    let pane = element::html("div", &fixed[..if is_main { 2 } else { 5 }]);
    let view = || {
        provide_context(Host(tab));
        let inner = element::html("div", &[("class", "content")]);
        part::observe(
            dock,
            Part::Content(tab),
            &inner,
            |dock, part, [_, height]| {
                if let Part::Content(tab) = part {
                    dock.content_is(tab, height);
                }
            },
        );
        let content = match is_main {
            true => body::view(),
            false => {
                let names = dock.names();
                let name = TabName::find(&names, tab);
                components::container(name.map_or("", |name| &name.id), 0)
            }
        };
        element::child(&inner, content);
        inner.into()
    };
    let owner = dock.panes().owner.clone();
    let content = owner.with(|| mount_to(&pane, view));
    let element: HtmlElement = pane.unchecked_into();
    dock.panes().all.push(Pane {
        tab,
        element: element.clone(),
        _content: content,
    });
    element
}

/// The label and icon of a tab.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TabName {
    pub(super) tab: TabId,
    /// What the server calls it.
    id: String,
    pub(super) label: String,
    /// SVG.
    pub(super) icon: Option<String>,
}

impl TabName {
    /// Names from the lists of a panel or tab group.
    pub(super) fn zip(ids: &[String], labels: &[String], icons: &[Option<String>]) -> Vec<Self> {
        let ids = ids.iter().enumerate();
        let names = ids.map(|(index, id)| Self {
            tab: Name::new(id),
            id: id.clone(),
            label: labels.get(index).cloned().unwrap_or_default(),
            icon: icons.get(index).cloned().flatten(),
        });
        names.collect()
    }

    /// That of a tab.
    pub(super) fn find(names: &[Self], tab: TabId) -> Option<&Self> {
        names.iter().find(|name| name.tab == tab)
    }
}
