//! What tabs show: one element for each, which is handed from place to place.

use std::rc::Rc;
use std::sync::Arc;

use scenecast_dom::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::handle::Dock;
use super::layout::Layout;
use super::measure::observe_size;
use super::tabs::Group;
use super::{MAIN, TabId};
use crate::gui::{components, panel};

/// The tab within which a view is, in its context.
#[derive(Clone)]
pub(crate) struct Host(pub(crate) TabId);

/// The elements of all tabs.
pub(super) struct Panes {
    all: Vec<Pane>,
    /// What is in them sees its context.
    owner: Rc<Owner>,
    next: u32,
}

/// The element of a tab, which goes with it.
pub(super) struct Pane {
    tab: TabId,
    /// Names its elements.
    serial: u32,
    /// Its element, and what keeps the content.
    shown: Option<(HtmlElement, Mounted)>,
}

impl Drop for Pane {
    fn drop(&mut self) {
        if let Some((element, _)) = &self.shown {
            element.remove();
        }
    }
}

impl Default for Panes {
    /// Their contents see the context of the current owner.
    fn default() -> Self {
        Self {
            all: Vec::new(),
            owner: Rc::new(Owner::new()),
            next: 0,
        }
    }
}

impl Panes {
    fn of(&mut self, tab: &TabId) -> &mut Pane {
        let known = self.all.iter().position(|pane| pane.tab == *tab);
        let index = known.unwrap_or_else(|| {
            self.next += 1;
            self.all.push(Pane {
                tab: tab.clone(),
                serial: self.next,
                shown: None,
            });
            self.all.len() - 1
        });
        &mut self.all[index]
    }

    /// Names the elements of a tab in the page.
    pub(super) fn serial(&mut self, tab: &TabId) -> u32 {
        self.of(tab).serial
    }

    /// Takes out those of tabs that are gone.
    pub(super) fn take_gone(&mut self, layout: &Layout) -> Vec<Pane> {
        let (all, gone) = std::mem::take(&mut self.all)
            .into_iter()
            .partition(|pane| layout.cell_of(&pane.tab).is_some());
        self.all = all;
        gone
    }
}

/// Puts the contents of a group's tabs into an element, one of which is shown unless the group is
/// folded.
pub(super) fn follow(dock: Dock, group: &Group, body: NodeRef<HtmlElement>) {
    let group = group.clone();
    effect(move || {
        if let (Some(cell), Some(body)) = (group.cell(dock), body.get()) {
            let is_open = group.is_open(dock);
            for tab in &cell.tabs {
                // What is folded from the start is not made yet.
                put(dock, tab, &body, is_open && cell.shown() == Some(tab));
            }
        }
    });
}

/// Puts the content of a tab into an element, where it is shown or hidden. It is made when it is
/// shown for the first time.
pub(super) fn put(dock: Dock, tab: &TabId, parent: &HtmlElement, is_shown: bool) {
    let known = dock
        .panes()
        .of(tab)
        .shown
        .as_ref()
        .map(|(known, _)| known.clone());
    let made = || is_shown.then(|| make(dock, tab)).flatten();
    let Some(element) = known.or_else(made) else {
        return;
    };
    let is_there = element.parent_element().is_some_and(|p| p == **parent);
    if !is_there {
        let scrolled = element.scroll_top();
        // Appending moves it. It fails for ancestors only, which the layout rules out.
        let _ = parent.append_child(&element);
        element.set_scroll_top(scrolled);
    }
    element.set_hidden(!is_shown);
}

fn make(dock: Dock, tab: &TabId) -> Option<HtmlElement> {
    let element: HtmlElement = document().create_element("div").ok()?.unchecked_into();
    let is_main = &**tab == MAIN;
    let serial = dock.panes().serial(tab);
    let attributes = [
        ("class", if is_main { "pane main" } else { "pane" }),
        ("id", &*format!("pane-{serial}")),
        ("role", "tabpanel"),
        // So that keys scroll it.
        ("tabindex", "0"),
        ("aria-labelledby", &*format!("tab-{serial}")),
    ];
    // The control panel has no tab, but a heading.
    for (name, value) in &attributes[..if is_main { 2 } else { 5 }] {
        // An element's attributes can always be set.
        let _ = element.set_attribute(name, value);
    }
    let host = tab.clone();
    let view = move || {
        provide_context(Host(host.clone()));
        let content = match is_main {
            true => panel::contents(),
            false => components::container(&host, 0),
        };
        let inner = NodeRef::<HtmlElement>::new();
        observe_size(inner, move |_, height| dock.content_is(&host, height));
        view! { <div class="content" node_ref=inner>{content}</div> }
    };
    let owner = dock.panes().owner.clone();
    let content = owner.with(|| untrack(|| mount_to(&element, view)));
    dock.panes().of(tab).shown = Some((element.clone(), content));
    Some(element)
}

/// The label and icon of a tab.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TabName {
    pub(super) tab: TabId,
    pub(super) label: String,
    /// SVG.
    pub(super) icon: Option<String>,
}

impl TabName {
    /// Names from the lists of a panel or tab group.
    pub(super) fn zip(ids: &[String], labels: &[String], icons: &[Option<String>]) -> Vec<Self> {
        let ids = ids.iter().enumerate();
        let names = ids.map(|(index, id)| Self {
            tab: Arc::from(id.as_str()),
            label: labels.get(index).cloned().unwrap_or_default(),
            icon: icons.get(index).cloned().flatten(),
        });
        names.collect()
    }

    /// That of a tab.
    pub(super) fn find<'a>(names: &'a [Self], tab: &TabId) -> Option<&'a Self> {
        names.iter().find(|name| name.tab == *tab)
    }
}
